//! When a figure stands so far off another one that somebody should be asked. Numbers alone decide.
//!
//! Two mistakes make a figure jump. A digit too many or too few makes it **ten** times as large or as small. A mark of thousands that
//! was read as a decimal mark, or thousands entered where single things are counted, makes it about a **thousand** times off.
//!
//! | | the larger is, times the smaller | the larger is at least | units that are alike are within |
//! |---|---|---|---|
//! | ten | 8 to 12.5 | 100 | 3 times their median |
//! | a thousand | 500 to 2,000 | 1,000 | 30 times their median |
//!
//! The windows leave room for what a year or another unit changes by itself: a quarter beside a wrong digit, half or double beside a
//! thousand. Small figures jump by ten without any mistake, one complaint this year and ten the next, so they are left alone. Other
//! units say something only where there are at least three of them and three quarters are alike; else ten times the median is only a
//! large unit among small ones. Zero and negative figures are compared with nothing.

use parindex_rulebook::number::Number;

/// About how many times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// A digit too many or too few.
    Ten,
    /// Three digits lost or added.
    Thousand,
}

/// How far a figure stands off another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump {
    /// About how many times.
    pub times: Times,
    /// Whether it is the larger one.
    pub above: bool,
}

impl Times {
    const ALL: [Self; 2] = [Self::Ten, Self::Thousand];

    /// The factor by which a figure is off, as a number.
    #[must_use]
    pub fn factor(self) -> Number {
        Number::whole(match self {
            Self::Ten => 10,
            Self::Thousand => 1_000,
        })
    }

    /// The least and the most that the larger is of the smaller, in halves.
    fn window(self) -> (i64, i64) {
        match self {
            Self::Ten => (16, 25),
            Self::Thousand => (1_000, 4_000),
        }
    }

    /// The least that the larger one is.
    fn least(self) -> i64 {
        match self {
            Self::Ten => 100,
            Self::Thousand => 1_000,
        }
    }

    /// Within how many times their median units are alike.
    fn alike(self) -> i64 {
        match self {
            Self::Ten => 3,
            Self::Thousand => 30,
        }
    }
}

/// Whether a figure stands about ten or a thousand times off another one.
///
/// ```
/// use parindex_domain::doubt::{Jump, Times, jump};
/// let thousand = Jump { times: Times::Thousand, above: false };
/// assert_eq!(jump(&20.into(), &18_600.into()), Some(thousand));
/// assert_eq!(jump(&20.into(), &40.into()), None);
/// ```
#[must_use]
pub fn jump(value: &Number, other: &Number) -> Option<Jump> {
    if *value <= Number::ZERO || *other <= Number::ZERO {
        return None;
    }
    let above = value > other;
    let (large, small) = if above { (value, other) } else { (other, value) };
    let twice = large * &Number::whole(2);
    let stands = |times: &Times| {
        let (least, most) = times.window();
        twice >= small * &Number::whole(least)
            && twice <= small * &Number::whole(most)
            && *large >= Number::whole(times.least())
    };
    Times::ALL.into_iter().find(stands).map(|times| Jump { times, above })
}

/// Fewer other units say nothing.
const LEAST_OTHERS: usize = 3;

/// Whether a figure stands off most other units, and the median of them.
#[must_use]
pub fn off_most(value: &Number, others: &[Number]) -> Option<(Jump, Number)> {
    let mut others: Vec<&Number> = others.iter().filter(|other| **other > Number::ZERO).collect();
    if others.len() < LEAST_OTHERS {
        return None;
    }
    others.sort();
    let median = *others.get(others.len() / 2)?;
    let jump = jump(value, median)?;
    let within = Number::whole(jump.times.alike());
    let (most, least) = (median * &within, median.checked_div(&within)?);
    let alike = others.iter().filter(|other| ***other >= least && ***other <= most).count();
    (alike * 4 >= others.len() * 3).then(|| (jump, median.clone()))
}

/// Which of two figures looks as if it had lost three digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The one that is divided.
    Part,
    /// The one that it is divided by.
    Whole,
}

