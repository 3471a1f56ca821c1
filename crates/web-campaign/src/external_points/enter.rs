//! One criterion for all units of a block: typed in a table, or pasted from a spreadsheet.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use parindex_domain::procedure::{Block, CampaignDetail, EntryKind, Member};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::external_points::{EnterExternalPoints, PointsRow, Written};
use parindex_store::sheet::StoredEntry;
use serde::Deserialize;

use super::asked::asked;
use super::look::ExternalPointsView;
use crate::sheet::criterion::CriterionView;
use crate::sheet::field::{FieldView, Fields, FormValues, POINTS, ReadFields};
use parindex_service::campaign::load::load_all;
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::judged;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// A unit.
struct Line {
    member: Member,
    fields: Fields,
    seen_mark: i64,
    was_marked: bool,
    /// What stands there now comes from.
    source: String,
    points: String,
    /// What is asked about the figures that stand there.
    asks: Vec<String>,
    /// Whether it is the visitor’s own unit, for which he enters nothing.
    own: bool,
}

/// What was typed and could not be kept.
#[derive(Default)]
struct Trouble {
    typed: Option<FormValues>,
    /// By member and the name of the field.
    wrong: Vec<(i64, String, String)>,
    overtaken: Vec<StoredEntry>,
    /// What is wrong with the whole.
    said: Vec<String>,
}

/// What was written a moment ago.
#[derive(Default, Deserialize)]
pub struct ExternalPointsQuery {
    #[serde(default)]
    values: String,
    #[serde(default)]
    units: String,
}

impl ExternalPointsQuery {
    /// The same in a sentence; none where nothing was saved a moment ago.
    fn done(&self, lang: Lang) -> Option<String> {
        let (values, units): (usize, usize) = (self.values.parse().ok()?, self.units.parse().ok()?);
        Some(match values {
            0 => lang
                .pick(
                    "Không có giá trị nào khác trước nên không ghi gì.",
                    "Nothing differs, so nothing was written.",
                )
                .to_owned(),
            _ => lang.pick(
                format!("Đã ghi {values} giá trị cho {units} đơn vị."),
                format!("Written: {values} values for {units} units."),
            ),
        })
    }
}

#[derive(Template)]
#[template(path = "external_points/enter.html")]
struct GivePage {
    frame: Frame,
    of: CampaignDetail,
    block: Block,
    about: CriterionView,
    titles: Vec<String>,
    /// Whether the criterion can be said not to apply.
    can_not_apply: bool,
    lines: Vec<Line>,
    source: String,
    pasted: String,
    said: Vec<String>,
    /// What was written a moment ago.
    done: Option<String>,
    lock: Option<String>,
    /// Which units are the visitor’s own, and who enters points for them.
    own: Vec<String>,
    runs_itself: bool,
}

pub async fn show_external_points(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path((campaign, block, criterion)): Path<(i64, i64, String)>,
    Query(saved): Query<ExternalPointsQuery>,
) -> Answer {
    let look = ExternalPointsView::of(&app, &visitor, (campaign, block, &criterion)).await?;
    shown(&app, &visitor, look, (Trouble::default(), saved.done(visitor.lang))).await
}

async fn show(app: &App, visitor: &Visitor, look: ExternalPointsView, trouble: Trouble) -> Answer {
    shown(app, visitor, look, (trouble, None)).await
}

