//! The four campaigns in the shape of official plans. Structure and units are real; points and facts illustrative.

use parindex_domain::unit::{Era, Reference};
use parindex_package::manifest::{BlockEntry, FORMAT, Manifest, StageEntry};
use parindex_package::rows::{entries, units};
use parindex_package::{Findings, csv, skeleton};
use parindex_rulebook::number::Number;
use parindex_rulebook::rule::{End, Range};
use parindex_rulebook::set::{CriteriaSet, Method, write};
use parindex_rulebook::settings::{Class, RoundAt, Scale};

use super::Packages;
use super::facts::{Rows, Stages, Writer};
use super::seeded::Seeded;
use super::structure::{Kind, SetSpec, build};

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
const OF_PROVINCE: [[i64; 3]; 8] =
    [[30, 8, 0], [22, 16, 0], [56, 12, 0], [30, 12, 0], [32, 24, 0], [34, 10, 0], [38, 12, 0], [24, 0, 40]];
const OF_DEPARTMENT: [[i64; 3]; 8] =
    [[32, 12, 0], [28, 10, 0], [56, 16, 0], [32, 10, 0], [40, 12, 0], [36, 8, 0], [48, 12, 0], [8, 0, 40]];
const OF_COMMUNE: [[i64; 3]; 8] =
    [[40, 16, 0], [24, 0, 0], [64, 24, 0], [24, 16, 0], [40, 16, 0], [32, 0, 0], [32, 8, 0], [4, 0, 60]];
/// Six domains only, and a maximum of 60: central agencies are assessed on less.
const OF_CENTRAL: [[i64; 3]; 6] = [[32, 12, 0], [64, 0, 0], [0, 12, 0], [20, 12, 0], [40, 8, 0], [0, 0, 40]];

