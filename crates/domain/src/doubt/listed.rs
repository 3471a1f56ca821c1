//! The figures of a campaign that stand about a thousand times off: what earlier versions of the program may have read wrongly, since
//! they took the mark of thousands in `20.000` for a decimal mark. What was typed is gone, so only a person can say what was meant.

use std::collections::BTreeMap;

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::expr::Expr;
use parindex_rulebook::input::{Input, Value};
use parindex_rulebook::number::Number;
use parindex_rulebook::slot::Slot;
use parindex_scoring::check::slots;
use parindex_scoring::sheet::Sheet;

use super::share::{Share, shares, values};
use super::{Earlier, Jump, Lost, Off, Other, Times, is_compared, jump, lost, may_have_lost_three, off_most};
use crate::campaign::{BlockData, CampaignData};

/// A figure that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The place of its block.
    pub block: usize,
    /// The place of its unit in the block.
    pub seat: usize,
    /// Which figure.
    pub slot: Slot,
    pub value: Number,
    /// What it stands off.
    pub off: Vec<Off>,
}

/// What is found, by seat and figure.
type Found = BTreeMap<(usize, Slot), Vec<Off>>;

/// All of a campaign, block by block and unit by unit, as they stand at its last stage. `earlier` says what the unit at a block and
/// seat had before.
#[must_use]
pub fn listed(
    campaign: &CampaignData,
    earlier: &dyn Fn(usize, usize, Slot) -> Option<Earlier>,
) -> Vec<Listed> {
    let last = campaign.stages.len().saturating_sub(1);
    let mut all = Vec::new();
    for (at, block) in campaign.blocks.iter().enumerate() {
        let look = Look { block, sheets: block.sheets(last), calendar: &campaign.calendar };
        let mut found = Found::new();
        for slot in look.compared() {
            look.beside_others(slot, &mut found);
            look.beside_earlier(slot, campaign.about.year, &|seat| earlier(at, seat, slot), &mut found);
        }
        look.beside_partners(&mut found);
        let figure = |((seat, slot), off): ((usize, Slot), Vec<Off>)| {
            let value = look.number(seat, slot)?.clone();
            Some(Listed { block: at, seat, slot, value, off })
        };
        all.extend(found.into_iter().filter_map(figure));
    }
    all
}

struct Look<'c> {
    block: &'c BlockData,
    sheets: Vec<Sheet>,
    calendar: &'c Calendar,
}

