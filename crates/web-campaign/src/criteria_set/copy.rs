//! A version is copied: as the next version of its set, or as the beginning of another one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use parindex_package::set;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::set::CriteriaSet;
use parindex_store::InUse;
use parindex_store::criteria_set::{LibrarySet, UploadSet};
use serde::Deserialize;

use super::place;
use parindex_service::criteria_set::open;
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::make;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

#[derive(Clone, Default, Deserialize)]
pub struct CopyForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    note: String,
}

/// What is wrong, by field.
#[derive(Default)]
struct Wrong {
    code: Option<String>,
    title: Option<String>,
    note: Option<String>,
}

#[derive(Template)]
#[template(path = "criteria_set/copy.html")]
struct CopyPage {
    frame: Frame,
    set: LibrarySet,
    number: i64,
    typed: CopyForm,
    wrong: Wrong,
}

/// The longest code and title.
const MAX: usize = 500;

impl CopyForm {
    /// One line each, without spaces around.
    fn read(&self, lang: Lang) -> Result<(String, String, String), Wrong> {
        let needed =
            || lang.pick(format!("cần từ 1 đến {MAX} ký tự"), format!("1 to {MAX} characters are needed"));
        let read = |called, typed: &str| match one_line(called, typed, MAX) {
            Ok(text) if text.is_empty() => Err(needed()),
            other => other.map_err(|long| long.say(lang)),
        };
        let code = read(("mã", "the code"), &self.code);
        let title = read(("tên", "the title"), &self.title);
        let note = one_line(("ghi chú", "the note"), &self.note, MAX).map_err(|long| long.say(lang));
        match (code, title, note) {
            (Ok(code), Ok(title), Ok(note)) => Ok((code, title, note)),
            (code, title, note) => Err(Wrong { code: code.err(), title: title.err(), note: note.err() }),
        }
    }
}

pub async fn show_criteria_set_copy(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path((id, number)): Path<(i64, i64)>,
) -> Answer {
    let set = app.store.criteria_set(id).await?.ok_or(Failure::NotFound)?;
    let content = open(&app.store, id, number).await?.content;
    let typed = CopyForm { code: set.code, title: content.about.title, note: String::new() };
    show(&app, &visitor, (id, number), typed, Wrong::default()).await
}

async fn show(
    app: &App,
    visitor: &Visitor,
    (id, number): (i64, i64),
    typed: CopyForm,
    wrong: Wrong,
) -> Result<Response, Failure> {
    let set = app.store.criteria_set(id).await?.ok_or(Failure::NotFound)?;
    let fine = wrong.code.is_none() && wrong.title.is_none() && wrong.note.is_none();
    let status = if fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page_with(status, &CopyPage { frame: Frame::new(app, visitor), set, number, typed, wrong }))
}

/// A set as a table. What is written has to read back; a title that no table can hold is refused.
fn written(content: &CriteriaSet, lang: Lang) -> Result<String, Failure> {
    let text = set::write("criteria.csv", content).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.filter(|text| set::read("criteria.csv", text.clone().into_bytes()).is_ok()).ok_or_else(|| {
        let sentence = lang.pick(
            "Tên hoặc mã có ký tự không ghi vào bảng được.",
            "Title or code have characters that no table can hold.",
        );
        Failure::Impossible(sentence.to_owned())
    })
}

/// Copies it as a draft.
pub async fn copy_criteria_set(
    State(app): State<App>,
    visitor: Visitor,
    Path(at): Path<(i64, i64)>,
    Protected(typed): Protected<CopyForm>,
) -> Answer {
    let (code, title, note) = match typed.read(visitor.lang) {
        Ok(read) => read,
        Err(wrong) => return show(&app, &visitor, at, typed, wrong).await,
    };
    // With the code of another set it would become a version of that one.
    let sets = app.store.criteria_sets().await?;
    if sets.iter().any(|(set, _)| set.code == code && set.id != at.0) {
        let wrong = Wrong { code: Some(InUse::Set(code).say(visitor.lang)), ..Wrong::default() };
        return show(&app, &visitor, at, typed, wrong).await;
    }
    let mut content = open(&app.store, at.0, at.1).await?.content;
    content.about.code.clone_from(&code);
    content.about.title.clone_from(&title);
    let text = written(&content, visitor.lang)?;
    let note = if note.is_empty() {
        visitor.lang.pick(format!("sao từ bản {}", at.1), format!("copied from version {}", at.1))
    } else {
        note
    };
    let copy = UploadSet { code, title, text, note, file: None };
    Ok(make(&app, &visitor, copy, place).await?)
}
