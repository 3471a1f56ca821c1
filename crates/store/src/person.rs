//! People with accounts, and the roles they hold.

use std::collections::HashSet;

use parindex_domain::right::{Appointment, Remit, Role, UnitPath};
use parindex_domain::search::fold;
use parindex_domain::sort;
use parindex_entity::{appointment, invitation, person, unit};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

use crate::like::{holds, stands_below};
use crate::{Store, StoreError};

mod appoint;
mod close;
mod import;
mod invite;
mod password;
mod provider;
mod second_factor;
mod substitute;

pub use appoint::{Appoint, EndAppointment};
pub use close::{Close, Reopen};
pub use import::{ImportPeople, ListedPerson};
pub use invite::{Invite, Invited, NewLink};
pub use password::{AcceptInvitation, ChangePassword};
pub use provider::{FromProvider, Granted, LinkProvider, ProviderRole, UnlinkProvider};
pub use second_factor::{
    DropSecondFactor, EncryptSecondFactors, Encryption, EnrolSecondFactor, PassSecondFactor, Proof,
};
pub use substitute::{EndSubstitute, NameSubstitute};

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The row.
    pub id: i64,
    /// What is typed to sign in.
    pub login: String,
    pub name: String,
    /// The position: `Chuyên viên`.
    pub title: String,
    /// Where the person works.
    pub unit: Option<i64>,
    /// Since when the account is closed.
    pub closed_at: Option<i64>,
    /// Whether a password was set.
    pub has_password: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    /// Whether a sign-in service vouches for the account.
    pub linked: bool,
}

impl From<person::Model> for Person {
    fn from(row: person::Model) -> Self {
        Self {
            id: row.id,
            login: row.login,
            name: row.name,
            title: row.title,
            unit: row.unit,
            closed_at: row.closed_at,
            has_password: row.password.is_some(),
            has_second_factor: row.second_factor.is_some(),
            linked: row.subject.is_some(),
        }
    }
}

/// What sign-in has to compare.
#[derive(Clone)]
pub struct Credentials {
    pub person: Person,
    /// The hash of the password, when one was set.
    pub password: Option<String>,
    /// The secret of the second factor as it stands, when one is asked for.
    pub second_factor: Option<String>,
    /// The last step of the second factor that was used.
    pub second_step: i64,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("person", &self.person).finish_non_exhaustive()
    }
}

/// A role as it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The row.
    pub id: i64,
    pub person: i64,
    /// Which role, for which path.
    pub appointment: Appointment,
    pub unit: Option<i64>,
    /// The name of the unit.
    pub unit_name: Option<String>,
}

/// Which people are asked for.
#[derive(Clone, Debug, Default)]
pub struct PersonFilter {
    /// Name or login holds this, without accents.
    pub text: String,
    /// Working at or below one of these paths; everywhere when none.
    pub below: Option<Vec<UnitPath>>,
    /// With the closed accounts.
    pub closed: bool,
}

impl PersonFilter {
    /// Every account there is.
    #[must_use]
    pub fn everybody() -> Self {
        Self { closed: true, ..Self::default() }
    }
}

/// Most people on one page.
pub const MAX_PEOPLE: u64 = 500;

