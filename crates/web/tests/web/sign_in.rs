//! Signing in: the way in, and all that keeps others out.

use std::num::NonZeroU32;

use parindex_testkit::{Office, PASSWORD, databases};

const MINUTE: i64 = 60 * 1_000_000;

/// A browser that runs away slows down itself, and nobody beside it.
#[tokio::test]
async fn whoever_asks_too_fast_waits_and_the_others_do_not() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::set_up(&database, |settings| settings.requests = NonZeroU32::new(1)).await;
        let (mut hasty, mut calm) = (office.signed_in("officer").await, office.signed_in("head").await);
        let mut refused = None;
        for _ in 0..30 {
            let answer = hasty.get("/account").await;
            if answer.status == 429 {
                refused = Some(answer);
                break;
            }
        }
        let refused = refused.expect("thirty pages in a moment are too many");
        assert!(refused.text.contains("Quá nhiều yêu cầu"), "{}", refused.text);
        let wait: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=2).contains(&wait), "{wait}");
        assert_eq!(hasty.get("/healthz").await.status, 200, "signs of life are free");
        assert_eq!(calm.get("/account").await.status, 200, "the office beside it works on");
    }
}

#[tokio::test]
async fn in_and_out_again() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("officer").await;
        let home = browser.get("/").await;
        assert!(home.text.contains("Người officer"), "{}", database.kind);
        let cookie = browser.cookies.clone();
        assert_eq!(browser.post("/sign-out", &[]).await.location.as_deref(), Some("/sign-in"));
        // The old cookie opens nothing any more.
        browser.cookies = cookie;
        assert_eq!(browser.get("/account").await.location.as_deref(), Some("/sign-in?next=/account"));
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_are_told_alike() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.browser();
        let wrong = browser.sign_in("officer", "sai mật khẩu rồi").await;
        let unknown = browser.sign_in("nobody", "sai mật khẩu rồi").await;
        assert_eq!((wrong.status, unknown.status), (422, 422), "{}", database.kind);
        let without = |text: &str, login: &str| text.replace(login, "…");
        assert_eq!(without(&wrong.text, "officer"), without(&unknown.text, "nobody"));
        assert!(!wrong.text.contains("sai mật khẩu rồi"), "a password never comes back");
    }
}

/// Five failures from one place rest this login there for a quarter of an hour; the office goes on.
#[tokio::test]
async fn guessing_rests_the_login_and_not_the_office() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.browser();
        for _ in 0..5 {
            assert_eq!(browser.sign_in("officer", "đoán mò thôi mà").await.status, 422);
        }
        assert_eq!(browser.sign_in("officer", PASSWORD).await.status, 429, "{}", database.kind);
        assert_eq!(browser.sign_in("head", PASSWORD).await.status, 303, "a colleague at the same address");
        for _ in 0..400 {
            assert_eq!(browser.sign_in("officer", "đoán mò thôi mà").await.status, 429);
        }
        let counted = office.store.failures("login:officer", 0).await.unwrap();
        assert_eq!(counted, 5, "{}: whoever goes on rests nobody elsewhere", database.kind);
        assert_eq!(office.browser().sign_in("head", PASSWORD).await.status, 303, "nor the office");
        office.clock.pass(16 * MINUTE);
        assert_eq!(office.browser().sign_in("officer", PASSWORD).await.status, 303);
    }
}

/// Somebody at an address, with whatever password.
async fn try_from(office: &Office, address: &str, login: &str, password: &str) -> u16 {
    let mut browser = office.browser();
    browser.get("/sign-in").await;
    let form = format!("csrf={}&login={login}&password={}", browser.csrf, password.replace(' ', "+"));
    let mut request = axum::http::Request::post("/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", browser.cookie_header())
        .body(axum::body::Body::from(form))
        .unwrap();
    let peer: std::net::SocketAddr = address.parse().unwrap();
    request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
    browser.request(request).await.status
}

