//! The workbook: rankings, matrices, one sheet for each unit, settings. Numbers are numbers.

use parindex_domain::campaign::{BlockData, UnitResult};
use parindex_rulebook::number::Number;
use rust_xlsxwriter::{
    Color, ConditionalFormatDataBar, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};

use crate::view::{Report, drawn};

mod names;
mod unit;

use names::SheetNames;

/// Why no workbook came out.
pub type WorkbookError = XlsxError;

/// Writes the report as a workbook: ranking, matrix and one sheet for each unit.
///
/// # Errors
/// A text or size that no workbook can hold.
pub fn write(report: &Report<'_>) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new();
    // A fixed date: the same result gives the same bytes.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(
        &DocProperties::new().set_title(&report.campaign().about.title).set_creation_datetime(&made),
    );
    let mut names = SheetNames::default();
    let lang = report.lang;
    for (at, block) in report.campaign().blocks.iter().enumerate() {
        let name = names.take(&format!("{} {}", lang.pick("Xếp hạng", "Ranking"), block.code));
        ranking(book.add_worksheet().set_name(name)?, report, at, block)?;
        let name = names.take(&format!("{} {}", lang.pick("Ma trận", "Matrix"), block.code));
        matrix(book.add_worksheet().set_name(name)?, report, at, block)?;
    }
    for unit in report.result.units.iter().filter(|unit| unit.points.is_some()) {
        let member = report.member(unit).map(|(_, member)| member);
        let name = names.take(member.map_or("", |member| member.name.as_str()));
        unit::sheet(book.add_worksheet().set_name(name)?, report, unit)?;
    }
    let name = names.take(lang.pick("Thiết lập", "Settings"));
    settings(book.add_worksheet().set_name(name)?, report)?;
    book.save_to_buffer()
}

fn header() -> Format {
    text().set_bold().set_background_color(Color::RGB(0x00DC_E6F1)).set_border_bottom(FormatBorder::Thin)
}

/// Wrapped text, marked as text: what begins with = + - @ stays what it is, even after an edit.
fn text() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, value: &str, format: &Format) -> Result<(), XlsxError> {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        sheet.write_string_with_format(row, column, value, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, value, format)?;
    }
    Ok(())
}

fn put_number(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: Option<&Number>,
    digits: u8,
) -> Result<(), XlsxError> {
    if let Some(value) = value {
        sheet.write_number_with_format(row, column, drawn(value), &decimals(digits))?;
    }
    Ok(())
}

fn decimals(digits: u8) -> Format {
    let zeros = "0".repeat(usize::from(digits));
    let pattern = if digits == 0 { "0".to_owned() } else { format!("0.{zeros}") };
    Format::new().set_num_format(pattern).set_align(FormatAlign::Top)
}

/// A4, whole width on one page, header repeated, page numbers.
fn for_print(
    sheet: &mut Worksheet,
    header_row: u32,
    last_row: u32,
    last_column: u16,
    page: &str,
) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_landscape();
    sheet.set_print_area(0, 0, last_row, last_column)?;
    sheet.set_repeat_rows(header_row, header_row)?;
    sheet.set_footer(format!("&L&A&R{page} &P/&N"));
    Ok(())
}

fn title(sheet: &mut Worksheet, report: &Report<'_>, block: &str) -> Result<(), XlsxError> {
    let about = &report.campaign().about;
    let plain = Format::new();
    put(sheet, 0, 0, &about.title, &plain.clone().set_bold().set_font_size(14))?;
    put(sheet, 1, 0, &format!("{block} · {}", report.result.stage.name), &plain)?;
    put(sheet, 2, 0, &about.note, &plain.clone().set_italic())
}

/// The row that holds the column titles, below the title.
const HEADER: u32 = 4;

fn ranking(
    sheet: &mut Worksheet,
    report: &Report<'_>,
    at: usize,
    block: &BlockData,
) -> Result<(), XlsxError> {
    let lang = report.lang;
    title(sheet, report, &block.name)?;
    let columns = [
        (lang.pick("Hạng", "Rank"), 7.0),
        (lang.pick("Mã", "Code"), 12.0),
        (lang.pick("Đơn vị", "Unit"), 44.0),
        (lang.pick("Điểm", "Points"), 10.0),
        (lang.pick("Tối đa", "Maximum"), 10.0),
        (lang.pick("Chỉ số, %", "Index, %"), 24.0),
        (lang.pick("Xếp loại", "Class"), 30.0),
    ];
    for (column, (name, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, width)?;
        put(sheet, HEADER, column, name, &header())?;
    }
    let index_digits = block.set.set.settings.index.digits.get();
    let mut last = HEADER;
    for (row, unit) in (HEADER + 1..).zip(report.units(at)) {
        if let Some(rank) = unit.rank.and_then(|rank| u32::try_from(rank).ok()) {
            sheet.write_number_with_format(row, 0, rank, &decimals(0))?;
        }
        if let Some((_, member)) = report.member(unit) {
            put(sheet, row, 1, &member.code, &text())?;
            put(sheet, row, 2, &member.name, &text())?;
        }
        put_number(sheet, row, 3, unit.points.as_ref(), block.digits())?;
        put_number(sheet, row, 4, unit.max.as_ref(), block.digits())?;
        put_number(sheet, row, 5, unit.index.as_ref(), index_digits)?;
        put(sheet, row, 6, &report.remark(unit), &text())?;
        last = row;
    }
    let bar = ConditionalFormatDataBar::new()
        .set_fill_color(Color::RGB(0x0082_B1DD))
        .set_solid_fill(true)
        .set_minimum(rust_xlsxwriter::ConditionalFormatType::Number, 0);
    sheet.add_conditional_format(HEADER + 1, 5, last.max(HEADER + 1), 5, &bar)?;
    sheet.set_freeze_panes(HEADER + 1, 3)?;
    sheet.autofilter(HEADER, 0, last, 6)?;
    for_print(sheet, HEADER, last, 6, lang.pick("Trang", "Page"))
}

