//! One person: account, roles, what may be done with them.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::right::{Act, Role, Subject};
use parindex_rulebook::lang::Say;
use parindex_store::person::{Held, Person};
use parindex_store::unit::Unit;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// What an act has to say on the page.
#[derive(Default)]
pub struct PersonNotice {
    /// A link, shown once.
    pub link: Option<String>,
    /// What is wrong with the role that was to be given.
    pub wrong: Option<String>,
    /// What is wrong with the domains that were typed.
    pub wrong_remit: Option<String>,
    /// The role that was to be given.
    pub role: String,
    /// For the unit that was typed.
    pub for_unit: String,
    /// For the domains that were typed.
    pub remit: String,
    /// In the campaign that was chosen.
    pub campaign: String,
}

impl ShowPage {
    /// The title of the campaign for which a role is held.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn campaign(&self, id: &i64) -> &str {
        let found = self.campaigns.iter().find(|(row, _)| *row == id.to_string());
        found.map_or("", |(_, title)| title.as_str())
    }
}

#[derive(Template)]
#[template(path = "person/show.html")]
struct ShowPage {
    frame: Frame,
    person: Person,
    unit: Option<Unit>,
    held: Vec<Held>,
    roles: Vec<(&'static str, String)>,
    /// Campaigns by their rows.
    campaigns: Vec<(String, String)>,
    may_change: bool,
    may_appoint: bool,
    extra: PersonNotice,
}

pub async fn show_person(Snapshot(app): Snapshot, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    show(&app, &visitor, id, StatusCode::OK, PersonNotice::default()).await
}

/// The page with what an act has to say.
pub async fn show(
    app: &App,
    visitor: &Visitor,
    id: i64,
    status: StatusCode,
    extra: PersonNotice,
) -> Result<Response, Failure> {
    let person = app.store.person(id).await?.ok_or(Failure::NotFound)?;
    let unit = match person.unit {
        Some(unit) => app.store.unit(unit).await?,
        None => None,
    };
    let subject = unit.as_ref().map_or(Subject::Everything, |unit| Subject::Unit(unit.path.clone()));
    // Whom one may not see is not there.
    visitor.permit(Act::SeePeople, &subject).map_err(|_unseen| Failure::NotFound)?;
    let frame = Frame::new(app, visitor);
    let page = ShowPage {
        held: app.store.held(&[id]).await?,
        campaigns: campaigns(app).await?,
        roles: givable(visitor, &subject).map(|role| (role.word(), role.say(frame.lang))).collect(),
        may_change: visitor.permit(Act::ChangePeople, &subject).is_ok(),
        may_appoint: visitor.permit(Act::Appoint, &subject).is_ok(),
        frame,
        person,
        unit,
        extra,
    };
    Ok(page_with(status, &page))
}

/// Campaigns for which roles can be held.
async fn campaigns(app: &App) -> Result<Vec<(String, String)>, Failure> {
    let all = app.store.campaigns().await?.into_iter();
    Ok(all.map(|each| (each.id.to_string(), format!("{} {}", each.year, each.title))).collect())
}

/// The roles that a visitor may give there.
fn givable<'v>(visitor: &'v Visitor, subject: &'v Subject) -> impl Iterator<Item = Role> + 'v {
    Role::ALL.into_iter().filter(|role| visitor.permit(role.giving(), subject).is_ok())
}
