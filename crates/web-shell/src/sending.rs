//! What is known of a form that was sent: by its identifier and its content it is known again when it is sent twice.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use axum::http::Method;
use axum::http::request::Parts;
use parindex_service::token::{Token, hash_of};
use parindex_store::sent::Sent;
use sha2::{Digest, Sha256};

/// The field that carries the identifier. Not called `form`: in scripts `element.form` would then be this field and not the form.
pub const FIELD: &str = "once";
/// What an address carries on whose page it is said that the form had been sent with other content before.
pub const ANOTHER: &str = "another=1";

/// What is known of the form of a request; all who handle the request share it.
#[derive(Clone, Default)]
pub struct Sending(Arc<Inner>);

#[derive(Default)]
struct Inner {
    form: OnceLock<Form>,
    another: AtomicBool,
}

/// A form that was sent. The database has only hashes of the two: what was typed, passwords too, cannot be guessed from them
/// without the identifier, which stands nowhere but on the page of whoever sent it.
struct Form {
    identifier: String,
    sent: Sent,
}

impl std::fmt::Debug for Sending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sending(…)")
    }
}

impl Sending {
    /// Of a request that is on its way in.
    pub fn of(parts: &Parts) -> Self {
        let asked = parts.uri.query().unwrap_or_default();
        let another = parts.method == Method::GET && asked.split('&').any(|each| each == ANOTHER);
        let sending = Self::default();
        sending.0.another.store(another, Ordering::Relaxed);
        sending
    }

    /// Whether the page says that the form had been sent with other content before.
    #[must_use]
    pub fn another(&self) -> bool {
        self.0.another.load(Ordering::Relaxed)
    }

    /// Says on the page that comes now whether the form had been sent with other content before.
    pub fn set_another(&self, another: bool) {
        self.0.another.store(another, Ordering::Relaxed);
    }

    /// The form, where it can be known again.
    #[must_use]
    pub fn sent(&self) -> Option<&Sent> {
        self.0.form.get().map(|form| &form.sent)
    }

    /// A secret that the form makes: the same one when it is sent again, so that it can be shown again. Without a form that can be
    /// known again, a new one.
    ///
    /// # Errors
    /// When the operating system has no randomness.
    pub fn token(&self, number: usize) -> Result<Token, getrandom::Error> {
        let Some(form) = self.0.form.get() else { return Token::new() };
        Ok(Token::derived(&["made", &form.identifier, &form.sent.content, &number.to_string()]))
    }
}

/// What is in a form, field by field.
#[derive(Default)]
pub struct Content {
    identifier: Option<String>,
    content: Sha256,
}

impl Content {
    /// With a field. A form that is kept and sent from elsewhere may end its lines in another way.
    pub fn field(&mut self, name: &str, text: &str) {
        match name {
            "csrf" => {}
            FIELD => self.identifier = Token::looks_like(text).then(|| text.to_owned()),
            _ => self.part(name, text.replace("\r\n", "\n").as_bytes()),
        }
    }

    /// With a file, by the hash of what is in it.
    pub fn file(&mut self, name: &str, called: &str, hash: &str) {
        self.part(name, called.as_bytes());
        self.part(name, hash.as_bytes());
    }

    fn part(&mut self, name: &str, value: &[u8]) {
        for each in [name.as_bytes(), value] {
            // With its length, so that no two forms read the same.
            self.content.update((each.len() as u64).to_be_bytes());
            self.content.update(each);
        }
    }

    /// Keeps this as what was sent to a path. Without an identifier nothing is kept.
    pub fn keep(self, sending: &Sending, path: &str) {
        let Some(identifier) = self.identifier else { return };
        let content = data_encoding::HEXLOWER.encode(&self.content.finalize());
        let sent = Sent {
            form: hash_of(&format!("form {path} {identifier}")),
            content: hash_of(&format!("content {identifier} {content}")),
        };
        let _the_first_counts = sending.0.form.set(Form { identifier, sent });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_forms_read_the_same() {
        let of = |fields: &[(&str, &str)]| {
            let mut content = Content::default();
            for (name, text) in fields {
                content.field(name, text);
            }
            content.content.finalize()
        };
        assert_eq!(of(&[("a", "1"), ("csrf", "x")]), of(&[("csrf", "y"), ("a", "1")]));
        assert_eq!(of(&[("a", "1\r\n2")]), of(&[("a", "1\n2")]));
        assert_ne!(of(&[("a", "1"), ("b", "2")]), of(&[("a", "1b"), ("", "2")]));
        assert_ne!(of(&[("a", "12")]), of(&[("a1", "2")]));
    }
}
