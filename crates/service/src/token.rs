//! Secrets that are handed out once and kept only as hashes.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

/// A secret of 256 bits for a cookie or a link.
pub struct Token(String);

impl Token {
    /// A new one from the operating system's randomness.
    ///
    /// # Errors
    /// When the operating system has none.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(BASE64URL_NOPAD.encode(&bytes)))
    }

    /// The one that follows from a secret and what was made of it: as hard to guess as that.
    #[must_use]
    pub fn derived(from: &[&str]) -> Self {
        Self(BASE64URL_NOPAD.encode(&Sha256::digest(from.join(" "))))
    }

    /// Whether a text is as long as one and of its signs.
    #[must_use]
    pub fn looks_like(text: &str) -> bool {
        text.len() == 43 && BASE64URL_NOPAD.decode(text.as_bytes()).is_ok()
    }

    /// The text for its holder.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The SHA-256 of the token: what is kept in the database in its place.
    #[must_use]
    pub fn hash(&self) -> String {
        hash_of(&self.0)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The hash by which a secret is found again. It has 256 bits of its own, so a fast hash is enough.
#[must_use]
pub fn hash_of(secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(secret))
}

/// What a form of this browser carries: bound to the cookie, of no use elsewhere.
#[must_use]
pub fn form_token(cookie: &str) -> String {
    hash_of(&format!("form:{cookie}"))
}
