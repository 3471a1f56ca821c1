//! All routes and what each needs. What is not in the table does not exist.

use axum::http::Method;
use parindex_domain::right::Act;

/// What a visitor needs for a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A password given; the second factor may still be missing.
    HalfSession,
    /// To be signed in.
    Session,
    /// The right to an act, for something at least; for what exactly is settled by the handler and the change.
    Act(Act),
    /// The right to one of two acts.
    Either(Act, Act),
}

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// The path.
    pub path: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// Whether roles for one campaign count although the address names nothing of any: stated for each route, else they do not.
    pub shared: bool,
}

const fn read(path: &'static str, needs: Needs) -> Route {
    Route { method: Method::GET, path, needs, shared: false }
}

const fn write(path: &'static str, needs: Needs) -> Route {
    Route { method: Method::POST, path, needs, shared: false }
}

/// An address for which roles for one campaign count although it names nothing of any.
const fn read_shared(path: &'static str, needs: Needs) -> Route {
    Route { method: Method::GET, path, needs, shared: true }
}

const fn write_shared(path: &'static str, needs: Needs) -> Route {
    Route { method: Method::POST, path, needs, shared: true }
}

/// The table.
pub static ROUTES: &[Route] = &[
    read("/", Needs::Session),
    read("/assets/{name}", Needs::Nothing),
    read("/healthz", Needs::Nothing),
    read("/readyz", Needs::Nothing),
    write("/preference", Needs::Nothing),
    read("/sign-in", Needs::Nothing),
    write("/sign-in", Needs::Nothing),
    read("/sign-in/provider", Needs::Nothing),
    read("/sign-in/provider/back", Needs::Nothing),
    read("/sign-in/provider/out", Needs::Nothing),
    read("/sign-in/code", Needs::HalfSession),
    write("/sign-in/code", Needs::HalfSession),
    write("/sign-out", Needs::HalfSession),
    read("/session", Needs::Nothing),
    write("/session", Needs::Session),
    read("/invitation/{link}", Needs::Nothing),
    write("/invitation/{link}", Needs::Nothing),
    read("/account", Needs::Act(Act::ChangeOwnAccount)),
    write("/account/password", Needs::Act(Act::ChangeOwnAccount)),
    write("/account/second-factor/begin", Needs::Act(Act::ChangeOwnAccount)),
    write("/account/second-factor", Needs::Act(Act::ChangeOwnAccount)),
    write("/account/second-factor/drop", Needs::Act(Act::ChangeOwnAccount)),
    write("/account/browser/{id}/end", Needs::Act(Act::ChangeOwnAccount)),
    write("/account/provider/link", Needs::Act(Act::ChangeOwnAccount)),
    write("/account/provider/unlink", Needs::Act(Act::ChangeOwnAccount)),
    read_shared("/units", Needs::Act(Act::SeeUnits)),
    read_shared("/units/tree", Needs::Act(Act::SeeUnits)),
    read_shared("/units/{id}", Needs::Act(Act::SeeUnits)),
    read("/units/new", Needs::Act(Act::ChangeUnits)),
    write("/units/new", Needs::Act(Act::ChangeUnits)),
    read("/units/{id}/edit", Needs::Act(Act::ChangeUnits)),
    write("/units/{id}/edit", Needs::Act(Act::ChangeUnits)),
    read("/units/import", Needs::Act(Act::ChangeUnits)),
    write("/units/import", Needs::Act(Act::ChangeUnits)),
    read("/units/{id}/succeed", Needs::Act(Act::ChangeUnits)),
    write("/units/{id}/succeed", Needs::Act(Act::ChangeUnits)),
    read("/units/import/list", Needs::Act(Act::ChangeUnits)),
    write("/units/reference", Needs::Act(Act::ChangeUnits)),
    read("/people", Needs::Act(Act::SeePeople)),
    read("/people/new", Needs::Act(Act::ChangePeople)),
    write("/people/new", Needs::Act(Act::ChangePeople)),
    read("/people/import", Needs::Act(Act::ChangePeople)),
    write("/people/import", Needs::Act(Act::ChangePeople)),
    read("/people/import/list", Needs::Act(Act::ChangePeople)),
    read("/people/{id}", Needs::Act(Act::SeePeople)),
    write("/people/{id}/link", Needs::Act(Act::ChangePeople)),
    write("/people/{id}/close", Needs::Act(Act::ChangePeople)),
    write("/people/{id}/reopen", Needs::Act(Act::ChangePeople)),
    write("/people/{id}/second-factor/drop", Needs::Act(Act::ChangePeople)),
    write("/people/{id}/appoint", Needs::Act(Act::Appoint)),
    write("/people/{id}/dismiss/{appointment}", Needs::Act(Act::Appoint)),
    read_shared("/criteria-sets", Needs::Act(Act::SeeSets)),
    read("/criteria-sets/upload", Needs::Act(Act::ChangeSets)),
    write("/criteria-sets/upload", Needs::Act(Act::ChangeSets)),
    read_shared("/criteria-sets/{set}/{number}", Needs::Act(Act::SeeSets)),
    read_shared("/criteria-sets/{set}/{number}/file/{kind}", Needs::Act(Act::SeeSets)),
    read_shared("/criteria-sets/{set}/{number}/try/{code}", Needs::Act(Act::SeeSets)),
    read("/criteria-sets/{set}/{number}/edit/{code}", Needs::Act(Act::ChangeSets)),
    write("/criteria-sets/{set}/{number}/edit/{code}", Needs::Act(Act::ChangeSets)),
    read_shared("/criteria-sets/{set}/{number}/difference/{other}", Needs::Act(Act::SeeSets)),
    write("/criteria-sets/{set}/{number}/settle", Needs::Act(Act::ChangeSets)),
    read("/criteria-sets/{set}/{number}/copy", Needs::Act(Act::ChangeSets)),
    write("/criteria-sets/{set}/{number}/copy", Needs::Act(Act::ChangeSets)),
    read_shared("/campaigns", Needs::Act(Act::SeeCampaigns)),
    read("/campaigns/new", Needs::Act(Act::BeginCampaigns)),
    write("/campaigns/new", Needs::Act(Act::BeginCampaigns)),
    write("/campaigns/begin", Needs::Act(Act::BeginCampaigns)),
    read("/campaigns/{campaign}/package", Needs::Act(Act::SeeScores)),
    read("/campaigns/{campaign}/brought", Needs::Act(Act::SeeScores)),
    write("/campaigns/{campaign}/describe", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/remove", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/rounds/add", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/rounds/remove", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/link-units", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/explanation/{round}", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/blocks/{block}/members", Needs::Act(Act::RunCampaigns)),
    write("/sheets/{member}/remove", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/blocks", Needs::Act(Act::RunCampaigns)),
    read("/campaigns/{campaign}/blocks/{block}/move", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/blocks/{block}/move", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/blocks/{block}/remove", Needs::Act(Act::RunCampaigns)),
    write("/sheets/{member}/standing", Needs::Act(Act::RunCampaigns)),
    read("/campaigns/{campaign}", Needs::Act(Act::SeeCampaigns)),
    read("/campaigns/{campaign}/prepare", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/windows", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/open", Needs::Act(Act::RunCampaigns)),
    write("/campaigns/{campaign}/release/{round}", Needs::Act(Act::RunCampaigns)),
    read("/campaigns/{campaign}/visits", Needs::Act(Act::SeeScores)),
    write("/campaigns/{campaign}/visits", Needs::Either(Act::Appraise, Act::RunCampaigns)),
    write("/visits/{visit}/withdraw", Needs::Either(Act::Appraise, Act::RunCampaigns)),
    read("/visits/photo/{photo}", Needs::Either(Act::SeeScores, Act::SeeSheets)),
    read_shared("/phrases", Needs::Act(Act::SeeScores)),
    write("/phrases", Needs::Act(Act::BeginCampaigns)),
    write("/phrases/{phrase}/remove", Needs::Act(Act::BeginCampaigns)),
    read("/campaigns/{campaign}/documents", Needs::Act(Act::SeeSheets)),
    read("/campaigns/{campaign}/ranking", Needs::Either(Act::SeeScores, Act::SeeSheets)),
    write("/campaigns/{campaign}/approve", Needs::Act(Act::ApproveCampaigns)),
    read("/campaigns/{campaign}/awards", Needs::Act(Act::Award)),
    read("/campaigns/{campaign}/awards/{block}/{criterion}", Needs::Act(Act::Award)),
    write("/campaigns/{campaign}/awards/{block}/{criterion}", Needs::Act(Act::Award)),
    read("/campaigns/{campaign}/council", Needs::Act(Act::SeeScores)),
    write("/campaigns/{campaign}/council", Needs::Act(Act::RunCouncil)),
    write("/campaigns/{campaign}/council/substitute", Needs::Act(Act::NameSubstitute)),
    write("/campaigns/{campaign}/council/substitute/{appointment}/end", Needs::Act(Act::NameSubstitute)),
    write("/motions/{motion}/vote", Needs::Act(Act::Vote)),
    write("/motions/{motion}/conclude", Needs::Act(Act::RunCouncil)),
    read("/sheets/{member}", Needs::Either(Act::SeeSheets, Act::FillParts)),
    read("/sheets/{member}/adjusted", Needs::Act(Act::SeeSheets)),
    read("/sheets/{member}/workbook", Needs::Act(Act::FillSheets)),
    write("/sheets/{member}/workbook", Needs::Act(Act::FillSheets)),
    read("/sheets/{member}/workbook/file", Needs::Act(Act::SeeSheets)),
    read("/sheets/{member}/pack/{kind}", Needs::Act(Act::SeeSheets)),
    read("/sheets/{member}/sealed", Needs::Act(Act::SeeSheets)),
    read("/sheets/{member}/submit", Needs::Act(Act::SeeSheets)),
    write("/sheets/{member}/submit", Needs::Act(Act::SubmitSheets)),
    write("/sheets/{member}/reason", Needs::Act(Act::FillSheets)),
    write("/sheets/{member}/extend", Needs::Act(Act::RunCampaigns)),
    write("/sheets/{member}/give-back", Needs::Act(Act::RunCampaigns)),
    read("/sheets/{member}/{criterion}", Needs::Either(Act::SeeSheets, Act::FillParts)),
    write("/sheets/{member}/{criterion}", Needs::Either(Act::FillSheets, Act::FillParts)),
    write("/sheets/{member}/{criterion}/explain", Needs::Act(Act::FillSheets)),
    write("/sheets/{member}/{criterion}/delegate", Needs::Act(Act::FillSheets)),
    write("/delegations/{delegation}/end", Needs::Act(Act::FillSheets)),
    write("/sheets/{member}/{criterion}/evidence", Needs::Either(Act::FillSheets, Act::FillParts)),
    read("/evidence/{evidence}", Needs::Either(Act::SeeSheets, Act::FillParts)),
    write("/evidence/{evidence}/remove", Needs::Either(Act::FillSheets, Act::FillParts)),
    Route { method: Method::OPTIONS, path: "/arrivals", needs: Needs::Session, shared: false },
    write_shared("/arrivals", Needs::Either(Act::FillSheets, Act::FillParts)),
    read_shared("/arrivals/{arrival}", Needs::Either(Act::FillSheets, Act::FillParts)),
    Route {
        method: Method::PATCH,
        path: "/arrivals/{arrival}",
        needs: Needs::Either(Act::FillSheets, Act::FillParts),
        shared: true,
    },
    Route {
        method: Method::DELETE,
        path: "/arrivals/{arrival}",
        needs: Needs::Either(Act::FillSheets, Act::FillParts),
        shared: true,
    },
    read("/appraisal/{campaign}/{round}", Needs::Act(Act::Appraise)),
    write("/appraisal/{campaign}/{round}/accept", Needs::Act(Act::Appraise)),
    read("/appraisal/{campaign}/{round}/{member}/{criterion}", Needs::Act(Act::Appraise)),
    write("/appraisal/{campaign}/{round}/{member}/{criterion}", Needs::Act(Act::Appraise)),
    write("/appraisal/{campaign}/{round}/{member}/{criterion}/ask", Needs::Act(Act::Appraise)),
    read("/calendar", Needs::Session),
    write("/calendar", Needs::Act(Act::ChangeCalendar)),
    write("/calendar/{day}/remove", Needs::Act(Act::ChangeCalendar)),
    read("/jobs", Needs::Act(Act::SeeJobs)),
    read("/audit", Needs::Act(Act::ReadAudit)),
    read("/audit/head", Needs::Act(Act::ReadAudit)),
    write("/audit/verify", Needs::Act(Act::ReadAudit)),
];
