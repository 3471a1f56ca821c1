//! The rows that begin with `@`: title, legal basis, settings, declared counts.

use super::words::{AboutRow, list_words, scale_key, value_of};
use super::{CriteriaSet, Method, SetProblem};
use crate::finding::{Finding, Place};
use crate::input::read_date;
use crate::number::{Digits, Number, RoundMode};
use crate::rule::{End, Range};
use crate::settings::{Class, DueOff, Index, IndexFormula, RankBy, RoundAt, Rounding, Scale, Ties};
use crate::word;

/// There are twenty settings, and a scale for each year at most.
const MAX_SETTINGS: usize = 200;

#[derive(Default)]
pub(super) struct AboutReader {
    rows: Vec<(String, String, Place)>,
}

/// How the row of classes for some years begins.
const SCALE_OF_YEARS: &str = "@xếp loại ";

type Reading = Result<(), SetProblem>;

impl AboutReader {
    pub(super) fn take(&mut self, key: &str, value: &str, place: Place) {
        self.rows.push((key.to_owned(), value.to_owned(), place));
    }

    /// Where each setting stands.
    pub(super) fn places(&self) -> Vec<(String, Place)> {
        let key = |key: &str| match key.strip_prefix(SCALE_OF_YEARS).map(years_of) {
            Some(Some(years)) => scale_key(Some(years)),
            _ => key.to_owned(),
        };
        self.rows.iter().map(|(typed, _, place)| (key(typed), place.clone())).collect()
    }

    pub(super) fn finish(self, set: &mut CriteriaSet) -> Vec<Finding<SetProblem>> {
        let mut findings = Vec::new();
        if let Some((key, _, place)) = self.rows.get(MAX_SETTINGS) {
            return vec![Finding::error(place.clone(), SetProblem::SettingTwice(key.clone()))];
        }
        for (at, (key, value, place)) in self.rows.iter().enumerate() {
            let twice = self.rows.iter().take(at).any(|(other, ..)| word::same(other, key));
            let read =
                if twice { Err(SetProblem::SettingTwice(key.clone())) } else { setting(set, key, value) };
            findings.extend(read.err().map(|problem| Finding::error(place.clone(), problem)));
        }
        findings
    }
}

fn setting(set: &mut CriteriaSet, key: &str, value: &str) -> Reading {
    if let Some(years) = key.strip_prefix(SCALE_OF_YEARS) {
        let years = years_of(years).ok_or_else(|| bad(key, "@xếp loại 2021-2022"))?;
        set.settings.scales.push(Scale { years: Some(years), classes: classes(value)? });
        return Ok(());
    }
    let Some(about) = value_of(&AboutRow::WORDS, key) else {
        return Err(SetProblem::UnknownSetting(key.to_owned(), list_words(&AboutRow::WORDS)));
    };
    if value.is_empty() {
        return Ok(());
    }
    let text = value.to_owned();
    match about {
        AboutRow::Code => set.about.code = text,
        AboutRow::Title => set.about.title = text,
        AboutRow::Version => set.about.version = text,
        AboutRow::Basis => set.about.legal_basis = text,
        AboutRow::AppliesTo => set.about.applies_to = text,
        AboutRow::Note => set.about.note = text,
        AboutRow::From => set.about.valid_from = Some(date(value)?),
        AboutRow::To => set.about.valid_to = Some(date(value)?),
        AboutRow::Domains => set.declared.domains = Some(count(value)?),
        AboutRow::Criteria => set.declared.criteria = Some(count(value)?),
        AboutRow::Subcriteria => set.declared.subcriteria = Some(count(value)?),
        AboutRow::Total => set.declared.total = Some(points(value)?),
        AboutRow::ByMethod => set.declared.by_method = by_method(value)?,
        AboutRow::Rounding => set.settings.rounding = rounding(value)?,
        AboutRow::Ties => set.settings.ties = ties(value)?,
        AboutRow::Index => {
            set.settings.index = Index { rank_by: set.settings.index.rank_by, ..index(value)? }
        }
        AboutRow::RankBy => set.settings.index.rank_by = rank_by(value)?,
        AboutRow::BonusCap => set.settings.bonus_cap = Some(points(value)?),
        AboutRow::PenaltyCap => set.settings.penalty_cap = Some(points(value)?),
        AboutRow::DueOff => set.settings.due_off = due_off(value)?,
        AboutRow::Scale => set.settings.scales.push(Scale { years: None, classes: classes(value)? }),
    }
    Ok(())
}

fn bad(text: &str, example: &'static str) -> SetProblem {
    SetProblem::BadSetting(text.to_owned(), example)
}

fn date(text: &str) -> Result<jiff::civil::Date, SetProblem> {
    read_date(text).ok_or_else(|| bad(text, "2024-01-01"))
}

fn count(text: &str) -> Result<u32, SetProblem> {
    text.parse().map_err(|_not_whole| bad(text, "8"))
}

fn points(text: &str) -> Result<Number, SetProblem> {
    let value = Number::of_set(text).ok().filter(|value| !value.is_negative());
    value.ok_or_else(|| bad(text, "66,5"))
}

fn years_of(text: &str) -> Option<(i16, i16)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let years = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (0 < years.0 && years.0 <= years.1).then_some(years)
}

