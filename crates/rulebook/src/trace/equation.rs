//! How numbers stand in an equation: whoever recomputes it with a pocket calculator gets what is printed.
//!
//! Operands are exact. A result is exact, or cut with an ellipsis (`= 5,2347…`), or rounded behind `≈`.

use std::cmp::Ordering;

use crate::lang::Lang;
use crate::number::Number;

/// The most decimals that a rounded result shows.
const MAX: u8 = 9;

/// A share as an operand: `85%`; a fraction where its percentage has no end.
pub(super) fn percent_operand(lang: Lang, share: &Number) -> String {
    if has_end(share) {
        format!("{}%", lang.exact(&(share * &Number::whole(100))))
    } else {
        lang.exact(share)
    }
}

/// Whether a share can be written as a decimal.
pub(super) fn has_end(share: &Number) -> bool {
    share.to_decimal().is_some()
}

/// Whether a share is shown whole with two decimals of its percentage.
pub(super) fn is_short_percent(share: &Number) -> bool {
    (share * &Number::whole(100)).fits(2)
}

/// `= 85%` or `≈ 78,52%`, with as many digits as tell the share from what it is compared with.
pub(super) fn equals_percent<'n>(
    lang: Lang,
    share: &Number,
    beside: impl IntoIterator<Item = &'n Number>,
) -> String {
    let hundred = Number::whole(100);
    let percent = share * &hundred;
    if percent.fits(2) {
        return format!("= {}%", lang.exact(&percent));
    }
    let bounds: Vec<Number> = beside.into_iter().map(|bound| bound * &hundred).collect();
    let order = |value: &Number| bounds.iter().map(|bound| value.cmp(bound)).collect::<Vec<Ordering>>();
    let told =
        (2..=MAX).map(|digits| percent.round_half_up(digits)).find(|told| order(told) == order(&percent));
    match told {
        Some(told) => format!("≈ {}%", lang.exact(&told)),
        None => format!("= {}", lang.exact(share)),
    }
}
