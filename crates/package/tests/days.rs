//! Days in a package: those of its calendar with their sources, and those of figures beside the assessed period.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use parindex_package::archive::zip;
use parindex_package::load::{Package, load_from};
use parindex_package::source::PackageSource;
use parindex_package::{Findings, export};
use parindex_rulebook::calendar::DayKind;

const MANIFEST: &str = "format = 1\ncode = \"lich\"\ntitle = \"Lịch\"\nyear = 2027\n\n[[stages]]\ncode = \"final\"\nname = \"Kết quả\"\n\n[[blocks]]\ncode = \"so\"\nname = \"Các sở\"\ncriteria = \"criteria/so.csv\"\n";
const SET: &str = "Mã,Mã cha,Tên,Điểm tối đa,Phương pháp,Số liệu,Cách tính điểm\n@phiên bản,,1,,,,\n1,,Kế hoạch,2,,,\n1.1,1,Nộp báo cáo,2,tự đánh giá,\"d: ngày \"\"Ngày nộp\"\"\",hạn 11/06/2027 cho d: đúng hạn được 2 điểm; trễ đến 1 ngày làm việc được 1 điểm; trễ hơn được 0 điểm; chưa có được 0 điểm\n";
/// Friday is the last day; Tuesday is one working day late where Monday is off.
const FACTS: &str = "unit,criterion,input,value\nA,1.1,d,2027-06-15\n";

fn package(more: &[(&str, &str)]) -> Result<Package, Findings> {
    let mut files = vec![
        ("campaign.toml", MANIFEST),
        ("criteria/so.csv", SET),
        ("units.csv", "unit,name\nA,Sở A\n"),
        ("facts.csv", FACTS),
    ];
    for (name, text) in more {
        files.retain(|(known, _)| known != name);
        files.push((*name, *text));
    }
    let files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
    load_from(&PackageSource::zip("lich.zip", &zip(&files).unwrap()).unwrap())
}

fn points(of: &Package) -> String {
    let scored = of.campaign.score(0).unwrap().result();
    scored.units.first().unwrap().points.as_ref().unwrap().to_string()
}

fn warnings(of: &Package) -> Vec<String> {
    of.warnings.iter().map(|warning| warning.problem.vi.clone()).collect()
}

#[test]
fn a_day_is_said_in_vietnamese_and_travels_with_its_source() {
    assert_eq!(points(&package(&[]).unwrap()), "0");
    let calendar =
        "Ngày,Loại,Tên,Nguồn\n2027-06-14,Nghỉ bù,Lễ hội,Quyết định 88/QĐ-UBND\n19/06/2027,làm bù,,\n";
    let read = package(&[("calendar.csv", calendar)]).unwrap();
    assert_eq!(points(&read), "1");
    let days: Vec<[&str; 4]> = read
        .beside
        .days
        .iter()
        .map(|day| [&day.date, &day.kind, &day.name, &day.source].map(String::as_str))
        .collect();
    assert_eq!(
        days,
        [
            ["2027-06-14", DayKind::Off.word(), "Lễ hội", "Quyết định 88/QĐ-UBND"],
            ["2027-06-19", DayKind::Work.word(), "", ""],
        ]
    );
    let out = zip(&export::files(&read.campaign, &read.beside).unwrap()).unwrap();
    let again = load_from(&PackageSource::zip("lich.zip", &out).unwrap()).unwrap();
    assert_eq!(again.beside, read.beside);
    assert_eq!(zip(&export::files(&again.campaign, &again.beside).unwrap()).unwrap(), out);
    // A table of before has no sources, and other words are named with what is needed.
    let plain = package(&[("calendar.csv", "date,kind,name\n2027-06-14,off,Lễ hội\n")]).unwrap();
    assert_eq!(points(&plain), "1");
    let bad = package(&[("calendar.csv", "date,kind\n2027-06-14,lễ\n")]).unwrap_err();
    assert!(
        bad.iter().any(|finding| finding.problem.vi.contains("nghỉ (off) hoặc làm việc (work)")),
        "{bad:?}"
    );
}

