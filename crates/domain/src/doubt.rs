//! What is asked about a figure that may be right all the same: nothing is refused for it.
//!
//! A share over 100 % where the set states no cross-check; a figure that stands about ten or a thousand times off that of an earlier
//! year or off most other units of its block; and, for figures that earlier versions of the program may have read wrongly, one that
//! only makes sense beside its partner in the rule as if it had lost three digits.

mod jump;
mod listed;
mod share;

use parindex_rulebook::input::Kind;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::slot::Slot;
use parindex_rulebook::word::same;

pub use jump::{Jump, Lost, Times, jump, lost, may_have_lost_three, off_most};
pub use listed::{Listed, listed};
pub use share::{OverWhole, over_whole};

/// A figure stands off what it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Off {
    /// How far, and to which side.
    pub jump: Jump,
    pub from: Other,
}

/// What a figure is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// The same figure of the same unit in an earlier campaign.
    Year {
        year: i16,
        /// Whether that is the year before.
        last: bool,
        /// What stood there.
        value: Number,
    },
    /// The same figure of the other units of the block.
    Block {
        /// How many have it.
        units: usize,
        /// The one in the middle of them.
        usual: Number,
    },
    /// What it is divided by in the rule, or what is divided by it.
    Partner {
        /// What people call it.
        label: String,
        value: Number,
    },
}

/// The figure of an earlier campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub year: i16,
    /// What stood there.
    pub value: Number,
}

/// What a figure can be compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The same figure of the same unit in the newest campaign before.
    pub earlier: Option<Earlier>,
    /// The same figure of other units of the block.
    pub others: Vec<Number>,
}

impl Beside {
    /// What is asked about a figure in a campaign of this year. What the unit itself had before says more than what others have:
    /// they count where there is none.
    #[must_use]
    pub fn asked(&self, value: &Number, kind: &Kind, year: i16) -> Option<Off> {
        if !is_compared(kind) {
            return None;
        }
        if let Some(earlier) = &self.earlier {
            let jump = jump(value, &earlier.value)?;
            return Some(Off { jump, from: earlier.as_other(year) });
        }
        let (jump, usual) = off_most(value, &self.others)?;
        Some(Off { jump, from: Other::Block { units: self.others.len(), usual } })
    }
}

impl Earlier {
    /// As what a figure of a later year is compared with.
    #[must_use]
    pub fn as_other(&self, year: i16) -> Other {
        Other::Year { year: self.year, last: self.year == year - 1, value: self.value.clone() }
    }
}

/// Whether figures of a kind are compared: counts, amounts and plain numbers. A share has its own bounds.
#[must_use]
pub fn is_compared(kind: &Kind) -> bool {
    matches!(kind, Kind::Count | Kind::Decimal | Kind::Money)
}

/// Whether two inputs of two versions of a set ask for the same figure: of the same kind, under the same label, at a criterion of
/// the same name. Codes alone are given to other criteria when a set is numbered anew.
#[must_use]
pub fn is_same_figure((now, slot): (&Compiled, Slot), (before, other): (&Compiled, Slot)) -> bool {
    let input = |set: &Compiled, slot: Slot| set.inputs.get(slot.index()).cloned();
    let owner = |set: &Compiled, slot: Slot| {
        let node = *set.owners.get(slot.index())?;
        set.set.criteria.get(node).map(|criterion| criterion.name.clone())
    };
    let both = input(now, slot).zip(input(before, other));
    let names = owner(now, slot).zip(owner(before, other));
    both.is_some_and(|(now, before)| now.kind == before.kind && same(&now.label, &before.label))
        && names.is_some_and(|(now, before)| same(&now, &before))
}

