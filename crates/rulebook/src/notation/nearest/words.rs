//! The words of the notation, what people write for them, and an example for each way of scoring.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Kind;

/// Phrases as the notation spells them; longer ones first where one begins another.
const PHRASES: &[&str] = &[
    "lấy điểm của đơn vị cấp trên",
    "chỉ để thông tin",
    "không tính điểm",
    "không áp dụng",
    "được điểm tối đa",
    "điểm tối đa",
    "theo công thức",
    "theo tỷ lệ",
    "theo bậc",
    "theo phiếu",
    "theo SIPAS",
    "mẫu số bằng",
    "mẫu bằng",
    "tỷ lệ là",
    "tỷ lệ mở",
    "tỷ lệ",
    "bậc thang",
    "công thức",
    "chấm điểm",
    "một trong",
    "không có",
    "nếu thiếu thì",
    "nếu có",
    "nếu",
    "còn lại",
    "đúng hạn",
    "trễ đến",
    "trễ hơn",
    "trễ",
    "chưa có",
    "số ngày làm việc",
    "số ngày",
    "ngày làm việc",
    "ngày",
    "nhỏ nhất",
    "lớn nhất",
    "trung bình",
    "làm tròn",
    "mức tăng",
    "so với",
    "cứ thêm",
    "được thêm",
    "đến dưới",
    "trở lên",
    "trở xuống",
    "số đếm",
    "lựa chọn",
    "tối đa",
    "được",
    "điểm",
    "chọn",
    "cộng",
    "mỗi",
    "trừ",
    "dưới",
    "trên",
    "bằng",
    "trước",
    "bước",
    "tiền",
    "hoặc",
    "thì",
];

/// What decisions and people write, and the word of the notation for it.
const SAME: &[(&str, &str)] = &[
    ("phần trăm", "%"),
    ("chia cho", "/"),
    ("chia", "/"),
    ("trên tổng số", "/"),
    ("trên", "/"),
    ("nhân với", "×"),
    ("nhân", "×"),
    ("cộng với", "+"),
    ("cộng", "+"),
    ("trừ đi", "-"),
    ("trừ", "-"),
    ("lớn hơn hoặc bằng", "từ"),
    ("nhỏ hơn hoặc bằng", "đến"),
    ("bằng hoặc lớn hơn", "từ"),
    ("không dưới", "từ"),
    ("không thấp hơn", "từ"),
    ("đạt từ", "từ"),
    ("ít nhất", "từ"),
    ("tối thiểu", "từ"),
    ("lớn hơn", "trên"),
    ("cao hơn", "trên"),
    ("nhiều hơn", "trên"),
    ("hơn", "trên"),
    ("nhỏ hơn", "dưới"),
    ("thấp hơn", "dưới"),
    ("ít hơn", "dưới"),
    ("chưa đạt", "dưới"),
    ("không đạt", "dưới"),
    ("không quá", "đến"),
    ("không quá", "tối đa"),
    ("không vượt quá", "tối đa"),
    ("nhiều nhất", "tối đa"),
    ("đạt", "từ"),
    ("thì được", "được"),
    ("được tính", "được"),
    ("được chấm", "được"),
    ("đạt", "được"),
    ("tính", "được"),
    ("chấm", "được"),
    ("cho", "được"),
    ("thì", "được"),
    ("không có điểm", "không tính điểm"),
    ("không điểm", "không tính điểm"),
    ("điểm tuyệt đối", "điểm tối đa"),
    ("điểm cao nhất", "điểm tối đa"),
    ("toàn bộ số điểm", "điểm tối đa"),
    ("đủ điểm", "điểm tối đa"),
    ("tối đa", "điểm tối đa"),
    ("đ", "điểm"),
    ("đúng thời hạn", "đúng hạn"),
    ("trong hạn", "đúng hạn"),
    ("chậm quá", "trễ hơn"),
    ("trễ quá", "trễ hơn"),
    ("chậm", "trễ"),
    ("quá hạn", "trễ"),
    ("muộn", "trễ"),
    ("chưa thực hiện", "chưa có"),
    ("không thực hiện", "chưa có"),
    ("các trường hợp còn lại", "còn lại"),
    ("trường hợp khác", "còn lại"),
    ("ngược lại", "còn lại"),
    ("khi", "nếu"),
    ("cứ mỗi", "mỗi"),
    ("cứ", "mỗi"),
    ("mẫu", "mẫu bằng"),
    ("tổng", "cộng:"),
];

