//! The pages in a real browser, against a server with the demonstration in it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::postgres::free_port;
use crate::shell::{root, say, write};
use crate::{assets, debian};

/// Where Debian puts it.
const CHROMIUM: &str = "/usr/bin/chromium";

/// A process that stops when this is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _gone_already = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// What only the provider and our server know.
const SECRET: &str = "a secret of the tests";

/// Where everything of a run is.
struct Site {
    folder: PathBuf,
    /// Where our server is.
    url: String,
    /// The port of the sign-in service.
    provider: u16,
}

/// The files of tests that run beside all others, on a server of their own: half of the time of all of them, most of it the whole
/// campaign of Hà Nội.
const BESIDE: [&str; 7] = ["ha-noi", "keyboard", "parts", "provider", "session", "windows", "work"];

/// Runs all browser tests in two halves at a time, or those that the arguments of Playwright choose.
pub fn test(chosen: &[String]) -> Result<(), String> {
    if !Path::new(CHROMIUM).exists() {
        debian::install("chromium")?;
    }
    assets::install(&root().join("browser"))?;
    // The tests of the command line have just built it, with the same features.
    let program = root().join("target/debug/parindex");
    if !chosen.is_empty() {
        return Site::new("chosen")?.play(&program, chosen);
    }
    let (beside, others): (Vec<String>, Vec<String>) = files()?
        .into_iter()
        .partition(|file| BESIDE.iter().any(|name| file.ends_with(&format!("{name}.spec.js"))));
    let (first, second) = (Site::new("first")?, Site::new("second")?);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| first.play(&program, &beside));
        let second = second.play(&program, &others);
        first.join().unwrap_or_else(|_| Err("the browser tests stopped".to_owned())).and(second)
    })
}

/// The files of tests, by their names.
fn files() -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(root().join("browser/tests")).map_err(|error| error.to_string())?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut files: Vec<String> =
        names.filter(|name| name.ends_with(".spec.js")).map(|name| format!("tests/{name}")).collect();
    files.sort_unstable();
    Ok(files)
}

impl Site {
    /// Fills a server, and runs the tests that the arguments of Playwright choose.
    fn play(&self, program: &Path, chosen: &[String]) -> Result<(), String> {
        let filled =
            self.command(program, &["demo", "examples", "--lang", "en"]).stdout(Stdio::null()).status();
        if !filled.is_ok_and(|status| status.success()) {
            return Err("the demonstration could not be filled in".to_owned());
        }
        let (_provider, _server) = (self.provider()?, self.serve(program)?);
        say(&format!("$ playwright test {} ({})", chosen.join(" "), self.url));
        let status = Command::new("npx")
            .args(["playwright", "test"])
            .args(chosen)
            .current_dir(root().join("browser"))
            .env("PARINDEX_URL", &self.url)
            .env("PROVIDER_PEOPLE", self.people())
            .env("PARINDEX_PROGRAM", program)
            .env("CHROMIUM", CHROMIUM)
            .env("RESULTS", self.folder.join("results"))
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("the browser tests failed: {status}")),
            Err(error) => Err(format!("npx cannot be started: {error}")),
        }
    }

    /// An empty folder with the settings of a server in it.
    fn new(name: &str) -> Result<Self, String> {
        let folder = root().join("target/browser").join(name);
        let _not_there = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let (port, provider) = (free_port()?, free_port()?);
        let site = Self { folder, url: format!("http://127.0.0.1:{port}"), provider };
        site.write("parindex.toml", &site.settings())?;
        site.write("people.json", "{}")?;
        Ok(site)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        write(&self.folder.join(name), text)
    }

    fn settings(&self) -> String {
        let (folder, url, provider) = (self.folder.display(), &self.url, self.provider);
        let listen = url.trim_start_matches("http://");
        format!(
            "database = \"sqlite:{folder}/test.db\"\nfiles = \"folder:{folder}/files\"\nkeys = \"{folder}/test.key\"\nlisten = [\"{listen}\"]\nbase_url = \"{url}\"\n\n\
             [provider]\nissuer = \"http://127.0.0.1:{provider}\"\nclient_id = \"parindex\"\nname = \"Cổng thử\"\nroles_claim = \"par_roles\"\n"
        )
    }

    fn people(&self) -> PathBuf {
        self.folder.join("people.json")
    }

    fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .args(["--config", &self.folder.join("parindex.toml").display().to_string()])
            .current_dir(root())
            .env("PARINDEX_PROVIDER_SECRET", SECRET);
        command
    }

    fn serve(&self, program: &Path) -> Result<Server, String> {
        let child =
            self.command(program, &["serve"]).env("PARINDEX_LOG", "warn").stdout(Stdio::null()).spawn();
        let child = child.map_err(|error| format!("the server cannot be started: {error}"))?;
        answering(Server(child), self.url.trim_start_matches("http://"))
    }

    fn provider(&self) -> Result<Server, String> {
        let child = Command::new("node")
            .arg("provider.mjs")
            .current_dir(root().join("browser"))
            .env("PROVIDER_PORT", self.provider.to_string())
            .env("PROVIDER_PEOPLE", self.people())
            .env("PROVIDER_SECRET", SECRET)
            .env("PARINDEX_URL", &self.url)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("node cannot be started: {error}"))?;
        answering(Server(child), &format!("127.0.0.1:{}", self.provider))
    }
}

/// A server once it answers.
fn answering(server: Server, address: &str) -> Result<Server, String> {
    let until = Instant::now() + Duration::from_secs(30);
    while std::net::TcpStream::connect(address).is_err() {
        if Instant::now() > until {
            return Err(format!("nothing answers at {address} within 30 seconds"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(server)
}
