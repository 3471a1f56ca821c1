//! `docs/benchmarks.md` from what was measured.

use super::commands::{Commands, Pandas};
use super::national::National;
use crate::shell::output;

pub fn write(national: &National, pandas: &Pandas, commands: &Commands) -> Result<String, String> {
    let number =
        |key: &str| national.get(key).parse::<f64>().map_err(|_bad| format!("{key} was not measured"));
    let (ours, ten) = (number("national_ms")?, number("ten_times_ms")?);
    let rows = [
        (
            format!(
                "National campaign: 3,355 units × {} scored leaves × 3 stages, one core",
                national.get("leaves")
            ),
            "≤ 100 ms".to_owned(),
            format!("{ours:.1} ms"),
        ),
        (
            "The same, unrounded to the end".to_owned(),
            "–".to_owned(),
            format!("{} ms", national.get("national_unrounded_ms")),
        ),
        ("Ten times the units".to_owned(), "≤ 11 ×".to_owned(), format!("{ten:.0} ms, {:.1} ×", ten / ours)),
        (
            "Peak memory of it, with the benchmark's own second copy of all facts".to_owned(),
            "≤ 200 MB".to_owned(),
            format!("{} MB", national.get("memory_with_copies_mb")),
        ),
        (
            "One changed fact, with its new rank".to_owned(),
            "≤ 50 µs".to_owned(),
            format!(
                "{} µs median, {} µs p99",
                national.get("changed_fact_median_us"),
                national.get("changed_fact_p99_us")
            ),
        ),
        (
            format!("pandas {}, vectorised floats, no trace", pandas.version),
            "≥ 5 × ours".to_owned(),
            format!("{:.0} ms, {:.1} ×", pandas.vectorised_ms, pandas.vectorised_ms / ours),
        ),
        (
            "pandas, row by row (a part, scaled up)".to_owned(),
            "≥ 200 × ours".to_owned(),
            format!("{:.0} ms, {:.0} ×", pandas.rows_ms, pandas.rows_ms / ours),
        ),
        (
            "`parindex score` on Hà Nội, process start to end".to_owned(),
            "≤ 50 ms".to_owned(),
            format!("{:.1} ms", commands.score_ms),
        ),
        (
            format!("Report XLSX + PDF, {} units", commands.report_units),
            "≤ 3 s".to_owned(),
            format!("{:.2} s", commands.report_ms / 1_000.0),
        ),
    ];
    let table: String =
        rows.iter().map(|(what, goal, found)| format!("| {what} | {goal} | {found} |\n")).collect();
    let (date, machine) = (output("date", &["+%F"])?, machine()?);
    Ok(format!(
        "# Benchmarks\n\nWritten by `cargo xtask bench` on {}, {machine}. The machine is shared, so ratios within one run say more than \
         milliseconds.\n\n| what | goal | measured |\n|---|---|---|\n{table}\nThe computation is exact (fractions, one declared rounding) and \
         every number can be explained on demand; the peer computes the same rules over the same facts with floats and keeps no trace. \
         `bench/pandas_index.py` is the peer's side.\n",
        date.trim()
    ))
}

fn machine() -> Result<String, String> {
    let cores = output("nproc", &[])?;
    let model = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .and_then(|line| line.split(':').nth(1));
    Ok(format!("{} cores, {}", cores.trim(), model.map_or("unknown processor", str::trim)))
}
