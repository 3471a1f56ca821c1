//! Whoever cannot write a rule is told how to: what a refusal advises can be read.

use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::notation::{self, Advice, Names, Problem};
use proptest::prelude::*;

/// What somebody wrote, and what is advised.
const ADVISED: [(&str, &str); 23] = [
    ("theo tỷ lệ a/b; từ 90 trở lên được điểm tối đa", "theo tỷ lệ a/b; từ 90% trở lên được điểm tối đa"),
    ("theo ty le a/b", "theo tỷ lệ a/b"),
    ("theo tyle a/b", "theo tỷ lệ a/b"),
    ("theo tỷ lệ a trên b", "theo tỷ lệ a/b"),
    ("theo tỷ lệ a chia cho b", "theo tỷ lệ a/b"),
    ("mỗi a 0,5 điểm; tối đa 2 điểm", "mỗi a được 0,5 điểm; tối đa 2 điểm"),
    ("mỗi a duoc 0,5 diem", "mỗi a được 0,5 điểm"),
    ("mỗi [a được 1 điểm", "mỗi [a] được 1 điểm"),
    ("chọn: \"Có = 1 điểm; Không = 0 điểm", "chọn: \"Có\" = 1 điểm; Không = 0 điểm"),
    ("chọn Có = 1 điểm; Không = 0 điểm", "chọn: Có = 1 điểm; Không = 0 điểm"),
    (
        "theo bậc a/b: ≥ 95% được 2 điểm; < 95% được 0 điểm",
        "theo bậc a/b: từ 95% được 2 điểm; dưới 95% được 0 điểm",
    ),
    ("theo bậc a/b: từ 80% - 90% được 1 điểm", "theo bậc a/b: từ 80% đến dưới 90% được 1 điểm"),
    ("theo bậc a/b: ít nhất 95% được 2 điểm", "theo bậc a/b: từ 95% được 2 điểm"),
    ("theo tỷ lệ a/b; từ 1.271% được điểm tối đa", "theo tỷ lệ a/b; từ 1271% được điểm tối đa"),
    ("mỗi a được 20.000 điểm", "mỗi a được 20000 điểm"),
    ("mỗi a được 0,5 điểm; không quá 2 điểm", "mỗi a được 0,5 điểm; tối đa 2 điểm"),
    ("theo tỷ lệ a/b; dưới 50% không có điểm", "theo tỷ lệ a/b; dưới 50% không tính điểm"),
    (
        "hạn 2026-03-05 cho x: đúng hạn được 1 điểm; trễ được 0 điểm",
        "hạn 05/03/2026 cho x: đúng hạn được 1 điểm; trễ được 0 điểm",
    ),
    (
        "hạn 5.3.2026 cho x: đúng hạn được 1 điểm; trễ được 0 điểm",
        "hạn 05/03/2026 cho x: đúng hạn được 1 điểm; trễ được 0 điểm",
    ),
    (
        "hạn ngày 05 tháng 3 năm 2026 cho x: đúng hạn được 1 điểm; trễ được 0 điểm",
        "hạn 05/03/2026 cho x: đúng hạn được 1 điểm; trễ được 0 điểm",
    ),
    ("nếu a > 1 thì 1 điểm; ngược lại 0 điểm", "nếu a > 1 thì 1 điểm | còn lại 0 điểm"),
    ("theo tỷ lệ a/b;", "theo tỷ lệ a/b"),
    (
        "theo tỷ lệ a/b; mẫu bằng 0: 0 điểm; từ 90% được điểm tối đa",
        "theo tỷ lệ a/b; từ 90% được điểm tối đa; mẫu bằng 0: 0 điểm",
    ),
];

