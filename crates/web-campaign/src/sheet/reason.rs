//! Why figures that do not agree are right all the same, in the words of the unit.

use axum::extract::{Path, State};
use parindex_domain::moment::written;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::sheet::{GiveReason, StoredEntry};
use serde::Deserialize;

use super::submit::{SubmitTrouble, form_of, read, show};
use parindex_service::sheet::mismatch::Mismatched;
use parindex_service::typed::lines;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::{Mistake, Mistakes};
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct ReasonForm {
    /// The code of the criterion that states the cross-check.
    #[serde(default)]
    at: String,
    /// The figures that were shown.
    #[serde(default)]
    looked: String,
    #[serde(default)]
    reason: String,
    /// The revision of the reason that was shown.
    #[serde(default)]
    seen: i64,
}

pub async fn give_reason(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(typed): Protected<ReasonForm>,
) -> Answer {
    let mistaken = |sentence: String| {
        let mistake = Mistake::new(form_of(&typed.at), sentence).with("reason", typed.reason.clone());
        SubmitTrouble { mistakes: mistake.into(), ..SubmitTrouble::default() }
    };
    let text = match reason(&typed.reason, visitor.lang) {
        Ok(text) => text,
        Err(sentence) => return show(&app, &visitor, member, mistaken(sentence)).await,
    };
    let checks = read(&app, &visitor, member).await?.checks(&app, visitor.lang).await?;
    // What agrees needs no reason; and the figures that somebody saw may be others by now.
    match checks.iter().find(|each| each.code == typed.at) {
        Some(check) if check.figures == typed.looked => {}
        Some(_other) => return show(&app, &visitor, member, mistaken(changed(visitor.lang))).await,
        None => return show(&app, &visitor, member, mistaken(agrees(visitor.lang))).await,
    }
    let (criterion, figures) = (typed.at.clone(), typed.looked.clone());
    let give = GiveReason { member, criterion, figures, text, seen: typed.seen };
    match once(&app, &visitor, give, move |()| format!("/sheets/{member}/submit#checks")).await {
        Ok(answer) => Ok(answer),
        Err(Refusal::CellConflict(cells)) => {
            let sentence = overtaken(&cells, visitor.lang);
            show(&app, &visitor, member, mistaken(sentence)).await
        }
        Err(lock @ Refusal::Locked(_)) => {
            show(&app, &visitor, member, mistaken(lock.say(visitor.lang))).await
        }
        Err(other) => Err(other.into()),
    }
}

fn reason(typed: &str, lang: Lang) -> Result<String, String> {
    let text = lines(("Lý do", "The reason"), typed).map_err(|long| format!("{}.", long.say(lang)))?;
    if text.is_empty() {
        let needed = lang.pick("Hãy ghi lý do, hoặc sửa số liệu.", "Give a reason, or correct the figures.");
        return Err(needed.to_owned());
    }
    Ok(text)
}

fn changed(lang: Lang) -> String {
    let sentence = lang.pick(
        "Số liệu vừa được sửa sau khi bạn mở trang này nên chưa ghi lý do. Hãy xem lại số liệu dưới đây.",
        "The figures were changed after you opened this page, so no reason was written. Look at them again below.",
    );
    sentence.to_owned()
}

fn agrees(lang: Lang) -> String {
    let sentence = lang.pick(
        "Số liệu vừa được sửa sau khi bạn mở trang này và nay đã khớp, nên không cần lý do; chưa ghi lý do nào.",
        "The figures were changed after you opened this page and agree now, so they need no reason; none was written.",
    );
    sentence.to_owned()
}

/// What is wrong with a reason whose form the page does not show: its figures agree by now, or the sheet is locked. What was typed
/// comes back above the page.
pub fn without_form<'m>(mistakes: &'m Mistakes, checks: &[Mismatched], can_explain: bool) -> Option<&'m str> {
    let shown = checks.iter().filter(|_check| can_explain).map(|check| form_of(&check.code));
    mistakes.beside(&shown.collect::<Vec<_>>())
}

fn overtaken(cells: &[StoredEntry], lang: Lang) -> String {
    let Some(StoredEntry { text, by, at, .. }) = cells.first() else { return changed(lang) };
    let at = written(*at, lang);
    lang.pick(
        format!(
            "{by} đã ghi lý do «{text}» lúc {at}. Nội dung bạn nhập còn ở dưới; ghi lần nữa là thay lý do ấy."
        ),
        format!(
            "{by} wrote the reason “{text}” at {at}. What you typed stands below; saving again replaces it."
        ),
    )
}
