//! Files as offices write them: what looks right is read, what could mean two things is refused with its place.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use unicode_normalization::UnicodeNormalization;

use super::{Spoiled, parindex};

/// A package of one unit with two judged criteria, whose points stand in a workbook.
fn judged(points: &[u8]) -> Spoiled {
    let package = Spoiled::new();
    for file in ["facts.csv", "points.csv", "external.csv", "datapackage.json"] {
        let _not_there = std::fs::remove_file(package.file(file));
    }
    let head = "Mã,Mã cha,Tên,Điểm tối đa,Phương pháp,Cách tính điểm,Tài liệu kiểm chứng\n";
    let set = format!(
        "{head}@phiên bản,,1,,,,\n1,,Lĩnh vực,20,,,\n1.1,1,Một,9,tự đánh giá,chấm điểm,Báo cáo\n1.2,1,Hai,11,tự đánh giá,chấm điểm,Báo cáo\n"
    );
    package.put("criteria/so.csv", set.as_bytes());
    package.put("units.csv", "unit,name,block\nA,Sở A,so\n".as_bytes());
    package.put("points.xlsx", points);
    package
}

const HEAD: [&str; 4] = ["unit", "criterion", "points", "stage"];

fn rows(sheet: &mut rust_xlsxwriter::Worksheet) {
    for (column, title) in (0..).zip(HEAD) {
        sheet.write_string(0, column, title).unwrap();
    }
    for (row, code, points) in [(1, "1.1", 8.0), (2, "1.2", 9.0)] {
        sheet.write_string(row, 0, "A").unwrap();
        sheet.write_string(row, 1, code).unwrap();
        sheet.write_number(row, 2, points).unwrap();
        sheet.write_string(row, 3, "self").unwrap();
    }
}

fn has_17_points(package: &Spoiled, what: &str) {
    let ran = parindex(&["score", &package.text(), "--stage", "self", "--format", "csv"]);
    assert!(ran.code == 0 && ran.out.contains(",17.00,20.00,"), "{what}: {}{}", ran.out, ran.err);
}

#[test]
fn what_stands_on_other_sheets_does_no_harm() {
    let mut book = Workbook::new();
    let hidden = book.add_worksheet();
    hidden.set_name("Macro1").unwrap().set_hidden(true);
    let title = book.add_worksheet();
    title.set_name("Bìa").unwrap().merge_range(0, 0, 3, 5, "Báo cáo năm 2026", &Format::new()).unwrap();
    let table = book.add_worksheet();
    rows(table.set_name("Điểm").unwrap());
    // A row with nothing but a space, as a key pressed by mistake leaves it.
    table.write_string(5, 0, " ").unwrap();
    table.set_active(true);
    let other = book.add_worksheet();
    other.set_name("Tính").unwrap().write_formula(0, 0, "=1+1").unwrap();
    other.merge_range(2, 0, 3, 1, "gộp", &Format::new()).unwrap();
    has_17_points(&judged(&book.save_to_buffer().unwrap()), "sheets");
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Bảng điểm").unwrap();
    judged(&book.save_to_buffer().unwrap()).refused(&["points.xlsx", "bỏ các dòng tiêu đề ở trên bảng"]);
}

#[test]
fn a_workbook_as_large_as_excel_allows_is_read() {
    let mut book = Workbook::new();
    let table = book.add_worksheet();
    rows(table);
    let styles = book.add_worksheet();
    for row in 0..30_000_u32 {
        let format = Format::new()
            .set_font_size(f64::from(row % 400) + 1.0)
            .set_indent(u8::try_from(row / 400 % 250).unwrap());
        styles.write_blank(row, 0, &format).unwrap();
    }
    has_17_points(&judged(&book.save_to_buffer().unwrap()), "30,000 styles");
    // A program that writes the size of its sheet wrong, and one whose choices hold for thousands of single cells.
    let ranges: Vec<String> = (5..12_000).map(|row| format!("C{}", row * 2)).collect();
    let list = format!(
        "</sheetData><dataValidations count=\"1\"><dataValidation type=\"whole\" sqref=\"{}\"><formula1>0</formula1></dataValidation></dataValidations>",
        ranges.join(" ")
    );
    assert!(list.len() > 64 * 1024);
    let mut book = Workbook::new();
    rows(book.add_worksheet());
    let changed = rewritten(&book.save_to_buffer().unwrap(), |sheet| {
        let (before, own) = sheet.split_once("<dimension ref=\"").unwrap();
        let (_, after) = own.split_once("/>").unwrap();
        format!("{before}<dimension ref=\"A0\"/>{after}").replace("</sheetData>", &list)
    });
    has_17_points(&judged(&changed), "dimension and validations");
}

