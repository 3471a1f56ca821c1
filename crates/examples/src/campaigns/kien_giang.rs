//! Kiên Giang 2021: one province that assesses itself, parts of its sheet delegated.

use parindex_package::Findings;
use parindex_rulebook::settings::RoundAt;

use super::package::{manifest, package};
use super::set::set;
use super::{BlockSpec, Files, PROVINCE, unit};
use crate::structure::SetSpec;

/// Quarters of a point by domain: appraised, surveyed, SIPAS.
const OF_PROVINCE: [[i64; 3]; 8] =
    [[30, 8, 0], [22, 16, 0], [56, 12, 0], [30, 12, 0], [32, 24, 0], [34, 10, 0], [38, 12, 0], [24, 0, 40]];

pub(super) fn kien_giang() -> Result<Files, Findings> {
    const BASIS: &str = "Kế hoạch số 08/KH-UBND ngày 12/01/2022 của UBND tỉnh Kiên Giang; Quyết định số 1149/QĐ-BNV ngày 30/12/2020";
    let spec = SetSpec { letter: 'k', seed: 21, quarters: &OF_PROVINCE, appraisers: &PROVINCE, year: 2021 };
    let (mut province, kinds) = set(
        "QD1149-TINH",
        "Bộ tiêu chí xác định Chỉ số CCHC cấp tỉnh theo QĐ 1149/QĐ-BNV (điểm thành phần minh họa)",
        BASIS,
        &spec,
    );
    // Parts of the one sheet are delegated: 7.4 and 8.4 go to other bodies than their domains.
    for (start, body) in [("7.4", "Sở Khoa học và Công nghệ"), ("8.4", "Sở Tài chính")] {
        for criterion in province
            .criteria
            .iter_mut()
            .filter(|each| each.code.starts_with(start) && !each.appraiser.is_empty())
        {
            body.clone_into(&mut criterion.appraiser);
        }
    }
    province.settings.rounding.at = RoundAt::End;
    let blocks = [BlockSpec {
        code: "tinh",
        name: "Tỉnh tự chấm điểm",
        set: province,
        kinds,
        units: vec![unit("91", "Tỉnh Kiên Giang")],
    }];
    let title = "Tự đánh giá, chấm điểm Chỉ số cải cách hành chính của tỉnh Kiên Giang năm 2021";
    package(&manifest("kien-giang-2021", title, 2021, BASIS, 1, &blocks), &blocks, 2021)
}