async fn shown(
    app: &App,
    visitor: &Visitor,
    look: ExternalPointsView,
    (trouble, done): (Trouble, Option<String>),
) -> Answer {
    let frame = Frame::new(app, visitor);
    let loaded = load_all(&app.service, &look.of).await?;
    let result = loaded.score(look.of.stages.last().map_or(0, |stage| stage.place))?;
    let digits = look.set.set.settings.rounding.digits.get();
    let typed = trouble.typed.as_ref().map(|typed| look.of_members(typed));
    let (mut lines, mut notices) = (Vec::new(), Vec::new());
    for member in look.members() {
        let notice = look.notice(member);
        let own = typed.as_ref().and_then(|all| all.get(&member.id));
        let mut fields = look.fields(member.id, own);
        let was_marked = look.fields(member.id, None).not_applicable == Some(true);
        let mut seen_mark = look.source(member.id, own).seen_mark();
        marked((&mut fields, &mut seen_mark), (member.id, look.set_code()), &trouble, look.lang);
        let (block, seat) = loaded.seat(member.id)?;
        let cells = look.cells.get(&member.id).map(Vec::as_slice).unwrap_or_default();
        let source = cells.iter().find(|cell| !cell.text.is_empty()).map(|cell| cell.source.clone());
        lines.push(Line {
            points: frame.points(result.points(block, seat, look.node), digits),
            asks: asked((&loaded, &result), (block, seat, look.node), look.lang)?,
            source: source.unwrap_or_default(),
            own: notice.is_some(),
            was_marked,
            fields,
            seen_mark,
            member: member.clone(),
        });
        notices.extend(notice);
    }
    let status = if trouble.typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let said = |name: &str| trouble.typed.as_ref().and_then(|typed| typed.get(name)).cloned();
    let page = GivePage {
        about: CriterionView::new(&look.set, look.node, &frame)?,
        titles: titles(&look),
        can_not_apply: look.fields(0, None).not_applicable.is_some(),
        lines,
        source: said("source").unwrap_or_default(),
        pasted: said("pasted").unwrap_or_default(),
        said: trouble.said,
        done,
        lock: look.of.running().err().map(|lock| lock.say(look.lang)),
        own: notices,
        runs_itself: look.runs_itself(),
        block: look.block,
        of: look.of,
        frame,
    };
    Ok(page_with(status, &page))
}

/// What stands above the fields.
fn titles(look: &ExternalPointsView) -> Vec<String> {
    look.fields(0, None).all.into_iter().map(|field| title(&field, look.lang)).collect()
}

/// Nobody scores himself here.
pub(super) fn title(field: &FieldView, lang: Lang) -> String {
    if field.name == POINTS { lang.pick("Điểm", "Points").to_owned() } else { field.label.clone() }
}

fn marked(
    (fields, seen_mark): (&mut Fields, &mut i64),
    (member, criterion): (i64, &str),
    trouble: &Trouble,
    lang: Lang,
) {
    let mark = trouble
        .overtaken
        .iter()
        .find(|entry| entry.member == member && entry.criterion == criterion && entry.input.is_empty());
    *seen_mark = mark.map_or(*seen_mark, |entry| entry.revision);
    for field in &mut fields.all {
        field.label = title(field, lang);
        let wrong = trouble.wrong.iter().find(|(of, name, _)| *of == member && *name == field.name);
        field.wrong = wrong.map(|(_, _, sentence)| sentence.clone());
        let theirs = trouble.overtaken.iter().find(|entry| {
            (entry.member, &entry.criterion, &entry.input) == (member, &field.owner, &field.input)
        });
        if let Some(theirs) = theirs {
            let by = &theirs.by;
            let text =
                if theirs.kind == EntryKind::Value { field.stands.clone() } else { theirs.text.clone() };
            field.seen = theirs.revision;
            field.was.clone_from(&field.stands);
            field.wrong = Some(lang.pick(
                format!("{by} vừa ghi «{text}»; lưu lần nữa là thay bằng giá trị của bạn"),
                format!("{by} has just saved “{text}”; saving again replaces it"),
            ));
        }
    }
}

/// What was typed into the table and pasted beside it.
struct EnteredForm {
    /// All fields, with what was pasted in its place.
    typed: FormValues,
    rows: Vec<PointsRow>,
    source: String,
    /// What is wrong with a field: unit, field, sentence.
    wrong: Vec<(i64, String, String)>,
    /// What is wrong with the whole.
    said: Vec<String>,
}

impl EnteredForm {
    fn read(look: &ExternalPointsView, typed: &FormValues, lang: Lang) -> Self {
        let text = |name: &str| typed.get(name).map_or("", String::as_str);
        let mut all = look.of_members(typed);
        let left = look.paste(text("pasted"), &mut all);
        let mut said = left.said;
        let source = one_line(("Nguồn của các điểm", "The source of the points"), text("source"), 500);
        let source = match source {
            Ok(source) if source.is_empty() => Err(no_source(lang)),
            other => other.map_err(|long| long.say(lang)),
        };
        said.extend(source.as_ref().err().cloned());
        let (rows, wrong) = read(look, &all);
        let mut typed = flat(typed, &all);
        typed.insert("pasted".to_owned(), left.lines.join("\n"));
        if !wrong.is_empty() {
            said.push(lang.pick(
                format!("{} ô chưa đúng: xem các ô có dòng chữ đỏ trong bảng", wrong.len()),
                format!("{} fields are wrong: look at those with a red line in the table", wrong.len()),
            ));
        }
        Self { typed, rows, source: source.unwrap_or_default(), wrong, said }
    }
}

