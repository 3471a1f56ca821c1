//! A list of units comes in as a workbook or CSV; every mistake is named with its row.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiff::civil::Date;
use parindex_domain::campaign::DayOf;
use parindex_domain::unit::{LEVELS, level_of};
use parindex_package::Bounds;
use parindex_package::set::read_table_within;
use parindex_package::text::clean;
use parindex_package::xlsx::write_table;
use parindex_rulebook::finding::Finding;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::table::{Row, Table};
use parindex_rulebook::word::same;
use parindex_store::unit::{Import, ImportedUnit, Orphan};

use parindex_service::day::{self, InvalidDay};
use parindex_web_shell::app::App;
use parindex_web_shell::download::WORKBOOK;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::shown;
use parindex_web_shell::upload::UploadedFile;
use parindex_web_shell::visitor::Visitor;

/// Hà Nội, the first of the official units.
const FIRST: &str = "01";

#[derive(Template)]
#[template(path = "unit/import.html")]
struct ImportPage {
    frame: Frame,
    wrong: Vec<String>,
    done: Option<String>,
    /// Whether the official units are not there yet.
    without_reference: bool,
}

async fn show(app: &App, visitor: &Visitor, wrong: Vec<String>, done: Option<String>) -> Answer {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let today = app.today().to_string();
    let without_reference = app.store.unit_of_code(FIRST, &today).await?.is_none();
    Ok(page_with(status, &ImportPage { frame: Frame::new(app, visitor), wrong, done, without_reference }))
}

pub async fn show_unit_import(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, Vec::new(), None).await
}

/// Takes the list: all of it or nothing.
pub async fn import_units(
    State(app): State<App>,
    visitor: Visitor,
    headers: axum::http::HeaderMap,
    parts: Multipart,
) -> Answer {
    let upload = UploadedFile::read((&app, &visitor), &headers, parts).await?;
    let said = |findings: Vec<Finding<parindex_rulebook::finding::Text>>| {
        findings.iter().take(50).map(|finding| finding.say(visitor.lang)).collect()
    };
    let read = |name: &str, content| read_table_within(name, content, &Bounds::SERVER);
    let (read, _turn) = upload.in_turn(&app, read).await?;
    let table = match read {
        Ok(table) => table,
        Err(findings) => return show(&app, &visitor, said(findings), None).await,
    };
    let units = match units(&table, app.today(), visitor.lang) {
        Ok(units) => units,
        Err(wrong) => return show(&app, &visitor, wrong, None).await,
    };
    let lang = visitor.lang;
    let told = move |done: &Result<(usize, usize), Vec<Orphan>>| {
        let (added, renamed) = done.as_ref().map_or((0, 0), |counts| *counts);
        lang.pick(
            format!("Đã thêm {added} đơn vị, đổi tên {renamed} đơn vị."),
            format!("{added} units were added, {renamed} renamed."),
        )
    };
    let made = shown(&app, &visitor, Import { units }, told).await?;
    match made.done {
        Some(Ok(_)) | None => show(&app, &visitor, Vec::new(), Some(made.answer)).await,
        Some(Err(orphans)) => {
            let said = orphans.iter().take(50).map(|orphan| orphan_sentence(orphan, lang));
            show(&app, &visitor, said.collect(), None).await
        }
    }
}

fn orphan_sentence(Orphan { row, code, parent }: &Orphan, lang: Lang) -> String {
    lang.pick(
        format!("hàng {row}, đơn vị «{code}»: cấp trên «{parent}» không có trong hệ thống, cũng không đứng trước trong danh sách"),
        format!("row {row}, unit “{code}”: the unit above, “{parent}”, is neither there already nor before it in the list"),
    )
}

/// The columns: code, name, level, what it is, the code of the unit above, the first and the last day.
const TITLES: [[&str; 2]; 7] = [
    ["code", "mã"],
    ["name", "tên"],
    ["level", "cấp"],
    ["kind", "loại"],
    ["parent", "mã cấp trên"],
    ["from", "từ ngày"],
    ["to", "đến ngày"],
];

