//! A whole list of accounts is opened, with their roles: all of it or nothing.

use parindex_domain::audit::AuditAct;
use parindex_domain::right::{Remit, Role};
use serde_json::json;

use super::{Appoint, Invite};
use crate::{Change, Note, Refusal, Work};

/// An account of the list.
#[derive(Clone, Debug)]
pub struct ListedPerson {
    /// The account.
    pub invite: Invite,
    /// Its roles: for the unit of the account where the role is held for one.
    pub roles: Vec<Role>,
    /// What an appraiser is given.
    pub remit: Remit,
}

/// Opens the accounts of a list, all or none.
pub struct ImportPeople {
    /// In the order of the list.
    pub people: Vec<ListedPerson>,
}

impl Change for ImportPeople {
    type Done = Vec<i64>;

    async fn apply(self, work: &Work) -> Result<(Vec<i64>, Note), Refusal> {
        let (mut opened, mut told, mut last) = (Vec::new(), Vec::new(), None);
        for ListedPerson { invite, roles, remit } in self.people {
            let (login, name, unit) = (invite.login.clone(), invite.name.clone(), invite.unit);
            let (invited, note) = invite.apply(work).await?;
            last = Some(note);
            for role in &roles {
                let unit = unit.filter(|_| role.needs_unit());
                let remit = if *role == Role::Appraiser { remit.clone() } else { Remit::default() };
                Appoint { person: invited.person, role: *role, unit, remit, campaign: None }
                    .apply(work)
                    .await?;
            }
            let roles: Vec<&str> = roles.into_iter().map(Role::word).collect();
            told.push(json!({ "person": invited.person, "login": login, "name": name, "unit": unit, "roles": roles, "remit": remit.to_string() }));
            opened.push(invited.person);
        }
        let note = last.ok_or(Refusal::NotFound)?;
        let subject = format!("{} people", opened.len());
        Ok((opened, note.told_as(AuditAct::PersonImport, subject, json!(told))))
    }
}
