//! `parindex backup`, `restore`: one archive of one moment, with a manifest of hashes; restores either kind of database.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use clap::ArgMatches;
use parindex_package::system_words;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::backup::{Recorded, TABLES};
use parindex_store::{Actor, Store};
use parindex_web::hash_of;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::admin::CONSOLE;
use super::server::{database, now, open, wait};
use super::{Done, path};
use crate::console::Console;
use crate::failure::Failure;

/// The format of the archive.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// Lines that are put into the database at a time.
const PART: usize = 2_000;

/// What an archive says of itself.
#[derive(Debug, Deserialize, Serialize)]
struct Manifest {
    format: u32,
    program: String,
    created_at: i64,
    tables: Vec<Table>,
}

/// One table in it.
#[derive(Debug, Deserialize, Serialize)]
struct Table {
    name: String,
    rows: u64,
    sha256: String,
}

fn failed(what: &str, error: impl std::fmt::Display) -> Failure {
    Failure::message(format!("{what}: {error}"), format!("{what}: {error}"))
}

/// Makes one while others work.
pub fn backup(arguments: &ArgMatches, console: &mut Console) -> Done {
    let target = path(arguments, "file");
    let manifest = wait(async {
        let (_, store) = open(arguments).await?;
        let manifest = write(&store, &target).await?;
        let recorded = Recorded::Backup { manifest: hash_of(&text(&manifest)?) };
        store.commit(&Actor::console(CONSOLE), now(), recorded).await.map_err(|refusal| said(&refusal))?;
        Ok(manifest)
    })?;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let file = target.display();
    console.line(console.lang.pick(
        format!("Đã sao lưu {rows} dòng của {} bảng vào {file}.", manifest.tables.len()),
        format!("{rows} rows of {} tables are in {file}.", manifest.tables.len()),
    ));
    Ok(())
}

fn said(refusal: &impl Say) -> Failure {
    Failure::message(refusal.say(Lang::Vi), refusal.say(Lang::En))
}

fn text(manifest: &Manifest) -> Result<String, Failure> {
    serde_json::to_string_pretty(manifest).map_err(|error| failed(MANIFEST, error))
}

/// Written beside its place and renamed at the end: whole or not at all.
async fn write(store: &Store, target: &Path) -> Result<Manifest, Failure> {
    let shown = target.display().to_string();
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file =
        tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&shown, system_words(&error)))?;
    let mut archive = ZipWriter::new(file.as_file_mut());
    let moment = store.moment().await.map_err(|error| database(&error))?;
    let mut tables = Vec::new();
    for name in TABLES {
        archive
            .start_file(format!("{name}.jsonl"), SimpleFileOptions::default())
            .map_err(|error| failed(&shown, error))?;
        let mut sum = Sha256::new();
        let mut sink = |line: &str| {
            sum.update(line);
            sum.update("\n");
            archive.write_all(line.as_bytes())?;
            archive.write_all(b"\n")
        };
        let rows = moment.read(name, &mut sink).await.map_err(|error| database(&error))?;
        tables.push(Table { name: name.to_owned(), rows, sha256: hex(sum) });
    }
    let manifest =
        Manifest { format: FORMAT, program: env!("CARGO_PKG_VERSION").to_owned(), created_at: now(), tables };
    archive.start_file(MANIFEST, SimpleFileOptions::default()).map_err(|error| failed(&shown, error))?;
    archive.write_all(text(&manifest)?.as_bytes()).map_err(|error| failed(&shown, error))?;
    archive.finish().map_err(|error| failed(&shown, error))?;
    file.as_file().sync_all().map_err(|error| failed(&shown, system_words(&error)))?;
    file.persist(target).map_err(|error| failed(&shown, error))?;
    Ok(manifest)
}

