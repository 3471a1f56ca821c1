//! How fast pages come: under the load of `wrk`, and one after the other.

use std::time::Instant;

use super::process::Server;
use super::{LASTS, PASSWORD, SAME};
use crate::shell::output;

/// What a load came to.
pub(super) struct Load {
    pub(super) per_second: f64,
    pub(super) p99_ms: f64,
}

impl Server {
    pub(super) fn load(&self, path: &str, cookie: &str, lines: usize) -> Result<Load, String> {
        let (lines, lasts) = (lines.to_string(), format!("{LASTS}s"));
        let (header, url) = (format!("Cookie: {cookie}"), format!("{}{path}", self.site.url()));
        let told = output("wrk", &["-t1", "-c", &lines, "-d", &lasts, "--latency", "-H", &header, &url])?;
        if told.contains("Non-2xx") || told.contains("Socket errors") {
            return Err(format!("{path} fails under load:\n{told}"));
        }
        let after = |word: &str| {
            let line = told.lines().find_map(|line| line.trim().strip_prefix(word));
            line.map(str::trim).ok_or_else(|| format!("wrk says no {word}:\n{told}"))
        };
        let per_second = after("Requests/sec:")?.parse().map_err(|_bad| told.clone())?;
        Ok(Load { per_second, p99_ms: milliseconds(after("99%")?).ok_or(told.clone())? })
    }

    /// The median of each page that is looked at again.
    pub(super) fn times(&self) -> Result<Vec<f64>, String> {
        let median = |(login, path): &(&str, &str)| {
            let cookie = &self.site.sign_in(login, PASSWORD)?;
            let mut times = Vec::new();
            for _ in 0..41 {
                let begun = Instant::now();
                self.site.get(path, cookie)?;
                times.push(begun.elapsed().as_secs_f64() * 1_000.0);
            }
            times.sort_by(f64::total_cmp);
            times.get(times.len() / 2).copied().ok_or("no times".to_owned())
        };
        SAME.iter().map(median).collect()
    }
}

/// `4.37ms`, `812.00us`, `1.02s`.
fn milliseconds(text: &str) -> Option<f64> {
    let number = |ending: &str| text.strip_suffix(ending).and_then(|number| number.parse::<f64>().ok());
    number("us").map(|us| us / 1_000.0).or_else(|| number("ms")).or_else(|| number("s").map(|s| s * 1_000.0))
}
