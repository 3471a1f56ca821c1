//! The server that is measured: a process of its own, and the memory that it holds.

use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Data;
use crate::bench::http::{Site, free_site};
use crate::shell::root;

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

impl Data {
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

impl Server {
    pub(super) fn memory_mb(&self) -> f64 {
        self.status_mb("VmRSS:")
    }

    /// How much the peak of memory lies above what was held before, and how many seconds it took.
    pub(super) fn adds(&self, work: impl FnOnce() -> Result<(), String>) -> Result<(f64, f64), String> {
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
}
