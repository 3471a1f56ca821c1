//! What an appraiser typed, and the decision that it means.

use parindex_domain::procedure::{EntryKind, Ruling, RulingKind};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_store::sheet::Figure;
use serde::Deserialize;

use parindex_service::appraisal::{Queue, QueueItem, points_of};
use parindex_service::sheet::value::points;
use parindex_service::typed::{TooLong, lines, one_line};
use parindex_web_shell::failure::Failure;

#[derive(Clone, Default, Deserialize)]
pub struct DecideForm {
    /// `accept`, `own`, `adjust`, `council`.
    #[serde(default)]
    pub ruling: String,
    /// The points of an adjustment.
    #[serde(default)]
    pub points: String,
    /// What stood in their field when the page was made.
    #[serde(default, rename = "was.points")]
    pub was_points: String,
    /// A common reason.
    #[serde(default)]
    pub template: String,
    /// The reason in the appraiser's words.
    #[serde(default)]
    pub reason: String,
    /// A question to the unit that could not be asked.
    #[serde(default)]
    pub question: String,
    /// When what the page showed was decided.
    #[serde(default)]
    pub seen: i64,
    /// How many rows the log had when the page was made.
    #[serde(default)]
    pub looked: i64,
}

impl DecideForm {
    /// Nothing decided, and a question that could not be asked.
    #[must_use]
    pub fn with_question(question: String) -> Self {
        Self { question, ..Self::default() }
    }

    /// Whether nothing of a decision was typed or chosen.
    fn is_untouched(&self) -> bool {
        [&self.ruling, &self.points, &self.template, &self.reason].into_iter().all(String::is_empty)
    }

    /// Whether points were typed; those that a former decision left in their field were not.
    fn has_points(&self) -> bool {
        let points = self.points.trim();
        !points.is_empty() && points != self.was_points.trim()
    }
}

/// What was decided before, as it stands in the fields of whoever decides anew. `own` says whether the unit’s own points can be chosen.
pub fn reopened(queue: &Queue, item: &QueueItem, own: bool, typed: DecideForm, lang: Lang) -> DecideForm {
    let Some(verdict) = item.verdict.as_ref().filter(|_| typed.is_untouched()) else { return typed };
    let kept = kept_points(queue, item).filter(|_| verdict.kind == RulingKind::Adjust);
    let is_own = own && kept.is_some() && own_points(queue, item).ok().flatten() == kept;
    let ruling = if is_own { "own" } else { verdict.kind.word() };
    let points = kept.filter(|_| !is_own).map(|points| lang.typed(&points)).unwrap_or_default();
    let (ruling, reason) = (ruling.to_owned(), verdict.reason.clone());
    DecideForm { ruling, was_points: points.clone(), points, reason, ..typed }
}

/// The points that a decision of this round left.
fn kept_points(queue: &Queue, item: &QueueItem) -> Option<Number> {
    let here = |entry: &&Figure| {
        (entry.stage, entry.member, entry.criterion.as_str())
            == (queue.stage.id, item.member, item.criterion.as_str())
    };
    let mut here = queue.loaded.entries.iter().filter(here);
    here.find(|entry| entry.kind == EntryKind::Points)?.text.parse().ok()
}

/// What the unit gave itself, where it can be written as a number that comes back unchanged.
pub fn own_points(queue: &Queue, item: &QueueItem) -> Result<Option<Number>, Failure> {
    let own = points_of(&queue.loaded.score(0)?, item).cloned();
    Ok(own.filter(|own| own.to_decimal().is_some()))
}

/// The decision that is meant. Points that were typed mean an adjustment, and nothing else beside them.
fn ruling(queue: &Queue, item: &QueueItem, typed: &DecideForm, lang: Lang) -> Result<Ruling, String> {
    let set = queue.loaded.set(item.seat.0).map_err(|_gone| String::new())?;
    let number = typed.points.trim();
    match (typed.ruling.as_str(), typed.has_points()) {
        ("adjust", _) | ("", true) => Ok(Ruling::Adjust(points(set, item.node, number, lang)?)),
        ("accept", false) => Ok(Ruling::Accept),
        ("council", false) => Ok(Ruling::Council),
        ("own", false) => {
            let own = own_points(queue, item).ok().flatten();
            let none = || lang.pick("đơn vị không có điểm tự chấm", "the unit has no points of its own").to_owned();
            own.map(|own| Ruling::Adjust(own.to_string())).ok_or_else(none)
        }
        ("accept" | "council" | "own", true) => Err(lang.pick(
            format!("đã nhập {number} điểm nhưng lại chọn kết luận khác; hãy chọn «Điều chỉnh thành», hoặc xóa số điểm"),
            format!("{number} points were typed, but another decision is chosen; choose “Adjust to”, or clear the points"),
        )),
        _ => Err(lang.pick("hãy chọn một kết luận", "choose a decision").to_owned()),
    }
}

/// The decision and its reason.
///
/// # Errors
/// The sentence for whoever typed it.
pub fn read(
    queue: &Queue,
    item: &QueueItem,
    typed: &DecideForm,
    lang: Lang,
) -> Result<(Ruling, String), String> {
    let ruling = ruling(queue, item, typed, lang)?;
    let said = |long: TooLong| long.say(lang);
    let own = lines(("Lý do", "The reason"), &typed.reason).map_err(said)?;
    // One that was taken out of the list meanwhile is still what was meant.
    let chosen = one_line(("Lý do có sẵn", "The common reason"), &typed.template, 200).map_err(said)?;
    let reason = match (chosen.is_empty(), own.is_empty()) {
        (false, true) => chosen,
        (false, false) => format!("{chosen}: {own}"),
        (true, _) => own,
    };
    if reason.is_empty() && ruling != Ruling::Accept {
        let needed = lang.pick(
            "cần lý do: chọn một lý do có sẵn hoặc ghi rõ, vì đơn vị sẽ đọc",
            "a reason is needed: choose one or write it, because the unit will read it",
        );
        return Err(needed.to_owned());
    }
    Ok((ruling, reason))
}
