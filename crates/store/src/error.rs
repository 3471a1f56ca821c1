//! What can go wrong with the database, and what it refuses.

use std::sync::Arc;

use parindex_domain::procedure::{LifeRefusal, Locked, VoteRefusal};
use parindex_domain::refusal::{
    AccountRefusal, CalendarRefusal, CampaignRefusal, CriteriaSetRefusal, EvidenceRefusal, NotNow,
    RestoreRefusal, RoleRefusal, SheetRefusal, UnitRefusal, VisitRefusal,
};
use parindex_domain::right::Denied;
use parindex_rulebook::lang::{Lang, Say};
use sea_orm::DbErr;

use crate::in_use::InUse;
use crate::sheet::StoredEntry;

/// The database failed, or holds what cannot be.
#[derive(Debug)]
pub enum StoreError {
    /// It does not answer, or not as it should.
    Database(Box<DbErr>),
    /// Others have been writing for too long.
    Busy,
    /// It began to answer and did not end.
    Timeout,
    /// It did not answer a moment ago, and is not asked before it does.
    Away,
    /// What was read could not be written to where it should go.
    Outside(std::io::Error),
    /// What kept several changes that were written together from being kept.
    Shared(Arc<Self>),
    /// A row holds what no version of the program writes.
    Inconsistent {
        table: &'static str,
        row: i64,
        /// What is wrong.
        what: String,
    },
}

/// What is wrong with the database itself: nothing that a user did, and somebody has to see to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Its disk is full.
    Full,
    /// It may only be read.
    ReadOnly,
    /// It does not answer, or its file cannot be opened.
    Unreachable,
    /// Others have held it for too long.
    Busy,
}

impl Say for Trouble {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Full => (
                "Đĩa của cơ sở dữ liệu đã đầy nên chưa ghi gì; những gì đã ghi trước đó vẫn còn. Hãy giải phóng hoặc thêm dung lượng rồi làm lại, không cần khởi động lại.",
                "The disk of the database is full, so nothing was written; what was written before is there. Free some space and try again; no restart is needed.",
            ),
            Self::ReadOnly => (
                "Cơ sở dữ liệu chỉ cho đọc nên chưa ghi gì. Hãy kiểm tra quyền ghi của thư mục và tình trạng đĩa.",
                "The database may only be read, so nothing was written. Check the rights of its folder and the state of the disk.",
            ),
            Self::Busy => (
                "Cơ sở dữ liệu đang bận quá lâu nên chưa ghi gì. Hãy thử lại sau ít phút.",
                "The database has been busy for too long, so nothing was written. Try again in a few minutes.",
            ),
            Self::Unreachable => (
                "Cơ sở dữ liệu không trả lời nên chưa ghi gì. Nếu nó đang khởi động lại, hãy thử lại sau một phút; nếu không, hãy kiểm tra dịch vụ, thư mục và đĩa của nó.",
                "The database does not answer, so nothing was written. If it is restarting, try again in a minute; if not, check its service, folder and disk.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}

impl StoreError {
    /// A row that holds what no version of the program writes.
    pub(crate) fn inconsistent(table: &'static str, row: i64, what: impl Into<String>) -> Self {
        Self::Inconsistent { table, row, what: what.into() }
    }

    /// What is wrong with the database itself, when that is it.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Database(error) => crate::dialect::trouble(error),
            Self::Busy => Some(Trouble::Busy),
            Self::Timeout | Self::Away => Some(Trouble::Unreachable),
            Self::Shared(error) => error.trouble(),
            Self::Inconsistent { .. } | Self::Outside(_) => None,
        }
    }
}

