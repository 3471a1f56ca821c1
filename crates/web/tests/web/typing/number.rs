//! Numbers are read as officials write them, and asked back where they could mean two things.

use parindex_testkit::databases;

use super::became;
use crate::campaign::{Prepared, ratio};

/// A count takes marks of thousands; under its field stands how it was read, and what could be another number is refused by its name.
#[tokio::test]
async fn a_count_is_read_with_its_marks_of_thousands() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let at = played.at("1.1.2");
        let mut officer = played.office.signed_in("officer").await;
        for (a, b) in [("1.271", "1 500"), ("1271", "1.500"), ("1,271,000", "1.500.000")] {
            assert_eq!(ratio(&mut officer, &at, (a, b)).await.status, 303, "{kind} {a} {b}");
        }
        assert_eq!(ratio(&mut officer, &at, ("1.271", "1.500")).await.status, 303, "{kind}");
        let page = officer.get(&at).await.text;
        assert_eq!((became(&page, "v.a").1, became(&page, "v.b").1), ("1271".to_owned(), "1500".to_owned()));
        assert!(page.contains("Đọc là") && page.contains("<span class=\"n\">1.271</span>"), "{kind}: {page}");
        for (text, says) in [
            ("1,271", "«1,271» không phải số nguyên; nếu là 1271, hãy viết liền: 1271"),
            ("12,000", "«12,000» chưa rõ là 12000 hay 12; hãy viết 12000 hoặc 12"),
            ("mười", "«mười» không phải là số; hãy viết như 1271"),
            ("-5", "«-5» nhỏ hơn 0"),
        ] {
            let refused = ratio(&mut officer, &at, (text, "1500")).await;
            assert!(refused.status == 422 && refused.text.contains(says), "{kind} {text}: {}", refused.text);
            assert!(!refused.text.contains("trong tệp"), "{kind} {text}: nobody typed a file");
        }
        officer.cookies.insert("lang".to_owned(), "en".to_owned());
        assert_eq!(ratio(&mut officer, &at, ("1,272", "1,500")).await.status, 303, "{kind}");
        let english = officer.get(&at).await.text;
        assert!(english.contains("<span class=\"n\">1,272</span>"), "{kind}: {english}");
    }
}
