//! The door to the network, with real lines: deadlines, bounds, and an end.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::ConnectInfo;
use axum::routing::{get, post};
use parindex_web::{Limits, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A machine under load gets to everything within it.
const LONG: Duration = Duration::from_mins(1);
const SHORT: Duration = Duration::from_millis(400);

/// A server with its own limits, told to stop at the end.
struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    ended: JoinHandle<()>,
}

/// Limits that no test meets by chance.
fn limits() -> Limits {
    let proxies = Vec::new();
    let (head, idle, body, unread) = (LONG, LONG, LONG, LONG);
    Limits { head, idle, body, unread, drain: LONG, ..Limits::new(1_000, proxies) }
}

async fn running(limits: Limits) -> Running {
    let router = Router::new()
        .route("/", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.ip().to_string()))
        .route("/slow", get(async || tokio::time::sleep(LONG).await))
        .route("/length", post(async |body: Bytes| body.len().to_string()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, told) = watch::channel(false);
    let ended = tokio::spawn(Server::new(limits).serve(listener, router, told));
    Running { address, stop, ended }
}

impl Running {
    /// A line on which something was said.
    async fn line(&self, said: &str) -> TcpStream {
        let mut line = TcpStream::connect(self.address).await.unwrap();
        line.write_all(said.as_bytes()).await.unwrap();
        line
    }

    async fn answers(&self) -> bool {
        let mut line = self.line("GET / HTTP/1.1\r\nhost: p\r\nconnection: close\r\n\r\n").await;
        rest(&mut line).await.starts_with("HTTP/1.1 200")
    }
}

/// What still comes on a line, up to its end; that is waited for no longer than a loaded machine needs.
async fn rest(line: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let read = tokio::time::timeout(LONG / 2, line.read_to_end(&mut said)).await;
    assert!(read.is_ok(), "the line stays open: {}", String::from_utf8_lossy(&said));
    String::from_utf8(said).unwrap()
}

/// The next bytes on a line that stays open.
async fn next(line: &mut TcpStream) -> String {
    let mut said = vec![0; 4_096];
    let read = tokio::time::timeout(LONG / 2, line.read(&mut said)).await.unwrap().unwrap();
    String::from_utf8(said[..read].to_vec()).unwrap()
}

const HALF: &str = "GET / HTTP/1.1\r\nhost: p\r\n";
const WHOLE: &str = "GET / HTTP/1.1\r\nhost: p\r\n\r\n";

#[tokio::test]
async fn half_a_request_is_let_go_of_and_visitors_get_in() {
    let server = running(Limits { head: SHORT, ..limits() }).await;
    let mut halves = Vec::new();
    for said in [HALF, "", "GET"].iter().cycle().take(30) {
        halves.push(server.line(said).await);
    }
    assert!(server.answers().await);
    for line in &mut halves {
        assert_eq!(rest(line).await, "");
    }
}

/// A head that comes byte by byte has no more time than one that does not come.
#[tokio::test]
async fn a_dripping_head_is_let_go_of() {
    let server = running(Limits { head: SHORT, ..limits() }).await;
    let mut line = server.line(HALF).await;
    let begun = Instant::now();
    while line.write_all(b"x: y\r\n").await.is_ok() {
        assert!(begun.elapsed() < LONG, "it drips on");
        tokio::time::sleep(SHORT / 10).await;
    }
}

/// Deadlines of a head are not those between two requests.
#[tokio::test]
async fn a_line_is_kept_for_the_next_request_and_not_for_ever() {
    let server = running(Limits { head: SHORT, ..limits() }).await;
    let mut line = server.line(WHOLE).await;
    assert!(next(&mut line).await.ends_with("127.0.0.1"));
    tokio::time::sleep(SHORT * 4).await;
    line.write_all(WHOLE.as_bytes()).await.unwrap();
    assert!(next(&mut line).await.starts_with("HTTP/1.1 200"), "longer than a head may take");

    let server = running(Limits { idle: SHORT, ..limits() }).await;
    let mut line = server.line(WHOLE).await;
    assert!(rest(&mut line).await.starts_with("HTTP/1.1 200"), "and then it ends");
}

