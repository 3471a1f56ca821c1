//! What is wrong with a criteria set as it was written.

use crate::lang::{Lang, Say};
use crate::notation::InvalidRule;
use crate::number::InvalidNumber;
use crate::table::TableProblem;

/// An error in a criteria set, with the remedy in its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetProblem {
    Table(TableProblem),
    /// A row without a code.
    NoCode,
    /// A code that cannot be one.
    BadCode(String),
    /// A code used twice; the row of the first.
    CodeTwice(String, u32),
    /// A parent that is not there.
    NoParent(String),
    /// A node that is its own ancestor.
    Cycle(String),
    /// Deeper than four levels.
    TooDeep(usize),
    /// More nodes than any set has.
    TooMany(usize),
    /// No criteria at all.
    NoCriteria,
    /// No maximum.
    NoMax,
    /// A maximum that is no number of points.
    BadMax(String, InvalidNumber),
    /// A maximum below zero.
    NegativeMax(String),
    /// A word that is not among the choices.
    BadWord(String, String),
    /// A rule, input list or check that cannot be read.
    Notation(InvalidRule),
    /// A setting that nobody knows.
    UnknownSetting(String, String),
    /// A setting that cannot be read, and how to write it.
    BadSetting(String, &'static str),
    /// A setting given twice.
    SettingTwice(String),
    /// A name that no input has.
    UnknownInput(String, Vec<String>),
    /// An input declared twice for one criterion.
    InputTwice(String),
    /// An input whose kind the rule cannot use there: name, its kind, what is needed.
    WrongKind(String, &'static str, &'static str),
    /// An answer that the input does not have.
    NoSuchAnswer(String, String),
    /// An answer that stands twice.
    AnswerTwice(String),
    /// A node with children that also has a rule of its own.
    RuleOnParent,
    /// Something scored that has no points of its own to give.
    InformationWithRule,
}

impl Say for SetProblem {
    #[expect(clippy::too_many_lines, reason = "one sentence for each problem, side by side")]
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Table(problem) => problem.say(lang),
            Self::Notation(problem) => problem.say(lang),
            Self::NoCode => lang.pick("hàng này chưa có mã", "this row has no code").to_owned(),
            Self::BadCode(code) => lang.pick(
                format!("mã «{code}» không dùng được; chỉ dùng chữ, số, dấu chấm, gạch nối, tối đa 40 ký tự"),
                format!("code “{code}” is not usable: letters, digits, dots and hyphens, at most 40"),
            ),
            Self::CodeTwice(code, row) => lang.pick(
                format!("mã «{code}» đã dùng ở hàng {row}; hãy đổi một trong hai"),
                format!("code “{code}” stands in row {row} already; change one of them"),
            ),
            Self::NoParent(code) => lang.pick(
                format!("không có mục nào mang mã cha «{code}»; hãy thêm hàng đó hoặc sửa mã cha"),
                format!("no row has the parent code “{code}”; add it or correct the code"),
            ),
            Self::Cycle(code) => lang.pick(
                format!("mã cha tạo vòng lặp: «{code}» là cấp trên của chính nó; hãy sửa mã cha"),
                format!("the parent codes form a cycle: “{code}” stands above itself; correct them"),
            ),
            Self::TooDeep(levels) => lang.pick(
                format!(
                    "cây có {levels} cấp; tối đa 4 cấp: lĩnh vực, tiêu chí, tiêu chí thành phần, mục con"
                ),
                format!("the tree has {levels} levels; at most 4 are possible"),
            ),
            Self::TooMany(count) => lang.pick(
                format!("bộ có {count} mục, quá mức 2.000"),
                format!("the set has {count} rows, over 2,000"),
            ),
            Self::NoCriteria => {
                lang.pick("bộ tiêu chí chưa có tiêu chí nào", "the set holds no criteria").to_owned()
            }
            Self::NoMax => lang
                .pick(
                    "chưa có điểm tối đa; mục có mục con thì ghi tổng các mục con, mục chỉ để thông tin thì chọn phương pháp «thông tin»",
                    "no maximum; for a row with children it is their sum; what is only information has the method “thông tin”",
                )
                .to_owned(),
            Self::BadMax(text, unclear @ InvalidNumber::Unclear(_)) => {
                let unclear = unclear.say(lang);
                lang.pick(format!("điểm tối đa «{text}» {unclear}"), format!("maximum “{text}” {unclear}"))
            }
            Self::BadMax(text, _) => lang.pick(
                format!("điểm tối đa «{text}» không phải là số; hãy viết như 0.25 hoặc 12"),
                format!("maximum “{text}” is not a number; write it like 0.25 or 12"),
            ),
            Self::NegativeMax(text) => lang.pick(
                format!("điểm tối đa «{text}» nhỏ hơn 0; điểm trừ cũng viết số dương, phần «điểm trừ»"),
                format!("maximum “{text}” is below zero; penalties are positive too, with part “điểm trừ”"),
            ),
            Self::BadWord(text, choices) => lang.pick(
                format!("«{text}» không dùng được ở đây; hãy chọn: {choices}"),
                format!("“{text}” is not possible here; choose: {choices}"),
            ),
            Self::UnknownSetting(text, known) => lang.pick(
                format!("không có thiết lập «{text}»; các thiết lập: {known}"),
                format!("there is no setting “{text}”; the settings are: {known}"),
            ),
            Self::BadSetting(text, example) => lang.pick(
                format!("không đọc được «{text}»; hãy viết như: {example}"),
                format!("“{text}” cannot be read; write it like: {example}"),
            ),
            Self::SettingTwice(text) => lang.pick(
                format!("thiết lập «{text}» có hai lần; hãy bỏ một"),
                format!("setting “{text}” stands twice; remove one"),
            ),
            Self::UnknownInput(name, known) => lang.pick(
                format!(
                    "quy tắc dùng «{name}» nhưng cột Số liệu chưa khai báo; đã khai báo: {}",
                    known.join(", ")
                ),
                format!("the rule uses “{name}”, which no input declares; declared: {}", known.join(", ")),
            ),
            Self::InputTwice(name) => lang.pick(
                format!("số liệu «{name}» khai báo hai lần khác nhau; hãy đổi tên một trong hai"),
                format!("input “{name}” is declared twice differently; rename one"),
            ),
            Self::WrongKind(name, kind, needed) => lang.pick(
                format!("«{name}» là {kind} nhưng quy tắc cần {needed} ở đây"),
                format!("“{name}” is of kind {kind}, but the rule needs {needed} here"),
            ),
            Self::NoSuchAnswer(answer, name) => lang.pick(
                format!("«{answer}» không có trong các lựa chọn của «{name}», hoặc thiếu lựa chọn"),
                format!("“{answer}” is not among the options of “{name}”, or an option is missing"),
            ),
            Self::AnswerTwice(label) => lang.pick(
                format!("lựa chọn «{label}» có hai lần trong quy tắc; hãy bỏ một"),
                format!("the answer “{label}” stands twice in the rule; remove one"),
            ),
            Self::RuleOnParent => lang
                .pick(
                    "mục này có mục con nên điểm là tổng của mục con; hãy xóa cách tính điểm ở đây",
                    "points of this row are the sum of its children; remove its own rule",
                )
                .to_owned(),
            Self::InformationWithRule => lang
                .pick(
                    "mục chỉ để thông tin không có điểm; hãy xóa điểm tối đa và cách tính điểm, hoặc đổi phương pháp",
                    "information gives no points; remove its maximum and rule, or change the method",
                )
                .to_owned(),
        }
    }
}
