//! Where a visitor goes on to after signing in: only to addresses of this server.

use percent_encoding::percent_decode_str;

use crate::address::{encoded, with};

/// An address that nobody types and every page of ours is shorter than; a cookie holds it on the way to a sign-in service.
const MAX_ADDRESS: usize = 1_500;

/// A path of ours to go on to; anything else becomes the home page, so that no link leads away.
#[must_use]
pub fn local(next: &str) -> &str {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(path).decode_utf8();
    // What a proxy or a browser may take for something else once it is decoded leads nowhere, either.
    let plain =
        |text: &str| text.chars().all(|each| !each.is_control() && each != '\\') && !text.starts_with("//");
    let ours = next.starts_with('/')
        && next.len() <= MAX_ADDRESS
        && plain(next)
        && decoded.is_ok_and(|decoded| plain(&decoded) && !decoded.contains("//"));
    if ours { next } else { "/" }
}

/// An address of signing in that leads on to `next`.
#[must_use]
pub fn leading_on(address: &str, next: &str) -> String {
    match local(next) {
        "/" => address.to_owned(),
        next => with(address, "next", encoded(next)),
    }
}

/// The sign-in page that leads on to `next`.
#[must_use]
pub fn with_next(next: &str) -> String {
    leading_on("/sign-in", next)
}

/// Where somebody goes on to who has signed in, second factor given or not.
#[must_use]
pub fn onwards(complete: bool, next: &str) -> String {
    if complete { local(next).to_owned() } else { leading_on("/sign-in/code", next) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_link_leads_away() {
        for away in [
            "https://elsewhere.vn",
            "//elsewhere.vn",
            "/\\elsewhere.vn",
            "javascript:alert(1)",
            "",
            "/a\\b",
            "/a\nb",
            "/%2f%2felsewhere.vn",
            "/%2Felsewhere.vn",
            "/%5celsewhere.vn",
            "/units%5C..%5Cadmin",
            "/%0d%0aset-cookie:a=b",
            "/\u{7f}",
            "/%00",
            "/\t/elsewhere.vn",
            "/a//elsewhere.vn",
            "/%ff",
            &format!("/{}", "a".repeat(2_000)),
        ] {
            assert_eq!(local(away), "/", "{away}");
        }
        assert_eq!(local("/units/3?day=2025-07-01"), "/units/3?day=2025-07-01");
        assert_eq!(with_next("/units"), "/sign-in?next=/units");
        assert_eq!(with_next("/sheets/6/6.1.2"), "/sign-in?next=/sheets/6/6.1.2");
        let search = "/units?q=s%E1%BB%9F%20y&day=2025-07-01";
        assert_eq!(with_next(search), "/sign-in?next=/units%3Fq%3Ds%25E1%25BB%259F%2520y%26day%3D2025-07-01");
        assert_eq!(onwards(false, "/units"), "/sign-in/code?next=/units");
        assert_eq!((onwards(true, "/units").as_str(), onwards(true, "//x").as_str()), ("/units", "/"));
        assert_eq!(with_next("/"), "/sign-in");
    }
}
