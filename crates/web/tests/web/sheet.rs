//! A sheet: who sees it and fills it in, what proves it, what two at once do to it.

use parindex_domain::right::Role;
use parindex_store::person::Appoint;
use parindex_testkit::databases;

use crate::campaign::{Prepared, ratio, stands};

#[tokio::test]
async fn the_second_to_save_a_cell_sees_both_values_and_chooses() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let at = played.at("1.1.2");
        let (mut first, mut second) =
            (played.office.signed_in("officer").await, played.office.signed_in("head").await);
        first.get(&at).await;
        second.get(&at).await;
        let typed = |a: &'static str, seen: &'static str| {
            [("v.a", a), ("v.b", "10"), ("seen.v.a", seen), ("seen.v.b", seen)]
        };
        assert_eq!(first.post(&at, &typed("7", "0")).await.status, 303);
        let overtaken = second.post(&at, &typed("8", "0")).await;
        assert_eq!(overtaken.status, 409, "{}: {}", database.kind, overtaken.text);
        assert!(
            overtaken.text.contains("đã ghi «7»") && overtaken.text.contains("value=\"8\""),
            "{}",
            overtaken.text
        );
        assert_eq!(second.post(&at, &typed("8", "1")).await.status, 303, "knowingly");
        let page = first.get(&at).await.text;
        assert!(page.contains("<del>7</del>") && page.contains("<ins>8</ins>"), "{}: {page}", database.kind);
        played.is_as_the_log_says().await;
    }
}

#[tokio::test]
async fn a_sheet_is_seen_and_filled_in_by_its_own_unit_alone() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut other = played.office.signed_in("officer-b").await;
        let at = played.at("1.1.2");
        assert_eq!(other.get(&at).await.status, 403, "{}", database.kind);
        other.get(&format!("/sheets/{}/1.1.2", played.sheets[1])).await;
        assert_eq!(other.post(&at, &[("v.a", "1")]).await.status, 403, "{}", database.kind);
        let mut observer = played.office.signed_in("observer").await;
        assert_eq!(observer.get(&at).await.status, 403, "an observer sees the board, not the sheets");
        let board = format!("/campaigns/{}", played.campaign);
        assert_eq!(observer.get(&board).await.status, 200);
        assert_eq!(
            other.get(&format!("{board}/ranking")).await.status,
            403,
            "units do not see the points of others"
        );
    }
}

#[tokio::test]
async fn a_window_locks_by_itself_and_the_lock_says_why() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let at = played.at("1.1.2");
        let mut officer = played.office.signed_in("officer").await;
        played.minutes(10);
        let late = ratio(&mut officer, &at, ("9", "10")).await;
        assert!(
            late.status == 409 && late.text.contains("08:10 ngày 02/3/2026"),
            "{}: {}",
            database.kind,
            late.text
        );
        let page = officer.get(&at).await.text;
        assert!(page.contains("Đã khóa từ 08:10 ngày 02/3/2026 vì hết hạn"), "{}: {page}", database.kind);
    }
}

