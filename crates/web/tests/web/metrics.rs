//! Figures for whoever watches the server: at an address of their own, without anybody's name.

use parindex_testkit::{Browser, Office, databases};
use parindex_web::metrics_router;

#[tokio::test]
async fn figures_name_routes_and_no_people() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        browser.get(&format!("/people/{}", office.people["officer"])).await;
        browser.get("/nothing").await;
        assert_eq!(browser.get("/metrics").await.status, 404, "{}: not among the pages", database.kind);
        let figures = Browser::new(metrics_router(office.app.clone())).get("/metrics").await;
        assert_eq!(figures.status, 200);
        for part in [
            "parindex_request_duration_seconds_count{method=\"GET\",route=\"/people/{id}\",status=\"200\"} 1",
            "parindex_sessions 1",
            "parindex_queries_total",
            "parindex_jobs_waiting 0",
            "# EOF",
        ] {
            assert!(figures.text.contains(part), "{}: {part}\n{}", database.kind, figures.text);
        }
        assert!(!figures.text.contains("officer") && !figures.text.contains("nothing"), "{}", figures.text);
    }
}
