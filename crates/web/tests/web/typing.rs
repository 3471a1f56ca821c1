//! What is typed stays: answered field by field, and kept beside what others change.

use axum::body::Body;
use axum::http::Request;
use parindex_testkit::{Browser, Reply, databases};

use crate::campaign::{Prepared, hidden, ratio};

mod day;
mod number;
mod whole;

/// A save by the page itself, as the script sends it.
pub async fn by_itself(browser: &mut Browser, at: &str, fields: &[(&str, &str)]) -> Reply {
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
