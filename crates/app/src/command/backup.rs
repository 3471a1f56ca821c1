//! `parindex backup`, `restore`: one archive of one moment; restores either kind of database.

use std::path::Path;

use clap::ArgMatches;
use parindex_files::{Files, Place};
use parindex_jobs::archive::{self, ArchiveError, Restored};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::backup::Recorded;
use parindex_store::{Actor, Store};

use super::admin::CONSOLE;
use super::server::{database, files, now, open, wait};
use super::{Done, path};
use crate::console::Console;
use crate::failure::Failure;

fn failed(what: &Path, error: &impl Say) -> Failure {
    let shown = what.display();
    Failure::message(format!("{shown}: {}", error.say(Lang::Vi)), format!("{shown}: {}", error.say(Lang::En)))
}

/// Makes one while others work.
pub fn backup(arguments: &ArgMatches, console: &mut Console) -> Done {
    let target = path(arguments, "file");
    let manifest = wait(async {
        let (settings, store) = open(arguments).await?;
        let failed = |error: ArchiveError| failed(&target, &error);
        let manifest = archive::write(&store, &files(&settings)?, &target, now()).await.map_err(failed)?;
        let recorded = Recorded::Backup { manifest: manifest.hash().map_err(failed)? };
        let noted = store.commit(&Actor::console(CONSOLE), now(), recorded).await;
        noted.map_err(|refusal| failed(refusal.into()))?;
        Ok(manifest)
    })?;
    let (rows, tables, files, shown) =
        (manifest.rows(), manifest.tables.len(), manifest.files, target.display());
    console.line(console.lang.pick(
        format!("Đã sao lưu {rows} dòng của {tables} bảng và {files} tệp vào {shown}."),
        format!("{rows} rows of {tables} tables and {files} files are in {shown}."),
    ));
    Ok(())
}

/// Restores into an empty database, or only rehearses it in one that is thrown away.
pub fn restore(arguments: &ArgMatches, console: &mut Console) -> Done {
    let source = path(arguments, "file");
    if arguments.get_flag("rehearse") {
        return rehearse(&source, console);
    }
    let Restored { last, files } = wait(async {
        let (settings, store) = open(arguments).await?;
        into(&store, &files(&settings)?, &source).await
    })?;
    console.line(console.lang.pick(
        format!("Đã phục hồi cùng {files} tệp; nhật ký nguyên vẹn đến dòng {last}."),
        format!("Restored with {files} files; the log is intact up to row {last}."),
    ));
    Ok(())
}

fn rehearse(source: &Path, console: &mut Console) -> Done {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("rehearsal.db").display());
    let Restored { last, files } = wait(async {
        let store = Store::connect(&url).await.map_err(|error| database(&error))?;
        store.migrate().await.map_err(|error| database(&error))?;
        let files = Files::open(&Place::Folder(folder.path().join("files")));
        let files = files.map_err(|error| Failure::message(error.to_string(), error.to_string()))?;
        into(&store, &files, source).await
    })?;
    console.line(console.lang.pick(
        format!("Diễn tập tốt: bản sao lưu phục hồi được cùng {files} tệp, nhật ký nguyên vẹn đến dòng {last}. Hệ thống đang chạy không bị động đến."),
        format!("The rehearsal went well: the backup restores with {files} files, its log is intact up to row {last}. The running system was not touched."),
    ));
    Ok(())
}

async fn into(store: &Store, files: &Files, source: &Path) -> Result<Restored, Failure> {
    let restored = archive::restore(store, files, source, (&Actor::console(CONSOLE), now())).await;
    restored.map_err(|error| failed(source, &error))
}
