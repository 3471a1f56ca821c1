//! A browser without a window: keeps cookies, fills in forms with the token of the page.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, header};
use tower::ServiceExt;

/// More than any page has.
const MAX: usize = 64 << 20;

pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// The token of the last page with a form.
    pub csrf: String,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// Where it leads on.
    pub location: Option<String>,
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The body as a reader sees it: a line break or an indentation of the template is one space.
    #[must_use]
    pub fn in_one_line(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Browser {
    /// In front of an application.
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), csrf: String::new() }
    }

    /// In front of an application, with the cookies of another one.
    #[must_use]
    pub fn with_cookies(router: Router, cookies: &str) -> Self {
        let mut browser = Self::new(router);
        cookies.split("; ").for_each(|cookie| browser.keep(cookie));
        browser
    }

    /// The same browser at another application, or once more at the same one.
    #[must_use]
    pub fn again_at(&self, router: Router) -> Self {
        Self { router, cookies: self.cookies.clone(), csrf: self.csrf.clone() }
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    /// Sends a form with the token of the last page.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.csrf.clone();
        let mut all = vec![("csrf", token.as_str())];
        all.extend(fields);
        self.send(Method::POST, path, Some(form(&all))).await
    }

    /// Sends a form as it is.
    pub async fn post_bare(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send(Method::POST, path, Some(form(fields))).await
    }

    /// Signs in on the page.
    pub async fn sign_in(&mut self, login: &str, password: &str) -> Reply {
        self.get("/sign-in").await;
        let answer = self.post("/sign-in", &[("login", login), ("password", password)]).await;
        // The forms of a session carry another token than those before it.
        if answer.status == 303 && answer.location.as_deref() == Some("/") {
            self.get("/account").await;
        }
        answer
    }

    /// Sends a file from the page at a path, with the note beside it where the form has one.
    pub async fn upload(&mut self, path: &str, name: &str, content: &[u8]) -> Reply {
        self.upload_from(path, path, name, content).await
    }

    /// Sends a file from a page to where its form leads.
    pub async fn upload_from(&mut self, page: &str, path: &str, name: &str, content: &[u8]) -> Reply {
        self.get(page).await;
        let mut body = self.parts(name, content);
        body.extend_from_slice(b"\r\n--B--\r\n");
        self.send_parts(path, body).await
    }

    /// Sends a file whose line breaks before its end.
    pub async fn upload_cut(&mut self, path: &str, name: &str, content: &[u8]) -> Reply {
        let body = self.parts(name, content);
        self.send_parts(path, body).await
    }

    /// Begins to send a file part by part; the answer names the place of the upload.
    pub async fn announce(&mut self, name: &str, size: usize) -> Reply {
        let name = format!("filename {}", data_encoding::BASE64.encode(name.as_bytes()));
        let headers = [("upload-length", size.to_string()), ("upload-metadata", name)];
        self.tus(Method::POST, "/uploads", &headers, Body::empty()).await
    }

    /// Sends the part of a file that begins at an offset; broken off after its bytes when `cut`.
    pub async fn send_part(&mut self, place: &str, at: usize, part: &[u8], cut: bool) -> Reply {
        let headers = [
            ("upload-offset", at.to_string()),
            ("content-type", "application/offset+octet-stream".to_owned()),
        ];
        let part = Ok(bytes::Bytes::copy_from_slice(part));
        let broken = cut.then(|| Err(std::io::Error::other("the line broke")));
        let body = Body::from_stream(futures_util::stream::iter([part].into_iter().chain(broken)));
        self.tus(Method::PATCH, place, &headers, body).await
    }

    /// A request of the protocol by which large files come in.
    pub async fn tus(
        &mut self,
        method: Method,
        place: &str,
        headers: &[(&str, String)],
        body: Body,
    ) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(place)
            .header(header::COOKIE, self.cookie_header())
            .header("tus-resumable", "1.0.0")
            .header("x-csrf", &self.csrf);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.request(request.body(body).expect("a request")).await
    }

    /// Sends a file with an explanation in a round.
    pub async fn supplement(&mut self, path: &str, round: &str, name: &str, content: &[u8]) -> Reply {
        let mut body = self.parts(name, content);
        let head = "\r\n--B\r\ncontent-disposition: form-data; name=\"round\"\r\n\r\n";
        body.extend_from_slice(format!("{head}{round}\r\n--B--\r\n").as_bytes());
        self.send_parts(path, body).await
    }

    /// Sends a form with fields and a file.
    pub async fn parts_with(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (name, content): (&str, &[u8]),
    ) -> Reply {
        let mut body = Vec::new();
        let token = self.csrf.clone();
        for (name, value) in [("csrf", token.as_str())].iter().chain(fields) {
            let head = format!("\r\n--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}");
            body.extend_from_slice(head.as_bytes());
        }
        let head =
            format!("\r\n--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--B--\r\n");
        self.send_parts(path, body).await
    }

    /// Sends the form of a document whose files have come in already.
    pub async fn attach_uploads(&mut self, path: &str, uploads: &str) -> Reply {
        let mut body = Vec::new();
        for (name, value) in [("csrf", self.csrf.as_str()), ("number", "15/BC"), ("upload", uploads)] {
            let head = format!("\r\n--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}");
            body.extend_from_slice(head.as_bytes());
        }
        body.extend_from_slice(b"\r\n--B--\r\n");
        self.send_parts(path, body).await
    }

    /// The form up to the last byte of its file.
    fn parts(&self, name: &str, content: &[u8]) -> Vec<u8> {
        let mut body = Vec::new();
        let mut part = |head: &str, content: &[u8]| {
            body.extend_from_slice(
                format!("\r\n--B\r\ncontent-disposition: form-data; {head}\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(content);
        };
        part("name=\"csrf\"", self.csrf.as_bytes());
        part("name=\"note\"", "Bản đầu".as_bytes());
        part(&format!("name=\"file\"; filename=\"{name}\""), content);
        body
    }

    async fn send_parts(&mut self, path: &str, body: Vec<u8>) -> Reply {
        let request = Request::post(path)
            .header(header::COOKIE, self.cookie_header())
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
            .body(Body::from(body));
        self.request(request.expect("a request")).await
    }

    /// Its cookies, as it sends them.
    #[must_use]
    pub fn cookie_header(&self) -> String {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        cookies.join("; ")
    }

    async fn send(&mut self, method: Method, path: &str, form: Option<String>) -> Reply {
        let mut request =
            Request::builder().method(method).uri(path).header(header::COOKIE, self.cookie_header());
        if form.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(Body::from(form.unwrap_or_default())).expect("a request");
        self.request(request).await
    }

    /// Sends any request.
    ///
    /// # Panics
    /// When the application answers nothing at all.
    pub async fn request(&mut self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap_or_default());
        }
        let body = to_bytes(body, MAX).await.expect("a body");
        let text = String::from_utf8_lossy(&body).into_owned();
        if let Some((_, rest)) = text.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest.chars().take_while(|each| *each != '"').collect();
        }
        let location =
            parts.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let bytes = body.to_vec();
        Reply { status: parts.status.as_u16(), location, headers: parts.headers, text, bytes }
    }

    fn keep(&mut self, cookie: &str) {
        let Some((name, rest)) = cookie.split_once('=') else { return };
        let value = rest.split(';').next().unwrap_or_default();
        if value.is_empty() || rest.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// A form as browsers write it.
fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        let byte = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(byte).collect::<String>()
    };
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}
