//! Vietnamese that went through a wrong encoding and was saved as UTF-8 all the same: `Së Néi vô` of an old font, `á»¦y ban` of UTF-8
//! that was taken for Windows-1252. Its letters stand for bytes; where the words are no Vietnamese as they stand, and are Vietnamese
//! once these bytes are read rightly, the text is refused with what it is meant to say, or repaired where that is asked for.

use std::collections::HashSet;

use parindex_rulebook::lang::{Lang, Say};

use super::old::Old;
use super::syllable::is_syllable;

/// A text that went through a wrong encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Garbled {
    read: String,
    /// What it is meant to say, where only one reading gives Vietnamese.
    meant: Option<String>,
    how: How,
    /// Whether its whole file can be repaired.
    repairable: bool,
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// UTF-8 was taken for Windows-1252.
    Twice,
    /// The letters of a font of before Unicode, where one fits alone.
    Font(Option<Old>),
}

impl Say for Garbled {
    fn say(&self, lang: Lang) -> String {
        let Self { read, meant, how, .. } = self;
        let meant = meant.as_ref().map_or_else(String::new, |meant| {
            lang.pick(format!(", đáng lẽ là «{meant}»"), format!(" and means “{meant}”"))
        });
        match how {
            How::Twice => lang.pick(
                format!("«{read}» là chữ UTF-8 đọc nhầm bảng mã rồi lưu lại{meant}; hãy mở lại tệp gốc theo UTF-8 rồi lưu lại"),
                format!("“{read}” is UTF-8 that was read in another encoding and saved again{meant}; open the original as UTF-8 and save it"),
            ),
            How::Font(old) => {
                let name = old.map_or("TCVN3, VNI, VISCII", Old::name);
                lang.pick(
                    format!("«{read}» là chữ của phông cũ ({name}){meant}; hãy chuyển sang Unicode rồi lưu lại"),
                    format!("“{read}” is written for an old font ({name}){meant}; convert it to Unicode and save it again"),
                )
            }
        }
    }

    fn command(&self) -> Option<&'static str> {
        self.repairable.then_some("parindex convert --fix")
    }
}

/// What Windows-1252 has at the bytes from 0x80 on; a control where it has nothing.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The byte that a character stands for.
fn byte_of(each: char) -> Option<u8> {
    let high = || HIGH.iter().position(|known| *known == each).and_then(|at| u8::try_from(0x80 + at).ok());
    u8::try_from(u32::from(each)).ok().or_else(high)
}

fn bytes_of(text: &str) -> Option<Vec<u8>> {
    text.chars().map(byte_of).collect()
}

/// What stands between texts that may have come from different hands.
const SEPARATORS: [u8; 6] = *b",;\t\n\r\"";

/// So many words with marks tell for all of them.
const ENOUGH_WORDS: usize = 1_000;
/// One odd word may be a name from abroad, however often it stands there.
const LEAST_ODD: usize = 2;
/// As much of a text is shown.
const MAX_SHOWN: usize = 60;

/// The words that tell something: plain letters and others in one. A sign alone, such as a dash, tells nothing, nor does a unit such
/// as m² or °C, or the Ð of another alphabet that many keyboards give for Đ.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let ends = |each: char| (each.is_ascii() && !each.is_ascii_alphabetic()) || each > '\u{ff}';
    let plain = |word: &&str| word.contains(|each: char| each.is_ascii_alphabetic());
    let silent = ['²', '³', '°', 'Ð', 'ð'];
    text.split(ends).filter(move |word| !word.is_ascii() && !word.contains(silent)).filter(plain)
}

