//! A sheet as a workbook: taken along, filled in, brought back; every mistake is named with its row, and nothing is kept then.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use parindex_domain::procedure::EntryKind;
use parindex_domain::right::Act;
use parindex_package::Bounds;
use parindex_package::set::read_table_within;
use parindex_package::xlsx::write_table;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::table::{Row, Table, TableProblem, looks_like_day};
use parindex_rulebook::word::same;
use parindex_store::Refusal;
use parindex_store::sheet::{KeepCells, StoredEntry, TypedCell};

use super::field::{FieldSource, FieldView, POINTS, Parts};
use parindex_service::campaign::counted::counts;
use parindex_service::campaign::load::compiled;
use parindex_service::sheet::{SheetView, open};
use parindex_web_shell::app::App;
use parindex_web_shell::download::WORKBOOK;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::upload::UploadedFile;
use parindex_web_shell::visitor::Visitor;

/// The columns; the last tells whether somebody has changed the cell since the workbook was made.
const TITLES: [&str; 7] = ["Mã", "Tiêu chí", "Tối đa", "Số liệu", "Tên số liệu", "Giá trị", "Bản"];
/// What stands for “does not apply”.
const NOT_APPLICABLE: &str = "không áp dụng";

#[derive(Template)]
#[template(path = "sheet/workbook.html")]
struct WorkbookPage {
    frame: Frame,
    sheet: SheetView,
    wrong: Vec<String>,
}

/// The page on which a workbook comes back.
pub async fn show_workbook_upload(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path(member): Path<i64>,
) -> Answer {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    show(&app, &visitor, sheet, Vec::new())
}

fn show(app: &App, visitor: &Visitor, sheet: SheetView, wrong: Vec<String>) -> Answer {
    visitor.permit(Act::FillSheets, &sheet.subject)?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page_with(status, &WorkbookPage { frame: Frame::new(app, visitor), sheet, wrong }))
}

/// What a workbook is made of and read against.
struct Form<'f> {
    set: &'f Compiled,
    /// The leaves that the unit scores.
    leaves: Vec<usize>,
    /// What stands on the sheet.
    cells: Vec<StoredEntry>,
    /// The assessed period.
    period: (jiff::civil::Date, jiff::civil::Date),
    lang: Lang,
}

impl<'f> Form<'f> {
    async fn of(app: &App, sheet: &SheetView, set: &'f Compiled, lang: Lang) -> Result<Self, Failure> {
        let stage = sheet.of.stages.first().ok_or(Failure::NotFound)?;
        let all: Vec<String> = (0..set.set.criteria.len()).map(|node| set.code(node).to_owned()).collect();
        let cells = app.store.cells(sheet.member.id, stage.id, &all).await?;
        let leaves = set.leaves().into_iter().filter(|node| counts(set, stage, *node)).collect();
        Ok(Self { set, leaves, cells, period: sheet.of.campaign.about.period(), lang })
    }

