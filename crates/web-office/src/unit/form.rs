//! The form of a unit: what was typed stays, with what is wrong beside it.

use jiff::civil::Date;
use parindex_domain::campaign::DayOf;
use parindex_domain::person::{InvalidPerson, name};
use parindex_domain::unit::level_of;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::unit::{KeepUnit, Unit};
use serde::Deserialize;

use parindex_service::day;
use parindex_service::typed::one_line;

#[derive(Clone, Debug, Default, Deserialize)]
pub struct UnitForm {
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub level: String,
    #[serde(default)]
    pub kind: String,
    /// The unit above.
    #[serde(default)]
    pub parent: String,
    /// The code of the unit above, as typed; what stands there when the form does not ask for it.
    #[serde(default)]
    pub above: Option<String>,
    /// The first day.
    #[serde(default)]
    pub valid_from: String,
    /// The last day.
    #[serde(default)]
    pub valid_to: String,
    /// What the unit was when the form was opened.
    #[serde(default)]
    pub seen: String,
}

/// What is wrong with it, by field.
#[derive(Clone, Debug, Default)]
pub struct UnitMistakes {
    /// With the code.
    pub code: Option<String>,
    /// With the name.
    pub name: Option<String>,
    /// With the level.
    pub level: Option<String>,
    /// With the unit above.
    pub above: Option<String>,
    /// With what it is.
    pub kind: Option<String>,
    /// With the days.
    pub days: Option<String>,
    /// Somebody saved in between; this is what stands there now.
    pub between: Option<String>,
}

impl UnitMistakes {
    /// Whether every field is fine.
    fn is_nothing(&self) -> bool {
        [&self.code, &self.name, &self.level, &self.kind, &self.days].into_iter().all(Option::is_none)
    }
}

impl From<&Unit> for UnitForm {
    fn from(unit: &Unit) -> Self {
        Self {
            code: unit.code.clone(),
            name: unit.name.clone(),
            level: unit.level.clone(),
            kind: unit.kind.clone(),
            parent: unit.parent.map(|parent| parent.to_string()).unwrap_or_default(),
            above: None,
            valid_from: unit.valid_from.as_deref().map(day::stored).unwrap_or_default(),
            valid_to: unit.valid_to.as_deref().map(day::stored).unwrap_or_default(),
            seen: unit.seen(),
        }
    }
}

/// A code: letters without accents, digits and `. _ -`.
fn code(text: &str) -> Option<String> {
    let code = text.trim();
    let sign = |each: char| each.is_ascii_alphanumeric() || matches!(each, '.' | '_' | '-');
    ((1..=40).contains(&code.len()) && code.chars().all(sign)).then(|| code.to_owned())
}

impl UnitForm {
    /// What is to be kept.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn read(&self, today: Date, lang: Lang) -> Result<KeepUnit, Box<UnitMistakes>> {
        let mut wrong = UnitMistakes::default();
        let code = code(&self.code);
        if code.is_none() {
            let sentence = lang.pick(
                "mã gồm chữ không dấu, số và . _ -, không quá 40 ký tự",
                "a code has letters without accents, digits and . _ -, at most 40",
            );
            wrong.code = Some(sentence.to_owned());
        }
        let name = name(&self.name);
        if let Err(problem) = &name {
            let problem = if *problem == InvalidPerson::NoName {
                lang.pick("hãy nhập tên đơn vị", "enter the name of the unit").to_owned()
            } else {
                problem.say(lang)
            };
            wrong.name = Some(problem);
        }
        let level = level_of(&self.level);
        if level.is_none() {
            wrong.level = Some(lang.pick("hãy chọn cấp", "choose a level").to_owned());
        }
        let day = |typed: &str| day::read_any_of(DayOf::Unit { today }, typed);
        let (from, to) = (day(&self.valid_from), day(&self.valid_to));
        if let (Ok(Some(from)), Ok(Some(to))) = (&from, &to)
            && from > to
        {
            let sentence = lang.pick("ngày cuối đứng trước ngày đầu", "the last day stands before the first");
            wrong.days = Some(sentence.to_owned());
        }
        let misread = [from.as_ref().err(), to.as_ref().err()].into_iter().flatten();
        let misread: Vec<String> = misread.map(|wrong| wrong.say(lang)).collect();
        if !misread.is_empty() {
            wrong.days = Some(misread.join("; "));
        }
        let kind = one_line(("loại", "what it is"), &self.kind, 40);
        wrong.kind = kind.as_ref().err().map(|long| long.say(lang));
        match (code, name, level, (from, to), kind) {
            (Some(code), Ok(name), Some(level), (Ok(from), Ok(to)), Ok(kind)) if wrong.is_nothing() => {
                Ok(KeepUnit {
                    code,
                    name,
                    level: level.to_owned(),
                    kind,
                    parent: self.parent.parse().ok(),
                    valid_from: from.map(|day| day.to_string()),
                    valid_to: to.map(|day| day.to_string()),
                })
            }
            _ => Err(Box::new(wrong)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &UnitForm) -> Result<KeepUnit, Box<UnitMistakes>> {
        form.read(jiff::civil::date(2026, 5, 6), Lang::Vi)
    }

    fn form() -> UnitForm {
        UnitForm {
            code: "SNV".to_owned(),
            name: "Sở  Nội vụ".to_owned(),
            level: "department".to_owned(),
            ..UnitForm::default()
        }
    }

    #[test]
    fn a_good_form_is_read_with_single_spaces() {
        assert_eq!(read(&form()).unwrap().name, "Sở Nội vụ");
    }

    #[test]
    fn each_mistake_stands_at_its_field() {
        let bad = UnitForm { code: "S/V".to_owned(), name: " ".to_owned(), level: "x".to_owned(), ..form() };
        let wrong = read(&bad).unwrap_err();
        assert!(
            wrong.code.is_some() && wrong.name.is_some() && wrong.level.is_some() && wrong.days.is_none()
        );
        let days =
            UnitForm { valid_from: "02/07/2025".to_owned(), valid_to: "2025-07-01".to_owned(), ..form() };
        assert_eq!(read(&days).unwrap_err().days.unwrap(), "ngày cuối đứng trước ngày đầu");
        let none = UnitForm { valid_from: "31/02/2025".to_owned(), ..form() };
        assert!(read(&none).unwrap_err().days.unwrap().contains("«31/02/2025»"));
        let far = UnitForm { valid_to: "31/12/2126".to_owned(), ..form() };
        assert!(read(&far).unwrap_err().days.unwrap().contains("«31/12/2126» quá xa"));
        let long = UnitForm { kind: "x".repeat(41), ..form() };
        assert!(read(&long).unwrap_err().kind.unwrap().contains("quá 1 ký tự"));
    }
}
