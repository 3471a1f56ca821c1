//! Forms from elsewhere do nothing; headers stand on every answer; what people type is only text.

use axum::body::Body;
use axum::http::Request;
use parindex_store::Clock;
use parindex_testkit::{Office, PASSWORD, databases};

#[tokio::test]
async fn a_form_without_the_token_of_this_browser_does_nothing() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        let path = format!("/people/{}/close", office.people["officer"]);
        assert_eq!(browser.post_bare(&path, &[]).await.status, 400);
        assert_eq!(browser.post_bare(&path, &[("csrf", "")]).await.status, 400);
        let other = office.signed_in("administrator").await.csrf;
        assert_eq!(
            browser.post_bare(&path, &[("csrf", &other)]).await.status,
            400,
            "another session's token"
        );
        let person = office.store.person(office.people["officer"]).await.unwrap().unwrap();
        assert_eq!(person.closed_at, None);
    }
}

#[tokio::test]
async fn a_form_on_another_site_is_refused_before_it_is_read() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        let request = Request::post("/sign-out")
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", format!("parindex={}", browser.cookies["parindex"]))
            .body(Body::from(format!("csrf={}", browser.csrf)));
        assert_eq!(browser.request(request.unwrap()).await.status, 400);
        assert_eq!(browser.get("/").await.status, 200, "still signed in");
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.browser();
        for path in ["/sign-in", "/nothing", "/healthz", "/assets/favicon.svg", "/units"] {
            let answer = browser.get(path).await;
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            assert!(
                policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
                "{path}: {policy}"
            );
            assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
            assert!(answer.headers.contains_key("x-request-id"), "{path}");
        }
        assert_eq!(browser.get("/sign-in").await.headers["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn what_people_type_is_shown_as_text() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        let evil = "<script>alert(1)</script>\"'><img src=x>";
        let found =
            browser.get("/units?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27%3E%3Cimg%20src%3Dx%3E").await;
        assert!(
            !found.text.contains("<script>alert") && !found.text.contains("<img src=x"),
            "{}",
            found.text
        );
        browser.get("/units/new").await;
        let fields = [("code", "X"), ("name", evil), ("level", "other"), ("parent", "")];
        let made = browser.post("/units/new", &fields).await;
        assert_eq!(made.status, 303, "{}", made.text);
        let page = browser.get(&made.location.unwrap()).await;
        assert!(!page.text.contains("<script>alert"), "{}", page.text);
    }
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.browser();
        browser.get("/sign-in").await;
        let long = "a".repeat(400 * 1024);
        let answer = browser.post("/sign-in", &[("login", &long), ("password", "x")]).await;
        assert!(matches!(answer.status, 400 | 413), "{}", answer.status);
    }
}

fn fields<'f>(name: &'f str, seen: &'f str) -> [(&'f str, &'f str); 4] {
    [("code", "B"), ("name", name), ("level", "department"), ("seen", seen)]
}

#[tokio::test]
async fn whoever_saves_second_sees_what_the_first_one_saved() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let (mut first, mut second) =
            (office.signed_in("administrator").await, office.signed_in("standing-body").await);
        let path = format!("/units/{}/edit", office.units["B"]);
        let seen = |text: &str| {
            let value = text.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
            value.replace("&#34;", "\"").replace("&quot;", "\"")
        };
        let (one, two) = (first.get(&path).await.text, second.get(&path).await.text);
        let saved = first.post(&path, &fields("Sở Tư pháp tỉnh", &seen(&one))).await;
        assert_eq!(saved.status, 303, "{}: {}", database.kind, saved.text);
        let late = second.post(&path, &fields("Sở Pháp chế", &seen(&two))).await;
        assert_eq!(late.status, 422, "{}: {}", database.kind, late.text);
        assert!(late.text.contains("Sở Tư pháp tỉnh") && late.text.contains("value=\"Sở Pháp chế\""));
        let again = second.post(&path, &fields("Sở Pháp chế", &seen(&late.text))).await;
        assert_eq!(again.status, 303, "knowing it, the second one may");
    }
}