fn hex(sum: Sha256) -> String {
    use std::fmt::Write as _;
    sum.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

/// Restores into an empty database, or only rehearses it in one that is thrown away.
pub fn restore(arguments: &ArgMatches, console: &mut Console) -> Done {
    let source = path(arguments, "file");
    if arguments.get_flag("rehearse") {
        return rehearse(&source, console);
    }
    let last = wait(async {
        let (_, store) = open(arguments).await?;
        into(&store, &source).await
    })?;
    console.line(console.lang.pick(
        format!("Đã phục hồi; nhật ký nguyên vẹn đến dòng {last}."),
        format!("Restored; the log is intact up to row {last}."),
    ));
    Ok(())
}

fn rehearse(source: &Path, console: &mut Console) -> Done {
    let folder = tempfile::tempdir().map_err(|error| failed("rehearse", error))?;
    let url = format!("sqlite:{}", folder.path().join("rehearsal.db").display());
    let last = wait(async {
        let store = Store::connect(&url).await.map_err(|error| database(&error))?;
        store.migrate().await.map_err(|error| database(&error))?;
        into(&store, source).await
    })?;
    console.line(console.lang.pick(
        format!("Diễn tập tốt: bản sao lưu phục hồi được, nhật ký nguyên vẹn đến dòng {last}. Hệ thống đang chạy không bị động đến."),
        format!("The rehearsal went well: the backup restores, its log is intact up to row {last}. The running system was not touched."),
    ));
    Ok(())
}

/// Every table is compared with the manifest before anything is there.
async fn into(store: &Store, source: &Path) -> Result<i64, Failure> {
    let shown = source.display().to_string();
    let file = File::open(source).map_err(|error| failed(&shown, system_words(&error)))?;
    let mut archive = ZipArchive::new(file).map_err(|error| failed(&shown, error))?;
    let (manifest, written) = manifest(&mut archive, &shown)?;
    let filling = store.fill().await.map_err(|refusal| said(&refusal))?;
    for table in &manifest.tables {
        let lines = lines(&mut archive, table, &shown)?;
        for part in lines.chunks(PART) {
            filling.put(&table.name, part).await.map_err(|error| database(&error))?;
        }
    }
    let last = match filling.finish(now()).await.map_err(|error| database(&error))? {
        Ok(last) => last,
        Err(broken) => return Err(said(&broken)),
    };
    let recorded = Recorded::Restore { manifest: hash_of(&written) };
    store.commit(&Actor::console(CONSOLE), now(), recorded).await.map_err(|refusal| said(&refusal))?;
    Ok(last)
}

fn manifest(archive: &mut ZipArchive<File>, shown: &str) -> Result<(Manifest, String), Failure> {
    let mut written = String::new();
    let file = archive.by_name(MANIFEST).map_err(|error| failed(shown, error))?;
    file.take(1 << 20).read_to_string(&mut written).map_err(|error| failed(shown, error))?;
    let manifest: Manifest = serde_json::from_str(&written).map_err(|error| failed(shown, error))?;
    if manifest.format == FORMAT {
        let named: Vec<&str> = manifest.tables.iter().map(|table| table.name.as_str()).collect();
        if named == TABLES {
            return Ok((manifest, written));
        }
        return Err(Failure::message(
            format!("{shown}: bản kê thiếu hoặc thừa bảng; tệp đã hỏng hoặc bị sửa, chưa phục hồi gì"),
            format!("{shown}: the manifest lacks tables or has too many; nothing was restored"),
        ));
    }
    Err(Failure::message(
        format!("{shown}: bản sao lưu dạng {}, chương trình này đọc dạng {FORMAT}", manifest.format),
        format!("{shown}: a backup of format {}, this program reads format {FORMAT}", manifest.format),
    ))
}

fn lines(archive: &mut ZipArchive<File>, table: &Table, shown: &str) -> Result<Vec<String>, Failure> {
    let name = format!("{}.jsonl", table.name);
    let file = archive.by_name(&name).map_err(|error| failed(shown, error))?;
    let (mut sum, mut lines) = (Sha256::new(), Vec::new());
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|error| failed(shown, error))?;
        sum.update(&line);
        sum.update("\n");
        lines.push(line);
    }
    let rows = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    if rows != table.rows || hex(sum) != table.sha256 {
        return Err(Failure::message(
            format!(
                "{shown}: bảng «{}» không khớp với bản kê; tệp đã hỏng hoặc bị sửa, chưa phục hồi gì",
                table.name
            ),
            format!(
                "{shown}: table “{}” does not match the manifest; the file is damaged or was altered, nothing was restored",
                table.name
            ),
        ));
    }
    Ok(lines)
}
