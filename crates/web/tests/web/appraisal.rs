//! Appraisal: nobody his own unit, nobody over another one's decision unseen, nothing accepted that changed since.

use parindex_domain::right::Role;
use parindex_store::person::Appoint;
use parindex_testkit::databases;

use crate::campaign::{Prepared, hidden, ratio};

/// Whoever fills in the sheets of all below a unit appraises none of them.
#[tokio::test]
async fn whoever_fills_in_a_sheet_does_not_appraise_it() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (person, unit) = (played.office.people["appraiser-b"], played.office.units["P"]);
        played.office.change(Appoint::whole(person, Role::Officer, Some(unit))).await;
        played.minutes(15);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        for sheet in played.sheets {
            let decide = format!("/appraisal/{}/1/{sheet}/1.1.2", played.campaign);
            assert!(appraiser.get(&decide).await.text.contains("đơn vị của bạn"), "{}", database.kind);
            let tried = appraiser.post(&decide, &[("ruling", "accept")]).await;
            assert!(tried.status == 409 && tried.text.contains("được ghi vào nhật ký"), "{}", tried.text);
        }
    }
}

/// A role is taken and given anew for one domain.
async fn remit(played: &Prepared, login: &str, remit: &str) -> parindex_testkit::Reply {
    let person = played.office.people[login];
    let mut administrator = played.office.signed_in("administrator").await;
    let path = format!("/people/{person}");
    administrator.get(&path).await;
    for held in played.office.store.held(&[person]).await.unwrap() {
        administrator.post(&format!("{path}/dismiss/{}", held.id), &[]).await;
    }
    let chosen = [("role", "appraiser"), ("unit", ""), ("remit", remit)];
    administrator.post(&format!("{path}/appoint"), &chosen).await
}

#[tokio::test]
async fn an_appraiser_decides_what_he_was_given() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.minutes(15);
        let (queue, kind) = (format!("/appraisal/{}/1", played.campaign), database.kind);
        let decide = format!("{queue}/{}/1.1.2", played.sheets[0]);
        let wrong = remit(&played, "appraiser-b", "so/3/1").await;
        assert!(wrong.status == 422 && wrong.text.contains("không phải mã lĩnh vực"), "{}", wrong.text);
        assert!(wrong.text.contains("value=\"so/3/1\""), "what was typed stays: {}", wrong.text);
        for (given, status) in [("2", 404), ("khác/1", 404), ("khác/ 1", 303)] {
            assert_eq!(remit(&played, "appraiser-b", given).await.status, 303, "{kind}");
            let mut appraiser = played.office.signed_in("appraiser-b").await;
            let shown = !appraiser.get(&queue).await.text.contains("Không có mục nào trong phạm vi");
            assert_eq!(shown, given != "khác/1", "{kind}: «{given}»");
            let tried =
                appraiser.post(&decide, &[("ruling", "adjust"), ("points", "1"), ("reason", "Thiếu")]).await;
            assert_eq!(tried.status, status, "{kind}: «{given}»: {}", tried.text);
        }
        let mut standing = played.office.signed_in("standing-body").await;
        let prepare = format!("/campaigns/{}/prepare", played.campaign);
        assert!(!standing.get(&prepare).await.text.contains("chưa giao ai thẩm định"), "{kind}");
        for login in ["appraiser", "appraiser-b"] {
            remit(&played, login, "2").await;
        }
        let lacking = standing.get(&prepare).await.text;
        assert!(lacking.contains("chưa giao ai thẩm định") && lacking.contains("/1 «"), "{kind}: {lacking}");
    }
}

#[tokio::test]
async fn the_second_to_decide_is_told_of_the_first() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.minutes(15);
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        appraiser.get(&decide).await;
        let first = [("ruling", "adjust"), ("points", "1"), ("reason", "Thiếu"), ("seen", "0")];
        assert_eq!(appraiser.post(&decide, &first).await.status, 303, "{}", database.kind);
        let second = appraiser.post(&decide, &[("ruling", "accept"), ("seen", "0")]).await;
        assert!(
            second.status == 409 && second.text.contains("vừa sửa"),
            "{}: {}",
            database.kind,
            second.text
        );
        played.is_as_the_log_says().await;
    }
}

/// A sheet that comes back, is changed and submitted again is not accepted any more.
#[tokio::test]
async fn what_was_accepted_before_it_changed_waits_again() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &at, ("9", "10")).await.status, 303);
        played.minutes(15);
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let page = appraiser.get(&decide).await.text;
        let accept = [("ruling", "accept"), ("looked", hidden(&page, "looked"))];
        assert_eq!(appraiser.post(&decide, &accept).await.status, 303, "{kind}");
        let waiting = format!("/appraisal/{}/1?domain=1", played.campaign);
        assert!(!appraiser.get(&waiting).await.text.contains(&decide), "{kind}: decided");
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get(&at).await;
        let more = [("until", "2026-03-02T09:00"), ("reason", "Mất điện"), ("signer", "Giám đốc Sở")];
        assert_eq!(standing.post(&format!("/sheets/{}/extend", played.sheets[0]), &more).await.status, 303);
        assert_eq!(ratio(&mut officer, &at, ("10", "10")).await.status, 303, "{kind}");
        assert!(appraiser.get(&waiting).await.text.contains(&decide), "{kind}: it waits again");
        played.is_as_the_log_says().await;
    }
}