impl Look<'_> {
    /// The figures that are compared at all.
    fn compared(&self) -> Vec<Slot> {
        let inputs = (0..).map(Slot).zip(&self.block.set.inputs);
        inputs.filter(|(_, input)| is_compared(&input.kind)).map(|(slot, _)| slot).collect()
    }

    fn number(&self, seat: usize, slot: Slot) -> Option<&Number> {
        match self.sheets.get(seat)?.values().get(slot.index())? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A figure of every unit that has one.
    fn numbers(&self, slot: Slot) -> Vec<(usize, &Number)> {
        let positive = |seat| self.number(seat, slot).filter(|number| **number > Number::ZERO);
        (0..self.sheets.len()).filter_map(|seat| Some((seat, positive(seat)?))).collect()
    }

    fn beside_others(&self, slot: Slot, found: &mut Found) {
        let numbers = self.numbers(slot);
        let mut sorted: Vec<&Number> = numbers.iter().map(|(_, number)| *number).collect();
        sorted.sort();
        // The median of the others is one of these two, whichever unit is left out: only what stands off one of them is looked at.
        let middle = sorted.len().saturating_sub(1) / 2;
        let middle = [sorted.get(middle), sorted.get(middle + 1)];
        let stands_off =
            |value: &Number| middle.iter().flatten().any(|other| is_thousand(jump(value, other)));
        for (seat, value) in numbers.iter().filter(|(_, value)| stands_off(value)) {
            let others =
                numbers.iter().filter(|(other, _)| other != seat).map(|(_, number)| (*number).clone());
            let others: Vec<Number> = others.collect();
            let Some((jump, usual)) = off_most(value, &others).filter(|(jump, _)| is_thousand(Some(*jump)))
            else {
                continue;
            };
            let off = Off { jump, from: Other::Block { units: others.len(), usual } };
            add(found, (*seat, slot), off);
        }
    }

    fn beside_earlier(
        &self,
        slot: Slot,
        year: i16,
        earlier: &dyn Fn(usize) -> Option<Earlier>,
        found: &mut Found,
    ) {
        for (seat, value) in self.numbers(slot) {
            let Some(before) = earlier(seat) else { continue };
            if let Some(jump) = jump(value, &before.value).filter(|jump| is_thousand(Some(*jump))) {
                add(found, (seat, slot), Off { jump, from: before.as_other(year) });
            }
        }
    }

    /// The figures of each rule beside each other.
    fn beside_partners(&self, found: &mut Found) {
        let set = &self.block.set;
        for node in 0..set.rules.len() {
            for share in shares(set, node) {
                for (seat, sheet) in self.sheets.iter().enumerate() {
                    let values = values(set, node, (sheet, self.calendar), &share);
                    if let Some((part, whole)) = values {
                        self.beside_partner(seat, (&share, &part, &whole), found);
                    }
                }
            }
        }
    }

    fn beside_partner(
        &self,
        seat: usize,
        (share, part, whole): (&Share<'_>, &Number, &Number),
        found: &mut Found,
    ) {
        let (small, other, value) = match lost(part, whole, share.best_from.as_ref()) {
            None => return,
            Some(Lost::Part) => (share.part, share.whole, whole),
            Some(Lost::Whole) => (share.whole, share.part, part),
        };
        let off = Off {
            jump: Jump { times: Times::Thousand, above: false },
            from: Other::Partner { label: self.label(other), value: value.clone() },
        };
        // In a sum any part may have lost its digits.
        for slot in slots(small) {
            let kind = self.block.set.inputs.get(slot.index()).map(|input| &input.kind);
            let may_be = self.number(seat, slot).is_some_and(may_have_lost_three);
            if may_be && kind.is_some_and(is_compared) {
                add(found, (seat, slot), off.clone());
            }
        }
    }

    fn label(&self, expr: &Expr<Slot>) -> String {
        let titles = slots(expr).into_iter().filter_map(|slot| self.block.set.inputs.get(slot.index()));
        titles.map(Input::title).collect::<Vec<_>>().join(" + ")
    }
}

fn is_thousand(jump: Option<Jump>) -> bool {
    jump.is_some_and(|jump| jump.times == Times::Thousand)
}

/// The same figures may stand in several rules.
fn add(found: &mut Found, at: (usize, Slot), off: Off) {
    let known = found.entry(at).or_default();
    if !known.contains(&off) {
        known.push(off);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parindex_rulebook::lang::Lang;
    use parindex_rulebook::notation;
    use parindex_rulebook::set::{Compiled, CriteriaSet, Criterion, Method, Places};

    use super::*;
    use crate::campaign::{About, Entered, MemberData, StageData, Standing, What};

    fn criterion(code: &str, inputs: &str, rule: &str) -> Criterion {
        Criterion {
            code: code.to_owned(),
            name: code.to_owned(),
            max: Some(5.into()),
            method: Some(Method::SelfAssessed),
            inputs: notation::parse_inputs(inputs).unwrap(),
            rule: notation::parse(rule).unwrap(),
            ..Criterion::default()
        }
    }

    /// A block whose units have these figures: dossiers in time, dossiers, money.
    fn campaign(units: &[[&str; 3]]) -> CampaignData {
        scored_by("theo tỷ lệ a/b; mẫu bằng 0: 0 điểm", units)
    }

    /// The same, where the first two are scored by this rule.
    fn scored_by(rule: &str, units: &[[&str; 3]]) -> CampaignData {
        let parts = "a: số \"Hồ sơ đúng hạn\"; b: số \"Hồ sơ đã giải quyết\"";
        let criteria = vec![
            criterion("1", parts, rule),
            criterion("2", "t: tiền \"Kinh phí\"", "theo bậc t: từ 1 được 5 điểm; dưới 1 được 0 điểm"),
        ];
        let set = CriteriaSet { criteria, ..CriteriaSet::default() };
        let set = Arc::new(Compiled::new(set, &Places::default()).unwrap());
        let member = |seat: usize| MemberData {
            code: format!("U{seat}"),
            name: format!("Xã số {seat}"),
            parent: None,
            standing: Standing::Ranked,
            open: false,
        };
        let entered = units.iter().enumerate().flat_map(|(member, figures)| {
            (0..).map(Slot).zip(figures).filter(|(_, text)| !text.is_empty()).map(move |(slot, text)| {
                let what = What::Value(slot, Value::Number(text.parse().unwrap()));
                Entered { stage: 0, member, what, source: Arc::default() }
            })
        });
        let block = BlockData {
            code: "xa".to_owned(),
            name: "Các xã".to_owned(),
            set,
            members: (0..units.len()).map(member).collect(),
            entered: entered.collect(),
        };
        let stage = StageData { code: "self".to_owned(), name: "Tự đánh giá".to_owned(), counts: None };
        let about = About { year: 2026, ..About::default() };
        CampaignData { about, stages: vec![stage], blocks: vec![block], calendar: Calendar::default() }
    }

    fn told(campaign: &CampaignData, earlier: &dyn Fn(usize, usize, Slot) -> Option<Earlier>) -> Vec<String> {
        let called = |off: &Off| off.from.called(Lang::Vi);
        let one = |each: &Listed| {
            let off: Vec<String> = each.off.iter().map(called).collect();
            format!("{} {}: {} | {}", each.seat, each.slot.0, each.value, off.join(" | "))
        };
        listed(campaign, earlier).iter().map(one).collect()
    }

    #[test]
    fn a_figure_that_lost_three_digits_is_listed_beside_all_that_it_stands_off() {
        let units = [
            ["14200", "15.6", "3000000"],
            ["9100", "9800", "2600000"],
            ["11750", "12300", "2900"],
            ["10020", "11000", "3300000"],
            ["12", "12500", "3100000"],
        ];
        let before = |_: usize, seat: usize, slot: Slot| {
            (seat == 2 && slot == Slot(2)).then(|| Earlier { year: 2025, value: 2_750_000.into() })
        };
        assert_eq!(
            told(&campaign(&units), &before),
            [
                "0 1: 15.6 | 4 đơn vị khác trong khối, ở giữa là 12.300 | «Hồ sơ đúng hạn» 14.200",
                "2 2: 2900 | 4 đơn vị khác trong khối, ở giữa là 3.100.000 | năm 2025: 2.750.000",
                "4 0: 12 | 4 đơn vị khác trong khối, ở giữa là 11.750 | «Hồ sơ đã giải quyết» 12.500",
            ]
        );
    }

    #[test]
    fn figures_of_usual_size_are_not_listed() {
        let units = [["90", "100", "5"], ["880", "1000", "60"], ["12", "10", ""], ["0", "400", "700"]];
        assert_eq!(told(&campaign(&units), &|_, _, _| None), Vec::<String>::new());
    }

    /// Rule, part, whole, and which of them is listed.
    const PARTNERS: [(&str, &str, &str, &str); 12] = [
        // More is better: 17 of 19,400 is no share that anybody has.
        ("theo tỷ lệ a/b; từ 90% được điểm tối đa", "17", "19400", "0 0: 17"),
        (
            "theo bậc a/b: từ 95% được 5 điểm; từ 80% đến dưới 95% được 60%; dưới 80% được 0 điểm",
            "17",
            "19400",
            "0 0: 17",
        ),
        ("cộng: 5 × a/b tối đa 4", "17", "19400", "0 0: 17"),
        // Less is better: so few out of so many is what everybody wants.
        (
            "theo bậc a/b: đến 1% được 5 điểm; trên 1% đến 5% được 3 điểm; trên 5% được 0 điểm",
            "17",
            "19400",
            "",
        ),
        (
            "theo bậc a/b: dưới 2% được điểm tối đa; từ 2% được theo công thức 5 × (1 - a/b)",
            "17",
            "19400",
            "",
        ),
        ("theo bậc a/b: bằng 0% được 5 điểm; trên 0% được 4 điểm", "17", "19400", ""),
        // What is over the whole is no share, whatever is better.
        ("theo bậc a/b: đến 1% được 5 điểm; trên 1% được 0 điểm", "1218", "20", "0 1: 20"),
        // A share of a thousandth is usual where a hundredth is asked for.
        ("theo tỷ lệ a/b; từ 1% được điểm tối đa", "17", "19400", ""),
        ("theo tỷ lệ a/b; từ 1% được điểm tối đa", "0.2", "19400", "0 0: 0.2"),
        ("cộng: 500 × a/b tối đa 5", "17", "19400", ""),
        // Before three digits stood a mark, so there are no more than three decimals.
        ("theo tỷ lệ a/b", "1.218", "19400", "0 0: 1.218"),
        ("theo tỷ lệ a/b", "1.2187", "19400", ""),
    ];

    #[test]
    fn a_figure_stands_off_its_partner_only_where_a_small_share_is_odd() {
        for (rule, part, whole, says) in PARTNERS {
            let campaign = scored_by(&format!("{rule}; mẫu bằng 0: 0 điểm"), &[[part, whole, ""]]);
            let told = told(&campaign, &|_, _, _| None);
            let found: Vec<&str> = told.iter().filter_map(|line| line.split(" | ").next()).collect();
            let expected: Vec<&str> = Some(says).filter(|says| !says.is_empty()).into_iter().collect();
            assert_eq!(found, expected, "{rule}: {part} of {whole}");
        }
    }
}
