//! `parindex backup`, `restore`: one archive of one moment; restores either kind of database.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use parindex_files::{FilePlace, Files};
use parindex_jobs::archive::{self, ArchiveError, Fingerprint, Identity, Restored, Terms};
use parindex_jobs::check_files::Faulty;
use parindex_package::system_words;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::backup::Recorded;
use parindex_store::{Actor, Store, file_url};

use super::admin::CONSOLE;
use super::server::{database, files, keep_results, maker, now, open, wait};
use super::{CommandResult, path, word};
use crate::console::Console;
use crate::failure::CommandFailure;
use crate::key::{known_signing_keys, signing_path};
use crate::settings::{Installation, read};

fn failed(what: &Path, error: &impl Say) -> CommandFailure {
    let shown = what.display();
    CommandFailure::message(
        format!("{shown}: {}", error.say(Lang::Vi)),
        format!("{shown}: {}", error.say(Lang::En)),
    )
}

/// Makes one while others work.
pub fn backup(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let target = path(arguments, "file");
    let (manifest, maker) = wait(async {
        let (settings, store) = open(arguments).await?;
        let (maker, files) = (maker(&settings)?, files(&settings)?);
        let failed = |error: ArchiveError| failed(&target, &error);
        let manifest = archive::write((&store, &files), &maker, &target, now()).await.map_err(failed)?;
        let recorded = Recorded::Backup { manifest: manifest.hash().map_err(failed)? };
        let noted = store.commit(&Actor::console(CONSOLE), now(), recorded).await;
        noted.map_err(|refusal| failed(refusal.into()))?;
        Ok((manifest, maker))
    })?;
    let (rows, tables, files, shown) =
        (manifest.rows(), manifest.tables.len(), manifest.files, target.display());
    console.line(console.lang.pick(
        format!("Đã sao lưu {rows} dòng của {tables} bảng và {files} tệp vào {shown}."),
        format!("{rows} rows of {tables} tables and {files} files are in {shown}."),
    ));
    let key = maker.key.fingerprint().map(|key| key.to_string()).unwrap_or_default();
    console.line(console.lang.pick(
        format!("Dấu khóa ký: {key}. Hãy ghi lại ở nơi khác: khi phục hồi trên máy khác sẽ cần."),
        format!("Signed with the key {key}. Note it elsewhere: a restore on another machine asks for it."),
    ));
    lacking(&manifest.missing, console);
    Ok(())
}

/// Says what an archive does not hold.
fn lacking(missing: &[Faulty], console: &Console) {
    if missing.is_empty() {
        return;
    }
    let of = missing.len();
    Console::remark(&console.lang.pick(
        format!("LƯU Ý: bản sao lưu không có {of} tệp, vì lúc sao lưu chúng không còn như đã nhận:"),
        format!(
            "NOTE: the backup lacks {of} files, because they were not as they should be when it was made:"
        ),
    ));
    for faulty in missing {
        Console::remark(&format!("  {}", faulty.say(console.lang)));
    }
}

/// Which archives are taken: ours, and what the flags say.
fn terms(arguments: &ArgMatches, settings: &Installation) -> Result<Terms, CommandFailure> {
    let known = known_signing_keys(&signing_path(&settings.keys.value))?;
    let keys = known.into_iter().flat_map(|(key, former)| std::iter::once(key).chain(former));
    let accept = word(arguments, "accept-key").map(|typed| {
        Fingerprint::parse(typed).ok_or_else(|| {
            CommandFailure::message(
                format!("«{typed}» không phải dấu khóa: dấu khóa gồm 32 chữ số 0–9, a–f"),
                format!("“{typed}” is no fingerprint: one has 32 digits 0–9, a–f"),
            )
        })
    });
    Ok(Terms {
        keys: keys.filter_map(|key| key.public()).collect(),
        accept: accept.transpose()?,
        unsigned: arguments.get_flag("unsigned"),
        identities: arguments
            .get_one::<PathBuf>("identity")
            .map_or(Ok(Vec::new()), |path| identities(path))?,
    })
}

/// The keys in a file, as `age-keygen` writes it.
fn identities(path: &Path) -> Result<Vec<Identity>, CommandFailure> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let error = system_words(&error);
        CommandFailure::message(
            format!("không đọc được {shown}: {error}"),
            format!("{shown} cannot be read: {error}"),
        )
    })?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys = lines.map(|line| line.parse().ok()).collect::<Option<Vec<Identity>>>();
    keys.filter(|keys| !keys.is_empty()).ok_or_else(|| {
        CommandFailure::message(
            format!("{shown} không phải tệp khóa mở: mỗi dòng phải là một khóa AGE-SECRET-KEY-…, như age-keygen ghi ra"),
            format!("{shown} is no file of keys: each line must be a key AGE-SECRET-KEY-…, as age-keygen writes it"),
        )
    })
}

/// Restores into an empty database, or only rehearses it in one that is thrown away.
pub fn restore(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let source = path(arguments, "file");
    let rehearsal = arguments.get_flag("rehearse");
    let restored = wait(async {
        let terms = terms(arguments, &read(arguments)?)?;
        if rehearsal {
            return rehearse(&source, &terms).await;
        }
        let (settings, store) = open(arguments).await?;
        let restored = into((&store, &files(&settings)?), &source, &terms).await?;
        // An archive of an earlier version holds results that are not kept yet.
        keep_results(&store).await?;
        Ok(restored)
    })?;
    let Restored { last, files, missing, whose } = restored;
    console.line(format!("{}.", whose.say(console.lang)));
    console.line(if rehearsal {
        console.lang.pick(
            format!("Diễn tập tốt: bản sao lưu phục hồi được cùng {files} tệp, nhật ký nguyên vẹn đến dòng {last}. Hệ thống đang chạy không bị động đến."),
            format!("The rehearsal went well: the backup restores with {files} files, its log is intact up to row {last}. The running system was not touched."),
        )
    } else {
        console.lang.pick(
            format!("Đã phục hồi cùng {files} tệp; nhật ký nguyên vẹn đến dòng {last}."),
            format!("Restored with {files} files; the log is intact up to row {last}."),
        )
    });
    lacking(&missing, console);
    Ok(())
}

async fn rehearse(source: &Path, terms: &Terms) -> Result<Restored, CommandFailure> {
    let folder = tempfile::tempdir()?;
    let url = file_url(&folder.path().join("rehearsal.db"));
    let store = Store::connect(&url).await.map_err(|error| database(&error))?;
    store.migrate().await.map_err(|error| database(&error))?;
    let files = Files::open(&FilePlace::Folder(folder.path().join("files")));
    let files = files.map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
    into((&store, &files), source, terms).await
}

async fn into(place: (&Store, &Files), source: &Path, terms: &Terms) -> Result<Restored, CommandFailure> {
    let restored = archive::restore(place, source, terms, (&Actor::console(CONSOLE), now())).await;
    restored.map_err(|error| failed(source, &error))
}
