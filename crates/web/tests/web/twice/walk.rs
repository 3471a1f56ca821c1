//! Every route that changes something, sent twice with one identifier: the database is as after once, and both lead to one place.

use std::collections::{BTreeSet, HashMap};

use axum::http::Method;
use parindex_testkit::{Answer, Browser, Office, PASSWORD, databases};
use parindex_web::{ROUTES, Token};

use super::{PDF, Send, link_in, whole};
use crate::campaign::{Prepared, hidden, ratio};

/// Routes that are no form of a person who is signed in, or make nothing.
const OTHERS: [(&str, &str); 10] = [
    ("/session", "a sign of life, which is written however often it is sent"),
    ("/preference", "sets a cookie"),
    ("/sign-in", "nobody is signed in yet, so nothing is kept under his name"),
    ("/sign-in/code", "the code works once"),
    ("/sign-out", "there is no session after it"),
    ("/invitation/{link}", "the link works once"),
    ("/arrivals", "sent by the script, which asks how far it is"),
    ("/account/provider/link", "shows the way to the service"),
    ("/account/provider/unlink", "there is no service here; its form is sent in the same way"),
    ("/people/{id}/second-factor/drop", "as for one’s own"),
];

/// When the stages of a campaign are open.
const WINDOWS: [(&str, &str); 6] = [
    ("opens.self", "02/03/2026 07:00"),
    ("closes.self", "03/03/2026 07:00"),
    ("opens.appraisal-1", "03/03/2026 07:00"),
    ("closes.appraisal-1", "04/03/2026 07:00"),
    ("opens.appraisal-2", "04/03/2026 07:00"),
    ("closes.appraisal-2", "05/03/2026 07:00"),
];

struct Walk<'w> {
    office: &'w Office,
    kind: &'static str,
    browsers: HashMap<&'static str, Browser>,
    covered: BTreeSet<&'static str>,
}

impl Walk<'_> {
    async fn browser(&mut self, login: &'static str) -> &mut Browser {
        if !self.browsers.contains_key(login) {
            self.browsers.insert(login, self.office.signed_in(login).await);
        }
        self.browsers.get_mut(login).unwrap()
    }

    async fn page(&mut self, login: &'static str, page: &str) -> String {
        let kind = self.kind;
        let answer = self.browser(login).await.get(page).await;
        assert_eq!(answer.status, 200, "{kind}: {login} {page}: {}", answer.text);
        answer.text
    }

    /// The form of a page that leads to an address of a route, with what nobody types as the page has it.
    async fn twice(&mut self, login: &'static str, page: &str, route: &'static str, send: Send) -> Answer {
        let text = self.page(login, page).await;
        let mut fields = untyped(&text, &send.path);
        let form = fields.iter().position(|(name, _)| name == "once").map(|at| fields.remove(at).1);
        fields.retain(|(name, _)| !send.fields.iter().any(|(typed, _)| typed == name));
        let fields = fields.into_iter().chain(send.fields).collect();
        let send = Send { fields, ..send };
        // What saves itself has none, and is the same however often it is sent.
        let form = form.unwrap_or_else(|| Token::new().unwrap().text().to_owned());
        self.sent_twice(login, route, &send, &form).await
    }

    async fn sent_twice(
        &mut self,
        login: &'static str,
        route: &'static str,
        send: &Send,
        form: &str,
    ) -> Answer {
        let case = format!("{}: {login} {}", self.kind, send.path);
        let store = self.office.store.clone();
        let before = whole(&store).await;
        let first = send.by(self.browser(login).await, form).await;
        assert!([200, 303].contains(&first.status), "{case}: {} {}", first.status, first.text);
        let once = whole(&store).await;
        let second = send.by(self.browser(login).await, form).await;
        let twice = whole(&store).await;
        for (table, rows) in &once {
            assert_eq!(rows, &twice[table], "{case}: {table}; it was {}", before[table].len());
        }
        assert_eq!(
            (first.status, &first.location),
            (second.status, &second.location),
            "{case}: {}",
            second.text
        );
        if first.text.contains("/invitation/") {
            assert_eq!(link_in(&first.text), link_in(&second.text), "{case}");
        }
        assert!(ROUTES.iter().any(|known| known.path == route && known.method == Method::POST), "{route}");
        self.covered.insert(route);
        first
    }
}

