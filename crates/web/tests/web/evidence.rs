//! Documents: kept once, whole or not at all, looked through, found again, seen by those who may.

use axum::http::Method;
use parindex_testkit::{Browser, Office, databases};
use parindex_web::Scanner;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::campaign::{Prepared, stands};

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

/// A file of several parts, over a line that breaks: the rest is sent, and the document is the whole.
#[tokio::test]
async fn a_large_document_goes_on_where_the_line_broke() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let content = [b"%PDF-1.7 ".as_slice(), &b"mot trang ".repeat(4_000)].concat();
        let begun = officer.announce("Báo cáo năm.pdf", content.len()).await;
        assert_eq!(begun.status, 201, "{kind}: {}", begun.text);
        let place = begun.location.unwrap();
        let cut = officer.send_part(&place, 0, &content[..15_000], true).await;
        assert_eq!((cut.status, cut.headers["upload-offset"].to_str().unwrap()), (204, "15000"), "{kind}");
        let early =
            officer.attach_arrivals(&format!("{at}/evidence"), place.rsplit('/').next().unwrap()).await;
        assert!(early.status == 422 && early.text.contains("Tệp chưa gửi xong"), "{kind}: {}", early.text);
        let state = officer.tus(Method::HEAD, &place, &[], axum::body::Body::empty()).await;
        assert_eq!(state.headers["upload-offset"], "15000", "{kind}");
        assert_eq!(state.headers["upload-length"], content.len().to_string().as_str(), "{kind}");
        let again = officer.send_part(&place, 0, &content[..15_000], false).await;
        assert_eq!(again.status, 409, "{kind}: nothing is taken twice");
        assert_eq!(officer.send_part(&place, 15_000, &content[15_000..], false).await.status, 204, "{kind}");
        let done =
            officer.attach_arrivals(&format!("{at}/evidence"), place.rsplit('/').next().unwrap()).await;
        assert_eq!(done.status, 303, "{kind}: {}", done.text);
        let had = officer.get("/evidence/1").await;
        assert!(had.bytes == content, "{kind}: byte for byte");
        assert!(had.headers["content-disposition"].to_str().unwrap().contains("inline"), "{kind}");
        let over = officer.tus(Method::HEAD, &place, &[], axum::body::Body::empty()).await;
        assert_eq!(over.status, 404, "{kind}: the arrival is over");
    }
}

