//! What is entered for a criterion, and what became of what was typed.

use parindex_domain::procedure::{EntryKind, Locked};
use parindex_rulebook::lang::Lang;
use parindex_store::sheet::{NOTE, Past, REASON, StoredEntry};

use super::above::AncestorView;
use super::field::{FieldSource, FieldView, Fields, MARKED, NOT_APPLICABLE, POINTS};
use super::keep::NOTE_FIELD;
use super::show::SheetTrouble;
use parindex_service::campaign::column::Column;

/// A step of the past of a criterion.
pub struct EnteringNotice {
    /// What the figure is called.
    pub label: String,
    /// What stood there.
    pub was: String,
    /// What came in its place.
    pub became: String,
    pub by: String,
    pub at: i64,
}

/// What is entered, and what follows from it.
pub struct Entering {
    pub fields: Fields,
    /// Whether it does not apply, and what somebody else did with that mark meanwhile.
    pub mark: FieldView,
    /// What the unit says about it; no point follows from it.
    pub note: FieldView,
    pub columns: Vec<Column>,
    pub sentence: String,
    /// What stands above it and may not apply as a whole.
    pub above: Vec<AncestorView>,
    /// Whether the unit scores it at all.
    pub own: bool,
    pub lock: Option<Locked>,
    pub until: Option<i64>,
    pub saved: Option<i64>,
    /// Whether something was refused, so that points and time are those of what was saved before.
    pub refused: bool,
}

impl Entering {
    /// Whether something stands at the criterion itself.
    #[must_use]
    pub fn stands(&self, criterion: &str) -> bool {
        let own = self.fields.all.iter().filter(|field| field.owner == criterion);
        own.chain([&self.mark, &self.note]).any(|field| !field.stands.is_empty())
    }
}

/// The past, as people read it.
#[must_use]
pub fn told(source: &FieldSource<'_>, past: &[Past]) -> Vec<EnteringNotice> {
    let told = |each: &Past| {
        let (label, was) = source.told(&each.input, &each.was);
        let (_, became) = source.told(&each.input, &each.became);
        let label = match each.input.as_str() {
            NOTE => source.lang.pick("Ghi chú", "Note").to_owned(),
            REASON => source.lang.pick("Lý do số liệu không khớp", "Why figures do not agree").to_owned(),
            _ => label,
        };
        EnteringNotice { label, was, became, by: each.by.clone(), at: each.at }
    };
    past.iter().map(told).collect()
}

/// The field for what the unit says.
pub fn note((cells, at): (&[StoredEntry], &str), trouble: &SheetTrouble, lang: Lang) -> FieldView {
    let stands = cells.iter().find(|cell| cell.criterion == at && cell.input == NOTE);
    let field = FieldView {
        name: NOTE_FIELD.to_owned(),
        owner: at.to_owned(),
        input: NOTE.to_owned(),
        stands: stands.map(|cell| cell.text.clone()).unwrap_or_default(),
        revision: stands.map_or(0, |cell| cell.revision),
        ..FieldView::default()
    };
    let mut field = field.with(trouble.typed.as_ref());
    mark(&mut field, trouble, lang);
    field
}

/// What is wrong stands at its field; what somebody else saved too, and saving again overwrites it knowingly.
pub fn mark(field: &mut FieldView, trouble: &SheetTrouble, lang: Lang) {
    let wrong = trouble.wrong.iter().find(|(name, _)| *name == field.name);
    field.wrong = wrong.map(|(_, sentence)| sentence.clone());
    let other =
        trouble.overtaken.iter().find(|entry| entry.criterion == field.owner && entry.input == field.input);
    if let Some(other) = other {
        // Whoever saves again has seen what somebody else saved; all other fields keep what was seen.
        field.seen = other.revision;
        field.was.clone_from(&field.stands);
        field.other = Some(theirs(other, &field.stands, lang));
    }
    let kept = trouble.kept.as_ref().is_some_and(|kept| kept.contains(&field.name));
    field.became = match (&field.wrong, &field.other) {
        (Some(_), _) => "wrong",
        (None, Some(_)) => "overtaken",
        (None, None) if kept => "kept",
        (None, None) => "",
    };
}

/// What somebody else saved meanwhile.
pub fn theirs(entry: &StoredEntry, shown: &str, lang: Lang) -> String {
    let at = parindex_domain::moment::written(entry.at, lang);
    let text = match (entry.kind, entry.text.as_str()) {
        (_, "") => lang.pick("(trống)", "(empty)"),
        (EntryKind::NotApplicable, _) => lang.pick("không áp dụng", "does not apply"),
        _ => shown,
    };
    let by = &entry.by;
    lang.pick(
        format!(
            "{by} đã ghi «{text}» lúc {at}. Giá trị của bạn còn trong ô; lưu lần nữa là thay giá trị ấy."
        ),
        format!("{by} saved “{text}” at {at}. Your value stands in the field; saving again replaces it."),
    )
}

/// The box for what does not apply, as a field.
pub fn the_mark(source: &FieldSource<'_>, fields: &Fields, trouble: &SheetTrouble) -> FieldView {
    let stands = if source.is_marked() { MARKED } else { "" };
    let judged = fields.all.iter().any(|field| field.name == POINTS);
    // Points share the cell of the mark, and say so at their own field.
    let of_here = |entry: &&StoredEntry| entry.criterion == source.code() && entry.input.is_empty();
    let other = trouble.overtaken.iter().find(of_here);
    let kept = trouble.kept.as_ref().is_some_and(|kept| kept.iter().any(|name| name == NOT_APPLICABLE));
    FieldView {
        name: NOT_APPLICABLE.to_owned(),
        was: stands.to_owned(),
        stands: stands.to_owned(),
        seen: other.map_or_else(|| source.seen_mark(), |entry| entry.revision),
        revision: source.revision_of_mark(),
        became: if other.is_some() {
            "overtaken"
        } else if kept {
            "kept"
        } else {
            ""
        },
        other: other.filter(|_| !judged).map(|entry| theirs(entry, &entry.text, source.lang)),
        ..FieldView::default()
    }
}
