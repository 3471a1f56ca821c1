//! A criteria set back to rows; reading them again gives the same set.

use super::read_about::{DUE_OFF, FORMULA, RANK_BY, ROUND_AT, TIES};
use super::words::{AboutRow, Column, scale_key, word_of};
use super::{COLUMNS, CriteriaSet, Criterion, Method, NotApplicable, Part};
use crate::notation;
use crate::number::{Number, RoundMode};
use crate::rule::Rule;
use crate::settings::{DueOff, Rounding, Scale, Settings};
use crate::table::{ColumnSpec, Row, Table};

/// All rows of the one-table form: settings first, then the criteria.
#[must_use]
pub fn write(set: &CriteriaSet) -> Table {
    let settings = set.about_rows().into_iter().map(|(key, value)| {
        let mut cells = vec![String::new(); COLUMNS.len()];
        for (column, text) in [(Column::Code, key), (Column::Name, value)] {
            if let Some(cell) = cells.get_mut(column.place()) {
                *cell = text;
            }
        }
        cells
    });
    let criteria = set.criteria.iter().map(cells);
    let number = |(at, cells): (usize, Vec<String>)| Row {
        number: u32::try_from(at + 2).unwrap_or(u32::MAX),
        cells: cells.into(),
    };
    Table {
        header: COLUMNS.iter().map(|column| ColumnSpec::title(column).to_owned()).collect(),
        rows: settings.chain(criteria).enumerate().map(number).collect(),
        ..Table::default()
    }
}

/// The cells of one criterion, in the order of [`COLUMNS`].
#[must_use]
pub fn cells(criterion: &Criterion) -> Vec<String> {
    Column::ALL.into_iter().map(|column| cell(criterion, column)).collect()
}

fn cell(criterion: &Criterion, column: Column) -> String {
    match column {
        Column::Code => criterion.code.clone(),
        Column::Parent => criterion.parent.clone().unwrap_or_default(),
        Column::Name => criterion.name.clone(),
        Column::Max => criterion.max.as_ref().map(Number::to_string).unwrap_or_default(),
        Column::Part if criterion.part == Part::Main => String::new(),
        Column::Part => word_of(&Part::WORDS, criterion.part).to_owned(),
        Column::Method => criterion.method.map(Method::word).unwrap_or_default().to_owned(),
        Column::Inputs => notation::print_inputs(&criterion.inputs),
        Column::Rule if criterion.rule == Rule::default() => String::new(),
        Column::Rule => notation::print(&criterion.rule),
        Column::NotApplicable => criterion
            .not_applicable
            .map(|each| word_of(&NotApplicable::WORDS, each))
            .unwrap_or_default()
            .to_owned(),
        Column::Checks => notation::print_checks(&criterion.checks),
        Column::Evidence => criterion.evidence.clone(),
        Column::Appraiser => criterion.appraiser.clone(),
        Column::Guidance => criterion.guidance.clone(),
        Column::Basis => criterion.basis.clone(),
    }
}

impl CriteriaSet {
    /// The settings as key and value, for the settings sheet of a workbook or the head of a CSV file.
    #[must_use]
    pub fn about_rows(&self) -> Vec<(String, String)> {
        let (about, declared) = (&self.about, &self.declared);
        let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
        let texts = [
            (AboutRow::Code, about.code.clone()),
            (AboutRow::Title, about.title.clone()),
            (AboutRow::Version, about.version.clone()),
            (AboutRow::Basis, about.legal_basis.clone()),
            (AboutRow::AppliesTo, about.applies_to.clone()),
            (AboutRow::From, date(about.valid_from)),
            (AboutRow::To, date(about.valid_to)),
            (AboutRow::Note, about.note.clone()),
            (AboutRow::Domains, count(declared.domains)),
            (AboutRow::Criteria, count(declared.criteria)),
            (AboutRow::Subcriteria, count(declared.subcriteria)),
            (AboutRow::Total, declared.total.as_ref().map(points).unwrap_or_default()),
            (AboutRow::ByMethod, by_method(&declared.by_method)),
        ];
        let rows = texts.into_iter().chain(settings(&self.settings)).filter(|(_, value)| !value.is_empty());
        let scales = self.settings.scales.iter().map(scale);
        rows.map(|(key, value)| (key.word().to_owned(), value)).chain(scales).collect()
    }
}

fn settings(settings: &Settings) -> [(AboutRow, String); 7] {
    let index = &settings.index;
    let formula = format!("{}, {} chữ số", word_of(&FORMULA, index.formula), index.digits.get());
    [
        (AboutRow::Rounding, rounding(settings.rounding)),
        (AboutRow::Ties, word_of(&TIES, settings.ties).to_owned()),
        (AboutRow::Index, formula),
        (AboutRow::RankBy, word_of(&RANK_BY, index.rank_by).to_owned()),
        (AboutRow::BonusCap, settings.bonus_cap.as_ref().map(points).unwrap_or_default()),
        (AboutRow::PenaltyCap, settings.penalty_cap.as_ref().map(points).unwrap_or_default()),
        (AboutRow::DueOff, due_off(settings.due_off)),
    ]
}

/// Nothing where a decision says nothing.
fn due_off(due_off: DueOff) -> String {
    if due_off == DueOff::default() { String::new() } else { word_of(&DUE_OFF, due_off).to_owned() }
}

fn rounding(rounding: Rounding) -> String {
    let cut = if rounding.mode == RoundMode::Cut { ", cắt" } else { "" };
    format!("{}, {} chữ số{cut}", word_of(&ROUND_AT, rounding.at), rounding.digits.get())
}

fn points(points: &Number) -> String {
    Number::clear(&points.to_string()).replace('.', ",")
}

fn by_method(groups: &[(Vec<Method>, Number)]) -> String {
    let one = |(methods, total): &(Vec<Method>, Number)| {
        let methods: Vec<_> = methods.iter().map(|method| method.word()).collect();
        format!("{} = {}", methods.join(" + "), points(total))
    };
    groups.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn scale(scale: &Scale) -> (String, String) {
    let class = |class: &crate::settings::Class| match &class.range.from {
        Some(from) => {
            format!("{} {} {}", class.name, if from.included { "từ" } else { "trên" }, points(&from.at))
        }
        None => class.name.clone(),
    };
    (scale_key(scale.years), scale.classes.iter().map(class).collect::<Vec<_>>().join("; "))
}
