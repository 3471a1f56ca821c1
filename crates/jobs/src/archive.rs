//! One archive of one moment: every table as lines of JSON, every file, a manifest of hashes. It restores into either kind of
//! database and either kind of place.

mod read;
mod write;

pub use read::{Restored, restore};
pub use write::write;

use std::path::Path;

use parindex_domain::audit::{Broken, digest};
use parindex_domain::moment::local;
use parindex_files::FilesError;
use parindex_package::system_words;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::backup::Recorded;
use parindex_store::job::{ByJob, Job};
use parindex_store::person::PersonFilter;
use parindex_store::{Refusal, StoreError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::worker::{Backups, Failed, Worker, commit};

/// The format that is written; the ones before it are read too.
pub const FORMAT: u32 = 5;
/// Where the archive says what is in it.
const MANIFEST: &str = "manifest.json";

/// What an archive says of itself.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Manifest {
    /// The format.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When, in microseconds since 1970.
    pub created_at: i64,
    /// The tables in it.
    pub tables: Vec<Table>,
    /// How many files; each is named by its hash.
    #[serde(default)]
    pub files: u64,
}

impl Manifest {
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

    fn text(&self) -> Result<String, ArchiveError> {
        serde_json::to_string_pretty(self).map_err(|error| ArchiveError::Unreadable(error.to_string()))
    }
}

/// One table in it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// How many rows.
    pub rows: u64,
    /// The hash of all lines.
    pub sha256: String,
}

/// Why there is no archive, or nothing from it.
#[derive(Debug)]
pub enum ArchiveError {
    /// The archive cannot be written or read.
    Unreadable(String),
    /// Something stands there already; a backup never takes its place.
    Exists,
    /// A format that this program does not know.
    Format(u32),
    /// The manifest lacks tables or has too many.
    Tables,
    /// A table is not what the manifest says.
    Altered(String),
    /// A file that a row names is not in it, or is not what its name says.
    File(String),
    /// The log in it is not intact.
    Log(Broken),
    /// The database refuses.
    Refused(Refusal),
    /// The place of the files fails.
    Files(FilesError),
}

impl From<StoreError> for ArchiveError {
    fn from(error: StoreError) -> Self {
        Self::Refused(Refusal::Store(error))
    }
}

impl From<Refusal> for ArchiveError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FilesError> for ArchiveError {
    fn from(error: FilesError) -> Self {
        Self::Files(error)
    }
}

impl From<std::io::Error> for ArchiveError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return Self::Exists;
        }
        Self::Unreadable(system_words(&error))
    }
}

impl From<zip::result::ZipError> for ArchiveError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => error.into(),
            other => Self::Unreadable(other.to_string()),
        }
    }
}

impl Say for ArchiveError {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable(why) => why.clone(),
            Self::Exists => lang
                .pick(
                    "đã có tệp tên này; bản sao lưu không ghi đè lên tệp nào, hãy chọn tên khác",
                    "a file of this name is there; a backup overwrites none, choose another name",
                )
                .to_owned(),
            Self::Format(format) => lang.pick(
                format!("bản sao lưu dạng {format}, chương trình này đọc đến dạng {FORMAT}; hãy dùng bản mới hơn"),
                format!("a backup of format {format}, this program reads up to {FORMAT}; use a newer one"),
            ),
            Self::Tables => lang
                .pick(
                    "bản kê thiếu hoặc thừa bảng; tệp đã hỏng hoặc bị sửa, chưa phục hồi gì",
                    "the manifest lacks tables or has too many; nothing was restored",
                )
                .to_owned(),
            Self::Altered(table) => lang.pick(
                format!("bảng «{table}» không khớp với bản kê; tệp đã hỏng hoặc bị sửa, chưa phục hồi gì"),
                format!(
                    "table “{table}” does not match the manifest; the file is damaged or was altered, nothing was restored"
                ),
            ),
            Self::File(hash) => lang.pick(
                format!("tệp minh chứng {hash} thiếu hoặc đã bị sửa; cơ sở dữ liệu chưa phục hồi gì"),
                format!("the evidence file {hash} is missing or was altered; the database was not restored"),
            ),
            Self::Log(broken) => broken.say(lang),
            Self::Refused(refusal) => refusal.say(lang),
            Self::Files(error) => error.say(lang),
        }
    }
}

