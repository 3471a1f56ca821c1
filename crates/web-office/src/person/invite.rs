//! An account is opened; the link for the first password is shown once.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::person;
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::person::Invite;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::show::{PersonNotice, show as show_person};
use parindex_service::token::Token;
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::shown;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Letters of a position.
pub const MAX_TITLE: usize = 120;

#[derive(Clone, Default, Deserialize)]
pub struct InviteForm {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    title: String,
    /// The code of the unit.
    #[serde(default)]
    unit: String,
}

/// What is wrong, by field.
#[derive(Default)]
struct Wrong {
    login: Option<String>,
    name: Option<String>,
    title: Option<String>,
    unit: Option<String>,
}

#[derive(Template)]
#[template(path = "person/invite.html")]
struct InvitePage {
    frame: Frame,
    typed: InviteForm,
    wrong: Wrong,
}

fn show(app: &App, visitor: &Visitor, typed: InviteForm, wrong: Wrong) -> Response {
    let fine = [&wrong.login, &wrong.name, &wrong.title, &wrong.unit].into_iter().all(Option::is_none);
    let status = if fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(status, &InvitePage { frame: Frame::new(app, visitor), typed, wrong })
}

pub async fn show_invite(State(app): State<App>, visitor: Visitor) -> Answer {
    Ok(show(&app, &visitor, InviteForm::default(), Wrong::default()))
}

impl InviteForm {
    /// The account that is meant, with the hash of its first link; or what is wrong with each field.
    async fn read(
        &self,
        app: &App,
        visitor: &Visitor,
        link: String,
    ) -> Result<Result<Invite, Box<Wrong>>, Failure> {
        let (login, name) = (person::login(&self.login), person::name(&self.name));
        let title = one_line(("chức vụ", "the position"), &self.title, MAX_TITLE);
        Ok(match (login, name, title, unit(app, &self.unit).await?) {
            (Ok(login), Ok(name), Ok(title), Ok(unit)) => Ok(Invite { login, name, title, unit, link }),
            (login, name, title, unit) => Err(Box::new(Wrong {
                title: title.err().map(|long| long.say(visitor.lang)),
                login: login.err().map(|wrong| wrong.say(visitor.lang)),
                name: name.err().map(|wrong| wrong.say(visitor.lang)),
                unit: unit.err().map(|()| no_unit(visitor)),
            })),
        })
    }
}

/// Opens the account.
pub async fn invite_person(
    State(app): State<App>,
    visitor: Visitor,
    Protected(typed): Protected<InviteForm>,
) -> Answer {
    let token = visitor.sending.token(0)?;
    let invite = match typed.read(&app, &visitor, token.hash()).await? {
        Ok(invite) => invite,
        Err(wrong) => return Ok(show(&app, &visitor, typed, *wrong)),
    };
    match shown(&app, &visitor, invite, |invited| invited.person.to_string()).await {
        Ok(made) => {
            let person = made.answer.parse().map_err(|_no_number| Failure::NotFound)?;
            let extra = PersonNotice { link: Some(link(&app, &token)), ..PersonNotice::default() };
            show_person(&app, &visitor, person, StatusCode::OK, extra).await
        }
        Err(in_use @ Refusal::Taken(_)) => {
            let wrong = Wrong { login: Some(in_use.say(visitor.lang)), ..Wrong::default() };
            Ok(show(&app, &visitor, typed, wrong))
        }
        Err(elsewhere @ Refusal::Denied(_)) => {
            let wrong = Wrong { unit: Some(elsewhere.say(visitor.lang)), ..Wrong::default() };
            Ok(show(&app, &visitor, typed, wrong))
        }
        Err(other) => Err(other.into()),
    }
}

/// The address that sets the first password.
pub fn link(app: &App, token: &Token) -> String {
    format!("{}/invitation/{}", app.settings.base_url, token.text())
}

/// The unit of a code on this day; none when nothing was typed.
pub async fn unit(app: &App, code: &str) -> Result<Result<Option<i64>, ()>, Failure> {
    let code = code.trim();
    if code.is_empty() {
        return Ok(Ok(None));
    }
    let composed: String = code.nfc().collect();
    let day = app.today().to_string();
    if let Some(unit) = app.store.unit_of_code(&composed, &day).await? {
        return Ok(Ok(Some(unit.id)));
    }
    // Names of communes repeat from province to province; only one that stands alone will do.
    let found = app.store.search_units(&composed, &day).await?;
    let same: Vec<i64> = found.iter().filter(|unit| unit.name == composed).map(|unit| unit.id).collect();
    Ok(match same.as_slice() {
        [one] => Ok(Some(*one)),
        _ => Err(()),
    })
}

/// No such unit.
pub fn no_unit(visitor: &Visitor) -> String {
    let sentence = visitor.lang.pick(
        "không có đơn vị nào, hoặc có nhiều đơn vị cùng tên này; hãy nhập mã, tra ở trang Đơn vị",
        "no unit or several have this name; enter the code, which stands on the page Units",
    );
    sentence.to_owned()
}
