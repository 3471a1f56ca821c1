//! Passwords are hashed with argon2id, away from the threads that serve pages.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;

use parindex_domain::person::InvalidPerson;
use parindex_store::person::Person;

/// A hash of nobody's password: a login that does not exist takes as long as one that does.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGhlcmU$3rFvgQp0hEeVUT1s7Fqj3wWbZ4ktUQF1Z3cR0mX3iPA";

/// The hash that is kept of a password.
///
/// # Errors
/// When the operating system has no randomness.
pub fn hash_password(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(composed(password).as_bytes())?.to_string())
}

/// Whether a new password may be used: as long as asked for, and nothing that a guesser tries early.
///
/// # Errors
/// What is wrong with it.
pub fn acceptable(of: &Person, password: &str, again: &str) -> Result<(), InvalidPerson> {
    parindex_domain::person::password(&of.login, password, again)?;
    // Common passwords, names, rows of keys and dates; what is known of the person is guessed first.
    let known: Vec<&str> = [of.login.as_str()].into_iter().chain(of.name.split_whitespace()).collect();
    let estimate = zxcvbn::zxcvbn(password, &known);
    if estimate.score() < zxcvbn::Score::Three { Err(InvalidPerson::CommonPassword) } else { Ok(()) }
}

/// Keyboards write the same Vietnamese letter composed or with its marks apart; both are the same password.
fn composed(password: &str) -> String {
    password.nfc().collect()
}

fn fits(password: &str, hash: &str) -> bool {
    let parsed = PasswordHash::new(hash);
    parsed
        .is_ok_and(|parsed| Argon2::default().verify_password(composed(password).as_bytes(), &parsed).is_ok())
}

/// Why a password could not be hashed or compared: the operating system has no randomness, or the server is stopping.
pub type HashError = Box<dyn std::error::Error + Send + Sync>;

/// Hashes passwords on as many threads as there are cores, so that sign-ins do not starve the pages.
#[derive(Clone, Debug)]
pub struct Hasher(Arc<Semaphore>);

impl Hasher {
    /// A hasher that works on at most `threads` threads.
    #[must_use]
    pub fn new(threads: usize) -> Self {
        Self(Arc::new(Semaphore::new(threads)))
    }

    /// The work itself holds the permit: whoever hangs up does not start the next one early.
    async fn permit(&self) -> Result<OwnedSemaphorePermit, HashError> {
        Ok(Arc::clone(&self.0).acquire_owned().await?)
    }

    /// The hash that is kept of a new password.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn hash(&self, password: String) -> Result<String, HashError> {
        let permit = self.permit().await?;
        let hash = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            hash_password(&password)
        });
        hash.await?.map_err(|error| error.to_string().into())
    }

    /// Whether a password fits the hash that is kept; takes as long where none is kept.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn verify(&self, password: String, kept: Option<String>) -> Result<bool, HashError> {
        let permit = self.permit().await?;
        let known = kept.is_some();
        let hash = kept.unwrap_or_else(|| NOBODY.to_owned());
        // Both are done in any case: an account that is not there answers no sooner than one that is.
        let check = move || {
            let _permit = permit;
            fits(&password, &hash) && known
        };
        Ok(tokio::task::spawn_blocking(check).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hash = hash_password("mưa rào cuối hạ ở quê").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(fits("mưa rào cuối hạ ở quê", &hash) && !fits("mưa rào cuối hạ", &hash));
        let apart: String = "mưa rào cuối hạ ở quê".nfd().collect();
        assert!(fits(&apart, &hash), "typed on another keyboard");
    }

    #[test]
    fn the_hash_of_nobody_can_be_read_and_so_takes_its_time() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
