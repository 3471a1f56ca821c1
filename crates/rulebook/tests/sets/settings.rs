//! What a set settles once: findings about its code, rounding and classes stand at the row that settles it.

use parindex_rulebook::finding::Severity;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::lint::naming;
use parindex_rulebook::set::{self, Places};
use parindex_rulebook::table::{Row, Table};

use super::{put, read, table};

/// What is said with these settings, for a set of at most 2 points.
fn told(max: &str, about: &[(&str, &str)]) -> Vec<(Severity, String)> {
    let mut table = table(&[("Điểm tối đa", max)], about);
    put(&mut table, about.len(), "Điểm tối đa", max);
    read(&table).1
}

#[test]
fn rounding_keeps_as_many_digits_as_the_maxima_have() {
    for (max, about, says) in [
        (
            "0.25",
            ("@làm tròn", "từng tiêu chí, 1 chữ số"),
            "điểm giữ 1 chữ số thập phân nhưng điểm tối đa của 1.1 có 2 chữ số",
        ),
        ("0.25", ("@làm tròn", "từng cấp, 1 chữ số, cắt"), "điểm tối đa của 1, 1.1 có 2 chữ số"),
        ("1.125", ("@làm tròn", "chỉ kết quả cuối, 2 chữ số"), "điểm tối đa của 1 có 3 chữ số"),
        ("0.5", ("@chỉ số", "bằng điểm, 0 chữ số"), "tổng điểm tối đa 0,5 có 1 chữ số"),
    ] {
        let found = told(max, &[about]);
        let [(severity, said)] = found.as_slice() else { panic!("{about:?}: {found:?}") };
        assert!(
            *severity == Severity::Warning && said.starts_with("bộ.csv, hàng 2: ") && said.contains(says),
            "{said}"
        );
    }
    for about in
        [("@làm tròn", "từng tiêu chí, 2 chữ số"), ("@chỉ số", "phần trăm của điểm tối đa, 0 chữ số")]
    {
        assert_eq!(told("0.25", &[about]), [], "{about:?}");
    }
    // Where nothing is settled, the usual two digits hold.
    assert!(told("1.125", &[])[0].1.starts_with("bộ.csv: điểm giữ 2 chữ số"));
}

#[test]
fn classes_are_reached_and_leave_no_gap() {
    const SHARE: (&str, &str) = ("@chỉ số", "phần trăm của điểm tối đa, 0 chữ số");
    for (scale, says) in [
        ("A từ 90; B từ 80", "kết quả dưới 80 không thuộc loại nào"),
        ("A từ 90; B trên 0", "kết quả từ 0 trở xuống không thuộc loại nào"),
        ("A từ 80; B từ 90; C", "không kết quả nào thuộc loại «B»"),
        ("A từ 80; B từ 80; C", "không kết quả nào thuộc loại «B»"),
        ("A từ 80; B; C", "không kết quả nào thuộc loại «C»"),
        ("A từ 90; B từ 89,5; C", "không kết quả nào thuộc loại «B»"),
        ("A từ 101; B", "loại «A»: mốc 101 cao hơn kết quả cao nhất có thể là 100"),
        ("A từ 0,9; B từ 0,8; C", "nếu là 90% hãy viết 90"),
    ] {
        let found = told("2", &[SHARE, ("@xếp loại", scale)]);
        let [(_, said)] = found.as_slice() else { panic!("{scale}: {found:?}") };
        assert!(said.starts_with("bộ.csv, hàng 3: ") && said.contains(says), "{said}");
    }
    for scale in ["A từ 90; B từ 80; C", "A từ 100; B trên 50; C từ 0", "A trên 80; B từ 80; C"] {
        assert_eq!(told("2", &[("@xếp loại", scale)]), [], "{scale}");
    }
    let points = ("@chỉ số", "bằng điểm, 2 chữ số");
    let high = told("2", &[points, ("@xếp loại", "A từ 90; B")]);
    assert!(high[0].1.contains("cao hơn kết quả cao nhất có thể là 2"), "{high:?}");
    assert_eq!(told("2", &[points, ("@xếp loại", "A từ 0,9; B")]), []);
}

#[test]
fn classes_of_one_year_stand_once() {
    let scale = "A từ 90; B";
    let found =
        told("2", &[("@xếp loại 2021-2022", scale), ("@xếp loại 2022 - 2024", scale), ("@xếp loại", scale)]);
    let [(_, said)] = found.as_slice() else { panic!("{found:?}") };
    assert!(said.starts_with("bộ.csv, hàng 3: năm 2022 đã có xếp loại"), "{said}");
}

/// A set without a code and a title is worth a look where it is scored, and is refused where it would become a version of something.
#[test]
fn a_set_has_a_code_and_a_title() {
    let nameless = table(&[], &[("@mã bộ", ""), ("@tên bộ", "")]);
    let (_, advice) = read(&nameless);
    let [(first, code), (second, title)] = advice.as_slice() else { panic!("{advice:?}") };
    assert_eq!((*first, *second), (Severity::Warning, Severity::Warning));
    assert!(code.starts_with("bộ.csv, hàng 2: bộ tiêu chí chưa có mã") && code.contains("@mã bộ"), "{code}");
    assert!(title.starts_with("bộ.csv, hàng 3: bộ tiêu chí chưa có tên"), "{title}");
    let set = set::read(&nameless, None).unwrap().set;
    let found = naming(&set, &Places::default());
    assert!(found.len() == 2 && found.iter().all(|each| each.severity == Severity::Error), "{found:?}");

    // In a workbook the sheet of settings is named.
    let row = Row { number: 2, cells: ["@phiên bản", "1"].iter().collect() };
    let header = ["Mục", "Giá trị"].map(str::to_owned).to_vec();
    let (file, sheet) = ("bộ.xlsx".to_owned(), "Thông tin".to_owned());
    let about = Table { file, sheet, header, rows: vec![row], ..Table::default() };
    let mut criteria = table(&[], &[]);
    criteria.rows.truncate(2);
    let read = set::read(&criteria, Some(&about)).unwrap();
    let found = naming(&read.set, &read.places);
    assert!(
        found[0].say(Lang::Vi).starts_with("bộ.xlsx, trang tính «Thông tin»: "),
        "{}",
        found[0].say(Lang::Vi)
    );
}

#[test]
fn a_cap_of_nothing_and_a_mark_below_zero_are_refused() {
    for (about, says) in [
        (("@trần điểm cộng", "0"), "trần bằng 0 nên điểm cộng không bao giờ được cộng"),
        (("@trần điểm trừ", "0,00"), "trần bằng 0 nên điểm trừ không bao giờ bị trừ"),
        (("@xếp loại", "Đạt từ 50; Không đạt từ -10"), "mốc −10 của loại «Không đạt» nhỏ hơn 0"),
        (("@xếp loại 2026", "Đạt trên -1; Không đạt"), "mốc −1 của loại «Đạt» nhỏ hơn 0"),
    ] {
        let found = told("2", &[about]);
        let [(severity, said)] = found.as_slice() else { panic!("{about:?}: {found:?}") };
        let at_row = said.starts_with("bộ.csv, hàng 2: ") && said.contains(says) && said.contains("hãy ");
        assert!(*severity == Severity::Error && at_row, "{said}");
    }
    for about in [("@trần điểm cộng", "0,5"), ("@xếp loại", "Đạt từ 50; Không đạt từ 0")]
    {
        assert_eq!(told("2", &[about]), [], "{about:?}");
    }
    let year = set::read(&table(&[], &[("@xếp loại 0", "Đạt từ 50; Không đạt")]), None);
    assert!(year.is_err(), "there is no year 0");
}