/// What nobody here can mend is said as what it is, and work goes on by itself once the database is back.
#[tokio::test]
async fn a_database_that_is_away_is_named_and_found_again() {
    for database in databases().await.into_iter().filter(|database| database.kind == "PostgreSQL") {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        database.close().await;
        let away = browser.get("/units").await;
        assert_eq!(away.status, 503, "{}", away.text);
        assert!(away.text.contains("Cơ sở dữ liệu không trả lời nên chưa ghi gì"), "{}", away.text);
        let mut watcher = office.browser();
        assert_eq!(watcher.get("/healthz").await.status, 200, "the server itself lives");
        assert_eq!(browser.get("/healthz").await.status, 200, "whoever asks");
        assert_eq!(watcher.get("/readyz").await.status, 503);
        database.reopen().await;
        assert_eq!(browser.get("/units").await.status, 200, "and nobody was signed out");
    }
}

/// A server of one's own begins with the official units, taken in once; a list that hangs below nothing says which row.
#[tokio::test]
async fn units_come_in_from_the_official_list_and_from_one_of_ones_own() {
    for database in databases().await {
        let (office, kind) = (Office::new(&database).await, database.kind);
        let mut standing = office.signed_in("standing-body").await;
        let page = standing.get("/units/import").await.text;
        assert!(page.contains("Nạp danh mục"), "{kind}: {page}");
        assert_eq!(standing.post("/units/reference", &[]).await.status, 303, "{kind}");
        let found = standing.get("/units?q=vinh+tuong&day=2025-06-30").await.text;
        assert!(found.contains("Huyện Vĩnh Tường"), "{kind}: {found}");
        assert!(!standing.get("/units/import").await.text.contains("Nạp danh mục"), "{kind}: once is enough");
        assert_eq!(standing.post("/units/reference", &[]).await.status, 409, "{kind}");
        let list =
            "mã,tên,cấp,loại,mã cấp trên\nH1,Sở Công Thương,department,,01\nH2,Chi cục,other,,khong-co\n";
        let wrong = standing.upload("/units/import", "so.csv", list.as_bytes()).await;
        assert!(
            wrong.status == 422 && wrong.text.contains("«H2»: cấp trên «khong-co»"),
            "{kind}: {}",
            wrong.text
        );
        let good = list.replace("khong-co", "H1");
        let done = standing.upload("/units/import", "so.csv", good.as_bytes()).await;
        assert!(done.text.contains("Đã thêm 2 đơn vị"), "{kind}: {}", done.text);
    }
}

/// Over HTTPS the cookie is bound to this host and to secure lines, no script reads it, and browsers are told to stay with HTTPS.
#[tokio::test]
async fn over_https_cookies_and_headers_are_strict() {
    for database in databases().await.into_iter().take(1) {
        let office =
            Office::set_up(&database, |settings| settings.base_url = "https://par.test".to_owned()).await;
        let mut browser = office.browser();
        browser.get("/sign-in").await;
        let signed = browser.post("/sign-in", &[("login", "officer"), ("password", PASSWORD)]).await;
        assert_eq!(signed.status, 303, "{}", signed.text);
        let cookies = signed.headers.get_all("set-cookie").iter();
        let cookies: Vec<&str> = cookies.filter_map(|cookie| cookie.to_str().ok()).collect();
        let session = cookies.iter().find(|cookie| cookie.starts_with("__Host-parindex=")).unwrap();
        for flag in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(session.contains(flag), "{flag}: {session}");
        }
        assert!(!session.contains("Domain"), "{session}");
        assert_eq!(signed.headers["strict-transport-security"], "max-age=31536000");
    }
    for database in databases().await.into_iter().take(1) {
        let mut browser = Office::new(&database).await.browser();
        assert!(
            !browser.get("/sign-in").await.headers.contains_key("strict-transport-security"),
            "nothing to stay with"
        );
    }
}

/// Whatever a request calls the host, links lead to the address of the settings.
#[tokio::test]
async fn the_host_that_a_request_names_is_in_no_link() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        let path = format!("/people/{}", office.people["officer"]);
        browser.get(&path).await;
        let request = Request::post(format!("{path}/link"))
            .header("host", "elsewhere.test")
            .header("x-forwarded-host", "elsewhere.test")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", browser.cookie_header())
            .body(Body::from(format!("csrf={}", browser.csrf)));
        let answer = browser.request(request.unwrap()).await;
        assert!(answer.text.contains("http://parindex.test/invitation/"), "{}", answer.text);
        assert!(!answer.text.contains("elsewhere.test"), "{}", answer.text);
    }
}

