//! One criterion of one sheet is decided: what stands there, what proves it, what was said, what others have.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::procedure::{Campaign, Member, Stage};
use parindex_domain::refusal::{NotNow, SheetRefusal};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::notation;
use parindex_store::Refusal;
use parindex_store::evidence::{Evidence, Uses};
use parindex_store::remark::Remark;
use parindex_store::sheet::Reason;
use parindex_store::verdict::{Decide, Verdict};
use parindex_store::visit::Visit;

use super::ruling::{DecideForm, own_points, read, reopened};
use crate::calendar::told;
use crate::phrase::reasons;
use parindex_service::appraisal::{Queue, QueueItem, points_of, waiting};
use parindex_service::campaign::column::{Column, Of, columns};
use parindex_service::campaign::load::{Loaded, load_said};
use parindex_service::sheet::mismatch::{Mismatched, mismatched};
use parindex_service::sheet::value::shown;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::judged;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// The same criterion at another unit.
struct Other {
    name: String,
    member: i64,
    figures: String,
    stages: Vec<String>,
    here: bool,
    /// Whether the visitor sees its sheet: whom the chair names sees that of the standing body alone, and of others their points.
    seen: bool,
}

/// The points that a decision can leave or give back.
struct Standing {
    /// What stands before this round.
    before: String,
    /// The round that gave it; nothing where nobody has decided before.
    round: Option<String>,
    /// What the unit gave itself, where a round before gave something else.
    own: Option<String>,
}

#[derive(Template)]
#[template(path = "appraisal/decide.html")]
struct DecidePage {
    frame: Frame,
    campaign: Campaign,
    stage: Stage,
    items: usize,
    member: Member,
    item: QueueItem,
    name: String,
    max: String,
    rule: String,
    evidence_asked: String,
    guidance: String,
    basis: String,
    columns: Vec<Column>,
    standing: Standing,
    figures: Vec<(String, String)>,
    /// What the unit says about it.
    note: String,
    /// What of its figures does not agree, and why the unit leaves it so.
    mismatches: Vec<Mismatched>,
    sentence: String,
    documents: Vec<(Evidence, bool)>,
    uses: Uses,
    visits: Vec<Visit>,
    reasons: Vec<String>,
    remarks: Vec<Remark>,
    others: Vec<Other>,
    before: Option<QueueItem>,
    after: Option<QueueItem>,
    place: usize,
    lock: Option<String>,
    may_ask: bool,
    looked: i64,
    typed: DecideForm,
    wrong: Option<String>,
}

impl DecidePage {
    fn href(&self, item: &QueueItem) -> String {
        let (campaign, stage) = (self.campaign.id, self.stage.place);
        format!("/appraisal/{campaign}/{stage}/{}/{}", item.member, item.criterion)
    }

    /// When what is shown was decided; whoever decides second is told.
    fn seen(&self) -> i64 {
        self.item.verdict.as_ref().map_or(0, |verdict| verdict.at)
    }

    fn chosen(&self, ruling: &str) -> bool {
        if self.typed.ruling.is_empty() {
            let kept = self.item.verdict.as_ref().map(|verdict| verdict.kind.word());
            // Who decides again about what was explained has to choose: nothing is done by a key pressed too early.
            let first = if self.standing.round.is_none() { "accept" } else { "" };
            return kept.unwrap_or(first) == ruling;
        }
        self.typed.ruling == ruling
    }
}

type At = (i64, i64, i64, String);

pub async fn show_decision(Snapshot(app): Snapshot, visitor: Visitor, Path(at): Path<At>) -> Answer {
    show(&app, &visitor, at, DecideForm::default(), None).await
}

