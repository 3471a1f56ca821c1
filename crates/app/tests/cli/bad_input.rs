//! Wrong input: a clear message with the place and the remedy, exit code 1, nothing half-written.

use rust_xlsxwriter::{Format, Workbook};

use super::{Spoiled, parindex};

#[test]
fn utf_16() {
    let package = Spoiled::new();
    let text = std::fs::read_to_string(package.file("units.csv")).unwrap();
    let bytes: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    package.put("units.csv", &bytes);
    package.refused(&["units.csv", "UTF-16", "convert --fix"]);
}

#[test]
fn windows_1258() {
    let package = Spoiled::new();
    package.put("units.csv", b"unit,name,block\nA,S\xf5\xd2 N\xf4\xf2i v\xf5,so\n");
    package.refused(&["units.csv, hàng 2", "Windows-1258", "convert --fix"]);
}

#[test]
fn decimal_comma_and_thousands_dot() {
    let package = Spoiled::new();
    package.replace("facts.csv", "A,2.1,b,1000,", "A,2.1,b,1.000,");
    package.replace("facts.csv", "A,2.2,p,87.5%,", "A,2.2,p,\"87,5%\",");
    package.refused(&[
        "«1.000» không phải số nguyên; nếu là 1000, hãy viết liền: 1000",
        "«87,5%» không phải là số",
        "cột «value»",
    ]);
}

#[test]
fn a_percentage_without_its_sign() {
    let package = Spoiled::new();
    package.replace("facts.csv", "A,2.2,p,87.5%,", "A,2.2,p,87.5,");
    package.refused(&["lớn hơn 1", "87.5%"]);
}

