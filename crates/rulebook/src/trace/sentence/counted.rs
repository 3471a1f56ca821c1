//! Clauses about things counted, added up or taken off.

use super::Teller;
use crate::number::Number;
use crate::rule::Award;
use crate::slot::Slot;
use crate::trace::equation::{equals_percent, is_short_percent};
use crate::trace::shown::FACTOR;
use crate::trace::{Awarded, Counted, RatioPart, Step};

impl Teller<'_> {
    /// `3 × 0,5 + 2 × 50% × 2`
    fn counted(&self, parts: &[Counted<'_>]) -> String {
        let one = |part: &Counted<'_>| format!("{} × {}", self.factor(part.what), self.each(part.each));
        parts.iter().map(one).collect::<Vec<_>>().join(" + ")
    }

    /// What each is worth, as a factor.
    fn each(&self, award: &Award<Slot>) -> String {
        match award {
            Award::Points(points) => self.shown.number(points, FACTOR),
            Award::Share(percent) => {
                format!("{}% × {}", self.lang.exact(percent), self.lang.exact(self.max))
            }
            Award::Full => self.lang.exact(self.max),
            Award::NotApplicable => "0".to_owned(),
            // What stands behind × binds tighter than what is added.
            Award::Formula(expr) => self.shown.expr(expr, crate::trace::shown::DIVISOR),
        }
    }

    pub(super) fn per_unit(
        &self,
        parts: &[Counted<'_>],
        sum: &Number,
        capped: Option<&Awarded<'_>>,
    ) -> String {
        let text = format!("{} {}", self.counted(parts), self.result(sum));
        let Some((award, cap)) = capped.and_then(|cap| Some((cap.award, cap.points.as_ref()?))) else {
            return text;
        };
        let (cap, points) = (self.worth(award, cap), self.points(cap));
        self.lang.pick(
            format!("{text}, vượt mức cao nhất {cap} nên được {points}"),
            format!("{text}, over the cap of {cap}, so {points}"),
        )
    }

    pub(super) fn deducted(&self, parts: &[Counted<'_>], off: &Number) -> String {
        let lang = self.lang;
        let max = lang.exact(self.max);
        let taken = format!("{} {}", self.counted(parts), self.result(off));
        let left = self.max.clone() - off.clone();
        let rest = format!("{max} − {} {}", self.shown.number(off, FACTOR), self.result(&left));
        let text = lang.pick(format!("trừ {taken}; còn {rest}"), format!("less {taken}; leaves {rest}"));
        if !left.is_negative() {
            return text;
        }
        lang.pick(format!("{text}, nhỏ hơn 0 nên lấy 0 điểm"), format!("{text}, below zero, so 0 points"))
    }

    pub(super) fn sum(&self, parts: &[RatioPart<'_>], sum: &Number) -> String {
        let mut clauses: Vec<String> = parts.iter().filter_map(|part| self.cut_part(part)).collect();
        let one = |part: &RatioPart<'_>| match part.capped {
            Some(cap) => self.shown.number(cap, FACTOR),
            None => self.product(part),
        };
        let parts = parts.iter().map(one).collect::<Vec<_>>().join(" + ");
        clauses.push(format!("{parts} {}", self.result(sum)));
        clauses.join("; ")
    }

    /// `2,5 × 12/13`
    fn product(&self, part: &RatioPart<'_>) -> String {
        format!("{} × {}", self.shown.number(part.weight, FACTOR), self.factor(part.measure))
    }

    /// That a part of a sum was cut at its cap.
    fn cut_part(&self, part: &RatioPart<'_>) -> Option<String> {
        let cap = self.lang.exact(part.capped?);
        let full = format!("{} {}", self.product(part), self.result(&(part.weight * &part.ratio)));
        Some(self.lang.pick(
            format!("{full}, vượt mức cao nhất {cap} nên tính {cap}"),
            format!("{full}, over its cap of {cap}, so it counts as {cap}"),
        ))
    }

    pub(super) fn steps(&self, step: &Step<'_>) -> String {
        let Step::Steps { rule, value, steps, capped, .. } = step else { return String::new() };
        let lang = self.lang;
        let measured = self.value(&rule.measure, value);
        let (to, base) = (lang.exact(&rule.base_to), lang.exact(&rule.base));
        let sum = &rule.base + &(steps * &rule.each);
        let text = if *value <= rule.base_to {
            let points = self.points(&sum);
            lang.pick(
                format!("{measured} không vượt {to} nên được {points}"),
                format!("{measured} is not above {to}, so {points}"),
            )
        } else {
            let over = self.steps_over(step);
            let added = format!("{base} + {} × {}", lang.exact(steps), self.shown.number(&rule.each, FACTOR));
            let result = self.result(&sum);
            lang.pick(
                format!("{measured} vượt {to}: {over}; được {added} {result}"),
                format!("{measured} is above {to}: {over}; gives {added} {result}"),
            )
        };
        let Some(cap) = capped.map(|cap| self.points(cap)) else { return text };
        lang.pick(
            format!("{text}, vượt mức cao nhất nên lấy {cap}"),
            format!("{text}, over the cap, so {cap}"),
        )
    }

    /// `(22.500 − 20.000) : 1.000 = 2,5, tính 2 bước`
    fn steps_over(&self, step: &Step<'_>) -> String {
        let Step::Steps { rule, value, steps, .. } = step else { return String::new() };
        let lang = self.lang;
        let shown = |number: &Number| self.shown.number(number, FACTOR);
        let over = value.clone() - rule.base_to.clone();
        let exact = over.checked_div(&rule.step).unwrap_or_default();
        let (value, to, size) = (shown(value), shown(&rule.base_to), shown(&rule.step));
        let (sign, found) = (lang.pick(":", "÷"), lang.cut(&exact, self.decimals));
        let text = format!("({value} − {to}) {sign} {size} = {found}");
        let whole = lang.exact(steps);
        if exact.is_whole() {
            return lang.pick(format!("{text} bước"), format!("{text} steps"));
        }
        lang.pick(format!("{text}, tính {whole} bước đủ"), format!("{text}, {whole} full steps"))
    }

    pub(super) fn survey(&self, step: &Step<'_>) -> String {
        let Step::Survey { counts, forms, weighed, share, points } = step else { return String::new() };
        let lang = self.lang;
        let (max, result) = (lang.exact(self.max), self.result(points));
        // No form at all: the ratio that the rule states stands in the clause before.
        if forms.is_zero() {
            let share = self.percent(share);
            return lang.pick(
                format!("không có phiếu nào: {share} × {max} {result}"),
                format!("no forms: {share} × {max} {result}"),
            );
        }
        let one = |(answer, count): &(&crate::rule::Weighted<Slot>, Number)| {
            format!("{} × {}%", self.shown.number(count, FACTOR), lang.exact(&answer.percent))
        };
        let counted = counts.iter().map(one).collect::<Vec<_>>().join(" + ");
        let (weighed, forms) = (lang.exact(weighed), lang.exact(forms));
        let sign = lang.pick(":", "÷");
        let operand =
            if is_short_percent(share) { self.percent(share) } else { format!("{weighed} {sign} {forms}") };
        let equals = equals_percent(lang, share, None);
        lang.pick(
            format!(
                "{counted} = {weighed} trên {forms} phiếu; {weighed} : {forms} {equals}, được {operand} × {max} {result}"
            ),
            format!(
                "{counted} = {weighed} of {forms} forms; {weighed} ÷ {forms} {equals}, gives {operand} × {max} {result}"
            ),
        )
    }
}
