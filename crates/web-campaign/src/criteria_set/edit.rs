//! A criterion of a draft is edited: text, maximum, rule, evidence; the linter speaks at once.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::right::{Act, Subject};
use parindex_package::set;
use parindex_rulebook::finding::{Finding, Text};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::notation;
use parindex_rulebook::number::{InvalidNumber, Number};
use parindex_rulebook::set::{CriteriaSet, Criterion};
use parindex_store::Refusal;
use parindex_store::criteria_set::{Edit, LibrarySet};
use serde::Deserialize;
use serde_json::json;

use parindex_service::criteria_set::{OpenedSet, advice, open};
use parindex_service::token::hash_of;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

#[derive(Clone, Debug, Default, Deserialize)]
pub struct CriterionForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    max: String,
    #[serde(default)]
    inputs: String,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    evidence: String,
    /// Which table the page showed, so that two editors do not overwrite each other.
    #[serde(default)]
    from: String,
}

/// What is wrong, by field.
#[derive(Default)]
struct Wrong {
    name: Option<String>,
    max: Option<String>,
    inputs: Option<String>,
    rule: Option<String>,
    whole: Vec<Finding<Text>>,
    outdated: Option<String>,
}

#[derive(Template)]
#[template(path = "criteria_set/edit.html")]
struct EditPage {
    frame: Frame,
    set: LibrarySet,
    number: i64,
    code: String,
    /// The row of the table in which the criterion stands.
    row: Option<u32>,
    typed: CriterionForm,
    wrong: Wrong,
    /// What the linter says of the set as it is typed; none where nothing was typed yet or it cannot be read.
    advice: Option<Vec<Finding<Text>>>,
}

impl EditPage {
    /// Findings at this criterion, and those elsewhere in the set.
    fn here(&self) -> Vec<&Finding<Text>> {
        self.advice.iter().flatten().filter(|finding| self.is_here(finding)).collect()
    }

    fn elsewhere(&self) -> usize {
        self.advice.iter().flatten().filter(|finding| !self.is_here(finding)).count()
    }

    fn is_here(&self, finding: &Finding<Text>) -> bool {
        Some(finding.place.row) == self.row
    }
}

/// Whether what was typed is only to be looked at.
#[derive(Deserialize)]
pub struct CheckLine {
    #[serde(default)]
    check: Option<String>,
}

type Asked = (i64, i64, String);

pub async fn show_criterion_form(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path(asked): Path<Asked>,
) -> Answer {
    visitor.permit(Act::ChangeSets, &Subject::Everything)?;
    let opened = open(&app.store, asked.0, asked.1).await?;
    let criterion =
        opened.content.criteria.iter().find(|each| each.code == asked.2).ok_or(Failure::NotFound)?;
    let typed = CriterionForm {
        name: criterion.name.clone(),
        max: criterion.max.as_ref().map(|max| visitor.lang.short(max)).unwrap_or_default(),
        inputs: notation::print_inputs(&criterion.inputs),
        rule: notation::print(&criterion.rule),
        evidence: criterion.evidence.clone(),
        from: hash_of(&opened.text),
    };
    let found = advice(&opened.content, &opened.places).1;
    show(&app, &visitor, asked, typed, (Wrong::default(), Some((opened, found)))).await
}

async fn show(
    app: &App,
    visitor: &Visitor,
    asked: Asked,
    typed: CriterionForm,
    (wrong, looked): Looked,
) -> Result<Response, Failure> {
    let set = app.store.criteria_set(asked.0).await?.ok_or(Failure::NotFound)?;
    let status = if wrong.fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (number, code) = (asked.1, asked.2);
    let row = looked.as_ref().and_then(|(opened, _)| row(opened, &code));
    let advice = looked.map(|(_, found)| found);
    let page = EditPage { frame: Frame::new(app, visitor), set, number, code, row, typed, wrong, advice };
    Ok(page_with(status, &page))
}

/// The row in which a criterion stands.
fn row(opened: &OpenedSet, code: &str) -> Option<u32> {
    let node = opened.content.criteria.iter().position(|each| each.code == code)?;
    Some(opened.places.of(Some(node), "").row)
}

