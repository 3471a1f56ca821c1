//! What `doctor` finds, and what is said of backups on the command line: by name, in both languages, with an exit code.

use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use parindex_store::Store;

use crate::program;
use crate::server::{fingerprint, good, run, sqlite, text};

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(work)
}

/// Runs a statement on a database of a test.
fn behind_its_back(url: &str, statement: &str) {
    wait(parindex_testkit::behind_the_back_of(url, statement)).unwrap();
}

/// The same in English.
fn in_english(database: &str, arguments: &[&str]) -> String {
    let files = database.strip_prefix("sqlite:").unwrap();
    let output = program()
        .args(arguments)
        .args(["--lang", "en", "--database", database])
        .env("PARINDEX_FILES", format!("folder:{files}.files"))
        .env("PARINDEX_KEYS", format!("{files}.files.keys"))
        .output()
        .unwrap();
    text(&output)
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions()) & 0o777
}

/// A database with examples in it, and one file of a criteria set.
fn demonstration(folder: &Path) -> (String, PathBuf) {
    let database = sqlite(folder, "a.db");
    good(&database, &["demo", "examples"]);
    let files = folder.join("a.db.files/files");
    let of = std::fs::read_dir(&files).unwrap().next().unwrap().unwrap().path();
    let file = std::fs::read_dir(of).unwrap().next().unwrap().unwrap().path();
    (database, file)
}

#[test]
fn a_file_that_is_gone_or_altered_is_named_by_doctor_and_backup() {
    let folder = tempfile::tempdir().unwrap();
    let (database, file) = demonstration(folder.path());
    let whole = good(&database, &["doctor", "--read-files"]);
    assert!(whole.contains("đều nguyên vẹn") && whole.contains("[tốt]"), "{whole}");
    let content = std::fs::read(&file).unwrap();
    let mut other = content.clone();
    other[0] ^= 1;
    parindex_package::whole::write(&file, &other).unwrap();
    assert!(good(&database, &["doctor"]).contains("--read-files"), "sizes are as they were");
    let altered = run(&database, &["doctor", "--read-files"]);
    assert!(!altered.status.success() && text(&altered).contains("đã bị sửa: «"), "{}", text(&altered));
    std::fs::remove_file(&file).unwrap();
    let gone = run(&database, &["doctor"]);
    assert!(!gone.status.success() && text(&gone).contains("thiếu: «"), "{}", text(&gone));
    let english = in_english(&database, &["doctor"]);
    assert!(english.contains("A file is missing: “"), "{english}");
    let archive = folder.path().join("a.zip").display().to_string();
    let said = good(&database, &["backup", &archive]);
    assert!(said.contains("LƯU Ý: bản sao lưu không có 1 tệp") && said.contains("thiếu: «"), "{said}");
    let second = sqlite(folder.path(), "b.db");
    let restored = good(&second, &["restore", &archive, "--accept-key", &fingerprint(&said)]);
    assert!(restored.contains("thiếu: «") && restored.contains("Bản sao lưu của «parindex»"), "{restored}");
}

#[test]
fn an_encrypted_backup_needs_the_key_of_its_recipient() {
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite(folder.path(), "a.db");
    good(&database, &["admin", "create", "quantri", "Phạm Quang Huy"]);
    let identity = parindex_jobs::archive::Identity::generate();
    let recipient = identity.to_public().to_string();
    let (archive, keys) = (folder.path().join("a.zip.age"), folder.path().join("identity"));
    let archive = archive.display().to_string();
    let key = fingerprint(&good(&database, &["backup", &archive, "--backup-recipient", &recipient]));
    let second = sqlite(folder.path(), "b.db");
    let closed = run(&second, &["restore", &archive, "--accept-key", &key]);
    assert!(!closed.status.success() && text(&closed).contains("--identity"), "{}", text(&closed));
    let secret = identity.to_string();
    let written = format!("# created by age-keygen\n{}\n", secret.expose_secret());
    parindex_package::whole::write(&keys, written.as_bytes()).unwrap();
    let keys = keys.display().to_string();
    let said = good(&second, &["restore", &archive, "--accept-key", &key, "--identity", &keys]);
    assert!(said.contains("Đã phục hồi"), "{said}");
    let wrong = run(&database, &["backup", &archive, "--backup-recipient", "age1sai"]);
    assert!(!wrong.status.success() && text(&wrong).contains("backup_recipient"), "{}", text(&wrong));
}

