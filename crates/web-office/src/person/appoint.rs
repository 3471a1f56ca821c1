//! Roles are given and taken.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use parindex_domain::right::{Remit, Role};
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::person::{Appoint, EndAppointment};
use serde::Deserialize;

use super::invite::{no_unit, unit};
use super::show::{PersonNotice, show};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::once::{make, once};
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct AppointForm {
    role: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    remit: String,
    /// The row of a campaign; empty for all of them.
    #[serde(default)]
    campaign: String,
}

impl AppointForm {
    /// The same form again.
    fn again(&self) -> PersonNotice {
        PersonNotice {
            role: self.role.clone(),
            for_unit: self.unit.clone(),
            remit: self.remit.clone(),
            campaign: self.campaign.clone(),
            ..PersonNotice::default()
        }
    }
}

/// Gives a role.
pub async fn appoint_person(
    State(app): State<App>,
    visitor: Visitor,
    Path(person): Path<i64>,
    Protected(chosen): Protected<AppointForm>,
) -> Answer {
    let role = Role::of(&chosen.role).ok_or(Failure::NotFound)?;
    let refused = async |sentence: String| {
        let extra = PersonNotice { wrong: Some(sentence), ..chosen.again() };
        show(&app, &visitor, person, StatusCode::UNPROCESSABLE_ENTITY, extra).await
    };
    let Ok(unit) = unit(&app, &chosen.unit).await? else {
        return refused(no_unit(&visitor)).await;
    };
    let remit = match Remit::read(&chosen.remit) {
        Ok(remit) => remit,
        Err(problem) => {
            let wrong_remit = Some(problem.say(visitor.lang));
            let extra = PersonNotice { wrong_remit, ..chosen.again() };
            return show(&app, &visitor, person, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
        }
    };
    let campaign = match chosen.campaign.trim() {
        "" => None,
        id => Some(id.parse().map_err(|_no_campaign| Failure::NotFound)?),
    };
    let appoint = Appoint { person, role, unit, remit, campaign };
    match make(&app, &visitor, appoint, move |()| format!("/people/{person}")).await {
        Ok(answer) => Ok(answer),
        Err(Refusal::NotNow(why)) => refused(why.say(visitor.lang)).await,
        Err(other) => Err(other.into()),
    }
}

/// Takes one.
pub async fn dismiss_person(
    State(app): State<App>,
    visitor: Visitor,
    Path((_person, appointment)): Path<(i64, i64)>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, EndAppointment { appointment }, move |person| format!("/people/{person}"))
        .await?)
}
