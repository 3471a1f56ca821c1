//! Inputs that a rule brings along by itself: the answer to choose, the counts of survey answers.

use super::{Body, Rule};
use crate::input::{Input, Kind};
use crate::slot::Slot;

/// The inputs a rule declares by being what it is. One that the criterion declares itself wins.
#[must_use]
pub fn implied_inputs(rule: &Rule<String>) -> Vec<Input> {
    let mut found = Vec::new();
    collect(&rule.body, &mut found);
    found
}

fn collect(body: &Body<String>, found: &mut Vec<Input>) {
    match body {
        Body::Choice { input, options } => {
            found.push(choice(input, options.iter().map(|option| &option.label)));
        }
        Body::Survey { answers } => found.extend(answers.iter().map(|answer| Input {
            name: answer.input.clone(),
            kind: Kind::Count,
            label: format!("Số phiếu trả lời {}", answer.label),
        })),
        Body::Cases { pick, cases } => {
            found.push(choice(pick, cases.iter().map(|case| &case.label)));
            for case in cases {
                collect(&case.then, found);
            }
        }
        Body::When { arms, otherwise } => {
            for arm in arms {
                collect(&arm.then, found);
            }
            collect(otherwise, found);
        }
        _ => {}
    }
}

fn choice<'a>(name: &str, labels: impl Iterator<Item = &'a String>) -> Input {
    Input { name: name.to_owned(), kind: Kind::Choice(labels.cloned().collect()), label: String::new() }
}

impl Rule<Slot> {
    /// The dates of which the rule says what "not done" earns.
    #[must_use]
    pub fn dates_to_be_done(&self) -> Vec<Slot> {
        let mut found = Vec::new();
        dates(&self.body, &mut found);
        found
    }
}

fn dates(body: &Body<Slot>, found: &mut Vec<Slot>) {
    match body {
        Body::Deadline(deadline) if deadline.never.is_some() => found.push(deadline.done),
        Body::Cases { cases, .. } => {
            for case in cases {
                dates(&case.then, found);
            }
        }
        Body::When { arms, otherwise } => {
            for arm in arms {
                dates(&arm.then, found);
            }
            dates(otherwise, found);
        }
        _ => {}
    }
}