/// As in Kiên Giang: parts of one sheet are filled in by other bodies, each sees its part, the unit the whole.
#[tokio::test]
async fn a_delegated_part_is_seen_and_filled_in_by_its_body_alone() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (office, kind) = (&played.office, database.kind);
        let sheet = format!("/sheets/{}", played.sheets[1]);
        // Somebody at A who holds nothing over B.
        let mut body = office.signed_in("delegate").await;
        assert_eq!(body.get(&format!("{sheet}/1.1.2")).await.status, 403, "{kind}: nothing is delegated yet");
        let mut head = office.signed_in("head-b").await;
        let page = head.get(&format!("{sheet}/1.1.2")).await;
        assert_eq!(page.status, 200, "{kind}: {}", page.text);
        let unknown = head.post(&format!("{sheet}/1.1.2/delegate"), &[("node", "1"), ("unit", "X9")]).await;
        assert_eq!(unknown.status, 422, "{kind}: {}", unknown.text);
        let given = head.post(&format!("{sheet}/1.1.2/delegate"), &[("node", "1"), ("unit", "A")]).await;
        assert_eq!(given.status, 303, "{kind}: {}", given.text);
        assert!(body.get("/").await.text.contains("Nhập phần được giao 1: Sở Tư pháp"), "{kind}");
        assert_eq!(ratio(&mut body, &format!("{sheet}/1.1.2"), ("9", "10")).await.status, 303, "{kind}");
        let part = body.get(&format!("{sheet}/1.1.2")).await.text;
        assert!(part.contains("9/10 = 90%") && !part.contains("2.1.1"), "{kind}: only its part: {part}");
        assert_eq!(body.get(&format!("{sheet}/2.1.1")).await.status, 404, "{kind}: the rest is not there");
        let other = body.post(&format!("{sheet}/2.1.1"), &[("v.a", "1")]).await;
        assert_eq!(other.status, 403, "{kind}: {}", other.text);
        assert_eq!(body.get(&format!("{sheet}/submit")).await.status, 403, "{kind}: nor the whole");
        let pdf = b"%PDF-1.7 x".as_slice();
        let at = format!("{sheet}/1.1.2");
        assert_eq!(
            body.upload_from(&at, &format!("{at}/evidence"), "a.pdf", pdf).await.status,
            303,
            "{kind}"
        );
        assert_eq!(body.get("/evidence/1").await.status, 200, "{kind}");
        let whole = head.get(&format!("{sheet}/1.1.2")).await.text;
        assert!(whole.contains("Người delegate") && whole.contains("2.1.1"), "{kind}: {whole}");
        // Whoever sees all sheets besides fills in the part all the same, and nothing else.
        let person = office.people["delegate"];
        office.change(Appoint::whole(person, Role::Member, None)).await;
        let part = body.get(&at).await.text;
        assert!(part.contains("name=\"next\"") && !part.contains("/delegate\""), "{kind}: {part}");
        assert_eq!(ratio(&mut body, &at, ("8", "10")).await.status, 303, "{kind}");
        let rest = body.get(&format!("{sheet}/2.1.1")).await;
        assert!(rest.status == 200 && !rest.text.contains("name=\"next\""), "{kind}: seen, not filled in");
        head.get(&at).await;
        assert_eq!(head.post("/delegations/1/end", &[]).await.status, 303, "{kind}");
        let taken = body.get(&at).await;
        assert!(taken.status == 200 && !taken.text.contains("name=\"next\""), "{kind}: taken back");
        played.is_as_the_log_says().await;
    }
}

/// A workbook of a sheet with both figures of 1.1.2 typed in.
pub fn filled_in(book: Vec<u8>, values: [&str; 2]) -> Vec<u8> {
    let mut table = parindex_package::set::read_table("phieu.xlsx", book).unwrap();
    for row in table.rows.iter_mut().filter(|row| row.cell(0) == "1.1.2") {
        let at = usize::from(row.cell(3) == "b");
        let mut cells: Vec<String> = row.cells.iter().map(str::to_owned).collect();
        cells.resize(7, String::new());
        values[at].clone_into(&mut cells[5]);
        row.cells = cells.into();
    }
    parindex_package::xlsx::write_table("phieu.xlsx", &table).unwrap()
}

/// The workbook goes along, is filled in and comes back; a mistake is named with its row, and then nothing is kept.
#[tokio::test]
async fn a_sheet_goes_out_as_a_workbook_and_comes_back_filled_in() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut officer = played.office.signed_in("officer").await;
        let page = format!("/sheets/{}/workbook", played.sheets[0]);
        let book = officer.get(&format!("{page}/file")).await.bytes;
        let fill = |values| filled_in(book.clone(), values);
        let wrong = officer.upload(&page, "phieu.xlsx", &fill(["9", "nhiều"])).await;
        assert_eq!(wrong.status, 422, "{}: {}", database.kind, wrong.text);
        assert!(wrong.text.contains("(1.1.2)") && wrong.text.contains("Chưa ghi gì"), "{}", wrong.text);
        let at = played.at("1.1.2");
        assert!(officer.get(&at).await.text.contains("còn thiếu"), "nothing of it was kept");
        assert_eq!(
            officer.upload(&page, "phieu.xlsx", &fill(["9", "10"])).await.status,
            303,
            "{}",
            database.kind
        );
        assert!(officer.get(&at).await.text.contains("9/10 = 90%"), "{}", database.kind);
        let again = officer.upload(&page, "phieu.xlsx", &fill(["8", "10"])).await;
        assert!(again.status == 422 && again.text.contains("sau khi bạn tải tệp"), "{}", again.text);
        played.is_as_the_log_says().await;
    }
}

