//! Addresses of this server: written, and read for their parameters.

use axum::extract::Query;
use axum::http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in an address as it is.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Text as a part of an address.
#[must_use]
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