/// Many different logins, there or not, are somebody who guesses; the place rests, and no other place does.
#[tokio::test]
async fn a_place_rests_when_many_logins_fail_there() {
    const HERE: &str = "113.160.0.7:9000";
    for database in databases().await {
        let (office, case) = (Office::new(&database).await, database.kind);
        assert_eq!(try_from(&office, HERE, "ten-0", "x").await, 422, "{case}: the first");
        // What checking a password takes is left out for most of them.
        for number in 1..98 {
            let (key, now) = (format!("both:113.160.0.7 ten-{number}"), office.app.now());
            office.store.count_failure(&key, now, 0).await.unwrap();
        }
        // Whoever mistypes and gets in then counts for nothing, however often.
        for _ in 0..3 {
            assert_eq!(try_from(&office, HERE, "officer", "x").await, 422, "{case}");
            assert_eq!(try_from(&office, HERE, "officer", PASSWORD).await, 303, "{case}");
        }
        assert_eq!(try_from(&office, HERE, "ten-0", "x").await, 422, "{case}: one that had failed before");
        assert_eq!(try_from(&office, HERE, "head", "x").await, 422, "{case}: the ninety-ninth");
        assert_eq!(try_from(&office, HERE, "auditor", "x").await, 422, "{case}: the hundredth");
        for number in 0..20 {
            assert_eq!(try_from(&office, HERE, &format!("moi-{number}"), "x").await, 429, "{case}");
        }
        assert_eq!(try_from(&office, HERE, "officer", PASSWORD).await, 429, "{case}: the place rests");
        let counted = office.store.failing("both:113.160.0.7 ", 0).await.unwrap();
        assert_eq!(counted, 100, "{case}: names that are made up then are kept nowhere");
        assert_eq!(
            try_from(&office, "113.160.0.70:9000", "officer", PASSWORD).await,
            303,
            "{case}: elsewhere"
        );
        office.clock.pass(16 * MINUTE);
        assert_eq!(try_from(&office, HERE, "officer", PASSWORD).await, 303, "{case}");
    }
}

/// Whoever forgot the password and tries and tries rests his own login, and nobody else in the office.
#[tokio::test]
async fn one_person_rests_nobody_else_however_often() {
    const HERE: &str = "113.160.0.7:9000";
    for database in databases().await {
        let (office, case) = (Office::new(&database).await, database.kind);
        for turn in 0..60 {
            let expected = if turn < 5 { 422 } else { 429 };
            assert_eq!(try_from(&office, HERE, "officer", "x").await, expected, "{case}: {turn}");
            assert_eq!(try_from(&office, HERE, "khong-co", "x").await, expected, "{case}: {turn}");
        }
        assert_eq!(try_from(&office, HERE, "head", PASSWORD).await, 303, "{case}: a colleague");
    }
}

#[tokio::test]
async fn a_closed_account_is_out_at_once() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut officer = office.signed_in("officer").await;
        let mut administrator = office.signed_in("administrator").await;
        let path = format!("/people/{}", office.people["officer"]);
        administrator.get(&path).await;
        administrator.post(&format!("{path}/close"), &[]).await;
        assert_eq!(officer.get("/").await.status, 303, "{}", database.kind);
        assert_eq!(office.browser().sign_in("officer", PASSWORD).await.status, 422);
    }
}

#[tokio::test]
async fn every_sign_in_has_a_new_secret() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let first = office.signed_in("officer").await.cookies["parindex"].clone();
        let second = office.signed_in("officer").await.cookies["parindex"].clone();
        assert_ne!(first, second);
        assert!(first.len() >= 43, "256 bits");
    }
}

#[tokio::test]
async fn no_link_leads_elsewhere_after_signing_in() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.browser();
        browser.get("/sign-in?next=//elsewhere.vn").await;
        let fields = [("login", "officer"), ("password", PASSWORD), ("next", "//elsewhere.vn")];
        assert_eq!(browser.post("/sign-in", &fields).await.location.as_deref(), Some("/"));
    }
}

#[tokio::test]
async fn whoever_finds_an_open_browser_guesses_the_password_only_so_often() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("officer").await;
        let fields =
            |old| [("old", old), ("password", "một mật khẩu mới hẳn"), ("again", "một mật khẩu mới hẳn")];
        browser.get("/account").await;
        for _ in 0..10 {
            let wrong = browser.post("/account/password", &fields("đoán mò")).await;
            assert!(wrong.text.contains("Mật khẩu hiện nay không đúng"), "{}", wrong.text);
        }
        let right = browser.post("/account/password", &fields(PASSWORD)).await;
        assert!(right.status == 422 && right.text.contains("Sai nhiều lần"), "{}", right.text);
        office.clock.pass(16 * MINUTE);
        assert_eq!(browser.post("/account/password", &fields(PASSWORD)).await.status, 200);
    }
}

/// The machine’s clock is corrected by a day while people work.
#[tokio::test]
async fn a_clock_set_back_signs_nobody_out_and_breaks_no_log() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        office.clock.pass(-24 * 60 * MINUTE);
        assert_eq!(browser.get("/units").await.status, 200, "{}", database.kind);
        let path = format!("/people/{}", office.people["officer"]);
        browser.get(&path).await;
        assert_eq!(browser.post(&format!("{path}/close"), &[]).await.status, 303, "{}", database.kind);
        assert_eq!(office.signed_in("auditor").await.get("/audit").await.status, 200);
        office.clock.pass(24 * 60 * MINUTE);
        assert_eq!(browser.get("/units").await.status, 200, "{}", database.kind);
        assert!(office.store.verify_audit().await.unwrap().is_ok(), "{}", database.kind);
    }
}
