//! A criteria set (bộ tiêu chí): the tree of domains, criteria and sub-criteria with maxima and rules.

use jiff::civil::Date;

use crate::input::Input;
use crate::notation::Check;
use crate::number::Number;
use crate::rule::Rule;
use crate::settings::Settings;

mod compile;
mod kinds;
mod nodes;
mod places;
mod problem;
mod read;
mod read_about;
mod seen;
mod tree;
mod words;
mod write;

pub use compile::{Compiled, OwnedCheck};
pub use places::Places;
pub use problem::SetProblem;
pub use read::{ReadSet, read};
pub use tree::{MAX_CRITERIA, MAX_LEVELS, Tree};
pub use words::COLUMNS;
pub(crate) use words::{AboutRow, scale_key};
pub use write::{cells, write};

/// A version of a criteria set. Equality is of content, not of where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CriteriaSet {
    pub about: SetAbout,
    /// What it settles for all criteria.
    pub settings: Settings,
    /// What the decision says it holds, for checking.
    pub declared: Declared,
    /// All nodes, in the order of the decision.
    pub criteria: Vec<Criterion>,
}

/// What a set is, where it comes from, when it holds.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SetAbout {
    /// A short code, such as `BD-2024-SO`.
    pub code: String,
    pub title: String,
    /// The version's name, such as `1` or `2024.2`.
    pub version: String,
    /// The decision it comes from.
    pub legal_basis: String,
    /// Whom it applies to.
    pub applies_to: String,
    /// The first day it holds.
    pub valid_from: Option<Date>,
    /// The last day it holds.
    pub valid_to: Option<Date>,
    /// Anything a reader must know, such as that the set is illustrative.
    pub note: String,
}

/// Counts and totals that the decision states.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Declared {
    /// How many domains.
    pub domains: Option<u32>,
    /// How many criteria.
    pub criteria: Option<u32>,
    /// How many sub-criteria.
    pub subcriteria: Option<u32>,
    /// All points.
    pub total: Option<Number>,
    /// Points of the criteria scored by any of these methods together.
    pub by_method: Vec<(Vec<Method>, Number)>,
}

/// One node of the tree: a domain, criterion or sub-criterion.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Criterion {
    /// Its code, unique in the set: `3.1.2`.
    pub code: String,
    /// The code of the node above; none for a domain.
    pub parent: Option<String>,
    pub name: String,
    /// The most points it gives; none only where it is information.
    pub max: Option<Number>,
    /// Whether it is part of the maximum, or adds or takes points outside it.
    pub part: Part,
    /// Who or what gives its points; none where children do.
    pub method: Option<Method>,
    /// What is entered for it, and for all criteria below it.
    pub inputs: Vec<Input>,
    /// How points are found.
    pub rule: Rule<String>,
    /// What happens when it does not apply; none where it always does.
    pub not_applicable: Option<NotApplicable>,
    /// What entered figures should satisfy.
    pub checks: Vec<Check<String>>,
    /// The evidence that is required.
    pub evidence: String,
    /// The body that appraises it.
    pub appraiser: String,
    /// How to score, for people.
    pub guidance: String,
    /// The article or document behind it.
    pub basis: String,
}

impl Criterion {
    /// Whether it is scored where the criteria of these methods count, or of all methods when `None`; what is only shown never is.
    #[must_use]
    pub fn is_scored_among(&self, methods: Option<&[Method]>) -> bool {
        self.method != Some(Method::Information)
            && methods.is_none_or(|methods| self.method.is_some_and(|method| methods.contains(&method)))
    }
}

impl Default for Rule<String> {
    fn default() -> Self {
        Self::judgement()
    }
}

/// Where a node's points go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Part {
    /// Into the total.
    #[default]
    Main,
    /// On top of the total, up to its cap.
    Bonus,
    /// Off the total, up to its cap.
    Penalty,
}

/// Who or what gives a criterion's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The unit assesses itself; the council appraises.
    SelfAssessed,
    /// Only the appraisers score it.
    Appraised,
    /// The sociological survey.
    Survey,
    /// The satisfaction index.
    Sipas,
    /// Figures from elsewhere.
    External,
    /// The leaders' own points.
    Leader,
    /// Shown, not scored.
    Information,
}

impl Method {
    /// All ways in which points are given, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::SelfAssessed,
        Self::Appraised,
        Self::Survey,
        Self::Sipas,
        Self::External,
        Self::Leader,
        Self::Information,
    ];
}

/// What happens when a criterion does not apply to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// Full marks.
    Full,
    /// No points, and the maximum stays.
    Zero,
    /// It leaves the maximum.
    LeaveOut,
    /// Its siblings' points are scaled up to the parent's whole maximum.
    Rescale,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_criterion_is_scored_where_its_method_counts_and_never_for_information() {
        let of = |method| Criterion { method, ..Criterion::default() };
        let own = [Method::SelfAssessed];
        assert!(of(Some(Method::SelfAssessed)).is_scored_among(Some(&own)));
        assert!(
            !of(Some(Method::Survey)).is_scored_among(Some(&own)) && !of(None).is_scored_among(Some(&own))
        );
        assert!(of(Some(Method::Survey)).is_scored_among(None) && of(None).is_scored_among(None));
        assert!(!of(Some(Method::Information)).is_scored_among(None));
    }
}
