//! An account is opened: the person sets a password by a link that works once.

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::AccountRefusal;
use parindex_domain::right::{Act, Role, Subject, UnitPath};
use parindex_domain::search::fold;
use parindex_entity::{appointment, invitation, person, unit};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use crate::{Change, InUse, Note, Permit, Refusal, Work};

/// How long a link can be used: a week.
pub const LINK_LASTS: i64 = 7 * 24 * 3_600 * 1_000_000;

/// Opens an account whose person sets the password through a link.
#[derive(Clone, Debug)]
pub struct Invite {
    /// The login, checked and in lower case.
    pub login: String,
    /// The name, checked.
    pub name: String,
    /// The position.
    pub title: String,
    /// Where the person works.
    pub unit: Option<i64>,
    /// The hash of the link's secret; the secret itself is never kept.
    pub link: String,
}

/// What became of an invitation.
#[derive(Clone, Copy, Debug)]
pub struct Invited {
    /// The new account.
    pub person: i64,
}

/// What a right is asked over: something of a unit, such as the account of somebody who works there or a role that reaches
/// so far; everything where there is no unit.
pub(super) async fn subject(work: &Work, at: Option<i64>) -> Result<Subject, Refusal> {
    let Some(id) = at else { return Ok(Subject::Everything) };
    let row = unit::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
    Ok(Subject::Unit(UnitPath(row.path)))
}

/// The right over somebody else's account: over the place where the person works, and over every role that the person
/// holds; else a link for somebody with wider rights would be a way to them.
pub(super) async fn over(work: &Work, of: &person::Model) -> Result<Permit, Refusal> {
    let held = appointment::Entity::find()
        .filter(appointment::Column::Person.eq(of.id))
        .filter(appointment::Column::EndedAt.is_null())
        .all(&work.tx)
        .await?;
    for row in held {
        let role = Role::of(&row.role).ok_or(Refusal::NotFound)?;
        work.permit(role.giving(), &subject(work, row.unit).await?)?;
    }
    work.permit(Act::ChangePeople, &subject(work, of.unit).await?)
}

impl Change for Invite {
    type Done = Invited;

    async fn apply(self, work: &Work) -> Result<(Invited, Note), Refusal> {
        let permit = work.permit(Act::ChangePeople, &subject(work, self.unit).await?)?;
        let same = person::Entity::find().filter(person::Column::Login.eq(&self.login)).one(&work.tx).await?;
        if same.is_some() {
            return Err(Refusal::Taken(InUse::Login(self.login)));
        }
        let row = person::ActiveModel {
            login: Set(self.login.clone()),
            folded: Set(fold(&self.name)),
            name: Set(self.name.clone()),
            title: Set(self.title),
            unit: Set(self.unit),
            closed_at: Set(None),
            password: Set(None),
            second_factor: Set(None),
            second_step: Set(0),
            created_at: Set(work.now),
            subject: Set(None),
            ..Default::default()
        };
        let person = row.insert(&work.tx).await?.id;
        link(work, person, self.link).await?;
        let detail = json!({ "login": self.login, "name": self.name, "unit": self.unit });
        Ok((
            Invited { person },
            Note::new(permit, AuditAct::PersonInvite, format!("person {person}"), detail),
        ))
    }
}

/// Links stop working: when a newer one is sent, and whenever the account or its rights change, so that none outlives what
/// it was made for.
pub(super) async fn spend_links(work: &Work, person: i64) -> Result<(), Refusal> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::UsedAt, Expr::value(work.now))
        .filter(invitation::Column::Person.eq(person))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(&work.tx)
        .await?;
    Ok(())
}

async fn link(work: &Work, person: i64, hash: String) -> Result<(), Refusal> {
    spend_links(work, person).await?;
    let row = invitation::ActiveModel {
        person: Set(person),
        hash: Set(hash),
        created_at: Set(work.now),
        expires_at: Set(work.now + LINK_LASTS),
        used_at: Set(None),
        ..Default::default()
    };
    row.insert(&work.tx).await?;
    Ok(())
}

/// A new link for somebody who lost the first one or the password.
#[derive(Clone, Debug)]
pub struct NewLink {
    pub person: i64,
    /// The hash of its secret.
    pub link: String,
}

impl Change for NewLink {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let permit = over(work, &row).await?;
        if row.closed_at.is_some() {
            return Err(AccountRefusal::Closed.into());
        }
        link(work, self.person, self.link).await?;
        Ok((
            (),
            Note::new(
                permit,
                AuditAct::PersonNewLink,
                format!("person {}", self.person),
                json!({ "login": row.login }),
            ),
        ))
    }
}
