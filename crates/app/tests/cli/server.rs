//! The commands of a server: the demonstration, backup and restore to either kind of database, the settings.

use std::path::Path;
use std::process::Output;

use crate::program;

/// Runs the program with a database.
pub fn run(database: &str, arguments: &[&str]) -> Output {
    let mut all = arguments.to_vec();
    all.extend(["--lang", "vi", "--database", database]);
    // Files stand beside the database; beside a PostgreSQL there is no folder of ours.
    let beside = database.strip_prefix("sqlite:").map(|path| format!("{path}.files"));
    let elsewhere = || std::env::temp_dir().join("parindex-test-files").display().to_string();
    let place = beside.unwrap_or_else(elsewhere);
    let (files, keys) = (format!("folder:{place}"), format!("{place}.keys"));
    let mut program = program();
    program.args(all).env_remove("PARINDEX_DATABASE").env("PARINDEX_FILES", files).env("PARINDEX_KEYS", keys);
    program.output().unwrap()
}

/// The fingerprint that a backup says.
pub fn fingerprint(said: &str) -> String {
    let after = said.split("Dấu khóa ký: ").nth(1).unwrap();
    after.split('.').next().unwrap().to_owned()
}

pub fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub fn good(database: &str, arguments: &[&str]) -> String {
    let output = run(database, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output));
    text(&output)
}

pub fn sqlite(folder: &Path, name: &str) -> String {
    format!("sqlite:{}", folder.join(name).display())
}

/// An empty PostgreSQL database, where the test command has started a server.
pub fn postgres() -> Option<String> {
    let server = std::env::var("PARINDEX_TEST_POSTGRES").ok()?;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    Some(runtime.block_on(parindex_testkit::empty_postgres(&server)))
}

#[test]
fn a_backup_restores_into_either_kind_of_database_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let first = sqlite(folder.path(), "first.db");
    good(&first, &["demo", "examples"]);
    let archive = folder.path().join("backup.zip").display().to_string();
    let said = good(&first, &["backup", &archive]);
    assert!(said.contains("38 bảng"));
    let mut key = fingerprint(&said);
    assert!(good(&first, &["restore", &archive, "--rehearse"]).contains("Diễn tập tốt"));
    let mut from = archive;
    let others = [postgres(), Some(sqlite(folder.path(), "second.db"))];
    for (turn, other) in others.into_iter().flatten().enumerate() {
        assert!(!run(&other, &["restore", &from]).status.success(), "another installation made it");
        good(&other, &["restore", &from, "--accept-key", &key]);
        assert!(good(&other, &["audit", "verify"]).contains("Nhật ký nguyên vẹn"));
        // What comes after a restore is numbered after what was restored.
        good(&other, &["admin", "create", &format!("moi{turn}"), "Người Mới"]);
        assert!(good(&other, &["doctor"]).contains("14197 đơn vị"), "{other}");
        let again = run(&other, &["restore", &from, "--accept-key", &key]);
        assert!(!again.status.success() && text(&again).contains("đã có dữ liệu"), "{}", text(&again));
        from = folder.path().join(format!("again{turn}.zip")).display().to_string();
        key = fingerprint(&good(&other, &["backup", &from]));
    }
}

#[test]
fn a_damaged_backup_restores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (sqlite(folder.path(), "first.db"), sqlite(folder.path(), "second.db"));
    good(&first, &["admin", "create", "quantri", "Phạm Quang Huy"]);
    let archive = folder.path().join("backup.zip");
    let key = fingerprint(&good(&first, &["backup", &archive.display().to_string()]));
    let again = run(&first, &["backup", &archive.display().to_string()]);
    assert!(!again.status.success() && text(&again).contains("đã có tệp tên này"), "{}", text(&again));
    let altered = folder.path().join("altered.zip");
    rewrite(&archive, &altered, "person.jsonl", |text| text.replace("Huy", "Duy"));
    let output = run(&second, &["restore", &altered.display().to_string(), "--accept-key", &key]);
    assert!(!output.status.success() && text(&output).contains("không khớp với bản kê"), "{}", text(&output));
    parindex_package::whole::write(&altered, b"no archive").unwrap();
    assert!(!run(&second, &["restore", &altered.display().to_string()]).status.success());
    assert!(good(&second, &["doctor"]).contains("0 đơn vị, 0 tài khoản"));
}

