//! What is changed beside the log is found: by its seal, and row by row.

use parindex_rulebook::lang::Lang;
use parindex_store::Refusal;
use parindex_store::campaign::{Approve, Known};
use parindex_store::sheet::Submit;
use parindex_store::{Actor, Clock};
use parindex_testkit::databases;

use crate::campaign::{Prepared, hidden, ratio};

impl Prepared {
    /// Nothing was changed beside the log.
    pub async fn is_as_the_log_says(&self) {
        let found = self.office.store.beside_the_log().await.unwrap();
        assert_eq!(found.count, 0, "{}", found.first(20, Lang::En));
    }
}

/// What is changed, what takes it back, and what is said of it in Vietnamese.
const CHANGES: [(&str, &str, &[&str]); 13] = [
    (
        "UPDATE entry SET text = '10' WHERE member = 1 AND criterion = '1.1.2' AND input = 'a'",
        "UPDATE entry SET text = '9' WHERE member = 1 AND criterion = '1.1.2' AND input = 'a'",
        &[
            "Sở Nội vụ (A), ô «a» của tiêu chí 1.1.2 (Tự đánh giá): đang là «10»; dòng ",
            "ghi «9»",
            "dấu niêm phong",
        ],
    ),
    (
        "UPDATE entry SET text = '' WHERE member = 1 AND criterion = '1.1.2' AND input = 'b'",
        "UPDATE entry SET text = '10' WHERE member = 1 AND criterion = '1.1.2' AND input = 'b'",
        &["ô «b» của tiêu chí 1.1.2 (Tự đánh giá): không còn; dòng ", "ghi «10»"],
    ),
    (
        "UPDATE entry SET text = '1.5' WHERE stage = 4 AND input = ''",
        "UPDATE entry SET text = '1.25' WHERE stage = 4 AND input = ''",
        &["điểm của tiêu chí 1.1.2 (Kết quả): đang là «1.5»; dòng ", "ghi «1.25»"],
    ),
    (
        "UPDATE entry SET source = 'Ai biết' WHERE stage = 2 AND text = '0.5'",
        "UPDATE entry SET source = 'Thiếu báo cáo quý IV' WHERE stage = 2 AND text = '0.5'",
        &[
            "căn cứ của điểm tiêu chí 1.1.2 (Thẩm định lần 1): đang là «Ai biết»",
            "ghi «Thiếu báo cáo quý IV»",
        ],
    ),
    (
        "UPDATE verdict SET kind = 'accept', reason = '' WHERE stage = 3",
        "UPDATE verdict SET kind = 'council', reason = 'Hai bên chưa thống nhất' WHERE stage = 3",
        &[
            "kết luận thẩm định tiêu chí 1.1.2 (Thẩm định lần 2): đang là «accept»",
            "ghi «council: Hai bên chưa thống nhất»",
        ],
    ),
    (
        "UPDATE motion SET points = '1.5' WHERE id = 2",
        "UPDATE motion SET points = '1.25' WHERE id = 2",
        &["nội dung Hội đồng quyết định về tiêu chí 1.1.2: đang là «1.5 · ", "ghi «1.25 · "],
    ),
    (
        "UPDATE vote SET choice = 'for' WHERE choice = 'against'",
        "UPDATE vote SET choice = 'against' WHERE person = (SELECT id FROM person WHERE login = 'vice-chair')",
        &["phiếu biểu quyết của Người vice-chair", "đang là «for»", "ghi «against»"],
    ),
    (
        "UPDATE member SET standing = 'unranked', reason = 'Tự ý' WHERE id = 2",
        "UPDATE member SET standing = 'ranked', reason = '' WHERE id = 2",
        &["Sở Tư pháp (B), số liệu vào cùng gói dữ liệu"],
    ),
    (
        "UPDATE member SET sheet_said = 'abc' WHERE id = 1",
        "UPDATE member SET sheet_said = (SELECT sheet_said FROM member WHERE id = 2) WHERE id = 1",
        &["Sở Nội vụ (A), tình trạng nộp phiếu: đang là «submitted: abc»"],
    ),
    (
        "INSERT INTO verdict (member, stage, criterion, kind, reason, \"at\", \"by\") VALUES (2, 2, '1.1.2', 'accept', '', 1, 'Ai đó')",
        "DELETE FROM verdict WHERE member = 2",
        &[
            "Sở Tư pháp (B), kết luận thẩm định tiêu chí 1.1.2 (Thẩm định lần 1): đang là «accept»; nhật ký không ghi",
        ],
    ),
    (
        "INSERT INTO entry (member, stage, criterion, input, kind, text, source, revision, \"at\", \"by\") \
         VALUES (2, 1, '1.1.2', 'a', 'value', '7', '', 1, 1, 'Ai đó')",
        "DELETE FROM entry WHERE member = 2",
        &["Sở Tư pháp (B), số liệu vào cùng gói dữ liệu", "dấu niêm phong"],
    ),
    (
        "INSERT INTO evidence (member, stage, criterion, link, name, genre, number, issuer, folded, \"at\", \"by\") \
         VALUES (2, 1, '1.1.2', 'https://x.test', 'Thêm', '', '', '', '', 1, 'Ai đó')",
        "DELETE FROM evidence WHERE name = 'Thêm'",
        &["tài liệu «Thêm» của tiêu chí 1.1.2: đang là «https://x.test»; nhật ký không ghi"],
    ),
    (
        "UPDATE criteria_version SET text = replace(text, '1.1.2,1.1,', '1.1.2,1.1, ')",
        "UPDATE criteria_version SET text = replace(text, '1.1.2,1.1, ', '1.1.2,1.1,')",
        &["nội dung bộ tiêu chí đã chốt của khối Các sở"],
    ),
];

