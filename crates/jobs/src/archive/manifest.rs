//! What an archive says of itself.

use parindex_domain::audit::digest;
use parindex_domain::moment::{Moment, written};
use parindex_rulebook::lang::{Lang, Say};
use serde::{Deserialize, Serialize};

use super::{ArchiveError, Fingerprint};
use crate::check_files::Faulty;

/// What an archive says of itself.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct BackupManifest {
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When, in microseconds since 1970.
    pub created_at: i64,
    /// What the installation calls itself.
    #[serde(default)]
    pub title: String,
    /// The address by which people reach it.
    #[serde(default)]
    pub base_url: String,
    /// The tables in it.
    pub tables: Vec<ArchivedTable>,
    /// How many files; each is named by its hash.
    #[serde(default)]
    pub files: u64,
    /// Files that rows name and that were not there, or not as they should be, when it was made.
    #[serde(default)]
    pub missing: Vec<Faulty>,
}

/// One table in it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ArchivedTable {
    pub name: String,
    /// How many rows.
    pub rows: u64,
    /// The hash of all lines.
    pub sha256: String,
}

impl BackupManifest {
    /// How many rows all tables have.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// What the log keeps of it.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`]; it cannot happen for a manifest of ours.
    pub fn hash(&self) -> Result<String, ArchiveError> {
        Ok(digest(&self.text()?))
    }

    pub(super) fn text(&self) -> Result<String, ArchiveError> {
        serde_json::to_string_pretty(self).map_err(|error| ArchiveError::Unreadable(error.to_string()))
    }
}

/// Whose archive it is: as it says of itself, and whose key signed that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    /// What the installation calls itself; archives before format 5 do not say it.
    pub title: String,
    /// Its address.
    pub base_url: String,
    /// When it was made.
    pub made_at: Moment,
    /// By which version of the program.
    pub program: String,
    pub format: u32,
    /// Whose key signed it; nobody’s where none did.
    pub fingerprint: Option<Fingerprint>,
}

impl Whose {
    pub(super) fn new(manifest: &BackupManifest, fingerprint: Option<Fingerprint>) -> Self {
        Self {
            title: manifest.title.clone(),
            base_url: manifest.base_url.clone(),
            made_at: manifest.created_at,
            program: manifest.program.clone(),
            format: manifest.format,
            fingerprint,
        }
    }
}

impl Say for Whose {
    fn say(&self, lang: Lang) -> String {
        let Self { title, base_url, program, format, .. } = self;
        let when = written(self.made_at, lang);
        let by = if title.is_empty() {
            lang.pick("không rõ của hệ thống nào".to_owned(), "of an unknown installation".to_owned())
        } else {
            lang.pick(format!("của «{title}» ({base_url})"), format!("of “{title}” ({base_url})"))
        };
        let key = match &self.fingerprint {
            Some(key) => lang.pick(format!(", khóa ký {key}"), format!(", signed with the key {key}")),
            None => lang.pick(", không có chữ ký", ", not signed").to_owned(),
        };
        lang.pick(
            format!("Bản sao lưu {by}, lúc {when}, bằng parindex {program} (dạng {format}){key}"),
            format!("A backup {by}, made at {when} by parindex {program} (format {format}){key}"),
        )
    }
}
