//! Nobody decides about his own unit: not in the appraisal, not in the council, not where points come from other sources. For the
//! standing body the chair does, or whom he has named.

use parindex_domain::campaign::Standing;
use parindex_domain::right::Role;
use parindex_store::campaign::SetStanding;
use parindex_store::person::Appoint;
use parindex_testkit::{Browser, Database, Office, Reply, behind_the_back_of, databases};

use super::{Prepared, hidden, ratio};

/// The page in English.
async fn in_english(browser: &mut Browser, path: &str) -> String {
    browser.cookies.insert("lang".to_owned(), "en".to_owned());
    let text = browser.get(path).await.in_one_line();
    browser.cookies.insert("lang".to_owned(), "vi".to_owned());
    text
}

async fn log(office: &Office, act: &str) -> String {
    office.signed_in("auditor").await.get(&format!("/audit?act={act}")).await.text
}

fn is_refused(answer: &Reply, status: u16, names: &[&str]) {
    let told = answer.status == status && answer.text.contains("được ghi vào nhật ký");
    assert!(told, "{}: {}", answer.status, answer.text);
    for name in names {
        assert!(answer.text.contains(name), "{name}: {}", answer.text);
    }
}

#[tokio::test]
async fn nobody_appraises_his_own_unit_and_the_attempt_is_recorded() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.minutes(15);
        // Works at A.
        let mut appraiser = played.office.signed_in("appraiser").await;
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let page = appraiser.get(&decide).await;
        assert!(page.text.contains("Đây là đơn vị của bạn"), "{}: {}", database.kind, page.text);
        let english = in_english(&mut appraiser, &decide).await;
        assert!(
            english.contains("This is your own unit (Sở Nội vụ), so you do not appraise it"),
            "{english}"
        );
        let tried = appraiser.post(&decide, &[("ruling", "accept")]).await;
        is_refused(&tried, 409, &["Người chair", "Người appraiser-b"]);
        assert!(log(&played.office, "verdict.").await.contains("đơn vị của mình"), "{}", database.kind);
        let queue = appraiser.get(&format!("/appraisal/{}/1", played.campaign)).await.text;
        assert!(queue.contains("Đây là đơn vị của bạn nên bạn không được thẩm định Sở Nội vụ"), "{queue}");
    }
}

impl Prepared {
    /// An officer of the standing body sits in the council beside its chair, vice-chair and member.
    async fn with_somebody_of_a_in_the_council(&self) {
        self.office.change(Appoint::whole(self.office.people["officer"], Role::Member, None)).await;
    }

    /// The chair puts a criterion of a sheet on the agenda.
    async fn is_tabled(&self, sheet: i64) {
        let mut chair = self.office.signed_in("chair").await;
        let agenda = format!("/campaigns/{}/council", self.campaign);
        chair.get(&agenda).await;
        let tabled = chair.post(&agenda, &point(&sheet.to_string())).await;
        assert_eq!(tabled.status, 303, "{}", tabled.text);
    }

    /// The chair and his deputy are for it, the member against it; the chair closes it.
    async fn is_voted_and_closed(&self, motion: i64) -> String {
        let agenda = format!("/campaigns/{}/council", self.campaign);
        for (login, choice) in [("chair", "for"), ("vice-chair", "for"), ("member", "against")] {
            let mut voter = self.office.signed_in(login).await;
            voter.get(&agenda).await;
            let vote = voter.post(&format!("/motions/{motion}/vote"), &[("choice", choice)]).await;
            assert_eq!(vote.status, 303, "{login}: {}", vote.text);
        }
        let mut chair = self.office.signed_in("chair").await;
        chair.get(&agenda).await;
        let closed = chair.post(&format!("/motions/{motion}/conclude"), &[]).await;
        assert_eq!(closed.status, 303, "{}", closed.text);
        chair.get(&agenda).await.in_one_line()
    }
}

fn point(sheet: &str) -> [(&str, &str); 4] {
    [("member", sheet), ("criterion", "1.1.2"), ("points", "1,25"), ("proposal", "Chấp nhận giải trình")]
}

