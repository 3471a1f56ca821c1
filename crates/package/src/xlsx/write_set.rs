//! A criteria set as the workbook that an official edits in Excel.

use parindex_rulebook::finding::Place;
use parindex_rulebook::set::{COLUMNS, CriteriaSet, Method, NotApplicable, Part, cells};
use parindex_rulebook::table::ColumnSpec;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook,
    Worksheet, XlsxError,
};

use crate::{Findings, PackageProblem};

/// The sheet with the tree.
pub const SET_SHEET: &str = "Bộ tiêu chí";
/// The sheet with title, legal basis and settings.
pub const ABOUT_SHEET: &str = "Thông tin";

/// The column of the maximum, in which numbers are typed.
const MAX: u16 = 3;

/// Width and explanation of each column, in the order of [`COLUMNS`].
const LAYOUT: [(f64, &str); 14] = [
    (9.0, "Mã duy nhất, ví dụ 3.1.2. Chỉ dùng chữ, số, dấu chấm, gạch nối."),
    (9.0, "Mã của mục ngay trên. Để trống nếu là lĩnh vực."),
    (46.0, "Tên lĩnh vực, tiêu chí hoặc tiêu chí thành phần."),
    (9.0, "Điểm tối đa. Tổng các mục con phải bằng mục cha."),
    (10.0, "Để trống: tính vào tổng. «điểm cộng», «điểm trừ»: ngoài tổng, có trần."),
    (20.0, "Ai hoặc nguồn nào cho điểm."),
    (40.0, "Số liệu đơn vị nhập, ví dụ: a: số đếm \"Số hồ sơ đúng hạn\"; b: số đếm \"Tổng số hồ sơ\""),
    (52.0, "Cách tính điểm, ví dụ: theo tỷ lệ a/b; từ 90% được điểm tối đa; mẫu bằng 0: điểm tối đa"),
    (18.0, "Khi tiêu chí không áp dụng cho đơn vị. Để trống: luôn áp dụng."),
    (30.0, "Số liệu phải thỏa mãn, ví dụ: a ≤ b"),
    (40.0, "Văn bản, tài liệu đơn vị phải nộp."),
    (22.0, "Cơ quan thẩm định tiêu chí này."),
    (40.0, "Giải thích cho người chấm."),
    (22.0, "Điều, khoản, văn bản làm căn cứ."),
];

/// Writes a set as a workbook with drop-downs, notes and frozen headers.
///
/// # Errors
/// A text that no workbook can hold.
pub fn write_set(file: &str, set: &CriteriaSet) -> Result<Vec<u8>, Findings> {
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
        // A fixed date: the same set gives the same bytes.
        book.set_properties(&DocProperties::new().set_title(&set.about.title).set_creation_datetime(&made));
        tree(book.add_worksheet().set_name(SET_SHEET)?, set)?;
        about(book.add_worksheet().set_name(ABOUT_SHEET)?, set)?;
        book.save_to_buffer()
    };
    written().map_err(|error| PackageProblem::BadWorkbook(error.to_string()).at(Place::file(file)))
}

fn header() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00DC_E6F1))
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

fn tree(sheet: &mut Worksheet, set: &CriteriaSet) -> Result<(), XlsxError> {
    let (text, domain) = (body(), body().set_bold());
    for (at, (column, (width, note))) in (0_u16..).zip(COLUMNS.iter().zip(LAYOUT)) {
        sheet.write_string_with_format(0, at, ColumnSpec::title(column), &header())?;
        sheet.set_column_width(at, width)?;
        // What is added below the last row is text as well.
        if at != MAX {
            sheet.set_column_format(at, &text)?;
        }
        sheet.insert_note(0, at, &Note::new(note).add_author_prefix(false).set_width(260).set_height(70))?;
    }
    sheet.set_row_height(0, 32)?;
    let mut last = 1;
    for (row, criterion) in (1_u32..).zip(&set.criteria) {
        let format = if criterion.parent.is_none() { &domain } else { &text };
        for (at, cell) in (0_u16..).zip(cells(criterion)) {
            match criterion.max.as_ref().filter(|_| at == MAX) {
                Some(max) => {
                    let number: f64 = max.to_string().parse().unwrap_or_default();
                    sheet.write_number_with_format(
                        row,
                        at,
                        number,
                        &format.clone().set_num_format("0.00##"),
                    )?;
                }
                _ if cell.is_empty() => {
                    sheet.write_blank(row, at, format)?;
                }
                _ => {
                    sheet.write_string_with_format(row, at, cell, format)?;
                }
            }
        }
        last = row;
    }
    drop_downs(sheet, last + 200)?;
    sheet.set_freeze_panes(1, 3)?;
    sheet.autofilter(0, 0, last, 13)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_footer("&L&A&RTrang &P/&N");
    Ok(())
}

/// Text stays text: a code such as 1.10 must not become the number 1.1.
fn body() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@")
}

fn drop_downs(sheet: &mut Worksheet, last: u32) -> Result<(), XlsxError> {
    drop_down(sheet, 4, last, &Part::WORDS.map(|(word, _)| word))?;
    drop_down(sheet, 5, last, &Method::WORDS.map(|(word, _)| word))?;
    drop_down(sheet, 8, last, &NotApplicable::WORDS.map(|(word, _)| word))
}

fn drop_down(sheet: &mut Worksheet, column: u16, last: u32, words: &[&str]) -> Result<(), XlsxError> {
    let choice = DataValidation::new()
        .allow_list_strings(words)?
        .set_error_title("Không có trong danh sách")?
        .set_error_message("Hãy chọn một giá trị trong danh sách.")?;
    sheet.add_data_validation(1, column, last, column, &choice)?;
    Ok(())
}

fn about(sheet: &mut Worksheet, set: &CriteriaSet) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 32)?.set_column_width(1, 100)?;
    for (at, title) in [(0, "Mục"), (1, "Giá trị")] {
        sheet.write_string_with_format(0, at, title, &header())?;
    }
    for (row, (key, value)) in (1_u32..).zip(set.about_rows()) {
        sheet.write_string_with_format(row, 0, key, &body())?;
        sheet.write_string_with_format(row, 1, value, &body())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}
