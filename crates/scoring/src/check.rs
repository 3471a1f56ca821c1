//! Cross-checks of entered figures: received = done + pending, no part above its whole.

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::eval::{Facts, value};
use parindex_rulebook::expr::{Comparison, Expr, Op};
use parindex_rulebook::input::{Kind, Value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::notation::Check;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, OwnedCheck};
use parindex_rulebook::slot::Slot;
use parindex_rulebook::trace::{ShownNames, show_value};

use crate::sheet::Sheet;

/// A check that the figures of a unit do not satisfy. Its sentence calls the figures by their labels.
#[derive(Clone, Debug)]
pub struct Mismatch<'a> {
    /// The node that states the check.
    pub node: usize,
    check: &'a Check<Slot>,
    /// What the two sides come to.
    values: (Number, Number),
    names: ShownNames<'a>,
    max: &'a Number,
}

/// The checks that fail; a check with a missing figure says nothing.
#[must_use]
pub fn mismatches<'a>(compiled: &'a Compiled, sheet: &'a Sheet, calendar: &Calendar) -> Vec<Mismatch<'a>> {
    let names = ShownNames { inputs: &compiled.inputs, values: sheet.values() };
    let fails = |owned: &'a OwnedCheck| {
        let (node, check) = (owned.node, &owned.check);
        let side = |expr: &Expr<Slot>| value_at(compiled, node, (sheet, calendar), expr);
        let values = (side(&check.left)?, side(&check.right)?);
        let holds = check.sign.holds(&values.0, &values.1);
        (!holds).then(|| Mismatch { node, check, values, names, max: compiled.max(node) })
    };
    compiled.checks.iter().filter_map(fails).collect()
}

/// What an expression comes to at a node of a sheet; nothing while a figure is missing, or where it divides by zero.
#[must_use]
pub fn value_at(
    compiled: &Compiled,
    node: usize,
    (sheet, calendar): (&Sheet, &Calendar),
    expr: &Expr<Slot>,
) -> Option<Number> {
    let (max, values, inputs) = (compiled.max(node), sheet.values(), compiled.inputs.as_slice());
    let (due_off, open) = (compiled.set.settings.due_off, sheet.is_open());
    value(expr, &Facts { max, values, inputs, entered: None, parent: None, calendar, due_off, open }).ok()
}

/// The figures that an expression names, each once, in their order.
#[must_use]
pub fn slots(expr: &Expr<Slot>) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for slot in expr.inputs() {
        if !slots.contains(slot) {
            slots.push(*slot);
        }
    }
    slots
}

impl Mismatch<'_> {
    /// The figures that it compares, in the order in which the check names them.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        let mut all = slots(&self.check.left);
        let right = slots(&self.check.right).into_iter().filter(|slot| !all.contains(slot));
        let right: Vec<Slot> = right.collect();
        all.extend(right);
        all
    }

    /// The figures as files write them: `a = 12, b = 10`. A reason that was given for these does not count for others.
    #[must_use]
    pub fn figures(&self) -> String {
        let figure = |slot: Slot| {
            let (input, value) = (self.names.inputs.get(slot.index())?, self.names.values.get(slot.index())?);
            Some(format!("{} = {}", input.name, input.kind.write(value)))
        };
        self.slots().into_iter().filter_map(figure).collect::<Vec<_>>().join(", ")
    }
}

impl Say for Mismatch<'_> {
    fn say(&self, lang: Lang) -> String {
        let words = Words { lang, names: self.names, max: self.max };
        let left = words.side(&self.check.left, &self.values.0);
        let right = words.side(&self.check.right, &self.values.1);
        let (vi, en) = broken(self.check.sign);
        lang.pick(
            format!("{left} {vi} {right}; đề nghị kiểm tra lại"),
            format!("{left} {en} {right}; check what was entered"),
        )
    }
}