/// What stands in the fields of a form that nobody sees.
fn untyped(page: &str, path: &str) -> Vec<(String, String)> {
    let form = super::form_to(page, path);
    let mark = "<input type=\"hidden\" name=\"";
    let field = |rest: &str| {
        let (name, rest) = rest.split_once('"')?;
        let value = rest.strip_prefix(" value=\"")?.split('"').next()?;
        let plain =
            value.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#38;", "&");
        Some((name.to_owned(), plain))
    };
    form.split(mark).skip(1).filter_map(field).filter(|(name, _)| name != "csrf").collect()
}

#[tokio::test]
async fn every_form_that_is_sent_twice_is_carried_out_once() {
    let package = other_package().await;
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (office, kind) = (&played.office, database.kind);
        let mut walk = Walk { office, kind, browsers: HashMap::new(), covered: BTreeSet::new() };
        walk.units().await;
        walk.people().await;
        walk.account().await;
        walk.library().await;
        walk.preparation(&package).await;
        walk.sheets(&played).await;
        walk.appraisal(&played).await;
        walk.council(&played).await;
        let posts = ROUTES.iter().filter(|route| route.method == Method::POST).map(|route| route.path);
        let left: Vec<&str> = posts.filter(|path| !walk.covered.contains(path)).collect();
        let others: Vec<&str> = OTHERS.iter().map(|(path, _)| *path).collect();
        let forgotten: Vec<&&str> = left.iter().filter(|path| !others.contains(path)).collect();
        assert!(forgotten.is_empty(), "{kind}: sent twice by no test: {forgotten:?}");
        assert!(office.store.verify_audit().await.unwrap().is_ok(), "{kind}");
    }
}

/// A campaign as a package, with a code that no other one has.
async fn other_package() -> Vec<u8> {
    let database = databases().await.remove(0);
    let played = Prepared::opened(&database).await.with_more_units(1).await;
    let mut standing = played.office.signed_in("standing-body").await;
    standing.get(&format!("/campaigns/{}/package", played.campaign)).await.bytes
}

