//! Cross-checks of entered figures: received = done + pending, no part above its whole.

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::eval::{Facts, value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::trace::{Names, show_expr};

use crate::sheet::Sheet;

/// A check that the figures of a unit do not satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The node that states the check.
    pub node: usize,
    /// The left side with its figures, and its value.
    pub left: (String, Number),
    /// How the sides should compare.
    pub sign: &'static str,
    /// The right side with its figures, and its value.
    pub right: (String, Number),
}

/// The checks that fail; a check with a missing figure says nothing.
#[must_use]
pub fn mismatches(compiled: &Compiled, sheet: &Sheet, calendar: &Calendar) -> Vec<Mismatch> {
    let names = Names { inputs: &compiled.inputs, values: sheet.values() };
    let fails = |owned: &parindex_rulebook::set::OwnedCheck| {
        let max = compiled.max(owned.node);
        let (values, inputs) = (sheet.values(), compiled.inputs.as_slice());
        let due_off = compiled.set.settings.due_off;
        let facts = Facts { max, values, inputs, entered: None, parent: None, calendar, due_off };
        let check = &owned.check;
        let (left, right) = (value(&check.left, &facts).ok()?, value(&check.right, &facts).ok()?);
        let shown = |expr| show_expr(Lang::Vi, expr, &names, max);
        (!check.sign.holds(&left, &right)).then(|| Mismatch {
            node: owned.node,
            left: (shown(&check.left), left),
            sign: check.sign.sign(),
            right: (shown(&check.right), right),
        })
    };
    compiled.checks.iter().filter_map(fails).collect()
}

impl Say for Mismatch {
    fn say(&self, lang: Lang) -> String {
        let side = |(shown, value): &(String, Number)| {
            let value = lang.short(value);
            if *shown == value { value } else { format!("{shown} = {value}") }
        };
        let (left, right, sign) = (side(&self.left), side(&self.right), self.sign);
        lang.pick(
            format!("số liệu không khớp: cần {sign} nhưng vế trái {left}, vế phải {right}; hãy kiểm tra lại các số đã nhập"),
            format!("figures do not agree: expected {sign}, but left is {left}, right is {right}; check what was entered"),
        )
    }
}
