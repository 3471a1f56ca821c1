//! Rows of a table to a criteria set, with every error at its cell.

use std::collections::HashMap;

use super::read_about::AboutReader;
use super::words::{Column, list_words, value_of};
use super::{COLUMNS, CriteriaSet, Criterion, Method, NotApplicable, Part, SetProblem, Tree};
use crate::finding::{Finding, Place};
use crate::notation;
use crate::number::Number;
use crate::rule::{Body, Rule};
use crate::table::{Row, Table, TableProblem};

/// The longest code.
const LONGEST_CODE: usize = 40;

/// A set as read, and where each of its nodes was written.
#[derive(Clone, Debug)]
pub struct ReadSet {
    /// The set.
    pub set: CriteriaSet,
    /// Where it was written.
    pub places: Places,
}

/// Where nodes were written.
#[derive(Clone, Debug, Default)]
pub struct Places {
    file: Place,
    rows: Vec<Place>,
    tidied: bool,
}

impl Places {
    /// The place of a node's column; the file when the node is unknown.
    #[must_use]
    pub fn of(&self, node: Option<usize>, column: &str) -> Place {
        let row = node.and_then(|node| self.rows.get(node)).unwrap_or(&self.file);
        row.clone().in_column(column)
    }

    /// What is said of how the texts were written, if anything.
    #[must_use]
    pub fn remark(&self) -> Option<Finding<SetProblem>> {
        let remark = || Finding::warning(self.file.clone(), SetProblem::Table(TableProblem::Tidied));
        self.tidied.then(remark)
    }
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
            let (number, cells) = row.map_or((1, &table.header), |row| (row.number, &row.cells));
            let key = cells.first().map_or("", |cell| cell.trim());
            if key.starts_with('@') {
                settings.take(key, cells.get(1).map_or("", |cell| cell.trim()), table.place(number, ""));
            }
        }
    }
    for row in &table.rows {
        reader.row(row, &mut settings);
    }
    let mut set = CriteriaSet { criteria: reader.criteria, ..CriteriaSet::default() };
    reader.findings.extend(settings.finish(&mut set));
    let places = Places {
        file: Place { sheet: table.sheet.clone(), ..Place::file(&table.file) },
        rows: reader.places,
        tidied: table.tidied || about.is_some_and(|about| about.tidied),
    };
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
    places: Vec<Place>,
    seen: HashMap<String, u32>,
    findings: Findings,
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
        Ok(Self { table, columns, criteria: Vec::new(), places: Vec::new(), seen: HashMap::new(), findings })
    }

    fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.columns.get(column.place()).copied().flatten().map_or("", |place| row.cell(place))
    }

    fn row(&mut self, row: &Row, settings: &mut AboutReader) {
        let code = self.cell(row, Column::Code);
        if code.starts_with('@') {
            settings.take(code, self.cell(row, Column::Name), self.table.place(row.number, ""));
            return;
        }
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if let Err(problem) = self.check_code(code, row.number) {
            self.error(row, Column::Code, problem);
        }
        let criterion = self.criterion(row, code);
        self.places.push(self.table.place(row.number, ""));
        self.criteria.push(criterion);
    }

    fn check_code(&mut self, code: &str, row: u32) -> Result<(), SetProblem> {
        if code.is_empty() {
            return Err(SetProblem::NoCode);
        }
        let usable = |each: char| each.is_alphanumeric() || matches!(each, '.' | '-' | '_');
        if code.chars().count() > LONGEST_CODE || !code.chars().all(usable) {
            return Err(SetProblem::BadCode(code.chars().take(LONGEST_CODE).collect()));
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
        self.read_rule(row, &mut criterion);
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

    fn read_rule(&mut self, row: &Row, criterion: &mut Criterion) {
        let inputs = notation::parse_inputs(self.cell(row, Column::Inputs)).map_err(SetProblem::Notation);
        criterion.inputs = self.kept(row, Column::Inputs, inputs).unwrap_or_default();
        let rule = notation::parse(self.cell(row, Column::Rule)).map_err(SetProblem::Notation);
        criterion.rule = self.kept(row, Column::Rule, rule).unwrap_or_default();
        let has_rule = !matches!(criterion.rule.body, Body::Judgement { .. } | Body::Information);
        if has_rule && criterion.method == Some(Method::Information) {
            self.error(row, Column::Rule, SetProblem::InformationWithRule);
        }
        let checks = notation::parse_checks(self.cell(row, Column::Checks)).map_err(SetProblem::Notation);
        criterion.checks = self.kept(row, Column::Checks, checks).unwrap_or_default();
        let names = criterion.inputs.iter().map(|input| &input.name);
        let twice = names
            .enumerate()
            .find(|(at, name)| criterion.inputs.iter().take(*at).any(|other| other.name == **name));
        if let Some((_, name)) = twice {
            self.error(row, Column::Inputs, SetProblem::InputTwice(name.clone()));
        }
    }
}