#[tokio::test]
async fn each_kind_of_row_that_is_changed_beside_the_log_is_named_with_both_values() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played
            .now(Submit {
                member: played.sheets[1],
                seen: None,
                not_done: Vec::new(),
                unexplained: Vec::new(),
            })
            .await;
        played.is_played_to_its_council().await;
        played.is_as_the_log_says().await;
        let seal = "UPDATE member SET sheet_said = 'SEAL' WHERE id = 1";
        let detail = played.office.store.campaign(played.campaign).await.unwrap().unwrap();
        let kept = played.office.store.sealed(&detail, &detail.members[0]).await.unwrap().unwrap().kept;
        for (change, back, says) in CHANGES {
            database.behind_its_back(change).await.unwrap();
            let found = played.office.store.campaign_beside_the_log(played.campaign).await.unwrap();
            let said = found.first(20, Lang::Vi);
            assert!(found.count > 0, "{}: {change} is found", database.kind);
            for each in says {
                assert!(said.contains(each), "{}: {change}: «{each}» in {said}", database.kind);
            }
            assert!(found.first(20, Lang::En).contains("campaign “2025”"), "{said}");
            database.behind_its_back(back).await.unwrap();
            database.behind_its_back(&seal.replace("SEAL", &kept)).await.unwrap();
            played.is_as_the_log_says().await;
        }
    }
}

#[tokio::test]
async fn a_broken_seal_is_said_on_the_sheet_and_keeps_the_result_from_being_approved() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &played.at("1.1.2"), ("9", "10")).await.status, 303);
        for member in played.sheets {
            played.now(Submit { member, seen: None, not_done: Vec::new(), unexplained: Vec::new() }).await;
        }
        let pages = [played.at("1.1.2"), format!("/sheets/{}/submit", played.sheets[0])];
        for page in &pages {
            let page = officer.get(page).await.text;
            assert!(page.contains("Phiếu đúng như lúc nộp"), "{}: {page}", database.kind);
        }
        played.minutes(12);
        let explained = parindex_store::campaign::Release {
            campaign: played.campaign,
            stage: 1,
            explain_until: None,
            undecided: 0,
            knowing: 0,
        };
        played.now(explained).await;
        let raised = "UPDATE entry SET text = '10' WHERE criterion = '1.1.2' AND input = 'a'";
        database.behind_its_back(raised).await.unwrap();
        for page in &pages {
            let page = officer.get(page).await.text;
            assert!(page.contains("Phiếu không còn đúng như lúc nộp"), "{}: {page}", database.kind);
            assert!(page.contains("ô «a» của tiêu chí 1.1.2"), "{}: {page}", database.kind);
        }
        let mut chair = played.office.signed_in("chair").await;
        let board = format!("/campaigns/{}", played.campaign);
        let page = chair.get(&board).await.text;
        let form = ["seen", "knowing", "without"].map(|name| (name, hidden(&page, name).to_owned()));
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = chair.post(&format!("{board}/approve"), &form).await;
        assert!(refused.status == 409 && refused.text.contains("Sở Nội vụ"), "{}", refused.text);
        // Whoever goes past the page is refused too.
        let store = &played.office.store;
        let detail = store.campaign(played.campaign).await.unwrap().unwrap();
        let result = parindex_service::campaign::approved::result(store, &detail).await.unwrap();
        let (undecided, external_points) = (Known::default(), Known::default());
        let approve = Approve { campaign: played.campaign, seen: None, undecided, external_points, result };
        let done = store.commit(&Actor::console("test"), played.office.clock.now(), approve).await;
        assert!(matches!(done, Err(Refusal::SealBroken(ref units)) if units == &["Sở Nội vụ"]), "{done:?}");
        let back = "UPDATE entry SET text = '9' WHERE criterion = '1.1.2' AND input = 'a'";
        database.behind_its_back(back).await.unwrap();
        assert_eq!(chair.post(&format!("{board}/approve"), &form).await.status, 303, "{}", database.kind);
        played.is_as_the_log_says().await;
    }
}
