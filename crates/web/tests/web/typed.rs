//! Every form of every page, as each role sees it: whatever refuses it, each typed text is in the answer.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use parindex_domain::right::Role;
use parindex_testkit::{Browser, Office, Reply, databases};
use parindex_web::{Needs, routes};

use crate::campaign::Prepared;
use crate::walk::filled;

/// A form as a page shows it.
#[derive(Clone, Debug)]
struct Form {
    page: String,
    action: String,
    in_parts: bool,
    /// What the page wrote into it, and what is chosen there.
    own: Vec<(String, String)>,
    /// The fields in which somebody writes.
    written: Vec<String>,
}

/// An attribute, in quotes or without them, wherever the line breaks before it.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let line = tag.replace('\n', " ");
    let (_, rest) = line.split_once(&format!(" {name}="))?;
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
    let value = quoted.or_else(|| rest.split(' ').next())?;
    Some(value.replace("&#38;", "&").replace("&#34;", "\"").replace("&amp;", "&"))
}

/// The forms of a page that are sent.
fn forms(page: &str, html: &str) -> Vec<Form> {
    let each = |part: &str| {
        let (tag, rest) = part.split_once('>')?;
        let body = rest.split("</form>").next()?;
        let mut form = Form {
            page: page.to_owned(),
            action: attribute(tag, "action").filter(|_| tag.contains("method=\"post\""))?,
            in_parts: tag.contains("multipart"),
            own: Vec::new(),
            written: Vec::new(),
        };
        for field in body.split('<').filter_map(|field| field.split('>').next()) {
            let Some(name) = attribute(field, "name").filter(|name| name != "csrf") else { continue };
            let kind = attribute(field, "type").unwrap_or_default();
            let (begin, locked) = (
                field.split_whitespace().next()?,
                field.contains(" readonly") || field.contains(" disabled"),
            );
            match (begin, kind.as_str()) {
                ("input", "hidden") => form.own.push((name, attribute(field, "value").unwrap_or_default())),
                ("input", "password" | "checkbox" | "radio" | "file") => {}
                ("input" | "textarea", _) if !locked => form.written.push(name),
                _ => {}
            }
        }
        Some(form)
    };
    html.split("<form").skip(1).filter_map(each).collect()
}

/// The pages of somebody with all their forms.
async fn forms_of(browser: &mut Browser, office: &Office) -> Vec<Form> {
    let mut all = Vec::new();
    let secret = ["/account", "/sign-in", "/invitation"];
    let pages = routes().filter(|route| route.method == "GET" && route.needs != Needs::Nothing);
    for route in pages.filter(|route| !secret.iter().any(|begin| route.path.starts_with(begin))) {
        let page = filled(route, office);
        let answer = browser.get(&page).await;
        if answer.status == 200 && answer.text.starts_with("<!doctype html") {
            all.extend(forms(&page, &answer.text));
        }
    }
    all.retain(|form| !form.written.is_empty());
    all
}

/// Somebody in every role, and an appraiser of another unit: nobody appraises his own.
fn logins() -> impl Iterator<Item = &'static str> {
    Role::ALL.into_iter().map(Role::word).chain(["appraiser-b"])
}

/// What is written into the field of a place.
fn text(place: usize) -> String {
    format!("câu {place} <b>&\"")
}

async fn send(browser: &mut Browser, form: &Form, csrf: &str) -> Reply {
    let mut fields = vec![("csrf".to_owned(), csrf.to_owned())];
    fields.extend(form.own.clone());
    fields.extend(form.written.iter().enumerate().map(|(place, name)| (name.clone(), text(place))));
    let request = Request::post(&form.action)
        .header("cookie", browser.cookie_header())
        .header("sec-fetch-site", "same-origin")
        .header("referer", format!("http://parindex.test{}", form.page));
    let request = if form.in_parts {
        let part = |(name, text): &(String, String)| {
            format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let body = fields.iter().map(part).collect::<String>() + "--B--\r\n";
        request.header("content-type", "multipart/form-data; boundary=B").body(Body::from(body))
    } else {
        let encoded =
            |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
        let pairs = fields.iter().map(|(name, text)| format!("{}={}", encoded(name), encoded(text)));
        request
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(pairs.collect::<Vec<_>>().join("&")))
    };
    browser.request(request.unwrap()).await
}

