//! Days that were changed beside the log: of the server once for all campaigns, of a campaign its own.

use parindex_rulebook::lang::{Lang, Say};
use parindex_testkit::{Database, databases};

use super::{Played, late};

#[tokio::test]
async fn a_day_of_the_server_that_was_changed_beside_the_log_is_named_once() {
    for database in databases().await {
        let (mut played, kind) = (Played::of(&database, &late()).await, database.kind);
        assert_eq!(played.adds("14/06/2027", "off").await.status, 303, "{kind}");
        let like = [("code", "lich-2"), ("title", "Một đợt nữa"), ("year", "2027"), ("like", "1")];
        played.standing.get("/campaigns/new").await;
        assert_eq!(played.standing.post("/campaigns/begin", &like).await.status, 303, "{kind}");
        database.behind_its_back("UPDATE special_day SET day = '2027-06-15'").await.unwrap();
        let store = &played.office.store;
        let found = store.beside_the_log().await.unwrap();
        let said = found.first(5, Lang::Vi);
        assert!(found.count == 1 && said.contains("trong lịch chung của máy chủ"), "{kind}: {said}");
        assert!(said.contains("2027-06-14, off, Lễ hội, QĐ 88/QĐ-UBND"), "{kind}: {said}");
        assert_eq!(found.differences[0].campaign, "", "{kind}: it is of no campaign");
        // It decides the points of each of them, so none is approved over it.
        for campaign in [1, 2] {
            let found = store.campaign_beside_the_log(campaign).await.unwrap();
            assert_eq!(found.count, 1, "{kind}: {}", found.first(5, Lang::Vi));
        }
    }
}

/// What is changed among the own days of a campaign, and what is said of it.
const CHANGES: [(&str, &[&str]); 3] = [
    (
        "UPDATE calendar_day SET kind = 'work' WHERE day = '2027-06-14'",
        &[
            "đang là «2027-06-14, work, Lễ hội, QĐ 88/QĐ-UBND»",
            "ghi «2027-06-14, off, Lễ hội, QĐ 88/QĐ-UBND»",
        ],
    ),
    ("DELETE FROM calendar_day", &["ngày 2027-06-14 trong lịch riêng của đợt đánh giá: không còn; dòng "]),
    (
        "INSERT INTO calendar_day (campaign, day, kind, name, source) VALUES (1, '2027-06-15', 'off', 'Thêm', '')",
        &["đang là «2027-06-15, off, Thêm, »; nhật ký không ghi"],
    ),
];

/// Takes its own days back to the one that came with it, or that its approval wrote down.
const AS_IT_WAS: [&str; 2] = [
    "DELETE FROM calendar_day",
    "INSERT INTO calendar_day (campaign, day, kind, name, source) \
     VALUES (1, '2027-06-14', 'off', 'Lễ hội', 'QĐ 88/QĐ-UBND')",
];

impl Played {
    /// Each change of the campaign's own days beside the log is found, once, and said.
    async fn names_what_is_changed_of_its_own_days(&self, database: &Database) {
        let (store, kind) = (&self.office.store, database.kind);
        for (change, says) in CHANGES {
            self.is_as_the_log_says(kind).await;
            database.behind_its_back(change).await.unwrap();
            let found = store.beside_the_log().await.unwrap();
            let said = found.first(5, Lang::Vi);
            assert!(found.count == 1 && said.contains("đợt đánh giá «lich»"), "{kind}: {change}: {said}");
            for each in says {
                assert!(said.contains(each), "{kind}: {change}: «{each}» in {said}");
            }
            assert!(found.first(5, Lang::En).contains("of the campaign’s own calendar"), "{kind}");
            for back in AS_IT_WAS {
                database.behind_its_back(back).await.unwrap();
            }
        }
        self.is_as_the_log_says(kind).await;
    }

    async fn is_as_the_log_says(&self, kind: &str) {
        let found = self.office.store.beside_the_log().await.unwrap();
        assert_eq!((found.count, found.unmarked.len()), (0, 0), "{kind}: {}", found.first(5, Lang::Vi));
    }
}

/// A campaign that brings a day of its own along.
async fn with_a_day() -> Vec<u8> {
    let database = databases().await.remove(0);
    let mut played = Played::of(&database, &late()).await;
    assert_eq!(played.adds("14/06/2027", "off").await.status, 303);
    played.package().await
}

#[tokio::test]
async fn an_own_day_of_a_campaign_that_was_changed_beside_the_log_is_named() {
    let package = with_a_day().await;
    for database in databases().await {
        let mut played = Played::of(&database, &package).await;
        played.names_what_is_changed_of_its_own_days(&database).await;
        // For that date the campaign has a day, so its approval writes down none of the server.
        assert_eq!(played.adds("14/06/2027", "off").await.status, 303, "{}", database.kind);
        played.approve().await;
        played.names_what_is_changed_of_its_own_days(&database).await;
    }
}

#[tokio::test]
async fn a_day_that_an_approval_wrote_down_and_was_changed_beside_the_log_is_named() {
    for database in databases().await {
        let (mut played, kind) = (Played::of(&database, &late()).await, database.kind);
        for day in ["14/06/2027", "23/11/2027"] {
            assert_eq!(played.adds(day, "off").await.status, 303, "{kind}: {day}");
        }
        assert_eq!(played.administrator.post("/calendar/2/remove", &[]).await.status, 303, "{kind}");
        played.approve().await;
        // What comes to the server afterwards is none of the campaign.
        assert_eq!(played.adds("15/06/2027", "off").await.status, 303, "{kind}");
        played.names_what_is_changed_of_its_own_days(&database).await;
    }
}

/// A log of before does not say with which days a campaign came, which is no fault.
#[tokio::test]
async fn own_days_of_which_a_log_of_before_says_nothing_are_counted() {
    let package = with_a_day().await;
    for database in databases().await {
        let played = Played::of(&database, &package).await;
        let open = match database.kind {
            "SQLite" => "DROP TRIGGER audit_no_update",
            _ => "DROP TRIGGER audit_no_change ON audit",
        };
        let before = "UPDATE audit SET detail = '{\"code\":\"lich\",\"units\":2}' WHERE act = 'campaign.add'";
        for statement in [open, before] {
            database.behind_its_back(statement).await.unwrap();
        }
        let found = played.office.store.beside_the_log().await.unwrap();
        assert_eq!(found.count, 0, "{}: {}", database.kind, found.first(5, Lang::Vi));
        let own = found.unmarked.iter().find(|each| each.unit.is_empty()).unwrap();
        let says = own.say(Lang::Vi).contains("1 ngày nghỉ, ngày làm bù vào cùng gói dữ liệu không có dấu");
        assert!(says && own.say(Lang::En).contains("1 days off or worked days"), "{}", own.say(Lang::Vi));
    }
}
