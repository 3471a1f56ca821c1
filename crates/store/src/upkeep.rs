//! What the server writes by itself: that it checked the log, and what it cleared away.

use parindex_domain::audit::AuditAct;
use parindex_entity::{invitation, job, sent, session, unsent};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use serde_json::json;

use crate::sent::KEPT;
use crate::unsent::KEPT_FOR;
use crate::{Change, Note, Refusal, Work};

/// The log was followed from its first row to its last.
pub struct Verified {
    /// The last row that was looked at.
    pub last: i64,
}

impl Change for Verified {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.console()?;
        Ok(((), Note::new(permit, AuditAct::AuditVerify, "audit".to_owned(), json!({ "last": self.last }))))
    }
}

/// All files were looked at, and some read: each is what its name says.
pub struct FilesChecked {
    /// How many there are.
    pub files: usize,
    /// How many of them were read.
    pub read: usize,
}

impl Change for FilesChecked {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.console()?;
        let detail = json!({ "files": self.files, "read": self.read });
        Ok(((), Note::new(permit, AuditAct::FilesVerify, "files".to_owned(), detail)))
    }
}

/// Sessions, links and jobs that ended before a moment are forgotten: the log still knows them, their addresses nobody needs.
/// So are forms that nobody sends a second time any more, and those that nobody came back to send.
pub struct Forget {
    /// The moment.
    pub before: i64,
}

/// How many were forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgotten {
    pub sessions: u64,
    pub links: u64,
    pub jobs: u64,
    /// Forms that were sent.
    pub forms: u64,
    /// Forms that came after their session had ended.
    pub unsent: u64,
}

impl Change for Forget {
    type Done = Forgotten;

    async fn apply(self, work: &Work) -> Result<(Forgotten, Note), Refusal> {
        let permit = work.console()?;
        let old = Condition::any()
            .add(session::Column::EndedAt.lt(self.before))
            .add(session::Column::SeenAt.lt(self.before));
        let sessions = session::Entity::delete_many().filter(old).exec(&work.tx).await?.rows_affected;
        let spent = Condition::any()
            .add(invitation::Column::UsedAt.lt(self.before))
            .add(invitation::Column::ExpiresAt.lt(self.before));
        let links = invitation::Entity::delete_many().filter(spent).exec(&work.tx).await?.rows_affected;
        let done = job::Column::DoneAt.lt(self.before);
        let jobs = job::Entity::delete_many().filter(done).exec(&work.tx).await?.rows_affected;
        let stale = sent::Column::At.lt(work.now - KEPT);
        let forms = sent::Entity::delete_many().filter(stale).exec(&work.tx).await?.rows_affected;
        let late = unsent::Column::At.lte(work.now - KEPT_FOR);
        let unsent = unsent::Entity::delete_many().filter(late).exec(&work.tx).await?.rows_affected;
        let detail = json!({
            "sessions": sessions, "links": links, "jobs": jobs, "forms": forms, "unsent": unsent,
        });
        Ok((
            Forgotten { sessions, links, jobs, forms, unsent },
            Note::new(permit, AuditAct::UpkeepForget, "database".to_owned(), detail),
        ))
    }
}
