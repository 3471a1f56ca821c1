//! Before a sheet is submitted: what is missing. Then the head submits it, and it is sealed.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use parindex_domain::procedure::{Locked, Paper};
use parindex_domain::right::Act;
use parindex_rulebook::lang::Say;
use parindex_scoring::check::mismatches;
use parindex_store::Refusal;
use parindex_store::sheet::Submit;
use serde::Deserialize;

use super::seal::{Seal, compared};
use super::tree::{Source, State as Leaf};
use super::{Opened, code, leaves, open};
use crate::app::App;
use crate::campaign::scored::load;
use crate::criteria_set::download::attachment;
use crate::failure::{Answer, Failure};
use crate::frame::{Frame, page_with};
use crate::once::once;
use crate::protected::Protected;
use crate::visitor::Visitor;

/// A criterion and what is missing for it.
struct Gap {
    code: String,
    name: String,
    what: &'static str,
}

#[derive(Template)]
#[template(path = "sheet/submit.html")]
struct SubmitPage {
    frame: Frame,
    sheet: Opened,
    open: Vec<Gap>,
    without_evidence: Vec<Gap>,
    checks: Vec<(String, String)>,
    points: String,
    lock: Option<Locked>,
    may_submit: bool,
    /// The seal over what is shown.
    stands: String,
    /// Whether something else stands there than what was looked at.
    outdated: bool,
    /// Whether it is as it was submitted, once it is.
    sealed: Option<Seal>,
}

impl SubmitPage {
    fn seal(&self) -> Option<&str> {
        match &self.sheet.member.paper {
            Paper::Submitted { seal, .. } => Some(seal),
            _ => None,
        }
    }

    fn lock_says(&self) -> Option<String> {
        self.lock.as_ref().map(|lock| lock.say(self.frame.lang))
    }
}

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(member): Path<i64>) -> Answer {
    show(&app, &visitor, member, false).await
}

async fn show(app: &App, visitor: &Visitor, member: i64, outdated: bool) -> Answer {
    let sheet = open(app, visitor, member).await?;
    visitor.permit(Act::SeeSheets, &sheet.subject)?;
    let stage = sheet.of.stages.first().ok_or(Failure::NotFound)?;
    // Read before what is shown: what comes between the two is told as a change.
    let stands = app.store.stands(member, stage.id).await?;
    let loaded = load(app, &sheet.of, &[member], 0).await?;
    let (block, at) = loaded.seat(member)?;
    let set = loaded.set(block)?;
    let scored = loaded.score(0)?;
    let board = scored.boards.get(block).ok_or(Failure::NotFound)?;
    let score = board.score(at).ok_or(Failure::NotFound)?;
    let frame = Frame::new(app, visitor);
    let entries = loaded.entries.iter().filter(|entry| entry.member == member && entry.stage == stage.id);
    let begun: HashSet<&str> = entries.map(|entry| entry.criterion.as_str()).collect();
    let tree = Source { set, score, stage, begun: &begun, here: None };
    let proven = app.store.proven(member).await?;
    let gap = |node: usize, what| {
        let name = set.set.criteria.get(node).map(|criterion| criterion.name.clone()).unwrap_or_default();
        Gap { code: code(set, node).to_owned(), name, what }
    };
    let own: Vec<usize> = leaves(set).into_iter().filter(|node| tree.state(*node) != Leaf::Other).collect();
    let open = own.iter().filter_map(|node| match tree.state(*node) {
        Leaf::Empty => Some(gap(*node, frame.lang.pick("chưa nhập", "empty"))),
        Leaf::Begun => Some(gap(*node, frame.lang.pick("nhập dở", "begun"))),
        Leaf::Done | Leaf::Other => None,
    });
    let asked =
        |node: &&usize| set.set.criteria.get(**node).is_some_and(|criterion| !criterion.evidence.is_empty());
    let bare = own.iter().filter(asked).filter(|node| !proven.contains(code(set, **node)));
    let checks =
        board.sheet(at).map(|sheet| mismatches(set, sheet, &loaded.campaign.calendar)).unwrap_or_default();
    let checks = checks.iter().map(|each| (code(set, each.node).to_owned(), each.say(frame.lang)));
    let digits = set.set.settings.rounding.digits.get();
    let points = match score.total() {
        parindex_scoring::unit::Total::NotScored => "–".to_owned(),
        parindex_scoring::unit::Total::Partial { points, .. } => frame.lang.fixed(points, digits),
        parindex_scoring::unit::Total::Complete(complete) => frame.lang.fixed(&complete.points, digits),
    };
    let page = SubmitPage {
        sealed: compared(app, &sheet, visitor.lang).await?,
        open: open.collect(),
        without_evidence: bare
            .map(|node| gap(*node, frame.lang.pick("chưa có tài liệu", "no document")))
            .collect(),
        checks: checks.collect(),
        points,
        lock: sheet.of.submittable(&sheet.member, app.now()).err(),
        may_submit: visitor.permit(Act::SubmitSheets, &sheet.subject).is_ok(),
        stands,
        outdated,
        frame,
        sheet,
    };
    let status = if outdated { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(page_with(status, &page))
}

/// What was looked at.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    seen: String,
}

/// Submits it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let submit = Submit { member, seen: Some(typed.seen) };
    match once(&app, &visitor, submit, move |_seal| format!("/sheets/{member}/submit")).await {
        Ok(answer) => Ok(answer),
        Err(Refusal::Outdated) => show(&app, &visitor, member, true).await,
        Err(other) => Err(other.into()),
    }
}

/// The text whose hash is the seal, as a file: `sha256sum` of it gives what the receipt says.
pub async fn sealed(State(app): State<App>, visitor: Visitor, Path(member): Path<i64>) -> Answer {
    let sheet = open(&app, &visitor, member).await?;
    visitor.permit(Act::SeeSheets, &sheet.subject)?;
    let stage = sheet.of.stages.first().ok_or(Failure::NotFound)?;
    let text = app.store.sealed_text(&sheet.member, stage.id).await?;
    let name = attachment(&format!("{}.jsonl", sheet.member.name));
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}