#[test]
fn a_database_of_an_earlier_or_later_version_is_told_without_its_errors() {
    let folder = tempfile::tempdir().unwrap();
    let old = sqlite(folder.path(), "old.db");
    let dump = include_str!("../../../store/tests/fixtures/m0002.sqlite.sql");
    behind_its_back(&format!("{old}?mode=rwc"), &format!("PRAGMA foreign_keys = OFF;\n{dump}"));
    let told = good(&old, &["doctor"]);
    assert!(told.contains("bản cũ hơn (bước cuối m0002_files, thiếu"), "{told}");
    good(&old, &["migrate"]);
    let told = text(&run(&old, &["doctor"]));
    assert!(told.contains("15 tài khoản") && told.contains("nêu 1 tệp"), "{told}");
    let databases = [Some(old), crate::server::postgres()];
    for database in databases.into_iter().flatten() {
        good(&database, &["migrate"]);
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 1)";
        behind_its_back(&database, later);
        for command in [&["doctor"][..], &["migrate"], &["backup", "x.zip"], &["serve"], &["audit", "verify"]]
        {
            let output = run(&database, command);
            let told = text(&output);
            assert_eq!(output.status.code(), Some(1), "{command:?} {told}");
            assert!(told.contains("parindex mới hơn") && told.contains("m9999_later"), "{command:?}: {told}");
            assert!(!told.contains("Migration file"), "{told}");
        }
    }
}

#[test]
fn a_wrong_key_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite(folder.path(), "a.db");
    good(&database, &["admin", "create", "quantri", "Phạm Quang Huy"]);
    assert!(good(&database, &["doctor"]).contains("Chưa có tệp khóa"));
    behind_its_back(&database, "UPDATE person SET second_factor = 'ab12cd34:AAAA'");
    let missing = run(&database, &["doctor"]);
    assert!(
        !missing.status.success() && text(&missing).contains("không thấy tệp khóa"),
        "{}",
        text(&missing)
    );
    let keys = folder.path().join("a.db.files.keys");
    let key = parindex_service::cipher::Key::new().unwrap();
    parindex_package::whole::write(&keys, format!("{}\n", key.text()).as_bytes()).unwrap();
    let wrong = run(&database, &["doctor"]);
    let told = text(&wrong);
    assert!(!wrong.status.success() && told.contains("mã hóa bằng khóa ab12cd34"), "{told}");
    assert!(!told.contains(&key.text()));
    // `whole::write` makes files for everybody: that is noted, and changes nothing here.
    #[cfg(unix)]
    assert!(told.contains("quyền 644") && mode(&keys) == 0o644, "{told}");
}

#[test]
#[cfg(unix)]
fn what_is_made_is_read_by_its_owner_alone_and_serving_narrows_what_is_not() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite(folder.path(), "a b.db");
    good(&database, &["demo", "examples"]);
    let archive = folder.path().join("a.zip");
    good(&database, &["backup", &archive.display().to_string()]);
    let file = |name: &str| folder.path().join(name);
    for (name, right) in
        [("a b.db", 0o600), ("a.zip", 0o600), ("a b.db.files.keys.signing", 0o600), ("a b.db.files", 0o700)]
    {
        assert_eq!(mode(&file(name)), right, "{name}");
    }
    // What SQLite makes beside it has its rights; it is there while somebody reads.
    wait(async {
        let store = Store::connect(&database).await.unwrap();
        store.campaigns().await.unwrap();
        assert_eq!((mode(&file("a b.db-wal")), mode(&file("a b.db-shm"))), (0o600, 0o600));
    });
    std::fs::set_permissions(file("a b.db"), PermissionsExt::from_mode(0o644)).unwrap();
    std::fs::set_permissions(file("a b.db.files"), PermissionsExt::from_mode(0o755)).unwrap();
    let told = good(&database, &["doctor"]);
    assert!(told.contains("quyền 644") && told.contains("quyền 755"), "{told}");
    assert_eq!(mode(&file("a b.db")), 0o644, "a look changes nothing");
    let mut server = program()
        .args(["serve", "--no-worker", "--database", &database, "--listen", "127.0.0.1:0"])
        .env("PARINDEX_FILES", format!("folder:{}", file("a b.db.files").display()))
        .env("PARINDEX_KEYS", file("a b.db.files.keys"))
        .spawn()
        .unwrap();
    let narrowed = || mode(&file("a b.db")) == 0o600 && mode(&file("a b.db.files")) == 0o700;
    let seen = (0..200).any(|_turn| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        narrowed()
    });
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(seen, "serving makes them private");
}

