//! A campaign begins: from a package, this year’s or last year’s.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use parindex_domain::procedure::Campaign;
use parindex_domain::right::{Act, Subject};
use parindex_package::Bounds;
use parindex_package::load::load_within;
use parindex_package::source::PackageSource;
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;

use parindex_service::campaign::from_package::with_sets;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::mistake::{Mistake, Mistakes};
use parindex_web_shell::once::make;
use parindex_web_shell::upload::UploadedFile;
use parindex_web_shell::visitor::Visitor;

#[derive(Template)]
#[template(path = "campaign/add.html")]
struct AddPage {
    frame: Frame,
    /// What is wrong with a package.
    wrong: Vec<String>,
    /// What was typed of a new one.
    mistakes: Mistakes,
    campaigns: Vec<Campaign>,
}

/// The page, with what is wrong with a package.
async fn show(app: &App, visitor: &Visitor, wrong: Vec<String>) -> Answer {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (campaigns, mistakes) = (app.store.campaigns().await?, Mistakes::default());
    Ok(page_with(status, &AddPage { frame: Frame::new(app, visitor), wrong, mistakes, campaigns }))
}

/// The page, with a new one as it was typed.
pub async fn again(app: &App, visitor: &Visitor, mistake: Mistake) -> Answer {
    let (campaigns, mistakes) = (app.store.campaigns().await?, Mistakes::from(mistake));
    let (frame, wrong) = (Frame::new(app, visitor), Vec::new());
    Ok(page_with(mistakes.status(), &AddPage { frame, wrong, mistakes, campaigns }))
}

pub async fn show_new_campaign(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, Vec::new()).await
}

/// Takes a package in: all of it or nothing.
pub async fn upload_campaign(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    parts: Multipart,
) -> Answer {
    visitor.permit(Act::BeginCampaigns, &Subject::Everything)?;
    let upload = UploadedFile::read((&app, &visitor), &headers, parts).await?;
    let read = |name: &str, content: Vec<u8>| {
        let source = PackageSource::zip_within(name, &content, &Bounds::SERVER)?;
        // All of it is unpacked by now.
        drop(content);
        load_within(&source, &Bounds::SERVER)
    };
    let (read, _turn) = upload.in_turn(&app, read).await?;
    let package = match read {
        Ok(package) => package,
        Err(findings) => {
            let said = findings.iter().take(50).map(|finding| finding.say(visitor.lang)).collect();
            return show(&app, &visitor, said).await;
        }
    };
    let add = with_sets(&app.store, (&visitor.actor(), app.now()), &package).await?;
    match make(&app, &visitor, add, |id| format!("/campaigns/{id}/prepare")).await {
        Ok(answer) => Ok(answer),
        Err(in_use @ Refusal::Taken(_)) => show(&app, &visitor, vec![in_use.say(visitor.lang)]).await,
        Err(other) => Err(other.into()),
    }
}
