//! The server under load, on either kind of database, with the load beside it on the same cores.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::deadline::{self, Hour};
use super::large;
use crate::shell::{output, root, say};
use crate::{debian, postgres};

mod data;
mod hour;
mod load;
mod process;
mod sign_in;

use data::megabytes;
pub use data::{Data, postgresql, sqlite};
use sign_in::sign_ins;

/// Everybody's password in the demonstration.
const PASSWORD: &str = "mưa rào cuối hạ ở quê";
/// Each load lasts so long, in seconds.
const LASTS: u64 = 10;
/// A page of the whole country.
const TREE: &str = "/units/tree?day=2026-01-01";
/// A small page: the session is looked up, the log read and counted.
const SMALL: &str = "/audit?act=criteria-set.";
/// Pages of campaigns: a sheet of 71 leaves, one of more than a hundred, the board and the ranking of some 200 units.
const CAMPAIGN: [&str; 4] = ["/sheets/6/1.1.2", "/sheets/74/1.1.2", "/campaigns/1", "/campaigns/1/ranking"];
/// Pages that are looked at again with ten times the data.
const SAME: [(&str, &str); 7] = [
    ("kiemtra", TREE),
    ("kiemtra", "/audit"),
    ("kiemtra", "/units?q=phu+tho&day=2026-01-01"),
    ("thuongtruc", CAMPAIGN[0]),
    ("thuongtruc", CAMPAIGN[1]),
    ("thuongtruc", CAMPAIGN[2]),
    ("thuongtruc", CAMPAIGN[3]),
];

/// What was measured on one database.
#[derive(Debug)]
pub struct Measured {
    pub kind: &'static str,
    pub tree_p99_ms: f64,
    pub tree_rows: usize,
    pub small_per_second: f64,
    pub small_p99_ms: f64,
    pub sign_ins_per_second: f64,
    pub start_ms: f64,
    pub data_gb: f64,
    pub idle_mb: f64,
    pub loaded_mb: f64,
    /// Page, milliseconds with some data, with ten times as much.
    pub ten_times: Vec<(&'static str, f64, f64)>,
    /// Page of a campaign, 99th percentile for one person.
    pub campaign: Vec<(&'static str, f64)>,
    /// Units on the board.
    pub units: usize,
    pub deadline: Hour,
    /// What a document of 2 GB adds to memory, with its form and part by part, and how long each takes in seconds.
    pub large: [(f64, f64); 2],
}

pub fn measure() -> Result<Vec<Measured>, String> {
    on_each(|data| {
        let measured = data.measure()?;
        say(&format!("{measured:#?}"));
        Ok(measured)
    })
}

/// The hour of the deadline alone.
pub fn deadlines() -> Result<(), String> {
    on_each(|data| {
        data.prepare()?;
        let server = data.serve()?;
        let hour = data.deadline(&server.site, deadline::HOUR)?;
        say(&format!("{}: {hour:#?}", data.kind));
        drop(server);
        data.clear()
    })
    .map(|_done| ())
}

/// The highest pace of the hour of a deadline, on each database.
pub fn paces() -> Result<(), String> {
    on_each(|data| {
        data.prepare()?;
        let server = data.serve()?;
        let (load, hour) = data.highest_pace(&server.site)?;
        say(&format!("{}: highest pace {load:?}: {hour:#?}", data.kind));
        drop(server);
        data.clear()
    })
    .map(|_done| ())
}

/// One database after the other, each with the machine for itself.
fn on_each<T>(measure: impl FnMut(&Data) -> Result<T, String>) -> Result<Vec<T>, String> {
    if output("which", &["wrk"]).is_err() {
        debian::install("wrk")?;
    }
    let server = postgres::start()?;
    let folder = root().join("target/bench/server");
    let _not_there = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let url = format!("{}/postgres", server.url);
    [sqlite(&folder, binary()), postgresql(&folder, &url, binary())].iter().map(measure).collect()
}

impl Data {
    fn measure(&self) -> Result<Measured, String> {
        self.prepare()?;
        let server = self.serve()?;
        std::thread::sleep(Duration::from_secs(3));
        let idle_mb = server.memory_mb();
        let cookie = server.site.sign_in("kiemtra", PASSWORD)?;
        let tree = server.load(TREE, &cookie, 1)?;
        let tree_rows = server.site.get(TREE, &cookie)?.body.matches("<tr").count();
        let small = server.load(SMALL, &cookie, 16)?;
        let sign_ins_per_second = sign_ins(&server.site)?;
        let standing = server.site.sign_in("thuongtruc", PASSWORD)?;
        let units =
            server.site.get(CAMPAIGN[3], &standing)?.body.matches("<td class=\"r n strong\">").count();
        let mut campaign = Vec::new();
        for page in CAMPAIGN {
            campaign.push((page, server.load(page, &standing, 1)?.p99_ms));
        }
        let before = server.times()?;
        let deadline = self.deadline(&server.site, deadline::HOUR)?;
        say(&format!("{}: {deadline:?}", self.kind));
        let loaded_mb = server.memory_mb();
        drop(server);
        let large = self.large()?;
        self.rows(7, 60)?;
        let data_gb = self.size_gb()?;
        let begun = Instant::now();
        let server = self.serve()?;
        let start_ms = begun.elapsed().as_secs_f64() * 1_000.0;
        let after = server.times()?;
        let ten_times = SAME.into_iter().map(|(_, page)| page).zip(before.into_iter().zip(after));
        let ten_times = ten_times.map(|(page, (before, after))| (page, before, after)).collect();
        Ok(Measured {
            kind: self.kind,
            tree_p99_ms: tree.p99_ms,
            tree_rows,
            small_per_second: small.per_second,
            small_p99_ms: small.p99_ms,
            sign_ins_per_second,
            start_ms,
            data_gb,
            idle_mb,
            loaded_mb,
            ten_times,
            campaign,
            units,
            deadline,
            large,
        })
    }

    /// A server that has just begun takes one document of 2 GB, and then the same in parts.
    fn large(&self) -> Result<[(f64, f64); 2], String> {
        say(&format!("a document of 2 GB on {} …", self.kind));
        let server = self.serve()?;
        let cookie = format!("{}; lang=vi", server.site.sign_in("canboxa", PASSWORD)?);
        let token = server.site.token("/account", &cookie)?;
        let path = "/sheets/55/1.1.2/evidence";
        let whole = server.adds(|| large::whole(&server.site, path, (&cookie, &token)))?;
        let parts = server.adds(|| large::in_parts(&server.site, path, (&cookie, &token)))?;
        drop(server);
        self.clear()?;
        Ok([whole, parts])
    }
}

/// The program of this checkout.
pub fn binary() -> PathBuf {
    root().join("target/release/parindex")
}

/// The size of the program in MB.
pub fn binary_mb() -> Result<f64, String> {
    megabytes(&binary())
}
