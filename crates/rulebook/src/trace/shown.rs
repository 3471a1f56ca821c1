//! Expressions and values as people read them: `998/1.271` instead of `b/a`.

use super::equation::percent_operand;
use crate::expr::{Condition, Expr, Function, Op};
use crate::input::{Input, Kind, Value};
use crate::lang::Lang;
use crate::number::Number;
use crate::slot::Slot;

/// What stands behind slots: the declared inputs and the unit's values.
#[derive(Clone, Copy, Debug)]
pub struct ShownNames<'a> {
    /// The inputs by slot.
    pub inputs: &'a [Input],
    /// The values by slot.
    pub values: &'a [Value],
}

impl ShownNames<'_> {
    /// What an input is called: its label, else its name.
    #[must_use]
    pub fn title(&self, slot: Slot) -> String {
        self.inputs.get(slot.index()).map_or_else(String::new, Input::title)
    }

    /// Whether the evaluation meets a missing input in it, so that the substitute was used.
    #[must_use]
    pub fn is_missing(&self, expr: &Expr<Slot>) -> bool {
        match expr {
            Expr::Number(_) | Expr::Percent(_) | Expr::Max => false,
            Expr::Input(slot) => {
                matches!(self.values.get(slot.index()), None | Some(Value::Missing))
            }
            Expr::Negate(inner) => self.is_missing(inner),
            Expr::Binary(_, left, right) | Expr::Growth(left, right) => {
                self.is_missing(left) || self.is_missing(right)
            }
            Expr::Fallback(first, second) => self.is_missing(first) && self.is_missing(second),
            Expr::Call(_, arguments) => arguments.iter().any(|each| self.is_missing(each)),
        }
    }

    /// The value in a slot as people read it.
    #[must_use]
    pub fn value(&self, lang: Lang, slot: Slot) -> String {
        let kind = self.inputs.get(slot.index()).map(|input| &input.kind);
        match (self.values.get(slot.index()), kind) {
            (None | Some(Value::Missing), _) => format!("[{}]", self.title(slot)),
            (Some(value), kind) => show_value(lang, value, kind),
        }
    }
}

impl Input {
    /// The label, else the name.
    #[must_use]
    pub fn title(&self) -> String {
        if self.label.is_empty() { self.name.clone() } else { self.label.clone() }
    }
}

/// A value as people read it.
#[must_use]
pub fn show_value(lang: Lang, value: &Value, kind: Option<&Kind>) -> String {
    match (value, kind) {
        (Value::Missing, _) => lang.pick("chưa nhập", "not entered").to_owned(),
        (Value::Number(share), Some(Kind::Ratio { .. })) => lang.percent(share),
        (Value::Number(number), _) => lang.short(number),
        (Value::Date(date), _) => lang.date(*date),
        (Value::NotDone, _) => lang.pick("chưa thực hiện", "not done").to_owned(),
        (Value::YesNo(true), _) => lang.pick("có", "yes").to_owned(),
        (Value::YesNo(false), _) => lang.pick("không", "no").to_owned(),
        (Value::Choice(option), Some(Kind::Choice(options))) => {
            options.get(usize::from(*option)).cloned().unwrap_or_default()
        }
        (Value::Choice(option), _) => option.to_string(),
    }
}

/// An expression with its values in place of names, each of them exact.
#[must_use]
pub fn show_expr(lang: Lang, expr: &Expr<Slot>, names: &ShownNames<'_>, max: &Number) -> String {
    Shown { lang, names, max, zero: &[] }.expr(expr, SUM)
}

/// How tightly an operand is bound: an addend, a factor, what a product is divided by.
pub(super) const SUM: u8 = 0;
/// A factor, or what is divided.
pub(super) const FACTOR: u8 = 2;
/// What is divided by, or negated.
pub(super) const DIVISOR: u8 = 3;

/// A division by zero, and the percentage that the rule states for it.
pub(super) type ZeroRatio<'a> = (&'a Expr<Slot>, &'a Number);

/// Writes expressions with their values.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub lang: Lang,
    pub names: &'a ShownNames<'a>,
    pub max: &'a Number,
    /// The divisions by zero that count as a percentage.
    pub zero: &'a [ZeroRatio<'a>],
}

