//! Long names without brackets: the longest that is declared wins, and what could be read in two ways is asked back.

use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::notation::{self, Names, Problem};

use super::{put, read, table};

const DECLARED: [&str; 7] =
    ["số hồ sơ", "số hồ sơ đúng hạn", "Hồ sơ cấp 4", "ngày ban hành", "ngày hiệu lực", "a", "hình thức nộp"];

#[test]
fn long_names_need_no_brackets() {
    let names = Names::new(DECLARED);
    for (written, meant) in [
        ("theo tỷ lệ số hồ sơ đúng hạn/số hồ sơ", "theo tỷ lệ [số hồ sơ đúng hạn]/[số hồ sơ]"),
        ("theo tỷ lệ Số Hồ Sơ đúng hạn : số  hồ sơ", "theo tỷ lệ [số hồ sơ đúng hạn]/[số hồ sơ]"),
        ("mỗi hồ sơ cấp 4 được 0,5 điểm; tối đa 2 điểm", "mỗi [Hồ sơ cấp 4] được 0,5 điểm; tối đa 2 điểm"),
        ("trừ 50% mỗi số hồ sơ; trừ 100% mỗi a", "trừ 50% mỗi [số hồ sơ]; trừ 100% mỗi a"),
        (
            "không có số hồ sơ, hồ sơ cấp 4 được điểm tối đa",
            "không có [số hồ sơ], [Hồ sơ cấp 4] được điểm tối đa",
        ),
        (
            "hạn ngày hiệu lực trước 5 ngày làm việc cho ngày ban hành: đúng hạn được 2 điểm; trễ được 0 điểm",
            "hạn [ngày hiệu lực] trước 5 ngày làm việc cho [ngày ban hành]: đúng hạn được 2 điểm; trễ được 0 điểm",
        ),
        (
            "nếu số hồ sơ > 0 và hình thức nộp là Có thì 1 điểm | còn lại 0 điểm",
            "nếu [số hồ sơ] > 0 và [hình thức nộp] là Có thì 1 điểm | còn lại 0 điểm",
        ),
        (
            "nếu số hồ sơ > 0 thì công thức 2 x a | còn lại 0 điểm",
            "nếu [số hồ sơ] > 0 thì công thức 2 × a | còn lại 0 điểm",
        ),
        (
            "chọn hình thức nộp: Có = 1 điểm; Không = 0 điểm",
            "chọn [hình thức nộp]: Có = 1 điểm; Không = 0 điểm",
        ),
        ("theo tỷ lệ [SỐ HỒ SƠ]/a", "theo tỷ lệ [số hồ sơ]/a"),
        ("công thức mức tăng số hồ sơ so với a", "công thức mức tăng [số hồ sơ] so với a"),
    ] {
        let read = notation::parse_with(written, &names);
        let read = read.unwrap_or_else(|refused| panic!("{written}: {}", refused.say(Lang::Vi)));
        assert_eq!(read, notation::parse(meant).unwrap(), "{written}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_asked_back_with_both() {
    for (declared, written, first, second) in [
        (&["a", "b", "a x b"][..], "công thức a x b", "công thức [a x b]", "công thức a × b"),
        (
            &["điểm tối đa"][..],
            "công thức điểm tối đa × 2",
            "công thức [điểm tối đa] × 2",
            "công thức điểm tối đa × 2",
        ),
        (
            &["Hồ sơ", "hồ sơ"][..],
            "mỗi HỒ SƠ được 1 điểm",
            "mỗi [Hồ sơ] được 1 điểm",
            "mỗi [hồ sơ] được 1 điểm",
        ),
    ] {
        let refused = notation::parse_with(written, &Names::new(declared.iter().copied())).unwrap_err();
        let both = Problem::Ambiguous(Box::new([first.to_owned(), second.to_owned()]));
        assert_eq!(refused.problem, both, "{written}");
        let said = refused.say(Lang::Vi);
        assert!(said.contains(first) && said.contains(second), "{said}");
    }
    // Spelt exactly, a name is the one that is spelt so.
    let names = Names::new(["Hồ sơ", "hồ sơ"]);
    let rule = notation::parse_with("mỗi hồ sơ được 1 điểm", &names).unwrap();
    assert_eq!(notation::print(&rule), "mỗi [hồ sơ] được 1 điểm");
}

#[test]
fn x_multiplies_only_where_no_input_has_this_name() {
    let product = notation::parse("công thức a × b").unwrap();
    assert_eq!(notation::parse_with("công thức a x b", &Names::new(["a", "b"])).unwrap(), product);
    let refused = notation::parse_with("công thức a x b", &Names::new(["a", "b", "x"])).unwrap_err();
    assert_eq!((refused.problem, refused.found.as_str()), (Problem::Trailing, "x"));
    assert!(notation::parse_with("công thức a × x", &Names::new(["a", "x"])).is_ok());
}

/// What a rule may name is declared in its own row or above, also where that row comes later.
#[test]
fn names_of_a_set_come_from_the_levels_above() {
    let rule = "theo tỷ lệ hồ sơ đúng hạn/tổng số hồ sơ; mẫu bằng 0: 0 điểm";
    let inputs = "hồ sơ đúng hạn: số đếm; tổng số hồ sơ: số đếm";
    let checks = ("Kiểm tra chéo", "hồ sơ đúng hạn ≤ tổng số hồ sơ");
    let (compiled, advice) = read(&table(&[("Số liệu", inputs), ("Cách tính điểm", rule), checks], &[]));
    assert!(advice.is_empty(), "{advice:?}");
    assert_eq!(compiled.reads[1].len(), 2);
    let mut above = table(&[("Cách tính điểm", rule)], &[]);
    put(&mut above, 0, "Số liệu", inputs);
    above.rows.swap(0, 1);
    assert_eq!(read(&above).0.reads[0].len(), 2);
}

#[test]
fn words_that_nobody_declared_are_named_whole() {
    let names = Names::new(["tổng số hồ sơ"]);
    let refused = notation::parse_with("theo tỷ lệ hồ sơ trước hạn/tổng số hồ sơ", &names).unwrap_err();
    assert_eq!(refused.problem, Problem::Undeclared("hồ sơ trước hạn".to_owned()));
    let refused =
        notation::parse_with("theo tỷ lệ a/tong so ho so", &Names::new(["a", "tổng số hồ sơ"])).unwrap_err();
    assert_eq!(refused.advice.text(), "theo tỷ lệ a/[tổng số hồ sơ]", "{refused:?}");
}
