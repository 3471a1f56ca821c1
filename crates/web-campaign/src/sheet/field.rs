//! The fields of a criterion: what stands in them, what was typed, what is wrong with it.

use std::collections::HashMap;

use jiff::civil::Date;
use parindex_domain::campaign::{DayOf, outside};
use parindex_domain::procedure::EntryKind;
use parindex_rulebook::input::{Kind, Value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, NotApplicable};
use parindex_store::sheet::{StoredEntry, TypedCell};

use super::asked::Ask;
use parindex_service::sheet::value::{points, read_as, shown, value};
use parindex_service::typed::plain_lines;

/// What a form sent.
pub type FormValues = HashMap<String, String>;

/// Cells by the code of their criterion.
pub type Parts = Vec<(String, Vec<TypedCell>)>;

/// What is wrong, by the name of the field.
pub type FieldMistakes = Vec<(String, String)>;

/// What a form sent, field by field: what can be kept, and what is wrong with the rest.
#[derive(Debug, Default)]
pub struct ReadFields {
    /// The cells to keep.
    pub parts: Parts,
    /// The fields that are refused.
    pub wrong: FieldMistakes,
}

#[derive(Clone, Debug, Default)]
pub struct FieldView {
    /// Its name in the form.
    pub name: String,
    /// The code of the criterion that owns it.
    pub owner: String,
    /// The input; empty for points.
    pub input: String,
    /// What people read.
    pub label: String,
    /// The kind of value, as a word.
    pub kind: &'static str,
    /// What can be chosen.
    pub options: Vec<String>,
    /// What stands in it.
    pub value: String,
    /// The revision that is seen.
    pub seen: i64,
    /// What stood in it when its page was made: whoever leaves it so has changed nothing.
    pub was: String,
    /// What is stored now, as the field would show it.
    pub stands: String,
    /// The revision of that.
    pub revision: i64,
    /// How a number that is stored is read, where the field shows it otherwise: `1.271` under 1271, `78,5%` under 0,785.
    pub read_as: String,
    /// What there is to look at in a stored day beside the assessed period.
    pub remark: Option<String>,
    /// Whether it may be said that the thing was not done, whose day is asked for.
    pub not_done: bool,
    /// What is asked about it, as it is stored.
    pub asks: Vec<Ask>,
    /// What became of it when the page saved by itself: `kept`, `wrong`, `overtaken`; nothing where it was not touched.
    pub became: &'static str,
    /// What is wrong with it.
    pub wrong: Option<String>,
    /// What somebody else has saved meanwhile.
    pub other: Option<String>,
}

impl FieldView {
    /// Whether a day is asked for.
    #[must_use]
    pub fn is_day(&self) -> bool {
        self.kind == Kind::Date.word()
    }
}

/// The name of the field for points, and of the one for what does not apply.
pub const POINTS: &str = "points";
/// The box for what does not apply.
pub const NOT_APPLICABLE: &str = "na";

/// What stands in its cell.
pub const MARKED: &str = "x";

/// Whether somebody changed a field: what a form does not send, or sends as it came, nobody touched.
#[must_use]
pub fn is_touched(typed: &FormValues, name: &str) -> bool {
    let Some(is) = typed.get(name) else { return false };
    typed.get(&format!("was.{name}")).is_none_or(|was| plain_lines(was) != plain_lines(is))
}

/// The fields of a leaf and whether it is marked as not applying.
pub struct Fields {
    /// For its inputs, then for its points where a person gives them.
    pub all: Vec<FieldView>,
    /// What happens when it does not apply, and whether it is so marked.
    pub not_applicable: Option<bool>,
}

/// Where the fields of a leaf come from.
pub struct FieldSource<'s> {
    pub set: &'s Compiled,
    /// The leaf.
    pub node: usize,
    /// What stands on the sheet at this stage, with revisions; also what was taken away.
    pub cells: &'s [StoredEntry],
    /// What was typed and could not be kept.
    pub typed: Option<&'s FormValues>,
    /// The assessed period; days far from it are refused where there is one.
    pub period: Option<(Date, Date)>,
    pub lang: Lang,
}

