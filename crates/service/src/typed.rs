//! Text as people type and paste it: composed, plain spaces, bounded, so that whatever it goes into can be read again. What is longer
//! than its field takes is refused, never cut.

use parindex_package::text::clean;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;

/// What a field is called, in both languages.
pub type Called = (&'static str, &'static str);

/// The longest text of several lines.
pub const MAX_LENGTH: usize = 5_000;

/// A text that is longer than its field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// What the field is called.
    pub called: Called,
    /// So many characters came.
    pub long: usize,
    /// So many it takes.
    pub most: usize,
}

impl Say for TooLong {
    fn say(&self, lang: Lang) -> String {
        let count = |count: usize| {
            let count: Result<Number, _> = count.to_string().parse();
            count.map(|count| lang.short(&count)).unwrap_or_default()
        };
        let (vi, en) = self.called;
        let (all, over, most) = (count(self.long), count(self.long - self.most), count(self.most));
        lang.pick(
            format!("{vi} dài {all} ký tự, quá {over} ký tự so với giới hạn {most}; hãy rút ngắn, chưa lưu gì ở ô này"),
            format!("{en} has {all} characters, {over} more than the limit of {most}; shorten it, nothing of this field was saved"),
        )
    }
}

fn bounded(called: Called, text: String, most: usize) -> Result<String, TooLong> {
    match text.chars().count() {
        long if long > most => Err(TooLong { called, long, most }),
        _ => Ok(text),
    }
}

/// One line of words.
///
/// # Errors
/// [`TooLong`].
pub fn one_line(called: Called, typed: &str, most: usize) -> Result<String, TooLong> {
    bounded(called, plain(typed), most)
}

/// Several lines, at most [`MAX_LENGTH`] characters; a tab is a space, as in one line.
///
/// # Errors
/// [`TooLong`].
pub fn lines(called: Called, typed: &str) -> Result<String, TooLong> {
    bounded(called, plain_lines(typed), MAX_LENGTH)
}

/// What is looked for: a longer text finds nothing more, and nothing of it is kept.
#[must_use]
pub fn words(typed: &str, most: usize) -> String {
    plain(typed).chars().take(most).collect()
}

fn plain(typed: &str) -> String {
    let plain: String = clean(typed).chars().map(|each| if each.is_control() { ' ' } else { each }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same text, however browsers end its lines.
#[must_use]
pub fn plain_lines(typed: &str) -> String {
    let ended = clean(typed).replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{2028}', '\u{2029}'], "\n");
    let kept = ended.chars().filter_map(|each| match each {
        '\t' => Some(' '),
        '\n' => Some('\n'),
        other => (!other.is_control()).then_some(other),
    });
    kept.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_a_word_processor_is_plain() {
        let reason = |text| one_line(("Lý do", "The reason"), text, 20);
        assert_eq!(
            reason("  Thie\u{302}\u{301}u\u{a0}báo cáo\r\nquý\tIV\u{200b} ").as_deref(),
            Ok("Thiếu báo cáo quý IV")
        );
        let note = |text: &str| lines(("Ghi chú", "The note"), text).unwrap();
        assert_eq!(note(" dòng một\r\ndòng\u{a0}hai\tcó tab\u{7} "), "dòng một\ndòng hai có tab");
        assert_eq!(note("một\rhai\u{b}ba"), "một\nhai\nba");
    }

    #[test]
    fn what_is_too_long_is_refused_with_how_much_and_never_cut() {
        let called = ("Ghi chú", "The note");
        let long = "ă".repeat(5_820);
        let wrong = lines(called, &long).unwrap_err();
        assert_eq!(wrong, TooLong { called, long: 5_820, most: 5_000 });
        assert!(
            wrong.say(Lang::Vi).starts_with("Ghi chú dài 5.820 ký tự, quá 820 ký tự so với giới hạn 5.000"),
            "{}",
            wrong.say(Lang::Vi)
        );
        assert!(wrong.say(Lang::En).starts_with("The note has 5,820 characters, 820 more"));
        // Characters are counted as people see them: composed, a line break once, what stands around it not.
        let decomposed = format!("  {}\r\n{}  ", "a\u{306}".repeat(2_500), "b".repeat(2_499));
        assert_eq!(lines(called, &decomposed).unwrap().chars().count(), 5_000);
        assert_eq!(one_line(called, "Nội vụ", 3), Err(TooLong { called, long: 6, most: 3 }));
        assert_eq!(words("Nội vụ", 3), "Nội");
    }
}
