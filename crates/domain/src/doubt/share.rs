//! Shares in rules: a part over its whole, where the rule gives points in proportion to it.

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::expr::{Expr, Op};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::rule::{Award, Band, Body, Range, Term};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::slot::Slot;
use parindex_rulebook::trace::ShownNames;
use parindex_scoring::check::{Mismatch, Words, mismatches, slots, value_at};
use parindex_scoring::sheet::Sheet;

/// A part and its whole, as a rule divides them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Share<'r> {
    pub part: &'r Expr<Slot>,
    pub whole: &'r Expr<Slot>,
    /// From which share on the rule earns most; none where a share of nothing earns as much, or where that cannot be told.
    pub best_from: Option<Number>,
}

/// A share over 100 % that no cross-check of the set speaks of.
#[derive(Clone, Debug)]
pub struct OverWhole<'a> {
    share: Share<'a>,
    /// What the part and the whole come to.
    values: (Number, Number),
    words: (ShownNames<'a>, &'a Number),
}

/// The shares over 100 % in the rule of a node. What a cross-check refuses is told by that alone.
#[must_use]
pub fn over_whole<'a>(
    compiled: &'a Compiled,
    node: usize,
    sheet: &'a Sheet,
    calendar: &Calendar,
) -> Vec<OverWhole<'a>> {
    let told: Vec<Vec<Slot>> = mismatches(compiled, sheet, calendar).iter().map(Mismatch::slots).collect();
    let words = (ShownNames { inputs: &compiled.inputs, values: sheet.values() }, compiled.max(node));
    let over = |share: Share<'a>| {
        let values = values(compiled, node, (sheet, calendar), &share)?;
        let is_over = values.1 > Number::ZERO && values.0 > values.1;
        let found = OverWhole { share, values, words };
        let is_told = |told: &Vec<Slot>| found.slots().iter().all(|slot| told.contains(slot));
        (is_over && !told.iter().any(is_told)).then_some(found)
    };
    shares(compiled, node).into_iter().filter_map(over).collect()
}

/// What the part and the whole of a share come to.
pub(super) fn values(
    compiled: &Compiled,
    node: usize,
    on: (&Sheet, &Calendar),
    share: &Share<'_>,
) -> Option<(Number, Number)> {
    Some((value_at(compiled, node, on, share.part)?, value_at(compiled, node, on, share.whole)?))
}

/// The shares in the rule of a node, each once.
pub(super) fn shares(compiled: &Compiled, node: usize) -> Vec<Share<'_>> {
    let mut found = Vec::new();
    if let Some(rule) = compiled.rules.get(node) {
        of_body(&rule.body, compiled.max(node), &mut found);
    }
    found
}

fn of_body<'r>(body: &'r Body<Slot>, max: &Number, found: &mut Vec<Share<'r>>) {
    match body {
        // A threshold over 100 % says that more than the whole is meant to be possible.
        Body::Proportional { measure, full_from, .. }
            if full_from.as_ref().is_none_or(|from| *from <= Number::ONE) =>
        {
            add(measure, Some(full_from.clone().unwrap_or(Number::ONE)), found);
        }
        Body::Sipas { share } => add(share, Some(Number::ONE), found),
        Body::WeightedSum { terms } => {
            for term in terms {
                add(&term.measure, capped_from(term), found);
            }
        }
        Body::Bands { measure, bands } if are_of_a_share(bands) => {
            add(measure, best_from(bands, max), found);
        }
        Body::Cases { cases, .. } => {
            for case in cases {
                of_body(&case.then, max, found);
            }
        }
        Body::When { arms, otherwise } => {
            for arm in arms {
                of_body(&arm.then, max, found);
            }
            of_body(otherwise, max, found);
        }
        _ => {}
    }
}

/// Whether bands are written in percent, none of them beyond 100 %.
fn are_of_a_share(bands: &[Band<Slot>]) -> bool {
    let mut ends = bands.iter().flat_map(|band| band.range.from.iter().chain(&band.range.to)).peekable();
    ends.peek().is_some() && ends.all(|end| end.percent && end.at <= Number::ONE)
}

/// From which share on a part of a sum is capped.
fn capped_from(term: &Term<Slot>) -> Option<Number> {
    if term.weight <= Number::ZERO {
        return None;
    }
    let from = term.cap.as_ref().map_or(Some(Number::ONE), |cap| cap.checked_div(&term.weight))?;
    (from > Number::ZERO).then(|| from.min(Number::ONE))
}

/// From which share on bands earn most: in `đến 1% được 2 điểm; trên 1% được 0 điểm` less is better.
fn best_from(bands: &[Band<Slot>], max: &Number) -> Option<Number> {
    let earns = |band: &Band<Slot>| match &band.award {
        Award::Points(points) => Some(points.clone()),
        Award::Share(percent) => Some(&(percent * max) * &Number::hundredths(1)),
        Award::Full => Some(max.clone()),
        Award::NotApplicable | Award::Formula(_) => None,
    };
    let begins = |range: &Range| range.from.as_ref().map_or(Number::ZERO, |end| end.at.clone());
    let known = bands.iter().filter_map(|band| Some((earns(band)?, begins(&band.range))));
    let known: Vec<(Number, Number)> = known.collect();
    let most = known.iter().map(|(points, _)| points.clone()).reduce(Number::max)?;
    // What a formula earns is not known here; the maximum it does not exceed.
    let formula = bands.iter().any(|band| matches!(band.award, Award::Formula(_)));
    if formula && most < *max {
        return None;
    }
    let best = known.into_iter().filter(|(points, _)| *points == most).map(|(_, from)| from);
    best.reduce(Number::min).filter(|from| *from > Number::ZERO)
}

