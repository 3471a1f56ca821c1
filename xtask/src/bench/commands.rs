//! Whole commands, process start to end, and the peer.

use std::time::Instant;

use super::python;
use crate::shell::{output, root};

/// Milliseconds of whole commands.
pub struct Commands {
    pub score_ms: f64,
    pub report_ms: f64,
    pub report_units: usize,
}

/// What the pandas script printed.
pub struct Pandas {
    pub vectorised_ms: f64,
    pub rows_ms: f64,
    pub version: String,
}

fn fastest(times: usize, program: &str, arguments: &[&str]) -> Result<f64, String> {
    let mut best = f64::INFINITY;
    for _ in 0..times {
        let start = Instant::now();
        output(program, arguments)?;
        best = best.min(start.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(best)
}

pub fn measure() -> Result<Commands, String> {
    let program = root().join("target/release/parindex").display().to_string();
    let score_ms = fastest(20, &program, &["score", "examples/ha-noi-2023", "--format", "json"])?;
    let report_ms =
        fastest(3, &program, &["report", "examples/ha-noi-2023", "--out", "target/bench/report"])?;
    Ok(Commands { score_ms, report_ms, report_units: 52 })
}

/// Runs the script of pandas.
pub fn pandas() -> Result<Pandas, String> {
    let python = python::with(&["pandas==2.3.3"])?;
    let text = output(&python, &["bench/pandas_index.py", "target/bench"])?;
    let value = |key: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
            .map(str::to_owned)
            .ok_or(format!("no {key}"))
    };
    let number = |key: &str| value(key).and_then(|text| text.parse().map_err(|_bad| format!("bad {key}")));
    Ok(Pandas {
        vectorised_ms: number("vectorised_ms")?,
        rows_ms: number("rows_ms")?,
        version: value("version")?,
    })
}
