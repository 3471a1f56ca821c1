//! Where rights end: at another campaign, at another unit, at the approval.

use parindex_domain::procedure::Base;
use parindex_domain::right::Role;
use parindex_store::Clock;
use parindex_store::campaign::{Approve, Known, Release};
use parindex_store::council::Conclude;
use parindex_store::person::{Appoint, EndAppointment};
use parindex_store::sheet::Submit;
use parindex_testkit::{Browser, Reply, databases};
use parindex_web::{AppRoute, Scope, routes};

use crate::campaign::Prepared;
use crate::sheet::filled_in;
use crate::walk::filled;

/// A role for one campaign is none in another one, whatever of it stands in the address.
#[tokio::test]
async fn a_role_for_one_campaign_ends_at_its_border() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let own = played.campaign;
        let played = played.with_more_units(1).await;
        let (office, other) = (&played.office, played.campaign);
        let observer = office.people["observer"];
        let held = office.store.held(&[observer]).await.unwrap();
        office.change(EndAppointment { appointment: held[0].id }).await;
        let appoint = |role, campaign| Appoint { campaign, ..Appoint::whole(observer, role, None) };
        office.change(appoint(Role::Observer, Some(own))).await;
        office.change(appoint(Role::Appraiser, Some(own))).await;
        let mut browser = office.signed_in("observer").await;
        let kind = database.kind;
        assert_eq!(browser.get(&format!("/campaigns/{own}/ranking")).await.status, 200, "{kind}");
        assert_eq!(browser.get(&format!("/campaigns/{other}/ranking")).await.status, 403, "{kind}");
        assert_eq!(browser.get(&format!("/appraisal/{own}/1")).await.status, 200, "{kind}");
        assert_eq!(browser.get(&format!("/appraisal/{other}/1")).await.status, 403, "{kind}");
        let foreign = played.sheets[0];
        assert_eq!(browser.get(&format!("/sheets/{foreign}/1.1.2")).await.status, 403, "{kind}");
        browser.get(&format!("/campaigns/{own}")).await;
        let decide = format!("/appraisal/{other}/1/{foreign}/1.1.2");
        assert_eq!(browser.post(&decide, &[("ruling", "accept")]).await.status, 403, "{kind}");
        let mut standing = office.signed_in("standing-body").await;
        let page = standing.get(&format!("/people/{observer}")).await.text;
        assert!(page.contains("chỉ trong"), "{kind}: {page}");
        let system = [("role", "auditor"), ("campaign", "1")];
        let mut administrator = office.signed_in("administrator").await;
        administrator.get(&format!("/people/{observer}")).await;
        let whole = [("role", "standing-body"), ("campaign", "1"), ("unit", "A")];
        for (role, sentence) in [(&system[..], "để trống ô đợt đánh giá"), (&whole, "để trống ô đơn vị")]
        {
            let refused = administrator.post(&format!("/people/{observer}/appoint"), role).await;
            assert!(refused.status == 422 && refused.text.contains(sentence), "{kind}: {}", refused.text);
        }
    }
}

/// A standing body of one campaign runs it, and is nobody where campaigns are begun, sets kept or people appointed.
#[tokio::test]
async fn a_standing_body_of_one_campaign_runs_no_other() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let own = played.campaign;
        let played = played.with_more_units(1).await;
        let (office, other, kind) = (&played.office, played.campaign, database.kind);
        let observer = office.people["observer"];
        let mut administrator = office.signed_in("administrator").await;
        administrator.get(&format!("/people/{observer}")).await;
        let (whose, appoint) = (own.to_string(), format!("/people/{observer}/appoint"));
        let role = [("role", "standing-body"), ("campaign", whose.as_str())];
        assert_eq!(administrator.post(&appoint, &role).await.status, 303, "{kind}");
        let mut browser = office.signed_in("observer").await;
        let home = browser.get("/").await.text;
        assert!(home.contains("chỉ trong một đợt đánh giá"), "{kind}: {home}");
        let refused = browser.get("/campaigns/new").await.text;
        assert!(refused.contains("vai trò được giao cho mọi đợt đánh giá"), "{kind}: {refused}");
        for (page, status) in [
            (format!("/campaigns/{own}/prepare"), 200),
            (format!("/campaigns/{other}/prepare"), 403),
            ("/campaigns/new".to_owned(), 403),
            ("/criteria-sets/upload".to_owned(), 403),
            ("/people".to_owned(), 403),
            ("/units/new".to_owned(), 403),
        ] {
            assert_eq!(browser.get(&page).await.status, status, "{kind}: {page}");
        }
        browser.get("/account").await;
        let title =
            [("title", "Tên khác"), ("from", "2025-01-01"), ("to", "2025-12-31"), ("visibility", "own")];
        for (campaign, status) in [(own, 303), (other, 403)] {
            let told = browser.post(&format!("/campaigns/{campaign}/describe"), &title).await;
            assert_eq!(told.status, status, "{kind}: {}", told.text);
        }
        for (form, fields) in [
            ("/phrases", [("text", "Thiếu báo cáo")].as_slice()),
            ("/campaigns/begin", &[("title", "Năm sau"), ("year", "2026")]),
            (appoint.as_str(), &[("role", "observer")]),
        ] {
            assert_eq!(browser.post(form, fields).await.status, 403, "{kind}: {form}");
        }
    }
}

