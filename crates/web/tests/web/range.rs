//! Documents on their way out: whole or in parts, under their names, with nothing in a name that could mean more than a name.

use axum::body::Body;
use axum::http::{Method, Request};
use parindex_testkit::{Browser, Reply, databases};

use crate::campaign::Prepared;

const PDF: &[u8] = b"%PDF-1.7 0123456789";

/// Asks with headers of its own.
async fn asked(browser: &mut Browser, method: Method, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().method(method).uri(path).header("cookie", browser.cookie_header());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.request(request.body(Body::empty()).unwrap()).await
}

fn said<'a>(answer: &'a Reply, name: &str) -> &'a str {
    answer.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn a_document_is_had_in_parts_as_browsers_ask_for_them() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let sent = officer.upload_from(&at, &format!("{at}/evidence"), "Báo cáo.pdf", PDF).await;
        assert_eq!(sent.status, 303, "{kind}: {}", sent.text);
        let file = "/evidence/1";
        let gzip = ("accept-encoding", "gzip");
        let whole = asked(&mut officer, Method::GET, file, &[gzip]).await;
        assert_eq!((whole.status, whole.bytes.as_slice()), (200, PDF), "{kind}");
        assert_eq!(
            (said(&whole, "accept-ranges"), said(&whole, "content-length")),
            ("bytes", "19"),
            "{kind}"
        );
        assert_eq!(said(&whole, "content-encoding"), "", "{kind}: packed it would have other parts");
        let tag = said(&whole, "etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() == 66, "{kind}: the hash of the content: {tag}");

        for (range, named, content) in [
            ("bytes=9-12", "bytes 9-12/19", "0123"),
            ("bytes=17-", "bytes 17-18/19", "89"),
            ("bytes=-3", "bytes 16-18/19", "789"),
            ("bytes=9-999", "bytes 9-18/19", "0123456789"),
        ] {
            let part = asked(&mut officer, Method::GET, file, &[("range", range), gzip]).await;
            assert_eq!((part.status, part.text.as_str()), (206, content), "{kind} {range}");
            assert_eq!(said(&part, "content-range"), named, "{kind}");
            assert_eq!(said(&part, "content-length"), content.len().to_string(), "{kind}");
            for same in
                ["content-type", "content-disposition", "content-security-policy", "x-frame-options", "etag"]
            {
                assert_eq!(said(&part, same), said(&whole, same), "{kind} {same}");
                assert!(!said(&part, same).is_empty(), "{kind} {same}");
            }
            assert_eq!(said(&part, "x-content-type-options"), "nosniff", "{kind}");
        }
        let beyond = asked(&mut officer, Method::GET, file, &[("range", "bytes=19-")]).await;
        assert_eq!((beyond.status, said(&beyond, "content-range")), (416, "bytes */19"), "{kind}");
        let several = asked(&mut officer, Method::GET, file, &[("range", "bytes=0-1,4-5")]).await;
        assert_eq!((several.status, several.bytes.as_slice()), (200, PDF), "{kind}");

        let range = ("range", "bytes=9-12");
        let same = asked(&mut officer, Method::GET, file, &[range, ("if-range", &tag)]).await;
        assert_eq!((same.status, same.text.as_str()), (206, "0123"), "{kind}");
        let other = asked(&mut officer, Method::GET, file, &[range, ("if-range", "\"another\"")]).await;
        assert_eq!(
            (other.status, other.bytes.as_slice()),
            (200, PDF),
            "{kind}: another content is sent whole"
        );
        let head = asked(&mut officer, Method::HEAD, file, &[range]).await;
        assert_eq!((head.status, head.bytes.len(), said(&head, "content-length")), (200, 0, "19"), "{kind}");
        assert_eq!(said(&head, "accept-ranges"), "bytes", "{kind}");
        let mut foreign = played.office.signed_in("officer-b").await;
        let refused = asked(&mut foreign, Method::GET, file, &[range]).await;
        assert_eq!((refused.status, said(&refused, "etag")), (403, ""), "{kind}: a part is of the document");
    }
}

/// What browsers and others send as the name of a file.
const NAMES: [(&str, &str); 4] = [
    ("Báo cáo quý IV.pdf", "B%C3%A1o%20c%C3%A1o%20qu%C3%BD%20IV.pdf"),
    ("a\\\"; filename=b.exe; x=\\\".pdf", "%20filename%3Db.exe%3B%20x%3D.pdf"),
    ("ke\u{202e}fdp.exe\u{2066}.pdf", "kefdp.exe.pdf"),
    ("..\\..\\c\u{200b}ong\u{a0}van.pdf", "cong%20van.pdf"),
];

#[tokio::test]
async fn a_name_is_a_name_whatever_stands_in_it() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let mut officer = played.office.signed_in("officer").await;
        for (number, (name, shown)) in NAMES.into_iter().enumerate() {
            officer.get(&at).await;
            let sent = officer.parts_with(&format!("{at}/evidence"), &[], (name, PDF)).await;
            assert_eq!(sent.status, 303, "{kind} {name}: {}", sent.text);
            let file = officer.get(&format!("/evidence/{}", number + 1)).await;
            let disposition = said(&file, "content-disposition");
            assert!(disposition.starts_with("inline; filename*=UTF-8''"), "{kind}: {disposition}");
            assert!(disposition.ends_with(shown), "{kind} {name}: {disposition}");
            assert_eq!(disposition.matches([';', '"']).count(), 1, "{kind}: {disposition}");
        }
        // The same by the other way in.
        let place = officer.announce("ke\u{202e}fdp.exe\r\nx: y.pdf", PDF.len()).await.location.unwrap();
        assert_eq!(officer.send_part(&place, 0, PDF, false).await.status, 204, "{kind}");
        let id = place.rsplit('/').next().unwrap();
        assert_eq!(officer.attach_uploads(&format!("{at}/evidence"), id).await.status, 303, "{kind}");
        let file = officer.get("/evidence/5").await;
        assert!(said(&file, "content-disposition").ends_with("''kefdp.exex%20y.pdf"), "{kind}: {file:?}");
    }
}
