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
        let page = officer.get(&at).await.in_one_line();
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
        let days = [("title", "Năm 2025"), ("from", "1/1/2025"), ("to", "31.12.2025"), ("visibility", "own")];
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

/// A form that somebody sends from a page is refused, and says this.
async fn is_refused(
    played: &Prepared,
    login: &str,
    [page, path]: [&str; 2],
    fields: &[(&str, &str)],
    says: &[&str],
) {
    let mut browser = played.office.signed_in(login).await;
    browser.get(page).await;
    let refused = browser.post(path, fields).await;
    let said = says.iter().all(|says| refused.text.contains(says));
    assert!(refused.status == 422 && said, "{path}: {}", refused.text);
}

/// A year that nobody can mean is refused wherever a day or a moment of a campaign is typed, each at its field, with what can be.
#[tokio::test]
async fn a_year_that_no_campaign_can_mean_is_refused() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (campaign, sheet) = (format!("/campaigns/{}", played.campaign), played.sheets[0]);
        let (prepare, at, by) = (format!("{campaign}/prepare"), played.at("1.1.2"), "standing-body");
        let period = "quá xa: kỳ đánh giá của năm 2025 phải từ năm 2024 đến năm 2026";
        let steps = "quá xa: thời gian các bước của đợt đánh giá năm 2025 phải từ năm 2024 đến năm 2028";
        let (first, last) = (format!("«01/01/1926» {period}"), format!("«31/12/2126» {period}"));
        let days = [("title", "Năm 2025"), ("from", "01/01/1926"), ("to", "31/12/2126")];
        let describe = format!("{campaign}/describe");
        is_refused(&played, by, [&prepare, &describe], &days, &[&first, &last]).await;
        let opens = format!("Mở từ: «02/03/1926» {steps}");
        let closes = format!("Khóa lúc: «02/03/2126» {steps}");
        let days = [("opens.self", "02/03/1926 07:00"), ("closes.self", "02/03/2126 17:00")];
        let windows = format!("{campaign}/windows");
        is_refused(&played, by, [&prepare, &windows], &days, &[&opens, &closes]).await;
        let far = format!("«02/03/2126» {steps}");
        let until = ("until", "02/03/2126 17:00");
        let more = [until, ("reason", "Mất điện"), ("signer", "Giám đốc"), ("at", "1.1.2")];
        let extend = format!("/sheets/{sheet}/extend");
        is_refused(&played, by, [&at, &extend], &more, &[&format!("Đến: {far}")]).await;
        let back = [until, ("remark", "Thiếu"), ("signer", "Giám đốc"), ("at", "1.1.2")];
        let give_back = format!("/sheets/{sheet}/give-back");
        is_refused(&played, by, [&at, &give_back], &back, &[&format!("Nộp lại trước: {far}")]).await;
        let explain = [("explain_until", "02/03/2126 17:00")];
        let release = format!("{campaign}/release/1");
        is_refused(&played, by, [&campaign, &release], &explain, &[&format!("Hạn giải trình: {far}")]).await;
        let begun = [("code", "xa"), ("title", "Năm xa"), ("year", "2062")];
        let years = "Năm 2062 quá xa: năm đánh giá từ 2000 đến 2028";
        is_refused(&played, by, ["/campaigns/new", "/campaigns/begin"], &begun, &[years]).await;
    }
}

#[tokio::test]
async fn a_year_that_no_unit_and_no_calendar_can_mean_is_refused() {
    for database in databases().await {
        let (played, by) = (Prepared::opened(&database).await, "administrator");
        let unit = [("code", "MOI"), ("name", "Sở Mới"), ("level", "department")];
        let of_unit = |more: (&'static str, &'static str)| [unit.as_slice(), &[more]].concat();
        let new = of_unit(("valid_to", "31/12/2126"));
        let says = "«31/12/2126» quá xa: ngày của đơn vị";
        is_refused(&played, by, ["/units/new", "/units/new"], &new, &[says]).await;
        let succeed = format!("/units/{}/succeed", played.office.units["A"]);
        let became = of_unit(("on_day", "01/03/2126"));
        let says = "Ngày hiệu lực: «01/03/2126» quá xa: ngày của đơn vị";
        is_refused(&played, by, [&succeed, &succeed], &became, &[says]).await;
        let day = [("day", "30/04/2072"), ("kind", "off"), ("source", "QĐ 1")];
        let says = "«30/04/2072» quá xa: ngày nghỉ, ngày làm bù";
        is_refused(&played, by, ["/calendar", "/calendar"], &day, &[says]).await;
    }
}

/// A document is issued before it is sent in.
#[tokio::test]
async fn a_document_of_tomorrow_is_none() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let (at, file) = (played.at("1.1.2"), ("a.pdf", b"%PDF-1.7 x".as_slice()));
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        for (day, says) in [
            ("03/03/2026", "Ngày ban hành: «03/03/2026» chưa tới"),
            ("28/02/2126", "«28/02/2126» chưa tới"),
            ("28/02/1926", "«28/02/1926» quá xa: ngày ban hành"),
        ] {
            let about = [("number", "12/BC"), ("issued_on", day), ("round", "0")];
            let refused = officer.parts_with(&format!("{at}/evidence"), &about, file).await;
            let stays = refused.text.contains(&format!("value=\"{day}\""));
            assert!(
                refused.status == 422 && refused.text.contains(says) && stays,
                "{kind}: {}",
                refused.text
            );
        }
        let about = [("number", "12/BC"), ("issued_on", "02/03/2026"), ("round", "0")];
        let kept = officer.parts_with(&format!("{at}/evidence"), &about, file).await;
        assert_eq!(kept.status, 303, "{kind}: {}", kept.text);
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
