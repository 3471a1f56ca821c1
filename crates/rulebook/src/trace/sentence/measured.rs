//! Clauses about a share or another value against thresholds and bands.

use super::Teller;
use crate::expr::Expr;
use crate::number::Number;
use crate::rule::{End, Range};
use crate::slot::Slot;
use crate::trace::equation::{equals_percent, has_end, is_short_percent};
use crate::trace::{Awarded, ShareOutcome};

impl Teller<'_> {
    /// `998/1.271 ≈ 78,52%`, and the share as an operand of what follows.
    fn ratio<'n>(
        &self,
        measure: &Expr<Slot>,
        share: &Number,
        beside: impl IntoIterator<Item = &'n Number>,
    ) -> (String, String) {
        let factor = self.factor(measure);
        let bare = matches!(measure, Expr::Input(_) | Expr::Percent(_)) && has_end(share);
        if bare || self.is_zero_ratio(measure) {
            return (self.expr(measure), factor);
        }
        let text = format!("{} {}", self.expr(measure), equals_percent(self.lang, share, beside));
        let operand = if is_short_percent(share) { self.percent(share) } else { factor };
        (text, operand)
    }

    fn is_zero_ratio(&self, measure: &Expr<Slot>) -> bool {
        self.shown.zero.iter().any(|(at, _)| std::ptr::eq(*at, measure))
    }

    pub(super) fn share(&self, measure: &Expr<Slot>, share: &Number, verdict: &ShareOutcome) -> String {
        let lang = self.lang;
        let at = match verdict {
            ShareOutcome::Full(at) | ShareOutcome::Below(at) => Some(at),
            ShareOutcome::Scaled { full, .. } => full.as_ref(),
        };
        let (text, operand) = self.ratio(measure, share, at);
        let measured = format!("{} {text}", lang.pick("tỷ lệ", "ratio"));
        let max = lang.exact(self.max);
        match verdict {
            ShareOutcome::Full(full) => {
                let (full, points) = (self.percent(full), self.points(self.max));
                lang.pick(
                    format!("{measured}, đạt ngưỡng {full} nên được điểm tối đa {points}"),
                    format!("{measured}, reaches {full}, so full marks: {points}"),
                )
            }
            ShareOutcome::Below(below) => {
                let below = self.percent(below);
                lang.pick(
                    format!("{measured}, dưới mức {below} nên được 0 điểm"),
                    format!("{measured}, below {below}, so 0 points"),
                )
            }
            ShareOutcome::Scaled { full: Some(full), points } => {
                let (full, result) = (self.percent(full), self.result(points));
                lang.pick(
                    format!("{measured}, dưới ngưỡng {full} nên được {operand} : {full} × {max} {result}"),
                    format!(
                        "{measured}, below the threshold of {full}, so {operand} ÷ {full} × {max} {result}"
                    ),
                )
            }
            ShareOutcome::Scaled { full: None, points } => {
                format!(
                    "{measured}, {} {operand} × {max} {}",
                    lang.pick("được", "gives"),
                    self.result(points)
                )
            }
        }
    }

    pub(super) fn sipas(&self, measure: &Expr<Slot>, share: &Number, points: &Number) -> String {
        let title = self.lang.pick("Chỉ số hài lòng", "the satisfaction index");
        let (text, operand) = self.ratio(measure, share, None);
        let (max, result) = (self.lang.exact(self.max), self.result(points));
        if text == operand {
            return format!("{title} {text} × {max} {result}");
        }
        format!("{title} {text}, {} {operand} × {max} {result}", self.lang.pick("được", "gives"))
    }

    pub(super) fn band(
        &self,
        measure: &Expr<Slot>,
        value: &Number,
        range: &Range,
        gives: &Awarded<'_>,
    ) -> String {
        let ends = || [&range.from, &range.to].into_iter().flatten();
        let measured = if ends().any(|end| end.percent) {
            self.ratio(measure, value, ends().map(|end| &end.at)).0
        } else {
            self.value(measure, value)
        };
        let level = self.lang.pick("thuộc bậc", "in the band");
        format!("{measured} {level} {}, {}", self.range(range), self.earns(gives))
    }

    /// `(5 − 2)/4 = 0,75`, or the value alone where nothing is computed.
    pub(super) fn value(&self, measure: &Expr<Slot>, value: &Number) -> String {
        match measure {
            Expr::Input(_) | Expr::Number(_) | Expr::Percent(_) => self.expr(measure),
            _ if self.is_zero_ratio(measure) => self.expr(measure),
            _ => format!("{} = {}", self.expr(measure), self.lang.cut(value, self.decimals)),
        }
    }

    fn range(&self, range: &Range) -> String {
        let lang = self.lang;
        let at = |end: &End| if end.percent { self.percent(&end.at) } else { lang.exact(&end.at) };
        if let (Some(from), Some(to)) = (&range.from, &range.to)
            && from.at == to.at
        {
            return format!("{} {}", lang.pick("bằng", "of exactly"), at(from));
        }
        let from = range.from.as_ref().map(|end| {
            let word = if end.included { lang.pick("từ", "from") } else { lang.pick("trên", "above") };
            format!("{word} {}", at(end))
        });
        let to = range.to.as_ref().map(|end| {
            let word = match (end.included, range.from.is_some()) {
                (true, _) => lang.pick("đến", "up to"),
                (false, true) => lang.pick("đến dưới", "to below"),
                (false, false) => lang.pick("dưới", "below"),
            };
            format!("{word} {}", at(end))
        });
        from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
    }
}