/// Forms about things of another unit, with everything right but the right, change nothing, wherever the campaign is: not a row of
/// the log is written.
#[tokio::test]
async fn nobody_changes_what_belongs_to_another_unit() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.has_everything().await;
        let (campaign, book) = (played.campaign, played.workbook().await);
        for state in ["entered", "submitted", "appraised", "explained", "approved"] {
            match state {
                "submitted" => {
                    for member in played.sheets {
                        played
                            .now(Submit { member, seen: None, not_done: Vec::new(), unexplained: Vec::new() })
                            .await;
                    }
                }
                "appraised" => played.minutes(12),
                "explained" => {
                    let explain_until = Some(played.office.clock.now() + 600_000_000);
                    played.now(Release { campaign, stage: 1, explain_until, undecided: 0, knowing: 0 }).await;
                }
                "approved" => {
                    played.is_voted_on().await;
                    let (undecided, external_points) = (Known::default(), Known::default());
                    let detail = played.office.store.campaign(campaign).await.unwrap().unwrap();
                    let result = parindex_service::campaign::approved::result(&played.office.store, &detail)
                        .await
                        .unwrap();
                    played.now(Approve { campaign, seen: None, undecided, external_points, result }).await;
                }
                _ => {}
            }
            for login in ["officer-b", "head-b", "observer", "auditor", "survey-body"] {
                played.is_in_vain_for(login, &book, (state, database.kind)).await;
            }
        }
    }
}

/// Once it is approved no form of anybody, whatever he may do elsewhere, moves anything of the campaign.
#[tokio::test]
async fn after_the_approval_nothing_of_a_campaign_moves() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.has_everything().await;
        let book = played.workbook().await;
        played.is_voted_on().await;
        played.approve().await;
        let before = played.stands_as().await;
        for role in Role::ALL {
            let mut browser = played.office.signed_in(role.word()).await;
            browser.get("/account").await;
            for route in routes().filter(|route| route.method == "POST" && is_of_a_campaign(route)) {
                let path = filled(route, &played.office);
                let answer = sent(&mut browser, (route, &path), &book).await;
                assert!(is_an_answer(&answer), "{}: {role:?} {path}: {}", database.kind, answer.text);
                assert_eq!(played.stands_as().await, before, "{}: {role:?} {path}", database.kind);
            }
        }
    }
}

/// Whether a route is about something of a campaign. Its survey body may enter points of the survey, which is of no unit.
fn is_about_a_thing(route: &AppRoute) -> bool {
    is_of_a_campaign(route) && !route.path.contains("/external-points/")
}

/// Whether a route is about something of a campaign, points of the survey among it.
fn is_of_a_campaign(route: &AppRoute) -> bool {
    !matches!(route.scope, Scope::Installation | Scope::Shared)
}

/// Something good in every field that any of these forms has.
const EVERY_FIELD: &[(&str, &str)] = &[
    ("v.a", "1"),
    ("v.b", "2"),
    ("seen.v.a", "0"),
    ("seen.v.b", "0"),
    ("text", "Nội dung"),
    ("round", "1"),
    ("node", "1.1"),
    ("unit", "B"),
    ("units", "A1"),
    ("reason", "Lý do"),
    ("signer", "Người ký"),
    ("until", "2026-03-02T18:00"),
    ("remark", "Sửa"),
    ("standing", "exempt"),
    ("code", "2025"),
    ("name", "Tên"),
    ("title", "Tên"),
    ("from", "2025-01-01"),
    ("to", "2025-12-31"),
    ("opens", "2026-03-02T07:00"),
    ("closes", "2026-03-02T19:00"),
    ("ruling", "accept"),
    ("choice", "for"),
    ("points", "1"),
    ("proposal", "Đề nghị"),
    ("member", "1"),
    ("criterion", "1.1.2"),
    ("block", "so"),
    ("members", "1"),
    ("version", "1/1"),
    ("explain_until", "2026-03-02T18:00"),
    ("revision", "0"),
    ("seen", "0"),
    ("looked", "0"),
    ("visibility", "own"),
    ("on_day", "2026-03-01"),
    ("people", "Tổ"),
    ("finding", "Đủ"),
];