impl Say for StoreError {
    fn say(&self, lang: Lang) -> String {
        match (self, self.trouble()) {
            (_, Some(trouble)) => trouble.say(lang),
            (Self::Outside(error), None) => {
                let why = parindex_package::system_words(error);
                lang.pick(format!("không ghi được: {why}"), format!("it cannot be written: {why}"))
            }
            (_, None) => self.to_string(),
        }
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database(error) => write!(f, "database: {error}"),
            Self::Busy => f.write_str("database: others have been writing for too long"),
            Self::Timeout => f.write_str("database: no end of an answer"),
            Self::Away => f.write_str("database: no answer a moment ago"),
            Self::Outside(error) => write!(f, "{error}"),
            Self::Shared(error) => write!(f, "{error}"),
            Self::Inconsistent { table, row, what } => write!(f, "table {table}, row {row}: {what}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(Box::new(error))
    }
}

/// Why a change was not made. Nothing of it was written.
#[derive(Debug)]
pub enum Refusal {
    /// No right to it.
    Denied(Denied),
    /// What it is about is not there (any more).
    NotFound,
    /// What somebody called something is the name of another one already.
    Taken(InUse),
    /// Somebody else changed it in the meantime.
    Stale,
    /// The person, unit or link cannot do this now.
    NotNow(NotNow),
    /// The campaign is not where this is done.
    Life(LifeRefusal),
    /// The sheet is locked.
    Locked(Locked),
    /// Somebody else changed these cells since they were seen.
    CellConflict(Vec<StoredEntry>),
    /// These sheets are not as they were submitted: somebody changed them beside the log.
    SealBroken(Vec<String>),
    /// The line broke while it was written: it may be there or not.
    CommitUnknown(StoreError),
    /// The database failed.
    Store(StoreError),
}

impl Say for Refusal {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Denied(denied) => denied.say(lang),
            Self::NotFound => lang.pick("Không còn mục này.", "This is not there any more.").to_owned(),
            Self::Taken(in_use) => in_use.say(lang),
            Self::Stale => lang
                .pick(
                    "Người khác vừa sửa mục này. Hãy tải lại trang rồi sửa tiếp; điều bạn nhập còn ở dưới.",
                    "Somebody has just changed this. Reload the page; what you typed stands below.",
                )
                .to_owned(),
            Self::NotNow(why) => why.say(lang),
            Self::Life(why) => why.say(lang),
            Self::Locked(why) => why.say(lang),
            Self::CellConflict(_) => lang
                .pick(
                    "Người khác vừa sửa ô này. Hãy xem cả hai giá trị rồi chọn.",
                    "Somebody has just changed this cell. Look at both values and choose.",
                )
                .to_owned(),
            Self::SealBroken(units) => {
                let units = units.join(", ");
                lang.pick(
                    format!("Chưa phê duyệt: phiếu của {units} không còn đúng như lúc nộp, dấu niêm phong không khớp. Giữ nguyên cơ sở dữ liệu, báo người phụ trách an toàn thông tin; trang «Nhật ký» có nút kiểm tra để biết chỗ nào khác."),
                    format!("Nothing was approved: the sheets of {units} are not as they were submitted, their seals do not fit. Leave the database as it is and tell whoever is in charge of security; the check on the page of the log says what differs."),
                )
            }
            Self::CommitUnknown(_) => lang
                .pick(
                    "Đường truyền tới cơ sở dữ liệu đứt đúng lúc ghi nên không chắc đã ghi hay chưa. Hãy tải lại trang để xem trước khi làm lại.",
                    "The connection to the database was lost while it was written, so it may be there or not. Reload the page and look before you repeat it.",
                )
                .to_owned(),
            Self::Store(error) => error.say(lang),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<DbErr> for Refusal {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<LifeRefusal> for Refusal {
    fn from(why: LifeRefusal) -> Self {
        Self::Life(why)
    }
}

impl From<Locked> for Refusal {
    fn from(why: Locked) -> Self {
        Self::Locked(why)
    }
}

/// What is refused for a word’s own reason is refused for now.
macro_rules! refuses_for_now {
    ($($why:ty),* $(,)?) => {
        $(impl From<$why> for Refusal {
            fn from(why: $why) -> Self {
                Self::NotNow(why.into())
            }
        })*
    };
}

refuses_for_now!(
    AccountRefusal,
    CalendarRefusal,
    CampaignRefusal,
    CriteriaSetRefusal,
    EvidenceRefusal,
    RestoreRefusal,
    RoleRefusal,
    SheetRefusal,
    UnitRefusal,
    VisitRefusal,
    VoteRefusal,
);
