//! Hà Nội 2023: departments, and districts in a block of their own.

use parindex_package::Findings;

use super::package::{manifest, package};
use super::set::set;
use super::{BlockSpec, Files, OF_DEPARTMENT, Unit, below, departments, unit};
use crate::structure::SetSpec;

const CITY: [&str; 8] = [
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Văn phòng UBND Thành phố",
    "Sở Nội vụ",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Thông tin và Truyền thông",
    "Sở Kế hoạch và Đầu tư",
];

const HA_NOI: [&str; 22] = [
    "Văn phòng UBND Thành phố",
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Sở Tài chính",
    "Sở Kế hoạch và Đầu tư",
    "Sở Công Thương",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Giao thông vận tải",
    "Sở Xây dựng",
    "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Văn hóa và Thể thao",
    "Sở Du lịch",
    "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
    "Sở Quy hoạch - Kiến trúc",
    "Sở Ngoại vụ",
    "Thanh tra Thành phố",
    "Ban Dân tộc",
    "Ban Quản lý các khu công nghiệp và chế xuất",
];

pub(super) fn ha_noi() -> Result<Files, Findings> {
    const BASIS: &str = "Kế hoạch số 243/KH-UBND ngày 05/10/2023; Quyết định số 4190/QĐ-UBND ngày 22/8/2023 của UBND thành phố Hà Nội";
    let spec =
        |letter, seed| SetSpec { letter, seed, quarters: &OF_DEPARTMENT, appraisers: &CITY, year: 2023 };
    let (so, so_kinds) =
        set("HN-2023-SO", "Chỉ số CCHC các Sở, cơ quan tương đương Sở (minh họa)", BASIS, &spec('s', 1));
    let (huyen, huyen_kinds) =
        set("HN-2023-HUYEN", "Chỉ số CCHC UBND các quận, huyện, thị xã (minh họa)", BASIS, &spec('h', 2));
    let mut units = departments("HN", &HA_NOI);
    units.push(Unit {
        standing: "exempt",
        reason: "Chưa đánh giá trong năm 2023",
        ..unit("HN.23", "Ban Quản lý khu công nghệ cao Hòa Lạc")
    });
    let blocks = [
        BlockSpec {
            code: "so", name: "Sở, cơ quan tương đương Sở", set: so, kinds: so_kinds, units
        },
        BlockSpec {
            code: "quan-huyen",
            name: "UBND quận, huyện, thị xã",
            set: huyen,
            kinds: huyen_kinds,
            units: below("01"),
        },
    ];
    let title = "Chỉ số cải cách hành chính năm 2023 các Sở và UBND quận, huyện, thị xã thành phố Hà Nội";
    package(&manifest("ha-noi-2023", title, 2023, BASIS, 2, &blocks), &blocks, 2023)
}
