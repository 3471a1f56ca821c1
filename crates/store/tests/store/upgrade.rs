//! Databases as earlier versions left them come up to this one, with everything in them.
//!
//! A dump is made once, by the version that wrote it, and never changed: `.dump` of SQLite, `pg_dump --inserts` of PostgreSQL.

use parindex_domain::procedure::CampaignDetail;
use parindex_store::Store;
use parindex_store::campaign::Wanted;
use parindex_store::person::{Invite, PersonFilter};
use parindex_testkit::earlier;

use crate::{NOW, console};

/// A database as a version left it.
struct Version {
    /// The step that was the last one.
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
    people: u64,
    /// Rows of the log.
    rows: i64,
    /// Whether the file of its set is kept.
    file: bool,
    left: Left,
}

/// How far its campaign had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// It knew none.
    Nothing,
    /// To its council.
    Decided,
    /// To a check on the spot; somebody has a second factor.
    Visited,
    /// To its approval, with the result that was approved.
    Approved,
}

const VERSIONS: [Version; 5] = [
    Version {
        name: "m0001",
        sqlite: include_str!("../fixtures/m0001.sqlite.sql"),
        postgres: include_str!("../fixtures/m0001.postgres.sql"),
        people: 15,
        rows: 53,
        file: false,
        left: Left::Nothing,
    },
    Version {
        name: "m0002",
        sqlite: include_str!("../fixtures/m0002.sqlite.sql"),
        postgres: include_str!("../fixtures/m0002.postgres.sql"),
        people: 15,
        rows: 53,
        file: true,
        left: Left::Nothing,
    },
    Version {
        name: "m0004",
        sqlite: include_str!("../fixtures/m0004.sqlite.sql"),
        postgres: include_str!("../fixtures/m0004.postgres.sql"),
        people: 17,
        rows: 91,
        file: false,
        left: Left::Decided,
    },
    Version {
        name: "m0005",
        sqlite: include_str!("../fixtures/m0005.sqlite.sql"),
        postgres: include_str!("../fixtures/m0005.postgres.sql"),
        people: 17,
        rows: 73,
        file: false,
        left: Left::Visited,
    },
    Version {
        name: "m0014",
        sqlite: include_str!("../fixtures/m0014.sqlite.sql"),
        postgres: include_str!("../fixtures/m0014.postgres.sql"),
        people: 17,
        rows: 95,
        file: false,
        left: Left::Approved,
    },
];

#[tokio::test]
async fn every_earlier_version_comes_up_to_this_one() {
    for of in VERSIONS {
        for database in earlier(of.sqlite, of.postgres).await {
            let (store, kind, version) = (&database.store, database.kind, of.name);
            assert_eq!(store.verify_audit().await.unwrap(), Ok(of.rows), "{version} {kind}");
            assert_eq!(
                store.count_people(&PersonFilter::everybody()).await.unwrap(),
                of.people,
                "{version} {kind}"
            );
            let officer = store.credentials("officer").await.unwrap().unwrap();
            assert!(officer.password.is_some());
            let held = store.held(&[officer.person.id]).await.unwrap();
            let unit = held.first().and_then(|held| held.unit_name.as_deref());
            assert_eq!(unit, Some("Sở Nội vụ"), "{version} {kind}");
            let text = store.version_text(1, 1).await.unwrap().unwrap();
            assert!(text.contains('@'), "{version} {kind}: the set is there");
            assert_eq!(store.version_file(1, 1).await.unwrap().is_some(), of.file, "{version} {kind}");
            let campaign = store.campaign(1).await.unwrap();
            assert_eq!(campaign.is_some(), of.left != Left::Nothing, "{version} {kind}");
            if let Some(campaign) = campaign {
                still_stands(store, &campaign, (of.left, kind)).await;
            }
            let beside = store.beside_the_log().await.unwrap();
            assert_eq!((beside.count, beside.differences), (0, Vec::new()), "{version} {kind}");
            let (name, link) = ("Người Mới".to_owned(), "link".to_owned());
            let invite = Invite { login: "moi".to_owned(), name, title: String::new(), unit: None, link };
            store.commit(&console(), NOW, invite).await.unwrap();
            assert_eq!(store.verify_audit().await.unwrap(), Ok(of.rows + 1), "{version} {kind}");
        }
    }
}

/// What was entered and proven in the campaign of the dump.
async fn still_stands(store: &Store, campaign: &CampaignDetail, (left, kind): (Left, &str)) {
    let members = campaign.ids();
    let entries = store.figures(&members).await.unwrap();
    assert!(entries.iter().any(|entry| entry.criterion == "1.1.2"), "{kind}");
    match left {
        Left::Nothing => {}
        Left::Decided => was_decided(store, &members, kind).await,
        Left::Visited => was_visited(store, &members, kind).await,
        Left::Approved => was_approved(store, campaign, kind).await,
    }
}

async fn has_its_document(store: &Store, members: &[i64], kind: &str) {
    let evidence = store.evidence(members).await.unwrap();
    assert!(evidence.iter().any(|document| document.name == "bao-cao.pdf"), "{kind}");
}

async fn was_decided(store: &Store, members: &[i64], kind: &str) {
    has_its_document(store, members, kind).await;
    let verdicts = store.verdicts(members).await.unwrap();
    assert_eq!(
        verdicts.iter().filter(|verdict| verdict.reason == "Thiếu báo cáo quý IV").count(),
        1,
        "{kind}"
    );
    assert_eq!(store.remarks(members).await.unwrap().len(), 1, "{kind}");
    let extensions = store.extensions(members).await.unwrap();
    assert!(extensions.iter().any(|extension| extension.reason == "Mất điện"), "{kind}");
}

async fn was_visited(store: &Store, members: &[i64], kind: &str) {
    has_its_document(store, members, kind).await;
    let visits = store.visits(members).await.unwrap();
    assert!(
        visits.iter().any(|visit| visit.finding == "Chưa niêm yết đủ" && visit.photos.len() == 1),
        "{kind}"
    );
    assert_eq!(store.phrases().await.unwrap().len(), 7, "{kind}");
    assert_eq!(store.second_factors().await.unwrap().len(), 1, "{kind}");
}

/// The result is still the one whose hash was kept at the approval, and nothing is to be kept anew.
async fn was_approved(store: &Store, campaign: &CampaignDetail, kind: &str) {
    let (approval, now) = store.approved_digest(campaign).await.unwrap().unwrap();
    assert_eq!(approval.sha256, now, "{kind}");
    assert_eq!(now, "030e59bd1773e7ddeee6671a0af3e3162596d87ffaf1527e4688a14b930b1a77", "{kind}");
    assert!(store.approved_unkept().await.unwrap().is_empty(), "{kind}");
    let (members, stages) =
        (campaign.ids(), campaign.stages.iter().map(|stage| stage.id).collect::<Vec<_>>());
    let wanted =
        Wanted { campaign: campaign.campaign.id, members: &members, stages: &stages, sentences: true };
    assert_eq!(store.approved_sheets(&wanted).await.unwrap().len(), members.len() * stages.len(), "{kind}");
}
