//! A document as large as the server takes, on its two ways in.

use std::io::Write;
use std::net::TcpStream;

use super::http::{Answer, Site};

/// The document.
const SIZE: u64 = (2 << 30) - 1;
/// A part, as the script of the pages sends them.
const PART: u64 = 8 << 20;
/// What is written at a time.
const BLOCK: usize = 1 << 13;

/// The bytes of the document from one place to another.
fn write(line: &mut TcpStream, from: u64, to: u64) -> std::io::Result<()> {
    let mut at = from;
    if at == 0 {
        line.write_all(b"%PDF-1.7")?;
        at = 8;
    }
    let block = [b'x'; BLOCK];
    while at < to {
        let length = usize::try_from(to - at).unwrap_or(BLOCK).min(BLOCK);
        line.write_all(block.get(..length).unwrap_or_default())?;
        at += length as u64;
    }
    Ok(())
}

fn good(answer: &Answer, status: u16) -> Result<(), String> {
    if answer.status == status { Ok(()) } else { Err(format!("{}: {}", answer.status, answer.body)) }
}

fn part(name: &str, value: &str) -> String {
    format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

const FORM: &str = "Content-Type: multipart/form-data; boundary=B\r\n";
const END: &str = "\r\n--B--\r\n";

/// With its form.
pub fn whole(site: &Site, path: &str, (cookie, token): (&str, &str)) -> Result<(), String> {
    let before = format!(
        "{}--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"lon.pdf\"\r\n\r\n",
        part("csrf", token)
    );
    let length = before.len() as u64 + SIZE + END.len() as u64;
    let answer = site.send(("POST", path), &format!("Cookie: {cookie}\r\n{FORM}"), length, |line| {
        line.write_all(before.as_bytes())?;
        write(line, 0, SIZE)?;
        line.write_all(END.as_bytes())
    })?;
    good(&answer, 303)
}

/// Part by part, then the form that names the upload.
pub fn in_parts(site: &Site, path: &str, (cookie, token): (&str, &str)) -> Result<(), String> {
    let own = format!("Cookie: {cookie}\r\nx-csrf: {token}\r\nTus-Resumable: 1.0.0\r\n");
    // «lon.pdf»
    let about = format!("{own}Upload-Length: {SIZE}\r\nUpload-Metadata: filename bG9uLnBkZg==\r\n");
    let begun = site.send(("POST", "/uploads"), &about, 0, |_line| Ok(()))?;
    good(&begun, 201)?;
    let place = begun.head.lines().find_map(|line| line.strip_prefix("location: ")).ok_or("no place")?;
    let mut at = 0;
    while at < SIZE {
        let to = SIZE.min(at + PART);
        let headers =
            format!("{own}Upload-Offset: {at}\r\nContent-Type: application/offset+octet-stream\r\n");
        good(&site.send(("PATCH", place), &headers, to - at, |line| write(line, at, to))?, 204)?;
        at = to;
    }
    let named = place.rsplit('/').next().unwrap_or_default();
    let form = format!("{}{}--B--\r\n", part("csrf", token), part("upload", named));
    let answer =
        site.send(("POST", path), &format!("Cookie: {cookie}\r\n{FORM}"), form.len() as u64, |line| {
            line.write_all(form.as_bytes())
        })?;
    good(&answer, 303)
}