/// Texts that may have gone through a wrong encoding.
struct Suspects<'t, P> {
    /// The first of them, and where it stands.
    first: Option<(P, &'t str)>,
    /// Their words, as bytes.
    words: Vec<Vec<u8>>,
    /// Words that are no syllables as they stand: which, and how many.
    odd: (HashSet<&'t str>, usize),
    /// Words that are.
    fine: HashSet<&'t str>,
}

impl<'t, P: Copy> Suspects<'t, P> {
    /// Looks at a text, and keeps it where it is odd; whether it is.
    fn take(&mut self, place: P, piece: &'t str) -> bool {
        if !piece.chars().all(|each| byte_of(each).is_some()) {
            return false;
        }
        let before = self.odd.1;
        for word in words(piece) {
            if self.odd.1 >= ENOUGH_WORDS {
                break;
            }
            if self.fine.contains(word) {
                continue;
            }
            if is_syllable(word) {
                self.fine.insert(word);
            } else {
                self.odd.0.insert(word);
                self.odd.1 += 1;
            }
        }
        let is_odd = self.odd.1 > before;
        if is_odd {
            let room = ENOUGH_WORDS.saturating_sub(self.words.len());
            self.words.extend(words(piece).filter_map(bytes_of).take(room));
            self.first = self.first.or(Some((place, piece)));
        }
        is_odd
    }

    /// The first of them, where their words are Vietnamese in an old font and are not as they stand.
    fn of_font(&self) -> Option<(P, Garbled)> {
        let enough = self.odd.0.len() >= LEAST_ODD && self.odd.1 * 2 >= self.words.len();
        let (place, piece) = self.first.filter(|_| enough)?;
        of_font(piece, &self.words).map(|found| (place, found))
    }
}

/// What stands between separators and is not plain ASCII.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let odd = rest.bytes().position(|byte| !byte.is_ascii())?;
        let separates = |byte: &u8| SEPARATORS.contains(byte);
        let (before, after) = rest.as_bytes().split_at_checked(odd)?;
        let start = before.iter().rposition(separates).map_or(0, |at| at + 1);
        let end = after.iter().position(separates).map_or(rest.len(), |at| odd + at);
        let piece = rest.get(start..end);
        rest = rest.get(end..)?;
        piece
    })
}

/// The first text of a file that went through a wrong encoding, and where it stands.
pub(crate) fn find<'t, P: Copy>(texts: impl Iterator<Item = (P, &'t str)>) -> Option<(P, Garbled)> {
    let (odd, fine) = ((HashSet::new(), 0), HashSet::new());
    let mut good = "";
    let mut suspects = Suspects { first: None, words: Vec::new(), odd, fine };
    for (place, text) in texts.filter(|(_, text)| !text.is_ascii()) {
        for piece in pieces(text) {
            // The source of a thousand rows need not be looked at again.
            if piece == good {
                continue;
            }
            let odd = suspects.take(place, piece);
            if !odd {
                good = piece;
            }
            let bytes = if odd { bytes_of(piece) } else { None };
            if let Some(meant) = bytes.as_deref().and_then(twice) {
                return Some((place, garbled(piece, Some(meant), How::Twice)));
            }
        }
        if suspects.words.len() >= ENOUGH_WORDS {
            break;
        }
    }
    suspects.of_font()
}

fn garbled(piece: &str, meant: Option<String>, how: How) -> Garbled {
    let short = |text: &str| text.trim().chars().take(MAX_SHOWN).collect::<String>();
    Garbled { read: short(piece), meant: meant.map(|meant| short(&meant)), how, repairable: false }
}

/// The text that bytes are in UTF-8, where its words are Vietnamese.
fn twice(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (mut marked, mut good) = (0, 0);
    for word in text.split(|each: char| !each.is_alphabetic()).filter(|word| !word.is_ascii()) {
        marked += 1;
        good += usize::from(is_syllable(word));
    }
    (good > 0 && good * 2 >= marked).then(|| text.to_owned())
}

/// Whether words are Vietnamese in an old font, and what the first text says then.
fn of_font(piece: &str, pool: &[Vec<u8>]) -> Option<Garbled> {
    let rated = Old::ALL.map(|old| (pool.iter().filter(|word| is_syllable(&old.decode(word))).count(), old));
    let best = rated.iter().map(|(good, _)| *good).max()?;
    // Nine in ten, as for files that were not saved again.
    if best * 10 < pool.len() * 9 {
        return None;
    }
    let bytes = bytes_of(piece)?;
    let mut fitting = rated.into_iter().filter(|(good, _)| *good == best);
    let (_, old) = fitting.next()?;
    let meant = old.decode(&bytes);
    let alone = fitting.all(|(_, other)| other.decode(&bytes) == meant);
    let (meant, old) = if alone { (Some(meant), Some(old)) } else { (None, None) };
    Some(garbled(piece, meant, How::Font(old)))
}

