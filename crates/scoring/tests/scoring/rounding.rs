//! Where points are rounded.

use parindex_rulebook::set::{Compiled, CriteriaSet, NotApplicable, Places};
use parindex_rulebook::settings::RoundAt;
use parindex_scoring::sheet::{Entry, Sheet};

use super::{node, number, scored, total};

#[test]
fn both_real_conventions_of_rounding() {
    let parts = |at| {
        let criteria = vec![node("1", "50", "", ""), node("2", "50", "", "")];
        let mut set = CriteriaSet { criteria, ..CriteriaSet::default() };
        set.settings.rounding.at = at;
        let compiled = Compiled::new(set, &Places::default()).unwrap();
        let mut entered = Sheet::new(&compiled);
        entered.set_entry(0, Entry::Points(number("40.004")));
        entered.set_entry(1, Entry::Points(number("40.004")));
        total(&scored(&compiled, &entered)).unwrap().0
    };
    assert_eq!(parts(RoundAt::End), number("80.01"), "the ministry: the total of unrounded parts");
    assert_eq!(parts(RoundAt::Leaf), number("80"), "the 766 index: the sum of rounded parts");
}

#[test]
fn what_is_scaled_up_is_rounded_before_anyone_sees_it() {
    let mut criteria = vec![node("1", "9", "", ""), node("1.1", "2", "", ""), node("1.2", "7", "", "")];
    criteria[1].not_applicable = Some(NotApplicable::Rescale);
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    let mut entered = Sheet::new(&compiled);
    entered.set_entry(1, Entry::NotApplicable);
    entered.set_entry(2, Entry::Points(number("5")));
    let (points, max, index) = total(&scored(&compiled, &entered)).unwrap();
    assert_eq!((points, max, index), (number("6.43"), number("9"), number("71.44")));
}
