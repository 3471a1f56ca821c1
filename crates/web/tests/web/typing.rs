//! What is typed stays: answered field by field, kept beside what others change, read as it is written, and never cut.

use axum::body::Body;
use axum::http::Request;
use parindex_testkit::{Answer, Browser, Office, databases};

use crate::campaign::{Prepared, hidden, ratio};

/// A save by the page itself, as the script sends it.
async fn by_itself(browser: &mut Browser, at: &str, fields: &[(&str, &str)]) -> Answer {
    let encode = |text: &str| {
        let byte = |byte: u8| format!("%{byte:02X}");
        text.bytes().map(byte).collect::<String>()
    };
    let token = browser.csrf.clone();
    let all = [("csrf", token.as_str())].into_iter().chain(fields.iter().copied());
    let body: Vec<String> = all.map(|(name, text)| format!("{}={}", encode(name), encode(text))).collect();
    let request = Request::post(at)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("hx-request", "true")
        .header("cookie", browser.cookie_header())
        .body(Body::from(body.join("&")));
    browser.request(request.unwrap()).await
}

/// What became of a field, and what the server keeps there now.
fn became(page: &str, name: &str) -> (String, String) {
    let (_, rest) = page.split_once(&format!("data-of=\"{name}\"")).unwrap();
    let of = |mark: &str| rest.split_once(mark).unwrap().1.split('"').next().unwrap().to_owned();
    (of("data-became=\""), of("data-stands=\""))
}

fn of(became: &str, stands: &str) -> (String, String) {
    (became.to_owned(), stands.to_owned())
}

/// The form of 1.1.2 as one page made it and one person changed it.
fn form<'f>(
    [a, was_a]: [&'f str; 2],
    [b, was_b]: [&'f str; 2],
    seen: [&'f str; 2],
) -> [(&'f str, &'f str); 6] {
    let [seen_a, seen_b] = seen;
    [
        ("v.a", a),
        ("was.v.a", was_a),
        ("seen.v.a", seen_a),
        ("v.b", b),
        ("was.v.b", was_b),
        ("seen.v.b", seen_b),
    ]
}

/// Two people with the same page open, each in a field of his own: both are saved, with script and without.
#[tokio::test]
async fn what_nobody_touched_is_not_sent_as_if_he_had() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let at = played.at("1.1.2");
        let (mut first, mut second) =
            (played.office.signed_in("officer").await, played.office.signed_in("head").await);
        assert_eq!(ratio(&mut first, &at, ("312", "500")).await.status, 303, "{kind}");
        second.get(&at).await;
        let typed = form(["401", "312"], ["500", "500"], ["1", "1"]);
        assert_eq!(first.post(&at, &typed).await.status, 303, "{kind}");
        // The page of the second still shows 312; he types only b.
        let typed = form(["312", "312"], ["577", "500"], ["1", "1"]);
        assert_eq!(second.post(&at, &typed).await.status, 303, "{kind}");
        let page = second.get(&at).await.text;
        assert_eq!((became(&page, "v.a").1, became(&page, "v.b").1), ("401".to_owned(), "577".to_owned()));
        // By script: the answer tells him what the other one saved.
        let typed = form(["450", "401"], ["577", "577"], ["2", "2"]);
        assert_eq!(first.post(&at, &typed).await.status, 303, "{kind}");
        let typed = form(["401", "401"], ["600", "577"], ["2", "2"]);
        let answer = by_itself(&mut second, &at, &typed).await;
        assert_eq!(answer.status, 200, "{kind}: {}", answer.text);
        assert!(answer.text.contains("id=\"revisions\" data-answers"), "{kind}: {}", answer.text);
        assert_eq!(became(&answer.text, "v.a"), of("", "450"), "{kind}");
        assert_eq!(became(&answer.text, "v.b"), of("kept", "600"), "{kind}");
    }
}

/// Only the field that both changed asks, and whoever saves it again means it.
#[tokio::test]
async fn only_the_field_that_both_changed_asks() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let at = played.at("1.1.2");
        let (mut first, mut second) =
            (played.office.signed_in("officer").await, played.office.signed_in("head").await);
        assert_eq!(ratio(&mut first, &at, ("7", "10")).await.status, 303, "{kind}");
        second.get(&at).await;
        let both = form(["8", ""], ["12", ""], ["0", "0"]);
        let answer =
            by_itself(&mut second, &at, &[both.as_slice(), &[("note", "vì mưa"), ("was.note", "")]].concat())
                .await;
        assert_eq!(answer.status, 409, "{kind}: {}", answer.text);
        assert_eq!(became(&answer.text, "v.a"), of("overtaken", "7"), "{kind}");
        assert_eq!(
            became(&answer.text, "note"),
            of("kept", "vì mưa"),
            "{kind}: a colleague’s figure is no reason to lose a note"
        );
        assert!(
            answer.text.contains("đã ghi «7»") && answer.text.contains("value=\"8\""),
            "{kind}: {}",
            answer.text
        );
        // Without script: what was seen is what the next form says was there.
        let refused = second.post(&at, &form(["8", ""], ["10", "10"], ["0", "1"])).await;
        assert_eq!(refused.status, 409, "{kind}: {}", refused.text);
        assert_eq!(
            (hidden(&refused.text, "was.v.a"), hidden(&refused.text, "seen.v.a")),
            ("7", "1"),
            "{kind}"
        );
        assert!(refused.text.contains("Chưa lưu: xem dòng chữ đỏ"), "{kind}: {}", refused.text);
        assert_eq!(second.post(&at, &form(["8", "7"], ["10", "10"], ["1", "1"])).await.status, 303, "{kind}");
        assert_eq!(became(&second.get(&at).await.text, "v.a").1, "8", "{kind}");
    }
}

