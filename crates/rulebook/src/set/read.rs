//! Rows of a table to a criteria set, with every error at its cell.

use std::collections::HashMap;

use super::places::Places;
use super::read_about::AboutReader;
use super::seen::Seen;
use super::words::{Column, list_words, value_of};
use super::{COLUMNS, CriteriaSet, Criterion, Method, NotApplicable, Part, SetProblem, Tree};
use crate::finding::Finding;
use crate::notation::{self, Budget, Check, InvalidRule, Kind, Names};
use crate::number::{InvalidNumber, Number};
use crate::rule::{Body, Rule};
use crate::table::{Row, Table, TableProblem};

/// The longest code of a criterion, in characters.
const MAX_CODE: usize = 40;

/// A set as read, and where each of its nodes was written.
#[derive(Clone, Debug)]
pub struct ReadSet {
    pub set: CriteriaSet,
    /// Where it was written.
    pub places: Places,
}

type Findings = Vec<Finding<SetProblem>>;

/// Reads a set from its table; `about` is the sheet of settings when a workbook has one of its own.
///
/// # Errors
/// All that is wrong, each with its place.
pub fn read(table: &Table, about: Option<&Table>) -> Result<ReadSet, Findings> {
    let mut reader = Reader::new(table)?;
    let mut settings = AboutReader::default();
    if let Some(table) = about {
        for row in std::iter::once(None).chain(table.rows.iter().map(Some)) {
            // The header row of the settings sheet is «Mục, Giá trị»; a sheet without it begins with a setting.
            let title = |column: usize| table.header.get(column).map_or("", |cell| cell.trim());
            let (number, [key, value]) = match row {
                Some(row) => (row.number, [row.cell(0), row.cell(1)]),
                None => (1, [title(0), title(1)]),
            };
            if key.starts_with('@') {
                settings.take(key, value, table.place(number, ""));
            }
        }
    }
    for row in &table.rows {
        reader.row(row, &mut settings);
    }
    reader.rules();
    reader.findings.sort_by_key(|finding| finding.place.row);
    let mut set = CriteriaSet { criteria: reader.criteria, ..CriteriaSet::default() };
    let places = Places::new(table, about, reader.rows.iter().map(|row| row.number), settings.places());
    reader.findings.extend(settings.finish(&mut set));
    check_shape(&set, &places, &mut reader.findings);
    if reader.findings.is_empty() { Ok(ReadSet { set, places }) } else { Err(reader.findings) }
}

/// Errors that need the whole tree.
fn check_shape(set: &CriteriaSet, places: &Places, findings: &mut Findings) {
    match Tree::of(set) {
        Err(broken) => {
            findings.extend(broken.into_iter().map(|(node, problem)| {
                Finding::error(places.of(Some(node), Column::Parent.title()), problem)
            }));
        }
        Ok(tree) => {
            let leaves = |node: &usize| !tree.is_leaf(*node);
            for node in (0..set.criteria.len()).filter(leaves) {
                let has_rule =
                    set.criteria.get(node).is_some_and(|criterion| criterion.rule != Rule::default());
                if has_rule {
                    let place = places.of(Some(node), Column::Rule.title());
                    findings.push(Finding::error(place, SetProblem::RuleOnParent));
                }
            }
        }
    }
}

struct Reader<'t> {
    table: &'t Table,
    columns: [Option<usize>; 14],
    criteria: Vec<Criterion>,
    /// For each criterion its row.
    rows: Vec<&'t Row>,
    /// The criteria whose inputs could not be read.
    unread: Vec<usize>,
    seen: HashMap<String, u32>,
    findings: Findings,
    /// How much may still be read in search of what could be written instead.
    budget: Budget,
}

impl<'t> Reader<'t> {
    fn new(table: &'t Table) -> Result<Self, Findings> {
        let as_set = |findings: Vec<Finding<TableProblem>>| -> Findings {
            let wrap = |each: Finding<_>| Finding {
                severity: each.severity,
                place: each.place,
                problem: SetProblem::Table(each.problem),
            };
            findings.into_iter().map(wrap).collect()
        };
        let findings = as_set(table.text_findings());
        if !findings.is_empty() {
            return Err(findings);
        }
        let columns = table.columns(&COLUMNS).map_err(as_set)?;
        let (criteria, rows, unread, seen) = (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
        Ok(Self { table, columns, criteria, rows, unread, seen, findings, budget: Budget::default() })
    }

    fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.columns.get(column.place()).copied().flatten().map_or("", |place| row.cell(place))
    }

    fn row(&mut self, row: &'t Row, settings: &mut AboutReader) {
        let code = self.cell(row, Column::Code);
        if code.starts_with('@') {
            settings.take(code, self.cell(row, Column::Name), self.table.place(row.number, ""));
            return;
        }
        if row.cells.is_blank() {
            return;
        }
        if let Err(problem) = self.check_code(code, row.number) {
            self.error(row, Column::Code, problem);
        }
        let criterion = self.criterion(row, code);
        self.rows.push(row);
        self.criteria.push(criterion);
    }

    fn check_code(&mut self, code: &str, row: u32) -> Result<(), SetProblem> {
        if code.is_empty() {
            return Err(SetProblem::NoCode);
        }
        let usable = |each: char| each.is_alphanumeric() || matches!(each, '.' | '-' | '_');
        if code.chars().count() > MAX_CODE || !code.chars().all(usable) {
            return Err(SetProblem::BadCode(code.chars().take(MAX_CODE).collect()));
        }
        match self.seen.insert(code.to_owned(), row) {
            Some(first) => Err(SetProblem::CodeTwice(code.to_owned(), first)),
            None => Ok(()),
        }
    }

