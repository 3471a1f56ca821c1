//! Signing in: the way in, and all that keeps others out.

use parindex_testkit::{Office, PASSWORD, databases};

const MINUTE: i64 = 60 * 1_000_000;

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
