//! The days of a year that are not what their weekdays say: those that come with the product and those of the server.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use axum::extract::Query;
use jiff::civil::{Date, Weekday};
use parindex_domain::procedure::Done;
use parindex_domain::right::{Act, Subject};
use parindex_package::rows::calendar::Day;
use parindex_rulebook::calendar::{Calendar, DayKind};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::calendar::{Effect, Special};
use serde::Deserialize;

use parindex_service::calendar::with;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::mistake::Mistakes;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// Years that anybody asks for.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// Which year is asked for.
#[derive(Default, Deserialize)]
pub struct CalendarQuery {
    #[serde(default)]
    year: String,
}

/// A day of the year.
struct Line {
    day: Date,
    kind: DayKind,
    name: String,
    /// The document, or that it comes with the product.
    source: String,
    /// The row of the server, where it has one.
    special: Option<i64>,
    added: Option<Done>,
    removed: Option<Done>,
    /// What adding and removing it did.
    effects: Vec<String>,
}

#[derive(Template)]
#[template(path = "calendar/list.html")]
struct ListPage {
    frame: Frame,
    year: i16,
    years: Vec<i16>,
    /// The days that hold.
    lines: Vec<Line>,
    /// The days that were removed.
    gone: Vec<Line>,
    /// What the year needs before it is known whole.
    lacks: Vec<String>,
    may_change: bool,
    mistakes: Mistakes,
}

impl ListPage {
    fn weekday(&self, day: Date) -> &'static str {
        weekday(day, self.frame.lang)
    }
}

/// What a weekday is called.
pub fn weekday(day: Date, lang: Lang) -> &'static str {
    let (vi, en) = match day.weekday() {
        Weekday::Monday => ("Thứ Hai", "Monday"),
        Weekday::Tuesday => ("Thứ Ba", "Tuesday"),
        Weekday::Wednesday => ("Thứ Tư", "Wednesday"),
        Weekday::Thursday => ("Thứ Năm", "Thursday"),
        Weekday::Friday => ("Thứ Sáu", "Friday"),
        Weekday::Saturday => ("Thứ Bảy", "Saturday"),
        Weekday::Sunday => ("Chủ nhật", "Sunday"),
    };
    lang.pick(vi, en)
}

pub async fn show_calendar(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Query(asked): Query<CalendarQuery>,
) -> Answer {
    let year = asked.year.trim().parse().ok().filter(|year| YEARS.contains(year));
    show(&app, &visitor, year, Mistakes::default()).await
}

/// The page of a year, of this one where none is asked for, with what was typed and could not be kept.
///
/// # Errors
/// When the database does not answer.
pub async fn show(app: &App, visitor: &Visitor, year: Option<i16>, mistakes: Mistakes) -> Answer {
    let (today, lang) = (app.today().year(), visitor.lang);
    let year = year.unwrap_or(today);
    let holding = app.store.special_days().await?;
    let days: Vec<Day> = holding.iter().map(Day::from).collect();
    let (built_in, calendar) = (with(&[])?, with(&days)?);
    let mut years: BTreeSet<i16> = calendar.years();
    years.extend([year, today, today.saturating_add(1), today.saturating_add(2)]);
    let may_change = visitor.permit(Act::ChangeCalendar, &Subject::Everything).is_ok();
    // Which campaigns there are, and what moved in them, is for whoever keeps the calendar.
    let effects = if may_change { effects(app, year, lang).await? } else { HashMap::new() };
    let ever = app.store.special_days_of(year).await?;
    let (gone, own): (Vec<Special>, Vec<Special>) = ever.into_iter().partition(|day| day.removed.is_some());
    let page = ListPage {
        lines: lines(&built_in, (year, lang), own, &effects),
        gone: gone.into_iter().map(|special| line(special, &effects)).collect(),
        lacks: if calendar.is_known(year) { Vec::new() } else { said(&calendar, year, lang) },
        may_change,
        frame: Frame::new(app, visitor),
        years: years.into_iter().collect(),
        year,
        mistakes,
    };
    Ok(page_with(page.mistakes.status(), &page))
}

fn said(calendar: &Calendar, year: i16, lang: Lang) -> Vec<String> {
    calendar.lacks(year).iter().map(|lack| lack.say(lang)).collect()
}

/// The days that hold in a year: those of the server stand in place of built-in ones of the same date.
fn lines(
    built_in: &Calendar,
    (year, lang): (i16, Lang),
    own: Vec<Special>,
    effects: &HashMap<i64, Vec<String>>,
) -> Vec<Line> {
    let dates: BTreeSet<Date> = own.iter().map(|special| special.day).collect();
    let source = lang.pick("có sẵn trong chương trình", "comes with the program");
    let shipped =
        built_in.specials(year).filter(|(day, _)| !dates.contains(day)).map(|(day, special)| Line {
            day,
            kind: special.kind,
            name: special.name.clone(),
            source: source.to_owned(),
            special: None,
            added: None,
            removed: None,
            effects: Vec::new(),
        });
    let mut lines: Vec<Line> = shipped.chain(own.into_iter().map(|special| line(special, effects))).collect();
    lines.sort_by_key(|line| line.day);
    lines
}

fn line(of: Special, effects: &HashMap<i64, Vec<String>>) -> Line {
    Line {
        day: of.day,
        kind: of.kind,
        name: of.name,
        source: of.source,
        special: Some(of.id),
        added: Some(of.added),
        removed: of.removed,
        effects: effects.get(&of.id).cloned().unwrap_or_default(),
    }
}

/// What each day did to campaigns that ran, by its row.
async fn effects(app: &App, year: i16, lang: Lang) -> Result<HashMap<i64, Vec<String>>, Failure> {
    let campaigns = app.store.campaigns().await?;
    let title =
        |id: i64| campaigns.iter().find(|of| of.id == id).map(|of| of.title.as_str()).unwrap_or_default();
    let mut all: HashMap<i64, Vec<String>> = HashMap::new();
    for effect in app.store.effects_of(year).await? {
        let Effect { units, removed, .. } = effect;
        let (title, act) = (title(effect.campaign), act(removed, lang));
        let said = lang.pick(
            format!("{act} đã đổi điểm của {units} đơn vị trong «{title}»"),
            format!("{act} it moved the points of {units} units of “{title}”"),
        );
        all.entry(effect.special).or_default().push(said);
    }
    Ok(all)
}

fn act(removed: bool, lang: Lang) -> &'static str {
    if removed { lang.pick("Bỏ ngày này", "Removing") } else { lang.pick("Thêm ngày này", "Adding") }
}

/// What changes of the days did to a campaign, as its own page says it.
///
/// # Errors
/// When the database does not answer.
pub async fn said_of(app: &App, campaign: i64, lang: Lang) -> Result<Vec<String>, Failure> {
    let effects = app.store.effects_on(campaign).await?;
    let said = |of: &Effect| {
        let (day, kind, units) = (lang.date(of.day), of.kind.say(lang), of.units);
        let at = parindex_domain::moment::written(of.at, lang);
        let (vi, en) = if of.removed { ("bỏ khỏi", "removed from") } else { ("thêm vào", "added to") };
        lang.pick(
            format!("Ngày {day} ({kind}) được {vi} lịch chung của máy chủ lúc {at}: điểm của {units} đơn vị thay đổi."),
            format!("{day} ({kind}) was {en} the days of the server at {at}: the points of {units} units moved."),
        )
    };
    Ok(effects.iter().map(said).collect())
}