/// The page with what was typed and what is wrong with it.
pub async fn show(
    app: &App,
    visitor: &Visitor,
    (campaign, place, member, criterion): At,
    typed: DecideForm,
    wrong: Option<String>,
) -> Result<Response, Failure> {
    let queue = waiting(&app.service, &visitor.viewer, (campaign, place)).await?;
    let at = position(&queue, member, &criterion)?;
    let documents = app.store.evidence_at(member, &criterion).await?;
    let hashes: Vec<String> = documents.iter().filter_map(|each| each.file.clone()).collect();
    let uses = app.store.uses(&hashes, member, None).await?;
    let mut remarks = app.store.remarks(&[member]).await?;
    remarks.retain(|each| each.criterion == criterion);
    let verdicts = app.store.verdicts(&[member]).await?;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut visits = app.store.visits(&[member]).await?;
    visits.retain(|each| each.criterion.is_empty() || each.criterion == criterion);
    let reasons = reasons(app, visitor.lang).await?;
    let note = app.store.notes(&[member]).await?.remove(&(member, criterion.clone())).unwrap_or_default();
    // Sentences of an approved result are read for the one sheet that is looked at.
    let said = match queue.loaded.approved {
        Some(_) => Some(load_said(&app.service, &queue.of, &[member], 0).await?),
        None => None,
    };
    let reasons_given = app.store.reasons(&[member]).await?;
    let look = Look { app, visitor, queue: &queue, at, verdicts, note, reasons_given, said };
    let page = look.page((documents, remarks, visits), uses, reasons, (typed, wrong))?;
    Ok(page_with(status, &page))
}

fn position(queue: &Queue, member: i64, criterion: &str) -> Result<usize, Failure> {
    let here = |item: &QueueItem| item.member == member && item.criterion == criterion;
    queue.items.iter().position(here).ok_or(Failure::NotFound)
}

struct Look<'l> {
    app: &'l App,
    visitor: &'l Visitor,
    queue: &'l Queue,
    at: usize,
    verdicts: Vec<Verdict>,
    note: String,
    reasons_given: Vec<Reason>,
    said: Option<Loaded>,
}