/// A mistake in one field takes no part of the watch over the others.
#[tokio::test]
async fn a_mistake_in_one_field_hides_no_change_of_another() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let at = played.at("1.1.2");
        let mut first = played.office.signed_in("officer").await;
        let mut second = played.office.signed_in("head").await;
        assert_eq!(ratio(&mut first, &at, ("4", "5")).await.status, 303);
        second.get(&at).await;
        assert_eq!(ratio(&mut first, &at, ("4", "7")).await.status, 303);
        // Seen before: 4 and 5, each once.
        let typed = |a: &'static str| [("v.a", a), ("v.b", "5"), ("seen.v.a", "1"), ("seen.v.b", "1")];
        let wrong = second.post(&at, &typed("abc")).await;
        assert_eq!(wrong.status, 422, "{}: {}", database.kind, wrong.text);
        assert!(wrong.text.contains("name=\"seen.v.b\" value=\"1\""), "{}: {}", database.kind, wrong.text);
        let overtaken = second.post(&at, &typed("5")).await;
        assert!(overtaken.status == 409 && overtaken.text.contains("đã ghi «7»"), "{}", overtaken.text);
        played.is_as_the_log_says().await;
    }
}

/// The pack is there before and after the submission, as both files, for those who see the sheet.
#[tokio::test]
async fn the_pack_of_a_sheet_is_a_pdf_and_a_word_file() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (sheet, kind) = (format!("/sheets/{}", played.sheets[0]), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &played.at("1.1.2"), ("9", "10")).await.status, 303, "{kind}");
        let pdf = officer.get(&format!("{sheet}/pack/pdf")).await;
        assert!(pdf.status == 200 && pdf.bytes.starts_with(b"%PDF-"), "{kind}: {}", pdf.text);
        let word = officer.get(&format!("{sheet}/pack/docx")).await;
        assert!(word.status == 200 && word.bytes.starts_with(b"PK"), "{kind}: {}", word.text);
        let named = word.headers["content-disposition"].to_str().unwrap();
        assert!(named.starts_with("attachment") && named.contains(".docx"), "{kind}: {named}");
        assert_eq!(officer.get(&format!("{sheet}/pack/exe")).await.status, 404, "{kind}");
        let mut foreign = played.office.signed_in("officer-b").await;
        assert_eq!(foreign.get(&format!("{sheet}/pack/pdf")).await.status, 403, "{kind}");
    }
}

/// Before the first draft a sheet can go back, with a reason and a signer for all to see; after it what stands there stays.
#[tokio::test]
async fn a_sheet_goes_back_in_public_and_only_before_the_first_draft() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &at, ("9", "10")).await.status, 303, "{kind}");
        let mut head = played.office.signed_in("head").await;
        let submit = format!("/sheets/{}/submit", played.sheets[0]);
        let seen = stands(&head.get(&submit).await.text);
        assert_eq!(head.post(&submit, &[("seen", &seen)]).await.status, 303, "{kind}");
        played.minutes(15);
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get(&at).await;
        let back = format!("/sheets/{}/give-back", played.sheets[0]);
        let form = [
            ("remark", "Thiếu số liệu quý IV"),
            ("until", "2026-03-02T08:18"),
            ("signer", "Nguyễn Minh Đức"),
        ];
        for missing in 0..form.len() {
            let some: Vec<_> = form.into_iter().enumerate().filter(|(at, _)| *at != missing).collect();
            let some: Vec<(&str, &str)> = some.into_iter().map(|(_, field)| field).collect();
            let refused = standing.post(&back, &some).await;
            assert!(refused.status == 422 && refused.text.contains("người ký"), "{kind}: {}", refused.text);
        }
        assert_eq!(standing.post(&back, &form).await.status, 303, "{kind}");
        let mut other = played.office.signed_in("officer-b").await;
        let board = other.get(&format!("/campaigns/{}", played.campaign)).await.text;
        assert!(
            board.contains("Thiếu số liệu quý IV") && board.contains("Nguyễn Minh Đức"),
            "{kind}: {board}"
        );
        assert_eq!(ratio(&mut officer, &at, ("8", "10")).await.status, 303, "{kind}: it can be mended");
        let seen = stands(&head.get(&submit).await.text);
        assert_eq!(head.post(&submit, &[("seen", &seen)]).await.status, 303, "{kind}");

        assert_eq!(played.release(1, "2026-03-02T08:40").await.status, 303, "{kind}");
        let late = standing.post(&back, &form).await;
        assert!(late.status == 422 && late.text.contains("dự thảo thẩm định"), "{kind}: {}", late.text);
        let theirs = format!("/sheets/{}/1.1.2", played.sheets[1]);
        let more = [("until", "2026-03-02T09:00"), ("reason", "Mất điện"), ("signer", "Giám đốc Sở")];
        assert_eq!(standing.post(&format!("/sheets/{}/extend", played.sheets[1]), &more).await.status, 303);
        let entered = ratio(&mut other, &theirs, ("10", "10")).await;
        assert!(entered.status == 409 && entered.text.contains("Giải trình"), "{kind}: {}", entered.text);
        let mut head = played.office.signed_in("head-b").await;
        let submit = format!("/sheets/{}/submit", played.sheets[1]);
        let seen = stands(&head.get(&submit).await.text);
        assert_eq!(head.post(&submit, &[("seen", &seen)]).await.status, 303, "{kind}: as it stands");
        played.is_as_the_log_says().await;
    }
}