impl Shown<'_> {
    /// In parentheses where what stands around binds tighter than `level`.
    pub fn expr(&self, expr: &Expr<Slot>, level: u8) -> String {
        if let Some((_, percent)) = self.zero.iter().find(|(at, _)| std::ptr::eq(*at, expr)) {
            return format!("{}%", self.lang.exact(percent));
        }
        match expr {
            Expr::Number(value) => self.number(value, level),
            Expr::Percent(value) => format!("{}%", self.number(value, level)),
            Expr::Input(slot) => self.input(*slot, level),
            Expr::Max => self.number(self.max, level),
            Expr::Negate(inner) => bracketed(format!("−{}", self.expr(inner, DIVISOR)), level >= FACTOR),
            Expr::Growth(now, before) => {
                let text = format!(
                    "({} − {})/{}",
                    self.expr(now, 1),
                    self.expr(before, FACTOR),
                    self.expr(before, DIVISOR)
                );
                bracketed(text, level > FACTOR)
            }
            Expr::Fallback(first, second) => {
                self.expr(if self.names.is_missing(first) { second } else { first }, level)
            }
            Expr::Call(function, arguments) => self.call(*function, arguments),
            Expr::Binary(op, left, right) => self.binary(*op, left, right, level),
        }
    }

    /// A number as an operand: fractions and negative numbers stand in parentheses where they would be misread.
    pub fn number(&self, value: &Number, level: u8) -> String {
        let text = self.lang.exact(value);
        let apart = (value.is_negative() && level >= FACTOR) || (text.contains('/') && level > FACTOR);
        bracketed(text, apart)
    }

    fn input(&self, slot: Slot, level: u8) -> String {
        let kind = self.names.inputs.get(slot.index()).map(|input| &input.kind);
        match (self.names.values.get(slot.index()), kind) {
            (Some(Value::Number(share)), Some(Kind::Ratio { .. })) => {
                let text = percent_operand(self.lang, share);
                let apart =
                    (share.is_negative() && level >= FACTOR) || (text.contains('/') && level > FACTOR);
                bracketed(text, apart)
            }
            (Some(Value::Number(value)), _) => self.number(value, level),
            // In arithmetic yes is one and no is zero.
            (Some(Value::YesNo(yes)), _) => i64::from(*yes).to_string(),
            _ => self.names.value(self.lang, slot),
        }
    }

    fn binary(&self, op: Op, left: &Expr<Slot>, right: &Expr<Slot>, outer: u8) -> String {
        let (sign, level) = match op {
            Op::Add => (" + ", 1),
            Op::Subtract => (" − ", 1),
            Op::Multiply => (" × ", FACTOR),
            Op::Divide => ("/", FACTOR),
        };
        let text = format!("{}{sign}{}", self.expr(left, level), self.expr(right, level + 1));
        bracketed(text, level < outer)
    }

    fn call(&self, function: Function, arguments: &[Expr<Slot>]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|each| self.expr(each, SUM)).collect();
        format!("{}({})", self.lang.pick(function.word(), function.english()), arguments.join("; "))
    }

    /// A condition as people read it: the names of its inputs, and its parts joined by words.
    pub fn condition(&self, condition: &Condition<Slot>) -> String {
        let join = |parts: &[Condition<Slot>], word: &str| {
            parts.iter().map(|part| self.condition(part)).collect::<Vec<_>>().join(word)
        };
        match condition {
            Condition::Compare(sign, left, right) => {
                format!("{} {} {}", self.expr(left, SUM), sign.sign(), self.expr(right, SUM))
            }
            Condition::Is(slot, answer) => {
                format!("{} {} «{answer}»", self.names.title(*slot), self.lang.pick("là", "is"))
            }
            Condition::All(parts) => join(parts, self.lang.pick(" và ", " and ")),
            Condition::Any(parts) => join(parts, self.lang.pick(" hoặc ", " or ")),
        }
    }
}

fn bracketed(text: String, apart: bool) -> String {
    if apart { format!("({text})") } else { text }
}
