//! Many large files at once: read in turn, refused with what to do, and pages are served meanwhile.

use parindex_package::archive::zip;
use parindex_testkit::{Browser, Office, databases};

/// A workbook of few bytes that unpacks to more than a server takes in: rows of equal text.
fn inflated() -> Vec<u8> {
    let sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let links = "http://schemas.openxmlformats.org/package/2006/relationships";
    let row = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "Sở ".repeat(600));
    let rows = row.repeat(13_000);
    let part = |path: &str, content: String| (path.to_owned(), content.into_bytes());
    let files = [
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{links}\"><Relationship Id=\"r\" Type=\"{of}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{sheet}\" xmlns:r=\"{of}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>"
            ),
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{links}\"><Relationship Id=\"r\" Type=\"{of}/worksheet\" Target=\"worksheets/a.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/worksheets/a.xml",
            format!("<worksheet xmlns=\"{sheet}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    zip(&files).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn inflated_workbooks_that_come_at_once_are_refused_one_after_the_other() {
    let book = inflated();
    assert!(book.len() < 300_000, "{}", book.len());
    for database in databases().await {
        let office = Office::new(&database).await;
        let first = office.signed_in("administrator").await;
        let page = "/units/import";
        let sent = (0..6).map(|_each| {
            let mut browser =
                Browser::with_cookies(parindex_web::router(office.app.clone()), &first.cookie_header());
            let book = book.clone();
            tokio::spawn(async move { browser.upload(page, "don-vi.xlsx", &book).await })
        });
        for each in sent.collect::<Vec<_>>() {
            let refused = each.await.unwrap();
            assert_eq!(refused.status, 422, "{}: {}", database.kind, refused.text);
            assert!(refused.text.contains("quá lớn (giới hạn 24 MB sau khi giải nén)"), "{}", refused.text);
        }
    }
}
