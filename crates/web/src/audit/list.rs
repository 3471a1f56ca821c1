//! The log, newest first.

use askama::Template;
use axum::extract::{Query, State};
use parindex_domain::audit::Row;
use parindex_store::audit::Filter;
use serde::Deserialize;

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::frame::{Frame, page as render};
use crate::visitor::Visitor;

/// Rows on a page.
const MOST: u64 = 100;

#[derive(Template)]
#[template(path = "audit/list.html")]
pub struct AuditPage {
    pub frame: Frame,
    pub rows: Vec<Row>,
    pub act: String,
    pub earlier: Option<i64>,
    pub verdict: Option<Result<String, String>>,
}

/// The acts of the log in the words of the people who read it.
const ACTS: [(&str, &str, &str); 52] = [
    ("unit.add", "thêm đơn vị", "added a unit"),
    ("unit.change", "sửa đơn vị", "changed a unit"),
    ("unit.import", "nhập danh sách đơn vị", "imported units"),
    ("person.invite", "mở tài khoản", "opened an account"),
    ("person.import", "mở nhiều tài khoản từ danh sách", "opened accounts from a list"),
    ("person.provider", "đăng nhập qua dịch vụ", "signed in by the service"),
    ("person.link-provider", "gắn tài khoản với dịch vụ đăng nhập", "linked the account with the service"),
    ("person.unlink-provider", "bỏ gắn với dịch vụ đăng nhập", "unlinked the account"),
    ("audit.verify", "kiểm tra nhật ký", "checked the log"),
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
    ("campaign.block", "thêm, bỏ khối", "added or removed a block"),
    ("campaign.move", "chuyển phiên bản bộ tiêu chí", "moved to another version of the set"),
    ("campaign.standing", "đổi diện đánh giá của đơn vị", "changed a unit’s standing"),
    ("campaign.window", "đặt thời gian của một bước", "set a window"),
    ("campaign.open", "mở cuộc chấm điểm", "opened a campaign"),
    ("campaign.release", "công bố dự thảo", "released a draft"),
    ("campaign.extend", "gia hạn cho một đơn vị", "gave a unit more time"),
    ("campaign.approve", "phê duyệt kết quả", "approved the result"),
    ("sheet.keep", "nhập phiếu", "filled in a sheet"),
    ("sheet.delegate", "giao, thu lại một phần phiếu", "delegated a part of a sheet"),
    ("sheet.submit", "nộp phiếu", "submitted a sheet"),
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
    ("council.table", "đưa nội dung ra Hội đồng", "put a point to the council"),
    ("council.vote", "biểu quyết", "voted"),
    ("council.conclude", "kết luận của Hội đồng", "closed a point of the council"),
    ("backup", "sao lưu", "made a backup"),
    ("restore", "phục hồi", "restored a backup"),
];

impl AuditPage {
    fn act_name<'p>(&self, act: &'p str) -> &'p str {
        ACTS.iter().find(|each| each.0 == act).map_or(act, |each| self.frame.lang.pick(each.1, each.2))
    }
}

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    pub act: String,
    pub before: Option<i64>,
}

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    Ok(render(&list(&app, &visitor, asked, None).await?))
}

/// The rows that were asked for, with a verdict on the chain when it was checked.
pub async fn list(
    app: &App,
    visitor: &Visitor,
    asked: Asked,
    verdict: Option<Result<String, String>>,
) -> Result<AuditPage, Failure> {
    let named = |act: &str| ACTS.iter().map(|each| each.0).filter(|each| each.starts_with(act)).collect();
    let acts = Some(asked.act.as_str()).filter(|act| !act.is_empty()).map(named);
    let filter = Filter { before: asked.before, person: None, acts };
    let rows = app.store.audit(&filter, MOST).await?;
    let full = u64::try_from(rows.len()).is_ok_and(|count| count == MOST);
    let earlier = rows.last().map(|row| row.seq).filter(|_| full);
    Ok(AuditPage { frame: Frame::new(app, visitor), rows, act: asked.act, earlier, verdict })
}