/// The same archive with one file changed.
fn rewrite(from: &Path, to: &Path, name: &str, change: impl Fn(String) -> String) {
    use std::io::{Read, Write};
    let mut archive = zip::ZipArchive::new(std::fs::File::open(from).unwrap()).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let own = file.name().unwrap().into_owned();
        out.start_file(own.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        let text = if own == name { change(text) } else { text };
        out.write_all(text.as_bytes()).unwrap();
    }
    parindex_package::whole::write(to, &out.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn a_quota_is_a_size() {
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite(folder.path(), "a.db");
    good(&database, &["migrate"]);
    let with = |quota: &str| {
        let files = format!("folder:{}", folder.path().join("files").display());
        let arguments = ["doctor", "--lang", "vi", "--database", &database];
        program()
            .args(arguments)
            .env("PARINDEX_FILES", files)
            .env("PARINDEX_QUOTA_PER_UNIT", quota)
            .output()
            .unwrap()
    };
    let told = text(&with("20 GB"));
    assert!(told.contains("quota_per_unit") && told.contains("20,0 GB"), "{told}");
    let wrong = with("20");
    assert!(!wrong.status.success() && text(&wrong).contains("«20»"), "{}", text(&wrong));
}

#[test]
fn each_setting_says_where_it_comes_from() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parindex.toml");
    let settings = "title = \"Tỉnh Thử\"\nlisten = [\"127.0.0.1:1\"]\n";
    parindex_package::whole::write(&file, settings.as_bytes()).unwrap();
    let database = sqlite(folder.path(), "a.db");
    // A look makes nothing: what is not there is said to be not there.
    let absent = run(&database, &["doctor"]);
    assert!(
        !absent.status.success() && text(&absent).contains("không mở được cơ sở dữ liệu"),
        "{}",
        text(&absent)
    );
    good(&database, &["migrate"]);
    let output = program()
        .args(["doctor", "--lang", "vi", "--config", &file.display().to_string(), "--database", &database])
        .env("PARINDEX_LISTEN", "127.0.0.1:2")
        .output()
        .unwrap();
    let told = text(&output);
    assert!(output.status.success(), "{told}");
    for part in ["Tỉnh Thử", "parindex.toml", "127.0.0.1:2", "PARINDEX_LISTEN", "--database", "mặc định"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    parindex_package::whole::write(&file, b"titel = \"x\"\n").unwrap();
    let wrong = run(&database, &["doctor", "--config", &file.display().to_string()]);
    assert!(!wrong.status.success() && text(&wrong).contains("titel"), "{}", text(&wrong));
}

/// Archives that earlier versions of the program made, and how many files and people each holds.
const ARCHIVES: [(&str, usize, usize); 4] = [
    ("crates/app/tests/fixtures/backup-1.zip", 0, 15),
    ("crates/app/tests/fixtures/backup-2.zip", 1, 15),
    ("crates/app/tests/fixtures/backup-3.zip", 1, 17),
    ("crates/app/tests/fixtures/backup-4.zip", 2, 17),
];

/// An archive that the server of another place signed with this key.
const SIGNED: (&str, &str) =
    ("crates/app/tests/fixtures/backup-5.zip", "8342-7f27-1cb8-c0c3-6e36-dd04-3bd5-575e");

/// The key of nobody.
const OTHER: &str = "0000-0000-0000-0000-0000-0000-0000-0000";

#[test]
fn a_backup_that_another_server_signed_restores_where_its_key_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, key) = SIGNED;
    for other in [postgres(), Some(sqlite(folder.path(), "new.db"))].into_iter().flatten() {
        for refused in [&["restore", archive][..], &["restore", archive, "--accept-key", OTHER]] {
            let told = run(&other, refused);
            assert!(!told.status.success() && text(&told).contains(key), "{}", text(&told));
        }
        good(&other, &["restore", archive, "--accept-key", key]);
        assert!(good(&other, &["doctor"]).contains("4 đơn vị, 17 tài khoản"), "{other}");
        assert!(good(&other, &["audit", "verify"]).contains("Nhật ký nguyên vẹn"), "{other}");
    }
}

#[test]
fn a_backup_of_an_earlier_version_restores() {
    let folder = tempfile::tempdir().unwrap();
    for (archive, files, people) in ARCHIVES {
        let new = sqlite(folder.path(), &format!("new-{files}-{people}.db"));
        for other in [postgres(), Some(new)].into_iter().flatten() {
            let told = format!("cùng {files} tệp");
            let unsigned = run(&other, &["restore", archive]);
            assert!(
                !unsigned.status.success() && text(&unsigned).contains("--unsigned"),
                "{}",
                text(&unsigned)
            );
            let said = good(&other, &["restore", archive, "--unsigned"]);
            assert!(said.contains(&told) && said.contains("không có chữ ký"), "{archive} {other}: {said}");
            assert!(
                good(&other, &["doctor"]).contains(&format!("4 đơn vị, {people} tài khoản")),
                "{archive} {other}"
            );
            assert!(good(&other, &["audit", "verify"]).contains("Nhật ký nguyên vẹn"), "{archive} {other}");
        }
    }
}
