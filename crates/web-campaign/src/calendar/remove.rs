//! A day of the server is removed, where no approved result rests on it.

use axum::extract::{Path, State};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::calendar::RemoveDay;

use super::list::show;
use parindex_service::campaign::day_effect::{Changed, look};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

pub async fn remove_day(
    State(app): State<App>,
    visitor: Visitor,
    Path(special): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    visitor.permit(Act::ChangeCalendar, &Subject::Everything)?;
    let days = app.store.special_days().await?;
    let year = days.iter().find(|day| day.id == special).ok_or(Failure::NotFound)?.day.year();
    let looked = look(&app.service, &Changed::Removed(special)).await?;
    let to = format!("/calendar?year={year}");
    match once(&app, &visitor, RemoveDay { special, looked }, move |()| to).await {
        Ok(answer) => Ok(answer),
        Err(refusal @ (Refusal::Stale | Refusal::NotNow(_))) => {
            let mistake = Mistake::new("list", refusal.say(visitor.lang));
            show(&app, &visitor, Some(year), mistake.into()).await
        }
        Err(other) => Err(other.into()),
    }
}
