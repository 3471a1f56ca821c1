//! A figure of a file that people would write for thousands.

use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;

/// A figure that was read by its point.
pub(super) struct ReadAsDecimal {
    /// As it stands in the file.
    pub text: String,
    /// What it was read as.
    pub read: Number,
    /// The thousands that it could be.
    pub thousands: Number,
}

impl Say for ReadAsDecimal {
    fn say(&self, lang: Lang) -> String {
        let Self { text, read, thousands } = self;
        lang.pick(
            format!(
                "«{text}» được đọc là {read}, vì trong tệp dấu chấm là dấu thập phân; nếu là {thousands} thì hãy viết {thousands}"
            ),
            format!("“{text}” is read as {read}, because in files the point is decimal; if it is {thousands}, write {thousands}"),
        )
    }
}
