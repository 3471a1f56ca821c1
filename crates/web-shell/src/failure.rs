//! What goes wrong, as a page that says what happened and where to go next. Only what is inside is logged as an error.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use parindex_domain::right::Denied;
use parindex_files::FilesError;
use parindex_rulebook::lang::{Lang, Say};
use parindex_service::ServiceError;
use parindex_store::{Refusal, StoreError, Trouble};

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// There is no such page or thing.
    NotFound,
    /// Nobody is signed in.
    NotSignedIn,
    /// Signed in with a password alone, where a role asks for more.
    SecondFactorRequired,
    /// Signed in, but without the right.
    Denied(Denied),
    /// The form did not come from our page, or its page is too old.
    CsrfMismatch,
    /// The request cannot be read.
    BadRequest,
    /// More came than the page takes.
    TooLarge,
    /// More was asked for than anybody who works needs; after so many seconds again.
    TooManyRequests(u64),
    /// Others have so much to read that the turn did not come; after so many seconds again.
    Busy(u64),
    /// What was asked for cannot be made, and why.
    Impossible(String),
    /// The change was refused for a reason that no field can show.
    Refused(Refusal),
    /// The database itself is in trouble.
    Trouble(Trouble, StoreError),
    /// The place of the files is in trouble.
    Files(FilesError),
    /// Something inside failed.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error.trouble() {
            Some(trouble) => Self::Trouble(trouble, error),
            None => Self::Internal(Box::new(error)),
        }
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound => Self::NotFound,
            ServiceError::Denied(denied) => denied.into(),
            ServiceError::Refused(refusal) => refusal.into(),
            ServiceError::Store(error) => error.into(),
            ServiceError::Files(error) => error.into(),
            ServiceError::Internal(error) => Self::Internal(error),
        }
    }
}

impl From<FilesError> for Failure {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::TooLarge(_) => Self::TooLarge,
            FilesError::Broken(error)
                if matches!(error.downcast_ref::<FilesError>(), Some(FilesError::TooLarge(_))) =>
            {
                Self::TooLarge
            }
            FilesError::Broken(_) => Self::BadRequest,
            place @ FilesError::Unavailable(_) => Self::Files(place),
            other => Self::Internal(Box::new(other)),
        }
    }
}

/// A disk that waits for us is one of the server.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<getrandom::Error> for Failure {
    fn from(error: getrandom::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Denied(denied) => Self::Denied(denied),
            Refusal::NotFound => Self::NotFound,
            Refusal::Store(error) => error.into(),
            Refusal::CommitUnknown(ref error) => {
                tracing::error!(event = "commit.unknown", %error, "the connection was lost while a change was written");
                Self::Refused(refusal)
            }
            other => Self::Refused(other),
        }
    }
}

/// What the library says in English when a path, a query or a body is not as the handler asks, in our words.
///
/// A number in an address that is none leads nowhere, like any other wrong address.
#[must_use]
pub fn of_library(status: StatusCode, reading: bool) -> Option<Failure> {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Some(Failure::TooLarge),
        StatusCode::BAD_REQUEST if reading => Some(Failure::NotFound),
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Some(Failure::BadRequest)
        }
        _ => None,
    }
}

/// Handlers end with this; the guard turns it into a page, because only it knows the visitor.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = status.into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

