//! Sums and counts: children against parents, the set against what the decision declares.

use super::{Found, LintProblem};
use crate::finding::Severity;
use crate::number::Number;
use crate::set::{AboutRow, Compiled, Method, Part};

/// The maxima of a node's children must add up to its own.
pub(super) fn children(compiled: &Compiled, node: usize) -> Vec<Found> {
    // What bonus and penalty children add up to is cut by the cap, so it may exceed it.
    if compiled.tree.part(node) != Part::Main {
        return Vec::new();
    }
    let (Some(criterion), sum) =
        (compiled.set.criteria.get(node), sum(compiled, compiled.tree.children(node)))
    else {
        return Vec::new();
    };
    let max = criterion.max.clone().unwrap_or_default();
    if sum == max {
        return Vec::new();
    }
    vec![(
        Severity::Error,
        "Điểm tối đa",
        LintProblem::ChildrenSum { code: criterion.code.clone(), sum, max },
    )]
}

fn sum(compiled: &Compiled, nodes: &[usize]) -> Number {
    let main = nodes.iter().filter(|node| compiled.tree.part(**node) == Part::Main);
    main.filter_map(|node| compiled.set.criteria.get(*node)?.max.as_ref()).sum()
}

/// Counts and totals against what is declared, each with the row that declares it.
pub(super) fn declared(compiled: &Compiled) -> Vec<(AboutRow, LintProblem)> {
    let declared = &compiled.set.declared;
    let counts = [
        (AboutRow::Domains, ("lĩnh vực", "domains"), 1, declared.domains),
        (AboutRow::Criteria, ("tiêu chí", "criteria"), 2, declared.criteria),
        (AboutRow::Subcriteria, ("tiêu chí thành phần", "sub-criteria"), 3, declared.subcriteria),
    ];
    let wrong = counts.into_iter().filter_map(|(row, (vi, en), level, declared)| {
        let found = compiled.tree.count_at(level);
        let declared = declared.filter(|declared| usize::try_from(*declared).ok() != Some(found))?;
        Some((row, LintProblem::Count(vi, en, found, declared)))
    });
    let roots: Vec<usize> = compiled.tree.roots().collect();
    let total = sum(compiled, &roots);
    let wrong_total = declared.total.clone().filter(|declared| *declared != total);
    let wrong_total = wrong_total.map(|declared| (AboutRow::Total, LintProblem::Total(total, declared)));
    let by_method = by_method(compiled).into_iter().map(|problem| (AboutRow::ByMethod, problem));
    wrong.chain(wrong_total).chain(by_method).collect()
}

fn by_method(compiled: &Compiled) -> Vec<LintProblem> {
    let total = |methods: &[Method]| {
        let leaves: Vec<usize> =
            (0..compiled.set.criteria.len()).filter(|node| compiled.tree.is_leaf(*node)).collect();
        let by = |node: &usize| {
            let method = compiled.set.criteria.get(*node).and_then(|criterion| criterion.method);
            method.is_some_and(|method| methods.contains(&method))
        };
        sum(compiled, &leaves.into_iter().filter(by).collect::<Vec<_>>())
    };
    let groups = compiled.set.declared.by_method.iter();
    let wrong = groups.map(|(methods, declared)| (methods, total(methods), declared));
    wrong
        .filter(|(_, found, declared)| found != *declared)
        .map(|(methods, found, declared)| {
            let words: Vec<_> = methods.iter().map(|method| method.word()).collect();
            LintProblem::MethodTotal(words.join(" + "), found, declared.clone())
        })
        .collect()
}
