//! `docs/benchmarks.md` from what was measured.

use super::columns::{Peer, SCRIPT};
use super::commands::{Commands, Pandas};
use super::deadline::{HOUR, Hour};
use super::national::Printed;
use super::server::Measured;
use crate::shell::output;

/// What was measured, the goal, the result.
pub(super) type Row = (String, &'static str, String);

pub fn scoring(
    national: &Printed,
    peers: &[Peer],
    pandas: &Pandas,
    commands: &Commands,
) -> Result<String, String> {
    let mut rows = of_national(national)?;
    rows.extend(of_peers(national, peers)?);
    rows.extend(of_pandas(national, pandas)?);
    rows.extend(of_commands(commands));
    Ok(format!(
        "{}\n\nThe computation is exact (fractions, one declared rounding) and every number can be explained on demand; the peers \
         compute the same rules over the same facts with floats and keep no trace. Ours begins with the figures in columns, one list of \
         whole numbers for each input, as a campaign lays them while it is read; numpy, numba and polars begin with one array of floats for \
         each input, one core each (`{SCRIPT}`); pandas with its frame (`bench/pandas_index.py`). Reading is timed on neither side and \
         stands in rows of its own. Points, index and ranks are compared with ours before anything is timed.\n",
        table(&rows)?
    ))
}

/// When, where, and the rows.
pub(super) fn table(rows: &[Row]) -> Result<String, String> {
    let lines: Vec<String> =
        rows.iter().map(|(what, goal, found)| format!("| {what} | {goal} | {found} |")).collect();
    let (date, machine) = (output("date", &["+%F"])?, machine()?);
    Ok(format!(
        "Measured on {}, {machine}.\n\n| what | goal | measured |\n|---|---|---|\n{}",
        date.trim(),
        lines.join("\n")
    ))
}

pub fn server(all: &[Measured], binary_mb: f64, hashes_per_second: f64) -> Result<String, String> {
    let mut rows: Vec<Row> = all.iter().flat_map(|each| of_server(each, hashes_per_second)).collect();
    rows.push(("The program".to_owned(), "≤ 90 MB", format!("{binary_mb:.0} MB")));
    Ok(format!(
        "{}\n\nThe load (`wrk`, one thread) runs beside the server on the same two cores, over one line for p99 and over 16 for requests \
         in a second. “Ten times the data” is ten times the rows of the log and of former units; the page shows as many rows as \
         before. PostgreSQL runs on the same cores, without fsync.\n",
        table(&rows)?
    ))
}

fn of_server(measured: &Measured, hashes_per_second: f64) -> Vec<Row> {
    let on = |what: &str| format!("{}: {what}", measured.kind);
    let mut rows = vec![
        (
            on(&format!("signed-in page of a tree of {} units, p99", measured.tree_rows.saturating_sub(1))),
            "≤ 50 ms for 3,355",
            format!("{:.1} ms", measured.tree_p99_ms),
        ),
        (
            on("small page with session check and audit read"),
            "≥ 2,000 a second",
            format!("{:.0} a second, p99 {:.1} ms", measured.small_per_second, measured.small_p99_ms),
        ),
        (
            on("sign-in, limited by argon2 only"),
            "–",
            format!(
                "{:.1} a second; {hashes_per_second:.1} hashes a second on both cores with nothing else",
                measured.sign_ins_per_second
            ),
        ),
        (
            on(&format!("start to first page with {:.1} GB of data", measured.data_gb)),
            "≤ 1 s with 1 GB",
            format!("{:.0} ms", measured.start_ms),
        ),
        (
            on("memory idle"),
            "≤ 80 MB",
            format!("{:.0} MB; {:.0} MB after the loads", measured.idle_mb, measured.loaded_mb),
        ),
    ];
    for (page, p99) in &measured.campaign {
        let what = match *page {
            "/sheets/74/1.1.2" => format!("`{page}`, a sheet of 116 leaves, one person, p99"),
            "/sheets/6/1.1.2" => format!("`{page}`, a sheet of 71 leaves, one person, p99"),
            page => format!("`{page}`, campaign of {} units, one person, p99", measured.units),
        };
        rows.push((on(&what), "≤ 50 ms", format!("{p99:.1} ms")));
    }
    let [whole, parts] = measured.large;
    for (how, (mb, seconds)) in [("with its form", whole), ("part by part, put together", parts)] {
        let what = format!("memory that a document of 2 GB adds, {how}");
        rows.push((on(&what), "≤ 64 MB", format!("{mb:.0} MB, in {seconds:.0} s")));
    }
    rows.push(deadline(&on("hour of a deadline"), &measured.deadline));
    for (page, before, after) in &measured.ten_times {
        let found = format!("{before:.1} ms, then {after:.1} ms: {:.2} ×", after / before);
        rows.push((on(&format!("`{page}` with ten times the data")), "≤ 1.5 ×", found));
    }
    rows
}

fn deadline(what: &str, hour: &Hour) -> Row {
    let [reads, saves, documents] = hour.by_kind;
    let found = format!(
        "p99 {:.0} ms (reads {reads:.0}, autosaves {saves:.0}, documents {documents:.0}), median {:.1} ms, longest {:.0} ms after {} s, {} errors of {} requests",
        hour.p99_ms, hour.p50_ms, hour.longest_ms, hour.longest_at_s, hour.errors, hour.sent
    );
    let what = format!(
        "{what}: 500 signed-in browsers, 200 requests a second for {} s, 70 % reads, 25 % autosaves, 5 % documents of 2 MB",
        HOUR.lasts.as_secs()
    );
    (what, "p99 ≤ 150 ms, no error, ten minutes", found)
}

fn of_national(national: &Printed) -> Result<Vec<Row>, String> {
    let (ours, ten) = (national.number("national_ms")?, national.number("ten_times_ms")?);
    let get = |key: &str| national.get(key);
    Ok(vec![
        (
            format!("National campaign: 3,355 units × {} scored leaves × 3 stages, one core", get("leaves")),
            "≤ 100 ms for 102 leaves",
            format!(
                "{ours:.1} ms; {:.1} ms for 102 leaves in proportion",
                ours * 102.0 / national.number("leaves")?
            ),
        ),
        (
            "Its figures laid one by one, once: in columns, and in sheets as before".to_owned(),
            "–",
            format!("{} ms, {} ms", get("entering_ms"), get("entering_sheets_ms")),
        ),
        (
            "Sheets that stand already read into columns, once".to_owned(),
            "–",
            format!("{} ms", get("reading_ms")),
        ),
        (
            "The campaign, and the points of every node kept".to_owned(),
            "–",
            format!("{} ms", get("every_node_ms")),
        ),
        (
            "The campaign, nothing rounded before the end".to_owned(),
            "≤ 60 ms",
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

fn of_peers(national: &Printed, peers: &[Peer]) -> Result<Vec<Row>, String> {
    let ours = national.number("national_ms")?;
    let row = |peer: &Peer| {
        let Peer { name, version, ms, exact_units } = peer;
        let goal = if *name == "numpy" { "≥ 1 × ours" } else { "–" };
        let what = format!("{name} {version}, columns of floats, no trace");
        (what, goal, format!("{ms:.1} ms, {:.2} ×; the same points in {exact_units} units", ms / ours))
    };
    Ok(peers.iter().map(row).collect())
}

fn of_pandas(national: &Printed, pandas: &Pandas) -> Result<Vec<Row>, String> {
    let ours = national.number("national_ms")?;
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
