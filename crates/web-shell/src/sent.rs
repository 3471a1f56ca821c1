//! What somebody typed into a form, as it was sent: read beside the handlers, so that none of them has to think of it.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use crate::file_name::plain;
use crate::sending::FIELD;

/// More than any form has, in bytes.
pub(crate) const MAX: usize = 1024 * 1024;
/// Fields of one form; the widest page has a few thousand.
const MAX_FIELDS: usize = 20_000;

tokio::task_local! {
    static SENT: RefCell<SentFields>;
}

/// The fields of a form and the names of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct SentFields {
    /// Name and text, in the order of the form.
    pub fields: Vec<(String, String)>,
    /// Files cannot be kept; they are named, so that they can be chosen again.
    pub files: Vec<String>,
    #[serde(skip)]
    size: usize,
}

impl SentFields {
    /// Adds a field. What opens an account is none that comes back, nor what binds a form to its session and to its rendering.
    pub fn push(&mut self, name: &str, text: &str) {
        let never = ["csrf", FIELD, "password", "again", "old", "secret"].contains(&name);
        let size = self.size + name.len() + text.len();
        if !never && size <= MAX && self.fields.len() < MAX_FIELDS {
            self.size = size;
            self.fields.push((name.to_owned(), text.to_owned()));
        }
    }

    /// Adds the name of a file.
    pub fn push_file(&mut self, name: &str) {
        let name = plain(name);
        if !name.is_empty() && self.files.len() < 20 {
            self.files.push(name);
        }
    }

    /// The texts of a field: more than one where the form has it more than once.
    pub fn texts<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.fields.iter().filter(move |(of, _)| of == name).map(|(_, text)| text.as_str())
    }

    /// The fields of a form to an address in which somebody wrote or chose something.
    pub fn typed<'s>(&'s self, action: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        let typed =
            move |(name, text): &&(String, String)| !text.trim().is_empty() && !of_the_page(action, name);
        self.fields.iter().filter(typed).map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Of these the ones in which somebody wrote: what was chosen is a word of the program, and nothing to be copied.
    pub fn written<'s>(&'s self, action: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.typed(action).filter(|(name, _)| !CHOSEN.contains(name))
    }
}

/// What the page itself writes into its forms: which revision was seen, what the form is about, which button was pressed.
const OWN: [&str; 15] = [
    "member", "members", "round", "at", "block", "back", "next", "stay", "enter", "knowing", "without", "na",
    "here", "parent", "upload",
];
/// The same under names that stand for typed fields elsewhere, by how the address ends that the form leads to.
const OWN_AT: [(&str, &str); 3] = [("/accept", "criterion"), ("/council", "criterion"), ("/move", "to")];
/// What is chosen from a list: its values are words of the program and numbers of rows.
const CHOSEN: [&str; 14] = [
    "base",
    "go_on",
    "level",
    "like",
    "node",
    "person",
    "replaces",
    "reuse",
    "role",
    "ruling",
    "visibility",
    "standing",
    "version",
    "with_people",
];

fn of_the_page(action: &str, name: &str) -> bool {
    let at = |(end, own): &(&str, &str)| action.ends_with(end) && *own == name;
    OWN.contains(&name) || OWN_AT.iter().any(at) || is_seen(name)
}

/// Whether a field, where a page writes it, says what its form is about.
#[must_use]
pub fn is_about(name: &str) -> bool {
    ["member", "criterion", "at", "round", "block"].contains(&name)
}

/// Whether a field says what its writer had seen when he wrote.
#[must_use]
pub fn is_seen(name: &str) -> bool {
    ["looked", "revision", "from", "seen", "was"].contains(&name)
        || name.split('.').any(|part| part == "seen" || part == "was")
}

/// Whether forms of an address hold what opens an account: nothing of them is kept or shown again here.
#[must_use]
pub fn has_secrets(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    ["sign-in", "sign-out", "invitation", "account", "preference", "session", "uploads"].contains(&first)
}

/// Runs the handlers while what they read of a form is written down; gives both back.
pub async fn listening<T>(handlers: impl Future<Output = T>) -> (T, SentFields) {
    let both = async {
        let answer = handlers.await;
        (answer, SENT.try_with(RefCell::take).unwrap_or_default())
    };
    SENT.scope(RefCell::default(), both).await
}

