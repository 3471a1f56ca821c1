//! An account is closed or opened again. Nothing of it is removed.

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::AccountRefusal;
use parindex_domain::right::Role;
use parindex_entity::{appointment, person};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::invite::{over, spend_links};
use super::password::end_sessions;
use crate::{Change, Note, Refusal, Work};

/// Closes an account and ends its sessions.
pub struct Close {
    pub person: i64,
}

impl Change for Close {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let permit = over(work, &row).await?;
        if row.closed_at.is_some() {
            return Ok(((), Note::unchanged(permit)));
        }
        another_administrator(&work.tx, self.person).await?;
        let login = row.login.clone();
        let mut row: person::ActiveModel = row.into();
        row.closed_at = Set(Some(work.now));
        row.update(&work.tx).await?;
        spend_links(work, self.person).await?;
        end_sessions(&work.tx, self.person, None, work.now).await?;
        Ok((
            (),
            Note::new(
                permit,
                AuditAct::PersonClose,
                format!("person {}", self.person),
                json!({ "login": login }),
            ),
        ))
    }
}

/// Opens a closed account again.
pub struct Reopen {
    pub person: i64,
}

impl Change for Reopen {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let permit = over(work, &row).await?;
        if row.closed_at.is_none() {
            return Ok(((), Note::unchanged(permit)));
        }
        let login = row.login.clone();
        let mut row: person::ActiveModel = row.into();
        row.closed_at = Set(None);
        row.update(&work.tx).await?;
        Ok((
            (),
            Note::new(
                permit,
                AuditAct::PersonReopen,
                format!("person {}", self.person),
                json!({ "login": login }),
            ),
        ))
    }
}

/// Refuses what would leave nobody to administer the system.
pub(super) async fn another_administrator(tx: &DatabaseTransaction, person: i64) -> Result<(), Refusal> {
    let holders = appointment::Entity::find()
        .filter(appointment::Column::Role.eq(Role::Administrator.word()))
        .filter(appointment::Column::EndedAt.is_null())
        .all(tx)
        .await?;
    if !holders.iter().any(|row| row.person == person) {
        return Ok(());
    }
    let others: Vec<i64> = holders.iter().map(|row| row.person).filter(|other| *other != person).collect();
    let open = person::Entity::find()
        .filter(person::Column::Id.is_in(others))
        .filter(person::Column::ClosedAt.is_null())
        .one(tx)
        .await?;
    open.map(|_| ()).ok_or(Refusal::from(AccountRefusal::LastAdministrator))
}
