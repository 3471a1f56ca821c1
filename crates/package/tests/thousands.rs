//! A figure of a file is read by its point, and told where people would have meant thousands.

use parindex_domain::campaign::What;
use parindex_package::archive::zip;
use parindex_package::load::load_from;
use parindex_package::source::PackageSource;
use parindex_rulebook::input::Value;

const MANIFEST: &str = "format = 1\ncode = \"von\"\ntitle = \"Vốn\"\nyear = 2026\n\n[[stages]]\ncode = \"self\"\nname = \"Tự đánh giá\"\n\n[[blocks]]\ncode = \"so\"\nname = \"Các sở\"\ncriteria = \"criteria/so.csv\"\n";
const SET: &str = "Mã,Mã cha,Tên,Điểm tối đa,Phương pháp,Số liệu,Cách tính điểm\n@phiên bản,,1,,,,\n1,,Vốn,3,,,\n1.1,1,Giải ngân,3,tự đánh giá,\"a: tiền \"\"Đã giải ngân\"\"; b: tiền \"\"Kế hoạch vốn\"\"\",theo tỷ lệ a/b; mẫu bằng 0: 0 điểm\n";

#[test]
fn a_figure_that_looks_like_thousands_is_read_as_it_stands_with_a_remark() {
    let facts = "unit,criterion,input,value\nA,1.1,a,840.000\nA,1.1,b,1200000\n";
    let units = "unit,name\nA,Sở A\n";
    let files =
        [("campaign.toml", MANIFEST), ("criteria/so.csv", SET), ("units.csv", units), ("facts.csv", facts)];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let read = load_from(&PackageSource::zip("von.zip", &zip(&files).unwrap()).unwrap()).unwrap();
    let entered = &read.campaign.blocks.first().unwrap().entered;
    let values: Vec<&What> = entered.iter().map(|each| &each.what).collect();
    let number = |text: &str| Value::Number(text.parse().unwrap());
    assert!(matches!(values[0], What::Value(_, value) if *value == number("840")), "{values:?}");
    let said = read.warnings.iter().find(|finding| finding.problem.vi.contains("840.000")).unwrap();
    assert_eq!((said.place.file.as_str(), said.place.row), ("facts.csv", 2));
    assert_eq!(
        said.problem.vi,
        "«840.000» được đọc là 840, vì trong tệp dấu chấm là dấu thập phân; nếu là 840000 thì hãy viết 840000"
    );
    assert_eq!(read.warnings.iter().filter(|finding| finding.problem.vi.contains("thập phân")).count(), 1);
}

/// Excel in Vietnam: the comma is decimal, and a dot before three digits is asked back.
#[test]
fn figures_between_semicolons_are_read_as_they_are_written_in_vietnam() {
    let read = |value: &str| {
        let facts = format!("sep=;\r\nunit;criterion;input;value\r\nA;1.1;a;{value}\r\nA;1.1;b;1200000\r\n");
        let files = [
            ("campaign.toml", MANIFEST),
            ("criteria/so.csv", SET),
            ("units.csv", "unit,name\nA,Sở A\n"),
            ("facts.csv", facts.as_str()),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        load_from(&PackageSource::zip("von.zip", &zip(&files).unwrap()).unwrap())
    };
    let package = read("840000,5").unwrap();
    let entered = &package.campaign.blocks.first().unwrap().entered;
    let number = Value::Number("840000.5".parse().unwrap());
    assert!(matches!(&entered[0].what, What::Value(_, value) if *value == number), "{entered:?}");
    let refused = read("900.125").unwrap_err();
    let finding = refused.first().unwrap();
    assert_eq!((finding.place.file.as_str(), finding.place.row), ("facts.csv", 3));
    assert!(finding.problem.vi.contains("900125"), "{}", finding.problem.vi);
}