/// A field was read.
pub fn record(name: &str, text: &str) {
    let _nobody_listens = SENT.try_with(|sent| sent.borrow_mut().push(name, text));
}

/// A file was read.
pub fn record_file(name: &str) {
    let _nobody_listens = SENT.try_with(|sent| sent.borrow_mut().push_file(name));
}

/// All fields of a form were read.
pub fn record_all(fields: &[(String, String)]) {
    let _nobody_listens = SENT.try_with(|sent| {
        for (name, text) in fields {
            sent.borrow_mut().push(name, text);
        }
    });
}

/// All of a form was read, and it was read alone.
pub fn record_instead(sent: SentFields) {
    let _nobody_listens = SENT.try_with(|recorded| recorded.replace(sent));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_an_account_is_never_kept() {
        let mut sent = SentFields::default();
        for (name, text) in [
            ("csrf", "a"),
            (FIELD, "lKr70m"),
            ("password", "b"),
            ("old", "c"),
            ("text", "Giải trình"),
            ("seen.na", "4"),
            ("ruling", "adjust"),
        ] {
            sent.push(name, text);
        }
        assert_eq!(sent.typed("/x").collect::<Vec<_>>(), [("text", "Giải trình"), ("ruling", "adjust")]);
        assert_eq!(sent.written("/x").collect::<Vec<_>>(), [("text", "Giải trình")], "nothing to be copied");
        assert_eq!(sent.texts("seen.na").next(), Some("4"), "what was seen goes with it");
        assert!(is_seen("12.was.v.a") && is_seen("seen.note") && !is_seen("reason"));
    }

    fn attribute(tag: &str, name: &str) -> String {
        let (_, rest) = tag.split_once(&format!("{name}=\"")).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// The hidden fields of our templates, each with the address that its form leads to.
    fn hidden_fields(html: &str) -> Vec<(String, String)> {
        let (mut action, mut found) = (String::new(), Vec::new());
        for tag in html.split('<') {
            if tag.starts_with("form ") {
                action = attribute(tag, " action");
            }
            if tag.starts_with("input") && tag.contains("type=\"hidden\"") {
                found.push((action.clone(), attribute(tag, " name")));
            }
        }
        found
    }

    /// The templates below a folder.
    fn templates(folder: &std::path::Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        let files = files.into_iter().map(|path| std::fs::read_to_string(path).unwrap());
        files.chain(folders.iter().flat_map(|folder| templates(folder))).collect()
    }

    #[test]
    fn nothing_that_a_page_writes_into_its_forms_is_taken_for_typed() {
        let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let parts =
            ["web-shell", "web-office", "web-campaign"].map(|part| crates.join(part).join("templates"));
        let all: Vec<String> = parts.iter().flat_map(|part| templates(part)).collect();
        let all: Vec<(String, String)> = all.iter().flat_map(|html| hidden_fields(html)).collect();
        // A filter of a list sends nothing that is refused; what opens an account never comes back.
        let posted =
            all.iter().filter(|(action, _)| !action.ends_with("/units/tree") && !has_secrets(action));
        let mut count = 0;
        for (action, name) in posted {
            let mut sent = SentFields::default();
            sent.push(name, "lKr70m");
            assert_eq!(sent.typed(action).next(), None, "«{name}» of the form to «{action}»");
            count += 1;
        }
        assert!(count > 20, "{count}");
    }

    #[test]
    fn more_than_a_form_has_is_not_taken() {
        let mut sent = SentFields::default();
        sent.push("text", &"a".repeat(MAX + 1));
        assert!(sent.fields.is_empty());
        (0..30).for_each(|_| sent.push_file("báo cáo.pdf"));
        assert_eq!(sent.files.len(), 20);
    }

    #[tokio::test]
    async fn what_is_read_is_heard_by_whoever_listens() {
        record("text", "nobody listens");
        let ((), sent) = listening(async { record("text", "Đã nghe") }).await;
        assert_eq!(sent.fields, [("text".to_owned(), "Đã nghe".to_owned())]);
    }
}