#[tokio::test]
async fn an_arrival_is_nobody_elses_and_no_form_of_another_site_begins_one() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let kind = database.kind;
        let mut officer = played.office.signed_in("officer").await;
        let mut head = played.office.signed_in("head").await;
        let place = officer.announce("a.pdf", 9).await.location.unwrap();
        officer.send_part(&place, 0, b"%PDF-1.7 ", false).await;
        for method in [Method::HEAD, Method::PATCH, Method::DELETE] {
            let headers = [("upload-offset", "9".to_owned())];
            let tried = head.tus(method, &place, &headers, axum::body::Body::empty()).await;
            assert_eq!(tried.status, 404, "{kind}: {}", tried.text);
        }
        let at = played.at("1.1.2");
        head.get(&at).await;
        let stolen = head.attach_arrivals(&format!("{at}/evidence"), place.rsplit('/').next().unwrap()).await;
        assert_eq!(stolen.status, 422, "{kind}: {}", stolen.text);
        let forged = officer.post_bare("/arrivals", &[]).await;
        assert_eq!(forged.status, 400, "{kind}");
        let large = officer.announce("b.pdf", 3 << 30).await;
        assert_eq!(large.status, 413, "{kind}");
        let script = officer.announce("trang.html", 9).await;
        assert!(script.status == 409 && script.text.contains("Đuôi tệp"), "{kind}: before it is sent");
        let given_up = officer.tus(Method::DELETE, &place, &[], axum::body::Body::empty()).await;
        assert_eq!(given_up.status, 204, "{kind}");
        for _ in 0..30 {
            assert_eq!(officer.announce("c.pdf", 9).await.status, 201, "{kind}");
        }
        let many = officer.announce("c.pdf", 9).await;
        assert!(many.status == 409 && many.text.contains("gửi dở 30 tệp"), "{kind}: {}", many.text);
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
        let office = Office::set_up(&database, |settings| settings.scanner = Scanner::parse(&address)).await;
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
        let bad = officer.attach_arrivals(&to, place.rsplit('/').next().unwrap()).await;
        assert!(bad.status == 422 && bad.text.contains("Eicar-Signature"), "{kind}: {}", bad.text);
    }
    for database in databases().await.into_iter().take(1) {
        let nobody = Scanner::parse("127.0.0.1:1");
        let office = Office::set_up(&database, |settings| settings.scanner = nobody).await;
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

/// A better scan of the same report: the newer stands, the older can be seen, and both are under the seal.
#[tokio::test]
async fn a_new_version_takes_the_place_of_the_former_one_which_stays_behind_it() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let to = format!("{at}/evidence");
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let first = [
            ("genre", "Báo cáo"),
            ("number", "15/BC-SNV"),
            ("issuer", "Sở Nội vụ"),
            ("issued_on", "2026-01-05"),
        ];
        assert_eq!(officer.parts_with(&to, &first, ("mo.pdf", b"%PDF-1.7 blurred")).await.status, 303);
        let first_seal = seal_shown(&played).await;
        let other = officer.parts_with(&to, &[("replaces", "7")], ("ro.pdf", b"%PDF-1.7 sharp")).await;
        assert_eq!(other.status, 404, "{kind}: there is no such document");
        let anew = [("replaces", "1"), ("number", "")];
        let replaced = officer.parts_with(&to, &anew, ("ro.pdf", b"%PDF-1.7 sharp")).await;
        assert_eq!(replaced.status, 303, "{kind}: {}", replaced.text);
        let documents = played.office.store.evidence(&[played.sheets[0]]).await.unwrap();
        let [now] = documents.as_slice() else { panic!("{kind}: one document: {documents:?}") };
        assert_eq!(now.name, "mo.pdf", "{kind}: called as before");
        let said = (now.genre.as_str(), now.number.as_str(), now.issuer.as_str(), now.issued_on.as_deref());
        assert_eq!(said, ("Báo cáo", "15/BC-SNV", "Sở Nội vụ", Some("2026-01-05")), "{kind}: as it was");
        assert_eq!(now.former.iter().map(|old| old.name.as_str()).collect::<Vec<_>>(), ["mo.pdf"], "{kind}");
        let page = officer.get(&at).await.text;
        assert!(page.contains("Bản trước") && page.contains("/evidence/1"), "{kind}: {page}");
        assert!(!page.contains("Cùng tệp này"), "{kind}: it is no other document");
        assert_eq!(officer.get("/evidence/1").await.status, 200, "{kind}: it can still be seen");
        assert_ne!(seal_shown(&played).await, first_seal, "{kind}: the seal is over the documents too");
        let store = format!("/campaigns/{}/documents?q=15", played.campaign);
        let found = officer.get(&store).await.text;
        assert!(
            found.contains("/evidence/2") && !found.contains("/evidence/1"),
            "{kind}: the newest is found"
        );

        officer.get(&at).await;
        let twice = officer.parts_with(&to, &anew, ("lai.pdf", b"%PDF-1.7 again")).await;
        assert!(twice.status == 422 && twice.text.contains("đã có bản mới"), "{kind}: {}", twice.text);
        assert_eq!(officer.post("/evidence/1/remove", &[]).await.status, 409, "{kind}: the newer one first");
        assert_eq!(officer.post("/evidence/2/remove", &[]).await.status, 303, "{kind}");
        let same = officer.parts_with(&to, &anew, ("lai.pdf", b"%PDF-1.7 blurred")).await;
        assert_eq!(same.status, 303, "{kind}: the same file with another number is no use elsewhere");
        assert!(!officer.get(&at).await.text.contains("Cùng tệp này"), "{kind}");
        assert_eq!(officer.post("/evidence/3/remove", &[]).await.status, 303, "{kind}");
        let back = played.office.store.evidence(&[played.sheets[0]]).await.unwrap();
        assert_eq!(back.iter().map(|each| each.name.as_str()).collect::<Vec<_>>(), ["mo.pdf"], "{kind}");
        assert_eq!(seal_shown(&played).await, first_seal, "{kind}");
        played.is_as_the_log_says().await;
    }
}

