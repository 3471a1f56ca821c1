//! Signing in: the way in, and all that keeps others out.

use std::num::NonZeroU32;

use parindex_domain::right::Role;
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
        office.clock.pass(16 * MINUTE);
        assert_eq!(office.browser().sign_in("officer", PASSWORD).await.status, 303);
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

/// The code that a phone shows for a secret at a time.
fn code(secret: &str, now: i64) -> String {
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(now / 1_000_000).unwrap()).to_string()
}

#[tokio::test]
async fn a_role_that_needs_a_second_factor_waits_for_it_and_then_asks_for_it() {
    for database in databases().await {
        let office = Office::with_second_factor(&database, vec![Role::SurveyBody]).await;
        let mut browser = office.signed_in("survey-body").await;
        assert_eq!(
            browser.get("/").await.location.as_deref(),
            Some("/account?needed=1"),
            "{}",
            database.kind
        );
        let page = browser.post("/account/second-factor/begin", &[]).await.text;
        let secret =
            page.split("name=\"secret\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let wrong = browser.post("/account/second-factor", &[("secret", &secret), ("code", "000000")]).await;
        assert_eq!(wrong.status, 422);
        let first = code(&secret, office.app.now());
        let done =
            browser.post("/account/second-factor", &[("secret", &secret), ("code", &first)]).await.text;
        let recovery =
            done.split("<ul class=\"codes\"><li>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        assert_eq!(browser.get("/").await.status, 200, "the pages open");

        let mut other = office.browser();
        assert_eq!(other.sign_in("survey-body", PASSWORD).await.location.as_deref(), Some("/sign-in/code"));
        assert_eq!(other.get("/").await.status, 303, "half a session opens nothing");
        other.get("/sign-in/code").await;
        let spent = other.post("/sign-in/code", &[("code", &first)]).await;
        assert_eq!(spent.status, 422, "a code works once, even within its half minute");
        office.clock.pass(MINUTE);
        let half = other.cookies.clone();
        other.get("/sign-in/code").await;
        let next = code(&secret, office.app.now());
        assert_eq!(other.post("/sign-in/code", &[("code", &next)]).await.location.as_deref(), Some("/"));
        assert_eq!(other.get("/").await.status, 200);
        other.cookies = half;
        assert_eq!(other.get("/").await.status, 303, "the half session is gone");

        browser.get("/account").await;
        for old in ["", "000000", next.as_str()] {
            let kept = browser.post("/account/second-factor/drop", &[("old", old)]).await;
            assert_eq!(kept.status, 422, "whoever finds an open browser has no phone: «{old}»");
            let moved = [("secret", secret.as_str()), ("code", &next), ("old", old)];
            assert_eq!(browser.post("/account/second-factor", &moved).await.status, 422, "«{old}»");
        }

        let mut lost = office.browser();
        lost.sign_in("survey-body", PASSWORD).await;
        lost.get("/sign-in/code").await;
        assert_eq!(lost.post("/sign-in/code", &[("code", &recovery)]).await.location.as_deref(), Some("/"));
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