/// Whether a page has a text, however it is written there.
pub fn shows(html: &str, text: &str) -> bool {
    let plain = html.replace("&#60;", "<").replace("&lt;", "<").replace("&#62;", ">").replace("&gt;", ">");
    let plain =
        plain.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#38;", "&").replace("&amp;", "&");
    plain.contains(text)
}

fn all_shown(form: &Form, answer: &Reply, why: &str) {
    for (place, name) in form.written.iter().enumerate() {
        assert!(
            shows(&answer.text, &text(place)),
            "{why}: «{name}» of {} on {} is lost ({}): {}",
            form.action,
            form.page,
            answer.status,
            answer.text
        );
    }
    assert!(!answer.text.contains("<b>&\""), "{why}: {} writes what was typed as markup", form.action);
    for copied in to_be_copied(&answer.text) {
        assert!(shows(copied, "câu "), "{why}: nobody wrote «{copied}» into {}", form.action);
    }
}

/// What a page lists to be copied.
fn to_be_copied(html: &str) -> Vec<&str> {
    let Some((_, list)) = html.split_once("id=\"copy\"") else { return Vec::new() };
    let list = list.split("</section>").next().unwrap();
    list.split("</textarea>").filter_map(|part| part.rsplit_once("readonly>")).map(|(_, text)| text).collect()
}

/// The pattern of a route that an address belongs to.
fn pattern(action: &str) -> &'static str {
    let path = action.split('?').next().unwrap_or_default();
    let fits = |pattern: &str| {
        let (one, other): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
        one.len() == other.len()
            && one.iter().zip(&other).all(|(place, part)| place.starts_with('{') || place == part)
    };
    let words = |pattern: &str| pattern.matches('{').count();
    let found = routes().filter(|route| route.method == "POST" && fits(route.path));
    let best = found.map(|route| route.path).min_by_key(|path| words(path));
    assert!(best.is_some(), "no route for {action}");
    best.unwrap_or_default()
}

/// Forms in which somebody writes; each has to be met on some page. (A question to a unit needs an explanation first.)
const WRITTEN: &[&str] = &[
    "/units/new",
    "/units/{id}/edit",
    "/units/{id}/succeed",
    "/people/new",
    "/people/{id}/appoint",
    "/criteria-sets/upload",
    "/criteria-sets/{set}/{number}/copy",
    "/campaigns/begin",
    "/campaigns/{campaign}/describe",
    "/campaigns/{campaign}/windows",
    "/campaigns/{campaign}/rounds/add",
    "/campaigns/{campaign}/blocks/{block}/members",
    "/campaigns/{campaign}/explanation/{round}",
    "/campaigns/{campaign}/release/{round}",
    "/campaigns/{campaign}/visits",
    "/campaigns/{campaign}/external-points/{block}/{criterion}",
    "/phrases",
    "/calendar",
    "/sheets/{member}/standing",
    "/sheets/{member}/extend",
    "/sheets/{member}/give-back",
    "/sheets/{member}/{criterion}/explain",
    "/sheets/{member}/{criterion}/delegate",
    "/sheets/{member}/{criterion}/evidence",
    "/appraisal/{campaign}/{round}/{member}/{criterion}",
    "/audit/verify",
];

#[tokio::test]
async fn no_form_loses_what_was_typed() {
    for database in databases().await.into_iter().take(1) {
        let played = Prepared::opened(&database).await;
        let office = &played.office;
        let mut met = BTreeSet::new();
        // The sheet is open; a round is; its draft was released.
        for minutes in [5, 12, 15] {
            played.minutes(minutes);
            if minutes == 15 {
                assert_eq!(played.release(1, "2026-03-03T17:00").await.status, 303);
            }
            for login in logins() {
                let mut browser = office.signed_in(login).await;
                for form in forms_of(&mut browser, office).await {
                    if met.insert(pattern(&form.action)) {
                        let old = send(&mut browser, &form, "of another time").await;
                        assert_eq!(old.status, 400, "{}", form.action);
                        all_shown(&form, &old, "too old");
                    }
                }
            }
        }
        for route in WRITTEN {
            assert!(met.contains(route), "no page shows a form to {route}: {met:?}");
        }
    }
}

