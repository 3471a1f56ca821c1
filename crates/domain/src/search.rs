//! Text as people search for it: without accents, without case.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents; `đ` becomes `d`.
///
/// ```
/// use parindex_domain::search::fold;
/// assert_eq!(fold("Thị trấn Đông Hưng"), "thi tran dong hung");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let bare = text.nfd().filter(|each| !is_combining_mark(*each));
    let lower = bare.flat_map(char::to_lowercase);
    lower.map(|each| if each == 'đ' { 'd' } else { each }).collect()
}
