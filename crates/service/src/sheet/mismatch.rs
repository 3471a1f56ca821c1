//! Figures of a sheet that do not agree: what is wrong, and the reason of the unit where it says that they are right.

use std::collections::{BTreeMap, HashSet};

use parindex_domain::campaign::Scored;
use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::slot::Slot;
use parindex_scoring::check::{Mismatch, mismatches};
use parindex_scoring::sheet::Sheet;
use parindex_store::sheet::Reason;

use super::open::SheetView;
use crate::campaign::load::Loaded;
use crate::{Service, ServiceError};

/// What does not agree at one criterion that states cross-checks.
pub struct Mismatched {
    pub code: String,
    /// The criterion at which the figures are entered.
    pub at: String,
    /// What does not agree.
    pub sentences: Vec<String>,
    /// The figures: a reason counts for these alone.
    pub figures: String,
    /// The reason that was given, for these figures or for others.
    pub reason: Option<Reason>,
    slots: Vec<Slot>,
}

impl Mismatched {
    /// The reason, where it was given for the figures that stand there now.
    #[must_use]
    pub fn explained(&self) -> Option<&Reason> {
        self.reason.as_ref().filter(|reason| reason.figures == self.figures)
    }

    /// What the unit wrote about other figures, for whoever writes it anew.
    #[must_use]
    pub fn former(&self) -> &str {
        self.reason.as_ref().map_or("", |reason| reason.text.as_str())
    }

    /// The revision of the reason that is shown.
    #[must_use]
    pub fn seen(&self) -> i64 {
        self.reason.as_ref().map_or(0, |reason| reason.revision)
    }

    /// Whether a leaf asks for one of the figures.
    #[must_use]
    pub fn is_about(&self, set: &Compiled, leaf: usize) -> bool {
        set.asked_at(leaf).iter().any(|slot| self.slots.contains(slot))
    }
}

/// The criteria that nobody gave a reason for.
#[must_use]
pub fn unexplained(all: &[Mismatched]) -> Vec<String> {
    all.iter().filter(|each| each.explained().is_none()).map(|each| each.code.clone()).collect()
}

/// What does not agree on a sheet that was loaded, as the unit filled it in.
///
/// # Errors
/// The database.
pub async fn on_sheet(
    service: &Service,
    (sheet, loaded): (&SheetView, &Loaded),
    lang: Lang,
) -> Result<Vec<Mismatched>, ServiceError> {
    let (block, seat) = loaded.seat(sheet.member.id)?;
    let block = loaded.campaign.blocks.get(block).ok_or(ServiceError::NotFound)?;
    let sheets = block.sheets(0);
    let entered = sheets.get(seat).ok_or(ServiceError::NotFound)?;
    let reasons = service.store.reasons(&[sheet.member.id]).await?;
    Ok(mismatched(&block.set, (entered, &loaded.campaign.calendar), reasons, lang))
}

/// Of all reasons of a campaign those that count: given for figures that stand on the sheets now, and do not agree.
#[must_use]
pub fn that_count(loaded: &Loaded, reasons: Vec<Reason>) -> Vec<Reason> {
    let mut of: BTreeMap<usize, BTreeMap<usize, Vec<Reason>>> = BTreeMap::new();
    for reason in reasons {
        if let Ok((block, seat)) = loaded.seat(reason.member) {
            of.entry(block).or_default().entry(seat).or_default().push(reason);
        }
    }
    let mut counting = Vec::new();
    for (block, of) in of {
        let Some(block) = loaded.campaign.blocks.get(block) else { continue };
        let sheets = block.sheets(0);
        for (seat, reasons) in of {
            let Some(sheet) = sheets.get(seat) else { continue };
            let all = mismatched(&block.set, (sheet, &loaded.campaign.calendar), reasons, Lang::Vi);
            counting.extend(all.iter().filter_map(Mismatched::explained).cloned());
        }
    }
    counting
}

/// What does not agree, by the node that states the cross-checks.
fn grouped<'m>(
    set: &'m Compiled,
    (sheet, calendar): (&'m Sheet, &Calendar),
) -> Vec<(usize, Vec<Mismatch<'m>>)> {
    let mut all: Vec<(usize, Vec<Mismatch<'m>>)> = Vec::new();
    for mismatch in mismatches(set, sheet, calendar) {
        match all.iter_mut().find(|(node, _)| *node == mismatch.node) {
            Some((_, known)) => known.push(mismatch),
            None => all.push((mismatch.node, vec![mismatch])),
        }
    }
    all
}

/// The figures that a reason is given for.
fn figures(of: &[Mismatch<'_>]) -> String {
    of.iter().map(Mismatch::figures).collect::<Vec<_>>().join("; ")
}

/// The leaves of a sheet whose figures do not agree, without a reason for them: like this it cannot be submitted. What was approved is
/// asked no more.
///
/// # Errors
/// [`ServiceError::NotFound`] for a sheet that was not loaded.
pub fn refused(loaded: &Loaded, scored: &Scored<'_>, member: i64) -> Result<HashSet<usize>, ServiceError> {
    let (block, place) = loaded.seat(member)?;
    let (set, board) = (loaded.set(block)?, scored.boards.get(block).ok_or(ServiceError::NotFound)?);
    let Some(sheet) = board.sheet(place).filter(|_| loaded.approved.is_none()) else {
        return Ok(HashSet::new());
    };
    let given = |node: usize, figures: &str| {
        let mut own = loaded.reasons.iter().filter(|reason| reason.member == member);
        own.any(|reason| reason.criterion == set.code(node) && reason.source == figures)
    };
    let all = grouped(set, (sheet, &loaded.campaign.calendar));
    let open = all.iter().filter(|(node, of)| !given(*node, &figures(of)));
    Ok(open.map(|(node, of)| said_at(set, *node, of)).collect())
}

/// The leaf at which it is said that figures do not agree.
fn said_at(set: &Compiled, node: usize, of: &[Mismatch<'_>]) -> usize {
    let first = of.first().map(Mismatch::slots).unwrap_or_default();
    let asks = |leaf: &usize| set.asked_at(*leaf).iter().any(|slot| first.contains(slot));
    set.leaves().into_iter().find(asks).unwrap_or(node)
}

/// What does not agree, criterion by criterion.
#[must_use]
pub fn mismatched(
    set: &Compiled,
    on: (&Sheet, &Calendar),
    mut reasons: Vec<Reason>,
    lang: Lang,
) -> Vec<Mismatched> {
    let each = |(node, all): (usize, Vec<Mismatch<'_>>)| {
        let slots: Vec<Slot> = all.iter().flat_map(Mismatch::slots).collect();
        let own = set.code(node);
        let given = reasons.iter().position(|reason| reason.criterion == own);
        Mismatched {
            code: own.to_owned(),
            at: set.code(said_at(set, node, &all)).to_owned(),
            sentences: all.iter().map(|each| each.say(lang)).collect(),
            figures: figures(&all),
            reason: given.map(|given| reasons.remove(given)),
            slots,
        }
    };
    grouped(set, on).into_iter().map(each).collect()
}
