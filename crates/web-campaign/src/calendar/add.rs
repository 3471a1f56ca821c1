//! A day off or a worked day is added for the whole server.

use axum::extract::State;
use jiff::civil::{Date, Weekday};
use parindex_domain::campaign::DayOf;
use parindex_domain::right::{Act, Subject};
use parindex_package::rows::calendar::Day;
use parindex_rulebook::calendar::{Calendar, DayKind};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::calendar::AddDay;
use serde::Deserialize;

use super::list::{show, weekday};
use parindex_service::calendar::of_server;
use parindex_service::campaign::day_effect::{Changed, look};
use parindex_service::day;
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::make;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Clone, Deserialize)]
pub struct DayForm {
    #[serde(default)]
    day: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    source: String,
}

/// A day that can be added.
struct New {
    day: Date,
    kind: DayKind,
    name: String,
    source: String,
}

impl DayForm {
    /// The day, or what is wrong with which field.
    fn read(&self, (calendar, today): (&Calendar, Date), lang: Lang) -> Result<New, (&'static str, String)> {
        let day =
            day::read_of(DayOf::Calendar { today }, &self.day).map_err(|wrong| ("day", wrong.say(lang)))?;
        let kind = DayKind::of(&self.kind).ok_or_else(|| {
            ("kind", lang.pick("hãy chọn nghỉ hoặc làm việc", "choose off or worked").to_owned())
        })?;
        if let Some(sentence) = is_so_already(calendar, (day, kind), lang) {
            return Err(("day", sentence));
        }
        let line = |field, called, text: &str, most| {
            one_line(called, text, most).map_err(|long| (field, long.say(lang)))
        };
        let name = line("name", ("Tên", "The name"), &self.name, 200)?;
        let source = line("source", ("Căn cứ", "The source"), &self.source, 500)?;
        if source.is_empty() {
            let needed = lang.pick(
                "hãy ghi văn bản quy định ngày này, ví dụ 12729/VPCP-KGVX ngày 25/12/2025",
                "name the document that says so, such as 12729/VPCP-KGVX of 25/12/2025",
            );
            return Err(("source", needed.to_owned()));
        }
        Ok(New { day, kind, name, source })
    }

    fn mistaken(self, (field, sentence): (&'static str, String), lang: Lang) -> Mistake {
        let said =
            lang.pick("Chưa thêm ngày: xem dòng chữ đỏ tại ô.", "Not added: see the red line at the field.");
        let mistake = Mistake::new("day", said).with("day", self.day).with("kind", self.kind);
        mistake.with("name", self.name).with("source", self.source).at(field, sentence)
    }
}

/// Why a day need not be added.
fn is_so_already(calendar: &Calendar, (day, kind): (Date, DayKind), lang: Lang) -> Option<String> {
    let shown = day::shown(day);
    if let Some(there) = calendar.special(day).filter(|there| there.kind == kind) {
        let (kind, name) = (kind.say(lang), &there.name);
        return Some(lang.pick(
            format!("{shown} đã là ngày {kind} trong lịch ({name})"),
            format!("{shown} is {kind} in the calendar already ({name})"),
        ));
    }
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    // Of a weekday that a holiday takes somebody may know that it is worked all the same.
    let said = calendar.special(day).is_some() || calendar.asks_for(day);
    let plain = kind == DayKind::Work && !weekend && !said;
    let weekday = weekday(day, lang);
    plain.then(|| {
        lang.pick(
            format!("{shown} là {weekday}, vốn là ngày làm việc"),
            format!("{shown} is a {weekday}, which is worked anyway"),
        )
    })
}

/// Adds it.
pub async fn add_day(
    State(app): State<App>,
    visitor: Visitor,
    Protected(typed): Protected<DayForm>,
) -> Answer {
    visitor.permit(Act::ChangeCalendar, &Subject::Everything)?;
    let lang = visitor.lang;
    let New { day, kind, name, source } = match typed.read((&of_server(&app.store).await?, app.today()), lang)
    {
        Ok(new) => new,
        Err(wrong) => {
            let near = day::read_of(DayOf::Calendar { today: app.today() }, &typed.day);
            let year = near.ok().map(Date::year);
            return show(&app, &visitor, year, typed.mistaken(wrong, lang).into()).await;
        }
    };
    let (date, word) = (day.to_string(), kind.word().to_owned());
    let comes = Day { date, kind: word, name: name.clone(), source: source.clone() };
    let looked = look(&app.service, &Changed::Added(comes)).await?;
    let add = AddDay { day, kind, name, source, looked };
    let to = format!("/calendar?year={}", day.year());
    match make(&app, &visitor, add, move |()| to).await {
        Ok(answer) => Ok(answer),
        Err(refusal @ (Refusal::Stale | Refusal::NotNow(_))) => {
            let mistake = typed.mistaken(("day", refusal.say(lang)), lang);
            show(&app, &visitor, Some(day.year()), mistake.into()).await
        }
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn typed(day: &str, kind: &str, source: &str) -> DayForm {
        DayForm { day: day.to_owned(), kind: kind.to_owned(), name: String::new(), source: source.to_owned() }
    }

    #[test]
    fn a_day_needs_its_kind_and_its_source_and_says_what_it_is_already() {
        let calendar = Calendar::built_in().unwrap();
        let on = (&calendar, date(2027, 8, 2));
        let read = |of: DayForm| of.read(on, Lang::Vi).map(|new| (new.day, new.kind));
        let swap = "15/TB-BNV";
        assert_eq!(read(typed("12/05/2028", "off", swap)), Ok((date(2028, 5, 12), DayKind::Off)));
        assert_eq!(read(typed("20.5.2028", "làm bù", swap)), Ok((date(2028, 5, 20), DayKind::Work)));
        // 30 April 2028 is a Sunday: Tuesday is off in its place, unless somebody knows otherwise.
        assert_eq!(read(typed("02/05/2028", "work", swap)), Ok((date(2028, 5, 2), DayKind::Work)));
        // A holiday that comes with the product may be swapped.
        assert_eq!(read(typed("03/05/2027", "work", swap)), Ok((date(2027, 5, 3), DayKind::Work)));
        for (of, field, says) in [
            (typed("31/02/2028", "off", swap), "day", "«31/02/2028»"),
            (typed("12/05/2128", "off", swap), "day", "«12/05/2128» quá xa"),
            (typed("12/05/2028", "", swap), "kind", "nghỉ hoặc làm việc"),
            (typed("12/05/2028", "off", " "), "source", "văn bản"),
            (typed("03/05/2027", "off", swap), "day", "đã là ngày nghỉ"),
            (typed("12/05/2028", "work", swap), "day", "Thứ Sáu, vốn là ngày làm việc"),
        ] {
            let (at, sentence) = read(of).unwrap_err();
            assert!(at == field && sentence.contains(says), "{at}: {sentence}");
        }
    }
}
