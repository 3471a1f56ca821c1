//! `calendar`: days that an administration adds to the holidays that come with the product.

use parindex_rulebook::calendar::{Calendar, CalendarError, DayKind, Lack};
use parindex_rulebook::finding::{Finding, Place};
use parindex_rulebook::input::read_date;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::table::{ColumnSpec, Table};

use super::{MAX_FINDINGS, Rows, column};
use crate::{Findings, PackageProblem};

/// More years than any set of rules counts days in.
const MAX_YEARS: usize = 20;

/// The columns of the table.
pub const COLUMNS: [ColumnSpec; 4] = [
    column(&["date", "Ngày"], true),
    column(&["kind", "Loại"], true),
    column(&["name", "Tên"], false),
    column(&["source", "Nguồn"], false),
];

/// A day as the table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The date: `2026-04-30`.
    pub date: String,
    /// `off` or `work`.
    pub kind: String,
    pub name: String,
    /// The document that says so; empty where none is named.
    pub source: String,
}

impl Day {
    /// Adds it to a calendar; `None` when it cannot be read.
    pub fn add_to(&self, calendar: &mut Calendar) -> Option<()> {
        calendar.add(&self.date, &self.kind, &self.name)
    }
}

/// Reads the days of a table and adds them to a calendar.
///
/// # Errors
/// Days that cannot be read, each with its place.
pub fn extend(calendar: &mut Calendar, table: &Table) -> Result<Vec<Day>, Findings> {
    let rows = Rows::new(table, &COLUMNS)?;
    let (mut days, mut findings) = (Vec::new(), Findings::new());
    for row in &table.rows {
        if findings.len() >= MAX_FINDINGS {
            break;
        }
        let [date, kind, name, source] = [0, 1, 2, 3].map(|column| rows.cell(row, column).to_owned());
        // Officials write 30/04/2026 and «nghỉ»; kept is one way to write each.
        let date = read_date(&date).map_or(date, |day| day.to_string());
        let kind = DayKind::of(&kind).map_or(kind, |kind| kind.word().to_owned());
        let day = Day { date, kind, name, source };
        if day.add_to(calendar).is_none() {
            let problem = PackageProblem::BadDay(format!("{}, {}", day.date, day.kind));
            findings.push(rows.error(row, 0, problem));
        }
        days.push(day);
    }
    if findings.is_empty() { Ok(days) } else { Err(findings) }
}

/// A year of which some days are there, and what it lacks.
struct Unknown {
    year: i16,
    lacks: Vec<Lack>,
}

/// Years of which some days are there and others are not: so many more than are told one by one.
struct More(usize);

/// What there is to say of the years of a calendar that are not known whole, one by one where they are not many.
#[must_use]
pub fn unknown_years(calendar: &Calendar, file: &str) -> Findings {
    let years: Vec<i16> = calendar.years().into_iter().filter(|year| !calendar.is_known(*year)).collect();
    let remark = |year: &i16| {
        let unknown = Unknown { year: *year, lacks: calendar.lacks(*year) };
        Finding::warning(Place::file(file), unknown).spoken()
    };
    let more = years.len().saturating_sub(MAX_YEARS);
    let more = (more > 0).then(|| Finding::warning(Place::file(file), More(more)).spoken());
    years.iter().take(MAX_YEARS).map(remark).chain(more).collect()
}

impl Say for Unknown {
    fn say(&self, lang: Lang) -> String {
        let lacks: Vec<String> = self.lacks.iter().map(|lack| lack.say(lang)).collect();
        let (unknown, lacks) = (CalendarError::UnknownYear(self.year).say(lang), lacks.join("; "));
        format!("{unknown}: {lacks}")
    }
}

impl Say for More {
    fn say(&self, lang: Lang) -> String {
        let Self(years) = self;
        lang.pick(
            format!(
                "còn {years} năm khác cũng chưa có đủ ngày nghỉ; hãy kiểm tra năm của các ngày trong tệp"
            ),
            format!("{years} more years lack holidays too; check the years of the days in this file"),
        )
    }
}
