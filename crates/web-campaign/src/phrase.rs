//! Reasons that appraisers choose instead of typing them.

pub mod add;
pub mod list;
pub mod remove;

use axum::routing::{get, post};
use parindex_domain::right::Act;
use parindex_rulebook::lang::Lang;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::route::{Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/phrases", Needs::Act(Act::SeeScores), Scope::Shared, || get(list::list_phrases)),
    Route::post("/phrases", Needs::Act(Act::BeginCampaigns), Scope::Installation, || post(add::add_phrase)),
    Route::post("/phrases/{phrase}/remove", Needs::Act(Act::BeginCampaigns), Scope::Installation, || {
        post(remove::remove_phrase)
    }),
];

/// What stands there until an office has its own.
const COMMON: [(&str, &str); 6] = [
    ("Tài liệu kiểm chứng chưa đầy đủ", "Evidence is not complete"),
    ("Số liệu không khớp với nguồn", "Figures do not agree with their source"),
    ("Tài liệu ngoài kỳ đánh giá", "Documents are from outside the assessed period"),
    ("Văn bản không đúng thẩm quyền ban hành", "Issued by a body that has no power to"),
    ("Chấp nhận một phần giải trình", "The explanation is accepted in part"),
    ("Chấp nhận giải trình", "The explanation is accepted"),
];

fn common(lang: Lang) -> Vec<String> {
    COMMON.iter().map(|(vi, en)| lang.pick(*vi, *en).to_owned()).collect()
}

/// The reasons of the office, or the common ones while it has none of its own.
///
/// # Errors
/// When the database does not answer.
pub async fn reasons(app: &App, lang: Lang) -> Result<Vec<String>, Failure> {
    let own: Vec<String> = app.store.phrases().await?.into_iter().map(|phrase| phrase.text).collect();
    Ok(if own.is_empty() { common(lang) } else { own })
}
