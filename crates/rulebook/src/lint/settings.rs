//! What a set settles once: its code and title, rounding that is too coarse, classes that nobody reaches or that leave a gap.

use super::problem::{LintProblem, SettingProblem};
use crate::finding::{Finding, Severity};
use crate::number::{Digits, Number, RoundMode};
use crate::set::{AboutRow, Compiled, CriteriaSet, Part, Places, scale_key};
use crate::settings::{Class, IndexFormula, RoundAt, Scale};

type Found = Finding<LintProblem>;

/// What keeps a set from having versions: nothing tells it from other sets.
#[must_use]
pub fn naming(set: &CriteriaSet, places: &Places) -> Vec<Found> {
    let wrong =
        |row: AboutRow, problem| Finding::error(places.of_setting(row.word()), LintProblem::Setting(problem));
    let code = set.about.code.trim().is_empty().then(|| wrong(AboutRow::Code, SettingProblem::NoCode));
    let title = set.about.title.trim().is_empty().then(|| wrong(AboutRow::Title, SettingProblem::NoTitle));
    code.into_iter().chain(title).collect()
}

/// Rounding and classes, each at its row.
pub(super) fn settings(compiled: &Compiled, places: &Places) -> Vec<Found> {
    let worth_a_look = |row: AboutRow, problem| {
        Finding::warning(places.of_setting(row.word()), LintProblem::Setting(problem))
    };
    let points = coarse_points(compiled).map(|problem| worth_a_look(AboutRow::Rounding, problem));
    let index = coarse_index(compiled).map(|problem| worth_a_look(AboutRow::Index, problem));
    let scales = &compiled.set.settings.scales;
    let classes = scales.iter().enumerate().flat_map(|(at, scale)| {
        let place = places.of_setting(&scale_key(scale.years));
        let told = of_scale(compiled, scale).into_iter().chain(year_twice(scales, at));
        told.map(move |(severity, problem)| Finding {
            severity,
            place: place.clone(),
            problem: LintProblem::Setting(problem),
        })
    });
    let caps = caps(compiled).into_iter().map(|(row, part)| {
        let problem = LintProblem::Setting(SettingProblem::ZeroCap(part));
        Finding::error(places.of_setting(row.word()), problem)
    });
    points.into_iter().chain(index).chain(caps).chain(classes).collect()
}

/// Caps of zero, under which nothing is ever added or taken.
fn caps(compiled: &Compiled) -> Vec<(AboutRow, Part)> {
    let settings = &compiled.set.settings;
    let caps = [
        (AboutRow::BonusCap, Part::Bonus, &settings.bonus_cap),
        (AboutRow::PenaltyCap, Part::Penalty, &settings.penalty_cap),
    ];
    let zero = caps.into_iter().filter(|(.., cap)| cap.as_ref().is_some_and(Number::is_zero));
    zero.map(|(row, part, _)| (row, part)).collect()
}

/// Maxima with more digits than points keep, where points are rounded.
fn coarse_points(compiled: &Compiled) -> Option<SettingProblem> {
    let rounding = compiled.set.settings.rounding;
    let digits = rounding.digits.get();
    let nodes = 0..compiled.set.criteria.len();
    let rounded: Vec<usize> = match rounding.at {
        RoundAt::Leaf => nodes.filter(|node| compiled.tree.is_leaf(*node)).collect(),
        RoundAt::Level => nodes.collect(),
        // Only the total is rounded: the parts may have more digits as long as their sum has not.
        RoundAt::End if total(compiled).fits(digits) => Vec::new(),
        RoundAt::End => compiled.roots.clone(),
    };
    let coarse: Vec<usize> = rounded.into_iter().filter(|node| !compiled.max(*node).fits(digits)).collect();
    let needed = coarse.iter().map(|node| digits_of(compiled.max(*node))).max()?;
    let code = |node: &usize| compiled.set.criteria.get(*node).map(|criterion| criterion.code.clone());
    Some(SettingProblem::CoarsePoints { codes: coarse.iter().filter_map(code).collect(), digits, needed })
}

fn coarse_index(compiled: &Compiled) -> Option<SettingProblem> {
    let index = compiled.set.settings.index;
    let (max, digits) = (total(compiled), index.digits.get());
    let coarse = index.formula == IndexFormula::Points && !max.fits(digits);
    coarse.then(|| SettingProblem::CoarseIndex { needed: digits_of(&max), max, digits })
}

/// How many decimals a value has, as far as a set can keep them.
fn digits_of(value: &Number) -> u8 {
    let most = Digits::MAX.get();
    (0..=most).find(|digits| value.fits(*digits)).unwrap_or(most)
}

