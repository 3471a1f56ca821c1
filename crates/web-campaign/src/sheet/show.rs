//! A sheet at one criterion: the tree at the left, at the right what is asked, entered, computed, proven and said.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use parindex_domain::procedure::{Locked, Phase, Stage};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::lang::Say;
use parindex_rulebook::set::Compiled;
use parindex_store::delegation::Delegation;
use parindex_store::evidence::{Evidence, Uses};
use parindex_store::remark::Remark;
use parindex_store::sheet::StoredEntry;
use parindex_store::verdict::Verdict;
use parindex_store::visit::Visit;
use serde::Deserialize;

use super::criterion::{CriterionView, Neighbours};
use super::entering::{Entering, EnteringNotice, mark, note, the_mark, told};
use super::field::{FieldSource, FormValues};
use super::said::{Around, Discussion, Reading, Reusable};
use parindex_service::campaign::column::{Column, Of, columns};
use parindex_service::campaign::load::{Loaded, compiled, load, load_said};
use parindex_service::sheet::mismatch::refused;
use parindex_service::sheet::seal::{Seal, compared};
use parindex_service::sheet::sum::Sum;
use parindex_service::sheet::tree::{LeafState, TreeSource};
use parindex_service::sheet::{SheetView, open};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with, parts};
use parindex_web_shell::mistake::{Mistake, Mistakes};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// A round in which the unit can explain itself, or has.
pub struct Thread {
    /// The round.
    pub stage: Stage,
    pub remarks: Vec<Remark>,
    /// Documents that came with it.
    pub documents: Vec<Evidence>,
    /// Why nothing more can be said.
    pub lock: Option<String>,
}

/// What is looked for among the documents of the sheet.
#[derive(Deserialize)]
pub struct SheetQuery {
    #[serde(default)]
    find: String,
}

/// Longer words are in no title.
const MAX_FIND: usize = 100;

/// What is wrong with what was typed.
#[derive(Default)]
pub struct SheetTrouble {
    pub typed: Option<FormValues>,
    /// By the name of the field.
    pub wrong: Vec<(String, String)>,
    /// What others have saved meanwhile.
    pub overtaken: Vec<StoredEntry>,
    /// The fields that were kept, where a page saved by itself and is answered field by field.
    pub kept: Option<Vec<String>>,
    /// What is wrong with a document, and in which round it was to come.
    pub document: Option<(i64, String)>,
    /// What is wrong with another form of the page.
    pub acts: Mistakes,
}

impl SheetTrouble {
    fn status(&self) -> StatusCode {
        match self {
            Self { overtaken, .. } if !overtaken.is_empty() => StatusCode::CONFLICT,
            Self { wrong, document, .. } if !wrong.is_empty() || document.is_some() => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self { acts, .. } => acts.status(),
        }
    }
}

#[derive(Template)]
#[template(path = "sheet/show.html", blocks = ["sum", "tree", "entry", "history"])]
struct ShowPage {
    frame: Frame,
    visitor: Visitor,
    sheet: SheetView,
    sum: Sum,
    about: CriterionView,
    beside: Neighbours,
    entering: Entering,
    documents: Vec<Evidence>,
    reusable: Reusable,
    uses: Uses,
    visits: Vec<Visit>,
    threads: Vec<Thread>,
    past: Vec<EnteringNotice>,
    trouble: SheetTrouble,
    /// Which result it is, where it was approved.
    approved: Option<String>,
    /// Whether it is as it was submitted, once it is.
    sealed: Option<Seal>,
}

impl ShowPage {
    /// Where the page is.
    fn here(&self) -> String {
        format!("/sheets/{}/{}", self.sheet.member.id, self.about.code)
    }

    fn may_fill(&self) -> bool {
        let above = self.about.above.iter().map(|(code, _)| code);
        let within: Vec<String> = [&self.about.code].into_iter().chain(above).cloned().collect();
        self.sheet.may_fill(&self.visitor.viewer, &within)
    }

    /// Whether the visitor fills in the whole sheet, and so may give parts of it away.
    fn may_delegate(&self) -> bool {
        self.sheet.fills_all(&self.visitor.viewer) && self.can_fill()
    }

    fn may_submit(&self) -> bool {
        self.visitor.permit(Act::SubmitSheets, &self.sheet.subject).is_ok()
    }

    fn may_run(&self) -> bool {
        self.visitor.permit(Act::RunCampaigns, &Subject::Everything).is_ok()
    }

    fn can_fill(&self) -> bool {
        self.may_fill() && self.entering.lock.is_none()
    }

    /// The parts that were given away, with how far they are.
    fn parts(&self) -> impl Iterator<Item = (&Delegation, &usize, &usize)> {
        let far = self.sum.parts.iter().map(|(done, of)| (done, of));
        self.sheet.parts.iter().zip(far).map(|(part, (done, of))| (part, done, of))
    }