/// The seal that the head would submit.
async fn seal_shown(played: &Prepared) -> String {
    let mut head = played.office.signed_in("head").await;
    stands(&head.get(&format!("/sheets/{}/submit", played.sheets[0])).await.text)
}

#[tokio::test]
async fn a_version_is_one_file_of_the_same_criterion_and_step() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, other, kind) = (played.at("1.1.2"), played.at("1.1.1"), database.kind);
        let to = format!("{at}/evidence");
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(officer.upload_from(&at, &to, "a.pdf", b"%PDF-1.7 a").await.status, 303, "{kind}");
        officer.get(&other).await;
        let replaces = [("replaces", "1")];
        let address = format!("{other}/evidence");
        let elsewhere = officer.parts_with(&address, &replaces, ("b.pdf", b"%PDF-1.7 b")).await;
        assert_eq!(elsewhere.status, 404, "{kind}: a document of another criterion");
        let mut foreign = played.office.signed_in("officer-b").await;
        let theirs = format!("/sheets/{}/1.1.2", played.sheets[1]);
        foreign.get(&theirs).await;
        let address = format!("{theirs}/evidence");
        let stolen = foreign.parts_with(&address, &replaces, ("b.pdf", b"%PDF-1.7 b")).await;
        assert_eq!(stolen.status, 404, "{kind}: a document of another unit");
        officer.get(&at).await;
        let (one, two) = (arrived(&mut officer, "c.pdf").await, arrived(&mut officer, "d.pdf").await);
        let arrivals = format!("{one} {two}");
        let several = [("replaces", "1"), ("arrival", arrivals.as_str())];
        let both = officer.parts_with(&to, &several, ("", b"")).await;
        assert!(both.status == 422 && both.text.contains("đúng một tệp"), "{kind}: {}", both.text);

        played.minutes(15);
        let released = played.release(1, "2026-03-02T08:25").await;
        assert_eq!(released.status, 303, "{kind}: {}", released.text);
        officer.get(&at).await;
        let late = [("round", "1"), ("replaces", "1")];
        let sealed = officer.parts_with(&to, &late, ("e.pdf", b"%PDF-1.7 e")).await;
        assert_eq!(sealed.status, 404, "{kind}: what was submitted stays; a supplement stands beside it");
        assert_eq!(played.office.store.evidence(&[played.sheets[0]]).await.unwrap().len(), 1, "{kind}");
    }
}

async fn arrived(browser: &mut Browser, name: &str) -> String {
    let content = format!("%PDF-1.7 {name}");
    let place = browser.announce(name, content.len()).await.location.unwrap();
    assert_eq!(browser.send_part(&place, 0, content.as_bytes(), false).await.status, 204);
    place.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_document_of_the_sheet_proves_another_criterion_without_being_sent_again() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, other) = (played.at("1.1.2"), played.at("1.1.1"));
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let about =
            [("number", "12/BC"), ("name", "Báo cáo quý"), ("issued_on", "2025-12-01"), ("issuer", "Sở")];
        let file = ("bao-cao.pdf", b"%PDF-1.7 x".as_slice());
        assert_eq!(officer.parts_with(&format!("{at}/evidence"), &about, file).await.status, 303);
        let page = officer.get(&other).await.text;
        assert!(page.contains("12/BC · Báo cáo quý.pdf (1.1.2)"), "{}: {page}", database.kind);
        let again = officer.parts_with(&format!("{other}/evidence"), &[("reuse", "1")], ("", b"")).await;
        assert_eq!(again.status, 303, "{}: {}", database.kind, again.text);
        let page = officer.get(&other).await.text;
        assert!(page.contains("Báo cáo quý.pdf") && page.contains("01/12/2025"), "{page}");
        assert!(!page.contains("(1.1.2)</option>"), "what stands here already is not offered: {page}");
        let mut foreign = played.office.signed_in("officer-b").await;
        let own = format!("/sheets/{}/1.1.1", played.sheets[1]);
        foreign.get(&own).await;
        let stolen = foreign.parts_with(&format!("{own}/evidence"), &[("reuse", "1")], ("", b"")).await;
        assert_eq!(stolen.status, 404, "{}: documents of other units are not for taking", database.kind);
    }
}

