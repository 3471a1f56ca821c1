//! Documents: kept once, whole or not at all, looked through, found again, seen by those who may.

use parindex_service::scan::Scanner;
use parindex_testkit::{Office, databases};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::campaign::Prepared;

mod again;
mod upload;
mod version;

#[tokio::test]
async fn evidence_is_kept_once_checked_by_content_and_seen_by_those_who_may() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let at = played.at("1.1.2");
        let mut officer = played.office.signed_in("officer").await;
        let to = format!("{at}/evidence");
        officer.get(&at).await;
        let page = officer.upload_from(&at, &to, "bao-cao.html", b"<script>alert(1)</script>").await;
        assert!(page.status == 422 && page.text.contains("chưa lưu gì"), "{}: {}", database.kind, page.text);
        let pdf = b"%PDF-1.7 bao cao quy IV".as_slice();
        assert_eq!(
            officer.upload_from(&at, &to, "Báo cáo quý IV.pdf", pdf).await.status,
            303,
            "{}",
            database.kind
        );
        let other = played.at("1.1.1");
        assert_eq!(
            officer.upload_from(&other, &format!("{other}/evidence"), "lai.pdf", pdf).await.status,
            303
        );
        let page = officer.get(&other).await.text;
        assert!(
            page.contains("Cùng tệp này chứng minh") && page.contains("1.1.2"),
            "{}: {page}",
            database.kind
        );
        let file = officer.get("/evidence/1").await;
        assert_eq!((file.status, file.text.as_bytes()), (200, pdf), "{}", database.kind);
        assert_eq!(file.headers.get("x-content-type-options").unwrap(), "nosniff");
        let mut foreign = played.office.signed_in("officer-b").await;
        assert_eq!(foreign.get("/evidence/1").await.status, 403, "{}", database.kind);
        officer.get(&at).await;
        assert_eq!(officer.post("/evidence/1/remove", &[]).await.status, 303);
        assert_eq!(officer.get("/evidence/1").await.status, 404, "{}: taken away", database.kind);
        assert_eq!(officer.get("/evidence/2").await.status, 200, "what still needs it has it");
    }
}

/// A line that breaks in the middle of a document leaves nothing behind that anybody would take for it.
#[tokio::test]
async fn a_document_whose_line_breaks_is_not_there() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let at = played.at("1.1.2");
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let cut =
            officer.upload_cut(&format!("{at}/evidence"), "bao-cao.pdf", b"%PDF-1.7 half of a report").await;
        assert_eq!(cut.status, 400, "{}: {}", database.kind, cut.text);
        assert!(cut.text.contains("đường truyền đứt giữa chừng"), "{}", cut.text);
        assert!(officer.get(&at).await.text.contains("Chưa có tài liệu nào"), "{}", database.kind);
        assert!(played.office.store.named_files().await.unwrap().is_empty(), "{}", database.kind);
        let kept = std::fs::read_dir(database.files_folder().join("files")).into_iter().flatten().count();
        assert_eq!(kept, 0, "{}: no file has its place", database.kind);
        assert_eq!(
            officer
                .upload_from(&at, &format!("{at}/evidence"), "bao-cao.pdf", b"%PDF-1.7 whole")
                .await
                .status,
            303
        );
    }
}

/// What a scanner would say: bad is what holds the sign by which scanners are tried.
async fn scanner() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            let mut command = [0; 10];
            line.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut content = Vec::new();
            loop {
                let mut part = vec![0; line.read_u32().await.unwrap() as usize];
                if part.is_empty() {
                    break;
                }
                line.read_exact(&mut part).await.unwrap();
                content.extend(part);
            }
            let bad = content.windows(5).any(|five| five == b"EICAR");
            let said: &[u8] = if bad { b"stream: Eicar-Signature FOUND\0" } else { b"stream: OK\0" };
            line.write_all(said).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn what_a_scanner_knows_is_not_taken_and_without_its_answer_nothing_is() {
    for database in databases().await {
        let address = scanner().await;
        let office =
            Office::set_up(&database, |settings| settings.intake.scanner = Scanner::parse(&address)).await;
        let played = Prepared::opened_in(office).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let to = format!("{at}/evidence");
        let mut officer = played.office.signed_in("officer").await;
        let bad = officer.upload_from(&at, &to, "a.pdf", b"%PDF-1.7 EICAR").await;
        assert!(bad.status == 422 && bad.text.contains("mã độc «Eicar-Signature»"), "{kind}: {}", bad.text);
        assert!(played.office.store.named_files().await.unwrap().is_empty(), "{kind}");
        assert_eq!(officer.upload_from(&at, &to, "b.pdf", b"%PDF-1.7 clean").await.status, 303, "{kind}");
        let place = officer.announce("c.pdf", 14).await.location.unwrap();
        officer.send_part(&place, 0, b"%PDF-1.7 EICAR", false).await;
        let bad = officer.attach_uploads(&to, place.rsplit('/').next().unwrap()).await;
        assert!(bad.status == 422 && bad.text.contains("Eicar-Signature"), "{kind}: {}", bad.text);
    }
    for database in databases().await.into_iter().take(1) {
        let nobody = Scanner::parse("127.0.0.1:1");
        let office = Office::set_up(&database, |settings| settings.intake.scanner = nobody).await;
        let played = Prepared::opened_in(office).await;
        let at = played.at("1.1.2");
        let mut officer = played.office.signed_in("officer").await;
        let away = officer.upload_from(&at, &format!("{at}/evidence"), "a.pdf", b"%PDF-1.7").await;
        assert!(away.status == 422 && away.text.contains("quét mã độc của máy chủ không"), "{}", away.text);
    }
}

