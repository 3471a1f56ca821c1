//! Why a campaign, its rounds or its members stay as they are.

use parindex_rulebook::lang::{Lang, Say};

/// Why a campaign, its rounds or its members stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignRefusal {
    /// A campaign has one round of appraisal at least, and nine at most.
    Rounds,
    /// Something was decided, said or proven in the round.
    RoundUsed,
    /// Roles are held for the campaign.
    RolesHeld,
    /// A draft was released: a unit that comes now could assess itself no more.
    AfterDraft,
    /// All points of the campaign are entered in one step.
    OneStage,
    /// The council votes on something: of whom more than half decide stays meanwhile.
    VotesOpen,
    /// So many criteria are not decided, and whoever releases the draft did not say that he knows.
    Undecided(usize),
}

impl Say for CampaignRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Rounds => (
                "Một đợt đánh giá có từ một đến chín vòng thẩm định; chưa đổi gì.",
                "A campaign has one to nine rounds of appraisal; nothing was changed.",
            ),
            Self::RoundUsed => (
                "Vòng này đã có kết luận, giải trình hoặc tài liệu nên không bỏ được.",
                "Something was decided, said or proven in this round, so it stays.",
            ),
            Self::RolesHeld => (
                "Còn người giữ vai trò riêng cho đợt đánh giá này. Hãy thôi các vai trò ấy ở trang Người dùng rồi xóa.",
                "Somebody holds a role for this campaign. Take these roles on the page of people, then remove it.",
            ),
            Self::AfterDraft => (
                "Đã công bố dự thảo nên đơn vị mới không tự đánh giá được nữa; hãy đưa đơn vị vào đợt đánh giá năm sau.",
                "A draft was released, so a new unit could not assess itself; take it into the campaign of the next year.",
            ),
            Self::OneStage => (
                "Đợt đánh giá này chỉ có một bước nên không có điểm từ nguồn khác.",
                "This campaign has one step alone, so nothing comes from other sources.",
            ),
            Self::VotesOpen => (
                "Hội đồng đang biểu quyết nên chưa đổi được cách tính đa số; hãy kết luận các nội dung đang mở trước.",
                "The council is voting, so of whom a majority is needed stays; close the open points first.",
            ),
            Self::Undecided(count) => return undecided(*count, lang),
        };
        lang.pick(vi, en).to_owned()
    }
}

fn undecided(count: usize, lang: Lang) -> String {
    lang.pick(
        format!("Còn {count} mục chưa kết luận ở vòng này nên chưa công bố. Hãy kết luận hết, hoặc đánh dấu xác nhận giữ điểm như đang có rồi công bố."),
        format!("{count} criteria of this round are not decided, so nothing was released. Decide them, or confirm that their points stay, then release."),
    )
}
