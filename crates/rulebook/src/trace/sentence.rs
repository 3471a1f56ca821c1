//! The steps of an evaluation as one sentence, in Vietnamese and in English.

use super::shown::show_condition;
use super::{Counted, Names, Part, Step, Verdict, show_expr, show_factor};
use crate::expr::Expr;
use crate::lang::Lang;
use crate::number::{Number, RoundMode};
use crate::rule::{DayCount, End, Range};

/// One sentence that says how the points came about; `max` is the criterion's maximum.
///
/// For 998 of 1,271 satisfied with a threshold of 90 % and 6 points:
/// «Tỷ lệ 998/1.271 = 78,52%, dưới ngưỡng 90% nên được 78,52% : 90% × 6 = 5,2347… điểm; làm tròn 2 chữ số
/// thập phân thành 5,23 điểm.»
#[must_use]
pub fn sentence(lang: Lang, steps: &[Step<'_>], names: &Names<'_>, max: &Number) -> String {
    let teller = Teller { lang, names, max };
    let clauses: Vec<_> = steps.iter().map(|step| teller.clause(step)).collect();
    let text = clauses.join("; ");
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

struct Teller<'a> {
    lang: Lang,
    names: &'a Names<'a>,
    max: &'a Number,
}

impl Teller<'_> {
    fn points(&self, points: &Number) -> String {
        let one = *points == Number::ONE;
        format!(
            "{} {}",
            self.lang.short(points),
            self.lang.pick("điểm", if one { "point" } else { "points" })
        )
    }

    /// `được 2 điểm`, or that the criterion does not apply.
    fn earns(&self, points: Option<&Number>) -> String {
        match points {
            Some(points) => format!("{} {}", self.lang.pick("được", "gives"), self.points(points)),
            None => self.so(None),
        }
    }

    /// `nên được 2 điểm`, or that the criterion does not apply.
    fn so(&self, points: Option<&Number>) -> String {
        match points {
            Some(points) => format!("{} {}", self.lang.pick("nên được", "so"), self.points(points)),
            None => {
                self.lang.pick("nên tiêu chí không áp dụng", "so the criterion does not apply").to_owned()
            }
        }
    }

    fn expr(&self, expr: &Expr<crate::eval::Slot>) -> String {
        show_expr(self.lang, expr, self.names, self.max)
    }

    /// `998/1.271 = 78,52%`, or only the value where the expression is no more than it.
    fn share(&self, measure: &Expr<crate::eval::Slot>, share: &Number) -> String {
        let value = self.lang.percent(share);
        if matches!(measure, Expr::Input(_)) { value } else { format!("{} = {value}", self.expr(measure)) }
    }

    #[expect(clippy::too_many_lines, reason = "one clause for each kind of step, side by side")]
    fn clause(&self, step: &Step<'_>) -> String {
        let lang = self.lang;
        match step {
            Step::Entered(points) => {
                format!(
                    "{} {}",
                    lang.pick("điểm do người chấm nhập là", "the points entered are"),
                    self.points(points)
                )
            }
            Step::Overruled { points, computed } => self.overruled(points, computed.as_ref()),
            Step::FromParent(points) => format!(
                "{} {}",
                lang.pick("lấy điểm của đơn vị cấp trên,", "takes the points of the unit above,"),
                self.points(points)
            ),
            Step::Chosen { label, points } => {
                format!("{} «{label}» {}", lang.pick("chọn", "answer"), self.earns(points.as_ref()))
            }
            Step::PerUnit { parts, sum, capped } => self.per_unit(parts, sum, capped.as_ref()),
            Step::Deducted { parts, off, left } => self.deducted(parts, off, left),
            Step::Share { measure, share, verdict, .. } => {
                self.verdict(&self.share(measure, share), share, verdict)
            }
            Step::Band { measure, value, range, points } => self.band(measure, value, range, points.as_ref()),
            Step::Sum { parts, sum } => self.sum(parts, sum),
            Step::Steps { .. } => self.steps(step),
            Step::Survey { .. } => self.survey(step),
            Step::Sipas { share, points, .. } => {
                let (share, max) = (lang.percent(share), lang.short(self.max));
                let title = lang.pick("Chỉ số hài lòng", "the satisfaction index");
                format!("{title} {share} × {max} = {}", self.points(points))
            }
            Step::NoBreach => {
                lang.pick("không có trường hợp vi phạm nào nên được điểm tối đa", "no breach, so full marks")
                    .to_owned()
                    + &format!(", {}", self.points(self.max))
            }
            Step::Breach { breach, points } => self.breach(breach.as_ref(), points.as_ref()),
            Step::Deadline { .. } => self.deadline(step),
            Step::NeverDone { points } => {
                format!("{} {}", lang.pick("chưa thực hiện", "not done,"), self.so(points.as_ref()))
            }
            Step::Case(label) => format!("{} «{label}»", lang.pick("trường hợp", "case")),
            Step::When(condition) => {
                let condition = show_condition(lang, condition, self.names);
                format!("{} {condition}", lang.pick("vì", "because"))
            }
            Step::Otherwise => {
                lang.pick("không rơi vào điều kiện nào ở trên", "no condition held").to_owned()
            }
            Step::Formula { expr, points } => {
                format!("{} {} = {}", lang.pick("công thức", "formula"), self.expr(expr), self.points(points))
            }
            Step::Fallback(slot) => {
                let title = self.names.title(*slot);
                lang.pick(
                    format!("thiếu «{title}» nên dùng số thay thế"),
                    format!("“{title}” is missing, so its substitute is used"),
                )
            }
            Step::ZeroDenominator(points) => format!(
                "{} {}",
                lang.pick("mẫu số bằng 0 (không phát sinh)", "the denominator is zero,"),
                self.so(points.as_ref())
            ),
            Step::ZeroRatio(percent) => format!(
                "{} {}%",
                lang.pick(
                    "mẫu số bằng 0 nên tỷ lệ tính là",
                    "the denominator is zero, so the ratio counts as"
                ),
                lang.short(percent)
            ),
            Step::Capped(points) => {
                let (points, max) = (self.points(points), self.points(self.max));
                lang.pick(
                    format!("{points} vượt điểm tối đa nên lấy {max}"),
                    format!("{points} exceeds the maximum, so {max}"),
                )
            }
            Step::Floored(points) => format!(
                "{} {}",
                self.points(points),
                lang.pick("nhỏ hơn 0 nên lấy 0 điểm", "is below zero, so 0 points")
            ),
            Step::Rounded { to, digits, mode, .. } => self.rounded(to, digits.get(), *mode),
        }
    }

    fn overruled(&self, points: &Number, computed: Option<&Number>) -> String {
        let given = self.points(points);
        match computed {
            Some(computed) => {
                let computed = self.points(computed);
                self.lang.pick(
                    format!("người chấm cho {given}, thay cho {computed} tính theo quy tắc"),
                    format!("the scorer gave {given} in place of {computed} by the rule"),
                )
            }
            None => self.lang.pick(format!("người chấm cho {given}"), format!("the scorer gave {given}")),
        }
    }

    /// `3 × 0,5 + 2 × 1`
    fn counted(&self, parts: &[Counted<'_>]) -> String {
        let one = |part: &Counted<'_>| {
            format!("{} × {}", self.lang.short(&part.count), self.lang.short(&part.each))
        };
        parts.iter().map(one).collect::<Vec<_>>().join(" + ")
    }

    fn per_unit(&self, parts: &[Counted<'_>], sum: &Number, capped: Option<&Number>) -> String {
        let text = format!("{} = {}", self.counted(parts), self.points(sum));
        match capped {
            Some(cap) => {
                format!(
                    "{text}, {} {}",
                    self.lang.pick("vượt mức cao nhất nên được", "over the cap, so"),
                    self.points(cap)
                )
            }
            None => text,
        }
    }

    fn deducted(&self, parts: &[Counted<'_>], off: &Number, left: &Number) -> String {
        let (counted, off, left) = (self.counted(parts), self.points(off), self.points(left));
        let max = self.points(self.max);
        self.lang.pick(
            format!("{max} trừ {counted} = {off}, còn {left}"),
            format!("{max} less {counted} = {off} leaves {left}"),
        )
    }

    fn verdict(&self, measured: &str, share: &Number, verdict: &Verdict) -> String {
        let lang = self.lang;
        let max = lang.short(self.max);
        let measured = format!("{} {measured}", lang.pick("tỷ lệ", "ratio"));
        match verdict {
            Verdict::Full(full) => {
                let (full, points) = (lang.percent(full), self.points(self.max));
                lang.pick(
                    format!("{measured}, đạt ngưỡng {full} nên được điểm tối đa {points}"),
                    format!("{measured}, reaches {full}, so full marks: {points}"),
                )
            }
            Verdict::Below(below) => {
                let below = lang.percent(below);
                lang.pick(
                    format!("{measured}, dưới mức {below} nên được 0 điểm"),
                    format!("{measured}, below {below}, so 0 points"),
                )
            }
            Verdict::Scaled { full: Some(full), points } => {
                let (share, full, points) = (lang.percent(share), lang.percent(full), self.points(points));
                lang.pick(
                    format!("{measured}, dưới ngưỡng {full} nên được {share} : {full} × {max} = {points}"),
                    format!(
                        "{measured}, below the threshold of {full}, so {share} ÷ {full} × {max} = {points}"
                    ),
                )
            }
            Verdict::Scaled { full: None, points } => {
                let (share, points) = (lang.percent(share), self.points(points));
                format!("{measured}, {} {share} × {max} = {points}", lang.pick("được", "gives"))
            }
        }
    }

    fn band(
        &self,
        measure: &Expr<crate::eval::Slot>,
        value: &Number,
        range: &Range,
        points: Option<&Number>,
    ) -> String {
        let percent = [&range.from, &range.to].into_iter().flatten().any(|end| end.percent);
        let shown = if percent { self.lang.percent(value) } else { self.lang.short(value) };
        let measured = if matches!(measure, Expr::Input(_)) {
            shown
        } else {
            format!("{} = {shown}", self.expr(measure))
        };
        let level = self.lang.pick("thuộc bậc", "in the band");
        format!("{measured} {level} {}, {}", self.range(range), self.earns(points))
    }

    fn range(&self, range: &Range) -> String {
        let lang = self.lang;
        let at = |end: &End| if end.percent { lang.percent(&end.at) } else { lang.short(&end.at) };
        let from = range.from.as_ref().map(|end| {
            let word = if end.included { lang.pick("từ", "from") } else { lang.pick("trên", "above") };
            format!("{word} {}", at(end))
        });
        let to = range.to.as_ref().map(|end| {
            let below = if range.from.is_some() { "đến dưới" } else { "dưới" };
            let word = if end.included { lang.pick("đến", "up to") } else { lang.pick(below, "below") };
            format!("{word} {}", at(end))
        });
        from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
    }

    fn sum(&self, parts: &[Part<'_>], sum: &Number) -> String {
        let one = |part: &Part<'_>| {
            let text = format!(
                "{} × {}",
                self.lang.short(part.weight),
                show_factor(self.lang, part.measure, self.names, self.max)
            );
            match part.capped {
                Some(cap) => {
                    format!("{} ({text}, {})", self.lang.short(cap), self.lang.pick("tối đa", "capped"))
                }
                None => text,
            }
        };
        let parts = parts.iter().map(one).collect::<Vec<_>>().join(" + ");
        format!("{parts} = {}", self.points(sum))
    }

    fn steps(&self, step: &Step<'_>) -> String {
        let Step::Steps { rule, value, steps, capped, points } = step else { return String::new() };
        let lang = self.lang;
        let (value, to, base) = (lang.short(value), lang.short(&rule.base_to), lang.short(&rule.base));
        let (steps, size, each) = (lang.short(steps), lang.short(&rule.step), lang.short(&rule.each));
        let cut = capped.map(|_| lang.pick(" (mức cao nhất)", " (the cap)")).unwrap_or_default();
        let points = self.points(points);
        lang.pick(
            format!("{value}: đến {to} được {base}, thêm {steps} bước {size} × {each}, được {points}{cut}"),
            format!("{value}: {base} up to {to}, {steps} more steps of {size} × {each}, gives {points}{cut}"),
        )
    }

    fn survey(&self, step: &Step<'_>) -> String {
        let Step::Survey { counts, forms, share, points, .. } = step else { return String::new() };
        let lang = self.lang;
        let one = |(answer, count): &(&crate::rule::Weighted<_>, Number)| {
            format!("{} × {}%", lang.short(count), lang.short(&answer.percent))
        };
        let weighed = counts.iter().map(one).collect::<Vec<_>>().join(" + ");
        let (forms, share, max) = (lang.short(forms), lang.percent(share), lang.short(self.max));
        let points = self.points(points);
        lang.pick(
            format!("({weighed}) : {forms} phiếu = {share}, nhân {max} được {points}"),
            format!("({weighed}) ÷ {forms} forms = {share}, times {max} gives {points}"),
        )
    }

    fn breach(&self, breach: Option<&(crate::eval::Slot, Number)>, points: Option<&Number>) -> String {
        let (title, count) =
            breach.map(|(slot, count)| (self.names.title(*slot), self.lang.short(count))).unwrap_or_default();
        let so = self.so(points);
        self.lang.pick(format!("có {count} «{title}» {so}"), format!("{count} of “{title}”, {so}"))
    }

    fn deadline(&self, step: &Step<'_>) -> String {
        let Step::Deadline { done, due, moved, late, points } = step else { return String::new() };
        let lang = self.lang;
        let (done, earns) = (lang.date(*done), self.earns(points.as_ref()));
        let due = match moved.map(|day| lang.date(day)) {
            None => lang.date(*due),
            Some(day) => {
                let due = lang.date(*due);
                lang.pick(
                    format!("{due} ({day} là ngày nghỉ, chuyển sang ngày làm việc tiếp theo)"),
                    format!("{due} ({day} is a day off, so the next working day is due)"),
                )
            }
        };
        let Some((days, count)) = late else {
            return lang.pick(
                format!("ngày {done} không muộn hơn hạn {due}, đúng hạn, {earns}"),
                format!("{done} is not after the due date {due}: in time, {earns}"),
            );
        };
        let (vi, en) = match count {
            DayCount::Calendar => ("ngày", "days"),
            DayCount::Working => ("ngày làm việc", "working days"),
        };
        lang.pick(
            format!("ngày {done} muộn hơn hạn {due} là {days} {vi}, {earns}"),
            format!("{done} is {days} {en} after the due date {due}, {earns}"),
        )
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
}
