//! A unit’s sheet: filled in criterion by criterion, proven, submitted, explained.

mod above;
pub mod adjusted;
pub mod asked;
pub mod criterion;
pub mod delegate;
mod entering;
pub mod evidence;
pub mod expire;
pub mod explain;
pub mod field;
pub mod keep;
pub mod mismatch;
pub mod pack;
pub mod reason;
mod said;
pub mod seal;
pub mod show;
pub mod submit;
mod sum;
pub mod tree;
pub mod value;
pub mod workbook;

use axum::routing::{get, post};
use jiff::civil::Date;
use parindex_domain::right::{Act, Reach, Subject, UnitPath, allowing};
use parindex_rulebook::set::Compiled;
use parindex_store::campaign::{Campaign, Member, Whole};
use parindex_store::delegation::Delegation;

use crate::campaign::whole;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::own::Own;
use parindex_web_shell::route::{Limit, Needs, Route, Scope};
use parindex_web_shell::visitor::Visitor;

/// The addresses.
pub static ROUTES: &[Route<App>] = &[
    Route::get("/campaigns/{campaign}/documents", Needs::Act(Act::SeeSheets), Scope::Campaign, || {
        get(evidence::find::find_documents)
    }),
    Route::get("/sheets/{member}", Needs::Either(Act::SeeSheets, Act::FillParts), Scope::Sheet, || {
        get(show::open_sheet)
    }),
    Route::get("/sheets/{member}/adjusted", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(adjusted::show_adjusted)
    }),
    Route::get("/sheets/{member}/workbook", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        get(workbook::show_workbook_upload)
    }),
    Route::post("/sheets/{member}/workbook", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        post(workbook::upload_workbook)
    })
    .limit(Limit::Workbook),
    Route::get("/sheets/{member}/workbook/file", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(workbook::download_workbook)
    }),
    Route::get("/sheets/{member}/pack/{kind}", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(pack::download_pack)
    }),
    Route::get("/sheets/{member}/sealed", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(submit::download_sealed_sheet)
    }),
    Route::get("/sheets/{member}/submit", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(submit::show_submission)
    }),
    Route::post("/sheets/{member}/submit", Needs::Act(Act::SubmitSheets), Scope::Sheet, || {
        post(submit::submit_sheet)
    }),
    Route::post("/sheets/{member}/reason", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        post(reason::give_reason)
    }),
    Route::get(
        "/sheets/{member}/{criterion}",
        Needs::Either(Act::SeeSheets, Act::FillParts),
        Scope::Sheet,
        || get(show::show_criterion),
    ),
    Route::post(
        "/sheets/{member}/{criterion}",
        Needs::Either(Act::FillSheets, Act::FillParts),
        Scope::Sheet,
        || post(keep::save_criterion),
    ),
    Route::post("/sheets/{member}/{criterion}/explain", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        post(explain::explain_criterion)
    }),
    Route::post("/sheets/{member}/{criterion}/delegate", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        post(delegate::delegate_criterion)
    }),
    Route::post("/delegations/{delegation}/end", Needs::Act(Act::FillSheets), Scope::Delegation, || {
        post(delegate::end_delegation)
    }),
    Route::post(
        "/sheets/{member}/{criterion}/evidence",
        Needs::Either(Act::FillSheets, Act::FillParts),
        Scope::Sheet,
        || post(evidence::attach::attach_document),
    )
    .limit(Limit::Document),
    Route::get(
        "/evidence/{evidence}",
        Needs::Either(Act::SeeSheets, Act::FillParts),
        Scope::Evidence,
        || get(evidence::file::download_document),
    ),
    Route::post(
        "/evidence/{evidence}/remove",
        Needs::Either(Act::FillSheets, Act::FillParts),
        Scope::Evidence,
        || post(evidence::detach::remove_document),
    ),
];

/// The units whose sheets the visitor fills in or signs.
pub fn own_paths(visitor: &Visitor) -> Vec<UnitPath> {
    paths_of(visitor, Act::FillSheets)
}

/// The units for which the visitor holds a role that allows an act.
pub fn paths_of(visitor: &Visitor, act: Act) -> Vec<UnitPath> {
    let held = visitor.complete().map(parindex_store::session::Session::appointments).unwrap_or_default();
    let below = allowing(&held, act).filter(|(_, reach)| *reach == Reach::Below);
    below.filter_map(|(each, _)| each.unit.clone()).collect()
}

