//! What can go wrong with the database, and what it refuses.

use parindex_domain::procedure::{Locked, NoVote};
use parindex_domain::right::Denied;
use parindex_rulebook::lang::{Lang, Say};
use sea_orm::DbErr;

use crate::sheet::Entry;

/// The database failed, or holds what cannot be.
#[derive(Debug)]
pub enum StoreError {
    /// It does not answer, or not as it should.
    Database(Box<DbErr>),
    /// What was read could not be written to where it should go.
    Outside(std::io::Error),
    /// A row holds what no version of the program writes.
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The row.
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
    /// What is wrong with the database itself, when that is it.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Database(error) => crate::dialect::trouble(error),
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
            Self::Outside(error) => write!(f, "{error}"),
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
    Gone,
    /// The word is in use already.
    Taken(String),
    /// Somebody else changed it in the meantime.
    Outdated,
    /// The person, unit or link cannot do this now.
    NotNow(NotNow),
    /// The campaign is not where this is done.
    Life(parindex_domain::procedure::NotNow),
    /// The sheet is locked.
    Locked(Locked),
    /// Somebody else changed these cells since they were seen.
    Overtaken(Vec<Entry>),
    /// The line broke while it was written: it may be there or not.
    Unsure(StoreError),
    /// The database failed.
    Store(StoreError),
}

/// Why not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// The link was used or is too old.
    LinkSpent,
    /// The account is closed.
    Closed,
    /// The last administrator stays.
    LastAdministrator,
    /// The role needs a unit.
    NeedsUnit,
    /// The code was used or is wrong.
    WrongCode,
    /// Only a draft can be edited.
    NotDraft,
    /// A backup is restored into an empty database only.
    NotEmpty,
    /// The role is held everywhere.
    NoUnit,
    /// Only appraisers are given domains.
    NoRemit,
    /// Nobody checks his own unit.
    OwnUnit,
    /// Somebody else put it on record.
    NotRecorder,
    /// So many criteria are not decided, and whoever releases the draft did not say that he knows.
    Undecided(usize),
    /// The unit changed its sheet after it was looked at.
    SheetChanged,
    /// One document takes the place of one.
    OneVersion,
    /// Another document took its place.
    Replaced,
    /// Nobody gives himself a role.
    OwnRole,
    /// The account, or the person at the service, is linked already.
    Linked,
    /// Only a settled version can be used.
    NotSettled,
    /// A campaign has one round of appraisal at least, and nine at most.
    Rounds,
    /// Something was decided, said or proven in the round.
    RoundUsed,
    /// Something was entered on the sheet, or decided about it.
    SheetUsed,
    /// Roles are held for the campaign.
    RolesHeld,
    /// A unit cannot stand below itself.
    BelowItself,
    /// A unit that has ended, has not begun, or is the same becomes no other one.
    NoSuccession,
    /// The council does not vote on it now.
    Vote(NoVote),
}

impl Say for NotNow {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Vote(why) => return why.say(lang),
            Self::LinkSpent => (
                "Liên kết này đã dùng rồi hoặc đã quá hạn. Hãy xin người quản trị gửi liên kết mới.",
                "This link has been used or is too old. Ask the administrator for a new one.",
            ),
            Self::Closed => (
                "Tài khoản đã khóa. Người quản trị có thể mở lại.",
                "The account is closed. The administrator can open it again.",
            ),
            Self::LastAdministrator => (
                "Đây là người quản trị cuối cùng còn hoạt động; hãy giao vai trò cho người khác trước.",
                "This is the last active administrator; appoint another one first.",
            ),
            Self::NeedsUnit => (
                "Vai trò này gắn với một đơn vị; hãy chọn đơn vị.",
                "This role is held for a unit; choose one.",
            ),
            Self::WrongCode => (
                "Mã không đúng hoặc đã dùng. Hãy nhập mã đang hiện trên điện thoại.",
                "The code is wrong or was used. Enter the one that your phone shows now.",
            ),
            Self::NoUnit => (
                "Vai trò này áp dụng cho toàn hệ thống; hãy để trống ô đơn vị.",
                "This role is held everywhere; leave the unit empty.",
            ),
            Self::Rounds | Self::RoundUsed | Self::SheetUsed | Self::RolesHeld => {
                return self.of_a_campaign(lang).to_owned();
            }
            Self::OwnUnit | Self::NotRecorder => return self.of_a_visit(lang).to_owned(),
            Self::Undecided(_) | Self::SheetChanged => return self.of_a_decision(lang),
            Self::OneVersion | Self::Replaced => return self.of_a_document(lang).to_owned(),
            Self::BelowItself | Self::NoSuccession => return self.of_a_unit(lang).to_owned(),
            Self::NoRemit => (
                "Chỉ người thẩm định được giao lĩnh vực; hãy để trống ô lĩnh vực.",
                "Only appraisers are given domains; leave the domains empty.",
            ),
            Self::OwnRole => (
                "Không ai tự giao vai trò cho mình; hãy nhờ một người quản trị khác.",
                "Nobody gives himself a role; ask another administrator.",
            ),
            Self::Linked => (
                "Tài khoản này hoặc người này ở dịch vụ đã được gắn rồi; hãy bỏ gắn trước.",
                "This account, or this person at the service, is linked already; unlink first.",
            ),
            Self::NotSettled => (
                "Bản này còn là nháp; hãy chốt trong thư viện trước.",
                "This version is a draft; settle it in the library first.",
            ),
            Self::NotEmpty => (
                "Cơ sở dữ liệu này đã có dữ liệu; bản sao lưu chỉ phục hồi vào một cơ sở dữ liệu mới, để không ghi đè gì.",
                "This database holds data; a backup is restored into a new one, so that nothing is overwritten.",
            ),
            Self::NotDraft => (
                "Bản này đã chốt nên không sửa được; hãy tạo bản mới từ nó.",
                "This version is settled and cannot be edited; make a new one from it.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}

impl NotNow {
    fn of_a_decision(self, lang: Lang) -> String {
        if let Self::Undecided(count) = self {
            return lang.pick(
                format!("Còn {count} mục chưa kết luận ở vòng này nên chưa công bố. Hãy kết luận hết, hoặc đánh dấu xác nhận giữ điểm như đang có rồi công bố."),
                format!("{count} criteria of this round are not decided, so nothing was released. Decide them, or confirm that their points stay, then release."),
            );
        }
        lang.pick(
            "Đơn vị vừa sửa số liệu, tài liệu hoặc giải trình sau khi bạn mở trang này; chưa ghi kết luận nào. Trang đã hiện nội dung mới: hãy xem lại rồi kết luận.",
            "The unit changed figures, documents or its explanation after you opened this page; nothing was decided. The page shows what is new: look again, then decide.",
        )
        .to_owned()
    }

    fn of_a_document(self, lang: Lang) -> &'static str {
        if self == Self::OneVersion {
            return lang.pick(
                "Bản mới của một tài liệu phải là đúng một tệp hoặc một địa chỉ; chưa lưu gì. Hãy chọn lại một tệp hoặc dán một địa chỉ.",
                "The new version of a document is one file or one address; nothing was kept. Choose one file, or paste one address.",
            );
        }
        lang.pick(
            "Tài liệu này đã có bản mới thay nên chưa lưu gì. Hãy chọn bản mới nhất của nó đang hiện ở tiêu chí; muốn bỏ cả hai thì bỏ bản mới trước.",
            "Another document has taken the place of this one already; nothing was kept. Choose its newest version, which the criterion shows; to remove both, remove the newer one first.",
        )
    }

    fn of_a_unit(self, lang: Lang) -> &'static str {
        if self == Self::BelowItself {
            return lang.pick(
                "Đơn vị không thể trực thuộc chính nó hoặc đơn vị bên dưới nó; hãy chọn cấp trên khác.",
                "A unit cannot stand below itself or below one of its own; choose another one.",
            );
        }
        lang.pick(
            "Các đơn vị cũ phải đang tồn tại trước ngày này, chưa kết thúc và khác đơn vị nhận; đơn vị nhận phải tồn tại vào ngày này.",
            "The former units have to be there before that day, not ended, and others than the one they become; that one has to be there on the day.",
        )
    }