fn total(compiled: &Compiled) -> Number {
    let main = compiled.roots.iter().filter(|root| compiled.tree.part(**root) == Part::Main);
    main.map(|root| compiled.max(*root)).sum()
}

/// The highest index that can be reached.
fn top(compiled: &Compiled) -> Number {
    let (hundred, max) = (Number::whole(100), total(compiled));
    let bonus: Number = compiled.outside(Part::Bonus).map(|node| compiled.max(node)).sum();
    let bonus = match &compiled.set.settings.bonus_cap {
        Some(cap) => bonus.min(cap.clone()),
        None => bonus,
    };
    let most = max.clone() + bonus;
    match compiled.set.settings.index.formula {
        IndexFormula::Points => most,
        IndexFormula::Share => (most * hundred.clone()).checked_div(&max).unwrap_or(hundred),
    }
}

fn of_scale(compiled: &Compiled, scale: &Scale) -> Vec<(Severity, SettingProblem)> {
    if let Some(mark) = marks_as_shares(compiled, scale) {
        return vec![(Severity::Error, SettingProblem::MarksAsShares(mark))];
    }
    let below = scale.classes.iter().filter_map(below_zero);
    let below: Vec<_> = below.map(|problem| (Severity::Error, problem)).collect();
    if !below.is_empty() {
        return below;
    }
    let mut told = Vec::new();
    let (digits, top) = (compiled.set.settings.index.digits, top(compiled));
    for (at, class) in scale.classes.iter().enumerate() {
        let better = scale.classes.get(..at).unwrap_or_default();
        told.extend(unreached(class, better, digits, &top));
    }
    told.extend(gap(scale));
    told.into_iter().map(|problem| (Severity::Warning, problem)).collect()
}

/// `Yếu từ -5`: no result is below zero.
fn below_zero(class: &Class) -> Option<SettingProblem> {
    let end = class.range.from.as_ref().filter(|end| end.at.is_negative())?;
    Some(SettingProblem::ClassBelowZero(class.name.clone(), end.at.clone()))
}

/// `Xuất sắc từ 0,9` on an index from 0 to 100: one of a hundred is enough for the best class.
fn marks_as_shares(compiled: &Compiled, scale: &Scale) -> Option<Number> {
    if compiled.set.settings.index.formula != IndexFormula::Share {
        return None;
    }
    let marks = scale.classes.iter().filter_map(|class| class.range.from.as_ref()).map(|end| end.at.clone());
    marks.reduce(Number::max).filter(|most| *most > Number::ZERO && *most <= Number::ONE)
}

/// Why no result is of a class: it begins too high, or the better ones before it take all.
fn unreached(class: &Class, better: &[Class], digits: Digits, top: &Number) -> Option<SettingProblem> {
    let lowest = match &class.range.from {
        Some(end) => lowest(&end.at, end.included, digits),
        None => Number::ZERO,
    };
    if let Some(end) = class.range.from.as_ref().filter(|_| lowest > *top) {
        return Some(SettingProblem::ClassTooHigh(class.name.clone(), end.at.clone(), top.clone()));
    }
    let taken = better.iter().any(|better| match &better.range.from {
        Some(end) => lowest > end.at || (end.included && lowest == end.at),
        None => true,
    });
    taken.then(|| SettingProblem::ClassUnreached(class.name.clone()))
}

/// The lowest index, with the digits that are published, that a mark takes in.
fn lowest(mark: &Number, included: bool, digits: Digits) -> Number {
    let step = Number::scaled(1, digits);
    let cut = mark.round(digits, RoundMode::Cut);
    if cut > *mark || (cut == *mark && included) { cut } else { cut + step }
}

/// Results below the last class.
fn gap(scale: &Scale) -> Option<SettingProblem> {
    if scale.classes.iter().any(|class| class.range.from.is_none()) {
        return None;
    }
    let ends = scale.classes.iter().filter_map(|class| class.range.from.as_ref());
    let last = ends.min_by_key(|end| (end.at.clone(), !end.included))?;
    let none = last.at > Number::ZERO || (last.at.is_zero() && !last.included);
    none.then(|| SettingProblem::ClassGap { from: last.at.clone(), at: !last.included })
}

/// A year for which an earlier row has classes.
fn year_twice(scales: &[Scale], at: usize) -> Option<(Severity, SettingProblem)> {
    let (first, last) = scales.get(at)?.years?;
    let earlier = scales.iter().take(at).filter_map(|scale| scale.years);
    let year =
        earlier.filter(|(from, to)| *from <= last && first <= *to).map(|(from, _)| from.max(first)).min()?;
    Some((Severity::Warning, SettingProblem::YearTwice(year)))
}
