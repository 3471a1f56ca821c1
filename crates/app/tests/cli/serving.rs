//! A server as a process: where it listens, and how it stops.
//!
//! Nothing here waits for a span that a busy machine could exceed: a test waits until something is so, and a minute at most.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::program;
use crate::server::{good, sqlite};

const MAX_WAIT: Duration = Duration::from_mins(2);
const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: parindex\r\nconnection: close\r\n\r\n";
/// The first half of a form; the server asks for the second half once it is at it.
const HALF: &str = "POST /sign-in HTTP/1.1\r\nhost: parindex\r\nconnection: close\r\nexpect: 100-continue\r\n\
content-type: application/x-www-form-urlencoded\r\ncontent-length: 20\r\n\r\n";

/// A server, and what it writes into its log.
struct Serving {
    process: Child,
    log: Receiver<String>,
    /// Where it listens.
    addresses: Vec<String>,
}

impl Serving {
    /// At ports that the system chooses.
    fn at(folder: &Path, listen: &[&str]) -> Self {
        let database = sqlite(folder, "first.db");
        good(&database, &["migrate"]);
        let mut process = program()
            .args(["serve", "--no-worker", "--database", &database, "--listen", &listen.join(",")])
            .env("PARINDEX_FILES", format!("folder:{}", folder.join("files").display()))
            .env("PARINDEX_KEYS", folder.join("keys").display().to_string())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (tell, log) = channel();
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| {
                // Whoever asks no more has ended.
                let _unheard = tell.send(line);
            });
        });
        let mut serving = Self { process, log, addresses: Vec::new() };
        for _ in listen {
            let line = serving.says("listening");
            let address = line.split("address=").nth(1).unwrap().split_whitespace().next().unwrap();
            serving.addresses.push(address.to_owned());
        }
        serving
    }

    /// The next line of the log with these words.
    fn says(&self, words: &str) -> String {
        loop {
            let line = self.log.recv_timeout(MAX_WAIT);
            assert!(line.is_ok(), "never said: {words}");
            let line = line.unwrap();
            if line.contains(words) {
                return plain(&line);
            }
        }
    }

    fn line(&self, at: usize) -> TcpStream {
        let line = TcpStream::connect(&self.addresses[at]).unwrap();
        line.set_read_timeout(Some(MAX_WAIT)).unwrap();
        line
    }

    fn asked(&self, at: usize, request: &str) -> String {
        let (mut line, mut answer) = (self.line(at), String::new());
        line.write_all(request.as_bytes()).unwrap();
        line.read_to_string(&mut answer).unwrap();
        answer
    }

    /// A line with half a form, at which the server is.
    fn half_a_form(&self) -> TcpStream {
        let mut line = self.line(0);
        line.write_all(HALF.as_bytes()).unwrap();
        let mut asked = [0; 25];
        line.read_exact(&mut asked).unwrap();
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
        line.write_all(b"login=offi").unwrap();
        line
    }

    /// Tells it to stop, and waits until it has heard.
    fn told_to_stop(&self, signal: &str) {
        self.tell(signal);
        self.says("told to stop");
        let begun = Instant::now();
        while TcpStream::connect(&self.addresses[0]).is_ok() {
            assert!(begun.elapsed() < MAX_WAIT, "new visitors are taken still");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn tell(&self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.process.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < MAX_WAIT, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended_already = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// Without the colours of a terminal.
fn plain(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}

/// The server answers by both kinds of addresses; told to stop, it ends what is under way and takes nothing new.
#[test]
fn a_server_listens_on_both_kinds_of_addresses_and_stops_gracefully() {
    let folder = tempfile::tempdir().unwrap();
    // Some containers have no addresses of the sixth version.
    let six = TcpListener::bind("[::1]:0").is_ok();
    let listen = if six { vec!["127.0.0.1:0", "[::1]:0"] } else { vec!["127.0.0.1:0"] };
    let mut server = Serving::at(folder.path(), &listen);
    for (at, kind) in listen.iter().enumerate() {
        let answer = server.asked(at, HEALTH);
        assert!(answer.starts_with("HTTP/1.1 200"), "{kind}: {answer}");
    }
    // A form whose second half is still on its way when the server is told to stop.
    let mut line = server.half_a_form();
    server.told_to_stop("-TERM");
    line.write_all(b"cer&csrf=x").unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "what was under way is answered: {answer}");
    assert!(server.ended().success(), "and it ends as asked");
}

/// A thousand half-sent requests shut nobody out, and the server does not wait for them when it is told to stop.
#[test]
fn half_sent_requests_keep_nobody_out_and_no_server_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Serving::at(folder.path(), &["127.0.0.1:0"]);
    let half = |_number| {
        let mut line = TcpStream::connect(&server.addresses[0]).ok()?;
        line.write_all(b"GET / HTTP/1.1\r\nhost: par").ok()?;
        Some(line)
    };
    let lines: Vec<_> = (0..800).filter_map(half).collect();
    assert!(lines.len() > 500, "the machine of the test gives so many");
    assert!(server.asked(0, HEALTH).starts_with("HTTP/1.1 200"));
    server.tell("-TERM");
    assert!(server.ended().success(), "it waits for nobody who never ends");
    drop(lines);
}

/// Told once, it waits for what is under way; told twice, it does not.
#[test]
fn a_server_that_is_told_twice_stops_at_once() {
    for signal in ["-TERM", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Serving::at(folder.path(), &["127.0.0.1:0"]);
        let _line = server.half_a_form();
        server.told_to_stop(signal);
        assert!(server.process.try_wait().unwrap().is_none(), "{signal}: a form is under way");
        server.tell(signal);
        assert_eq!(server.ended().code(), Some(1), "{signal}");
        server.says("cut off");
    }
}
