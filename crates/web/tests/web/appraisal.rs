//! Appraisal: nobody his own unit, nobody over another one's decision unseen, nothing accepted that changed since.

use parindex_domain::right::Role;
use parindex_store::person::Appoint;
use parindex_testkit::databases;

use crate::campaign::{Prepared, ratio};

/// Whoever fills in the sheets of all below a unit appraises none of them.
#[tokio::test]
async fn whoever_fills_in_a_sheet_does_not_appraise_it() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (person, unit) = (played.office.people["appraiser-b"], played.office.units["P"]);
        played.office.change(Appoint { person, role: Role::Officer, unit: Some(unit) }).await;
        played.minutes(15);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        for sheet in played.sheets {
            let decide = format!("/appraisal/{}/1/{sheet}/1.1.2", played.campaign);
            assert!(appraiser.get(&decide).await.text.contains("đơn vị của bạn"), "{}", database.kind);
            let tried = appraiser.post(&decide, &[("ruling", "accept")]).await;
            assert!(tried.status == 409 && tried.text.contains("đã vào nhật ký"), "{}", tried.text);
        }
    }
}

#[tokio::test]
async fn the_second_to_decide_is_told_of_the_first() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.minutes(15);
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        appraiser.get(&decide).await;
        let first = [("ruling", "adjust"), ("points", "1"), ("reason", "Thiếu"), ("seen", "0")];
        assert_eq!(appraiser.post(&decide, &first).await.status, 303, "{}", database.kind);
        let second = appraiser.post(&decide, &[("ruling", "accept"), ("seen", "0")]).await;
        assert!(
            second.status == 409 && second.text.contains("vừa sửa"),
            "{}: {}",
            database.kind,
            second.text
        );
    }
}

/// A sheet that comes back, is changed and submitted again is not accepted any more.
#[tokio::test]
async fn what_was_accepted_before_it_changed_waits_again() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &at, ("9", "10")).await.status, 303);
        played.minutes(15);
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        appraiser.get(&decide).await;
        assert_eq!(appraiser.post(&decide, &[("ruling", "accept")]).await.status, 303, "{kind}");
        let waiting = format!("/appraisal/{}/1?domain=1", played.campaign);
        assert!(!appraiser.get(&waiting).await.text.contains(&decide), "{kind}: decided");
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get(&at).await;
        let more = [("until", "2026-03-02T09:00"), ("reason", "Mất điện"), ("signer", "Giám đốc Sở")];
        assert_eq!(standing.post(&format!("/sheets/{}/extend", played.sheets[0]), &more).await.status, 303);
        assert_eq!(ratio(&mut officer, &at, ("10", "10")).await.status, 303, "{kind}");
        assert!(appraiser.get(&waiting).await.text.contains(&decide), "{kind}: it waits again");
    }
}
