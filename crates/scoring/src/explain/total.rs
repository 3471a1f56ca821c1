//! Why a unit has its result.

use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, Part};
use parindex_rulebook::settings::{IndexFormula, RoundAt, Rounding};

use super::equation::{added, rounded, scaled};
use crate::board::Board;
use crate::unit::branch::{Roots, cap};
use crate::unit::{Complete, Total, UnitScore};

/// Why the unit has its index, rank and class.
#[must_use]
pub fn explain_total(board: &Board<'_>, seat: usize, year: i16, lang: Lang) -> String {
    if let Some(said) = board.said(seat) {
        return said.total(lang).to_owned();
    }
    let (compiled, Some(score)) = (board.compiled(), board.score(seat)) else { return String::new() };
    match score.total() {
        Total::NotScored => lang.pick("Chưa chấm điểm.", "Not scored.").to_owned(),
        Total::Partial { points, max } => {
            let (points, max, open) = (lang.short(points), lang.short(max), score.open(compiled).len());
            lang.pick(
                format!("Mới có {points} trên {max} điểm; còn {open} tiêu chí chưa có điểm nên chưa có chỉ số và hạng."),
                format!("{points} of {max} points so far; {open} criteria are open, so there is no index and no rank."),
            )
        }
        Total::Complete(complete) => {
            let mut text = Story { compiled, score, complete, lang }.told();
            if let Some(rank) = board.rank(seat) {
                let of = board.ranked();
                text.push_str(&lang.pick(format!(" Hạng {rank}/{of}."), format!(" Rank {rank} of {of}.")));
            }
            if let Some(class) = board.class(seat, year) {
                text.extend([" ", lang.pick("Xếp loại:", "Class:"), " ", class, "."]);
            }
            text
        }
    }
}

/// A full result, from the domains to the index.
struct Story<'a> {
    compiled: &'a Compiled,
    score: &'a UnitScore,
    complete: &'a Complete,
    lang: Lang,
}

impl Story<'_> {
    fn told(&self) -> String {
        let roots = self.score.roots(self.compiled);
        let mut clauses = self.domains(&roots);
        let (outside, points) = self.beside(&roots);
        clauses.extend(outside);
        let rounding = self.compiled.set.settings.rounding;
        if rounding.at == RoundAt::End {
            clauses.extend(rounded(self.lang, &points, rounding).map(|text| self.in_points(&text)));
        }
        clauses.push(self.index(&points));
        format!("{}.", clauses.join("; "))
    }

    fn in_points(&self, text: &str) -> String {
        format!("{text} {}", self.lang.pick("điểm", "points"))
    }

    /// `Tổng 8 mục: 12,5 + … = 84,25 điểm trên 100 điểm áp dụng`
    fn domains(&self, roots: &Roots) -> Vec<String> {
        let (lang, settings) = (self.lang, &self.compiled.set.settings);
        let points = |node: &usize| self.score.cell(*node).points().cloned();
        let parts: Vec<Number> = roots.nodes.iter().filter_map(points).collect();
        let (count, max) = (parts.len(), lang.exact(&roots.max));
        let Some((had, of)) = &roots.scaled else {
            let text = added(lang, &parts, &roots.points, Some(settings.rounding));
            return vec![lang.pick(
                format!("Tổng {count} mục: {text} điểm trên {max} điểm áp dụng"),
                format!("Sum of {count} parts: {text} points of {max} applicable points"),
            )];
        };
        let (text, shown) = (added(lang, &parts, had, None), lang.exact(of));
        let sum = lang.pick(
            format!("Tổng {count} mục áp dụng: {text} điểm trên {shown}"),
            format!("Sum of {count} parts that apply: {text} points of {shown}"),
        );
        let text = scaled(lang, had, of, (&roots.max, ""), Some(settings.rounding));
        let up = lang.pick(format!("quy đổi {text} điểm"), format!("scaled up {text} points"));
        let exact = (had * &roots.max).checked_div(of).unwrap_or_default();
        let kept = (settings.rounding.at != RoundAt::End)
            .then(|| rounded(lang, &exact, settings.rounding).map(|text| self.in_points(&text)))
            .flatten();
        [sum, up].into_iter().chain(kept).collect()
    }

    /// Bonus and penalty within their caps, and the points with them.
    fn beside(&self, roots: &Roots) -> (Vec<String>, Number) {
        let Complete { bonus, penalty, .. } = self.complete;
        let parts = [Part::Bonus, Part::Penalty].map(|part| self.part(part));
        let mut clauses: Vec<String> = parts.into_iter().flatten().collect();
        if bonus.is_zero() && penalty.is_zero() {
            return (clauses, roots.points.clone());
        }
        let mut terms = vec![roots.points.clone()];
        terms.extend((!bonus.is_zero()).then(|| bonus.clone()));
        terms.extend((!penalty.is_zero()).then(|| -penalty.clone()));
        let sum: Number = terms.iter().sum();
        let text = added(self.lang, &terms, &sum, Some(self.compiled.set.settings.rounding));
        let text = self.in_points(&text.replace(" + −", " − "));
        let below = self.lang.pick("nhỏ hơn 0 nên lấy 0 điểm", "below zero, so 0 points");
        clauses.push(if sum.is_negative() { format!("{text}, {below}") } else { text });
        (clauses, sum.max(Number::ZERO))
    }

    /// `điểm cộng 4 + 4 = 8, vượt mức cao nhất 5 nên tính 5`
    fn part(&self, part: Part) -> Option<String> {
        let lang = self.lang;
        let points = |node| self.score.cell(node).points().filter(|points| !points.is_zero()).cloned();
        let parts: Vec<Number> = self.compiled.outside(part).filter_map(points).collect();
        if parts.is_empty() {
            return None;
        }
        let sum: Number = parts.iter().sum();
        let text = if parts.len() == 1 { lang.exact(&sum) } else { added(lang, &parts, &sum, None) };
        let word = match part {
            Part::Penalty => lang.pick("điểm trừ", "penalty points"),
            Part::Bonus | Part::Main => lang.pick("điểm cộng", "bonus points"),
        };
        let Some(cap) = cap(self.compiled, part).filter(|cap| sum > **cap).map(|cap| lang.exact(cap)) else {
            return Some(format!("{word} {text}"));
        };
        Some(lang.pick(
            format!("{word} {text}, vượt mức cao nhất {cap} nên tính {cap}"),
            format!("{word} {text}, over the cap of {cap}, so {cap} count"),
        ))
    }

    /// `chỉ số 84,25 : 100 × 100% = 84,25%`
    fn index(&self, points: &Number) -> String {
        let (lang, settings) = (self.lang, &self.compiled.set.settings);
        let then = Rounding { digits: settings.index.digits, ..settings.rounding };
        let word = lang.pick("chỉ số", "index");
        let hundred = Number::whole(100);
        let (text, unit) = match settings.index.formula {
            IndexFormula::Points => (lang.cut(points, then.digits.get().max(4)), ""),
            IndexFormula::Share => {
                (scaled(lang, points, &self.complete.max, (&hundred, "%"), Some(then)), "%")
            }
        };
        let exact = self.complete.exact_index.as_ref().unwrap_or(&self.complete.index);
        match rounded(lang, exact, then) {
            Some(kept) => format!("{word} {text}, {kept}{unit}"),
            None => format!("{word} {text}"),
        }
    }
}
