//! Criteria sets as authors write them: what the linter says, what stays the same when written and read again.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

use parindex_rulebook::diff::diff;
use parindex_rulebook::finding::Severity;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::lint::lint;
use parindex_rulebook::notation;
use parindex_rulebook::set::{self, COLUMNS, Compiled, CriteriaSet};
use parindex_rulebook::table::{Row, Table};
use proptest::prelude::*;

#[path = "sets/advice.rs"]
mod advice;
#[path = "sets/handbook.rs"]
mod handbook;
#[path = "sets/names.rs"]
mod names;
#[path = "sets/percent.rs"]
mod percent;
#[path = "sets/settings.rs"]
mod settings;

/// A table of one domain with one criterion, of which a test changes cells by their column.
fn table(criterion: &[(&str, &str)], about: &[(&str, &str)]) -> Table {
    let header: Vec<String> = COLUMNS.iter().map(|column| column.title().to_owned()).collect();
    let cells = |pairs: &[(&str, &str)]| {
        header
            .iter()
            .map(|title| {
                pairs
                    .iter()
                    .rev()
                    .find(|(column, _)| column == title)
                    .map_or("", |(_, text)| *text)
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<String>> =
        about.iter().map(|(key, value)| cells(&[("Mã", key), ("Tên", value)])).collect();
    rows.push(cells(&[("Mã", "1"), ("Tên", "Lĩnh vực"), ("Điểm tối đa", "2")]));
    let usual = [
        ("Mã", "1.1"),
        ("Mã cha", "1"),
        ("Tên", "Tiêu chí"),
        ("Điểm tối đa", "2"),
        ("Phương pháp", "tự đánh giá"),
        ("Tài liệu kiểm chứng", "Báo cáo"),
    ];
    let all: Vec<(&str, &str)> = usual.iter().chain(criterion).copied().collect();
    rows.push(cells(&all));
    for (key, value) in [("@mã bộ", "THU"), ("@tên bộ", "Bộ tiêu chí thử")] {
        if about.iter().all(|(stated, _)| *stated != key) {
            rows.push(cells(&[("Mã", key), ("Tên", value)]));
        }
    }
    let rows = rows.into_iter().zip(2..).map(|(cells, number)| Row { number, cells: cells.into() }).collect();
    Table { file: "bộ.csv".to_owned(), header, rows, ..Table::default() }
}

/// Writes something else into a cell.
fn put(table: &mut Table, row: usize, column: &str, text: &str) {
    let place = table.header.iter().position(|title| title == column).unwrap();
    let cells = &table.rows[row].cells;
    let changed = cells.iter().enumerate().map(|(at, cell)| if at == place { text } else { cell });
    table.rows[row].cells = changed.collect();
}

fn read(table: &Table) -> (Compiled, Vec<(Severity, String)>) {
    let read = set::read(table, None).unwrap_or_else(|findings| panic!("{findings:?}"));
    let compiled = Compiled::new(read.set, &read.places).unwrap_or_else(|findings| panic!("{findings:?}"));
    let advice =
        lint(&compiled, &read.places).iter().map(|each| (each.severity, each.say(Lang::Vi))).collect();
    (compiled, advice)
}

#[test]
fn a_sound_set_needs_no_advice() {
    let rule = "theo tỷ lệ a/b; từ 90% được điểm tối đa; mẫu bằng 0: 0 điểm";
    let (_, advice) = read(&table(&[("Số liệu", "a: số đếm; b: số đếm"), ("Cách tính điểm", rule)], &[]));
    assert!(advice.is_empty(), "{advice:?}");
}

/// Inputs, rule, other cell, and what the advice must say; at least one case for each kind of advice.
const ADVICE: [(&str, &str, (&str, &str), &str); 21] = [
    (
        "a: số đếm; b: số đếm",
        "theo tỷ lệ a/b; mẫu bằng 0: không áp dụng",
        ("", ""),
        "cột «Không áp dụng» để trống",
    ),
    (
        "a: số đếm",
        "theo bậc a: từ 10 được 2 điểm; dưới 9 được 0 điểm",
        ("", ""),
        "không bậc nào nhận giá trị 9 – 10",
    ),
    (
        "a: số đếm",
        "theo bậc a: trên 10 được 2 điểm; dưới 10 được 0 điểm",
        ("", ""),
        "không bậc nào nhận giá trị 10",
    ),
    ("a: số đếm", "theo bậc a: từ 1 được 2 điểm", ("", ""), "không bậc nào nhận giá trị dưới 1"),
    ("a: số đếm", "theo bậc a: từ 0 đến 5 được 2 điểm", ("", ""), "không bậc nào nhận giá trị trên 5"),
    (
        "a: số đếm",
        "theo bậc a: từ 10 được 2 điểm; đến 10 được 0 điểm",
        ("", ""),
        "hai bậc cùng nhận giá trị 10",
    ),
    (
        "a: số đếm",
        "theo bậc a: từ 8 được 2 điểm; đến 10 được 0 điểm",
        ("", ""),
        "hai bậc cùng nhận giá trị 8 – 10",
    ),
    (
        "a: số đếm",
        "theo bậc a: từ 0 được 2 điểm; từ 5 được 1 điểm",
        ("", ""),
        "bậc thứ 2 không bao giờ dùng đến",
    ),
    ("p: tỷ lệ", "theo tỷ lệ p; từ 120% được điểm tối đa", ("", ""), "ngưỡng 120% lớn hơn 100%"),
    (
        "p: tỷ lệ",
        "theo tỷ lệ p; từ 80% được điểm tối đa; dưới 90% được 0 điểm",
        ("", ""),
        "cao hơn ngưỡng được điểm tối đa",
    ),
    ("a: số đếm; c: số đếm", "mỗi a được 1 điểm; tối đa 2 điểm", ("", ""), "số liệu «c» không dùng"),
    ("", "chọn: Có = 3 điểm; Không = 0 điểm", ("", ""), "có thể cho 3 điểm, vượt điểm tối đa 2"),
    ("a: số đếm; b: số đếm", "cộng: 2 × a/b; 1 × b/a; mẫu bằng 0: 0 điểm", ("", ""), "có thể cho 3 điểm"),
    ("a: số đếm", "mỗi a được 0,5 điểm", ("", ""), "cộng không giới hạn"),
    (
        "a: số đếm",
        "bậc thang a: đến 5 được 1 điểm; cứ thêm 1 được thêm 1 điểm",
        ("", ""),
        "cộng không giới hạn",
    ),
    ("a: số", "công thức a × 2", ("", ""), "hãy viết nhỏ nhất(…; điểm tối đa)"),
    ("a: số đếm; b: số đếm", "theo tỷ lệ a/b", ("", ""), "chưa nêu kết quả khi mẫu số bằng 0"),
    ("", "", ("Tài liệu kiểm chứng", ""), "chưa nêu tài liệu kiểm chứng"),
    ("", "", ("Phương pháp", ""), "chưa chọn phương pháp"),
    ("", "", ("Tên", ""), "chưa có tên"),
    ("", "", ("Điểm tối đa", "0"), "điểm tối đa bằng 0"),
];

#[test]
fn the_linter_says_what_is_wrong_where_and_what_to_do() {
    for (inputs, rule, other, expected) in ADVICE {
        let (_, advice) = read(&table(&[("Số liệu", inputs), ("Cách tính điểm", rule), other], &[]));
        let found = advice.iter().find(|(_, text)| text.contains(expected));
        assert!(
            found.is_some_and(|(_, text)| text.starts_with("bộ.csv, hàng 3, cột «")),
            "«{rule}» {other:?}: {advice:?}"
        );
    }
}

#[test]
fn declared_counts_and_totals_must_hold() {
    let about = [
        ("@số lĩnh vực", "2"),
        ("@số tiêu chí", "1"),
        ("@số tiêu chí thành phần", "3"),
        ("@tổng điểm", "100"),
        ("@tổng điểm theo phương pháp", "tự đánh giá + thẩm định = 1,5; SIPAS = 0"),
    ];
    let (_, advice) = read(&table(&[], &about));
    let errors: Vec<&str> = advice
        .iter()
        .filter(|(severity, _)| *severity == Severity::Error)
        .map(|(_, text)| text.as_str())
        .collect();
    let expected = [
        "khai báo 2 lĩnh vực nhưng bảng có 1",
        "khai báo 3 tiêu chí thành phần nhưng bảng có 0",
        "tổng điểm khai báo là 100 nhưng các lĩnh vực cộng lại được 2",
        "tự đánh giá + thẩm định khai báo là 1,5 nhưng các tiêu chí cộng lại được 2",
    ];
    assert_eq!(errors.len(), expected.len(), "{errors:?}");
    for text in expected {
        assert!(errors.iter().any(|error| error.contains(text)), "{text}: {errors:?}");
    }
}

#[test]
fn settings_are_read_and_written_back() {
    let about = [
        ("@làm tròn", "chỉ kết quả cuối, 3 chữ số, cắt"),
        ("@đồng hạng", "1-1-2"),
        ("@chỉ số", "bằng điểm, 1 chữ số"),
        ("@xếp hạng theo", "chỉ số chưa làm tròn"),
        ("@xếp loại 2018-2018", "A từ 80; B từ 75; C từ 70; D"),
        ("@xếp loại", "Tốt trên 80; Khá"),
        ("@trần điểm cộng", "2,5"),
        ("@hiệu lực từ", "01/01/2024"),
    ];
    let (compiled, _) = read(&table(&[], &about));
    let set = &compiled.set;
    let class = |index: &str, year| set.settings.classify(&index.parse().unwrap(), year).map(str::to_owned);
    assert_eq!(class("80", 2018).as_deref(), Some("A"));
    assert_eq!(class("79.99", 2018).as_deref(), Some("B"));
    assert_eq!(class("80", 2024).as_deref(), Some("Khá"), "above 80, not from it");
    assert_eq!(class("0", 2018).as_deref(), Some("D"));
    assert_eq!(set::read(&set::write(set), None).unwrap().set, *set);
}

#[test]
fn a_set_does_not_differ_from_itself() {
    let (compiled, _) = read(&table(&[("Cách tính điểm", "chấm điểm, bước 0,25")], &[("@phiên bản", "1")]));
    assert_eq!(diff(&compiled.set, &compiled.set), []);
}

#[test]
fn a_moved_criterion_is_told_as_moved() {
    let (old, _) = read(&table(&[], &[]));
    let mut new: CriteriaSet = old.set.clone();
    new.criteria[1].parent = None;
    let told: Vec<String> = diff(&old.set, &new).iter().map(|change| change.say(Lang::Vi)).collect();
    assert_eq!(told, ["1.1 chuyển từ 1 sang –"]);
}

/// Pieces of the notation, right and wrong, to be thrown together.
const PIECES: [&str; 44] = [
    "theo",
    "tỷ",
    "lệ",
    "bậc",
    "mỗi",
    "được",
    "điểm",
    "tối",
    "đa",
    "trừ",
    "cộng",
    ":",
    ";",
    ",",
    "=",
    "|",
    "(",
    ")",
    "/",
    "×",
    "+",
    "-",
    "từ",
    "đến",
    "dưới",
    "trên",
    "0,5",
    "90%",
    "2",
    "a",
    "[số hồ sơ]",
    "\"Có\"",
    "nếu",
    "thì",
    "còn",
    "lại",
    "chọn",
    "công",
    "thức",
    "mẫu",
    "bằng",
    "0",
    "15/01/2024",
    "không áp dụng",
];

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let _rule = notation::parse(&text);
        let _inputs = notation::parse_inputs(&text);
        let _checks = notation::parse_checks(&text);
    }

    #[test]
    fn whatever_is_read_prints_as_itself(pieces in proptest::collection::vec(0..PIECES.len(), 1..14)) {
        let text: Vec<&str> = pieces.iter().map(|piece| PIECES[*piece]).collect();
        if let Ok(rule) = notation::parse(&text.join(" ")) {
            let printed = notation::print(&rule);
            let again = notation::parse(&printed);
            prop_assert_eq!(again.as_ref(), Ok(&rule), "{}", printed);
        }
    }
}

#[test]
fn printing_keeps_what_could_be_misread() {
    for text in [
        "công thức 12 / 3 / 2000 × a",
        "chọn: \"mẫu bằng nhau\" = 1 điểm; B = 0 điểm",
        "theo bậc a: trên 5 đến dưới 5 được 1 điểm; từ 5 được 2 điểm",
        "cộng: 6 × (a/b + 1); 3 × a/b",
    ] {
        let rule = notation::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let printed = notation::print(&rule);
        assert_eq!(notation::parse(&printed).as_ref(), Ok(&rule), "{printed}");
    }
    assert!(notation::parse("cộng: 6 × a/b + 1").is_err(), "a sum needs its parentheses");
    assert!(notation::parse(&format!("công thức {}a", "a + ".repeat(300))).is_err(), "a chain is bounded");
}

/// Decisions write a rule in one of these ways, and mean the other one.
#[test]
fn the_wording_of_decisions_is_read() {
    for (written, meant) in [
        (
            "theo tỷ lệ a/b; từ 90% trở lên được điểm tối đa; dưới 50% không tính điểm",
            "theo tỷ lệ a/b; từ 90% được điểm tối đa; dưới 50% được 0 điểm",
        ),
        ("theo tỷ lệ a/b; mẫu số bằng 0: điểm tối đa", "theo tỷ lệ a/b; mẫu bằng 0: điểm tối đa"),
        (
            "theo bậc a/b: từ 95% trở lên được 2 điểm; dưới 95% không tính điểm",
            "theo bậc a/b: từ 95% được 2 điểm; dưới 95% được 0 điểm",
        ),
        (
            "theo bậc a: trên 5 trở lên được 2 điểm; đến 5 trở xuống được 1 điểm",
            "theo bậc a: trên 5 được 2 điểm; đến 5 được 1 điểm",
        ),
        (
            "theo bậc a/b: 95% trở lên được 2 điểm; 50% trở xuống được 0 điểm; trên 50% đến dưới 95% được 1 điểm",
            "theo bậc a/b: từ 95% được 2 điểm; đến 50% được 0 điểm; trên 50% đến dưới 95% được 1 điểm",
        ),
        (
            "theo tỷ lệ a/b; 90% trở lên được điểm tối đa; mẫu bằng 0: 0 điểm",
            "theo tỷ lệ a/b; từ 90% được điểm tối đa; mẫu bằng 0: 0 điểm",
        ),
        (
            "hạn a + 5 ngày làm việc cho b: đúng hạn được 1 điểm; trễ được 0 điểm",
            "hạn a lùi 5 ngày làm việc cho b: đúng hạn được 1 điểm; trễ được 0 điểm",
        ),
        (
            "hạn 15/01/2026 cộng 5 ngày cho b: đúng hạn được 1 điểm; trễ được 0 điểm",
            "hạn 15/01/2026 lùi 5 ngày cho b: đúng hạn được 1 điểm; trễ được 0 điểm",
        ),
        ("theo bậc (a : b): 95% trở lên được 2 điểm", "theo bậc a/b: từ 95% được 2 điểm"),
        ("công thức a x b", "công thức a × b"),
        ("công thức 2 X (a : b)", "công thức 2 × (a/b)"),
        ("cộng: 6 x a:b; 3 × a/b", "cộng: 6 × a/b; 3 × a/b"),
        ("theo tỷ lệ a : b", "theo tỷ lệ a/b"),
        ("chọn: Có, đầy đủ = 1 điểm; Không = 0 điểm", "chọn: \"Có, đầy đủ\" = 1 điểm; Không = 0 điểm"),
        ("chọn: ”Có” = 1 điểm; «Không» = 0 điểm", "chọn: Có = 1 điểm; Không = 0 điểm"),
        ("nếu a > 0 thì 2 điểm | còn lại không tính điểm", "nếu a > 0 thì công thức 2 | còn lại công thức 0"),
        (
            "nếu a > 0 thì điểm tối đa | còn lại 0 điểm",
            "nếu a > 0 thì công thức điểm tối đa | còn lại công thức 0",
        ),
        ("một trong: A: 2 điểm | B: theo tỷ lệ a/b", "một trong: A: công thức 2 | B: theo tỷ lệ a/b"),
    ] {
        let read =
            |text| notation::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.say(Lang::Vi)));
        assert_eq!(read(written), read(meant), "{written}");
    }
    // The colon before bands ends what is measured.
    let refused = notation::parse("theo bậc a: b: từ 5 được 2 điểm").unwrap_err();
    assert_eq!((refused.at, refused.found.as_str()), (13, "b"));
    assert!(notation::parse("bậc thang a: b: đến 5 được 1 điểm; cứ thêm 1 được thêm 1 điểm").is_err());
    // An input named x is one where an operand stands.
    assert!(notation::parse("công thức x x x").is_ok() && notation::parse("công thức a x").is_err());
}

