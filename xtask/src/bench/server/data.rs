//! The data that a server is measured with, on either kind of database.

use std::path::{Path, PathBuf};

use crate::shell::{output, run, say};

/// Where the data is, and how a statement is run behind the program's back.
pub struct Data {
    pub kind: &'static str,
    /// The program that is measured.
    pub(super) program: PathBuf,
    url: String,
    folder: PathBuf,
    /// The program that runs SQL, and what stands before the statement.
    sql: (String, Vec<String>),
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
    /// The demonstration, four times its units, and the log of some years.
    pub fn prepare(&self) -> Result<(), String> {
        say(&format!("server on {} …", self.kind));
        self.program(&["demo", "examples"])?;
        self.many_units()?;
        self.rows(1, 6)
    }

    /// Two databases leave more documents behind than a small disk holds.
    pub(super) fn clear(&self) -> Result<(), String> {
        std::fs::remove_dir_all(self.folder.join(self.kind)).map_err(|error| error.to_string())
    }

    /// Four times the units of the city with all that they entered; whoever fills in one commune fills in all.
    fn many_units(&self) -> Result<(), String> {
        for copy in 1..4 {
            let members = |sheet: &str| {
                format!(
                    "INSERT INTO member (campaign, block, place, unit, code, name, parent, standing, reason, {sheet}, more_until) \
                     SELECT campaign, block, place + {copy} * 100, NULL, code || '-{copy}', name, parent, standing, reason, {sheet}, more_until \
                     FROM member WHERE campaign = 1 AND code NOT LIKE '%-%';"
                )
            };
            // A program of before, that is measured beside this one, has the former names.
            self.statement(&members("sheet_state, sheet_at, sheet_by, sheet_said"))
                .or_else(|_former| self.statement(&members("paper, paper_at, paper_by, paper_said")))?;
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

    pub(super) fn settings(&self) -> [String; 6] {
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
    pub(super) fn rows(&self, from: u32, to: u32) -> Result<(), String> {
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

    pub(super) fn size_gb(&self) -> Result<f64, String> {
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
}

pub(super) fn megabytes(file: &Path) -> Result<f64, String> {
    let kilobytes = std::fs::metadata(file).map_err(|error| error.to_string())?.len() / 1_000;
    Ok(f64::from(u32::try_from(kilobytes).unwrap_or(u32::MAX)) / 1e3)
}
