//! What can go wrong with files.

use parindex_rulebook::lang::{Lang, Say};

use crate::FileHash;

/// The place failed, or a file is not what it should be.
#[derive(Debug)]
pub enum FilesError {
    /// The place does not answer, is full, or may not be written.
    Unavailable(Box<object_store::Error>),
    /// The address of the place cannot be read.
    InvalidAddress(String),
    /// What sends the content stopped half way.
    Broken(Box<dyn std::error::Error + Send + Sync>),
    /// More than this many bytes came.
    TooLarge(u64),
    /// An upload has this many bytes, not as many as was thought.
    OffsetMismatch(u64),
    /// A person sends as many at once as he may.
    TooManyAtOnce,
    /// So many uploads have begun and not ended.
    TooManyBegun(usize),
    /// There is no such file.
    NotFound(FileHash),
    /// The content is not what the name says.
    Altered(FileHash),
}

impl std::fmt::Display for FilesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unavailable(error) => write!(f, "files: {error}"),
            Self::InvalidAddress(what) => write!(f, "files: “{what}” is neither folder:PATH nor s3://BUCKET"),
            Self::Broken(error) => write!(f, "the content broke off: {error}"),
            Self::TooLarge(most) => write!(f, "more than {most} bytes"),
            Self::OffsetMismatch(there) => write!(f, "{there} bytes are there"),
            Self::TooManyAtOnce => f.write_str("too many at once"),
            Self::TooManyBegun(most) => write!(f, "{most} files are on their way already"),
            Self::NotFound(hash) => write!(f, "file {hash} is missing"),
            Self::Altered(hash) => write!(f, "file {hash} has been altered"),
        }
    }
}

impl Say for FilesError {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Unavailable(error) => lang.pick(
                format!("nơi giữ tệp không nhận hoặc không trả lời ({error}); hãy kiểm tra đĩa, quyền ghi hoặc đường truyền"),
                format!("the place of the files does not answer ({error}); check disk, rights and line"),
            ),
            Self::InvalidAddress(what) => lang.pick(
                format!("«{what}» không phải folder:THƯ MỤC hay s3://THÙNG"),
                format!("“{what}” is neither folder:PATH nor s3://BUCKET"),
            ),
            Self::Broken(error) => {
                lang.pick(format!("nội dung tệp bị đứt giữa chừng: {error}"), format!("the content broke off: {error}"))
            }
            Self::TooLarge(most) => {
                lang.pick(format!("tệp lớn hơn {most} byte"), format!("the file has more than {most} bytes"))
            }
            Self::OffsetMismatch(there) => lang.pick(
                format!("mới nhận được {there} byte; hãy gửi tiếp từ đó"),
                format!("{there} bytes are there; go on from there"),
            ),
            Self::TooManyAtOnce => lang
                .pick("bạn đang gửi nhiều tệp cùng lúc; hãy đợi", "you are sending many files at once; wait")
                .to_owned(),
            Self::TooManyBegun(most) => lang.pick(
                format!("bạn đang gửi dở {most} tệp; hãy gửi xong hoặc bỏ bớt"),
                format!("{most} of your files are on their way already; end some of them"),
            ),
            Self::NotFound(hash) => lang.pick(format!("thiếu tệp {hash}"), format!("file {hash} is missing")),
            Self::Altered(hash) => {
                lang.pick(format!("tệp {hash} đã bị sửa"), format!("file {hash} has been altered"))
            }
        }
    }
}

impl std::error::Error for FilesError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unavailable(error) => Some(error.as_ref()),
            Self::Broken(error) => Some(error.as_ref()),
            Self::InvalidAddress(_)
            | Self::TooLarge(_)
            | Self::OffsetMismatch(_)
            | Self::TooManyBegun(_)
            | Self::TooManyAtOnce
            | Self::NotFound(_)
            | Self::Altered(_) => None,
        }
    }
}

impl From<object_store::Error> for FilesError {
    fn from(error: object_store::Error) -> Self {
        Self::Unavailable(Box::new(error))
    }
}