/// The same in a text of lines: the number of the line with it.
pub(super) fn in_lines(text: &str) -> Option<(u32, Garbled)> {
    if text.is_ascii() {
        return None;
    }
    let lines = (1_u32..).zip(bare(text).split('\n'));
    let (row, found) = find(lines)?;
    let repairable = whole(text, found.how).is_some();
    Some((row, Garbled { repairable, ..found }))
}

/// Without the mark that some programs put before a file.
fn bare(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// A whole file as it was meant, and what its encoding is called.
fn whole(text: &str, how: How) -> Option<(String, &'static str)> {
    let bytes = bytes_of(bare(text))?;
    match how {
        How::Twice => Some((String::from_utf8(bytes).ok()?, "UTF-8, Windows-1252")),
        How::Font(_) => Old::recognised(&bytes).map(|(old, text)| (text, old.name())),
    }
}

/// A file as it was meant, and what its encoding is called; none where nothing is wrong with it.
///
/// # Errors
/// The first text that went through a wrong encoding, with its line, where others did not: nobody can tell for each of them.
pub(super) fn mended(text: &str) -> Result<Option<(String, &'static str)>, (u32, Garbled)> {
    let Some((row, found)) = in_lines(text) else { return Ok(None) };
    whole(text, found.how).map(Some).ok_or((row, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> Option<String> {
        find([((), text)].into_iter()).and_then(|((), found)| found.meant)
    }

    /// How Windows-1252 shows bytes.
    fn shown(bytes: &[u8]) -> String {
        let letter = |byte: u8| byte.checked_sub(0x80).and_then(|at| HIGH.get(usize::from(at)).copied());
        bytes.iter().map(|byte| letter(*byte).unwrap_or(char::from(*byte))).collect()
    }

    #[test]
    fn letters_of_old_fonts_are_told_by_their_words() {
        assert_eq!(meant("Së Néi vô").as_deref(), Some("Sở Nội vụ"));
        assert_eq!(meant("Phßng Tµi chÝnh - KÕ ho¹ch").as_deref(), Some("Phòng Tài chính - Kế hoạch"));
        assert_eq!(meant("Sôû Noäi vuï, Sôû Taøi chính").as_deref(), Some("Sở Nội vụ"));
        let (line, found) = in_lines("unit,name\nA,Sở A\nB,Së Néi vô\n").unwrap();
        assert_eq!((line, found.repairable), (3, false), "some of it is Unicode");
        assert!(
            found.say(Lang::Vi).contains("«Së Néi vô» là chữ của phông cũ (TCVN3), đáng lẽ là «Sở Nội vụ»")
        );
        let (_, found) = in_lines("unit,name\nB,Së Néi vô\n").unwrap();
        assert_eq!(found.command(), Some("parindex convert --fix"));
    }

    #[test]
    fn what_was_encoded_twice_is_read_back() {
        for text in ["Ủy ban nhân dân", "Sở Tài chính", "Đà Nẵng", "xã Lộc An"] {
            let garbled = shown(text.as_bytes());
            assert_eq!(meant(&garbled).as_deref(), Some(text), "{garbled}");
            let file = format!("\u{feff}unit,name\nA,{garbled}\n");
            let (mended, _) = mended(&file).unwrap().unwrap();
            assert_eq!(mended, format!("unit,name\nA,{text}\n"));
        }
    }

    #[test]
    fn what_is_no_mistake_is_left_alone() {
        for text in [
            "Sở Nội vụ",
            "Hà Nam, xã An Lão, Bùi Thị Bé, lý do: báo cáo quý",
            "12/QÐ–UBND",
            "63/NÐ-CP, 12/HÐ-UBND, Ðông Hà, Ðoan Hùng, Ðà Nẵng",
            "Krông Nô, Kon Plông, M'Đrắk, Cư M’gar",
            "Société Générale, Zoë Müller, São Tomé, El Niño",
            "2 × 3 m², 25 °C, § 5, ½, ± 2 µm, © 2026, – Khác, • Khác, · Khác, “Một cửa”",
            "…",
        ] {
            assert_eq!(find([((), text)].into_iter()), None, "{text}");
            assert_eq!(mended(text), Ok(None), "{text}");
        }
    }
}
