//! How a campaign came to its result: notes, remarks, verdicts, documents, motions, votes. Texts that are kept and shown; no point
//! follows from them. Who and when are texts too: people of another server are nobody here.

mod read;
mod tables;

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use parindex_domain::campaign::CampaignData;

pub use read::{KnownCodes, read};
pub use tables::{EVIDENCE, HistoryColumn, Holds, MOTIONS, NOTES, REMARKS, TABLES, VERDICTS, VOTES};

/// A table of the history.
#[derive(Debug)]
pub struct HistoryTable {
    /// The name of its file, without the ending.
    pub name: &'static str,
    /// What it holds, in Vietnamese and English.
    pub title: (&'static str, &'static str),
    /// Its columns.
    pub fields: &'static [HistoryColumn],
}

impl HistoryTable {
    /// The table of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<&'static Self> {
        TABLES.into_iter().find(|kept| kept.name == name)
    }

    /// The place of a column.
    #[must_use]
    pub fn place(&self, column: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.titles.first() == Some(&column))
    }

    /// The cell of a row under a column; empty where there is none.
    #[must_use]
    pub fn cell<'c>(&self, cells: &'c [String], column: &str) -> &'c str {
        self.place(column).and_then(|place| cells.get(place)).map_or("", String::as_str)
    }

    /// The numbers that are free in the column by which rows are told apart, the first of them.
    #[must_use]
    pub fn next(&self, rows: &[Vec<String>], column: &str) -> i64 {
        let taken = rows.iter().filter_map(|cells| self.cell(cells, column).parse::<i64>().ok());
        taken.max().unwrap_or(0).saturating_add(1)
    }
}

/// The rows of all tables, each in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    tables: BTreeMap<&'static str, Vec<Vec<String>>>,
}

impl History {
    /// The rows of a table.
    #[must_use]
    pub fn rows(&self, of: &HistoryTable) -> &[Vec<String>] {
        self.tables.get(of.name).map_or(&[], Vec::as_slice)
    }

    /// Adds rows to a table.
    pub fn add(&mut self, to: &HistoryTable, rows: impl IntoIterator<Item = Vec<String>>) {
        self.tables.entry(to.name).or_default().extend(rows);
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.values().all(Vec::is_empty)
    }

    /// What can be read again: the rows about units of the campaign, and the votes on motions that are there.
    #[must_use]
    pub fn fitting(&self, campaign: &CampaignData) -> Self {
        let members = campaign.blocks.iter().flat_map(|block| &block.members);
        let units: HashSet<&str> = members.map(|member| member.code.as_str()).collect();
        let mut fitting = Self::default();
        for kept in TABLES.into_iter().filter(|kept| kept.name != VOTES.name) {
            let here = |cells: &&Vec<String>| units.contains(kept.cell(cells, "unit"));
            fitting.add(kept, self.rows(kept).iter().filter(here).cloned());
        }
        let motions: HashSet<&str> =
            fitting.rows(&MOTIONS).iter().map(|cells| MOTIONS.cell(cells, "motion")).collect();
        let votes = self.rows(&VOTES).iter().filter(|cells| motions.contains(VOTES.cell(cells, "motion")));
        let votes: Vec<Vec<String>> = votes.cloned().collect();
        fitting.add(&VOTES, votes);
        fitting
    }
}

/// A moment as packages write it: `2026-03-05T14:07:09.123456+07:00`, as clocks in Vietnam show it.
#[must_use]
pub fn moment(microseconds: i64) -> String {
    let at = Timestamp::from_microsecond(microseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let zone = TimeZone::fixed(Offset::constant(7));
    at.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string()
}
