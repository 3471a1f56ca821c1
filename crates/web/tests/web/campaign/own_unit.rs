//! Nobody decides about the unit that he works at.

use parindex_testkit::databases;

use super::Prepared;

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
        let tried = appraiser.post(&decide, &[("ruling", "accept")]).await;
        assert!(
            tried.status == 409 && tried.text.contains("đã vào nhật ký"),
            "{}: {}",
            database.kind,
            tried.text
        );
        let mut auditor = played.office.signed_in("auditor").await;
        let log = auditor.get("/audit?act=verdict.").await.text;
        assert!(log.contains("đơn vị của mình"), "{}: {log}", database.kind);
    }
}
