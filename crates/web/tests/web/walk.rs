//! Every route for every role, compared with the table of rights.

use parindex_domain::right::{Act, Appointment, Role, Subject, permit};
use parindex_testkit::{Browser, Office, databases};
use parindex_web::{Needs, ROUTES, Route};

/// A path with something in each place of its pattern.
pub fn filled(route: &Route, office: &Office) -> String {
    let person = office.people["officer"].to_string();
    let places = [
        ("{name}", "favicon.svg"),
        ("{link}", "none"),
        ("{appointment}", "999"),
        ("{set}", "1"),
        ("{number}", "1"),
        ("{kind}", "csv"),
        ("{code}", "1"),
        ("{other}", "1"),
    ];
    let path = if route.path.starts_with("/people") {
        route.path.replace("{id}", &person)
    } else {
        route.path.replace("{id}", &office.units["A"].to_string())
    };
    places.iter().fold(path, |path, (place, value)| path.replace(place, value))
}

/// What the guard has to say: let in, to the sign-in page, or no right.
#[derive(Debug, PartialEq, Eq)]
enum Door {
    Open,
    SignIn,
    Denied,
}

async fn knock(browser: &mut Browser, route: &Route, path: &str) -> Door {
    // Without a token no form gets further than the door.
    let answer =
        if route.method == "GET" { browser.get(path).await } else { browser.post_bare(path, &[]).await };
    assert_ne!(answer.status, 500, "{} {path}: {}", route.method, answer.text);
    assert_ne!(answer.status, 405, "{} {path} has no handler", route.method);
    match (answer.status, answer.location.as_deref()) {
        (303, Some(to)) if to.starts_with("/sign-in") => Door::SignIn,
        (403, _) => Door::Denied,
        _ => Door::Open,
    }
}

fn expected(needs: Needs, role: Option<Role>) -> Door {
    let held: Vec<Appointment> = role.into_iter().map(|role| Appointment { role, unit: None }).collect();
    match needs {
        Needs::HalfSession | Needs::Session | Needs::Act(_) if role.is_none() => Door::SignIn,
        Needs::Act(act) if permit(&held, act, &Subject::Somewhere).is_err() => Door::Denied,
        Needs::Nothing | Needs::HalfSession | Needs::Session | Needs::Act(_) => Door::Open,
    }
}

/// Signing out and signing in lead to the sign-in page or away from it by themselves.
fn leads_away(route: &Route) -> bool {
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
            for route in ROUTES.iter().filter(|route| !leads_away(route)) {
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

/// The table names every act, so that no right is without a page; which role is given decides between the two acts of giving.
#[test]
fn every_act_has_a_route() {
    for act in Act::ALL.into_iter().filter(|act| *act != Act::AppointSystem) {
        assert!(ROUTES.iter().any(|route| route.needs == Needs::Act(act)), "{act:?}");
    }
}
