//! What forms make is there once, however often they are sent: ten times at once, to two servers.

use parindex_testkit::{Browser, Database, Office, databases};

use super::send::{Send, identifier};
use super::{PDF, other_server, whole};
use crate::campaign::Prepared;

/// Something that a form makes.
struct Kind {
    /// What.
    table: &'static str,
    login: &'static str,
    /// Where the form stands.
    page: String,
    send: Send,
    /// A field, and what else can stand there.
    other: Option<(&'static str, &'static str)>,
}

impl Kind {
    fn new(table: &'static str, login: &'static str, page: impl Into<String>, send: Send) -> Self {
        Self { table, login, page: page.into(), send, other: None }
    }

    fn or(self, field: &'static str, value: &'static str) -> Self {
        Self { other: Some((field, value)), ..self }
    }

    /// Ten sends make one, and say the same; other content makes another one, and says so.
    async fn is_there_once(&self, (database, office): (&Database, &Office)) {
        let case = format!("{}: {}", database.kind, self.send.path);
        let servers = [parindex_web::router(office.app.clone()), other_server(database, office).await];
        let mut browser = office.signed_in(self.login).await;
        let page = browser.get(&self.page).await;
        assert_eq!(page.status, 200, "{case}: {}", page.text);
        let form = identifier(&page.text, &self.send.path);
        assert_ne!(form, identifier(&browser.get(&self.page).await.text, &self.send.path), "{case}: its own");
        let before = whole(&office.store).await;
        let answers = self.send.ten_times(&servers, &browser, &form).await;
        let after = whole(&office.store).await;
        for answer in &answers {
            assert_eq!(answer.status, 303, "{case}: {}", answer.text);
            assert_eq!(answer.location, answers[0].location, "{case}: all led to the same place");
        }
        assert_eq!(after[self.table].len(), before[self.table].len() + 1, "{case}: one");
        assert_eq!(after["audit"].len(), before["audit"].len() + 1, "{case}: one entry of the log");
        let mut restarted = browser.again_at(other_server(database, office).await);
        let again = self.send.by(&mut restarted, &form).await;
        assert_eq!((again.status, &again.location), (303, &answers[0].location), "{case}: after a restart");
        assert_eq!(whole(&office.store).await, after, "{case}: nothing more");
        if let Some((field, value)) = self.other {
            self.other_is_another(&mut browser, office, (&form, &case), (field, value)).await;
        }
    }

    async fn other_is_another(
        &self,
        browser: &mut Browser,
        office: &Office,
        (form, case): (&str, &str),
        (field, value): (&str, &str),
    ) {
        let before = whole(&office.store).await;
        let other = self.send.clone().but(field, value);
        let made = other.by(browser, form).await;
        assert_eq!(made.status, 303, "{case}: {}", made.text);
        let after = whole(&office.store).await;
        assert_eq!(after[self.table].len(), before[self.table].len() + 1, "{case}: another one");
        let again = other.by(browser, form).await;
        assert_eq!((again.status, &again.location), (303, &made.location), "{case}");
        assert_eq!(whole(&office.store).await, after, "{case}: which is there once too");
        let mut page = browser.get(&made.location.unwrap()).await;
        if let Some(on) = &page.location {
            page = browser.get(on).await;
        }
        assert!(page.text.contains("đã được gửi một lần với nội dung khác"), "{case}: {}", page.text);
    }
}

