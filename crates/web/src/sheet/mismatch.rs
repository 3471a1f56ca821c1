//! Figures of a sheet that do not agree: what is wrong, and the reason of the unit where it says that they are right.

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::eval::Slot;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::set::Compiled;
use parindex_scoring::check::mismatches;
use parindex_scoring::sheet::Sheet;
use parindex_store::sheet::Reason;

use super::{Opened, asked_at, code, leaves};
use crate::app::App;
use crate::campaign::scored::Loaded;
use crate::failure::Failure;

/// What does not agree at one criterion that states cross-checks.
pub struct Mismatched {
    /// Its code.
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
        asked_at(set, leaf).iter().any(|slot| self.slots.contains(slot))
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
    app: &App,
    (sheet, loaded): (&Opened, &Loaded),
    lang: Lang,
) -> Result<Vec<Mismatched>, Failure> {
    let (block, seat) = loaded.seat(sheet.member.id)?;
    let block = loaded.campaign.blocks.get(block).ok_or(Failure::NotFound)?;
    let sheets = block.sheets(0);
    let entered = sheets.get(seat).ok_or(Failure::NotFound)?;
    let reasons = app.store.reasons(&[sheet.member.id]).await?;
    Ok(mismatched(&block.set, (entered, &loaded.campaign.calendar), reasons, lang))
}

/// What does not agree, criterion by criterion.
#[must_use]
pub fn mismatched(
    set: &Compiled,
    (sheet, calendar): (&Sheet, &Calendar),
    mut reasons: Vec<Reason>,
    lang: Lang,
) -> Vec<Mismatched> {
    let mut all: Vec<(usize, Mismatched)> = Vec::new();
    for mismatch in mismatches(set, sheet, calendar) {
        let (sentence, figures, slots) = (mismatch.say(lang), mismatch.figures(), mismatch.slots());
        if let Some((_, known)) = all.iter_mut().find(|(node, _)| *node == mismatch.node) {
            known.figures = format!("{}; {figures}", known.figures);
            known.sentences.push(sentence);
            known.slots.extend(slots);
            continue;
        }
        let own = code(set, mismatch.node);
        let given = reasons.iter().position(|reason| reason.criterion == own);
        let asks = |leaf: &usize| asked_at(set, *leaf).iter().any(|slot| slots.contains(slot));
        let at = leaves(set).into_iter().find(asks).unwrap_or(mismatch.node);
        let at = code(set, at).to_owned();
        let (code, reason) = (own.to_owned(), given.map(|given| reasons.remove(given)));
        all.push((mismatch.node, Mismatched { code, at, sentences: vec![sentence], figures, reason, slots }));
    }
    all.into_iter().map(|(_, each)| each).collect()
}
