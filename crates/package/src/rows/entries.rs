//! `facts`, `points` and `external`: what was entered for which unit, criterion and stage.

use std::collections::HashMap;

use jiff::civil::Date;
use parindex_domain::campaign::{Block, Entered, Member, Stage, Standing, What, is_far, outside};
use parindex_rulebook::input::Value;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Method;
use parindex_rulebook::table::{ColumnSpec, Row, Table};
use parindex_rulebook::word::same;

use super::{Rows, column, text_column};
use crate::{Findings, PackageProblem};

/// Which of the three tables is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Values of inputs.
    Facts,
    /// Points that people gave.
    Points,
    /// Values or points from elsewhere, with their source.
    External,
}

/// More findings of one table than anybody reads.
const MOST_FINDINGS: usize = 1_000;

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

/// Block and unit, criterion, stage and slot; a slot of zero stands for points.
type Thing = (u32, u32, u16, u16, u32);

/// Where units, criteria and stages are found.
pub struct Lookup<'c> {
    stages: &'c [Stage],
    blocks: &'c [Block],
    /// The assessed period; no day of a figure lies far from it.
    period: (Date, Date),
    members: HashMap<&'c str, (usize, usize)>,
    criteria: Vec<HashMap<&'c str, usize>>,
    /// The tables that were read.
    files: Vec<String>,
    /// Where each thing was entered first, over all tables: which table, which row.
    seen: HashMap<Thing, (u16, u32)>,
    /// What somebody should look at, though it is taken.
    pub remarks: Findings,
}

