//! The criteria set of a campaign, called and declared as its plan does.

use parindex_rulebook::number::Number;
use parindex_rulebook::rule::{End, Range};
use parindex_rulebook::set::{CriteriaSet, Method};
use parindex_rulebook::settings::{Class, Scale};

use super::NOTE;
use crate::structure::{NodeKind, SetSpec, build};

pub(super) fn set(code: &str, title: &str, basis: &str, spec: &SetSpec<'_>) -> (CriteriaSet, Vec<NodeKind>) {
    let (mut set, kinds) = build(spec);
    code.clone_into(&mut set.about.code);
    title.clone_into(&mut set.about.title);
    set.about.version = spec.year.to_string();
    basis.clone_into(&mut set.about.legal_basis);
    NOTE.clone_into(&mut set.about.note);
    let counts = |level: usize| {
        let count = set.criteria.iter().filter(|each| each.code.split('.').count() == level).count();
        u32::try_from(count).ok()
    };
    (set.declared.domains, set.declared.criteria, set.declared.subcriteria) =
        (counts(1), counts(2), counts(3));
    let pot = |at: usize| {
        Number::hundredths(spec.quarters.iter().filter_map(|pots| pots.get(at)).sum::<i64>() * 25)
    };
    set.declared.by_method = vec![
        (vec![Method::SelfAssessed, Method::External], pot(0)),
        (vec![Method::Survey], pot(1)),
        (vec![Method::Sipas], pot(2)),
    ];
    set.settings.scales = vec![scale()];
    (set, kinds)
}

/// Xuất sắc, tốt, khá, trung bình, yếu: marks as several provinces publish them.
fn scale() -> Scale {
    let marks = [
        ("Xuất sắc", Some(90)),
        ("Tốt", Some(80)),
        ("Khá", Some(65)),
        ("Trung bình", Some(50)),
        ("Yếu", None),
    ];
    let end = |mark: i64, included: bool| End { at: Number::whole(mark), included, percent: false };
    let mut classes: Vec<Class> = Vec::new();
    let mut above = None;
    for (name, mark) in marks {
        let range = Range { from: mark.map(|mark| end(mark, true)), to: above.map(|mark| end(mark, false)) };
        classes.push(Class { name: name.to_owned(), range });
        above = mark;
    }
    Scale { years: None, classes }
}