#[test]
fn a_year_of_which_some_days_are_there_is_remarked() {
    let known = package(&[("calendar.csv", "date,kind\n2027-06-14,off\n")]).unwrap();
    assert!(!warnings(&known).iter().any(|said| said.contains("chưa có đủ ngày nghỉ")));
    let unknown = package(&[("calendar.csv", "date,kind\n2033-01-01,off\n")]).unwrap();
    let said = warnings(&unknown);
    assert!(said.iter().any(|said| said.contains("chưa có đủ ngày nghỉ của năm 2033")), "{said:?}");
    assert!(unknown.warnings.iter().any(|warning| warning.place.file == "calendar.csv"));
    // 1 January 2033 is a Saturday, and two holidays of spring fall on a weekend: what is off in their place is named.
    for says in [
        "Tết Dương lịch (nghỉ bù 03/01/2033)",
        "Ngày Chiến thắng (nghỉ bù 02/5/2033)",
        "mồng 1 là 31/01/2033",
    ] {
        assert!(said.iter().any(|said| said.contains(says)), "{says}: {said:?}");
    }
}

#[test]
fn what_is_wrong_with_many_days_is_told_of_a_bounded_number_of_them() {
    let days = (2101..2600).map(|year| format!("{year}-06-14,off")).collect::<Vec<_>>().join("\n");
    let read = package(&[("calendar.csv", &format!("date,kind\n{days}"))]).unwrap();
    let said = warnings(&read);
    let years: Vec<&String> =
        said.iter().filter(|said| said.contains("âm lịch") || said.contains("ngày nghỉ")).collect();
    assert!(years.len() == 21 && years.iter().any(|said| said.contains("còn 479 năm khác")), "{years:?}");
    let bad = "31/02/2027,off\n".repeat(1_500);
    assert_eq!(package(&[("calendar.csv", &format!("date,kind\n{bad}"))]).unwrap_err().len(), 1_000);
    let twice = "A,Sở A\n".repeat(1_500);
    assert_eq!(package(&[("units.csv", &format!("unit,name\n{twice}"))]).unwrap_err().len(), 1_000);
}

#[test]
fn a_day_beside_the_assessed_period_is_remarked_with_its_cell() {
    let within = package(&[]).unwrap();
    assert!(!warnings(&within).iter().any(|said| said.contains("ngoài kỳ đánh giá")));
    let beside = package(&[("facts.csv", "unit,criterion,input,value\nA,1.1,d,2026-12-28\n")]).unwrap();
    let finding = beside.warnings.iter().find(|each| each.problem.vi.contains("ngoài kỳ đánh giá")).unwrap();
    assert!(finding.problem.vi.contains("28/12/2026 nằm ngoài kỳ đánh giá 01/01/2027 – 31/12/2027"));
    assert!(finding.problem.en.contains("outside the assessed period"));
    let place = &finding.place;
    assert_eq!((place.file.as_str(), place.row, place.column.as_str()), ("facts.csv", 2, "value"));
    let far = package(&[("facts.csv", "unit,criterion,input,value\nA,1.1,d,2007-06-15\n")]).unwrap_err();
    assert!(far.iter().any(|finding| finding.problem.vi.contains("quá xa kỳ đánh giá")), "{far:?}");
}

/// A slip of a key in the assessed period would make all days of figures far from it, or none.
#[test]
fn the_assessed_period_lies_near_the_assessed_year() {
    let with = |days: &str| MANIFEST.replace("year = 2027\n", &format!("year = 2027\n{days}"));
    let near = with("from = \"2026-12-15\"\nto = \"2027-12-14\"\n");
    assert!(package(&[("campaign.toml", &near)]).is_ok());
    let far = with("from = \"2072-01-01\"\n");
    let findings = package(&[("campaign.toml", &far)]).unwrap_err();
    let said: Vec<&str> = findings.iter().map(|finding| finding.problem.vi.as_str()).collect();
    assert_eq!(
        said,
        ["«01/01/2072» quá xa: kỳ đánh giá của năm 2027 phải từ năm 2026 đến năm 2028; hãy kiểm tra lại năm"]
    );
}
