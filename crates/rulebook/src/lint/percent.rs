//! A percent sign that somebody forgot: 85 where 85 % is meant is 8,500 %, and earns full points.

use super::measure::{Measure, Measures, literal};
use super::problem::PercentProblem;
use crate::expr::{Comparison, Condition, Expr, Op};
use crate::finding::Severity;
use crate::input::Kind;
use crate::notation::Check;
use crate::number::Number;
use crate::rule::{Arm, Award, Band, Body, End, Steps, Term};
use crate::slot::Slot;

/// How bad, and what.
type Told = (Severity, PercentProblem);

/// The rule of one criterion.
pub(super) struct Percents<'c> {
    pub measures: &'c Measures<'c>,
    pub max: &'c Number,
}

impl Percents<'_> {
    pub(super) fn body(&self, body: &Body<Slot>) -> Vec<Told> {
        match body {
            Body::Proportional { measure, .. } | Body::Sipas { share: measure } => {
                self.share(measure).into_iter().collect()
            }
            Body::Bands { measure, bands } => {
                let awards = bands.iter().filter_map(|band| self.award(&band.award));
                self.bands(measure, bands).into_iter().chain(awards).collect()
            }
            Body::WeightedSum { terms } => terms.iter().filter_map(|term| self.term(term)).collect(),
            Body::Steps(steps) => self.steps(steps).into_iter().collect(),
            Body::Formula(expr) => self.formula(expr).into_iter().collect(),
            Body::Choice { options, .. } => {
                options.iter().filter_map(|option| self.award(&option.then)).collect()
            }
            Body::NoBreach { otherwise, .. } => self.award(otherwise).into_iter().collect(),
            Body::Deadline(deadline) => {
                let tiers = deadline.late.iter().map(|tier| &tier.award).chain(&deadline.never);
                tiers
                    .chain([&deadline.in_time, &deadline.later])
                    .filter_map(|award| self.award(award))
                    .collect()
            }
            Body::Cases { cases, .. } => cases.iter().flat_map(|case| self.body(&case.then)).collect(),
            Body::When { arms, otherwise } => self.when(arms, otherwise),
            _ => Vec::new(),
        }
    }

    /// A plain number that is taken for a share: everything from 1 on is full.
    fn share(&self, measure: &Expr<Slot>) -> Option<Told> {
        let plain = self.measures.of(measure) == Measure::Plain;
        plain.then(|| (Severity::Error, PercentProblem::NumberAsShare(self.measures.written(measure))))
    }

    /// `2 × p tối đa 2` is full from 1 on; for things that are counted somebody may mean that.
    fn term(&self, term: &Term<Slot>) -> Option<Told> {
        let full_at_one = term.cap.as_ref().is_some_and(|cap| *cap <= term.weight);
        let (_, problem) = self.share(&term.measure).filter(|_| full_at_one)?;
        let decimal = self.measures.kind(&term.measure) == Some(&Kind::Decimal);
        Some((if decimal { Severity::Error } else { Severity::Warning }, problem))
    }

    fn award(&self, award: &Award<Slot>) -> Option<Told> {
        if let Award::Formula(expr) = award { self.formula(expr) } else { None }
    }

    /// `điểm tối đa × p`, where p is a decimal number: a coefficient perhaps, a percentage more likely.
    fn formula(&self, expr: &Expr<Slot>) -> Option<Told> {
        match expr {
            Expr::Binary(Op::Add | Op::Subtract, left, right) | Expr::Fallback(left, right) => {
                self.formula(left).or_else(|| self.formula(right))
            }
            Expr::Binary(Op::Multiply, left, right) => {
                let ((Expr::Max, factor) | (factor, Expr::Max)) = (&**left, &**right) else { return None };
                let decimal = self.decimal(factor)?;
                Some((Severity::Warning, PercentProblem::NumberAsShare(self.measures.written(decimal))))
            }
            Expr::Negate(inner) => self.formula(inner),
            Expr::Call(_, arguments) => arguments.iter().find_map(|each| self.formula(each)),
            _ => None,
        }
    }

    /// The decimal number that a factor is, whatever bounds it.
    fn decimal<'e>(&self, factor: &'e Expr<Slot>) -> Option<&'e Expr<Slot>> {
        match factor {
            Expr::Call(_, arguments) => arguments.iter().find_map(|each| self.decimal(each)),
            _ => (self.measures.kind(factor) == Some(&Kind::Decimal)).then_some(factor),
        }
    }

    fn bands(&self, measure: &Expr<Slot>, bands: &[Band<Slot>]) -> Option<Told> {
        let ends = || bands.iter().flat_map(|band| band.range.from.iter().chain(&band.range.to));
        let percents = distinct(ends().filter(|end| end.percent && !end.at.is_zero()));
        let kind = self.measures.of(measure);
        if kind == Measure::Plain {
            let bounds: Vec<Number> = percents.iter().map(|at| at * &Number::whole(100)).collect();
            let problem = PercentProblem::PercentOfNumber(self.measures.written(measure), bounds.clone());
            return (!bounds.is_empty()).then_some((Severity::Error, problem));
        }
        let over = distinct(ends().filter(|end| !end.percent && end.at >= Number::ONE));
        let full = || bands.len() > 1 && bands.iter().any(|band| self.is_full_for_all(band));
        let severity = match kind {
            _ if over.is_empty() => None,
            // 80 and 95 % cannot be meant beside each other.
            _ if !percents.is_empty() && over.iter().any(|at| *at > Number::ONE) => Some(Severity::Error),
            _ => how_bad(kind, &over, full),
        };
        let problem = || PercentProblem::ForgottenPercent(self.measures.written(measure), over.clone());
        severity.map(|severity| (severity, problem()))
    }

    /// A band with a bound in plain numbers that takes every share and earns all points.
    fn is_full_for_all(&self, band: &Band<Slot>) -> bool {
        let takes_all = band.range.contains(&Number::ZERO) && band.range.contains(&Number::ONE);
        let plain = |end: &End| !end.percent && end.at >= Number::ONE;
        let full = match &band.award {
            Award::Full | Award::Formula(Expr::Max) => true,
            Award::Points(points) => points >= self.max,
            Award::Share(percent) => *percent >= Number::whole(100),
            Award::NotApplicable | Award::Formula(_) => false,
        };
        takes_all && full && band.range.to.as_ref().is_some_and(plain)
    }

    fn steps(&self, steps: &Steps<Slot>) -> Option<Told> {
        let kind = self.measures.of(&steps.measure);
        let written = || self.measures.written(&steps.measure);
        let below_one = steps.base_to > Number::ZERO && steps.base_to < Number::ONE;
        if self.measures.kind(&steps.measure) == Some(&Kind::Count) && below_one {
            let bounds = vec![&steps.base_to * &Number::whole(100)];
            return Some((Severity::Error, PercentProblem::PercentOfNumber(written(), bounds)));
        }
        if steps.base_to < Number::ONE {
            return None;
        }
        let bounds = vec![steps.base_to.clone()];
        let severity = how_bad(kind, &bounds, || steps.base_to > Number::ONE && steps.base >= *self.max)?;
        Some((severity, PercentProblem::ForgottenPercent(written(), bounds)))
    }

    fn when(&self, arms: &[Arm<Slot>], otherwise: &Body<Slot>) -> Vec<Told> {
        let mut told = Vec::new();
        for arm in arms {
            let always_full = match &arm.condition {
                Condition::Compare(sign, left, right) => match constant(*sign, left, right) {
                    Some(true) => self.gives_all(&arm.then),
                    Some(false) => self.gives_all(otherwise),
                    None => false,
                },
                _ => false,
            };
            told.extend(self.condition(&arm.condition, always_full));
            told.extend(self.body(&arm.then));
        }
        told.extend(self.body(otherwise));
        told
    }

    fn gives_all(&self, body: &Body<Slot>) -> bool {
        match body {
            Body::Formula(Expr::Max) => true,
            Body::Formula(Expr::Number(points)) => points >= self.max,
            _ => false,
        }
    }

    fn condition(&self, condition: &Condition<Slot>, full: bool) -> Vec<Told> {
        match condition {
            Condition::Compare(_, left, right) => self.compare(left, right, full).into_iter().collect(),
            Condition::Is(..) => Vec::new(),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(|part| self.condition(part, false)).collect()
            }
        }
    }

    /// The two sides of a comparison, of which one may be a percentage and the other not.
    fn compare(&self, left: &Expr<Slot>, right: &Expr<Slot>, full: bool) -> Option<Told> {
        let (measure, bound) = match (is_literal(left), is_literal(right)) {
            (false, true) => (left, right),
            (true, false) => (right, left),
            (true, true) => return None,
            (false, false) => return self.unlike(left, right),
        };
        let (kind, value) = (self.measures.of(measure), literal(bound)?);
        let written = || self.measures.written(measure);
        let percent = matches!(bound, Expr::Percent(_));
        if kind == Measure::Plain && percent && !value.is_zero() {
            let bounds = vec![&value * &Number::whole(100)];
            return Some((Severity::Error, PercentProblem::PercentOfNumber(written(), bounds)));
        }
        if percent || value <= Number::ONE {
            return None;
        }
        let severity = how_bad(kind, std::slice::from_ref(&value), || full)?;
        Some((severity, PercentProblem::ForgottenPercent(written(), vec![value])))
    }

    fn unlike(&self, left: &Expr<Slot>, right: &Expr<Slot>) -> Option<Told> {
        let plain = match (self.measures.of(left), self.measures.of(right)) {
            (Measure::Share | Measure::Answer | Measure::Growth, Measure::Plain) => right,
            (Measure::Plain, Measure::Share | Measure::Answer | Measure::Growth) => left,
            _ => return None,
        };
        Some((Severity::Warning, PercentProblem::NumberAsShare(self.measures.written(plain))))
    }

    /// A cross-check keeps nobody from points, so it is only worth a look.
    pub(super) fn check(&self, check: &Check<Slot>) -> Option<PercentProblem> {
        self.compare(&check.left, &check.right, false).map(|(_, problem)| problem)
    }
}

