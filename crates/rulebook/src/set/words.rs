//! The words of the workbook: columns and the values that drop-downs offer.

use super::{Method, NotApplicable, Part};
use crate::table::ColumnSpec;
use crate::word::same;

/// One set of columns for CSV and XLSX.
pub const COLUMNS: [ColumnSpec; 14] = [
    ColumnSpec { text: true, ..spec(&["Mã", "Code"], true) },
    ColumnSpec { text: true, ..spec(&["Mã cha", "Parent"], true) },
    spec(&["Tên", "Name"], true),
    spec(&["Điểm tối đa", "Maximum"], true),
    spec(&["Phần", "Part"], false),
    spec(&["Phương pháp", "Method"], false),
    spec(&["Số liệu", "Inputs"], false),
    spec(&["Cách tính điểm", "Rule"], false),
    spec(&["Không áp dụng", "Not applicable"], false),
    spec(&["Kiểm tra chéo", "Checks"], false),
    spec(&["Tài liệu kiểm chứng", "Evidence"], false),
    spec(&["Cơ quan thẩm định", "Appraiser"], false),
    spec(&["Hướng dẫn", "Guidance"], false),
    spec(&["Căn cứ", "Basis"], false),
];

const fn spec(titles: &'static [&'static str], needed: bool) -> ColumnSpec {
    ColumnSpec { titles, needed, text: false }
}

/// The columns by name, in the order of [`COLUMNS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Code,
    Parent,
    Name,
    Max,
    Part,
    Method,
    Inputs,
    Rule,
    NotApplicable,
    Checks,
    Evidence,
    Appraiser,
    Guidance,
    Basis,
}

impl Column {
    pub(crate) const ALL: [Self; 14] = [
        Self::Code,
        Self::Parent,
        Self::Name,
        Self::Max,
        Self::Part,
        Self::Method,
        Self::Inputs,
        Self::Rule,
        Self::NotApplicable,
        Self::Checks,
        Self::Evidence,
        Self::Appraiser,
        Self::Guidance,
        Self::Basis,
    ];

    pub(crate) fn place(self) -> usize {
        Self::ALL.iter().position(|column| *column == self).unwrap_or_default()
    }

    pub(crate) fn title(self) -> &'static str {
        COLUMNS.get(self.place()).map_or("", ColumnSpec::title)
    }
}

impl Part {
    /// The words of the drop-down.
    pub const WORDS: [(&'static str, Self); 3] =
        [("chính", Self::Main), ("điểm cộng", Self::Bonus), ("điểm trừ", Self::Penalty)];
}

impl Method {
    /// The words of the drop-down.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("tự đánh giá", Self::SelfAssessed),
        ("thẩm định", Self::Appraised),
        ("điều tra xã hội học", Self::Survey),
        ("SIPAS", Self::Sipas),
        ("bên ngoài", Self::External),
        ("lãnh đạo chấm", Self::Leader),
        ("thông tin", Self::Information),
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }

    /// The method of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        value_of(&Self::WORDS, word)
    }
}

impl NotApplicable {
    /// The words of the drop-down.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("đủ điểm", Self::Full),
        ("0 điểm", Self::Zero),
        ("bỏ ra khỏi điểm tối đa", Self::LeaveOut),
        ("quy đổi", Self::Rescale),
    ];
}

pub(crate) fn word_of<T: PartialEq + Copy>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, each)| *each == value).map_or("", |(word, _)| word)
}

pub(crate) fn value_of<T: Copy>(words: &[(&'static str, T)], text: &str) -> Option<T> {
    let exact = words.iter().find(|(word, _)| *word == text);
    exact.or_else(|| words.iter().find(|(word, _)| same(word, text))).map(|(_, value)| *value)
}

pub(crate) fn list_words<T>(words: &[(&'static str, T)]) -> String {
    words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}

/// The rows that begin with `@`: what a set says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AboutRow {
    Code,
    Title,
    Version,
    Basis,
    AppliesTo,
    From,
    To,
    Note,
    Domains,
    Criteria,
    Subcriteria,
    Total,
    ByMethod,
    Rounding,
    Ties,
    Index,
    RankBy,
    BonusCap,
    PenaltyCap,
    DueOff,
    Scale,
}

/// The row of a scale, which may hold for some years only.
pub(crate) fn scale_key(years: Option<(i16, i16)>) -> String {
    let key = AboutRow::Scale.word();
    years.map_or_else(|| key.to_owned(), |(first, last)| format!("{key} {first}-{last}"))
}

impl AboutRow {
    pub(crate) const WORDS: [(&'static str, Self); 21] = [
        ("@mã bộ", Self::Code),
        ("@tên bộ", Self::Title),
        ("@phiên bản", Self::Version),
        ("@căn cứ", Self::Basis),
        ("@áp dụng cho", Self::AppliesTo),
        ("@hiệu lực từ", Self::From),
        ("@hiệu lực đến", Self::To),
        ("@ghi chú", Self::Note),
        ("@số lĩnh vực", Self::Domains),
        ("@số tiêu chí", Self::Criteria),
        ("@số tiêu chí thành phần", Self::Subcriteria),
        ("@tổng điểm", Self::Total),
        ("@tổng điểm theo phương pháp", Self::ByMethod),
        ("@làm tròn", Self::Rounding),
        ("@đồng hạng", Self::Ties),
        ("@chỉ số", Self::Index),
        ("@xếp hạng theo", Self::RankBy),
        ("@trần điểm cộng", Self::BonusCap),
        ("@trần điểm trừ", Self::PenaltyCap),
        ("@hạn vào ngày nghỉ", Self::DueOff),
        ("@xếp loại", Self::Scale),
    ];

    pub(crate) fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}
