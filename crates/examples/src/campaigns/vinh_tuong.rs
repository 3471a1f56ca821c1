//! Vĩnh Tường 2021: the communes of a district.

use parindex_package::Findings;

use super::package::{manifest, package};
use super::set::set;
use super::{BlockSpec, Files, below};
use crate::structure::SetSpec;

const DISTRICT: [&str; 8] = [
    "Phòng Nội vụ",
    "Phòng Tư pháp",
    "Văn phòng HĐND và UBND huyện",
    "Phòng Nội vụ",
    "Phòng Nội vụ",
    "Phòng Tài chính - Kế hoạch",
    "Phòng Văn hóa và Thông tin",
    "Phòng Tài chính - Kế hoạch",
];

/// Quarters of a point by domain: appraised, surveyed, SIPAS.
const OF_COMMUNE: [[i64; 3]; 8] =
    [[40, 16, 0], [24, 0, 0], [64, 24, 0], [24, 16, 0], [40, 16, 0], [32, 0, 0], [32, 8, 0], [4, 0, 60]];

pub(super) fn vinh_tuong() -> Result<Files, Findings> {
    const BASIS: &str = "Kế hoạch xác định Chỉ số CCHC năm 2021 của các xã, thị trấn huyện Vĩnh Tường; Quyết định số 2757/QĐ-UBND ngày 18/10/2017 của UBND tỉnh Vĩnh Phúc";
    let spec = SetSpec { letter: 'x', seed: 31, quarters: &OF_COMMUNE, appraisers: &DISTRICT, year: 2021 };
    let (communes, kinds) = set("VT-2021-XA", "Chỉ số CCHC cấp xã (minh họa)", BASIS, &spec);
    let blocks = [BlockSpec {
        code: "xa",
        name: "Xã, thị trấn (tên theo danh mục năm 2024)",
        set: communes,
        kinds,
        units: below("252"),
    }];
    let title = "Chỉ số cải cách hành chính năm 2021 các xã, thị trấn huyện Vĩnh Tường";
    package(&manifest("vinh-tuong-2021", title, 2021, BASIS, 1, &blocks), &blocks, 252)
}
