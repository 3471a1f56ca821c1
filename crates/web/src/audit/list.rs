//! The log, newest first.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use jiff::civil::Date;
use parindex_domain::audit::{Mark, Row};
use parindex_domain::moment::of_local;
use parindex_store::audit::Filter;
use parindex_store::person::PersonFilter;
use serde::Deserialize;

use super::act;
use crate::app::App;
use crate::criteria_set::download::attachment;
use crate::failure::{Answer, Failure};
use crate::frame::{Frame, page as render};
use crate::visitor::Visitor;

/// Rows on a page.
const MOST: u64 = 100;

#[derive(Template)]
#[template(path = "audit/list.html")]
pub struct AuditPage {
    pub frame: Frame,
    pub rows: Vec<Row>,
    pub asked: Asked,
    pub last: Option<Mark>,
    pub earlier: Option<i64>,
    pub verdict: Option<Result<String, String>>,
}

impl AuditPage {
    fn act_name<'p>(&self, act: &'p str) -> &'p str {
        act::name(act, self.frame.lang)
    }
}

/// What is asked for.
#[derive(Clone, Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    pub act: String,
    /// Name or login of who did it, accents or not.
    #[serde(default)]
    pub who: String,
    /// The first and the last day.
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    pub before: Option<i64>,
}

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    Ok(render(&list(&app, &visitor, asked, None).await?))
}

/// The last row of the log as a file: kept elsewhere, it proves later that nothing before it was altered.
pub async fn head(State(app): State<App>) -> Answer {
    let last = app.store.audit_last().await?.ok_or(Failure::NotFound)?;
    let name = attachment(&format!("parindex-{}.txt", last.seq));
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, format!("{}\n", last.mark())).into_response())
}

/// Where a day begins by the clocks of Vietnam; none where nothing or no day was typed.
fn begins(day: &str) -> Option<i64> {
    of_local(day.trim().parse::<Date>().ok()?.at(0, 0, 0, 0))
}

fn day_after(day: &str) -> Option<i64> {
    of_local(day.trim().parse::<Date>().ok()?.tomorrow().ok()?.at(0, 0, 0, 0))
}

/// The rows that were asked for, with a verdict on the chain when it was checked.
pub async fn list(
    app: &App,
    visitor: &Visitor,
    asked: Asked,
    verdict: Option<Result<String, String>>,
) -> Result<AuditPage, Failure> {
    let acts = Some(asked.act.as_str()).filter(|act| !act.is_empty()).map(act::named);
    let who = Some(asked.who.trim()).filter(|who| !who.is_empty());
    let people = who.map(|who| PersonFilter { text: who.to_owned(), ..PersonFilter::everybody() });
    let between = (begins(&asked.from), day_after(&asked.to));
    let filter = Filter { before: asked.before, people, between, acts };
    let rows = app.store.audit(&filter, MOST).await?;
    let full = u64::try_from(rows.len()).is_ok_and(|count| count == MOST);
    let earlier = rows.last().map(|row| row.seq).filter(|_| full);
    let last = app.store.audit_last().await?.map(|row| row.mark());
    Ok(AuditPage { frame: Frame::new(app, visitor), rows, asked, last, earlier, verdict })
}
