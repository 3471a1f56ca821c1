//! Why a rule gave nothing.

use parindex_rulebook::eval::Stop;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::set::Compiled;

/// Why a rule gave nothing, with the names behind its slots.
pub struct StopIn<'a> {
    /// The set.
    pub compiled: &'a Compiled,
    pub node: usize,
    pub stop: &'a Stop,
}

impl Say for StopIn<'_> {
    fn say(&self, lang: Lang) -> String {
        let title = |slot: &parindex_rulebook::slot::Slot| {
            self.compiled
                .inputs
                .get(slot.index())
                .map_or_else(String::new, parindex_rulebook::input::Input::title)
        };
        let max = lang.short(self.compiled.max(self.node));
        match self.stop {
            Stop::Missing(slot) => {
                let title = title(slot);
                lang.pick(format!("chưa nhập «{title}»"), format!("“{title}” is missing"))
            }
            Stop::NoPoints => lang.pick("chưa nhập điểm", "no points were entered").to_owned(),
            Stop::NoParent => lang.pick("đơn vị cấp trên chưa có điểm", "the unit above has no points").to_owned(),
            Stop::ZeroDenominator => lang.pick(
                "mẫu số bằng 0 mà quy tắc chưa nêu kết quả; hãy thêm «mẫu bằng 0: …» vào cách tính điểm",
                "a denominator is zero and the rule states no outcome; add “mẫu bằng 0: …” to it",
            ).to_owned(),
            Stop::WrongKind(slot) => {
                let title = title(slot);
                lang.pick(format!("«{title}» không phải loại số liệu quy tắc cần"), format!("“{title}” is of the wrong kind"))
            }
            Stop::NoBand(value) => {
                let value = lang.short(value);
                lang.pick(
                    format!("không bậc nào nhận giá trị {value}; hãy bổ sung bậc"),
                    format!("no band holds {value}; add one"),
                )
            }
            Stop::OutOfRange(points) => {
                let points = lang.short(points);
                lang.pick(
                    format!("{points} điểm nằm ngoài khoảng 0 đến {max}; hãy nhập lại"),
                    format!("{points} points lie outside 0 to {max}; enter them again"),
                )
            }
            Stop::OffStep(both) => {
                let (points, step) = (lang.short(&both.0), lang.short(&both.1));
                lang.pick(
                    format!("{points} điểm không chia hết cho bước {step}; hãy nhập lại"),
                    format!("{points} points are no multiple of {step}; enter them again"),
                )
            }
            Stop::TooLarge => lang.pick(
                "phép tính cho số quá lớn; hãy kiểm tra số liệu và công thức",
                "the calculation grows too large; check the figures and the formula",
            ).to_owned(),
            Stop::NotApplicableRefused => lang.pick(
                "tiêu chí này không cho phép «không áp dụng»; hãy nhập số liệu, hoặc nêu cách xử lý ở cột «Không áp dụng»",
                "this criterion cannot be “not applicable”; enter figures, or state a policy in its column",
            ).to_owned(),
            Stop::Calendar(error) => error.say(lang),
        }
    }
}
