//! The second factor: switched on, asked for, lost, and encrypted where it is kept.

use std::sync::Arc;

use parindex_domain::right::Role;
use parindex_service::cipher::{Key, Keys};
use parindex_service::second_factor::encrypt_old;
use parindex_store::person::{EncryptSecondFactors, Encryption};
use parindex_testkit::{Browser, Database, Office, PASSWORD, app_over, databases};

const MINUTE: i64 = 60 * 1_000_000;
/// Somebody whose role needs it.
const LOGIN: &str = "survey-body";

/// The code that a phone shows for a secret at a time.
pub fn code(secret: &str, now: i64) -> String {
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(now / 1_000_000).unwrap()).to_string()
}

fn between(page: &str, before: &str, after: char) -> String {
    page.split(before).nth(1).unwrap().split(after).next().unwrap().to_owned()
}

/// The text before the next tag.
fn text(rest: &str) -> String {
    rest.split('<').next().unwrap().to_owned()
}

/// What a phone holds, and two recovery codes on paper.
pub struct Phone {
    pub secret: String,
    recovery: [String; 2],
}

pub async fn enrolled(office: &Office, browser: &mut Browser) -> Phone {
    assert_eq!(browser.get("/").await.location.as_deref(), Some("/account?needed=1"));
    let page = browser.post("/account/second-factor/begin", &[]).await.text;
    let secret = between(&page, "name=\"secret\" value=\"", '"');
    let wrong = browser.post("/account/second-factor", &[("secret", &secret), ("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    let first = code(&secret, office.app.now());
    let done = browser.post("/account/second-factor", &[("secret", &secret), ("code", &first)]).await.text;
    assert_eq!(browser.get("/").await.status, 200, "the pages open");
    let mut codes = done.split("<ul class=\"codes\">").nth(1).unwrap().split("<li>").skip(1).map(text);
    Phone { secret, recovery: [codes.next().unwrap(), codes.next().unwrap()] }
}

async fn office_of(database: &Database) -> Office {
    Office::with_second_factor(database, vec![Role::SurveyBody]).await
}

/// A browser in which the password was given and the code is asked for.
async fn half(mut browser: Browser) -> Browser {
    assert_eq!(browser.sign_in(LOGIN, PASSWORD).await.location.as_deref(), Some("/sign-in/code"));
    assert_eq!(browser.get("/").await.status, 303, "half a session opens nothing");
    browser.get("/sign-in/code").await;
    browser
}

#[tokio::test]
async fn a_role_that_needs_a_second_factor_waits_for_it_and_then_asks_for_it() {
    for database in databases().await {
        let office = office_of(&database).await;
        let mut browser = office.signed_in(LOGIN).await;
        let Phone { secret, recovery } = enrolled(&office, &mut browser).await;

        let mut other = half(office.browser()).await;
        let first = code(&secret, office.app.now());
        let spent = other.post("/sign-in/code", &[("code", &first)]).await;
        assert_eq!(spent.status, 422, "a code works once, even within its half minute: {}", database.kind);
        office.clock.pass(MINUTE);
        let before = other.cookies.clone();
        other.get("/sign-in/code").await;
        let next = code(&secret, office.app.now());
        assert_eq!(other.post("/sign-in/code", &[("code", &next)]).await.location.as_deref(), Some("/"));
        assert_eq!(other.get("/").await.status, 200);
        other.cookies = before;
        assert_eq!(other.get("/").await.status, 303, "the half session is gone");

        browser.get("/account").await;
        for old in ["", "000000", next.as_str()] {
            let kept = browser.post("/account/second-factor/drop", &[("old", old)]).await;
            assert_eq!(kept.status, 422, "whoever finds an open browser has no phone: «{old}»");
            let moved = [("secret", secret.as_str()), ("code", &next), ("old", old)];
            assert_eq!(browser.post("/account/second-factor", &moved).await.status, 422, "«{old}»");
        }

        let mut lost = half(office.browser()).await;
        assert_eq!(
            lost.post("/sign-in/code", &[("code", &recovery[0])]).await.location.as_deref(),
            Some("/")
        );
    }
}

/// A copy of the database is not enough to make codes, and a server without the key says what helps.
#[tokio::test]
async fn without_its_key_a_secret_is_read_by_nobody() {
    for database in databases().await {
        let office = office_of(&database).await;
        let mut browser = office.signed_in(LOGIN).await;
        let Phone { secret, recovery } = enrolled(&office, &mut browser).await;
        let kept = office.store.second_factors().await.unwrap();
        assert!(kept.len() == 1 && !kept[0].1.contains(&secret), "{}: {kept:?}", database.kind);

        let elsewhere =
            app_over(office.store.clone(), database.files(), Arc::clone(&office.clock), |settings| {
                settings.second_factor = vec![Role::SurveyBody];
            });
        assert_eq!(encrypt_old(&elsewhere.service, &elsewhere.settings.keys).await.unwrap().unreadable, 1);
        let mut browser = half(Browser::new(parindex_web::router(elsewhere.clone()))).await;
        office.clock.pass(MINUTE);
        let right = code(&secret, office.app.now());
        let unread = browser.post("/sign-in/code", &[("code", &right)]).await;
        assert!(unread.status == 422 && unread.text.contains("tệp khóa đã thay"), "{}", unread.text);
        let helped = browser.post("/sign-in/code", &[("code", &recovery[0])]).await;
        assert_eq!(helped.location.as_deref(), Some("/"));
        browser.get("/account").await;
        let page = browser.post("/account/second-factor/begin", &[]).await.text;
        let new = between(&page, "name=\"secret\" value=\"", '"');
        let first = code(&new, office.app.now());
        let anew = [("secret", new.as_str()), ("code", &first), ("old", &recovery[1])];
        assert_eq!(browser.post("/account/second-factor", &anew).await.status, 200, "{}", database.kind);
        assert_eq!(
            encrypt_old(&elsewhere.service, &elsewhere.settings.keys).await.unwrap().unreadable,
            0,
            "{}",
            database.kind
        );
    }
}

/// The database of a version that knew no key, and a key that was replaced.
#[tokio::test]
async fn what_stands_there_from_before_is_encrypted_at_the_start_and_still_works() {
    for database in databases().await {
        let (old, new) = (Key::new().unwrap(), Key::new().unwrap());
        let office = Office::set_up(&database, |settings| {
            settings.second_factor = vec![Role::SurveyBody];
            settings.keys = Keys::new(new.clone(), vec![old.clone()]);
        })
        .await;
        let mut browser = office.signed_in(LOGIN).await;
        let Phone { secret, .. } = enrolled(&office, &mut browser).await;
        assert_eq!(
            encrypt_old(&office.app.service, &office.app.settings.keys).await.unwrap().newly,
            0,
            "nothing is done twice"
        );
        let person = office.people[LOGIN];
        let formerly = Keys::new(old, Vec::new()).encrypt(person, &secret).unwrap();
        for before in [secret.clone(), formerly] {
            let was = office.store.second_factors().await.unwrap().remove(0).1;
            office.change(EncryptSecondFactors(vec![Encryption { person, was, becomes: before }])).await;
            assert_eq!(encrypt_old(&office.app.service, &office.app.settings.keys).await.unwrap().newly, 1);
            let kept = office.store.second_factors().await.unwrap().remove(0).1;
            assert!(Keys::new(new.clone(), Vec::new()).decrypt(person, &kept).is_ok(), "{}", database.kind);
            office.clock.pass(MINUTE);
            let mut browser = half(office.browser()).await;
            let right = code(&secret, office.app.now());
            assert_eq!(
                browser.post("/sign-in/code", &[("code", &right)]).await.location.as_deref(),
                Some("/")
            );
        }
    }
}
