//! A forgotten percent sign is found, and is an error wherever full points would come of it.

use parindex_rulebook::finding::Severity::{self, Error, Warning};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::lint::{LintProblem, PercentProblem, lint};
use parindex_rulebook::set::{self, Compiled};

use super::table;

/// What is said of percentages in the rule of one criterion with at most 2 points.
fn told(inputs: &str, rule: &str, checks: &str) -> Vec<(Severity, String, PercentProblem)> {
    let cells = [("Số liệu", inputs), ("Cách tính điểm", rule), ("Kiểm tra chéo", checks)];
    let read = set::read(&table(&cells, &[]), None).unwrap_or_else(|wrong| panic!("{rule}: {wrong:?}"));
    let compiled = Compiled::new(read.set, &read.places).unwrap_or_else(|wrong| panic!("{rule}: {wrong:?}"));
    let findings = lint(&compiled, &read.places).into_iter();
    let percent = findings.filter_map(|finding| match finding.problem {
        LintProblem::Percent(problem) => Some((finding.severity, finding.place.say(Lang::Vi), problem)),
        _ => None,
    });
    percent.collect()
}

const INPUTS: &str =
    "a: số đếm; b: số đếm; c: số; p: tỷ lệ; q: tỷ lệ mở; [kinh phí]: tiền; x: có/không; y: có/không";

/// Rule, checks, how bad (none where nothing is wrong), and what is said.
const CASES: [(&str, &str, Option<Severity>, &str); 46] = [
    ("theo tỷ lệ c", "", Some(Error), "«c» không phải tỷ lệ mà là số thường"),
    ("theo tỷ lệ a; từ 80% được điểm tối đa", "", Some(Error), "«a» không phải tỷ lệ"),
    ("theo SIPAS c", "", Some(Error), "hoặc «c/100» nếu nhập số phần trăm"),
    ("theo SIPAS [kinh phí]", "", Some(Error), "«[kinh phí]»"),
    ("theo tỷ lệ a/b × 100", "", Some(Error), "«a/b × 100»"),
    ("theo tỷ lệ (c + a)", "", Some(Error), "«c + a»"),
    ("theo tỷ lệ nhỏ nhất(1; c)", "", Some(Error), ""),
    ("theo tỷ lệ (c, nếu thiếu thì a)", "", Some(Error), ""),
    ("nếu a > 0 thì theo SIPAS c | còn lại 0 điểm", "", Some(Error), ""),
    ("một trong: A: theo tỷ lệ c | B: 0 điểm", "", Some(Error), ""),
    ("theo tỷ lệ a/b", "", None, ""),
    ("theo tỷ lệ c/100", "", None, ""),
    ("theo tỷ lệ c × 0,01", "", None, ""),
    ("theo SIPAS p", "", None, ""),
    ("theo tỷ lệ q", "", None, ""),
    ("theo mức tăng c so với b", "", None, ""),
    ("theo tỷ lệ a/lớn nhất(b; (c, nếu thiếu thì a/4))", "", None, ""),
    (
        "theo bậc c: từ 90% được điểm tối đa; dưới 90% được 0 điểm",
        "",
        Some(Error),
        "mốc 90% là phần trăm nhưng «c» là số thường",
    ),
    ("theo bậc a: từ 80% được 1 điểm; dưới 80% được 0 điểm", "", Some(Error), ""),
    ("theo bậc a/b × 100: từ 80% được 1 điểm; dưới 80% được 0 điểm", "", Some(Error), ""),
    ("theo bậc a/b × 100: từ 80 được 1 điểm; dưới 80 được 0 điểm", "", None, ""),
    (
        "theo bậc p: từ 95 được 2 điểm; từ 80 đến dưới 95 được 1 điểm; dưới 80 được 0 điểm",
        "",
        Some(Error),
        "mốc 80, 95 viết không có dấu % là 8000%, 9500%; hãy viết 80%, 95%",
    ),
    ("theo bậc a/b: từ 95 được 2 điểm; dưới 95 được 0 điểm", "", Some(Warning), "hãy viết 95%"),
    ("theo bậc a/b: từ 95 được 2 điểm; dưới 95 được 0 điểm", "a ≤ b", Some(Error), "hãy viết 95%"),
    (
        "theo bậc a/b: đến 5 được điểm tối đa; trên 5 được 0 điểm",
        "",
        Some(Error),
        "hãy viết 5%, hoặc 500% nếu đúng là như vậy",
    ),
    ("theo bậc a/b: đến 1 được 2 điểm; trên 1 được 0 điểm", "", Some(Error), "hãy viết 1%"),
    (
        "theo bậc a/b: từ 95% được 2 điểm; từ 80 đến dưới 95% được 1 điểm; dưới 80 được 0 điểm",
        "",
        Some(Error),
        "hãy viết 80%",
    ),
    ("theo bậc q: từ 104 được 2 điểm; dưới 104 được 0 điểm", "", Some(Error), ""),
    ("theo bậc mức tăng c so với b: từ 10 được 2 điểm; dưới 10 được 0 điểm", "", Some(Error), ""),
    ("theo bậc a/b: từ 0,9 được 2 điểm; dưới 0,9 được 0 điểm", "", None, ""),
    ("theo bậc a/b: từ 2 được 2 điểm; từ 1 đến dưới 2 được 1 điểm; dưới 1 được 0 điểm", "", None, ""),
    ("theo bậc c: từ 95 được 2 điểm; dưới 95 được 0 điểm", "", None, ""),
    (
        "bậc thang p: đến 80 được 1 điểm; cứ thêm 5 được thêm 0,2 điểm; tối đa 2 điểm",
        "",
        Some(Error),
        "hãy viết 80%",
    ),
    ("nếu c ≥ 90% thì điểm tối đa | còn lại 0 điểm", "", Some(Error), ""),
    ("nếu p < 90 thì điểm tối đa | còn lại 0 điểm", "", Some(Error), ""),
    ("nếu a/b < 5 thì điểm tối đa | còn lại 0 điểm", "", Some(Error), "hãy viết 5%"),
    ("cộng: 2 × c tối đa 2", "", Some(Error), ""),
    ("theo bậc x + y: từ 2 được điểm tối đa; từ 1 đến dưới 2 được 1 điểm; dưới 1 được 0 điểm", "", None, ""),
    ("theo bậc x + y + a: từ 5 được điểm tối đa; dưới 5 được 0 điểm", "", None, ""),
    ("theo bậc (1 - x) + y: từ 2 được 2 điểm; dưới 2 được 0 điểm", "", None, ""),
    ("theo tỷ lệ (x + y)/2", "", None, ""),
    ("theo tỷ lệ 0,4 × x + 0,6 × y", "", None, ""),
    ("theo bậc x: từ 2 được 2 điểm; dưới 2 được 0 điểm", "", Some(Error), "hãy viết 2%"),
    ("theo bậc p/p: từ 2 được 2 điểm; dưới 2 được 0 điểm", "", Some(Warning), "hãy viết 2%"),
    ("theo bậc p/q: từ 20 được 2 điểm; đến dưới 20 được điểm tối đa", "", Some(Warning), ""),
    ("theo bậc mức tăng c so với b: từ 2 được 2 điểm; dưới 2 được 0 điểm", "", Some(Warning), ""),
];

