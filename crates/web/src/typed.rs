//! Text as people type and paste it: composed, plain spaces, bounded, so that whatever it goes into can be read again.

use axum::extract::multipart::Field;
use parindex_package::text::clean;

use crate::failure::Failure;

/// One line of words.
pub fn one_line(typed: &str, most: usize) -> String {
    let plain: String = clean(typed).chars().map(|each| if each.is_control() { ' ' } else { each }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(most).collect()
}

/// Several lines.
pub fn lines(typed: &str) -> String {
    let kept = clean(typed);
    let kept = kept.chars().filter(|each| *each == '\n' || !each.is_control());
    kept.take(5_000).collect::<String>().trim().to_owned()
}

/// More than any field beside a file has, in bytes.
const MOST: usize = 64 * 1024;

/// The text of a part of a form with a file: its route takes large files, no large texts.
///
/// # Errors
/// [`Failure::TooLarge`], [`Failure::Unreadable`].
pub async fn short(part: &mut Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(more) = part.chunk().await.map_err(|_broken| Failure::Unreadable)? {
        bytes.extend_from_slice(&more);
        if bytes.len() > MOST {
            return Err(Failure::TooLarge);
        }
    }
    let text = String::from_utf8(bytes).map_err(|_not_text| Failure::Unreadable)?;
    crate::unsent::heard(part.name().unwrap_or_default(), &text);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_a_word_processor_is_plain() {
        assert_eq!(
            one_line("  Thie\u{302}\u{301}u\u{a0}báo cáo\r\nquý\tIV\u{200b} ", 100),
            "Thiếu báo cáo quý IV"
        );
        assert_eq!(one_line("Nội vụ", 3), "Nội");
        assert_eq!(lines(" dòng một\r\ndòng\u{a0}hai\u{7} "), "dòng một\ndòng hai");
    }
}
