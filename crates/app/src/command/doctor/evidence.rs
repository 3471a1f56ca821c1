//! The evidence: whether every file that the database names is there, and as it was.

use parindex_files::{FilePlace, Files};
use parindex_jobs::check_files::{FileCheck, FileReading, look};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Store;

use super::Report;
use crate::command::server;
use crate::settings::Installation;

/// Looks at all of them, and reads them where that is asked for.
pub async fn files(settings: &Installation, store: &Store, whole: bool, report: &mut Report) {
    // A look makes no folder: where there is none, there is no file.
    if let Ok(FilePlace::Folder(folder)) = FilePlace::parse(&settings.files.value)
        && !folder.exists()
    {
        return absent(store, report).await;
    }
    let files: Files = match server::files(settings) {
        Ok(files) => files,
        Err(failure) => return report.failure(&failure),
    };
    if let Err(error) = files.ready().await {
        return report.bad(error.say(Lang::Vi), error.say(Lang::En));
    }
    let reading = if whole { FileReading::All } else { FileReading::None };
    match look(store, &files, reading).await {
        Ok(looked) => said(&looked, report),
        Err(error) => report.bad(error.say(Lang::Vi), error.say(Lang::En)),
    }
}

async fn absent(store: &Store, report: &mut Report) {
    match store.file_sizes().await {
        Ok(named) if named.is_empty() => {}
        Ok(named) => {
            let count = named.len();
            report.bad(
                format!("Không có thư mục tệp minh chứng, mà cơ sở dữ liệu nêu {count} tệp; hãy kiểm tra thiết lập files và ổ đĩa."),
                format!("The folder of the evidence is not there, and the database names {count} files; check the setting files and the disk."),
            );
        }
        Err(error) => report.failure(&server::database(&error)),
    }
}

fn said(looked: &FileCheck, report: &mut Report) {
    let FileCheck { files, read, faulty } = looked;
    for each in faulty {
        report.bad(format!("Tệp {}", each.say(Lang::Vi)), format!("A file is {}", each.say(Lang::En)));
    }
    if !faulty.is_empty() {
        return;
    }
    if *read > 0 || *files == 0 {
        return report.good(
            format!("Đủ {files} tệp minh chứng; đã đọc lại {read} tệp, đều nguyên vẹn."),
            format!("All {files} evidence files are there; {read} were read and are as they were."),
        );
    }
    report.good(
        format!("Đủ {files} tệp minh chứng, đúng kích thước (đọc lại toàn bộ: --read-files)."),
        format!("All {files} evidence files are there with their sizes (to read them all: --read-files)."),
    );
}