    /// The word that keeps a field from being typed into.
    fn readonly(&self) -> &'static str {
        if self.can_fill() { "" } else { "readonly" }
    }

    /// What is wrong with a document of a round.
    fn document_says(&self, round: i64) -> Option<&str> {
        let (of, sentence) = self.trouble.document.as_ref()?;
        (*of == round).then_some(sentence.as_str())
    }
}

/// The sheet at its first criterion that is still open.
pub async fn open_sheet(State(app): State<App>, visitor: Visitor, Path(member): Path<i64>) -> Answer {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    let loaded = load(&app.service, &sheet.of, &[member], 0).await?;
    let (block, at) = loaded.seat(member)?;
    let scored = loaded.score(0)?;
    let set = loaded.set(block)?;
    let score = scored.boards.get(block).and_then(|board| board.score(at)).ok_or(Failure::NotFound)?;
    let stage = sheet.of.stages.first().ok_or(Failure::NotFound)?;
    let own = loaded.entries.iter().filter(|each| each.member == member && each.stage == stage.id);
    let begun: HashSet<&str> = own.map(|entry| entry.criterion.as_str()).collect();
    let refused = refused(&loaded, &scored, member)?;
    let tree = TreeSource { set, score, stage, begun: &begun, refused: &refused, here: None };
    let all = sheet.leaves(set);
    let find = |state: LeafState| all.iter().find(|node| tree.state(**node) == state);
    let open = [LeafState::Empty, LeafState::Begun, LeafState::Mismatched].into_iter().find_map(find);
    let next = open.or(all.first());
    let next = next.ok_or(Failure::NotFound)?;
    Ok(Redirect::to(&format!("/sheets/{member}/{}", set.code(*next))).into_response())
}

/// The page, with documents found that could be used again.
pub async fn show_criterion(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path((member, code)): Path<(i64, String)>,
    Query(SheetQuery { find }): Query<SheetQuery>,
) -> Answer {
    let find = parindex_service::typed::words(&find, MAX_FIND);
    found(&app, &visitor, (member, &code), (SheetTrouble::default(), &find)).await
}

/// The page, with a form on it that could not be carried out.
pub async fn mistaken(
    app: &App,
    visitor: &Visitor,
    (member, at): (i64, &str),
    mistake: Mistake,
) -> Result<Response, Failure> {
    let trouble = SheetTrouble { acts: mistake.into(), ..SheetTrouble::default() };
    if !at.is_empty() {
        return show(app, visitor, (member, at), trouble).await;
    }
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    let set = compiled(&app.service, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    let first = sheet.leaves(&set).first().map(|node| set.code(*node).to_owned());
    show(app, visitor, (member, &first.ok_or(Failure::NotFound)?), trouble).await
}

/// The page, with what was typed and could not be kept.
pub async fn show(
    app: &App,
    visitor: &Visitor,
    (member, at): (i64, &str),
    trouble: SheetTrouble,
) -> Result<Response, Failure> {
    found(app, visitor, (member, at), (trouble, "")).await
}

async fn found(
    app: &App,
    visitor: &Visitor,
    (member, at): (i64, &str),
    (trouble, find): (SheetTrouble, &str),
) -> Result<Response, Failure> {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    let loaded = load_said(&app.service, &sheet.of, &[member], sheet.upto).await?;
    let reading = Reading { app, visitor, sheet: &sheet, loaded: &loaded, find };
    let (said, around) = (Discussion::read(&reading, at).await?, Around::read(&reading, at).await?);
    let look = Look { app, visitor, sheet: &sheet, loaded: &loaded, at };
    let status = trouble.status();
    let sealed = compared(&app.service, &sheet, visitor.lang).await?;
    Ok(page_with(status, &look.page((said, around), trouble, sealed)?))
}

/// What a page that saved by itself takes over: the sum, the tree, the fields with what follows from them, and the history. Nothing else
/// is read for it: on the last evening every field of every page asks.
pub async fn answer(
    app: &App,
    visitor: &Visitor,
    (sheet, at): (&SheetView, &str),
    trouble: SheetTrouble,
) -> Result<Response, Failure> {
    let loaded = load_said(&app.service, &sheet.of, &[sheet.member.id], sheet.upto).await?;
    let reading = Reading { app, visitor, sheet, loaded: &loaded, find: "" };
    let said = Discussion::read(&reading, at).await?;
    let look = Look { app, visitor, sheet, loaded: &loaded, at };
    let status = trouble.status();
    let page = look.page((said, Around::default()), trouble, None)?;
    Ok(parts(status, &[&page.as_sum(), &page.as_tree(), &page.as_entry(), &page.as_history()]))
}

struct Look<'l> {
    app: &'l App,
    visitor: &'l Visitor,
    sheet: &'l SheetView,
    loaded: &'l Loaded,
    at: &'l str,
}