#[tokio::test]
async fn a_note_is_kept_beside_the_figures_and_read_by_whoever_decides() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let at = played.at("1.1.2");
        let (mut officer, mut head) =
            (played.office.signed_in("officer").await, played.office.signed_in("head").await);
        officer.get(&at).await;
        head.get(&at).await;
        let typed = |note: &'static str, seen: &'static str| [("note", note), ("seen.note", seen)];
        assert_eq!(officer.post(&at, &typed("Nộp chậm vì sáp nhập", "0")).await.status, 303);
        let other = head.post(&at, &typed("Không có gì", "0")).await;
        assert!(other.status == 409 && other.text.contains("«Nộp chậm vì sáp nhập»"), "{}", other.text);
        let page = officer.get(&at).await.text;
        assert!(page.contains("Nộp chậm vì sáp nhập</textarea>"), "{}: {page}", database.kind);
        assert!(page.contains("chưa nhập"), "a note alone is no figure: {page}");
        played.is_filled_in_and_submitted().await;
        played.minutes(15);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        assert!(appraiser.get(&decide).await.text.contains("Nộp chậm vì sáp nhập"), "{}", database.kind);
        played.is_as_the_log_says().await;
    }
}

/// Whoever has what was sealed can check the receipt by himself.
#[tokio::test]
async fn the_seal_is_the_hash_of_a_text_that_can_be_had() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.is_filled_in_and_submitted().await;
        let mut head = played.office.signed_in("head").await;
        let sheet = format!("/sheets/{}", played.sheets[0]);
        let sealed = head.get(&format!("{sheet}/sealed")).await;
        assert_eq!(sealed.status, 200);
        let seal = parindex_domain::audit::digest(&sealed.text);
        assert!(head.get(&format!("{sheet}/submit")).await.text.contains(&seal), "{}", database.kind);
        let mut foreign = played.office.signed_in("officer-b").await;
        assert_eq!(foreign.get(&format!("{sheet}/sealed")).await.status, 403);
    }
}

#[tokio::test]
async fn whoever_consolidates_sees_how_far_each_part_is() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut officer = played.office.signed_in("officer").await;
        let at = played.at("1.1.2");
        officer.get(&at).await;
        let unknown = officer.post(&format!("{at}/delegate"), &[("node", "1.1"), ("unit", "ZZ")]).await;
        assert!(unknown.status == 422 && unknown.text.contains("value=\"ZZ\""), "{}", unknown.text);
        assert_eq!(
            officer.post(&format!("{at}/delegate"), &[("node", "1.1"), ("unit", "B")]).await.status,
            303
        );
        let before = officer.get(&at).await.text;
        ratio(&mut officer, &at, ("9", "10")).await;
        let after = officer.get(&at).await.text;
        let far = |page: &str| {
            page.split("mục đã đủ").next().unwrap().rsplit("class=\"n\">").next().unwrap().to_owned()
        };
        assert!(
            far(&before).starts_with("0/") && far(&after).starts_with("1/"),
            "{}: {after}",
            database.kind
        );
    }
}
