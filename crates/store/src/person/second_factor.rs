//! The second factor: enrolled, used, dropped; codes for whoever loses it.

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::AccountRefusal;
use parindex_entity::{person, recovery_code};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::json;

use super::invite::over;
use super::password::end_sessions;
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Switches a second factor on.
pub struct EnrolSecondFactor {
    pub person: i64,
    /// The secret that the phone holds too, encrypted.
    pub secret: String,
    /// The step of the code that proved it.
    pub step: i64,
    /// The hashes of the recovery codes.
    pub recovery: Vec<String>,
    /// The session that stays; others were begun with the password alone.
    pub keep: i64,
}

impl Change for EnrolSecondFactor {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.own(self.person)?;
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let mut row: person::ActiveModel = row.into();
        row.second_factor = Set(Some(self.secret));
        row.second_step = Set(self.step);
        row.update(&work.tx).await?;
        end_sessions(&work.tx, self.person, Some(self.keep), work.now).await?;
        recovery_code::Entity::delete_many()
            .filter(recovery_code::Column::Person.eq(self.person))
            .exec(&work.tx)
            .await?;
        for hash in self.recovery {
            let row = recovery_code::ActiveModel {
                person: Set(self.person),
                hash: Set(hash),
                used_at: Set(None),
                ..Default::default()
            };
            row.insert(&work.tx).await?;
        }
        Ok((
            (),
            Note::new(
                permit,
                AuditAct::PersonSecondFactor,
                format!("person {}", self.person),
                json!({ "on": true }),
            ),
        ))
    }
}

/// A secret and how it is written from now on.
pub struct Encryption {
    pub person: i64,
    pub was: String,
    /// With the key in use.
    pub becomes: String,
}

/// Writes secrets with another key. Whoever moved his second factor meanwhile keeps what he has.
pub struct EncryptSecondFactors(pub Vec<Encryption>);

impl Change for EncryptSecondFactors {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.console()?;
        let mut written = 0;
        for Encryption { person, was, becomes } in self.0 {
            let done = person::Entity::update_many()
                .col_expr(person::Column::SecondFactor, Expr::value(becomes))
                .filter(person::Column::Id.eq(person))
                .filter(person::Column::SecondFactor.eq(was))
                .exec(&work.tx)
                .await?;
            written += done.rows_affected;
        }
        let detail = json!({ "secrets": written });
        Ok(((), Note::new(permit, AuditAct::UpkeepEncrypt, "database".to_owned(), detail)))
    }
}

impl Store {
    /// The second factors that are on, as they stand: whose, and the secret.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn second_factors(&self) -> Result<Vec<(i64, String)>, StoreError> {
        let on = person::Entity::find()
            .select_only()
            .columns([person::Column::Id, person::Column::SecondFactor])
            .filter(person::Column::SecondFactor.is_not_null())
            .order_by_asc(person::Column::Id);
        Ok(on.into_tuple().all(&self.db).await?)
    }
}

/// What proves the second factor.
pub enum Proof {
    /// A code of this step; each step works once.
    Step(i64),
    /// The hash of a recovery code.
    Recovery(String),
}

/// Uses the second factor once.
pub struct PassSecondFactor {
    pub person: i64,
    pub proof: Proof,
}

impl Change for PassSecondFactor {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.own(self.person)?;
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let by = match self.proof {
            Proof::Step(step) => {
                if step <= row.second_step {
                    return Err(AccountRefusal::WrongCode.into());
                }
                let mut row: person::ActiveModel = row.into();
                row.second_step = Set(step);
                row.update(&work.tx).await?;
                "code"
            }
            Proof::Recovery(hash) => {
                let code = recovery_code::Entity::find()
                    .filter(recovery_code::Column::Person.eq(self.person))
                    .filter(recovery_code::Column::Hash.eq(hash))
                    .one(&work.tx)
                    .await?;
                let code = code
                    .filter(|code| code.used_at.is_none())
                    .ok_or(Refusal::from(AccountRefusal::WrongCode))?;
                let mut code: recovery_code::ActiveModel = code.into();
                code.used_at = Set(Some(work.now));
                code.update(&work.tx).await?;
                "recovery code"
            }
        };
        Ok((
            (),
            Note::new(
                permit,
                AuditAct::SessionSecondFactor,
                format!("person {}", self.person),
                json!({ "by": by }),
            ),
        ))
    }
}

/// Switches it off: by the owner, or by an administrator for somebody who lost everything.
pub struct DropSecondFactor {
    pub person: i64,
}

impl Change for DropSecondFactor {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let permit = match work.own(self.person) {
            Ok(permit) => permit,
            Err(_) => over(work, &row).await?,
        };
        let mut row: person::ActiveModel = row.into();
        row.second_factor = Set(None);
        row.update(&work.tx).await?;
        Ok((
            (),
            Note::new(
                permit,
                AuditAct::PersonSecondFactor,
                format!("person {}", self.person),
                json!({ "on": false }),
            ),
        ))
    }
}