/// What may be missing, the likeliest first. Only words and signs: nobody but the author knows which points, inputs or bounds are meant.
pub(super) const MISSING: &[&str] =
    &["%", "được", "=", ":", ";", ")", "thì", "cho", "mỗi", "so với", "còn lại", "|", "là", "ngày", "("];

/// What may be missing where inputs are declared.
pub(super) const MISSING_OF_INPUTS: &[&str] = &[":", ";", ")", "|", "không", "/không"];

/// Without accents, capitals and spaces: what is left when a word is typed in a hurry.
pub(super) fn bare(text: &str) -> String {
    let letters = text.nfd().filter(|each| !is_combining_mark(*each) && !each.is_whitespace());
    letters.flat_map(char::to_lowercase).map(|each| if each == 'đ' { 'd' } else { each }).collect()
}

/// Each word of the notation behind what is written for it, without accents.
static KNOWN: LazyLock<[Vec<(String, &str)>; 2]> = LazyLock::new(|| {
    let phrases = PHRASES.iter().map(|phrase| (bare(phrase), *phrase));
    let same = SAME.iter().map(|(written, meant)| (bare(written), *meant));
    [phrases.collect(), same.collect()]
});

/// Words of the notation, and of days, that stand in no phrase.
const OTHERS: [&str; 6] = ["và", "là", "so", "lùi", "tháng", "năm"];

/// All words and phrases that `KNOWN` holds, without accents and spaces.
static VOCABULARY: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let written = PHRASES.iter().copied().chain(SAME.iter().flat_map(|(written, meant)| [*written, *meant]));
    let phrases = written.chain(OTHERS).flat_map(|phrase| std::iter::once(phrase).chain(phrase.split(' ')));
    phrases.map(bare).filter(|word| word.len() > 1).collect()
});

/// Whether a bare word is the notation's, or a slip for one; a letter alone is an input.
pub(super) fn is_of_notation(word: &str) -> bool {
    word == "đ" || VOCABULARY.contains(word) || VOCABULARY.iter().any(|known| is_near(word, known))
}

/// The words of the notation that some words may stand for: slips first, then what is called otherwise.
pub(super) fn meant(written: &str) -> [Vec<&'static str>; 2] {
    let typed = bare(written);
    let [phrases, same] = &*KNOWN;
    // A letter alone is an input, not a part of a word.
    let whole = written.split(' ').all(|word| word.chars().count() > 1);
    let is_meant = |(phrase, word): &&(String, &str)| {
        whole && is_near(&typed, phrase) && written.to_lowercase() != *word
    };
    let near = phrases.iter().filter(is_meant);
    let called = same.iter().filter(|(other, _)| *other == typed);
    [near.map(|(_, word)| *word).collect(), called.map(|(_, word)| *word).collect()]
}

/// Whether two bare words differ in a letter or two, as slips of the finger do.
pub(super) fn is_near(left: &str, right: &str) -> bool {
    let most = match right.len() {
        0..5 => 0,
        5..9 => 1,
        _ => 2,
    };
    left == right || (left.len().abs_diff(right.len()) <= most && distance(left, right) <= most)
}

