//! Why there is no archive, or nothing from it.

use parindex_domain::audit::Broken;
use parindex_files::FilesError;
use parindex_package::system_words;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::{Refusal, StoreError};

use super::{FORMAT, SIGNED, Whose};
use crate::check_files::CheckError;
use crate::failed::Failed;

/// Why there is no archive, or nothing from it.
#[derive(Debug)]
pub enum ArchiveError {
    /// The archive cannot be written or read.
    Unreadable(String),
    /// Something stands there already; a backup never takes its place.
    Exists,
    /// A format that this program does not know.
    Format(u32),
    /// The manifest lacks tables or has too many.
    Tables,
    /// A table is not what the manifest says.
    Altered(String),
    /// A file that a row names is not in it, or is not what its name says.
    File(String),
    /// Something is in it that the manifest does not name.
    Extra(String),
    /// Its signature is not one of its manifest.
    Forged,
    /// Somebody else signed it.
    Foreign(Box<Whose>),
    /// Nobody signed it.
    Unsigned(Box<Whose>),
    /// It is encrypted, and no key was given.
    Encrypted,
    /// None of the keys that were given opens it.
    OtherKey,
    /// No archive can be signed or encrypted.
    Seal(String),
    /// The log in it is not intact.
    Log(Broken),
    /// The database refuses.
    Refused(Refusal),
    /// The place of the files fails.
    Files(FilesError),
}

impl From<StoreError> for ArchiveError {
    fn from(error: StoreError) -> Self {
        Self::Refused(Refusal::Store(error))
    }
}

impl From<CheckError> for ArchiveError {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Store(error) => error.into(),
            CheckError::Files(error) => error.into(),
        }
    }
}

impl From<Refusal> for ArchiveError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FilesError> for ArchiveError {
    fn from(error: FilesError) -> Self {
        Self::Files(error)
    }
}

impl From<std::io::Error> for ArchiveError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return Self::Exists;
        }
        Self::Unreadable(system_words(&error))
    }
}

impl From<zip::result::ZipError> for ArchiveError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => error.into(),
            other => Self::Unreadable(other.to_string()),
        }
    }
}

impl From<ArchiveError> for Failed {
    fn from(error: ArchiveError) -> Self {
        Self::ForNow(error.say(Lang::Vi))
    }
}

impl Say for ArchiveError {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable(why) => why.clone(),
            Self::Format(format) => lang.pick(
                format!("bản sao lưu dạng {format}, chương trình này đọc đến dạng {FORMAT}; hãy dùng bản mới hơn"),
                format!("a backup of format {format}, this program reads up to {FORMAT}; use a newer one"),
            ),
            Self::Altered(table) => lang.pick(
                format!("bảng «{table}» không khớp với bản kê; tệp đã hỏng hoặc bị sửa, chưa phục hồi gì"),
                format!(
                    "table “{table}” does not match the manifest; the file is damaged or was altered, nothing was restored"
                ),
            ),
            Self::File(hash) => lang.pick(
                format!("tệp minh chứng {hash} thiếu hoặc đã bị sửa; cơ sở dữ liệu chưa phục hồi gì"),
                format!("the evidence file {hash} is missing or was altered; the database was not restored"),
            ),
            Self::Extra(name) => lang.pick(
                format!("trong bản sao lưu có «{name}» mà bản kê không nêu; tệp đã bị sửa, chưa phục hồi gì"),
                format!("“{name}” is in the backup and not in its manifest; it was altered, nothing was restored"),
            ),
            Self::Foreign(whose) => foreign(whose, lang),
            Self::Unsigned(whose) => unsigned(whose, lang),
            Self::Seal(why) => lang.pick(
                format!("không ký hoặc không mã hóa được bản sao lưu: {why}"),
                format!("the backup cannot be signed or encrypted: {why}"),
            ),
            Self::Log(broken) => broken.say(lang),
            Self::Refused(refusal) => refusal.say(lang),
            Self::Files(error) => error.say(lang),
            Self::Exists | Self::Tables | Self::Forged | Self::Encrypted | Self::OtherKey => {
                let (vi, en) = self.plain();
                lang.pick(vi, en).to_owned()
            }
        }
    }
}

impl ArchiveError {
    /// What is said where there is nothing to fill in.
    fn plain(&self) -> (&'static str, &'static str) {
        match self {
            Self::Exists => (
                "đã có tệp tên này; bản sao lưu không ghi đè lên tệp nào, hãy chọn tên khác",
                "a file of this name is there; a backup overwrites none, choose another name",
            ),
            Self::Tables => (
                "bản kê thiếu hoặc thừa bảng; tệp đã hỏng hoặc bị sửa, chưa phục hồi gì",
                "the manifest lacks tables or has too many; nothing was restored",
            ),
            Self::Forged => (
                "chữ ký không khớp với bản kê: bản sao lưu đã bị sửa sau khi ký, hoặc mang chữ ký của bản khác; chưa phục hồi gì",
                "the signature does not fit the manifest: the backup was altered after it was signed, or carries the signature of another one; nothing was restored",
            ),
            Self::Encrypted => (
                "bản sao lưu đã được mã hóa; hãy chạy lại với --identity TỆP, là tệp chứa khóa mở (AGE-SECRET-KEY-…) của khóa trong thiết lập backup_recipient khi sao lưu",
                "the backup is encrypted; run this again with --identity FILE, the file with the key (AGE-SECRET-KEY-…) of the setting backup_recipient when it was made",
            ),
            Self::OtherKey => (
                "không khóa nào trong tệp --identity mở được bản sao lưu này; hãy tìm tệp khóa của khóa đã đặt trong backup_recipient khi sao lưu",
                "no key in the file of --identity opens this backup; find the one of the setting backup_recipient when it was made",
            ),
            _ => ("", ""),
        }
    }
}

fn foreign(whose: &Whose, lang: Lang) -> String {
    let (said, key) =
        (whose.say(lang), whose.fingerprint.as_ref().map(ToString::to_string).unwrap_or_default());
    lang.pick(
        format!("bản sao lưu không do máy chủ này ký. {said}. Nếu đúng là bản bạn cần và dấu khóa khớp với dấu đã ghi lại ở nơi ấy, hãy chạy lại với --accept-key {key}. Chưa phục hồi gì"),
        format!("this server did not sign the backup. {said}. If it is the one you want and the fingerprint is the one noted there, run this again with --accept-key {key}. Nothing was restored"),
    )
}

fn unsigned(whose: &Whose, lang: Lang) -> String {
    let said = whose.say(lang);
    lang.pick(
        format!("bản sao lưu không có chữ ký (các bản trước dạng {SIGNED} đều như vậy), nên không chứng minh được là của ai và chưa bị sửa. {said}. Nếu tệp vẫn được giữ ở nơi an toàn, hãy chạy lại với --unsigned. Chưa phục hồi gì"),
        format!("the backup has no signature (none before format {SIGNED} has), so nothing proves whose it is and that it was not altered. {said}. If it was kept in a safe place, run this again with --unsigned. Nothing was restored"),
    )
}
