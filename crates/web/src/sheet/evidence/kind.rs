//! Which files are taken in, by content and by name.

/// What a file can begin with, what it must be called, what it is. Everything else is refused: a page or a picture that can
/// hold a script would act in the name of its reader.
const KINDS: [(&[u8], &[&str], &str); 7] = [
    (b"%PDF-", &["pdf"], "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", &["png"], "image/png"),
    (b"\xff\xd8\xff", &["jpg", "jpeg"], "image/jpeg"),
    (b"PK\x03\x04", &["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"PK\x03\x04", &["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"PK\x03\x04", &["odt", "ods", "zip"], "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &["doc", "xls"], "application/octet-stream"),
];

/// What may be shown in the browser itself.
const SHOWN: [&str; 3] = ["application/pdf", "image/png", "image/jpeg"];

/// Whether a browser shows a kind of file itself.
pub fn is_shown(kind: &str) -> bool {
    SHOWN.contains(&kind)
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// All endings that are taken in, as the field of a form names them: `.pdf,.png`.
pub fn endings() -> String {
    let all = KINDS.iter().flat_map(|(_, endings, _)| *endings).map(|ending| format!(".{ending}"));
    all.collect::<Vec<_>>().join(",")
}

/// Whether a file that is called so can be taken in: asked before it is sent.
pub fn may_be(name: &str) -> bool {
    KINDS.iter().any(|(_, endings, _)| endings.contains(&ending(name).as_str()))
}

/// The kind of a file, when it is one of them.
pub fn kind(begins: &[u8], name: &str) -> Option<&'static str> {
    let ending = ending(name);
    let fits = |(magic, endings, _): &&(&[u8], &[&str], &str)| {
        begins.starts_with(magic) && endings.contains(&ending.as_str())
    };
    KINDS.iter().find(fits).map(|(_, _, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

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