#[tokio::test]
async fn nobody_votes_on_his_own_unit_and_it_is_minuted() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.with_somebody_of_a_in_the_council().await;
        played.is_tabled(played.sheets[0]).await;
        let agenda = format!("/campaigns/{}/council", played.campaign);
        let mut own = played.office.signed_in("officer").await;
        let page = own.get(&agenda).await.text;
        assert!(page.contains("Đây là đơn vị của bạn nên bạn không được biểu quyết về Sở Nội vụ"), "{page}");
        assert!(!page.contains("action=\"/motions/1/vote\""), "{page}");
        let tried = own.post("/motions/1/vote", &[("choice", "for")]).await;
        is_refused(&tried, 409, &["Người chair", "Người member"]);
        assert!(log(&played.office, "council.").await.contains("biểu quyết, đưa ra hay kết luận"));
        let minutes = played.is_voted_and_closed(1).await;
        // Two of four: all members are the base.
        assert!(
            minutes.contains("không thông qua") && minutes.contains("2/4"),
            "{}: {minutes}",
            database.kind
        );
        assert!(minutes.contains("Không biểu quyết vì là đơn vị của mình: Người officer."), "{minutes}");
        let english = in_english(&mut own, &agenda).await;
        assert!(english.contains("Cannot vote, because it is their own unit: Người officer."), "{english}");
        played.is_as_the_log_says().await;
    }
}

#[tokio::test]
async fn a_campaign_can_count_those_alone_who_may_vote() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.with_somebody_of_a_in_the_council().await;
        let prepare = format!("/campaigns/{}/prepare", played.campaign);
        let mut standing = played.office.signed_in("standing-body").await;
        let page = standing.get(&prepare).await.text;
        assert!(page.contains("quá nửa tổng số thành viên Hội đồng"), "{page}");
        let days =
            [("title", "Chỉ số 2025"), ("from", "2025-01-01"), ("to", "2025-12-31"), ("base", "voting")];
        let said = standing.post(&format!("/campaigns/{}/describe", played.campaign), &days).await;
        assert_eq!(said.status, 303, "{}", said.text);
        played.is_tabled(played.sheets[0]).await;
        let minutes = played.is_voted_and_closed(1).await;
        assert!(
            minutes.contains("2/3") && !minutes.contains("không thông qua"),
            "{}: {minutes}",
            database.kind
        );
        // About another unit all of them vote, and all are the base.
        let mut own = played.office.signed_in("officer").await;
        let agenda = format!("/campaigns/{}/council", played.campaign);
        standing.get(&agenda).await;
        let sheet = played.sheets[1].to_string();
        assert_eq!(standing.post(&agenda, &point(&sheet)).await.status, 303);
        own.get(&agenda).await;
        assert_eq!(own.post("/motions/2/vote", &[("choice", "for")]).await.status, 303, "{}", database.kind);
    }
}

#[tokio::test]
async fn the_standing_body_neither_tables_nor_closes_points_about_itself() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let agenda = format!("/campaigns/{}/council", played.campaign);
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get(&agenda).await;
        let sheet = played.sheets[0].to_string();
        let tried = standing.post(&agenda, &point(&sheet)).await;
        is_refused(&tried, 409, &["Sở Nội vụ", "Người chair", "Người substitute"]);
        played.is_tabled(played.sheets[0]).await;
        let page = standing.get(&agenda).await.text;
        assert!(!page.contains("action=\"/motions/1/conclude\""), "{page}");
        is_refused(&standing.post("/motions/1/conclude", &[]).await, 409, &["Người chair"]);
        // The chair tables and closes nothing of others.
        let mut chair = played.office.signed_in("chair").await;
        chair.get(&agenda).await;
        let other = played.sheets[1].to_string();
        assert_eq!(chair.post(&agenda, &point(&other)).await.status, 403, "{}", database.kind);
    }
}

/// The page of a criterion that the survey scores.
async fn external_points(played: &Prepared, browser: &mut Browser) -> (String, Reply) {
    let block = played.office.store.campaign(played.campaign).await.unwrap().unwrap().blocks[0].id;
    let at = format!("/campaigns/{}/external-points/{block}/1.6", played.campaign);
    let answer = browser.get(&at).await;
    (at, answer)
}