    fn source(&self, node: usize) -> FieldSource<'_> {
        FieldSource {
            set: self.set,
            node,
            cells: &self.cells,
            typed: None,
            period: Some(self.period),
            lang: self.lang,
        }
    }

    fn table(&self) -> Table {
        let (mut rows, mut seen) = (Vec::new(), HashSet::new());
        for node in &self.leaves {
            let source = self.source(*node);
            let fields = source.fields();
            for field in
                fields.all.iter().filter(|field| seen.insert((field.owner.clone(), field.input.clone())))
            {
                rows.push(self.row(*node, field));
            }
            if fields.not_applicable == Some(true) {
                let marked = FieldView {
                    value: NOT_APPLICABLE.to_owned(),
                    seen: source.seen_mark(),
                    ..FieldView::default()
                };
                rows.push(self.row(*node, &marked));
            }
        }
        let number = |(at, cells): (usize, Vec<String>)| Row {
            number: u32::try_from(at + 2).unwrap_or(u32::MAX),
            cells: cells.into(),
        };
        Table {
            file: "phieu.xlsx".to_owned(),
            header: TITLES.map(str::to_owned).to_vec(),
            rows: rows.into_iter().enumerate().map(number).collect(),
            ..Table::default()
        }
    }

    fn row(&self, node: usize, field: &FieldView) -> Vec<String> {
        let name =
            self.set.set.criteria.get(node).map(|criterion| criterion.name.clone()).unwrap_or_default();
        vec![
            self.set.code(node).to_owned(),
            name,
            self.lang.short(self.set.max(node)),
            field.input.clone(),
            self.asked(field),
            field.value.clone(),
            field.seen.to_string(),
        ]
    }

    /// What is asked for, with what can be chosen.
    fn asked(&self, field: &FieldView) -> String {
        if field.options.is_empty() {
            return field.label.clone();
        }
        let options = field.options.join(" | ");
        let options =
            self.lang.pick(format!("chọn một trong: {options}"), format!("choose one of: {options}"));
        // The name of the figure stands beside it already.
        if field.label == field.input { options } else { format!("{} ({options})", field.label) }
    }

    /// The rows that say something, as cells to keep.
    fn read(&self, table: &Table) -> Result<Parts, Vec<String>> {
        let place = |title: &str| table.header.iter().position(|each| same(each, title));
        let places: Vec<Option<usize>> = TITLES.iter().map(|title| place(title)).collect();
        let [Some(criterion), _, _, Some(input), _, Some(value), seen] = places.as_slice() else {
            let needed = self.lang.pick(
                "hàng đầu cần có các cột «Mã», «Số liệu», «Giá trị»; hãy dùng tệp tải từ phiếu này",
                "the first row needs the columns “Mã”, “Số liệu”, “Giá trị”; use the workbook of this sheet",
            );
            return Err(vec![needed.to_owned()]);
        };
        let (mut parts, mut wrong) = (HashMap::<String, Vec<TypedCell>>::new(), Vec::new());
        let codes = [(*criterion, TITLES[0]), (*input, TITLES[3])];
        let shown = codes.iter().flat_map(|(column, title)| table.shown_otherwise(*column, title));
        let shown: Vec<_> = shown.collect();
        let refused: HashSet<u32> = shown.iter().map(|finding| finding.place.row).collect();
        wrong.extend(shown.iter().map(|finding| finding.say(self.lang)));
        for row in &table.rows {
            let cell = |at: usize| row.cell(at).trim().to_owned();
            let (at, value) = (cell(*criterion), self.typed(table, row, *value));
            if value.is_empty() || refused.contains(&row.number) {
                continue;
            }
            let seen = seen.and_then(|at| row.cell(at).trim().parse().ok());
            match self.cell(&at, &cell(*input), &value, seen) {
                Ok((owner, cell)) => {
                    let cells = parts.entry(owner).or_default();
                    match cells.iter().find(|known| known.input == cell.input) {
                        None => cells.push(cell),
                        Some(known) if known.text == cell.text => {}
                        Some(_) => wrong.push(self.lang.pick(
                            format!("hàng {} ({at}): số liệu này đã có giá trị khác ở hàng trên", row.number),
                            format!("row {} ({at}): this figure has another value above", row.number),
                        )),
                    }
                }
                Err(sentence) => wrong.push(self.lang.pick(
                    format!("hàng {} ({at}): {sentence}", row.number),
                    format!("row {} ({at}): {sentence}", row.number),
                )),
            }
        }
        if wrong.is_empty() { Ok(parts.into_iter().collect()) } else { Err(wrong) }
    }

    /// The text of a cell for a value, as its writer would type it: a number to the last digit with the decimal mark of the language, a
    /// share that is shown as percent as percent.
    fn typed(&self, table: &Table, row: &Row, column: usize) -> String {
        let (read, at) = (row.cell(column).trim(), (row.number, column));
        let percent = table.shown.get(&at).is_some_and(|shown| shown.ends_with('%'));
        if !percent && !table.decimals.contains(&at) {
            return read.to_owned();
        }
        let (digits, sign) = read.strip_suffix('%').map_or((read, ""), |digits| (digits, "%"));
        let Ok(number) = digits.parse::<Number>() else { return read.to_owned() };
        if percent {
            return format!("{}%", self.lang.typed(&(number * Number::whole(100))));
        }
        format!("{}{sign}", self.lang.typed(&number))
    }

    fn cell(
        &self,
        at: &str,
        input: &str,
        value: &str,
        seen: Option<i64>,
    ) -> Result<(String, TypedCell), String> {
        let node = self.set.set.find(at).filter(|node| self.leaves.contains(node));
        let unknown = || {
            if looks_like_day(at) {
                return TableProblem::CodeDay(at.to_owned()).say(self.lang);
            }
            self.lang.pick(
                "đơn vị không tự chấm tiêu chí nào có mã này".to_owned(),
                "the unit scores no criterion of this code".to_owned(),
            )
        };
        let source = self.source(node.ok_or_else(unknown)?);
        let fields = source.fields();
        if input.is_empty() && same(value, NOT_APPLICABLE) && fields.not_applicable.is_some() {
            let seen = seen.unwrap_or_else(|| source.seen_mark());
            let cell = TypedCell {
                input: String::new(),
                kind: EntryKind::NotApplicable,
                text: "x".to_owned(),
                seen,
            };
            return Ok((at.to_owned(), cell));
        }
        let field = fields.all.iter().find(|field| field.input == input).ok_or_else(|| {
            let known: Vec<&str> = fields.all.iter().map(|field| field.input.as_str()).collect();
            let known = known.join(", ");
            self.lang.pick(
                format!("không có số liệu «{input}»; tiêu chí này có: {known}"),
                format!("there is no input “{input}”; this criterion has: {known}"),
            )
        })?;
        let text = source.canonical(field, value)?;
        let kind = if field.name == POINTS { EntryKind::Points } else { EntryKind::Value };
        let seen = seen.unwrap_or(field.seen);
        Ok((field.owner.clone(), TypedCell { input: field.input.clone(), kind, text, seen }))
    }
}

