//! Bytes to text: UTF-8 without BOM is read, everything else is named, and can be repaired.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1258};
use parindex_rulebook::finding::Place;
use parindex_rulebook::table::{is_hidden_space, turns_direction};
use unicode_normalization::UnicodeNormalization;

use crate::{Findings, PackageProblem};

/// The text of a file as the package format asks for it.
///
/// # Errors
/// UTF-16, a BOM, or bytes that are no UTF-8, each with the way to repair it.
pub fn decode(file: &str, bytes: Vec<u8>) -> Result<String, Findings> {
    if let Some(problem) = wrong_encoding(&bytes) {
        return Err(problem.at(Place::file(file)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.split(|byte| *byte == b'\n').count();
        let row = u32::try_from(line).unwrap_or(u32::MAX);
        PackageProblem::Encoding.at(Place { row, ..Place::file(file) })
    })
}

fn wrong_encoding(bytes: &[u8]) -> Option<PackageProblem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || is_bare_utf16(bytes) {
        return Some(PackageProblem::Utf16);
    }
    bytes.starts_with(&[0xef, 0xbb, 0xbf]).then_some(PackageProblem::Bom)
}

/// UTF-16 without its mark: of plain letters every second byte is zero, so a fifth of all bytes at least.
fn is_bare_utf16(bytes: &[u8]) -> bool {
    let sample = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let parts = sample.split(|byte| *byte == 0).count();
    parts > 1 && parts * 5 > sample.len()
}

/// The text of a file in any encoding that Vietnamese offices used, as clean UTF-8 NFC.
#[must_use]
pub fn repair(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, ..] => UTF_16BE.decode(bytes).0.into_owned(),
        _ if bytes.starts_with(&[0xff, 0xfe]) || is_bare_utf16(bytes) => {
            UTF_16LE.decode(bytes).0.into_owned()
        }
        _ => String::from_utf8(bytes.to_vec())
            .unwrap_or_else(|_not_utf8| WINDOWS_1258.decode(bytes).0.into_owned()),
    };
    clean(&text)
}

/// NFC, plain spaces, no BOM and nothing invisible: what turns the direction of writing would make one name look like another.
#[must_use]
pub fn clean(text: &str) -> String {
    let spaces = text.nfc().filter_map(|each| match each {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(' '),
        hidden if is_hidden_space(hidden) || turns_direction(hidden) => None,
        other => Some(other),
    });
    spaces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Sở Nội vụ, Đông Hưng";

    #[test]
    fn every_old_encoding_comes_out_as_clean_text() {
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let bare_utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let decomposed: String = TEXT.nfd().collect();
        let bom = format!("\u{feff}{TEXT}");
        let spaced = TEXT.replace(' ', "\u{a0}");
        // Windows-1258 writes tone marks as letters of their own.
        let windows = [b"S\xf5\xd2 N\xf4\xf2i v".as_slice(), b"u\xf2"].concat();
        for bytes in [utf16, bare_utf16, decomposed.into_bytes(), bom.into_bytes(), spaced.into_bytes()] {
            assert_eq!(repair(&bytes), TEXT);
        }
        assert_eq!(repair(&windows), "Sở Nội vụ");
    }

    #[test]
    fn nothing_turns_the_direction_of_a_name() {
        for sign in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}').chain(['\u{200e}', '\u{200f}']) {
            assert_eq!(clean(&format!("Ba{sign}o ca{sign}o\u{301} gpj.exe")), "Bao caó gpj.exe", "{sign:?}");
        }
    }

    #[test]
    fn what_is_refused_says_where() {
        let findings = decode("a.csv", b"code\nS\xf5\xd2".to_vec()).unwrap_err();
        let [finding] = findings.as_slice() else { panic!("one finding") };
        assert_eq!((finding.place.row, finding.problem.vi.contains("Windows-1258")), (2, true));
        assert!(decode("a.csv", vec![0xff, 0xfe, 0x41, 0]).is_err());
        assert!(decode("a.csv", "\u{feff}code".into()).is_err());
    }
}
