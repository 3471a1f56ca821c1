//! The fields of a criterion: what stands in them, what was typed, what is wrong with it.

use std::collections::HashMap;

use parindex_rulebook::input::{Input, Kind};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, NotApplicable};
use parindex_store::sheet::{Cell, Entry, kind};

use super::code;
use crate::criteria_set::try_rule::written;

/// What a form sent.
pub type Typed = HashMap<String, String>;

/// Cells by the code of their criterion.
pub type Parts = Vec<(String, Vec<Cell>)>;

/// What is wrong, by the name of the field.
pub type Wrong = Vec<(String, String)>;

/// A field.
#[derive(Clone, Debug, Default)]
pub struct Field {
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
    /// What is wrong with it.
    pub wrong: Option<String>,
    /// What somebody else has saved meanwhile.
    pub other: Option<String>,
}

impl Field {
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

/// The fields of a leaf and whether it is marked as not applying.
pub struct Fields {
    /// For its inputs, then for its points where a person gives them.
    pub all: Vec<Field>,
    /// What happens when it does not apply, and whether it is so marked.
    pub not_applicable: Option<bool>,
}

/// Where the fields of a leaf come from.
pub struct Source<'s> {
    /// The set.
    pub set: &'s Compiled,
    /// The leaf.
    pub node: usize,
    /// What stands on the sheet at this stage, with revisions; also what was taken away.
    pub cells: &'s [Entry],
    /// What was typed and could not be kept.
    pub typed: Option<&'s Typed>,
    /// The language.
    pub lang: Lang,
}

