//! Who made an archive: Ed25519 over its manifest, which holds the hashes of everything else.

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a signature is over begins with this, so that nothing signed for another purpose passes for a manifest.
const PURPOSE: &[u8] = b"parindex archive\n";

/// A key that signs archives, kept outside the database.
#[derive(Clone)]
pub struct SigningKey([u8; 32]);

impl SigningKey {
    /// A new one from the operating system's randomness.
    ///
    /// # Errors
    /// When the operating system has none.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut seed = [0_u8; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self(seed))
    }

    /// Reads what [`SigningKey::text`] gave.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let seed = BASE64_NOPAD.decode(text.as_bytes()).ok()?;
        seed.try_into().ok().map(Self)
    }

    /// As it stands in its file.
    #[must_use]
    pub fn text(&self) -> String {
        BASE64_NOPAD.encode(&self.0)
    }

    fn pair(&self) -> Option<Ed25519KeyPair> {
        Ed25519KeyPair::from_seed_unchecked(&self.0).ok()
    }

    /// The half of it that anybody may know.
    #[must_use]
    pub fn public(&self) -> Option<PublicKey> {
        self.pair()?.public_key().as_ref().try_into().ok().map(PublicKey)
    }

    /// By this its archives are known.
    #[must_use]
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        Some(self.public()?.fingerprint())
    }

    pub(super) fn sign(&self, manifest: &str) -> Option<Signature> {
        let pair = self.pair()?;
        let signature = pair.sign(&[PURPOSE, manifest.as_bytes()].concat());
        let text = BASE64_NOPAD.encode(signature.as_ref());
        Some(Signature { key: BASE64_NOPAD.encode(pair.public_key().as_ref()), signature: text })
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({:?})", self.fingerprint())
    }
}

/// The half of a key that proves what the other half signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// By this people tell keys apart.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let sum = Sha256::digest(self.0);
        Fingerprint(HEXLOWER.encode(&sum).chars().take(Fingerprint::LENGTH).collect())
    }
}

/// Half of the hash of a public key, in groups that can be read aloud: `3f2a-9c01-…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint(String);

impl Fingerprint {
    const LENGTH: usize = 32;

    /// Reads one, with or without its hyphens.
    ///
    /// ```
    /// use parindex_jobs::archive::Fingerprint;
    /// let shown = "3f2a-9c01-77aa-0001-3f2a-9c01-77aa-ffff";
    /// assert_eq!(Fingerprint::parse(&shown.replace('-', "").to_uppercase()).unwrap().to_string(), shown);
    /// assert!(Fingerprint::parse("3f2a").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.trim().chars().filter(|sign| *sign != '-').collect();
        let plain = plain.to_ascii_lowercase();
        let whole = plain.len() == Self::LENGTH && plain.bytes().all(|digit| digit.is_ascii_hexdigit());
        whole.then_some(Self(plain))
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, digit) in self.0.chars().enumerate() {
            let between = if at > 0 && at % 4 == 0 { "-" } else { "" };
            write!(f, "{between}{digit}")?;
        }
        Ok(())
    }
}

/// How it stands in the archive, beside the manifest.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signature {
    key: String,
    signature: String,
}

impl Signature {
    /// Whose it is, when it is one of this manifest.
    pub(super) fn signer(&self, manifest: &str) -> Option<PublicKey> {
        let key: [u8; 32] = BASE64_NOPAD.decode(self.key.as_bytes()).ok()?.try_into().ok()?;
        let signature = BASE64_NOPAD.decode(self.signature.as_bytes()).ok()?;
        let signed = [PURPOSE, manifest.as_bytes()].concat();
        UnparsedPublicKey::new(&ED25519, key).verify(&signed, &signature).ok()?;
        Some(PublicKey(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_fits_its_text_and_its_key_alone() {
        let (ours, other) = (SigningKey::new().unwrap(), SigningKey::new().unwrap());
        let signed = ours.sign("manifest").unwrap();
        assert_eq!(signed.signer("manifest"), ours.public());
        assert_eq!(signed.signer("manifesT"), None);
        let mixed = Signature { key: other.sign("manifest").unwrap().key, ..signed };
        assert_eq!(mixed.signer("manifest"), None, "the key of somebody else");
        let broken = Signature { key: "AAAA".to_owned(), signature: String::new() };
        assert_eq!(broken.signer("manifest"), None);
    }

    #[test]
    fn a_key_is_read_as_it_was_written_and_shown_to_nobody() {
        let key = SigningKey::new().unwrap();
        assert_eq!(SigningKey::parse(&key.text()).unwrap().fingerprint(), key.fingerprint());
        assert!(SigningKey::parse("short").is_none() && SigningKey::parse("").is_none());
        assert!(!format!("{key:?}").contains(&key.text()));
    }

    /// The first test vector of RFC 8032 has this public key.
    #[test]
    fn the_public_half_is_the_one_of_the_standard() {
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        let seed = HEXLOWER.decode(seed.as_bytes()).unwrap();
        let key = SigningKey::parse(&BASE64_NOPAD.encode(&seed)).unwrap();
        assert_eq!(HEXLOWER.encode(&key.public().unwrap().0), public);
    }
}
