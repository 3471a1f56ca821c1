//! The chair names who decides in his place about the standing body’s own unit, for one campaign.

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::{AccountRefusal, RoleRefusal};
use parindex_domain::right::{Act, Appointment, Owners, Role, Subject, permit};
use parindex_entity::{appointment, member, person};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use serde_json::json;

use super::held_by;
use super::invite::spend_links;
use crate::campaign::read_campaign;
use crate::own::{owners, ties};
use crate::{Change, Note, Refusal, Work};

/// Names somebody of another unit.
pub struct NameSubstitute {
    pub campaign: i64,
    pub person: i64,
}

impl Change for NameSubstitute {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::NameSubstitute, &Subject::Everything)?;
        running(work, self.campaign).await?;
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        if row.closed_at.is_some() {
            return Err(AccountRefusal::Closed.into());
        }
        if work.actor.person == Some(self.person) {
            return Err(RoleRefusal::OwnRole.into());
        }
        if self.is_of_the_standing_body(work).await? {
            return Err(RoleRefusal::OfStandingBody.into());
        }
        if !self.sees_all(work).await? {
            return Err(RoleRefusal::SeesLess.into());
        }
        if self.is_held(work).await? {
            return Ok(((), Note::unchanged(permit)));
        }
        // A link that somebody made for an account with fewer rights is no way to more.
        spend_links(work, self.person).await?;
        let role = Role::Substitute.word();
        let new = appointment::ActiveModel {
            person: Set(self.person),
            role: Set(role.to_owned()),
            unit: Set(None),
            domains: Set(String::new()),
            since: Set(work.now),
            ended_at: Set(None),
            source: Set(String::new()),
            campaign: Set(Some(self.campaign)),
            ..Default::default()
        };
        new.insert(&work.tx).await?;
        let detail = json!({ "login": row.login, "role": role, "unit": null, "campaign": self.campaign });
        Ok(((), Note::new(permit, AuditAct::PersonAppoint, format!("person {}", self.person), detail)))
    }
}

impl NameSubstitute {
    /// Whether a sheet of the standing body is this person’s own.
    async fn is_of_the_standing_body(&self, work: &Work) -> Result<bool, Refusal> {
        let members = member::Entity::find()
            .select_only()
            .column(member::Column::Id)
            .filter(member::Column::Campaign.eq(self.campaign))
            .into_tuple::<i64>()
            .all(&work.tx)
            .await?;
        let (owners, ties) = (owners(&work.tx, &members).await?, ties(&work.tx, self.person).await?);
        let own = |owners: &Owners| owners.are_the_standing_body() && owners.are(&ties);
        Ok(owners.values().any(own))
    }

    /// Whether the person sees the points of all units already: by the role nobody comes to see more.
    async fn sees_all(&self, work: &Work) -> Result<bool, Refusal> {
        let held = held_by(&work.tx, &[self.person]).await?.into_iter().map(|held| held.appointment);
        let here: Vec<Appointment> =
            held.filter(|held| held.campaign.is_none_or(|campaign| campaign == self.campaign)).collect();
        Ok(permit(&here, Act::SeeScores, &Subject::Everything).is_ok())
    }

    async fn is_held(&self, work: &Work) -> Result<bool, Refusal> {
        let held = appointment::Entity::find()
            .filter(appointment::Column::Person.eq(self.person))
            .filter(appointment::Column::Role.eq(Role::Substitute.word()))
            .filter(appointment::Column::EndedAt.is_null())
            .filter(super::counts_in(self.campaign));
        Ok(held.one(&work.tx).await?.is_some())
    }
}

/// Takes the role again from whom the chair had named.
pub struct EndSubstitute {
    pub campaign: i64,
    pub appointment: i64,
}

impl Change for EndSubstitute {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::NameSubstitute, &Subject::Everything)?;
        running(work, self.campaign).await?;
        let row = appointment::Entity::find_by_id(self.appointment)
            .filter(appointment::Column::Role.eq(Role::Substitute.word()))
            .filter(appointment::Column::Campaign.eq(self.campaign))
            .filter(appointment::Column::EndedAt.is_null());
        let row = row.one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let person = row.person;
        let mut row: appointment::ActiveModel = row.into();
        row.ended_at = Set(Some(work.now));
        row.update(&work.tx).await?;
        let detail = json!({ "role": Role::Substitute.word(), "unit": null, "campaign": self.campaign });
        Ok(((), Note::new(permit, AuditAct::PersonDismiss, format!("person {person}"), detail)))
    }
}

async fn running(work: &Work, campaign: i64) -> Result<(), Refusal> {
    Ok(read_campaign(&work.tx, campaign).await?.ok_or(Refusal::NotFound)?.running()?)
}
