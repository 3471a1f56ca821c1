//! What is typed is never cut: it is kept whole, or refused and still in its field.

use parindex_testkit::{Office, databases};

use super::by_itself;
use crate::campaign::Prepared;

/// A text over its limit is refused with how much is too much; all of it stays in the field, and nothing of it is stored.
#[tokio::test]
async fn nothing_is_cut_in_silence() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let at = played.at("1.1.2");
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let long = format!("{}KẾT", "ă".repeat(5_817));
        let says = "dài 5.820 ký tự, quá 820 ký tự so với giới hạn 5.000";
        for by_script in [false, true] {
            let typed = [("note", long.as_str()), ("was.note", ""), ("seen.note", "0")];
            let refused = if by_script {
                by_itself(&mut officer, &at, &typed).await
            } else {
                officer.post(&at, &typed).await
            };
            assert!(refused.status == 422 && refused.text.contains(says), "{kind}: {}", refused.text);
            assert!(refused.text.contains("KẾT</textarea>"), "{kind}: its end is there");
        }
        assert!(!officer.get(&at).await.text.contains("ăăă"), "{kind}: nothing of it is stored");
        // As many as are allowed, with line breaks as browsers send them.
        let most = format!("{}\r\n{}\tHẾT", "ă".repeat(2_495), "b".repeat(2_500));
        assert_eq!(officer.post(&at, &[("note", &most), ("was.note", "")]).await.status, 303, "{kind}");
        assert!(officer.get(&at).await.text.contains("b HẾT</textarea>"), "{kind}: a tab is a space");
    }
}

/// The same in the forms of the standing body.
#[tokio::test]
async fn a_line_that_is_too_long_stays_in_its_form() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let long = format!("{}KẾT", "ă".repeat(5_817));
        let mut standing = played.office.signed_in("standing-body").await;
        let campaign = format!("/campaigns/{}", played.campaign);
        standing.get(&format!("{campaign}/prepare")).await;
        let (line, member) = ("x".repeat(1_001), played.sheets[0]);
        let later = "02/03/2026 23:00";
        for (path, fields) in [
            (
                format!("{campaign}/describe"),
                vec![
                    ("title", "x"),
                    ("legal_basis", line.as_str()),
                    ("from", "01/01/2025"),
                    ("to", "31/12/2025"),
                ],
            ),
            (
                format!("{campaign}/describe"),
                vec![("title", "x"), ("note", long.as_str()), ("from", "01/01/2025"), ("to", "31/12/2025")],
            ),
            (format!("{campaign}/rounds/add"), vec![("name", line.as_str())]),
            (
                format!("/sheets/{member}/extend"),
                vec![("until", later), ("reason", line.as_str()), ("signer", "y"), ("at", "1.1.2")],
            ),
            (
                format!("/sheets/{member}/give-back"),
                vec![("until", later), ("remark", line.as_str()), ("signer", "y"), ("at", "1.1.2")],
            ),
            (format!("/sheets/{member}/standing"), vec![("standing", "exempt"), ("reason", line.as_str())]),
            ("/phrases".to_owned(), vec![("text", line.as_str())]),
        ] {
            let refused = standing.post(&path, &fields).await;
            assert!(
                refused.status == 422 && refused.text.contains("ký tự so với giới hạn"),
                "{kind} {path}: {}",
                refused.text
            );
            assert!(
                refused.text.contains(&line) || refused.text.contains("KẾT"),
                "{kind} {path}: it stays in its field"
            );
        }
    }
}

/// What is said about a document is taken whole or refused, and its day is one.
#[tokio::test]
async fn what_is_said_of_a_document_is_kept_whole() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let (line, at) = ("x".repeat(1_001), played.at("1.1.2"));
        officer.get(&at).await;
        let about = [("number", line.as_str()), ("issued_on", "01/03/2026"), ("round", "0")];
        let refused = officer.parts_with(&format!("{at}/evidence"), &about, ("a.pdf", b"%PDF-1.7 x")).await;
        assert!(refused.status == 422 && refused.text.contains(&line), "{kind}: {}", refused.text);
        let about = [("number", "12/BC"), ("issued_on", "30/02/2026"), ("round", "0")];
        let refused = officer.parts_with(&format!("{at}/evidence"), &about, ("a.pdf", b"%PDF-1.7 x")).await;
        assert!(
            refused.status == 422 && refused.text.contains("value=\"30/02/2026\""),
            "{kind}: {}",
            refused.text
        );
        let about = [("number", "12/BC"), ("issued_on", "1/3/2026"), ("round", "0")];
        let kept = officer.parts_with(&format!("{at}/evidence"), &about, ("a.pdf", b"%PDF-1.7 x")).await;
        assert_eq!(kept.status, 303, "{kind}: {}", kept.text);
        assert!(officer.get(&at).await.text.contains("01/3/2026"), "{kind}");
    }
}

/// A unit’s days are shown as they are typed, and a person’s position is not cut.
#[tokio::test]
async fn units_and_people_keep_what_was_typed() {
    for database in databases().await {
        let (office, kind) = (Office::new(&database).await, database.kind);
        let mut browser = office.signed_in("administrator").await;
        browser.get("/units/new").await;
        let unit = |kind: &'static str, from: &'static str| {
            [
                ("code", "NEW"),
                ("name", "Sở mới"),
                ("level", "department"),
                ("kind", kind),
                ("valid_from", from),
            ]
        };
        let refused = browser.post("/units/new", &unit("Sở", "30/02/2025")).await;
        assert!(
            refused.status == 422 && refused.text.contains("value=\"30/02/2025\""),
            "{kind}: {}",
            refused.text
        );
        let made = browser.post("/units/new", &unit("Sở", "01/07/2025")).await;
        assert_eq!(made.status, 303, "{kind}: {}", made.text);
        let edit = browser.get(&format!("{}/edit", made.location.unwrap())).await.text;
        assert!(edit.contains("value=\"01/07/2025\""), "{kind}: {edit}");
        let title = "Phó ".repeat(40);
        browser.get("/people/new").await;
        let typed = [("login", "moi.nguoi"), ("name", "Người Mới"), ("title", title.as_str())];
        let refused = browser.post("/people/new", &typed).await;
        assert!(refused.status == 422 && refused.text.contains("quá 39 ký tự"), "{kind}: {}", refused.text);
    }
}