#[test]
fn a_clock_behind_the_log_is_said_and_accepted_only_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite(folder.path(), "a.db");
    good(&database, &["admin", "create", "quantri", "Phạm Quang Huy"]);
    assert!(good(&database, &["audit", "clock"]).contains("không chậm hơn nhật ký"));
    // Three days ahead: as a server whose clock was wrong would have left it.
    behind_its_back(&database, "UPDATE audit_head SET at = at + 259200000000");
    let told = run(&database, &["doctor"]);
    assert!(!told.status.success() && text(&told).contains("chậm hơn nhật ký 2 ngày"), "{}", text(&told));
    good(&database, &["admin", "create", "khac", "Người Khác"]);
    let told = good(&database, &["audit", "clock"]);
    assert!(told.contains("--accept"), "{told}");
    assert!(!run(&database, &["audit", "clock", "--accept", " "]).status.success());
    assert!(
        good(&database, &["audit", "clock", "--accept", "máy chạy nhanh do nhầm"])
            .contains("đồng hồ máy chủ đúng")
    );
    good(&database, &["doctor"]);
    let verified = good(&database, &["audit", "verify"]);
    assert!(verified.contains("nguyên vẹn") && verified.contains("sớm hơn dòng trước nó"), "{verified}");
}

#[test]
fn figures_that_lost_three_digits_are_listed_of_a_package() {
    let package = crate::Spoiled::new();
    let clean = crate::parindex(&["doctor", "--figures", &package.text()]);
    assert!(clean.code == 0 && clean.out.contains("Không có số liệu nào"), "{}{}", clean.out, clean.err);
    package.replace("facts.csv", "A,2.1,b,1000", "A,2.1,b,19");
    let found = crate::parindex(&["doctor", "--figures", &package.text()]);
    let line = found.out.lines().find(|line| line.contains("Tổng số hồ sơ")).unwrap_or_default();
    for part in ["Sở A", "2.1", "19", "«Số hồ sơ đúng hạn» 951"] {
        assert!(line.contains(part), "{part}: {}{}", found.out, found.err);
    }
    assert!(found.code == 1 && found.err.contains("1 số liệu lệch khoảng 1.000 lần"), "{}", found.err);
    let table = crate::parindex(&["doctor", "--figures", &package.text(), "--format", "csv"]);
    let mut lines = table.out.lines();
    assert_eq!(lines.next(), Some("campaign,unit,name,criterion,figure,value,off"), "{}", table.err);
    let row = lines.next().unwrap_or_default();
    assert!(row.contains(",A,Sở A,2.1,Tổng số hồ sơ,19,«Số hồ sơ đúng hạn» 951"), "{}", table.out);
    assert_eq!((lines.next(), table.code), (None, 1));
    assert_eq!(crate::parindex(&["doctor", &package.text()]).code, 2, "a package has figures alone");
}

#[test]
fn figures_that_lost_three_digits_are_listed_of_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let (database, _file) = demonstration(folder.path());
    let listed = || text(&run(&database, &["doctor", "--figures", "--format", "csv"]));
    let before = listed();
    assert!(!before.contains("«Số đạt yêu cầu» 1.218"), "{before}");
    for (input, value) in [("a", "1218"), ("b", "20")] {
        let first = "SELECT MIN(member) FROM entry WHERE criterion = '1.1.2' AND input = 'b'";
        behind_its_back(
            &database,
            &format!(
                "UPDATE entry SET text = '{value}' WHERE criterion = '1.1.2' AND input = '{input}' AND member = ({first})"
            ),
        );
    }
    let found = run(&database, &["doctor", "--figures", "--format", "csv"]);
    let told = text(&found);
    assert!(told.contains(",1.1.2,Tổng số,20,«Số đạt yêu cầu» 1.218"), "{told}");
    assert_eq!(found.status.code(), Some(1), "{told}");
    let empty = sqlite(folder.path(), "empty.db");
    good(&empty, &["migrate"]);
    assert!(good(&empty, &["doctor", "--figures"]).contains("Không có số liệu nào"));
}
