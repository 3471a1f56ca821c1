//! `facts`, `points` and `external`: what was entered for which unit, criterion and stage.

use jiff::civil::Date;
use parindex_domain::campaign::{BlockData, Entered, MemberData, Sources, StageData, What, is_far, outside};
use parindex_rulebook::finding::Finding;
use parindex_rulebook::input::Value;
use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::{Amount, Number};
use parindex_rulebook::set::{Compiled, Method};
use parindex_rulebook::table::{ColumnSpec, Row, Table};
use parindex_rulebook::word::same;

use super::codes::Codes;
use super::seen::{MAX_BITS, Seen};
use super::thousands::ReadAsDecimal;
use super::{MAX_FINDINGS, Rows, column, text_column};
use crate::csv::{MAX_ROWS, Records};
use crate::{Findings, PackageProblem};

/// Which of the three tables is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Values of inputs.
    Facts,
    /// Points that people gave.
    Points,
    /// Values or points from elsewhere, with their source.
    External,
}

const UNIT: ColumnSpec = text_column(&["unit", "Mã đơn vị"], true);
const CRITERION: ColumnSpec = text_column(&["criterion", "Mã tiêu chí"], true);
const STAGE: ColumnSpec = text_column(&["stage", "Bước"], false);

/// The columns of `facts`.
pub const FACTS: [ColumnSpec; 6] = [
    UNIT,
    CRITERION,
    text_column(&["input", "Số liệu"], true),
    column(&["value", "Giá trị"], true),
    STAGE,
    column(&["source", "Nguồn"], false),
];
/// The columns of `points`.
pub const POINTS: [ColumnSpec; 6] = [
    UNIT,
    CRITERION,
    text_column(&["input", "Số liệu"], false),
    column(&["points", "Điểm"], true),
    STAGE,
    column(&["source", "Lý do"], false),
];
/// The columns of `external`.
pub const EXTERNAL: [ColumnSpec; 6] = [
    UNIT,
    CRITERION,
    text_column(&["input", "Số liệu"], false),
    column(&["value", "Giá trị"], true),
    STAGE,
    column(&["source", "Nguồn"], true),
];

/// What stands for "does not apply" in the column of values.
const NOT_APPLICABLE: [&str; 2] = ["không áp dụng", "not applicable"];

/// The rows of a table: of a workbook, which is in memory anyway, or of CSV, one by one.
pub(crate) enum Feed {
    /// A table with its rows.
    Table(Table),
    /// A table with its header, and what reads its rows.
    Records(Table, Box<Records>),
}

impl Feed {
    /// The table, with its header at least.
    pub fn table(&self) -> &Table {
        match self {
            Self::Table(table) | Self::Records(table, _) => table,
        }
    }
}

/// Where units, criteria and stages are found.
pub struct Lookup<'c> {
    stages: &'c [StageData],
    blocks: &'c [BlockData],
    /// The assessed period; no day of a figure lies far from it.
    period: (Date, Date),
    members: Codes<'c, (usize, usize)>,
    criteria: Vec<Codes<'c, usize>>,
    /// The tables that were read.
    files: Vec<String>,
    /// By block: what was entered, over all tables.
    entered: Vec<Vec<Entered>>,
    seen: Vec<Seen>,
    /// Words of bits that are left for it.
    bits: usize,
    /// Whether the table that is read was written where the comma is decimal.
    comma_is_decimal: bool,
    sources: Sources,
    /// What somebody should look at, though it is taken.
    pub remarks: Findings,
}

