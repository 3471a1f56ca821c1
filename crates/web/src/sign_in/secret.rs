//! Passwords are hashed with argon2id, away from the threads that serve pages.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};

use crate::app::App;
use crate::failure::Failure;

/// A hash of nobody's password: a login that does not exist takes as long as one that does.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGhlcmU$3rFvgQp0hEeVUT1s7Fqj3wWbZ4ktUQF1Z3cR0mX3iPA";

/// The hash that is kept of a password.
///
/// # Errors
/// When the operating system has no randomness.
pub fn hash_password(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

fn fits(password: &str, hash: &str) -> bool {
    let parsed = PasswordHash::new(hash);
    parsed.is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}

/// Hashes a new password.
pub async fn hashed(app: &App, password: String) -> Result<String, Failure> {
    let _turn = app.hashing.acquire().await.map_err(|error| Failure::Inside(Box::new(error)))?;
    let hash = tokio::task::spawn_blocking(move || hash_password(&password)).await;
    let hash = hash.map_err(|error| Failure::Inside(Box::new(error)))?;
    hash.map_err(|error| Failure::Inside(error.to_string().into()))
}

/// Whether a password is the one that is kept; as slow when there is none.
pub async fn verified(app: &App, password: String, kept: Option<String>) -> Result<bool, Failure> {
    let _turn = app.hashing.acquire().await.map_err(|error| Failure::Inside(Box::new(error)))?;
    let known = kept.is_some();
    let hash = kept.unwrap_or_else(|| NOBODY.to_owned());
    // Both are done in any case: an account that is not there answers no sooner than one that is.
    let check = move || fits(&password, &hash) && known;
    tokio::task::spawn_blocking(check).await.map_err(|error| Failure::Inside(Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hash = hash_password("mưa rào cuối hạ ở quê").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(fits("mưa rào cuối hạ ở quê", &hash) && !fits("mưa rào cuối hạ", &hash));
    }

    #[test]
    fn the_hash_of_nobody_can_be_read_and_so_takes_its_time() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
