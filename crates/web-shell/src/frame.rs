//! What stands round every page: language, who is signed in, where one can go, how things are written.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use jiff::civil;
use parindex_domain::moment::local;
use parindex_domain::right::Act;
use parindex_domain::size;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;

use crate::app::App;
use crate::visitor::{Visitor, seconds_left};
use parindex_service::token::Token;

/// What the base template needs.
#[derive(Clone, Debug)]
pub struct Frame {
    pub lang: Lang,
    /// The colours, when chosen.
    pub theme: Option<&'static str>,
    /// The name of the installation.
    pub title: String,
    /// The signed-in person.
    pub who: Option<Who>,
    /// What forms carry against requests from elsewhere.
    pub csrf: String,
    /// Where one can go.
    pub nav: Vec<NavLink>,
    /// Where to come back to after a choice at the foot of the page.
    pub back: String,
    /// Why nothing can be saved at present, where that is so.
    pub outage: Option<String>,
    /// Whether the form that led here had been sent with other content before.
    pub another: bool,
}

/// The signed-in person, as the bar shows it.
#[derive(Clone, Debug)]
pub struct Who {
    pub name: String,
    /// Two letters of it.
    pub letters: String,
    /// By what the page knows that the same person is signed in.
    pub id: i64,
    /// In how many seconds the session ends when nothing more is asked for.
    pub left: i64,
}

/// A place to go to.
#[derive(Clone, Debug)]
pub struct NavLink {
    /// Its address.
    pub href: &'static str,
    pub name: &'static str,
    /// Whether one is there.
    pub here: bool,
}

impl Frame {
    /// The frame for a visitor.
    #[must_use]
    pub fn new(app: &App, visitor: &Visitor) -> Self {
        let who = visitor.complete().map(|session| Who {
            id: session.person.id,
            name: session.person.name.clone(),
            letters: letters(&session.person.name),
            left: seconds_left(session, app.now()),
        });
        Self {
            lang: visitor.lang,
            theme: visitor.theme,
            title: app.settings.title.clone(),
            who,
            csrf: visitor.form_token.clone().unwrap_or_default(),
            nav: places(visitor),
            back: visitor.back.clone(),
            outage: app.store.outage().map(|outage| outage.say(visitor.lang)),
            another: visitor.sending.another(),
        }
    }

    /// The identifier of a form, another one for each: what it leads to is known by it. Without one it is carried out as often as
    /// it is sent.
    #[must_use]
    pub fn form(&self) -> String {
        Token::new().map(|token| token.text().to_owned()).unwrap_or_default()
    }

    /// The Vietnamese or the English of two texts.
    #[must_use]
    pub fn t<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(vi, en)
    }

    /// The code of the language for the browser.
    #[must_use]
    pub fn lang_code(&self) -> &'static str {
        self.lang.pick("vi", "en")
    }

    /// A sentence in the language of the page.
    pub fn say(&self, what: &impl Say) -> String {
        what.say(self.lang)
    }

    /// A count with the marks of the language.
    pub fn count(&self, count: impl std::fmt::Display) -> String {
        let written = count.to_string();
        written.parse().map_or(written, |number| self.lang.short(&number))
    }

    /// The size of a file.
    #[must_use]
    pub fn size(&self, bytes: &i64) -> String {
        size::written(u64::try_from(*bytes).unwrap_or(0), self.lang)
    }

    /// Day and minute in Vietnam.
    #[must_use]
    pub fn moment(&self, micros: &i64) -> String {
        let at = local(*micros);
        self.lang.pick(at.strftime("%H:%M %d/%m/%Y"), at.strftime("%d %b %Y %H:%M")).to_string()
    }

    /// Day and second in Vietnam, for the log.
    #[must_use]
    pub fn second(&self, micros: &i64) -> String {
        local(*micros).strftime("%H:%M:%S %d/%m/%Y").to_string()
    }

    /// A stored day as people write it.
    #[must_use]
    pub fn day(&self, stored: &str) -> String {
        let date: Option<civil::Date> = stored.parse().ok();
        date.map_or_else(|| stored.to_owned(), |date| self.lang.date(date))
    }

    /// The picture of an icon; it says nothing that the words beside it do not say.
    #[must_use]
    pub fn icon(&self, name: &str) -> String {
        let file = crate::assets::path("icons.svg");
        let picture = format!("{file}#{name}");
        format!(
            "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{picture}\"/></svg>"
        )
    }

    /// Points, or a dash where there are none.
    #[must_use]
    pub fn points(&self, points: Option<&Number>, digits: u8) -> String {
        points.map_or_else(|| "–".to_owned(), |points| self.lang.fixed(points, digits))
    }

    /// The address of a built file.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        crate::assets::path(name)
    }
}

/// The day in Vietnam.
#[must_use]
pub fn day_of(micros: i64) -> civil::Date {
    local(micros).date()
}

/// The first letters of the middle and the given name: «Trần Thu Hà» is TH.
fn letters(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let last_two = words.iter().skip(words.len().saturating_sub(2));
    last_two.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

fn places(visitor: &Visitor) -> Vec<NavLink> {
    let all = [
        (None, "/", "Trang chủ", "Home"),
        (Some(Act::SeeCampaigns), "/campaigns", "Chấm điểm", "Campaigns"),
        (Some(Act::SeeSets), "/criteria-sets", "Bộ tiêu chí", "Criteria sets"),
        (Some(Act::SeeUnits), "/units", "Đơn vị", "Units"),
        (Some(Act::SeePeople), "/people", "Người dùng", "People"),
        (Some(Act::ChangeCalendar), "/calendar", "Ngày nghỉ", "Days off"),
        (Some(Act::ReadAudit), "/audit", "Nhật ký", "Log"),
        (Some(Act::SeeJobs), "/jobs", "Việc nền", "Background jobs"),
    ];
    if visitor.complete().is_none() {
        return Vec::new();
    }
    let place = |(act, href, vi, en): (Option<Act>, &'static str, &'static str, &'static str)| {
        let here = if href == "/" { visitor.path == "/" } else { visitor.path.starts_with(href) };
        act.is_none_or(|act| visitor.may(act)).then(|| NavLink {
            href,
            name: visitor.lang.pick(vi, en),
            here,
        })
    };
    all.into_iter().filter_map(place).collect()
}

/// Renders a page.
pub fn page(template: &impl askama::Template) -> Response {
    page_with(StatusCode::OK, template)
}

/// Renders a page with another status.
pub fn page_with(status: StatusCode, template: &impl askama::Template) -> Response {
    sent(status, template.render())
}

/// Renders some blocks of a page, one after the other, for a script that takes them over.
pub fn parts(status: StatusCode, blocks: &[&dyn askama::DynTemplate]) -> Response {
    sent(status, blocks.iter().map(|block| block.dyn_render()).collect())
}

fn sent(status: StatusCode, html: askama::Result<String>) -> Response {
    match html {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(event = "template.failed", %error, "a template failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
