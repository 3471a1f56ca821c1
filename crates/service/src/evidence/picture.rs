//! Pictures without what cameras write into them: where, when and with which device they were taken.

use bytes::Bytes;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::{ImageEXIF, ImageICC};

/// The largest picture: it is held in memory while it is cleaned.
pub const MAX_SIZE: u64 = 64 << 20;

/// Chunks of PNG that say something about a picture and show nothing of it.
const SAID: [[u8; 4]; 5] = [*b"eXIf", *b"tEXt", *b"zTXt", *b"iTXt", *b"tIME"];

/// Whether a kind of file is cleaned.
pub fn is_picture(kind: &str) -> bool {
    ["image/jpeg", "image/png"].contains(&kind)
}

/// The picture alone, upright as before; none for what is no picture.
pub fn cleaned(kind: &str, content: Bytes) -> Option<Bytes> {
    if kind == "image/png" {
        let mut png = Png::from_bytes(content).ok()?;
        png.chunk_by_type(*b"IHDR")?;
        png.chunks_mut().retain(|chunk| !SAID.contains(&chunk.kind()));
        return Some(png.encoder().bytes());
    }
    let mut jpeg = Jpeg::from_bytes(content).ok()?;
    let turned = jpeg.exif().and_then(|exif| orientation(&exif));
    let colours = jpeg.icc_profile();
    // The first says how many dots an inch has, Adobe's own how colours are to be read.
    let wanted = |marker: u8| !says(marker) || [markers::APP0, markers::APP14].contains(&marker);
    jpeg.segments_mut().retain(|segment| wanted(segment.marker()));
    jpeg.set_icc_profile(colours);
    if let Some(turned) = turned.filter(|turned| *turned != 1) {
        jpeg.set_exif(Some(only_orientation(turned)));
    }
    alone(&jpeg.encoder().bytes())
}

/// A photograph up to its end: what phones hang behind it (films, smaller pictures with a place of their own) goes, and what is said
/// between its scans.
fn alone(jpeg: &[u8]) -> Option<Bytes> {
    let (mut kept, mut at, mut behind) = (jpeg.get(..2)?.to_vec(), 2, false);
    loop {
        let begins = at;
        // Pixels go up to the next marker that is none of their own: a stuffed zero, or a sign of restart.
        while !is_marker(jpeg, at)? {
            at += 1;
        }
        kept.extend_from_slice(jpeg.get(begins..at)?);
        let marker = *jpeg.get(at + 1)?;
        if marker == markers::EOI {
            kept.extend_from_slice(&[0xff, markers::EOI]);
            return Some(Bytes::from(kept));
        }
        let length = usize::from(*jpeg.get(at + 2)?) << 8 | usize::from(*jpeg.get(at + 3)?);
        let segment = jpeg.get(at..at.checked_add(length)?.checked_add(2)?)?;
        // In front of the first scan only what is wanted was left.
        if !behind || !says(marker) {
            kept.extend_from_slice(segment);
        }
        behind |= marker == markers::SOS;
        at += segment.len();
    }
}

/// Whether a marker that is not of the pixels stands here; none at the end of what there is.
fn is_marker(jpeg: &[u8], at: usize) -> Option<bool> {
    let (first, second) = (*jpeg.get(at)?, *jpeg.get(at + 1)?);
    Some(first == 0xff && !matches!(second, 0x00 | 0xff | markers::RST0..=markers::RST7))
}

/// Whether a segment says something about a picture and shows nothing of it.
fn says(marker: u8) -> bool {
    (markers::APP0..=markers::APP15).contains(&marker) || marker == markers::COM
}

/// Which way a camera was held, of what it wrote (Exif 2.32, tag 274).
fn orientation(exif: &[u8]) -> Option<u8> {
    let little = exif.starts_with(b"II");
    let number = |at: usize, size: usize| -> Option<usize> {
        let bytes = exif.get(at..at.checked_add(size)?)?;
        let add = |sum: usize, byte: &u8| (sum << 8) | usize::from(*byte);
        Some(if little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    };
    let first = number(4, 4)?;
    let count = number(first, 2)?.min(500);
    let entry = (0..count).map(|at| first + 2 + 12 * at).find(|at| number(*at, 2) == Some(0x0112))?;
    u8::try_from(number(entry + 8, 2)?).ok().filter(|turned| (1..=8).contains(turned))
}

/// What a camera would have written if it knew nothing else.
fn only_orientation(turned: u8) -> Bytes {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[turned, 0, 0, 0, 0, 0, 0]);
    Bytes::from(exif)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with a place and a camera in it, held sideways.
    fn taken() -> Vec<u8> {
        let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS 21.0285 105.8542 Phone");
        let mut jpeg = b"\xff\xd8\xff\xe1".to_vec();
        jpeg.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        jpeg.extend_from_slice(&exif);
        jpeg.extend_from_slice(b"\xff\xfe\x00\x08secret\xff\xda\x00\x02pixels\xff\x00\xff\xd3more\xff\xfe\x00\x06here\xff\xda\x00\x02scan\xff\xd9");
        jpeg
    }

    #[test]
    fn a_photograph_says_nothing_but_which_way_is_up() {
        let clean = cleaned("image/jpeg", Bytes::from(taken())).unwrap();
        let holds = |text: &[u8]| clean.windows(text.len()).any(|part| part == text);
        assert!(!holds(b"GPS") && !holds(b"secret") && !holds(b"here"));
        assert!(holds(b"pixels\xff\x00\xff\xd3more\xff\xda") && holds(b"scan\xff\xd9"));
        let kept = Jpeg::from_bytes(clean.clone()).unwrap().exif().unwrap();
        assert_eq!(orientation(&kept), Some(6));
        assert_eq!(cleaned("image/jpeg", clean.clone()).unwrap(), clean, "cleaned once is clean");
        let film = [taken(), b"\0\0\0\x18ftypmp4 film".to_vec(), taken()].concat();
        assert_eq!(cleaned("image/jpeg", Bytes::from(film)).unwrap(), clean, "what hangs behind it goes");
    }

    #[test]
    fn what_only_begins_like_a_picture_is_none() {
        for rubbish in [b"\xff\xd8\xff a picture".as_slice(), b"\xff\xd8\xff", b""] {
            assert!(cleaned("image/jpeg", Bytes::copy_from_slice(rubbish)).is_none(), "{rubbish:?}");
        }
        assert!(cleaned("image/png", Bytes::from_static(b"\x89PNG\r\n\x1a\n")).is_none());
        assert_eq!(orientation(b"II\x2a\0\xff\xff\xff\xff"), None);
    }
}