/// One field that is wrong keeps no other from being saved, and neither points nor time stand beside it as if they were its own.
#[tokio::test]
async fn a_page_that_saves_by_itself_is_answered_field_by_field() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let at = played.at("1.1.2");
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let typed = form(["nhiều", ""], ["10", ""], ["0", "0"]);
        let answer = by_itself(&mut officer, &at, &typed).await;
        assert_eq!(answer.status, 422, "{kind}: {}", answer.text);
        assert_eq!(became(&answer.text, "v.a"), of("wrong", ""), "{kind}");
        assert_eq!(became(&answer.text, "v.b"), of("kept", "10"), "{kind}");
        assert!(answer.text.contains("value=\"nhiều\""), "{kind}: {}", answer.text);
        assert!(!answer.text.contains("id=\"of-before\" hidden"), "{kind}: the points are said to be older");
        assert!(!answer.text.contains("Đã lưu"), "{kind}: {}", answer.text);
        // A form that is sent whole is kept whole or not at all.
        let whole = officer.post(&at, &form(["ít", ""], ["11", "10"], ["0", "1"])).await;
        assert_eq!(
            (whole.status, became(&whole.text, "v.b").1.as_str()),
            (422, "10"),
            "{kind}: {}",
            whole.text
        );
        assert!(
            whole.text.contains("value=\"11\"") && whole.text.contains("value=\"ít\""),
            "{kind}: {}",
            whole.text
        );
        assert!(!whole.text.contains("data-answers"), "{kind}: nobody takes it for an answer to a script");
        // Nothing touched is nothing changed.
        let nothing = by_itself(&mut officer, &at, &form(["", ""], ["10", "10"], ["0", "1"])).await;
        assert_eq!(
            (nothing.status, became(&nothing.text, "v.b")),
            (200, of("", "10")),
            "{kind}: {}",
            nothing.text
        );
        // A lock says why, where a script finds it.
        played.minutes(20);
        let late = by_itself(&mut officer, &at, &form(["9", ""], ["10", "10"], ["0", "1"])).await;
        assert!(late.status == 409 && !late.text.contains("data-answers"), "{kind}: {}", late.text);
        let why = late.text.split_once("id=\"why\">").unwrap().1.split('<').next().unwrap();
        assert!(why.contains("08:10 ngày 02/3/2026"), "{kind}: {why}");
    }
}

/// Points and “does not apply” share a cell; taking the mark away leaves neither.
#[tokio::test]
async fn a_mark_that_is_taken_away_is_gone_even_when_no_points_are_typed() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let mut officer = played.office.signed_in("officer").await;
        let sheet = format!("/sheets/{}", played.sheets[0]);
        let tree = officer.get(&played.at("1.1.2")).await.text;
        let link = format!("href=\"{sheet}/");
        let links = tree.split(link.as_str()).skip(1);
        let leaves: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
        let mut marked = 0;
        for leaf in leaves.iter().filter(|leaf| leaf.starts_with(|first: char| first.is_ascii_digit())) {
            let at = format!("{sheet}/{leaf}");
            if !officer.get(&at).await.text.contains("name=\"na\"") {
                continue;
            }
            marked += 1;
            let mark = [("na", "on"), ("was.na", ""), ("seen.na", "0")];
            assert_eq!(officer.post(&at, &mark).await.status, 303, "{kind} {leaf}");
            let page = officer.get(&at).await.text;
            assert!(page.contains("name=\"na\" checked"), "{kind} {leaf}: {page}");
            let free = [
                ("was.na", "x"),
                ("seen.na", hidden(&page, "seen.na")),
                ("points", ""),
                ("was.points", ""),
                ("seen.points", "1"),
            ];
            assert_eq!(officer.post(&at, &free).await.status, 303, "{kind} {leaf}");
            assert!(!officer.get(&at).await.text.contains("name=\"na\" checked"), "{kind} {leaf}");
        }
        assert!(marked > 0, "{kind}: some criterion may not apply");
    }
}

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
            assert!(
                wrong.text.contains(&format!("value=\"{text}\"")) && !wrong.text.contains("value=\"sure\"")
            );
        }
        // The campaign is about 2025: a day of 2012 is a slip of a key, or meant.
        let typed = [(name, "25/01/2012"), (seen.as_str(), "4")];
        let asked = officer.post(&at, &typed).await;
        assert!(
            asked.status == 422 && asked.text.contains("01/01/2025 – 31/12/2025"),
            "{kind}: {}",
            asked.text
        );
        assert!(asked.text.contains(&format!("name=\"sure\" value=\"{name}\"")), "{kind}: {}", asked.text);
        let sure = [typed.as_slice(), &[("sure", name)]].concat();
        assert_eq!(officer.post(&at, &sure).await.status, 303, "{kind}");
        assert!(officer.get(&at).await.text.contains("value=\"25/01/2012\""), "{kind}");
        officer.cookies.insert("lang".to_owned(), "en".to_owned());
        let english = officer.get(&at).await.text;
        assert!(
            english.contains("value=\"25/01/2012\"") && english.contains("placeholder=\"dd/mm/yyyy\""),
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
