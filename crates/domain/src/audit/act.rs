//! What can be done, as the log calls it.

use parindex_rulebook::lang::{Lang, Say};

/// Each act once: its name, the word of the log, and what people read.
macro_rules! acts {
    ($($name:ident = $word:literal, $vi:literal, $en:literal;)*) => {
        /// An act of the log. Its words never change: they stand in logs that only grow.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum AuditAct {
            $(#[doc = concat!("`", $word, "`: somebody ", $en, ".")] $name,)*
        }

        impl AuditAct {
            /// All acts that stand in the log.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word of the log.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }

        impl Say for AuditAct {
            fn say(&self, lang: Lang) -> String {
                let (vi, en) = match self {
                    $(Self::$name => ($vi, $en),)*
                };
                lang.pick(vi, en).to_owned()
            }
        }
    };
}

acts! {
    UnitAdd = "unit.add", "thêm đơn vị", "added a unit";
    UnitChange = "unit.change", "sửa đơn vị", "changed a unit";
    UnitSucceed = "unit.succeed", "đổi tên, sáp nhập, chia tách đơn vị", "renamed, merged or split units";
    UnitImport = "unit.import", "nhập danh sách đơn vị", "imported units";
    PersonInvite = "person.invite", "mở tài khoản", "opened an account";
    PersonImport = "person.import", "mở nhiều tài khoản từ danh sách", "opened accounts from a list";
    PersonProvider = "person.provider", "đăng nhập qua dịch vụ", "signed in by the service";
    PersonLinkProvider = "person.link-provider", "gắn tài khoản với dịch vụ đăng nhập", "linked the account with the service";
    PersonUnlinkProvider = "person.unlink-provider", "bỏ gắn với dịch vụ đăng nhập", "unlinked the account";
    AuditVerify = "audit.verify", "kiểm tra nhật ký", "checked the log";
    AuditClock = "audit.clock", "xác nhận giờ của máy chủ", "said that the server’s clock is right";
    FilesVerify = "files.verify", "kiểm tra tệp", "checked the files";
    UpkeepEncrypt = "upkeep.encrypt", "mã hóa lại khóa bí mật", "re-encrypted secrets";
    UpkeepForget = "upkeep.forget", "dọn phiên và liên kết cũ", "cleared old sessions and links";
    PersonNewLink = "person.new-link", "gửi liên kết mới", "made a new link";
    PersonPassword = "person.password", "đặt mật khẩu", "set a password";
    PersonSecondFactor = "person.second-factor", "đổi xác thực hai lớp", "changed the second factor";
    PersonClose = "person.close", "khóa tài khoản", "closed an account";
    PersonReopen = "person.reopen", "mở lại tài khoản", "opened an account again";
    PersonAppoint = "person.appoint", "giao vai trò", "gave a role";
    PersonDismiss = "person.dismiss", "thôi vai trò", "took a role";
    SessionBegin = "session.begin", "đăng nhập", "signed in";
    SessionSecondFactor = "session.second-factor", "qua lớp hai", "passed the second factor";
    SessionEnd = "session.end", "đăng xuất", "signed out";
    CriteriaSetUpload = "criteria-set.upload", "tải bộ tiêu chí lên", "uploaded a criteria set";
    CriteriaSetEdit = "criteria-set.edit", "sửa bộ tiêu chí", "edited a criteria set";
    CriteriaSetSettle = "criteria-set.settle", "chốt bộ tiêu chí", "finalised a criteria set";
    CampaignAdd = "campaign.add", "lập đợt đánh giá", "prepared a campaign";
    CampaignDescribe = "campaign.describe", "sửa tên, căn cứ, kỳ đánh giá", "changed title, basis or period";
    CampaignRound = "campaign.round", "thêm, bỏ vòng thẩm định", "added or removed a round";
    CampaignMembers = "campaign.members", "thêm, bỏ, nối đơn vị", "added, removed or found units";
    CampaignExplanation = "campaign.explanation", "đặt lại hạn giải trình", "moved the end of explanations";
    CampaignRemove = "campaign.remove", "xóa bản nháp", "removed a draft";
    ExternalPointsEnter = "award.give", "ghi điểm từ nguồn khác", "entered points from other sources";
    CampaignBlock = "campaign.block", "thêm, bỏ khối", "added or removed a block";
    CampaignMove = "campaign.move", "chuyển phiên bản bộ tiêu chí", "moved to another version of the set";
    CampaignStanding = "campaign.standing", "đổi diện đánh giá của đơn vị", "changed a unit’s standing";
    CampaignWindow = "campaign.window", "đặt thời gian của một bước", "set a window";
    CampaignOpen = "campaign.open", "mở đợt đánh giá", "opened a campaign";
    CampaignRelease = "campaign.release", "công bố dự thảo", "released a draft";
    CampaignExtend = "campaign.extend", "gia hạn cho một đơn vị", "gave a unit more time";
    CampaignApprove = "campaign.approve", "phê duyệt kết quả", "approved the result";
    CampaignKeepResult = "campaign.keep-result", "giữ nguyên kết quả đã phê duyệt", "kept an approved result as it was";
    SheetKeep = "sheet.keep", "nhập phiếu", "filled in a sheet";
    SheetReason = "sheet.reason", "ghi lý do số liệu không khớp", "said why figures do not agree";
    SheetDelegate = "sheet.delegate", "giao, thu lại một phần phiếu", "delegated a part of a sheet";
    SheetSubmit = "sheet.submit", "nộp phiếu", "submitted a sheet";
    SheetExpire = "sheet.expire", "hết hạn: ghi nhận «chưa thực hiện»", "recorded “not done” at the deadline";
    SheetReturn = "sheet.return", "trả lại phiếu", "gave a sheet back";
    SheetRemark = "sheet.remark", "giải trình, hỏi thêm", "explained or asked";
    EvidenceAttach = "evidence.attach", "thêm tài liệu kiểm chứng", "attached a document";
    EvidenceDetach = "evidence.detach", "bỏ tài liệu kiểm chứng", "took a document away";
    VerdictGive = "verdict.give", "kết luận thẩm định", "decided in the appraisal";
    VerdictOwnUnit = "verdict.own-unit", "định thẩm định đơn vị của mình, bị từ chối", "tried to appraise his own unit, refused";
    VerdictAcceptAll = "verdict.accept-all", "công nhận nhiều phiếu một lần", "accepted many sheets at once";
    VisitRecord = "visit.record", "ghi kiểm tra thực tế", "recorded an on-site check";
    VisitWithdraw = "visit.withdraw", "rút biên bản kiểm tra", "withdrew an on-site check";
    PhraseAdd = "phrase.add", "thêm lý do thường gặp", "added common reasons";
    PhraseRemove = "phrase.remove", "bỏ lý do thường gặp", "removed a common reason";
    CalendarAdd = "calendar.add", "thêm ngày nghỉ, ngày làm bù", "added a day off or a worked day";
    CalendarRemove = "calendar.remove", "bỏ ngày nghỉ, ngày làm bù", "removed a day off or a worked day";
    CouncilTable = "council.table", "đưa nội dung ra Hội đồng", "put a point to the council";
    CouncilVote = "council.vote", "biểu quyết", "voted";
    CouncilConclude = "council.conclude", "kết luận của Hội đồng", "closed a point of the council";
    CouncilOwnUnit = "council.own-unit", "định biểu quyết, đưa ra hay kết luận về đơn vị của mình, bị từ chối", "tried to vote on, table or close a point of his own unit, refused";
    ExternalPointsOwnUnit = "award.own-unit", "định ghi điểm cho đơn vị của mình, bị từ chối", "tried to enter points for his own unit, refused";
    Backup = "backup", "sao lưu", "made a backup";
    Restore = "restore", "phục hồi", "restored a backup";
}

impl AuditAct {
    /// The act of a word; none for a word that another version of the program wrote.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.word() == word)
    }

    /// The acts whose words begin so: `unit.`.
    pub fn beginning(begins: &str) -> impl Iterator<Item = Self> + use<'_> {
        Self::ALL.iter().copied().filter(move |act| act.word().starts_with(begins))
    }
}

#[cfg(test)]
mod tests {
    use super::AuditAct;

    #[test]
    fn every_act_is_known_by_its_word_and_words_of_other_versions_by_none() {
        for act in AuditAct::ALL {
            assert_eq!(AuditAct::from_word(act.word()), Some(*act));
        }
        assert_eq!(AuditAct::from_word("sheet.burn"), None);
        assert!(AuditAct::beginning("visit.").eq([AuditAct::VisitRecord, AuditAct::VisitWithdraw]));
    }
}
