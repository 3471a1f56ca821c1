//! Whether each input is of a kind that its rule can use, and answers put into the order of their input.

use super::SetProblem;
use crate::expr::{Condition, Expr, Function};
use crate::input::{Input, Kind};
use crate::rule::{Anchor, Award, Body, Deadline, Each, Labelled, Rule};
use crate::slot::Slot;
use crate::word::same;

type Checked = Result<(), SetProblem>;

/// Checks a rule against the kinds of its inputs and sorts its answers as the inputs list them.
pub(super) fn check_rule(mut rule: Rule<Slot>, inputs: &[Input]) -> Result<Rule<Slot>, SetProblem> {
    Kinds { inputs }.body(&mut rule.body)?;
    Ok(rule)
}

struct Kinds<'i> {
    inputs: &'i [Input],
}

impl Kinds<'_> {
    fn input(&self, slot: Slot) -> Option<&Input> {
        self.inputs.get(slot.index())
    }

    fn need(&self, slot: Slot, needed: &'static str, fits: impl Fn(&Kind) -> bool) -> Checked {
        match self.input(slot) {
            Some(input) if !fits(&input.kind) => {
                Err(SetProblem::WrongKind(input.name.clone(), input.kind.word(), needed))
            }
            _ => Ok(()),
        }
    }

    fn number(&self, slot: Slot) -> Checked {
        self.need(slot, "một số", |kind| !matches!(kind, Kind::Date | Kind::Choice(_)))
    }

    fn date(&self, slot: Slot) -> Checked {
        self.need(slot, "một ngày", |kind| *kind == Kind::Date)
    }

    fn body(&self, body: &mut Body<Slot>) -> Checked {
        match body {
            Body::Judgement { .. } | Body::Information | Body::FromParent => Ok(()),
            Body::Choice { input, options } => {
                options.iter().try_for_each(|option| self.award(&option.then))?;
                self.sort(*input, options)
            }
            Body::PerUnit { terms, cap } => {
                cap.iter().try_for_each(|cap| self.award(cap))?;
                self.each(terms)
            }
            Body::Deduct { terms } => self.each(terms),
            Body::Proportional { measure, .. } | Body::Sipas { share: measure } | Body::Formula(measure) => {
                self.expr(measure)
            }
            Body::Bands { measure, bands } => {
                self.expr(measure)?;
                bands.iter().try_for_each(|band| self.award(&band.award))
            }
            Body::WeightedSum { terms } => terms.iter().try_for_each(|term| self.expr(&term.measure)),
            Body::Steps(steps) => self.expr(&steps.measure),
            Body::Survey { answers } => {
                no_twins(answers.iter().map(|answer| answer.label.as_str()))?;
                answers.iter().try_for_each(|answer| self.number(answer.input))
            }
            Body::NoBreach { inputs, otherwise } => {
                self.award(otherwise)?;
                inputs.iter().try_for_each(|input| self.number(*input))
            }
            Body::Deadline(deadline) => self.deadline(deadline),
            Body::Cases { pick, cases } => {
                cases.iter_mut().try_for_each(|case| self.body(&mut case.then))?;
                self.sort(*pick, cases)
            }
            Body::When { arms, otherwise } => {
                for arm in arms {
                    self.condition(&arm.condition)?;
                    self.body(&mut arm.then)?;
                }
                self.body(otherwise)
            }
        }
    }

    fn each(&self, terms: &[Each<Slot>]) -> Checked {
        terms.iter().try_for_each(|each| {
            self.award(&each.award)?;
            self.expr(&each.count)
        })
    }

    fn award(&self, award: &Award<Slot>) -> Checked {
        if let Award::Formula(expr) = award { self.expr(expr) } else { Ok(()) }
    }

    fn deadline(&self, deadline: &Deadline<Slot>) -> Checked {
        self.date(deadline.done)?;
        if let Anchor::Input(slot) = deadline.due.anchor {
            self.date(slot)?;
        }
        let awards = deadline.late.iter().map(|tier| &tier.award).chain(&deadline.never);
        awards.chain([&deadline.in_time, &deadline.later]).try_for_each(|award| self.award(award))
    }

    fn expr(&self, expr: &Expr<Slot>) -> Checked {
        match expr {
            Expr::Number(_) | Expr::Percent(_) | Expr::Max => Ok(()),
            Expr::Input(slot) => self.number(*slot),
            Expr::Negate(inner) => self.expr(inner),
            Expr::Binary(_, left, right) | Expr::Growth(left, right) | Expr::Fallback(left, right) => {
                self.expr(left)?;
                self.expr(right)
            }
            Expr::Call(Function::Days | Function::WorkingDays, arguments) => {
                arguments.iter().try_for_each(|argument| match argument {
                    Expr::Input(slot) => self.date(*slot),
                    _ => {
                        Err(SetProblem::WrongKind("số ngày".to_owned(), "biểu thức", "tên số liệu loại ngày"))
                    }
                })
            }
            Expr::Call(_, arguments) => arguments.iter().try_for_each(|argument| self.expr(argument)),
        }
    }

    fn condition(&self, condition: &Condition<Slot>) -> Checked {
        match condition {
            Condition::Compare(_, left, right) => {
                self.expr(left)?;
                self.expr(right)
            }
            Condition::Is(slot, answer) => match self.answers(*slot)? {
                answers if answers.iter().any(|each| same(each, answer)) => Ok(()),
                _ => Err(self.no_answer(*slot, answer)),
            },
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().try_for_each(|part| self.condition(part))
            }
        }
    }

    fn answers(&self, slot: Slot) -> Result<Vec<String>, SetProblem> {
        let needed = "lựa chọn hoặc có/không";
        self.need(slot, needed, |kind| matches!(kind, Kind::Choice(_) | Kind::YesNo))?;
        Ok(match self.input(slot).map(|input| &input.kind) {
            Some(Kind::Choice(options)) => options.clone(),
            _ => vec!["Có".to_owned(), "Không".to_owned()],
        })
    }

    fn no_answer(&self, slot: Slot, answer: &str) -> SetProblem {
        let name = self.input(slot).map(|input| input.name.clone()).unwrap_or_default();
        SetProblem::NoSuchAnswer(answer.to_owned(), name)
    }

    /// The rule's answers in the order in which the input lists them, so that a value is its own index.
    fn sort<T>(&self, slot: Slot, answers: &mut [Labelled<T>]) -> Checked {
        let order = self.answers(slot)?;
        no_twins(answers.iter().map(|answer| answer.label.as_str()))?;
        let stray = answers.iter().find(|answer| !order.iter().any(|label| same(label, &answer.label)));
        if let Some(stray) = stray {
            return Err(self.no_answer(slot, &stray.label));
        }
        let missing = order.iter().find(|label| !answers.iter().any(|answer| same(label, &answer.label)));
        if let Some(missing) = missing {
            return Err(self.no_answer(slot, missing));
        }
        answers.sort_by_key(|answer| order.iter().position(|label| same(label, &answer.label)));
        Ok(())
    }
}

/// An answer that stands twice can be chosen only once.
fn no_twins<'a>(labels: impl Iterator<Item = &'a str>) -> Checked {
    let mut seen: Vec<&str> = Vec::new();
    for label in labels {
        if seen.iter().any(|other| same(other, label)) {
            return Err(SetProblem::AnswerTwice(label.to_owned()));
        }
        seen.push(label);
    }
    Ok(())
}
