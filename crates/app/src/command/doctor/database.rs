//! The database: at which version, what is in it, and how the clock stands to its log.

use parindex_domain::moment::{span, written};
use parindex_rulebook::lang::Lang;
use parindex_store::person::PersonFilter;
use parindex_store::schema::Schema;
use parindex_store::{Store, StoreError};

use super::Report;
use crate::command::server::{database, newer, now};

/// At which version it is, and what that means.
pub async fn schema(store: &Store, report: &mut Report) -> Option<Schema> {
    let schema = match store.schema().await {
        Ok(schema) => schema,
        Err(error) => {
            report.failure(&database(&error));
            return None;
        }
    };
    let version = env!("CARGO_PKG_VERSION");
    match &schema {
        Schema::Empty => report.note(
            "Cơ sở dữ liệu còn trống; «parindex serve», «migrate» hoặc «restore» sẽ tạo các bảng.",
            "The database is empty; “parindex serve”, “migrate” or “restore” makes its tables.",
        ),
        Schema::Older { last, missing } => report.note(
            format!("Cơ sở dữ liệu của bản cũ hơn (bước cuối {last}, thiếu {missing} bước). Hãy sao lưu; «parindex serve» hoặc «migrate» sẽ nâng cấp, các dữ liệu vẫn còn."),
            format!("The database is of an earlier version (last step {last}, {missing} missing). Make a backup; “parindex serve” or “migrate” brings it up with everything in it."),
        ),
        Schema::Current { last } => report.good(
            format!("Cơ sở dữ liệu ở đúng phiên bản {version} (bước {last})."),
            format!("The database is at this version {version} (step {last})."),
        ),
        Schema::Newer { unknown } => report.failure(&newer(unknown)),
    }
    Some(schema)
}

/// How much is in it.
pub async fn count(store: &Store, report: &mut Report) {
    match counted(store).await {
        Ok((units, people)) => report.good(
            format!("Cơ sở dữ liệu trả lời: {units} đơn vị, {people} tài khoản."),
            format!("The database answers: {units} units, {people} accounts."),
        ),
        Err(error) => report.failure(&database(&error)),
    }
}

async fn counted(store: &Store) -> Result<(u64, u64), StoreError> {
    Ok((store.count_units().await?, store.count_people(&PersonFilter::everybody()).await?))
}

/// Whether the clock of this machine is behind the log.
pub async fn clock(store: &Store, report: &mut Report) {
    let host = now();
    let (vi, en) = (written(host, Lang::Vi), written(host, Lang::En));
    match store.clock_behind(host).await {
        Ok(None) => report.good(
            format!("Đồng hồ máy chủ {vi}, không chậm hơn nhật ký."),
            format!("The clock shows {en} and is not behind the log."),
        ),
        Ok(Some(behind)) => {
            let by = |lang| span(behind.newest - host, lang);
            report.bad(
                format!("Đồng hồ máy chủ ({vi}) chậm hơn nhật ký {}; hệ thống đang tính theo giờ của nhật ký. Hãy chỉnh đồng hồ, hoặc xem «parindex audit clock».", by(Lang::Vi)),
                format!("The clock ({en}) is behind the log by {}; the time of the log counts. Set the clock right, or see “parindex audit clock”.", by(Lang::En)),
            );
        }
        Err(error) => report.failure(&database(&error)),
    }
}
