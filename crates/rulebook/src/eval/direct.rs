//! The two commonest rules in whole numbers: the same points in a fraction of the time.
//!
//! A national campaign spends most of its time on ratios of two counts and on survey answers. Where all figures are
//! small whole numbers and the points are rounded at once, 64-bit arithmetic gives the same result as fractions do; a
//! property test compares both. Wherever there is more to say (a missing figure, a zero denominator, a number that
//! does not fit), the answer is `None` and the general evaluator speaks.

use super::{Facts, Slot};
use crate::expr::{Expr, Op};
use crate::input::Value;
use crate::number::{Digits, Number};
use crate::rule::{Body, Weighted};

/// Rounded points of a rule of one of the two shapes, half up to `digits`.
#[must_use]
pub fn rounded_points(body: &Body<Slot>, facts: &Facts<'_>, digits: Digits) -> Option<Number> {
    match body {
        Body::Proportional { measure, full_from, zero_below } => {
            ratio(measure, full_from.as_ref(), zero_below.as_ref(), facts, digits)
        }
        Body::Survey { answers } => survey(answers, facts, digits),
        _ => None,
    }
}

fn count(facts: &Facts<'_>, slot: Slot) -> Option<i64> {
    match facts.values.get(slot.index())? {
        Value::Number(number) => number.to_whole().filter(|count| *count >= 0),
        _ => None,
    }
}

fn ratio(
    measure: &Expr<Slot>,
    full_from: Option<&Number>,
    zero_below: Option<&Number>,
    facts: &Facts<'_>,
    digits: Digits,
) -> Option<Number> {
    let Expr::Binary(Op::Divide, part, all) = measure else { return None };
    let (Expr::Input(part), Expr::Input(all)) = (&**part, &**all) else { return None };
    let (part, all) = (count(facts, *part)?, count(facts, *all).filter(|all| *all > 0)?);
    let (full, full_of) = full_from.map_or(Some((1, 1)), Number::parts)?;
    if let Some(below) = zero_below {
        let (below, below_of) = below.parts()?;
        if part.checked_mul(below_of)? < all.checked_mul(below)? {
            return Some(Number::ZERO);
        }
    }
    if part.checked_mul(full_of)? >= all.checked_mul(full)? {
        return Some(facts.max.round_half_up(digits.get()));
    }
    let (max, max_of) = facts.max.parts()?;
    let above = part.checked_mul(full_of)?.checked_mul(max)?;
    let below = all.checked_mul(full)?.checked_mul(max_of)?;
    Number::rounded_quotient(above, below, digits)
}

fn survey(answers: &[Weighted<Slot>], facts: &Facts<'_>, digits: Digits) -> Option<Number> {
    let (mut forms, mut weighted) = (0_i64, 0_i64);
    for answer in answers {
        let count = count(facts, answer.input)?;
        let percent = answer.percent.to_whole().filter(|percent| (0..=100).contains(percent))?;
        weighted = weighted.checked_add(count.checked_mul(percent)?)?;
        forms = forms.checked_add(count)?;
    }
    let (max, max_of) = facts.max.parts()?;
    let below = forms.checked_mul(max_of)?.checked_mul(100).filter(|below| *below > 0)?;
    Number::rounded_quotient(weighted.checked_mul(max)?, below, digits)
}