/// The workbook with its first sheet changed as text.
fn rewritten(book: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    rewritten_part(book, "xl/worksheets/sheet1.xml", change)
}

/// The workbook with one part changed as text.
fn rewritten_part(book: &[u8], changed: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == changed {
            bytes = change(std::str::from_utf8(&bytes).unwrap()).into_bytes();
        }
        written.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        written.write_all(&bytes).unwrap();
    }
    written.finish().unwrap().into_inner()
}

#[test]
fn a_code_that_looks_otherwise_is_refused_with_its_cell() {
    for (number, format, says) in
        [(1.1, "0.00", "mã hiện là 1.10 nhưng ô chứa số 1.1"), (4.0, "00000", "mã hiện là 00004")]
    {
        let mut book = Workbook::new();
        let table = book.add_worksheet();
        rows(table);
        table.write_number_with_format(1, 1, number, &Format::new().set_num_format(format)).unwrap();
        judged(&book.save_to_buffer().unwrap()).refused(&[
            "points.xlsx",
            "hàng 2",
            "cột «criterion»",
            says,
            "Text",
        ]);
    }
    // Points with two decimals are points.
    let mut book = Workbook::new();
    let table = book.add_worksheet();
    rows(table);
    table.write_number_with_format(1, 2, 8.0, &Format::new().set_num_format("0.00")).unwrap();
    has_17_points(&judged(&book.save_to_buffer().unwrap()), "two decimals");
}

#[test]
fn a_time_is_no_day_and_a_percent_sign_is_no_points() {
    let mut book = Workbook::new();
    let table = book.add_worksheet();
    rows(table);
    let time = ExcelDateTime::from_hms(8, 30, 0).unwrap();
    table.write_datetime_with_format(1, 2, time, &Format::new().set_num_format("hh:mm")).unwrap();
    let package = judged(&book.save_to_buffer().unwrap());
    package.refused(&["points.xlsx", "hàng 2", "chỉ có giờ 08:30, không có ngày"]);
    let mut book = Workbook::new();
    let table = book.add_worksheet();
    rows(table);
    table.write_number_with_format(1, 2, 0.85, &Format::new().set_num_format("0%")).unwrap();
    judged(&book.save_to_buffer().unwrap()).refused(&[
        "points.xlsx",
        "hàng 2",
        "ô hiện 85%",
        "giá trị thật là 0.85",
    ]);
}

#[test]
fn what_only_looks_alike_is_read_with_one_remark() {
    let package = Spoiled::new();
    let units = std::fs::read_to_string(package.file("units.csv")).unwrap();
    let written = format!("\u{feff}{}", units.replace("Sở B", "Sở\u{a0}B"));
    package.put("units.csv", written.nfd().collect::<String>().as_bytes());
    let checked = package.check();
    assert_eq!(checked.code, 0, "{}", checked.err);
    let remark = "units.csv: có chữ viết bằng dấu tổ hợp rời (NFD), khoảng trắng đặc biệt hoặc dấu BOM";
    assert_eq!(checked.err.matches(remark).count(), 1, "{}", checked.err);
    let scored = parindex(&["score", &package.text(), "--format", "json"]);
    assert!(scored.out.contains("Sở B"), "composed and with a plain space: {}", scored.out);
}