#[tokio::test]
async fn a_body_that_stops_or_drips_is_refused_and_one_that_comes_on_is_not() {
    let head = "POST /length HTTP/1.1\r\nhost: p\r\nconnection: close\r\ncontent-length: 400000\r\n\r\n";
    let server = running(Limits { body: SHORT * 5, ..limits() }).await;
    for drips in [false, true] {
        let (mut from, mut to) = server.line(&format!("{head}some")).await.into_split();
        let dripping = tokio::spawn(async move {
            while drips && to.write_all(b"x").await.is_ok() {
                tokio::time::sleep(SHORT / 10).await;
            }
            to
        });
        let mut said = String::new();
        let _reset = tokio::time::timeout(LONG / 2, from.read_to_string(&mut said)).await.unwrap();
        assert!(said.starts_with("HTTP/1.1 400"), "drips {drips}: {said}");
        dripping.abort();
    }
    // In all it takes longer than the time for one part.
    let mut line = server.line(head).await;
    for _part in 0..8 {
        line.write_all(&vec![b'x'; 50_000]).await.unwrap();
        tokio::time::sleep(SHORT).await;
    }
    assert!(rest(&mut line).await.ends_with("400000"));
}

#[tokio::test]
async fn a_place_has_so_many_lines_and_its_oldest_makes_room() {
    let server = running(Limits { lines_of_a_place: 3, ..limits() }).await;
    let mut lines = Vec::new();
    for _each in 0..3 {
        lines.push(server.line(HALF).await);
    }
    assert!(server.answers().await, "the oldest made room");
    assert_eq!(rest(&mut lines[0]).await, "");
    let server = running(Limits { lines_of_a_place: 3, ..limits() }).await;
    let mut works = Vec::new();
    for _each in 0..3 {
        works.push(server.line("GET /slow HTTP/1.1\r\nhost: p\r\n\r\n").await);
    }
    tokio::time::sleep(SHORT).await;
    assert!(!answered(&server).await, "nobody is cut off in the middle for it");
    let trusted = vec!["127.0.0.1".parse().unwrap()];
    let server = running(Limits { lines_of_a_place: 3, trusted_proxies: trusted, ..limits() }).await;
    for _each in 0..6 {
        works.push(server.line("GET /slow HTTP/1.1\r\nhost: p\r\n\r\n").await);
    }
    tokio::time::sleep(SHORT).await;
    assert!(server.answers().await, "before a proxy many places look like one");
}

/// Whether a request is answered at all; a line may be refused before it was sent.
async fn answered(server: &Running) -> bool {
    let mut line = TcpStream::connect(server.address).await.unwrap();
    let _refused = line.write_all(WHOLE.as_bytes()).await;
    let mut said = [0; 100];
    let read = tokio::time::timeout(LONG / 2, line.read(&mut said)).await.unwrap();
    read.is_ok_and(|read| read > 0)
}

#[tokio::test]
async fn a_browser_that_takes_nothing_of_its_answer_is_let_go_of() {
    let large = Router::new().route("/", get(async || vec![b'x'; 64 << 20]));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (_stop, told) = watch::channel(false);
    tokio::spawn(Server::new(Limits { unread: SHORT, ..limits() }).serve(listener, large, told));
    let mut line = TcpStream::connect(address).await.unwrap();
    line.write_all(WHOLE.as_bytes()).await.unwrap();
    tokio::time::sleep(SHORT * 10).await;
    let mut said = Vec::new();
    let read = tokio::time::timeout(LONG / 2, line.read_to_end(&mut said)).await.unwrap();
    assert!(read.is_err() || said.len() < 64 << 20, "{}", said.len());
}

/// Whoever sends nothing does not hold a server up that is told to stop; what is under way is answered.
#[tokio::test]
async fn a_server_that_is_told_to_stop_ends_what_is_under_way() {
    let server = running(limits()).await;
    let mut waiting = [server.line(HALF).await, server.line("").await, server.line(WHOLE).await];
    assert!(next(&mut waiting[2]).await.starts_with("HTTP/1.1 200"));
    let head = "POST /length HTTP/1.1\r\nhost: p\r\ncontent-length: 8\r\n\r\nhalf";
    let mut works = server.line(head).await;
    tokio::time::sleep(SHORT).await;
    server.stop.send(true).unwrap();
    for line in &mut waiting {
        assert_eq!(rest(line).await, "");
    }
    assert!(TcpStream::connect(server.address).await.is_err(), "nothing new is taken");
    works.write_all(b"half").await.unwrap();
    assert!(rest(&mut works).await.ends_with("\r\n\r\n8"));
    tokio::time::timeout(LONG / 2, server.ended).await.unwrap().unwrap();
}

#[tokio::test]
async fn what_is_not_done_in_time_is_cut_off() {
    let server = running(Limits { drain: SHORT, ..limits() }).await;
    let mut slow = server.line("GET /slow HTTP/1.1\r\nhost: p\r\n\r\n").await;
    tokio::time::sleep(SHORT).await;
    server.stop.send(true).unwrap();
    assert_eq!(rest(&mut slow).await, "");
    tokio::time::timeout(LONG / 2, server.ended).await.unwrap().unwrap();
}
