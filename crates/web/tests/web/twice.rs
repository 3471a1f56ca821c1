//! What was sent twice is there once: on a double click, again after a broken line, to another server, after a restart.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use futures_util::future::join_all;
use parindex_store::Store;
use parindex_store::backup::TABLES;
use parindex_testkit::{Answer, Browser, Database, Office, app_over, databases};
use parindex_web::Token;

use crate::campaign::{Prepared, hidden};

mod walk;

/// A form as a browser sends it.
#[derive(Clone, Default)]
struct Send {
    path: String,
    fields: Vec<(String, String)>,
    /// The name and the content of a file; a form that takes files has one, be it empty.
    file: Option<(String, Vec<u8>)>,
}

impl Send {
    fn new(path: impl Into<String>, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { path: path.into(), fields, file: None }
    }

    fn with_file(self, name: &str, content: &[u8]) -> Self {
        Self { file: Some((name.to_owned(), content.to_vec())), ..self }
    }

    /// The same form with another word in a field.
    fn but(mut self, field: &str, value: &str) -> Self {
        self.fields.retain(|(name, _)| name != field);
        self.fields.push((field.to_owned(), value.to_owned()));
        self
    }

    async fn by(&self, browser: &mut Browser, form: &str) -> Answer {
        let mut fields = vec![("once", form)];
        fields.extend(self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        match &self.file {
            Some((name, content)) => browser.parts_with(&self.path, &fields, (name, content)).await,
            None => browser.post(&self.path, &fields).await,
        }
    }

    /// Ten times at once, in turn to each of the servers.
    async fn ten_times(&self, servers: &[Router], browser: &Browser, form: &str) -> Vec<Answer> {
        let one = |at: usize| {
            let server = servers[at % servers.len()].clone();
            let mut browser = browser.again_at(server);
            async move { self.by(&mut browser, form).await }
        };
        join_all((0..10).map(one)).await
    }
}

/// The identifier that a page gave to the form that leads to a place.
fn identifier(page: &str, path: &str) -> String {
    hidden(form_to(page, path), "once").to_owned()
}

/// What stands in the form that leads to a place.
fn form_to<'p>(page: &'p str, path: &str) -> &'p str {
    let form = page.split(&format!("method=\"post\" action=\"{path}\"")).nth(1);
    assert!(form.is_some(), "no form leads to {path}: {page}");
    form.unwrap_or_default().split("</form>").next().unwrap()
}

/// All that the database holds, but who was last seen when.
async fn whole(store: &Store) -> BTreeMap<&'static str, Vec<String>> {
    let moment = store.moment().await.unwrap();
    let mut all = BTreeMap::new();
    for table in TABLES.into_iter().filter(|table| !["session", "attempt"].contains(table)) {
        let mut rows = Vec::new();
        let mut sink = |line: &str| {
            rows.push(line.to_owned());
            Ok(())
        };
        moment.read(table, &mut sink).await.unwrap();
        all.insert(table, rows);
    }
    all
}

/// Another server over the same database and files.
async fn other_server(database: &Database, office: &Office) -> Router {
    let store = Store::connect(&database.url).await.unwrap();
    parindex_web::router(app_over(store, database.files(), Arc::clone(&office.clock), |_| {}))
}

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

const PDF: &[u8] = b"%PDF-1.7 bao cao quy IV";

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
        let table = Kind::new("motion", "standing-body", &agenda, Send::new(&agenda, &point));
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