impl Source<'_> {
    /// All fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut all: Vec<Field> = self.slots().into_iter().filter_map(|slot| self.input(slot)).collect();
        all.extend(self.judged());
        let policy: Option<NotApplicable> =
            self.set.set.criteria.get(self.node).and_then(|criterion| criterion.not_applicable);
        let marked = match self.typed {
            Some(typed) => typed.contains_key(NOT_APPLICABLE),
            None => self
                .cell(code(self.set, self.node), "")
                .is_some_and(|cell| cell.kind == kind::NOT_APPLICABLE && !cell.text.is_empty()),
        };
        Fields { all, not_applicable: policy.map(|_| marked) }
    }

    /// What the rule reads, and what is asked for beside it.
    fn slots(&self) -> Vec<usize> {
        let mut slots: Vec<usize> =
            self.set.reads.get(self.node).into_iter().flatten().map(|slot| slot.index()).collect();
        let owned = self.set.owners.iter().enumerate().filter(|(_, owner)| **owner == self.node);
        slots.extend(owned.map(|(slot, _)| slot));
        let mut seen = std::collections::HashSet::new();
        slots.retain(|slot| seen.insert(*slot));
        slots
    }

    fn cell(&self, owner: &str, input: &str) -> Option<&Entry> {
        self.cells.iter().find(|cell| cell.criterion == owner && cell.input == input)
    }

    fn input(&self, slot: usize) -> Option<Field> {
        let (input, owner) = (self.set.inputs.get(slot)?, *self.set.owners.get(slot)?);
        let owner = code(self.set, owner).to_owned();
        let options = match &input.kind {
            Kind::Choice(options) => options.clone(),
            Kind::YesNo => vec!["có".to_owned(), "không".to_owned()],
            _ => Vec::new(),
        };
        let label = if input.label.is_empty() { input.name.clone() } else { input.label.clone() };
        let field = Field {
            name: format!("v.{}", input.name),
            input: input.name.clone(),
            label,
            kind: input.kind.word(),
            options,
            ..Field::default()
        };
        Some(self.filled(field, owner, |text| self.shown(input, text)))
    }

    fn judged(&self) -> Option<Field> {
        if !self.set.rules.get(self.node)?.is_judgement() {
            return None;
        }
        let label = self.lang.pick("Điểm tự chấm", "Points").to_owned();
        let field = Field { name: POINTS.to_owned(), label, kind: Kind::Decimal.word(), ..Field::default() };
        let owner = code(self.set, self.node).to_owned();
        Some(self.filled(field, owner, |text| {
            text.parse::<Number>().map_or_else(|_| text.to_owned(), |points| self.lang.short(&points))
        }))
    }

    fn filled(&self, field: Field, owner: String, shown: impl Fn(&str) -> String) -> Field {
        let cell = self.cell(&owner, &field.input);
        let kept = cell.filter(|cell| cell.kind != kind::NOT_APPLICABLE).map(|cell| shown(&cell.text));
        let kept = kept.unwrap_or_default();
        let typed = self.typed.map(|typed| typed.get(&field.name).cloned().unwrap_or_default());
        let seen = match self.typed {
            Some(typed) => seen(typed, &field),
            None => cell.map_or(0, |cell| cell.revision),
        };
        Field { value: typed.unwrap_or(kept), seen, owner, ..field }
    }

    /// A stored value as a field shows it: with the decimal mark of the language.
    fn shown(&self, input: &Input, text: &str) -> String {
        match &input.kind {
            Kind::Decimal | Kind::Ratio { .. } | Kind::Money => {
                self.lang.pick(text.replace('.', ","), text.to_owned())
            }
            _ => text.to_owned(),
        }
    }

    /// What was typed becomes cells to keep, or every field learns what is wrong with it.
    ///
    /// # Errors
    /// The fields with their sentences.
    pub fn read(&self, typed: &Typed) -> Result<Parts, Wrong> {
        let fields = self.fields();
        let (mut parts, mut wrong): (HashMap<String, Vec<Cell>>, _) = (HashMap::new(), Vec::new());
        let marked = typed.contains_key(NOT_APPLICABLE) && fields.not_applicable.is_some();
        for field in &fields.all {
            if field.name == POINTS && marked {
                continue;
            }
            let text = typed.get(&field.name).map(|text| text.trim()).unwrap_or_default();
            match self.canonical(field, text) {
                Ok(text) => {
                    let kind = if field.name == POINTS { kind::POINTS } else { kind::VALUE };
                    let cell = Cell { input: field.input.clone(), kind, text, seen: seen(typed, field) };
                    parts.entry(field.owner.clone()).or_default().push(cell);
                }
                Err(sentence) => wrong.push((field.name.clone(), sentence)),
            }
        }
        let judged = fields.all.iter().any(|field| field.name == POINTS);
        // A mark that nobody touched changes nothing, whatever others did with it.
        let touched = typed.get("was.na").is_none_or(|was| marked != (was == MARKED));
        if fields.not_applicable.is_some() && touched && (marked || !judged) {
            let owner = code(self.set, self.node).to_owned();
            let text = if marked { MARKED.to_owned() } else { String::new() };
            let seen = typed.get("seen.na").and_then(|seen| seen.parse().ok()).unwrap_or(0);
            let cell = Cell { input: String::new(), kind: kind::NOT_APPLICABLE, text, seen };
            parts.entry(owner).or_default().push(cell);
        }
        if wrong.is_empty() { Ok(parts.into_iter().collect()) } else { Err(wrong) }
    }

    /// The revision of the cell for what does not apply.
    #[must_use]
    pub fn seen_mark(&self) -> i64 {
        if let Some(typed) = self.typed {
            return typed.get("seen.na").and_then(|seen| seen.parse().ok()).unwrap_or(0);
        }
        self.cell(code(self.set, self.node), "").map_or(0, |cell| cell.revision)
    }

    /// A value as files write it.
    ///
    /// # Errors
    /// The sentence for whoever typed it.
    pub fn canonical(&self, field: &Field, text: &str) -> Result<String, String> {
        if text.is_empty() {
            return Ok(String::new());
        }
        if field.name == POINTS {
            return points(self.set, self.node, text, self.lang);
        }
        let input = self.set.slot(self.node, &field.input).and_then(|slot| self.set.inputs.get(slot.index()));
        let Some(input) = input else { return Ok(String::new()) };
        let value = input.kind.read(&written(&input.kind, text)).map_err(|wrong| wrong.say(self.lang))?;
        Ok(input.kind.write(&value))
    }
}

fn seen(typed: &Typed, field: &Field) -> i64 {
    typed.get(&format!("seen.{}", field.name)).and_then(|seen| seen.parse().ok()).unwrap_or(0)
}

/// Points as files write them: a number between zero and the maximum.
///
/// # Errors
/// The sentence for whoever typed them.
pub fn points(set: &Compiled, node: usize, text: &str, lang: Lang) -> Result<String, String> {
    let max = set.max(node);
    let needed = || {
        let max = lang.short(max);
        lang.pick(
            format!("cần một số từ 0 đến {max}, ví dụ 0,75"),
            format!("a number from 0 to {max} is needed, such as 0.75"),
        )
    };
    let points = Number::parse_either(text).map_err(|_none| needed())?;
    if points.is_negative() || points > *max { Err(needed()) } else { Ok(points.to_string()) }
}