/// A workbook with the columns and nothing below them.
pub async fn download_unit_list(visitor: Visitor) -> Answer {
    let header = TITLES.iter().map(|[en, vi]| visitor.lang.pick(*vi, *en).to_owned()).collect();
    let table = Table { header, ..Table::default() };
    let bytes = write_table("units.xlsx", &table)
        .map_err(|findings| Failure::Internal(format!("{findings:?}").into()))?;
    let name = visitor.lang.pick("don-vi.xlsx", "units.xlsx");
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, WORKBOOK.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

/// A sentence in Vietnamese and in English.
type Both = (String, String);

/// A first or last day, as it is kept; none where nothing is written.
fn kept_day(text: &str, called: &str, today: Date) -> Result<Option<String>, Both> {
    let told = |wrong: InvalidDay| {
        let (vi, en) = (wrong.say(Lang::Vi), wrong.say(Lang::En));
        (format!("cột «{called}»: {vi}"), format!("column “{called}”: {en}"))
    };
    let day = day::read_any_of(DayOf::Unit { today }, text).map_err(told)?;
    Ok(day.map(|day| day.to_string()))
}

/// What the list itself calls a column.
fn called(table: &Table, place: usize) -> &str {
    table.header.get(place).map_or("", |title| title.trim())
}

/// More than any province has; each row is looked up by itself.
const MAX_ROWS: usize = 20_000;

fn units(table: &Table, today: Date, lang: Lang) -> Result<Vec<ImportedUnit>, Vec<String>> {
    let place = |titles: &[&str; 2]| {
        table.header.iter().position(|title| titles.iter().any(|known| same(known, title)))
    };
    let places: Vec<Option<usize>> = TITLES.iter().map(place).collect();
    let [Some(code), Some(name), level, kind, parent, from, to] = places.as_slice() else {
        let sentence = lang.pick(
            "hàng đầu cần có các cột «mã» và «tên»; thêm «cấp», «loại», «mã cấp trên», «từ ngày», «đến ngày» nếu có",
            "the first row needs the columns “code” and “name”; “level”, “kind”, “parent”, “from”, “to” where there are any",
        );
        return Err(vec![sentence.to_owned()]);
    };
    if table.rows.len() > MAX_ROWS {
        let sentence = lang.pick(
            format!(
                "danh sách có {} hàng, nhiều nhất {MAX_ROWS}; hãy chia thành nhiều tệp",
                table.rows.len()
            ),
            format!("the list has {} rows, at most {MAX_ROWS} are taken; split it", table.rows.len()),
        );
        return Err(vec![sentence]);
    }
    let (mut units, mut wrong, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for place in [Some(*code), Some(*name), *parent].into_iter().flatten() {
        let shown = table.shown_otherwise(place, called(table, place));
        wrong.extend(shown.iter().map(|finding| finding.say(lang)));
    }
    let columns = Columns { table, code: *code, name: *name, others: [*level, *kind, *parent, *from, *to] };
    for row in &table.rows {
        let (unit, misread) = columns.unit(row, today);
        let repeated = !seen.insert(unit.code.clone());
        let place = |(vi, en): Both| {
            lang.pick(format!("hàng {}: {vi}", row.number), format!("row {}: {en}", row.number))
        };
        wrong.extend(mistakes(&unit, repeated).into_iter().chain(misread).map(place));
        units.push(unit);
    }
    wrong.truncate(50);
    if wrong.is_empty() { Ok(units) } else { Err(wrong) }
}

/// Where the columns of a list stand.
struct Columns<'t> {
    table: &'t Table,
    code: usize,
    name: usize,
    /// Level, what it is, the unit above, the first and the last day.
    others: [Option<usize>; 5],
}

impl Columns<'_> {
    /// The unit of a row, and what is wrong with its days.
    fn unit(&self, row: &Row, today: Date) -> (ImportedUnit, Vec<Both>) {
        let [level, kind, parent, from, to] = self.others;
        let text = |place: usize| clean(row.cell(place)).trim().to_owned();
        let cell = |place: Option<usize>| place.map(text).unwrap_or_default();
        let day = |place: Option<usize>| {
            kept_day(&cell(place), place.map_or("", |place| called(self.table, place)), today)
        };
        let (first, last) = (day(from), day(to));
        let wrong = [&first, &last].into_iter().filter_map(|day| day.as_ref().err().cloned()).collect();
        let unit = ImportedUnit {
            row: row.number,
            valid_from: first.unwrap_or_default(),
            valid_to: last.unwrap_or_default(),
            code: text(self.code),
            name: text(self.name),
            level: match cell(level) {
                none if none.is_empty() => "department".to_owned(),
                word => level_of(&word).map_or(word, str::to_owned),
            },
            kind: cell(kind),
            parent: Some(cell(parent)).filter(|parent| !parent.is_empty()),
        };
        (unit, wrong)
    }
}

/// What is wrong with a row.
fn mistakes(unit: &ImportedUnit, repeated: bool) -> Vec<Both> {
    let mut wrong = Vec::new();
    let mut say = |vi: String, en: String| wrong.push((vi, en));
    if unit.code.is_empty() || unit.name.is_empty() {
        say("thiếu mã hoặc tên".to_owned(), "code or name is missing".to_owned());
    }
    if unit.valid_from.as_ref().zip(unit.valid_to.as_ref()).is_some_and(|(from, to)| from > to) {
        say("ngày cuối đứng trước ngày đầu".to_owned(), "the last day stands before the first".to_owned());
    }
    if !LEVELS.iter().any(|each| each.0 == unit.level) {
        let level = &unit.level;
        let (vi, en) = (LEVELS.map(|each| each.1).join("; "), LEVELS.map(|each| each.2).join("; "));
        say(format!("«{level}» không phải cấp; dùng: {vi}"), format!("“{level}” is no level; use: {en}"));
    }
    if repeated {
        let code = &unit.code;
        say(format!("mã {code} đã có ở hàng trên"), format!("the code {code} stands above already"));
    }
    wrong
}
