//! What is said of a number that cannot be meant.

use crate::lang::{Lang, Say};

/// A number that cannot be meant, as the rule writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberProblem {
    /// Which number of the rule.
    pub which: Which,
    /// How it is written.
    pub written: String,
}

/// Which number of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The step of points that somebody gives.
    Step,
    /// What each thing counted earns.
    Each,
    /// What each thing counted costs.
    Off,
    /// The most that can be earned.
    Cap,
    /// What a share is multiplied by.
    Weight,
    /// The points before any step.
    Base,
    /// The points of a further step.
    Gain,
    /// What an answer of a survey is worth.
    Answer,
    /// The share below which nothing is earned.
    Floor,
    /// The share that stands for a division by zero.
    ZeroRatio,
    /// How late something is.
    Late,
    /// To how many digits is rounded.
    Digits,
    /// What is divided by.
    Divisor,
}

impl Say for NumberProblem {
    #[expect(clippy::too_many_lines, reason = "one sentence for each number, side by side")]
    fn say(&self, lang: Lang) -> String {
        let is = &self.written;
        let (vi, en) = match self.which {
            Which::Step => (
                format!(
                    "bước điểm {is} không lớn hơn 0; hãy viết bước lớn hơn 0, ví dụ «chấm điểm, bước 0,25», hoặc bỏ phần «, bước …»"
                ),
                format!(
                    "the step {is} is not above zero; write a step above zero, such as “chấm điểm, bước 0,25”, or leave “, bước …” out"
                ),
            ),
            Which::Each => (
                format!(
                    "«mỗi … được {is}» không cộng gì; hãy viết mức điểm khác 0, ví dụ «mỗi a được 0,5 điểm»"
                ),
                format!(
                    "“mỗi … được {is}” adds nothing; write points other than zero, such as “mỗi a được 0,5 điểm”"
                ),
            ),
            Which::Off => (
                format!(
                    "«trừ {is} mỗi …» không làm giảm điểm; hãy viết mức trừ lớn hơn 0, ví dụ «trừ 0,5 điểm mỗi a»"
                ),
                format!(
                    "“trừ {is} mỗi …” takes no points away; write points above zero, such as “trừ 0,5 điểm mỗi a”"
                ),
            ),
            Which::Cap => (
                format!(
                    "«tối đa {is}» không phải mức lớn hơn 0, nên không ai được điểm; hãy viết mức lớn hơn 0, ví dụ «tối đa 2 điểm», hoặc bỏ phần này"
                ),
                format!(
                    "the cap “tối đa {is}” is not above zero, so nobody earns anything; write one above zero, such as “tối đa 2 điểm”, or leave it out"
                ),
            ),
            Which::Weight => (
                format!(
                    "hệ số {is} không cộng gì; hãy viết hệ số khác 0, ví dụ «cộng: 6 × a/b», hoặc bỏ phần này"
                ),
                format!(
                    "the weight {is} adds nothing; write another one, such as “cộng: 6 × a/b”, or leave it out"
                ),
            ),
            Which::Base => (
                format!(
                    "điểm khởi đầu {is} nhỏ hơn 0; hãy viết từ 0 điểm trở lên, ví dụ «đến 20000 được 15 điểm»"
                ),
                format!(
                    "the points to begin with, {is}, are below zero; write 0 or more, such as “đến 20000 được 15 điểm”"
                ),
            ),
            Which::Gain => (
                format!(
                    "«được thêm {is}» không thêm gì; hãy viết mức điểm khác 0, ví dụ «cứ thêm 1000 được thêm 0,5 điểm»"
                ),
                format!(
                    "“được thêm {is}” adds nothing; write points other than zero, such as “cứ thêm 1000 được thêm 0,5 điểm”"
                ),
            ),
            Which::Answer => (
                format!("câu trả lời đáng giá {is} nhỏ hơn 0; hãy viết từ 0% trở lên, ví dụ «D = 0%»"),
                format!("an answer is worth {is}, below zero; write 0 % or more, such as “D = 0%”"),
            ),
            Which::Floor => (
                format!(
                    "mức «dưới {is}» nhỏ hơn 0, mà tỷ lệ âm vốn không có điểm; hãy viết mức từ 0% trở lên, hoặc bỏ phần này"
                ),
                format!(
                    "the floor “dưới {is}” is below zero, where nothing is earned anyway; write 0 % or more, or leave it out"
                ),
            ),
            Which::ZeroRatio => (
                format!("«tỷ lệ là {is}» nhỏ hơn 0; hãy viết từ 0% trở lên, ví dụ «mẫu bằng 0: tỷ lệ là 0%»"),
                format!(
                    "“tỷ lệ là {is}” is below zero; write 0 % or more, such as “mẫu bằng 0: tỷ lệ là 0%”"
                ),
            ),
            Which::Late => (
                format!(
                    "«trễ đến {is}» không bao giờ dùng đến vì như vậy là đúng hạn; hãy viết từ 1 ngày, ví dụ «trễ đến 5 ngày»"
                ),
                format!(
                    "“trễ đến {is}” never applies, because that is in time; write 1 day or more, such as “trễ đến 5 ngày”"
                ),
            ),
            Which::Digits => (
                format!(
                    "«làm tròn(…; {is})»: số chữ số phải là số nguyên từ 0 đến 9; hãy viết như «làm tròn(a; 2)»"
                ),
                format!(
                    "“làm tròn(…; {is})”: the number of digits is whole, from 0 to 9; write it like “làm tròn(a; 2)”"
                ),
            ),
            Which::Divisor => (
                format!("«{is}» chia cho 0 nên không bao giờ có kết quả; hãy sửa số chia"),
                format!("“{is}” divides by 0 and never has a result; correct what it is divided by"),
            ),
        };
        lang.pick(vi, en)
    }
}