#[test]
fn a_forgotten_percent_sign_is_found() {
    let mut wrong = Vec::new();
    for (rule, checks, severity, says) in CASES {
        let found = told(INPUTS, rule, checks);
        let fits = match (severity, found.as_slice()) {
            (None, []) => true,
            (Some(severity), [(found, place, problem)]) => {
                *found == severity
                    && place == "bộ.csv, hàng 3, cột «Cách tính điểm»"
                    && problem.say(Lang::Vi).contains(says)
            }
            _ => false,
        };
        if !fits {
            wrong.push(format!("«{rule}» {checks}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_places_of_the_same_slip_are_worth_a_look() {
    let one = |rule: &str, checks: &str| {
        let found = told(INPUTS, rule, checks);
        let [(severity, place, problem)] = found.as_slice() else { panic!("{rule}: {found:?}") };
        (*severity, place.clone(), problem.say(Lang::En))
    };
    let (severity, _, said) = one("công thức điểm tối đa × nhỏ nhất(1; c)", "");
    assert!(severity == Warning && said.contains("“c” is a plain number"), "{said}");
    let (severity, place, _) = one("chấm điểm", "p ≤ 100");
    assert!(severity == Warning && place.ends_with("cột «Kiểm tra chéo»"), "{place}");
    let (severity, _, said) = one("chấm điểm", "a ≥ 90%");
    assert!(severity == Warning && said.contains("90%"), "{said}");
    let (severity, ..) = one("nếu p > c thì 2 điểm | còn lại 0 điểm", "");
    assert_eq!(severity, Warning);
}

/// What a finding says to write is read, and draws no such finding any more.
#[test]
fn the_advice_can_be_followed() {
    for (rule, inputs) in [
        ("theo SIPAS c/100", INPUTS),
        ("theo SIPAS c", "c: tỷ lệ"),
        ("theo bậc p: từ 95% được 2 điểm; dưới 95% được 0 điểm", INPUTS),
        ("theo bậc a/b: từ 8000% được 2 điểm; dưới 8000% được 0 điểm", INPUTS),
        ("bậc thang p: đến 80% được 1 điểm; cứ thêm 5% được thêm 0,2 điểm; tối đa 2 điểm", INPUTS),
        ("nếu a/b < 5% thì điểm tối đa | còn lại 0 điểm", INPUTS),
    ] {
        assert_eq!(told(inputs, rule, ""), [], "{rule}");
    }
}
