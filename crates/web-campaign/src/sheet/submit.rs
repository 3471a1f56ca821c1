//! Before a sheet is submitted: what is missing, what does not agree. Then the head submits it, and it is sealed.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use parindex_domain::procedure::{Locked, SheetState, Stage};
use parindex_domain::right::Act;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::slot::Slot;
use parindex_scoring::unit::{Total, UnitScore};
use parindex_store::Refusal;
use parindex_store::sheet::Submit;
use serde::Deserialize;

use super::asked::{Asks, asked};
use parindex_service::campaign::load::{Loaded, load};
use parindex_service::sheet::mismatch::{Mismatched, on_sheet, refused, unexplained};
use parindex_service::sheet::not_done::{not_done, untouched};
use parindex_service::sheet::seal::{Seal, compared};
use parindex_service::sheet::tree::{LeafState, TreeSource};
use parindex_service::sheet::{SheetView, open};
use parindex_web_shell::app::App;
use parindex_web_shell::download::attachment;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::mistake::Mistakes;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// A criterion and what is missing for it.
struct Gap {
    code: String,
    name: String,
    what: &'static str,
}

/// What went wrong with a form of the page.
#[derive(Default)]
pub struct SubmitTrouble {
    /// Whether something else stands there than what was looked at.
    pub outdated: bool,
    /// Why the sheet was not submitted.
    pub refused: Option<String>,
    /// What is wrong with a reason.
    pub mistakes: Mistakes,
}

impl SubmitTrouble {
    fn status(&self) -> StatusCode {
        if self.outdated || self.refused.is_some() { StatusCode::CONFLICT } else { self.mistakes.status() }
    }
}

#[derive(Template)]
#[template(path = "sheet/submit.html")]
struct SubmitPage {
    frame: Frame,
    sheet: SheetView,
    open: Vec<Gap>,
    without_evidence: Vec<Gap>,
    /// What nobody touched, and what submitting says was not done.
    not_done: Vec<Gap>,
    /// Figures that do not agree: each needs a reason.
    checks: Vec<Mismatched>,
    /// Figures that may be right as they are.
    doubts: Asks,
    points: String,
    lock: Option<Locked>,
    may_submit: bool,
    /// Whether the visitor can give reasons now.
    can_explain: bool,
    /// The seal over what is shown.
    stands: String,
    trouble: SubmitTrouble,
    /// Whether it is as it was submitted, once it is.
    sealed: Option<Seal>,
}

impl SubmitPage {
    fn seal(&self) -> Option<&str> {
        match &self.sheet.member.sheet_state {
            SheetState::Submitted { seal, .. } => Some(seal),
            _ => None,
        }
    }

    fn lock_says(&self) -> Option<String> {
        self.lock.as_ref().map(|lock| lock.say(self.frame.lang))
    }

    /// What stands in the field of a reason: what was typed, or the reason that was given before.
    fn reason<'p>(&'p self, form: &str, of: &'p Mismatched) -> &'p str {
        self.trouble.mistakes.or(form, "reason", of.former())
    }
}

/// What the page calls the form of a reason.
pub fn form_of(criterion: &str) -> String {
    format!("reason-{criterion}")
}

/// A sheet as it is looked at before it is submitted.
pub struct SheetToSubmit {
    sheet: SheetView,
    loaded: Loaded,
}

impl SheetToSubmit {
    /// What does not agree.
    ///
    /// # Errors
    /// The database.
    pub async fn checks(&self, app: &App, lang: Lang) -> Result<Vec<Mismatched>, Failure> {
        Ok(on_sheet(&app.service, (&self.sheet, &self.loaded), lang).await?)
    }
}

/// Reads it.
///
/// # Errors
/// No such sheet, or no right to see the whole of it.
pub async fn read(app: &App, visitor: &Visitor, member: i64) -> Result<SheetToSubmit, Failure> {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    visitor.permit(Act::SeeSheets, &sheet.subject)?;
    let loaded = load(&app.service, &sheet.of, &[member], 0).await?;
    Ok(SheetToSubmit { sheet, loaded })
}

pub async fn show_submission(Snapshot(app): Snapshot, visitor: Visitor, Path(member): Path<i64>) -> Answer {
    show(&app, &visitor, member, SubmitTrouble::default()).await
}

/// The page, with what went wrong with one of its forms.
pub async fn show(app: &App, visitor: &Visitor, member: i64, trouble: SubmitTrouble) -> Answer {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    visitor.permit(Act::SeeSheets, &sheet.subject)?;
    let stage = sheet.of.stages.first().cloned().ok_or(Failure::NotFound)?;
    // Read before what is shown: what comes between the two is told as a change.
    let stands = app.store.stands(member, stage.id).await?;
    let loaded = load(&app.service, &sheet.of, &[member], 0).await?;
    let (block, at) = loaded.seat(member)?;
    let set = loaded.set(block)?;
    let scored = loaded.score(0)?;
    let score = scored.boards.get(block).and_then(|board| board.score(at)).ok_or(Failure::NotFound)?;
    let frame = Frame::new(app, visitor);
    let proven = app.store.proven(member).await?;
    let (begun, refused) = (begun(&loaded, member, &stage), refused(&loaded, &scored, member)?);
    let gaps = Gaps { set, score, stage: &stage, begun, refused, frame: &frame };
    let own = gaps.own();
    let status = trouble.status();
    let not_done = gaps.not_done(&untouched((&loaded, &scored), (block, at))?);
    let mut open = gaps.open(&own);
    // Of these submitting says something else than that they are not scored.
    open.retain(|gap| not_done.iter().all(|each| each.code != gap.code));
    let page = SubmitPage {
        sealed: compared(&app.service, &sheet, visitor.lang).await?,
        open,
        without_evidence: gaps.unproven(&own, &proven),
        checks: on_sheet(&app.service, (&sheet, &loaded), visitor.lang).await?,
        not_done,
        doubts: asked(app, (&sheet, &loaded), &own, visitor.lang).await?,
        points: total(score.total(), set, frame.lang),
        lock: sheet.of.submittable(&sheet.member, app.now()).err(),
        may_submit: visitor.permit(Act::SubmitSheets, &sheet.subject).is_ok(),
        can_explain: sheet.fills_all(&visitor.viewer)
            && sheet.of.submittable(&sheet.member, app.now()).is_ok(),
        stands,
        trouble,
        frame,
        sheet,
    };
    Ok(page_with(status, &page))
}

