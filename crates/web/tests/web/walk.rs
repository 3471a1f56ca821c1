//! Every route for every role, compared with the table of rights.

use parindex_domain::right::{Act, Appointment, Role, Subject, permit};
use parindex_testkit::{Browser, Office, databases};
use parindex_web::{AppRoute, Needs, routes};

use crate::campaign::Prepared;

/// A path with something in each place of its pattern.
pub fn filled(route: &AppRoute, office: &Office) -> String {
    let person = office.people["officer"].to_string();
    let places: [(&str, &str); 21] = [
        ("{name}", "favicon.svg"),
        ("{link}", "none"),
        ("{appointment}", "999"),
        ("{set}", "1"),
        ("{number}", "1"),
        ("{kind}", "csv"),
        ("{code}", "1"),
        ("{other}", "1"),
        ("{campaign}", "1"),
        ("{round}", "1"),
        ("{member}", "1"),
        ("{criterion}", "1.1.2"),
        ("{evidence}", "1"),
        ("{motion}", "1"),
        ("{block}", "1"),
        ("{delegation}", "1"),
        ("{visit}", "1"),
        ("{photo}", "1"),
        ("{phrase}", "1"),
        ("{day}", "1"),
        ("{upload}", "0123456789abcdef0123456789abcdef"),
    ];
    let path = if route.path.starts_with("/people") {
        route.path.replace("{id}", &person)
    } else {
        route.path.replace("{id}", &office.units["A"].to_string())
    };
    // A criterion that the survey scores.
    let path = path.replace("/external-points/{block}/{criterion}", "/external-points/1/1.6");
    places.iter().fold(path, |path, (place, value)| path.replace(place, value))
}

/// What the guard has to say: let in, to the sign-in page, or no right.
#[derive(Debug, PartialEq, Eq)]
enum Door {
    Open,
    SignIn,
    Denied,
}

async fn knock(browser: &mut Browser, route: &AppRoute, path: &str) -> Door {
    // Without a token no form gets further than the door.
    let answer = match route.method.as_str() {
        "GET" => browser.get(path).await,
        "POST" => browser.post_bare(path, &[]).await,
        _ => browser.tus(route.method.clone(), path, &[], axum::body::Body::empty()).await,
    };
    assert_ne!(answer.status, 500, "{} {path}: {}", route.method, answer.text);
    assert_ne!(answer.status, 405, "{} {path} has no handler", route.method);
    match (answer.status, answer.location.as_deref()) {
        (303, Some(to)) if to.starts_with("/sign-in") => Door::SignIn,
        // A form is answered with the sign-in form itself, so that what was typed is not lost on the way.
        (401, _) => Door::SignIn,
        (403, _) => Door::Denied,
        _ => Door::Open,
    }
}

fn expected(needs: Needs, role: Option<Role>) -> Door {
    let held: Vec<Appointment> = role.into_iter().map(Appointment::everywhere).collect();
    let may = |act| permit(&held, act, &Subject::Somewhere).is_ok();
    match needs {
        Needs::Nothing => Door::Open,
        _ if role.is_none() => Door::SignIn,
        Needs::Act(act) if !may(act) => Door::Denied,
        Needs::Either(act, other) if !may(act) && !may(other) => Door::Denied,
        Needs::HalfSession | Needs::Session | Needs::Act(_) | Needs::Either(..) => Door::Open,
    }
}

/// Signing out and signing in lead to the sign-in page or away from it by themselves.
fn leads_away(route: &AppRoute) -> bool {
    matches!(route.path, "/sign-out" | "/sign-in" | "/sign-in/code" | "/preference")
}

#[tokio::test]
async fn every_route_opens_to_whom_the_table_names_and_to_nobody_else() {
    for database in databases().await {
        let office = Office::new(&database).await;
        for role in [None].into_iter().chain(Role::ALL.map(Some)) {
            let mut browser = match role {
                None => office.browser(),
                Some(role) => office.signed_in(role.word()).await,
            };
            for route in routes().filter(|route| !leads_away(route)) {
                let path = filled(route, &office);
                let found = knock(&mut browser, route, &path).await;
                let expected = expected(route.needs, role);
                assert_eq!(found, expected, "{}: {role:?} {} {path}", database.kind, route.method);
            }
        }
    }
}

/// What a role may do for its own unit it may not do for another.
#[tokio::test]
async fn a_role_for_one_unit_ends_at_its_border() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body-a").await;
        let (own, foreign) = (office.people["officer"], office.people["officer-b"]);
        assert_eq!(browser.get(&format!("/people/{own}")).await.status, 200, "{}", database.kind);
        assert_eq!(
            browser.get(&format!("/people/{foreign}")).await.status,
            404,
            "whom one may not see is not there"
        );
        browser.get("/people").await;
        for act in ["link", "close", "reopen"] {
            let answer = browser.post(&format!("/people/{foreign}/{act}"), &[]).await;
            assert_eq!(answer.status, 403, "{}: {act}: {}", database.kind, answer.text);
        }
        let role = [("role", "administrator"), ("unit", "")];
        assert_eq!(
            browser.post(&format!("/people/{own}/appoint"), &role).await.status,
            403,
            "no wider role than one's own"
        );
        let administrator = office.people["administrator"];
        for act in ["link", "close", "second-factor/drop"] {
            let answer = browser.post(&format!("/people/{administrator}/{act}"), &[]).await;
            assert_eq!(answer.status, 403, "{}: the way to a wider right: {act}", database.kind);
        }
        let within = [("role", "auditor"), ("unit", "A")];
        assert_eq!(
            browser.post(&format!("/people/{own}/appoint"), &within).await.status,
            403,
            "nor a role of the system"
        );
        let campaign = [("role", "head"), ("unit", "A")];
        assert_eq!(browser.post(&format!("/people/{own}/appoint"), &campaign).await.status, 303);
        let (a1, b) = (office.units["A1"], office.units["B"]);
        assert_eq!(browser.get(&format!("/units/{a1}/edit")).await.status, 200);
        assert_eq!(browser.get(&format!("/units/{b}/edit")).await.status, 403);
        let list = browser.get("/people").await.text;
        assert!(
            list.contains("Người officer<") && !list.contains("Người officer-b"),
            "the list ends there too"
        );
    }
}