#[test]
fn old_encodings_are_told_by_their_words() {
    let package = Spoiled::new();
    for (bytes, encoding) in [
        (b"unit,name\nSNV,S\xeb N\xe9i v\xf4\n".as_slice(), "TCVN3"),
        (b"unit,name\nSNV,S\xf4\xfb No\xe4i vu\xef\n", "VNI"),
    ] {
        package.put("cu.csv", bytes);
        let (old, new) = (package.file("cu.csv"), package.file("moi.csv"));
        let ran = parindex(&["convert", "--fix", old.to_str().unwrap(), new.to_str().unwrap()]);
        assert!(ran.code == 0 && ran.out.contains(encoding), "{}{}", ran.out, ran.err);
        assert_eq!(std::fs::read_to_string(new).unwrap(), "unit,name\nSNV,Sở Nội vụ\n");
    }
    package.put("cu.csv", b"unit,name\nA,caf\xe9 na\xefve\n");
    let ran = parindex(&[
        "convert",
        "--fix",
        package.file("cu.csv").to_str().unwrap(),
        package.file("x.csv").to_str().unwrap(),
    ]);
    assert!(ran.code == 1 && ran.err.contains("không nhận ra bảng mã"), "{}", ran.err);
    assert!(!package.file("x.csv").exists());
}

#[test]
fn a_day_far_from_the_assessed_year_is_refused() {
    let package = Spoiled::new();
    let facts = std::fs::read_to_string(package.file("facts.csv")).unwrap();
    let day = facts
        .lines()
        .flat_map(|line| line.split(','))
        .find(|cell| cell.len() == 10 && cell.chars().filter(|each| *each == '-').count() == 2);
    let day = day.unwrap_or_else(|| panic!("a day in {facts}")).to_owned();
    package.replace("facts.csv", &day, "0226-03-01");
    package.refused(&["facts.csv", "quá xa kỳ đánh giá", "hãy sửa năm"]);
}

#[test]
fn a_due_date_of_another_year_or_on_a_day_off_is_worth_a_look() {
    let package = Spoiled::new();
    let head = "Mã,Mã cha,Tên,Điểm tối đa,Phương pháp,Số liệu,Cách tính điểm,Tài liệu kiểm chứng\n";
    let due = |day: &str| {
        let rule = format!("hạn {day} cho d: đúng hạn được 2 điểm; trễ được 0 điểm; chưa có được 0 điểm");
        format!(
            "{head}@phiên bản,,1,,,,,\n1,,Lĩnh vực,2,,,,\n1.1,1,Một,2,tự đánh giá,d: ngày,{rule},Báo cáo\n"
        )
    };
    for file in ["facts.csv", "points.csv", "external.csv", "datapackage.json"] {
        let _not_there = std::fs::remove_file(package.file(file));
    }
    let manifest = std::fs::read_to_string(package.file("campaign.toml")).unwrap();
    let year: i32 = manifest.lines().find_map(|line| line.strip_prefix("year = ")).unwrap().parse().unwrap();
    let check = |day: &str| {
        package.put("criteria/so.csv", due(day).as_bytes());
        let checked = package.check();
        assert_eq!(checked.code, 0, "{}", checked.err);
        checked.err
    };
    assert!(check(&format!("05/03/{}", year - 2)).contains("cách xa kỳ đánh giá"));
    assert!(check(&format!("01/01/{year}")).contains("là ngày nghỉ và được giữ nguyên"));
    let plain = check(&format!("31/12/{}", year - 1));
    assert!(!plain.contains("cách xa") && !plain.contains("ngày nghỉ"), "{plain}");
}

