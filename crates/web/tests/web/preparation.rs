//! What is set up before a campaign opens can be corrected, and what was typed wrongly is not lost.

use parindex_domain::procedure::Visibility;
use parindex_testkit::{Browser, databases};

use crate::campaign::{Prepared, ratio};

async fn standing(played: &Prepared) -> Browser {
    let mut standing = played.office.signed_in("standing-body").await;
    standing.get(&format!("/campaigns/{}/prepare", played.campaign)).await;
    standing
}

#[tokio::test]
async fn title_period_and_what_units_see_are_said_anew() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut browser = standing(&played).await;
        let at = format!("/campaigns/{}/describe", played.campaign);
        let typed = |from, visibility| {
            [
                ("title", "PAR INDEX năm 2025"),
                ("legal_basis", "Quyết định 9"),
                ("from", from),
                ("to", "2025-12-31"),
                ("note", "Đọc kỹ"),
                ("visibility", visibility),
            ]
        };
        let wrong = browser.post(&at, &typed("2026-01-01", "own")).await;
        assert!(wrong.status == 422 && wrong.text.contains("Quyết định 9"), "{}", wrong.text);
        assert_eq!(browser.post(&at, &typed("2025-01-01", "drafts")).await.status, 303, "{}", database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let board = officer.get(&format!("/campaigns/{}", played.campaign)).await.text;
        assert!(board.contains("PAR INDEX năm 2025") && board.contains("Đọc kỹ"), "{board}");
    }
}

#[tokio::test]
async fn what_units_see_changes_only_when_the_form_says_so() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut browser = standing(&played).await;
        let at = format!("/campaigns/{}/describe", played.campaign);
        let said = [("title", "Đợt"), ("from", "2025-01-01"), ("to", "2025-12-31")];
        let cases = [
            (Some(("visibility", "drafts")), Visibility::Drafts),
            (None, Visibility::Drafts),
            (Some(("visibility", "everything")), Visibility::Drafts),
            // As a page from before the update says it.
            (Some(("sight", "result")), Visibility::Result),
        ];
        for (field, expected) in cases {
            let typed: Vec<_> = said.into_iter().chain(field).collect();
            assert_eq!(browser.post(&at, &typed).await.status, 303, "{}: {field:?}", database.kind);
            let stands = played.office.store.campaign(played.campaign).await.unwrap().unwrap();
            assert_eq!(stands.campaign.visibility, expected, "{}: {field:?}", database.kind);
        }
    }
}

#[tokio::test]
async fn units_see_a_ranking_only_as_far_as_the_campaign_says() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.is_filled_in_and_submitted().await;
        let ranking = format!("/campaigns/{}/ranking", played.campaign);
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(officer.get(&ranking).await.status, 403, "their own points alone");
        let mut browser = standing(&played).await;
        let typed =
            [("title", "Đợt"), ("from", "2025-01-01"), ("to", "2025-12-31"), ("visibility", "drafts")];
        browser.post(&format!("/campaigns/{}/describe", played.campaign), &typed).await;
        assert_eq!(officer.get(&ranking).await.status, 403, "{}: no draft was released", database.kind);
        played.minutes(15);
        played.is_lowered_with_a_reason().await;
        assert_eq!(played.release(1, "").await.status, 303);
        let block = played.office.store.campaign(played.campaign).await.unwrap().unwrap().blocks[0].id;
        let members = format!("/campaigns/{}/blocks/{block}/members", played.campaign);
        let late = browser.post(&members, &[("units", "A1")]).await;
        assert!(late.status == 422 && late.text.contains("Đã công bố dự thảo"), "{}", late.text);
        let seen = officer.get(&ranking).await;
        assert!(seen.status == 200 && seen.text.contains("Thẩm định lần 1"), "{}", seen.text);
        assert!(
            !seen.text.contains("Thẩm định lần 2") && !seen.text.contains("href=\"/sheets/"),
            "{}",
            seen.text
        );
        let mut observer = played.office.signed_in("observer").await;
        assert!(observer.get(&ranking).await.text.contains("Thẩm định lần 2"), "{}", database.kind);
        let mut survey = played.office.signed_in("survey-body").await;
        assert_eq!(survey.get(&ranking).await.status, 403);
    }
}

