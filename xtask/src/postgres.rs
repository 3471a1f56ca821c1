//! A PostgreSQL for the tests: installed where it is missing, started in a folder of its own, stopped at the end.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{run, say};

/// A server that stops when it is dropped.
pub struct Postgres {
    bin: PathBuf,
    folder: PathBuf,
    /// `postgres://postgres@127.0.0.1:PORT`
    pub url: String,
}

/// Starts one.
pub fn start() -> Result<Postgres, String> {
    let bin = binaries().map_or_else(install, Ok)?;
    let folder = std::env::temp_dir().join(format!("parindex-postgres-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if as_root() {
        run("chown", &["postgres", &folder.display().to_string()])?;
    }
    let port = free_port()?;
    let server = Postgres { bin, folder, url: format!("postgres://postgres@127.0.0.1:{port}") };
    let data = server.data();
    server
        .tool("initdb", &["-D", &data, "-U", "postgres", "--auth", "trust", "-E", "UTF8", "--locale", "C"])?;
    // What a test writes need not survive a power cut.
    let options = format!(
        "-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=400",
        server.folder.display()
    );
    let log = server.folder.join("log").display().to_string();
    server.tool("pg_ctl", &["-D", &data, "-o", &options, "-l", &log, "-w", "start"])?;
    say(&format!("PostgreSQL: {}", server.url));
    Ok(server)
}

/// The newest installed version.
fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    found.retain(|bin| bin.join("initdb").exists());
    found.sort();
    found.pop()
}

fn install() -> Result<PathBuf, String> {
    crate::debian::install("postgresql")?;
    binaries().ok_or_else(|| "PostgreSQL is not in /usr/lib/postgresql after its installation".to_owned())
}

/// The server refuses to run as root.
fn as_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

/// A port that nobody uses.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    Ok(listener.local_addr().map_err(|error| error.to_string())?.port())
}

impl Postgres {
    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    fn tool(&self, name: &str, arguments: &[&str]) -> Result<(), String> {
        let program = self.bin.join(name);
        let mut command = if as_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        let output = command.args(arguments).current_dir(Path::new("/")).stdin(std::process::Stdio::null());
        // The started server keeps what it inherits, so it inherits nothing of ours.
        let status = output.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{name}: {status}; see {}", self.folder.display())),
            Err(error) => Err(format!("{name} cannot be started: {error}")),
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stopped = self.tool("pg_ctl", &["-D", &self.data(), "-m", "immediate", "-w", "stop"]);
        if stopped.is_ok() {
            let _left_behind = std::fs::remove_dir_all(&self.folder);
        }
    }
}
