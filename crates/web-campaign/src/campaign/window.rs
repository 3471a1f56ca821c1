//! The stages get their windows, all of them at once.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_domain::moment::Moment;
use parindex_domain::procedure::{CampaignDetail, Window};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::campaign::SetWindows;

use super::prepare::show;
use parindex_service::campaign::campaign_detail;
use parindex_service::day;
use parindex_service::typed::Called;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// What the page calls the form.
pub const FORM: &str = "windows";

/// The assessed year of the campaign, and now.
type Now = (i16, Moment);

/// An end of a window: the name of its field, and what people read there.
type End = (&'static str, Called);
/// Both.
const ENDS: [End; 2] = [("opens", ("Mở từ", "Opens")), ("closes", ("Khóa lúc", "Closes"))];

/// What is wrong, by the name of the field.
type Wrong = Vec<(String, String)>;

/// What was typed: the two ends of each stage, by its code.
struct Typed(Vec<(String, String)>);

impl Typed {
    fn text(&self, end: &str, code: &str) -> &str {
        let name = format!("{end}.{code}");
        self.0.iter().find(|(of, _)| *of == name).map_or("", |(_, text)| text.trim())
    }

    /// The stages that the page had.
    fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|(name, _)| name.strip_prefix("opens."))
    }

    /// The window of a stage; none where it has none and nothing was typed. What is wrong stands at each of the two fields.
    fn window(
        &self,
        (code, has_one): (&str, bool),
        (now, lang): (Now, Lang),
    ) -> Result<Option<Window>, Wrong> {
        if !has_one && ENDS.iter().all(|(end, _)| self.text(end, code).is_empty()) {
            return Ok(None);
        }
        let wrong = |(end, (vi, en)): End, why: String| {
            (format!("{end}.{code}"), format!("{}: {why}.", lang.pick(vi, en)))
        };
        let read = |end: End| moment(self.text(end.0, code), now, lang).map_err(|why| wrong(end, why));
        let [_, last] = ENDS;
        match ENDS.map(read) {
            [Ok(opens), Ok(closes)] => {
                Window::new(opens, closes).map(Some).map_err(|why| vec![wrong(last, why.say(lang))])
            }
            ends => Err(ends.into_iter().filter_map(Result::err).collect()),
        }
    }

    /// The windows of all stages, or what is wrong with which.
    fn read(&self, of: &CampaignDetail, now: Moment, lang: Lang) -> Result<Vec<(i64, Window)>, Mistake> {
        if self.codes().any(|code| !of.stages.iter().any(|stage| stage.code == code)) {
            return Err(self.mistake(other_stages(lang)));
        }
        let (mut windows, mut wrong) = (Vec::new(), Vec::new());
        let now = (of.campaign.year, now);
        for stage in of.stages.iter().filter(|stage| self.codes().any(|code| code == stage.code)) {
            match self.window((&stage.code, stage.round.window.is_some()), (now, lang)) {
                Ok(window) => windows.extend(window.map(|window| (stage.place, window))),
                Err(more) => wrong.extend(more),
            }
        }
        if wrong.is_empty() {
            return Ok(windows);
        }
        let mended = lang.pick(
            "Chưa đặt thời gian nào: hãy sửa các ô đánh dấu dưới đây rồi lưu lại.",
            "No window was set: correct the fields that are marked below and save again.",
        );
        Err(wrong.into_iter().fold(self.mistake(mended), |mistake, (field, why)| mistake.at(field, why)))
    }

    fn mistake(&self, sentence: &str) -> Mistake {
        let mistake = Mistake::new(FORM, sentence);
        self.0.iter().fold(mistake, |mistake, (name, text)| mistake.with(name.clone(), text.clone()))
    }
}

/// Sets them.
pub async fn set_windows(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Protected(typed): Protected<Vec<(String, String)>>,
) -> Answer {
    let of = campaign_detail(&app.service, id).await?;
    match Typed(typed).read(&of, app.now(), visitor.lang) {
        Ok(windows) => {
            app.store.commit(&visitor.actor(), app.now(), SetWindows { campaign: id, windows }).await?;
            Ok(Redirect::to(&format!("/campaigns/{id}/prepare#windows")).into_response())
        }
        Err(mistake) => show(&app, &visitor, id, mistake.into()).await,
    }
}

/// An end of a window.
fn moment(typed: &str, now: Now, lang: Lang) -> Result<Moment, String> {
    if typed.is_empty() {
        return Err(lang.pick("cần ngày và giờ", "day and time are needed").to_owned());
    }
    day::read_step(typed, now).map_err(|wrong| wrong.say(lang))
}

/// A round was added or removed since the page was made.
fn other_stages(lang: Lang) -> &'static str {
    lang.pick(
        "Các bước vừa được thêm hoặc bớt nên chưa đặt gì; đây là danh sách mới, hãy xem lại rồi lưu.",
        "Stages were added or removed meanwhile, so nothing was set; these are the stages now. Look at them and save.",
    )
}