fn begun<'l>(loaded: &'l Loaded, member: i64, stage: &Stage) -> HashSet<&'l str> {
    let entries = loaded.entries.iter().filter(|entry| entry.member == member && entry.stage == stage.id);
    entries.map(|entry| entry.criterion.as_str()).collect()
}

fn total(total: &Total, set: &Compiled, lang: Lang) -> String {
    let digits = set.set.settings.rounding.digits.get();
    match total {
        Total::NotScored => "–".to_owned(),
        Total::Partial { points, .. } => lang.fixed(points, digits),
        Total::Complete(complete) => lang.fixed(&complete.points, digits),
    }
}

/// What is missing on a sheet.
struct Gaps<'g> {
    set: &'g Compiled,
    score: &'g UnitScore,
    stage: &'g Stage,
    begun: HashSet<&'g str>,
    refused: HashSet<usize>,
    frame: &'g Frame,
}

impl Gaps<'_> {
    fn state(&self, node: usize) -> LeafState {
        let Self { set, score, stage, begun, refused, .. } = self;
        TreeSource { set, score, stage, begun, refused, here: None }.state(node)
    }

    /// The leaves that the unit scores.
    fn own(&self) -> Vec<usize> {
        self.set.leaves().into_iter().filter(|node| self.state(*node) != LeafState::Other).collect()
    }

    fn gap(&self, node: usize, what: &'static str) -> Gap {
        let name = self.set.set.criteria.get(node).map(|criterion| criterion.name.clone());
        Gap { code: self.set.code(node).to_owned(), name: name.unwrap_or_default(), what }
    }

    fn open(&self, own: &[usize]) -> Vec<Gap> {
        let open = own.iter().filter_map(|node| match self.state(*node) {
            LeafState::Empty => Some(self.gap(*node, self.frame.lang.pick("chưa nhập", "empty"))),
            LeafState::Begun => Some(self.gap(*node, self.frame.lang.pick("nhập dở", "begun"))),
            // What does not agree has a section of its own.
            LeafState::Done | LeafState::Mismatched | LeafState::Other => None,
        });
        open.collect()
    }

    fn not_done(&self, slots: &[Slot]) -> Vec<Gap> {
        let awaits = |node: &usize| {
            let rule = self.set.rules.get(*node);
            rule.is_some_and(|rule| rule.dates_to_be_done().iter().any(|slot| slots.contains(slot)))
        };
        let said = self.frame.lang.pick("chưa thực hiện", "not done");
        self.set.leaves().into_iter().filter(awaits).map(|node| self.gap(node, said)).collect()
    }

    fn unproven(&self, own: &[usize], proven: &HashSet<String>) -> Vec<Gap> {
        let asked = |node: &&usize| {
            self.set.set.criteria.get(**node).is_some_and(|criterion| !criterion.evidence.is_empty())
        };
        let bare = own.iter().filter(asked).filter(|node| !proven.contains(self.set.code(**node)));
        bare.map(|node| self.gap(*node, self.frame.lang.pick("chưa có tài liệu", "no document"))).collect()
    }
}

/// What was looked at.
#[derive(Deserialize)]
pub struct SubmitForm {
    #[serde(default)]
    seen: String,
}

pub async fn submit_sheet(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(typed): Protected<SubmitForm>,
) -> Answer {
    // Looked at outside of the change; inside, only what was seen is submitted.
    let read = read(&app, &visitor, member).await?;
    let unexplained = unexplained(&read.checks(&app, visitor.lang).await?);
    let not_done = not_done(&read.loaded, &read.loaded.score(0)?, member)?;
    let submit = Submit { member, seen: Some(typed.seen), not_done, unexplained };
    match once(&app, &visitor, submit, move |_seal| format!("/sheets/{member}/submit")).await {
        Ok(answer) => Ok(answer),
        Err(Refusal::Stale) => {
            show(&app, &visitor, member, SubmitTrouble { outdated: true, ..SubmitTrouble::default() }).await
        }
        Err(Refusal::Locked(why @ Locked::Unexplained(_))) => {
            let refused = Some(why.say(visitor.lang));
            show(&app, &visitor, member, SubmitTrouble { refused, ..SubmitTrouble::default() }).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The text whose hash is the seal, as a file: `sha256sum` of it gives what the receipt says.
pub async fn download_sealed_sheet(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
) -> Answer {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    visitor.permit(Act::SeeSheets, &sheet.subject)?;
    let stage = sheet.of.stages.first().ok_or(Failure::NotFound)?;
    let text = app.store.sealed_text(&sheet.member, stage.id).await?;
    let name = attachment(&format!("{}.jsonl", sheet.member.name));
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}
