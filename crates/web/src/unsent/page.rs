//! On which page a form stands: forms lead to other addresses than the page that they are on.

use axum::extract::Query;
use axum::http::{HeaderMap, Method, Uri, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::route::{Needs, Route};
use crate::routes::routes;
use crate::sign_in::local;

/// What stands in an address as it is.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Text as a part of an address.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, &PLAIN).to_string()
}

/// An address with one more parameter.
pub fn with(address: &str, name: &str, value: impl std::fmt::Display) -> String {
    let (address, place) = address.split_at(address.find('#').unwrap_or(address.len()));
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{name}={value}{place}")
}

/// A parameter of an address.
pub fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let Query(all) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
    all.into_iter().find(|(of, _)| of == name).map(|(_, value)| value)
}

/// Without what only one answer was about.
fn plain(address: &Uri) -> String {
    let once = ["unsent", "page"];
    let Ok(Query(all)) = Query::<Vec<(String, String)>>::try_from_uri(address) else {
        return address.path().to_owned();
    };
    let stays = all.iter().filter(|(name, _)| !once.contains(&name.as_str()));
    stays.fold(address.path().to_owned(), |path, (name, value)| with(&path, &encoded(name), encoded(value)))
}

/// The page of a form: as the form says, as the browser says, or as our routes have it.
pub fn of(headers: &HeaderMap, uri: &Uri, base: &str) -> Option<String> {
    let said = parameter(uri, "page").and_then(|page| local(&page).parse::<Uri>().ok());
    said.filter(|page| page.path() != "/" && is_page(page.path()))
        .or_else(|| came_from(headers, base).filter(|page| is_page(page.path())))
        .map(|page| plain(&page))
        .or_else(|| by_route(uri.path()))
}

/// Where the browser was, on this site.
pub fn came_from(headers: &HeaderMap, base: &str) -> Option<Uri> {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let from: Uri = text(header::REFERER)?.parse().ok()?;
    let here = from.authority()?.as_str();
    let base: Option<Uri> = base.parse().ok();
    let ours = text(header::HOST) == Some(here)
        || base.and_then(|base| base.authority().map(|of| of.as_str() == here)).unwrap_or(false);
    let local = from.path_and_query().map(|at| local(at.as_str())).filter(|_| ours)?;
    local.parse().ok()
}

/// Whether an address can be asked for.
pub fn is_page(path: &str) -> bool {
    route(path).is_some_and(|found| {
        routes().any(|route| {
            route.path == found.path && route.method == Method::GET && route.needs != Needs::Nothing
        })
    })
}

/// The route of a path: where words and places both fit, the words.
fn route(path: &str) -> Option<&'static Route> {
    let fits = |route: &&Route| {
        let (mut places, mut parts) = (route.path.split('/'), path.split('/'));
        loop {
            match (places.next(), parts.next()) {
                (None, None) => return true,
                (Some(place), Some(part))
                    if place == part || (place.starts_with('{') && !part.is_empty()) => {}
                _ => return false,
            }
        }
    };
    let words = |route: &&Route| route.path.split('/').filter(|part| !part.starts_with('{')).count();
    routes().filter(fits).max_by_key(words)
}

/// Forms that stand neither on a page of their own address nor on one above it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("/campaigns/begin", "/campaigns/new"),
    ("/campaigns/{campaign}/describe", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/remove", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/rounds/add", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/rounds/remove", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/windows", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/link-units", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/open", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/blocks", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/blocks/{block}/members", "/campaigns/{campaign}/prepare"),
    ("/campaigns/{campaign}/blocks/{block}/remove", "/campaigns/{campaign}/prepare"),
];

fn by_route(path: &str) -> Option<String> {
    let found = route(path)?;
    if let Some((_, page)) = ELSEWHERE.iter().find(|(form, _)| *form == found.path) {
        // The only place in such a page is the first one of the form.
        let campaign = path.split('/').nth(2)?;
        return Some(page.replace("{campaign}", campaign));
    }
    let mut at = path;
    loop {
        if is_page(at) && at != "/" {
            return Some(at.to_owned());
        }
        at = at.rsplit_once('/').map(|(above, _)| above).filter(|above| !above.is_empty())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_referer(referer: &str, path: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::REFERER, referer.parse().unwrap());
        headers.insert(header::HOST, "par.test".parse().unwrap());
        of(&headers, &path.parse().unwrap(), "https://par.example.vn")
    }

    #[test]
    fn the_browser_says_where_a_form_stands() {
        let page = of_referer("https://par.test/campaigns/7/visits?member=5&unsent=3", "/visits/2/withdraw");
        assert_eq!(page.as_deref(), Some("/campaigns/7/visits?member=5"));
        assert_eq!(of_referer("https://par.example.vn/units", "/units/reference").as_deref(), Some("/units"));
        for elsewhere in
            ["https://evil.test/units", "https://par.test/nothing/here", "https://par.test/campaigns/begin"]
        {
            assert_eq!(of_referer(elsewhere, "/visits/2/withdraw"), None, "{elsewhere}");
        }
    }

    #[test]
    fn a_form_that_was_shown_again_says_so_itself() {
        let said =
            of_referer("https://par.test/sheets/5/extend", "/sheets/5/extend?page=%2Fsheets%2F5%2F1.1.2");
        assert_eq!(said.as_deref(), Some("/sheets/5/1.1.2"));
        let away = of_referer("https://par.test/sheets/5/extend", "/motions/5/vote?page=%2F%2Fevil.test");
        assert_eq!(away, None);
    }

    #[test]
    fn our_routes_know_the_page_where_no_browser_says_it() {
        let of = |path: &str| of(&HeaderMap::new(), &path.parse().unwrap(), "http://par.test");
        for (form, page) in [
            ("/sheets/6/4.1.1/explain", "/sheets/6/4.1.1"),
            ("/sheets/6/4.1.1", "/sheets/6/4.1.1"),
            ("/campaigns/begin", "/campaigns/new"),
            ("/campaigns/3/blocks/9/members", "/campaigns/3/prepare"),
            ("/campaigns/3/release/1", "/campaigns/3"),
            ("/people/8/dismiss/4", "/people/8"),
            ("/appraisal/1/2/12/2.3.1/ask", "/appraisal/1/2/12/2.3.1"),
        ] {
            assert_eq!(of(form).as_deref(), Some(page), "{form}");
        }
    }
}