/// How bad bounds of at least 1 without a percent sign are for a share; `full` says whether every share earns full points by them.
fn how_bad(kind: Measure, bounds: &[Number], full: impl Fn() -> bool) -> Option<Severity> {
    let most = bounds.iter().cloned().reduce(Number::max)?;
    let never = match kind {
        Measure::Share | Measure::Answer => most > Number::ONE,
        Measure::Open => most >= Number::whole(2),
        Measure::Growth => most >= Number::whole(10),
        _ => false,
    };
    match kind {
        _ if !kind.is_share() => None,
        _ if never => Some(Severity::Error),
        // Twice as much is a share of a share, or a growth, that can be.
        Measure::Relative | Measure::Growth => (most > Number::ONE).then_some(Severity::Warning),
        _ if full() => Some(Severity::Error),
        Measure::Quotient if most >= Number::whole(10) => Some(Severity::Warning),
        _ => None,
    }
}

fn is_literal(expr: &Expr<Slot>) -> bool {
    literal(expr).is_some()
}

/// Whether a comparison of a share with a number holds for every share, or for none.
fn constant(sign: Comparison, left: &Expr<Slot>, right: &Expr<Slot>) -> Option<bool> {
    let holds = |share: &Number| match (literal(left), literal(right)) {
        (None, Some(bound)) => Some(sign.holds(share, &bound)),
        (Some(bound), None) => Some(sign.holds(&bound, share)),
        _ => None,
    };
    let (none, all) = (holds(&Number::ZERO)?, holds(&Number::ONE)?);
    (none == all).then_some(none)
}

/// The places of ends, each once, in rising order.
fn distinct<'e>(ends: impl Iterator<Item = &'e End>) -> Vec<Number> {
    let mut found: Vec<Number> = ends.map(|end| end.at.clone()).collect();
    found.sort();
    found.dedup();
    found
}
