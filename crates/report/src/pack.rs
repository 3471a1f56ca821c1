//! The pack that a unit hands in: its report on self-assessment with the table of points and the list of documents, as a PDF to
//! keep and as a Word file to sign.

mod docx;
mod pdf;

use parindex_rulebook::lang::Lang;
use serde::Serialize;

pub use docx::DocxError;

/// Everything that the pack says, in words and digits of one language.
#[derive(Clone, Debug, Serialize)]
pub struct Pack {
    /// The body above the unit; empty where there is none.
    pub superior: String,
    pub unit: String,
    pub campaign: String,
    /// Its legal basis.
    pub basis: String,
    /// The points of the unit.
    pub points: String,
    /// The maximum.
    pub max: String,
    /// Criteria that are complete, of those that the unit scores itself.
    pub complete: (usize, usize),
    /// Domains, criteria and what is below them, in order.
    pub rows: Vec<PackRow>,
    /// What proves them.
    pub documents: Vec<Document>,
    /// Who submitted it and when, and the seal; none while it is a draft.
    pub sealed: Option<(String, String)>,
}

/// A node of the tree.
#[derive(Clone, Debug, Serialize)]
pub struct PackRow {
    /// How deep it stands; domains at 0.
    pub level: usize,
    pub code: String,
    pub name: String,
    /// Its maximum.
    pub max: String,
    /// Its legal basis; empty above the leaves, and where the set says none.
    pub basis: String,
    /// Its points; a dash where it is not scored.
    pub points: String,
    /// Why; empty above the leaves.
    pub why: String,
}

/// A document that proves something, as the pack lists it.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// The criterion that it proves.
    pub criterion: String,
    pub number: String,
    /// The day on it.
    pub day: String,
    /// Its title.
    pub name: String,
    pub issuer: String,
}

/// The words around it.
#[derive(Clone, Copy, Debug, Serialize)]
struct Words {
    lang: &'static str,
    nation: &'static str,
    motto: &'static str,
    number: &'static str,
    place: &'static str,
    report: &'static str,
    about: &'static str,
    basis: &'static str,
    basis_of: &'static str,
    result: &'static str,
    own: &'static str,
    of: &'static str,
    complete: &'static str,
    table: &'static str,
    list: &'static str,
    code: &'static str,
    criterion: &'static str,
    max: &'static str,
    points: &'static str,
    why: &'static str,
    proves: &'static str,
    called: &'static str,
    day: &'static str,
    document: &'static str,
    none: &'static str,
    head: &'static str,
    sign: &'static str,
    draft: &'static str,
    seal: &'static str,
    page: &'static str,
}

