//! A test on a small disk: it runs itself again in a name space where it may mount one, and fills it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::Database;
use crate::own_postgres::{free_port, is_root, newest};

/// Where the process on the small disk finds it.
const VARIABLE: &str = "PARINDEX_TEST_DISK";
/// Where it finds the PostgreSQL that lies on it.
const SERVER: &str = "PARINDEX_TEST_DISK_POSTGRES";

/// The folder of the small disk; none in a process that is not on one.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    std::env::var(VARIABLE).ok().map(PathBuf::from)
}

/// Runs an ignored test of this program on a disk of 24 MB; `between` are commands of the shell that come before it.
///
/// # Panics
/// When there is no folder for it, or nothing can be mounted.
#[must_use]
pub fn run(test: &str, between: &str) -> Output {
    let script = format!(
        "mount -t tmpfs -o size=24m tmpfs \"${VARIABLE}\" && {between} exec \"$0\" --exact {test} --ignored --nocapture"
    );
    started(&["--map-root-user", "--mount"], &script, test)
}

/// Runs it beside a PostgreSQL whose tables lie on a disk of 70 MB; its log of writes lies elsewhere, as it does in practice. None
/// where nobody may be another user than root, which PostgreSQL asks for.
#[must_use]
pub fn run_on_postgres(test: &str) -> Option<Output> {
    let bin = newest().filter(|_| is_root())?;
    let bin = bin.display();
    let port = free_port();
    let script = format!(
        "set -e
        disk=\"${VARIABLE}/disk\"; wal=\"${VARIABLE}/wal\"; mkdir \"$disk\" \"$wal\"
        mount -t tmpfs -o size=70m tmpfs \"$disk\"; mount -t tmpfs -o size=400m tmpfs \"$wal\"
        chmod 755 \"${VARIABLE}\"; chown postgres \"$disk\" \"$wal\"; cd /
        runuser -u postgres -- {bin}/initdb -D \"$disk/data\" -X \"$wal/log\" --wal-segsize=1 -U postgres --auth trust -E UTF8 --locale C >/dev/null
        runuser -u postgres -- {bin}/pg_ctl -D \"$disk/data\" -l \"$wal/said\" -w -o '-p {port} -k /tmp -c fsync=off -c max_connections=100' start >/dev/null
        export {SERVER}=postgres://postgres@127.0.0.1:{port} {VARIABLE}=\"$disk\"
        code=0; \"$0\" --exact {test} --ignored --nocapture || code=$?
        runuser -u postgres -- {bin}/pg_ctl -D \"$disk/data\" -m immediate -w stop >/dev/null
        exit $code"
    );
    Some(started(&["--mount"], &script, test))
}

fn started(flags: &[&str], script: &str, test: &str) -> Output {
    let folder = tempfile::tempdir().expect("a folder for a disk");
    let program = std::env::current_exe().expect("the program of the test");
    let mut command = Command::new("unshare");
    command.args(flags).args(["sh", "-c", script]).arg(program).env(VARIABLE, folder.path());
    command.output().unwrap_or_else(|error| panic!("{test}: unshare: {error}"))
}

/// Stops the test when the one on the small disk did not pass.
///
/// # Panics
/// With all that it said.
pub fn passed(output: &Output) {
    let told =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
}

/// The database on the small disk: in PostgreSQL where one runs on it, else a file of SQLite.
pub async fn database(folder: &Path) -> Database {
    match std::env::var(SERVER) {
        Ok(server) => Database::at("PostgreSQL", crate::empty_postgres(&server).await).await,
        Err(_) => Database::at("SQLite", format!("sqlite:{}", folder.join("disk.db").display())).await,
    }
}

/// Fills the disk but for what the first writes need; there is room again once the file is removed.
///
/// # Panics
/// When nothing can be written there at all.
#[must_use]
pub fn fill(folder: &Path) -> PathBuf {
    let place = folder.join("ballast");
    let create = std::fs::OpenOptions::new().write(true).create_new(true).open(&place);
    let mut file = create.expect("a file on the small disk");
    let part = vec![7; 64 << 10];
    while std::io::Write::write_all(&mut file, &part).is_ok() {}
    let all = file.metadata().expect("its size").len();
    file.set_len(all.saturating_sub(500_000)).expect("a shorter file");
    place
}