/// A file that came in part by part: the first send of its form takes it, and the others neither lose it nor ask for it again.
#[tokio::test]
async fn a_file_that_arrived_is_taken_once() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, case) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let page = officer.get(&at).await.text;
        let place = officer.announce("Báo cáo năm.pdf", PDF.len()).await.location.unwrap();
        assert_eq!(officer.send_part(&place, 0, PDF, false).await.status, 204, "{case}");
        let arrival = place.rsplit('/').next().unwrap();
        let send =
            Send::new(format!("{at}/evidence"), &[("round", "0"), ("number", "15/BC"), ("arrival", arrival)]);
        let send = send.with_file("", b"");
        let servers =
            [parindex_web::router(played.office.app.clone()), other_server(&database, &played.office).await];
        let form = identifier(&page, &send.path);
        for answer in send.ten_times(&servers, &officer, &form).await {
            assert_eq!(answer.status, 303, "{case}: {}", answer.text);
            assert_eq!(answer.location.as_deref(), Some(format!("{at}#documents").as_str()), "{case}");
        }
        let later = send.by(&mut officer, &form).await;
        assert_eq!(later.status, 303, "{case}: {}", later.text);
        assert_eq!(whole(&played.office.store).await["evidence"].len(), 1, "{case}");
        let file = officer.get("/evidence/1").await;
        assert_eq!((file.status, file.bytes.as_slice()), (200, PDF), "{case}: whole");
    }
}

/// A package brings a set and a campaign; both are there once.
#[tokio::test]
async fn a_package_that_is_sent_ten_times_is_taken_in_once() {
    let package = {
        let database = databases().await.remove(0);
        let played = Prepared::opened(&database).await;
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get(&format!("/campaigns/{}/package", played.campaign)).await.bytes
    };
    for database in databases().await {
        let office = Office::new(&database).await;
        let send = Send::new("/campaigns/new", &[]).with_file("2025.zip", &package);
        let servers = [parindex_web::router(office.app.clone()), other_server(&database, &office).await];
        let mut standing = office.signed_in("standing-body").await;
        let form = identifier(&standing.get("/campaigns/new").await.text, "/campaigns/new");
        for answer in send.ten_times(&servers, &standing, &form).await {
            let case = format!("{}: {}", database.kind, answer.text);
            assert_eq!(
                (answer.status, answer.location.as_deref()),
                (303, Some("/campaigns/1/prepare")),
                "{case}"
            );
        }
        let all = whole(&office.store).await;
        let counts = ["campaign", "criteria_set", "criteria_version"].map(|table| all[table].len());
        assert_eq!(counts, [1, 1, 1], "{}", database.kind);
    }
}

/// The link that opens an account is shown once and kept nowhere; sent twice, the form shows the one that works.
#[tokio::test]
async fn a_link_that_was_made_twice_is_the_same_and_works() {
    for database in databases().await {
        let (office, case) = (Office::new(&database).await, database.kind);
        let mut administrator = office.signed_in("administrator").await;
        let servers = [parindex_web::router(office.app.clone()), other_server(&database, &office).await];
        let new = Send::new("/people/new", &[("name", "Lê Minh Quân"), ("login", "quan.lm"), ("unit", "B")]);
        let form = identifier(&administrator.get("/people/new").await.text, "/people/new");
        let mut links: Vec<String> = Vec::new();
        for answer in new.ten_times(&servers, &administrator, &form).await {
            assert_eq!(answer.status, 200, "{case}: {}", answer.text);
            links.push(link_in(&answer.text));
        }
        links.dedup();
        assert_eq!(links.len(), 1, "{case}: the same link");
        assert_eq!(office.browser().get(&links[0]).await.status, 200, "{case}: which works");
        let person = office.store.credentials("quan.lm").await.unwrap().unwrap().person.id;
        let page = format!("/people/{person}");
        let anew = Send::new(format!("{page}/link"), &[]);
        let form = identifier(&administrator.get(&page).await.text, &anew.path);
        let (one, two) = (anew.by(&mut administrator, &form).await, anew.by(&mut administrator, &form).await);
        assert_eq!(link_in(&one.text), link_in(&two.text), "{case}");
        assert_eq!(office.browser().get(&link_in(&two.text)).await.status, 200, "{case}: which works");
        let list = "họ và tên,tên đăng nhập,mã đơn vị\nTrần Thu Hà,ha.tt,A\nLý Bình,binh.l,B\n";
        let list = Send::new("/people/import", &[]).with_file("danh-sach.csv", list.as_bytes());
        let form = identifier(&administrator.get("/people/import").await.text, &list.path);
        let mut seen = Vec::new();
        for answer in list.ten_times(&servers, &administrator, &form).await {
            assert_eq!(answer.status, 200, "{case}: {}", answer.text);
            seen.push(answer.text.matches("/invitation/").count());
            links.push(link_in(&answer.text));
        }
        links.dedup();
        assert_eq!(
            (links.len(), seen),
            (2, vec![2; 10]),
            "{case}: the list’s first link is the same each time"
        );
        assert_eq!(office.browser().get(&links[1]).await.status, 200, "{case}: which works");
    }
}

