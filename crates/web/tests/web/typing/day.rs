//! Days and moments are read as officials write them, wherever they are asked for.

use parindex_testkit::databases;

use crate::campaign::Prepared;

/// A day is one change, however it is written; what is no day, or far from the assessed period, is not taken for one.
#[tokio::test]
async fn a_day_of_a_figure_is_read_as_officials_write_it() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let (at, name) = (played.at("1.1.1"), "v.ngày thực hiện");
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let (was, seen) = (format!("was.{name}"), format!("seen.{name}"));
        for (text, revision) in
            [("20/01/2023", "0"), ("25012023", "1"), ("1.2.2023", "2"), ("2023-01-26", "3")]
        {
            let typed = [(name, text), (was.as_str(), "?"), (seen.as_str(), revision)];
            let kept = officer.post(&at, &typed).await;
            assert_eq!(kept.status, 303, "{kind} {text}: {}", kept.text);
        }
        let page = officer.get(&at).await.text;
        assert!(page.contains("value=\"26/01/2023\"") && !page.contains("type=\"date\""), "{kind}: {page}");
        assert!(page.contains("<del>01/02/2023</del> <ins>26/01/2023</ins>"), "{kind}: {page}");
        assert!(
            page.contains("Ngày thực hiện: <del>"),
            "{kind}: by its name, not by that of the rule: {page}"
        );
        for (text, says) in [
            ("31/02/2023", "không có ngày «31/02/2023»"),
            ("25/01/23", "chưa đủ bốn chữ số"),
            ("25/01/0021", "nằm ngoài 1900–2200"),
            ("hôm qua", "không phải là ngày"),
        ] {
            let wrong = officer.post(&at, &[(name, text), (seen.as_str(), "4")]).await;
            assert!(wrong.status == 422 && wrong.text.contains(says), "{kind} {text}: {}", wrong.text);
            assert!(wrong.text.contains(&format!("value=\"{text}\"")));
        }
        // The campaign is about 2025: a day of 2012 or 2028 is a slip of a key.
        for far in ["25/01/2012", "25/01/2028"] {
            let refused = officer.post(&at, &[(name, far), (seen.as_str(), "4")]).await;
            let says = refused.text.contains("01/01/2025 – 31/12/2025");
            assert!(refused.status == 422 && says, "{kind}: {}", refused.text);
        }
        assert_eq!(
            officer.post(&at, &[(name, "25/01/2026"), (seen.as_str(), "4")]).await.status,
            303,
            "{kind}"
        );
        let beside = officer.get(&at).await.text;
        assert!(beside.contains("value=\"25/01/2026\""), "{kind}");
        let remark = "ngày 25/01/2026 nằm ngoài kỳ đánh giá 01/01/2025 – 31/12/2025";
        assert!(beside.contains(remark), "{kind}: {beside}");
        officer.cookies.insert("lang".to_owned(), "en".to_owned());
        let english = officer.get(&at).await.text;
        assert!(
            english.contains("value=\"25/01/2026\"") && english.contains("placeholder=\"dd/mm/yyyy\""),
            "{kind}"
        );
    }
}

/// Wherever a day or a moment is asked for it is read as it is shown, and what cannot be read is said and stays in its field.
#[tokio::test]
async fn every_form_reads_days_and_moments_alike() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let mut standing = played.office.signed_in("standing-body").await;
        let campaign = format!("/campaigns/{}", played.campaign);
        let prepare = format!("{campaign}/prepare");
        let page = standing.get(&prepare).await.text;
        assert!(
            page.contains("value=\"02/03/2026 07:00\"") && !page.contains("datetime-local"),
            "{kind}: {page}"
        );
        let days = [("title", "Năm 2025"), ("from", "1/1/2025"), ("to", "31.12.2025"), ("sight", "own")];
        assert_eq!(standing.post(&format!("{campaign}/describe"), &days).await.status, 303, "{kind}");
        assert!(standing.get(&prepare).await.text.contains("value=\"31/12/2025\""), "{kind}");
        let window = format!("{campaign}/windows");
        let moments = [("opens.self", "02/03/2026 07:00"), ("closes.self", "08h12 02/03/2026")];
        assert_eq!(standing.post(&window, &moments).await.status, 303, "{kind}");
        assert!(standing.get(&prepare).await.text.contains("value=\"02/03/2026 08:12\""), "{kind}");
        let wrong = [
            (
                window,
                vec![("opens.self", "02/03/2026"), ("closes.self", "02/03/2026 08:12")],
                "còn thiếu giờ",
            ),
            (
                format!("{campaign}/describe"),
                vec![("title", "x"), ("from", "31/02/2025"), ("to", "31/12/2025")],
                "«31/02/2025»",
            ),
            (
                format!("/sheets/{}/extend", played.sheets[0]),
                vec![("until", "mai"), ("reason", "x"), ("signer", "y"), ("at", "1.1.2")],
                "«mai»",
            ),
            (
                format!("/sheets/{}/give-back", played.sheets[0]),
                vec![("until", "02/13/2026 17:00"), ("remark", "x"), ("signer", "y"), ("at", "1.1.2")],
                "«02/13/2026 17:00»",
            ),
            (
                format!("{campaign}/release/1"),
                vec![("explain_until", "02/03/26 17:00")],
                "chưa đủ bốn chữ số",
            ),
        ];
        for (path, fields, says) in wrong {
            let refused = standing.post(&path, &fields).await;
            assert!(refused.status == 422 && refused.text.contains(says), "{kind} {path}: {}", refused.text);
        }
    }
}

/// A day that only chooses what is shown is read alike, and one that cannot be read is not taken for none.
#[tokio::test]
async fn filters_by_day_say_what_they_could_not_read() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let mut standing = played.office.signed_in("standing-body").await;
        for path in ["/units?day=31%2F02%2F2025", "/units/tree?day=31%2F02%2F2025"] {
            let refused = standing.get(path).await;
            assert!(
                refused.status == 422 && refused.text.contains("value=\"31/02/2025\""),
                "{kind}: {}",
                refused.text
            );
        }
        assert!(
            standing.get("/units?day=1%2F7%2F2025").await.text.contains("value=\"01/07/2025\""),
            "{kind}"
        );
        let mut auditor = played.office.signed_in("auditor").await;
        let filtered = auditor.get("/audit?from=02%2F03%2F2026&to=02032026").await.text;
        assert!(filtered.contains("02/03/2026"), "{kind}: {filtered}");
        let refused = auditor.get("/audit?from=ngay+mai").await;
        assert!(refused.status == 422 && refused.text.contains("«ngay mai»"), "{kind}: {}", refused.text);
    }
}
