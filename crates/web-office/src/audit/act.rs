//! The acts of the log in the words of the people who read it.

use parindex_rulebook::lang::Lang;

/// Each act as it is stored, and its words.
const ACTS: &[(&str, &str, &str)] = &[
    ("unit.add", "thêm đơn vị", "added a unit"),
    ("unit.change", "sửa đơn vị", "changed a unit"),
    ("unit.succeed", "đổi tên, sáp nhập, chia tách đơn vị", "renamed, merged or split units"),
    ("unit.import", "nhập danh sách đơn vị", "imported units"),
    ("person.invite", "mở tài khoản", "opened an account"),
    ("person.import", "mở nhiều tài khoản từ danh sách", "opened accounts from a list"),
    ("person.provider", "đăng nhập qua dịch vụ", "signed in by the service"),
    ("person.link-provider", "gắn tài khoản với dịch vụ đăng nhập", "linked the account with the service"),
    ("person.unlink-provider", "bỏ gắn với dịch vụ đăng nhập", "unlinked the account"),
    ("audit.verify", "kiểm tra nhật ký", "checked the log"),
    ("audit.clock", "xác nhận giờ của máy chủ", "said that the server’s clock is right"),
    ("files.verify", "kiểm tra tệp", "checked the files"),
    ("upkeep.encrypt", "mã hóa lại khóa bí mật", "encrypted secrets anew"),
    ("upkeep.forget", "dọn phiên và liên kết cũ", "cleared old sessions and links"),
    ("person.new-link", "gửi liên kết mới", "made a new link"),
    ("person.password", "đặt mật khẩu", "set a password"),
    ("person.second-factor", "đổi xác thực hai lớp", "changed the second factor"),
    ("person.close", "khóa tài khoản", "closed an account"),
    ("person.reopen", "mở lại tài khoản", "opened an account again"),
    ("person.appoint", "giao vai trò", "gave a role"),
    ("person.dismiss", "thôi vai trò", "took a role"),
    ("session.begin", "đăng nhập", "signed in"),
    ("session.second-factor", "qua lớp hai", "passed the second factor"),
    ("session.end", "đăng xuất", "signed out"),
    ("criteria-set.upload", "tải bộ tiêu chí lên", "uploaded a criteria set"),
    ("criteria-set.edit", "sửa bộ tiêu chí", "edited a criteria set"),
    ("criteria-set.settle", "chốt bộ tiêu chí", "settled a criteria set"),
    ("campaign.add", "lập cuộc chấm điểm", "prepared a campaign"),
    ("campaign.describe", "sửa tên, căn cứ, kỳ đánh giá", "changed title, basis or period"),
    ("campaign.round", "thêm, bỏ vòng thẩm định", "added or removed a round"),
    ("campaign.members", "thêm, bỏ, nối đơn vị", "added, removed or found units"),
    ("campaign.explanation", "đặt lại hạn giải trình", "moved the end of explanations"),
    ("campaign.remove", "xóa bản nháp", "removed a draft"),
    ("award.give", "ghi điểm từ nguồn khác", "entered points from other sources"),
    ("campaign.block", "thêm, bỏ khối", "added or removed a block"),
    ("campaign.move", "chuyển phiên bản bộ tiêu chí", "moved to another version of the set"),
    ("campaign.standing", "đổi diện đánh giá của đơn vị", "changed a unit’s standing"),
    ("campaign.window", "đặt thời gian của một bước", "set a window"),
    ("campaign.open", "mở cuộc chấm điểm", "opened a campaign"),
    ("campaign.release", "công bố dự thảo", "released a draft"),
    ("campaign.extend", "gia hạn cho một đơn vị", "gave a unit more time"),
    ("campaign.approve", "phê duyệt kết quả", "approved the result"),
    ("campaign.keep-result", "giữ nguyên kết quả đã phê duyệt", "kept an approved result as it was"),
    ("sheet.keep", "nhập phiếu", "filled in a sheet"),
    ("sheet.reason", "ghi lý do số liệu không khớp", "said why figures do not agree"),
    ("sheet.delegate", "giao, thu lại một phần phiếu", "delegated a part of a sheet"),
    ("sheet.submit", "nộp phiếu", "submitted a sheet"),
    ("sheet.expire", "hết hạn: ghi nhận «chưa thực hiện»", "recorded “not done” at the deadline"),
    ("sheet.return", "trả lại phiếu", "gave a sheet back"),
    ("sheet.remark", "giải trình, hỏi thêm", "explained or asked"),
    ("evidence.attach", "thêm tài liệu kiểm chứng", "attached a document"),
    ("evidence.detach", "bỏ tài liệu kiểm chứng", "took a document away"),
    ("verdict.give", "kết luận thẩm định", "decided in the appraisal"),
    (
        "verdict.own-unit",
        "định thẩm định đơn vị của mình, bị từ chối",
        "tried to appraise his own unit, refused",
    ),
    ("verdict.accept-all", "công nhận nhiều phiếu một lần", "accepted many sheets at once"),
    ("visit.record", "ghi kiểm tra thực tế", "recorded an on-site check"),
    ("visit.withdraw", "rút biên bản kiểm tra", "withdrew an on-site check"),
    ("phrase.add", "thêm lý do thường gặp", "added common reasons"),
    ("phrase.remove", "bỏ lý do thường gặp", "removed a common reason"),
    ("calendar.add", "thêm ngày nghỉ, ngày làm bù", "added a day off or a worked day"),
    ("calendar.remove", "bỏ ngày nghỉ, ngày làm bù", "removed a day off or a worked day"),
    ("council.table", "đưa nội dung ra Hội đồng", "put a point to the council"),
    ("council.vote", "biểu quyết", "voted"),
    ("council.conclude", "kết luận của Hội đồng", "closed a point of the council"),
    (
        "council.own-unit",
        "định biểu quyết, đưa ra hay kết luận về đơn vị của mình, bị từ chối",
        "tried to vote on, table or close a point of his own unit, refused",
    ),
    (
        "award.own-unit",
        "định ghi điểm cho đơn vị của mình, bị từ chối",
        "tried to enter points for his own unit, refused",
    ),
    ("backup", "sao lưu", "made a backup"),
    ("restore", "phục hồi", "restored a backup"),
];

/// The words for an act.
pub fn name(act: &str, lang: Lang) -> &str {
    ACTS.iter().find(|each| each.0 == act).map_or(act, |each| lang.pick(each.1, each.2))
}

/// The acts that begin so.
pub fn named(begins: &str) -> Vec<&'static str> {
    ACTS.iter().map(|each| each.0).filter(|each| each.starts_with(begins)).collect()
}