#[tokio::test]
async fn nobody_enters_points_for_his_own_unit() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let kind = database.kind;
        let [a, b] = played.sheets;
        let mut standing = played.office.signed_in("standing-body").await;
        let (at, page) = external_points(&played, &mut standing).await;
        let field = |sheet: i64| format!("name=\"{sheet}.seen.");
        assert!(page.text.contains(&field(b)) && !page.text.contains(&field(a)), "{kind}: {}", page.text);
        assert!(
            page.text.contains("đơn vị của bạn") && page.text.contains("Người survey-body"),
            "{}",
            page.text
        );
        let pasted = [("source", "Báo cáo 215/BC"), ("pasted", "B\t12\t5\t2\t1\nA\t10\t5\t4\t1")];
        let tried = standing.post(&at, &pasted).await;
        is_refused(&tried, 422, &["Người chair", "Người survey-body"]);
        assert!(tried.text.contains("Báo cáo 215/BC"), "what was typed stays: {}", tried.text);
        assert!(log(&played.office, "award.").await.contains("định ghi điểm cho đơn vị của mình"), "{kind}");
        assert!(
            !standing.get(&at).await.text.contains("value=\"12\""),
            "{kind}: nothing was written for any"
        );
        let other = [("source", "Báo cáo 215/BC"), ("pasted", "B\t12\t5\t2\t1")];
        assert_eq!(standing.post(&at, &other).await.status, 303, "{kind}");
        // The chair enters them for the standing body, and for nobody else.
        let mut chair = played.office.signed_in("chair").await;
        let (_, page) = external_points(&played, &mut chair).await;
        assert!(page.text.contains(&field(a)) && !page.text.contains(&field(b)), "{kind}: {}", page.text);
        let foreign = chair.post(&at, &other).await;
        assert!(foreign.status == 422 && foreign.text.contains("không có đơn vị ấy"), "{}", foreign.text);
        let own = [("source", "Báo cáo 215/BC"), ("pasted", "A\t10\t5\t4\t1")];
        assert_eq!(chair.post(&at, &own).await.status, 303, "{kind}");
        played.is_as_the_log_says().await;
    }
}

#[tokio::test]
async fn the_chair_or_whom_he_names_appraises_the_standing_body() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.minutes(15);
        let (kind, campaign) = (database.kind, played.campaign);
        let queue = format!("/appraisal/{campaign}/1?state=all");
        let at = |sheet: i64| format!("/appraisal/{campaign}/1/{sheet}/1.1.2");
        let mut chair = played.office.signed_in("chair").await;
        let page = chair.get(&queue).await.text;
        assert!(page.contains("Sở Nội vụ") && !page.contains("Sở Tư pháp"), "{kind}: {page}");
        assert_eq!(chair.get(&at(played.sheets[1])).await.status, 404, "{kind}");
        // Somebody of another unit who sees all points and appraises nothing.
        let mut named = played.office.signed_in("vice-chair").await;
        let person = played.office.people["vice-chair"];
        assert_eq!(named.get(&queue).await.status, 403, "{kind}");
        let agenda = format!("/campaigns/{campaign}/council");
        let page = chair.get(&agenda).await.text;
        assert!(page.contains("Đơn vị của cơ quan thường trực: Sở Nội vụ"), "{kind}: {page}");
        let name = format!("{agenda}/substitute");
        let of_a = played.office.people["observer"].to_string();
        let refused = chair.post(&name, &[("person", &of_a)]).await;
        let says = refused.text.contains("thuộc chính đơn vị của cơ quan thường trực");
        assert!(refused.status == 422 && says, "{kind}: {}", refused.text);
        let head = played.office.people["head-b"].to_string();
        let refused = chair.post(&name, &[("person", &head)]).await;
        assert!(
            refused.status == 422 && refused.text.contains("chưa có vai trò xem điểm"),
            "{kind}: {}",
            refused.text
        );
        assert_eq!(chair.post(&name, &[("person", &person.to_string())]).await.status, 303, "{kind}");
        let page = named.get(&at(played.sheets[0])).await.text;
        let looked = ("looked", hidden(&page, "looked"));
        let lower = [("ruling", "adjust"), ("points", "0,5"), ("reason", "Thiếu báo cáo"), looked];
        assert_eq!(named.post(&at(played.sheets[0]), &lower).await.status, 303, "{kind}");
        assert_eq!(named.get(&at(played.sheets[1])).await.status, 404, "{kind}: nothing of others");
        let roles = played.office.store.held(&[person]).await.unwrap();
        let role = roles.iter().find(|each| each.appointment.role == Role::Substitute).unwrap().id;
        chair.get(&agenda).await;
        assert_eq!(chair.post(&format!("{name}/{role}/end"), &[]).await.status, 303, "{kind}");
        assert_eq!(named.get(&queue).await.status, 403, "{kind}");
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get(&agenda).await;
        let tried = standing.post(&name, &[("person", &person.to_string())]).await;
        assert_eq!(tried.status, 403, "{kind}: not for the standing body to choose");
    }
}

