//! The ways of scoring, one function each.

use super::{Outcome, Run, Stop};
use crate::expr::Expr;
use crate::input::Value;
use crate::number::Number;
use crate::rule::{Arm, Award, Band, Body, Each, Labelled, Steps, Term, Weighted};
use crate::slot::Slot;
use crate::trace::{Awarded, Counted, Observe, RatioPart, ShareOutcome, Step};

type Scored = Result<Outcome, Stop>;

impl<'r, O: Observe<'r>> Run<'_, 'r, '_, O> {
    pub(super) fn judgement(&mut self, step: Option<&Number>) -> Scored {
        let points = self.facts.entered.ok_or(Stop::NoPoints)?;
        if points.is_negative() || points > self.facts.max {
            return Err(Stop::OutOfRange(Box::new(points.clone())));
        }
        if let Some(step) = step
            && points.checked_div(step).is_some_and(|steps| !steps.is_whole())
        {
            return Err(Stop::OffStep(Box::new((points.clone(), step.clone()))));
        }
        self.see(|| Step::Entered(points.clone()));
        Ok(Outcome::Points(points.clone()))
    }

    pub(super) fn points_of_parent(&mut self) -> Scored {
        let points = self.facts.parent.ok_or(Stop::NoParent)?.clone();
        self.see(|| Step::FromParent(points.clone()));
        Ok(Outcome::Points(points))
    }

    fn option(&self, slot: Slot) -> Result<usize, Stop> {
        match self.slot(slot) {
            Value::Choice(option) => Ok(usize::from(*option)),
            // Yes stands before no wherever a yes/no input is chosen from.
            Value::YesNo(yes) => Ok(usize::from(!yes)),
            Value::Missing => Err(Stop::Missing(slot)),
            Value::Number(_) | Value::Date(_) | Value::NotDone => Err(Stop::WrongKind(slot)),
        }
    }

    pub(super) fn choice(&mut self, input: Slot, options: &'r [Labelled<Award<Slot>>]) -> Scored {
        let option = options.get(self.option(input)?).ok_or(Stop::WrongKind(input))?;
        let (outcome, gives) = self.awarded(&option.then)?;
        self.see(|| Step::Chosen { label: &option.label, gives });
        Ok(outcome)
    }

    /// The sum of what is counted, and the parts for whoever looks on.
    fn counted(&mut self, terms: &'r [Each<Slot>]) -> Result<(Number, Vec<Counted<'r>>), Stop> {
        let (mut sum, mut parts) = (Number::ZERO, Vec::new());
        for term in terms {
            let (count, each) = (self.expr(&term.count)?, self.award_points(&term.award)?);
            sum = &sum + &(&count * &each);
            if O::SEES {
                parts.push(Counted { what: &term.count, each: &term.award });
            }
        }
        Ok((sum, parts))
    }

    pub(super) fn per_unit(&mut self, terms: &'r [Each<Slot>], cap: Option<&'r Award<Slot>>) -> Scored {
        let (sum, parts) = self.counted(terms)?;
        let cap = cap.map(|award| Ok((award, self.award_points(award)?))).transpose()?;
        let capped = cap.filter(|(_, cap)| sum > *cap);
        let points = capped.as_ref().map_or(&sum, |(_, cap)| cap).clone();
        let capped = capped.map(|(award, cap)| Awarded { award, points: Some(cap) });
        self.see(|| Step::PerUnit { parts, sum, capped });
        Ok(Outcome::Points(points))
    }

    pub(super) fn deduct(&mut self, terms: &'r [Each<Slot>]) -> Scored {
        let (off, parts) = self.counted(terms)?;
        let left = (self.facts.max.clone() - off.clone()).max(Number::ZERO);
        self.see(|| Step::Deducted { parts, off });
        Ok(Outcome::Points(left))
    }

    pub(super) fn proportional(
        &mut self,
        measure: &'r Expr<Slot>,
        full_from: Option<&Number>,
        zero_below: Option<&Number>,
    ) -> Scored {
        let share = self.expr(measure)?;
        let full = full_from.unwrap_or(&super::expr::ONE);
        let (points, verdict) = if zero_below.is_some_and(|below| share < *below) {
            (Number::ZERO, ShareOutcome::Below(zero_below.cloned().unwrap_or_default()))
        } else if share >= *full {
            (self.facts.max.clone(), ShareOutcome::Full(full.clone()))
        } else {
            let raw = (&share * self.facts.max).checked_div(full).ok_or(Stop::ZeroDenominator)?;
            (raw.clone(), ShareOutcome::Scaled { full: full_from.cloned(), points: raw })
        };
        self.see(|| Step::Share { measure, share, verdict });
        Ok(Outcome::Points(points))
    }

    pub(super) fn bands(&mut self, measure: &'r Expr<Slot>, bands: &'r [Band<Slot>]) -> Scored {
        let value = self.expr(measure)?;
        let Some(band) = bands.iter().find(|band| band.range.contains(&value)) else {
            return Err(Stop::NoBand(Box::new(value)));
        };
        let (outcome, gives) = self.awarded(&band.award)?;
        self.see(|| Step::Band { measure, value, range: &band.range, gives });
        Ok(outcome)
    }

    pub(super) fn weighted_sum(&mut self, terms: &'r [Term<Slot>]) -> Scored {
        let (mut sum, mut parts) = (Number::ZERO, Vec::new());
        for Term { weight, measure, cap } in terms {
            let ratio = self.expr(measure)?;
            let full = weight * &ratio;
            let capped = cap.as_ref().filter(|cap| full > **cap);
            let points = capped.cloned().unwrap_or(full);
            sum = &sum + &points;
            if O::SEES {
                parts.push(RatioPart { weight, measure, ratio, capped, points });
            }
        }
        self.see(|| Step::Sum { parts, sum: sum.clone() });
        Ok(Outcome::Points(sum))
    }

    pub(super) fn steps(&mut self, rule: &'r Steps<Slot>) -> Scored {
        let value = self.expr(&rule.measure)?;
        let over = (value.clone() - rule.base_to.clone()).max(Number::ZERO);
        let steps = over.checked_div(&rule.step).ok_or(Stop::ZeroDenominator)?.floor();
        let sum = &rule.base + &(&steps * &rule.each);
        let capped = rule.cap.as_ref().filter(|cap| sum > **cap);
        let points = capped.cloned().unwrap_or(sum);
        self.see(|| Step::Steps { rule, value, steps, capped, points: points.clone() });
        Ok(Outcome::Points(points))
    }

    pub(super) fn survey(&mut self, answers: &'r [Weighted<Slot>]) -> Scored {
        let (mut forms, mut percents) = (Number::ZERO, Number::ZERO);
        let mut counts = Vec::new();
        for answer in answers {
            let count = self.number(answer.input)?.clone();
            percents = &percents + &(&count * &answer.percent);
            forms = &forms + &count;
            if O::SEES {
                counts.push((answer, count));
            }
        }
        let weighed = percents * Number::hundredths(1);
        let share = self.divide(&weighed, &forms, None)?;
        let points = &share * self.facts.max;
        self.see(|| Step::Survey { counts, forms, weighed, share, points: points.clone() });
        Ok(Outcome::Points(points))
    }

    pub(super) fn sipas(&mut self, measure: &'r Expr<Slot>) -> Scored {
        let share = self.expr(measure)?;
        let points = &share * self.facts.max;
        self.see(|| Step::Sipas { measure, share, points: points.clone() });
        Ok(Outcome::Points(points))
    }

    pub(super) fn no_breach(&mut self, inputs: &'r [Slot], otherwise: &'r Award<Slot>) -> Scored {
        let mut breach = None;
        for slot in inputs {
            // Every input must be there: a missing one might be the breach.
            let count = self.number(*slot)?;
            if breach.is_none() && !count.is_zero() {
                breach = Some((*slot, count.clone()));
            }
        }
        if breach.is_none() {
            self.see(|| Step::NoBreach);
            return Ok(Outcome::Points(self.facts.max.clone()));
        }
        let (outcome, gives) = self.awarded(otherwise)?;
        self.see(|| Step::Breach { breach, gives });
        Ok(outcome)
    }

    pub(super) fn cases(&mut self, pick: Slot, cases: &'r [Labelled<Body<Slot>>]) -> Scored {
        let case = cases.get(self.option(pick)?).ok_or(Stop::WrongKind(pick))?;
        self.see(|| Step::Case(&case.label));
        self.body(&case.then)
    }

    pub(super) fn when(&mut self, arms: &'r [Arm<Slot>], otherwise: &'r Body<Slot>) -> Scored {
        for arm in arms {
            if self.condition(&arm.condition)? {
                if O::SEES {
                    let held = self.held(&arm.condition);
                    self.see(|| Step::When(held));
                }
                return self.body(&arm.then);
            }
        }
        self.see(|| Step::Otherwise);
        self.body(otherwise)
    }

    pub(super) fn formula(&mut self, expr: &'r Expr<Slot>) -> Scored {
        let points = self.expr(expr)?;
        self.see(|| Step::Formula { expr, points: points.clone() });
        Ok(Outcome::Points(points))
    }
}

impl Outcome {
    /// The points, when there are any.
    #[must_use]
    pub fn points(&self) -> Option<&Number> {
        match self {
            Self::Points(points) => Some(points),
            Self::NotApplicable | Self::Information => None,
        }
    }
}
