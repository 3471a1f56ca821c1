//! What was approved stays as it was, whatever becomes of figures, rules and program.

use std::sync::Arc;

use parindex_domain::audit::AuditAct;
use parindex_service::campaign::approved::keep_results;
use parindex_store::audit::Filter;
use parindex_testkit::{Browser, Database, PASSWORD, app_over, databases};

use crate::campaign::{Prepared, ratio};

/// The rule of a criterion becomes kinder, behind the back of the store.
const KINDER: &str = "UPDATE criteria_version SET text = \
     replace(text, 'theo tỷ lệ a/b; từ 100% được điểm tối đa', 'theo tỷ lệ a/b; từ 90% được điểm tối đa')";
/// A figure becomes another one.
const OTHER: &str = "UPDATE entry SET text = '1' WHERE criterion = '1.1.2' AND input = 'a'";

/// A campaign in which A has 9 of 10, approved.
async fn approved(database: &Database) -> Prepared {
    let played = Prepared::opened(database).await;
    let mut officer = played.office.signed_in("officer").await;
    assert_eq!(ratio(&mut officer, &played.at("1.1.2"), ("9", "10")).await.status, 303);
    played.approve().await;
    played
}

/// Somebody is signed in at a server that has just started.
async fn anew(database: &Database, played: &Prepared, login: &str) -> Browser {
    let clock = Arc::clone(&played.office.clock);
    let app = app_over(played.office.store.clone(), database.files(), clock, |_settings| {});
    let mut browser = Browser::new(parindex_web::router(app));
    assert_eq!(browser.sign_in(login, PASSWORD).await.status, 303);
    browser
}

/// What the pages say of the points of A.
async fn pages(browser: &mut Browser, played: &Prepared) -> [String; 3] {
    let (campaign, sheet) = (played.campaign, played.sheets[0]);
    let sheet = browser.get(&format!("/sheets/{sheet}/1.1.2")).await;
    let ranking = browser.get(&format!("/campaigns/{campaign}/ranking")).await;
    let board = browser.get(&format!("/campaigns/{campaign}")).await;
    assert_eq!((sheet.status, ranking.status, board.status), (200, 200, 200));
    [sheet.text, ranking.text, board.text]
}

#[tokio::test]
async fn an_approved_result_is_shown_as_it_was_whatever_rules_and_figures_become() {
    for database in databases().await {
        let played = approved(&database).await;
        let approval = played.office.store.approval(played.campaign).await.unwrap().unwrap();
        for statement in [KINDER, OTHER] {
            database.behind_its_back(statement).await.unwrap();
        }
        let mut standing = anew(&database, &played, "standing-body").await;
        let [sheet, ranking, board] = pages(&mut standing, &played).await;
        assert!(sheet.contains("1,35") && sheet.contains("9/10 = 90%"), "{}: {sheet}", database.kind);
        assert!(ranking.contains("1,35") && !ranking.contains("1,50"), "{}: {ranking}", database.kind);
        for page in [&sheet, &ranking, &board] {
            assert!(page.contains("Kết quả đã phê duyệt, giữ nguyên"), "{}: {page}", database.kind);
            assert!(page.contains(&approval.sha256) && page.contains(&approval.version), "{page}");
        }
        // The sentence an appraiser reads, and the pack that the unit keeps.
        let mut appraiser = anew(&database, &played, "appraiser-b").await;
        let decided =
            appraiser.get(&format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0])).await;
        assert!(decided.text.contains("9/10 = 90%") && decided.text.contains("1,35"), "{}", decided.text);
        let pack = standing.get(&format!("/sheets/{}/pack/pdf", played.sheets[0])).await;
        assert_eq!(pack.status, 200);
    }
}

#[tokio::test]
async fn the_log_has_the_hash_of_what_was_approved_and_a_changed_row_is_named() {
    for database in databases().await {
        let played = approved(&database).await;
        let store = &played.office.store;
        let approval = store.approval(played.campaign).await.unwrap().unwrap();
        let said = store
            .audit(&Filter { acts: Some(vec![AuditAct::CampaignApprove]), ..Filter::default() }, 1)
            .await
            .unwrap();
        assert!(said[0].entry.detail.contains(&approval.sha256), "{}", said[0].entry.detail);
        let found = store.beside_the_log().await.unwrap();
        assert_eq!((found.count, found.differences), (0, Vec::new()), "{}", database.kind);
        let raised = "UPDATE approved_sheet SET points = replace(points, '1.35', '1.5') WHERE member = 1";
        database.behind_its_back(raised).await.unwrap();
        let found = store.beside_the_log().await.unwrap();
        let said = found.first(5, parindex_rulebook::lang::Lang::Vi);
        assert!(found.count == 1 && said.contains("kết quả đã phê duyệt"), "{}: {said}", database.kind);
        assert!(said.contains(&approval.sha256), "{said}");
    }
}

#[tokio::test]
async fn what_was_approved_before_results_were_kept_is_kept_once_as_it_was() {
    for database in databases().await {
        let played = approved(&database).await;
        let store = &played.office.store;
        let before = store.approval(played.campaign).await.unwrap().unwrap();
        for table in ["approved_sheet", "approved"] {
            database.behind_its_back(&format!("DELETE FROM {table}")).await.unwrap();
        }
        let mut standing = anew(&database, &played, "standing-body").await;
        let [sheet, ranking, _] = pages(&mut standing, &played).await;
        assert!(sheet.contains("1,35") && ranking.contains("1,35"), "pages compute until then: {ranking}");
        assert_eq!(store.approved_unkept().await.unwrap(), [played.campaign]);
        // Two servers start at once.
        let now = played.office.app.now();
        let (first, second) = tokio::join!(keep_results(store, now), keep_results(store, now));
        assert!(first.unwrap().is_empty() && second.unwrap().is_empty(), "{}", database.kind);
        let after = store.approval(played.campaign).await.unwrap().unwrap();
        assert_eq!((after.sha256, after.version), (before.sha256, before.version), "{}", database.kind);
        assert!(store.approved_unkept().await.unwrap().is_empty());
        let acts = Filter { acts: Some(vec![AuditAct::CampaignKeepResult]), ..Filter::default() };
        assert_eq!(store.audit(&acts, 10).await.unwrap().len(), 1, "{}: kept once", database.kind);
        assert!(store.verify_audit().await.unwrap().is_ok());
        database.behind_its_back(OTHER).await.unwrap();
        // The same server as before: what it kept ready is not shown any longer.
        let [sheet, ranking, _] = pages(&mut standing, &played).await;
        assert!(sheet.contains("1,35") && ranking.contains("1,35"), "{}: {ranking}", database.kind);
    }
}