/// Each form is sent with words where a day, a number, a code is asked for: what is refused comes back with all of it.
#[tokio::test]
async fn no_form_that_is_refused_loses_what_was_typed() {
    for database in databases().await.into_iter().take(1) {
        let played = Prepared::opened(&database).await;
        played.minutes(15);
        assert_eq!(played.release(1, "2026-03-03T17:00").await.status, 303);
        let (office, mut refused) = (&played.office, 0);
        for login in logins() {
            let mut browser = office.signed_in(login).await;
            let (forms, mut met) = (forms_of(&mut browser, office).await, BTreeSet::new());
            for form in forms {
                if met.insert(pattern(&form.action)) {
                    browser.get(&form.page).await;
                    let csrf = browser.csrf.clone();
                    let answer = send(&mut browser, &form, &csrf).await;
                    if answer.status >= 400 {
                        refused += 1;
                        all_shown(&form, &answer, login);
                    }
                }
            }
        }
        assert!(refused > 20, "{refused}");
    }
}

/// The identifier of a form, and whatever else its page wrote into it, says nothing to an official.
#[tokio::test]
async fn nothing_that_its_page_wrote_is_shown_with_a_form_that_is_refused() {
    for database in databases().await.into_iter().take(1) {
        let played = Prepared::opened(&database).await;
        let (office, token) = (&played.office, parindex_service::token::Token::new().unwrap());
        let once = ("once", token.text());
        let is_plain = |answer: &Reply, why: &str| {
            assert!(matches!(answer.status, 409 | 422), "{why}: {}", answer.text);
            let plain = !answer.text.contains("id=\"copy\"") && !answer.text.contains(token.text());
            assert!(plain, "{why}: {}", answer.text);
        };
        let mut standing = office.signed_in("standing-body").await;
        let campaign = format!("/campaigns/{}", played.campaign);
        standing.get(&format!("{campaign}/prepare")).await;
        let windows = [once, ("opens.self", "hôm nay"), ("closes.self", "mai")];
        is_plain(&standing.post(&format!("{campaign}/windows"), &windows).await, "windows");
        standing.get("/campaigns/new").await;
        let begun = [once, ("code", "2027"), ("title", ""), ("year", "nay"), ("like", ""), ("rounds", "2")];
        is_plain(&standing.post("/campaigns/begin", &begun).await, "a new campaign");
        let mut administrator = office.signed_in("administrator").await;
        for path in ["/units/import", "/people/import"] {
            administrator.get(path).await;
            let list = ("danh-sach.csv", "cột lạ\nA\n".as_bytes());
            is_plain(&administrator.parts_with(path, &[once], list).await, path);
        }
        let mut head = office.signed_in("head").await;
        let submit = format!("/sheets/{}/submit", played.sheets[0]);
        head.get(&submit).await;
        is_plain(&head.post(&submit, &[once, ("seen", "of another time")]).await, "submitting");
        let mut survey = office.signed_in("survey-body").await;
        let block = office.store.campaign(played.campaign).await.unwrap().unwrap().blocks[0].id;
        let at = format!("{campaign}/external-points/{block}/4.2.2");
        survey.get(&at).await;
        let sheet = played.sheets[1];
        let (seen, was, field) =
            (format!("{sheet}.seen.v.a"), format!("{sheet}.was.v.a"), format!("{sheet}.v.a"));
        let points = [once, (seen.as_str(), "0"), (was.as_str(), "7"), (field.as_str(), "tám")];
        is_plain(&survey.post(&at, &points).await, "points from elsewhere");
    }
}
