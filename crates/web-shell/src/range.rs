//! A kept file on its way out, whole or the part that is asked for (RFC 9110, 14): a broken download goes on where it was, and a
//! large document is leafed through before all of it is there.

use std::convert::Infallible;
use std::ops::Range;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use parindex_files::FileHash;

use crate::app::App;
use crate::failure::Answer;

/// What of a file is asked for.
pub struct ByteRange {
    range: Option<String>,
    /// Only while the file is still this one.
    unchanged: Option<String>,
    /// Only what it is, and nothing of it.
    head: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for ByteRange {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let said = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (range, unchanged) = (said(header::RANGE), said(header::IF_RANGE));
        Ok(Self { range, unchanged, head: parts.method == Method::HEAD })
    }
}

/// What of it is sent.
#[derive(Debug, PartialEq, Eq)]
enum Sent {
    Whole,
    Part(Range<u64>),
    /// It has nothing of what is asked for.
    Nothing,
}

impl ByteRange {
    fn of(&self, tag: &str, size: u64) -> Sent {
        // A day is no proof that the content is the same, and we name none; another content is sent whole.
        let same = self.unchanged.as_ref().is_none_or(|known| known == tag);
        match &self.range {
            Some(range) if same && !self.head => part(range, size),
            _ => Sent::Whole,
        }
    }
}

/// `bytes=0-499`, `bytes=500-`, `bytes=-500`. Several parts at once, and what cannot be read, are answered with the whole.
fn part(range: &str, size: u64) -> Sent {
    let Some((unit, asked)) = range.split_once('=') else { return Sent::Whole };
    let Some((from, to)) = asked.trim().split_once('-') else { return Sent::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Sent::Whole;
    }
    match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to && from < size => {
            Sent::Part(from..to.saturating_add(1).min(size))
        }
        (Some(from), Some(to)) if from > to => Sent::Whole,
        (Some(from), None) if to.is_empty() && from < size => Sent::Part(from..size),
        (None, Some(last)) if from.is_empty() && last > 0 && size > 0 => {
            Sent::Part(size.saturating_sub(last)..size)
        }
        (Some(_), None) if to.is_empty() => Sent::Nothing,
        (Some(_), Some(_)) => Sent::Nothing,
        (None, Some(_)) if from.is_empty() => Sent::Nothing,
        _ => Sent::Whole,
    }
}

/// A number of a range; what is too large for one is as large as can be.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

/// Sends what is wanted of a file; headers of its own are added by whoever knows what it is.
pub async fn sent(app: &App, (hash, size): (&FileHash, u64), wanted: &ByteRange) -> Answer {
    let tag = format!("\"{hash}\"");
    let mut answer = match wanted.of(&tag, size) {
        Sent::Nothing => {
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{size}"))])
                .into_response()
        }
        Sent::Whole if wanted.head => long(size, Body::empty()),
        Sent::Whole => long(size, Body::from_stream(app.files.read(hash).await?)),
        Sent::Part(part) => {
            let named = format!("bytes {}-{}/{size}", part.start, part.end.saturating_sub(1));
            let length = part.end.saturating_sub(part.start);
            let content = Body::from_stream(app.files.read_part(hash, part).await?);
            (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, named)], long(length, content))
                .into_response()
        }
    };
    let headers = [(header::ACCEPT_RANGES, "bytes".to_owned()), (header::ETAG, tag)];
    for (name, value) in headers {
        if let Ok(value) = value.parse() {
            answer.headers_mut().insert(name, value);
        }
    }
    Ok(answer)
}

fn long(length: u64, content: Body) -> Response {
    ([(header::CONTENT_LENGTH, length.to_string())], content).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_is_there_of_it() {
        for (range, sent) in [
            ("bytes=0-0", Sent::Part(0..1)),
            ("bytes=2-4", Sent::Part(2..5)),
            ("Bytes=2-", Sent::Part(2..10)),
            ("bytes=8-99999999999999999999999", Sent::Part(8..10)),
            ("bytes=-3", Sent::Part(7..10)),
            ("bytes=-300", Sent::Part(0..10)),
            ("bytes=10-", Sent::Nothing),
            ("bytes=10-20", Sent::Nothing),
            ("bytes=99999999999999999999999-", Sent::Nothing),
            ("bytes=-0", Sent::Nothing),
            ("bytes=4-2", Sent::Whole),
            ("bytes=0-1,4-5", Sent::Whole),
            ("bytes=", Sent::Whole),
            ("bytes=-", Sent::Whole),
            ("bytes=a-b", Sent::Whole),
            ("bytes=+1-2", Sent::Whole),
            ("pages=1-2", Sent::Whole),
        ] {
            assert_eq!(part(range, 10), sent, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Sent::Nothing);
        assert_eq!(part("bytes=-5", 0), Sent::Nothing);
    }

    #[test]
    fn another_content_is_sent_whole() {
        let wanted = |unchanged: Option<&str>, head| ByteRange {
            range: Some("bytes=2-4".to_owned()),
            unchanged: unchanged.map(str::to_owned),
            head,
        };
        assert_eq!(wanted(None, false).of("\"a\"", 10), Sent::Part(2..5));
        assert_eq!(wanted(Some("\"a\""), false).of("\"a\"", 10), Sent::Part(2..5));
        for other in ["\"b\"", "W/\"a\"", "Mon, 02 Mar 2026 01:00:00 GMT"] {
            assert_eq!(wanted(Some(other), false).of("\"a\"", 10), Sent::Whole, "{other}");
        }
        assert_eq!(wanted(None, true).of("\"a\"", 10), Sent::Whole);
    }
}
