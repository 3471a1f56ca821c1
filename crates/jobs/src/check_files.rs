//! Files that the database names and that are not there, or not as they were: told by document, criterion and unit.
//!
//! Every night looks at the size of all and reads a share of them, so that each is read once in four weeks.

use parindex_domain::moment::Moment;
use parindex_files::{FileHash, Files, FilesError};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::file::Named;
use parindex_store::job::{ByJob, Job};
use parindex_store::upkeep::FilesChecked;
use parindex_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::failed::{Failed, commit};

/// Nights until each file was read.
const NIGHTS: i64 = 28;
const DAY: i64 = 24 * 3_600 * 1_000_000;
/// So many are told on the jobs page; the command line tells all.
const TOLD: usize = 5;

/// Why the files could not be looked at.
#[derive(Debug)]
pub enum CheckError {
    /// The database failed.
    Store(StoreError),
    /// The place of the files failed.
    Files(FilesError),
}

impl Say for CheckError {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Store(error) => error.say(lang),
            Self::Files(error) => error.say(lang),
        }
    }
}

impl From<StoreError> for CheckError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<FilesError> for CheckError {
    fn from(error: FilesError) -> Self {
        Self::Files(error)
    }
}

impl From<CheckError> for Failed {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Store(error) => error.into(),
            CheckError::Files(error) => error.into(),
        }
    }
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// It is not there.
    Missing,
    /// Its content is not what its name says.
    Altered,
    /// It is there and cannot be read.
    Unreadable,
}

/// A file that is not what it should be.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Faulty {
    /// The hash of its content as it should be.
    pub hash: String,
    /// What is wrong.
    pub fault: Fault,
    /// Where it is named.
    pub named: Vec<Named>,
}

impl Say for Faulty {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self.fault {
            Fault::Missing => ("thiếu", "missing"),
            Fault::Altered => ("đã bị sửa", "altered"),
            Fault::Unreadable => ("không đọc được", "unreadable"),
        };
        let named: Vec<String> = self.named.iter().map(|named| named.say(lang)).collect();
        let nothing = || lang.pick("không mục nào còn nêu tệp này", "nothing names it any more").to_owned();
        let where_named = if named.is_empty() { nothing() } else { named.join("; ") };
        let hash = &self.hash;
        lang.pick(format!("{vi}: {where_named} (tệp {hash})"), format!("{en}: {where_named} (file {hash})"))
    }
}

/// Which files are read whole.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FileReading {
    /// None; their sizes tell enough.
    None,
    /// The share of a night.
    Share(Moment),
    All,
}

impl FileReading {
    /// Whether a file is read: the first two digits of its hash say on which night.
    fn reads(self, hash: &str) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Share(now) => {
                let digits: String = hash.chars().take(2).collect();
                let share = i64::from_str_radix(&digits, 16).unwrap_or(0) % NIGHTS;
                share == now.div_euclid(DAY).rem_euclid(NIGHTS)
            }
        }
    }
}

/// What a check of all files found: how many fit their hashes, and which do not.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FileCheck {
    /// So many files the database names.
    pub files: usize,
    /// So many of them were read.
    pub read: usize,
    /// Those that are not as they should be, in the order of their hashes.
    pub faulty: Vec<Faulty>,
}

/// Looks at all files, and reads some.
///
/// # Errors
/// [`CheckError`] when the database or the place of the files fails.
pub async fn look(store: &Store, files: &Files, reading: FileReading) -> Result<FileCheck, CheckError> {
    // First what is named, then what is there: what comes in between is no fault.
    let named = store.file_sizes().await?;
    let there = files.sizes().await?;
    let (mut read, mut faults) = (0, Vec::new());
    for (hash, size) in &named {
        let fault = match there.get(hash) {
            None => Some(Fault::Missing),
            Some(found) if found != size => Some(Fault::Altered),
            Some(_) if reading.reads(hash) => {
                read += 1;
                fault_in(files, hash).await?
            }
            Some(_) => None,
        };
        faults.extend(fault.map(|fault| (hash.clone(), fault)));
    }
    Ok(FileCheck { files: named.len(), read, faulty: with_names(store, faults).await? })
}

