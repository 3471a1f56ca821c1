//! A document that proves several criteria, offered again and named wherever it is used.

use parindex_testkit::{Browser, databases};

use crate::campaign::Prepared;

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
        let page = officer.get(&other).await.in_one_line();
        assert_eq!(page.matches("(1.1.2)</option>").count(), 20, "{kind}");
        assert!(
            !page.contains("Kế hoạch đầu năm") && page.contains("Chỉ hiện 20 tài liệu mới nhất"),
            "{kind}"
        );
        let found = officer.get(&format!("{other}?find=dau+ke+hoach")).await.in_one_line();
        assert_eq!(found.matches("(1.1.2)</option>").count(), 1, "{kind}");
        assert!(found.contains("Kế hoạch đầu năm (1.1.2)"), "{kind}: {found}");
        assert!(found.contains("Đã tìm thấy, hãy chọn ở ô trên"), "{kind}: {found}");
        let none = officer.get(&format!("{other}?find=nghi+quyet")).await.in_one_line();
        assert!(none.contains("Không tìm thấy tài liệu nào khác trong phiếu"), "{kind}");
        // Of an address that stands here already, no other place is offered.
        let again = officer.parts_with(&format!("{other}/evidence"), &[("reuse", "1")], ("", b"")).await;
        assert_eq!(again.status, 303, "{kind}: {}", again.text);
        let page = officer.get(&other).await.in_one_line();
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
