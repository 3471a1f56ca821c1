//! Campaigns: prepared, opened, watched, ranked, approved.

pub mod add;
pub mod approve;
pub mod begin;
pub mod block;
pub mod brought;
pub mod describe;
pub mod explanation;
pub mod export;
pub mod extend;
pub mod give_back;
pub mod list;
pub mod move_set;
pub mod open;
pub mod prepare;
pub mod ranking;
pub mod release;
pub mod remove;
pub mod round;
mod send;
pub mod show;
pub mod window;

use axum::routing::{get, post};
use parindex_domain::right::Act;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Limit, Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/campaigns", Needs::Act(Act::SeeCampaigns), Scope::Shared, || get(list::list_campaigns)),
    Route::get("/campaigns/new", Needs::Act(Act::BeginCampaigns), Scope::Installation, || {
        get(add::show_new_campaign)
    }),
    Route::post("/campaigns/new", Needs::Act(Act::BeginCampaigns), Scope::Installation, || {
        post(add::upload_campaign)
    })
    .limit(Limit::Workbook),
    Route::post("/campaigns/begin", Needs::Act(Act::BeginCampaigns), Scope::Installation, || {
        post(begin::begin_campaign)
    }),
    Route::get("/campaigns/{campaign}/package", Needs::Act(Act::SeeScores), Scope::Campaign, || {
        get(export::download_package)
    }),
    Route::get("/campaigns/{campaign}/brought", Needs::Act(Act::SeeScores), Scope::Campaign, || {
        get(brought::show_package_contents)
    }),
    Route::post("/campaigns/{campaign}/describe", Needs::Act(Act::RunCampaigns), Scope::Campaign, || {
        post(describe::describe_campaign)
    }),
    Route::post("/campaigns/{campaign}/remove", Needs::Act(Act::RunCampaigns), Scope::Campaign, || {
        post(remove::remove_campaign)
    }),
    Route::post("/campaigns/{campaign}/rounds/add", Needs::Act(Act::RunCampaigns), Scope::Campaign, || {
        post(round::add_round)
    }),
    Route::post(
        "/campaigns/{campaign}/rounds/remove",
        Needs::Act(Act::RunCampaigns),
        Scope::Campaign,
        || post(round::remove_round),
    ),
    Route::post("/campaigns/{campaign}/link-units", Needs::Act(Act::RunCampaigns), Scope::Campaign, || {
        post(block::link_units)
    }),
    Route::post(
        "/campaigns/{campaign}/explanation/{round}",
        Needs::Act(Act::RunCampaigns),
        Scope::Campaign,
        || post(explanation::set_explanation_deadline),
    ),
    Route::post(
        "/campaigns/{campaign}/blocks/{block}/members",
        Needs::Act(Act::RunCampaigns),
        Scope::Campaign,
        || post(block::add_members),
    ),
    Route::post("/sheets/{member}/remove", Needs::Act(Act::RunCampaigns), Scope::Sheet, || {
        post(block::remove_member)
    }),
    Route::post("/campaigns/{campaign}/blocks", Needs::Act(Act::RunCampaigns), Scope::Campaign, || {
        post(block::add_block)
    }),
    Route::get(
        "/campaigns/{campaign}/blocks/{block}/move",
        Needs::Act(Act::RunCampaigns),
        Scope::Campaign,
        || get(move_set::show_set_move),
    ),
    Route::post(
        "/campaigns/{campaign}/blocks/{block}/move",
        Needs::Act(Act::RunCampaigns),
        Scope::Campaign,
        || post(move_set::move_set),
    ),
    Route::post(
        "/campaigns/{campaign}/blocks/{block}/remove",
        Needs::Act(Act::RunCampaigns),
        Scope::Campaign,
        || post(block::remove_block),
    ),
    Route::post("/sheets/{member}/standing", Needs::Act(Act::RunCampaigns), Scope::Sheet, || {
        post(block::set_standing)
    }),
    Route::get("/campaigns/{campaign}", Needs::Act(Act::SeeCampaigns), Scope::Campaign, || {
        get(show::show_campaign)
    }),
    Route::get("/campaigns/{campaign}/prepare", Needs::Act(Act::RunCampaigns), Scope::Campaign, || {
        get(prepare::show_preparation)
    }),
    Route::post("/campaigns/{campaign}/windows", Needs::Act(Act::RunCampaigns), Scope::Campaign, || {
        post(window::set_windows)
    }),
    Route::post("/campaigns/{campaign}/open", Needs::Act(Act::RunCampaigns), Scope::Campaign, || {
        post(open::open_campaign)
    }),
    Route::post(
        "/campaigns/{campaign}/release/{round}",
        Needs::Act(Act::RunCampaigns),
        Scope::Campaign,
        || post(release::release_draft),
    ),
    Route::get(
        "/campaigns/{campaign}/ranking",
        Needs::Either(Act::SeeScores, Act::SeeSheets),
        Scope::Campaign,
        || get(ranking::show_ranking),
    ),
    Route::post("/campaigns/{campaign}/approve", Needs::Act(Act::ApproveCampaigns), Scope::Campaign, || {
        post(approve::approve_campaign)
    }),
    Route::post("/sheets/{member}/extend", Needs::Act(Act::RunCampaigns), Scope::Sheet, || {
        post(extend::extend_deadline)
    }),
    Route::post("/sheets/{member}/give-back", Needs::Act(Act::RunCampaigns), Scope::Sheet, || {
        post(give_back::give_back_sheet)
    }),
];
