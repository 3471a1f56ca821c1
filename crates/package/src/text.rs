//! Bytes to text: UTF-8 is read, composed and with plain spaces; every other encoding is named, and converted when that is asked for.

use encoding_rs::{UTF_16BE, UTF_16LE};
use parindex_rulebook::finding::{Finding, Place};
use parindex_rulebook::table::{tidied, turns_direction};

use crate::{Findings, PackageProblem};

pub(crate) mod garbled;
mod old;
mod syllable;

pub use garbled::Garbled;
pub use old::Old;

/// The text of a file, and whether it was written otherwise: with a BOM, decomposed, with invisible spaces.
///
/// # Errors
/// UTF-16, bytes that are no UTF-8, and words that went through a wrong encoding.
pub fn decode(file: &str, bytes: Vec<u8>) -> Result<(String, bool), Findings> {
    if is_utf16(&bytes) {
        return Err(PackageProblem::Utf16.at(Place::file(file)));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.split(|byte| *byte == b'\n').count();
        let row = u32::try_from(line).unwrap_or(u32::MAX);
        PackageProblem::Encoding.at(Place { row, ..Place::file(file) })
    })?;
    if let Some((row, found)) = garbled::in_lines(&text) {
        return Err(at_line(file, row, found));
    }
    Ok(match tidied(&text) {
        Some(tidied) => (tidied, true),
        None => (text, false),
    })
}

fn at_line(file: &str, row: u32, found: Garbled) -> Findings {
    vec![Finding::error(Place { row, ..Place::file(file) }, found).spoken()]
}

fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || is_bare_utf16(bytes)
}

/// UTF-16 without its mark: of plain letters every second byte is zero, so a fifth of all bytes at least.
fn is_bare_utf16(bytes: &[u8]) -> bool {
    let sample = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let parts = sample.split(|byte| *byte == 0).count();
    parts > 1 && parts * 5 > sample.len()
}

/// The text of a file in any encoding that Vietnamese offices used, as clean UTF-8 NFC, and what the encoding is called.
///
/// # Errors
/// [`PackageProblem::UnknownEncoding`] where no encoding, or more than one, gives Vietnamese words; [`Garbled`] where some of it
/// went through a wrong encoding and some did not.
pub fn repair(file: &str, bytes: &[u8]) -> Result<(String, &'static str), Findings> {
    let (text, name) = match bytes {
        [0xfe, 0xff, ..] => (UTF_16BE.decode(bytes).0.into_owned(), "UTF-16"),
        _ if bytes.starts_with(&[0xff, 0xfe]) || is_bare_utf16(bytes) => {
            (UTF_16LE.decode(bytes).0.into_owned(), "UTF-16")
        }
        _ => {
            if let Ok(text) = String::from_utf8(bytes.to_vec()) {
                (text, "UTF-8")
            } else {
                let old = Old::recognised(bytes);
                let (old, text) = old.ok_or_else(|| PackageProblem::UnknownEncoding.at(Place::file(file)))?;
                return Ok((clean(&text), old.name()));
            }
        }
    };
    let mended = garbled::mended(&text).map_err(|(row, found)| at_line(file, row, found))?;
    let (text, name) = mended.unwrap_or((text, name));
    Ok((clean(&text), name))
}

/// NFC, plain spaces, no BOM and nothing invisible: what turns the direction of writing would make one name look like another.
#[must_use]
pub fn clean(text: &str) -> String {
    let tidied = tidied(text);
    tidied.as_deref().unwrap_or(text).chars().filter(|each| !turns_direction(*each)).collect()
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

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
            assert_eq!(repair("a.csv", &bytes).unwrap().0, TEXT);
        }
        assert_eq!(repair("a.csv", &windows).unwrap(), ("Sở Nội vụ".to_owned(), "Windows-1258"));
        assert!(repair("a.csv", b"caf\xe9 na\xefve").is_err());
    }

    #[test]
    fn what_was_saved_as_utf_8_in_a_wrong_encoding_is_refused_or_repaired() {
        let old = "unit,name\nA,Së Néi vô\nB,Së Tµi chÝnh\n";
        let (text, name) = repair("a.csv", old.as_bytes()).unwrap();
        assert_eq!((text.as_str(), name), ("unit,name\nA,Sở Nội vụ\nB,Sở Tài chính\n", "TCVN3"));
        let findings = decode("a.csv", old.into()).unwrap_err();
        let [finding] = findings.as_slice() else { panic!("one finding") };
        assert!(finding.place.row == 2 && finding.problem.vi.contains("«Sở Nội vụ»"), "{finding:?}");
        // With other words in Unicode beside it nobody can tell for each.
        let both = format!("{old}C,Sở Y tế\n");
        assert!(decode("a.csv", both.clone().into()).is_err() && repair("a.csv", both.as_bytes()).is_err());
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
        assert_eq!(decode("a.csv", "\u{feff}code".into()).unwrap(), ("code".to_owned(), true));
        assert_eq!(decode("a.csv", "mã,Sở".into()).unwrap(), ("mã,Sở".to_owned(), false));
    }
}
