//! As much HTTP as the measurements need.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::postgres::free_port;

/// A server on this machine.
#[derive(Clone)]
pub struct Site(u16);

/// What came back.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// A site where nobody is yet.
pub fn free_site() -> Result<Site, String> {
    Ok(Site(free_port()?))
}

impl Site {
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.0)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    pub fn get(&self, path: &str, cookie: &str) -> Result<Answer, String> {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n",
            self.address()
        ))
    }

    pub fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        self.form(path, &format!("Cookie: {cookie}"), fields)
    }

    /// A form that a page sends by itself, as its script does.
    pub fn save(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        self.form(path, &format!("Cookie: {cookie}\r\nHX-Request: true"), fields)
    }

    fn form(&self, path: &str, headers: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let body = pairs.join("&");
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address(),
            body.len()
        ))
    }

    /// What forms carry, from a page that has one.
    pub fn token(&self, path: &str, cookie: &str) -> Result<String, String> {
        let page = self.get(path, cookie)?;
        let token = page.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        token.map(str::to_owned).ok_or(format!("no form on {path}: {}", page.status))
    }

    /// Sends whatever is written, with headers of its own.
    pub fn send(
        &self,
        (method, path): (&str, &str),
        headers: &str,
        length: u64,
        mut write: impl FnMut(&mut TcpStream) -> std::io::Result<()>,
    ) -> Result<Answer, String> {
        let broken = |error: std::io::Error| error.to_string();
        let mut line = TcpStream::connect(self.address()).map_err(broken)?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n",
            self.address()
        );
        line.write_all(head.as_bytes()).map_err(broken)?;
        write(&mut line).map_err(broken)?;
        answer(line)
    }

    /// Sends a file as its form does.
    pub fn send_file(
        &self,
        path: &str,
        (cookie, token): (&str, &str),
        (name, content): (&str, &[u8]),
    ) -> Result<Answer, String> {
        let before = format!(
            "--B\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--B\r\n\
             content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        let after = "\r\n--B--\r\n";
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nContent-Type: multipart/form-data; boundary=B\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{before}",
            self.address(),
            before.len() + content.len() + after.len()
        );
        self.ask_bytes(&[head.as_bytes(), content, after.as_bytes()])
    }

    fn ask(&self, request: &str) -> Result<Answer, String> {
        self.ask_bytes(&[request.as_bytes()])
    }

    fn ask_bytes(&self, request: &[&[u8]]) -> Result<Answer, String> {
        let broken = |error: std::io::Error| error.to_string();
        let mut line = TcpStream::connect(self.address()).map_err(broken)?;
        for part in request {
            line.write_all(part).map_err(broken)?;
        }
        answer(line)
    }

    /// Signs in on the page, and returns the cookie of the session.
    pub fn sign_in(&self, login: &str, password: &str) -> Result<String, String> {
        let page = self.get("/sign-in", "")?;
        let form = cookie(&page, "form").ok_or("no cookie for forms")?;
        let token = page.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let fields = [("csrf", token.unwrap_or_default()), ("login", login), ("password", password)];
        let answer = self.post("/sign-in", &form, &fields)?;
        cookie(&answer, "parindex").ok_or(format!("no session for {login}: {}", answer.status))
    }
}

fn answer(mut line: TcpStream) -> Result<Answer, String> {
    let mut told = Vec::new();
    line.read_to_end(&mut told).map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&told).into_owned();
    let (head, body) = told.split_once("\r\n\r\n").ok_or("half an answer")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("no status")?;
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let begin = format!("{name}=");
    let lines = answer.head.lines().filter_map(|line| line.split_once(": "));
    let mut cookies = lines.filter(|(header, _)| header.eq_ignore_ascii_case("set-cookie"));
    let found = cookies.find_map(|(_, value)| value.starts_with(&begin).then_some(value))?;
    found.split(';').next().map(str::to_owned)
}

fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut encoded, byte| {
        // Writing to a text cannot fail.
        let _written = write!(encoded, "%{byte:02X}");
        encoded
    })
}
