//! Dates of an open sheet that nobody touched: at the deadline the thing counts as not done.

use parindex_domain::campaign::Scored;
use parindex_rulebook::slot::Slot;
use parindex_scoring::awaited::awaited;

use crate::ServiceError;
use crate::campaign::load::Loaded;

/// The dates of an open sheet that nobody touched, by criterion and name: of them it is said that the thing was not done.
///
/// # Errors
/// [`ServiceError::NotFound`] for a sheet that was not loaded.
pub fn not_done(
    loaded: &Loaded,
    scored: &Scored<'_>,
    member: i64,
) -> Result<Vec<(String, String)>, ServiceError> {
    let (block, at) = loaded.seat(member)?;
    let set = loaded.set(block)?;
    let slots = untouched((loaded, scored), (block, at))?;
    let named = slots.iter().filter_map(|slot| {
        let owner = *set.owners.get(slot.index())?;
        Some((set.code(owner).to_owned(), set.inputs.get(slot.index())?.name.clone()))
    });
    Ok(named.collect())
}

/// The inputs of these dates, for the seat of a sheet in its block.
///
/// # Errors
/// [`ServiceError::NotFound`] for a sheet that was not loaded.
pub fn untouched(
    (loaded, scored): (&Loaded, &Scored<'_>),
    (block, at): (usize, usize),
) -> Result<Vec<Slot>, ServiceError> {
    let board = scored.boards.get(block).ok_or(ServiceError::NotFound)?;
    let sheet = board.sheet(at).ok_or(ServiceError::NotFound)?;
    Ok(awaited(loaded.set(block)?, sheet, board.stage()))
}
