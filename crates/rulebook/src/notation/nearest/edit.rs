//! Changes of a text by characters, with spaces where a reader expects them.

/// The text with the characters from `from` to before `to` replaced.
pub(super) fn splice(text: &str, (from, to): (usize, usize), piece: &str) -> String {
    let before: String = text.chars().take(from).collect();
    let after: String = text.chars().skip(to).collect();
    join(&join(before.trim_end(), piece), after.trim_start())
}

/// The text with something put before a character.
pub(super) fn insert(text: &str, at: usize, piece: &str) -> String {
    splice(text, (at, at), piece)
}

/// Two parts with a space between, where one belongs there.
fn join(left: &str, right: &str) -> String {
    let ends = left.chars().last().is_none_or(|last| matches!(last, '(' | '/' | '['));
    let begins =
        right.chars().next().is_none_or(|first| matches!(first, ';' | ',' | ':' | ')' | ']' | '%' | '/'));
    format!("{left}{}{right}", if ends || begins { "" } else { " " })
}
