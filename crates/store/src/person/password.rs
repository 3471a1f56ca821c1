//! A password is set, by a link or by the person.

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::AccountRefusal;
use parindex_entity::{invitation, person, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde_json::json;

use crate::{Change, Note, Refusal, Work};

/// Sets the first password by a link.
pub struct AcceptInvitation {
    /// The hash of the link's secret.
    pub link: String,
    /// The hash of the password.
    pub password: String,
}

impl Change for AcceptInvitation {
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let found =
            invitation::Entity::find().filter(invitation::Column::Hash.eq(&self.link)).one(&work.tx).await?;
        let usable = found.filter(|row| row.used_at.is_none() && row.expires_at > work.now);
        let row = usable.ok_or(Refusal::from(AccountRefusal::LinkSpent))?;
        let owner = person::Entity::find_by_id(row.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        if owner.closed_at.is_some() {
            return Err(AccountRefusal::Closed.into());
        }
        // Whoever holds the link is the person; the caller acts in that name.
        let permit = work.own(owner.id)?;
        let (id, login) = (owner.id, owner.login.clone());
        set(&work.tx, owner, self.password).await?;
        let mut row: invitation::ActiveModel = row.into();
        row.used_at = Set(Some(work.now));
        row.update(&work.tx).await?;
        end_sessions(&work.tx, id, None, work.now).await?;
        Ok((
            id,
            Note::new(
                permit,
                AuditAct::PersonPassword,
                format!("person {id}"),
                json!({ "login": login, "by": "link" }),
            ),
        ))
    }
}

/// Replaces a password by its owner; other browsers are signed out.
pub struct ChangePassword {
    pub person: i64,
    /// The hash of the new password.
    pub password: String,
    /// The session that stays.
    pub keep: i64,
}

impl Change for ChangePassword {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.own(self.person)?;
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let login = row.login.clone();
        set(&work.tx, row, self.password).await?;
        end_sessions(&work.tx, self.person, Some(self.keep), work.now).await?;
        super::invite::spend_links(work, self.person).await?;
        Ok((
            (),
            Note::new(
                permit,
                AuditAct::PersonPassword,
                format!("person {}", self.person),
                json!({ "login": login, "by": "owner" }),
            ),
        ))
    }
}

async fn set(tx: &DatabaseTransaction, row: person::Model, password: String) -> Result<(), Refusal> {
    let mut row: person::ActiveModel = row.into();
    row.password = Set(Some(password));
    row.update(tx).await?;
    Ok(())
}

pub(super) async fn end_sessions(
    tx: &DatabaseTransaction,
    person: i64,
    keep: Option<i64>,
    now: i64,
) -> Result<(), Refusal> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(now))
        .filter(session::Column::Person.eq(person))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::Id.ne(keep.unwrap_or(0)))
        .exec(tx)
        .await?;
    Ok(())
}