pub fn all() -> Result<Packages, Findings> {
    Ok(vec![
        ("ha-noi-2023".to_owned(), ha_noi()?),
        ("binh-dinh-2024".to_owned(), binh_dinh()?),
        ("kien-giang-2021".to_owned(), kien_giang()?),
        ("vinh-tuong-2021".to_owned(), vinh_tuong()?),
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
    kinds: Vec<Kind>,
    units: Vec<Unit>,
}

fn set(code: &str, title: &str, basis: &str, spec: &SetSpec<'_>) -> (CriteriaSet, Vec<Kind>) {
    let (mut set, kinds) = build(spec);
    code.clone_into(&mut set.about.code);
    title.clone_into(&mut set.about.title);
    set.about.version = spec.year.to_string();
    basis.clone_into(&mut set.about.legal_basis);
    NOTE.clone_into(&mut set.about.note);
    let counts = |level: usize| {
        let count = set.criteria.iter().filter(|each| each.code.split('.').count() == level).count();
        u32::try_from(count).ok()
    };
    (set.declared.domains, set.declared.criteria, set.declared.subcriteria) =
        (counts(1), counts(2), counts(3));
    let pot = |at: usize| {
        Number::hundredths(spec.quarters.iter().filter_map(|pots| pots.get(at)).sum::<i64>() * 25)
    };
    set.declared.by_method = vec![
        (vec![Method::SelfAssessed, Method::External], pot(0)),
        (vec![Method::Survey], pot(1)),
        (vec![Method::Sipas], pot(2)),
    ];
    set.settings.scales = vec![scale()];
    (set, kinds)
}

/// Xuất sắc, tốt, khá, trung bình, yếu: marks as several provinces publish them.
fn scale() -> Scale {
    let marks = [
        ("Xuất sắc", Some(90)),
        ("Tốt", Some(80)),
        ("Khá", Some(65)),
        ("Trung bình", Some(50)),
        ("Yếu", None),
    ];
    let end = |mark: i64, included: bool| End { at: Number::whole(mark), included, percent: false };
    let mut classes: Vec<Class> = Vec::new();
    let mut above = None;
    for (name, mark) in marks {
        let range = Range { from: mark.map(|mark| end(mark, true)), to: above.map(|mark| end(mark, false)) };
        classes.push(Class { name: name.to_owned(), range });
        above = mark;
    }
    Scale { years: None, classes }
}

fn stage(code: &str, name: &str, counts: &[Method]) -> StageEntry {
    let counts = counts.iter().map(|method| method.word().to_owned()).collect();
    StageEntry { code: code.to_owned(), name: name.to_owned(), counts }
}

fn stages(rounds: usize) -> Vec<StageEntry> {
    let own = [Method::SelfAssessed];
    let mut stages = vec![stage("self", "Tự đánh giá", &own)];
    stages.extend(
        (1..=rounds)
            .map(|round| stage(&format!("appraisal-{round}"), &format!("Thẩm định lần {round}"), &own)),
    );
    stages.push(stage("final", "Kết quả", &[]));
    stages
}

type Files = Vec<(String, Vec<u8>)>;

fn package(manifest: &Manifest, blocks: &[BlockSpec], seed: u64) -> Result<Files, Findings> {
    let mut seeded = Seeded::new(seed);
    let rounds: Vec<&str> = manifest
        .stages
        .iter()
        .map(|stage| stage.code.as_str())
        .filter(|code| code.starts_with("appraisal"))
        .collect();
    let stages = Stages { own: "self", rounds: &rounds, outside: "final" };
    let (mut unit_rows, mut facts, mut points, mut external) =
        (Rows::default(), Rows::default(), Rows::default(), Rows::default());
    let mut files: Files = Vec::new();
    for block in blocks {
        let mut writer = Writer::new(&block.set, &block.kinds, manifest.year, stages);
        for unit in &block.units {
            let quality = seeded.between(62, 97);
            let cells = [&unit.code, &unit.name, block.code, "", unit.standing, unit.reason];
            unit_rows.0.push(cells.map(str::to_owned).to_vec());
            if unit.standing != "exempt" {
                writer.unit(&unit.code, quality, unit.skip, &mut seeded);
            }
        }
        facts.0.extend(writer.facts.0);
        points.0.extend(writer.points.0.into_iter().map(|mut row| {
            row.insert(2, String::new());
            row
        }));
        external.0.extend(writer.external.0);
        files.push((format!("criteria/{}.csv", block.code), csv::write(&write(&block.set), &[NOTE])?));
    }
    files.push(("units.csv".to_owned(), csv::write(&unit_rows.table(&units::COLUMNS), &[NOTE])?));
    files.push(("facts.csv".to_owned(), csv::write(&facts.table(&entries::FACTS), &[NOTE])?));
    if !points.0.is_empty() {
        files.push(("points.csv".to_owned(), csv::write(&points.table(&entries::POINTS), &[NOTE])?));
    }
    files.push(("external.csv".to_owned(), csv::write(&external.table(&entries::EXTERNAL), &[NOTE])?));
    skeleton::finish(manifest, files)
}

fn manifest(
    code: &str,
    title: &str,
    year: i16,
    basis: &str,
    rounds: usize,
    blocks: &[BlockSpec],
) -> Manifest {
    let block = |block: &BlockSpec| BlockEntry {
        code: block.code.to_owned(),
        name: block.name.to_owned(),
        criteria: format!("criteria/{}.csv", block.code),
        version: year.to_string(),
        moves: Vec::new(),
    };
    Manifest {
        format: FORMAT,
        code: code.to_owned(),
        title: title.to_owned(),
        year,
        from: format!("{year}-01-01"),
        to: format!("{year}-12-31"),
        legal_basis: basis.to_owned(),
        note: NOTE.to_owned(),
        stages: stages(rounds),
        blocks: blocks.iter().map(block).collect(),
    }
}

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

fn ha_noi() -> Result<Files, Findings> {
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

fn binh_dinh() -> Result<Files, Findings> {
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

fn kien_giang() -> Result<Files, Findings> {
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

fn vinh_tuong() -> Result<Files, Findings> {
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
