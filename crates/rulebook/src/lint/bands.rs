//! Bands that leave gaps, overlap, or are never reached; thresholds that cannot be.

use super::LintProblem;
use crate::expr::Expr;
use crate::input::{Input, Kind};
use crate::lang::Lang;
use crate::number::Number;
use crate::rule::{Band, Body, End, Range};
use crate::slot::Slot;

pub(super) fn body(body: &Body<Slot>, inputs: &[Input]) -> Vec<LintProblem> {
    match body {
        Body::Bands { measure, bands } => of_bands(measure, bands, is_count(measure, inputs)),
        Body::Proportional { measure, full_from, zero_below } => {
            thresholds(measure, full_from.as_ref(), zero_below.as_ref())
        }
        Body::Cases { cases, .. } => cases.iter().flat_map(|case| self::body(&case.then, inputs)).collect(),
        Body::When { arms, otherwise } => arms
            .iter()
            .flat_map(|arm| self::body(&arm.then, inputs))
            .chain(self::body(otherwise, inputs))
            .collect(),
        _ => Vec::new(),
    }
}

fn thresholds(
    measure: &Expr<Slot>,
    full_from: Option<&Number>,
    zero_below: Option<&Number>,
) -> Vec<LintProblem> {
    // Growth and results against a plan may well be asked to exceed 100 %.
    let over = full_from.into_iter().chain(zero_below).find(|each| **each > Number::ONE);
    let over = over.filter(|_| !matches!(measure, Expr::Growth(..)));
    let full = full_from.cloned().unwrap_or(Number::ONE);
    let crossed = zero_below.is_some_and(|below| *below > full);
    let over = over.map(|threshold| LintProblem::ThresholdOver(threshold.clone()));
    over.into_iter().chain(crossed.then_some(LintProblem::FloorOverThreshold)).collect()
}

fn is_count(measure: &Expr<Slot>, inputs: &[Input]) -> bool {
    let Expr::Input(slot) = measure else { return false };
    inputs.get(slot.index()).is_some_and(|input| input.kind == Kind::Count)
}

fn of_bands(measure: &Expr<Slot>, bands: &[Band<Slot>], whole: bool) -> Vec<LintProblem> {
    let mut problems: Vec<LintProblem> = unreachable(bands);
    let mut sorted: Vec<&Range> =
        bands.iter().map(|band| &band.range).filter(|range| !is_empty(range)).collect();
    sorted.sort_by_key(|range| lower(range));
    for pair in sorted.windows(2) {
        if let [left, right] = pair {
            problems.extend(meet(left, right, whole));
        }
    }
    let first = sorted.first().and_then(|range| range.from.as_ref());
    let open_below = first
        .is_none_or(|end| end.at <= Number::ZERO && end.included && !matches!(measure, Expr::Growth(..)));
    if let (Some(end), false) = (first, open_below) {
        problems.push(LintProblem::BandGap(format!("dưới {}", shown(end))));
    }
    let last = sorted.iter().map(|range| range.to.as_ref()).reduce(|left, right| match (left, right) {
        (Some(left), Some(right)) => Some(if right.at > left.at { right } else { left }),
        _ => None,
    });
    if let Some(Some(end)) = last {
        let whole_share = end.percent && end.at >= Number::ONE && end.included;
        if !whole_share {
            problems.push(LintProblem::BandGap(format!("trên {}", shown(end))));
        }
    }
    problems
}

/// Order by the lower end; an open end comes first, an included before an excluded.
fn lower(range: &Range) -> Option<(Number, bool)> {
    range.from.as_ref().map(|end| (end.at.clone(), !end.included))
}

fn is_empty(range: &Range) -> bool {
    match (&range.from, &range.to) {
        (Some(from), Some(to)) => from.at > to.at || (from.at == to.at && !(from.included && to.included)),
        _ => false,
    }
}

fn meet(left: &Range, right: &Range, whole: bool) -> Option<LintProblem> {
    let (Some(to), Some(from)) = (&left.to, &right.from) else {
        let at = right.from.as_ref().or(left.to.as_ref());
        return Some(LintProblem::BandOverlap(at.map(shown).unwrap_or_default()));
    };
    if to.at == from.at {
        return match (to.included, from.included) {
            (true, true) => Some(LintProblem::BandOverlap(shown(to))),
            (false, false) => Some(LintProblem::BandGap(shown(to))),
            _ => None,
        };
    }
    // Between 0 and 1 there is no count.
    if whole && to.included && from.included && to.at.clone() + Number::ONE == from.at {
        return None;
    }
    let values = format!("{} – {}", shown(to.min_of(from)), shown(to.max_of(from)));
    Some(if to.at < from.at { LintProblem::BandGap(values) } else { LintProblem::BandOverlap(values) })
}

impl End {
    fn min_of<'a>(&'a self, other: &'a Self) -> &'a Self {
        if other.at < self.at { other } else { self }
    }

    fn max_of<'a>(&'a self, other: &'a Self) -> &'a Self {
        if other.at > self.at { other } else { self }
    }
}

fn shown(end: &End) -> String {
    if end.percent { Lang::Vi.percent(&end.at) } else { Lang::Vi.short(&end.at) }
}

fn unreachable(bands: &[Band<Slot>]) -> Vec<LintProblem> {
    let hidden = |(at, band): (usize, &Band<Slot>)| {
        let covered = bands.iter().take(at).any(|earlier| covers(&earlier.range, &band.range));
        (covered || is_empty(&band.range)).then_some(LintProblem::BandUnreachable(at + 1))
    };
    bands.iter().enumerate().filter_map(hidden).collect()
}

fn covers(outer: &Range, inner: &Range) -> bool {
    let below = match (&outer.from, &inner.from) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => {
            outer.at < inner.at || (outer.at == inner.at && (outer.included || !inner.included))
        }
    };
    let above = match (&outer.to, &inner.to) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => {
            outer.at > inner.at || (outer.at == inner.at && (outer.included || !inner.included))
        }
    };
    below && above
}
