//! How far a sheet is: for how many of its criteria something stands there, or nothing has to.

use std::collections::{BTreeSet, HashSet};

use parindex_rulebook::set::Compiled;

/// Of some criteria of a sheet those for which something was entered, and those below something that does not apply as a whole: nobody
/// enters anything there. None where only criteria do not apply, because then what was entered says it all.
#[must_use]
pub fn begun(
    set: &Compiled,
    criteria: impl Iterator<Item = usize>,
    (entered, not_applicable): (&BTreeSet<String>, &BTreeSet<String>),
) -> Option<usize> {
    let left_out: HashSet<usize> = left_out(set, not_applicable).collect();
    if left_out.is_empty() {
        return None;
    }
    let stands = |node: usize| {
        set.set.criteria.get(node).is_some_and(|criterion| entered.contains(criterion.code.as_str()))
    };
    // A figure of the level above stands for the criteria that read it.
    let read = |node: usize| {
        let slots = set.reads.get(node).into_iter().flatten();
        let mut owners = slots.filter_map(|slot| set.owners.get(slot.index()));
        owners.any(|owner| stands(*owner) && !set.tree.is_leaf(*owner) && !left_out.contains(owner))
    };
    let below = |node: usize| set.tree.ancestors(node).any(|above| left_out.contains(&above));
    Some(criteria.filter(|node| below(*node) || stands(*node) || read(*node)).count())
}

/// What does not apply as a whole, with all below it.
pub fn left_out<'s>(
    set: &'s Compiled,
    not_applicable: &'s BTreeSet<String>,
) -> impl Iterator<Item = usize> + use<'s> {
    not_applicable.iter().filter_map(|code| set.set.find(code)).filter(|node| !set.tree.is_leaf(*node))
}

#[cfg(test)]
mod tests {
    use parindex_rulebook::notation;
    use parindex_rulebook::number::Number;
    use parindex_rulebook::set::{CriteriaSet, Criterion, NotApplicable, Places};

    use super::*;

    fn criterion(code: &str, parent: Option<&str>) -> Criterion {
        Criterion {
            code: code.to_owned(),
            parent: parent.map(str::to_owned),
            name: code.to_owned(),
            max: Some(Number::whole(if parent.is_some() { 2 } else { 4 })),
            not_applicable: parent.is_none().then_some(NotApplicable::LeaveOut),
            ..Criterion::default()
        }
    }

    /// Two domains of two criteria; the first has a figure of its own that 1.2 reads.
    fn set() -> Compiled {
        let mut criteria = vec![
            criterion("1", None),
            criterion("1.1", Some("1")),
            criterion("1.2", Some("1")),
            criterion("2", None),
            criterion("2.1", Some("2")),
            criterion("2.2", Some("2")),
        ];
        criteria[0].inputs = notation::parse_inputs("a: số đếm").unwrap();
        criteria[2].rule = notation::parse("mỗi a được 0,5 điểm; tối đa 2 điểm").unwrap();
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap()
    }

    fn codes(codes: &[&str]) -> BTreeSet<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[test]
    fn nothing_is_missing_below_what_does_not_apply_as_a_whole() {
        let set = set();
        let leaves = || (0..6).filter(|node| set.tree.is_leaf(*node));
        let count =
            |entered: &[&str], marks: &[&str]| begun(&set, leaves(), (&codes(entered), &codes(marks)));
        assert_eq!(count(&["2"], &["2"]), Some(2));
        assert_eq!(count(&["1.1", "2"], &["2"]), Some(3));
        // What was entered before the domain was left out counts once.
        assert_eq!(count(&["1.1", "2", "2.1"], &["2"]), Some(3));
        assert_eq!(count(&["1", "2"], &["2"]), Some(3), "the figure of the domain stands for 1.2");
        assert_eq!(count(&["1", "2"], &["1", "2"]), Some(4));
        assert_eq!(count(&["2.1"], &["2.1"]), None, "what stands there says it");
        assert_eq!(count(&["2.1"], &["9"]), None);
    }
}