/// Sends a form as a browser does, with a file where it has one.
async fn sent(browser: &mut Browser, (route, path): (&AppRoute, &str), book: &[u8]) -> Reply {
    match route.path {
        "/sheets/{member}/workbook" => browser.parts_with(path, &[], ("phieu.xlsx", book)).await,
        "/sheets/{member}/{criterion}/evidence" | "/campaigns/{campaign}/visits" => {
            browser.parts_with(path, EVERY_FIELD, ("a.pdf", b"%PDF-1.7 y")).await
        }
        _ => browser.post(path, EVERY_FIELD).await,
    }
}

/// Whether the form was read at all, and the server did not fail over it.
fn is_an_answer(answer: &Reply) -> bool {
    answer.status < 500 && answer.status != 400
}

impl Prepared {
    /// Every form about a thing of A, sent by somebody of another unit.
    async fn is_in_vain_for(&self, login: &str, book: &[u8], (state, kind): (&str, &str)) {
        let office = &self.office;
        let mut browser = office.signed_in(login).await;
        browser.get("/account").await;
        let before = office.store.audit_count().await.unwrap();
        for route in routes().filter(|route| route.method == "POST" && is_about_a_thing(route)) {
            let path = filled(route, office);
            let answer = sent(&mut browser, (route, &path), book).await;
            let refused = [403, 404, 405, 409, 422].contains(&answer.status);
            assert!(refused, "{kind}, {state}: {login} {path}: {} {}", answer.status, answer.text);
        }
        let after = office.store.audit_count().await.unwrap();
        assert_eq!(before, after, "{kind}, {state}: {login} wrote into the log");
    }

    /// The sheet of A as a workbook in which figures were changed since it was fetched.
    async fn workbook(&self) -> Vec<u8> {
        let mut officer = self.office.signed_in("officer").await;
        let book = officer.get(&format!("/sheets/{}/workbook/file", self.sheets[0])).await;
        filled_in(book.bytes, ["9", "10"])
    }

    /// The council rejects what is on its agenda.
    async fn is_voted_on(&self) {
        for login in ["chair", "vice-chair", "member"] {
            let mut browser = self.office.signed_in(login).await;
            browser.get(&format!("/campaigns/{}/council", self.campaign)).await;
            let vote = browser.post("/motions/1/vote", &[("choice", "against")]).await;
            assert_eq!(vote.status, 303, "{login}: {}", vote.text);
        }
        self.now(Conclude { motion: 1 }).await;
    }

    /// All that a campaign is: what it says of itself, what is entered, proven, decided, said, found and voted.
    async fn stands_as(&self) -> String {
        let store = &self.office.store;
        let detail = store.campaign(self.campaign).await.unwrap().unwrap();
        let all = detail.ids();
        let said = (
            store.figures(&all).await.unwrap(),
            store.notes(&all).await.unwrap(),
            store.evidence(&all).await.unwrap(),
            store.verdicts(&all).await.unwrap(),
            store.remarks(&all).await.unwrap(),
            store.visits(&all).await.unwrap(),
            store.council(self.campaign, Base::default()).await.unwrap().motions,
            store.parts(self.sheets[0]).await.unwrap(),
        );
        format!("{detail:?} {said:?}")
    }

    /// Something of each kind on the sheet of A: a document, a part that was given away, a check, a point of the council.
    async fn has_everything(&self) {
        let at = self.at("1.1.2");
        let mut officer = self.office.signed_in("officer").await;
        officer.get(&at).await;
        let pdf = b"%PDF-1.7 x".as_slice();
        assert_eq!(officer.upload_from(&at, &format!("{at}/evidence"), "a.pdf", pdf).await.status, 303);
        let part = [("node", "1.1"), ("unit", "A1")];
        assert_eq!(officer.post(&format!("{at}/delegate"), &part).await.status, 303);
        let mut appraiser = self.office.signed_in("appraiser-b").await;
        let visits = format!("/campaigns/{}/visits", self.campaign);
        appraiser.get(&visits).await;
        let sheet = self.sheets[0].to_string();
        let check = [
            ("member", sheet.as_str()),
            ("criterion", ""),
            ("on_day", "2026-03-01"),
            ("people", "Tổ"),
            ("finding", "Đủ"),
        ];
        let done = appraiser.parts_with(&visits, &check, ("", b"")).await;
        assert_eq!(done.status, 303, "{}", done.text);
        let mut chair = self.office.signed_in("chair").await;
        chair.get(&visits).await;
        let motion =
            [("member", sheet.as_str()), ("criterion", "1.1.2"), ("points", "1"), ("proposal", "Vì")];
        let agenda = format!("/campaigns/{}/council", self.campaign);
        let tabled = chair.post(&agenda, &motion).await;
        assert_eq!(tabled.status, 303, "{}", tabled.text);
    }
}