/// Keeps them: all of them or none.
pub async fn enter_external_points(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, block, criterion)): Path<(i64, i64, String)>,
    Protected(typed): Protected<FormValues>,
) -> Answer {
    let look = ExternalPointsView::of(&app, &visitor, (campaign, block, &criterion)).await?;
    let EnteredForm { typed, rows, source, wrong, said } = EnteredForm::read(&look, &typed, visitor.lang);
    if !said.is_empty() || !wrong.is_empty() {
        let trouble = Trouble { typed: Some(typed), wrong, said, ..Trouble::default() };
        return show(&app, &visitor, look, trouble).await;
    }
    let entered = EnterExternalPoints { campaign, block, criterion: criterion.clone(), rows, source };
    let to = move |Written { values, units }: &Written, _another: bool| {
        format!("/campaigns/{campaign}/external-points/{block}/{criterion}?values={values}&units={units}")
    };
    match judged(&app, &visitor, entered, to).await {
        Err(Failure::Refused(Refusal::CellConflict(overtaken))) => {
            let count = overtaken.len();
            let said = vec![visitor.lang.pick(
                format!("{count} ô vừa được người khác ghi: xem giá trị của họ ở ô ấy rồi chọn"),
                format!("{count} fields were saved by somebody else: look at the other values, then choose"),
            )];
            let trouble = Trouble { typed: Some(typed), overtaken, said, ..Trouble::default() };
            show(&app, &visitor, look, trouble).await
        }
        // About one’s own unit: nothing was written for any, and what was typed stays.
        Err(Failure::Impossible(sentence)) => {
            let trouble = Trouble { typed: Some(typed), said: vec![sentence], ..Trouble::default() };
            show(&app, &visitor, look, trouble).await
        }
        answer => answer,
    }
}

fn no_source(lang: Lang) -> String {
    lang.pick(
        "cần nguồn: số, ngày của báo cáo điều tra hoặc văn bản cho điểm, để ai xem kết quả cũng tra được",
        "a source is needed: number and day of the report or letter, for whoever looks the result up",
    )
    .to_owned()
}

/// Cells of each unit, and what is wrong: unit, field, sentence.
type Rows = (Vec<PointsRow>, Vec<(i64, String, String)>);

fn read(look: &ExternalPointsView, all: &HashMap<i64, FormValues>) -> Rows {
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for member in look.members() {
        let Some(own) = all.get(&member.id).filter(|own| !own.is_empty()) else { continue };
        let ReadFields { mut parts, wrong: fields } = look.source(member.id, None).read(own);
        wrong.extend(fields.into_iter().map(|(field, sentence)| (member.id, field, sentence)));
        parts.retain(|(owner, _)| look.is_external(owner));
        rows.push(PointsRow { member: member.id, parts });
    }
    (rows, wrong)
}

/// The form as it would have been sent if what was pasted had been typed; what was pasted stays beside it where a line is wrong.
fn flat(typed: &FormValues, all: &HashMap<i64, FormValues>) -> FormValues {
    let mut flat = typed.clone();
    for (member, own) in all {
        flat.extend(own.iter().map(|(name, text)| (format!("{member}.{name}"), text.clone())));
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_pasted_stands_in_the_fields() {
        let typed = FormValues::from([
            ("source".to_owned(), "BC 12".to_owned()),
            ("7.points".to_owned(), "1".to_owned()),
        ]);
        let all = HashMap::from([(7, FormValues::from([("points".to_owned(), "2,5".to_owned())]))]);
        let flat = flat(&typed, &all);
        assert_eq!((flat["7.points"].as_str(), flat["source"].as_str()), ("2,5", "BC 12"));
    }
}
