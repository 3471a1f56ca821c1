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