/// What a person reads when a rule is wrong: the place, what belongs there.
#[test]
fn messages_of_the_notation() {
    let wrong = [
        "",
        "theo tỷ lệ",
        "theo tỷ lệ a/",
        "mỗi a được",
        "chọn: Có",
        "theo bậc a: được 2 điểm",
        "theo tỷ lệ a/b; từ 1.271% được điểm tối đa",
        "mỗi [a được 1 điểm",
        "hạn 31/02/2024 cho x: đúng hạn được 1 điểm; trễ được 0 điểm",
        "hạn 2026-03-05 cho x: đúng hạn được 1 điểm; trễ được 0 điểm",
        "công thức a ? b",
        "theo tỷ lệ a/b thêm chữ",
        "nếu a > 1 thì công thức 1",
        "công thức làm tròn(a)",
        "tính theo kiểu riêng",
        "bậc thang a: đến 5 được 1 điểm; cứ thêm 0 được thêm 1 điểm",
    ];
    let names = notation::Names::new(["a", "b", "x"]);
    let mut told = String::new();
    for text in wrong {
        let (vi, en) = match notation::parse_with(text, &names) {
            Ok(rule) => (notation::print(&rule), String::new()),
            Err(error) => (error.say(Lang::Vi), error.say(Lang::En)),
        };
        told.extend(["«", text, "»\n  ", &vi, "\n  ", &en, "\n"]);
    }
    insta::assert_snapshot!(told);
}
