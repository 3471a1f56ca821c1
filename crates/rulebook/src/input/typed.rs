//! Values as people type, paste and write them into cells, in their language.

use super::number::split_percent;
use super::{Hand, InvalidValue, Kind, Value};
use crate::lang::Lang;
use crate::number::Number;

impl Kind {
    /// Reads a value of this kind as somebody typed it in `lang`; `stored` is what stands there now, and a text that shows it is it.
    ///
    /// ```
    /// use parindex_rulebook::input::{Kind, Value};
    /// use parindex_rulebook::lang::Lang;
    /// let count = Kind::Count.typed("1.271", &Value::Missing, Lang::Vi);
    /// assert_eq!(count, Ok(Value::Number(1271.into())));
    /// assert!(Kind::Money.typed("20.000", &Value::Missing, Lang::Vi).is_err());
    /// // The page shows twenty thousand as 20.000, and takes it back.
    /// let stored = Value::Number(20_000.into());
    /// assert_eq!(Kind::Money.typed("20.000", &stored, Lang::Vi), Ok(stored));
    /// ```
    ///
    /// # Errors
    /// [`InvalidValue`] says what is wrong and how to write it.
    pub fn typed(&self, text: &str, stored: &Value, lang: Lang) -> Result<Value, InvalidValue> {
        if let Value::Number(number) = stored
            && self.shows(number, text, lang)
        {
            return Ok(stored.clone());
        }
        match self {
            Self::Count | Self::Decimal | Self::Money | Self::Ratio { .. } => {
                let parse = |digits: &str, amount| Number::typed(digits, lang, amount);
                self.number(text, Hand::Person, parse).map(Value::Number)
            }
            Self::Date | Self::YesNo | Self::Choice(_) => self.read(text),
        }
    }

    /// Whether a page or a workbook shows the number as this text.
    fn shows(&self, number: &Number, text: &str, lang: Lang) -> bool {
        let (bare, percent) = split_percent(text);
        if percent {
            let hundred = number * &Number::whole(100);
            let whole = matches!(self, Self::Ratio { .. }) && hundred.round_half_up(2) == hundred;
            return whole && bare == lang.typed(&hundred);
        }
        lang.typed(number) == bare || (number.fits(4) && lang.short(number) == bare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Say;

    fn vi(kind: &Kind, text: &str) -> Result<Value, String> {
        kind.typed(text, &Value::Missing, Lang::Vi).map_err(|wrong| wrong.say(Lang::Vi))
    }

    fn number(text: &str) -> Value {
        Value::Number(text.parse().unwrap())
    }

    #[test]
    fn a_share_is_typed_as_percent_or_as_a_fraction() {
        let share = Kind::Ratio { unbounded: false };
        for text in ["78,5%", "78,5 %", "78.5%", "0,785"] {
            assert_eq!(vi(&share, text), Ok(number("0.785")), "{text}");
        }
        assert_eq!(vi(&share, "78,525%"), Ok(number("0.78525")));
        assert_eq!(vi(&share, "1.000").unwrap_err(), "«1.000» chưa rõ là 100% hay 1%; hãy viết 100% hoặc 1%");
        assert_eq!(
            vi(&share, "120%").unwrap_err(),
            "tỷ lệ «120%» lớn hơn 100%; số liệu này không thể quá 100%"
        );
        assert_eq!(vi(&share, "85").unwrap_err(), "tỷ lệ «85» lớn hơn 1; nếu là phần trăm, hãy viết 85%");
    }

    /// A share is at most the whole, so nothing else is advised.
    #[test]
    fn a_share_is_never_advised_to_be_more_than_the_whole() {
        let share = Kind::Ratio { unbounded: false };
        for (text, says) in [
            ("86.250", "nếu là phần trăm, hãy viết 86,25%"),
            ("99.875", "nếu là phần trăm, hãy viết 99,875%"),
            ("100.000", "nếu là phần trăm, hãy viết 100%"),
            ("135", "lớn hơn 100%; số liệu này không thể quá 100%"),
            ("2.340.000", "lớn hơn 100%; số liệu này không thể quá 100%"),
            ("640.000", "lớn hơn 100%; số liệu này không thể quá 100%"),
            ("mười", "hãy viết như 0,85 hoặc 85%"),
        ] {
            let refused = vi(&share, text).unwrap_err();
            assert!(refused.contains(text) && refused.contains(says), "{text}: {refused}");
        }
        let english = share.typed("86,250", &Value::Missing, Lang::En).unwrap_err();
        assert_eq!(english.advised(Lang::En), ["86.25%"]);
        // What is a percentage stays one.
        let open = Kind::Ratio { unbounded: true };
        let unclear = open.typed("104.250%", &Value::Missing, Lang::Vi).unwrap_err();
        assert_eq!(unclear.advised(Lang::Vi), ["104250%", "104,25%"]);
    }

    #[test]
    fn what_cannot_be_counted_names_what_may_be_meant() {
        assert_eq!(
            vi(&Kind::Count, "1,271").unwrap_err(),
            "«1,271» không phải số nguyên; nếu là 1271, hãy viết liền: 1271"
        );
        for text in ["12,5", "mười"] {
            assert!(vi(&Kind::Count, text).unwrap_err().contains(text), "{text}");
        }
        assert!(vi(&Kind::Count, "12,000").is_err());
        for text in ["-20000", "-20.000"] {
            assert!(vi(&Kind::Money, text).unwrap_err().contains("nhỏ hơn 0"), "{text}");
        }
    }

    #[test]
    fn what_was_shown_comes_back_as_what_is_stored() {
        let share = Kind::Ratio { unbounded: false };
        for (kind, stored) in [
            (&Kind::Decimal, "12.375"),
            (&Kind::Decimal, "12375"),
            (&Kind::Money, "1250000"),
            (&Kind::Money, "20000"),
            (&Kind::Decimal, "1.125"),
            (&share, "0.785"),
        ] {
            let stored = number(stored);
            let Value::Number(value) = &stored else { panic!("a number") };
            for lang in [Lang::Vi, Lang::En] {
                for shown in [lang.typed(value), lang.short(value)] {
                    assert_eq!(kind.typed(&shown, &stored, lang), Ok(stored.clone()), "{shown}");
                }
            }
        }
    }
}
