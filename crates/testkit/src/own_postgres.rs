//! A PostgreSQL of a test's own, which syncs what it acknowledges and can be killed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// How often a start is tried: what was killed holds its memory for a moment.
const TRIES: u32 = 100;

/// A server that ends with the test.
pub struct OwnPostgres {
    bin: PathBuf,
    folder: TempDir,
    port: u16,
    /// `postgres://postgres@127.0.0.1:PORT`
    pub url: String,
}

impl OwnPostgres {
    /// Starts one. None where nobody may be another user than root, which PostgreSQL asks for.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start() -> Option<Self> {
        let bin = newest().filter(|_| is_root())?;
        let (folder, port) = (TempDir::new().expect("a folder"), free_port());
        let server = Self { bin, folder, port, url: format!("postgres://postgres@127.0.0.1:{port}") };
        let owned = Command::new("chown").arg("postgres").arg(server.folder.path()).status();
        assert!(owned.is_ok_and(|status| status.success()), "the folder is not given to PostgreSQL");
        let made = ["-U", "postgres", "--auth", "trust", "-E", "UTF8", "--locale", "C"];
        assert!(server.tool("initdb", &made), "initdb");
        server.restart();
        Some(server)
    }

    /// Starts it again after it was killed.
    ///
    /// # Panics
    /// When it does not come.
    pub fn restart(&self) {
        let said = self.folder.path().join("said").display().to_string();
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c max_connections=60",
            self.port,
            self.folder.path().display()
        );
        for _ in 0..TRIES {
            if self.tool("pg_ctl", &["-o", &options, "-l", &said, "-w", "start"]) {
                return;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        panic!("PostgreSQL does not start: {}", std::fs::read_to_string(said).unwrap_or_default());
    }

    /// Kills it with all that belongs to it, as when the power goes.
    ///
    /// # Panics
    /// When it is not there.
    pub fn kill(&self) {
        let file = self.data().join("postmaster.pid");
        let text = std::fs::read_to_string(file).expect("a server that runs");
        let server = text.lines().next().expect("its process").to_owned();
        // Its children first: without their parent they would end in order.
        let _none_left = Command::new("pkill").args(["-9", "-P", &server]).status();
        let killed = Command::new("kill").args(["-9", &server]).status();
        assert!(killed.is_ok_and(|status| status.success()), "PostgreSQL was not killed");
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn tool(&self, name: &str, arguments: &[&str]) -> bool {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(self.bin.join(name)).arg("-D").arg(self.data());
        command.args(arguments).current_dir(Path::new("/"));
        // The server that is started keeps what it inherits, so it inherits nothing of ours.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        self.tool("pg_ctl", &["-m", "immediate", "-w", "stop"]);
    }
}

pub(crate) fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

/// Where the newest installed version has its programs.
pub(crate) fn newest() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let bins = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    bins.filter(|bin| bin.join("initdb").exists()).max()
}

pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}