impl<'c> Lookup<'c> {
    /// Prepares the lists.
    #[must_use]
    pub fn new(stages: &'c [Stage], blocks: &'c [Block], period: (Date, Date)) -> Self {
        let members = blocks.iter().enumerate().flat_map(|(at, block)| {
            block.members.iter().enumerate().map(move |(seat, member)| (member.code.as_str(), (at, seat)))
        });
        let codes = |block: &'c Block| {
            let criteria = block.set.set.criteria.iter().enumerate();
            criteria.map(|(node, criterion)| (criterion.code.as_str(), node)).collect()
        };
        Self {
            stages,
            blocks,
            period,
            members: members.collect(),
            criteria: blocks.iter().map(codes).collect(),
            files: Vec::new(),
            seen: HashMap::new(),
            remarks: Findings::new(),
        }
    }

    /// Reads one table: the entries of each block.
    ///
    /// # Errors
    /// All that is wrong, each with its place.
    pub fn read(&mut self, table: &Table, kind: Kind) -> Result<Vec<Vec<Entered>>, Findings> {
        let columns = match kind {
            Kind::Facts => &FACTS,
            Kind::Points => &POINTS,
            Kind::External => &EXTERNAL,
        };
        let rows = Rows::new(table, columns)?;
        self.files.push(table.file.clone());
        let mut findings = Findings::new();
        let mut entries = vec![Vec::new(); self.blocks.len()];
        for row in &table.rows {
            if findings.len() >= MOST_FINDINGS {
                break;
            }
            match self.entry(&rows, row, kind) {
                Ok((block, entry)) => entries.get_mut(block).map_or((), |of: &mut Vec<_>| of.push(entry)),
                Err((column, problem)) => findings.push(rows.error(row, column, problem)),
            }
        }
        if findings.is_empty() { Ok(entries) } else { Err(findings) }
    }

    fn entry(
        &mut self,
        rows: &Rows<'_, 6>,
        row: &Row,
        kind: Kind,
    ) -> Result<(usize, Entered), (usize, PackageProblem)> {
        let (block, member) = self.member(rows.cell(row, 0)).map_err(|problem| (0, problem))?;
        let node = self.node(block, rows.cell(row, 1)).map_err(|problem| (1, problem))?;
        let stage = self.stage(rows.cell(row, 4)).map_err(|problem| (4, problem))?;
        let source = rows.cell(row, 5);
        if kind == Kind::External && source.is_empty() {
            return Err((5, PackageProblem::NoSource));
        }
        let (input, text) = (rows.cell(row, 2), rows.cell(row, 3));
        let what = self.what(block, node, input, text, kind)?;
        self.not_percent(block, &what, rows, row)?;
        self.remark(&what, rows, row);
        if let Some((file, first)) = self.entered_before((block, member), node, stage, &what, row.number) {
            return Err((0, PackageProblem::Twice(file, first)));
        }
        Ok((block, Entered { stage, member, what, source: source.to_owned() }))
    }

    /// A day beside the assessed period is taken, and said.
    fn remark(&mut self, what: &What, rows: &Rows<'_, 6>, row: &Row) {
        let What::Value(_, Value::Date(day)) = what else { return };
        if let Some(outside) = outside(*day, self.period).filter(|_| self.remarks.len() < MOST_FINDINGS) {
            self.remarks.push(rows.remark(row, 3, outside));
        }
    }

    /// Keeps where a thing was entered, and says where it was before.
    fn entered_before(
        &mut self,
        (block, member): (usize, usize),
        node: usize,
        stage: usize,
        what: &What,
        row: u32,
    ) -> Option<(String, u32)> {
        let slot = if let What::Value(slot, _) = what { slot.0 + 1 } else { 0 };
        // Inputs of a level above are one input, whichever criterion names them.
        let owner = if slot == 0 { node } else { 0 };
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let least = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        let thing = (small(member), small(owner), least(block), least(stage), slot);
        let table = least(self.files.len().saturating_sub(1));
        let (before, first) = self.seen.insert(thing, (table, row))?;
        Some((self.files.get(usize::from(before)).cloned().unwrap_or_default(), first))
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

    fn member(&self, code: &str) -> Result<(usize, usize), PackageProblem> {
        let found =
            self.members.get(code).copied().ok_or_else(|| PackageProblem::UnknownUnit(code.to_owned()))?;
        let member: Option<&Member> = self.blocks.get(found.0).and_then(|block| block.members.get(found.1));
        if member.is_some_and(|member| matches!(member.standing, Standing::Exempt(_))) {
            return Err(PackageProblem::ExemptHasEntries(code.to_owned()));
        }
        Ok(found)
    }

    fn node(&self, block: usize, code: &str) -> Result<usize, PackageProblem> {
        let found = self.criteria.get(block).and_then(|codes| codes.get(code)).copied();
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
        kind: Kind,
    ) -> Result<What, (usize, PackageProblem)> {
        let Some(set) = self.blocks.get(block).map(|block| &block.set) else {
            return Err((0, PackageProblem::EmptyCell));
        };
        let code = || set.set.criteria.get(node).map(|criterion| criterion.code.clone()).unwrap_or_default();
        if text.is_empty() {
            return Err((3, PackageProblem::EmptyCell));
        }
        if input.is_empty() && NOT_APPLICABLE.iter().any(|known| same(known, text)) {
            // A whole domain may not apply too, where the set says what becomes of its points.
            let policy = set.set.criteria.get(node).and_then(|criterion| criterion.not_applicable);
            return policy
                .map(|_| What::NotApplicable(node))
                .ok_or_else(|| (3, PackageProblem::AlwaysApplies(code())));
        }
        if input.is_empty() && kind != Kind::Facts {
            return points(set, node, text)
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
            .map(|kind| kind.read(text))
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

fn points(set: &parindex_rulebook::set::Compiled, node: usize, text: &str) -> Result<Number, PackageProblem> {
    let criterion = set.set.criteria.get(node);
    let code = || criterion.map(|criterion| criterion.code.clone()).unwrap_or_default();
    if !set.tree.is_leaf(node) {
        return Err(PackageProblem::PointsOnParent(code()));
    }
    if criterion.is_some_and(|criterion| criterion.method == Some(Method::Information)) {
        return Err(PackageProblem::Information(code()));
    }
    let points: Number = text.parse().map_err(|_invalid| PackageProblem::BadPoints(text.to_owned()))?;
    let max = set.max(node);
    if points.is_negative() || points > *max {
        return Err(PackageProblem::PointsRange(text.to_owned(), max.to_string()));
    }
    Ok(points)
}