fn words(lang: Lang) -> Words {
    let t = |vi, en| lang.pick(vi, en);
    Words {
        lang: t("vi", "en"),
        nation: t("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
        motto: t("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
        number: t("Số:          /BC-", "No.:          /BC-"),
        place: t("…………, ngày …… tháng …… năm ………", "…………, …… …………… 20……"),
        report: t("BÁO CÁO", "REPORT"),
        about: t("Kết quả tự đánh giá, chấm điểm", "Result of the self-assessment"),
        basis: t("Căn cứ", "On the basis of"),
        basis_of: t("Căn cứ", "Legal basis"),
        result: t("I. Kết quả chung", "I. Result"),
        own: t("Điểm tự đánh giá", "Points of the unit"),
        of: t("trên tối đa", "of at most"),
        complete: t("Tiêu chí đã tự chấm đủ", "Criteria that are complete"),
        table: t("II. Bảng điểm chi tiết", "II. Points"),
        list: t("III. Danh mục tài liệu kiểm chứng", "III. Documents that prove"),
        code: t("Mã", "Code"),
        criterion: t("Lĩnh vực, tiêu chí", "Domain, criterion"),
        max: t("Điểm tối đa", "At most"),
        points: t("Điểm tự chấm", "Points"),
        why: t("Cơ sở tính điểm", "Why"),
        proves: t("Tiêu chí", "Proves"),
        called: t("Số, ký hiệu", "Number"),
        day: t("Ngày", "Day"),
        document: t("Trích yếu, cơ quan ban hành", "Title, issuer"),
        none: t("Không có tài liệu nào.", "There is no document."),
        head: t("THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF THE UNIT"),
        sign: t("(Ký tên, đóng dấu)", "(Signature and seal)"),
        draft: t("DỰ THẢO, CHƯA NỘP", "DRAFT, NOT SUBMITTED"),
        seal: t("Mã niêm phong nội dung phiếu (SHA-256)", "Seal over the content of the sheet (SHA-256)"),
        page: t("Trang", "Page"),
    }
}

impl Pack {
    /// The pack as a PDF.
    ///
    /// # Errors
    /// [`crate::pdf::PdfError`].
    pub fn pdf(&self, lang: Lang) -> Result<Vec<u8>, crate::pdf::PdfError> {
        pdf::write(self, &words(lang))
    }

    /// The pack as a Word file.
    ///
    /// # Errors
    /// [`DocxError`].
    pub fn docx(&self, lang: Lang) -> Result<Vec<u8>, DocxError> {
        docx::write(self, &words(lang))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn pack() -> Pack {
        let row = |level, code: &str, name: &str, why: &str| PackRow {
            level,
            code: code.to_owned(),
            name: name.to_owned(),
            max: "2,50".to_owned(),
            basis: if level == 0 { String::new() } else { "Nghị quyết số 76/NQ-CP".to_owned() },
            points: "1,25".to_owned(),
            why: why.to_owned(),
        };
        Pack {
            superior: "Ủy ban nhân dân Thành phố Hà Nội".to_owned(),
            unit: "Sở Công Thương".to_owned(),
            campaign: "Chỉ số cải cách hành chính năm 2023".to_owned(),
            basis: "Quyết định số 4762/QĐ-UBND".to_owned(),
            points: "85,75".to_owned(),
            max: "93".to_owned(),
            complete: (44, 45),
            rows: vec![
                row(0, "1", "Công tác chỉ đạo", ""),
                // What a user wrote is no markup, neither of the typesetter nor of Word.
                row(1, "1.1", "#panic() </w:t> & «kế hoạch» \u{b}", "9/10 = 90% <b> $x$"),
            ],
            documents: vec![Document {
                criterion: "1.1".to_owned(),
                number: "2187/BC-SCT".to_owned(),
                day: "17/11/2023".to_owned(),
                name: "Báo cáo".to_owned(),
                issuer: "Sở Công Thương".to_owned(),
            }],
            sealed: None,
        }
    }

    #[test]
    fn the_word_file_holds_what_was_said_and_nothing_as_markup() {
        let bytes = pack().docx(Lang::Vi).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
        for part in
            ["SỞ CÔNG THƯƠNG", "85,75", "2187/BC-SCT", "DỰ THẢO", "#panic() &lt;/w:t&gt; &amp; «kế hoạch»"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(text.matches("Căn cứ: Nghị quyết số 76/NQ-CP").count(), 1, "below the criterion: {text}");
        assert!(!text.contains('\u{b}'), "no sign that XML cannot hold");
    }

    #[test]
    fn lines_of_a_note_stay_lines_and_tabs_become_spaces() {
        let note = PackRow {
            why: "Ghi chú: 1. KH 01/KH\n2. Báo cáo\tquý IV\n\n3. Ảnh".to_owned(),
            ..pack().rows.remove(1)
        };
        let bytes = Pack { rows: vec![note], ..pack() }.docx(Lang::Vi).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
        let (_, rest) = text.split_once("1. KH 01/KH").unwrap();
        let (between, rest) = rest.split_once("2. Báo cáo quý IV").unwrap();
        let (gap, _) = rest.split_once("3. Ảnh").unwrap();
        assert_eq!(between.matches("<w:br").count(), 1, "{between}");
        assert_eq!(gap.matches("<w:br").count(), 2, "an empty line too: {gap}");
    }

    #[test]
    fn the_pdf_is_set_whatever_people_wrote() {
        let sealed = Some(("Trần Thu Hà đã duyệt và nộp".to_owned(), "e3b0c442".to_owned()));
        for pack in [pack(), Pack { sealed, documents: Vec::new(), ..pack() }] {
            for lang in [Lang::Vi, Lang::En] {
                assert!(pack.pdf(lang).unwrap().starts_with(b"%PDF-"));
            }
        }
    }
}
