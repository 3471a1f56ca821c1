//! Expressions and values as people read them: `998/1.271` instead of `b/a`.

use crate::eval::Slot;
use crate::expr::{Condition, Expr, Function, Op};
use crate::input::{Input, Kind, Value};
use crate::lang::Lang;
use crate::number::Number;

/// What stands behind slots: the declared inputs and the unit's values.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The inputs by slot.
    pub inputs: &'a [Input],
    /// The values by slot.
    pub values: &'a [Value],
}

impl Names<'_> {
    /// What an input is called: its label, else its name.
    #[must_use]
    pub fn title(&self, slot: Slot) -> String {
        self.inputs.get(slot.index()).map_or_else(String::new, Input::title)
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
        (Value::YesNo(true), _) => lang.pick("có", "yes").to_owned(),
        (Value::YesNo(false), _) => lang.pick("không", "no").to_owned(),
        (Value::Choice(option), Some(Kind::Choice(options))) => {
            options.get(usize::from(*option)).cloned().unwrap_or_default()
        }
        (Value::Choice(option), _) => option.to_string(),
    }
}

/// An expression with its values in place of names.
#[must_use]
pub fn show_expr(lang: Lang, expr: &Expr<Slot>, names: &Names<'_>, max: &Number) -> String {
    Shown { lang, names, max }.expr(expr, 0)
}

/// An expression as the factor of a product: sums stand in parentheses.
pub(super) fn show_factor(lang: Lang, expr: &Expr<Slot>, names: &Names<'_>, max: &Number) -> String {
    Shown { lang, names, max }.expr(expr, 2)
}

pub(super) fn show_condition(lang: Lang, condition: &Condition<Slot>, names: &Names<'_>) -> String {
    Shown { lang, names, max: &Number::ZERO }.condition(condition)
}

struct Shown<'a> {
    lang: Lang,
    names: &'a Names<'a>,
    max: &'a Number,
}

impl Shown<'_> {
    fn expr(&self, expr: &Expr<Slot>, level: u8) -> String {
        match expr {
            Expr::Number(value) => self.lang.short(value),
            Expr::Percent(value) => format!("{}%", self.lang.short(value)),
            Expr::Input(slot) => self.names.value(self.lang, *slot),
            Expr::Max => self.lang.short(self.max),
            Expr::Negate(inner) => format!("−{}", self.expr(inner, 3)),
            Expr::Growth(now, before) => {
                let (now, before) = (self.expr(now, 2), self.expr(before, 2));
                format!("({now} − {before}) : {before}")
            }
            Expr::Fallback(first, second) => self.fallback(first, second, level),
            Expr::Call(function, arguments) => self.call(*function, arguments),
            Expr::Binary(op, left, right) => self.binary(*op, left, right, level),
        }
    }

    fn binary(&self, op: Op, left: &Expr<Slot>, right: &Expr<Slot>, outer: u8) -> String {
        let (sign, level) = match op {
            Op::Add => (" + ", 1),
            Op::Subtract => (" − ", 1),
            Op::Multiply => (" × ", 2),
            Op::Divide => ("/", 2),
        };
        let text = format!("{}{sign}{}", self.expr(left, level), self.expr(right, level + 1));
        if level < outer { format!("({text})") } else { text }
    }

    fn fallback(&self, first: &Expr<Slot>, second: &Expr<Slot>, level: u8) -> String {
        let missing = matches!(first, Expr::Input(slot)
            if matches!(self.names.values.get(slot.index()), None | Some(Value::Missing)));
        self.expr(if missing { second } else { first }, level)
    }

    fn call(&self, function: Function, arguments: &[Expr<Slot>]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|each| self.expr(each, 0)).collect();
        format!("{}({})", self.lang.pick(function.word(), function.english()), arguments.join("; "))
    }

    fn condition(&self, condition: &Condition<Slot>) -> String {
        let join = |parts: &[Condition<Slot>], word: &str| {
            parts.iter().map(|part| self.condition(part)).collect::<Vec<_>>().join(word)
        };
        match condition {
            Condition::Compare(sign, left, right) => {
                format!("{} {} {}", self.expr(left, 0), sign.sign(), self.expr(right, 0))
            }
            Condition::Is(slot, answer) => {
                format!("{} {} «{answer}»", self.names.title(*slot), self.lang.pick("là", "is"))
            }
            Condition::All(parts) => join(parts, self.lang.pick(" và ", " and ")),
            Condition::Any(parts) => join(parts, self.lang.pick(" hoặc ", " or ")),
        }
    }
}