impl Look<'_> {
    fn page(
        &self,
        (documents, remarks, visits): (Vec<Evidence>, Vec<Remark>, Vec<Visit>),
        uses: Uses,
        reasons: Vec<String>,
        (typed, wrong): (DecideForm, Option<String>),
    ) -> Result<DecidePage, Failure> {
        let item = self.queue.items.get(self.at).cloned().ok_or(Failure::NotFound)?;
        let member = self.queue.of.member(item.member).cloned().ok_or(Failure::NotFound)?;
        let set = self.queue.loaded.set(item.seat.0)?;
        let criterion = set.set.criteria.get(item.node).cloned().ok_or(Failure::NotFound)?;
        let frame = Frame::new(self.app, self.visitor);
        let sentence = self.sentence(&item, frame.lang)?;
        let own_stage = self.queue.of.stages.first().map_or(0, |stage| stage.id);
        let lock = self.lock(&member, &frame);
        let may_ask = self.askable(&member);
        let columns = self.columns(&item, &frame)?;
        let standing = self.standing(&item, &frame)?;
        let typed = reopened(self.queue, &item, standing.own.is_some(), typed, frame.lang);
        let others = self.others(&item, &frame)?;
        let next = |at: Option<usize>| at.and_then(|at| self.queue.items.get(at)).cloned();
        let (previous, after, place) =
            (next(self.at.checked_sub(1)), next(self.at.checked_add(1)), self.at + 1);
        let figures = self.figures(&item, item.member, &frame);
        let mismatches = self.mismatches(&item, frame.lang)?;
        let max = frame.lang.short(set.max(item.node));
        Ok(DecidePage {
            frame,
            campaign: self.queue.of.campaign.clone(),
            stage: self.queue.stage.clone(),
            items: self.queue.items.len(),
            member,
            name: criterion.name,
            max,
            rule: notation::print(&criterion.rule),
            evidence_asked: criterion.evidence,
            guidance: criterion.guidance,
            basis: set.basis(item.node).to_owned(),
            columns,
            standing,
            figures,
            note: self.note.clone(),
            mismatches,
            sentence,
            documents: documents.into_iter().map(|each| (each.clone(), each.stage != own_stage)).collect(),
            uses,
            visits,
            reasons,
            remarks,
            others,
            before: previous,
            after,
            place,
            lock,
            may_ask,
            item,
            looked: self.queue.looked,
            typed,
            wrong,
        })
    }

    /// Why the unit gave itself what it did.
    fn sentence(&self, item: &QueueItem, lang: Lang) -> Result<String, Failure> {
        let loaded = self.said.as_ref().unwrap_or(&self.queue.loaded);
        let (block, seat) = loaded.seat(item.member)?;
        let before = loaded.score(0)?;
        let board = before.boards.get(block).ok_or(Failure::NotFound)?;
        Ok(told(board, (seat, item.node), before.above(block, seat, item.node), lang))
    }

    /// What does not agree among the figures of the criterion, as the unit submitted them.
    fn mismatches(&self, item: &QueueItem, lang: Lang) -> Result<Vec<Mismatched>, Failure> {
        let loaded = &self.queue.loaded;
        let before = loaded.score(0)?;
        let board = before.boards.get(item.seat.0).ok_or(Failure::NotFound)?;
        let (set, Some(sheet)) = (loaded.set(item.seat.0)?, board.sheet(item.seat.1)) else {
            return Ok(Vec::new());
        };
        let on = (sheet, &loaded.campaign.calendar);
        let mut all = mismatched(set, on, self.reasons_given.clone(), lang);
        all.retain(|each| each.is_about(set, item.node));
        Ok(all)
    }

    fn lock(&self, member: &Member, frame: &Frame) -> Option<String> {
        if let Some(sentence) = self.queue.own.notice(Act::Appraise, member, frame.lang) {
            return Some(sentence);
        }
        let lock = self.queue.of.decidable(&self.queue.stage, member, self.app.now()).err()?;
        Some(lock.say(frame.lang))
    }

    /// A question goes to the unit while explanations of the round before are open.
    fn askable(&self, member: &Member) -> bool {
        let before = self.queue.of.rounds().rfind(|round| round.place < self.queue.stage.place);
        let life = &self.queue.of.campaign.life;
        before.is_some_and(|stage| stage.round.explain(life, member.more, self.app.now()).is_ok())
    }

    fn columns(&self, item: &QueueItem, frame: &Frame) -> Result<Vec<Column>, Failure> {
        let of = Of { member: item.member, node: item.node, criterion: &item.criterion };
        Ok(columns(&self.queue.loaded, &of, (&self.queue.of.stages, &self.verdicts), frame.lang)?)
    }

    fn standing(&self, item: &QueueItem, frame: &Frame) -> Result<Standing, Failure> {
        let digits = self.queue.loaded.set(item.seat.0)?.set.settings.rounding.digits.get();
        let before = self.queue.stage.place - 1;
        let (own, stands) =
            (own_points(self.queue, item)?, points_of(&self.queue.loaded.score(before)?, item).cloned());
        let round =
            self.queue.of.rounds().find(|round| round.place == before).map(|round| round.name.clone());
        let own = own.filter(|own| round.is_some() && stands.as_ref() != Some(own));
        Ok(Standing {
            before: frame.points(stands.as_ref(), digits),
            round,
            own: own.map(|own| frame.points(Some(&own), digits)),
        })
    }

    /// What a unit entered for the inputs of the criterion.
    fn figures(&self, item: &QueueItem, member: i64, frame: &Frame) -> Vec<(String, String)> {
        let Ok(set) = self.queue.loaded.set(item.seat.0) else { return Vec::new() };
        let mut latest: HashMap<&str, (i64, &str)> = HashMap::new();
        let order = |stage: i64| self.queue.of.stages.iter().position(|each| each.id == stage).unwrap_or(0);
        for entry in
            self.queue.loaded.entries.iter().filter(|entry| entry.member == member && !entry.input.is_empty())
        {
            let at = i64::try_from(order(entry.stage)).unwrap_or(0);
            let owner = set.set.find(&entry.criterion);
            let reads = owner == Some(item.node)
                || owner.is_some_and(|owner| set.tree.ancestors(item.node).any(|above| above == owner));
            let newer = latest.get(entry.input.as_str()).is_none_or(|(known, _)| *known <= at);
            if reads && newer {
                latest.insert(&entry.input, (at, &entry.text));
            }
        }
        let slots = set.reads.get(item.node).into_iter().flatten();
        let inputs = slots.filter_map(|slot| set.inputs.get(slot.index()));
        let figure = |input: &parindex_rulebook::input::Input| {
            let label = if input.label.is_empty() { input.name.clone() } else { input.label.clone() };
            let text = latest.get(input.name.as_str()).map_or("–", |(_, text)| *text);
            (label, shown(input, text, frame.lang))
        };
        inputs.map(figure).collect()
    }

    /// The same criterion at all units of the block.
    fn others(&self, item: &QueueItem, frame: &Frame) -> Result<Vec<Other>, Failure> {
        let digits = self.queue.loaded.set(item.seat.0)?.set.settings.rounding.digits.get();
        let stages: Vec<_> = (0..=self.queue.stage.place)
            .map(|stage| self.queue.loaded.score(stage))
            .collect::<Result<_, _>>()?;
        let block = self.queue.of.blocks.get(item.seat.0).map_or(0, |block| block.id);
        let members = self.queue.of.members.iter().filter(|member| member.block == block);
        let sees_all = self.visitor.permit(Act::SeeSheets, &Subject::Everything).is_ok();
        let other = |member: &Member| {
            let at =
                QueueItem { member: member.id, seat: self.queue.loaded.seat(member.id)?, ..item.clone() };
            let seen = sees_all || self.queue.own.stands_in(Act::SeeSheets, member.id);
            let figures = if seen { self.figures(item, member.id, frame) } else { Vec::new() };
            let figures = figures.into_iter().map(|(_, text)| text);
            Ok(Other {
                seen,
                name: member.name.clone(),
                member: member.id,
                figures: figures.collect::<Vec<_>>().join(" / "),
                stages: stages.iter().map(|stage| frame.points(points_of(stage, &at), digits)).collect(),
                here: member.id == item.member,
            })
        };
        members.map(other).collect()
    }
}

