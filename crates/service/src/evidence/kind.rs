//! Which files are taken in, by content and by name.

/// What a file can begin with, what it must be called, what it is. Everything else is refused: a page or a picture that can
/// hold a script would act in the name of its reader.
const KINDS: [(&[u8], &[&str], &str); 7] = [
    (PDF, &["pdf"], "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", &["png"], "image/png"),
    (b"\xff\xd8\xff", &["jpg", "jpeg"], "image/jpeg"),
    (b"PK\x03\x04", &["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"PK\x03\x04", &["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"PK\x03\x04", &["odt", "ods", "zip"], "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &["doc", "xls"], "application/octet-stream"),
];

/// How a PDF begins.
const PDF: &[u8] = b"%PDF-";

/// So many bytes of a file are looked at: readers of PDF find its mark anywhere in them.
pub const BEGINS: usize = 1_024;

/// What other files begin with: whatever else stands in them, they are no PDF.
const OTHERS: [&[u8]; 16] = [
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"<",
    b"GIF8",
    b"BM",
    b"RIFF",
    b"II*\0",
    b"MM\0*",
    b"{\\rtf",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"PK",
    b"\xca\xfe\xba\xbe",
    b"ID3",
];

/// Markup that a browser might run, wherever it stands before the mark.
const MARKUP: [&[u8]; 6] = [b"<html", b"<script", b"<!doctype", b"<svg", b"<?xml", b"<body"];

/// What may be shown in the browser itself.
const SHOWN: [&str; 3] = ["application/pdf", "image/png", "image/jpeg"];

/// Whether a browser shows a kind of file itself.
#[must_use]
pub fn is_shown(kind: &str) -> bool {
    SHOWN.contains(&kind)
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// All endings that are taken in, as the field of a form names them: `.pdf,.png`.
#[must_use]
pub fn endings() -> String {
    let all = KINDS.iter().flat_map(|(_, endings, _)| *endings).map(|ending| format!(".{ending}"));
    all.collect::<Vec<_>>().join(",")
}

/// Whether a file that is called so can be taken in: asked before it is sent.
#[must_use]
pub fn may_be(name: &str) -> bool {
    KINDS.iter().any(|(_, endings, _)| endings.contains(&ending(name).as_str()))
}

/// The kind of a file, when it is one of them.
#[must_use]
pub fn kind(begins: &[u8], name: &str) -> Option<&'static str> {
    let ending = ending(name);
    let fits = |(magic, endings, _): &&(&[u8], &[&str], &str)| {
        let is = if *magic == PDF { is_pdf(begins) } else { begins.starts_with(magic) };
        is && endings.contains(&ending.as_str())
    };
    KINDS.iter().find(fits).map(|(_, _, kind)| *kind)
}

/// Whether readers take a file for a PDF: gateways of mail and old Macs write something before its mark. What is another file first,
/// or a page, is none.
fn is_pdf(begins: &[u8]) -> bool {
    let begins = begins.get(..BEGINS).unwrap_or(begins);
    let Some(at) = begins.windows(PDF.len()).position(|bytes| bytes == PDF) else { return false };
    let before = begins.get(..at).unwrap_or_default();
    let text = before.strip_prefix(b"\xef\xbb\xbf").unwrap_or(before).trim_ascii_start();
    let mut others = KINDS.iter().map(|(magic, _, _)| *magic).filter(|magic| *magic != PDF).chain(OTHERS);
    let is_other = others.any(|magic| before.starts_with(magic) || text.starts_with(magic));
    let text = text.to_ascii_lowercase();
    let is_page = MARKUP.iter().any(|tag| text.windows(tag.len()).any(|bytes| bytes == *tag));
    !is_other && !is_page
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A gateway of mail, an old Mac and an editor have left something before the mark; readers find it all the same.
    #[test]
    fn a_pdf_may_have_something_before_its_mark() {
        let at = |count: usize| [vec![0_u8; count], b"%PDF-1.4 ...".to_vec()].concat();
        let mail = b"Content-Type: application/pdf\r\nX-Scan: clean\r\n\r\n%PDF-1.6".to_vec();
        let cases: [(Vec<u8>, bool); 16] = [
            (b"\xef\xbb\xbf%PDF-1.7".to_vec(), true),
            (b"\r\n\r\n%PDF-1.3".to_vec(), true),
            (mail, true),
            (at(128), true),
            (at(BEGINS - 5), true),
            (at(BEGINS - 4), false),
            (b"<html><!-- %PDF-1.7".to_vec(), false),
            (b"\xef\xbb\xbf <!DOCTYPE html>%PDF-1.7".to_vec(), false),
            (b"Content-Type: text/html\n\n<HTML><SCRIPT>%PDF-1.7".to_vec(), false),
            (b"<svg xmlns=''>%PDF-1.7".to_vec(), false),
            (b"MZ\x90\0%PDF-1.7".to_vec(), false),
            (b"#!/bin/sh\n%PDF-1.7".to_vec(), false),
            (b"PK\x03\x04....%PDF-1.7".to_vec(), false),
            (b"\x89PNG\r\n\x1a\n%PDF-1.7".to_vec(), false),
            (b"\xff\xd8\xff\xe0%PDF-1.7".to_vec(), false),
            (b"no mark at all".to_vec(), false),
        ];
        for (content, taken) in cases {
            let said = String::from_utf8_lossy(&content);
            assert_eq!(kind(&content, "bao-cao.pdf"), taken.then_some("application/pdf"), "{said}");
            assert_ne!(kind(&content, "bao-cao.docx"), Some("application/pdf"), "{said}");
        }
    }

    #[test]
    fn a_file_is_what_its_content_and_its_name_say_together() {
        let cases: [(&[u8], &str, Option<&str>); 8] = [
            (b"%PDF-1.7 ...", "Báo cáo.PDF", Some("application/pdf")),
            (b"%PDF-1.7 ...", "bao-cao.html", None),
            (b"<html>", "bao-cao.pdf", None),
            (b"<svg xmlns=", "anh.svg", None),
            (b"\xff\xd8\xff\xe0", "anh.jpeg", Some("image/jpeg")),
            (
                b"PK\x03\x04",
                "so-lieu.xlsx",
                Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ),
            (b"PK\x03\x04", "chay.jar", None),
            (b"MZ", "chay.pdf", None),
        ];
        for (begins, name, expected) in cases {
            assert_eq!(kind(begins, name), expected, "{name}");
            assert!(expected.is_none() || may_be(name), "{name}");
        }
        for name in ["bao-cao.html", "anh.svg", "chay.jar", "khong-duoi", "pdf", ""] {
            assert!(!may_be(name), "{name}");
        }
    }
}