impl Failure {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotSignedIn | Self::SecondFactorRequired => StatusCode::UNAUTHORIZED,
            Self::Denied(_) => StatusCode::FORBIDDEN,
            Self::CsrfMismatch | Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooManyRequests(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(_) | Self::Impossible(_) => StatusCode::CONFLICT,
            Self::Trouble(..) | Self::Files(_) | Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The heading and the sentence of the page.
    #[must_use]
    pub fn words(&self, lang: Lang) -> (String, String) {
        let t = |vi: &str, en: &str| lang.pick(vi, en).to_owned();
        match self {
            Self::NotFound => (
                t("Không có trang này", "No such page"),
                t(
                    "Địa chỉ sai, hoặc mục này không còn. Hãy quay lại trang chủ rồi tìm từ đó.",
                    "The address is wrong, or this is gone. Go back to the home page and look from there.",
                ),
            ),
            Self::Files(_) => files_in_trouble(lang),
            Self::NotSignedIn | Self::SecondFactorRequired => (t("Hãy đăng nhập", "Sign in"), String::new()),
            Self::Denied(denied) => {
                (t("Bạn không có quyền này", "You have no right to this"), denied.say(lang))
            }
            Self::CsrfMismatch => (
                t("Trang đã cũ", "The page is too old"),
                t(
                    "Biểu mẫu này được mở từ lâu hoặc không phải từ trang của chúng tôi, nên chưa ghi gì. Hãy quay lại, tải lại trang rồi gửi lại.",
                    "This form was opened long ago or not on our page, so nothing was written. Go back, reload the page and send it again.",
                ),
            ),
            Self::BadRequest => (
                t("Không đọc được yêu cầu", "The request cannot be read"),
                t(
                    "Trình duyệt gửi thiếu hoặc sai, có thể do đường truyền đứt giữa chừng; chưa ghi gì. Hãy quay lại và gửi lại.",
                    "The browser sent too little or something wrong, perhaps because the connection was lost; nothing was written. Go back and send it again.",
                ),
            ),
            Self::TooLarge => (
                t("Nội dung quá lớn", "This is too large"),
                t(
                    "Tài liệu kiểm chứng được nhận đến 2 GB, bảng tính và gói đến 12 MB, chữ nhập vào biểu mẫu đến 256 kB; chưa ghi gì. Hãy rút ngắn, bỏ bớt hình ảnh hoặc chia tệp rồi gửi lại.",
                    "Documents are taken up to 2 GB, workbooks and packages up to 12 MB, forms up to 256 kB; nothing was written. Shorten it, take pictures out or split the file, and send it again.",
                ),
            ),
            Self::TooManyRequests(seconds) => (
                t("Quá nhiều yêu cầu", "Too many requests"),
                lang.pick(
                    format!("Trình duyệt này vừa gửi quá nhiều yêu cầu nên yêu cầu cuối chưa được làm. Hãy đợi {seconds} giây rồi thử lại; những gì đã lưu vẫn còn."),
                    format!("This browser has just sent too many requests, and the last one was not carried out. Wait {seconds} seconds and try again; what was saved is there."),
                ),
            ),
            Self::Busy(seconds) => busy(*seconds, lang),
            Self::Impossible(why) => (t("Chưa làm được", "This cannot be done now"), why.clone()),
            Self::Refused(refusal) => (t("Chưa làm được", "This cannot be done now"), refusal.say(lang)),
            Self::Trouble(trouble, _) => {
                (t("Máy chủ tạm thời chưa làm được", "The server cannot do this now"), trouble.say(lang))
            }
            Self::Internal(_) => (
                t("Máy chủ gặp lỗi", "The server failed"),
                t(
                    "Chưa có gì được ghi. Lỗi đã vào nhật ký máy chủ. Hãy thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị kèm giờ này.",
                    "Nothing was written. The failure is in the server’s log. Try again in a few minutes, then tell the administrator with the time.",
                ),
            ),
        }
    }
}

fn busy(seconds: u64, lang: Lang) -> (String, String) {
    (
        lang.pick("Máy chủ đang đọc nhiều tệp", "The server is reading many files").to_owned(),
        lang.pick(
            format!("Nhiều người đang nộp bảng tính, danh sách hoặc gói cùng lúc nên tệp của bạn chưa tới lượt; chưa ghi gì. Hãy quay lại và gửi lại tệp sau {seconds} giây."),
            format!("Many people send workbooks, lists or packages at once, and the turn of yours did not come; nothing was written. Go back, and send it again after {seconds} seconds."),
        ),
    )
}

fn files_in_trouble(lang: Lang) -> (String, String) {
    let t = |vi: &str, en: &str| lang.pick(vi, en).to_owned();
    (
        t("Nơi giữ tệp gặp sự cố", "The place of the files is in trouble"),
        t(
            "Máy chủ không ghi hoặc đọc được tệp (có thể đầy đĩa hoặc mất kết nối); chưa lưu gì. Hãy báo quản trị viên và thử lại sau ít phút.",
            "The server cannot write or read files (the disk may be full, or the connection lost); nothing was kept. Tell the administrator, and try again in a few minutes.",
        ),
    )
}

/// What handlers return.
pub type Answer = Result<Response, Failure>;
