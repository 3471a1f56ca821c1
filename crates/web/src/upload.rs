//! A file that comes in with a form: bounded, its name only a word, its kind decided by its content.

use axum::extract::Multipart;
use axum::http::HeaderMap;
use unicode_normalization::UnicodeNormalization;

use crate::failure::Failure;
use crate::protected::token_first;
use crate::visitor::Visitor;

/// What came.
pub struct Upload {
    /// The name without any path; only the ending decides how it is read.
    pub name: String,
    /// The bytes.
    pub content: Vec<u8>,
    /// The note beside it.
    pub note: String,
}

impl Upload {
    /// Reads the parts.
    pub async fn read(visitor: &Visitor, headers: &HeaderMap, mut parts: Multipart) -> Result<Self, Failure> {
        token_first(visitor, headers, &mut parts).await?;
        let mut upload = Self { name: String::new(), content: Vec::new(), note: String::new() };
        while let Some(part) = parts.next_field().await? {
            match part.name() {
                Some("note") => {
                    let note = part.text().await?;
                    upload.note = note.trim().chars().take(500).collect();
                }
                Some("file") => {
                    upload.name = plain(part.file_name().unwrap_or_default());
                    upload.content = part.bytes().await?.to_vec();
                }
                _ => {}
            }
        }
        Ok(upload)
    }
}

/// Letters of a name.
const MOST_NAME: usize = 120;

/// The last part of a name, composed, without signs that mean anything to a file system or a page; a long one keeps its ending.
pub fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let fine = |each: &char| !each.is_control() && !"<>:\"|?*".contains(*each);
    let name: String = last.nfc().filter(fine).collect();
    match name.rsplit_once('.') {
        Some((stem, ending)) if name.chars().count() > MOST_NAME && ending.chars().count() < 10 => {
            let stem: String = stem.chars().take(MOST_NAME - 11).collect();
            format!("{stem}….{ending}")
        }
        _ => name.chars().take(MOST_NAME).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_leads_nowhere() {
        assert_eq!(plain("../../etc/passwd.csv"), "passwd.csv");
        assert_eq!(plain("C:\\Users\\Hà\\Bộ tiêu chí.xlsx"), "Bộ tiêu chí.xlsx");
        assert_eq!(plain("<b>x\u{0}.csv"), "bx.csv");
        let long = plain(&format!("{}.pdf", "Báo cáo ".repeat(40)));
        assert!(long.ends_with("….pdf") && long.chars().count() <= 120, "{long}");
        assert_eq!(plain("Ba\u{301}o ca\u{301}o.pdf"), "Báo cáo.pdf");
    }
}
