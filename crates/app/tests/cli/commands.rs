//! What each command does and says.

use super::{Spoiled, parindex, program, ran, root};

#[test]
fn a_new_package_is_sound_and_can_be_scored() {
    let package = Spoiled::new();
    let checked = package.check();
    assert_eq!((checked.code, checked.err.as_str()), (0, ""));
    let scored = parindex(&["score", &package.text()]);
    assert_eq!(scored.code, 0);
    assert!(scored.out.contains("miễn đánh giá: Mới thành lập trong năm"), "{}", scored.out);
    let again = parindex(&["new", &package.text()]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("đã có ở đó"), "{}", again.err);
}

#[test]
fn the_worked_example_of_the_readme() {
    let told = |lang: &str| {
        let package = "examples/phu-tho-2026q3-satisfaction";
        parindex(&["explain", package, "H44.07", "766-6.1", "--lang", lang]).out
    };
    assert!(told("vi").contains(
        "Tỷ lệ 998/1.271 ≈ 78,52%, dưới ngưỡng 90% nên được 998/1.271 : 90% × 6 = 5,2347… điểm; làm tròn 2 chữ số thập phân thành 5,23 điểm."
    ));
    assert!(told("en").contains(
        "Ratio 998/1,271 ≈ 78.52%, below the threshold of 90%, so 998/1,271 ÷ 90% × 6 = 5.2347… points; rounded to 2 decimals: 5.23 points."
    ));
}

