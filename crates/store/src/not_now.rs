//! Why something cannot be done now, and what to do about it.

use parindex_domain::procedure::NoVote;
use parindex_domain::size::written;
use parindex_rulebook::lang::{Lang, Say};

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
    /// The documents of the unit take so much room, and so much more is not left of the quota.
    NoRoom {
        /// Bytes that they take.
        taken: u64,
        /// Bytes that are to come.
        more: u64,
        /// Bytes that they may take.
        quota: u64,
    },
    /// Nobody gives himself a role.
    OwnRole,
    /// Whoever is of the standing body decides nothing about it in the place of the chair.
    OfStandingBody,
    /// The person sees less of the campaign than whoever decides in it.
    SeesLess,
    /// The account, or the person at the service, is linked already.
    Linked,
    /// Only a settled version can be used.
    NotSettled,
    /// A criteria set without a code or a title would be a version of every other one without.
    Unnamed,
    /// A campaign has one round of appraisal at least, and nine at most.
    Rounds,
    /// Something was decided, said or proven in the round.
    RoundUsed,
    /// Something was entered on the sheet, or decided about it.
    SheetUsed,
    /// Roles are held for the campaign.
    RolesHeld,
    /// The role has nothing to do with campaigns.
    NoCampaign,
    /// A unit cannot stand below itself.
    BelowItself,
    /// A unit that has ended, has not begun, or is the same becomes no other one.
    NoSuccession,
    /// Units become another one on a day that is there already.
    SuccessionToCome,
    /// A unit would end before it begins.
    DaysTurned,
    /// A draft was released: a unit that comes now could assess itself no more.
    AfterDraft,
    /// All points of the campaign are entered in one step.
    OneStage,
    /// The council votes on something: of whom more than half decide stays meanwhile.
    VotesOpen,
    /// The server has a special day of that date.
    DayThere,
    /// So many approved results rest on the special day.
    DaySettled(usize),
    /// The council does not vote on it now.
    Vote(NoVote),
}