/// What is said of the sides where a comparison does not hold.
fn broken(sign: Comparison) -> (&'static str, &'static str) {
    match sign {
        Comparison::Less => ("không nhỏ hơn", "is not less than"),
        Comparison::AtMost => ("lớn hơn", "is more than"),
        Comparison::Equal => ("khác", "is not equal to"),
        Comparison::NotEqual => ("bằng", "is equal to"),
        Comparison::AtLeast => ("nhỏ hơn", "is less than"),
        Comparison::More => ("không lớn hơn", "is not more than"),
    }
}

/// Expressions in words, every number to its last digit: `«Số đạt yêu cầu» (12)`.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    pub lang: Lang,
    /// The figures and their values.
    pub names: ShownNames<'a>,
    /// The maximum of the criterion.
    pub max: &'a Number,
}

impl Words<'_> {
    /// A side of a comparison with what it comes to, where that is not said by itself.
    #[must_use]
    pub fn side(&self, expr: &Expr<Slot>, value: &Number) -> String {
        let words = self.expr(expr, 0);
        match expr {
            Expr::Input(_) | Expr::Number(_) | Expr::Percent(_) | Expr::Max => words,
            _ => format!("{words} = {}", self.lang.exact(value)),
        }
    }

    fn expr(&self, expr: &Expr<Slot>, outer: u8) -> String {
        match expr {
            Expr::Number(value) => self.lang.exact(value),
            Expr::Percent(value) => format!("{}%", self.lang.exact(value)),
            Expr::Max => self.lang.exact(self.max),
            Expr::Input(slot) => self.input(*slot),
            Expr::Negate(inner) => format!("−{}", self.expr(inner, 3)),
            Expr::Growth(now, before) => {
                let (now, before) = (self.expr(now, 0), self.expr(before, 0));
                let text = self.lang.pick(
                    format!("mức tăng của {now} so với {before}"),
                    format!("the growth of {now} over {before}"),
                );
                if outer > 0 { format!("({text})") } else { text }
            }
            Expr::Fallback(first, second) => {
                let expr = if self.names.is_missing(first) { second } else { first };
                self.expr(expr, outer)
            }
            Expr::Call(function, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|each| self.expr(each, 0)).collect();
                let name = self.lang.pick(function.word(), function.english());
                format!("{name}({})", arguments.join("; "))
            }
            Expr::Binary(op, left, right) => self.binary(*op, left, right, outer),
        }
    }

    fn binary(&self, op: Op, left: &Expr<Slot>, right: &Expr<Slot>, outer: u8) -> String {
        let (sign, level) = match op {
            Op::Add => ("+", 1),
            Op::Subtract => ("−", 1),
            Op::Multiply => ("×", 2),
            Op::Divide => (":", 2),
        };
        let text = format!("{} {sign} {}", self.expr(left, level), self.expr(right, level + 1));
        if level < outer { format!("({text})") } else { text }
    }

    /// Its label, and its value behind it.
    fn input(&self, slot: Slot) -> String {
        let (title, value) = (self.names.title(slot), self.names.values.get(slot.index()));
        let kind = self.names.inputs.get(slot.index()).map(|input| &input.kind);
        let value = match (value, kind) {
            (Some(Value::Number(share)), Some(Kind::Ratio { .. })) => {
                format!("{}%", self.lang.exact(&(share * &Number::whole(100))))
            }
            (Some(Value::Number(number)), _) => self.lang.exact(number),
            (value, kind) => show_value(self.lang, value.unwrap_or(&Value::Missing), kind),
        };
        let (open, close) = self.lang.pick(('«', '»'), ('“', '”'));
        format!("{open}{title}{close} ({value})")
    }
}

#[cfg(test)]
mod tests {
    use parindex_rulebook::notation;
    use parindex_rulebook::set::{CriteriaSet, Criterion, Method, Places};

    use super::*;