/// Settings on a sheet that somebody hid are settings.
#[test]
fn a_hidden_sheet_of_settings_is_read() {
    let package = Spoiled::new();
    let (set, book) = (package.file("criteria/so.csv"), package.file("so.xlsx"));
    package.replace("criteria/so.csv", "@phiên bản,,1", "@phiên bản,,1-ẩn");
    let made = parindex(&["convert", set.to_str().unwrap(), book.to_str().unwrap()]);
    assert_eq!(made.code, 0, "{}", made.err);
    let hidden = rewritten_part(&std::fs::read(&book).unwrap(), "xl/workbook.xml", |sheets| {
        let hidden =
            sheets.replace("<sheet name=\"Thông tin\"", "<sheet name=\"Thông tin\" state=\"hidden\"");
        assert_ne!(hidden, sheets);
        hidden
    });
    package.put("so.xlsx", &hidden);
    let back = package.file("lai.csv");
    let read = parindex(&["convert", book.to_str().unwrap(), back.to_str().unwrap()]);
    assert_eq!(read.code, 0, "{}", read.err);
    assert!(std::fs::read_to_string(back).unwrap().contains("1-ẩn"));
}

/// A rule counts days of a year whose holidays are not known: the command line names the table of the package, and it helps.
#[test]
fn days_of_an_unknown_year_are_added_where_the_message_says() {
    let package = Spoiled::new();
    for file in ["facts.csv", "points.csv", "external.csv", "datapackage.json"] {
        let _not_there = std::fs::remove_file(package.file(file));
    }
    let head = "Mã,Mã cha,Tên,Điểm tối đa,Phương pháp,Số liệu,Cách tính điểm\n";
    let rule = "hạn 09/06/2028 cho d: đúng hạn được 2 điểm; trễ đến 1 ngày làm việc được 1 điểm; trễ hơn được 0 điểm";
    let set =
        format!("{head}@phiên bản,,1,,,,\n1,,Lĩnh vực,2,,,\n1.1,1,Báo cáo,2,tự đánh giá,d: ngày,{rule}\n");
    package.put("criteria/so.csv", set.as_bytes());
    package.put("units.csv", "unit,name,block\nA,Sở A,so\n".as_bytes());
    // Friday is the last day, and Monday comes after it.
    package.put("facts.csv", b"unit,criterion,input,value,stage\nA,1.1,d,2028-06-12,self\n");
    let manifest = std::fs::read_to_string(package.file("campaign.toml")).unwrap();
    let manifest: Vec<&str> =
        manifest.lines().filter(|line| !line.starts_with("from") && !line.starts_with("to =")).collect();
    let year =
        |line: &&str| if line.starts_with("year") { "year = 2028".to_owned() } else { (*line).to_owned() };
    let manifest: Vec<String> = manifest.iter().map(year).collect();
    package.put("campaign.toml", manifest.join("\n").as_bytes());
    let explain = ["explain", &package.text(), "A", "1.1"].map(str::to_owned);
    let explain: Vec<&str> = explain.iter().map(String::as_str).collect();
    let unknown = parindex(&explain);
    for says in ["chưa có đủ ngày nghỉ của năm 2028", "bổ sung vào bảng calendar của gói (calendar.csv"]
    {
        assert!(unknown.out.contains(says), "{says}: {}{}", unknown.out, unknown.err);
        assert!(package.check().err.contains(says), "{says}: {}", package.check().err);
    }
    let put = |days: &[&str]| {
        let days = days.iter().map(|day| format!("2028-{day},nghỉ,,Thông báo 5/TB-BNV\n"));
        let days = days.collect::<Vec<_>>().concat();
        package.put("calendar.csv", format!("date,kind,name,source\n{days}").as_bytes());
    };
    let holidays = [
        "01-01", "01-24", "01-25", "01-26", "01-27", "01-28", "04-04", "04-30", "05-01", "09-01", "09-02",
        "11-24",
    ];
    put(&holidays);
    // Three of them fall on a weekend: what is off in their place is named.
    let said = package.check().err;
    for says in
        ["Tết Dương lịch (nghỉ bù 03/01/2028)", "Ngày Chiến thắng (nghỉ bù 02/5/2028)", "Quốc khánh (02/9"]
    {
        assert!(said.contains(says), "{says}: {said}");
    }
    put(&[holidays.as_slice(), &["01-03", "05-02", "09-04"]].concat());
    let known = parindex(&explain);
    assert!(known.out.contains("1 / 2") && !known.out.contains("calendar"), "{}{}", known.out, known.err);
}