impl Walk<'_> {
    async fn units(&mut self) {
        let by = "administrator";
        let new = [("code", "X1"), ("name", "Chi cục Mới"), ("level", "other"), ("parent", "")];
        let made = self.twice(by, "/units/new", "/units/new", Send::new("/units/new", &new)).await;
        let unit = made.location.unwrap();
        let (edit, succeed) = (format!("{unit}/edit"), format!("{unit}/succeed"));
        let named = [("code", "X1"), ("name", "Chi cục Khác"), ("level", "other")];
        self.twice(by, &edit, "/units/{id}/edit", Send::new(&edit, &named)).await;
        let became = [("on_day", "2026-03-02"), ("code", "X2"), ("name", "Chi cục Sau"), ("level", "other")];
        self.twice(by, &succeed, "/units/{id}/succeed", Send::new(&succeed, &became)).await;
        let list = "mã,tên,cấp,loại,mã cấp trên\nH1,Sở Công Thương,department,,P\n";
        let list = Send::new("/units/import", &[]).with_file("so.csv", list.as_bytes());
        self.twice(by, "/units/import", "/units/import", list).await;
    }

    async fn people(&mut self) {
        let by = "administrator";
        let new = [("name", "Lê Minh Quân"), ("login", "quan.lm"), ("unit", "B")];
        self.twice(by, "/people/new", "/people/new", Send::new("/people/new", &new)).await;
        let list = "họ và tên,tên đăng nhập,mã đơn vị\nTrần Thu Hà,ha.tt,A\n";
        let list = Send::new("/people/import", &[]).with_file("danh-sach.csv", list.as_bytes());
        self.twice(by, "/people/import", "/people/import", list).await;
        let person = self.office.store.credentials("quan.lm").await.unwrap().unwrap().person.id;
        let page = format!("/people/{person}");
        let at = |act: &str| format!("{page}/{act}");
        self.twice(by, &page, "/people/{id}/link", Send::new(at("link"), &[])).await;
        let role = [("role", "observer"), ("unit", ""), ("remit", ""), ("campaign", "")];
        self.twice(by, &page, "/people/{id}/appoint", Send::new(at("appoint"), &role)).await;
        let held = self.office.store.held(&[person]).await.unwrap()[0].id;
        let dismiss = Send::new(at(&format!("dismiss/{held}")), &[]);
        self.twice(by, &page, "/people/{id}/dismiss/{appointment}", dismiss).await;
        self.twice(by, &page, "/people/{id}/close", Send::new(at("close"), &[])).await;
        self.twice(by, &page, "/people/{id}/reopen", Send::new(at("reopen"), &[])).await;
    }

    async fn account(&mut self) {
        let (by, page) = ("officer-b", "/account");
        drop(self.office.signed_in(by).await);
        let text = self.page(by, page).await;
        let (_, rest) = text.split_once("/account/browser/").expect("another browser of the same person");
        let end = format!("/account/browser/{}/end", rest.split('/').next().unwrap());
        self.twice(by, page, "/account/browser/{id}/end", Send::new(end, &[])).await;
        let begin = Send::new("/account/second-factor/begin", &[]);
        let asked = self.twice(by, page, "/account/second-factor/begin", begin).await.text;
        let secret = hidden(&asked, "secret");
        let first = crate::second_factor::code(secret, self.office.app.now());
        let enrol = Send::new("/account/second-factor", &[("secret", secret), ("code", &first)]);
        let form = super::identifier(&asked, &enrol.path);
        let enrolled = self.sent_twice(by, "/account/second-factor", &enrol, &form).await.text;
        let again = enrol.by(self.browser(by).await, &form).await.text;
        let codes = |text: &str| {
            text.split("<ul class=\"codes\">").nth(1).unwrap().split("</ul>").next().unwrap().to_owned()
        };
        assert_eq!(codes(&enrolled), codes(&again), "the codes that were kept are shown");
        let recovery = codes(&enrolled).split("<li>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let drop = Send::new("/account/second-factor/drop", &[("old", &recovery)]);
        self.twice(by, page, "/account/second-factor/drop", drop).await;
        let other = "gió chiều qua cánh đồng làng";
        let password = [("old", PASSWORD), ("password", other), ("again", other)];
        self.twice(by, page, "/account/password", Send::new("/account/password", &password)).await;
    }

    async fn library(&mut self) {
        let by = "standing-body";
        let table = include_str!("../../../../../examples/phu-tho-2026q3-satisfaction/criteria/set.csv");
        let upload = Send::new("/criteria-sets/upload", &[]).with_file("bo.csv", table.as_bytes());
        let made = self.twice(by, "/criteria-sets/upload", "/criteria-sets/upload", upload).await;
        let version = made.location.unwrap();
        let edit = format!("{version}/edit/766-6.1");
        let fields = [
            ("name", "Hài lòng"),
            ("max", "6"),
            ("inputs", "a: số đếm \"Hài lòng\"; b: số đếm \"Tất cả\""),
            ("rule", "theo tỷ lệ a/b; từ 80% được điểm tối đa; mẫu bằng 0: 0 điểm"),
            ("evidence", "Báo cáo"),
        ];
        self.twice(by, &edit, "/criteria-sets/{set}/{number}/edit/{code}", Send::new(&edit, &fields)).await;
        let settle = format!("{version}/settle");
        self.twice(by, &version, "/criteria-sets/{set}/{number}/settle", Send::new(settle, &[])).await;
        let copy = "/criteria-sets/1/1/copy";
        let fields = [("code", "HN-SO"), ("title", "Bộ tiêu chí của các sở"), ("note", "")];
        let copied =
            self.twice(by, copy, "/criteria-sets/{set}/{number}/copy", Send::new(copy, &fields)).await;
        let next = copied.location.unwrap();
        let settle = format!("{next}/settle");
        self.twice(by, &next, "/criteria-sets/{set}/{number}/settle", Send::new(settle, &[])).await;
        let other = [("code", "HN-SO-2"), ("title", "Bộ khác"), ("note", "")];
        self.twice(by, copy, "/criteria-sets/{set}/{number}/copy", Send::new(copy, &other)).await;
        self.twice(by, "/phrases", "/phrases", Send::new("/phrases", &[("text", "Thiếu số liệu gốc")])).await;
        self.twice(by, "/phrases", "/phrases/{phrase}/remove", Send::new("/phrases/1/remove", &[])).await;
    }

    async fn preparation(&mut self, package: &[u8]) {
        let by = "standing-body";
        let new = Send::new("/campaigns/new", &[]).with_file("nhieu.zip", package);
        self.twice(by, "/campaigns/new", "/campaigns/new", new).await;
        let begun = [("code", "2026"), ("title", "Chỉ số năm 2026"), ("year", "2026"), ("rounds", "2")];
        let begun = Send::new("/campaigns/begin", &begun);
        let prepare = self.twice(by, "/campaigns/new", "/campaigns/begin", begun).await.location.unwrap();
        let campaign = prepare.trim_end_matches("/prepare").to_owned();
        let id: i64 = campaign.rsplit('/').next().unwrap().parse().unwrap();
        let at = |act: &str| format!("{campaign}/{act}");
        let about =
            [("title", "Chỉ số 2026"), ("from", "2026-01-01"), ("to", "2026-12-31"), ("sight", "own")];
        self.twice(by, &prepare, "/campaigns/{campaign}/describe", Send::new(at("describe"), &about)).await;
        let block = [("code", "so"), ("name", "Các sở"), ("version", "1/1"), ("units", "A")];
        self.twice(by, &prepare, "/campaigns/{campaign}/blocks", Send::new(at("blocks"), &block)).await;
        let block = self.office.store.campaign(id).await.unwrap().unwrap().blocks[0].id;
        let members = Send::new(at(&format!("blocks/{block}/members")), &[("units", "B")]);
        self.twice(by, &prepare, "/campaigns/{campaign}/blocks/{block}/members", members).await;
        let member = self.office.store.campaign(id).await.unwrap().unwrap().members[1].id;
        let standing = [("standing", "exempt"), ("reason", "Mới thành lập")];
        let standing = Send::new(format!("/sheets/{member}/standing"), &standing);
        self.twice(by, &prepare, "/sheets/{member}/standing", standing).await;
        let gone = Send::new(format!("/sheets/{member}/remove"), &[]);
        self.twice(by, &prepare, "/sheets/{member}/remove", gone).await;
        let links = Send::new(at("link-units"), &[]);
        let form = Token::new().unwrap();
        self.sent_twice(by, "/campaigns/{campaign}/link-units", &links, form.text()).await;
        self.twice(
            by,
            &prepare,
            "/campaigns/{campaign}/rounds/add",
            Send::new(at("rounds/add"), &[("name", "")]),
        )
        .await;
        self.twice(by, &prepare, "/campaigns/{campaign}/rounds/remove", Send::new(at("rounds/remove"), &[]))
            .await;
        let moved = at(&format!("blocks/{block}/move"));
        let move_set = Send::new(&moved, &[("reason", "Công văn 12/SNV")]);
        self.twice(by, &format!("{moved}?to=1/2"), "/campaigns/{campaign}/blocks/{block}/move", move_set)
            .await;
        let windows = Send::new(at("windows"), &WINDOWS);
        self.twice(by, &prepare, "/campaigns/{campaign}/windows", windows).await;
        self.twice(by, &prepare, "/campaigns/{campaign}/open", Send::new(at("open"), &[])).await;
        let draft = [("code", "nhap"), ("title", "Bản nháp"), ("year", "2026"), ("like", "1")];
        let draft = Send::new("/campaigns/begin", &draft);
        let prepare = self.twice(by, "/campaigns/new", "/campaigns/begin", draft).await.location.unwrap();
        let id: i64 = prepare.split('/').nth(2).unwrap().parse().unwrap();
        let block = self.office.store.campaign(id).await.unwrap().unwrap().blocks[0].id;
        let gone = Send::new(format!("/campaigns/{id}/blocks/{block}/remove"), &[]);
        self.twice(by, &prepare, "/campaigns/{campaign}/blocks/{block}/remove", gone).await;
        let gone = Send::new(format!("/campaigns/{id}/remove"), &[("code", "nhap")]);
        self.twice(by, &prepare, "/campaigns/{campaign}/remove", gone).await;
    }

    async fn sheets(&mut self, played: &Prepared) {
        let (by, at, sheet) = ("officer", played.at("1.1.2"), format!("/sheets/{}", played.sheets[0]));
        let keep = Send::new(&at, &[("v.a", "9"), ("v.b", "10")]);
        self.twice(by, &at, "/sheets/{member}/{criterion}", keep).await;
        let book = self.browser(by).await.get(&format!("{sheet}/workbook/file")).await.bytes;
        let book = Send::new(format!("{sheet}/workbook"), &[]).with_file("phieu.xlsx", &book);
        self.twice(by, &format!("{sheet}/workbook"), "/sheets/{member}/workbook", book).await;
        let part = Send::new(format!("{at}/delegate"), &[("node", "1.1.2"), ("unit", "B")]);
        self.twice(by, &at, "/sheets/{member}/{criterion}/delegate", part).await;
        self.twice(by, &at, "/delegations/{delegation}/end", Send::new("/delegations/1/end", &[])).await;
        for number in ["1/BC", "2/BC"] {
            let document = Send::new(format!("{at}/evidence"), &[("number", number)]).with_file("a.pdf", PDF);
            self.twice(by, &at, "/sheets/{member}/{criterion}/evidence", document).await;
        }
        self.twice(by, &at, "/evidence/{evidence}/remove", Send::new("/evidence/1/remove", &[])).await;
        let submit = format!("{sheet}/submit");
        self.twice("head", &submit, "/sheets/{member}/submit", Send::new(&submit, &[])).await;
        let standing = "standing-body";
        let back = [("remark", "Thiếu quý IV"), ("until", "2026-03-02T08:09"), ("signer", "Trần Thu Hà")];
        let back = Send::new(format!("{sheet}/give-back"), &back);
        self.twice(standing, &at, "/sheets/{member}/give-back", back).await;
        let more = [("until", "2026-03-02T08:12"), ("reason", "Mất điện"), ("signer", "Trần Thu Hà")];
        self.twice(standing, &at, "/sheets/{member}/extend", Send::new(format!("{sheet}/extend"), &more))
            .await;
        self.twice("head", &submit, "/sheets/{member}/submit", Send::new(&submit, &[])).await;
        let other = format!("/sheets/{}/1.1.2", played.sheets[1]);
        assert_eq!(ratio(self.browser("head-b").await, &other, ("9", "10")).await.status, 303);
    }

    async fn appraisal(&mut self, played: &Prepared) {
        let (by, campaign) = ("appraiser-b", format!("/campaigns/{}", played.campaign));
        let visits = format!("{campaign}/visits");
        let sheet = played.sheets[0].to_string();
        let visit = [
            ("member", sheet.as_str()),
            ("on_day", "2026-03-01"),
            ("people", "Lê Minh Quân"),
            ("finding", "Chưa niêm yết đủ."),
        ];
        let visit = Send::new(&visits, &visit).with_file("", b"");
        self.twice(by, &visits, "/campaigns/{campaign}/visits", visit).await;
        let withdraw = Send::new("/visits/1/withdraw", &[("reason", "Ghi nhầm")]);
        self.twice(by, &visits, "/visits/{visit}/withdraw", withdraw).await;
        played.minutes(15);
        let queue = format!("/appraisal/{}/1", played.campaign);
        let decide = format!("{queue}/{sheet}/1.1.2");
        let lower = [("ruling", "adjust"), ("points", "0,5"), ("reason", "Thiếu quý IV")];
        let route = "/appraisal/{campaign}/{round}/{member}/{criterion}";
        self.twice(by, &decide, route, Send::new(&decide, &lower)).await;
        // The button stands where several sheets wait; here one does.
        let page = self.page(by, &format!("{queue}/{sheet}/1.1.1")).await;
        let looked = hidden(&page, "looked");
        let waiting =
            [("block", "so"), ("criterion", "1.1.1"), ("members", sheet.as_str()), ("looked", looked)];
        let accept = Send::new(format!("{queue}/accept"), &waiting);
        let form = Token::new().unwrap();
        self.sent_twice(by, "/appraisal/{campaign}/{round}/accept", &accept, form.text()).await;
        let standing = "standing-body";
        let page = self.page(standing, &campaign).await;
        let knowing = if page.contains("name=\"knowing\"") { hidden(&page, "knowing") } else { "0" };
        let release = [("explain_until", "2026-03-02T08:25"), ("knowing", knowing)];
        let release = Send::new(format!("{campaign}/release/1"), &release);
        self.twice(standing, &campaign, "/campaigns/{campaign}/release/{round}", release).await;
        let until = Send::new(format!("{campaign}/explanation/1"), &[("explain_until", "2026-03-02T08:26")]);
        self.twice(standing, &campaign, "/campaigns/{campaign}/explanation/{round}", until).await;
        let at = played.at("1.1.2");
        let said = Send::new(format!("{at}/explain"), &[("text", "Báo cáo đã gửi.")]);
        self.twice("officer", &at, "/sheets/{member}/{criterion}/explain", said).await;
        played.minutes(21);
        let decide = format!("/appraisal/{}/2/{sheet}/1.1.2", played.campaign);
        let ask = Send::new(format!("{decide}/ask"), &[("text", "Ai ký?")]);
        self.twice(by, &decide, "/appraisal/{campaign}/{round}/{member}/{criterion}/ask", ask).await;
        let council = Send::new(&decide, &[("ruling", "council"), ("reason", "Chưa thống nhất")]);
        self.twice(by, &decide, route, council).await;
    }

    async fn council(&mut self, played: &Prepared) {
        let (standing, campaign) = ("standing-body", format!("/campaigns/{}", played.campaign));
        let agenda = format!("{campaign}/council");
        let point = [("points", "1,25"), ("proposal", "Chấp nhận giải trình")];
        self.twice(standing, &agenda, "/campaigns/{campaign}/council", Send::new(&agenda, &point)).await;
        for login in ["chair", "vice-chair", "member"] {
            let vote = Send::new("/motions/1/vote", &[("choice", "for")]);
            self.twice(login, &agenda, "/motions/{motion}/vote", vote).await;
        }
        let conclude = Send::new("/motions/1/conclude", &[]);
        self.twice(standing, &agenda, "/motions/{motion}/conclude", conclude).await;
        let list = self.page(standing, &format!("{campaign}/awards")).await;
        let (_, rest) =
            list.split_once(&format!("{campaign}/awards/")).expect("a criterion of another source");
        let award = format!("{campaign}/awards/{}", rest.split('"').next().unwrap());
        let points = [("source", "Báo cáo 215/BC"), ("pasted", "A\t10\t5\t4\t1")];
        let route = "/campaigns/{campaign}/awards/{block}/{criterion}";
        self.twice(standing, &award, route, Send::new(&award, &points)).await;
        let sheet = format!("/sheets/{}", played.sheets[1]);
        let more = [("until", "2026-03-02T18:00"), ("reason", "Mất điện"), ("signer", "Trần Thu Hà")];
        let page = format!("{sheet}/1.1.2");
        self.twice(standing, &page, "/sheets/{member}/extend", Send::new(format!("{sheet}/extend"), &more))
            .await;
        let submit = format!("{sheet}/submit");
        self.twice("head-b", &submit, "/sheets/{member}/submit", Send::new(&submit, &[])).await;
        let board = self.page("chair", &campaign).await;
        let told = ["knowing", "without"].map(|name| {
            let there = board.contains(&format!("name=\"{name}\""));
            (name, if there { hidden(&board, name) } else { "0" })
        });
        let approve = Send::new(format!("{campaign}/approve"), &told);
        self.twice("chair", &campaign, "/campaigns/{campaign}/approve", approve).await;
        self.twice("standing-body", "/units/import", "/units/reference", Send::new("/units/reference", &[]))
            .await;
        self.twice("auditor", "/audit", "/audit/verify", Send::new("/audit/verify", &[("mark", "")])).await;
    }
}