/// `tự đánh giá + thẩm định = 66,5; SIPAS = 10`
fn by_method(text: &str) -> Result<Vec<(Vec<Method>, Number)>, SetProblem> {
    const EXAMPLE: &str = "tự đánh giá = 66,5; điều tra xã hội học = 23,5; SIPAS = 10";
    let one = |part: &str| {
        let (methods, total) = part.split_once('=').ok_or_else(|| bad(part, EXAMPLE))?;
        let methods = methods
            .split('+')
            .map(|word| value_of(&Method::WORDS, word.trim()).ok_or_else(|| bad(word, EXAMPLE)));
        Ok((methods.collect::<Result<_, _>>()?, points(total.trim())?))
    };
    text.split(';').map(one).collect()
}

pub(super) const ROUND_AT: [(&str, RoundAt); 3] =
    [("từng tiêu chí", RoundAt::Leaf), ("từng cấp", RoundAt::Level), ("chỉ kết quả cuối", RoundAt::End)];
pub(super) const TIES: [(&str, Ties); 2] = [("1-1-3", Ties::Competition), ("1-1-2", Ties::Dense)];
pub(super) const DUE_OFF: [(&str, DueOff); 2] =
    [("giữ nguyên", DueOff::Keep), ("chuyển sang ngày làm việc tiếp theo", DueOff::Next)];
pub(super) const FORMULA: [(&str, IndexFormula); 2] =
    [("phần trăm của điểm tối đa", IndexFormula::Share), ("bằng điểm", IndexFormula::Points)];
pub(super) const RANK_BY: [(&str, RankBy); 2] =
    [("chỉ số công bố", RankBy::Published), ("chỉ số chưa làm tròn", RankBy::Exact)];

/// `từng tiêu chí, 2 chữ số` or `từng tiêu chí, 2 chữ số, cắt`
fn rounding(text: &str) -> Result<Rounding, SetProblem> {
    const EXAMPLE: &str = "từng tiêu chí, 2 chữ số (hoặc: từng cấp; chỉ kết quả cuối)";
    let mut parts = text.split(',').map(str::trim);
    let at = parts.next().and_then(|word| value_of(&ROUND_AT, word)).ok_or_else(|| bad(text, EXAMPLE))?;
    let digits = parts.next().and_then(digits).ok_or_else(|| bad(text, EXAMPLE))?;
    let mode = match parts.next() {
        None | Some("nửa lên") => RoundMode::HalfUp,
        Some("cắt") => RoundMode::Cut,
        Some(_) => return Err(bad(text, EXAMPLE)),
    };
    Ok(Rounding { at, digits, mode })
}

/// `2 chữ số`
fn digits(text: &str) -> Option<Digits> {
    text.strip_suffix("chữ số")?.trim().parse().ok().and_then(Digits::new)
}

fn ties(text: &str) -> Result<Ties, SetProblem> {
    value_of(&TIES, text).ok_or_else(|| bad(text, "1-1-3 (hoặc 1-1-2)"))
}

fn rank_by(text: &str) -> Result<RankBy, SetProblem> {
    value_of(&RANK_BY, text).ok_or_else(|| bad(text, "chỉ số công bố (hoặc: chỉ số chưa làm tròn)"))
}

fn due_off(text: &str) -> Result<DueOff, SetProblem> {
    value_of(&DUE_OFF, text)
        .ok_or_else(|| bad(text, "giữ nguyên (hoặc: chuyển sang ngày làm việc tiếp theo)"))
}

fn index(text: &str) -> Result<Index, SetProblem> {
    const EXAMPLE: &str = "phần trăm của điểm tối đa, 2 chữ số (hoặc: bằng điểm, 2 chữ số)";
    let (formula, rest) = text.split_once(',').ok_or_else(|| bad(text, EXAMPLE))?;
    let formula = value_of(&FORMULA, formula.trim()).ok_or_else(|| bad(text, EXAMPLE))?;
    let digits = digits(rest.trim()).ok_or_else(|| bad(text, EXAMPLE))?;
    Ok(Index { formula, digits, rank_by: RankBy::default() })
}

/// `Xuất sắc từ 90; Tốt từ 80; Khá trên 70; Yếu`
fn classes(text: &str) -> Result<Vec<Class>, SetProblem> {
    const EXAMPLE: &str = "Xuất sắc từ 90; Tốt từ 80; Khá từ 65; Trung bình từ 50; Yếu";
    let mut classes: Vec<Class> = Vec::new();
    for part in text.split(';') {
        let words: Vec<&str> = part.split_whitespace().collect();
        let from = match words.as_slice() {
            [.., word @ ("từ" | "trên"), mark] => {
                let at = Number::of_set(mark.trim_end_matches('%')).map_err(|_why| bad(part, EXAMPLE))?;
                Some(End { at, included: *word == "từ", percent: false })
            }
            _ => None,
        };
        let name_words = words.len() - if from.is_some() { 2 } else { 0 };
        let name = words.iter().take(name_words).copied().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(bad(text, EXAMPLE));
        }
        // A class ends where the better one before it begins.
        let to = classes.last().and_then(|better| better.range.from.clone());
        let to = to.map(|end| End { included: !end.included, ..end });
        classes.push(Class { name, range: Range { from, to } });
    }
    Ok(classes)
}
