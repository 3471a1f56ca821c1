//! Expressions and conditions.

use jiff::civil::Date;

use super::{Run, Stop};
use crate::calendar::days_between;
use crate::expr::{Condition, Expr, Function, Op};
use crate::input::{Kind, Value};
use crate::number::Number;
use crate::rule::ZeroDenominator;
use crate::slot::Slot;
use crate::trace::{Observe, Step};

/// Exact numbers grow with every product; no budget or count comes near this.
const MAX_BITS: u64 = 4_096;

/// Yes and no as numbers that can be lent.
pub(super) static ONE: Number = Number::ONE;
static ZERO: Number = Number::ZERO;

impl<'r, O: Observe<'r>> Run<'_, 'r, '_, O> {
    pub(super) fn expr(&mut self, expr: &'r Expr<Slot>) -> Result<Number, Stop> {
        Ok(match expr {
            Expr::Number(value) => value.clone(),
            Expr::Percent(value) => value * &Number::hundredths(1),
            Expr::Input(slot) => self.number(*slot)?.clone(),
            Expr::Max => self.facts.max.clone(),
            Expr::Negate(inner) => -self.expr(inner)?,
            Expr::Binary(op, left, right) => self.binary(expr, *op, left, right)?,
            Expr::Growth(now, before) => {
                let (now, before) = (self.expr(now)?, self.expr(before)?);
                self.divide(&(now - before.clone()), &before, Some(expr))?
            }
            Expr::Fallback(first, second) => match self.expr(first) {
                Err(Stop::Missing(slot)) => {
                    self.see(|| Step::Fallback(slot));
                    self.expr(second)?
                }
                other => other?,
            },
            Expr::Call(function, arguments) => self.call(*function, arguments)?,
        })
    }

    fn binary(
        &mut self,
        whole: &'r Expr<Slot>,
        op: Op,
        left: &'r Expr<Slot>,
        right: &'r Expr<Slot>,
    ) -> Result<Number, Stop> {
        let (left, right) = (self.expr(left)?, self.expr(right)?);
        let value = match op {
            Op::Add => left + right,
            Op::Subtract => left - right,
            Op::Multiply => left * right,
            Op::Divide => self.divide(&left, &right, Some(whole))?,
        };
        if value.bits() > MAX_BITS { Err(Stop::TooLarge) } else { Ok(value) }
    }

    /// `at` is the division as an expression, where it is one.
    pub(super) fn divide(
        &mut self,
        value: &Number,
        by: &Number,
        at: Option<&'r Expr<Slot>>,
    ) -> Result<Number, Stop> {
        match (value.checked_div(by), self.zero) {
            (Some(quotient), _) => Ok(quotient),
            (None, ZeroDenominator::Ratio(percent)) => {
                self.see(|| Step::ZeroRatio { at, percent });
                Ok(percent * &Number::hundredths(1))
            }
            (None, _) => Err(Stop::ZeroDenominator),
        }
    }

    fn call(&mut self, function: Function, arguments: &'r [Expr<Slot>]) -> Result<Number, Stop> {
        if let (Function::Days | Function::WorkingDays, [from, to]) = (function, arguments) {
            let (from, to) = (self.date_of(from)?, self.date_of(to)?);
            return match function {
                Function::Days => Ok(days_between(from, to).into()),
                _ => self.facts.calendar.working_days(from, to).map(Number::from).map_err(Stop::Calendar),
            };
        }
        let values = arguments.iter().map(|each| self.expr(each)).collect::<Result<Vec<_>, _>>()?;
        let count = Number::whole(i64::try_from(values.len()).unwrap_or(1));
        Ok(match function {
            Function::Smallest => values.into_iter().reduce(Number::min).unwrap_or_default(),
            Function::Largest => values.into_iter().reduce(Number::max).unwrap_or_default(),
            Function::Mean => values.iter().sum::<Number>().checked_div(&count).unwrap_or_default(),
            Function::Round | Function::Days | Function::WorkingDays => rounded(&values),
        })
    }

    pub(super) fn number(&self, slot: Slot) -> Result<&Number, Stop> {
        match self.slot(slot) {
            Value::Number(value) => Ok(value),
            Value::Missing => Err(Stop::Missing(slot)),
            Value::YesNo(true) => Ok(&ONE),
            Value::YesNo(false) => Ok(&ZERO),
            Value::Date(_) | Value::NotDone | Value::Choice(_) => Err(Stop::WrongKind(slot)),
        }
    }

    pub(super) fn date(&self, slot: Slot) -> Result<Date, Stop> {
        match self.slot(slot) {
            Value::Date(date) => Ok(*date),
            // Where the rule does not say what "not done" earns, a date is still awaited.
            Value::Missing | Value::NotDone => Err(Stop::Missing(slot)),
            _ => Err(Stop::WrongKind(slot)),
        }
    }

    /// Dates stand in expressions only as arguments of the day counts.
    fn date_of(&self, expr: &Expr<Slot>) -> Result<Date, Stop> {
        match expr {
            Expr::Input(slot) => self.date(*slot),
            _ => Err(Stop::WrongKind(Slot(u32::MAX))),
        }
    }

    pub(super) fn condition(&mut self, condition: &'r Condition<Slot>) -> Result<bool, Stop> {
        match condition {
            Condition::Compare(sign, left, right) => Ok(sign.holds(&self.expr(left)?, &self.expr(right)?)),
            Condition::Is(slot, answer) => self.is(*slot, answer),
            Condition::All(parts) => {
                for part in parts {
                    if !self.condition(part)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Any(parts) => {
                for part in parts {
                    if self.condition(part)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// The parts by which a condition held.
    pub(super) fn held(&mut self, condition: &'r Condition<Slot>) -> Vec<&'r Condition<Slot>> {
        match condition {
            Condition::Compare(..) | Condition::Is(..) => vec![condition],
            Condition::All(parts) => parts.iter().flat_map(|part| self.held(part)).collect(),
            Condition::Any(parts) => {
                // Its steps were seen when it was decided.
                let mut unseen = Run { facts: self.facts, zero: self.zero, observer: &mut () };
                let first = parts.iter().find(|part| unseen.condition(part) == Ok(true));
                first.map(|part| self.held(part)).unwrap_or_default()
            }
        }
    }

    fn is(&self, slot: Slot, answer: &str) -> Result<bool, Stop> {
        let declared = self.facts.inputs.get(slot.index()).map(|input| &input.kind);
        match (self.slot(slot), declared) {
            (Value::Choice(option), Some(Kind::Choice(options))) => {
                let chosen = options.get(usize::from(*option)).ok_or(Stop::WrongKind(slot))?;
                // Nearly all rules name an option as the input does; comparing spellings is for the others.
                let exact = options.iter().any(|option| option == answer);
                Ok(if exact { chosen == answer } else { crate::word::same(chosen, answer) })
            }
            (Value::YesNo(yes), _) => Ok(Kind::YesNo.read(answer) == Ok(Value::YesNo(*yes))),
            (Value::Missing, _) => Err(Stop::Missing(slot)),
            _ => Err(Stop::WrongKind(slot)),
        }
    }
}

fn rounded(values: &[Number]) -> Number {
    let [value, digits] = values else { return Number::ZERO };
    value.round_half_up(digits.to_whole().and_then(|digits| u8::try_from(digits).ok()).unwrap_or(9))
}
