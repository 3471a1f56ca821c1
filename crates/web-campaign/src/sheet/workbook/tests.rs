//! What the cells of a workbook are read as, whatever their formats show.

use jiff::civil::date;
use parindex_domain::procedure::EntryKind;
use parindex_package::load::compile;
use parindex_package::set;

use super::*;

const SET: &str = "Mã,Mã cha,Tên,Điểm tối đa,Phương pháp,Số liệu,Cách tính điểm,Tài liệu kiểm chứng
@phiên bản,,1,,,,,
1,,Lĩnh vực,9,,,,
1.1,1,Một,3,tự đánh giá,p: tỷ lệ,theo tỷ lệ p,Báo cáo
1.2,1,Hai,3,tự đánh giá,n: số đếm,mỗi n được 1 điểm; tối đa 3 điểm,Báo cáo
1.3,1,Ba,3,tự đánh giá,,chọn: Đủ = 100%; Thiếu = 0%,Báo cáo
";

fn set_of_three() -> Compiled {
    let read = set::read("so.csv", SET.as_bytes().to_vec()).unwrap();
    compile(read.set, &read.places).unwrap().0
}

fn form(set: &Compiled, lang: Lang, cells: Vec<StoredEntry>) -> Form<'_> {
    let period = (date(2026, 1, 1), date(2026, 12, 31));
    Form { set, leaves: set.leaves(), cells, period, lang }
}

/// A workbook with one value, which its cell shows otherwise or as a number with decimals.
fn one(of: [&str; 2], value: &str, shown: Option<&str>) -> Table {
    let [criterion, input] = of;
    let cells = [criterion, "", "", input, "", value, "0"].into_iter().collect();
    let at = (2, 5);
    Table {
        header: TITLES.map(str::to_owned).to_vec(),
        rows: vec![Row { number: 2, cells }],
        shown: shown.map(|shown| (at, shown.to_owned())).into_iter().collect(),
        decimals: value.contains('.').then_some(at).into_iter().collect(),
        ..Table::default()
    }
}

fn kept(form: &Form<'_>, table: &Table) -> Result<String, String> {
    let parts = form.read(table).map_err(|wrong| wrong.join("\n"))?;
    let cells: Vec<&TypedCell> = parts.iter().flat_map(|(_, cells)| cells).collect();
    let [cell] = cells.as_slice() else { panic!("one cell") };
    Ok(cell.text.clone())
}

#[test]
fn a_share_keeps_every_digit_that_its_format_hides() {
    let set = set_of_three();
    for lang in [Lang::Vi, Lang::En] {
        let form = form(&set, lang, Vec::new());
        for (value, shown) in
            [("0.645", "65%"), ("0.375", "38%"), ("0.84375", "84.38%"), ("1", "100%"), ("0.002", "0%")]
        {
            assert_eq!(kept(&form, &one(["1.1", "p"], value, Some(shown))), Ok(value.to_owned()), "{lang:?}");
            assert_eq!(kept(&form, &one(["1.1", "p"], value, None)), Ok(value.to_owned()), "{lang:?}");
        }
        // A percent sign that is only a letter of the format.
        assert_eq!(kept(&form, &one(["1.1", "p"], "64.5%", None)), Ok("0.645".to_owned()), "{lang:?}");
    }
}

#[test]
fn what_is_refused_is_told_as_the_reader_writes_numbers() {
    let set = set_of_three();
    let refused = |lang: Lang, of: [&str; 2], value: &str| {
        kept(&form(&set, lang, Vec::new()), &one(of, value, None)).unwrap_err()
    };
    let vi = refused(Lang::Vi, ["1.1", "p"], "64.5");
    assert!(vi.contains("tỷ lệ «64,5» lớn hơn 1; nếu là phần trăm, hãy viết 64,5%"), "{vi}");
    let en = refused(Lang::En, ["1.1", "p"], "64.5");
    assert!(en.contains("“64.5” is over 1; if it is a percentage, write 64.5%"), "{en}");
    let vi = refused(Lang::Vi, ["1.2", "n"], "2340.5");
    assert!(vi.contains("«2340,5» không phải số nguyên"), "{vi}");
    let plain = kept(&form(&set, Lang::Vi, Vec::new()), &one(["1.2", "n"], "0.85", Some("85%"))).unwrap_err();
    assert!(plain.contains("«85%» không phải là số"), "{plain}");
}

#[test]
fn a_workbook_that_comes_back_as_it_went_out_changes_nothing() {
    let set = set_of_three();
    let stands = |criterion: &str, input: &str, text: &str| StoredEntry {
        member: 1,
        stage: 1,
        criterion: criterion.to_owned(),
        input: input.to_owned(),
        kind: EntryKind::Value,
        text: text.to_owned(),
        source: String::new(),
        revision: 1,
        at: 0,
        by: String::new(),
    };
    for lang in [Lang::Vi, Lang::En] {
        for (criterion, input, text) in [
            ("1.1", "p", "0.84375"),
            ("1.1", "p", "0.375"),
            ("1.2", "n", "2340"),
            ("1.3", "lựa chọn", "Thiếu"),
        ] {
            let form = form(&set, lang, vec![stands(criterion, input, text)]);
            let bytes = write_table("phieu.xlsx", &form.table()).unwrap();
            let back = read_table_within("phieu.xlsx", bytes, &Bounds::SERVER).unwrap();
            assert_eq!(kept(&form, &back), Ok(text.to_owned()), "{lang:?}");
        }
        // The page says under the field how a share is read; that may be typed as well.
        let form = form(&set, lang, vec![stands("1.1", "p", "0.84375")]);
        let read_as = lang.pick("84,375 %", "84.375 %");
        assert_eq!(kept(&form, &one(["1.1", "p"], read_as, None)), Ok("0.84375".to_owned()), "{lang:?}");
    }
}

#[test]
fn a_choice_names_its_options() {
    let set = set_of_three();
    let table = form(&set, Lang::Vi, Vec::new()).table();
    let row = table.rows.iter().find(|row| row.cell(0) == "1.3").unwrap();
    assert_eq!((row.cell(3), row.cell(4)), ("lựa chọn", "chọn một trong: Đủ | Thiếu"));
}

/// The spreadsheet program made 2 October of 2.10.
#[test]
fn a_code_that_became_a_day_says_so_once() {
    let set = set_of_three();
    let form = form(&set, Lang::Vi, Vec::new());
    let mut table = one(["2026-10-02", "p"], "1", None);
    let from_csv = form.read(&table).unwrap_err();
    table.no_codes.insert((2, 0), parindex_rulebook::table::NoCode::Day);
    let from_workbook = form.read(&table).unwrap_err();
    for wrong in [from_csv, from_workbook] {
        let [wrong] = wrong.as_slice() else { panic!("one sentence: {wrong:?}") };
        assert!(wrong.contains("đã đổi mã thành ngày 02/10/2026") && wrong.contains("Text"), "{wrong}");
    }
}