/// Keeps it, when the set can still be scored with; or only says what the linter thinks of it.
pub async fn change_criterion(
    State(app): State<App>,
    visitor: Visitor,
    Path(asked): Path<Asked>,
    Query(check): Query<CheckLine>,
    Protected(typed): Protected<CriterionForm>,
) -> Answer {
    visitor.permit(Act::ChangeSets, &Subject::Everything)?;
    let opened = open(&app.store, asked.0, asked.1).await?;
    if check.check.is_some() {
        let looked = looked_at(opened, &asked.2, &typed, visitor.lang)?;
        return show(&app, &visitor, asked, typed, looked).await;
    }
    if hash_of(&opened.text) != typed.from {
        let wrong = Wrong { outdated: Some(Refusal::Stale.say(visitor.lang)), ..Wrong::default() };
        let typed = CriterionForm { from: hash_of(&opened.text), ..typed };
        return show(&app, &visitor, asked, typed, (wrong, None)).await;
    }
    let (to, what) = match edited(&opened, &asked.2, &typed, visitor.lang)? {
        Ok(edited) => edited,
        Err(wrong) => return show(&app, &visitor, asked, typed, (*wrong, None)).await,
    };
    let edit = Edit { set: asked.0, number: asked.1, from: opened.text, to, what };
    let to = format!("/criteria-sets/{}/{}#c{}", asked.0, asked.1, asked.2);
    match once(&app, &visitor, edit, move |(): &()| to).await {
        Ok(answer) => Ok(answer),
        Err(refusal @ (Refusal::Stale | Refusal::NotNow(_))) => {
            let wrong = Wrong { outdated: Some(refusal.say(visitor.lang)), ..Wrong::default() };
            show(&app, &visitor, asked, typed, (wrong, None)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What is wrong with what was typed, and what the linter says of the set with it.
type Looked = (Wrong, Option<(OpenedSet, Vec<Finding<Text>>)>);

fn looked_at(opened: OpenedSet, code: &str, typed: &CriterionForm, lang: Lang) -> Result<Looked, Failure> {
    let mut content = opened.content.clone();
    let node = content.find(code).ok_or(Failure::NotFound)?;
    if let Err(wrong) = typed.put(&mut content, node, lang) {
        return Ok((*wrong, None));
    }
    let (_, found) = advice(&content, &opened.places);
    Ok((Wrong::default(), Some((opened, found))))
}

type Edited = (String, serde_json::Value);

fn edited(
    opened: &OpenedSet,
    code: &str,
    typed: &CriterionForm,
    lang: Lang,
) -> Result<Result<Edited, Box<Wrong>>, Failure> {
    let mut content = opened.content.clone();
    let node = content.find(code).ok_or(Failure::NotFound)?;
    if let Err(wrong) = typed.put(&mut content, node, lang) {
        return Ok(Err(wrong));
    }
    let summed_up = |content: &CriteriaSet| content.criteria.get(node).map(summary);
    let what = json!({ "code": code, "from": summed_up(&opened.content), "to": summed_up(&content) });
    let (compiled, findings) = advice(&content, &opened.places);
    if compiled.is_none() {
        return Ok(Err(Box::new(Wrong { whole: findings, ..Wrong::default() })));
    }
    let text = set::write("criteria.csv", &content).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    // What is written has to read back; a text that no table can hold is told as what it is.
    let reread = text.clone().map(|text| set::read("criteria.csv", text.into_bytes()));
    match (text, reread) {
        (Some(text), Some(Ok(_))) => Ok(Ok((text, what))),
        (_, Some(Err(findings))) => Ok(Err(Box::new(Wrong { whole: findings, ..Wrong::default() }))),
        _ => Err(Failure::Internal("a criteria set cannot be written".into())),
    }
}

fn summary(criterion: &Criterion) -> serde_json::Value {
    let max = criterion.max.as_ref().map(Number::to_string);
    json!({ "name": criterion.name, "max": max, "inputs": notation::print_inputs(&criterion.inputs), "rule": notation::print(&criterion.rule), "evidence": criterion.evidence })
}

impl CriterionForm {
    /// Puts what was typed into the criterion.
    fn put(&self, content: &mut CriteriaSet, node: usize, lang: Lang) -> Result<(), Box<Wrong>> {
        let mut wrong = Wrong::default();
        let stored = content.criteria.get(node).and_then(|criterion| criterion.max.clone());
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            wrong.name = Some(lang.pick("hãy nhập tên tiêu chí", "enter the name").to_owned());
        }
        let max = match self.max.trim() {
            "" => Ok(None),
            // What the page showed is what is stored.
            text if stored.as_ref().is_some_and(|max| lang.short(max) == text) => Ok(stored),
            text => Number::of_set(text).map(Some),
        };
        if max.is_err() || max.as_ref().is_ok_and(|max| max.as_ref().is_some_and(Number::is_negative)) {
            wrong.max = Some(
                lang.pick("cần một số không âm, ví dụ 2,5", "a number of at least 0 is needed, such as 2.5")
                    .to_owned(),
            );
        }
        let below = self.max.trim().starts_with(['-', '\u{2212}']);
        if let Err(unclear @ InvalidNumber::Unclear(_)) = &max
            && !below
        {
            wrong.max = Some(format!("«{}» {}", self.max.trim(), unclear.say(lang)));
        }
        let inputs = notation::parse_inputs(self.inputs.trim());
        // Where the inputs cannot be read, any word may be one of them.
        let names = inputs.as_ref().map(|inputs| content.names_with(node, inputs)).unwrap_or_default();
        let rule = notation::parse_with(self.rule.trim(), &names);
        wrong.inputs = inputs.as_ref().err().map(|problem| problem.say(lang));
        wrong.rule = rule.as_ref().err().map(|problem| problem.say(lang));
        match (content.criteria.get_mut(node), max, inputs, rule) {
            (Some(criterion), Ok(max), Ok(inputs), Ok(rule)) if wrong.fine() => {
                (criterion.name, criterion.max, criterion.inputs, criterion.rule) = (name, max, inputs, rule);
                self.evidence.trim().replace("\r\n", "\n").clone_into(&mut criterion.evidence);
                Ok(())
            }
            _ => Err(Box::new(wrong)),
        }
    }
}

impl Wrong {
    fn fine(&self) -> bool {
        let fields = [&self.name, &self.max, &self.inputs, &self.rule, &self.outdated];
        fields.iter().all(|field| field.is_none()) && self.whole.is_empty()
    }
}
