//! The steps of an evaluation as a sentence that can be recomputed, in Vietnamese and in English.

use super::equation::percent_operand;
use super::figures::figures;
use super::shown::{FACTOR, SUM, Shown, ZeroRatio};
use super::{Awarded, DueFrom, ShownNames, Step};
use crate::expr::Expr;
use crate::lang::Lang;
use crate::number::{Number, RoundMode};
use crate::rule::{Award, DayCount};
use crate::slot::Slot;

mod counted;
mod measured;

/// Decimals of a result that has no end, where the set keeps fewer.
const DECIMALS: u8 = 4;

/// How the points came about, and the figures behind it by name; `max` is the criterion's maximum.
///
/// For 998 of 1,271 satisfied with a threshold of 90 % and 6 points:
/// «Tỷ lệ 998/1.271 ≈ 78,52%, dưới ngưỡng 90% nên được 998/1.271 : 90% × 6 = 5,2347… điểm; làm tròn 2 chữ số
/// thập phân thành 5,23 điểm. Số liệu: «số người hài lòng» 998; «số phiếu» 1.271.»
#[must_use]
pub fn sentence(lang: Lang, steps: &[Step<'_>], names: &ShownNames<'_>, max: &Number) -> String {
    let zero: Vec<ZeroRatio<'_>> = steps.iter().filter_map(zero_ratio).collect();
    let shown = Shown { lang, names, max, zero: &zero };
    let teller = Teller { lang, names, max, shown, decimals: decimals(steps) };
    let clauses: Vec<_> = steps.iter().map(|step| teller.clause(step)).collect();
    let text = clauses.join("; ");
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let told = format!("{}{}.", first.to_uppercase(), letters.as_str());
    let figures = figures(lang, steps, names);
    if figures.is_empty() { told } else { format!("{told} {figures}") }
}

fn zero_ratio<'a>(step: &'a Step<'_>) -> Option<ZeroRatio<'a>> {
    match step {
        Step::ZeroRatio { at: Some(at), percent } => Some((at, percent)),
        _ => None,
    }
}

/// As many decimals as show that the rounding is right: two more than stay.
fn decimals(steps: &[Step<'_>]) -> u8 {
    let kept = steps.iter().filter_map(|step| match step {
        Step::Rounded { digits, .. } => Some(digits.get() + 2),
        _ => None,
    });
    kept.fold(DECIMALS, u8::max)
}

struct Teller<'a> {
    lang: Lang,
    names: &'a ShownNames<'a>,
    max: &'a Number,
    shown: Shown<'a>,
    decimals: u8,
}

impl Teller<'_> {
    /// `5,5 điểm`, `5,2347… điểm`
    fn points(&self, points: &Number) -> String {
        let unit = self.lang.pick("điểm", if *points == Number::ONE { "point" } else { "points" });
        format!("{} {unit}", self.lang.cut(points, self.decimals))
    }

    /// `= 5,2347… điểm`
    fn result(&self, points: &Number) -> String {
        format!("= {}", self.points(points))
    }

    /// `50% × 2 = 1 điểm`: as the rule states it, and what that is in points.
    fn worth(&self, award: &Award<Slot>, points: &Number) -> String {
        match award {
            Award::Share(percent) => {
                let (percent, max) = (self.lang.exact(percent), self.lang.exact(self.max));
                format!("{percent}% × {max} {}", self.result(points))
            }
            Award::Formula(expr) => self.formula(expr, points),
            Award::Points(_) | Award::Full | Award::NotApplicable => self.points(points),
        }
    }

    /// `a/b × 2 = 1,5 điểm`, or only the points where they are written in the rule.
    fn formula(&self, expr: &Expr<Slot>, points: &Number) -> String {
        match expr {
            Expr::Number(_) | Expr::Max => self.points(points),
            _ => format!("{} {}", self.expr(expr), self.result(points)),
        }
    }

    /// `được 2 điểm`, or that the criterion does not apply.
    fn earns(&self, gives: &Awarded<'_>) -> String {
        match &gives.points {
            Some(points) => {
                format!("{} {}", self.lang.pick("được", "gives"), self.worth(gives.award, points))
            }
            None => self.not_applicable().to_owned(),
        }
    }

    /// `nên được 2 điểm`, or that the criterion does not apply.
    fn so(&self, gives: &Awarded<'_>) -> String {
        match &gives.points {
            Some(points) => {
                format!("{} {}", self.lang.pick("nên được", "so"), self.worth(gives.award, points))
            }
            None => self.not_applicable().to_owned(),
        }
    }

    fn not_applicable(&self) -> &'static str {
        self.lang.pick("nên tiêu chí không áp dụng", "so the criterion does not apply")
    }

    fn expr(&self, expr: &Expr<Slot>) -> String {
        self.shown.expr(expr, SUM)
    }

    fn factor(&self, expr: &Expr<Slot>) -> String {
        self.shown.expr(expr, FACTOR)
    }

    fn clause(&self, step: &Step<'_>) -> String {
        let lang = self.lang;
        match step {
            Step::Entered(_) | Step::Overruled { .. } | Step::FromParent(_) => self.given(step),
            Step::Chosen { label, gives } => {
                format!("{} «{label}» {}", lang.pick("chọn", "answer"), self.earns(gives))
            }
            Step::PerUnit { parts, sum, capped } => self.per_unit(parts, sum, capped.as_ref()),
            Step::Deducted { parts, off } => self.deducted(parts, off),
            Step::Share { measure, share, verdict } => self.share(measure, share, verdict),
            Step::Band { measure, value, range, gives } => self.band(measure, value, range, gives),
            Step::Sum { parts, sum } => self.sum(parts, sum),
            Step::Steps { .. } => self.steps(step),
            Step::Survey { .. } => self.survey(step),
            Step::Sipas { measure, share, points } => self.sipas(measure, share, points),
            Step::NoBreach | Step::Breach { .. } => self.breach(step),
            Step::Deadline { .. } => self.deadline(step),
            Step::NeverDone { gives } => {
                format!("{} {}", lang.pick("chưa thực hiện", "not done,"), self.so(gives))
            }
            Step::Case(label) => format!("{} «{label}»", lang.pick("trường hợp", "case")),
            Step::When(held) => {
                let held: Vec<_> = held.iter().map(|condition| self.shown.condition(condition)).collect();
                format!("{} {}", lang.pick("vì", "because"), held.join(lang.pick(" và ", " and ")))
            }
            Step::Otherwise => {
                lang.pick("không rơi vào điều kiện nào ở trên", "no condition held").to_owned()
            }
            Step::Formula { expr, points } => {
                format!("{} {}", lang.pick("công thức cho", "the formula gives"), self.formula(expr, points))
            }
            Step::Fallback(slot) => {
                let title = self.names.title(*slot);
                lang.pick(
                    format!("thiếu «{title}» nên dùng số thay thế"),
                    format!("“{title}” is missing, so its substitute is used"),
                )
            }
            Step::ZeroDenominator(_) | Step::ZeroRatio { .. } => self.zero(step),
            Step::Capped(_) | Step::Floored(_) => self.limited(step),
            Step::Rounded { to, digits, mode, .. } => self.rounded(to, digits.get(), *mode),
        }
    }

    /// Points that come from a person or from the unit above.
    fn given(&self, step: &Step<'_>) -> String {
        let lang = self.lang;
        match step {
            Step::Entered(points) => {
                let told = lang.pick("điểm do người chấm nhập là", "the points entered are");
                format!("{told} {}", self.points(points))
            }
            Step::FromParent(points) => {
                let told = lang.pick("lấy điểm của đơn vị cấp trên,", "takes the points of the unit above,");
                format!("{told} {}", self.points(points))
            }
            Step::Overruled { points, computed } => {
                let given = self.points(points);
                let given = lang.pick(format!("người chấm cho {given}"), format!("the scorer gave {given}"));
                let Some(computed) = computed.as_ref().map(|computed| self.points(computed)) else {
                    return given;
                };
                lang.pick(
                    format!("{given}, thay cho {computed} tính theo quy tắc"),
                    format!("{given} in place of {computed} by the rule"),
                )
            }
            _ => String::new(),
        }
    }

    fn zero(&self, step: &Step<'_>) -> String {
        let lang = self.lang;
        match step {
            Step::ZeroDenominator(points) => {
                let told = lang.pick("mẫu số bằng 0 (không phát sinh)", "the denominator is zero,");
                let so = match points {
                    Some(points) => format!("{} {}", lang.pick("nên được", "so"), self.points(points)),
                    None => self.not_applicable().to_owned(),
                };
                format!("{told} {so}")
            }
            Step::ZeroRatio { percent, .. } => {
                let percent = lang.exact(percent);
                lang.pick(
                    format!("mẫu số bằng 0 nên tỷ lệ tính là {percent}%"),
                    format!("the denominator is zero, so the ratio counts as {percent}%"),
                )
            }
            _ => String::new(),
        }
    }

    /// Points never leave 0 to the maximum.
    fn limited(&self, step: &Step<'_>) -> String {
        match step {
            Step::Capped(points) => {
                let (points, max) = (self.points(points), self.points(self.max));
                self.lang.pick(
                    format!("{points} vượt điểm tối đa nên lấy {max}"),
                    format!("{points} exceeds the maximum, so {max}"),
                )
            }
            Step::Floored(points) => {
                let points = self.points(points);
                self.lang.pick(
                    format!("{points} nhỏ hơn 0 nên lấy 0 điểm"),
                    format!("{points} is below zero, so 0 points"),
                )
            }
            _ => String::new(),
        }
    }

    fn breach(&self, step: &Step<'_>) -> String {
        let lang = self.lang;
        let Step::Breach { breach, gives } = step else {
            let max = self.points(self.max);
            return lang.pick(
                format!("không có trường hợp vi phạm nào nên được điểm tối đa, {max}"),
                format!("no breach, so full marks, {max}"),
            );
        };
        let (title, count) = breach
            .as_ref()
            .map(|(slot, count)| (self.names.title(*slot), lang.exact(count)))
            .unwrap_or_default();
        let so = self.so(gives);
        lang.pick(format!("có {count} «{title}» {so}"), format!("{count} of “{title}”, {so}"))
    }

    fn deadline(&self, step: &Step<'_>) -> String {
        let Step::Deadline { done, due, from, moved, late, gives, .. } = step else { return String::new() };
        let lang = self.lang;
        let (done, earns) = (lang.date(*done), self.earns(gives));
        let moved = moved.map(|day| lang.date(day)).map(|day| {
            lang.pick(
                format!("{day} là ngày nghỉ, chuyển sang ngày làm việc tiếp theo"),
                format!("{day} is a day off, so the next working day is due"),
            )
        });
        let why: Vec<String> = from
            .as_ref()
            .filter(|from| from.shift != 0)
            .map(|from| self.counted_from(from))
            .into_iter()
            .chain(moved)
            .collect();
        let due = lang.date(*due);
        let due = if why.is_empty() { due } else { format!("{due} ({})", why.join("; ")) };
        let Some((days, count)) = late else {
            return lang.pick(
                format!("ngày {done} không muộn hơn hạn {due}, đúng hạn, {earns}"),
                format!("{done} is not after the due date {due}: in time, {earns}"),
            );
        };
        let (vi, en) = match (count, days) {
            (DayCount::Calendar, 1) => ("ngày", "day"),
            (DayCount::Calendar, _) => ("ngày", "days"),
            (DayCount::Working, 1) => ("ngày làm việc", "working day"),
            (DayCount::Working, _) => ("ngày làm việc", "working days"),
        };
        lang.pick(
            format!("ngày {done} muộn hơn hạn {due} là {days} {vi}, {earns}"),
            format!("{done} is {days} {en} after the due date {due}, {earns}"),
        )
    }

    /// `5 ngày làm việc sau ngày 02/3/2026`
    fn counted_from(&self, from: &DueFrom) -> String {
        let (lang, day) = (self.lang, self.lang.date(from.day));
        let count = from.shift.unsigned_abs();
        let (vi, en) = match (from.days, count) {
            (DayCount::Calendar, 1) => ("ngày", "day"),
            (DayCount::Calendar, _) => ("ngày", "days"),
            (DayCount::Working, 1) => ("ngày làm việc", "working day"),
            (DayCount::Working, _) => ("ngày làm việc", "working days"),
        };
        let (after, later) = if from.shift > 0 { ("sau", "after") } else { ("trước", "before") };
        lang.pick(format!("{count} {vi} {after} ngày {day}"), format!("{count} {en} {later} {day}"))
    }

    fn rounded(&self, to: &Number, digits: u8, mode: RoundMode) -> String {
        let fixed = self.lang.fixed(to, digits);
        let (vi, en) = match mode {
            RoundMode::HalfUp => ("làm tròn", "rounded to"),
            RoundMode::Cut => ("cắt còn", "cut to"),
        };
        self.lang.pick(
            format!("{vi} {digits} chữ số thập phân thành {fixed} điểm"),
            format!("{en} {digits} decimals: {fixed} points"),
        )
    }

    fn percent(&self, share: &Number) -> String {
        percent_operand(self.lang, share)
    }
}
