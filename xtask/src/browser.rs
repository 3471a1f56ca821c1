//! The pages in a real browser, against a server with the demonstration in it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::postgres::free_port;
use crate::shell::{root, say};
use crate::{assets, debian};

/// Where Debian puts it.
const CHROMIUM: &str = "/usr/bin/chromium";

/// A server that stops when it is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _gone_already = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// Runs all browser tests.
pub fn test() -> Result<(), String> {
    if !Path::new(CHROMIUM).exists() {
        debian::install("chromium")?;
    }
    assets::install(&root().join("browser"))?;
    // The tests of the command line have just built it, with the same features.
    let program = root().join("target/debug/parindex");
    let database = fresh_database()?;
    let filled = Command::new(&program)
        .args(["demo", "examples", "--lang", "en", "--database", &database])
        .current_dir(root())
        .stdout(Stdio::null())
        .status();
    if !filled.is_ok_and(|status| status.success()) {
        return Err("the demonstration could not be filled in".to_owned());
    }
    let url = format!("http://127.0.0.1:{}", free_port()?);
    let _server = serve(&program, &database, &url)?;
    say(&format!("$ playwright test ({url})"));
    let status = Command::new("npx")
        .args(["playwright", "test"])
        .current_dir(root().join("browser"))
        .env("PARINDEX_URL", &url)
        .env("CHROMIUM", CHROMIUM)
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("the browser tests failed: {status}")),
        Err(error) => Err(format!("npx cannot be started: {error}")),
    }
}

fn fresh_database() -> Result<String, String> {
    let folder = root().join("target/browser");
    let _not_there = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    Ok(format!("sqlite:{}", folder.join("test.db").display()))
}

fn serve(program: &PathBuf, database: &str, url: &str) -> Result<Server, String> {
    let listen = url.trim_start_matches("http://");
    let child = Command::new(program)
        .args(["serve", "--database", database, "--listen", listen, "--base-url", url])
        .env("PARINDEX_LOG", "warn")
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("the server cannot be started: {error}"))?;
    let server = Server(child);
    let until = Instant::now() + Duration::from_secs(30);
    while std::net::TcpStream::connect(listen).is_err() {
        if Instant::now() > until {
            return Err("the server does not answer within 30 seconds".to_owned());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(server)
}
