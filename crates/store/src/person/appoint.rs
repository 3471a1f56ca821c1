//! Roles are given and taken.

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::RoleRefusal;
use parindex_domain::right::{Act, Remit, Role};
use parindex_entity::{appointment, campaign, person};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::close::another_administrator;
use super::invite::{spend_links, subject};
use crate::{Change, Note, Refusal, Work};

/// Gives a person a role, for a unit, a remit or a campaign.
pub struct Appoint {
    pub person: i64,
    pub role: Role,
    /// For which unit; everywhere when none.
    pub unit: Option<i64>,
    /// Which domains, for an appraiser.
    pub remit: Remit,
    /// In which campaign; in all of them when none.
    pub campaign: Option<i64>,
}

impl Appoint {
    /// A role that has no remit, or all of it.
    #[must_use]
    pub fn whole(person: i64, role: Role, unit: Option<i64>) -> Self {
        Self { person, role, unit, remit: Remit::default(), campaign: None }
    }

    /// Whether the role is held where, and for what, it was chosen.
    fn fits(&self) -> Result<(), RoleRefusal> {
        let of_system = self.role.giving() == Act::AppointSystem && self.role != Role::StandingBody;
        // Whatever it may do in one campaign is about all units there.
        let of_a_campaign = self.role == Role::StandingBody && self.campaign.is_some();
        if self.role.needs_unit() && self.unit.is_none() {
            return Err(RoleRefusal::NeedsUnit);
        }
        if (of_system || of_a_campaign) && self.unit.is_some() {
            return Err(RoleRefusal::NoUnit);
        }
        if self.role != Role::Appraiser && !self.remit.is_everything() {
            return Err(RoleRefusal::NoRemit);
        }
        if self.campaign.is_some() && !self.role.can_be_for_a_campaign() {
            return Err(RoleRefusal::NoCampaign);
        }
        Ok(())
    }
}

impl Appoint {
    /// Whether just this is held already: a form that was sent twice gives nothing that would have to be taken twice. What a
    /// sign-in service gave is its own, and it takes that again.
    async fn is_held(&self, work: &Work) -> Result<bool, Refusal> {
        let open = appointment::Entity::find()
            .filter(appointment::Column::Person.eq(self.person))
            .filter(appointment::Column::Role.eq(self.role.word()))
            .filter(appointment::Column::Source.eq(""))
            .filter(appointment::Column::EndedAt.is_null())
            .all(&work.tx)
            .await?;
        let remit = self.remit.to_string();
        Ok(open
            .iter()
            .any(|row| row.unit == self.unit && row.campaign == self.campaign && row.domains == remit))
    }
}

/// At the console a person is invited and appointed in one go; the link is for its own maker.
async fn spend_links_unless_console(work: &Work, person: i64) -> Result<(), Refusal> {
    if work.console().is_ok() { Ok(()) } else { spend_links(work, person).await }
}

impl Change for Appoint {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let row = person::Entity::find_by_id(self.person).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        work.permit(self.role.giving(), &subject(work, row.unit).await?)?;
        let permit = work.permit(self.role.giving(), &subject(work, self.unit).await?)?;
        self.fits()?;
        if let Some(campaign) = self.campaign {
            campaign::Entity::find_by_id(campaign).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        }
        if work.actor.person == Some(self.person) {
            return Err(RoleRefusal::OwnRole.into());
        }
        if self.is_held(work).await? {
            return Ok(((), Note::unchanged(permit)));
        }
        if row.password.is_some() || self.role.giving() == Act::AppointSystem {
            // A link that somebody made for an account with fewer rights is no way to more.
            spend_links_unless_console(work, self.person).await?;
        }
        if self.role.giving() == Act::AppointSystem && row.subject.is_some() && work.console().is_err() {
            // A service vouches for a login; what an administrator can do opens only to whom the owner links again.
            let mut row: person::ActiveModel = row.clone().into();
            row.subject = Set(None);
            row.update(&work.tx).await?;
        }
        let new = appointment::ActiveModel {
            person: Set(self.person),
            role: Set(self.role.word().to_owned()),
            unit: Set(self.unit),
            domains: Set(self.remit.to_string()),
            since: Set(work.now),
            ended_at: Set(None),
            source: Set(String::new()),
            campaign: Set(self.campaign),
            ..Default::default()
        };
        new.insert(&work.tx).await?;
        let detail = json!({
            "login": row.login, "role": self.role.word(), "unit": self.unit, "remit": self.remit.to_string(),
            "campaign": self.campaign,
        });
        Ok(((), Note::new(permit, AuditAct::PersonAppoint, format!("person {}", self.person), detail)))
    }
}

/// Takes a role from a person; the log keeps that he held it.
pub struct EndAppointment {
    pub appointment: i64,
}

impl Change for EndAppointment {
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let row = appointment::Entity::find_by_id(self.appointment).one(&work.tx).await?;
        let row = row.filter(|row| row.ended_at.is_none()).ok_or(Refusal::NotFound)?;
        let role = Role::of(&row.role).ok_or(Refusal::NotFound)?;
        let permit = work.permit(role.giving(), &subject(work, row.unit).await?)?;
        if row.role == Role::Administrator.word() {
            another_administrator(&work.tx, row.person).await?;
        }
        let (person, detail) = (row.person, json!({ "role": row.role, "unit": row.unit }));
        let mut row: appointment::ActiveModel = row.into();
        row.ended_at = Set(Some(work.now));
        row.update(&work.tx).await?;
        Ok((person, Note::new(permit, AuditAct::PersonDismiss, format!("person {person}"), detail)))
    }
}