fn workbook(fill: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["unit", "name", "block"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn with_workbook(bytes: &[u8]) -> Spoiled {
    let package = Spoiled::new();
    std::fs::remove_file(package.file("units.csv")).unwrap();
    package.put("units.xlsx", bytes);
    package.replace("datapackage.json", "units.csv", "units.xlsx");
    package
}

#[test]
fn merged_cells() {
    let bytes = workbook(|sheet| {
        sheet.merge_range(1, 0, 2, 0, "A", &Format::new()).unwrap();
    });
    with_workbook(&bytes).refused(&["units.xlsx", "Sheet1", "hàng 2, cột «A»", "A2:A3", "bỏ gộp"]);
}

#[test]
fn a_formula_instead_of_a_value() {
    let bytes = workbook(|sheet| {
        sheet.write_string(1, 0, "A").unwrap();
        sheet.write_formula(1, 1, "=A2&\"x\"").unwrap();
    });
    with_workbook(&bytes).refused(&["units.xlsx", "hàng 2, cột «B»", "công thức", "Paste Values"]);
}

#[test]
fn a_workbook_that_is_none() {
    with_workbook(b"unit,name\nA,B\n").refused(&["units.xlsx", "không phải sổ tính XLSX", ".xlsx"]);
    with_workbook(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]).refused(&[".xls đời cũ"]);
}

fn set_row(spoil: impl Fn(&Spoiled), needles: &[&str]) {
    let package = Spoiled::new();
    spoil(&package);
    package.refused(needles);
}

#[test]
fn trees_that_are_none() {
    let add = |line: &'static str| move |package: &Spoiled| package.append("criteria/so.csv", line);
    set_row(
        add("1.1,1,Trùng,1,,thẩm định,,,,,x,,,"),
        &["so.csv, hàng", "cột «Mã»", "mã «1.1» đã dùng ở hàng"],
    );
    set_row(add("9.1,9,Mồ côi,1,,thẩm định,,,,,x,,,"), &["cột «Mã cha»", "không có mục nào mang mã cha «9»"]);
    set_row(add("8,8,Vòng,1,,thẩm định,,,,,x,,,"), &["cột «Mã cha»", "vòng lặp"]);
    set_row(add("3,,Âm,-1,,thẩm định,,,,,x,,,"), &["cột «Điểm tối đa»", "nhỏ hơn 0"]);
    set_row(add("3,,Trống,,,thẩm định,,,,,x,,,"), &["cột «Điểm tối đa»", "chưa có điểm tối đa"]);
    set_row(add("3,,Lệch,NaN,,thẩm định,,,,,x,,,"), &["điểm tối đa «NaN» không phải là số"]);
    set_row(add("3,,Sai cách,1,,thẩm định,,theo kiểu lạ a/b,,,x,,,"), &["cột «Cách tính điểm»", "ở ký tự"]);
    set_row(
        add("3,,Thiếu số liệu,1,,thẩm định,,theo tỷ lệ a/b,,,x,,,"),
        &["quy tắc dùng «a» nhưng cột Số liệu chưa khai báo"],
    );
}

#[test]
fn a_tree_of_a_thousand_levels() {
    let package = Spoiled::new();
    let mut text = std::fs::read_to_string(package.file("criteria/so.csv")).unwrap();
    let mut parent = "2".to_owned();
    for level in 0..1_000 {
        let code = format!("L{level}");
        text.extend([code.as_str(), ",", &parent, ",Sâu,1,,,,,,,,,,\n"]);
        parent = code;
    }
    package.put("criteria/so.csv", text.as_bytes());
    package.refused(&["1001 cấp", "tối đa 4 cấp"]);
}

#[test]
fn a_rule_of_a_megabyte_and_a_cell_of_ten() {
    let package = Spoiled::new();
    let nested = "(".repeat(20_000);
    package.append("criteria/so.csv", &format!("3,,Dài,1,,thẩm định,,công thức {nested},,,x,,,"));
    package.refused(&["hàng", "cột «Cách tính điểm»", "dài quá 4.000"]);
    let package = Spoiled::new();
    let long = "x".repeat(1 << 20);
    package.append("criteria/so.csv", &format!("3,,Dài,1,,thẩm định,,{long},,,x,,,"));
    package.refused(&["cột «Cách tính điểm»", "quá mức 32.767"]);
    let package = Spoiled::new();
    package.append("units.csv", &format!("D,{},so,,,", "x".repeat(10 << 20)));
    package.refused(&["units.csv, hàng 5, cột «name»", "ô dài 10485760 ký tự"]);
}

#[test]
fn entries_that_fit_nothing() {
    let add = |file: &'static str, line: &'static str| move |package: &Spoiled| package.append(file, line);
    set_row(
        add("points.csv", "A,1.2,4.5,final,"),
        &["points.csv, hàng 3, cột «points»", "nằm ngoài khoảng 0 đến điểm tối đa 4"],
    );
    set_row(add("points.csv", "A,1.2,NaN,final,"), &["điểm «NaN» không phải là số"]);
    set_row(add("points.csv", "A,1.2,inf,final,"), &["điểm «inf» không phải là số"]);
    set_row(add("points.csv", "A,1,1,final,"), &["«1» là tổng các mục con"]);
    set_row(
        add("facts.csv", "Z,1.2,a,1,self,"),
        &["facts.csv, hàng 16, cột «unit»", "không có đơn vị mang mã «Z»"],
    );
    set_row(add("facts.csv", "A,9.9,a,1,self,"), &["cột «criterion»", "không có tiêu chí «9.9»"]);
    set_row(add("facts.csv", "A,1.2,zz,1,self,"), &["cột «input»", "các số liệu: a, b"]);
    set_row(add("facts.csv", "A,1.2,a,1,nowhere,"), &["cột «stage»", "các bước: self, appraisal-1, final"]);
    set_row(add("facts.csv", "A,1.2,a,1,self,"), &["hàng 16", "đã nhập ở facts.csv, hàng 3"]);
    set_row(add("facts.csv", "A,1.2,,không áp dụng,self,"), &["không cho phép «không áp dụng»"]);
    set_row(add("facts.csv", "C,1.2,a,1,self,"), &["được miễn đánh giá"]);
    set_row(add("facts.csv", "A,1.2,a,-1,final,"), &["«-1» nhỏ hơn 0"]);
    set_row(add("facts.csv", "A,1.1,ngày ban hành,31/02/2026,final,"), &["không phải là ngày"]);
    set_row(add("units.csv", "A,Trùng,so,,,"), &["units.csv, hàng 5", "đã nhập ở units.csv, hàng 2"]);
    set_row(add("units.csv", "D,Sở D,khac,,,"), &["không có khối «khac»; các khối: so"]);
    set_row(add("units.csv", "D,Sở D,so,Q,,"), &["không có đơn vị mang mã «Q»"]);
}

#[test]
fn settings_that_cannot_be_read() {
    set_row(
        |package| package.replace("campaign.toml", "format = 1", "format = 9"),
        &["campaign.toml", "định dạng 9"],
    );
    set_row(
        |package| package.replace("campaign.toml", "year = 2026", "year = \"x\""),
        &["campaign.toml, hàng"],
    );
    set_row(|package| package.replace("campaign.toml", "criteria/so.csv", "../so.csv"), &["ra ngoài gói"]);
    set_row(
        |package| package.replace("criteria/so.csv", "\"từng tiêu chí, 2 chữ số\"", "tùy hứng"),
        &["không đọc được «tùy hứng»", "từng cấp"],
    );
    set_row(|package| package.replace("criteria/so.csv", "@đồng hạng", "@lạ"), &["không có thiết lập «@lạ»"]);
    set_row(|package| package.put("datapackage.json", b"{"), &["datapackage.json", "JSON"]);
    set_row(
        |package| std::fs::remove_file(package.file("units.csv")).unwrap(),
        &["units.csv", "không có tệp này"],
    );
}

#[test]
fn maxima_that_do_not_add_up() {
    let package = Spoiled::new();
    package.replace(
        "criteria/so.csv",
        "2,,Cải cách thủ tục hành chính,12",
        "2,,Cải cách thủ tục hành chính,10.05",
    );
    package.refused(&["cột «Điểm tối đa»", "điểm tối đa của 2 là 10,05 nhưng các mục con cộng lại được 12"]);
}

#[test]
fn findings_for_machines() {
    let package = Spoiled::new();
    package.append("facts.csv", "Z,1.2,a,1,self,");
    let ran = parindex(&["check", &package.text(), "--format", "json"]);
    assert_eq!(ran.code, 1);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((json["ok"].as_bool(), json["findings"][0]["row"].as_i64()), (Some(false), Some(16)));
}

#[test]
fn a_table_in_both_forms() {
    let package = Spoiled::new();
    let (csv, xlsx) = (package.file("facts.csv"), package.file("facts.xlsx"));
    assert_eq!(parindex(&["convert", csv.to_str().unwrap(), xlsx.to_str().unwrap()]).code, 0);
    package.refused(&["facts.xlsx", "hãy giữ một tệp"]);
}

#[test]
fn a_workbook_whose_settings_have_another_name() {
    let mut book = Workbook::new();
    for name in ["Bộ tiêu chí", "Info"] {
        book.add_worksheet().set_name(name).unwrap().write_string(0, 0, "Mã").unwrap();
    }
    let package = Spoiled::new();
    package.put("criteria/la.xlsx", &book.save_to_buffer().unwrap());
    package.replace("campaign.toml", "so.csv", "la.xlsx");
    package.refused(&["la.xlsx", "không có trang tính «Thông tin»", "Info"]);
}

#[test]
fn units_above_each_other_in_a_circle() {
    let package = Spoiled::new();
    package.replace("units.csv", "A,Sở A,so,,", "A,Sở A,so,B,");
    package.replace("units.csv", "B,Sở B,so,,", "B,Sở B,so,A,");
    package.refused(&["là cấp trên của chính nó"]);
}

#[test]
fn a_rule_without_an_answer_is_an_error_of_the_package() {
    let package = Spoiled::new();
    package.replace("criteria/so.csv", "dưới 50% được 0 điểm; mẫu bằng 0: 0 điểm", "dưới 50% được 0 điểm");
    package.append("facts.csv", "B,1.2,a,0,appraisal-1,");
    package.append("facts.csv", "B,1.2,b,0,appraisal-1,");
    let checked = package.check();
    assert_eq!(checked.code, 1);
    assert!(checked.err.contains("Sở B (B), 1.2: mẫu số bằng 0"), "{}", checked.err);
    let scored = parindex(&["score", &package.text()]);
    assert!(scored.err.contains("1 chỗ không tính được"), "{}", scored.err);
}

/// As Excel in Vietnam writes them: they are read, and what is wrong in them has the row that Excel shows.
#[test]
fn columns_separated_by_semicolons() {
    let package = Spoiled::new();
    package.put("units.csv", "sep=;\r\nunit;name;block\r\nA;Sở A;so\r\nB;Sở B;khác\r\n".as_bytes());
    package.refused(&["units.csv", "hàng 4", "khác"]);
}

#[test]
fn answers_that_stand_twice() {
    let line = "3,,Hai lần,1,,thẩm định,,chọn: Có = 1 điểm; Không = 0 điểm; có = 0 điểm,,,x,,,";
    set_row(|package| package.append("criteria/so.csv", line), &["lựa chọn «có» có hai lần"]);
}

#[test]
fn a_repair_never_touches_a_workbook() {
    let package = Spoiled::new();
    let book = package.file("so.xlsx");
    assert_eq!(
        parindex(&["convert", package.file("criteria/so.csv").to_str().unwrap(), book.to_str().unwrap()])
            .code,
        0
    );
    let before = std::fs::read(&book).unwrap();
    let ran = parindex(&["convert", "--fix", book.to_str().unwrap(), book.to_str().unwrap()]);
    assert_eq!((ran.code, std::fs::read(&book).unwrap() == before), (1, true));
    assert!(ran.err.contains("--fix chỉ sửa mã hóa"), "{}", ran.err);
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    let package = Spoiled::new();
    package.append("points.csv", "A,1.3,1,final,\"lý do");
    package.append("points.csv", "B,1.3,1,final,x");
    package.refused(&["points.csv, hàng 3", "ngoặc kép"]);
}

#[test]
fn the_same_points_in_two_tables() {
    let package = Spoiled::new();
    package
        .put("external.csv", "unit,criterion,value,stage,source\nA,1.2,1,appraisal-1,Báo cáo\n".as_bytes());
    package.refused(&["external.csv, hàng 2", "đã nhập ở points.csv, hàng 2"]);
}

#[test]
fn what_cannot_be_said_of_a_node() {
    let add = |file: &'static str, line: &'static str| move |package: &Spoiled| package.append(file, line);
    set_row(add("facts.csv", "A,1,,không áp dụng,self,"), &["«1» không cho phép «không áp dụng»"]);
    set_row(
        add("criteria/so.csv", "2.3,2,Thông tin,3,,thông tin,,,,,,,,"),
        &["chỉ để thông tin không có điểm"],
    );
    let lines = ["3,,Âm,1,,thẩm định,a: số; b: số,theo mức tăng a so với b; từ -5% được điểm tối đa,,,x,,,"];
    set_row(add("criteria/so.csv", lines[0]), &["ngưỡng lớn hơn 0%"]);
}

#[test]
fn a_code_that_would_lead_reports_elsewhere() {
    let package = Spoiled::new();
    package.replace("campaign.toml", "code = \"goi\"", "code = \"../../thoat\"");
    package.refused(&["campaign.toml", "«../../thoat» không dùng được"]);
}