/// What is not in the table does not exist, and a method that a route does not have neither.
#[tokio::test]
async fn what_the_table_does_not_know_is_not_there() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        for path in ["/nothing", "/units/1/2/3", "/.env", "/assets/../Cargo.toml", "/assets/manifest.json"] {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
        }
        assert_eq!(browser.post("/units", &[]).await.status, 404, "{}", database.kind);
    }
}

/// What no number can be read from is no unit; the sentence is ours, not the library's.
#[tokio::test]
async fn an_address_that_is_none_leads_to_our_page() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        for path in ["/units/abc", "/people/99999999999999999999", "/units/-"] {
            let answer = browser.get(path).await;
            assert!(
                answer.status == 404 && answer.text.contains("Không có trang này"),
                "{path}: {}",
                answer.text
            );
        }
        let large = "x".repeat(300 * 1024);
        let answer = browser.post("/people/new", &[("name", large.as_str())]).await;
        assert!(
            answer.status == 413 && answer.text.contains("quá lớn"),
            "{}: {}",
            database.kind,
            answer.text
        );
    }
}

fn names(needs: Needs, act: Act) -> bool {
    match needs {
        Needs::Act(named) => named == act,
        Needs::Either(one, other) => one == act || other == act,
        Needs::Nothing | Needs::HalfSession | Needs::Session => false,
    }
}

/// The table names every act, so that no right is without a page; which role is given decides between the two acts of giving.
#[test]
fn every_act_has_a_route() {
    for act in Act::ALL.into_iter().filter(|act| *act != Act::AppointSystem) {
        assert!(routes().any(|route| names(route.needs, act)), "{act:?}");
    }
}

/// Every role × own and foreign unit × state of the campaign: sheets are seen and changed by whom the table names.
#[tokio::test]
async fn a_sheet_opens_to_whom_the_table_names_in_every_state() {
    for database in databases().await {
        let mut prepared = Prepared::new(Office::new(&database).await).await;
        for state in ["draft", "open", "approved"] {
            match state {
                "open" => prepared = prepared.open().await,
                "approved" => prepared.approve().await,
                _ => {}
            }
            for role in Role::ALL {
                sheets_of(&prepared, role, (state, database.kind)).await;
            }
        }
    }
}

/// What a role, held for department A where it is held for a unit, can do with the sheets of A and of B.
async fn sheets_of(prepared: &Prepared, role: Role, (state, kind): (&str, &str)) {
    let office = &prepared.office;
    let mut browser = office.signed_in(role.word()).await;
    let held = office.store.held(&[office.people[role.word()]]).await.unwrap();
    let held: Vec<Appointment> = held.into_iter().map(|held| held.appointment).collect();
    for (sheet, code) in prepared.sheets.iter().zip(["A", "B"]) {
        let unit = office.store.unit(office.units[code]).await.unwrap().unwrap();
        let may = |act| permit(&held, act, &Subject::Unit(unit.path.clone())).is_ok();
        let runs = permit(&held, Act::RunCampaigns, &Subject::Everything).is_ok();
        // A is the standing body: whom the chair names sees its sheet.
        let in_its_place = code == "A" && permit(&held, Act::SeeSheets, &Subject::OfStandingBody).is_ok();
        let case = format!("{kind}: {role:?}, {state}, sheet of {code}");
        let seen = browser.get(&format!("/sheets/{sheet}/1.1.2")).await;
        let expected = match (may(Act::SeeSheets) || in_its_place, state) {
            (false, _) => 403,
            (true, "draft") if !runs => 404,
            (true, _) => 200,
        };
        assert_eq!(seen.status, expected, "{case}: {}", seen.text);
        browser.get("/account").await;
        let kept = browser.post(&format!("/sheets/{sheet}/1.1.2"), &[("v.a", "1"), ("v.b", "2")]).await;
        let expected = match (may(Act::FillSheets), state) {
            (false, _) => vec![403],
            (true, "draft") => vec![404],
            (true, "open") => vec![303, 409],
            (true, _) => vec![409],
        };
        assert!(expected.contains(&kept.status), "{case}: {} {}", kept.status, kept.text);
    }
}

#[tokio::test]
async fn addresses_of_earlier_versions_lead_to_those_of_today() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.browser();
        for (then, today) in [
            ("/campaigns/7/awards", "/campaigns/7/external-points"),
            ("/campaigns/7/awards/2/1.6?values=3", "/campaigns/7/external-points/2/1.6?values=3"),
            ("/arrivals/0123", "/uploads/0123"),
        ] {
            let answer = browser.get(then).await;
            assert_eq!((answer.status, answer.location.as_deref()), (308, Some(today)), "{}", database.kind);
        }
    }
}
