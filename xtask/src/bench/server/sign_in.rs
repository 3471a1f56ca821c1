//! How many sign in within a second, and how many passwords the same cores check with nothing else to do.

use std::time::{Duration, Instant};

use super::{LASTS, PASSWORD};
use crate::bench::http::Site;

/// Two people at a time sign in as fast as they can.
pub(super) fn sign_ins(site: &Site) -> Result<f64, String> {
    let begun = Instant::now();
    let each = |login: &'static str| {
        let site = site.clone();
        std::thread::spawn(move || -> Result<u32, String> {
            let mut count = 0;
            while begun.elapsed() < Duration::from_secs(LASTS) {
                site.sign_in(login, PASSWORD)?;
                count += 1;
            }
            Ok(count)
        })
    };
    let both = [each("canbo"), each("thutruong"), each("theodoi")];
    let mut total = 0;
    for thread in both {
        total += thread.join().map_err(|_panic| "a thread broke".to_owned())??;
    }
    Ok(f64::from(total) / begun.elapsed().as_secs_f64())
}

/// Passwords that two cores check in a second and do nothing else: what sign-in is measured against.
pub fn hashes_per_second() -> f64 {
    let begun = Instant::now();
    let each = || {
        std::thread::spawn(move || {
            let mut count = 0_u32;
            while begun.elapsed() < Duration::from_secs(5) {
                let mut out = [0_u8; 32];
                let hashed = argon2::Argon2::default().hash_password_into(
                    PASSWORD.as_bytes(),
                    b"some salt here",
                    &mut out,
                );
                std::hint::black_box((hashed.is_ok(), out));
                count += 1;
            }
            count
        })
    };
    let total: u32 = [each(), each()].into_iter().filter_map(|thread| thread.join().ok()).sum();
    f64::from(total) / begun.elapsed().as_secs_f64()
}