impl From<ArchiveError> for Failed {
    fn from(error: ArchiveError) -> Self {
        Self::ForNow(error.say(Lang::Vi))
    }
}

fn hex(sum: Sha256) -> String {
    data_encoding::HEXLOWER.encode(&sum.finalize())
}

/// The backup of a night. It never takes the place of another one, and a database in which nobody has an account is not worth
/// the place of any: more likely its disk is not there.
pub(crate) async fn nightly(worker: &Worker, backups: &Backups, job: Job, now: i64) -> Result<(), Failed> {
    if worker.store.count_people(&PersonFilter::everybody()).await? == 0 {
        return Err(Failed::ForGood("cơ sở dữ liệu chưa có tài khoản nào nên không sao lưu".to_owned()));
    }
    std::fs::create_dir_all(&backups.folder).map_err(ArchiveError::from)?;
    let target = backups.folder.join(name(now));
    let manifest = write(&worker.store, &worker.files, &target, now).await?;
    remove_old(backups, now).map_err(ArchiveError::from)?;
    let said = format!("{} dòng, {} tệp: {}", manifest.rows(), manifest.files, target.display());
    let change = Recorded::Backup { manifest: manifest.hash()? };
    commit(&worker.store, now, ByJob { job, said, change }).await
}

/// How the time stands in a name: names are in the order of time.
const TIME: &str = "%Y-%m-%d-%H%M%S";

/// The name of the archive of a moment, by the clocks of Vietnam.
fn name(now: i64) -> String {
    format!("parindex-{}.zip", local(now).strftime(TIME))
}

/// Whether a name is one of ours; archives that people made by hand are not for us to remove.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let time = name.strip_prefix("parindex-").and_then(|rest| rest.strip_suffix(".zip"));
    time.is_some_and(|time| jiff::civil::DateTime::strptime(TIME, time).is_ok())
}

/// Removes all but the newest archives, and what is left of those that were cut off more than a day ago.
fn remove_old(backups: &Backups, now: i64) -> std::io::Result<()> {
    let entries = std::fs::read_dir(&backups.folder)?.map(|entry| entry.map(|entry| entry.path()));
    let all = entries.collect::<std::io::Result<Vec<_>>>()?;
    let (mut ours, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|path| is_ours(path));
    ours.sort();
    for old in ours.iter().rev().skip(backups.keep.max(1)) {
        std::fs::remove_file(old)?;
    }
    for part in rest.iter().filter(|path| path.extension().is_some_and(|ending| ending == PART)) {
        let changed = std::fs::metadata(part)?.modified()?.duration_since(std::time::UNIX_EPOCH);
        let changed = changed.map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX));
        if changed.saturating_add(DAY) < now {
            std::fs::remove_file(part)?;
        }
    }
    Ok(())
}

/// The ending of an archive that is not whole yet.
const PART: &str = "part";
const DAY: i64 = 24 * 3_600 * 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_archives_that_we_named_are_ours() {
        assert_eq!(name(1_772_413_200_000_000), "parindex-2026-03-02-080000.zip");
        for ours in ["parindex-2026-03-02-080000.zip", "x/parindex-1999-12-31-235959.zip"] {
            assert!(is_ours(Path::new(ours)), "{ours}");
        }
        for other in [
            "parindex-truoc-nang-cap.zip",
            "parindex-2026-01-01-tay.zip",
            "parindex-2026-03-02-080000.part",
            "x.zip",
        ] {
            assert!(!is_ours(Path::new(other)), "{other}");
        }
    }
}
