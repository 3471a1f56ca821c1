//! A national campaign, measured in a process of its own, so that its memory is its own.

use crate::shell::{output, root};

/// The lines `key=value` that a child process printed.
pub struct Printed {
    lines: Vec<(String, String)>,
}

impl Printed {
    pub fn new(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| {
            let (key, value) = line.split_once('=')?;
            Some((key.trim().to_owned(), value.trim().to_owned()))
        });
        Self { lines: lines.collect() }
    }

    pub fn get(&self, key: &str) -> &str {
        self.lines.iter().find(|(name, _)| name == key).map_or("?", |(_, value)| value)
    }

    pub fn number(&self, key: &str) -> Result<f64, String> {
        self.get(key).parse::<f64>().map_err(|_bad| format!("{key} was not measured"))
    }
}

/// Runs the measurement.
pub fn measure() -> Result<Printed, String> {
    let program = root().join("target/release/parindex-bench");
    Ok(Printed::new(&output(&program.display().to_string(), &["national"])?))
}
