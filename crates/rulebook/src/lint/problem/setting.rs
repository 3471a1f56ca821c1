//! What is said of what a set settles once: its code, rounding, classes.

use crate::lang::{Lang, Say};
use crate::number::Number;
use crate::set::Part;

/// Something about the settings of a set that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingProblem {
    /// The set has no code.
    NoCode,
    /// The set has no title.
    NoTitle,
    /// Points keep fewer digits than these maxima have.
    CoarsePoints {
        /// The codes of the criteria.
        codes: Vec<String>,
        /// How many digits are kept.
        digits: u8,
        /// How many are needed.
        needed: u8,
    },
    /// The index is the points and keeps fewer digits than the maximum has.
    CoarseIndex {
        /// All points together.
        max: Number,
        /// How many digits are kept.
        digits: u8,
        /// How many are needed.
        needed: u8,
    },
    /// No result is of this class.
    ClassUnreached(String),
    /// A class begins above all that can be reached: its name, where it begins, the most that can be reached.
    ClassTooHigh(String, Number, Number),
    /// Results below this are of no class.
    ClassGap {
        /// Where the last class begins.
        from: Number,
        /// Whether what lies there is of no class either.
        at: bool,
    },
    /// Marks from 0 to 1 on an index from 0 to 100.
    MarksAsShares(Number),
    /// A class begins below zero: its name, where it begins.
    ClassBelowZero(String, Number),
    /// All points of a part outside the maximum are capped at zero.
    ZeroCap(Part),
    /// Two scales hold for one year, of which the first is used.
    YearTwice(i16),
}

impl Say for SettingProblem {
    #[expect(clippy::too_many_lines, reason = "one sentence for each problem, side by side")]
    fn say(&self, lang: Lang) -> String {
        let short = |number: &Number| lang.short(number);
        match self {
            Self::NoCode => lang.pick(
                "bộ tiêu chí chưa có mã; hãy thêm một hàng ghi @mã bộ ở cột «Mã» và mã của bộ ở cột «Tên», ví dụ BD-2026-SO (sổ tính có trang «Thông tin» thì ghi ở trang đó, mã ở ô bên phải)",
                "the set has no code; add a row with @mã bộ in the column “Mã” and the code in the column “Tên”, such as BD-2026-SO (in a workbook with a sheet “Thông tin”: on that sheet, the code in the cell to the right)",
            ).to_owned(),
            Self::NoTitle => lang.pick(
                "bộ tiêu chí chưa có tên; hãy thêm một hàng ghi @tên bộ ở cột «Mã» và tên của bộ ở cột «Tên» (sổ tính có trang «Thông tin» thì ghi ở trang đó, tên ở ô bên phải)",
                "the set has no title; add a row with @tên bộ in the column “Mã” and the title in the column “Tên” (in a workbook with a sheet “Thông tin”: on that sheet, the title in the cell to the right)",
            ).to_owned(),
            Self::CoarsePoints { codes, digits, needed } => {
                let codes = few(lang, codes);
                lang.pick(
                    format!("điểm giữ {digits} chữ số thập phân nhưng điểm tối đa của {codes} có {needed} chữ số, nên điểm ở đó không bao giờ đúng bằng điểm tối đa đã ghi; hãy viết @làm tròn với {needed} chữ số, hoặc sửa điểm tối đa"),
                    format!("points keep {digits} decimals, but the maximum of {codes} has {needed}, so points there never are exactly the stated maximum; write @làm tròn with {needed} chữ số, or correct the maximum"),
                )
            }
            Self::CoarseIndex { max, digits, needed } => {
                let max = short(max);
                lang.pick(
                    format!("chỉ số bằng điểm và giữ {digits} chữ số thập phân nhưng tổng điểm tối đa {max} có {needed} chữ số; hãy viết @chỉ số với {needed} chữ số"),
                    format!("the index is the points and keeps {digits} decimals, but the maximum of {max} has {needed}; write @chỉ số with {needed} chữ số"),
                )
            }
            Self::ClassUnreached(name) => lang.pick(
                format!("không kết quả nào thuộc loại «{name}» vì loại ghi trước đã nhận hết; hãy ghi các loại từ mốc cao đến mốc thấp"),
                format!("no result is of class “{name}”: those before it take all; state the classes from the highest mark to the lowest"),
            ),
            Self::ClassTooHigh(name, from, top) => {
                let (from, top) = (short(from), short(top));
                lang.pick(
                    format!("không kết quả nào thuộc loại «{name}»: mốc {from} cao hơn kết quả cao nhất có thể là {top}; hãy sửa mốc"),
                    format!("no result is of class “{name}”: it begins at {from}, above the highest possible result of {top}; correct the mark"),
                )
            }
            Self::ClassGap { from, at } => {
                let (vi, en) = if *at { ("từ", "of") } else { ("dưới", "below") };
                let (words, english) = if *at { (" trở xuống", " and less") } else { ("", "") };
                let from = short(from);
                lang.pick(
                    format!("kết quả {vi} {from}{words} không thuộc loại nào; hãy thêm loại cuối không ghi mốc, ví dụ «; Yếu»"),
                    format!("results {en} {from}{english} are of no class; add a last class without a mark, such as “; Yếu”"),
                )
            }
            Self::MarksAsShares(mark) => {
                let percent = short(&(mark * &Number::whole(100)));
                let mark = short(mark);
                lang.pick(
                    format!("chỉ số tính theo thang 100 nên mốc {mark} gần như ai cũng đạt; nếu là {percent}% hãy viết {percent}"),
                    format!("the index goes up to 100, so nearly everybody reaches the mark {mark}; write {percent} if {percent} % is meant"),
                )
            }
            Self::ClassBelowZero(name, from) => {
                let from = short(from);
                lang.pick(
                    format!("mốc {from} của loại «{name}» nhỏ hơn 0 nhưng không kết quả nào nhỏ hơn 0; hãy ghi mốc từ 0 trở lên, hoặc bỏ mốc của loại cuối"),
                    format!("class “{name}” begins at {from}, and no result is below zero; write a mark of at least 0, or a last class without one"),
                )
            }
            Self::ZeroCap(part) => {
                let (vi, en) = if *part == Part::Penalty {
                    ("điểm trừ không bao giờ bị trừ", "penalties never take anything")
                } else {
                    ("điểm cộng không bao giờ được cộng", "bonus points never count")
                };
                lang.pick(
                    format!("trần bằng 0 nên {vi}; hãy ghi trần lớn hơn 0, ví dụ 2, hoặc bỏ hàng này"),
                    format!("with a cap of 0 {en}; write one above zero, such as 2, or remove this row"),
                )
            }
            Self::YearTwice(year) => lang.pick(
                format!("năm {year} đã có xếp loại ở hàng trước nên hàng này không dùng cho năm đó; hãy sửa các năm"),
                format!("classes for {year} stand in an earlier row, so this one is not used for it; correct the years"),
            ),
        }
    }
}

/// The first codes, and how many more there are.
fn few(lang: Lang, codes: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<&str> = codes.iter().take(SHOWN).map(String::as_str).collect();
    let shown = shown.join(", ");
    match codes.len().saturating_sub(SHOWN) {
        0 => shown,
        more => lang.pick(format!("{shown} và {more} mục khác"), format!("{shown} and {more} others")),
    }
}
