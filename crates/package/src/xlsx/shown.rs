//! How a workbook shows a number, where that is not what it holds: `1.10` over 1.1, `00004` over 4, `85%` over 0.85.

use calamine::Style;
use parindex_rulebook::number::Number;

use super::format_code::{Token, sections};

/// From this number on a workbook has the codes of its formats itself; those before it are settled by the standard.
const OWN_CODES: u32 = 164;
/// More decimals than anybody shows.
const MAX_DECIMALS: usize = 9;

/// What the format of a cell does to a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Format {
    /// As the workbook has it.
    pub code: String,
    /// For all numbers, or for those above zero, those below and zero; `None` where it does something that is not known here.
    parts: Vec<Option<Part>>,
}

/// What is seen of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// The digits that are read.
    Same,
    /// Something else: `1.10` over 1.1, `85%` over 0.85.
    Otherwise(String),
    /// The digits that are read and a percent sign that is only a letter: `85%` over 85.
    Signed,
    /// What is not known here.
    Unknown,
}

/// The format for some numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    before: String,
    digits: Digits,
    after: String,
    /// Whether a hundredth is shown as one.
    percent: bool,
}

/// How the digits are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Digits {
    General,
    /// At least so many before the point, with marks of thousands or without; at least and at most so many behind it, where it has one.
    Pattern {
        zeros: usize,
        grouped: bool,
        decimals: Option<(usize, usize)>,
    },
}

impl Format {
    /// The format of a cell style.
    pub(super) fn of(style: &Style) -> Self {
        let Some(format) = &style.number_format else { return Self::of_code("General") };
        match format.format_id {
            // The library says General of every number that it has no code for, and most of these are currencies.
            Some(id) if (1..OWN_CODES).contains(&id) && format.format_code == "General" => {
                Self { code: id.to_string(), parts: vec![None] }
            }
            _ => Self::of_code(&format.format_code),
        }
    }

    fn of_code(code: &str) -> Self {
        let parts = sections(code).iter().map(|tokens| Part::of(tokens)).collect();
        Self { code: code.to_owned(), parts }
    }

    /// The part for a number, and the sign that stands before it.
    fn part(&self, number: &Number) -> (Option<&Part>, &'static str) {
        let (part, sign) = match self.parts.as_slice() {
            [_, below, ..] if number.is_negative() => (below, ""),
            [_, _, zero, ..] if number.is_zero() => (zero, ""),
            [all, ..] => (all, if number.is_negative() { "-" } else { "" }),
            [] => return (None, ""),
        };
        (part.as_ref(), sign)
    }

    /// What is seen of a number that is read like this.
    pub(super) fn seen(&self, read: &str) -> Seen {
        if let [Some(all)] = self.parts.as_slice()
            && all.is_plain()
        {
            return Seen::Same;
        }
        let Ok(number) = read.parse::<Number>() else { return Seen::Same };
        let (Some(part), sign) = self.part(&number) else { return Seen::Unknown };
        if part.percent {
            let hundred = (number * Number::whole(100)).abs();
            return Seen::Otherwise(format!("{sign}{}%", part.digits.shows(&hundred)));
        }
        if part.before.trim().is_empty() && part.after.trim() == "%" {
            return Seen::Signed;
        }
        let shown = format!("{sign}{}{}{}", part.before, part.digits.shows(&number.abs()), part.after);
        let shown = shown.trim();
        // Marks of thousands and a currency round the same digits make no other number of them.
        let digits = shown.chars().filter(|each| each.is_ascii_digit() || matches!(each, '.' | '-'));
        if digits.eq(read.chars()) { Seen::Same } else { Seen::Otherwise(shown.to_owned()) }
    }
}

impl Part {
    fn of(tokens: &[Token]) -> Option<Self> {
        let is_digits =
            |token: &Token| matches!(token, Token::Digit(_) | Token::Point | Token::Comma | Token::General);
        let (first, last) = (tokens.iter().position(is_digits)?, tokens.iter().rposition(is_digits)?);
        let (before, after) = (tokens.get(..first)?, tokens.get(last + 1..)?);
        let signs = before.iter().chain(after).filter(|token| **token == Token::Percent).count();
        Some(Self {
            before: letters(before)?,
            digits: Digits::of(tokens.get(first..=last)?)?,
            after: letters(after)?,
            percent: match signs {
                0 => false,
                1 => true,
                _ => return None,
            },
        })
    }

    fn is_plain(&self) -> bool {
        self.digits == Digits::General
            && !self.percent
            && self.before.trim().is_empty()
            && self.after.trim().is_empty()
    }
}

/// The letters around the digits; none where there is something that is not known here.
fn letters(tokens: &[Token]) -> Option<String> {
    let known = tokens.iter().filter(|token| **token != Token::Percent);
    known.map(|token| if let Token::Letter(each) = token { Some(*each) } else { None }).collect()
}