/// Reads a file and says what is wrong with it.
async fn fault_in(files: &Files, hash: &str) -> Result<Option<Fault>, CheckError> {
    let Some(known) = FileHash::parse(hash) else { return Ok(Some(Fault::Altered)) };
    match files.check(&known).await {
        Ok(()) => Ok(None),
        Err(error) => fault_of(files, error).map(Some),
    }
}

/// What an error says of one file; a place that fails as a whole is no fault of a file.
///
/// # Errors
/// That error.
pub(crate) fn fault_of(files: &Files, error: FilesError) -> Result<Fault, CheckError> {
    match error {
        FilesError::NotFound(_) => Ok(Fault::Missing),
        FilesError::Altered(_) => Ok(Fault::Altered),
        // A sector that cannot be read stays so; a line that broke does not.
        FilesError::Unavailable(_) if files.folder().is_some_and(std::path::Path::is_dir) => {
            Ok(Fault::Unreadable)
        }
        other => Err(other.into()),
    }
}

/// Says where each is named.
pub(crate) async fn with_names(
    store: &Store,
    mut faults: Vec<(String, Fault)>,
) -> Result<Vec<Faulty>, CheckError> {
    faults.sort_by(|one, other| one.0.cmp(&other.0));
    let hashes: Vec<String> = faults.iter().map(|(hash, _)| hash.clone()).collect();
    let mut named = store.names_of(&hashes).await?;
    let with_name = |(hash, fault): (String, Fault)| {
        let named = named.remove(&hash).unwrap_or_default();
        Faulty { hash, fault, named }
    };
    Ok(faults.into_iter().map(with_name).collect())
}

/// The first of them in a sentence each, and how many more there are; nothing when there is none.
#[must_use]
pub fn told(faulty: &[Faulty], lang: Lang) -> Option<String> {
    let said: Vec<String> = faulty.iter().take(TOLD).map(|each| each.say(lang)).collect();
    let more = faulty.len().saturating_sub(said.len());
    let more = match more {
        0 => String::new(),
        more => lang.pick(format!("; và {more} tệp nữa"), format!("; and {more} more")),
    };
    (!said.is_empty()).then(|| format!("{}{more}", said.join("; ")))
}

/// The work of a night.
pub async fn run(store: &Store, files: &Files, job: Job, now: Moment) -> Result<(), Failed> {
    let FileCheck { files: all, read, faulty } = look(store, files, FileReading::Share(now)).await?;
    let Some(told) = told(&faulty, Lang::Vi) else {
        let said = format!("đủ {all} tệp; đã đọc lại {read} tệp, đều nguyên vẹn");
        let change = FilesChecked { files: all, read };
        return commit(store, now, ByJob { job, said, change }).await;
    };
    // Trying again changes nothing; somebody has to look.
    let of = faulty.len();
    Err(Failed::ForGood(format!(
        "{of} trong {all} tệp không còn như đã nhận, hãy lấy lại từ bản sao lưu (xem tất cả: parindex doctor): {told}"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_four_weeks_every_file_is_read_once() {
        for first in 0..=255_u8 {
            let hash = format!("{first:02x}{}", "0".repeat(62));
            let nights =
                (0..NIGHTS).filter(|night| FileReading::Share(20_000 * DAY + night * DAY).reads(&hash));
            assert_eq!(nights.count(), 1, "{hash}");
        }
        assert!(FileReading::All.reads("ff") && !FileReading::None.reads("ff"));
    }

    #[test]
    fn many_are_counted_and_none_is_told_as_nothing() {
        assert_eq!(told(&[], Lang::Vi), None);
        let named = vec![Named::Evidence {
            unit: "Sở Nội vụ".to_owned(),
            criterion: "1.1.2".to_owned(),
            name: "bao-cao.pdf".to_owned(),
        }];
        let one = Faulty { hash: "ab".to_owned(), fault: Fault::Missing, named };
        let said = told(&vec![one; 7], Lang::Vi).unwrap();
        assert!(said.starts_with("thiếu: «bao-cao.pdf» ở tiêu chí 1.1.2 của Sở Nội vụ (tệp ab); "), "{said}");
        assert!(said.ends_with("; và 2 tệp nữa"), "{said}");
    }
}
