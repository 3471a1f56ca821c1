//! The log, newest first.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiff::civil::Date;
use parindex_domain::audit::{AuditAct, LogRow, Mark};
use parindex_domain::moment::of_local;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::audit::Filter;
use parindex_store::person::PersonFilter;
use serde::Deserialize;

use parindex_service::day;
use parindex_web_shell::app::App;
use parindex_web_shell::download::attachment;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::visitor::Visitor;

/// Rows on a page.
const MAX: u64 = 100;

#[derive(Template)]
#[template(path = "audit/list.html")]
pub struct AuditPage {
    pub frame: Frame,
    pub rows: Vec<LogRow>,
    pub asked: AuditQuery,
    /// What is wrong with the days that were asked for.
    pub wrong: Option<String>,
    pub last: Option<Mark>,
    pub earlier: Option<i64>,
    pub verdict: Option<Result<String, String>>,
}

impl AuditPage {
    /// The kinds of acts to choose from: how their names begin, and what they are called in both languages.
    const KINDS: [(&'static str, &'static str, &'static str); 11] = [
        ("calendar.", "Ngày nghỉ, ngày làm bù", "Days off"),
        ("unit.", "Đơn vị", "Units"),
        ("person.", "Người dùng, vai trò", "People, roles"),
        ("session.", "Đăng nhập", "Sign-ins"),
        ("criteria-set.", "Bộ tiêu chí", "Criteria sets"),
        ("campaign.", "Đợt đánh giá", "Campaigns"),
        ("sheet.", "Phiếu", "Sheets"),
        ("evidence.", "Tài liệu kiểm chứng", "Evidence"),
        ("verdict.", "Thẩm định", "Appraisal"),
        ("council.", "Hội đồng", "Council"),
        ("award.", "Điểm từ nguồn khác", "Points from other sources"),
    ];

    /// What an act is called; the word of the log where another version of the program wrote it.
    fn act_name(&self, act: &str) -> String {
        AuditAct::from_word(act).map_or_else(|| act.to_owned(), |act| act.say(self.frame.lang))
    }
}

/// What is asked for.
#[derive(Clone, Deserialize, Default)]
pub struct AuditQuery {
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

pub async fn list_audit(State(app): State<App>, visitor: Visitor, Query(asked): Query<AuditQuery>) -> Answer {
    let page = list(&app, &visitor, asked, None).await?;
    let status = if page.wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page_with(status, &page))
}

/// The last row of the log as a file: kept elsewhere, it proves later that nothing before it was altered.
pub async fn download_audit_head(State(app): State<App>) -> Answer {
    let last = app.store.audit_last().await?.ok_or(Failure::NotFound)?;
    let name = attachment(&format!("parindex-{}.txt", last.seq));
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, format!("{}\n", last.mark())).into_response())
}

/// Where a day begins by the clocks of Vietnam.
fn begins(day: Date) -> Option<i64> {
    of_local(day.at(0, 0, 0, 0))
}

fn day_after(day: Date) -> Option<i64> {
    begins(day.tomorrow().ok()?)
}

/// The first and the last day that were typed, none where nothing was; or what is wrong with them.
fn days(asked: &AuditQuery, lang: Lang) -> Result<(Option<Date>, Option<Date>), String> {
    let read = |typed: &str, vi, en| {
        day::read_any(typed).map_err(|wrong| format!("{}: {}.", lang.pick(vi, en), wrong.say(lang)))
    };
    Ok((read(&asked.from, "Từ ngày", "From")?, read(&asked.to, "Đến ngày", "To")?))
}

/// The rows that were asked for, with a verdict on the chain when it was checked.
pub async fn list(
    app: &App,
    visitor: &Visitor,
    asked: AuditQuery,
    verdict: Option<Result<String, String>>,
) -> Result<AuditPage, Failure> {
    let acts = Some(asked.act.as_str())
        .filter(|act| !act.is_empty())
        .map(|begins| AuditAct::beginning(begins).collect());
    let who = Some(asked.who.trim()).filter(|who| !who.is_empty());
    let people = who.map(|who| PersonFilter { text: who.to_owned(), ..PersonFilter::everybody() });
    let (days, wrong) = match days(&asked, visitor.lang) {
        Ok(days) => (days, None),
        Err(sentence) => ((None, None), Some(sentence)),
    };
    let between = (days.0.and_then(begins), days.1.and_then(day_after));
    let filter = Filter { before: asked.before, people, between, acts };
    let rows = app.store.audit(&filter, MAX).await?;
    let full = u64::try_from(rows.len()).is_ok_and(|count| count == MAX);
    let earlier = rows.last().map(|row| row.seq).filter(|_| full);
    let last = app.store.audit_last().await?.map(|row| row.mark());
    Ok(AuditPage { frame: Frame::new(app, visitor), rows, asked, wrong, last, earlier, verdict })
}
