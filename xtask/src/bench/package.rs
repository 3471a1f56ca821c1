//! `cargo xtask bench rounding` and `bench polars`: `parindex score` of the national campaign as a package, whole runs side by side.

use super::page::{Row, table};
use super::spent::{Side, Spent, TURNS, in_turns};
use super::{keep, python};
use crate::shell::{output, root, say};

/// The version of polars that is compared with.
pub const POLARS: &str = "2.1.0";
const SCRIPT: &str = "bench/polars_score.py";
/// The package has more units than this; a table with fewer lines compares nothing.
const MIN_LINES: usize = 3_000;

/// Where the set of a package rounds: as the bench's own program calls it, and in words.
const EACH: (&str, &str) = ("each", "each criterion is rounded");
const END: (&str, &str) = ("end", "only the total is rounded");

/// Writes the package anew, and says where.
fn package(rounded: &str) -> Result<String, String> {
    let folder = root().join("target/bench/national").join(rounded);
    let _not_there = std::fs::remove_dir_all(&folder);
    let folder = folder.display().to_string();
    output(&program("parindex-bench"), &["package", rounded, &folder])?;
    Ok(folder)
}

fn program(name: &str) -> String {
    root().join("target/release").join(name).display().to_string()
}

fn ours(folder: &str, format: &str) -> Side {
    Side::new(&program("parindex"), &["score", folder, "--format", format])
}

/// A set that rounds only at the end against one that rounds each criterion.
pub fn rounding() -> Result<(), String> {
    let sides = [ours(&package(END.0)?, "json"), ours(&package(EACH.0)?, "json")];
    let [at_end, each] = &sides;
    let (at_end, each) = (at_end.prints()?.lines().count(), each.prints()?.lines().count());
    if at_end != each || each < MIN_LINES {
        return Err(format!("not the same table: {at_end} lines where {}, {each} where {}", END.1, EACH.1));
    }
    let [at_end, each] = in_turns(&sides)?;
    say(&format!("{}: {at_end:?}\n{}: {each:?}", END.1, EACH.1));
    let rows = [
        (
            "`parindex score --format json`, only the total is rounded: time of the processor".to_owned(),
            "≤ 1.5 × each criterion",
            against(at_end.cpu_s, each.cpu_s, " s"),
        ),
        ("The same: time on the clock".to_owned(), "–", against(at_end.wall_s, each.wall_s, " s")),
        ("The same: peak of memory".to_owned(), "–", against(at_end.peak_mb, each.peak_mb, " MB")),
    ];
    let section = format!(
        "{}\n\nThe national campaign as a package of one stage (`parindex-bench package`), once with a set that rounds only the total, \
         as the ministry's does, once with the same set rounding each criterion. {}\n",
        table(&rows)?,
        turns()
    );
    keep("Rounding at the end", &section)
}

/// Ours beside polars, on the same files; a table that differs anywhere ends it before anything is timed.
pub fn polars() -> Result<(), String> {
    let python = python::with(&[&format!("polars=={POLARS}")])?;
    let mut rows = Vec::new();
    for (rounded, words) in [EACH, END] {
        let folder = package(rounded)?;
        let sides = [ours(&folder, "csv"), Side::new(&python, &[SCRIPT, &folder])];
        let [parindex, peer] = &sides;
        same(&parindex.prints()?, &peer.prints()?)?;
        let [parindex, peer] = in_turns(&sides)?;
        say(&format!("{words}: {parindex:?}, polars {peer:?}"));
        rows.extend(beside(words, parindex, peer));
    }
    let section = format!(
        "{}\n\nThe national campaign as a package of one stage (`parindex-bench package`). polars {POLARS} reads the same files and prints the \
         same table (`{SCRIPT}`): lazy scans, joins, one expression for each way of scoring, streaming engine, floats; it checks \
         nothing that was entered and keeps no trace. Every line of both tables is compared before anything is timed: points, applicable \
         maximum, index and rank of every unit. {}\n",
        table(&rows)?,
        turns()
    );
    keep("Beside polars", &section)
}

fn beside(words: &str, parindex: Spent, peer: Spent) -> [Row; 2] {
    [
        (
            format!("`parindex score --format csv`, {words}: time on the clock"),
            "≤ 1 × polars",
            against(parindex.wall_s, peer.wall_s, " s"),
        ),
        (
            "The same: peak of memory".to_owned(),
            "≤ 0.5 × polars",
            against(parindex.peak_mb, peer.peak_mb, " MB"),
        ),
    ]
}

fn turns() -> String {
    format!(
        "Whole processes, start to end; medians of {TURNS} runs of each, in turns, after one that is not counted."
    )
}

fn against(ours: f64, other: f64, measure: &str) -> String {
    let digits = if measure == " MB" { 0 } else { 2 };
    format!("{ours:.digits$}{measure} against {other:.digits$}{measure}: {:.2} ×", ours / other)
}

/// Both tables have the same lines, whatever their order.
fn same(ours: &str, peer: &str) -> Result<(), String> {
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    };
    let (ours, peer) = (sorted(ours), sorted(peer));
    if ours.len() < MIN_LINES || ours.len() != peer.len() {
        return Err(format!("{} lines of ours, {} of the peer", ours.len(), peer.len()));
    }
    match ours.iter().zip(&peer).find(|(ours, peer)| ours != peer) {
        Some((ours, peer)) => {
            Err(format!("the peer computes something else:\n  ours: {ours}\n  peer: {peer}"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four thousand units; the one at `other` has other points.
    fn units(other: Option<usize>) -> Vec<String> {
        let unit = |at: usize| {
            let points = if Some(at) == other { "81.24" } else { "81.25" };
            format!("{at:05},Đơn vị {at},ca-nuoc,{points},100.00,{points},1,")
        };
        (0..4_000).map(unit).collect()
    }

    #[test]
    fn the_same_table_in_another_order_is_the_same() {
        let (ours, mut peer) = (units(None), units(None));
        peer.reverse();
        assert_eq!(same(&ours.join("\n"), &peer.join("\n")), Ok(()));
    }

    #[test]
    fn one_hundredth_in_one_unit_ends_the_comparison() {
        let told = same(&units(None).join("\n"), &units(Some(17)).join("\n")).unwrap_err();
        assert!(told.contains("ours: 00017,Đơn vị 17,ca-nuoc,81.25"), "{told}");
        assert!(told.contains("peer: 00017,Đơn vị 17,ca-nuoc,81.24"), "{told}");
    }

    #[test]
    fn tables_that_lack_units_compare_nothing() {
        let (all, few) = (units(None), units(None).split_off(3_999));
        assert!(same(&all.join("\n"), &few.join("\n")).is_err());
        assert!(same(&few.join("\n"), &few.join("\n")).is_err(), "one line alone says nothing");
        assert!(same("", "").is_err());
    }

    #[test]
    fn figures_are_said_with_their_ratio() {
        assert_eq!(against(0.5, 0.4, " s"), "0.50 s against 0.40 s: 1.25 ×");
        assert_eq!(against(120.4, 240.8, " MB"), "120 MB against 241 MB: 0.50 ×");
    }
}