impl Say for NotNow {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Vote(why) => return why.say(lang),
            Self::NoRoom { taken, more, quota } => return no_room([*taken, *more, *quota], lang),
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
            Self::WrongCode => (
                "Mã không đúng hoặc đã dùng. Hãy nhập mã đang hiện trên điện thoại.",
                "The code is wrong or was used. Enter the one that your phone shows now.",
            ),
            Self::Rounds
            | Self::RoundUsed
            | Self::SheetUsed
            | Self::RolesHeld
            | Self::AfterDraft
            | Self::OneStage
            | Self::VotesOpen => {
                return self.of_a_campaign(lang).to_owned();
            }
            Self::NeedsUnit
            | Self::NoUnit
            | Self::NoCampaign
            | Self::NoRemit
            | Self::OwnRole
            | Self::OfStandingBody
            | Self::SeesLess => {
                return self.of_a_role(lang).to_owned();
            }
            Self::OwnUnit | Self::NotRecorder => return self.of_a_visit(lang).to_owned(),
            Self::Undecided(_) | Self::SheetChanged => return self.of_a_decision(lang),
            Self::DayThere | Self::DaySettled(_) => return self.of_a_day(lang),
            Self::OneVersion | Self::Replaced => return self.of_a_document(lang).to_owned(),
            Self::BelowItself | Self::NoSuccession | Self::SuccessionToCome | Self::DaysTurned => {
                return self.of_a_unit(lang).to_owned();
            }
            Self::Linked => (
                "Tài khoản này hoặc người này ở dịch vụ đã được gắn rồi; hãy bỏ gắn trước.",
                "This account, or this person at the service, is linked already; unlink first.",
            ),
            Self::Unnamed | Self::NotSettled | Self::NotDraft => return self.of_a_set(lang).to_owned(),
            Self::NotEmpty => (
                "Cơ sở dữ liệu này đã có dữ liệu; bản sao lưu chỉ phục hồi vào một cơ sở dữ liệu mới, để không ghi đè gì.",
                "This database holds data; a backup is restored into a new one, so that nothing is overwritten.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}

impl NotNow {
    fn of_a_set(&self, lang: Lang) -> &'static str {
        match self {
            Self::Unnamed => lang.pick(
                "Bộ tiêu chí cần có mã và tên: không có thì không biết đây là phiên bản của bộ nào. Hãy ghi ở các hàng @mã bộ và @tên bộ.",
                "A criteria set needs a code and a title: without them nobody knows of which set this is a version. Write them in the rows @mã bộ and @tên bộ.",
            ),
            Self::NotSettled => lang.pick(
                "Bản này còn là nháp; hãy chốt trong thư viện trước.",
                "This version is a draft; settle it in the library first.",
            ),
            _ => lang.pick(
                "Bản này đã chốt nên không sửa được; hãy tạo bản mới từ nó.",
                "This version is settled and cannot be edited; make a new one from it.",
            ),
        }
    }
}

fn no_room(bytes: [u64; 3], lang: Lang) -> String {
    let [taken, more, quota] = bytes.map(|bytes| written(bytes, lang));
    lang.pick(
        format!("Tài liệu của đơn vị đang chiếm {taken} trong {quota} được phép, không còn chỗ cho {more} nữa; chưa lưu gì. Hãy bỏ tài liệu không cần, nén ảnh quét, dán địa chỉ của văn bản thay cho tệp, hoặc đề nghị người quản trị nâng hạn mức."),
        format!("The documents of the unit take {taken} of {quota}, and {more} more find no room; nothing was kept. Remove documents that nobody needs, scan with fewer dots, paste the address of a document in place of its file, or ask the administrator to raise the quota."),
    )
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

    fn of_a_day(self, lang: Lang) -> String {
        if let Self::DaySettled(count) = self {
            return lang.pick(
                format!("Kết quả đã phê duyệt của {count} cuộc chấm điểm tính theo ngày này nên không bỏ được. Cuộc chấm điểm nào tính khác thì ghi ngày ấy vào bảng calendar của gói."),
                format!("The approved results of {count} campaigns rest on this day, so it stays. A campaign that counts otherwise says so in the table calendar of its package."),
            );
        }
        lang.pick(
            "Ngày này đã có trong danh sách của máy chủ; muốn sửa thì bỏ dòng cũ rồi thêm lại.",
            "This day is in the list of the server already; to change it, remove it, then add it anew.",
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

    fn of_a_role(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Self::NeedsUnit => (
                "Vai trò này gắn với một đơn vị; hãy chọn đơn vị.",
                "This role is held for a unit; choose one.",
            ),
            Self::NoUnit => (
                "Vai trò này không gắn với một đơn vị nào; hãy để trống ô đơn vị.",
                "This role is held for no single unit; leave the unit empty.",
            ),
            Self::NoCampaign => (
                "Vai trò này không gắn với cuộc chấm điểm nào; hãy để trống ô cuộc chấm điểm.",
                "This role has nothing to do with campaigns; leave the campaign empty.",
            ),
            Self::SeesLess => (
                "Người này chưa có vai trò xem điểm của mọi đơn vị trong cuộc chấm điểm; hãy chọn người trong Hội đồng hoặc người thẩm định.",
                "This person holds no role that sees the points of all units; choose a member of the council or an appraiser.",
            ),
            Self::OfStandingBody => (
                "Người này thuộc chính đơn vị của cơ quan thường trực; hãy chọn một người của đơn vị khác.",
                "This is somebody of the standing body’s own unit; choose somebody of another one.",
            ),
            Self::NoRemit => (
                "Chỉ người thẩm định được giao lĩnh vực; hãy để trống ô lĩnh vực.",
                "Only appraisers are given domains; leave the domains empty.",
            ),
            _ => (
                "Không ai tự giao vai trò cho mình; hãy nhờ một người quản trị khác.",
                "Nobody gives himself a role; ask another administrator.",
            ),
        };
        lang.pick(vi, en)
    }

    fn of_a_unit(self, lang: Lang) -> &'static str {
        if self == Self::BelowItself {
            return lang.pick(
                "Đơn vị không thể trực thuộc chính nó hoặc đơn vị bên dưới nó; hãy chọn cấp trên khác.",
                "A unit cannot stand below itself or below one of its own; choose another one.",
            );
        }
        if self == Self::DaysTurned {
            return lang.pick(
                "Với các ngày này, một đơn vị kết thúc trước khi bắt đầu; chưa ghi gì. Hãy xem lại cột «từ ngày», «đến ngày» cùng ngày đã có ở trang đơn vị.",
                "With these days a unit would end before it begins; nothing was written. Look at the columns “from” and “to”, and at the days on the page of the unit.",
            );
        }
        if self == Self::SuccessionToCome {
            return lang.pick(
                "Ngày hiệu lực chưa tới nên chưa ghi: đơn vị trực thuộc và người dùng chuyển sang ngay khi ghi. Hãy ghi vào ngày hiệu lực hoặc sau đó.",
                "The day is still to come: what is below the units, and their people, go over at once. Write it down on that day or after it.",
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
            Self::AfterDraft => lang.pick(
                "Đã công bố dự thảo nên đơn vị mới không tự đánh giá được nữa; hãy đưa đơn vị vào cuộc chấm điểm năm sau.",
                "A draft was released, so a new unit could not assess itself; take it into the campaign of the next year.",
            ),
            Self::OneStage => lang.pick(
                "Cuộc chấm điểm này chỉ có một bước nên không có điểm từ nguồn khác.",
                "This campaign has one step alone, so nothing comes from other sources.",
            ),
            Self::VotesOpen => lang.pick(
                "Hội đồng đang biểu quyết nên chưa đổi được cách tính đa số; hãy kết luận các nội dung đang mở trước.",
                "The council is voting, so of whom a majority is needed stays; close the open points first.",
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