/// Attaches an address of its own.
async fn linked(browser: &mut Browser, at: &str, name: &str) {
    let link = format!("https://kiengiang.gov.vn/{}", name.replace(' ', "-"));
    let about = [("link", link.as_str()), ("name", name)];
    assert_eq!(browser.parts_with(&format!("{at}/evidence"), &about, ("", b"")).await.status, 303);
}

#[tokio::test]
async fn of_many_documents_the_newest_are_offered_again_and_the_others_found() {
    for database in databases().await {
        let kind = database.kind;
        let played = Prepared::opened(&database).await;
        let (at, other) = (played.at("1.1.2"), played.at("1.1.1"));
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        linked(&mut officer, &at, "Kế hoạch đầu năm").await;
        for month in 1..=20 {
            linked(&mut officer, &at, &format!("Báo cáo số {month}")).await;
        }
        let page = officer.get(&other).await.text;
        assert_eq!(page.matches("(1.1.2)</option>").count(), 20, "{kind}");
        assert!(
            !page.contains("Kế hoạch đầu năm") && page.contains("Chỉ hiện 20 tài liệu mới nhất"),
            "{kind}"
        );
        let found = officer.get(&format!("{other}?find=dau+ke+hoach")).await.text;
        assert_eq!(found.matches("(1.1.2)</option>").count(), 1, "{kind}");
        assert!(found.contains("Kế hoạch đầu năm (1.1.2)"), "{kind}: {found}");
        assert!(found.contains("Đã tìm thấy, hãy chọn ở ô trên"), "{kind}: {found}");
        let none = officer.get(&format!("{other}?find=nghi+quyet")).await.text;
        assert!(none.contains("Không tìm thấy tài liệu nào khác trong phiếu"), "{kind}");
        // Of an address that stands here already, no other place is offered.
        let again = officer.parts_with(&format!("{other}/evidence"), &[("reuse", "1")], ("", b"")).await;
        assert_eq!(again.status, 303, "{kind}: {}", again.text);
        let page = officer.get(&other).await.text;
        assert_eq!(page.matches("(1.1.2)</option>").count(), 20, "{kind}");
        assert!(!page.contains("Chỉ hiện 20 tài liệu mới nhất"), "{kind}: these are all");
    }
}

#[tokio::test]
async fn a_file_used_in_many_places_names_some_and_counts_the_others() {
    for database in databases().await {
        let kind = database.kind;
        let played = Prepared::opened(&database).await;
        let mut officer = played.office.signed_in("officer").await;
        let (at, other) = (played.at("1.1.2"), played.at("1.1.1"));
        officer.get(&at).await;
        for name in ["a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf", "f.pdf", "g.pdf"] {
            let about = [("name", name)];
            let sent = officer.parts_with(&format!("{at}/evidence"), &about, ("x.pdf", b"%PDF-1.7 x")).await;
            assert_eq!(sent.status, 303, "{kind}: {}", sent.text);
        }
        let sent = officer.parts_with(&format!("{other}/evidence"), &[], ("x.pdf", b"%PDF-1.7 x")).await;
        assert_eq!(sent.status, 303, "{kind}: {}", sent.text);
        let page = officer.get(&other).await.text;
        assert_eq!(page.matches("Cùng tệp này chứng minh").count(), 5, "{kind}: {page}");
        assert!(page.contains("và 2 nơi khác nữa"), "{kind}: {page}");
    }
}
