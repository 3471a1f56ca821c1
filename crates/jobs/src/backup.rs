//! The backup of every night, and how many of them stay.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use parindex_domain::moment::local;
use parindex_files::Files;
use parindex_rulebook::lang::Lang;
use parindex_store::Store;
use parindex_store::backup::Recorded;
use parindex_store::job::{ByJob, Job};
use parindex_store::person::PersonFilter;

use crate::archive::{ArchiveError, BackupManifest, PART, write};
use crate::check_files::told;
use crate::failed::{Failed, commit};
use crate::plan::Backups;

/// How the time stands in a name: names are in the order of time.
const TIME: &str = "%Y-%m-%d-%H%M%S";
/// Stands in the name of one that lacks files.
const LACKING: &str = "-incomplete";
const DAY: i64 = 24 * 3_600 * 1_000_000;

/// Makes it. It never takes the place of another one, and a database in which nobody has an account is not worth
/// the place of any: more likely its disk is not there.
pub(crate) async fn run(
    (store, files): (&Store, &Files),
    backups: &Backups,
    job: Job,
    now: i64,
) -> Result<(), Failed> {
    if store.count_people(&PersonFilter::everybody()).await? == 0 {
        return Err(Failed::ForGood("cơ sở dữ liệu chưa có tài khoản nào nên không sao lưu".to_owned()));
    }
    folder(&backups.folder).map_err(ArchiveError::from)?;
    let maker = &backups.maker;
    let target = backups.folder.join(name(now, maker.recipient.is_some(), false));
    let manifest = write((store, files), maker, &target, now).await?;
    let target = named_lacking(target, &manifest, now)?;
    remove_old(backups, now).map_err(ArchiveError::from)?;
    let change = Recorded::Backup { manifest: manifest.hash()? };
    let said = said(&manifest, &target);
    commit(store, now, ByJob { job, said, change }).await
}

fn said(manifest: &BackupManifest, target: &Path) -> String {
    let all = format!("{} dòng, {} tệp: {}", manifest.rows(), manifest.files, target.display());
    match told(&manifest.missing, Lang::Vi) {
        None => all,
        Some(told) => {
            let lacking = manifest.missing.len();
            tracing::warn!(
                event = "backup.incomplete",
                lacking,
                told,
                "the backup lacks files that were not there"
            );
            format!("{all}. LƯU Ý: bản sao lưu không có {lacking} tệp vì lúc sao lưu {told}")
        }
    }
}

/// A folder that its owner alone reads.
fn folder(path: &Path) -> std::io::Result<()> {
    let mut folder = std::fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(path)
}

/// The name of the archive of a moment, by the clocks of Vietnam.
fn name(now: i64, encrypted: bool, lacking: bool) -> String {
    let (lacking, ending) = (if lacking { LACKING } else { "" }, if encrypted { ".zip.age" } else { ".zip" });
    format!("parindex-{}{lacking}{ending}", local(now).strftime(TIME))
}

/// One that lacks files says so in its name: another program, or a person, must see which to keep.
fn named_lacking(target: PathBuf, manifest: &BackupManifest, now: i64) -> Result<PathBuf, ArchiveError> {
    if manifest.missing.is_empty() {
        return Ok(target);
    }
    let encrypted = target.extension().is_some_and(|ending| ending == "age");
    let named = target.with_file_name(name(now, encrypted, true));
    if named.exists() {
        return Err(ArchiveError::Exists);
    }
    std::fs::rename(&target, &named)?;
    Ok(named)
}

/// Whether a name is one of ours; archives that people made by hand are not for us to remove.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let rest = name.strip_prefix("parindex-");
    let time = rest.and_then(|rest| rest.strip_suffix(".zip").or_else(|| rest.strip_suffix(".zip.age")));
    let time = time.map(|time| time.strip_suffix(LACKING).unwrap_or(time));
    time.is_some_and(|time| jiff::civil::DateTime::strptime(TIME, time).is_ok())
}

fn is_lacking(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains(LACKING))
}

/// Removes all but the newest archives, and what is left of those that were cut off more than a day ago.
fn remove_old(backups: &Backups, now: i64) -> std::io::Result<()> {
    let entries = std::fs::read_dir(&backups.folder)?.map(|entry| entry.map(|entry| entry.path()));
    let all = entries.collect::<std::io::Result<Vec<_>>>()?;
    let (ours, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|path| is_ours(path));
    let kept = kept(&ours, backups.keep);
    for old in ours.iter().filter(|path| !kept.contains(*path)) {
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

/// The newest ones; and the newest that lacks nothing, however old: those after it may lack what only it has.
fn kept(ours: &[PathBuf], keep: usize) -> HashSet<PathBuf> {
    let mut newest: Vec<&PathBuf> = ours.iter().collect();
    newest.sort_by(|one, other| other.cmp(one));
    let whole = newest.iter().find(|path| !is_lacking(path)).copied();
    newest.into_iter().take(keep.max(1)).chain(whole).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_archives_that_we_named_are_ours() {
        let moment = 1_772_413_200_000_000;
        assert_eq!(name(moment, false, false), "parindex-2026-03-02-080000.zip");
        assert_eq!(name(moment, true, true), "parindex-2026-03-02-080000-incomplete.zip.age");
        for ours in [
            "parindex-2026-03-02-080000.zip",
            "x/parindex-1999-12-31-235959.zip",
            "parindex-2026-03-02-080000.zip.age",
            "parindex-2026-03-02-080000-incomplete.zip",
        ] {
            assert!(is_ours(Path::new(ours)), "{ours}");
        }
        for other in [
            "parindex-truoc-nang-cap.zip",
            "parindex-2026-01-01-tay.zip",
            "parindex-2026-03-02-080000.part",
            "parindex-2026-03-02-080000.age",
            "x.zip",
        ] {
            assert!(!is_ours(Path::new(other)), "{other}");
        }
    }

    #[test]
    fn archives_that_lack_files_never_push_out_the_last_whole_one() {
        let path =
            |day: u8, lacking: &str| PathBuf::from(format!("parindex-2026-03-{day:02}-020000{lacking}.zip"));
        let ours: Vec<PathBuf> = (1..=9).map(|day| path(day, if day > 3 { LACKING } else { "" })).collect();
        let kept = kept(&ours, 2);
        assert_eq!(kept, [path(9, LACKING), path(8, LACKING), path(3, "")].into());
    }
}
