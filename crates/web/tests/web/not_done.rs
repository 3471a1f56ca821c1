//! What was not done by its day, and what does not apply as a whole: untouched is no zero, and submitting says what it means.

use parindex_testkit::databases;

use crate::campaign::{Prepared, stands};

/// The seal over what the page before the submission shows.
fn seal(page: &str) -> String {
    let form = page.split("<form").find(|form| form.contains("/submit\">") && form.contains("name=\"seen\""));
    stands(form.unwrap_or(page))
}

#[tokio::test]
async fn a_day_that_nobody_touched_is_awaited_until_submitting_says_that_nothing_was_done() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, other, kind) = (played.at("1.1.1"), played.at("2.2.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let page = officer.get(&at).await.text;
        assert!(page.contains("Chưa chấm: còn thiếu «Ngày thực hiện»"), "{kind}: {page}");
        assert!(!page.contains("Chưa thực hiện nên được 0 điểm"), "{kind}");
        // Said of one of them by the unit itself.
        let said = [("v.ngày thực hiện", "Chưa thực hiện"), ("seen.v.ngày thực hiện", "0"), ("stay", "1")];
        assert_eq!(officer.post(&other, &said).await.status, 303, "{kind}");
        let page = officer.get(&other).await.text;
        assert!(page.contains("Chưa thực hiện nên được 0 điểm"), "{kind}: {page}");
        assert!(page.contains("value=\"chưa thực hiện\""), "{kind}: {page}");

        let mut head = played.office.signed_in("head").await;
        let check = format!("/sheets/{}/submit", played.sheets[0]);
        let page = head.get(&check).await.text;
        let section = page.split("id=\"not-done\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(section.contains("1.1.1") && !section.contains("2.2.2"), "{kind}: {section}");
        let missing = page.split("id=\"open\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(missing.contains("1.1.2") && !missing.contains("1.1.1"), "{kind}: {missing}");
        assert_eq!(head.post(&check, &[("seen", &seal(&page))]).await.status, 303, "{kind}");
        let page = officer.get(&at).await.text;
        assert!(page.contains("Chưa thực hiện nên được 0 điểm"), "{kind}: {page}");
        assert!(page.contains("<ins>chưa thực hiện</ins>"), "{kind}: it is in the history: {page}");
        let receipt = head.get(&check).await.text;
        assert!(!receipt.contains("id=\"not-done\"") && !receipt.contains("đã bị sửa"), "{kind}: {receipt}");
        played.is_as_the_log_says().await;
    }
}

#[tokio::test]
async fn a_whole_domain_does_not_apply_and_applies_again() {
    for database in databases().await {
        let played = Prepared::with_domain_left_out(&database).await;
        let (at, kind) = (played.at("3.1.2"), database.kind);
        let domain = format!("/sheets/{}/3", played.sheets[0]);
        let mut officer = played.office.signed_in("officer").await;
        let page = officer.get(&at).await.text;
        assert!(page.contains(&format!("action=\"{domain}\"")), "{kind}: {page}");
        let said = [("here", "3.1.2"), ("seen.na", "0"), ("na", "1")];
        let answer = officer.post(&domain, &said).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(at.as_str())), "{kind}");
        let page = officer.get(&at).await.text;
        assert!(page.contains("không áp dụng cho đơn vị này."), "{kind}: {page}");
        assert!(page.contains("Mục cấp trên không áp dụng cho đơn vị này"), "{kind}: {page}");
        // Whoever looks at the page of before is told what came meanwhile.
        let late = officer.post(&domain, &said[..2]).await;
        assert!(late.status != 303 && late.text.contains("không áp dụng"), "{kind}: {}", late.text);
        let back = [("here", "3.1.2"), ("seen.na", "1")];
        assert_eq!(officer.post(&domain, &back).await.status, 303, "{kind}");
        let page = officer.get(&at).await.text;
        assert!(page.contains("Chưa chấm: còn thiếu"), "{kind}: {page}");
        let elsewhere = format!("/sheets/{}/4", played.sheets[0]);
        assert_eq!(officer.post(&elsewhere, &said).await.status, 404, "{kind}: its set does not say so");
        played.is_as_the_log_says().await;
    }
}
