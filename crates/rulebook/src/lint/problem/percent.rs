//! What is said where a percent sign was forgotten.

use crate::lang::{Lang, Say};
use crate::number::Number;

/// A percentage and a plain number taken for each other. The first text is what is measured, as the rule writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PercentProblem {
    /// A plain number where the rule needs a share.
    NumberAsShare(String),
    /// A plain number against bounds in percent.
    PercentOfNumber(String, Vec<Number>),
    /// A share against bounds without a percent sign.
    ForgottenPercent(String, Vec<Number>),
}

impl Say for PercentProblem {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::NumberAsShare(measure) => lang.pick(
                format!("«{measure}» không phải tỷ lệ mà là số thường, nên giá trị từ 1 trở lên đều thành 100% trở lên và được đủ điểm; hãy khai báo loại «tỷ lệ», hoặc viết phép chia (chia cho tổng số, hoặc «{measure}/100» nếu nhập số phần trăm)"),
                format!("“{measure}” is a plain number, not a share, so everything from 1 on is 100 % or more and earns all points; declare it as “tỷ lệ”, or write a division (by the whole, or “{measure}/100” where the number of percent is entered)"),
            ),
            Self::PercentOfNumber(measure, bounds) => {
                let marks = listed(lang, bounds, "%");
                lang.pick(
                    format!("mốc {marks} là phần trăm nhưng «{measure}» là số thường: giá trị 85 là 8500% nên vượt mọi mốc; hãy khai báo loại «tỷ lệ», viết phép chia cho tổng số, hoặc bỏ dấu %"),
                    format!("{marks} are percentages, but “{measure}” is a plain number: a value of 85 is 8500 % and over every mark; declare it as “tỷ lệ”, divide it by the whole, or drop the % sign"),
                )
            }
            Self::ForgottenPercent(measure, bounds) => {
                let hundred = Number::whole(100);
                let (plain, percent) = (listed(lang, bounds, ""), listed(lang, bounds, "%"));
                let times: Vec<Number> = bounds.iter().map(|bound| bound * &hundred).collect();
                let times = listed(lang, &times, "%");
                lang.pick(
                    format!("«{measure}» là tỷ lệ, trong đó 1 là 100%, nên mốc {plain} viết không có dấu % là {times}; hãy viết {percent}, hoặc {times} nếu đúng là như vậy"),
                    format!("“{measure}” is a share, of which 1 is 100 %, so {plain} without a % sign means {times}; write {percent}, or {times} if that is meant"),
                )
            }
        }
    }
}

/// Numbers as a rule takes them, with the sign behind each.
fn listed(lang: Lang, numbers: &[Number], sign: &str) -> String {
    let each = |number: &Number| {
        let clear = Number::clear(&number.to_string());
        format!("{}{sign}", clear.replace('.', &lang.marks().1.to_string()))
    };
    numbers.iter().map(each).collect::<Vec<_>>().join(", ")
}
