//! Bình Định 2024: agencies of the province, districts, and central agencies that are assessed on less.

use parindex_package::Findings;

use super::package::{manifest, package};
use super::set::set;
use super::{BlockSpec, Files, OF_DEPARTMENT, PROVINCE, below, departments};
use crate::structure::SetSpec;

/// Six domains only, and a maximum of 60: central agencies are assessed on less.
const OF_CENTRAL: [[i64; 3]; 6] = [[32, 12, 0], [64, 0, 0], [0, 12, 0], [20, 12, 0], [40, 8, 0], [0, 0, 40]];

const BINH_DINH: [&str; 21] = [
    "Văn phòng UBND tỉnh",
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
    "Sở Ngoại vụ",
    "Thanh tra tỉnh",
    "Ban Dân tộc",
    "Ban Quản lý Khu kinh tế tỉnh",
];
const CENTRAL: [&str; 5] = [
    "Cục Thuế tỉnh",
    "Kho bạc Nhà nước Bình Định",
    "Cục Hải quan tỉnh",
    "Bảo hiểm xã hội tỉnh",
    "Công an tỉnh",
];

pub(super) fn binh_dinh() -> Result<Files, Findings> {
    const BASIS: &str = "Kế hoạch triển khai xác định Chỉ số CCHC năm 2024; Quyết định số 3507/QĐ-UBND ngày 21/9/2023 của UBND tỉnh Bình Định";
    let spec =
        |letter, seed| SetSpec { letter, seed, quarters: &OF_DEPARTMENT, appraisers: &PROVINCE, year: 2024 };
    let (so, so_kinds) =
        set("BD-2024-SO", "Chỉ số CCHC cơ quan thuộc UBND tỉnh (minh họa)", BASIS, &spec('s', 11));
    let (huyen, huyen_kinds) =
        set("BD-2024-HUYEN", "Chỉ số CCHC UBND huyện, thị xã, thành phố (minh họa)", BASIS, &spec('h', 12));
    let central =
        SetSpec {
            letter: 't', seed: 13, quarters: &OF_CENTRAL, appraisers: &["Sở Nội vụ"; 6], year: 2024
        };
    let (trung_uong, tu_kinds) =
        set("BD-2024-TW", "Chỉ số CCHC cơ quan Trung ương trên địa bàn (minh họa)", BASIS, &central);
    let mut agencies = departments("TW", &CENTRAL);
    if let Some(last) = agencies.last_mut() {
        (last.standing, last.reason) = ("unranked", "Đánh giá thí điểm, chưa xếp hạng");
    }
    let blocks = [
        BlockSpec {
            code: "so",
            name: "Cơ quan thuộc UBND tỉnh",
            set: so,
            kinds: so_kinds,
            units: departments("BD", &BINH_DINH),
        },
        BlockSpec {
            code: "huyen",
            name: "UBND huyện, thị xã, thành phố",
            set: huyen,
            kinds: huyen_kinds,
            units: below("52"),
        },
        BlockSpec {
            code: "trung-uong",
            name: "Cơ quan Trung ương trên địa bàn",
            set: trung_uong,
            kinds: tu_kinds,
            units: agencies,
        },
    ];
    let title = "Chỉ số cải cách hành chính năm 2024 tỉnh Bình Định";
    package(&manifest("binh-dinh-2024", title, 2024, BASIS, 1, &blocks), &blocks, 2024)
}
