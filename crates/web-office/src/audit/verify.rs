//! The chain of the log is checked from its first row to its last.

use axum::extract::State;
use parindex_domain::audit::{Back, Mark};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::audit::Followed;
use serde::Deserialize;

use super::list::{AuditQuery, list};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// So many places where the clock went back are told.
const TOLD: usize = 5;

#[derive(Deserialize)]
pub struct VerifyForm {
    /// A row that somebody has kept: `1204:9f86d0…`; nothing is compared when empty.
    #[serde(default)]
    mark: String,
}

/// Checks it and says what was found.
pub async fn verify_audit(
    State(app): State<App>,
    visitor: Visitor,
    Protected(typed): Protected<VerifyForm>,
) -> Answer {
    let frame = Frame::new(&app, &visitor);
    let Followed { verdict, back, more } = app.store.follow_audit().await?;
    let verdict = match verdict {
        Ok(_last) if !typed.mark.trim().is_empty() && !is_there(&app, &typed.mark).await? => {
            Err(frame.t(
                "Dấu bạn đã giữ không khớp với dòng ấy trong nhật ký, hoặc viết sai dạng «số:dấu». Nếu dấu đúng, nhật ký này không phải nhật ký lúc ấy: giữ nguyên cơ sở dữ liệu và báo người phụ trách an toàn thông tin.",
                "The mark that you kept does not fit that row of the log, or is not written “number:mark”. If the mark is right, this log is not the one of then: leave the database as it is and tell whoever is in charge of security.",
            )
            .to_owned())
        }
        Ok(last) => {
            let clock = clock(&back, more, frame.lang);
            compared(&app, &frame, last).await?.map(|said| said + &clock)
        }
        Err(broken) => Err(frame.lang.pick(
            format!("Nhật ký không còn nguyên vẹn: {}. Giữ nguyên cơ sở dữ liệu và báo người phụ trách an toàn thông tin.", broken.say(frame.lang)),
            format!("The log is not intact: {}. Leave the database as it is and tell whoever is in charge of security.", broken.say(frame.lang)),
        )),
    };
    Ok(render(&list(&app, &visitor, AuditQuery::default(), Some(verdict)).await?))
}

/// Where the clock went back, the first ones: it breaks nothing, but the times read otherwise.
fn clock(back: &[Back], more: u64, lang: Lang) -> String {
    let more = more + u64::try_from(back.len().saturating_sub(TOLD)).unwrap_or(0);
    let told: Vec<String> = back.iter().take(TOLD).map(|back| format!(" {}.", back.say(lang))).collect();
    let said = told.concat();
    if back.is_empty() {
        return said;
    }
    let note = lang.pick(" Lưu ý về giờ:", " A note on the times:");
    let rest = if more == 0 {
        String::new()
    } else {
        lang.pick(format!(" Và {more} chỗ nữa."), format!(" And {more} more."))
    };
    format!("{note}{said}{rest}")
}

/// Differences that the page names; `parindex audit verify` names all.
const SAID: usize = 20;

/// The log is whole; what decides points is compared with it.
async fn compared(app: &App, frame: &Frame, last: i64) -> Result<Result<String, String>, Failure> {
    let (beside, count, lang) = (app.store.beside_the_log().await?, frame.count(last), frame.lang);
    if beside.count > 0 {
        let first = beside.first(SAID, lang);
        return Ok(Err(lang.pick(
            format!("Nhật ký nguyên vẹn, nhưng có dữ liệu bị sửa ngoài nhật ký: {first}. Giữ nguyên cơ sở dữ liệu và báo người phụ trách an toàn thông tin."),
            format!("The log is intact, but something was changed beside it: {first}. Leave the database as it is and tell whoever is in charge of security."),
        )));
    }
    Ok(Ok(lang.pick(
        format!("Đã kiểm tra {count} dòng từ đầu đến cuối: không dòng nào bị sửa, xóa hay chèn. Phiếu, kết luận, biểu quyết, tài liệu và kết quả đã phê duyệt khớp với nhật ký."),
        format!("{count} rows were checked from first to last: none was altered, removed or slipped in. Sheets, decisions, votes, documents and approved results are as the log says."),
    )))
}

/// Whether the log has a row as it was kept.
async fn is_there(app: &App, typed: &str) -> Result<bool, Failure> {
    let Some(mark) = Mark::read(typed) else { return Ok(false) };
    Ok(app.store.audit_hash(mark.seq).await?.is_some_and(|hash| hash == mark.hash))
}
