//! How many passwords the cores check with nothing else to do.

use std::time::{Duration, Instant};

/// As long as those of the demonstration.
const PASSWORD: &str = "mưa rào cuối hạ ở quê";

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