#[tokio::test]
async fn whom_the_chair_names_sees_the_sheet_of_the_standing_body_and_no_other() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (kind, campaign, [a, b]) = (database.kind, played.campaign, played.sheets);
        let mut officer = played.office.signed_in("officer-b").await;
        let other = format!("/sheets/{b}/1.1.2");
        assert_eq!(ratio(&mut officer, &other, ("613", "947")).await.status, 303, "{kind}");
        played.minutes(15);
        let mut named = played.office.signed_in("substitute").await;
        for (page, status) in [
            (format!("/sheets/{a}/1.1.2"), 200),
            (format!("/sheets/{a}/submit"), 200),
            (other, 403),
            (format!("/sheets/{b}/submit"), 403),
            (format!("/campaigns/{campaign}/package?files=1"), 403),
        ] {
            let answer = named.get(&page).await;
            assert_eq!(answer.status, status, "{kind}: {page}: {}", answer.text);
        }
        let documents = named.get(&format!("/campaigns/{campaign}/documents")).await;
        assert!(documents.status == 200 && !documents.text.contains("Sở Tư pháp"), "{}", documents.text);
        // The points of others stand beside its own for comparison; what others entered stays with them.
        let decide = format!("/appraisal/{campaign}/1/{a}/1.1.2");
        let page = named.get(&decide).await.text;
        let entered = "613 / 947";
        assert!(page.contains("Sở Tư pháp") && !page.contains(entered), "{kind}: {page}");
        assert!(!page.contains(&format!("href=\"/sheets/{b}/")), "{kind}: {page}");
        let mut chair = played.office.signed_in("chair").await;
        assert!(chair.get(&decide).await.text.contains(entered), "{kind}");
    }
}

/// As if the campaign had been about the other unit alone from its beginning.
async fn alone(database: &Database, member: i64) {
    for table in ["entry", "entry_history", "verdict"] {
        behind_the_back_of(&database.url, &format!("DELETE FROM {table} WHERE member = {member}"))
            .await
            .unwrap();
    }
    behind_the_back_of(&database.url, &format!("DELETE FROM member WHERE id = {member}")).await.unwrap();
}

#[tokio::test]
async fn a_campaign_about_the_one_unit_that_runs_it_bars_nobody_and_says_so() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let kind = database.kind;
        let standing = Standing::Exempt("Không thuộc diện đánh giá".to_owned());
        played.office.change(SetStanding { member: played.sheets[1], standing }).await;
        played.minutes(15);
        let mut appraiser = played.office.signed_in("appraiser").await;
        let page = appraiser.get(&format!("/appraisal/{}/1", played.campaign)).await.text;
        assert!(page.contains("Đây là đơn vị của bạn"), "{kind}: to exempt all others lifts no bar: {page}");
        alone(&database, played.sheets[1]).await;
        let mut appraiser = played.office.signed_in("appraiser").await;
        let queue = format!("/appraisal/{}/1", played.campaign);
        let page = appraiser.get(&queue).await.text;
        assert!(page.contains("chỉ có một đơn vị và do chính đơn vị ấy tổ chức"), "{kind}: {page}");
        assert!(!page.contains("Đây là đơn vị của bạn"), "{kind}: {page}");
        let english = in_english(&mut appraiser, &queue).await;
        assert!(english.contains("about one unit, which runs it itself"), "{kind}: {english}");
        let decide = format!("{queue}/{}/1.1.2", played.sheets[0]);
        let looked = appraiser.get(&decide).await.text;
        let accept = [("ruling", "accept"), ("looked", hidden(&looked, "looked"))];
        assert_eq!(appraiser.post(&decide, &accept).await.status, 303, "{kind}");
        let mut standing = played.office.signed_in("standing-body").await;
        let (at, page) = external_points(&played, &mut standing).await;
        assert!(page.text.contains("do chính đơn vị ấy tổ chức"), "{kind}: {}", page.text);
        let own = [("source", "Báo cáo 215/BC"), ("pasted", "A\t10\t5\t4\t1")];
        assert_eq!(standing.post(&at, &own).await.status, 303, "{kind}");
    }
}

#[tokio::test]
async fn the_queue_says_the_legal_basis_of_a_criterion() {
    for database in databases().await.into_iter().take(1) {
        let played = Prepared::with_basis(&database, "Quyết định số 78/QĐ-BNV").await;
        played.minutes(15);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let queue = format!("/appraisal/{}/1", played.campaign);
        let page = appraiser.get(&queue).await.text;
        assert!(page.contains("Căn cứ: Quyết định số 78/QĐ-BNV"), "{page}");
        assert!(in_english(&mut appraiser, &queue).await.contains("Legal basis: Quyết định số 78/QĐ-BNV"));
    }
}
