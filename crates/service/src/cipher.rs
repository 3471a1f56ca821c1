//! Secrets that the server must read again, written so that the database, or a copy of it, does not give them away.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64_NOPAD;

use crate::token::hash_of;

/// A key of 256 bits, kept outside the database.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// A new one from the operating system's randomness.
    ///
    /// # Errors
    /// When the operating system has none.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Reads what [`Key::text`] gave.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As it stands in its file.
    #[must_use]
    pub fn text(&self) -> String {
        BASE64_NOPAD.encode(&self.0)
    }

    /// By this the key that wrote something is known again; it says nothing about the key.
    fn name(&self) -> String {
        hash_of(&format!("key:{}", self.text())).chars().take(8).collect()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.name())
    }
}

/// The keys of an installation: the first writes, all read.
#[derive(Clone, Debug)]
pub struct Keys {
    current: Key,
    former: Vec<Key>,
}

/// Why something cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherKey;

impl Keys {
    /// The key in use, and those before it.
    #[must_use]
    pub fn new(current: Key, former: Vec<Key>) -> Self {
        Self { current, former }
    }

    /// By these names the keys are known; they say nothing about them.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        std::iter::once(&self.current).chain(&self.former).map(Key::name).collect()
    }

    /// Writes a secret of one person; read as another's it is no secret.
    ///
    /// # Errors
    /// When the operating system has no randomness, or the secret has more than 256 GB.
    pub fn encrypt(
        &self,
        person: i64,
        secret: &str,
    ) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        let mut nonce = [0_u8; 24];
        getrandom::fill(&mut nonce)?;
        let payload = Payload { msg: secret.as_bytes(), aad: &person.to_be_bytes() };
        let written = self.current.cipher().encrypt(&XNonce::from(nonce), payload)?;
        let written = BASE64_NOPAD.encode(&[&nonce[..], &written].concat());
        Ok(format!("{}:{written}", self.current.name()))
    }

    /// Reads a secret of a person that was encrypted with the key of this server.
    ///
    /// # Errors
    /// [`OtherKey`] when none of the keys wrote it for this person.
    pub fn decrypt(&self, person: i64, text: &str) -> Result<String, OtherKey> {
        let (name, written) = text.split_once(':').ok_or(OtherKey)?;
        let key = std::iter::once(&self.current).chain(&self.former).find(|key| key.name() == name);
        let bytes = BASE64_NOPAD.decode(written.as_bytes()).map_err(|_no_base64| OtherKey)?;
        let (nonce, written) = bytes.split_first_chunk::<24>().ok_or(OtherKey)?;
        let payload = Payload { msg: written, aad: &person.to_be_bytes() };
        let read = key.ok_or(OtherKey)?.cipher().decrypt(&XNonce::from(*nonce), payload);
        String::from_utf8(read.map_err(|_forged| OtherKey)?).map_err(|_no_text| OtherKey)
    }

    /// Whether the key in use wrote it.
    #[must_use]
    pub fn is_current(&self, text: &str) -> bool {
        text.split_once(':').is_some_and(|(name, _)| name == self.current.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_by_its_key_for_its_person_alone() {
        let (old, new) = (Key::new().unwrap(), Key::new().unwrap());
        let before = Keys::new(old.clone(), Vec::new());
        let text = before.encrypt(7, "GEZDGNBVGY3TQOJQ").unwrap();
        assert!(!text.contains("GEZD"));
        assert_eq!(before.decrypt(7, &text).as_deref(), Ok("GEZDGNBVGY3TQOJQ"));
        assert_eq!(before.decrypt(8, &text), Err(OtherKey), "a row that was moved");
        let after = Keys::new(new.clone(), vec![old]);
        assert_eq!(after.decrypt(7, &text).as_deref(), Ok("GEZDGNBVGY3TQOJQ"));
        assert!(before.is_current(&text) && !after.is_current(&text));
        assert_eq!(Keys::new(new, Vec::new()).decrypt(7, &text), Err(OtherKey));
    }

    #[test]
    fn what_was_altered_is_not_read() {
        let keys = Keys::new(Key::new().unwrap(), Vec::new());
        let text = keys.encrypt(7, "secret").unwrap();
        for wrong in
            ["", ":", "secret", "00000000:AAAA", text.get(..text.len() - 2).unwrap(), &format!("{text}AAAA")]
        {
            assert_eq!(keys.decrypt(7, wrong), Err(OtherKey), "{wrong}");
        }
        assert_ne!(text, keys.encrypt(7, "secret").unwrap(), "never the same twice");
    }

    #[test]
    fn a_key_is_read_as_it_was_written_and_shown_to_nobody() {
        let key = Key::new().unwrap();
        assert_eq!(Key::parse(&key.text()).unwrap().text(), key.text());
        assert!(Key::parse("short").is_none() && Key::parse("").is_none());
        assert!(!format!("{key:?}").contains(&key.text()));
    }
}