/// A proxy that is trusted says from where somebody comes; nobody else does.
#[tokio::test]
async fn only_a_trusted_proxy_says_where_somebody_comes_from() {
    for database in databases().await.into_iter().take(1) {
        let trusted = |settings: &mut parindex_web::WebSettings| {
            settings.trusted_proxies = vec!["10.0.0.1".parse().unwrap(), "::1".parse().unwrap()];
        };
        let office = Office::set_up(&database, trusted).await;
        for (peer, forwarded, seen) in [
            ("10.0.0.1:9000", "203.0.113.7", "203.0.113.7"),
            ("10.0.0.1:9000", "6.6.6.6, 203.0.113.8", "203.0.113.8"),
            ("[::1]:9000", "2001:db8::7", "2001:db8::7"),
            ("203.0.113.9:9000", "1.2.3.4", "203.0.113.9"),
        ] {
            let mut browser = office.browser();
            browser.get("/sign-in").await;
            let form = format!("csrf={}&login=officer&password={}", browser.csrf, PASSWORD.replace(' ', "+"));
            let mut request = Request::post("/sign-in")
                .header("x-forwarded-for", forwarded)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("cookie", browser.cookie_header())
                .body(Body::from(form))
                .unwrap();
            let peer: std::net::SocketAddr = peer.parse().unwrap();
            request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
            assert_eq!(browser.request(request).await.status, 303);
            let browsers = office.store.browsers(office.people["officer"], office.clock.now()).await.unwrap();
            assert!(browsers.iter().any(|each| each.address == seen), "{seen}: {browsers:?}");
        }
    }
}

/// What is common, what is known of the person, rows of keys: no password, however long.
#[tokio::test]
async fn a_password_that_is_guessed_early_is_refused() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("officer").await;
        browser.get("/account").await;
        for common in [
            "password1234",
            "qwertyuiop123",
            "letmein12345",
            "sunshine2020!",
            "officerofficer",
            "1q2w3e4r5t6y",
        ] {
            let typed = [("old", PASSWORD), ("password", common), ("again", common)];
            let answer = browser.post("/account/password", &typed).await;
            assert_eq!(answer.status, 422, "{common}: {}", answer.text);
        }
        let fine =
            [("old", PASSWORD), ("password", "chiều đò ngang sông Lô"), ("again", "chiều đò ngang sông Lô")];
        let answer = browser.post("/account/password", &fine).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

#[tokio::test]
async fn the_log_is_searched_by_person_and_day_and_compared_with_a_mark() {
    for database in databases().await {
        let office = Office::new(&database).await;
        office.signed_in("officer").await;
        let mut auditor = office.signed_in("auditor").await;
        let rows = |page: &str| page.matches("<td class=\"r n\">").count();
        let of = auditor.get("/audit?who=nguoi+officer&act=session.").await.text;
        let all = auditor.get("/audit?act=session.").await.text;
        assert!(rows(&of) >= 1 && rows(&of) < rows(&all), "{}: {of}", database.kind);
        assert!(
            auditor.get("/audit?from=2026-03-02&to=2026-03-02").await.text.contains("02/03/2026"),
            "{}",
            database.kind
        );
        assert!(auditor.get("/audit?to=2026-03-01").await.text.contains("Chưa có dòng nào như vậy"));
        let mark = auditor.get("/audit/head").await.text;
        auditor.get("/audit").await;
        let fits = auditor.post("/audit/verify", &[("mark", mark.trim())]).await.text;
        assert!(fits.contains("không dòng nào bị sửa"), "{}: {fits}", database.kind);
        let (number, hash) = mark.trim().split_once(':').unwrap();
        let other = format!("{number}:{}", hash.chars().rev().collect::<String>());
        let differs = auditor.post("/audit/verify", &[("mark", &other)]).await.text;
        assert!(differs.contains("không khớp"), "{}: {differs}", database.kind);
    }
}
