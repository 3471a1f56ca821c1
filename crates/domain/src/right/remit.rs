//! What an appraiser was given to appraise.

use std::fmt;

use parindex_rulebook::lang::{Lang, Say};

/// Codes that an appointment holds, in bytes.
const MAX: usize = 500;
/// A block and a domain of it, in characters.
const MAX_WORD: usize = 80;

/// The domains of which blocks an appraiser was given, by their codes with spaces between them: `3` in every block, `so/3` in
/// one, `so/` all of one; everything where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remit(pub String);

impl Remit {
    /// Reads what was typed: codes with spaces, commas or semicolons between them.
    ///
    /// ```
    /// use parindex_domain::right::Remit;
    /// assert_eq!(Remit::read(" so/3;5, 5").unwrap().to_string(), "so/3 5");
    /// assert!(Remit::read("so/3/1").is_err());
    /// ```
    ///
    /// # Errors
    /// [`NoRemit`]: a word that is no code, or more than fits.
    pub fn read(typed: &str) -> Result<Self, NoRemit> {
        let mut words: Vec<&str> = Vec::new();
        for word in typed.split(|c: char| c.is_whitespace() || c == ',' || c == ';') {
            if word.is_empty() || words.contains(&word) {
                continue;
            }
            if !is_code(word) {
                return Err(NoRemit::Word(word.chars().take(MAX_WORD).collect()));
            }
            words.push(word);
        }
        let joined = words.join(" ");
        if joined.len() > MAX { Err(NoRemit::Long) } else { Ok(Self(joined)) }
    }

    /// Whether it is everything.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// Whether something of a block is in it.
    ///
    /// ```
    /// use parindex_domain::right::Remit;
    /// assert!(Remit("so/3".to_owned()).touches("so") && !Remit("so/3".to_owned()).touches("xa"));
    /// assert!(Remit("3".to_owned()).touches("xa"));
    /// ```
    #[must_use]
    pub fn touches(&self, block: &str) -> bool {
        let touches = |word: &str| word.split_once('/').is_none_or(|(of, _)| of == block);
        self.is_everything() || self.0.split_whitespace().any(touches)
    }

    /// Whether a domain of a block is in it.
    ///
    /// ```
    /// use parindex_domain::right::Remit;
    /// let remit = Remit("so/3 5".to_owned());
    /// assert!(remit.covers("so", "3") && remit.covers("xa", "5"));
    /// assert!(!remit.covers("xa", "3"));
    /// assert!(Remit::default().covers("so", "1"));
    /// ```
    #[must_use]
    pub fn covers(&self, block: &str, domain: &str) -> bool {
        let covers = |word: &str| match word.split_once('/') {
            Some((of, "")) => of == block,
            Some((of, which)) => of == block && which == domain,
            None => word == domain,
        };
        self.is_everything() || self.0.split_whitespace().any(covers)
    }
}

impl fmt::Display for Remit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Letters, digits and what codes have between them, with at most one stroke after a block.
fn is_code(word: &str) -> bool {
    let (block, domain) = word.split_once('/').unwrap_or(("-", word));
    let code = |part: &str| part.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c));
    word.chars().count() <= MAX_WORD && !block.is_empty() && code(block) && code(domain)
}

/// Why something typed is no remit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRemit {
    /// A word that is no code.
    Word(String),
    /// More than an appointment holds.
    Long,
}

impl Say for NoRemit {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Word(word) => lang.pick(
                format!("«{word}» không phải mã lĩnh vực; hãy nhập như «3», «so/3» hoặc «so/», cách nhau bằng dấu cách"),
                format!("“{word}” is no code of a domain; type “3”, “so/3” or “so/”, with spaces between them"),
            ),
            Self::Long => lang.pick(
                format!("quá dài: nhiều nhất {MAX} ký tự; hãy dùng «so/» cho cả khối"),
                format!("too long: at most {MAX} characters; use “so/” for a whole block"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_or_refused_with_its_word() {
        for (typed, expected) in [
            ("", Ok("")),
            ("3", Ok("3")),
            ("  so/ ", Ok("so/")),
            ("so/3, xã/766-2;I", Ok("so/3 xã/766-2 I")),
            ("/3", Err(NoRemit::Word("/3".to_owned()))),
            ("so//", Err(NoRemit::Word("so//".to_owned()))),
            ("<b>", Err(NoRemit::Word("<b>".to_owned()))),
            ("=1+2", Err(NoRemit::Word("=1+2".to_owned()))),
        ] {
            assert_eq!(Remit::read(typed).map(|remit| remit.0), expected.map(str::to_owned), "{typed}");
        }
        let long: Vec<String> = (0..200).map(|n| format!("so/{n}")).collect();
        assert_eq!(Remit::read(&long.join(" ")), Err(NoRemit::Long));
    }
}
