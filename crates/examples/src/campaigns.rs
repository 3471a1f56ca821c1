//! The four campaigns in the shape of official plans. Structure and units are real; points and facts illustrative.

use parindex_domain::unit::{Era, Reference};
use parindex_package::Findings;
use parindex_rulebook::set::CriteriaSet;

use super::Packages;
use super::structure::NodeKind;

mod binh_dinh;
mod ha_noi;
mod kien_giang;
mod package;
mod set;
mod vinh_tuong;

const NOTE: &str = "SỐ LIỆU MINH HỌA: cấu trúc và tên đơn vị theo văn bản công khai; điểm từng tiêu chí và số liệu do bộ sinh có hạt giống tạo ra, không phải kết quả của cơ quan nào.";

const PROVINCE: [&str; 8] = [
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Văn phòng Ủy ban nhân dân tỉnh",
    "Sở Nội vụ",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Thông tin và Truyền thông",
    "Sở Kế hoạch và Đầu tư",
];

/// Quarters of a point by domain: appraised, surveyed, SIPAS.
const OF_DEPARTMENT: [[i64; 3]; 8] =
    [[32, 12, 0], [28, 10, 0], [56, 16, 0], [32, 10, 0], [40, 12, 0], [36, 8, 0], [48, 12, 0], [8, 0, 40]];

type Files = Vec<(String, Vec<u8>)>;

pub fn all() -> Result<Packages, Findings> {
    Ok(vec![
        ("ha-noi-2023".to_owned(), ha_noi::ha_noi()?),
        ("binh-dinh-2024".to_owned(), binh_dinh::binh_dinh()?),
        ("kien-giang-2021".to_owned(), kien_giang::kien_giang()?),
        ("vinh-tuong-2021".to_owned(), vinh_tuong::vinh_tuong()?),
    ])
}

/// One unit of an example.
struct Unit {
    code: String,
    name: String,
    standing: &'static str,
    reason: &'static str,
    /// A domain that does not apply to it.
    skip: Option<&'static str>,
}

fn unit(code: impl Into<String>, name: &str) -> Unit {
    Unit { code: code.into(), name: name.to_owned(), standing: "ranked", reason: "", skip: None }
}

/// One block of an example.
struct BlockSpec {
    code: &'static str,
    name: &'static str,
    set: CriteriaSet,
    kinds: Vec<NodeKind>,
    units: Vec<Unit>,
}

fn departments(prefix: &str, names: &[&str]) -> Vec<Unit> {
    let unit = |(at, name): (usize, &&str)| Unit {
        // Inspectorates handle no administrative procedures of their own.
        skip: name.contains("Thanh tra").then_some("3"),
        ..unit(format!("{prefix}.{:02}", at + 1), name)
    };
    names.iter().enumerate().map(unit).collect()
}

fn below(code: &str) -> Vec<Unit> {
    let reference = Reference::new();
    reference.below(Era::Before, code).into_iter().map(|each| unit(each.code, each.name)).collect()
}
