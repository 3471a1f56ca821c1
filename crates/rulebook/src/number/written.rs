//! How each language writes numbers.

use super::{Digits, Number, RoundMode};
use crate::lang::Lang;

impl Lang {
    /// As somebody types it so that it cannot be misread: no mark of thousands.
    ///
    /// ```
    /// use parindex_rulebook::{lang::Lang, number::Number};
    /// assert_eq!(Lang::Vi.typed(&"1271.5".parse().unwrap()), "1271,5");
    /// ```
    #[must_use]
    pub fn typed(self, value: &Number) -> String {
        value.to_string().replace('.', &self.marks().1.to_string())
    }

    /// With exactly `digits` decimals and this language's marks: `1.271,50` or `1,271.50`.
    ///
    /// ```
    /// use parindex_rulebook::{lang::Lang, number::Number};
    /// assert_eq!(Lang::Vi.fixed(&"-1271.5".parse().unwrap(), 2), "−1.271,50");
    /// assert_eq!(Lang::En.fixed(&"-1271.5".parse().unwrap(), 2), "−1,271.50");
    /// ```
    #[must_use]
    pub fn fixed(self, value: &Number, digits: u8) -> String {
        self.grouped(&value.to_fixed(digits))
    }

    /// Points with `digits` decimals, or a dash where there are none.
    #[must_use]
    pub fn points(self, points: Option<&Number>, digits: u8) -> String {
        points.map_or_else(|| "–".to_owned(), |points| self.fixed(points, digits))
    }

    /// As short as it can be: exact up to four decimals, cut with an ellipsis beyond.
    #[must_use]
    pub fn short(self, value: &Number) -> String {
        self.cut(value, 4)
    }

    /// Exact up to so many decimals (at most 9), cut with an ellipsis beyond: `5,2347…`. What stands there is never more
    /// than the value, so a digit that it decides is decided rightly.
    #[must_use]
    pub fn cut(self, value: &Number, decimals: u8) -> String {
        let digits = Digits::new(decimals).unwrap_or(Digits::MAX);
        if value.fits(digits.get()) {
            return self.grouped(&value.round_half_up(digits.get()).to_string());
        }
        let cut = value.round(digits, RoundMode::Cut);
        let (sign, text) =
            (if cut.is_zero() && value.is_negative() { "−" } else { "" }, cut.to_fixed(digits.get()));
        format!("{sign}{}…", self.grouped(&text))
    }

    /// To the last digit: the decimal where it has an end, else the fraction in lowest terms: `0,25`, `998/1.271`.
    ///
    /// ```
    /// use parindex_rulebook::{lang::Lang, number::Number};
    /// assert_eq!(Lang::Vi.exact(&Number::ratio(1996, 2542).unwrap()), "998/1.271");
    /// ```
    #[must_use]
    pub fn exact(self, value: &Number) -> String {
        let plain = value.to_string();
        match plain.split_once('/') {
            Some((num, den)) => format!("{}/{}", self.grouped(num), self.grouped(den)),
            None => self.grouped(&plain),
        }
    }

    /// A share as percent with up to two decimals: `78,52%`, `90%`.
    #[must_use]
    pub fn percent(self, share: &Number) -> String {
        let percent = (share * &Number::whole(100)).round_half_up(2);
        format!("{}%", self.grouped(&percent.to_string()))
    }

    fn grouped(self, plain: &str) -> String {
        let (thousands, decimal) = self.marks();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("−", rest));
        let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(w, d)| (w, Some(d)));
        let mut text = String::from(sign);
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place) % 3 == 0 {
                text.push(thousands);
            }
            text.push(digit);
        }
        if let Some(decimals) = decimals {
            text.push(decimal);
            text.push_str(decimals);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_officials_write_them() {
        let show = |text: &str| Lang::Vi.short(&text.parse().unwrap());
        assert_eq!(show("1271"), "1.271");
        assert_eq!(show("0.25"), "0,25");
        assert_eq!(show("1234567.5"), "1.234.567,5");
        assert_eq!(Lang::Vi.short(&Number::ratio(1, 3).unwrap()), "0,3333…");
        assert_eq!(Lang::Vi.percent(&Number::ratio(998, 1271).unwrap()), "78,52%");
        assert_eq!(Lang::En.percent(&Number::hundredths(90)), "90%");
    }
}