/// The way to an invitation on a page.
fn link_in(text: &str) -> String {
    let found = text.split_once("http://parindex.test");
    assert!(found.is_some(), "no link: {text}");
    let (_, rest) = found.unwrap_or_default();
    rest.chars().take_while(|each| !['<', '"'].contains(each)).collect()
}

/// What carries no identifier, or none that we made, is carried out as often as it is sent, as it always was.
#[tokio::test]
async fn a_form_without_an_identifier_is_carried_out_each_time() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut standing = played.office.signed_in("standing-body").await;
        let prepare = format!("/campaigns/{}/prepare", played.campaign);
        standing.get(&prepare).await;
        let add = format!("/campaigns/{}/rounds/add", played.campaign);
        let before = whole(&played.office.store).await["stage"].len();
        for form in [None, None, Some("short"), Some("short"), Some(&"x".repeat(5_000))] {
            let fields: Vec<(&str, &str)> = form.into_iter().map(|form| ("once", form)).collect();
            assert_eq!(standing.post(&add, &fields).await.status, 303, "{}", database.kind);
        }
        assert_eq!(whole(&played.office.store).await["stage"].len(), before + 5, "{}", database.kind);
    }
}

/// What is kept of a form: no word of it, and for a week.
#[tokio::test]
async fn what_a_form_led_to_is_kept_for_a_week_and_nothing_that_was_typed() {
    use parindex_store::sent::{KEPT, Sent};
    use parindex_store::upkeep::Forget;
    for database in databases().await {
        let (office, case) = (Office::new(&database).await, database.kind);
        let mut standing = office.signed_in("standing-body").await;
        standing.get("/phrases").await;
        let form = Token::new().unwrap();
        let send = Send::new("/phrases", &[("text", "Thiếu số liệu gốc")]);
        assert_eq!(send.by(&mut standing, form.text()).await.status, 303, "{case}");
        let forget = || async {
            let now = parindex_store::Clock::now(office.clock.as_ref());
            let forgot =
                office.store.commit(&parindex_store::Actor::console("test"), now, Forget { before: 0 }).await;
            forgot.unwrap().forms
        };
        office.clock.pass(KEPT - 1);
        assert_eq!(forget().await, 0, "{case}: not before");
        office.clock.pass(2);
        assert_eq!(forget().await, 1, "{case}");
        let none = Sent { form: form.text().to_owned(), content: form.text().to_owned() };
        assert_eq!(office.store.sent(office.people["standing-body"], &none).await.unwrap(), None, "{case}");
    }
}

/// The figures of a sheet save themselves at every change: nothing is looked up or written for that beside the figure.
#[tokio::test]
async fn a_figure_that_saves_itself_costs_nothing_more() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let at = played.at("1.1.2");
        let mut officer = played.office.signed_in("officer").await;
        let page = officer.get(&at).await.text;
        let fields = page.split("id=\"fields\"").nth(1).unwrap().split("</form>").next().unwrap();
        assert!(fields.contains("name=\"csrf\"") && !fields.contains("name=\"form\""), "{fields}");
    }
}
