//! An S3-compatible server for the tests: installed in a folder of its own, with one bucket, stopped at the end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::postgres::free_port;
use crate::shell::{root, run, say};

/// The package that speaks S3, for tests.
const PACKAGE: &str = "moto[server]==5.2.5";

/// A server that stops when it is dropped.
pub struct Bucket {
    child: Child,
    port: u16,
}

impl Drop for Bucket {
    fn drop(&mut self) {
        let _gone_already = self.child.kill();
        let _reaped = self.child.wait();
    }
}

impl Bucket {
    /// What the tests find in their environment.
    pub fn environment(&self) -> [(&'static str, String); 6] {
        [
            ("PARINDEX_TEST_S3", "s3://test".to_owned()),
            ("AWS_ENDPOINT", format!("http://127.0.0.1:{}", self.port)),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ]
    }
}

/// Starts one.
pub fn start() -> Result<Bucket, String> {
    let program = install()?;
    let port = free_port()?;
    let child = Command::new(program)
        .args(["-H", "127.0.0.1", "-p", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("the S3 server cannot be started: {error}"))?;
    let bucket = Bucket { child, port };
    let until = Instant::now() + Duration::from_mins(1);
    while let Err(error) = make(port) {
        if Instant::now() > until {
            return Err(format!("the S3 server does not answer: {error}"));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    say(&format!("S3: http://127.0.0.1:{port}"));
    Ok(bucket)
}

fn install() -> Result<std::path::PathBuf, String> {
    let folder = root().join("target/s3");
    let program = folder.join("bin/moto_server");
    if !program.exists() {
        say("S3 server …");
        let python = folder.join("bin/python").display().to_string();
        run("python3", &["-m", "venv", &folder.display().to_string()])?;
        run(&python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE])?;
    }
    Ok(program)
}

/// Makes the bucket.
fn make(port: u16) -> std::io::Result<()> {
    let mut line = TcpStream::connect(("127.0.0.1", port))?;
    let request = format!(
        "PUT /test HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    line.write_all(request.as_bytes())?;
    let mut answer = String::new();
    line.read_to_string(&mut answer)?;
    if answer.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(std::io::Error::other(answer)) }
}