/// A division of figures by figures; what is divided by a number is no share.
fn add<'r>(measure: &'r Expr<Slot>, best_from: Option<Number>, found: &mut Vec<Share<'r>>) {
    let Expr::Binary(Op::Divide, part, whole) = measure else { return };
    if slots(part).is_empty() || slots(whole).is_empty() {
        return;
    }
    match found.iter_mut().find(|known| *known.part == **part && *known.whole == **whole) {
        // Where several rules divide the same figures, the one that asks least of their share counts.
        Some(known) => known.best_from = known.best_from.take().min(best_from),
        None => found.push(Share { part, whole, best_from }),
    }
}

impl OverWhole<'_> {
    /// The figures of the part, then those of the whole.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        slots(self.share.part).into_iter().chain(slots(self.share.whole)).collect()
    }
}

impl Say for OverWhole<'_> {
    fn say(&self, lang: Lang) -> String {
        let words = Words { lang, names: self.words.0, max: self.words.1 };
        let part = words.side(self.share.part, &self.values.0);
        let whole = words.side(self.share.whole, &self.values.1);
        let share = self.values.0.checked_div(&self.values.1).unwrap_or_default();
        // Cut, not rounded: what is over 100 % never reads as 100 %.
        let percent = format!("{}%", lang.cut(&(&share * &Number::whole(100)), 2));
        lang.pick(
            format!("{part} lớn hơn {whole}, tỷ lệ {percent}; nếu đúng thì giữ nguyên"),
            format!("{part} is more than {whole}, a share of {percent}; leave it if it is right"),
        )
    }
}

#[cfg(test)]
mod tests {
    use parindex_rulebook::input::Value;
    use parindex_rulebook::notation;
    use parindex_rulebook::set::{CriteriaSet, Criterion, Method, Places};

    use super::*;

    fn compiled(rule: &str, checks: &str) -> Compiled {
        let inputs = "a: số đếm \"Văn bản đã xử lý\"; b: số đếm \"Văn bản phải xử lý\"";
        let criterion = Criterion {
            code: "1".to_owned(),
            name: "Văn bản".to_owned(),
            max: Some(4.into()),
            method: Some(Method::SelfAssessed),
            inputs: notation::parse_inputs(inputs).unwrap(),
            rule: notation::parse(rule).unwrap(),
            checks: notation::parse_checks(checks).unwrap(),
            ..Criterion::default()
        };
        let set = CriteriaSet { criteria: vec![criterion], ..CriteriaSet::default() };
        Compiled::new(set, &Places::default()).unwrap()
    }

    fn asked((rule, checks): (&str, &str), counts: [i64; 2]) -> Vec<String> {
        let compiled = compiled(rule, checks);
        let mut sheet = Sheet::new(&compiled);
        for (slot, count) in (0..).zip(counts) {
            sheet.set_value(Slot(slot), Value::Number(count.into()));
        }
        let over = over_whole(&compiled, 0, &sheet, &Calendar::default());
        over.iter().map(|each| each.say(Lang::Vi)).collect()
    }

    const SHARE: &str = "theo tỷ lệ a/b; từ 95% được điểm tối đa; mẫu bằng 0: 0 điểm";

    #[test]
    fn a_share_over_the_whole_is_asked_by_the_names_of_both() {
        assert_eq!(
            asked((SHARE, ""), [54, 40]),
            [
                "«Văn bản đã xử lý» (54) lớn hơn «Văn bản phải xử lý» (40), tỷ lệ 135%; nếu đúng thì giữ nguyên"
            ]
        );
        assert!(asked((SHARE, ""), [40, 40]).is_empty());
        assert!(asked((SHARE, ""), [4, 0]).is_empty(), "nothing is a share of nothing");
        assert!(asked((SHARE, "a ≤ b"), [54, 40]).is_empty(), "the check says it");
    }

    #[test]
    fn only_what_a_rule_scores_as_a_share_of_a_whole_is_one() {
        let bands = "theo bậc a/b: từ 90% được 4 điểm; dưới 90% được 0 điểm; mẫu bằng 0: 0 điểm";
        assert_eq!(asked((bands, ""), [54, 40]).len(), 1);
        let each = "theo bậc a/b: từ 3 được 4 điểm; dưới 3 được 0 điểm; mẫu bằng 0: 0 điểm";
        assert!(asked((each, ""), [54, 40]).is_empty(), "documents for each official");
        let beyond = "theo bậc a/b: từ 120% được 4 điểm; dưới 120% được 0 điểm; mẫu bằng 0: 0 điểm";
        assert!(asked((beyond, ""), [54, 40]).is_empty(), "a plan can be exceeded");
        assert!(asked(("công thức a/b", ""), [54, 40]).is_empty());
    }
}
