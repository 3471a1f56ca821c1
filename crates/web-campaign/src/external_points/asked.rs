//! What is asked at the row of a unit about what stands there: the same sentences as on a sheet. Nothing is refused for it.

use parindex_domain::campaign::Scored;
use parindex_domain::doubt::over_whole;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::slot::Slot;
use parindex_scoring::check::mismatches;

use parindex_service::campaign::load::Loaded;
use parindex_web_shell::failure::Failure;

/// About the figures of a leaf on the sheet at a place of a block. What was approved is asked no more.
///
/// # Errors
/// [`Failure::NotFound`] for a block that is none.
pub fn asked(
    (loaded, result): (&Loaded, &Scored<'_>),
    (block, place, leaf): (usize, usize, usize),
    lang: Lang,
) -> Result<Vec<String>, Failure> {
    let (set, board) = (loaded.set(block)?, result.boards.get(block).ok_or(Failure::NotFound)?);
    let Some(sheet) = board.sheet(place).filter(|_| loaded.approved.is_none()) else {
        return Ok(Vec::new());
    };
    let (calendar, slots) = (&loaded.campaign.calendar, set.asked_at(leaf));
    let here = |figures: Vec<Slot>| figures.iter().any(|slot| slots.contains(slot));
    let told = mismatches(set, sheet, calendar).into_iter().filter(|each| here(each.slots()));
    let told = told.map(|each| each.say(lang));
    let over = over_whole(set, leaf, sheet, calendar);
    Ok(told.chain(over.iter().map(|each| each.say(lang))).collect())
}
