//! What an expression measures: a share, where 1 is 100 %, or a plain number.

use crate::expr::{Comparison, Expr, Function, Op};
use crate::input::{Input, Kind};
use crate::notation::print_expr;
use crate::number::Number;
use crate::set::Compiled;
use crate::slot::Slot;

/// What an expression measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// A number that stands in the rule, which is what stands beside it.
    Literal,
    /// A share from 0 % to 100 %.
    Share,
    /// An answer with yes or no: 1 or 0. Several of them are counted.
    Answer,
    /// A share that can exceed 100 %.
    Open,
    /// One share over another, which can be many times as much.
    Relative,
    /// By how much something grew, where 1 is 100 %.
    Growth,
    /// One number over another: a share nearly always.
    Quotient,
    /// A count, an amount, a decimal number.
    Plain,
    /// It cannot be told.
    Unknown,
}

impl Measure {
    /// Whether 1 is 100 %.
    pub(super) fn is_share(self) -> bool {
        match self {
            Self::Share | Self::Answer | Self::Open | Self::Relative | Self::Growth | Self::Quotient => true,
            Self::Literal | Self::Plain | Self::Unknown => false,
        }
    }

    fn beside(self, other: Self) -> Self {
        match (self, other) {
            (Self::Literal, other) | (other, Self::Literal) => other,
            (left, right) if left == right => left,
            (left, right) if left.is_share() && right.is_share() => Self::Quotient,
            _ => Self::Unknown,
        }
    }
}

/// What is known of the inputs of a set.
pub(super) struct Measures<'c> {
    inputs: &'c [Input],
    /// Inputs of which a cross-check says that the first is a part of the second.
    parts: Vec<(Slot, Slot)>,
}

impl<'c> Measures<'c> {
    pub(super) fn new(compiled: &'c Compiled) -> Self {
        let part = |(left, sign, right): (&Expr<Slot>, Comparison, &Expr<Slot>)| match (left, sign, right) {
            (Expr::Input(part), Comparison::AtMost | Comparison::Less, Expr::Input(whole))
            | (Expr::Input(whole), Comparison::AtLeast | Comparison::More, Expr::Input(part)) => {
                Some((*part, *whole))
            }
            _ => None,
        };
        let checks = compiled.checks.iter().map(|owned| &owned.check);
        let parts = checks.filter_map(|check| part((&check.left, check.sign, &check.right))).collect();
        Self { inputs: &compiled.inputs, parts }
    }

    /// The kind of an input that stands alone.
    pub(super) fn kind(&self, expr: &Expr<Slot>) -> Option<&Kind> {
        let Expr::Input(slot) = expr else { return None };
        self.inputs.get(slot.index()).map(|input| &input.kind)
    }

    /// An expression with its names, as rules write it.
    pub(super) fn written(&self, expr: &Expr<Slot>) -> String {
        let named = expr.resolve(&mut |slot: &Slot| {
            self.inputs.get(slot.index()).map(|input| input.name.clone()).ok_or(())
        });
        named.map(|named| print_expr(&named)).unwrap_or_default()
    }

    pub(super) fn of(&self, expr: &Expr<Slot>) -> Measure {
        match expr {
            Expr::Number(_) => Measure::Literal,
            Expr::Percent(_) => Measure::Share,
            Expr::Max => Measure::Unknown,
            Expr::Input(_) => self.kind(expr).map_or(Measure::Unknown, of_kind),
            Expr::Negate(inner) => self.of(inner),
            Expr::Growth(..) => Measure::Growth,
            Expr::Fallback(left, right) => self.of(left).beside(self.of(right)),
            Expr::Binary(op @ (Op::Add | Op::Subtract), left, right) => self.sum(*op, left, right),
            Expr::Binary(Op::Multiply, left, right) => self.product(left, right),
            Expr::Binary(Op::Divide, left, right) => self.quotient(left, right),
            Expr::Call(Function::Round, arguments) => {
                arguments.first().map_or(Measure::Unknown, |first| self.of(first))
            }
            Expr::Call(Function::Days | Function::WorkingDays, _) => Measure::Plain,
            Expr::Call(_, arguments) => {
                arguments.iter().map(|each| self.of(each)).reduce(Measure::beside).unwrap_or(Measure::Unknown)
            }
        }
    }

