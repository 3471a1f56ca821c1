//! What was typed for a criterion is kept, at every change of a field and at the button.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use parindex_domain::procedure::EntryKind;
use parindex_rulebook::lang::Say;
use parindex_rulebook::set::Compiled;
use parindex_store::Refusal;
use parindex_store::sheet::{KeepCells, NOTE, StoredEntry, TypedCell};

use super::above::{may_not_apply, page_of};
use super::asked::asked;
use super::entering::theirs;
use super::field::{
    FieldSource, FormValues, MARKED, NOT_APPLICABLE, POINTS, Parts, ReadFields, is_touched, seen,
};
use super::show::{SheetTrouble, answer, show};
use parindex_service::campaign::counted::counts;
use parindex_service::campaign::load::{compiled, load};
use parindex_service::sheet::{SheetView, open};
use parindex_service::typed::lines;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// The field for what the unit says.
pub const NOTE_FIELD: &str = "note";

/// Keeps it. A page that saves by itself gets an answer for each field: what is right is kept, whatever is wrong beside it. A form
/// that is sent whole is kept whole or not at all.
pub async fn save_criterion(
    State(app): State<App>,
    visitor: Visitor,
    Path((member, at)): Path<(i64, String)>,
    headers: HeaderMap,
    Protected(mut typed): Protected<FormValues>,
) -> Answer {
    let sheet = open(&app.service.snapshot().await?, &visitor.viewer, member).await?;
    let set = compiled(&app.service, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    let stage = sheet.of.stages.first().ok_or(Failure::NotFound)?;
    let leaf = |node: usize| set.tree.is_leaf(node);
    let node = set.set.find(&at).filter(|node| leaf(*node) || may_not_apply(&set, *node));
    let node = node.ok_or(Failure::NotFound)?;
    if leaf(node) && !counts(&set, stage, node) {
        return Err(Refusal::Locked(parindex_domain::procedure::Locked::NotYours).into());
    }
    let by_itself = headers.contains_key("hx-request");
    let keeping = Keeping { app: &app, visitor: &visitor, sheet: &sheet, set: &set, node, by_itself };
    if !leaf(node) {
        return keeping.whole(&typed).await;
    }
    let ReadFields { parts, wrong } = keeping.read(&typed);
    if !wrong.is_empty() && !by_itself {
        let trouble = SheetTrouble { typed: Some(typed), wrong, ..SheetTrouble::default() };
        return show(&app, &visitor, (member, &at), trouble).await;
    }
    let (parts, overtaken) = keeping.keep(parts).await?;
    if overtaken.is_empty() && !by_itself {
        let goes = typed.contains_key("next") && !keeping.stays(&parts).await?;
        let to = if goes { keeping.next() } else { at.as_str() };
        return Ok(Redirect::to(&format!("/sheets/{member}/{to}")).into_response());
    }
    let kept = keeping.names(&parts);
    for name in &kept {
        typed.remove(name);
    }
    let trouble = SheetTrouble { typed: Some(typed), wrong, overtaken, ..SheetTrouble::default() };
    if by_itself {
        let trouble = SheetTrouble { kept: Some(kept), ..trouble };
        return answer(&app.snapshot().await?, &visitor, (&sheet, &at), trouble).await;
    }
    show(&app.snapshot().await?, &visitor, (member, &at), trouble).await
}

struct Keeping<'k> {
    app: &'k App,
    visitor: &'k Visitor,
    sheet: &'k SheetView,
    set: &'k Compiled,
    node: usize,
    by_itself: bool,
}