    fn error(&mut self, row: &Row, column: Column, problem: SetProblem) {
        self.findings.push(Finding::error(self.table.place(row.number, column.title()), problem));
    }

    fn kept<T>(&mut self, row: &Row, column: Column, read: Result<T, SetProblem>) -> Option<T> {
        read.map_err(|problem| self.error(row, column, problem)).ok()
    }

    fn criterion(&mut self, row: &Row, code: &str) -> Criterion {
        let text = |column| self.cell(row, column).to_owned();
        let mut criterion = Criterion {
            code: code.to_owned(),
            parent: Some(text(Column::Parent)).filter(|parent| !parent.is_empty()),
            name: text(Column::Name),
            evidence: text(Column::Evidence),
            appraiser: text(Column::Appraiser),
            guidance: text(Column::Guidance),
            basis: text(Column::Basis),
            ..Criterion::default()
        };
        criterion.part = self.word(row, Column::Part, &Part::WORDS).unwrap_or_default();
        criterion.method = self.word(row, Column::Method, &Method::WORDS);
        criterion.not_applicable = self.word(row, Column::NotApplicable, &NotApplicable::WORDS);
        self.read_max(row, &mut criterion);
        self.read_inputs(row, &mut criterion);
        criterion
    }

    fn word<T: Copy>(&mut self, row: &Row, column: Column, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.cell(row, column);
        if text.is_empty() {
            return None;
        }
        let found =
            value_of(words, text).ok_or_else(|| SetProblem::BadWord(text.to_owned(), list_words(words)));
        self.kept(row, column, found)
    }

    fn read_max(&mut self, row: &Row, criterion: &mut Criterion) {
        let text = self.cell(row, Column::Max);
        if text.is_empty() {
            if criterion.method != Some(Method::Information) {
                self.error(row, Column::Max, SetProblem::NoMax);
            }
            return;
        }
        // A decimal comma is a person's; a point is the file's, but nobody's third digit behind it is a zero.
        let unclear = text.contains(',') || text.ends_with(".000");
        let number = if unclear { Number::of_set(text) } else { text.parse() };
        let max = match number {
            Ok(max) if max.is_negative() => Err(SetProblem::NegativeMax(text.to_owned())),
            Ok(max) => Ok(max),
            Err(InvalidNumber::Unclear(_)) if text.starts_with(['-', '\u{2212}']) => {
                Err(SetProblem::NegativeMax(text.to_owned()))
            }
            Err(why) => Err(SetProblem::BadMax(text.to_owned(), why)),
        };
        criterion.max = self.kept(row, Column::Max, max);
        if criterion.method == Some(Method::Information) {
            // Zero is a way of writing that it gives no points.
            let scored = criterion.max.take().is_some_and(|max| !max.is_zero());
            if scored {
                self.error(row, Column::Max, SetProblem::InformationWithRule);
            }
        }
    }

    fn read_inputs(&mut self, row: &Row, criterion: &mut Criterion) {
        let text = self.cell(row, Column::Inputs);
        let inputs =
            self.noted(row, Column::Inputs, notation::inputs(text), (text, Kind::Inputs, &Names::default()));
        match inputs {
            Some(inputs) => criterion.inputs = inputs,
            None => self.unread.push(self.criteria.len()),
        }
        let names = criterion.inputs.iter().map(|input| &input.name);
        let twice = names
            .enumerate()
            .find(|(at, name)| criterion.inputs.iter().take(*at).any(|other| other.name == **name));
        if let Some((_, name)) = twice {
            self.error(row, Column::Inputs, SetProblem::InputTwice(name.clone()));
        }
    }

    /// Rules and checks, once it is known what is declared at their own level and above.
    fn rules(&mut self) {
        let criteria = std::mem::take(&mut self.criteria);
        let seen = Seen::new(&criteria);
        let names = |node: usize| {
            let unread = seen.line(node).any(|node| self.unread.contains(&node));
            if unread { Names::default() } else { seen.names(node) }
        };
        let names: Vec<Names> = (0..criteria.len()).map(names).collect();
        self.criteria = criteria;
        for (node, (row, names)) in self.rows.clone().into_iter().zip(names).enumerate() {
            let (rule, checks) = self.read_rule(row, &names);
            let Some(criterion) = self.criteria.get_mut(node) else { continue };
            (criterion.rule, criterion.checks) = (rule, checks);
            let has_rule = !matches!(criterion.rule.body, Body::Judgement { .. } | Body::Information);
            if has_rule && criterion.method == Some(Method::Information) {
                self.error(row, Column::Rule, SetProblem::InformationWithRule);
            }
        }
    }

    fn read_rule(&mut self, row: &Row, names: &Names) -> (Rule<String>, Vec<Check<String>>) {
        let text = self.cell(row, Column::Rule);
        let read = notation::rule(text, names);
        let rule = self.noted(row, Column::Rule, read, (text, Kind::Rule, names));
        let text = self.cell(row, Column::Checks);
        let read = notation::checks(text, names);
        let checks = self.noted(row, Column::Checks, read, (text, Kind::Checks, names));
        (rule.unwrap_or_default(), checks.unwrap_or_default())
    }

    /// What was read; where it is wrong, with what could be written instead.
    fn noted<T>(
        &mut self,
        row: &Row,
        column: Column,
        read: Result<T, InvalidRule>,
        (text, kind, names): (&str, Kind, &Names),
    ) -> Option<T> {
        let read = read.map_err(|error| notation::advised(text, (kind, names), error, &mut self.budget));
        self.kept(row, column, read.map_err(SetProblem::Notation))
    }
}