    fn sum(&self, op: Op, left: &Expr<Slot>, right: &Expr<Slot>) -> Measure {
        match (self.of(left), self.of(right)) {
            // What is left of an answer is its opposite.
            (Measure::Literal, Measure::Answer) if op == Op::Subtract => Measure::Answer,
            (Measure::Answer, Measure::Answer | Measure::Plain | Measure::Literal)
            | (Measure::Plain | Measure::Literal, Measure::Answer) => Measure::Plain,
            // Two shares may be more than a whole; what is left of one is not.
            (Measure::Share, Measure::Share) if !matches!(left, Expr::Percent(_)) => Measure::Open,
            (Measure::Share, Measure::Literal) => Measure::Open,
            (left, right) => left.beside(right),
        }
    }

    fn product(&self, left: &Expr<Slot>, right: &Expr<Slot>) -> Measure {
        if let Some((factor, other)) =
            literal(left).map(|factor| (factor, right)).or(literal(right).map(|factor| (factor, left)))
        {
            return match self.of(other) {
                // Weights of answers may add up to a share, or to points.
                Measure::Answer => Measure::Unknown,
                // A share times a hundred is the number of percent.
                share if share.is_share() && factor >= Number::whole(10) => Measure::Plain,
                Measure::Share if factor > Number::ONE => Measure::Open,
                // And the number of percent times a hundredth is a share.
                Measure::Plain if factor <= Number::hundredths(1) => Measure::Quotient,
                other => other,
            };
        }
        match (self.of(left), self.of(right)) {
            (Measure::Share, Measure::Share) => Measure::Share,
            (left, right) if left.is_share() && right.is_share() => Measure::Quotient,
            (Measure::Plain, other) | (other, Measure::Plain)
                if other.is_share() || other == Measure::Plain =>
            {
                Measure::Plain
            }
            _ => Measure::Unknown,
        }
    }

    fn quotient(&self, left: &Expr<Slot>, right: &Expr<Slot>) -> Measure {
        match (self.of(left), self.of(right)) {
            (Measure::Literal, Measure::Literal) => Measure::Literal,
            (Measure::Plain, Measure::Literal | Measure::Plain) if self.is_part(left, right) => {
                Measure::Share
            }
            (Measure::Plain | Measure::Literal, Measure::Literal | Measure::Plain) => Measure::Quotient,
            (Measure::Answer, Measure::Literal) => Measure::Unknown,
            (share, Measure::Literal) if share.is_share() => share,
            (share, other) if share.is_share() && other.is_share() => Measure::Relative,
            (Measure::Plain, share) if share.is_share() => Measure::Plain,
            _ => Measure::Unknown,
        }
    }

    fn is_part(&self, left: &Expr<Slot>, right: &Expr<Slot>) -> bool {
        matches!((left, right), (Expr::Input(part), Expr::Input(whole)) if self.parts.contains(&(*part, *whole)))
    }
}

fn of_kind(kind: &Kind) -> Measure {
    match kind {
        Kind::Ratio { unbounded: false } => Measure::Share,
        Kind::YesNo => Measure::Answer,
        Kind::Ratio { unbounded: true } => Measure::Open,
        Kind::Count | Kind::Decimal | Kind::Money => Measure::Plain,
        Kind::Date | Kind::Choice(_) => Measure::Unknown,
    }
}

/// A number that stands in the rule, as its value.
pub(super) fn literal(expr: &Expr<Slot>) -> Option<Number> {
    match expr {
        Expr::Number(value) => Some(value.clone()),
        Expr::Percent(value) => Some(value * &Number::hundredths(1)),
        Expr::Negate(inner) => literal(inner).map(|value| -value),
        _ => None,
    }
}
