//! A session that ends costs nothing that was typed: it waits for its writer, in his browser, for half an hour, and for nobody else.

use axum::body::Body;
use axum::http::Request;
use parindex_domain::right::Role;
use parindex_store::unsent::{KEPT_FOR, MAX_OF_ONE};
use parindex_testkit::{Browser, Office, PASSWORD, Reply, databases};

use crate::campaign::Prepared;
use crate::second_factor::{code, enrolled};
use crate::typed::shows;

const MINUTE: i64 = 60 * 1_000_000;
const HOUR: i64 = 60 * MINUTE;

/// 1,000 letters, in lines, with everything that HTML could take for its own.
fn explanation() -> String {
    let line = "Đơn vị đã bổ sung báo cáo số 45/BC-SNV; «kèm» <b>3</b> phụ lục & \"giải trình\".\r\n";
    line.repeat(14).chars().take(1_000).collect::<String>().trim().to_owned()
}

/// Sends a form from a page, as browsers do.
async fn send(browser: &mut Browser, (from, to): (&str, &str), fields: &[(&str, &str)], site: &str) -> Reply {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let mut form = vec![format!("csrf={}", browser.csrf)];
    form.extend(fields.iter().map(|(name, text)| format!("{}={}", encoded(name), encoded(text))));
    let request = Request::post(to)
        .header("cookie", browser.cookie_header())
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", site)
        .header("referer", format!("http://parindex.test{from}"))
        .body(Body::from(form.join("&")));
    browser.request(request.unwrap()).await
}

/// Signs in by the form that stands on a page, and goes on to where it leads.
async fn sign_in_there(browser: &mut Browser, page: &Reply, login: &str) -> Reply {
    let next = next_of(&page.text);
    browser.post("/sign-in", &[("login", login), ("password", PASSWORD), ("next", &next)]).await
}

