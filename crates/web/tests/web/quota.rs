//! How much room the documents of a unit may take.

use axum::body::Body;
use axum::http::Method;
use data_encoding::BASE64;
use parindex_testkit::{Browser, Office, databases};

use crate::campaign::Prepared;

const QUOTA: u64 = 1_000;

/// A document of so many bytes.
fn pdf(letter: char, size: usize) -> Vec<u8> {
    format!("%PDF-1.7 {}", letter.to_string().repeat(size - 9)).into_bytes()
}

async fn attach(browser: &mut Browser, at: &str, content: &[u8]) -> (u16, String) {
    browser.get(at).await;
    let sent = browser.parts_with(&format!("{at}/evidence"), &[], ("a.pdf", content)).await;
    (sent.status, sent.text)
}

/// Begins to send a file for a sheet.
async fn begun(browser: &mut Browser, sheet: i64, size: usize) -> (u16, String) {
    let encoded = |text: &str| BASE64.encode(text.as_bytes());
    let about = format!("filename {},sheet {}", encoded("b.pdf"), encoded(&sheet.to_string()));
    let headers = [("upload-length", size.to_string()), ("upload-metadata", about)];
    let answer = browser.tus(Method::POST, "/uploads", &headers, Body::empty()).await;
    (answer.status, answer.text)
}

#[tokio::test]
async fn documents_of_a_unit_take_as_much_room_as_the_quota_says() {
    for database in databases().await {
        let office = Office::set_up(&database, |settings| settings.intake.quota = Some(QUOTA)).await;
        let played = Prepared::opened_in(office).await;
        let (at, other, kind) = (played.at("1.1.2"), played.at("1.1.1"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(attach(&mut officer, &at, &pdf('a', 600)).await.0, 303, "{kind}");
        assert!(!officer.get(&at).await.text.contains("được phép"), "{kind}: there is room enough");
        assert_eq!(attach(&mut officer, &other, &pdf('a', 600)).await.0, 303, "{kind}: the same counts once");
        let (status, page) = attach(&mut officer, &at, &pdf('b', 500)).await;
        assert!(status == 422 && page.contains("không còn chỗ cho 1 kB nữa"), "{kind}: {page}");
        let (status, page) = begun(&mut officer, played.sheets[0], 500).await;
        assert!(status == 409 && page.contains("đề nghị người quản trị nâng hạn mức"), "{kind}: {page}");
        assert_eq!(begun(&mut officer, played.sheets[0], 400).await.0, 201, "{kind}");
        assert_eq!(begun(&mut officer, played.sheets[1], 400).await.0, 403, "{kind}: a sheet of others");
        assert_eq!(attach(&mut officer, &at, &pdf('c', 400)).await.0, 303, "{kind}: to the last byte");
        let full = officer.get(&at).await.text;
        assert!(full.contains("đã chiếm 1 kB trong 1 kB được phép"), "{kind}: {full}");
        let link = [("link", "https://hanoi.gov.vn/1")];
        officer.get(&at).await;
        let linked = officer.parts_with(&format!("{at}/evidence"), &link, ("", b"")).await;
        assert_eq!(linked.status, 303, "{kind}: an address takes no room");
        let mut others = played.office.signed_in("officer-b").await;
        let theirs = format!("/sheets/{}/1.1.2", played.sheets[1]);
        assert_eq!(
            attach(&mut others, &theirs, &pdf('d', 900)).await.0,
            303,
            "{kind}: each unit has its own"
        );
        let there = played.office.store.evidence(&played.sheets).await.unwrap();
        let gone = there.iter().find(|document| document.size == 400).unwrap().id;
        officer.get(&at).await;
        assert_eq!(officer.post(&format!("/evidence/{gone}/remove"), &[]).await.status, 303, "{kind}");
        assert_eq!(attach(&mut officer, &at, &pdf('e', 300)).await.0, 303, "{kind}: room was made");
    }
}