impl<'c> Lookup<'c> {
    /// Prepares the codes of stages, units and criteria that rows may name.
    #[must_use]
    pub fn new(stages: &'c [StageData], blocks: &'c [BlockData], period: (Date, Date)) -> Self {
        let members = blocks.iter().enumerate().flat_map(|(at, block)| {
            block.members.iter().enumerate().map(move |(seat, member)| (member.code.as_str(), (at, seat)))
        });
        let codes = |block: &'c BlockData| {
            let criteria = block.set.set.criteria.iter().enumerate();
            criteria.map(|(node, criterion)| (criterion.code.as_str(), node)).collect()
        };
        Self {
            stages,
            blocks,
            period,
            members: Codes::new(members.collect()),
            criteria: blocks.iter().map(|block| Codes::new(codes(block))).collect(),
            files: Vec::new(),
            entered: vec![Vec::new(); blocks.len()],
            seen: vec![Seen::default(); blocks.len()],
            bits: MAX_BITS,
            comma_is_decimal: false,
            sources: Sources::default(),
            remarks: Findings::new(),
        }
    }

    /// Reads one table of entries, row by row, and finds the unit, stage and criterion of each.
    ///
    /// # Errors
    /// All that is wrong, each with its place.
    pub(crate) fn read(&mut self, feed: Feed, kind: RowKind) -> Result<(), Findings> {
        let columns = match kind {
            RowKind::Facts => &FACTS,
            RowKind::Points => &POINTS,
            RowKind::External => &EXTERNAL,
        };
        self.files.push(feed.table().file.clone());
        for (seen, entered) in self.seen.iter_mut().zip(&self.entered) {
            seen.tables.push(entered.len());
        }
        self.comma_is_decimal = feed.table().comma_is_decimal;
        let mut findings = Findings::new();
        match feed {
            Feed::Table(table) => {
                let rows = Rows::new(&table, columns)?;
                for row in &table.rows {
                    self.take(&rows, row, kind, &mut findings);
                }
            }
            Feed::Records(table, mut records) => {
                let rows = Rows::new(&table, columns)?;
                let mut row = Row::default();
                while findings.len() < MAX_FINDINGS {
                    match records.next(&mut row) {
                        Ok(true) => {}
                        Ok(false) => break,
                        Err(broken) => {
                            findings.extend(broken);
                            break;
                        }
                    }
                    let harmless = records.is_harmless() && row.cells.len() <= table.header.len();
                    let wrong = if harmless { Vec::new() } else { table.row_findings(&row) };
                    if wrong.is_empty() {
                        self.take(&rows, &row, kind, &mut findings);
                    }
                    findings.extend(wrong.iter().map(Finding::spoken));
                }
            }
        }
        if findings.is_empty() { Ok(()) } else { Err(findings) }
    }

    /// All that was entered, by block.
    pub(crate) fn entered(self) -> Vec<Vec<Entered>> {
        self.entered
    }

    /// Makes room for so many rows. Where all of them are of one block, a list that has it at once is never copied while it grows.
    pub(crate) fn reserve(&mut self, rows: usize) {
        let rows = rows.min(MAX_ROWS);
        if let ([entered], [seen]) = (self.entered.as_mut_slice(), self.seen.as_mut_slice()) {
            entered.reserve_exact(rows);
            seen.rows.reserve_exact(rows);
        }
    }

    fn take(&mut self, rows: &Rows<'_, 6>, row: &Row, kind: RowKind, findings: &mut Findings) {
        if findings.len() >= MAX_FINDINGS {
            return;
        }
        if let Err((column, problem)) = self.entry(rows, row, kind) {
            findings.push(rows.error(row, column, problem));
        }
    }

    fn entry(&mut self, rows: &Rows<'_, 6>, row: &Row, kind: RowKind) -> Result<(), (usize, PackageProblem)> {
        let (block, member) = self.member(rows.cell(row, 0)).map_err(|problem| (0, problem))?;
        let node = self.node(block, rows.cell(row, 1)).map_err(|problem| (1, problem))?;
        let stage = self.stage(rows.cell(row, 4)).map_err(|problem| (4, problem))?;
        let source = rows.cell(row, 5);
        if kind == RowKind::External && source.is_empty() {
            return Err((5, PackageProblem::NoSource));
        }
        let (input, text) = (rows.cell(row, 2), rows.cell(row, 3));
        let what = self.what(block, node, input, text, kind)?;
        self.not_percent(block, &what, rows, row)?;
        self.remark_day(&what, rows, row);
        self.remark_thousands((block, &what), rows, row);
        let entered = Entered { stage, member, what, source: self.sources.next(source) };
        self.keep(block, entered, row.number).map_err(|problem| (0, problem))
    }

    /// A figure that looks like thousands is read as it stands, and said.
    fn remark_thousands(&mut self, (block, what): (usize, &What), rows: &Rows<'_, 6>, row: &Row) {
        let text = rows.cell(row, 3);
        let may_be = !self.comma_is_decimal && text.ends_with('0') && text.contains('.');
        let (What::Value(slot, Value::Number(read)), true) = (what, may_be) else { return };
        let input = self.blocks.get(block).and_then(|block| block.set.inputs.get(slot.index()));
        let thousands = input.and_then(|input| input.kind.as_thousands(text));
        if let Some(thousands) = thousands.filter(|_| self.remarks.len() < MAX_FINDINGS) {
            self.remarks.push(rows.remark(
                row,
                3,
                ReadAsDecimal { text: text.to_owned(), read: read.clone(), thousands },
            ));
        }
    }

    /// A day beside the assessed period is taken, and said.
    fn remark_day(&mut self, what: &What, rows: &Rows<'_, 6>, row: &Row) {
        let What::Value(_, Value::Date(day)) = what else { return };
        if let Some(outside) = outside(*day, self.period).filter(|_| self.remarks.len() < MAX_FINDINGS) {
            self.remarks.push(rows.remark(row, 3, outside));
        }
    }

    /// Keeps what was entered, unless the same thing was entered before.
    fn keep(&mut self, block: usize, entered: Entered, row: u32) -> Result<(), PackageProblem> {
        let thing = self.thing(block, &entered.what);
        let Some((all, seen)) = self.entered.get_mut(block).zip(self.seen.get_mut(block)) else {
            return Ok(());
        };
        self.bits = self.bits.saturating_sub(seen.needs(entered.stage, entered.member, thing));
        if self.bits == 0 {
            return Err(PackageProblem::TooMuch);
        }
        if !seen.again(entered.stage, entered.member, thing) {
            all.push(entered);
            seen.rows.push(row);
            return Ok(());
        }
        let (file, first) = self.first(block, &entered, thing);
        Err(PackageProblem::Twice(file, first))
    }

    /// What was entered, as a number: inputs of a level above are one input, whichever criterion names them.
    fn thing(&self, block: usize, what: &What) -> usize {
        let inputs = || self.blocks.get(block).map_or(0, |block| block.set.inputs.len());
        match what {
            What::Value(slot, _) => slot.index(),
            What::NotApplicable(node) | What::Points(node, _) => inputs().saturating_add(*node),
        }
    }

    /// Where a thing was entered first.
    fn first(&self, block: usize, entered: &Entered, thing: usize) -> (String, u32) {
        let all = self.entered.get(block).into_iter().flatten();
        let same = |each: &Entered| {
            (each.stage, each.member) == (entered.stage, entered.member)
                && self.thing(block, &each.what) == thing
        };
        let first = all.zip(0..).find(|(each, _)| same(each)).map(|(_, entry)| entry);
        let place = first.zip(self.seen.get(block)).and_then(|(entry, seen)| seen.place(entry));
        let (table, row) = place.unwrap_or_default();
        (self.files.get(table).cloned().unwrap_or_default(), row)
    }

    /// A plain figure over which a workbook shows a percent sign is asked back: its writer may mean another number.
    fn not_percent(
        &self,
        block: usize,
        what: &What,
        rows: &Rows<'_, 6>,
        row: &Row,
    ) -> Result<(), (usize, PackageProblem)> {
        let Some(shown) = rows.shown(row, 3).filter(|shown| shown.ends_with('%')) else { return Ok(()) };
        let share = match what {
            What::Value(slot, _) => {
                let set = self.blocks.get(block).map(|block| &block.set);
                let input = set.and_then(|set| set.inputs.get(slot.index()));
                input.is_some_and(|input| matches!(input.kind, parindex_rulebook::input::Kind::Ratio { .. }))
            }
            _ => false,
        };
        let read = rows.cell(row, 3).to_owned();
        if share { Ok(()) } else { Err((3, PackageProblem::PercentShown(read, shown.to_owned()))) }
    }

    fn member(&mut self, code: &str) -> Result<(usize, usize), PackageProblem> {
        let found = self.members.find(code).ok_or_else(|| PackageProblem::UnknownUnit(code.to_owned()))?;
        let member: Option<&MemberData> =
            self.blocks.get(found.0).and_then(|block| block.members.get(found.1));
        if member.is_some_and(|member| !member.standing.is_assessed()) {
            return Err(PackageProblem::ExemptHasEntries(code.to_owned()));
        }
        Ok(found)
    }

    fn node(&mut self, block: usize, code: &str) -> Result<usize, PackageProblem> {
        let found = self.criteria.get_mut(block).and_then(|codes| codes.find(code));
        found.ok_or_else(|| PackageProblem::UnknownCriterion(code.to_owned()))
    }

    fn stage(&self, code: &str) -> Result<usize, PackageProblem> {
        let codes = || self.stages.iter().map(|stage| stage.code.clone()).collect::<Vec<_>>().join(", ");
        match code {
            "" if self.stages.len() == 1 => Ok(0),
            "" => Err(PackageProblem::NoStage(codes())),
            code => {
                let found = self.stages.iter().position(|stage| stage.code == code);
                found.ok_or_else(|| PackageProblem::UnknownStage(code.to_owned(), codes()))
            }
        }
    }

    fn what(
        &self,
        block: usize,
        node: usize,
        input: &str,
        text: &str,
        kind: RowKind,
    ) -> Result<What, (usize, PackageProblem)> {
        let Some(set) = self.blocks.get(block).map(|block| &block.set) else {
            return Err((0, PackageProblem::EmptyCell));
        };
        let code = || set.set.criteria.get(node).map(|criterion| criterion.code.clone()).unwrap_or_default();
        if text.is_empty() {
            return Err((3, PackageProblem::EmptyCell));
        }
        // Points begin with a digit, and are most of what has no input.
        let word = input.is_empty() && !text.starts_with(|each: char| each.is_ascii_digit());
        if word && NOT_APPLICABLE.iter().any(|known| same(known, text)) {
            // A whole domain may not apply too, where the set says what becomes of its points.
            let policy = set.set.criteria.get(node).and_then(|criterion| criterion.not_applicable);
            return policy
                .map(|_| What::NotApplicable(node))
                .ok_or_else(|| (3, PackageProblem::AlwaysApplies(code())));
        }
        if input.is_empty() && kind != RowKind::Facts {
            return points(set, node, text, self.comma_is_decimal)
                .map(|points| What::Points(node, points))
                .map_err(|problem| (3, problem));
        }
        let Some(slot) = set.slot(node, input) else {
            let known = set.inputs.iter().zip(&set.owners).filter(|(_, owner)| **owner == node);
            let known = known.map(|(input, _)| input.name.clone()).collect::<Vec<_>>().join(", ");
            return Err((2, PackageProblem::UnknownInput(input.to_owned(), known)));
        };
        let kind = set.inputs.get(slot.index()).map(|input| &input.kind);
        let value = kind
            .map(|kind| {
                let comma = self.comma_is_decimal;
                if comma { kind.typed(text, &Value::Missing, Lang::Vi) } else { kind.read(text) }
            })
            .transpose()
            .map_err(|invalid| (3, PackageProblem::Value(invalid)))?;
        let value = value.unwrap_or_default();
        match value {
            Value::Date(day) if is_far(day, self.period) => {
                Err((3, PackageProblem::FarDay(day, self.period.0, self.period.1)))
            }
            value => Ok(What::Value(slot, value)),
        }
    }
}

fn points(set: &Compiled, node: usize, text: &str, comma_is_decimal: bool) -> Result<Number, PackageProblem> {
    let criterion = set.set.criteria.get(node);
    let code = || criterion.map(|criterion| criterion.code.clone()).unwrap_or_default();
    if !set.tree.is_leaf(node) {
        return Err(PackageProblem::PointsOnParent(code()));
    }
    if criterion.is_some_and(|criterion| criterion.method == Some(Method::Information)) {
        return Err(PackageProblem::Information(code()));
    }
    let points = if comma_is_decimal { Number::typed(text, Lang::Vi, Amount::Points) } else { text.parse() };
    let points: Number = points.map_err(|_invalid| PackageProblem::BadPoints(text.to_owned()))?;
    let max = set.max(node);
    if points.is_negative() || points > *max {
        return Err(PackageProblem::PointsRange(text.to_owned(), max.to_string()));
    }
    Ok(points)
}