#[tokio::test]
async fn rounds_and_units_come_and_go_while_nothing_stands_there() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (mut browser, campaign) = (standing(&played).await, format!("/campaigns/{}", played.campaign));
        assert_eq!(browser.post(&format!("{campaign}/rounds/add"), &[("name", "")]).await.status, 303);
        let page = browser.get(&format!("{campaign}/prepare")).await.text;
        assert!(page.contains("Thẩm định lần 3") && page.contains("Kết quả"), "{page}");
        let third = [("opens.appraisal-3", "2026-03-02T07:00"), ("closes.appraisal-3", "2026-03-02T09:00")];
        assert_eq!(browser.post(&format!("{campaign}/windows"), &third).await.status, 303);
        assert_eq!(browser.post(&format!("{campaign}/rounds/remove"), &[]).await.status, 303);
        // A page from before the round was removed.
        let other = browser.post(&format!("{campaign}/windows"), &third).await;
        assert!(other.status == 422 && other.text.contains("vừa được thêm hoặc bớt"), "{}", other.text);
        assert!(
            !browser.get(&format!("{campaign}/prepare")).await.text.contains("Bỏ vòng cuối: Thẩm định lần 3")
        );
        let block = played.office.store.campaign(played.campaign).await.unwrap().unwrap().blocks[0].id;
        let members = format!("{campaign}/blocks/{block}/members");
        let unknown = browser.post(&members, &[("units", "A1, KHONG-CO")]).await;
        assert!(unknown.status == 422 && unknown.text.contains("KHONG-CO"), "{}", unknown.text);
        let twice = browser.post(&members, &[("units", "A")]).await;
        assert!(twice.status == 422 && twice.text.contains("«Sở Nội vụ»"), "{}", twice.text);
        assert_eq!(browser.post(&members, &[("units", "A1")]).await.status, 303);
        let added = played.office.store.campaign(played.campaign).await.unwrap().unwrap().members[2].id;
        assert_eq!(browser.post(&format!("/sheets/{added}/remove"), &[]).await.status, 303);
        let mut officer = played.office.signed_in("officer").await;
        ratio(&mut officer, &played.at("1.1.2"), ("9", "10")).await;
        let used = browser.post(&format!("/sheets/{}/remove", played.sheets[0]), &[]).await;
        assert!(
            used.status == 409 && used.text.contains("đã có nội dung"),
            "{}: {}",
            database.kind,
            used.text
        );
        played.is_as_the_log_says().await;
    }
}

#[tokio::test]
async fn a_draft_is_removed_by_its_code_and_an_open_campaign_is_not() {
    for database in databases().await {
        let played = Prepared::new(parindex_testkit::Office::new(&database).await).await;
        let (mut browser, campaign) = (standing(&played).await, format!("/campaigns/{}", played.campaign));
        let slip = browser.post(&format!("{campaign}/remove"), &[("code", "2024")]).await;
        assert!(slip.status == 422 && slip.text.contains("«2025»"), "{}", slip.text);
        assert_eq!(browser.post(&format!("{campaign}/remove"), &[("code", "2025")]).await.status, 303);
        assert_eq!(browser.get(&campaign).await.status, 404, "{}", database.kind);
    }
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut browser = standing(&played).await;
        let open = browser.post(&format!("/campaigns/{}/remove", played.campaign), &[("code", "2025")]).await;
        assert_eq!(open.status, 409, "{}: {}", database.kind, open.text);
    }
}

#[tokio::test]
async fn the_deadline_of_explanations_is_corrected_for_all() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.is_filled_in_and_submitted().await;
        played.minutes(15);
        played.is_lowered_with_a_reason().await;
        assert_eq!(played.release(1, "2026-03-02T08:17").await.status, 303);
        played.minutes(18);
        let (mut officer, explain) =
            (played.office.signed_in("officer").await, format!("{}/explain", played.at("1.1.2")));
        officer.get(&played.at("1.1.2")).await;
        let said = [("round", "1"), ("text", "Báo cáo đã gửi.")];
        let late = officer.post(&explain, &said).await;
        assert!(
            late.status == 422 && late.text.contains("Báo cáo đã gửi."),
            "what was written is shown: {}",
            late.text
        );
        let mut browser = standing(&played).await;
        let at = format!("/campaigns/{}/explanation/1", played.campaign);
        let past = browser.post(&at, &[("explain_until", "2026-03-02T08:00")]).await;
        assert!(past.status == 422 && past.text.contains("value=\"2026-03-02T08:00\""), "{}", past.text);
        assert_eq!(browser.post(&at, &[("explain_until", "2026-03-02T09:00")]).await.status, 303);
        assert_eq!(officer.post(&explain, &said).await.status, 303, "{}", database.kind);
    }
}

#[tokio::test]
async fn what_was_typed_into_the_acts_of_the_standing_body_stays() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut browser = standing(&played).await;
        let extend = format!("/sheets/{}/extend", played.sheets[0]);
        let typed = [("until", "2026-03-01T08:00"), ("reason", "Mất điện"), ("signer", ""), ("at", "1.1.2")];
        let refused = browser.post(&extend, &typed).await;
        assert!(refused.status == 422 && refused.text.contains("value=\"Mất điện\""), "{}", refused.text);
        let back = format!("/sheets/{}/give-back", played.sheets[0]);
        let typed = [("remark", "Thiếu số liệu"), ("until", ""), ("signer", "Lê Hòa"), ("at", "1.1.2")];
        let refused = browser.post(&back, &typed).await;
        assert!(
            refused.status == 422 && refused.text.contains(">Thiếu số liệu</textarea>"),
            "{}",
            refused.text
        );
        assert!(refused.text.contains("value=\"Lê Hòa\""), "{}: {}", database.kind, refused.text);
    }
}