/// Has the workbook, with what stands on the sheet now.
pub async fn download_workbook(State(app): State<App>, visitor: Visitor, Path(member): Path<i64>) -> Answer {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    visitor.permit(Act::SeeSheets, &sheet.subject)?;
    let set = compiled(&app.service, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    let table = Form::of(&app, &sheet, &set, visitor.lang).await?.table();
    let bytes = write_table("phieu.xlsx", &table)
        .map_err(|findings| Failure::Internal(format!("{findings:?}").into()))?;
    let disposition = "attachment; filename=\"phieu.xlsx\"";
    Ok(([(header::CONTENT_TYPE, WORKBOOK), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

/// Brings it back: all of it or nothing; empty cells change nothing.
pub async fn upload_workbook(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    headers: HeaderMap,
    parts: Multipart,
) -> Answer {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    visitor.permit(Act::FillSheets, &sheet.subject)?;
    let upload = UploadedFile::read((&app, &visitor), &headers, parts).await?;
    let read = |name: &str, content| read_table_within(name, content, &Bounds::SERVER);
    let (read, _turn) = upload.in_turn(&app, read).await?;
    let said = match read {
        Ok(table) => {
            let set =
                compiled(&app.service, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
            Form::of(&app, &sheet, &set, visitor.lang).await?.read(&table)
        }
        Err(findings) => Err(findings.iter().map(|finding| finding.say(visitor.lang)).collect()),
    };
    let parts = match said {
        Ok(parts) => parts,
        Err(wrong) => return show(&app, &visitor, sheet, wrong.into_iter().take(50).collect()),
    };
    match app.store.commit(&visitor.actor(), app.now(), KeepCells { member, within: Vec::new(), parts }).await
    {
        Ok(_changed) => Ok(Redirect::to(&format!("/sheets/{member}/submit")).into_response()),
        Err(Refusal::CellConflict(cells)) => {
            let wrong = cells.iter().map(|cell| overtaken(cell, visitor.lang)).collect();
            show(&app, &visitor, sheet, wrong)
        }
        Err(other) => Err(other.into()),
    }
}

fn overtaken(cell: &StoredEntry, lang: Lang) -> String {
    let (at, by) = (parindex_domain::moment::written(cell.at, lang), &cell.by);
    let (criterion, input, text) = (&cell.criterion, &cell.input, parindex_service::day::stored(&cell.text));
    lang.pick(
        format!("{criterion} {input}: {by} đã ghi «{text}» lúc {at}, sau khi bạn tải tệp; hãy tải tệp mới rồi nhập lại ô này"),
        format!("{criterion} {input}: {by} saved “{text}” at {at}, after your workbook was made; download it again and enter this cell again"),
    )
}

#[cfg(test)]
mod tests;