impl Look<'_> {
    fn page(
        &self,
        (said, around): (Discussion, Around),
        trouble: SheetTrouble,
        sealed: Option<Seal>,
    ) -> Result<ShowPage, Failure> {
        let frame = Frame::new(self.app, self.visitor);
        let (block, _) = self.loaded.seat(self.sheet.member.id)?;
        let set = self.loaded.set(block)?;
        let node = set.set.find(self.at).ok_or(Failure::NotFound)?;
        let stage = self.sheet.of.stages.first().ok_or(Failure::NotFound)?;
        Ok(ShowPage {
            sum: Sum::new((self.sheet, self.loaded), set, (node, stage), frame.lang)?,
            about: CriterionView::new(set, node, &frame)?,
            beside: Neighbours::new(set, node, &self.sheet.leaves(set))?,
            entering: self.entering(set, (node, stage), (&said, &trouble), &frame)?,
            threads: self.threads(&around, &frame),
            documents: around.documents.into_iter().filter(|each| each.stage == stage.id).collect(),
            reusable: around.reusable,
            uses: around.uses,
            visits: around.visits,
            past: told(&self.source(set, (node, &[]), None), &said.past),
            approved: self.loaded.says_approved(frame.lang),
            sealed,
            visitor: self.visitor.clone(),
            sheet: self.sheet.clone(),
            trouble,
            frame,
        })
    }

    fn entering(
        &self,
        set: &Compiled,
        (node, stage): (usize, &Stage),
        (said, trouble): (&Discussion, &SheetTrouble),
        frame: &Frame,
    ) -> Result<Entering, Failure> {
        let (block, at) = self.loaded.seat(self.sheet.member.id)?;
        let own = set.tree.is_leaf(node) && parindex_service::campaign::counted::counts(set, stage, node);
        // What others score has its sentence where the visitor may see their points.
        let last = self.sheet.of.stages.get(self.sheet.upto).or(self.sheet.of.stages.last());
        let scored = self.loaded.score(if own { 0 } else { last.map_or(0, |stage| stage.place) })?;
        let board = scored.boards.get(block).ok_or(Failure::NotFound)?;
        let (typed, lang) = (trouble.typed.as_ref(), frame.lang);
        let source = self.source(set, (node, &said.cells), typed);
        let mut fields = source.fields();
        for field in &mut fields.all {
            mark(field, trouble, lang);
            field.asks = said.asks.at(field);
        }
        let locked = self.sheet.of.unlocked(&self.sheet.member, self.app.now());
        Ok(Entering {
            mark: the_mark(&source, &fields, trouble),
            fields,
            note: note((&said.cells, self.at), trouble, lang),
            refused: !trouble.wrong.is_empty() || !trouble.overtaken.is_empty(),
            columns: self.columns(node, &said.verdicts, frame)?,
            sentence: crate::calendar::told(board, (at, node), scored.above(block, at, node), lang),
            own,
            above: super::above::AncestorView::all(set, node, &said.cells),
            saved: said.cells.iter().map(|cell| cell.at).max(),
            lock: if own { locked.err() } else { Some(Locked::NotYours) },
            until: match self.sheet.of.entering(&self.sheet.member, self.app.now()) {
                Phase::Open(until) => Some(until),
                Phase::Before(_) | Phase::After(_) => None,
            },
        })
    }

    fn source<'s>(
        &'s self,
        set: &'s Compiled,
        (node, cells): (usize, &'s [StoredEntry]),
        typed: Option<&'s FormValues>,
    ) -> FieldSource<'s> {
        let period = Some(self.sheet.of.campaign.about.period());
        FieldSource { set, node, cells, typed, period, lang: self.visitor.lang }
    }

    /// Points of every stage that the visitor may see, beside each other.
    fn columns(&self, node: usize, verdicts: &[Verdict], frame: &Frame) -> Result<Vec<Column>, Failure> {
        let of = Of { member: self.sheet.member.id, node, criterion: self.at };
        let stages = &self.sheet.of.stages;
        let seen = stages.get(..=self.sheet.upto).unwrap_or(stages);
        Ok(columns(self.loaded, &of, (seen, verdicts), frame.lang)?)
    }

    fn threads(&self, around: &Around, frame: &Frame) -> Vec<Thread> {
        let rounds = self.sheet.of.rounds().take(self.sheet.upto);
        let thread = |stage: &Stage| {
            let lock =
                stage.round.explain(&self.sheet.of.campaign.life, self.sheet.member.more, self.app.now());
            Thread {
                remarks: around.remarks.iter().filter(|each| each.stage == stage.id).cloned().collect(),
                documents: around.documents.iter().filter(|each| each.stage == stage.id).cloned().collect(),
                lock: lock.err().map(|lock| lock.say(frame.lang)),
                stage: stage.clone(),
            }
        };
        rounds.filter(|stage| stage.round.released.is_some()).map(thread).collect()
    }
}
