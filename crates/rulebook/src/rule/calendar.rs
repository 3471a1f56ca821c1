//! Whether a rule asks which days are worked.

use super::{Award, Body, DayCount, Deadline, Rule};
use crate::expr::{Condition, Expr, Function};

impl<N> Rule<N> {
    /// Whether it counts working days: another calendar may then give other points.
    #[must_use]
    pub fn counts_working_days(&self) -> bool {
        body(&self.body)
    }
}

fn body<N>(of: &Body<N>) -> bool {
    match of {
        Body::Judgement { .. } | Body::Information | Body::FromParent | Body::Survey { .. } => false,
        Body::Choice { options, .. } => options.iter().any(|option| award(&option.then)),
        Body::NoBreach { otherwise, .. } => award(otherwise),
        Body::PerUnit { terms, cap } => {
            terms.iter().any(|each| expr(&each.count) || award(&each.award))
                || cap.as_ref().is_some_and(award)
        }
        Body::Deduct { terms } => terms.iter().any(|each| expr(&each.count) || award(&each.award)),
        Body::Proportional { measure, .. } | Body::Sipas { share: measure } => expr(measure),
        Body::Bands { measure, bands } => expr(measure) || bands.iter().any(|band| award(&band.award)),
        Body::WeightedSum { terms } => terms.iter().any(|term| expr(&term.measure)),
        Body::Steps(steps) => expr(&steps.measure),
        Body::Deadline(deadline) => counts(deadline),
        Body::Cases { cases, .. } => cases.iter().any(|case| body(&case.then)),
        Body::When { arms, otherwise } => {
            arms.iter().any(|arm| condition(&arm.condition) || body(&arm.then)) || body(otherwise)
        }
        Body::Formula(formula) => expr(formula),
    }
}

fn counts<N>(deadline: &Deadline<N>) -> bool {
    let tiers = deadline.late.iter().map(|tier| &tier.award).chain(&deadline.never);
    (deadline.due.shift != 0 && deadline.due.days == DayCount::Working)
        || deadline.late.iter().any(|tier| tier.count == DayCount::Working)
        || tiers.chain([&deadline.in_time, &deadline.later]).any(award)
}

fn award<N>(of: &Award<N>) -> bool {
    matches!(of, Award::Formula(formula) if expr(formula))
}

fn condition<N>(of: &Condition<N>) -> bool {
    match of {
        Condition::Compare(_, left, right) => expr(left) || expr(right),
        Condition::Is(..) => false,
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(condition),
    }
}

fn expr<N>(of: &Expr<N>) -> bool {
    match of {
        Expr::Number(_) | Expr::Percent(_) | Expr::Max | Expr::Input(_) => false,
        Expr::Negate(inner) => expr(inner),
        Expr::Binary(_, left, right) | Expr::Growth(left, right) | Expr::Fallback(left, right) => {
            expr(left) || expr(right)
        }
        Expr::Call(function, arguments) => *function == Function::WorkingDays || arguments.iter().any(expr),
    }
}

#[cfg(test)]
mod tests {
    use crate::notation;

    #[test]
    fn only_rules_that_count_working_days_ask_for_the_calendar() {
        for (rule, asks) in [
            ("theo tỷ lệ a/b", false),
            ("hạn 15/01/2026 cho x: đúng hạn được 1 điểm; trễ được 0 điểm", false),
            (
                "hạn 15/01/2026 cho x: đúng hạn được 1 điểm; trễ đến 3 ngày được 0,5 điểm; trễ hơn được 0 điểm",
                false,
            ),
            (
                "hạn 15/01/2026 cho x: đúng hạn được 1 điểm; trễ đến 3 ngày làm việc được 0,5 điểm; trễ hơn được 0 điểm",
                true,
            ),
            ("hạn [a] lùi 5 ngày làm việc cho x: đúng hạn được 1 điểm; trễ được 0 điểm", true),
            ("công thức số ngày làm việc(x; y)/10", true),
            ("nếu số ngày làm việc(x; y) > 5 thì 0 điểm | còn lại 1 điểm", true),
        ] {
            assert_eq!(notation::parse(rule).unwrap().counts_working_days(), asks, "{rule}");
        }
    }
}
