//! The chain of the log is checked from its first row to its last.

use axum::extract::State;
use parindex_rulebook::lang::Say;

use super::list::{Asked, list};
use crate::app::App;
use crate::failure::Answer;
use crate::frame::{Frame, page as render};
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::visitor::Visitor;

/// Checks it and says what was found.
pub async fn act(State(app): State<App>, visitor: Visitor, _form: Protected<Nothing>) -> Answer {
    let frame = Frame::new(&app, &visitor);
    let verdict = match app.store.verify_audit().await? {
        Ok(last) => {
            let count = frame.count(last);
            Ok(frame.lang.pick(
                format!("Đã kiểm tra {count} dòng từ đầu đến cuối: không dòng nào bị sửa, xóa hay chèn."),
                format!("{count} rows were checked from first to last: none was altered, removed or slipped in."),
            ))
        }
        Err(broken) => Err(frame.lang.pick(
            format!("Nhật ký không còn nguyên vẹn: {}. Giữ nguyên cơ sở dữ liệu và báo người phụ trách an toàn thông tin.", broken.say(frame.lang)),
            format!("The log is not intact: {}. Leave the database as it is and tell whoever is in charge of security.", broken.say(frame.lang)),
        )),
    };
    Ok(render(&list(&app, &visitor, Asked::default(), Some(verdict)).await?))
}
