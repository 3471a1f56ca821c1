//! Somebody for whom a sign-in service vouches: found or opened, with the roles that the service says.

use std::collections::HashSet;

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::AccountRefusal;
use parindex_domain::right::{Act, Role};
use parindex_domain::search::fold;
use parindex_entity::{appointment, person, unit};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::held_by;
use super::invite::spend_links;
use crate::unit::exists_on;
use crate::{Change, Note, Refusal, Work};

/// The source of roles that a service gave.
const SOURCE: &str = "provider";

/// A role that the service says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderRole {
    pub role: Role,
    /// The code of its unit.
    pub unit: Option<String>,
}

/// Lets a person in whom the sign-in service of the administration vouches for.
#[derive(Clone, Debug)]
pub struct FromProvider {
    /// The name of the service, for the log.
    pub by: String,
    /// Who it is, for ever.
    pub subject: String,
    /// The login of the account, when the service says one that can be one; asked for only where the person is not known yet.
    pub login: Option<String>,
    /// The name, for a new account.
    pub name: Option<String>,
    /// Whether a new account may be opened.
    pub open: bool,
    /// All roles that the service says, and words that are none; `None` where it does not speak of roles.
    pub roles: Option<Vec<Result<ProviderRole, String>>>,
}

/// Whom it let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The account.
    pub person: i64,
    /// What the service said and cannot give.
    pub unknown: Vec<String>,
}

impl Change for FromProvider {
    type Done = Granted;

    async fn apply(self, work: &Work) -> Result<(Granted, Note), Refusal> {
        let permit = work.console()?;
        let person = account(work, &self).await?;
        let (mut given, mut taken, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(roles) = self.roles {
            let wanted = wanted(work, roles, &mut unknown).await?;
            (given, taken) = settle(work, person, wanted).await?;
            if !given.is_empty() {
                spend_links(work, person).await?;
            }
        }
        let detail = json!({ "login": self.login, "given": given, "taken": taken, "unknown": unknown });
        let note = Note::new(permit, AuditAct::PersonProvider, format!("person {person}"), detail);
        Ok((Granted { person, unknown }, note))
    }
}

/// The account that the service has vouched for before; else the one of that login, from now on; else a new one.
async fn account(work: &Work, from: &FromProvider) -> Result<i64, Refusal> {
    let known =
        person::Entity::find().filter(person::Column::Subject.eq(&from.subject)).one(&work.tx).await?;
    let login = from.login.clone().unwrap_or_default();
    let known = match known {
        Some(known) => Some(known),
        None if login.is_empty() => return Err(Refusal::NotFound),
        None => person::Entity::find().filter(person::Column::Login.eq(&login)).one(&work.tx).await?,
    };
    match known {
        Some(row) if row.closed_at.is_some() => Err(AccountRefusal::Closed.into()),
        Some(row) if row.subject.as_ref() == Some(&from.subject) => Ok(row.id),
        // The login belongs to somebody else at the service: a name that was given away again opens nothing.
        Some(row) if row.subject.is_some() => Err(Refusal::NotFound),
        // Nor does the login alone open what an administrator can do; such people link their account themselves.
        Some(row) if holds_of_the_system(work, row.id).await? => Err(Refusal::NotFound),
        Some(row) => {
            let id = row.id;
            let mut row: person::ActiveModel = row.into();
            row.subject = Set(Some(from.subject.clone()));
            row.update(&work.tx).await?;
            // Whoever made a link for the account has no business in it from now on.
            spend_links(work, id).await?;
            Ok(id)
        }
        None if from.open => opened(work, from, login).await,
        None => Err(Refusal::NotFound),
    }
}

async fn holds_of_the_system(work: &Work, person: i64) -> Result<bool, Refusal> {
    let held = held_by(&work.tx, &[person]).await?;
    Ok(held.iter().any(|held| held.appointment.role.giving() == Act::AppointSystem))
}

/// From now on the service vouches for this account: done by its owner, signed in with a password.
pub struct LinkProvider {
    pub person: i64,
    /// Who it is at the service.
    pub subject: String,
}

impl Change for LinkProvider {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.own(self.person)?;
        let same =
            person::Entity::find().filter(person::Column::Subject.eq(&self.subject)).one(&work.tx).await?;
        if same.is_some() {
            return Err(AccountRefusal::Linked.into());
        }
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        if row.subject.is_some() {
            return Err(AccountRefusal::Linked.into());
        }
        let mut row: person::ActiveModel = row.into();
        row.subject = Set(Some(self.subject.clone()));
        row.update(&work.tx).await?;
        let detail = json!({ "subject": self.subject });
        Ok(((), Note::new(permit, AuditAct::PersonLinkProvider, format!("person {}", self.person), detail)))
    }
}

