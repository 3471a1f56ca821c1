//! A document is kept: of a kind that is taken in, whole, and with nothing bad in it.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use parindex_files::{FilesError, StoredFile, UploadId};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::file::Filed;

use super::kind::{BEGINS, kind};
use super::picture::{MAX_SIZE, cleaned, is_picture};
use crate::scan::ScanResult;
use crate::{Service, ServiceError};

/// The largest document that is taken: 2 GB.
pub const MAX: u64 = 2 << 30;

/// What came of a file.
pub enum Received {
    /// There was none.
    Nothing,
    File(Filed),
    /// It is not.
    Refused(Refused),
}

/// Why a file is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is of no kind that is taken in.
    Kind,
    /// It is a picture, larger than any that is taken in.
    LargePicture,
    /// It has not arrived whole.
    Unfinished,
    /// The scanner knows it by this name.
    Infected(String),
    /// The scanner looks through nothing that large.
    TooLarge,
    /// The scanner does not answer.
    Unscanned,
}

impl Say for Refused {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Kind => lang.pick(
                "Hãy chọn một tệp PDF, ảnh PNG hoặc JPEG, Word, Excel, ODF hay ZIP, đến 2 GB. Đuôi tệp phải đúng với nội dung; chưa lưu gì.",
                "Choose a PDF, PNG or JPEG picture, Word, Excel, ODF or ZIP file of up to 2 GB. The ending has to fit the content; nothing was kept.",
            ),
            Self::LargePicture => lang.pick(
                "Ảnh lớn hơn 64 MB nên không nhận. Hãy giảm độ phân giải, hoặc đưa ảnh vào một tệp PDF.",
                "Pictures of more than 64 MB are not taken. Make it smaller, or put it into a PDF.",
            ),
            Self::Unfinished => lang.pick(
                "Tệp chưa gửi xong. Hãy chọn lại đúng tệp đó: phần đã gửi được giữ trong một ngày, chỉ gửi tiếp phần còn lại.",
                "The file has not arrived whole. Choose the same file again: what has arrived is kept for a day, and only the rest is sent.",
            ),
            Self::Infected(name) => {
                return lang.pick(
                    format!("Chương trình quét phát hiện mã độc «{name}» trong tệp nên không nhận. Hãy quét máy của bạn rồi lấy lại tệp từ nguồn ban đầu."),
                    format!("The scanner found “{name}” in the file, so it was not taken. Scan your computer, and get the file again from where it came."),
                );
            }
            Self::TooLarge => lang.pick(
                "Chương trình quét mã độc của máy chủ không quét tệp lớn thế này nên không nhận. Hãy chia nhỏ tệp, hoặc nhờ người quản trị nâng giới hạn quét.",
                "The server’s scanner looks through nothing that large, so the file was not taken. Split it, or ask the administrator to raise the limits of the scanner.",
            ),
            Self::Unscanned => lang.pick(
                "Chương trình quét mã độc của máy chủ không trả lời nên chưa nhận tệp nào. Hãy thử lại sau ít phút, hoặc báo người quản trị.",
                "The server’s scanner does not answer, so no file is taken in. Try again in a few minutes, or tell the administrator.",
            ),
        }
        .to_owned()
    }
}

/// Keeps a file that came in part by part.
///
/// # Errors
/// When the place of the files fails.
pub async fn of_upload(service: &Service, owner: i64, id: &str) -> Result<Received, ServiceError> {
    let Some(id) = UploadId::parse(id) else { return Ok(Received::Refused(Refused::Unfinished)) };
    let (about, content) = match service.files.uploaded(owner, &id).await {
        Ok(arrived) => arrived,
        Err(FilesError::OffsetMismatch(_)) => return Ok(Received::Refused(Refused::Unfinished)),
        Err(other) => return Err(other.into()),
    };
    let kept = kept(service, &about.name, content).await?;
    match &kept {
        // Something came between the look and the reading. A picture is smaller without what was written into it.
        Received::File(file) if file.size != about.size && !is_picture(&file.kind) => {
            return Ok(Received::Refused(Refused::Unfinished));
        }
        Received::Refused(Refused::Kind | Refused::Infected(_)) => service.files.discard(owner, &id).await?,
        // Once it is attached it is let go of; until then it can be named again.
        _ => {}
    }
    Ok(kept)
}