/// Between the look and the click a sheet goes back, is changed and comes again: nobody decides about what he has not seen.
#[tokio::test]
async fn nothing_is_decided_that_changed_since_it_was_looked_at() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &at, ("9", "10")).await.status, 303, "{kind}");
        played.minutes(15);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let accept = format!("/appraisal/{}/1/accept", played.campaign);
        let page = appraiser.get(&decide).await.text;
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get(&at).await;
        let more = [("until", "2026-03-02T08:17"), ("reason", "Mất điện"), ("signer", "Giám đốc Sở")];
        played.minutes(16);
        assert_eq!(standing.post(&format!("/sheets/{}/extend", played.sheets[0]), &more).await.status, 303);
        assert_eq!(ratio(&mut officer, &at, ("1", "10")).await.status, 303, "{kind}");
        played.minutes(18);
        let mut one = [("ruling", "adjust"), ("points", "1"), ("reason", "Thiếu quý IV"), ("looked", "")];
        one[3].1 = hidden(&page, "looked");
        let late = appraiser.post(&decide, &one).await;
        assert!(late.status == 422 && late.text.contains("vừa sửa số liệu"), "{kind}: {}", late.text);
        assert!(late.text.contains("Thiếu quý IV"), "{kind}: what was typed stays");
        assert_eq!(appraiser.post(&decide, &one[..3]).await.status, 422, "{kind}: nor by an old form");
        let sheet = played.sheets[0].to_string();
        let listed = |looked| [("block", "so"), ("criterion", "1.1.2"), ("members", sheet.as_str()), looked];
        let accepted = appraiser.post(&accept, &listed(("looked", hidden(&page, "looked")))).await;
        let told = appraiser.get(accepted.location.as_deref().unwrap()).await.text;
        assert!(told.contains("chưa được công nhận"), "{kind}: {told}");
        assert!(played.office.store.verdicts(&played.sheets).await.unwrap().is_empty(), "{kind}: it waits");
        let page = appraiser.get(&decide).await.text;
        let accepted = appraiser.post(&accept, &listed(("looked", hidden(&page, "looked")))).await;
        assert_eq!(accepted.status, 303, "{kind}: {}", accepted.text);
        let decided = played.office.store.verdicts(&played.sheets).await.unwrap();
        assert_eq!(decided.len(), 1, "{kind}: having looked again");
        played.is_as_the_log_says().await;
    }
}

/// Explanations and documents may still come while the next round runs: about this criterion they are read first, about others not.
#[tokio::test]
async fn what_a_unit_says_while_a_round_runs_is_read_before_it_is_decided() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        played.minutes(15);
        let released = played.release(1, "2026-03-02T08:40").await;
        assert_eq!(released.status, 303, "{kind}: {}", released.text);
        played.minutes(25);
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let said = [("round", "1"), ("text", "Đã gửi báo cáo.")];
        assert_eq!(officer.post(&format!("{at}/explain"), &said).await.status, 303, "{kind}");
        let decide = format!("/appraisal/{}/2/{}/1.1.2", played.campaign, played.sheets[0]);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let mut looked = appraiser.get(&decide).await.text;
        let anew =
            |page: &str| [("ruling", "accept".to_owned()), ("looked", hidden(page, "looked").to_owned())];
        for turn in ["explains", "adds a document", "removes it"] {
            match turn {
                "explains" => officer.post(&format!("{at}/explain"), &said).await,
                "removes it" => officer.post("/evidence/1/remove", &[]).await,
                _ => officer.supplement(&format!("{at}/evidence"), "1", "a.pdf", b"%PDF-1.7 a").await,
            };
            let form = anew(&looked);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let late = appraiser.post(&decide, &form).await;
            assert!(late.status == 422 && late.text.contains("vừa sửa"), "{kind} {turn}: {}", late.text);
            looked = late.text;
        }
        let other = played.at("1.1.1");
        officer.get(&other).await;
        let elsewhere = officer.post(&format!("{other}/explain"), &said).await;
        assert_eq!(elsewhere.status, 303, "{kind}: {}", elsewhere.text);
        let form = anew(&looked);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let done = appraiser.post(&decide, &form).await;
        assert_eq!(done.status, 303, "{kind}: another criterion is none of it: {}", done.text);
        played.is_as_the_log_says().await;
    }
}

/// The choices of a decision as its page shows them.
fn choices(page: &str) -> &str {
    let (choices, _) = page.split_once("</fieldset>").unwrap();
    choices.rsplit_once("<fieldset").unwrap().1
}

