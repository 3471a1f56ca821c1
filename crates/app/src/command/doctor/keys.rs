//! The keys: whether they are there, are those that the database needs, and by what the backups are known.

use std::path::Path;

use parindex_service::cipher::Keys;
use parindex_store::Store;

use super::Report;
use crate::command::server::database;
use crate::key::{known_keys, known_signing_keys, missing, signing_path};
use crate::settings::Installation;

/// The keys that encrypt second factors; without a database nobody knows whether they are the right ones.
pub async fn key_file(settings: &Installation, store: Option<&Store>, report: &mut Report) {
    let path = Path::new(&settings.keys.value);
    let shown = path.display();
    let keys = match known_keys(path) {
        Ok(keys) => keys,
        Err(failure) => return report.failure(&failure),
    };
    let needed = match store {
        Some(store) => parindex_service::second_factor::is_encrypted(store).await,
        None => Ok(false),
    };
    match (keys, needed) {
        (_, Err(error)) => report.failure(&database(&error)),
        (None, Ok(true)) => report.failure(&missing(path)),
        (None, Ok(false)) => report.note(
            format!("Chưa có tệp khóa {shown}; «parindex serve» sẽ tạo khi chạy lần đầu."),
            format!("There is no key file {shown} yet; “parindex serve” makes it at its first start."),
        ),
        (Some(keys), Ok(true)) => fits(&keys, store, path, report).await,
        (Some(_), Ok(false)) => {
            report.good(format!("Tệp khóa {shown} đọc được."), format!("The key file {shown} can be read."));
        }
    }
}

/// Whether they read what stands in the database.
async fn fits(keys: &Keys, store: Option<&Store>, path: &Path, report: &mut Report) {
    let Some(store) = store else { return };
    let (here, shown) = (keys.names().join(", "), path.display());
    match parindex_service::second_factor::unreadable(store, keys).await {
        Ok((0, _)) => report.good(
            format!("Tệp khóa {shown} (khóa {here}) đọc được mọi khóa xác thực hai lớp trong cơ sở dữ liệu."),
            format!("The key file {shown} (keys {here}) reads every second factor in the database."),
        ),
        Ok((count, names)) => {
            let names = names.join(", ");
            report.bad(
                format!("Tệp khóa {shown} (khóa {here}) không phải tệp mà cơ sở dữ liệu này cần: {count} khóa xác thực hai lớp được mã hóa bằng khóa {names}. Hãy thêm khóa ấy vào cuối tệp; nếu đã mất, những người ấy cần mã dự phòng."),
                format!("The key file {shown} (keys {here}) is not the one that this database needs: {count} second factors were encrypted with the key {names}. Add that key at the end of the file; if it is lost, these people need a recovery code."),
            );
        }
        Err(error) => report.failure(&database(&error)),
    }
}

/// The key that signs backups.
pub fn signing(settings: &Installation, report: &mut Report) {
    let path = signing_path(&settings.keys.value);
    let shown = path.display();
    match known_signing_keys(&path) {
        Ok(Some((key, _))) => {
            let mark = key.fingerprint().map(|key| key.to_string()).unwrap_or_default();
            report.good(
                format!("Dấu khóa ký bản sao lưu: {mark} ({shown}). Hãy ghi lại ở nơi khác."),
                format!("Backups are signed with the key {mark} ({shown}). Note it elsewhere."),
            );
        }
        Ok(None) => report.note(
            format!("Chưa có khóa ký bản sao lưu {shown}; «parindex serve» hoặc «backup» sẽ tạo."),
            format!("There is no key {shown} that signs backups yet; “parindex serve” or “backup” makes it."),
        ),
        Err(failure) => report.failure(&failure),
    }
}