/// How many letters must be put in, taken out or changed.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, letter) in (1..).zip(left.chars()) {
        let mut next = vec![line];
        for ((above, corner), other) in row.iter().skip(1).zip(&row).zip(&right) {
            let before = next.last().copied().unwrap_or(line);
            next.push((above + 1).min(before + 1).min(corner + usize::from(letter != *other)));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// An example for each way of scoring, by the words that tell it.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "theo bậc",
        "theo bậc a/b: từ 95% được 2 điểm; từ 80% đến dưới 95% được 1 điểm; dưới 80% được 0 điểm; mẫu bằng 0: 0 điểm",
    ),
    ("bậc thang", "bậc thang a: đến 20000 được 15 điểm; cứ thêm 1000 được thêm 0,5 điểm; tối đa 25 điểm"),
    ("SIPAS", "theo SIPAS p"),
    ("phiếu", "theo phiếu: A = 100%; B = 60%; C = 20%; D = 0%; mẫu bằng 0: không áp dụng"),
    (
        "mức tăng",
        "theo bậc mức tăng a so với b: từ 10% được điểm tối đa; dưới 10% được 0 điểm; mẫu bằng 0: 0 điểm",
    ),
    ("theo tỷ lệ", "theo tỷ lệ a/b; từ 90% được điểm tối đa; dưới 50% được 0 điểm; mẫu bằng 0: 0 điểm"),
    ("chọn", "chọn: Có = 1 điểm; Không = 0 điểm"),
    ("một trong", "một trong: có phát sinh: theo tỷ lệ a/b | không phát sinh: điểm tối đa"),
    ("nếu", "nếu b > 0 thì theo tỷ lệ a/b | còn lại điểm tối đa"),
    (
        "hạn",
        "hạn 15/01/2026 cho [ngày ban hành]: đúng hạn được 2 điểm; trễ đến 5 ngày làm việc được 1 điểm; trễ hơn được 0 điểm",
    ),
    ("trễ", "hạn 15/01/2026 cho [ngày ban hành]: đúng hạn được 2 điểm; trễ được 0 điểm"),
    ("không có", "không có a, b được điểm tối đa; nếu có được 0 điểm"),
    ("mỗi", "mỗi a được 0,5 điểm; tối đa 2 điểm"),
    ("trừ", "trừ 50% mỗi a; trừ 100% mỗi b"),
    ("cộng", "cộng: 6 × a/b; 2,5 × c/d tối đa 2; mẫu bằng 0: tỷ lệ là 0%"),
    ("cấp trên", "lấy điểm của đơn vị cấp trên"),
    ("thông tin", "chỉ để thông tin"),
    ("chấm", "chấm điểm, bước 0,25"),
    ("công thức", "công thức điểm tối đa × nhỏ nhất(1; a/b); mẫu bằng 0: 0 điểm"),
    ("bậc", "theo bậc a/b: từ 95% được 2 điểm; dưới 95% được 0 điểm; mẫu bằng 0: 0 điểm"),
];

const EXAMPLE: &str = "theo tỷ lệ a/b; từ 90% được điểm tối đa; mẫu bằng 0: 0 điểm";

/// An example of what a text seems to be, which can be read.
pub(super) fn example(kind: Kind, text: &str) -> &'static str {
    match kind {
        Kind::Inputs => {
            "a: số đếm \"Số hồ sơ đúng hạn\"; b: số đếm \"Tổng số hồ sơ\"; [ngày ban hành]: ngày; [hình thức]: lựa chọn (Trực tiếp | Trực tuyến)"
        }
        Kind::Checks => "a ≤ b; [tiếp nhận] = [trực tuyến] + [trực tiếp]",
        Kind::Rule => {
            let start: String = text.chars().take(200).collect();
            let text = bare(&start);
            // `công thức` begins like `cộng`.
            let found = EXAMPLES.iter().filter_map(|(word, rule)| {
                let word = bare(word);
                Some((text.find(&word)?, *rule, word.len()))
            });
            found.min_by_key(|(at, _, length)| (*at, Reverse(*length))).map_or(EXAMPLE, |(_, rule, _)| rule)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::{parse, parse_checks, parse_inputs};

    #[test]
    fn every_example_can_be_read() {
        for (_, rule) in EXAMPLES {
            assert!(parse(rule).is_ok(), "{rule}");
        }
        assert!(parse(EXAMPLE).is_ok());
        assert!(parse_inputs(example(Kind::Inputs, "")).is_ok());
        assert!(parse_checks(example(Kind::Checks, "")).is_ok());
    }

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        for (typed, meant) in
            [("ty le", "tỷ lệ"), ("Duoc", "được"), ("đựơc", "được"), ("điểm tôí đa", "điểm tối đa")]
        {
            assert!(is_near(&bare(typed), &bare(meant)), "{typed}");
        }
        for (typed, meant) in [("trên", "trễ"), ("hồ sơ", "hạn"), ("tháng", "thang điểm")] {
            assert!(!is_near(&bare(typed), &bare(meant)), "{typed}");
        }
    }
}