impl Other {
    /// What it is, in a list.
    #[must_use]
    pub fn called(&self, lang: Lang) -> String {
        match self {
            Self::Year { year, value, .. } => {
                let value = lang.short(value);
                lang.pick(format!("năm {year}: {value}"), format!("{year}: {value}"))
            }
            Self::Block { units, usual } => {
                let usual = lang.short(usual);
                lang.pick(
                    format!("{units} đơn vị khác trong khối, ở giữa là {usual}"),
                    format!("{units} other units of the block, {usual} in the middle"),
                )
            }
            Self::Partner { label, value } => {
                let value = lang.short(value);
                lang.pick(format!("«{label}» {value}"), format!("“{label}” {value}"))
            }
        }
    }

    /// What it is in a sentence for the unit: what other units entered is for those who may see it.
    fn named(&self, lang: Lang) -> (String, String) {
        match self {
            Self::Year { last: true, value, .. } => {
                let value = lang.short(value);
                (format!("năm trước ({value})"), format!("last year’s ({value})"))
            }
            Self::Year { year, value, .. } => {
                let value = lang.short(value);
                (format!("năm {year} ({value})"), format!("that of {year} ({value})"))
            }
            Self::Block { .. } => (
                "phần lớn các đơn vị khác trong khối".to_owned(),
                "those of most other units of the block".to_owned(),
            ),
            Self::Partner { .. } => (self.called(Lang::Vi), self.called(Lang::En)),
        }
    }
}

impl Say for Off {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = self.from.named(lang);
        let times = lang.short(&self.jump.times.factor());
        if self.jump.above {
            return lang.pick(
                format!("gấp khoảng {times} lần {vi}; nếu đúng thì giữ nguyên"),
                format!("about {times} times {en}; leave it if it is right"),
            );
        }
        lang.pick(
            format!("chỉ bằng khoảng 1/{times} {vi}; nếu đúng thì giữ nguyên"),
            format!("about 1/{times} of {en}; leave it if it is right"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    fn beside(earlier: Option<(i16, &str)>, others: &[&str]) -> Beside {
        Beside {
            earlier: earlier.map(|(year, value)| Earlier { year, value: number(value) }),
            others: others.iter().map(|text| number(text)).collect(),
        }
    }

    #[test]
    fn a_jump_against_last_year_is_asked_with_what_stood_there() {
        let last = beside(Some((2025, "1418")), &[]);
        let asked = last.asked(&number("1418000"), &Kind::Count, 2026).unwrap();
        assert_eq!(asked.say(Lang::Vi), "gấp khoảng 1.000 lần năm trước (1.418); nếu đúng thì giữ nguyên");
        assert_eq!(asked.say(Lang::En), "about 1,000 times last year’s (1,418); leave it if it is right");
        let asked = beside(Some((2023, "20400")), &[]).asked(&number("20"), &Kind::Decimal, 2026).unwrap();
        assert_eq!(asked.say(Lang::Vi), "chỉ bằng khoảng 1/1.000 năm 2023 (20.400); nếu đúng thì giữ nguyên");
        assert_eq!(last.asked(&number("1600"), &Kind::Count, 2026), None, "a year like the others");
        let share = Kind::Ratio { unbounded: true };
        assert_eq!(last.asked(&number("1418000"), &share, 2026), None, "a share has its own bounds");
    }

    #[test]
    fn others_are_asked_where_there_is_no_year_before_and_their_figures_are_not_told() {
        let others = ["18300", "21500", "19750", "16900"];
        let asked = beside(None, &others).asked(&number("20"), &Kind::Money, 2026).unwrap();
        assert_eq!(
            asked.say(Lang::Vi),
            "chỉ bằng khoảng 1/1.000 phần lớn các đơn vị khác trong khối; nếu đúng thì giữ nguyên"
        );
        assert_eq!(asked.from.called(Lang::Vi), "4 đơn vị khác trong khối, ở giữa là 19.750");
        // The unit was as small before: nothing is asked.
        assert_eq!(beside(Some((2025, "22")), &others).asked(&number("20"), &Kind::Money, 2026), None);
    }
}