impl Digits {
    fn of(tokens: &[Token]) -> Option<Self> {
        if tokens == [Token::General] {
            return Some(Self::General);
        }
        let mut halves = tokens.split(|token| *token == Token::Point);
        let (whole, behind) = (halves.next()?, halves.next());
        // A comma at the end counts thousands.
        let scaled = whole.last() == Some(&Token::Comma) || whole.first() == Some(&Token::Comma);
        let commas = whole.iter().filter(|token| **token == Token::Comma).count();
        if scaled || halves.next().is_some() {
            return None;
        }
        let whole: Vec<char> = placeholders(whole.iter().filter(|token| **token != Token::Comma))?;
        let zeros = whole.iter().filter(|each| **each == '0').count();
        let behind = match behind {
            Some(tokens) => Some(placeholders(tokens.iter())?),
            None => None,
        };
        let least = |behind: &[char]| behind.iter().rposition(|each| *each == '0').map_or(0, |at| at + 1);
        let decimals = behind.map(|behind| (least(&behind), behind.len()));
        let shown = decimals.is_none_or(|(_, most)| most <= MAX_DECIMALS);
        shown.then_some(Self::Pattern { zeros, grouped: commas > 0, decimals })
    }

    /// A number that is not below zero, as it is shown.
    fn shows(self, number: &Number) -> String {
        let Self::Pattern { zeros, grouped, decimals } = self else { return number.to_string() };
        let (least, most) = decimals.unwrap_or_default();
        let fixed = number.to_fixed(u8::try_from(most).unwrap_or(9));
        let (whole, behind) = fixed.split_once('.').unwrap_or((&fixed, ""));
        let whole = if whole == "0" { "" } else { whole };
        let whole = format!("{whole:0>zeros$}");
        let whole = if grouped { with_commas(&whole) } else { whole };
        let kept = behind.trim_end_matches('0').len().max(least);
        let point = if decimals.is_some() { "." } else { "" };
        format!("{whole}{point}{}", behind.get(..kept).unwrap_or(behind))
    }
}

/// `0`, `#` and `?`; none where anything else stands between them.
fn placeholders<'t>(tokens: impl Iterator<Item = &'t Token>) -> Option<Vec<char>> {
    tokens.map(|token| if let Token::Digit(each) = token { Some(*each) } else { None }).collect()
}

fn with_commas(whole: &str) -> String {
    let mut text = String::with_capacity(whole.len() + whole.len() / 3);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(code: &str, read: &str) -> Seen {
        Format::of_code(code).seen(read)
    }

    #[test]
    fn what_is_shown_otherwise_is_known() {
        for (code, read, shown) in [
            ("0.00", "1.1", "1.10"),
            ("00000", "4", "00004"),
            ("0%", "0.85", "85%"),
            ("0.00%", "0.7852", "78.52%"),
            ("0.0% ", "-0.125", "-12.5%"),
            ("#,##0.00", "12.5", "12.50"),
            ("0.00_ ;-0.00\\ ", "3.1", "3.10"),
            ("0.00_);(0.00)", "3.1", "3.10"),
            ("0.00_);(0.00)", "-3.1", "(3.10)"),
            ("0.00;[Red]0.00", "-3.1", "3.10"),
            ("0.00\\ ", "3.1", "3.10"),
            ("[$-42A]0.00", "3.1", "3.10"),
            ("?.?0", "3.1", "3.10"),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", "3.1", "3.10"),
            ("\"TC-\"00", "7", "TC-07"),
            ("0", "3.1", "3"),
            ("#.##", "0.5", ".5"),
            ("0.##", "3", "3."),
        ] {
            assert_eq!(seen(code, read), Seen::Otherwise(shown.to_owned()), "{code} {read}");
        }
    }

    #[test]
    fn what_is_shown_as_it_is_read_is_a_code() {
        for (code, read) in [
            ("General", "1.1"),
            ("@", "1.1"),
            ("[$-42A]General", "1.1"),
            ("General_)", "1.1"),
            ("00000", "90790"),
            ("0.0", "1.1"),
            ("0.0#", "1.1"),
            ("0", "4"),
            ("0_ ;[Red]\\-0\\ ", "-4"),
            ("#,##0", "234"),
            ("#,##0", "2340"),
            ("#,##0\\ [$₫-42A]", "7"),
            ("#,##0.0", "1234.5"),
        ] {
            assert_eq!(seen(code, read), Seen::Same, "{code} {read}");
        }
    }

    #[test]
    fn what_is_not_known_is_said() {
        for code in ["0.00E+00", "# ?/?", "0,", ";;;", "[>100]0.0;0.00", "0-00", "0.0.0", "\"mục\"", "0%%"]
        {
            assert_eq!(seen(code, "1.1"), Seen::Unknown, "{code}");
        }
        for code in ["0\\%", "0.0\"%\"", "General\" %\""] {
            assert_eq!(seen(code, "85"), Seen::Signed, "{code}");
        }
    }
}