/// Whether a part and its whole only make a share of 1 % to 100 % when one of them is taken a thousand times: 1,218 of 20 is no share,
/// of 20,000 it is one. What lost three digits has at most three before its decimal mark. A small part is odd only where the rule earns
/// most from a certain share on, and by that share: where less is better, a few late dossiers of many are what everybody wants.
///
/// ```
/// use parindex_domain::doubt::{Lost, lost};
/// let (most, hundredth) = ("0.95".parse().unwrap(), "0.01".parse().unwrap());
/// assert_eq!(lost(&1_218.into(), &20.into(), Some(&most)), Some(Lost::Whole));
/// assert_eq!(lost(&17.into(), &19_400.into(), Some(&most)), Some(Lost::Part));
/// assert_eq!(lost(&17.into(), &19_400.into(), Some(&hundredth)), None);
/// assert_eq!(lost(&17.into(), &19_400.into(), None), None);
/// assert_eq!(lost(&12.into(), &10.into(), Some(&most)), None);
/// ```
#[must_use]
pub fn lost(part: &Number, whole: &Number, best_from: Option<&Number>) -> Option<Lost> {
    if *part <= Number::ZERO || *whole <= Number::ZERO {
        return None;
    }
    let thousand = Number::whole(1_000);
    let is_share = |part: &Number, whole: &Number| part <= whole && *whole <= part * &Number::whole(100);
    if *whole < thousand && is_share(part, &(whole * &thousand)) && part > whole {
        return Some(Lost::Whole);
    }
    // A few thousandths of the share that earns most are rare.
    let tiny = best_from.is_some_and(|from| part * &Number::whole(500) <= whole * from);
    (tiny && *part < thousand && is_share(&(part * &thousand), whole)).then_some(Lost::Part)
}

/// Whether a figure may have lost three digits: `20.000` became 20 and `1.218` stayed 1.218, so that a thousand times as much is whole.
#[must_use]
pub fn may_have_lost_three(value: &Number) -> bool {
    let thousand = Number::whole(1_000);
    *value > Number::ZERO && *value < thousand && (value * &thousand).is_whole()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    fn of(value: &str, other: &str) -> Option<(Times, bool)> {
        jump(&number(value), &number(other)).map(|jump| (jump.times, jump.above))
    }

    #[test]
    fn the_windows_are_closed_and_the_rest_is_no_jump() {
        for (value, other, expected) in [
            ("80", "10", None),
            ("100", "10", Some((Times::Ten, true))),
            ("104", "13", Some((Times::Ten, true))),
            ("103", "13", None),
            ("1250", "100", Some((Times::Ten, true))),
            ("1251", "100", None),
            ("50", "500", Some((Times::Ten, false))),
            ("1000", "2", Some((Times::Thousand, true))),
            ("998", "1", None),
            ("4996", "10", None),
            ("20000", "10", Some((Times::Thousand, true))),
            ("20001", "10", None),
            ("1.486", "1486", Some((Times::Thousand, false))),
            ("0", "1486", None),
            ("-20", "-20000", None),
            ("5000", "50", None),
        ] {
            assert_eq!(of(value, other), expected, "{value} against {other}");
        }
    }

    fn most(value: &str, others: &[&str]) -> Option<(Times, String)> {
        let others: Vec<Number> = others.iter().map(|text| number(text)).collect();
        off_most(&number(value), &others).map(|(jump, usual)| (jump.times, usual.to_string()))
    }

    #[test]
    fn other_units_say_something_where_there_are_three_and_most_are_alike() {
        let ten = Some((Times::Ten, "140".to_owned()));
        assert_eq!(most("1400", &["130", "140", "150"]), ten);
        assert_eq!(most("1400", &["130", "140"]), None, "two are no block");
        assert_eq!(most("1400", &["130", "0", "150"]), None, "zero is no figure to compare with");
        assert_eq!(most("1400", &["20", "130", "140", "2100"]), None, "units of any size");
        let thousand = Some((Times::Thousand, "21000".to_owned()));
        // One other unit made the same mistake.
        assert_eq!(most("20", &["18000", "21", "25000", "21000", "23000"]), thousand);
        assert_eq!(most("20", &["18000", "21", "25", "21000", "23000"]), None, "too many are like it");
        assert_eq!(most("150", &["130", "140", "150"]), None);
    }

    #[test]
    fn three_digits_are_lost_where_they_would_make_a_share() {
        for (part, whole, expected) in [
            ("1218", "20", Some(Lost::Whole)),
            ("20000", "20", Some(Lost::Whole)),
            ("20001", "20", None),
            ("250", "1000", None),
            ("18", "21500", Some(Lost::Part)),
            ("1.218", "20000", Some(Lost::Part)),
            ("1", "400", None),
            ("0.018", "21500", None),
            ("0", "21500", None),
            ("12", "10", None),
        ] {
            let found = lost(&number(part), &number(whole), Some(&Number::ONE));
            assert_eq!(found, expected, "{part} of {whole}");
            let less_is_better = lost(&number(part), &number(whole), None);
            assert_eq!(less_is_better, expected.filter(|lost| *lost == Lost::Whole), "{part} of {whole}");
        }
    }
}
