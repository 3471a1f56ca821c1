//! How a workbook shows a number, where that is not what it holds: `1.10` over 1.1, `00004` over 4, `85%` over 0.85.

use calamine::Style;
use parindex_rulebook::number::Number;

/// What the format of a cell does to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Shows it as it is, or in a way that nobody takes for something else.
    Plain,
    /// Times a hundred, with this many decimals.
    Percent(usize),
    /// With at least this many digits, and this many decimals.
    Digits(usize, usize),
}

impl Format {
    /// The format of a cell style.
    pub(super) fn of(style: &Style) -> Self {
        style.number_format.as_ref().map_or(Self::Plain, |format| Self::of_code(&format.format_code))
    }

    fn of_code(code: &str) -> Self {
        // What follows a semicolon is for negative numbers, zero and text.
        let code = code.split(';').next().unwrap_or_default().replace("\\%", "%");
        let (digits, percent) = match code.strip_suffix('%') {
            Some(digits) => (digits, true),
            None => (&*code, false),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let only_zeros = |text: &str| text.bytes().all(|each| each == b'0');
        let placeholders = whole.bytes().all(|each| matches!(each, b'0' | b'#' | b','));
        if !placeholders || !only_zeros(decimals) || whole.is_empty() {
            return Self::Plain;
        }
        let zeros = whole.bytes().filter(|each| *each == b'0').count();
        match percent {
            true => Self::Percent(decimals.len()),
            false if zeros > 1 || !decimals.is_empty() => Self::Digits(zeros, decimals.len()),
            false => Self::Plain,
        }
    }

    /// The number as it is shown, where its digits are others than those that are read.
    pub(super) fn shows(self, read: &str) -> Option<String> {
        let number: Number = read.parse().ok()?;
        let fixed =
            |number: &Number, decimals: usize| number.to_fixed(u8::try_from(decimals.min(9)).unwrap_or(9));
        match self {
            Self::Plain => None,
            Self::Percent(decimals) => Some(format!("{}%", fixed(&(number * Number::whole(100)), decimals))),
            Self::Digits(zeros, decimals) => {
                let shown = fixed(&number, decimals);
                let width = zeros + if decimals > 0 { decimals + 1 } else { 0 };
                let shown = format!("{shown:0>width$}");
                (shown != read).then_some(shown)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_otherwise_is_known() {
        for (code, read, shown) in [
            ("0.00", "1.1", Some("1.10")),
            ("00000", "4", Some("00004")),
            ("00000", "90790", None),
            ("0%", "0.85", Some("85%")),
            ("0.00%", "0.7852", Some("78.52%")),
            ("0.0", "1.1", None),
            ("0", "4", None),
            ("General", "1.1", None),
            ("#,##0", "1271", None),
            ("#,##0.00", "12.5", Some("12.50")),
            ("dd/mm/yyyy", "45000", None),
            ("@", "1", None),
        ] {
            assert_eq!(Format::of_code(code).shows(read).as_deref(), shown, "{code} {read}");
        }
    }
}
