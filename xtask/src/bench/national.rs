//! A national campaign, measured in a process of its own, so that its memory is its own.

use crate::shell::{output, root};

/// What was measured, as the child process printed it.
pub struct National {
    pub lines: Vec<(String, String)>,
}

impl National {
    pub fn get(&self, key: &str) -> &str {
        self.lines.iter().find(|(name, _)| name == key).map_or("?", |(_, value)| value)
    }
}

/// Runs the measurement.
pub fn measure() -> Result<National, String> {
    let program = root().join("target/release/parindex-bench");
    let text = output(&program.display().to_string(), &["national"])?;
    let lines = text.lines().filter_map(|line| {
        let (key, value) = line.split_once('=')?;
        Some((key.trim().to_owned(), value.trim().to_owned()))
    });
    Ok(National { lines: lines.collect() })
}