/// Decides it, and goes on to what waits next.
pub async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, place, member, criterion)): Path<At>,
    Protected(typed): Protected<DecideForm>,
) -> Answer {
    let queue = waiting(&app.service, &visitor.viewer, (campaign, place)).await?;
    let at = position(&queue, member, &criterion)?;
    let item = queue.items.get(at).ok_or(Failure::NotFound)?;
    let read = read(&queue, item, &typed, visitor.lang);
    let (ruling, reason) = match read {
        Ok(read) => read,
        Err(sentence) => {
            return show(&app, &visitor, (campaign, place, member, criterion), typed, Some(sentence)).await;
        }
    };
    let decide = Decide {
        member,
        stage: place,
        criterion: criterion.clone(),
        domain: item.domain.clone(),
        ruling,
        reason,
        seen: typed.seen,
        looked: typed.looked,
    };
    let waits = |item: &&QueueItem| item.verdict.is_none() && !queue.own.bars(item.member);
    let after = queue.items.iter().skip(at + 1).find(waits).or(queue.items.iter().take(at).find(waits));
    let to = after.map_or(format!("/appraisal/{campaign}/{place}"), |item| {
        format!("/appraisal/{campaign}/{place}/{}/{}", item.member, item.criterion)
    });
    match judged(&app, &visitor, decide, move |(), _another| to).await {
        Err(Failure::Refused(Refusal::NotNow(why @ NotNow::Sheet(SheetRefusal::Changed)))) => {
            let sentence = Some(why.say(visitor.lang));
            show(&app, &visitor, (campaign, place, member, criterion), typed, sentence).await
        }
        decided => decided,
    }
}