#[tokio::test]
async fn documents_are_found_without_accents_by_those_who_may_see_them() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        for (name, content) in [("Báo cáo quý IV.pdf", "%PDF-1.7 a"), ("Quyết định 12.pdf", "%PDF-1.7 b")]
        {
            let done = officer.upload_from(&at, &format!("{at}/evidence"), name, content.as_bytes()).await;
            assert_eq!(done.status, 303, "{kind}");
        }
        let store = format!("/campaigns/{}/documents", played.campaign);
        let found = officer.get(&format!("{store}?q=bao+cao+quy")).await.text;
        assert!(found.contains("Báo cáo quý IV.pdf") && !found.contains("Quyết định 12"), "{kind}: {found}");
        assert!(found.contains(&format!("{at}#documents")), "{kind}: it leads to its criterion");
        let none = officer.get(&format!("{store}?q=100%25")).await.text;
        assert!(none.contains("Không tìm thấy tài liệu nào"), "{kind}");
        let mut appraiser = played.office.signed_in("appraiser").await;
        assert!(appraiser.get(&store).await.text.contains("Quyết định 12.pdf"), "{kind}");
        let mut foreign = played.office.signed_in("officer-b").await;
        let seen = foreign.get(&store).await;
        assert!(seen.status == 200 && !seen.text.contains(".pdf"), "{kind}: {}", seen.text);
    }
}

/// As in Vĩnh Tường: what comes after the deadline comes with an explanation, stands apart, and only while that is open.
#[tokio::test]
async fn late_evidence_is_a_supplement_and_stands_apart() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let to = format!("{at}/evidence");
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(officer.upload_from(&at, &to, "kip.pdf", b"%PDF-1.7 in time").await.status, 303, "{kind}");
        played.minutes(15);
        let late = officer.upload_from(&at, &to, "muon.pdf", b"%PDF-1.7 late").await;
        assert!(late.status == 409 && late.text.contains("08:10"), "{kind}: {}", late.text);
        let released = played.release(1, "2026-03-02T08:25").await;
        assert_eq!(released.status, 303, "{kind}: {}", released.text);
        officer.get(&at).await;
        let supplement = officer.supplement(&to, "1", "muon.pdf", b"%PDF-1.7 late").await;
        assert_eq!(supplement.status, 303, "{kind}: {}", supplement.text);
        let page = officer.get(&at).await.text;
        let (own, explained) = page.split_once("id=\"round-1\"").unwrap();
        assert!(own.contains("kip.pdf") && !own.contains("muon.pdf"), "{kind}");
        assert!(explained.contains("muon.pdf") && explained.contains("bổ sung"), "{kind}");
        played.minutes(30);
        let closed = officer.supplement(&to, "1", "tre.pdf", b"%PDF-1.7 too late").await;
        assert!(closed.status == 409 && closed.text.contains("08:25"), "{kind}: {}", closed.text);
        played.is_as_the_log_says().await;
    }
}

/// A gateway of mail has written its own lines before the mark of the PDF: readers open it, so it is taken and had back as it came.
#[tokio::test]
async fn a_pdf_with_something_before_its_mark_is_kept_as_it_came() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let (at, mut officer) = (played.at("1.1.2"), played.office.signed_in("officer").await);
        let to = format!("{at}/evidence");
        let page = b"<html><!-- %PDF-1.7 -->".as_slice();
        assert_eq!(officer.upload_from(&at, &to, "trang.pdf", page).await.status, 422, "{kind}");
        let sent = b"X-Gateway: clean\r\n\r\n%PDF-1.5 bieu mau 3".as_slice();
        assert_eq!(officer.upload_from(&at, &to, "bieu-mau.pdf", sent).await.status, 303, "{kind}");
        let file = officer.get("/evidence/1").await;
        assert_eq!((file.status, file.bytes.as_slice()), (200, sent), "{kind}");
        assert_eq!(file.headers["content-type"], "application/pdf", "{kind}");
    }
}
