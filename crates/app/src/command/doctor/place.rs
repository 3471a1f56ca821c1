//! Where things stand: who else can read them, and how much room there is.

use std::path::{Path, PathBuf};

use parindex_files::FilePlace;
use parindex_package::system_words;
use parindex_store::Store;

use super::Report;
use crate::private::{Open, open_to_others};
use crate::settings::Installation;

/// Below this nothing can be written soon.
const ALMOST_FULL: u64 = 256 << 20;
/// Below this somebody should see to it.
const SCARCE: u64 = 5 << 30;

/// What others can read.
pub fn private(settings: &Installation, report: &mut Report) {
    for Open { path, mode, right } in open_to_others(settings) {
        let shown = path.display();
        report.note(
            format!("{shown} người khác trên máy đọc được (quyền {mode:o}); «parindex serve» sẽ đặt lại thành {right:o}."),
            format!("{shown} can be read by others on this machine (rights {mode:o}); “parindex serve” sets them to {right:o}."),
        );
    }
}

/// Whether the folders can be written, and how much room their disks have.
pub fn room(settings: &Installation, report: &mut Report) {
    let database = Store::files_of(&settings.database.value).into_iter().next();
    let database = database.map(|file| match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    });
    let files = match FilePlace::parse(&settings.files.value) {
        Ok(FilePlace::Folder(folder)) => Some(folder),
        _ => None,
    };
    let backups =
        Some(PathBuf::from(&settings.backup_folder.value)).filter(|path| !path.as_os_str().is_empty());
    for (vi, en, folder) in [
        ("Thư mục cơ sở dữ liệu", "The folder of the database", database),
        ("Thư mục tệp minh chứng", "The folder of the evidence", files),
        ("Thư mục sao lưu", "The folder of the backups", backups),
    ] {
        if let Some(folder) = folder {
            one((vi, en), &folder, report);
        }
    }
}

fn one((vi, en): (&str, &str), folder: &Path, report: &mut Report) {
    let shown = folder.display();
    if !folder.exists() {
        return report.note(
            format!("{vi} {shown} chưa có; sẽ được tạo khi cần."),
            format!("{en} {shown} is not there yet; it is made when it is needed."),
        );
    }
    if let Err(error) = tempfile::Builder::new().prefix(".parindex-").tempfile_in(folder) {
        let error = system_words(&error);
        return report.bad(
            format!("{vi} {shown} không ghi được ({error}); hãy kiểm tra quyền và đĩa."),
            format!("{en} {shown} cannot be written ({error}); check its rights and the disk."),
        );
    }
    let Some(free) = free(folder) else {
        return report.good(format!("{vi} {shown} ghi được."), format!("{en} {shown} can be written."));
    };
    let size = size(free);
    let (vi, en) = (
        format!("{vi} {shown} ghi được, đĩa còn trống {size}."),
        format!("{en} {shown} can be written, {size} are free."),
    );
    match free {
        ..ALMOST_FULL => {
            report.bad(format!("{vi} Hãy thêm dung lượng ngay."), format!("{en} Make room now."));
        }
        ALMOST_FULL..SCARCE => report.note(format!("{vi} Sắp hết chỗ."), format!("{en} That is not much.")),
        SCARCE.. => report.good(vi, en),
    }
}

#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free(_folder: &Path) -> Option<u64> {
    None
}

fn size(bytes: u64) -> String {
    if bytes >= 10 << 30 { format!("{} GB", bytes >> 30) } else { format!("{} MB", bytes >> 20) }
}
