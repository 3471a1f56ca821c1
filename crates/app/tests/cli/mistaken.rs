//! What looks like one thing in a file and is another: thousands, shares, codes, letters.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::{Spoiled, parindex};

#[test]
fn a_share_over_the_whole_is_told_what_to_write() {
    for (written, says) in
        [("86.250", "hãy viết 86.25%"), ("640.000", "lớn hơn 100%"), ("135", "lớn hơn 100%")]
    {
        let package = Spoiled::new();
        package.replace("facts.csv", "A,2.2,p,87.5%,", &format!("A,2.2,p,{written},"));
        package.refused(&["facts.csv", "cột «value»", says]);
    }
    let package = Spoiled::new();
    package.replace("facts.csv", "A,2.2,p,87.5%,", "A,2.2,p,0.850,");
    assert_eq!(package.check().code, 0);
}

/// A package whose units stand in a workbook, the code of the first as a test writes it.
fn with_code(code: impl Fn(&mut Worksheet)) -> Spoiled {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["unit", "name", "block"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    for (row, name) in (1..).zip(["Sở A", "Sở B"]) {
        sheet.write_string(row, 1, name).unwrap();
        sheet.write_string(row, 2, "so").unwrap();
    }
    code(sheet);
    sheet.write_string(2, 0, "B").unwrap();
    let package = Spoiled::new();
    std::fs::remove_file(package.file("units.csv")).unwrap();
    package.put("units.xlsx", &book.save_to_buffer().unwrap());
    package.replace("datapackage.json", "units.csv", "units.xlsx");
    package
}

#[test]
fn a_code_is_what_is_seen() {
    for (number, format, says) in [
        (3.1, "0.00_ ;-0.00 ", "mã hiện là 3.10 nhưng ô chứa số 3.1"),
        (3.1, "0.00_);(0.00)", "mã hiện là 3.10"),
        (3.1, "0.00\\ ", "mã hiện là 3.10"),
        (3.1, "[$-42A]0.00", "mã hiện là 3.10"),
        (3.1, "?.?0", "mã hiện là 3.10"),
        (7.0, "\"TC-\"00", "mã hiện là TC-07"),
        (7.0, "0.00E+00", "ô chứa số 7 có định dạng riêng «0.00E+00»"),
    ] {
        let format = Format::new().set_num_format(format);
        let package = with_code(|sheet| {
            sheet.write_number_with_format(1, 0, number, &format).unwrap();
        });
        package.refused(&["units.xlsx", "hàng 2", "cột «unit»", says, "Text"]);
    }
}

#[test]
fn a_code_that_became_a_day_says_so() {
    let package = with_code(|sheet| {
        let day = ExcelDateTime::from_ymd(2026, 10, 2).unwrap();
        sheet.write_datetime_with_format(1, 0, day, &Format::new().set_num_format("d-mmm")).unwrap();
    });
    package.refused(&["units.xlsx", "hàng 2", "đã đổi mã thành ngày 02/10/2026", "Text"]);
    let package = Spoiled::new();
    package.append("facts.csv", "A,2-Oct,b,3,self,");
    package.refused(&["facts.csv", "đã đổi mã thành ngày 2-Oct", "Text"]);
}

#[test]
fn letters_of_an_old_font_are_refused_and_repaired() {
    let package = Spoiled::new();
    package.put("units.csv", "unit,name,block\nA,Së Néi vô,so\nB,Së Tµi chÝnh,so\n".as_bytes());
    package.refused(&["units.csv, hàng 2", "«Së Néi vô»", "đáng lẽ là «Sở Nội vụ»", "convert --fix"]);
    let (old, new) = (package.file("units.csv"), package.file("moi.csv"));
    let ran = parindex(&["convert", "--fix", old.to_str().unwrap(), new.to_str().unwrap()]);
    assert!(ran.code == 0 && ran.out.contains("TCVN3"), "{}{}", ran.out, ran.err);
    let repaired = std::fs::read_to_string(new).unwrap();
    assert_eq!(repaired, "unit,name,block\nA,Sở Nội vụ,so\nB,Sở Tài chính,so\n");
    let package = Spoiled::new();
    package.put("units.csv", "unit,name,block\nA,Sá»Ÿ Ná»™i vá»¥,so\nB,Sở B,so\n".as_bytes());
    package.refused(&["units.csv, hàng 2", "UTF-8", "đáng lẽ là «Sở Nội vụ»"]);
}
