//! The server under load, on either kind of database, with the load beside it on the same cores.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::deadline::{self, Hour, Work};
use super::http::{Site, free_site};
use super::large;
use crate::shell::{output, root, run, say};
use crate::{debian, postgres};

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
/// People who sign in for the hour of the deadline.
const PEOPLE: [&str; 2] = ["canboxa", "chutichxa"];

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

pub struct Server {
    child: Child,
    pub site: Site,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone_already = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Where the data is, and how a statement is run behind the program's back.
pub struct Data {
    pub kind: &'static str,
    /// The program that is measured.
    program: PathBuf,
    url: String,
    folder: PathBuf,
    /// The program that runs SQL, and what stands before the statement.
    sql: (String, Vec<String>),
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
        let hour = data.deadline(&server.site, deadline::LASTS)?;
        say(&format!("{}: {hour:#?}", data.kind));
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

/// A file of SQLite in a folder.
pub fn sqlite(folder: &Path, program: PathBuf) -> Data {
    let file = folder.join("bench.db");
    let script = "import sqlite3,sys;c=sqlite3.connect(sys.argv[1]);c.executescript(sys.argv[2]);c.commit()";
    let python = ("python3".to_owned(), vec!["-c".to_owned(), script.to_owned(), file.display().to_string()]);
    let url = format!("sqlite:{}", file.display());
    Data { kind: "SQLite", program, url, folder: folder.to_owned(), sql: python }
}

/// A database of PostgreSQL, its files in a folder.
pub fn postgresql(folder: &Path, url: &str, program: PathBuf) -> Data {
    let psql = ["-q", "-d", url, "-c"].map(str::to_owned).to_vec();
    let (url, folder) = (url.to_owned(), folder.to_owned());
    Data { kind: "PostgreSQL", program, url, folder, sql: ("psql".to_owned(), psql) }
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
        let deadline = self.deadline(&server.site, deadline::LASTS)?;
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

    /// The demonstration, four times its units, and the log of some years.
    pub fn prepare(&self) -> Result<(), String> {
        say(&format!("server on {} …", self.kind));
        self.program(&["demo", "examples"])?;
        self.many_units()?;
        self.rows(1, 6)
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

    /// Two databases leave more documents behind than a small disk holds.
    fn clear(&self) -> Result<(), String> {
        std::fs::remove_dir_all(self.folder.join(self.kind)).map_err(|error| error.to_string())
    }

    /// Four times the units of the city with all that they entered; whoever fills in one commune fills in all.
    fn many_units(&self) -> Result<(), String> {
        for copy in 1..4 {
            self.statement(&format!(
                "INSERT INTO member (campaign, block, place, unit, code, name, parent, standing, reason, paper, paper_at, paper_by, paper_said, more_until) \
                 SELECT campaign, block, place + {copy} * 100, NULL, code || '-{copy}', name, parent, standing, reason, paper, paper_at, paper_by, paper_said, more_until \
                 FROM member WHERE campaign = 1 AND code NOT LIKE '%-%';"
            ))?;
            self.statement(&format!(
                "INSERT INTO entry (member, stage, criterion, input, kind, text, source, revision, at, by) \
                 SELECT other.id, entry.stage, criterion, input, kind, text, source, revision, at, by FROM entry \
                 JOIN member ON member.id = entry.member JOIN member AS other ON other.code = member.code || '-{copy}' \
                 WHERE member.campaign = 1 AND other.campaign = 1;"
            ))?;
        }
        self.statement(
            "INSERT INTO appointment (person, role, unit, domains, since, source) SELECT person.id, 'officer', unit.id, '', 0, '' \
             FROM person, unit WHERE person.login IN ('canboxa', 'chutichxa') AND unit.name = 'Huyện Vĩnh Tường';",
        )
    }

    /// Twenty communes enter, look and send documents at once.
    pub fn deadline(&self, site: &Site, lasts: Duration) -> Result<Hour, String> {
        say(&format!("the hour of a deadline on {} …", self.kind));
        deadline::measure(site, (&PEOPLE, PASSWORD), work(), lasts)
    }

    /// Figures kept in a second by so many who type without a pause.
    pub fn writers(&self, site: &Site, writers: usize, lasts: Duration) -> Result<f64, String> {
        say(&format!("{writers} writers on {} …", self.kind));
        deadline::writers(site, (&PEOPLE, PASSWORD), work(), (writers, lasts))
    }

    fn settings(&self) -> [String; 6] {
        let files = format!("folder:{}", self.folder.join(self.kind).display());
        let key = self.folder.join("bench.key").display().to_string();
        ["--database", &self.url, "--files", &files, "--keys", &key].map(str::to_owned)
    }

    fn program(&self, arguments: &[&str]) -> Result<(), String> {
        let settings = self.settings();
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        run(&self.program.display().to_string(), &[arguments, settings.as_slice()].concat())
    }

    /// Ten thousands of rows of the log from one number to another, and as many former units: what a few years leave behind.
    fn rows(&self, from: u32, to: u32) -> Result<(), String> {
        // PostgreSQL packs what repeats itself, and then holds a fifth of what was to be measured.
        let detail = match self.kind {
            "SQLite" => format!("'{}'", "dữ liệu để đo ".repeat(90)),
            _ => "(SELECT string_agg(md5((n.x * 100 + i)::text), '') FROM generate_series(1, 50) AS i)"
                .to_owned(),
        };
        let log = format!(
            "WITH RECURSIVE n(x) AS (SELECT {from} * 10000 UNION ALL SELECT x + 1 FROM n WHERE x < {to} * 10000 + 9999) \
             INSERT INTO audit (seq, at, who, act, subject, detail, before, hash) \
             SELECT 1000000 + x, 1772413200000000 + x, 'Người đo', 'unit.change', 'unit 1', {detail}, 'x', 'bench-' || x FROM n;"
        );
        self.statement(&log)?;
        if from > 1 {
            let units = "INSERT INTO unit (code, name, folded, level, kind, parent, valid_from, valid_to, path) \
                 SELECT code || '-' || id || '-' || n.x, name, folded, level, kind, parent, '1900-01-01', '1990-12-31', path FROM unit, \
                 (SELECT 1 AS x UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) AS n;";
            self.statement(units)?;
            let past = "INSERT INTO entry_history (member, stage, criterion, input, was, became, at, by) \
                 SELECT member, stage, criterion, input, text, text, at, by FROM entry, \
                 (SELECT 1 AS x UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) AS n;";
            self.statement(past)?;
        }
        // PostgreSQL counts its rows by itself, a little later. SQLite is never told to: why stands in `store::dialect`.
        if self.kind == "SQLite" { Ok(()) } else { self.statement("ANALYZE;") }
    }

    fn statement(&self, sql: &str) -> Result<(), String> {
        let mut arguments: Vec<&str> = self.sql.1.iter().map(String::as_str).collect();
        arguments.push(sql);
        output(&self.sql.0, &arguments).map(|_| ())
    }

    fn size_gb(&self) -> Result<f64, String> {
        let gigabytes = if self.kind == "SQLite" {
            let file = self.folder.join("bench.db");
            megabytes(&file)? / 1e3
        } else {
            let mut arguments: Vec<&str> = vec!["-At"];
            arguments.extend(self.sql.1.iter().map(String::as_str));
            arguments.push("SELECT pg_database_size('postgres')");
            let bytes = output(&self.sql.0, &arguments)?;
            bytes.trim().parse::<f64>().map_err(|_bad| "no size".to_owned())? / 1e9
        };
        Ok(gigabytes)
    }

    /// Started, and the first page has come.
    pub fn serve(&self) -> Result<Server, String> {
        let site = free_site()?;
        let child = Command::new(&self.program)
            .args(["serve", "--no-worker", "--listen", &site.address(), "--base-url", &site.url()])
            .args(self.settings())
            .env("PARINDEX_LOG", "warn")
            // Counted for every request, and never reached.
            .env("PARINDEX_REQUESTS_A_SECOND", "1000000")
            .current_dir(root())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let server = Server { child, site };
        let until = Instant::now() + Duration::from_secs(30);
        while server.site.get("/sign-in", "").is_err() {
            if Instant::now() > until {
                return Err("the server does not answer".to_owned());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(server)
    }
}

/// The program of this checkout.
pub fn binary() -> PathBuf {
    root().join("target/release/parindex")
}

/// What is looked at and typed in the hour of a deadline.
fn work() -> Work {
    let sheets: Vec<i64> = (54..74).collect();
    let criteria = ["1.1.2", "2.1.1", "3.2.2", "3.3.1", "3.3.2", "3.4.1", "5.3.1", "6.1.2", "7.1.1"];
    let mut pages: Vec<String> = sheets.iter().map(|sheet| format!("/sheets/{sheet}/1.1.1")).collect();
    pages.extend(["/", "/campaigns/2", "/campaigns", "/sheets/60/submit"].map(str::to_owned));
    Work { sheets, criteria: criteria.map(str::to_owned).to_vec(), pages }
}

/// What a load came to.
struct Load {
    per_second: f64,
    p99_ms: f64,
}

impl Server {
    fn memory_mb(&self) -> f64 {
        self.status_mb("VmRSS:")
    }

    /// How much the peak of memory lies above what was held before, and how many seconds it took.
    fn adds(&self, work: impl FnOnce() -> Result<(), String>) -> Result<(f64, f64), String> {
        let before = self.memory_mb();
        // Begins to watch the peak anew.
        let watch = format!("/proc/{}/clear_refs", self.child.id());
        let watch = std::fs::OpenOptions::new().write(true).open(watch);
        watch.and_then(|mut watch| watch.write_all(b"5")).map_err(|error| error.to_string())?;
        let begun = Instant::now();
        work()?;
        Ok((self.status_mb("VmHWM:") - before, begun.elapsed().as_secs_f64()))
    }

    fn status_mb(&self, of: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(of));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.unwrap_or_default() / 1_024.0
    }

    fn load(&self, path: &str, cookie: &str, lines: usize) -> Result<Load, String> {
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
    fn times(&self) -> Result<Vec<f64>, String> {
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

/// Two people at a time sign in as fast as they can.
fn sign_ins(site: &Site) -> Result<f64, String> {
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

/// The size of the program in MB.
pub fn binary_mb() -> Result<f64, String> {
    megabytes(&binary())
}

fn megabytes(file: &Path) -> Result<f64, String> {
    let kilobytes = std::fs::metadata(file).map_err(|error| error.to_string())?.len() / 1_000;
    Ok(f64::from(u32::try_from(kilobytes).unwrap_or(u32::MAX)) / 1e3)
}

/// Passwords that two cores check in a second and do nothing else: what sign-in is measured against.
pub fn hashes_per_second() -> f64 {
    let begun = Instant::now();
    let each = || {
        std::thread::spawn(move || {
            let mut count = 0_u32;
            while begun.elapsed() < Duration::from_secs(5) {
                let mut out = [0_u8; 32];
                let hashed = argon2::Argon2::default().hash_password_into(
                    PASSWORD.as_bytes(),
                    b"some salt here",
                    &mut out,
                );
                std::hint::black_box((hashed.is_ok(), out));
                count += 1;
            }
            count
        })
    };
    let total: u32 = [each(), each()].into_iter().filter_map(|thread| thread.join().ok()).sum();
    f64::from(total) / begun.elapsed().as_secs_f64()
}