impl Store {
    /// A person by his row, with his login and unit.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn person(&self, id: i64) -> Result<Option<Person>, StoreError> {
        Ok(person::Entity::find_by_id(id).one(&self.db).await?.map(Person::from))
    }

    /// How many accounts match.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_people(&self, filter: &PersonFilter) -> Result<u64, StoreError> {
        Ok(matching(filter).count(&self.db).await?)
    }

    /// The people that match, in Vietnamese order of their given names.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn people(&self, filter: &PersonFilter) -> Result<Vec<Person>, StoreError> {
        let rows = matching(filter).order_by_asc(person::Column::Folded).limit(MAX_PEOPLE);
        let mut people: Vec<Person> = rows.all(&self.db).await?.into_iter().map(Person::from).collect();
        people.sort_by_cached_key(|person| (sort::key(given(&person.name)), sort::key(&person.name)));
        Ok(people)
    }

    /// Which of these logins are in use.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn logins_in_use(&self, logins: &[String]) -> Result<HashSet<String>, StoreError> {
        let rows = person::Entity::find().select_only().column(person::Column::Login);
        let rows = rows.filter(person::Column::Login.is_in(logins)).into_tuple::<String>();
        Ok(rows.all(&self.db).await?.into_iter().collect())
    }

    /// What sign-in compares for a login.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn credentials(&self, login: &str) -> Result<Option<Credentials>, StoreError> {
        let row = person::Entity::find().filter(person::Column::Login.eq(login)).one(&self.db).await?;
        Ok(row.map(credentials))
    }

    /// What sign-in compares for a person.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn credentials_of(&self, person: i64) -> Result<Option<Credentials>, StoreError> {
        Ok(person::Entity::find_by_id(person).one(&self.db).await?.map(credentials))
    }

    /// The roles that people hold now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn held(&self, people: &[i64]) -> Result<Vec<Held>, StoreError> {
        held_by(&self.db, people).await
    }

    /// What appraisers with open accounts were given in a campaign.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remits(&self, campaign: i64) -> Result<Vec<Remit>, StoreError> {
        let open = person::Entity::find().select_only().column(person::Column::Id);
        let rows = appointment::Entity::find()
            .select_only()
            .column(appointment::Column::Domains)
            .filter(appointment::Column::Role.eq(Role::Appraiser.word()))
            .filter(appointment::Column::EndedAt.is_null())
            .filter(counts_in(campaign))
            .filter(
                appointment::Column::Person
                    .in_subquery(open.filter(person::Column::ClosedAt.is_null()).into_query()),
            )
            .into_tuple::<String>();
        Ok(rows.all(&self.db).await?.into_iter().map(Remit).collect())
    }

    /// Whose invitation a link is, while it can be used.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn invited(&self, hash: &str, now: i64) -> Result<Option<Person>, StoreError> {
        let row = invitation::Entity::find().filter(invitation::Column::Hash.eq(hash)).one(&self.db).await?;
        match row.filter(|row| row.used_at.is_none() && row.expires_at > now) {
            Some(row) => self.person(row.person).await,
            None => Ok(None),
        }
    }
}

/// The rows of the people that match.
pub(crate) fn ids(filter: &PersonFilter) -> SelectStatement {
    matching(filter).select_only().column(person::Column::Id).into_query()
}

fn matching(filter: &PersonFilter) -> Select<person::Entity> {
    let mut rows = person::Entity::find();
    let text = filter.text.trim();
    if !text.is_empty() {
        let named = person::Column::Folded.like(holds(&fold(text)));
        let called = person::Column::Login.like(holds(&text.to_lowercase()));
        rows = rows.filter(Condition::any().add(named).add(called));
    }
    if let Some(below) = &filter.below {
        rows = rows.filter(stands_below((person::Entity, person::Column::Unit), below));
    }
    if filter.closed { rows } else { rows.filter(person::Column::ClosedAt.is_null()) }
}

/// Roles that count in a campaign: held in it, or in all of them.
pub(crate) fn counts_in(campaign: i64) -> Condition {
    Condition::any()
        .add(appointment::Column::Campaign.is_null())
        .add(appointment::Column::Campaign.eq(campaign))
}

/// The roles that people hold, as this connection sees them.
pub(crate) async fn held_by(db: &impl ConnectionTrait, people: &[i64]) -> Result<Vec<Held>, StoreError> {
    let of_unit =
        appointment::Entity::belongs_to(unit::Entity).from(appointment::Column::Unit).to(unit::Column::Id);
    let rows = appointment::Entity::find()
        .filter(appointment::Column::Person.is_in(people.iter().copied()))
        .filter(appointment::Column::EndedAt.is_null())
        .order_by_asc(appointment::Column::Id)
        .join(JoinType::LeftJoin, of_unit.into())
        .select_also(unit::Entity)
        .all(db)
        .await?;
    rows.into_iter().map(held).collect()
}

fn credentials(row: person::Model) -> Credentials {
    let (password, second_factor, second_step) =
        (row.password.clone(), row.second_factor.clone(), row.second_step);
    Credentials { person: Person::from(row), password, second_factor, second_step }
}

fn held((row, unit): (appointment::Model, Option<unit::Model>)) -> Result<Held, StoreError> {
    let wrong = |what: String| StoreError::inconsistent("appointment", row.id, what);
    let role = Role::of(&row.role).ok_or_else(|| wrong(format!("no role «{}»", row.role)))?;
    // A role for a unit that cannot be found is not a role for all units.
    if row.unit.is_some() && unit.is_none() {
        return Err(wrong("its unit is not there".to_owned()));
    }
    let path = unit.as_ref().map(|unit| UnitPath(unit.path.clone()));
    let remit = Remit(row.domains);
    let appointment = Appointment { role, unit: path, remit, campaign: row.campaign };
    Ok(Held {
        id: row.id,
        person: row.person,
        appointment,
        unit: row.unit,
        unit_name: unit.map(|unit| unit.name),
    })
}

/// The last word of a Vietnamese name, by which people are listed.
fn given(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}