/// Lets go of what was attached. What stays is swept away.
pub async fn let_go(service: &Service, owner: i64, uploads: &[String]) {
    for id in uploads.iter().filter_map(|id| UploadId::parse(id)) {
        if let Err(error) = service.files.discard(owner, &id).await {
            tracing::warn!(event = "upload.not_cleared", %error, %id, "an upload stays until it is swept away");
        }
    }
}

/// Keeps a file that comes in a stream.
///
/// # Errors
/// When the stream breaks, or there is too much of it.
pub async fn kept(
    service: &Service,
    name: &str,
    content: impl Stream<Item = Result<Bytes, FilesError>> + Send,
) -> Result<Received, ServiceError> {
    let (mut content, mut begins) = (Box::pin(content), Vec::new());
    while begins.len() < BEGINS {
        match content.next().await {
            Some(more) => begins.extend_from_slice(&more?),
            None => break,
        }
    }
    let Some(kind) = kind(&begins, name) else { return Ok(Received::Refused(Refused::Kind)) };
    let content = stream::iter([Ok(Bytes::from(begins))]).chain(content);
    let mut kept = service.files.keep(content, MAX).await?;
    if is_picture(kind) {
        match picture(service, kind, &kept).await? {
            Ok(clean) => kept = clean,
            Err(refused) => return Ok(Received::Refused(refused)),
        }
    }
    if let Some(refused) = looked_through(service, &kept.hash, name).await {
        return Ok(Received::Refused(refused));
    }
    let hash = kept.hash.to_string();
    Ok(Received::File(Filed { hash, size: kept.size, kind: kind.to_owned(), name: name.to_owned() }))
}

/// A picture without what its camera wrote beside it. It came in as it is, which nothing names and the night clears away; one after the
/// other is held in memory.
async fn picture(
    service: &Service,
    kind: &'static str,
    came: &StoredFile,
) -> Result<Result<StoredFile, Refused>, ServiceError> {
    if came.size > MAX_SIZE {
        return Ok(Err(Refused::LargePicture));
    }
    let turn = Arc::clone(&service.heavy).acquire_owned().await;
    let _turn = turn.map_err(|error| ServiceError::Internal(Box::new(error)))?;
    let mut whole = Vec::with_capacity(usize::try_from(came.size).unwrap_or(0));
    let mut content = Box::pin(service.files.read(&came.hash).await?);
    while let Some(part) = content.next().await {
        whole.extend_from_slice(&part.map_err(|error| ServiceError::Internal(error.into()))?);
    }
    let clean = tokio::task::spawn_blocking(move || cleaned(kind, Bytes::from(whole))).await;
    let Some(clean) = clean.ok().flatten() else { return Ok(Err(Refused::Kind)) };
    Ok(Ok(service.files.keep(stream::iter([Ok::<_, FilesError>(clean)]), MAX).await?))
}

/// What the scanner has against a file; what nobody names is swept away.
async fn looked_through(service: &Service, hash: &parindex_files::FileHash, name: &str) -> Option<Refused> {
    match service.intake.scanner.as_ref()?.scan(&service.files, hash).await {
        ScanResult::Clean => None,
        ScanResult::Infected(what) => {
            tracing::warn!(event = "upload.infected", %hash, name, what, "an upload is infected");
            Some(Refused::Infected(what))
        }
        ScanResult::TooLarge => {
            tracing::warn!(event = "upload.not_scanned", %hash, name, "an upload is larger than the scanner looks through");
            Some(Refused::TooLarge)
        }
        ScanResult::Unknown(why) => {
            tracing::error!(event = "scanner.unreachable", %hash, name, why, "the scanner gives no answer");
            Some(Refused::Unscanned)
        }
    }
}
