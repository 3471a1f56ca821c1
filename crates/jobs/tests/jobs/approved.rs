//! What was approved is in the backup, and what was approved before results were kept is kept after a restore; what was changed beside
//! the log fails the night's check.

use parindex_domain::campaign::Standing;
use parindex_domain::procedure::Window;
use parindex_jobs::Plan;
use parindex_jobs::archive::{restore, write};
use parindex_package::beside::PackageExtras;
use parindex_store::Actor;
use parindex_store::campaign::{
    AddCampaign, Approve, Known, NewBlock, NewMember, NewStage, OpenCampaign, Release, SetWindow,
};
use parindex_store::criteria_set::{Settle, UploadSet};
use parindex_store::job::State;
use parindex_store::sheet::Submit;
use parindex_testkit::{Database, Office, databases};

use crate::archive::{maker, own};
use crate::{MINUTE, MONDAY, work, worker};

/// A campaign of one department, approved.
async fn approved(database: &Database) -> (Office, i64) {
    let office = Office::new(database).await;
    let text = include_str!("../../../../examples/ha-noi-2023/criteria/so.csv").to_owned();
    let (code, title) = ("HN-SO".to_owned(), "Bộ tiêu chí của các sở".to_owned());
    let set = office.change(UploadSet { code, title, text, note: String::new(), file: None }).await;
    office.change(Settle { set: set.set, number: set.number }).await;
    let stage =
        |code: &str, name: &str| NewStage { code: code.to_owned(), name: name.to_owned(), counts: None };
    let member = NewMember {
        unit: office.units.get("A").copied(),
        code: "A".to_owned(),
        name: "Sở Nội vụ".to_owned(),
        parent: None,
        standing: Standing::Ranked,
        entries: Vec::new(),
    };
    let block = NewBlock {
        code: "so".to_owned(),
        name: "Các sở".to_owned(),
        version: (set.set, set.number),
        members: vec![member],
    };
    let add = AddCampaign {
        code: "2025".to_owned(),
        title: "Chỉ số năm 2025".to_owned(),
        legal_basis: String::new(),
        year: 2025,
        days: (None, None),
        note: String::new(),
        stages: vec![stage("self", "Tự đánh giá"), stage("one", "Thẩm định"), stage("final", "Kết quả")],
        blocks: vec![block],
        beside: PackageExtras::default(),
    };
    let campaign = office.change(add).await;
    let window = Window::new(MONDAY - MINUTE, MONDAY + MINUTE).unwrap();
    office.change(SetWindow { campaign, stage: 0, window }).await;
    office.change(OpenCampaign { campaign }).await;
    let detail = office.store.campaign(campaign).await.unwrap().unwrap();
    office
        .change(Submit {
            member: detail.members.first().unwrap().id,
            seen: None,
            not_done: Vec::new(),
            unexplained: Vec::new(),
        })
        .await;
    office.change(Release { campaign, stage: 1, explain_until: None, undecided: 0, knowing: 0 }).await;
    let result = parindex_service::campaign::approved::result(&office.store, &detail).await.unwrap();
    let (undecided, external_points) = (Known::default(), Known::default());
    office.change(Approve { campaign, seen: None, undecided, external_points, result }).await;
    (office, campaign)
}

#[tokio::test]
async fn an_approved_result_goes_into_the_backup_and_comes_back_as_it_was() {
    let (folder, maker) = (tempfile::tempdir().unwrap(), maker());
    for database in databases().await {
        let (office, campaign) = approved(&database).await;
        let before = office.store.approval(campaign).await.unwrap().unwrap();
        let path = folder.path().join(format!("{}.zip", database.kind));
        write((&office.store, &database.files()), &maker, &path, MONDAY).await.unwrap();
        for other in databases().await {
            let console = Actor::console("test");
            restore((&other.store, &other.files()), &path, &own(&maker), (&console, MONDAY)).await.unwrap();
            let detail = other.store.campaign(campaign).await.unwrap().unwrap();
            let (after, stands) = other.store.approved_digest(&detail).await.unwrap().unwrap();
            assert_eq!(after, before, "{} to {}", database.kind, other.kind);
            assert_eq!(stands, before.sha256, "{} to {}", database.kind, other.kind);
            assert_eq!(other.store.beside_the_log().await.unwrap().count, 0, "{}", other.kind);
            // As an archive of before comes back: without what was approved.
            for table in ["approved_sheet", "approved"] {
                other.behind_its_back(&format!("DELETE FROM {table}")).await.unwrap();
            }
            assert!(
                parindex_service::campaign::approved::keep_results(&other.store, MONDAY)
                    .await
                    .unwrap()
                    .is_empty()
            );
            let kept = other.store.approval(campaign).await.unwrap().unwrap();
            assert_eq!(kept.sha256, before.sha256, "{} to {}", database.kind, other.kind);
        }
    }
}

#[tokio::test]
async fn a_night_that_finds_something_changed_beside_the_log_says_what() {
    for database in databases().await {
        let (office, _) = approved(&database).await;
        let worker = worker(&database, &office.clock, Plan::default());
        assert_eq!(work(&worker).await, 3, "{}: the log, the files and the sweep", database.kind);
        let jobs = office.store.jobs(MONDAY, 10).await.unwrap();
        assert!(jobs.iter().all(|job| job.state == State::Done), "{}: {jobs:?}", database.kind);
        database.behind_its_back("UPDATE member SET sheet_state = 'filling', sheet_said = ''").await.unwrap();
        office.clock.pass(24 * 60 * MINUTE);
        assert_eq!(work(&worker).await, 3, "{}", database.kind);
        let jobs = office.store.jobs(MONDAY, 10).await.unwrap();
        let failed = jobs.iter().find(|job| job.state == State::Failed).unwrap();
        let said = format!("{failed:?}");
        assert!(said.contains("Sở Nội vụ (A), tình trạng nộp phiếu: đang là «filling»"), "{said}");
    }
}