fn next_of(page: &str) -> String {
    let next = page.split("name=\"next\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    next.replace("&#38;", "&").replace("&amp;", "&")
}

/// Round 1 was released, so that units explain themselves; the officer of A has his sheet open.
async fn explaining(office: Office) -> (Prepared, Browser, String) {
    let played = Prepared::opened_in(office).await;
    played.minutes(15);
    assert_eq!(played.release(1, "2026-03-03T17:00").await.status, 303);
    let at = played.at("1.1.2");
    let mut officer = played.office.signed_in("officer").await;
    officer.get(&at).await;
    (played, officer, at)
}

#[tokio::test]
async fn an_explanation_outlives_its_session() {
    for database in databases().await {
        let (played, mut officer, at) = explaining(Office::new(&database).await).await;
        let (kind, text, to) = (database.kind, explanation(), format!("{at}/explain"));
        played.office.clock.pass(HOUR + MINUTE);
        let over = send(&mut officer, (&at, &to), &[("round", "1"), ("text", &text)], "same-origin").await;
        assert_eq!((over.status, over.location.as_deref()), (401, None), "{kind}");
        assert!(over.text.contains("Phiên làm việc đã kết thúc") && over.text.contains("name=\"password\""));
        assert!(!over.text.contains("Đơn vị đã bổ sung"), "{kind}: nothing of it is shown before sign-in");
        let back = sign_in_there(&mut officer, &over, "officer").await;
        let address = back.location.unwrap();
        assert!(address.starts_with(&format!("{at}?unsent=")), "{kind}: {address}");
        let page = officer.get(&address).await;
        assert_eq!(page.status, 200, "{kind}");
        let field = "name=\"text\"";
        assert!(shows(&page.text, &text), "{kind}: {}", page.text);
        assert!(
            page.text.contains("Nội dung bạn nhập lúc") && page.text.contains("«Gửi giải trình»"),
            "{kind}"
        );
        assert!(page.text.contains(field) && page.text.contains("autofocus"), "{kind}");
        assert!(
            !officer.get(&at).await.text.contains("Đơn vị đã bổ sung"),
            "{kind}: nothing was sent by itself"
        );
        officer.get(&address).await;
        let sent =
            send(&mut officer, (&address, &to), &[("round", "1"), ("text", &text)], "same-origin").await;
        assert_eq!(sent.status, 303, "{kind}: {}", sent.text);
        assert!(officer.get(&at).await.text.contains("Đơn vị đã bổ sung"), "{kind}: now it is");
        assert_eq!(played.office.store.count_unsent().await.unwrap(), 0, "{kind}: and is kept no longer");
    }
}

#[tokio::test]
async fn whoever_signs_out_in_another_window_loses_nothing_in_this_one() {
    for database in databases().await {
        let (_played, mut officer, at) = explaining(Office::new(&database).await).await;
        let (text, to, csrf) = (explanation(), format!("{at}/explain"), officer.csrf.clone());
        assert_eq!(officer.post("/sign-out", &[]).await.status, 303);
        officer.csrf.clone_from(&csrf);
        let over = send(&mut officer, (&at, &to), &[("round", "1"), ("text", &text)], "same-origin").await;
        assert_eq!(over.status, 401, "{}", database.kind);
        let back = sign_in_there(&mut officer, &over, "officer").await.location.unwrap();
        assert!(shows(&officer.get(&back).await.text, &text), "{}: {back}", database.kind);
        // Signed in again in the other window first: this one is too old, and shows all of it at once.
        officer.csrf = csrf;
        let old = send(&mut officer, (&at, &to), &[("round", "1"), ("text", &text)], "same-origin").await;
        assert_eq!(old.status, 400, "{}", database.kind);
        assert!(shows(&old.text, &text) && old.text.contains("trước lần đăng nhập hiện nay (Người officer)"));
        let sent = send(&mut officer, (&to, &to), &[("round", "1"), ("text", &text)], "same-origin").await;
        assert_eq!(sent.status, 303, "{}: the form has a token that fits: {}", database.kind, sent.text);
    }
}

#[tokio::test]
async fn what_one_person_typed_another_does_not_get() {
    for database in databases().await {
        let (played, mut officer, at) = explaining(Office::new(&database).await).await;
        let (text, to) = (explanation(), format!("{at}/explain"));
        played.office.clock.pass(HOUR + MINUTE);
        let over = send(&mut officer, (&at, &to), &[("round", "1"), ("text", &text)], "same-origin").await;
        let next = next_of(&over.text);
        let mut elsewhere = played.office.signed_in("officer").await;
        assert!(!elsewhere.get(&next).await.text.contains("Đơn vị đã bổ sung"), "not in another browser");
        let back = sign_in_there(&mut officer, &over, "head").await.location.unwrap();
        let page = officer.get(&back).await;
        assert!(page.status == 200 && !page.text.contains("Đơn vị đã bổ sung"), "{}", database.kind);
        assert!(page.text.contains("Không còn nội dung nào được giữ"), "{}", database.kind);
        officer.get("/account").await;
        officer.post("/sign-out", &[]).await;
        officer.get("/sign-in").await;
        officer.post("/sign-in", &[("login", "officer"), ("password", PASSWORD)]).await;
        assert!(shows(&officer.get(&back).await.text, &text), "{}: its writer does", database.kind);
    }
}

#[tokio::test]
async fn half_an_hour_later_it_is_gone() {
    for database in databases().await {
        let (played, mut officer, at) = explaining(Office::new(&database).await).await;
        let (text, to) = (explanation(), format!("{at}/explain"));
        played.office.clock.pass(HOUR + MINUTE);
        let over = send(&mut officer, (&at, &to), &[("round", "1"), ("text", &text)], "same-origin").await;
        played.office.clock.pass(KEPT_FOR);
        let back = sign_in_there(&mut officer, &over, "officer").await.location.unwrap();
        let page = officer.get(&back).await.text;
        assert!(!page.contains("Đơn vị đã bổ sung") && page.contains("Không còn nội dung nào được giữ"));
        assert_eq!(played.office.store.count_unsent().await.unwrap(), 1, "{}", database.kind);
        let forget = parindex_store::upkeep::Forget { before: 0 };
        let now = played.office.app.now();
        let job = parindex_store::Actor::console("test");
        assert_eq!(played.office.store.commit(&job, now, forget).await.unwrap().unsent, 1);
        assert_eq!(played.office.store.count_unsent().await.unwrap(), 0, "{}: swept", database.kind);
    }
}

#[tokio::test]
async fn nothing_is_kept_of_a_form_that_our_page_did_not_send() {
    for database in databases().await {
        let (played, mut officer, at) = explaining(Office::new(&database).await).await;
        let (text, to) = (explanation(), format!("{at}/explain"));
        played.office.clock.pass(HOUR + MINUTE);
        let fields = [("round", "1"), ("text", text.as_str())];
        let forged = send(&mut officer, (&at, &to), &fields, "cross-site").await;
        assert!(forged.status == 401 && !forged.text.contains("Đơn vị đã bổ sung"), "{}", database.kind);
        officer.csrf = "0".repeat(64);
        let guessed = send(&mut officer, (&at, &to), &fields, "none").await;
        assert!(guessed.status == 401 && !guessed.text.contains("Đơn vị đã bổ sung"), "{}", database.kind);
        assert_eq!(played.office.store.count_unsent().await.unwrap(), 0, "{}", database.kind);
        // Nobody knows whose it is, but it comes from this page: it is there to be copied.
        let nobodys = send(&mut played.office.browser(), (&at, &to), &fields, "same-origin").await;
        assert!(nobodys.status == 401 && shows(&nobodys.text, &text), "{}", nobodys.text);
        assert_eq!(played.office.store.count_unsent().await.unwrap(), 0, "{}", database.kind);
    }
}

#[tokio::test]
async fn a_browser_and_a_person_keep_so_many_forms_and_the_last_of_each() {
    for database in databases().await.into_iter().take(1) {
        let (played, mut officer, at) = explaining(Office::new(&database).await).await;
        played.office.clock.pass(HOUR + MINUTE);
        let csrf = officer.csrf.clone();
        for turn in 0..MAX_OF_ONE + 5 {
            for text in ["trước", "sau"] {
                officer.csrf.clone_from(&csrf);
                let to = format!("/sheets/{}/{turn}/explain", played.sheets[0]);
                let text = format!("{text} {turn}");
                let over = send(&mut officer, (&at, &to), &[("text", &text)], "same-origin").await;
                assert!(over.text.contains("được giữ 30 phút"), "{}", over.text);
            }
        }
        assert_eq!(played.office.store.count_unsent().await.unwrap(), MAX_OF_ONE, "the newest ones");
        officer.csrf.clone_from(&csrf);
        let long = "dài ".repeat(60_000);
        let over =
            send(&mut officer, (&at, &format!("{at}/explain")), &[("text", &long)], "same-origin").await;
        assert!(over.status == 401 && over.text.contains("hãy sao lại từ cuối trang"), "too long to be kept");
    }
}

/// What is kept is of no use to whoever reads the database.
#[tokio::test]
async fn what_is_kept_is_encrypted_and_holds_no_secret() {
    for database in databases().await {
        let (played, mut officer, at) = explaining(Office::new(&database).await).await;
        played.office.clock.pass(HOUR + MINUTE);
        let fields = [("round", "1"), ("text", "Bí mật công tác"), ("password", "mật khẩu gõ nhầm")];
        let over = send(&mut officer, (&at, &format!("{at}/explain")), &fields, "same-origin").await;
        let id = next_of(&over.text).rsplit('=').next().unwrap().parse().unwrap();
        let browser = parindex_service::token::hash_of(&officer.cookies["unsent"]);
        let person = played.office.people["officer"];
        let kept = played.office.store.unsent(id, (&browser, person), played.office.app.now()).await.unwrap();
        let content = kept.unwrap().content;
        assert!(!content.contains("Bí mật") && !content.contains("mật khẩu"), "{}", database.kind);
        let read = played.office.app.settings.keys.decrypt(person, &content).unwrap();
        assert!(read.contains("Bí mật công tác") && !read.contains("gõ nhầm"), "{}: {read}", database.kind);
    }
}

/// Several windows wait for the same sign-in; the second one finds its writer signed in and goes on by itself.
#[tokio::test]
async fn several_forms_wait_for_one_sign_in() {
    for database in databases().await {
        let (played, mut officer, at) = explaining(Office::new(&database).await).await;
        let other = played.at("1.1.1");
        played.office.clock.pass(HOUR + MINUTE);
        let csrf = officer.csrf.clone();
        let mut forms = Vec::new();
        for (page, text) in [(&at, "Giải trình thứ nhất"), (&other, "Giải trình thứ hai")] {
            officer.csrf.clone_from(&csrf);
            let fields = [("round", "1"), ("text", text)];
            forms.push(send(&mut officer, (page, &format!("{page}/explain")), &fields, "same-origin").await);
        }
        let token = officer.csrf.clone();
        let first = sign_in_there(&mut officer, &forms[0], "officer").await.location.unwrap();
        assert!(officer.get(&first).await.text.contains("Giải trình thứ nhất"), "{}", database.kind);
        officer.csrf = token;
        let to = forms[1].text.split("action=\"/sign-in").nth(1).unwrap().split('"').next().unwrap();
        let second =
            officer.post(&format!("/sign-in{to}"), &[("login", "officer"), ("password", PASSWORD)]).await;
        let second = second.location.unwrap();
        assert!(
            officer.get(&second).await.text.contains("Giải trình thứ hai"),
            "{}: {second}",
            database.kind
        );
    }
}

#[tokio::test]
async fn the_way_leads_through_the_second_factor() {
    for database in databases().await {
        let office = Office::with_second_factor(&database, vec![Role::SurveyBody]).await;
        let played = Prepared::opened_in(office).await;
        let office = &played.office;
        let mut browser = office.signed_in("survey-body").await;
        let phone = enrolled(office, &mut browser).await;
        let block = office.store.campaign(played.campaign).await.unwrap().unwrap().blocks[0].id;
        let at = format!("/campaigns/{}/external-points/{block}/1.6", played.campaign);
        assert_eq!(browser.get(&at).await.status, 200, "{}", database.kind);
        office.clock.pass(HOUR + MINUTE);
        let fields = [("source", "Báo cáo điều tra số 12")];
        let over = send(&mut browser, (&at, &at), &fields, "same-origin").await;
        let half = sign_in_there(&mut browser, &over, "survey-body").await.location.unwrap();
        assert!(half.starts_with("/sign-in/code?next="), "{}: {half}", database.kind);
        let page = browser.get(&half).await;
        let (next, now) = (next_of(&page.text), office.app.now());
        let wrong = browser.post("/sign-in/code", &[("code", "000000"), ("next", &next)]).await;
        assert_eq!(next_of(&wrong.text), next, "{}: a wrong code loses nothing", database.kind);
        let right = code(&phone.secret, now);
        let back =
            browser.post("/sign-in/code", &[("code", &right), ("next", &next)]).await.location.unwrap();
        let page = browser.get(&back).await;
        assert!(page.text.contains("Báo cáo điều tra số 12"), "{}: {}", database.kind, page.text);
    }
}

/// A form of a page that is locked meanwhile is not there any more: what was typed is shown to be copied.
#[tokio::test]
async fn where_the_form_is_gone_the_text_is_not() {
    for database in databases().await {
        let (played, mut officer, at) = explaining(Office::new(&database).await).await;
        let (text, to) = (explanation(), format!("{at}/explain"));
        played.office.clock.pass(40 * HOUR);
        let over = send(&mut officer, (&at, &to), &[("round", "1"), ("text", &text)], "same-origin").await;
        let back = sign_in_there(&mut officer, &over, "officer").await.location.unwrap();
        let page = officer.get(&back).await.text;
        assert!(page.contains("không mở trên trang này") && shows(&page, &text), "{}", database.kind);
    }
}

/// A form with a file: what stands beside it is kept, the file is named.
#[tokio::test]
async fn a_file_is_named_and_what_stands_beside_it_is_kept() {
    for database in databases().await {
        let (played, mut officer, at) = explaining(Office::new(&database).await).await;
        played.office.clock.pass(HOUR + MINUTE);
        let fields = [("round", "1"), ("number", "45/BC-SNV"), ("issuer", "Sở Nội vụ")];
        let content = vec![b'x'; 600_000];
        let file = ("Bao cao 45.pdf", content.as_slice());
        let over = officer.parts_with(&format!("{at}/evidence"), &fields, file).await;
        assert_eq!(over.status, 401, "{}: {}", database.kind, over.text);
        let back = sign_in_there(&mut officer, &over, "officer").await.location.unwrap();
        let page = officer.get(&back).await.text;
        assert!(page.contains("value=\"45/BC-SNV\""), "{}: {page}", database.kind);
        assert!(page.contains("Chọn lại tệp: Bao cao 45.pdf"), "{}", database.kind);
    }
}

/// Asking how long a session lasts does not make it longer; going on does, and not beyond its longest.
#[tokio::test]
async fn a_session_says_how_long_it_lasts() {
    let left = |answer: &Reply, name: &str| -> i64 {
        let text = answer.text.split(&format!("\"{name}\":")).nth(1).unwrap();
        text.split([',', '}']).next().unwrap().parse().unwrap()
    };
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("officer").await;
        assert_eq!(left(&browser.get("/session").await, "left"), 3_600, "{}", database.kind);
        office.clock.pass(56 * MINUTE);
        for _ in 0..3 {
            assert_eq!(
                left(&browser.get("/session").await, "left"),
                240,
                "{}: only looked at",
                database.kind
            );
        }
        assert_eq!(
            browser.post_bare("/session", &[]).await.status,
            400,
            "{}: nor by another site",
            database.kind
        );
        let longer = browser.post("/session", &[]).await;
        assert_eq!(left(&longer, "left"), 3_600, "{}: {}", database.kind, longer.text);
        for _ in 0..12 {
            office.clock.pass(55 * MINUTE);
            browser.post("/session", &[]).await;
        }
        let last = browser.get("/session").await;
        assert_eq!(left(&last, "left"), left(&last, "most"), "{}: {}", database.kind, last.text);
        assert_eq!(left(&last, "most"), 4 * 60, "{}: twelve hours and no more", database.kind);
        office.clock.pass(5 * MINUTE);
        assert_eq!(left(&browser.get("/session").await, "left"), 0, "{}", database.kind);
        assert_eq!(browser.post("/session", &[]).await.status, 401, "{}", database.kind);
    }
}

/// The address survives with its dots and its query.
#[tokio::test]
async fn the_address_is_still_there_after_signing_in() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        for (asked, next) in [
            ("/sheets/6/6.1.2", "/sign-in?next=/sheets/6/6.1.2"),
            (
                "/units?q=s%E1%BB%9F&day=2025-07-01",
                "/sign-in?next=/units%3Fq%3Ds%25E1%25BB%259F%26day%3D2025-07-01",
            ),
        ] {
            let mut browser = office.browser();
            assert_eq!(browser.get(asked).await.location.as_deref(), Some(next));
            let page = browser.get(next).await;
            assert_eq!(sign_in_there(&mut browser, &page, "officer").await.location.as_deref(), Some(asked));
        }
    }
}
