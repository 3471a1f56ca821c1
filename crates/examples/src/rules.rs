//! The rule, inputs and checks of a criterion by its way of scoring.

use parindex_rulebook::notation;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Criterion;

use super::structure::not_applicable;

/// Gives a criterion what its way of scoring needs.
pub fn give(criterion: &mut Criterion, kind: &str, year: i16) {
    let max = criterion.max.clone().unwrap_or_default();
    let (inputs, rule, checks) = texts(kind, &max, year);
    // The generator's own texts are read by the same parser as everybody's; a test reads every set.
    criterion.inputs = notation::parse_inputs(&inputs).unwrap_or_default();
    criterion.rule = notation::parse(&rule).unwrap_or_default();
    criterion.checks = notation::parse_checks(checks).unwrap_or_default();
    criterion.not_applicable = not_applicable(kind);
}

const PARTS: &str = "a: số đếm \"Số đạt yêu cầu\"; b: số đếm \"Tổng số\"";

fn texts(kind: &str, max: &Number, year: i16) -> (String, String, &'static str) {
    let part = |percent: i64| (max * &Number::hundredths(percent)).to_string().replace('.', ",");
    let whole = part(100);
    let owned = |inputs: &str, rule: String, checks: &'static str| (inputs.to_owned(), rule, checks);
    match kind {
        "choice" => owned("", "chọn: Thực hiện đầy đủ = 100%; Thực hiện một phần = 50%; Không thực hiện = 0%".to_owned(), ""),
        "ratio" | "rationa" => owned(PARTS, "theo tỷ lệ a/b; mẫu bằng 0: không áp dụng".to_owned(), "a ≤ b"),
        "ratiofull" => owned(PARTS, "theo tỷ lệ a/b; mẫu bằng 0: điểm tối đa".to_owned(), "a ≤ b"),
        "ratio100" => owned(PARTS, "theo tỷ lệ a/b; từ 100% được điểm tối đa; dưới 70% được 0 điểm; mẫu bằng 0: 0 điểm".to_owned(), "a ≤ b"),
        "threshold95" => owned(PARTS, "theo tỷ lệ a/b; từ 95% được điểm tối đa; mẫu bằng 0: không áp dụng".to_owned(), "a ≤ b"),
        "threshold90" | "threshold80" | "threshold50" => {
            let threshold = kind.trim_start_matches("threshold");
            owned(PARTS, format!("theo tỷ lệ a/b; từ {threshold}% được điểm tối đa; mẫu bằng 0: 0 điểm"), "a ≤ b")
        }
        "band" => owned("a: số đếm \"Số lượng\"", "theo bậc a: từ 4 được điểm tối đa; từ 2 đến dưới 4 được 50%; dưới 2 được 0 điểm".to_owned(), ""),
        "count" => owned("a: số đếm \"Số được công nhận\"", format!("mỗi a được {} điểm; tối đa {whole} điểm", part(50)), ""),
        "deduct" => owned(
            "a: số đếm \"Số trường hợp khiển trách, cảnh cáo\"; b: số đếm \"Số trường hợp nặng hơn\"",
            "trừ 25% mỗi a; trừ 100% mỗi b".to_owned(),
            "",
        ),
        "nobreach" => owned("a: số đếm \"Số trường hợp vi phạm\"", "không có a được điểm tối đa; nếu có được 0 điểm".to_owned(), ""),
        "deadline" => owned(
            "[ngày thực hiện]: ngày \"Ngày thực hiện\"",
            format!("hạn 31/01/{year} cho [ngày thực hiện]: đúng hạn được điểm tối đa; trễ đến 10 ngày làm việc được 50%; trễ hơn được 0 điểm; chưa có được 0 điểm"),
            "",
        ),
        "plan" => owned(
            "a: số \"Kết quả thực hiện\"; b: số \"Kế hoạch được giao\"",
            "theo tỷ lệ a/b; từ 100% được điểm tối đa; dưới 50% được 0 điểm; mẫu bằng 0: không áp dụng".to_owned(),
            "",
        ),
        "growth" => owned(
            "a: số \"Năm đánh giá\"; b: số \"Năm trước\"",
            "theo bậc mức tăng a so với b: từ 10% được điểm tối đa; từ 0% đến dưới 10% được 50%; dưới 0% được 0 điểm; mẫu bằng 0: 0 điểm".to_owned(),
            "",
        ),
        "weighted" => owned(
            "a: số đếm \"Giao dịch thanh toán trực tuyến\"; b: số đếm \"Giao dịch phải thanh toán\"; c: số đếm \"Thủ tục có thanh toán trực tuyến\"; d: số đếm \"Thủ tục có thu phí\"",
            format!("cộng: {} × a/b; {} × c/d tối đa {}; mẫu bằng 0: tỷ lệ là 0%", part(60), part(50), part(40)),
            "a ≤ b; c ≤ d",
        ),
        "formula" => owned(
            "a: số đếm \"Hồ sơ đã đồng bộ\"; b: số đếm \"Hồ sơ tiếp nhận\"; c: số đếm \"Hồ sơ theo Cổng quốc gia\"",
            "công thức điểm tối đa × nhỏ nhất(1; a/lớn nhất(b; (c, nếu thiếu thì b))); mẫu bằng 0: 0 điểm".to_owned(),
            "",
        ),
        "cases" => owned(
            PARTS,
            "một trong: Có cơ sở dữ liệu: theo tỷ lệ a/b | Không quản lý cơ sở dữ liệu: công thức 50% × điểm tối đa; mẫu bằng 0: 0 điểm".to_owned(),
            "a ≤ b",
        ),
        "steps" => owned(
            "a: số \"Mức sẵn sàng, %\"",
            format!("bậc thang a: đến 50 được {} điểm; cứ thêm 10 được thêm {} điểm; tối đa {whole} điểm", part(50), part(10)),
            "",
        ),
        "survey" => owned("", "theo phiếu: A = 100%; B = 60%; C = 20%; D = 0%; mẫu bằng 0: không áp dụng".to_owned(), ""),
        "sipas" => owned("p: tỷ lệ \"Chỉ số hài lòng\"", "theo SIPAS p".to_owned(), ""),
        _ => owned("", String::new(), ""),
    }
}