/// A sheet that somebody looks at.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The campaign.
    pub of: Whole,
    /// Whose sheet.
    pub member: Member,
    /// What rights over it are asked over.
    pub subject: Subject,
    /// The last stage that the visitor may see.
    pub upto: usize,
    /// What was delegated, and to whom.
    pub parts: Vec<Delegation>,
    /// The nodes that the visitor may see, and all below them; the whole sheet when none.
    pub only: Option<Vec<String>>,
    /// The nodes that were given to units of the visitor to fill in.
    pub given: Vec<String>,
}

impl Opened {
    /// Whether the visitor sees a node.
    #[must_use]
    pub fn shows(&self, set: &Compiled, node: usize) -> bool {
        let within = set.path_codes(node);
        self.only.as_ref().is_none_or(|only| within.iter().any(|code| only.contains(code)))
    }

    /// The leaves that the visitor sees, in the order in which they are shown.
    #[must_use]
    pub fn leaves(&self, set: &Compiled) -> Vec<usize> {
        set.leaves().into_iter().filter(|node| self.shows(set, *node)).collect()
    }

    /// Whether the visitor fills in the whole sheet, as far as rights go.
    #[must_use]
    pub fn fills_all(&self, visitor: &Visitor) -> bool {
        visitor.permit(Act::FillSheets, &self.subject).is_ok()
    }

    /// Whether the visitor may fill in a node, which stands under these codes, as far as rights go.
    #[must_use]
    pub fn may_fill(&self, visitor: &Visitor, within: &[String]) -> bool {
        self.fills_all(visitor) || within.iter().any(|code| self.given.contains(code))
    }
}

/// Opens a sheet for a visitor.
///
/// # Errors
/// [`Failure::NotFound`], also for a campaign that is not open; no right to it.
pub async fn open(app: &App, visitor: &Visitor, id: i64) -> Result<Opened, Failure> {
    let (member, path) = app.store.member(id).await?.ok_or(Failure::NotFound)?;
    let subject = subject_of(app, visitor, (id, path)).await?;
    let parts = app.store.parts(id).await?;
    let given = delegated(visitor, &parts);
    let only = match visitor.permit(Act::SeeSheets, &subject) {
        Ok(()) => None,
        Err(denied) if given.is_empty() => return Err(denied.into()),
        Err(_part) => Some(given.clone()),
    };
    let of = whole(app, member.campaign).await?;
    let prepares = visitor.permit(Act::RunCampaigns, &Subject::Everything).is_ok();
    if of.campaign.life == parindex_domain::procedure::Life::Draft && !prepares {
        return Err(Failure::NotFound);
    }
    // Units see a draft once it is released.
    let upto = if visitor.may(Act::SeeScores) { of.stages.len() } else { of.last_released() };
    Ok(Opened { of, member, subject, upto, parts, only, given })
}

/// What rights over a sheet are asked over: its unit. Whoever acts in the place of the standing body sees the sheet of its own unit.
async fn subject_of(
    app: &App,
    visitor: &Visitor,
    (member, path): (i64, Option<UnitPath>),
) -> Result<Subject, Failure> {
    let unit = path.map_or(Subject::Everything, Subject::Unit);
    let act = Act::SeeSheets;
    if !visitor.stands_in(act) || visitor.permit(act, &unit).is_ok() {
        return Ok(unit);
    }
    let own = Own::of(app, visitor, &[member]).await?;
    Ok(if own.stands_in(act, member) { Subject::OfStandingBody } else { unit })
}

/// The nodes that the visitor’s units fill in.
fn delegated(visitor: &Visitor, parts: &[Delegation]) -> Vec<String> {
    let own = |part: &&Delegation| visitor.permit(Act::FillParts, &Subject::Unit(part.path.clone())).is_ok();
    parts.iter().filter(own).map(|part| part.criterion.clone()).collect()
}

/// The assessed period of a campaign: its year where no days were given.
pub fn assessed_period(campaign: &Campaign) -> (Date, Date) {
    let day = |month, day| Date::new(campaign.year, month, day).unwrap_or(Date::ZERO);
    (campaign.from.unwrap_or_else(|| day(1, 1)), campaign.to.unwrap_or_else(|| day(12, 31)))
}
