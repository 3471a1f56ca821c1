//! What waits for somebody stands on the home page, however many campaigns run and whoever is in them.

use parindex_domain::campaign::Standing;
use parindex_domain::right::{Remit, Role};
use parindex_package::beside::PackageExtras;
use parindex_store::campaign::{AddCampaign, NewBlock, NewMember, NewStage, OpenCampaign, SetWindow};
use parindex_store::person::{Appoint, EndAppointment};
use parindex_testkit::databases;

use crate::campaign::Prepared;

/// A campaign of another year with one department, with the windows of the first one.
async fn another(played: &Prepared, year: i16, unit: &str) {
    let whole = played.office.store.campaign(played.campaign).await.unwrap().unwrap();
    let block = &whole.blocks[0];
    let member = NewMember {
        unit: played.office.units.get(unit).copied(),
        code: unit.to_owned(),
        name: format!("Đơn vị {unit}"),
        parent: None,
        standing: Standing::Ranked,
        entries: Vec::new(),
    };
    let stages = whole.stages.iter().map(|stage| NewStage {
        code: stage.code.clone(),
        name: stage.name.clone(),
        counts: stage.counts.clone(),
    });
    let add = AddCampaign {
        code: format!("nam-{year}"),
        title: format!("Chỉ số năm {year}"),
        legal_basis: String::new(),
        year,
        days: (None, None),
        note: String::new(),
        stages: stages.collect(),
        blocks: vec![NewBlock {
            code: "so".to_owned(),
            name: "Các sở".to_owned(),
            version: (block.set, block.number),
            members: vec![member],
        }],
        beside: PackageExtras::default(),
    };
    let campaign = played.office.change(add).await;
    for (place, stage) in (0..).zip(&whole.stages) {
        if let Some(window) = stage.round.window {
            played.now(SetWindow { campaign, stage: place, window }).await;
        }
    }
    played.now(OpenCampaign { campaign }).await;
}

/// What somebody is shown, and how many questions it took.
async fn home(played: &Prepared, login: &str) -> (String, u64) {
    let mut browser = played.office.signed_in(login).await;
    // What is kept ready after the first look is not counted.
    browser.get("/").await;
    let before = played.office.store.tally().asked;
    let text = browser.get("/").await.text;
    (text, played.office.store.tally().asked - before)
}

#[tokio::test]
async fn a_sheet_of_an_old_campaign_is_not_lost_behind_newer_ones_of_others() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        another(&played, 2019, "A").await;
        let logins = ["officer", "officer-b", "appraiser-b", "standing-body", "chair"];
        let mut few = Vec::new();
        for login in logins {
            few.push(home(&played, login).await.1);
        }
        for year in 2026..2034 {
            another(&played, year, "B").await;
        }
        let (text, _) = home(&played, "officer").await;
        assert!(text.contains("Chỉ số năm 2019") && text.contains("Nhập phiếu: Đơn vị A"), "{text}");
        assert!(!text.contains("Chỉ số năm 2030"), "what others fill in does not wait for him: {text}");
        let (text, _) = home(&played, "officer-b").await;
        assert!((2026..2034).all(|year| text.contains(&format!("Chỉ số năm {year}"))), "{text}");
        for (login, few) in logins.into_iter().zip(few) {
            let (_, many) = home(&played, login).await;
            assert_eq!(few, many, "{}: {login} asks more for more campaigns", database.kind);
        }
    }
}

#[tokio::test]
async fn rounds_wait_for_those_to_whom_they_were_given_and_what_is_late_for_who_runs_it() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (office, kind) = (&played.office, database.kind);
        for year in 2026..2034 {
            another(&played, year, "B").await;
        }
        played.minutes(15);
        let round = "Thẩm định lần 1";
        assert!(home(&played, "appraiser-b").await.0.contains(round), "{kind}");
        let standing = home(&played, "standing-body").await.0;
        assert!(standing.contains("2 đơn vị chậm nộp phiếu"), "{kind}: {standing}");
        assert_eq!(standing.matches("1 đơn vị chậm nộp phiếu").count(), 8, "{kind}: {standing}");
        // Whoever was given another block has nothing here.
        let person = office.people["appraiser-b"];
        let held = office.store.held(&[person]).await.unwrap();
        office.change(EndAppointment { appointment: held[0].id }).await;
        let remit = Remit("khác/1".to_owned());
        office.change(Appoint { remit, ..Appoint::whole(person, Role::Appraiser, None) }).await;
        assert!(!home(&played, "appraiser-b").await.0.contains(round), "{kind}");
    }
}

#[tokio::test]
async fn the_chair_is_told_of_the_standing_body_and_nobody_of_a_vote_on_his_own_unit() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (office, kind) = (&played.office, database.kind);
        office.change(Appoint::whole(office.people["officer"], Role::Member, None)).await;
        played.minutes(15);
        let chair = home(&played, "chair").await.0;
        assert!(chair.contains("Thẩm định lần 1: Sở Nội vụ"), "{kind}: {chair}");
        assert!(!chair.contains("Sở Tư pháp"), "{kind}: {chair}");
        let mut browser = office.signed_in("chair").await;
        let agenda = format!("/campaigns/{}/council", played.campaign);
        browser.get(&agenda).await;
        let sheet = played.sheets[0].to_string();
        let point = [("member", sheet.as_str()), ("criterion", "1.1.2"), ("points", "1"), ("proposal", "Vì")];
        assert_eq!(browser.post(&agenda, &point).await.status, 303, "{kind}");
        let told = |text: &str| text.contains("Biểu quyết 1 nội dung của Hội đồng");
        assert!(told(&home(&played, "vice-chair").await.0), "{kind}");
        assert!(!told(&home(&played, "officer").await.0), "{kind}: it is his own unit");
        browser.cookies.insert("lang".to_owned(), "en".to_owned());
        assert!(browser.get("/").await.text.contains("Vote on 1 points of the council"), "{kind}");
    }
}