async fn opened(work: &Work, from: &FromProvider, login: String) -> Result<i64, Refusal> {
    let name = from.name.clone().unwrap_or_else(|| login.clone());
    let row = person::ActiveModel {
        login: Set(login),
        folded: Set(fold(&name)),
        name: Set(name),
        title: Set(String::new()),
        unit: Set(None),
        closed_at: Set(None),
        password: Set(None),
        second_factor: Set(None),
        second_step: Set(0),
        created_at: Set(work.now),
        subject: Set(Some(from.subject.clone())),
        ..Default::default()
    };
    Ok(row.insert(&work.tx).await?.id)
}

/// No service vouches for the account any more: by its owner, or at the console.
pub struct UnlinkProvider {
    pub person: i64,
}

impl Change for UnlinkProvider {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.own(self.person)?;
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let detail = json!({ "subject": row.subject });
        let mut row: person::ActiveModel = row.into();
        row.subject = Set(None);
        row.update(&work.tx).await?;
        Ok(((), Note::new(permit, AuditAct::PersonUnlinkProvider, format!("person {}", self.person), detail)))
    }
}

/// The day in Vietnam.
fn today(now: i64) -> String {
    parindex_domain::moment::local(now).date().to_string()
}

/// A role and its unit, by its row.
type Wanted = (Role, Option<i64>);

/// What the service says in rows of ours; what has none is told.
async fn wanted(
    work: &Work,
    roles: Vec<Result<ProviderRole, String>>,
    unknown: &mut Vec<String>,
) -> Result<HashSet<Wanted>, Refusal> {
    let mut wanted = HashSet::new();
    for role in roles {
        match role {
            Err(other) => unknown.push(other),
            Ok(ProviderRole { role, unit: None }) => {
                wanted.insert((role, None));
            }
            Ok(ProviderRole { role, unit: Some(code) }) => {
                // The unit that has the code today.
                let found = unit::Entity::find()
                    .filter(unit::Column::Code.eq(&code))
                    .filter(exists_on(&today(work.now)))
                    .one(&work.tx)
                    .await?;
                match found {
                    Some(unit) => {
                        wanted.insert((role, Some(unit.id)));
                    }
                    None => unknown.push(format!("{}@{code}", role.word())),
                }
            }
        }
    }
    Ok(wanted)
}

/// Gives what is wanted and takes what is not any more; roles that people gave stay untouched.
async fn settle(
    work: &Work,
    person: i64,
    wanted: HashSet<Wanted>,
) -> Result<(Vec<&'static str>, Vec<String>), Refusal> {
    let held = appointment::Entity::find()
        .filter(appointment::Column::Person.eq(person))
        .filter(appointment::Column::EndedAt.is_null())
        .all(&work.tx)
        .await?;
    let stands =
        |row: &appointment::Model| Role::of(&row.role).is_some_and(|role| wanted.contains(&(role, row.unit)));
    let (mut given, mut taken) = (Vec::new(), Vec::new());
    for row in held.iter().filter(|row| row.source == SOURCE && !stands(row)) {
        taken.push(row.role.clone());
        let mut row: appointment::ActiveModel = row.clone().into();
        row.ended_at = Set(Some(work.now));
        row.update(&work.tx).await?;
    }
    // A role for one campaign is not the one that the service gives.
    let everywhere = held.iter().filter(|row| row.campaign.is_none());
    let already: HashSet<Wanted> =
        everywhere.filter_map(|row| Some((Role::of(&row.role)?, row.unit))).collect();
    for (role, unit) in wanted.difference(&already) {
        given.push(role.word());
        let row = appointment::ActiveModel {
            campaign: Set(None),
            person: Set(person),
            role: Set(role.word().to_owned()),
            unit: Set(*unit),
            domains: Set(String::new()),
            since: Set(work.now),
            ended_at: Set(None),
            source: Set(SOURCE.to_owned()),
            ..Default::default()
        };
        row.insert(&work.tx).await?;
    }
    given.sort_unstable();
    Ok((given, taken))
}