impl Keeping<'_> {
    /// That a whole domain does not apply, or does again: said on the page of a criterion below it.
    async fn whole(&self, typed: &FormValues) -> Answer {
        let here = page_of(self.set, self.node, typed.get("here").map(String::as_str));
        let here = self.set.code(here.ok_or(Failure::NotFound)?);
        let text = if typed.contains_key(NOT_APPLICABLE) { MARKED } else { "" }.to_owned();
        let cell = TypedCell {
            input: String::new(),
            kind: EntryKind::NotApplicable,
            text,
            seen: seen(typed, NOT_APPLICABLE),
        };
        let (_kept, overtaken) = self.keep(vec![(self.at().to_owned(), vec![cell])]).await?;
        let member = self.sheet.member.id;
        let Some(entry) = overtaken.first() else {
            return Ok(Redirect::to(&format!("/sheets/{member}/{here}")).into_response());
        };
        let sentence = theirs(entry, &entry.text, self.visitor.lang);
        let acts = Mistake::new(format!("above-{}", self.at()), sentence).into();
        show(self.app, self.visitor, (member, here), SheetTrouble { acts, ..SheetTrouble::default() }).await
    }

    fn at(&self) -> &str {
        self.set.code(self.node)
    }

    fn source(&self) -> FieldSource<'_> {
        let (period, lang) = (Some(self.sheet.of.campaign.about.period()), self.visitor.lang);
        FieldSource { set: self.set, node: self.node, cells: &[], typed: None, period, lang }
    }

    /// What can be kept, and what is wrong with the rest.
    fn read(&self, typed: &FormValues) -> ReadFields {
        let ReadFields { parts, mut wrong } = self.source().read(typed);
        let (own, others): (Parts, Parts) = parts.into_iter().partition(|(owner, _)| self.may_fill(owner));
        // An input of a node above may serve criteria that were not delegated; who fills in nothing here is refused as a whole.
        if self.may_fill(self.at()) {
            wrong.extend(self.names(&others).into_iter().map(|name| (name, self.not_given())));
        }
        let mut read = ReadFields { parts: own, wrong };
        match self.note(typed) {
            Ok(note) => read.parts.extend(note),
            Err(sentence) => read.wrong.push((NOTE_FIELD.to_owned(), sentence)),
        }
        read
    }

    fn may_fill(&self, owner: &str) -> bool {
        let owner = self.set.set.find(owner);
        owner.is_some_and(|owner| self.sheet.may_fill(&self.visitor.viewer, &self.set.path_codes(owner)))
    }

    fn not_given(&self) -> String {
        let sentence = self.visitor.lang.pick(
            "số liệu này dùng chung cho nhiều tiêu chí, do đơn vị có phiếu nhập; chưa lưu ở đây",
            "several criteria share this figure, and the unit of the sheet enters it; not saved here",
        );
        sentence.to_owned()
    }

    /// What the unit says about the criterion, where somebody changed it.
    fn note(&self, typed: &FormValues) -> Result<Option<(String, Vec<TypedCell>)>, String> {
        if !is_touched(typed, NOTE_FIELD) || !self.may_fill(self.at()) {
            return Ok(None);
        }
        let text = typed.get(NOTE_FIELD).map_or("", String::as_str);
        let text = lines(("Ghi chú", "The note"), text).map_err(|long| long.say(self.visitor.lang))?;
        let cell =
            TypedCell { input: NOTE.to_owned(), kind: EntryKind::Note, text, seen: seen(typed, NOTE_FIELD) };
        Ok(Some((self.at().to_owned(), vec![cell])))
    }

    /// Keeps them, and says what was kept and what others changed meanwhile. What saves by itself waits for no other field.
    async fn keep(&self, mut parts: Parts) -> Result<(Parts, Vec<StoredEntry>), Failure> {
        let mut overtaken = Vec::new();
        loop {
            let within = self.set.path_codes(self.node);
            let keep = KeepCells { member: self.sheet.member.id, within, parts: parts.clone() };
            match self.app.store.commit(&self.visitor.actor(), self.app.now(), keep).await {
                Ok(_changed) => return Ok((parts, overtaken)),
                Err(Refusal::CellConflict(cells)) if self.by_itself && !cells.is_empty() => {
                    without(&mut parts, &cells);
                    overtaken.extend(cells);
                }
                Err(Refusal::CellConflict(cells)) => return Ok((Vec::new(), cells)),
                Err(other) => return Err(other.into()),
            }
        }
    }

    /// The fields of cells.
    fn names(&self, parts: &Parts) -> Vec<String> {
        let fields = self.source().fields().all;
        let name = |owner: &str, cell: &TypedCell| match (cell.kind, cell.input.as_str()) {
            (EntryKind::Note, _) => Some(NOTE_FIELD.to_owned()),
            (EntryKind::NotApplicable, _) => Some(NOT_APPLICABLE.to_owned()),
            (_, "") => Some(POINTS.to_owned()),
            (_, input) => {
                let own = fields.iter().find(|field| field.owner == owner && field.input == input);
                own.map(|field| field.name.clone())
            }
        };
        let of_part = |(owner, cells): &(String, Vec<TypedCell>)| {
            cells.iter().filter_map(|cell| name(owner, cell)).collect::<Vec<_>>()
        };
        parts.iter().flat_map(of_part).collect()
    }

    /// Whether something is asked about a figure that was just saved: whoever wanted to go on sees it first, and goes on the next time.
    async fn stays(&self, parts: &Parts) -> Result<bool, Failure> {
        let mut cells = parts.iter().flat_map(|(_, cells)| cells);
        if !cells.any(|cell| cell.kind == EntryKind::Value) {
            return Ok(false);
        }
        let loaded = load(&self.app.service, &self.sheet.of, &[self.sheet.member.id], 0).await?;
        let asks = asked(self.app, (self.sheet, &loaded), &[self.node], self.visitor.lang).await?;
        Ok(!asks.is_empty())
    }

    /// The criterion that is shown after this one was kept.
    fn next(&self) -> &str {
        let all = self.sheet.leaves(self.set);
        let next = all.iter().position(|each| *each == self.node).and_then(|place| all.get(place + 1));
        next.map_or(self.at(), |next| self.set.code(*next))
    }
}

/// Takes out what others changed; each time there is less of it.
fn without(parts: &mut Parts, overtaken: &[StoredEntry]) {
    let is_there = |owner: &str, cell: &TypedCell| {
        overtaken.iter().any(|entry| entry.criterion == owner && entry.input == cell.input)
    };
    for (owner, cells) in parts.iter_mut() {
        cells.retain(|cell| !is_there(owner, cell));
    }
    parts.retain(|(_, cells)| !cells.is_empty());
}
