//! A document that arrives in parts, over a line that breaks.

use axum::http::Method;
use parindex_testkit::databases;

use crate::campaign::Prepared;

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
            officer.attach_uploads(&format!("{at}/evidence"), place.rsplit('/').next().unwrap()).await;
        assert!(early.status == 422 && early.text.contains("Tệp chưa gửi xong"), "{kind}: {}", early.text);
        let state = officer.tus(Method::HEAD, &place, &[], axum::body::Body::empty()).await;
        assert_eq!(state.headers["upload-offset"], "15000", "{kind}");
        assert_eq!(state.headers["upload-length"], content.len().to_string().as_str(), "{kind}");
        let again = officer.send_part(&place, 0, &content[..15_000], false).await;
        assert_eq!(again.status, 409, "{kind}: nothing is taken twice");
        assert_eq!(officer.send_part(&place, 15_000, &content[15_000..], false).await.status, 204, "{kind}");
        let done = officer.attach_uploads(&format!("{at}/evidence"), place.rsplit('/').next().unwrap()).await;
        assert_eq!(done.status, 303, "{kind}: {}", done.text);
        let had = officer.get("/evidence/1").await;
        assert!(had.bytes == content, "{kind}: byte for byte");
        assert!(had.headers["content-disposition"].to_str().unwrap().contains("inline"), "{kind}");
        let over = officer.tus(Method::HEAD, &place, &[], axum::body::Body::empty()).await;
        assert_eq!(over.status, 404, "{kind}: the upload is over");
    }
}

#[tokio::test]
async fn an_upload_is_nobody_elses_and_no_form_of_another_site_begins_one() {
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
        let stolen = head.attach_uploads(&format!("{at}/evidence"), place.rsplit('/').next().unwrap()).await;
        assert_eq!(stolen.status, 422, "{kind}: {}", stolen.text);
        let forged = officer.post_bare("/uploads", &[]).await;
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
