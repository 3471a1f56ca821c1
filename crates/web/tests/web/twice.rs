//! What was sent twice is there once: on a double click, again after a broken line, to another server, after a restart.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use parindex_service::token::Token;
use parindex_store::Store;
use parindex_store::table::TABLES;
use parindex_testkit::{Database, Office, app_over, databases};

use crate::campaign::Prepared;

mod link;
mod send;
mod ten_times;
mod walk;

use send::{Send, identifier};

const PDF: &[u8] = b"%PDF-1.7 bao cao quy IV";

/// All that the database holds, but who was last seen when.
async fn whole(store: &Store) -> BTreeMap<&'static str, Vec<String>> {
    let moment = store.moment().await.unwrap();
    let mut all = BTreeMap::new();
    for table in TABLES.iter().map(|table| table.name).filter(|table| !["session", "attempt"].contains(table))
    {
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

/// A file that came in part by part: the first send of its form takes it, and the others neither lose it nor ask for it again.
#[tokio::test]
async fn a_file_that_was_uploaded_is_taken_once() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, case) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let page = officer.get(&at).await.text;
        let place = officer.announce("Báo cáo năm.pdf", PDF.len()).await.location.unwrap();
        assert_eq!(officer.send_part(&place, 0, PDF, false).await.status, 204, "{case}");
        let upload = place.rsplit('/').next().unwrap();
        let send =
            Send::new(format!("{at}/evidence"), &[("round", "0"), ("number", "15/BC"), ("upload", upload)]);
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
