//! The account page: password, second factor, browsers.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use parindex_store::session::SignedInBrowser;
use serde::Deserialize;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// What the page shows beside the account itself.
#[derive(Default)]
pub struct AccountNotice {
    /// A sentence under the password form.
    pub wrong_password: Option<String>,
    pub done: Option<String>,
    /// A role of this person asks for a second factor.
    pub needed: bool,
    /// A second factor being enrolled.
    pub enrolling: Option<Enrolling>,
    /// Why the code of the phone so far was not taken.
    pub wrong_old: Option<String>,
    /// Why the account was not linked.
    pub wrong_link: Option<String>,
    /// The way to the sign-in service, to link the account.
    pub way_there: Option<String>,
    /// Recovery codes, shown once.
    pub codes: Vec<String>,
}

/// A second factor that waits for its first code.
pub struct Enrolling {
    /// The secret in groups of four.
    pub secret: String,
    /// The secret as it comes back with the form.
    pub plain: String,
    /// The link that a phone understands.
    pub link: String,
    /// The same for the camera of a phone: the width of the picture and its path.
    pub picture: Option<(i32, String)>,
    /// Why the code was not taken.
    pub wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "account/show.html")]
struct AccountPage {
    frame: Frame,
    name: String,
    login: String,
    title: String,
    second_factor: bool,
    /// The sign-in service, and whether it vouches for this account.
    provider: Option<(String, bool)>,
    browsers: Vec<SignedInBrowser>,
    here: i64,
    extra: AccountNotice,
}

/// Why the page came up.
#[derive(Deserialize)]
pub struct AccountQuery {
    #[serde(default)]
    needed: String,
}

pub async fn show_account(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Query(asked): Query<AccountQuery>,
) -> Answer {
    let extra = AccountNotice { needed: !asked.needed.is_empty(), ..AccountNotice::default() };
    show(&app, &visitor, StatusCode::OK, extra).await
}

/// The page with what an act on it has to say.
pub async fn show(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    extra: AccountNotice,
) -> Result<Response, Failure> {
    let session = visitor.complete().ok_or(Failure::NotSignedIn)?;
    let person = app.store.person(session.person.id).await?.ok_or(Failure::NotFound)?;
    let page = AccountPage {
        frame: Frame::new(app, visitor),
        name: person.name,
        login: person.login,
        title: person.title,
        second_factor: person.has_second_factor,
        provider: app.provider.as_ref().map(|client| (client.settings.name.clone(), person.linked)),
        browsers: app.store.browsers(person.id, app.now()).await?,
        here: session.id,
        extra,
    };
    Ok(page_with(status, &page))
}

impl AccountPage {
    /// What the browser says of itself, in words: «Chrome trên Windows».
    fn agent(&self, browser: &SignedInBrowser) -> String {
        // The order matters: Edge also says Chrome, and Chrome also says Safari.
        let programs = [
            ("Edg/", "Edge"),
            ("Firefox/", "Firefox"),
            ("CocCoc", "Cốc Cốc"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ];
        let systems = [
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS", "macOS"),
            ("Linux", "Linux"),
        ];
        let find = |all: &[(&str, &'static str)]| {
            all.iter().find(|each| browser.agent.contains(each.0)).map(|each| each.1)
        };
        match (find(&programs), find(&systems)) {
            (Some(program), Some(system)) => format!("{program} {} {system}", self.frame.t("trên", "on")),
            _ if browser.agent.is_empty() => self.frame.t("không rõ", "unknown").to_owned(),
            _ => browser.agent.clone(),
        }
    }
}
