//! The figures behind a sentence, by their names: `Số liệu: «hồ sơ đúng hạn» 998; «tổng số hồ sơ» 1.271.`

use super::equation::percent_operand;
use super::{ShownNames, Step};
use crate::expr::{Condition, Expr};
use crate::input::{Kind, Value};
use crate::lang::Lang;
use crate::rule::Award;
use crate::slot::Slot;

/// The figures that the steps show without a name; empty where there is none.
pub(super) fn figures(lang: Lang, steps: &[Step<'_>], names: &ShownNames<'_>) -> String {
    let mut slots = Vec::new();
    for step in steps {
        step_slots(step, &mut slots);
    }
    let mut told: Vec<String> = Vec::new();
    for slot in slots {
        if matches!(names.values.get(slot.index()), None | Some(Value::Missing)) {
            continue;
        }
        let (title, value) = (names.title(slot), exactly(lang, slot, names));
        let one = lang.pick(format!("«{title}» {value}"), format!("“{title}” {value}"));
        if !told.contains(&one) {
            told.push(one);
        }
    }
    if told.is_empty() {
        return String::new();
    }
    format!("{} {}.", lang.pick("Số liệu:", "Figures:"), told.join("; "))
}

/// A value to the last digit, as the sentence reckons with it.
fn exactly(lang: Lang, slot: Slot, names: &ShownNames<'_>) -> String {
    let kind = names.inputs.get(slot.index()).map(|input| &input.kind);
    match (names.values.get(slot.index()), kind) {
        (Some(Value::Number(share)), Some(Kind::Ratio { .. })) => percent_operand(lang, share),
        (Some(Value::Number(number)), _) => lang.exact(number),
        _ => names.value(lang, slot),
    }
}

fn step_slots(step: &Step<'_>, slots: &mut Vec<Slot>) {
    match step {
        Step::PerUnit { parts, .. } | Step::Deducted { parts, .. } => {
            for part in parts {
                expr_slots(part.what, slots);
                award_slots(part.each, slots);
            }
        }
        Step::Share { measure, .. } | Step::Sipas { measure, .. } => expr_slots(measure, slots),
        Step::Formula { expr, .. } => expr_slots(expr, slots),
        Step::Band { measure, gives, .. } => {
            expr_slots(measure, slots);
            award_slots(gives.award, slots);
        }
        Step::Sum { parts, .. } => parts.iter().for_each(|part| expr_slots(part.measure, slots)),
        Step::Steps { rule, .. } => expr_slots(&rule.measure, slots),
        Step::Survey { counts, .. } => slots.extend(counts.iter().map(|(answer, _)| answer.input)),
        Step::Deadline { slot, from, gives, .. } => {
            slots.extend(from.as_ref().and_then(|from| from.slot));
            slots.push(*slot);
            award_slots(gives.award, slots);
        }
        Step::Chosen { gives, .. } | Step::Breach { gives, .. } | Step::NeverDone { gives } => {
            award_slots(gives.award, slots);
        }
        Step::When(held) => held.iter().for_each(|condition| condition_slots(condition, slots)),
        _ => {}
    }
}

fn award_slots(award: &Award<Slot>, slots: &mut Vec<Slot>) {
    if let Award::Formula(expr) = award {
        expr_slots(expr, slots);
    }
}

/// What a condition compares; an answer stands beside its name already.
fn condition_slots(condition: &Condition<Slot>, slots: &mut Vec<Slot>) {
    match condition {
        Condition::Compare(_, left, right) => {
            expr_slots(left, slots);
            expr_slots(right, slots);
        }
        Condition::Is(..) => {}
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                condition_slots(part, slots);
            }
        }
    }
}

fn expr_slots(expr: &Expr<Slot>, slots: &mut Vec<Slot>) {
    slots.extend(expr.inputs());
}
