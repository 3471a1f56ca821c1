//! Illustrative criteria sets: the structure from `data/structure.tsv`, points spread by a seed.

use parindex_rulebook::number::Number;
use parindex_rulebook::set::{CriteriaSet, Criterion, Method, NotApplicable};

use super::rules;
use super::seeded::Seeded;

const STRUCTURE: &str = include_str!("../data/structure.tsv");

/// A way of scoring, by its word in the structure.
pub type NodeKind = String;

/// What a set is built from.
pub struct SetSpec<'s> {
    /// The letter that marks its rows in the structure.
    pub letter: char,
    /// The seed of the spread.
    pub seed: u64,
    /// For each domain, in quarters of a point: appraised, surveyed, SIPAS.
    pub quarters: &'s [[i64; 3]],
    /// For each domain the body that appraises it.
    pub appraisers: &'s [&'s str],
    /// The assessed year.
    pub year: i16,
}

/// A node of the structure and its way of scoring.
struct Line {
    level: char,
    kind: NodeKind,
    name: String,
    evidence: String,
}

/// The set, and for each of its nodes the way of scoring (empty where children give the points).
#[must_use]
pub fn build(spec: &SetSpec<'_>) -> (CriteriaSet, Vec<NodeKind>) {
    let lines: Vec<Line> = STRUCTURE.lines().filter_map(|line| parse(line, spec.letter)).collect();
    let mut criteria: Vec<Criterion> = Vec::new();
    let mut kinds = Vec::new();
    let mut counts = [0, 0, 0];
    for line in &lines {
        let level = match line.level {
            'D' => 0,
            'C' => 1,
            _ => 2,
        };
        for (at, count) in counts.iter_mut().enumerate() {
            match at.cmp(&level) {
                std::cmp::Ordering::Equal => *count += 1,
                std::cmp::Ordering::Greater => *count = 0,
                std::cmp::Ordering::Less => {}
            }
        }
        let code =
            |upto: usize| counts.iter().take(upto + 1).map(i64::to_string).collect::<Vec<_>>().join(".");
        let domain = usize::try_from(counts.first().copied().unwrap_or(1) - 1).unwrap_or(0);
        criteria.push(Criterion {
            code: code(level),
            parent: (level > 0).then(|| code(level - 1)),
            name: line.name.clone(),
            method: method(&line.kind),
            evidence: line.evidence.clone(),
            appraiser: appraiser(spec, domain, line),
            ..Criterion::default()
        });
        kinds.push(line.kind.clone());
    }
    spread(&mut criteria, &kinds, spec);
    for (criterion, kind) in criteria.iter_mut().zip(&kinds) {
        rules::give(criterion, kind, spec.year);
    }
    let total = spec.quarters.iter().flatten().sum::<i64>();
    let mut set = CriteriaSet { criteria, ..CriteriaSet::default() };
    set.declared.total = Some(Number::hundredths(total * 25));
    (set, kinds)
}

fn parse(line: &str, letter: char) -> Option<Line> {
    let mut fields = line.split('\t');
    let (level, sets) = (fields.next()?, fields.next()?);
    let (kind, name) = (fields.next()?, fields.next()?);
    let level = level.chars().next().filter(|level| "DCS".contains(*level))?;
    sets.contains(letter).then(|| Line {
        level,
        kind: kind.to_owned(),
        name: name.to_owned(),
        evidence: fields.next().unwrap_or_default().to_owned(),
    })
}

fn method(kind: &str) -> Option<Method> {
    match kind {
        "" => None,
        "survey" => Some(Method::Survey),
        "sipas" => Some(Method::Sipas),
        "growth" | "plan" => Some(Method::External),
        _ => Some(Method::SelfAssessed),
    }
}

fn appraiser(spec: &SetSpec<'_>, domain: usize, line: &Line) -> String {
    if line.kind.is_empty() || matches!(line.kind.as_str(), "survey" | "sipas") {
        return String::new();
    }
    spec.appraisers.get(domain).map(|body| (*body).to_owned()).unwrap_or_default()
}

/// Spreads each domain's points over its leaves in steps of a quarter, then sums upwards.
fn spread(criteria: &mut [Criterion], kinds: &[NodeKind], spec: &SetSpec<'_>) {
    let mut seeded = Seeded::new(spec.seed);
    let mut maxima = vec![0_i64; criteria.len()];
    for (domain, quarters) in (1..).zip(spec.quarters) {
        let within =
            |criterion: &Criterion| criterion.code.split('.').next() == Some(domain.to_string().as_str());
        for (pot, total) in quarters.iter().enumerate() {
            let in_pot = |kind: &str| match pot {
                0 => !matches!(kind, "" | "survey" | "sipas"),
                1 => kind == "survey",
                _ => kind == "sipas",
            };
            let leaves: Vec<usize> = (0..criteria.len())
                .filter(|at| {
                    criteria.get(*at).is_some_and(within) && kinds.get(*at).is_some_and(|kind| in_pot(kind))
                })
                .collect();
            share(&leaves, *total, &mut maxima, &mut seeded);
        }
    }
    // Children stand after their parents, so the way back adds them up.
    for at in (0..criteria.len()).rev() {
        let (Some(own), Some(parent)) =
            (maxima.get(at).copied(), criteria.get(at).and_then(|each| each.parent.clone()))
        else {
            continue;
        };
        let above = criteria.iter().position(|each| each.code == parent);
        if let Some(sum) = above.and_then(|above| maxima.get_mut(above)) {
            *sum += own;
        }
    }
    for (criterion, quarters) in criteria.iter_mut().zip(maxima) {
        criterion.max = Some(Number::hundredths(quarters * 25));
    }
}

fn share(leaves: &[usize], total: i64, maxima: &mut [i64], seeded: &mut Seeded) {
    let count = i64::try_from(leaves.len()).unwrap_or(0);
    if count == 0 {
        return;
    }
    let mut left = total;
    for at in leaves {
        let base = total / count;
        if let Some(max) = maxima.get_mut(*at) {
            *max = base;
        }
        left -= base;
    }
    while left > 0 {
        let chosen = seeded.between(0, count - 1);
        let leaf = usize::try_from(chosen).ok().and_then(|chosen| leaves.get(chosen));
        if let Some(max) = leaf.and_then(|leaf| maxima.get_mut(*leaf)) {
            *max += 1;
        }
        left -= 1;
    }
}

/// What "does not apply" means for a way of scoring.
pub fn not_applicable(kind: &str) -> Option<NotApplicable> {
    match kind {
        "ratio" | "plan" | "survey" | "threshold95" => Some(NotApplicable::LeaveOut),
        "rationa" => Some(NotApplicable::Full),
        _ => None,
    }
}