#[test]
fn a_refusal_shows_the_nearest_way_to_write_it() {
    let names = Names::new(["a", "b", "x"]);
    let mut wrong = Vec::new();
    for (written, nearest) in ADVISED {
        let refused = notation::parse_with(written, &names).unwrap_err();
        if refused.advice != Advice::Nearest(nearest.to_owned()) {
            wrong.push(format!("«{written}»: {:?}", refused.advice));
        }
        assert!(refused.say(Lang::Vi).contains(refused.advice.text()), "{written}");
        assert!(refused.say(Lang::En).contains(refused.advice.text()), "{written}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What cannot be read and is easily mended into something else.
const EASILY_MISREAD: [&str; 26] = [
    "theo bậc a/b: 95% lên được 2 điểm; dưới 95% được 0 điểm",
    "theo bậc a/b: 95% được 2 điểm; 80% được 1 điểm; còn lại được 0 điểm",
    "theo bậc a/b: từ 95% được 2 điểm, từ 80% được 1 điểm, dưới 80% được 0 điểm",
    "theo bậc a/b: trong khoảng 80% đến 95% được 1 điểm; dưới 80% được 0 điểm",
    "hạn nhận thêm 5 ngày làm việc cho xong: đúng hạn được 2 điểm; trễ được 0 điểm",
    "hạn nhận + 5 tuần cho xong: đúng hạn được 2 điểm; trễ được 0 điểm",
    "hạn 15/01/2026 cho xong: đúng hạn được 2 điểm; trễ 3 ngày được 1 điểm; trễ 5 ngày được 0,5 điểm",
    "hạn 31/02/2026 cho xong: đúng hạn được 2 điểm; trễ được 0 điểm",
    "mỗi a được 0,5 điểm, không quá 2 điểm",
    "mỗi a được 0,5 điểm nhưng không quá 2 điểm",
    "mỗi a được 1.2.3 điểm",
    "theo tỷ lệ a/b; từ 90% được 1,5 điểm",
    "theo tỷ lệ a/b; từ 90%",
    "theo tỷ lệ a/b; dưới 50% được 1 điểm",
    "theo tỷ lệ a/b; mẫu bằng 1: 0 điểm",
    "theo tỷ lệ a/",
    "theo tỷ lệ a/b thêm chữ",
    "theo tỷ lệ a b",
    "công thức a ? b",
    "mỗi a được",
    "chọn: Có",
    "công thức làm tròn(a)",
    "nếu a > 1 thì 1 điểm",
    "bậc thang a: đến 5 được 1 điểm; cứ thêm 0 được thêm 1 điểm",
    "bậc thang a: đến 5 được 1 điểm; mỗi 2 được thêm 1 điểm; tối đa 4 điểm",
    "không có a, b được 2 điểm; nếu có được 0 điểm",
];

/// The numbers of a text as their digits, and where each name stands in it alone.
fn numbers_and_names(text: &str) -> (Vec<String>, Vec<String>) {
    let word = |each: char| each.is_alphanumeric() || matches!(each, ',' | '.' | '_');
    let words = text.split(|each: char| !word(each)).map(|each| each.trim_end_matches([',', '.']));
    let words: Vec<String> = words.filter(|each| !each.is_empty()).map(str::to_owned).collect();
    let is_number = |each: &String| each.starts_with(|first: char| first.is_ascii_digit());
    let (mut numbers, mut names): (Vec<_>, Vec<_>) = words.into_iter().partition(is_number);
    names.retain(|each| ["a", "b", "nhận", "xong"].contains(&each.as_str()));
    numbers.sort();
    names.sort();
    (numbers, names)
}

#[test]
fn what_is_offered_has_the_numbers_and_names_that_were_written() {
    let names = Names::new(["a", "b", "nhận", "xong"]);
    for written in EASILY_MISREAD {
        let refused = notation::parse_with(written, &names).unwrap_err();
        match &refused.advice {
            Advice::Nearest(offered) => {
                assert_eq!(numbers_and_names(offered), numbers_and_names(written), "{written}: {offered}");
            }
            // The example is called one, and the place is told.
            Advice::Example(example) => {
                let said = refused.say(Lang::Vi);
                assert!(said.contains(&format!("Ví dụ viết đúng: «{example}»")), "{said}");
                assert!(said.starts_with("ở "), "{said}");
            }
            Advice::None => panic!("{written}: nothing is advised"),
        }
    }
}

/// Nobody but the author knows which points, bounds or clauses were meant.
#[test]
fn what_is_not_written_is_not_made_up() {
    let names = Names::new(["a", "b", "nhận", "xong"]);
    for written in [
        "mỗi a được",
        "chọn: Có",
        "theo tỷ lệ a b",
        "công thức a ? b",
        "nếu a > 1 thì 1 điểm",
        "theo tỷ lệ a/b; dưới 50% được 1 điểm",
    ] {
        let refused = notation::parse_with(written, &names).unwrap_err();
        assert!(matches!(refused.advice, Advice::Example(_)), "{written}: {:?}", refused.advice);
    }
}

#[test]
fn the_longest_rule_is_counted_in_characters() {
    let label = |length: usize| format!("chọn: \"{}\" = 1 điểm", "ộ".repeat(length));
    let rest = label(0).chars().count();
    assert!(notation::parse(&label(4_000 - rest)).is_ok());
    let refused = notation::parse(&label(4_001 - rest)).unwrap_err();
    assert_eq!(refused.problem, Problem::TooLong);
    assert!(refused.say(Lang::Vi).contains("4.000 ký tự"));
}

/// Whether a refusal is of one kind.
type Is = fn(&Problem) -> bool;

/// Each kind of refusal, and a text that meets with it.
#[test]
fn whatever_is_refused_comes_with_a_rule_that_is_read() {
    let long = format!("công thức {}a", "a + ".repeat(1_200));
    let deep = format!("công thức {}a{}", "(".repeat(60), ")".repeat(60));
    let of_all_kinds: [(&str, Is); 11] = [
        ("theo tỷ lệ", |problem| matches!(problem, Problem::Expected(..))),
        ("mỗi a được 1.2.3 điểm", |problem| matches!(problem, Problem::Number(_))),
        ("mỗi [a được 1 điểm", |problem| matches!(problem, Problem::Unclosed(_))),
        ("công thức a ? b", |problem| matches!(problem, Problem::Character)),
        ("hạn 99/99/2024 cho x: đúng hạn được 1 điểm; trễ được 0 điểm", |problem| {
            matches!(problem, Problem::Date)
        }),
        ("hạn 2026-03-05 cho x: đúng hạn được 1 điểm; trễ được 0 điểm", |problem| {
            matches!(problem, Problem::IsoDate)
        }),
        ("theo tỷ lệ a/b thêm chữ", |problem| matches!(problem, Problem::Trailing)),
        ("theo tỷ lệ hồ sơ đúng hạn/b", |problem| matches!(problem, Problem::Undeclared(_))),
        ("công thức a x b", |problem| matches!(problem, Problem::Ambiguous(_))),
        (long.as_str(), |problem| matches!(problem, Problem::TooLong)),
        (deep.as_str(), |problem| matches!(problem, Problem::TooDeep)),
    ];
    let names = Names::new(["a", "b", "a x b"]);
    for (text, is_kind) in of_all_kinds {
        let refused = notation::parse_with(text, &names).unwrap_err();
        assert!(is_kind(&refused.problem), "{text}: {refused:?}");
        assert_ne!(refused.advice, Advice::None, "{text}");
        assert!(notation::parse_with(refused.advice.text(), &names).is_ok(), "{text}: {:?}", refused.advice);
    }
}

#[test]
fn inputs_and_checks_come_with_advice_too() {
    for (written, nearest) in [
        ("a số đếm", "a: số đếm"),
        ("a: so dem; b: số đếm", "a: số đếm; b: số đếm"),
        ("hồ sơ: số đếm \"Hồ sơ", "hồ sơ: số đếm \"Hồ sơ\""),
        ("x: lựa chọn (Có | Không", "x: lựa chọn (Có | Không)"),
    ] {
        let refused = notation::parse_inputs(written).unwrap_err();
        assert_eq!(refused.advice.text(), nearest, "{refused:?}");
        assert!(notation::parse_inputs(nearest).is_ok());
    }
    for written in ["a", "a <", "a ≤ b ≤ c", "a ≤ b, c ≤ d"] {
        let refused = notation::parse_checks(written).unwrap_err();
        assert!(notation::parse_checks(refused.advice.text()).is_ok(), "{refused:?}");
    }
}

proptest! {
    #[test]
    fn all_advice_can_be_read(pieces in proptest::collection::vec(0..super::PIECES.len(), 1..14)) {
        let text: Vec<&str> = pieces.iter().map(|piece| super::PIECES[*piece]).collect();
        let text = text.join(" ");
        if let Err(refused) = notation::parse(&text) {
            prop_assert!(notation::parse(refused.advice.text()).is_ok(), "{}: {:?}", text, refused);
            prop_assert!(!refused.advice.text().is_empty());
        }
        if let Err(refused) = notation::parse_inputs(&text) {
            prop_assert!(notation::parse_inputs(refused.advice.text()).is_ok(), "{}: {:?}", text, refused);
        }
        if let Err(refused) = notation::parse_checks(&text) {
            prop_assert!(notation::parse_checks(refused.advice.text()).is_ok(), "{}: {:?}", text, refused);
        }
    }
}