#[test]
fn stages_stand_beside_each_other() {
    let package = Spoiled::new();
    let points = |stage: &str| {
        let ran = parindex(&["score", &package.text(), "--stage", stage, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        json["units"][0]["criteria"]["1.2"].as_str().unwrap().to_owned()
    };
    let a_first = parindex(&["explain", &package.text(), "A", "1.2", "--stage", "appraisal-1"]);
    assert!(
        a_first.out.contains("Người chấm cho 3,5 điểm, thay cho 3,6 điểm tính theo quy tắc."),
        "{}",
        a_first.out
    );
    let own = parindex(&["explain", &package.text(), "A", "1.2", "--stage", "self"]);
    assert!(own.out.contains("18/20 = 90%"), "{}", own.out);
    assert!(!points("final").is_empty());
}

#[test]
fn what_does_not_apply_leaves_the_maximum() {
    let package = Spoiled::new();
    let told = parindex(&["explain", &package.text(), "B"]);
    assert!(told.out.contains("trên 14 điểm áp dụng"), "{}", told.out);
    assert!(told.out.contains("bỏ 6 điểm ra khỏi điểm tối đa"), "{}", told.out);
}

#[test]
fn missing_is_not_zero() {
    let package = Spoiled::new();
    package.replace("facts.csv", "A,2.2,p,87.5%,final,\n", "");
    let ran = parindex(&["score", &package.text(), "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let unit = json["units"].as_array().unwrap().iter().find(|unit| unit["code"] == "A").unwrap();
    assert_eq!(
        (unit["status"].as_str(), unit["rank"].is_null(), unit["index"].is_null()),
        (Some("partial"), true, true)
    );
    let told = parindex(&["explain", &package.text(), "A", "2.2"]);
    assert!(told.out.contains("Chưa chấm: còn thiếu «Chỉ số hài lòng»."), "{}", told.out);
}

#[test]
fn csv_and_workbook_are_the_same_set() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for source in [
        "examples/kien-giang-2021/criteria/tinh.csv",
        "examples/ha-noi-2023/criteria/so.csv",
        "crates/package/templates/criteria.csv",
    ] {
        let (book, csv, book_again) = (path("a.xlsx"), path("a.csv"), path("b.xlsx"));
        assert_eq!(parindex(&["convert", source, &book]).code, 0);
        assert_eq!(parindex(&["convert", &book, &csv]).code, 0);
        assert_eq!(parindex(&["convert", &csv, &book_again]).code, 0);
        let same = parindex(&["diff", source, &csv]);
        assert_eq!(same.out.trim(), "Hai phiên bản giống nhau.", "{source}");
        assert_eq!(
            std::fs::read(&book).unwrap(),
            std::fs::read(&book_again).unwrap(),
            "{source}: the same bytes"
        );
    }
}

#[test]
fn other_tables_convert_too_and_read_as_the_same_campaign() {
    let package = Spoiled::new();
    let before = parindex(&["score", &package.text(), "--format", "json"]).out;
    for table in ["units", "facts", "points"] {
        let (csv, xlsx) = (package.file(&format!("{table}.csv")), package.file(&format!("{table}.xlsx")));
        assert_eq!(parindex(&["convert", csv.to_str().unwrap(), xlsx.to_str().unwrap()]).code, 0);
        std::fs::remove_file(csv).unwrap();
    }
    assert_eq!(parindex(&["pack", &package.text()]).code, 0);
    assert_eq!(parindex(&["score", &package.text(), "--format", "json"]).out, before);
}

#[test]
fn a_running_campaign_moves_to_a_new_version_only_by_a_recorded_act() {
    let package = Spoiled::new();
    let new = package.folder.path().join("moi.csv");
    std::fs::copy(package.file("criteria/so.csv"), &new).unwrap();
    package.replace("../moi.csv", "@phiên bản,,1", "@phiên bản,,2");
    package.replace("../moi.csv", "từ 95% được điểm tối đa", "từ 98% được điểm tối đa");
    let unrecorded = Spoiled::new();
    unrecorded.replace("criteria/so.csv", "@phiên bản,,1", "@phiên bản,,2");
    unrecorded.refused(&["phiên bản «2» nhưng đợt đánh giá đang dùng phiên bản «1»", "parindex move"]);
    let text = package.text();
    let mut arguments = vec![
        "move",
        &text,
        "so",
        new.to_str().unwrap(),
        "--date",
        "2026-06-01",
        "--reason",
        "Quyết định số 12",
    ];
    let preview = parindex(&arguments);
    assert_eq!(preview.code, 0, "{}", preview.err);
    assert!(
        preview.out.contains("2.1 cách tính điểm") && preview.out.contains("Chưa ghi gì"),
        "{}",
        preview.out
    );
    assert!(!std::fs::read_to_string(package.file("campaign.toml")).unwrap().contains("moves"));
    arguments.push("--yes");
    assert_eq!(parindex(&arguments).code, 0);
    let settings = std::fs::read_to_string(package.file("campaign.toml")).unwrap();
    assert!(
        settings.contains("reason = \"Quyết định số 12\"") && settings.contains("to = \"2\""),
        "{settings}"
    );
    assert_eq!(package.check().code, 0, "{}", package.check().err);
    // A set that has no place for what was entered is refused, and nothing is lost.
    let smaller = std::fs::read_to_string(&new)
        .unwrap()
        .replace("@phiên bản,,2", "@phiên bản,,3")
        .replace("1.3,1,", "1.9,1,");
    package.put("../moi.csv", smaller.as_bytes());
    let refused = parindex(&arguments);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("không có tiêu chí «1.3»"), "{}", refused.err);
    assert_eq!(package.check().code, 0);
}

#[test]
fn the_difference_of_two_versions_is_told_to_people() {
    let package = Spoiled::new();
    let old = package.file("criteria/so.csv");
    let new = package.file("criteria/moi.csv");
    std::fs::copy(&old, &new).unwrap();
    package.replace(
        "criteria/moi.csv",
        "1.3,1,Sáng kiến cải cách hành chính,2",
        "1.4,1,Sáng kiến cải cách hành chính,2",
    );
    package.replace("criteria/moi.csv", "dưới 50% được 0 điểm", "dưới 60% được 0 điểm");
    package.replace(
        "criteria/moi.csv",
        "2.1,2,Hồ sơ giải quyết đúng hạn,6",
        "2.1,2,Hồ sơ giải quyết đúng hạn,5",
    );
    package.replace("criteria/moi.csv", "@phiên bản,,1", "@phiên bản,,2");
    package.append("criteria/moi.csv", "2.3,2,Phản ánh kiến nghị,1,,thẩm định,,,,,Báo cáo,,,");
    let told = parindex(&["diff", old.to_str().unwrap(), new.to_str().unwrap()]);
    insta::assert_snapshot!(told.out);
}

#[test]
fn results_of_two_packages_are_compared() {
    let (before, after) = (Spoiled::new(), Spoiled::new());
    after.replace("facts.csv", "A,2.2,p,87.5%,final,", "A,2.2,p,80%,final,");
    let told = parindex(&["diff", &before.text(), &after.text()]);
    assert_eq!(told.code, 0);
    assert!(told.out.contains("2.2 −0,45"), "{}", told.out);
}

#[test]
fn cross_checks_warn_with_the_figures() {
    let package = Spoiled::new();
    package.replace("facts.csv", "A,2.1,a,951,self,", "A,2.1,a,1951,self,");
    let checked = package.check();
    assert_eq!(checked.code, 0, "a warning, not an error");
    assert!(
        checked.err.contains("Sở A (A), 2.1: «Số hồ sơ đúng hạn» (1.951) lớn hơn «Tổng số hồ sơ» (1.000)"),
        "{}",
        checked.err
    );
}

#[test]
fn a_zip_is_as_good_as_a_folder() {
    let package = Spoiled::new();
    let zip = package.folder.path().join("goi.zip");
    let packed = parindex(&["pack", &package.text(), zip.to_str().unwrap()]);
    assert_eq!(packed.code, 0, "{}", packed.err);
    let (folder, zipped) = (
        parindex(&["score", &package.text(), "--format", "json"]),
        parindex(&["score", zip.to_str().unwrap(), "--format", "json"]),
    );
    assert_eq!(folder.out, zipped.out);
}

#[test]
fn reports_are_written_with_every_unit() {
    let package = Spoiled::new();
    let out = package.folder.path().join("ket-qua");
    let ran = parindex(&["report", &package.text(), "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let pdf = std::fs::read(out.join("goi.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let book =
        parindex_package::xlsx::read("goi.xlsx", &std::fs::read(out.join("goi.xlsx")).unwrap()).unwrap();
    let sheets: Vec<&str> = book.iter().map(|sheet| sheet.sheet.as_str()).collect();
    assert_eq!(sheets, ["Xếp hạng so", "Ma trận so", "Sở A", "Sở B", "Thiết lập"]);
    let again = package.folder.path().join("lai");
    parindex(&["report", &package.text(), "--out", again.to_str().unwrap()]);
    for file in ["goi.pdf", "goi.xlsx"] {
        assert_eq!(
            std::fs::read(out.join(file)).unwrap(),
            std::fs::read(again.join(file)).unwrap(),
            "{file}: the same bytes"
        );
    }
}

/// The legal basis of a criterion stands in the sheet of each unit; a set that says none has no column for it.
#[test]
fn a_report_says_the_legal_basis_of_a_criterion() {
    let package = Spoiled::new();
    let sheet_of_a = |lang: &str| {
        let out = package.folder.path().join(lang);
        let ran = parindex(&["report", &package.text(), "--out", out.to_str().unwrap(), "--lang", lang]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let bytes = std::fs::read(out.join("goi.xlsx")).unwrap();
        let book = parindex_package::xlsx::read("goi.xlsx", &bytes).unwrap();
        book.into_iter().find(|sheet| sheet.sheet == "Sở A").unwrap()
    };
    let says = |sheet: &parindex_rulebook::table::Table, text: &str| {
        sheet.rows.iter().any(|row| row.cells.iter().any(|cell| cell == text))
    };
    assert!(!says(&sheet_of_a("vi"), "Căn cứ"));
    let stands = "Quyết định công nhận,Sở Nội vụ,,";
    package.replace("criteria/so.csv", stands, &format!("{stands}Quyết định số 78/QĐ-BNV"));
    for (lang, title) in [("vi", "Căn cứ"), ("en", "Legal basis")] {
        let sheet = sheet_of_a(lang);
        let row = |code: &str| sheet.rows.iter().find(|row| row.cell(0) == code);
        assert!(says(&sheet, title), "{lang}");
        let basis = |code| row(code).unwrap().cells.iter().last().map(str::to_owned).unwrap_or_default();
        assert_eq!(basis("1.3"), "Quyết định số 78/QĐ-BNV", "{lang}");
        assert!(!basis("1.2").contains("78/QĐ-BNV"), "{lang}: {}", basis("1.2"));
    }
}

#[test]
fn cells_that_look_like_formulas_stay_text() {
    let package = Spoiled::new();
    package.replace("units.csv", "A,Sở A,so", "A,\"=HYPERLINK(\"\"http://x\"\")\",so");
    let out = package.folder.path().join("ket-qua");
    assert_eq!(
        parindex(&["report", &package.text(), "--out", out.to_str().unwrap(), "--only", "xlsx"]).code,
        0
    );
    // The reader refuses formulas, so that it reads at all is the proof.
    let book =
        parindex_package::xlsx::read("goi.xlsx", &std::fs::read(out.join("goi.xlsx")).unwrap()).unwrap();
    assert!(book[0].rows.iter().any(|row| row.cells.iter().any(|cell| cell == "=HYPERLINK(\"http://x\")")));
}

#[test]
fn units_are_found_without_accents_and_know_their_successors() {
    let found = parindex(&["units", "vinh tuong", "--era", "2024"]);
    assert!(found.out.contains("Huyện Vĩnh Tường"), "{}", found.out);
    let commune = parindex(&["units", "09076", "--era", "2024"]);
    assert!(commune.out.contains("→"), "{}", commune.out);
    let counts = parindex(&["units"]);
    assert!(counts.out.contains("10.035") && counts.out.contains("3.321"), "{}", counts.out);
    assert_eq!(parindex(&["units", "khong co don vi nay"]).code, 1);
    let valid = parindex(&["units", "--validate", "examples/vinh-tuong-2021/units.csv", "--era", "2024"]);
    assert_eq!((valid.code, valid.err.as_str()), (0, ""));
    let invalid = parindex(&["units", "--validate", "examples/vinh-tuong-2021/units.csv", "--era", "2025"]);
    assert_eq!(invalid.code, 1);
}

#[test]
fn help_speaks_both_languages_and_wrong_use_has_its_code() {
    assert!(parindex(&["--help"]).out.contains("Ví dụ"));
    assert!(parindex(&["--help", "--lang", "en"]).out.contains("Examples"));
    let english = ran(&program().env("LANG", "en_US.UTF-8").arg("--help").output().unwrap());
    assert!(english.out.contains("Examples"));
    assert_eq!(parindex(&["nonsense"]).code, 2);
    assert_eq!(parindex(&["score"]).code, 2);
    for shell in ["bash", "zsh", "fish"] {
        assert!(parindex(&["completions", shell]).out.contains("parindex"));
    }
}

#[test]
fn unknown_units_stages_and_criteria_are_named_with_those_there_are() {
    let package = Spoiled::new();
    let text = package.text();
    for (arguments, needle) in [
        (vec!["explain", &text, "Z"], "ví dụ các mã: A, B, C"),
        (vec!["explain", &text, "A", "9.9"], "không có tiêu chí «9.9»"),
        (vec!["score", &text, "--stage", "x"], "các bước: self, appraisal-1, final"),
        (vec!["score", &text, "--block", "x"], "các khối: so"),
    ] {
        let ran = parindex(&arguments);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains(needle), "{}", ran.err);
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let script = format!("{} units ha --format json | head -1", env!("CARGO_BIN_EXE_parindex"));
    let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(root()).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn tables_carry_no_colour_outside_a_terminal() {
    let ran = parindex(&["score", "examples/binh-dinh-2019"]);
    assert!(!ran.out.contains('\u{1b}'), "{:?}", ran.out);
}

#[test]
fn old_encodings_are_repaired_on_demand() {
    let package = Spoiled::new();
    let text = std::fs::read_to_string(package.file("units.csv")).unwrap();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    package.put("cu.csv", &utf16);
    let (old, new) = (package.file("cu.csv"), package.file("moi.csv"));
    let ran = parindex(&["convert", "--fix", old.to_str().unwrap(), new.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(std::fs::read_to_string(new).unwrap(), text);
}
