//! The second factor: a code from the phone, by RFC 6238, and its secrets in the database, which only a key reads.

use data_encoding::BASE32_NOPAD;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::person::{EncryptSecondFactors, Encryption};
use parindex_store::{Actor, Store, StoreError};
use totp_rs::{Builder, Totp};

use crate::Service;
use crate::cipher::Keys;

fn totp(secret: &str) -> Option<Totp> {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    Builder::new().with_secret(secret).build().ok()
}

/// The step in which a code is good by the clock of the machine, as the phone has no other, half a minute before and after counted in.
#[must_use]
pub fn step_of(secret: &str, code: &str, now: i64) -> Option<i64> {
    let seconds = u64::try_from(now / 1_000_000).ok()?;
    i64::try_from(totp(secret)?.check(code, seconds)?).ok()
}

/// What was found when the secrets were looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encrypted {
    /// So many are written with the key in use now, and were not before.
    pub newly: usize,
    /// So many are read by no key that is there; their owners need a recovery code.
    pub unreadable: usize,
}

/// Whether secrets stand there that a key wrote. What a phone shares is Base32, which has no colon; what a key wrote has one.
///
/// # Errors
/// When the database fails.
pub async fn is_encrypted(store: &Store) -> Result<bool, StoreError> {
    Ok(store.second_factors().await?.iter().any(|(_, secret)| secret.contains(':')))
}

/// Secrets that none of the keys reads: how many, and by which names the keys are known that wrote them.
///
/// # Errors
/// When the database fails.
pub async fn unreadable(store: &Store, keys: &Keys) -> Result<(usize, Vec<String>), StoreError> {
    let secrets = store.second_factors().await?.into_iter().filter(|(_, secret)| secret.contains(':'));
    let lost: Vec<String> = secrets
        .filter(|(person, secret)| keys.decrypt(*person, secret).is_err())
        .filter_map(|(_, secret)| Some(secret.split_once(':')?.0.to_owned()))
        .collect();
    let mut names = lost.clone();
    names.sort();
    names.dedup();
    Ok((lost.len(), names))
}

/// Writes secrets of former keys, and of the time before there was a key, with the key in use.
///
/// # Errors
/// When the database or the operating system's randomness fails.
pub async fn encrypt_old(
    service: &Service,
    keys: &Keys,
) -> Result<Encrypted, Box<dyn std::error::Error + Send + Sync>> {
    let (mut anew, mut unreadable) = (Vec::new(), 0);
    for (person, was) in service.store.second_factors().await? {
        if keys.decrypt(person, &was).is_ok() && keys.is_current(&was) {
            continue;
        }
        // Without a colon it stands here as the phone has it.
        let plain = if was.contains(':') { keys.decrypt(person, &was).ok() } else { Some(was.clone()) };
        match plain {
            Some(plain) => anew.push(Encryption { person, becomes: keys.encrypt(person, &plain)?, was }),
            None => unreadable += 1,
        }
    }
    let newly = anew.len();
    if newly > 0 {
        let change = EncryptSecondFactors(anew);
        let done = service.store.commit(&Actor::console("parindex"), service.now(), change).await;
        done.map_err(|refusal| refusal.say(Lang::En))?;
    }
    Ok(Encrypted { newly, unreadable })
}
