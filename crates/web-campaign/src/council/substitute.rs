//! The chair names who decides in his place about the standing body’s own unit.

use axum::extract::{Path, State};
use axum::response::Response;
use parindex_domain::procedure::CampaignDetail;
use parindex_domain::right::{Act, Candidate, Role, Subject};
use parindex_rulebook::lang::Say;
use parindex_store::person::{EndSubstitute, Held, NameSubstitute};
use parindex_store::{Change, Refusal};
use serde::Deserialize;

use super::show::show;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// What the page calls the form.
pub const FORM: &str = "substitute";

/// Who was chosen.
#[derive(Deserialize)]
pub struct SubstituteForm {
    #[serde(default)]
    person: String,
}

/// Who decides about the standing body’s own unit in the place of the chair.
pub struct SubstituteView {
    pub units: String,
    /// Who it is: the row of the appointment, the name.
    pub people: Vec<(i64, String)>,
    /// Who can be people: the row of the account, as a form has it, and the name.
    pub others: Vec<(String, String)>,
}

/// Reads it for a chair, while the campaign runs and where its standing body is assessed.
pub async fn named(
    app: &App,
    visitor: &Visitor,
    of: &CampaignDetail,
) -> Result<Option<SubstituteView>, Failure> {
    let (store, campaign) = (&app.store, of.campaign.id);
    let names = visitor.permit(Act::NameSubstitute, &Subject::Everything).is_ok() && of.running().is_ok();
    let units = if names { store.standing_bodies(&[campaign]).await? } else { Vec::new() };
    let Some(session) = visitor.complete().filter(|_| !units.is_empty()) else { return Ok(None) };
    let ids: Vec<i64> = units.iter().map(|unit| unit.id).collect();
    let owners = store.owners(&ids).await?;
    let all = store.candidates(campaign, Act::SeeScores).await?;
    let people: Vec<i64> = all.iter().map(|each| each.person).collect();
    let held = store.held(&people).await?;
    let held: Vec<&Held> = held
        .iter()
        .filter(|held| {
            held.appointment.role == Role::Substitute && held.appointment.campaign == Some(campaign)
        })
        .collect();
    let name = |held: &&Held| {
        let who = all.iter().find(|each| each.person == held.person);
        (held.id, who.map(|each| each.name.clone()).unwrap_or_default())
    };
    let can = |each: &&Candidate| {
        each.person != session.person.id
            && !held.iter().any(|held| held.person == each.person)
            && !owners.values().any(|owners| owners.are(&each.ties))
    };
    Ok(Some(SubstituteView {
        units: units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(", "),
        people: held.iter().map(name).collect(),
        others: all.iter().filter(can).map(|each| (each.person.to_string(), each.name.clone())).collect(),
    }))
}

pub async fn name_substitute(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(chosen): Protected<SubstituteForm>,
) -> Answer {
    let Ok(person) = chosen.person.parse() else {
        let sentence = visitor.lang.pick("Hãy chọn một người.", "Choose somebody.");
        return show(&app, &visitor, campaign, Mistake::new(FORM, sentence.to_owned()).into()).await;
    };
    sent(&app, &visitor, campaign, NameSubstitute { campaign, person }).await
}

/// Takes the role again.
pub async fn end_substitute(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, appointment)): Path<(i64, i64)>,
    _form: Protected<Nothing>,
) -> Answer {
    sent(&app, &visitor, campaign, EndSubstitute { campaign, appointment }).await
}

async fn sent<C: Change>(
    app: &App,
    visitor: &Visitor,
    campaign: i64,
    change: C,
) -> Result<Response, Failure> {
    match once(app, visitor, change, move |_done| format!("/campaigns/{campaign}/council")).await {
        Ok(answer) => Ok(answer),
        Err(Refusal::NotNow(why)) => {
            show(app, visitor, campaign, Mistake::new(FORM, why.say(visitor.lang)).into()).await
        }
        Err(other) => Err(other.into()),
    }
}
