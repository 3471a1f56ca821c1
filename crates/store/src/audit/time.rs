//! The newest time that the log knows, and what is done when it is a mistake.

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::Moment;
use parindex_entity::{audit, audit_head};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::HEAD;
use crate::dialect::WAIT;
use crate::write_lock::{MAX_WAIT, with_timeout};
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// A clock that differs by less from the log is as good as right: machines are set right by seconds all the time.
const NOTICEABLE: i64 = 60 * 1_000_000;

/// The clock of this machine is behind what the log knows already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    /// What the clock shows.
    pub host: Moment,
    /// The newest time that a server has used.
    pub newest: Moment,
}

impl Store {
    /// The newest time that any server has used, when the clock of this one is noticeably behind it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn clock_behind(&self, host: Moment) -> Result<Option<Behind>, StoreError> {
        let newest = self.newest_time().await?;
        Ok((newest - host > NOTICEABLE).then_some(Behind { host, newest }))
    }

    /// Keeps what the clock of this machine shows, where the database takes writes, so that no server is before it from now on, and learns what others have kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_time(&self, host: Moment) -> Result<Option<Behind>, StoreError> {
        let later = audit_head::Entity::update_many()
            .col_expr(audit_head::Column::At, Expr::value(host))
            .filter(audit_head::Column::Id.eq(HEAD))
            .filter(audit_head::Column::At.lt(host));
        // No change of ours in between: what it keeps is newer than what would be read here.
        let mut slot = self.write_lock.acquire(WAIT).await?;
        self.close(&mut slot).await;
        if self.is_there().is_ok() {
            self.noted(with_timeout(MAX_WAIT, later.exec(&self.pool)).await.and_then(|done| Ok(done?)))?;
        }
        let newest = self.newest_time().await?;
        self.newest.learn(newest);
        Ok((newest - host > NOTICEABLE).then_some(Behind { host, newest }))
    }

    async fn newest_time(&self) -> Result<Moment, StoreError> {
        let head = audit_head::Entity::find_by_id(HEAD).one(&self.db).await?;
        Ok(head.map_or(0, |head| head.at))
    }
}

/// After rows that came from an archive: the newest time is that of the last one, also where the archive knows nothing of it.
pub(crate) async fn keep_time_of_last_row(tx: &DatabaseTransaction) -> Result<(), StoreError> {
    let last = audit::Entity::find().order_by_desc(audit::Column::Seq).one(tx).await?;
    let Some(last) = last else { return Ok(()) };
    audit_head::Entity::update_many()
        .col_expr(audit_head::Column::At, Expr::value(last.at))
        .filter(audit_head::Column::Id.eq(HEAD))
        .filter(audit_head::Column::At.lt(last.at))
        .exec(tx)
        .await?;
    Ok(())
}

/// The clock of the machine is right, and the log was ahead of it by mistake: time counts from the clock again.
pub struct AcceptClock {
    /// What the log knew as the newest time.
    pub newest: Moment,
    /// Why, in the words of whoever says so.
    pub reason: String,
}

impl Change for AcceptClock {
    type Done = ();
    const SETS_THE_TIME: bool = true;

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.console()?;
        let detail = json!({ "was": self.newest, "is": work.now, "reason": self.reason });
        Ok(((), Note::new(permit, AuditAct::AuditClock, "clock".to_owned(), detail)))
    }
}
