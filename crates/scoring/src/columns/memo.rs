//! Rules that are no arithmetic, or none that columns know: what the general evaluator said of the same figures is remembered.
//!
//! Few units differ in a date, a level or a condition, so most seats find their answer here. A rule of one criterion looks at nothing
//! but its figures, where nobody entered points for it and the sheet is closed; so the same words give the same points.

use parindex_rulebook::slot::Slot;

use super::gains::{Earned, Gains};
use crate::figures::Tile;
use crate::figures::mask::{Mask, bit, lanes};

/// How many answers are remembered.
const PLACES: usize = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 7;

/// The words of at most two inputs.
type Words = (i64, i64);

/// What was said of figures that came up lately; none where the tree has to be asked.
pub(super) struct Memo {
    first: Slot,
    second: Slot,
    /// The denominators that the words had.
    dens: Words,
    places: Vec<Option<(Words, Option<Earned>)>>,
}

impl Memo {
    /// Room for a rule that reads one or two inputs; `None` for others.
    pub fn new(reads: &[Slot]) -> Option<Self> {
        let (first, second) = match reads {
            [only] => (*only, *only),
            [first, second] => (*first, *second),
            _ => return None,
        };
        Some(Self { first, second, dens: (1, 1), places: vec![None; PLACES] })
    }

    /// Finds what the rule gives some seats; `asked` is the general evaluator.
    pub fn give(
        &mut self,
        tile: &Tile,
        wanted: Mask,
        gains: &mut Gains,
        mut asked: impl FnMut(usize) -> Option<Earned>,
    ) {
        let (first, second) = (tile.column(self.first), tile.column(self.second));
        self.over((first.den, second.den));
        gains.clear();
        gains.ask = wanted & (first.unsaid() | second.unsaid());
        for lane in lanes(wanted & !gains.ask) {
            let Some(words) = first.words.get(lane).copied().zip(second.words.get(lane).copied()) else {
                continue;
            };
            match self.answer(words, || asked(lane)) {
                Some(Earned::Points(points)) => {
                    if let Some(place) = gains.points.get_mut(lane) {
                        *place = points;
                    }
                }
                Some(Earned::NotApplicable) => gains.absent |= bit(lane),
                None => gains.tree |= bit(lane),
            }
        }
    }

    /// Forgets all where the words mean other numbers than before.
    fn over(&mut self, dens: Words) {
        if self.dens != dens {
            self.dens = dens;
            self.places.fill(None);
        }
    }

    #[inline]
    fn answer(&mut self, words: Words, asked: impl FnOnce() -> Option<Earned>) -> Option<Earned> {
        let Some(place) = self.places.get_mut(place(words)) else { return asked() };
        match place {
            Some((of, known)) if *of == words => *known,
            _ => {
                let known = asked();
                *place = Some((words, known));
                known
            }
        }
    }
}

/// Where an answer stands: the upper bits of a product spread neighbouring words well.
#[inline]
fn place((first, second): Words) -> usize {
    let mixed =
        first.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64.cast_signed()).wrapping_add(second.rotate_left(32));
    let mixed = mixed.wrapping_mul(0x2545_F491_4F6C_DD1D).cast_unsigned();
    usize::try_from(mixed >> (u64::BITS - PLACE_BITS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use parindex_rulebook::input::{Kind, Value};
    use parindex_rulebook::set::{Compiled, CriteriaSet, Criterion, Places};

    use super::*;
    use crate::figures::Figures;
    use crate::sheet::Sheet;

    #[test]
    fn the_same_figures_are_asked_for_once() {
        let input =
            parindex_rulebook::input::Input { name: "a".into(), kind: Kind::Count, label: String::new() };
        let criterion = Criterion { code: "1".into(), inputs: vec![input], ..Criterion::default() };
        let set = CriteriaSet { criteria: vec![criterion], ..CriteriaSet::default() };
        let compiled = Compiled::new(set, &Places::default()).unwrap();
        let sheet = |count: i64| {
            let mut sheet = Sheet::new(&compiled);
            sheet.set_value(Slot(0), Value::Number(count.into()));
            sheet
        };
        let sheets = [sheet(3), sheet(5), sheet(3), Sheet::new(&compiled)];
        let figures = Figures::of(&compiled, sheets.iter());
        let (tile, _) = figures.tiles().next().unwrap();
        let mut memo = Memo::new(&[Slot(0)]).unwrap();
        let mut asked = Vec::new();
        let mut gains = Gains::NONE;
        memo.give(tile, 0b1111, &mut gains, |lane| {
            asked.push(lane);
            (lane == 0).then_some(Earned::Points(9))
        });
        assert_eq!(asked, [0, 1]);
        assert_eq!(gains.points.get(..4), Some(&[9, 0, 9, 0][..]));
        assert_eq!((gains.tree, gains.ask), (0b10, 0b1000));
    }
}
