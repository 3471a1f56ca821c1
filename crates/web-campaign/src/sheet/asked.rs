//! What is asked at the fields of a sheet: figures that do not agree, shares over 100 %, and figures that stand about ten or a thousand
//! times off those of an earlier year or of most other units. Only the first stands in the way of submitting the sheet.

use std::collections::HashMap;
use std::sync::Arc;

use parindex_domain::campaign::BlockData;
use parindex_domain::doubt::{Beside, Earlier, is_same_figure, over_whole};
use parindex_domain::procedure::{Block, Member};
use parindex_rulebook::input::Value;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::slot::Slot;
use parindex_scoring::check::mismatches;
use parindex_scoring::sheet::Sheet;
use parindex_store::sheet::{Compared, Comparing};

use super::field::FieldView;
use parindex_service::ServiceError;
use parindex_service::campaign::load::{Loaded, compiled};
use parindex_service::sheet::SheetView;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;

/// Other units that are looked at: those that stand next to it in its block are as good as all of them.
const MAX_OTHERS: usize = 100;

/// Something that is asked about a figure.
#[derive(Clone, Debug)]
pub struct Ask {
    /// At its field.
    pub sentence: String,
    /// In a list, with the name of the figure.
    pub named: String,
    /// Whether the sheet is submitted only with a reason.
    pub needs_reason: bool,
    /// The criterion at which the figure is entered.
    pub leaf: String,
    owner: String,
    input: String,
}

/// What is asked at some criteria of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Asks(Vec<Ask>);

impl Asks {
    /// What is asked at a field.
    #[must_use]
    pub fn at(&self, field: &FieldView) -> Vec<Ask> {
        let here = |ask: &&Ask| ask.owner == field.owner && ask.input == field.input;
        self.0.iter().filter(here).cloned().collect()
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether anything is asked that may be right as it is.
    #[must_use]
    pub fn has_doubts(&self) -> bool {
        self.doubts().next().is_some()
    }

    /// What may be right as it is, figure by figure.
    pub fn doubts(&self) -> impl Iterator<Item = &Ask> {
        self.0.iter().filter(|ask| !ask.needs_reason)
    }
}

/// What is asked about the figures of these leaves of a sheet that was loaded. What was approved is asked no more.
///
/// # Errors
/// The database.
pub async fn asked(
    app: &App,
    (sheet, loaded): (&SheetView, &Loaded),
    leaves: &[usize],
    lang: Lang,
) -> Result<Asks, Failure> {
    let (block, seat) = loaded.seat(sheet.member.id)?;
    let block = loaded.campaign.blocks.get(block).ok_or(Failure::NotFound)?;
    let sheets = block.sheets(0);
    let Some(entered) = sheets.get(seat).filter(|_| loaded.approved.is_none()) else {
        return Ok(Asks::default());
    };
    let asking = Asking { app, sheet, loaded, block, entered, leaves, lang };
    let mut slots: Vec<Slot> = leaves.iter().flat_map(|leaf| block.set.asked_at(*leaf)).collect();
    slots.sort_unstable();
    slots.dedup();
    let mut asks = asking.mismatches(&slots);
    asks.extend(asking.over_whole(&slots));
    asks.extend(asking.jumps(&slots).await?);
    Ok(Asks(asks))
}

struct Asking<'a> {
    app: &'a App,
    sheet: &'a SheetView,
    loaded: &'a Loaded,
    block: &'a BlockData,
    entered: &'a Sheet,
    leaves: &'a [usize],
    lang: Lang,
}

