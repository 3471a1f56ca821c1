//! What was not done by its day, and what does not apply as a whole: untouched is no zero, and submitting says what it means.

use parindex_service::sheet::expire::Expired;
use parindex_store::campaign::Extend;
use parindex_testkit::databases;

use crate::campaign::{Prepared, ratio, stands};

/// Ten minutes after eight.
const DEADLINE: i64 = 1_772_413_200_000_000 + 10 * 60_000_000;

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

/// The log says once what was not done at the deadline, and not of a unit that was given more time; nothing is written on the sheet.
#[tokio::test]
async fn the_log_says_at_the_deadline_what_nobody_touched() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let (at, app) = (played.at("1.1.1"), &played.office.app);
        let elsewhere = format!("/sheets/{}", played.sheets[1]);
        let (mut officer, mut other) =
            (played.office.signed_in("officer").await, played.office.signed_in("officer-b").await);
        assert_eq!(ratio(&mut officer, &played.at("1.1.2"), ("7", "10")).await.status, 303, "{kind}");
        assert_eq!(ratio(&mut other, &format!("{elsewhere}/1.1.2"), ("7", "10")).await.status, 303, "{kind}");
        let mut expired = Expired::default();
        assert_eq!(expired.look(&app.service).await.unwrap(), 0, "{kind}: there is time left");
        let more = |member: usize, minutes: i64| Extend {
            member: played.sheets[member],
            until: DEADLINE + minutes * 60_000_000,
            reason: "bão số 3".to_owned(),
            signer: "Lê Văn Ba".to_owned(),
        };
        played.now(more(1, 10)).await;
        played.minutes(10);
        assert_eq!(expired.look(&app.service).await.unwrap(), 1, "{kind}: of one sheet");
        let page = officer.get(&at).await.text;
        assert!(page.contains("Chưa thực hiện nên được 0 điểm"), "{kind}: {page}");
        let page = other.get(&format!("{elsewhere}/1.1.1")).await.text;
        assert!(page.contains("Chưa chấm: còn thiếu «Ngày thực hiện»"), "{kind}: {page}");
        assert_eq!(expired.look(&app.service).await.unwrap(), 0, "{kind}: once");
        assert_eq!(
            Expired::default().look(&app.service).await.unwrap(),
            0,
            "{kind}: also by a server that began anew"
        );
        let mut auditor = played.office.signed_in("auditor").await;
        let log = auditor.get("/audit").await.text;
        assert!(log.contains("hết hạn: ghi nhận «chưa thực hiện»"), "{kind}: {log}");
        // Whoever is given time after the deadline finds the date awaited, and its next deadline is another one.
        played.now(more(0, 20)).await;
        let page = officer.get(&at).await.text;
        assert!(page.contains("Chưa chấm: còn thiếu «Ngày thực hiện»"), "{kind}: {page}");
        played.minutes(20);
        assert_eq!(expired.look(&app.service).await.unwrap(), 1, "{kind}: the other one");
        played.minutes(31);
        assert_eq!(expired.look(&app.service).await.unwrap(), 1, "{kind}: the first one again");
        played.is_as_the_log_says().await;
    }
}

/// Of a sheet that nobody began nothing is said: it is not scored, which is not zero.
#[tokio::test]
async fn the_deadline_says_nothing_of_an_empty_sheet() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        played.minutes(10);
        assert_eq!(Expired::default().look(&played.office.app.service).await.unwrap(), 0, "{kind}");
        let page = played.office.signed_in("officer").await.get(&played.at("1.1.1")).await.text;
        assert!(page.contains("<strong class=\"n\">0/"), "{kind}: {page}");
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

/// Thirteen of the 56 criteria that a unit scores stand in the domain: the board misses none of them, and none counts twice.
#[tokio::test]
async fn the_board_misses_nothing_of_a_domain_that_does_not_apply() {
    for database in databases().await {
        let (played, kind) = (Prepared::with_domain_left_out(&database).await, database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let mut standing = played.office.signed_in("standing-body").await;
        let board = format!("/campaigns/{}", played.campaign);
        let sheet = format!("/sheets/{}", played.sheets[0]);
        let entered = |page: &str| {
            let row = page.split("<tr>").find(|row| row.contains(&format!("href=\"{sheet}\""))).unwrap();
            let cell = row.split("<td class=\"r n\">").nth(1).unwrap();
            cell.split("</td>").next().unwrap().trim().to_owned()
        };
        assert_eq!(entered(&standing.get(&board).await.text), "0/56", "{kind}");
        let said = [("v.ngày thực hiện", "Chưa thực hiện"), ("seen.v.ngày thực hiện", "0"), ("stay", "1")];
        assert_eq!(officer.post(&played.at("2.2.2"), &said).await.status, 303, "{kind}");
        assert_eq!(entered(&standing.get(&board).await.text), "1/56", "{kind}");
        let left_out = [("here", "3.1.2"), ("seen.na", "0"), ("na", "1")];
        assert_eq!(officer.post(&format!("{sheet}/3"), &left_out).await.status, 303, "{kind}");
        assert_eq!(entered(&standing.get(&board).await.text), "14/56", "{kind}");
        let back = [("here", "3.1.2"), ("seen.na", "1")];
        assert_eq!(officer.post(&format!("{sheet}/3"), &back).await.status, 303, "{kind}");
        assert_eq!(entered(&standing.get(&board).await.text), "1/56", "{kind}");
    }
}
