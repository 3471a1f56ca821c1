//! What the linter tells an author.

use crate::lang::{Lang, Say};
use crate::number::Number;

mod number;
mod percent;
mod setting;

pub use number::{NumberProblem, Which};
pub use percent::PercentProblem;
pub use setting::SettingProblem;

/// One piece of advice, with the remedy in its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LintProblem {
    /// The children's maxima do not add up.
    ChildrenSum {
        /// The node's code.
        code: String,
        /// What they add up to.
        sum: Number,
        /// What the node says.
        max: Number,
    },
    /// Another count than declared: of what (Vietnamese, English), found, declared.
    Count(&'static str, &'static str, usize, u32),
    /// Another total than declared.
    Total(Number, Number),
    /// Another total of some methods than declared.
    MethodTotal(String, Number, Number),
    /// No band holds the values between.
    BandGap(String),
    /// Two bands hold the same values.
    BandOverlap(String),
    /// A band that an earlier one hides.
    BandUnreachable(usize),
    /// A threshold over 100 %.
    ThresholdOver(Number),
    /// A floor above the threshold.
    FloorOverThreshold,
    /// An input that no rule and no check reads.
    UnusedInput(String),
    /// Points that the rule can give above the maximum.
    ExceedsMax(Number, Number),
    /// Points that grow without end.
    Unbounded,
    /// A formula that grows without end.
    UnboundedFormula,
    /// The rule can say "does not apply", for which the criterion states no policy.
    NoPolicy,
    /// No evidence is asked for.
    NoEvidence,
    NoMethod,
    NoName,
    /// A zero denominator has no stated outcome.
    NoZeroDenominator,
    /// A scored criterion with a maximum of zero.
    ZeroMax,
    /// A percentage and a plain number taken for each other.
    Percent(PercentProblem),
    /// A number that cannot be meant.
    Number(NumberProblem),
    /// What the set settles once.
    Setting(SettingProblem),
}

impl Say for LintProblem {
    #[expect(clippy::too_many_lines, reason = "one sentence for each problem, side by side")]
    fn say(&self, lang: Lang) -> String {
        let short = |number: &Number| lang.short(number);
        match self {
            Self::ChildrenSum { code, sum, max } => {
                let (sum, max) = (short(sum), short(max));
                lang.pick(
                    format!("điểm tối đa của {code} là {max} nhưng các mục con cộng lại được {sum}; hãy sửa {max} thành {sum}, hoặc sửa mục con"),
                    format!("the maximum of {code} is {max}, but its children add up to {sum}; correct one of them"),
                )
            }
            Self::Count(vi, en, found, declared) => lang.pick(
                format!("khai báo {declared} {vi} nhưng bảng có {found}; hãy kiểm tra hàng thiếu hoặc thừa"),
                format!("{declared} {en} are declared, the table has {found}; look for rows missing or too many"),
            ),
            Self::Total(found, declared) => {
                let (found, declared) = (short(found), short(declared));
                lang.pick(
                    format!("tổng điểm khai báo là {declared} nhưng các lĩnh vực cộng lại được {found}"),
                    format!("the declared total is {declared}, the domains add up to {found}"),
                )
            }
            Self::MethodTotal(methods, found, declared) => {
                let (found, declared) = (short(found), short(declared));
                lang.pick(
                    format!("điểm của phương pháp {methods} khai báo là {declared} nhưng các tiêu chí cộng lại được {found}"),
                    format!("{declared} points are declared for {methods}, the criteria add up to {found}"),
                )
            }
            Self::BandGap(values) => lang.pick(
                format!("không bậc nào nhận giá trị {values}; hãy nối hai bậc liền nhau"),
                format!("no band holds {values}; let the bands meet"),
            ),
            Self::BandOverlap(values) => lang.pick(
                format!("hai bậc cùng nhận giá trị {values}; hãy dùng «dưới» hoặc «trên» ở một đầu"),
                format!("two bands hold {values}; use “dưới” or “trên” at one end"),
            ),
            Self::BandUnreachable(band) => lang.pick(
                format!("bậc thứ {band} không bao giờ dùng đến vì bậc trước đã nhận hết"),
                format!("band {band} is never reached: an earlier one takes its values"),
            ),
            Self::ThresholdOver(threshold) => {
                let threshold = lang.percent(threshold);
                lang.pick(
                    format!("ngưỡng {threshold} lớn hơn 100%; hãy kiểm tra lại"),
                    format!("the threshold {threshold} is over 100 %; check it"),
                )
            }
            Self::FloorOverThreshold => lang.pick(
                "mức «dưới … được 0 điểm» cao hơn ngưỡng được điểm tối đa; hãy sửa một trong hai",
                "the floor for 0 points is above the threshold for full marks; correct one",
            ).to_owned(),
            Self::UnusedInput(name) => lang.pick(
                format!("số liệu «{name}» không dùng trong quy tắc hay kiểm tra nào; hãy bỏ đi hoặc sửa quy tắc"),
                format!("input “{name}” is used by no rule and no check; remove it or correct the rule"),
            ),
            Self::ExceedsMax(most, max) => {
                let (most, max) = (short(most), short(max));
                lang.pick(
                    format!("quy tắc có thể cho {most} điểm, vượt điểm tối đa {max}; phần vượt sẽ bị cắt"),
                    format!("the rule can give {most} points, over the maximum of {max}; the excess is cut"),
                )
            }
            Self::Unbounded => lang.pick(
                "quy tắc cộng không giới hạn; hãy thêm «; tối đa … điểm»",
                "the rule grows without end; add “; tối đa … điểm”",
            ).to_owned(),
            Self::UnboundedFormula => lang.pick(
                "công thức có thể vượt điểm tối đa; hãy viết nhỏ nhất(…; điểm tối đa)",
                "the formula can exceed the maximum; write nhỏ nhất(…; điểm tối đa)",
            ).to_owned(),
            Self::NoPolicy => lang.pick(
                "quy tắc có «không áp dụng» nhưng cột «Không áp dụng» để trống; hãy chọn cách xử lý",
                "the rule can say “không áp dụng”, but the column «Không áp dụng» is empty; choose a policy",
            ).to_owned(),
            Self::NoEvidence => lang.pick(
                "chưa nêu tài liệu kiểm chứng; đơn vị sẽ không biết phải nộp gì",
                "no evidence is asked for; units will not know what to hand in",
            ).to_owned(),
            Self::NoMethod => lang.pick(
                "chưa chọn phương pháp; không biết ai cho điểm tiêu chí này",
                "no method; nobody knows who scores this criterion",
            ).to_owned(),
            Self::NoName => lang.pick("chưa có tên", "it has no name").to_owned(),
            Self::NoZeroDenominator => lang.pick(
                "chưa nêu kết quả khi mẫu số bằng 0; hãy thêm «; mẫu bằng 0: điểm tối đa» (hoặc 0 điểm, không áp dụng, tỷ lệ là 0%)",
                "a zero denominator has no stated outcome; add “; mẫu bằng 0: điểm tối đa” (or 0 điểm, không áp dụng, tỷ lệ là 0%)",
            ).to_owned(),
            Self::ZeroMax => lang.pick(
                "điểm tối đa bằng 0; mục chỉ để thông tin thì chọn phương pháp «thông tin»",
                "the maximum is 0; choose the method “thông tin” for what is only information",
            ).to_owned(),
            Self::Percent(problem) => problem.say(lang),
            Self::Number(problem) => problem.say(lang),
            Self::Setting(problem) => problem.say(lang),
        }
    }
}