    fn of_a_campaign(self, lang: Lang) -> &'static str {
        match self {
            Self::Rounds => lang.pick(
                "Một cuộc chấm điểm có từ một đến chín vòng thẩm định; chưa đổi gì.",
                "A campaign has one to nine rounds of appraisal; nothing was changed.",
            ),
            Self::RoundUsed => lang.pick(
                "Vòng này đã có kết luận, giải trình hoặc tài liệu nên không bỏ được.",
                "Something was decided, said or proven in this round, so it stays.",
            ),
            Self::RolesHeld => lang.pick(
                "Còn người giữ vai trò riêng cho cuộc chấm điểm này. Hãy thôi các vai trò ấy ở trang Người dùng rồi xóa.",
                "Somebody holds a role for this campaign. Take these roles on the page of people, then remove it.",
            ),
            _ => lang.pick(
                "Phiếu của đơn vị đã có nội dung nên không đưa ra được. Hãy đặt diện «miễn» hoặc «không xếp hạng» kèm lý do.",
                "Something stands on the sheet of this unit, so it stays. Make it exempt or unranked, with the reason.",
            ),
        }
    }

    fn of_a_visit(self, lang: Lang) -> &'static str {
        if self == Self::OwnUnit {
            return lang.pick(
                "Đây là đơn vị của bạn, nên bạn không ghi hoặc rút biên bản kiểm tra ở đây.",
                "This is your own unit, so you neither record nor withdraw a check of it.",
            );
        }
        lang.pick(
            "Chỉ người ghi biên bản hoặc cơ quan thường trực rút được biên bản này.",
            "Only who recorded this check, or the standing body, can withdraw it.",
        )
    }
}

impl Say for Refusal {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Denied(denied) => denied.say(lang),
            Self::Gone => lang.pick("Không còn mục này.", "This is not there any more.").to_owned(),
            Self::Taken(word) => {
                lang.pick(format!("«{word}» đã có người dùng."), format!("“{word}” is in use already."))
            }
            Self::Outdated => lang
                .pick(
                    "Người khác vừa sửa mục này. Hãy tải lại trang rồi sửa tiếp; điều bạn nhập còn ở dưới.",
                    "Somebody has just changed this. Load the page anew; what you typed stands below.",
                )
                .to_owned(),
            Self::NotNow(why) => why.say(lang),
            Self::Life(why) => why.say(lang),
            Self::Locked(why) => why.say(lang),
            Self::Overtaken(_) => lang
                .pick(
                    "Người khác vừa sửa ô này. Hãy xem cả hai giá trị rồi chọn.",
                    "Somebody has just changed this cell. Look at both values and choose.",
                )
                .to_owned(),
            Self::Unsure(_) => lang
                .pick(
                    "Đường truyền tới cơ sở dữ liệu đứt đúng lúc ghi nên không chắc đã ghi hay chưa. Hãy tải lại trang để xem trước khi làm lại.",
                    "The line to the database broke while it was written, so it may be there or not. Load the page anew and look before you repeat it.",
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
