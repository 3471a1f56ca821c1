//! Cross-checks of inputs: `[tiếp nhận] = [trực tuyến] + [trực tiếp] + [kỳ trước chuyển sang]`.

use super::condition::comparison;
use super::cursor::{Cursor, Parsed};
use super::expr::expr;
use super::print::print_expr;
use crate::expr::{Comparison, Expr};

/// An equation or inequality that entered figures should satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check<N> {
    /// The left side.
    pub left: Expr<N>,
    /// How the sides should compare.
    pub sign: Comparison,
    /// The right side.
    pub right: Expr<N>,
}

impl<N> Check<N> {
    /// The same check with other names.
    ///
    /// # Errors
    /// The first error that `rename` gives.
    pub fn resolve<M, E>(&self, rename: &mut impl FnMut(&N) -> Result<M, E>) -> Result<Check<M>, E> {
        Ok(Check { left: self.left.resolve(rename)?, sign: self.sign, right: self.right.resolve(rename)? })
    }
}

pub(super) fn checks(cursor: &mut Cursor) -> Parsed<Vec<Check<String>>> {
    let mut found = Vec::new();
    while !cursor.is_end() {
        let left = expr(cursor)?;
        let (sign, right) = comparison(cursor)?;
        found.push(Check { left, sign, right });
        if !cursor.sign(';') {
            break;
        }
    }
    Ok(found)
}

pub(super) fn print(checks: &[Check<String>]) -> String {
    let each = |check: &Check<String>| {
        format!("{} {} {}", print_expr(&check.left), check.sign.sign(), print_expr(&check.right))
    };
    checks.iter().map(each).collect::<Vec<_>>().join("; ")
}
