//! The log of all changes: each row carries the hash of the one before, so that no row can be altered, removed or slipped
//! in unnoticed.
//!
//! The hash is SHA-256 over the fields of the row and the hash before it, each field preceded by its length, so that no two
//! different rows read the same.

mod act;

use parindex_rulebook::lang::{Lang, Say};
use sha2::{Digest, Sha256};

use crate::moment::{Moment, span, written};

pub use act::AuditAct;

/// What stands before the first row.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What the log says of one change, before it is chained to the row before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Microseconds since 1970 in UTC.
    pub at: i64,
    /// Who did it; nobody for what the system does by itself.
    pub person: Option<i64>,
    /// The name at that time, and from where.
    pub who: String,
    /// What was done, as it was written: the word of an [`AuditAct`], or one that another version of the program wrote.
    pub act: String,
    /// To what: `unit 512 Xã An Khánh`.
    pub subject: String,
    /// What it was and what it became, as JSON.
    pub detail: String,
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// 1 is the first.
    pub seq: i64,
    /// What happened.
    pub entry: LogEntry,
    /// The hash of the row before.
    pub before: String,
    /// The hash of this row.
    pub hash: String,
}

/// A row by its number and hash, as somebody keeps it outside the log: `1204:9f86d0…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The number of the row.
    pub seq: i64,
    pub hash: String,
}

impl Mark {
    /// Reads what was kept.
    ///
    /// ```
    /// use parindex_domain::audit::{BEGINNING, Mark};
    /// let kept = Mark::read(&format!(" 12:{BEGINNING}\n")).unwrap();
    /// assert_eq!((kept.seq, kept.to_string()), (12, format!("12:{BEGINNING}")));
    /// assert!(Mark::read("12").is_none() && Mark::read("0:ab").is_none());
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (seq, hash) = text.trim().split_once(':')?;
        let (seq, hash) = (seq.trim().parse().ok().filter(|seq| *seq > 0)?, hash.trim().to_lowercase());
        let is_hash = hash.len() == BEGINNING.len() && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hash.then_some(Self { seq, hash })
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl LogRow {
    /// What to keep of it outside the log.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark { seq: self.seq, hash: self.hash.clone() }
    }

    /// The row that follows.
    ///
    /// ```
    /// use parindex_domain::audit::{BEGINNING, LogEntry, LogRow, broken};
    /// let entry = LogEntry {
    ///     at: 1, person: None, who: "hệ thống".into(), act: "start".into(), subject: String::new(), detail: "{}".into(),
    /// };
    /// let first = LogRow::after(0, BEGINNING, entry.clone());
    /// let mut second = LogRow::after(first.seq, &first.hash, entry);
    /// assert!(broken((0, BEGINNING), [&first, &second]).is_none());
    /// second.entry.who = "ai đó".into();
    /// assert!(broken((0, BEGINNING), [&first, &second]).is_some());
    /// ```
    #[must_use]
    pub fn after(last: i64, before: &str, entry: LogEntry) -> Self {
        let seq = last + 1;
        let hash = hash(seq, &entry, before);
        Self { seq, entry, before: before.to_owned(), hash }
    }
}

/// What the log keeps of a text that is too long for it: SHA-256, in hexadecimal digits.
///
/// ```
/// let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// assert_eq!(parindex_domain::audit::digest(""), empty);
/// ```
#[must_use]
pub fn digest(text: &str) -> String {
    in_hex(Sha256::new_with_prefix(text))
}

fn hash(seq: i64, entry: &LogEntry, before: &str) -> String {
    let mut sum = Sha256::new();
    let person = entry.person.map(|person| person.to_string()).unwrap_or_default();
    let fields = [
        &seq.to_string(),
        &entry.at.to_string(),
        &person,
        &entry.who,
        &entry.act,
        &entry.subject,
        &entry.detail,
        before,
    ];
    for field in fields {
        sum.update(field.len().to_string());
        sum.update(":");
        sum.update(field);
    }
    in_hex(sum)
}

fn in_hex(sum: Sha256) -> String {
    sum.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or_default());
        }
        text
    })
}

/// What is wrong with the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// Rows between these two are missing.
    Missing(i64, i64),
    /// The row does not follow from the one before it.
    Unlinked(i64),
    /// The content of the row is not what was written.
    Altered(i64),
    /// The log ends before or after where its head says.
    End(i64, i64),
    /// The head is missing, or remembers another hash of this row: rows were altered and hashed anew.
    Head(i64),
}

impl Say for Broken {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Missing(last, next) => lang.pick(
                format!("thiếu dòng giữa số {last} và số {next}"),
                format!("rows are missing between {last} and {next}"),
            ),
            Self::Unlinked(seq) => lang.pick(
                format!("dòng số {seq} không nối với dòng trước nó"),
                format!("row {seq} does not follow from the one before it"),
            ),
            Self::Altered(seq) => lang.pick(
                format!("nội dung dòng số {seq} đã bị sửa"),
                format!("the content of row {seq} was altered"),
            ),
            Self::Head(seq) => lang.pick(
                format!("dòng số {seq} không khớp với dấu cuối đã giữ riêng; các dòng có thể đã bị sửa rồi tính lại dấu"),
                format!("row {seq} does not match the mark kept apart; rows may have been altered and marked again"),
            ),
            Self::End(last, head) => lang.pick(
                format!("nhật ký kết thúc ở dòng số {last}, lẽ ra ở số {head}"),
                format!("the log ends at row {last}, it should end at {head}"),
            ),
        }
    }
}