impl FieldSource<'_> {
    #[must_use]
    pub fn fields(&self) -> Fields {
        let slots = self.set.asked_at(self.node);
        let mut all: Vec<FieldView> = slots.into_iter().filter_map(|slot| self.input(slot.index())).collect();
        all.extend(self.judged());
        let policy: Option<NotApplicable> =
            self.set.set.criteria.get(self.node).and_then(|criterion| criterion.not_applicable);
        let marked = match self.typed {
            Some(typed) if mark_is_touched(typed) => typed.contains_key(NOT_APPLICABLE),
            _ => self.is_marked(),
        };
        Fields { all, not_applicable: policy.map(|_| marked) }
    }

    fn cell(&self, owner: &str, input: &str) -> Option<&StoredEntry> {
        self.cells.iter().find(|cell| cell.criterion == owner && cell.input == input)
    }

    fn input(&self, slot: usize) -> Option<FieldView> {
        let (input, owner) = (self.set.inputs.get(slot)?, *self.set.owners.get(slot)?);
        let owner = self.set.code(owner).to_owned();
        let options = match &input.kind {
            Kind::Choice(options) => options.clone(),
            Kind::YesNo => vec!["có".to_owned(), "không".to_owned()],
            _ => Vec::new(),
        };
        let label = if input.label.is_empty() { input.name.clone() } else { input.label.clone() };
        let field = FieldView {
            name: format!("v.{}", input.name),
            input: input.name.clone(),
            label,
            kind: input.kind.word(),
            options,
            ..FieldView::default()
        };
        let field = self.filled(field, owner, |text| shown(input, text, self.lang));
        let stored = self.cell(&field.owner, &field.input).and_then(|cell| input.kind.read(&cell.text).ok());
        let remark = stored.as_ref().and_then(|stored| self.beside(stored));
        let read_as = stored.and_then(|stored| read_as(&input.kind, &stored, self.lang));
        let read_as = read_as.filter(|text| *text != field.stands).unwrap_or_default();
        let not_done = self.may_be_not_done(slot);
        Some(FieldView { read_as, remark, not_done, ..field })
    }

    fn may_be_not_done(&self, slot: usize) -> bool {
        let dates = self.set.rules.get(self.node).map(parindex_rulebook::rule::Rule::dates_to_be_done);
        dates.unwrap_or_default().iter().any(|date| date.index() == slot)
    }

    fn judged(&self) -> Option<FieldView> {
        if !self.set.rules.get(self.node)?.is_judgement() {
            return None;
        }
        let label = self.lang.pick("Điểm tự chấm", "Points").to_owned();
        let field =
            FieldView { name: POINTS.to_owned(), label, kind: Kind::Decimal.word(), ..FieldView::default() };
        let owner = self.code().to_owned();
        Some(self.filled(field, owner, |text| {
            text.parse::<Number>().map_or_else(|_| text.to_owned(), |points| self.lang.short(&points))
        }))
    }

    fn filled(&self, field: FieldView, owner: String, shown: impl Fn(&str) -> String) -> FieldView {
        let cell = self.cell(&owner, &field.input);
        let stands = cell.filter(|cell| cell.kind != EntryKind::NotApplicable).map(|cell| shown(&cell.text));
        let field = FieldView {
            stands: stands.unwrap_or_default(),
            revision: cell.map_or(0, |cell| cell.revision),
            owner,
            ..field
        };
        field.with(self.typed)
    }

    /// A value of the past of the leaf with the name of its figure, as people read them.
    #[must_use]
    pub fn told(&self, name: &str, text: &str) -> (String, String) {
        let slot = self.set.slot(self.node, name).and_then(|slot| self.set.inputs.get(slot.index()));
        match slot {
            Some(input) if !input.label.is_empty() => (input.label.clone(), shown(input, text, self.lang)),
            Some(input) => (input.name.clone(), shown(input, text, self.lang)),
            None if name.is_empty() && text == MARKED => {
                (String::new(), self.lang.pick("không áp dụng", "does not apply").to_owned())
            }
            None if name.is_empty() => {
                (String::new(), self.lang.pick(text.replace('.', ","), text.to_owned()))
            }
            None => (name.to_owned(), text.to_owned()),
        }
    }

    /// What was typed becomes cells to keep; every other field learns what is wrong with it. What nobody touched is left alone.
    #[must_use]
    pub fn read(&self, typed: &FormValues) -> ReadFields {
        let fields = self.fields();
        let (mut parts, mut wrong): (HashMap<String, Vec<TypedCell>>, _) = (HashMap::new(), Vec::new());
        let marked = typed.contains_key(NOT_APPLICABLE) && fields.not_applicable.is_some();
        let mark_touched = fields.not_applicable.is_some() && mark_is_touched(typed);
        for field in &fields.all {
            let is_points = field.name == POINTS;
            // Points and the mark share a cell: taking the mark away writes what stands in the field for points.
            let freed = is_points && mark_touched && typed.contains_key(POINTS);
            if (is_points && marked) || !(freed || is_touched(typed, &field.name)) {
                continue;
            }
            let text = typed.get(&field.name).map(|text| text.trim()).unwrap_or_default();
            match self.canonical(field, text) {
                Ok(text) => {
                    let kind = if is_points { EntryKind::Points } else { EntryKind::Value };
                    let cell =
                        TypedCell { input: field.input.clone(), kind, text, seen: seen(typed, &field.name) };
                    parts.entry(field.owner.clone()).or_default().push(cell);
                }
                Err(sentence) => wrong.push((field.name.clone(), sentence)),
            }
        }
        let judged = fields.all.iter().any(|field| field.name == POINTS);
        // A mark that nobody touched changes nothing, whatever others did with it.
        if mark_touched && (marked || !judged) {
            let owner = self.code().to_owned();
            let text = if marked { MARKED.to_owned() } else { String::new() };
            let seen = seen(typed, NOT_APPLICABLE);
            let cell = TypedCell { input: String::new(), kind: EntryKind::NotApplicable, text, seen };
            parts.entry(owner).or_default().push(cell);
        }
        ReadFields { parts: parts.into_iter().collect(), wrong }
    }

    /// Refuses a day far from the assessed period.
    fn near(&self, value: &Value) -> Result<(), String> {
        let (Value::Date(day), Some(period)) = (value, self.period) else { return Ok(()) };
        DayOf::Figure(period).near(*day).map(|_near| ()).map_err(|too_far| too_far.say(self.lang))
    }

    /// What there is to look at in a day that is taken.
    fn beside(&self, stored: &Value) -> Option<String> {
        let (Value::Date(day), Some(period)) = (stored, self.period) else { return None };
        outside(*day, period).map(|outside| outside.say(self.lang))
    }

    /// The code of the leaf.
    #[must_use]
    pub fn code(&self) -> &str {
        self.set.code(self.node)
    }

    /// Whether it stands there as not applying.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        let cell = self.cell(self.code(), "");
        cell.is_some_and(|cell| cell.kind == EntryKind::NotApplicable && !cell.text.is_empty())
    }

    /// The revision of the cell for what does not apply.
    #[must_use]
    pub fn seen_mark(&self) -> i64 {
        match self.typed {
            Some(typed) if mark_is_touched(typed) => seen(typed, NOT_APPLICABLE),
            _ => self.revision_of_mark(),
        }
    }

    /// The same, as it is stored now.
    #[must_use]
    pub fn revision_of_mark(&self) -> i64 {
        self.cell(self.code(), "").map_or(0, |cell| cell.revision)
    }

    /// A value as files write it.
    ///
    /// # Errors
    /// The sentence for whoever typed it.
    pub fn canonical(&self, field: &FieldView, text: &str) -> Result<String, String> {
        if text.is_empty() {
            return Ok(String::new());
        }
        if field.name == POINTS {
            return points(self.set, self.node, text, self.lang);
        }
        let input = self.set.slot(self.node, &field.input).and_then(|slot| self.set.inputs.get(slot.index()));
        let Some(input) = input else { return Ok(String::new()) };
        let stored = self.cell(&field.owner, &field.input).and_then(|cell| input.kind.read(&cell.text).ok());
        let value = value(&input.kind, text, &stored.unwrap_or_default(), self.lang)?;
        self.near(&value)?;
        Ok(input.kind.write(&value))
    }
}

impl FieldView {
    /// With what was typed into it, where somebody changed it; else as it stands now.
    #[must_use]
    pub fn with(mut self, typed: Option<&FormValues>) -> Self {
        let typed = typed.filter(|typed| is_touched(typed, &self.name));
        let of = |name: &str| typed.and_then(|typed| typed.get(name)).cloned();
        self.value = of(&self.name).unwrap_or_else(|| self.stands.clone());
        self.was = of(&format!("was.{}", self.name)).unwrap_or_else(|| self.stands.clone());
        self.seen = typed.map_or(self.revision, |typed| seen(typed, &self.name));
        self
    }
}

/// The revision of a field that its form was made from.
#[must_use]
pub fn seen(typed: &FormValues, name: &str) -> i64 {
    typed.get(&format!("seen.{name}")).and_then(|seen| seen.parse().ok()).unwrap_or(0)
}

fn mark_is_touched(typed: &FormValues) -> bool {
    typed.get("was.na").is_none_or(|was| typed.contains_key(NOT_APPLICABLE) != (was == MARKED))
}