/// Whoever decides anew finds what was decided, mends what is wrong with it, and nothing else.
#[tokio::test]
async fn a_decision_is_opened_again_as_it_was() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &played.at("1.1.2"), ("9", "10")).await.status, 303, "{kind}");
        played.minutes(15);
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let page = appraiser.get(&decide).await.text;
        let typed = [
            ("ruling", "adjust"),
            ("points", "0,75"),
            ("reason", "Thiếu báo cáo quý"),
            ("looked", hidden(&page, "looked")),
        ];
        assert_eq!(appraiser.post(&decide, &typed).await.status, 303, "{kind}");
        let mut page = appraiser.get(&decide).await.text;
        assert!(choices(&page).contains("value=\"adjust\" checked"), "{kind}: {page}");
        assert!(choices(&page).contains("value=\"0,75\"") && page.contains(">Thiếu báo cáo quý</textarea>"));
        let anew = |ruling: &'static str, reason: &'static str, page: &str| {
            let of = |name: &str| hidden(page, name).to_owned();
            [
                ("ruling", ruling.to_owned()),
                ("points", of("was.points")),
                ("was.points", of("was.points")),
                ("reason", reason.to_owned()),
                ("seen", decision_seen(page)),
                ("looked", of("looked")),
            ]
        };
        for (ruling, reason) in [("adjust", "Thiếu báo cáo quý IV"), ("accept", "")] {
            let form = anew(ruling, reason, &page);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
            let kept = appraiser.post(&decide, &form).await;
            assert_eq!(kept.status, 303, "{kind} {ruling}: {}", kept.text);
            let verdicts = played.office.store.verdicts(&played.sheets).await.unwrap();
            assert_eq!((verdicts[0].kind.word(), verdicts[0].reason.as_str()), (ruling, reason), "{kind}");
            page = appraiser.get(&decide).await.text;
            assert!(choices(&page).contains(&format!("value=\"{ruling}\" checked")), "{kind}: {page}");
        }
        played.is_as_the_log_says().await;
    }
}

/// When the decision that a page shows was made.
fn decision_seen(page: &str) -> String {
    let (_, form) = page.split_once("data-keys").unwrap();
    hidden(form, "seen").to_owned()
}

/// The unit’s own points, once they were accepted, are that when the decision is opened again, and no adjustment.
#[tokio::test]
async fn own_points_that_were_accepted_are_opened_again_as_such() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        played.is_filled_in_and_submitted().await;
        played.minutes(15);
        played.is_lowered_with_a_reason().await;
        played.is_released_and_explained().await;
        played.minutes(25);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let decide = format!("/appraisal/{}/2/{}/1.1.2", played.campaign, played.sheets[0]);
        let page = appraiser.get(&decide).await.text;
        let own = [("ruling", "own"), ("reason", "Đã bổ sung"), ("looked", hidden(&page, "looked"))];
        assert_eq!(appraiser.post(&decide, &own).await.status, 303, "{kind}");
        let page = appraiser.get(&decide).await.text;
        let (_, after) = choices(&page).split_once("value=\"own\"").unwrap();
        let chosen = after.split('>').next().unwrap().contains("checked");
        assert!(chosen && !choices(&page).contains("value=\"adjust\" checked"), "{kind}: {page}");
        assert_eq!(hidden(&page, "was.points"), "", "{kind}");
        assert!(page.contains(">Đã bổ sung</textarea>"), "{kind}: {page}");
    }
}

/// Points that nobody set are told from those that somebody did.
#[tokio::test]
async fn points_that_go_on_say_what_they_wait_for() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        played.is_filled_in_and_submitted().await;
        let mut standing = played.office.signed_in("standing-body").await;
        let at = played.at("1.1.2");
        let open = standing.get(&at).await.text;
        assert_eq!(open.matches("chưa kết luận").count(), 3, "{kind}: two rounds and the result: {open}");
        played.minutes(15);
        played.is_lowered_with_a_reason().await;
        let lowered = standing.get(&at).await.text;
        assert_eq!(lowered.matches("chưa kết luận").count(), 2, "{kind}: {lowered}");
        played.is_released_and_explained().await;
        played.minutes(25);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let decide = format!("/appraisal/{}/2/{}/1.1.2", played.campaign, played.sheets[0]);
        let page = appraiser.get(&decide).await.text;
        assert_eq!(page.matches(">chưa kết luận<").count(), 2, "{kind}: {page}");
        let queue = appraiser.get(&format!("/appraisal/{}/2", played.campaign)).await.text;
        assert!(queue.contains("chưa kết luận"), "{kind}: {queue}");
        let council = [
            ("ruling", "council"),
            ("reason", "Hai bên chưa thống nhất"),
            ("looked", hidden(&page, "looked")),
        ];
        assert_eq!(appraiser.post(&decide, &council).await.status, 303, "{kind}");
        let waits = standing.get(&at).await.text;
        let said = waits.contains("đã đưa ra Hội đồng") && waits.contains("chờ Hội đồng quyết định");
        assert!(said && !waits.contains("chưa kết luận"), "{kind}: {waits}");
    }
}