/// What is made while sheets are filled in.
fn while_filled_in(played: &Prepared) -> Vec<Kind> {
    let (at, campaign) = (played.at("1.1.2"), format!("/campaigns/{}", played.campaign));
    let prepare = format!("{campaign}/prepare");
    let to = |action: &str| format!("{campaign}/{action}");
    let more = [("until", "2026-03-02T18:00"), ("reason", "Mất điện"), ("signer", "Trần Thu Hà")];
    let sheet = played.sheets[0].to_string();
    let visit = [("member", sheet.as_str()), ("on_day", "2026-03-01"), ("people", "Lê Minh Quân")];
    let visit = Send::new(to("visits"), &visit).but("finding", "Chưa niêm yết đủ thủ tục.");
    let extend = format!("/sheets/{}/extend", played.sheets[0]);
    vec![
        Kind::new(
            "evidence",
            "officer",
            &at,
            Send::new(format!("{at}/evidence"), &[("number", "15/BC"), ("round", "0")])
                .with_file("bao-cao.pdf", PDF),
        )
        .or("number", "16/BC"),
        Kind::new(
            "evidence",
            "officer",
            &at,
            Send::new(format!("{at}/evidence"), &[("link", "https://a.vn/1"), ("round", "0")])
                .with_file("", b""),
        )
        .or("link", "https://a.vn/2"),
        Kind::new(
            "delegation",
            "officer",
            &at,
            Send::new(format!("{at}/delegate"), &[("node", "1.1.2"), ("unit", "B")]),
        ),
        Kind::new(
            "visit",
            "appraiser-b",
            to("visits"),
            visit.with_file("cong.jpg", b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda\x00\x02pixels\xff\xd9"),
        )
        .or("finding", "Đã niêm yết."),
        Kind::new("stage", "standing-body", &prepare, Send::new(to("rounds/add"), &[("name", "")]))
            .or("name", "Thêm"),
        Kind::new("extension", "standing-body", &at, Send::new(extend, &more))
            .or("until", "2026-03-02T19:00"),
    ]
}

/// What the standing body makes outside of sheets.
fn by_the_standing_body() -> Vec<Kind> {
    let begun = [("code", "2026"), ("title", "Chỉ số năm 2026"), ("year", "2026"), ("rounds", "2")];
    let unit = [("code", "X"), ("name", "Chi cục Mới"), ("level", "other"), ("parent", "")];
    let copy = [("code", "HN-SO-2"), ("title", "Bộ tiêu chí sao"), ("note", "")];
    vec![
        Kind::new(
            "phrase",
            "standing-body",
            "/phrases",
            Send::new("/phrases", &[("text", "Thiếu số liệu gốc")]),
        )
        .or("text", "Thiếu chữ ký"),
        Kind::new("campaign", "standing-body", "/campaigns/new", Send::new("/campaigns/begin", &begun))
            .or("code", "2027"),
        Kind::new("unit", "standing-body", "/units/new", Send::new("/units/new", &unit)).or("code", "Y"),
        Kind::new(
            "criteria_set",
            "standing-body",
            "/criteria-sets/1/1/copy",
            Send::new("/criteria-sets/1/1/copy", &copy),
        )
        .or("code", "HN-SO-3"),
    ]
}

#[tokio::test]
async fn what_is_sent_ten_times_while_sheets_are_filled_in_is_there_once() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        // The first phrase of an office brings the common ones with it.
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get("/phrases").await;
        standing.post("/phrases", &[("text", "Có sẵn")]).await;
        for kind in while_filled_in(&played).into_iter().chain(by_the_standing_body()) {
            kind.is_there_once((&database, &played.office)).await;
        }
    }
}

#[tokio::test]
async fn what_is_sent_ten_times_after_a_draft_is_there_once() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.is_filled_in_and_submitted().await;
        played.minutes(15);
        played.is_lowered_with_a_reason().await;
        assert_eq!(played.release(1, "2026-03-02T08:25").await.status, 303);
        let at = played.at("1.1.2");
        let explain =
            Send::new(format!("{at}/explain"), &[("round", "1"), ("text", "Báo cáo đã gửi.\r\nKèm theo.")]);
        let said = Kind::new("remark", "officer", &at, explain.clone()).or("text", "Báo cáo gửi ngày 05/01.");
        said.is_there_once((&database, &played.office)).await;
        another_person_is_another(&played, &explain).await;
        played.minutes(21);
        let decide = format!("/appraisal/{}/2/{}/1.1.2", played.campaign, played.sheets[0]);
        let ask = Send::new(format!("{decide}/ask"), &[("text", "Gửi kèm bản ký số?")]);
        let asked = Kind::new("remark", "appraiser-b", &decide, ask).or("text", "Ai ký?");
        asked.is_there_once((&database, &played.office)).await;
        let agenda = format!("/campaigns/{}/council", played.campaign);
        let council =
            Send::new(&decide, &[("ruling", "council"), ("reason", "Chưa thống nhất"), ("looked", "999999")]);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let form = identifier(&appraiser.get(&decide).await.text, &decide);
        assert_eq!(council.by(&mut appraiser, &form).await.status, 303, "{}", database.kind);
        let sheet = played.sheets[0].to_string();
        let point = [
            ("member", sheet.as_str()),
            ("criterion", "1.1.2"),
            ("points", "1,25"),
            ("proposal", "Chấp nhận"),
        ];
        let table = Kind::new("motion", "chair", &agenda, Send::new(&agenda, &point));
        table.is_there_once((&database, &played.office)).await;
        assert!(played.office.store.verify_audit().await.unwrap().is_ok(), "{}", database.kind);
    }
}

/// Whoever knows or guesses the identifier of somebody else's form learns nothing by it, and his own send counts.
async fn another_person_is_another(played: &Prepared, send: &Send) {
    let (mut officer, mut head) =
        (played.office.signed_in("officer").await, played.office.signed_in("head").await);
    let page = officer.get(&played.at("1.1.2")).await.text;
    head.get(&played.at("1.1.2")).await;
    let form = identifier(&page, &send.path);
    let before = whole(&played.office.store).await["remark"].len();
    for browser in [&mut officer, &mut head] {
        let said = send.by(browser, &form).await;
        assert!(said.status == 303 && !said.location.unwrap().contains("another"), "{}", said.text);
    }
    assert_eq!(whole(&played.office.store).await["remark"].len(), before + 2);
}