/// A clock that differs by less was only set right.
const SET_RIGHT: i64 = 5_000_000;

/// The clock went back between a row and the one before it. It breaks nothing, but whoever reads the times has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Back {
    /// The row that is before the one before it.
    pub seq: i64,
    /// Its time.
    pub at: Moment,
    /// The time of the row before it.
    pub before: Moment,
}

impl Back {
    /// Whether it did, when the row before this one has that time.
    #[must_use]
    pub fn between(before: Moment, row: &LogRow) -> Option<Self> {
        let at = row.entry.at;
        (before.saturating_sub(at) > SET_RIGHT).then_some(Self { seq: row.seq, at, before })
    }
}

impl Say for Back {
    fn say(&self, lang: Lang) -> String {
        let (seq, at, before) = (self.seq, written(self.at, lang), written(self.before, lang));
        let by = span(self.before.saturating_sub(self.at), lang);
        lang.pick(
            format!("dòng số {seq} ghi lúc {at}, sớm hơn dòng trước nó ({before}) {by}: đồng hồ máy chủ đã bị lùi"),
            format!("row {seq} was written at {at}, {by} before the row before it ({before}): the clock was set back"),
        )
    }
}

/// The first thing that is wrong in rows that follow `last` and its hash; `None` when all is as it was written.
pub fn broken<'r>(last: (i64, &str), rows: impl IntoIterator<Item = &'r LogRow>) -> Option<Broken> {
    let (mut seq, mut before) = (last.0, last.1.to_owned());
    for row in rows {
        if row.seq != seq + 1 {
            return Some(Broken::Missing(seq, row.seq));
        }
        if row.before != before {
            return Some(Broken::Unlinked(row.seq));
        }
        if hash(row.seq, &row.entry, &row.before) != row.hash {
            return Some(Broken::Altered(row.seq));
        }
        (seq, before) = (row.seq, row.hash.clone());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> Vec<LogRow> {
        let mut rows: Vec<LogRow> = Vec::new();
        for at in 0..count {
            let entry = LogEntry {
                at: i64::try_from(at).unwrap(),
                person: Some(7),
                who: "Trần Thu Hà".to_owned(),
                act: "unit.rename".to_owned(),
                subject: format!("unit {at}"),
                detail: "{}".to_owned(),
            };
            let (last, before) = rows.last().map_or((0, BEGINNING), |row| (row.seq, row.hash.as_str()));
            let row = LogRow::after(last, before, entry);
            rows.push(row);
        }
        rows
    }

    fn told(rows: &[LogRow]) -> Option<String> {
        broken((0, BEGINNING), rows).map(|broken| broken.say(Lang::Vi))
    }

    #[test]
    fn every_kind_of_tampering_is_named_with_its_row() {
        assert_eq!(told(&rows(9)), None);
        let mut removed = rows(9);
        removed.remove(4);
        assert_eq!(told(&removed).unwrap(), "thiếu dòng giữa số 4 và số 6");
        let mut altered = rows(9);
        altered[4].entry.subject.push('x');
        assert_eq!(told(&altered).unwrap(), "nội dung dòng số 5 đã bị sửa");
        let mut rehashed = rows(9);
        rehashed[4] = LogRow::after(4, &rehashed[3].hash, LogEntry { at: 0, ..rehashed[4].entry.clone() });
        assert_eq!(told(&rehashed).unwrap(), "dòng số 6 không nối với dòng trước nó");
    }

    #[test]
    fn a_clock_that_went_back_is_told_and_breaks_nothing() {
        let row = |at| LogRow::after(811, BEGINNING, LogEntry { at, ..rows(1)[0].entry.clone() });
        let five = 1_701_338_400_000_000;
        assert_eq!(Back::between(five, &row(five - 5_000_000)), None, "set right by seconds");
        let back = Back::between(five, &row(five - 30 * 60_000_000)).unwrap();
        assert_eq!(
            back.say(Lang::Vi),
            "dòng số 812 ghi lúc 16:30 ngày 30/11/2023, sớm hơn dòng trước nó (17:00 ngày 30/11/2023) 30 phút: đồng hồ máy chủ đã bị lùi"
        );
    }

    #[test]
    fn fields_cannot_be_shifted_into_each_other() {
        let entry = LogEntry { who: "ab".to_owned(), act: "c".to_owned(), ..rows(1)[0].entry.clone() };
        let shifted = LogEntry { who: "a".to_owned(), act: "bc".to_owned(), ..entry.clone() };
        assert_ne!(LogRow::after(0, BEGINNING, entry).hash, LogRow::after(0, BEGINNING, shifted).hash);
    }
}