fn matrix(sheet: &mut Worksheet, report: &Report<'_>, at: usize, block: &BlockData) -> Result<(), XlsxError> {
    let lang = report.lang;
    title(sheet, report, &block.name)?;
    let set = &block.set.set;
    for (column, name, width) in [(0, lang.pick("Mã", "Code"), 12.0), (1, lang.pick("Đơn vị", "Unit"), 40.0)]
    {
        sheet.set_column_width(column, width)?;
        put(sheet, HEADER, column, name, &header())?;
    }
    put(sheet, HEADER - 1, 1, lang.pick("Điểm tối đa", "Maximum"), &text().set_italic())?;
    for (column, node) in (2_u16..).zip(&block.set.walk) {
        let Some(criterion) = set.criteria.get(*node) else { continue };
        let format = if block.set.tree.is_leaf(*node) {
            header()
        } else {
            header().set_background_color(Color::RGB(0x00B0_CDEC))
        };
        put(sheet, HEADER, column, &criterion.code, &format)?;
        put_number(sheet, HEADER - 1, column, criterion.max.as_ref(), block.digits())?;
        sheet.set_column_width(column, 8.5)?;
    }
    let mut last = HEADER;
    for (row, unit) in (HEADER + 1..).zip(report.units(at)) {
        matrix_row(sheet, report, block, unit, row)?;
        last = row;
    }
    let columns = u16::try_from(block.set.walk.len()).unwrap_or(u16::MAX).saturating_add(1);
    sheet.set_freeze_panes(HEADER + 1, 2)?;
    for_print(sheet, HEADER, last, columns, lang.pick("Trang", "Page"))
}

fn matrix_row(
    sheet: &mut Worksheet,
    report: &Report<'_>,
    block: &BlockData,
    unit: &UnitResult,
    row: u32,
) -> Result<(), XlsxError> {
    if let Some((_, member)) = report.member(unit) {
        put(sheet, row, 0, &member.code, &text())?;
        put(sheet, row, 1, &member.name, &text())?;
    }
    for (column, node) in (2_u16..).zip(&block.set.walk) {
        let criterion = unit.criteria.iter().find(|each| each.node == *node);
        put_number(sheet, row, column, criterion.and_then(|each| each.points.as_ref()), block.digits())?;
        if criterion.is_some_and(|each| each.not_applicable) {
            put(sheet, row, column, "KAD", &text())?;
        }
    }
    Ok(())
}

fn settings(sheet: &mut Worksheet, report: &Report<'_>) -> Result<(), XlsxError> {
    let lang = report.lang;
    let about = &report.campaign().about;
    sheet.set_column_width(0, 34)?.set_column_width(1, 100)?;
    let rows = [
        (lang.pick("Đợt đánh giá", "Campaign"), about.title.clone()),
        (lang.pick("Năm", "Year"), about.year.to_string()),
        (lang.pick("Căn cứ", "Legal basis"), about.legal_basis.clone()),
        (lang.pick("Ghi chú", "Note"), about.note.clone()),
        (lang.pick("Bước", "Stage"), report.result.stage.name.clone()),
        (lang.pick("Chương trình", "Program"), format!("parindex {}", env!("CARGO_PKG_VERSION"))),
        ("KAD", lang.pick("không áp dụng", "not applicable").to_owned()),
    ];
    let mut row = 0;
    for (key, value) in rows {
        put(sheet, row, 0, key, &text())?;
        put(sheet, row, 1, &value, &text())?;
        row += 1;
    }
    for block in &report.campaign().blocks {
        row += 1;
        put(sheet, row, 0, &block.name, &header())?;
        for (key, value) in block.set.set.about_rows() {
            row += 1;
            put(sheet, row, 0, key.trim_start_matches('@'), &text())?;
            put(sheet, row, 1, &value, &text())?;
        }
        row += 1;
    }
    for_print(sheet, 0, row, 1, lang.pick("Trang", "Page"))
}