impl Asking<'_> {
    /// Where something about figures is said; nowhere to a body that was not given all of them, because their values are named.
    fn at(&self, figures: Vec<Slot>, slots: &[Slot]) -> Option<Slot> {
        let owner = |slot: &Slot| self.block.set.owners.get(slot.index()).copied();
        let sees = |slot: &Slot| owner(slot).is_some_and(|owner| self.sheet.shows(&self.block.set, owner));
        let all = self.sheet.only.is_none() || figures.iter().all(sees);
        figures.into_iter().find(|slot| all && slots.contains(slot))
    }

    fn mismatches(&self, slots: &[Slot]) -> Vec<Ask> {
        let all = mismatches(&self.block.set, self.entered, &self.loaded.campaign.calendar);
        let ask = |figures: Vec<Slot>, sentence: String| {
            let at = self.at(figures, slots)?;
            self.ask(at, (sentence.clone(), sentence), true)
        };
        all.iter().filter_map(|each| ask(each.slots(), each.say(self.lang))).collect()
    }

    fn over_whole(&self, slots: &[Slot]) -> Vec<Ask> {
        let calendar = &self.loaded.campaign.calendar;
        let over = |leaf: &usize| over_whole(&self.block.set, *leaf, self.entered, calendar);
        let ask = |figures: Vec<Slot>, sentence: String| {
            let at = self.at(figures, slots)?;
            self.ask(at, (sentence.clone(), sentence), false)
        };
        self.leaves.iter().flat_map(over).filter_map(|each| ask(each.slots(), each.say(self.lang))).collect()
    }

    async fn jumps(&self, slots: &[Slot]) -> Result<Vec<Ask>, Failure> {
        let numbers: Vec<(Slot, &Number)> =
            slots.iter().filter_map(|slot| Some((*slot, self.number(*slot)?))).collect();
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let mut beside = self.beside(&numbers).await?;
        let jump = |(slot, number): (Slot, &Number)| {
            let (beside, input) = (beside.remove(&slot)?, self.block.set.inputs.get(slot.index())?);
            let off = beside.asked(number, &input.kind, self.loaded.campaign.about.year)?;
            let (sentence, title, value) = (off.say(self.lang), input.title(), self.lang.short(number));
            let (open, close) = self.lang.pick(('«', '»'), ('“', '”'));
            let is = self.lang.pick("", "is ");
            let named = format!("{open}{title}{close} ({value}) {is}{sentence}");
            self.ask(slot, (capital(&sentence), named), false)
        };
        Ok(numbers.into_iter().filter_map(jump).collect())
    }

    fn number(&self, slot: Slot) -> Option<&Number> {
        match self.entered.values().get(slot.index())? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    fn ask(&self, slot: Slot, (sentence, named): (String, String), needs_reason: bool) -> Option<Ask> {
        let set = &self.block.set;
        let owner = set.code(*set.owners.get(slot.index())?).to_owned();
        let input = set.inputs.get(slot.index())?.name.clone();
        let leaf = self.leaves.iter().find(|leaf| set.asked_at(**leaf).contains(&slot))?;
        let leaf = set.code(*leaf).to_owned();
        Some(Ask { sentence, named, needs_reason, leaf, owner, input })
    }

    /// What each figure can be compared with.
    async fn beside(&self, numbers: &[(Slot, &Number)]) -> Result<HashMap<Slot, Beside>, Failure> {
        let (of, member, set) = (&self.sheet.of, &self.sheet.member, &self.block.set);
        let block = of.block(member.block).ok_or(Failure::NotFound)?;
        let owners = numbers.iter().filter_map(|(slot, _)| set.owners.get(slot.index()));
        let mut criteria: Vec<String> = owners.map(|owner| set.code(*owner).to_owned()).collect();
        criteria.dedup();
        let comparing = Comparing {
            campaign: &of.campaign,
            stage: of.stages.first().map_or(0, |stage| stage.id),
            member,
            block,
            others: &others(self.sheet),
            criteria: &criteria,
        };
        let rows = self.app.store.compared(&comparing).await?;
        let sets = self.sets(block, &rows).await?;
        let mut beside: HashMap<Slot, Beside> = HashMap::new();
        for row in &rows {
            let Some(version) = sets.get(&(row.set, row.number)) else { continue };
            let Some((slot, value)) = self.figure(row, version) else { continue };
            let known = beside.entry(slot).or_default();
            if row.campaign == of.campaign.id {
                known.others.push(value);
            } else {
                // Later years and stages come later.
                let year = i16::try_from(row.year).unwrap_or_default();
                known.earlier = Some(Earlier { year, value });
            }
        }
        Ok(beside)
    }

    /// The slot that asks for the same figure here, and what stands there.
    fn figure(&self, row: &Compared, version: &Compiled) -> Option<(Slot, Number)> {
        let set = &self.block.set;
        let find = |set: &Compiled| set.slot(set.set.find(&row.criterion)?, &row.input);
        let (here, there) = (find(set)?, find(version)?);
        let value = version.inputs.get(there.index())?.kind.read(&row.text).ok()?;
        let Value::Number(number) = value else { return None };
        is_same_figure((set, here), (version, there)).then_some((here, number))
    }

    /// The versions of the set under which the figures were entered; one that cannot be read any more says nothing.
    async fn sets(
        &self,
        block: &Block,
        rows: &[Compared],
    ) -> Result<HashMap<(i64, i64), Arc<Compiled>>, Failure> {
        let mut sets = HashMap::from([((block.set, block.number), Arc::clone(&self.block.set))]);
        for row in rows {
            let version = (row.set, row.number);
            if sets.contains_key(&version) {
                continue;
            }
            let former = Block { set: row.set, number: row.number, draft: false, ..block.clone() };
            match compiled(&self.app.service, &former).await {
                Ok(set) => drop(sets.insert(version, set)),
                Err(ServiceError::NotFound) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Ok(sets)
    }
}

/// The units next to one in its block.
fn others(sheet: &SheetView) -> Vec<i64> {
    let here = |member: &&Member| member.block == sheet.member.block && member.standing.is_assessed();
    let all: Vec<i64> = sheet.of.members.iter().filter(here).map(|member| member.id).collect();
    let own = all.iter().position(|id| *id == sheet.member.id).unwrap_or_default();
    let first = own.saturating_sub(MAX_OTHERS / 2).min(all.len().saturating_sub(MAX_OTHERS + 1));
    let next = all.into_iter().skip(first).filter(|id| *id != sheet.member.id);
    next.take(MAX_OTHERS).collect()
}

/// As a sentence of its own.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
