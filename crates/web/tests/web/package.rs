//! A campaign goes out as a package and comes in as one; another one begins like it.

use parindex_package::load::load_from;
use parindex_package::source::PackageSource;
use parindex_rulebook::lang::{Lang, Say};
use parindex_testkit::{Database, Office, databases};

use crate::campaign::Prepared;

/// What goes out as a package comes in elsewhere, and goes out again the same to the last byte.
#[tokio::test]
async fn a_campaign_goes_out_and_comes_in_elsewhere_the_same() {
    let package = {
        let database = databases().await.remove(0);
        let played = Prepared::opened(&database).await;
        played.is_filled_in_and_submitted().await;
        played.minutes(15);
        played.is_lowered_with_a_reason().await;
        let mut standing = played.office.signed_in("standing-body").await;
        let package = standing.get(&format!("/campaigns/{}/package", played.campaign)).await;
        assert_eq!(package.status, 200, "{}", package.text);
        let again = standing.upload("/campaigns/new", "2025.zip", &package.bytes).await;
        assert!(again.status == 422 && again.text.contains("Đã có đợt đánh giá mang mã"), "{}", again.text);
        package.bytes
    };
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut standing = office.signed_in("standing-body").await;
        let taken = standing.upload("/campaigns/new", "2025.zip", &package).await;
        assert_eq!(
            taken.location.as_deref(),
            Some("/campaigns/1/prepare"),
            "{}: {}",
            database.kind,
            taken.text
        );
        let out = standing.get("/campaigns/1/package").await;
        assert!(out.bytes == package, "{}: another package went out than came in", database.kind);
        came_with_marks(&database, &office).await;
        let broken = standing.upload("/campaigns/new", "2025.zip", b"PK broken").await;
        assert!(broken.status == 422 && broken.text.contains("chưa ghi gì"), "{}", broken.text);
    }
}

/// What a package alone says of a criterion of department A at the first stage.
fn points(package: &[u8], criterion: &str) -> Option<String> {
    let read = load_from(&PackageSource::zip("2025.zip", package).unwrap()).unwrap();
    let (block, seat) = read.campaign.member("A").unwrap();
    let node = read.campaign.blocks[block].set.set.find(criterion).unwrap();
    let scored = read.campaign.score(0).unwrap();
    scored.points(block, seat, node).map(ToString::to_string)
}

/// A date that nobody touched is awaited while the sheet is open, wherever the package is scored.
#[tokio::test]
async fn a_package_says_the_same_of_an_open_sheet_as_its_page() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let figures = [("v.a", "9"), ("v.b", "10"), ("seen.v.a", "0"), ("seen.v.b", "0")];
        assert_eq!(officer.post(&played.at("1.1.2"), &figures).await.status, 303, "{kind}");
        let mut standing = played.office.signed_in("standing-body").await;
        let address = format!("/campaigns/{}/package", played.campaign);
        let open = standing.get(&address).await.bytes;
        assert_eq!(points(&open, "1.1.1"), None, "{kind}: as long as the sheet is open");
        played.minutes(15);
        let late = standing.get(&address).await.bytes;
        assert_eq!(points(&late, "1.1.1").as_deref(), Some("0"), "{kind}: once its time is over");
        assert_eq!(points(&open, "1.1.2"), points(&late, "1.1.2"), "{kind}");
    }
}

/// The log has a mark of every sheet that came with the package; logs of before have none, which is no fault.
async fn came_with_marks(database: &Database, office: &Office) {
    let found = office.store.beside_the_log().await.unwrap();
    assert_eq!((found.count, found.unmarked.len()), (0, 0), "{}", found.first(5, Lang::En));
    let (raised, back) =
        ("UPDATE entry SET text = '10' WHERE input = 'a'", "UPDATE entry SET text = '9' WHERE input = 'a'");
    database.behind_its_back(raised).await.unwrap();
    let found = office.store.beside_the_log().await.unwrap();
    let said = found.first(5, Lang::Vi);
    assert!(said.contains("Sở Nội vụ (A), số liệu vào cùng gói dữ liệu"), "{}: {said}", database.kind);
    database.behind_its_back(back).await.unwrap();
    let open = match database.kind {
        "SQLite" => "DROP TRIGGER audit_no_update",
        _ => "DROP TRIGGER audit_no_change ON audit",
    };
    let before = "UPDATE audit SET detail = '{\"code\":\"2025\",\"units\":2}' WHERE act = 'campaign.add'";
    for statement in [open, before] {
        database.behind_its_back(statement).await.unwrap();
    }
    let found = office.store.beside_the_log().await.unwrap();
    assert_eq!((found.count, found.unmarked.len()), (0, 1), "{}", found.first(5, Lang::En));
    let said = found.unmarked[0].say(Lang::Vi);
    assert!(
        said.contains("Sở Nội vụ (A)") && said.contains("không có dấu trong nhật ký để đối chiếu"),
        "{said}"
    );
}

/// Next year’s campaign is like this one: its stages, blocks and units, and nothing that was entered.
#[tokio::test]
async fn a_campaign_begins_like_another_one_or_block_by_block() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get("/campaigns/new").await;
        let like = [("code", "2026"), ("title", "Chỉ số năm 2026"), ("year", "2026"), ("like", "1")];
        let begun = standing.post("/campaigns/begin", &like).await;
        assert_eq!(begun.location.as_deref(), Some("/campaigns/2/prepare"), "{}", begun.text);
        let page = standing.get("/campaigns/2/prepare").await.text;
        assert!(page.contains("Sở Nội vụ") && page.contains("Thẩm định lần 2"), "{page}");
        let wrong = [("code", "mã có cách"), ("title", ""), ("year", "nay")];
        let wrong = standing.post("/campaigns/begin", &wrong).await;
        for says in ["Mã cần chữ", "Tên không được", "Cần một năm"] {
            assert!(wrong.status == 422 && wrong.text.contains(says), "{says}: {}", wrong.text);
        }
        let anew = [("code", "moi"), ("title", "Đợt mới"), ("year", "2026"), ("rounds", "3")];
        assert_eq!(standing.post("/campaigns/begin", &anew).await.status, 303);
        let block =
            [("code", "so"), ("name", "Các sở"), ("version", "1/1"), ("below", "P"), ("level", "department")];
        assert_eq!(standing.post("/campaigns/3/blocks", &block).await.status, 303);
        let page = standing.get("/campaigns/3/prepare").await.text;
        assert!(page.contains("Sở Tư pháp") && page.contains("Thẩm định lần 3"), "{page}");
        let nobody = [("code", "xa"), ("name", "Các xã"), ("version", "1/1"), ("units", "KHÔNG-CÓ")];
        assert_eq!(standing.post("/campaigns/3/blocks", &nobody).await.status, 422);
        let whole = played.office.store.campaign(3).await.unwrap().unwrap();
        let member = whole.members[0].id;
        let bare = standing.post(&format!("/sheets/{member}/standing"), &[("standing", "exempt")]).await;
        assert!(bare.status == 422 && bare.text.contains("cần một lý do"), "{}", bare.text);
        let exempt = [("standing", "exempt"), ("reason", "Mới thành lập")];
        assert_eq!(standing.post(&format!("/sheets/{member}/standing"), &exempt).await.status, 303);
        let block = whole.blocks[0].id;
        let remove = |campaign: i64, block: i64| format!("/campaigns/{campaign}/blocks/{block}/remove");
        assert_eq!(standing.post(&remove(3, block), &[]).await.status, 303, "{}", database.kind);
        assert_eq!(standing.post(&remove(1, 1), &[]).await.status, 409, "what runs keeps its blocks");
    }
}