    /// A criterion that states checks over these inputs.
    fn compiled(inputs: &str, checks: &str) -> Compiled {
        let criterion = Criterion {
            code: "1".to_owned(),
            name: "Hồ sơ".to_owned(),
            max: Some(5.into()),
            method: Some(Method::SelfAssessed),
            inputs: notation::parse_inputs(inputs).unwrap(),
            checks: notation::parse_checks(checks).unwrap(),
            ..Criterion::default()
        };
        let set = CriteriaSet { criteria: vec![criterion], ..CriteriaSet::default() };
        Compiled::new(set, &Places::default()).unwrap()
    }

    fn said(inputs: &str, checks: &str, values: &[&str], lang: Lang) -> Vec<String> {
        let compiled = compiled(inputs, checks);
        let mut sheet = Sheet::new(&compiled);
        for ((slot, input), text) in (0..).zip(&compiled.inputs).zip(values) {
            sheet.set_value(Slot(slot), input.kind.read(text).unwrap());
        }
        mismatches(&compiled, &sheet, &Calendar::default()).iter().map(|each| each.say(lang)).collect()
    }

    const PARTS: &str = "a: số đếm \"Hồ sơ đúng hạn\"; b: số đếm \"Hồ sơ đã giải quyết\"";

    #[test]
    fn a_part_above_its_whole_is_told_by_the_names_of_both() {
        assert_eq!(
            said(PARTS, "a ≤ b", &["1412", "905"], Lang::Vi),
            ["«Hồ sơ đúng hạn» (1.412) lớn hơn «Hồ sơ đã giải quyết» (905); đề nghị kiểm tra lại"]
        );
        assert_eq!(
            said(PARTS, "a ≤ b", &["1412", "905"], Lang::En),
            ["“Hồ sơ đúng hạn” (1,412) is more than “Hồ sơ đã giải quyết” (905); check what was entered"]
        );
        assert!(said(PARTS, "a ≤ b", &["905", "905"], Lang::Vi).is_empty());
    }

    #[test]
    fn a_sum_is_told_with_what_it_comes_to_and_a_label_that_is_missing_by_its_name() {
        let inputs = "r: số đếm \"Tiếp nhận\"; x: số đếm \"Trực tuyến\"; y: số đếm";
        assert_eq!(
            said(inputs, "r = x + y", &["30", "12", "16"], Lang::Vi),
            ["«Tiếp nhận» (30) khác «Trực tuyến» (12) + «y» (16) = 28; đề nghị kiểm tra lại"]
        );
        assert_eq!(
            said(inputs, "(x + y) × 2 > r", &["90", "12", "16"], Lang::Vi),
            ["(«Trực tuyến» (12) + «y» (16)) × 2 = 56 không lớn hơn «Tiếp nhận» (90); đề nghị kiểm tra lại"]
        );
    }

    #[test]
    fn shares_are_told_in_percent_and_with_all_their_decimals() {
        let inputs = "p: tỷ lệ \"Tỷ lệ đúng hạn\"; q: tỷ lệ \"Tỷ lệ trực tuyến\"";
        assert_eq!(
            said(inputs, "p ≥ q", &["0.78521", "0.78522"], Lang::Vi),
            ["«Tỷ lệ đúng hạn» (78,521%) nhỏ hơn «Tỷ lệ trực tuyến» (78,522%); đề nghị kiểm tra lại"]
        );
    }

    #[test]
    fn a_reason_is_about_these_figures_and_a_missing_one_breaks_no_check() {
        let compiled = compiled(PARTS, "a ≤ b; a ≥ 3");
        let mut sheet = Sheet::new(&compiled);
        sheet.set_value(Slot(0), Value::Number(12.into()));
        assert!(mismatches(&compiled, &sheet, &Calendar::default()).is_empty());
        sheet.set_value(Slot(1), Value::Number(7.into()));
        let found = mismatches(&compiled, &sheet, &Calendar::default());
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.figures().as_str(), one.slots()), ("a = 12, b = 7", vec![Slot(0), Slot(1)]));
    }
}
