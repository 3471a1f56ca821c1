//! Two results beside each other: per unit and per criterion.

use parindex_rulebook::number::Number;

/// The result of one unit, by codes, so that results of different sets can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UnitPoints {
    /// The unit's code.
    pub code: String,
    /// Its index as published, if it has one.
    pub index: Option<Number>,
    /// Its rank, if it has one.
    pub rank: Option<usize>,
    /// Points by criterion.
    pub criteria: Vec<(String, Option<Number>)>,
}

/// What changed for one unit. A difference exists only where both sides have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChange {
    /// The unit's code.
    pub code: String,
    /// The index before and after.
    pub index: (Option<Number>, Option<Number>),
    /// The rank before and after.
    pub rank: (Option<usize>, Option<usize>),
    /// Criteria whose points changed: code, before, after; the largest loss first.
    pub criteria: Vec<CriterionChange>,
}

/// What changed for one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionChange {
    pub code: String,
    /// Before.
    pub from: Option<Number>,
    /// After.
    pub to: Option<Number>,
}

impl CriterionChange {
    /// After less before, where both are known.
    #[must_use]
    pub fn difference(&self) -> Option<Number> {
        Some(self.to.clone()? - self.from.clone()?)
    }
}

impl UnitChange {
    /// Index after less before, where both are known.
    #[must_use]
    pub fn difference(&self) -> Option<Number> {
        Some(self.index.1.clone()? - self.index.0.clone()?)
    }
}

/// The changes of all units that stand in either result, in the order of the newer, then those that are gone.
#[must_use]
pub fn compare(old: &[UnitPoints], new: &[UnitPoints]) -> Vec<UnitChange> {
    let find = |units: &[UnitPoints], code: &str| units.iter().find(|unit| unit.code == code).cloned();
    let nothing = |code: &str| UnitPoints { code: code.to_owned(), ..UnitPoints::default() };
    let present = new.iter().map(|after| {
        let before = find(old, &after.code).unwrap_or_else(|| nothing(&after.code));
        unit_change(&before, after)
    });
    let gone = old.iter().filter(|before| find(new, &before.code).is_none());
    present.chain(gone.map(|before| unit_change(before, &nothing(&before.code)))).collect()
}

fn unit_change(old: &UnitPoints, new: &UnitPoints) -> UnitChange {
    let points = |unit: &UnitPoints, code: &str| {
        unit.criteria.iter().find(|(each, _)| each == code).and_then(|(_, points)| points.clone())
    };
    let mut codes: Vec<&String> = new.criteria.iter().map(|(code, _)| code).collect();
    codes.extend(
        old.criteria
            .iter()
            .map(|(code, _)| code)
            .filter(|code| !new.criteria.iter().any(|(each, _)| each == *code)),
    );
    let change = |code: &String| CriterionChange {
        code: code.clone(),
        from: points(old, code),
        to: points(new, code),
    };
    let mut criteria: Vec<_> =
        codes.into_iter().map(change).filter(|change| change.from != change.to).collect();
    criteria.sort_by_key(CriterionChange::difference);
    UnitChange {
        code: new.code.clone(),
        index: (old.index.clone(), new.index.clone()),
        rank: (old.rank, new.rank),
        criteria,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_side_gives_no_difference() {
        let unit = |index: &str, points: Option<&str>| UnitPoints {
            code: "01".to_owned(),
            index: index.parse().ok(),
            rank: Some(1),
            criteria: vec![("1.1".to_owned(), points.and_then(|text| text.parse().ok()))],
        };
        let changes = compare(&[unit("87.94", Some("2"))], &[unit("84.61", None)]);
        let [change] = changes.as_slice() else { panic!("one unit") };
        assert_eq!(change.difference().unwrap().to_string(), "-3.33");
        assert_eq!(change.criteria.first().and_then(CriterionChange::difference), None);
        assert_eq!(compare(&[unit("1", None)], &[]).len(), 1);
    }
}
