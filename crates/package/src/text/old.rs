//! The encodings of Vietnamese before Unicode. Which one a file is in is told by its words: only the right one gives syllables.

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::syllable::is_syllable;

/// An encoding of Vietnamese before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Old {
    /// TCVN 5712:1993, as the fonts named `.VnTime` have it.
    Tcvn3,
    /// VNI for Windows: a letter, then its marks as a second byte.
    Vni,
    /// RFC 1456.
    Viscii,
    /// Windows-1258: tone marks are letters of their own.
    Windows1258,
}

/// The characters of the bytes from 0x80, 32 in a row.
type Table = [&'static str; 4];

/// TCVN 5712-1 without its marks that combine. Capitals with tones are of another font with the same bytes: they come out small.
const TCVN3: Table = [
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ",
    " ĂÂÊÔƠƯĐăâêôơưđẰ     àảãáạẲằẳẵắẴ",
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò",
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
];

const VISCII: Table = [
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ",
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ",
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư",
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
];

/// Capitals of VISCII that stand among the controls.
const VISCII_CONTROLS: [(u8, char); 6] =
    [(0x02, 'Ẳ'), (0x05, 'Ẵ'), (0x06, 'Ẫ'), (0x14, 'Ỷ'), (0x19, 'Ỹ'), (0x1e, 'Ỵ')];

/// Letters of VNI that are one byte, as Windows-1252 shows it.
const VNI_LETTERS: [(char, char); 16] = [
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('æ', 'ỉ'),
    ('Æ', 'Ỉ'),
    ('ó', 'ĩ'),
    ('Ó', 'Ĩ'),
    ('ò', 'ị'),
    ('Ò', 'Ị'),
    ('ì', 'ì'),
    ('í', 'í'),
    ('î', 'ỵ'),
    ('Î', 'Ỵ'),
];

/// The marks of VNI behind a letter: what each small one adds to it.
const VNI_MARKS: [(char, &str); 16] = [
    ('ø', "\u{300}"),
    ('ù', "\u{301}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('à', "\u{302}\u{300}"),
    ('á', "\u{302}\u{301}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('è', "\u{306}\u{300}"),
    ('é', "\u{306}\u{301}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
];

impl Old {
    pub(super) const ALL: [Self; 4] = [Self::Tcvn3, Self::Vni, Self::Viscii, Self::Windows1258];

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3",
            Self::Vni => "VNI",
            Self::Viscii => "VISCII",
            Self::Windows1258 => "Windows-1258",
        }
    }

    /// The encoding in which the words of a text are Vietnamese, and the text; `None` where none or several fit as well.
    #[must_use]
    pub fn recognised(bytes: &[u8]) -> Option<(Self, String)> {
        let read = Self::ALL.map(|old| (old, old.decode(bytes)));
        let rated = read.map(|(old, text)| (syllables(&text), old, text));
        let best = rated.iter().map(|(good, ..)| *good).max()?;
        let mut fitting = rated.into_iter().filter(|(good, ..)| *good == best);
        let (good, old, text) = fitting.next()?;
        let alone = fitting.all(|(_, _, other)| other == text);
        // Nine in ten: names from abroad and abbreviations stand in every file.
        let marked = marked_words(bytes);
        (alone && marked > 0 && good * 10 >= marked * 9).then_some((old, text))
    }

    pub(super) fn decode(self, bytes: &[u8]) -> String {
        let text: String = match self {
            Self::Tcvn3 => capitals(&bytes.iter().map(|byte| of_table(&TCVN3, *byte)).collect::<String>()),
            Self::Viscii => bytes.iter().map(|byte| viscii(*byte)).collect(),
            Self::Vni => vni(&WINDOWS_1252.decode_without_bom_handling(bytes).0),
            Self::Windows1258 => WINDOWS_1258.decode_without_bom_handling(bytes).0.into_owned(),
        };
        text.nfc().collect()
    }
}

/// Words of capitals: in a font named `.VnTimeH` capitals with marks have the bytes of small ones, and `QUYẾT ĐỊNH` comes as `QUYếT địNH`.
fn capitals(text: &str) -> String {
    let is_capitals = |word: &str| {
        let plain = word.chars().filter(char::is_ascii_alphabetic);
        word.chars().filter(char::is_ascii_uppercase).count() > 1
            && plain.clone().all(|each| each.is_ascii_uppercase())
    };
    let parts = text.split_inclusive(|each: char| !each.is_alphabetic());
    parts.map(|part| if is_capitals(part) { part.to_uppercase() } else { part.to_owned() }).collect()
}

fn of_table(table: &Table, byte: u8) -> char {
    let Some(at) = byte.checked_sub(0x80).map(usize::from) else { return char::from(byte) };
    let row = table.get(at / 32).copied().unwrap_or_default();
    row.chars().nth(at % 32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn viscii(byte: u8) -> char {
    let control = VISCII_CONTROLS.iter().find(|(known, _)| *known == byte);
    control.map_or_else(|| of_table(&VISCII, byte), |(_, capital)| *capital)
}

/// Each letter with the marks behind it. `ë` is a breve with a dot below behind an `a`, and no letter of its own.
fn vni(shown: &str) -> String {
    let mut text = String::with_capacity(shown.len());
    let mut carries = false;
    for each in shown.chars() {
        let small = each.to_lowercase().next().unwrap_or(each);
        let mark = if small == 'ë' {
            Some("\u{306}\u{323}")
        } else {
            VNI_MARKS.iter().find(|(mark, _)| *mark == small).map(|(_, marks)| *marks)
        };
        if let Some(marks) = mark.filter(|_| carries) {
            text.push_str(marks);
            carries = false;
        } else {
            let letter = VNI_LETTERS.iter().find(|(known, _)| *known == each);
            let letter = letter.map_or(each, |(_, letter)| *letter);
            carries = matches!(letter.to_lowercase().next(), Some('a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư'));
            text.push(letter);
        }
    }
    text
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|each: char| each.is_ascii() && !each.is_ascii_alphabetic()).filter(|word| !word.is_ascii())
}

/// How many words with marks are Vietnamese syllables.
fn syllables(text: &str) -> usize {
    words(text).filter(|word| is_syllable(word)).count()
}

/// How many words have letters beyond ASCII, whatever these are.
fn marked_words(bytes: &[u8]) -> usize {
    let shown = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    words(&shown).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_is_told_by_its_words() {
        let cases: [(&[u8], Old, &str); 5] = [
            (b"unit,name\nSNV,S\xeb N\xe9i v\xf4\n", Old::Tcvn3, "unit,name\nSNV,Sở Nội vụ\n"),
            (b"unit,name\nSNV,S\xf4\xfb No\xe4i vu\xef\n", Old::Vni, "unit,name\nSNV,Sở Nội vụ\n"),
            (
                b"S\xb7 N\xb5i v\xf8 t\xefnh Qu\xe4ng Ng\xe3i, \x9cy ban nh\xe2n d\xe2n huy\xaen",
                Old::Viscii,
                "Sở Nội vụ tỉnh Quảng Ngãi, Ủy ban nhân dân huyện",
            ),
            (b"S\xf5\xd2 N\xf4\xf2i vu\xf2", Old::Windows1258, "Sở Nội vụ"),
            (b"QUY\xd5T \xae\xdeNH c\xf1a S\xeb N\xe9i v\xf4", Old::Tcvn3, "QUYẾT ĐỊNH của Sở Nội vụ"),
        ];
        for (bytes, old, text) in cases {
            assert_eq!(Old::recognised(bytes), Some((old, text.to_owned())), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_vietnamese_is_not_guessed() {
        // The last is «Sở Nội vụ» in VISCII and «Sã Nài vứ» in TCVN3: three words are too few to tell.
        for bytes in [
            b"caf\xe9 fran\xe7ais na\xefve".as_slice(),
            b"plain",
            b"\xff\xfe\xfd \x80\x81",
            b"S\xb7 N\xb5i v\xf8",
        ] {
            assert_eq!(Old::recognised(bytes), None, "{bytes:?}");
        }
    }
}
