//! A rule is tried: figures in, points and their sentence out. Nothing is kept.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::finding::{Finding, Severity, Text};
use parindex_rulebook::input::{Kind, Value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::notation;
use parindex_rulebook::number::{Amount, Number};
use parindex_rulebook::set::Compiled;
use parindex_scoring::board::{Board, Seat};
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::StageRules;
use parindex_store::criteria_set::LibrarySet;

use crate::calendar::told;
use parindex_service::calendar::of_server;
use parindex_service::criteria_set::{advice, open};
use parindex_service::sheet::value::value;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// One figure that the rule reads.
struct Field {
    name: String,
    label: String,
    kind: &'static str,
    options: Vec<String>,
    typed: String,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "criteria_set/try_rule.html")]
struct TryPage {
    frame: Frame,
    set: LibrarySet,
    number: i64,
    code: String,
    name: String,
    max: String,
    rule: String,
    fields: Vec<Field>,
    judged: Option<Field>,
    points: Option<String>,
    sentence: Option<String>,
}

/// The page; figures come with the address, so that a trial can be sent to a colleague.
pub async fn show_rule_trial(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path((id, number, code)): Path<(i64, i64, String)>,
    Query(typed): Query<HashMap<String, String>>,
) -> Answer {
    let set = app.store.criteria_set(id).await?.ok_or(Failure::NotFound)?;
    let opened = open(&app.store, id, number).await?;
    let (compiled, findings) = advice(&opened.content, &opened.places);
    let compiled = compiled.ok_or(Failure::NotFound)?;
    let node =
        compiled.set.find(&code).filter(|node| compiled.tree.is_leaf(*node)).ok_or(Failure::NotFound)?;
    let criterion = compiled.set.criteria.get(node).ok_or(Failure::NotFound)?;
    let mut trial =
        Trial { compiled: &compiled, node, typed: &typed, lang: visitor.lang, sheet: Sheet::new(&compiled) };
    let fields = trial.fields();
    let judged = trial.judged();
    let wrong = fields.iter().chain(&judged).any(|field| field.wrong.is_some());
    // A rule that the linter refuses gives no points: they would be wrong.
    let place = opened.places.of(Some(node), "Cách tính điểm");
    let refused = |finding: &&Finding<Text>| finding.severity == Severity::Error && finding.place == place;
    let (points, sentence) = match findings.iter().find(refused) {
        _ if typed.is_empty() || wrong => (None, None),
        Some(refused) => (None, Some(refused.problem.say(visitor.lang))),
        None => trial.told(&of_server(&app.store).await?),
    };
    let page = TryPage {
        frame: Frame::new(&app, &visitor),
        set,
        number,
        name: criterion.name.clone(),
        max: visitor.lang.short(compiled.max(node)),
        rule: notation::print(&criterion.rule),
        code,
        fields,
        judged,
        points,
        sentence,
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page_with(status, &page))
}

struct Trial<'t> {
    compiled: &'t Compiled,
    node: usize,
    typed: &'t HashMap<String, String>,
    lang: Lang,
    sheet: Sheet,
}

impl Trial<'_> {
    fn fields(&mut self) -> Vec<Field> {
        let slots = self.compiled.reads.get(self.node).cloned().unwrap_or_default();
        let mut fields = Vec::new();
        for slot in slots {
            let Some(input) = self.compiled.inputs.get(slot.index()) else { continue };
            let typed = self.typed.get(&input.name).map(|text| text.trim().to_owned()).unwrap_or_default();
            let value = if typed.is_empty() {
                Ok(Value::Missing)
            } else {
                value(&input.kind, &typed, &Value::Missing, self.lang)
            };
            let wrong = value.as_ref().err().cloned();
            self.sheet.set_value(slot, value.unwrap_or_default());
            let options = match &input.kind {
                Kind::Choice(options) => options.clone(),
                Kind::YesNo => vec!["Có".to_owned(), "Không".to_owned()],
                _ => Vec::new(),
            };
            let label = if input.label.is_empty() { input.name.clone() } else { input.label.clone() };
            fields.push(Field {
                name: input.name.clone(),
                label,
                kind: input.kind.word(),
                options,
                typed,
                wrong,
            });
        }
        fields
    }

    /// The field for points that a person gives, where the rule asks for them.
    fn judged(&mut self) -> Option<Field> {
        if !self.compiled.rules.get(self.node)?.is_judgement() {
            return None;
        }
        let typed = self.typed.get("điểm").map(|text| text.trim().to_owned()).unwrap_or_default();
        let points: Option<Number> = Number::typed(&typed, self.lang, Amount::Points).ok();
        let wrong = (!typed.is_empty() && points.is_none())
            .then(|| self.lang.pick("cần một số, ví dụ 0,75", "a number is needed, such as 0.75").to_owned());
        if let Some(points) = points {
            self.sheet.set_entry(self.node, Entry::Points(points));
        }
        let label = self.lang.pick("Điểm", "Points").to_owned();
        Some(Field { name: "điểm".to_owned(), label, kind: "số", options: Vec::new(), typed, wrong })
    }

    /// The points and their sentence.
    fn told(self, calendar: &Calendar) -> (Option<String>, Option<String>) {
        let stage = StageRules { calendar, counts: None };
        let board =
            Board::new(self.compiled, stage, vec![Seat { sheet: self.sheet, ranked: false }], &|_, _| None);
        let points = board.score(0).and_then(|score| score.cell(self.node).points().cloned());
        let digits = self.compiled.set.settings.rounding.digits.get();
        let sentence = told(&board, (0, self.node), None, self.lang);
        (points.map(|points| self.lang.fixed(&points, digits)), Some(sentence))
    }
}
