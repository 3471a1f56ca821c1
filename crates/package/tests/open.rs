//! A package says which sheets were open when it was made: a date that nobody touched is awaited there, and "not done" elsewhere.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use parindex_domain::campaign::Status;
use parindex_package::archive::zip;
use parindex_package::load::{Package, load_from};
use parindex_package::source::PackageSource;
use parindex_package::{Findings, export};

const MANIFEST: &str = "format = 1\ncode = \"mo\"\ntitle = \"Đang nhập\"\nyear = 2026\n\n[[stages]]\ncode = \"self\"\nname = \"Tự đánh giá\"\n\n[[blocks]]\ncode = \"so\"\nname = \"Các sở\"\ncriteria = \"criteria/so.csv\"\n";
const SET: &str = "Mã,Mã cha,Tên,Điểm tối đa,Phương pháp,Số liệu,Cách tính điểm\n@phiên bản,,1,,,,\n1,,Kế hoạch,5,,,\n1.1,1,Ban hành kế hoạch,3,tự đánh giá,\"d: ngày \"\"Ngày ban hành\"\"\",hạn 30/01/2026 cho d: đúng hạn được 3 điểm; trễ được 1 điểm; chưa có được 0 điểm\n1.2,1,Văn bản,2,tự đánh giá,\"a: số đếm \"\"Số văn bản\"\"\",\"mỗi a được 0,5 điểm; tối đa 2 điểm\"\n";
const FACTS: &str = "unit,criterion,input,value\nA,1.2,a,3\nB,1.2,a,4\n";

fn package(units: &str) -> Result<Package, Findings> {
    let files =
        [("campaign.toml", MANIFEST), ("criteria/so.csv", SET), ("units.csv", units), ("facts.csv", FACTS)];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    load_from(&PackageSource::zip("mo.zip", &zip(&files).unwrap()).unwrap())
}

/// How far each unit is, and its points.
fn results(of: &Package) -> Vec<(String, Status, String)> {
    let scored = of.campaign.score(0).unwrap().result();
    let unit = |unit: &parindex_domain::campaign::UnitResult| {
        let member = of.campaign.blocks.first().unwrap().members.get(unit.seat).unwrap();
        (member.code.clone(), unit.status, unit.points.as_ref().unwrap().to_string())
    };
    let mut all: Vec<_> = scored.units.iter().map(unit).collect();
    all.sort_by(|left, right| left.0.cmp(&right.0));
    all
}

fn text(files: &[(String, Vec<u8>)], name: &str) -> String {
    let (_, bytes) = files.iter().find(|(file, _)| file == name).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

fn line(code: &str, status: Status, points: &str) -> (String, Status, String) {
    (code.to_owned(), status, points.to_owned())
}

#[test]
fn a_sheet_that_was_open_stays_open_in_its_package() {
    let units = "unit,name,open\nA,Sở A,yes\nB,Sở B,\n";
    let read = package(units).unwrap();
    let expected = [line("A", Status::Partial, "1.5"), line("B", Status::Complete, "2")];
    assert_eq!(results(&read), expected);
    let said: Vec<&str> = read.warnings.iter().map(|each| each.problem.vi.as_str()).collect();
    assert!(said.iter().any(|said| said.starts_with("1 đơn vị còn đang nhập phiếu")), "{said:?}");
    let out = export::files(&read.campaign, &read.beside).unwrap();
    assert!(text(&out, "units.csv").contains("A,Sở A,so,,ranked,,yes"), "{}", text(&out, "units.csv"));
    let again = load_from(&PackageSource::zip("mo.zip", &zip(&out).unwrap()).unwrap()).unwrap();
    assert_eq!(results(&again), expected);
    // In Vietnamese, as somebody may write it.
    let read = package("Mã đơn vị,Tên đơn vị,Đang nhập\nA,Sở A,Có\nB,Sở B,không\n").unwrap();
    assert_eq!(results(&read), expected);
}

#[test]
fn a_package_without_an_open_sheet_is_read_and_written_as_before() {
    let read = package("unit,name\nA,Sở A\nB,Sở B\n").unwrap();
    let expected = [line("A", Status::Complete, "1.5"), line("B", Status::Complete, "2")];
    assert_eq!(results(&read), expected);
    let out = export::files(&read.campaign, &read.beside).unwrap();
    assert!(text(&out, "units.csv").starts_with("unit,name,block,parent,standing,reason\n"));
    let refused = package("unit,name,open\nA,Sở A,mai\nB,Sở B,\n").unwrap_err();
    let finding = refused.first().unwrap();
    assert_eq!((finding.place.row, finding.place.column.as_str()), (2, "open"));
    assert!(finding.problem.vi.contains("hãy chọn: yes, no"), "{}", finding.problem.vi);
}
