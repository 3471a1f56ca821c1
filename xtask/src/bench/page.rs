//! `docs/benchmarks.md` from what was measured.

use super::commands::{Commands, Pandas};
use super::national::National;
use crate::shell::output;

/// What was measured, the goal, the result.
type Row = (String, &'static str, String);

pub fn write(national: &National, pandas: &Pandas, commands: &Commands) -> Result<String, String> {
    let mut rows = of_national(national)?;
    rows.extend(of_pandas(national, pandas)?);
    rows.extend(of_commands(commands));
    let lines: Vec<String> =
        rows.iter().map(|(what, goal, found)| format!("| {what} | {goal} | {found} |")).collect();
    let (date, machine) = (output("date", &["+%F"])?, machine()?);
    Ok(format!(
        "# Benchmarks\n\nWritten by `cargo xtask bench` on {}, {machine}. The machine is shared, so ratios within one run say more than \
         milliseconds.\n\n| what | goal | measured |\n|---|---|---|\n{}\n\nThe computation is exact (fractions, one declared rounding) and \
         every number can be explained on demand; the peer computes the same rules over the same facts with floats and keeps no trace. \
         `bench/pandas_index.py` is the peer's side, and its totals are compared with ours before anything is timed.\n",
        date.trim(),
        lines.join("\n")
    ))
}

fn number(national: &National, key: &str) -> Result<f64, String> {
    national.get(key).parse::<f64>().map_err(|_bad| format!("{key} was not measured"))
}

fn of_national(national: &National) -> Result<Vec<Row>, String> {
    let (ours, ten) = (number(national, "national_ms")?, number(national, "ten_times_ms")?);
    let get = |key: &str| national.get(key);
    Ok(vec![
        (
            format!("National campaign: 3,355 units × {} scored leaves × 3 stages, one core", get("leaves")),
            "≤ 100 ms for 102 leaves",
            format!(
                "{ours:.1} ms; {:.1} ms for 102 leaves in proportion",
                ours * 102.0 / number(national, "leaves")?
            ),
        ),
        (
            "The same, and the points of every node kept".to_owned(),
            "–",
            format!("{} ms", get("every_node_ms")),
        ),
        (
            "The same, nothing rounded before the end".to_owned(),
            "–",
            format!("{} ms", get("national_unrounded_ms")),
        ),
        ("Ten times the units".to_owned(), "≤ 11 ×", format!("{ten:.0} ms, {:.1} ×", ten / ours)),
        ("Peak memory of the national campaign".to_owned(), "≤ 200 MB", format!("{} MB", get("memory_mb"))),
        (
            "One changed fact, with its new rank".to_owned(),
            "≤ 50 µs",
            format!("{} µs median, {} µs p99", get("changed_fact_median_us"), get("changed_fact_p99_us")),
        ),
    ])
}

fn of_pandas(national: &National, pandas: &Pandas) -> Result<Vec<Row>, String> {
    let ours = number(national, "national_ms")?;
    Ok(vec![
        (
            format!("pandas {}, vectorised floats, no trace", pandas.version),
            "≥ 5 × ours",
            format!("{:.0} ms, {:.1} ×", pandas.vectorised_ms, pandas.vectorised_ms / ours),
        ),
        (
            "pandas, row by row (a part, scaled up)".to_owned(),
            "≥ 200 × ours",
            format!("{:.0} ms, {:.0} ×", pandas.rows_ms, pandas.rows_ms / ours),
        ),
    ])
}

fn of_commands(commands: &Commands) -> Vec<Row> {
    let seconds = commands.report_ms / 1_000.0;
    vec![
        (
            "`parindex score` on Hà Nội, process start to end".to_owned(),
            "≤ 50 ms",
            format!("{:.1} ms", commands.score_ms),
        ),
        (format!("Report XLSX + PDF, {} units", commands.report_units), "≤ 3 s", format!("{seconds:.2} s")),
    ]
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
