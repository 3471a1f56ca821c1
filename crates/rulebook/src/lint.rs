//! Advice for authors of criteria sets: what does not add up, can never happen, or was forgotten.

use std::collections::HashSet;

use crate::finding::{Finding, Severity};
use crate::slot::Slot;

use crate::number::Number;
use crate::rule::ZeroDenominator;
use crate::set::{Compiled, Method, Part, Places};

mod bands;
mod bound;
mod measure;
mod number;
mod percent;
mod problem;
mod settings;
mod totals;

pub use problem::{LintProblem, NumberProblem, PercentProblem, SettingProblem, Which};
pub use settings::naming;

use measure::Measures;
use percent::Percents;

/// What one look at one node found: how bad, in which column, what.
type Found = (Severity, &'static str, LintProblem);

/// Everything worth telling the author, errors first, then in the order of the rows.
///
/// ```
/// use parindex_rulebook::lint::lint;
/// use parindex_rulebook::set::{SetAbout, Compiled, CriteriaSet, Criterion, Method, Places};
///
/// let node = |code: &str, parent: Option<&str>, max: &str| Criterion {
///     code: code.into(), parent: parent.map(Into::into), name: code.into(), max: max.parse().ok(),
///     method: Some(Method::Appraised), evidence: "Quyết định".into(), ..Criterion::default()
/// };
/// let criteria = vec![node("5", None, "10.05"), node("5.1", Some("5"), "4.5"), node("5.2", Some("5"), "6")];
/// let about = SetAbout { code: "MAU".into(), title: "Mẫu".into(), ..SetAbout::default() };
/// let set = CriteriaSet { about, criteria, ..CriteriaSet::default() };
/// let compiled = Compiled::new(set, &Places::default()).unwrap();
/// let found = lint(&compiled, &Places::default());
/// assert_eq!(found.len(), 1); // 4.5 + 6 is 10.5, not 10.05
/// ```
#[must_use]
pub fn lint(compiled: &Compiled, places: &Places) -> Vec<Finding<LintProblem>> {
    let measures = Measures::new(compiled);
    let mut found: Vec<(usize, Found)> = Vec::new();
    for node in 0..compiled.set.criteria.len() {
        let at_node = if compiled.tree.is_leaf(node) {
            leaf(compiled, node, &measures)
        } else {
            totals::children(compiled, node)
        };
        found.extend(at_node.into_iter().map(|each| (node, each)));
    }
    found.extend(unused_inputs(compiled));
    found.extend(checks(compiled, &measures));
    let at_node = |(node, (severity, column, problem)): (usize, Found)| {
        let place = places.of(Some(node), column);
        Finding { severity, place, problem }
    };
    let declared = totals::declared(compiled).into_iter();
    let declared = declared.map(|(row, problem)| Finding::error(places.of_setting(row.word()), problem));
    let unnamed = naming(&compiled.set, places).into_iter();
    let unnamed = unnamed.map(|finding| Finding { severity: Severity::Warning, ..finding });
    let mut findings: Vec<_> = declared.chain(unnamed).collect();
    findings.extend(settings::settings(compiled, places));
    findings.extend(found.into_iter().map(at_node));
    findings.sort_by_key(|finding| (finding.severity, finding.place.row));
    findings
}

/// Cross-checks that compare a percentage with a plain number, or hold a number that cannot be meant.
fn checks(compiled: &Compiled, measures: &Measures<'_>) -> Vec<(usize, Found)> {
    let told = compiled.checks.iter().flat_map(|owned| {
        let percents = Percents { measures, max: compiled.max(owned.node) };
        let percent = percents.check(&owned.check).map(LintProblem::Percent);
        let percent = percent.into_iter().map(|problem| (Severity::Warning, problem));
        let numbers = number::of_check(&owned.check, measures).into_iter().map(LintProblem::Number);
        let numbers = numbers.map(|problem| (Severity::Error, problem));
        let node = owned.node;
        percent.chain(numbers).map(move |(severity, problem)| (node, (severity, "Kiểm tra chéo", problem)))
    });
    told.collect()
}

fn leaf(compiled: &Compiled, node: usize, measures: &Measures<'_>) -> Vec<Found> {
    let (Some(criterion), Some(rule)) = (compiled.set.criteria.get(node), compiled.rules.get(node)) else {
        return Vec::new();
    };
    if criterion.method == Some(Method::Information) {
        return Vec::new();
    }
    let mut found = forgotten(compiled, node);
    let max = criterion.max.clone().unwrap_or_default();
    let of_rule = bands::body(&rule.body, &compiled.inputs).into_iter().chain(bound::exceeds(
        rule,
        &max,
        &compiled.inputs,
    ));
    found.extend(of_rule.map(|problem| (Severity::Warning, "Cách tính điểm", problem)));
    let percents = Percents { measures, max: &max }.body(&rule.body).into_iter();
    found.extend(
        percents.map(|(severity, problem)| (severity, "Cách tính điểm", LintProblem::Percent(problem))),
    );
    let numbers = number::of_rule(rule, measures).into_iter();
    found.extend(numbers.map(|problem| (Severity::Error, "Cách tính điểm", LintProblem::Number(problem))));
    if criterion.not_applicable.is_none() && rule.can_be_not_applicable() {
        found.push((Severity::Error, "Không áp dụng", LintProblem::NoPolicy));
    }
    found
}

/// What an author leaves out most often.
fn forgotten(compiled: &Compiled, node: usize) -> Vec<Found> {
    let Some(criterion) = compiled.set.criteria.get(node) else { return Vec::new() };
    let mut found = Vec::new();
    let mut warn = |column, problem| found.push((Severity::Warning, column, problem));
    if criterion.name.is_empty() {
        warn("Tên", LintProblem::NoName);
    }
    let needs_evidence = matches!(criterion.method, None | Some(Method::SelfAssessed | Method::Appraised));
    if criterion.evidence.is_empty() && needs_evidence {
        warn("Tài liệu kiểm chứng", LintProblem::NoEvidence);
    }
    if criterion.method.is_none() {
        warn("Phương pháp", LintProblem::NoMethod);
    }
    if criterion.rule.divides() && criterion.rule.zero == ZeroDenominator::Unstated {
        warn("Cách tính điểm", LintProblem::NoZeroDenominator);
    }
    if criterion.max.as_ref().is_some_and(Number::is_zero) && compiled.tree.part(node) == Part::Main {
        warn("Điểm tối đa", LintProblem::ZeroMax);
    }
    found
}

fn unused_inputs(compiled: &Compiled) -> Vec<(usize, Found)> {
    let in_rules = compiled.reads.iter().flatten().copied();
    let in_checks = compiled.checks.iter().flat_map(|owned| {
        let mut slots = Vec::new();
        let _infallible = owned.check.resolve(&mut |slot: &Slot| {
            slots.push(*slot);
            Ok::<_, ()>(*slot)
        });
        slots
    });
    let used: HashSet<Slot> = in_rules.chain(in_checks).collect();
    let slots = (0_u32..).map(Slot).zip(compiled.inputs.iter().zip(&compiled.owners));
    let unused = slots.filter(|(slot, _)| !used.contains(slot));
    unused
        .map(|(_, (input, owner))| {
            (*owner, (Severity::Warning, "Số liệu", LintProblem::UnusedInput(input.name.clone())))
        })
        .collect()
}
