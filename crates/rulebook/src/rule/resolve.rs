//! From names as written to slots of a unit's values: the same rule with other names.

use super::{
    Anchor, Arm, Award, Band, Body, Deadline, Due, Each, Labelled, Late, Rule, Steps, Term, Weighted,
};

impl<N> Rule<N> {
    /// The same rule with every name replaced.
    ///
    /// # Errors
    /// The first error that `rename` gives.
    pub fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Rule<M>, E> {
        Ok(Rule { body: self.body.resolve(rename)?, zero: self.zero.clone() })
    }
}

impl<N> Body<N> {
    fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Body<M>, E> {
        Ok(match self {
            Self::Judgement { step } => Body::Judgement { step: step.clone() },
            Self::Information => Body::Information,
            Self::FromParent => Body::FromParent,
            Self::Choice { input, options } => Body::Choice {
                input: rename(input)?,
                options: all(options, |option| option.resolve(rename))?,
            },
            Self::PerUnit { terms, cap } => Body::PerUnit {
                terms: all(terms, |each| each.resolve(rename))?,
                cap: cap.as_ref().map(|award| award.resolve(rename)).transpose()?,
            },
            Self::Deduct { terms } => Body::Deduct { terms: all(terms, |each| each.resolve(rename))? },
            Self::Proportional { measure, full_from, zero_below } => Body::Proportional {
                measure: measure.resolve(rename)?,
                full_from: full_from.clone(),
                zero_below: zero_below.clone(),
            },
            Self::Bands { measure, bands } => Body::Bands {
                measure: measure.resolve(rename)?,
                bands: all(bands, |band| {
                    Ok(Band { range: band.range.clone(), award: band.award.resolve(rename)? })
                })?,
            },
            Self::WeightedSum { terms } => {
                Body::WeightedSum { terms: all(terms, |term| term.resolve(rename))? }
            }
            Self::Steps(steps) => Body::Steps(steps.resolve(rename)?),
            Self::Survey { answers } => {
                Body::Survey { answers: all(answers, |answer| answer.resolve(rename))? }
            }
            Self::Sipas { share } => Body::Sipas { share: share.resolve(rename)? },
            Self::NoBreach { inputs, otherwise } => {
                Body::NoBreach { inputs: all(inputs, &mut *rename)?, otherwise: otherwise.resolve(rename)? }
            }
            Self::Deadline(deadline) => Body::Deadline(deadline.resolve(rename)?),
            Self::Formula(expr) => Body::Formula(expr.resolve(rename)?),
            Self::Cases { pick, cases } => {
                Body::Cases { pick: rename(pick)?, cases: all(cases, |case| case.resolve_body(rename))? }
            }
            Self::When { arms, otherwise } => Body::When {
                arms: all(arms, |arm| arm.resolve(rename))?,
                otherwise: Box::new(otherwise.resolve(rename)?),
            },
        })
    }
}

fn all<A, B, E>(items: &[A], each: impl FnMut(&A) -> Result<B, E>) -> Result<Vec<B>, E> {
    items.iter().map(each).collect()
}

impl<N> Award<N> {
    fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Award<M>, E> {
        Ok(match self {
            Self::Points(points) => Award::Points(points.clone()),
            Self::Share(percent) => Award::Share(percent.clone()),
            Self::Full => Award::Full,
            Self::NotApplicable => Award::NotApplicable,
            Self::Formula(expr) => Award::Formula(expr.resolve(rename)?),
        })
    }
}

impl<N> Labelled<Award<N>> {
    fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Labelled<Award<M>>, E> {
        Ok(Labelled { label: self.label.clone(), then: self.then.resolve(rename)? })
    }
}

impl<N> Labelled<Body<N>> {
    fn resolve_body<M, E>(
        &self,
        rename: &mut impl FnMut(&N) -> Result<M, E>,
    ) -> Result<Labelled<Body<M>>, E> {
        Ok(Labelled { label: self.label.clone(), then: self.then.resolve(rename)? })
    }
}

impl<N> Each<N> {
    fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Each<M>, E> {
        Ok(Each { award: self.award.resolve(rename)?, count: self.count.resolve(rename)? })
    }
}

impl<N> Term<N> {
    fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Term<M>, E> {
        let (weight, cap) = (self.weight.clone(), self.cap.clone());
        Ok(Term { weight, measure: self.measure.resolve(rename)?, cap })
    }
}

impl<N> Weighted<N> {
    fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Weighted<M>, E> {
        let (label, percent) = (self.label.clone(), self.percent.clone());
        Ok(Weighted { label, input: rename(&self.input)?, percent })
    }
}

impl<N> Steps<N> {
    fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Steps<M>, E> {
        Ok(Steps {
            measure: self.measure.resolve(rename)?,
            base_to: self.base_to.clone(),
            base: self.base.clone(),
            step: self.step.clone(),
            each: self.each.clone(),
            cap: self.cap.clone(),
        })
    }
}

impl<N> Deadline<N> {
    fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Deadline<M>, E> {
        let anchor = match &self.due.anchor {
            Anchor::Fixed(date) => Anchor::Fixed(*date),
            Anchor::Input(name) => Anchor::Input(rename(name)?),
        };
        Ok(Deadline {
            done: rename(&self.done)?,
            due: Due { anchor, shift: self.due.shift, days: self.due.days },
            in_time: self.in_time.resolve(rename)?,
            late: all(&self.late, |tier| {
                Ok(Late { days: tier.days, count: tier.count, award: tier.award.resolve(rename)? })
            })?,
            later: self.later.resolve(rename)?,
            never: self.never.as_ref().map(|award| award.resolve(rename)).transpose()?,
        })
    }
}

impl<N> Arm<N> {
    fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Arm<M>, E> {
        Ok(Arm { condition: self.condition.resolve(rename)?, then: self.then.resolve(rename)? })
    }
}
