//! The files of the keys: one key a line, the first one writes or signs, all of them read or are known. They are made at the first
//! start.

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use parindex_jobs::archive::SigningKey;
use parindex_package::system_words;
use parindex_service::cipher::{Key, Keys};
use tempfile::NamedTempFile;

use crate::failure::CommandFailure;

/// Reads the keys, or makes the first. Where something is encrypted already, another key would be of no use: then the one that is
/// missing is asked for, unless an empty file in its place says that it is lost.
pub fn keys(path: &Path, needed: bool) -> Result<Keys, CommandFailure> {
    match std::fs::read_to_string(path) {
        Ok(text) if text.trim().is_empty() => {
            std::fs::remove_file(path).map_err(|error| failed(path, &error))?;
            first(path)
        }
        Ok(text) => parse(&text).ok_or_else(|| unreadable(path)),
        Err(error) if error.kind() == ErrorKind::NotFound && needed => Err(missing(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => first(path),
        Err(error) => Err(failed(path, &error)),
    }
}

/// The keys that are there; none is made.
pub fn known_keys(path: &Path) -> Result<Option<Keys>, CommandFailure> {
    match std::fs::read_to_string(path) {
        Ok(text) if text.trim().is_empty() => Ok(None),
        Ok(text) => parse(&text).map(Some).ok_or_else(|| unreadable(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, &error)),
    }
}

fn parse(text: &str) -> Option<Keys> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut keys = lines.map(Key::parse).collect::<Option<Vec<_>>>()?.into_iter();
    Some(Keys::new(keys.next()?, keys.collect()))
}

/// Where the keys that sign archives stand: beside the others.
pub fn signing_path(keys: &str) -> PathBuf {
    let mut path = OsString::from(keys);
    path.push(".signing");
    path.into()
}

/// Reads the keys that sign archives, the one in use first; where there is none, the first is made.
pub fn signing_keys(path: &Path) -> Result<(SigningKey, Vec<SigningKey>), CommandFailure> {
    if let Some(found) = known_signing_keys(path)? {
        return Ok(found);
    }
    let key =
        SigningKey::new().map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
    match alone(path, &format!("{}\n", key.text())) {
        Ok(()) => Ok((key, Vec::new())),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_file() => {
            known_signing_keys(path)?.ok_or_else(|| unreadable(path))
        }
        Err(error) => Err(failed(path, &error)),
    }
}

/// The same, where none is made.
pub fn known_signing_keys(path: &Path) -> Result<Option<(SigningKey, Vec<SigningKey>)>, CommandFailure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, &error)),
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let keys = lines.map(SigningKey::parse).collect::<Option<Vec<_>>>().ok_or_else(|| unreadable(path))?;
    let mut keys = keys.into_iter();
    let first = keys.next().ok_or_else(|| unreadable(path))?;
    Ok(Some((first, keys.collect())))
}

/// Whoever else starts at the same moment makes it, or we do; both use the one that stands there.
fn first(path: &Path) -> Result<Keys, CommandFailure> {
    let key = Key::new().map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
    match alone(path, &format!("{}\n", key.text())) {
        Ok(()) => Ok(Keys::new(key, Vec::new())),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_file() => keys(path, true),
        Err(error) => Err(failed(path, &error)),
    }
}

/// A file that its owner alone reads, there whole or not at all.
fn alone(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    Ok(())
}

pub fn missing(path: &Path) -> CommandFailure {
    let path = path.display();
    CommandFailure::message(
        format!(
            "không thấy tệp khóa {path} (thiết lập keys), mà cơ sở dữ liệu đã có khóa xác thực hai lớp mã hóa bằng nó. Hãy chép tệp đã giữ \
             về đây (mọi máy chủ dùng chung một tệp); nếu mất hẳn, tạo một tệp rỗng cùng tên rồi chạy lại: khi đó người dùng xác thực hai \
             lớp cần mã dự phòng"
        ),
        format!(
            "the key file {path} (setting keys) is not there, but second factors in the database are encrypted with it. Copy the one you \
             kept to this place (all servers share one file); if it is lost for good, make an empty file of this name and start again: \
             people with a second factor then need a recovery code"
        ),
    )
}

fn unreadable(path: &Path) -> CommandFailure {
    let path = path.display();
    CommandFailure::message(
        format!(
            "tệp khóa {path} (thiết lập keys) không phải do parindex tạo ra: mỗi dòng phải là một khóa 43 ký tự. Hãy chép lại tệp đã giữ"
        ),
        format!(
            "the key file {path} (setting keys) was not made by parindex: each line must be a key of 43 characters. Copy back the one you kept"
        ),
    )
}

fn failed(path: &Path, error: &std::io::Error) -> CommandFailure {
    let (path, error) = (path.display(), system_words(error));
    CommandFailure::message(
        format!("không mở được tệp khóa {path} (thiết lập keys): {error}"),
        format!("the key file {path} (setting keys) cannot be opened: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_start_makes_a_key_that_its_owner_alone_reads_and_the_next_one_finds_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parindex.key");
        let written = keys(&path, false).unwrap().encrypt(1, "secret").unwrap();
        assert_eq!(keys(&path, false).unwrap().decrypt(1, &written).as_deref(), Ok("secret"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing beside it");
        #[cfg(unix)]
        {
            let rights = std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
            assert_eq!(rights & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_that_signs_is_made_once_and_what_is_none_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = signing_path(&folder.path().join("parindex.key").display().to_string());
        assert!(known_signing_keys(&path).unwrap().is_none());
        let (made, _) = signing_keys(&path).unwrap();
        let (found, former) = signing_keys(&path).unwrap();
        assert_eq!((found.fingerprint(), former.len()), (made.fingerprint(), 0));
        #[cfg(unix)]
        {
            let rights = std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
            assert_eq!(rights & 0o777, 0o600);
        }
        for text in ["", "khóa của tôi\n"] {
            std::fs::remove_file(&path).unwrap();
            alone(&path, text).unwrap();
            assert!(signing_keys(&path).is_err(), "{text}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_new_key_above_the_old_one_writes_and_both_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parindex.key");
        let written = keys(&path, false).unwrap().encrypt(1, "secret").unwrap();
        let old = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        alone(&path, &format!("{}\n{old}", Key::new().unwrap().text())).unwrap();
        let both = keys(&path, false).unwrap();
        assert_eq!(both.decrypt(1, &written).as_deref(), Ok("secret"));
        assert!(!both.is_current(&written) && both.is_current(&both.encrypt(1, "secret").unwrap()));
    }

    #[test]
    fn what_is_no_key_is_refused_and_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parindex.key");
        for text in ["khóa của tôi\n", "AAAA\n"] {
            let _gone = std::fs::remove_file(&path);
            alone(&path, text).unwrap();
            assert!(keys(&path, false).is_err(), "{text}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn where_something_is_encrypted_no_key_is_made_until_an_empty_file_says_that_the_old_one_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parindex.key");
        assert!(keys(&path, true).is_err() && !path.exists());
        alone(&path, "\n").unwrap();
        let written = keys(&path, true).unwrap().encrypt(1, "secret").unwrap();
        assert_eq!(keys(&path, true).unwrap().decrypt(1, &written).as_deref(), Ok("secret"));
    }
}
