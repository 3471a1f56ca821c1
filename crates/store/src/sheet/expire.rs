//! The time of a sheet has run out: the log says which dates nobody touched, so that these things count as not done.
//!
//! Nothing is written on the sheet. Its points follow from its window, and whoever is given more time finds the dates awaited as before.

use std::collections::HashMap;

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::Moment;
use parindex_entity::audit;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::keep::open_sheet;
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Says of the dates that nobody touched until the deadline that the things count as not done.
pub struct Expire {
    /// Whose sheet.
    pub member: i64,
    /// The dates, by the codes of their criteria and their names.
    pub not_done: Vec<(String, String)>,
}

impl Change for Expire {
    /// Whether it was said now: not where the unit was given more time meanwhile or has submitted, nor twice of one deadline.
    type Done = bool;

    async fn apply(self, work: &Work) -> Result<(bool, Note), Refusal> {
        let permit = work.console()?;
        let (member, _, campaign) = open_sheet(work, self.member).await?;
        let subject = format!("member {}", self.member);
        let Some(closed) = campaign.expired(&member, work.now) else {
            return Ok((false, Note::unchanged(permit)));
        };
        if said(&work.tx, Some(&subject)).await?.get(&self.member) == Some(&closed) {
            return Ok((false, Note::unchanged(permit)));
        }
        let dates = self.not_done.iter();
        let dates = dates.map(|(criterion, input)| json!({ "criterion": criterion, "input": input }));
        let detail = json!({ "unit": member.code, "closed": closed, "not_done": dates.collect::<Vec<_>>() });
        Ok((true, Note::new(permit, AuditAct::SheetExpire, subject, detail)))
    }
}

impl Store {
    /// The newest deadline of each sheet of which the log says what was not done.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn expired(&self) -> Result<HashMap<i64, Moment>, StoreError> {
        said(&self.db, None).await
    }
}

async fn said(db: &impl ConnectionTrait, of: Option<&str>) -> Result<HashMap<i64, Moment>, StoreError> {
    let mut rows = audit::Entity::find()
        .select_only()
        .columns([audit::Column::Subject, audit::Column::Detail])
        .filter(audit::Column::Act.eq(AuditAct::SheetExpire.word()))
        .order_by_asc(audit::Column::Seq);
    if let Some(of) = of {
        rows = rows.filter(audit::Column::Subject.eq(of));
    }
    let deadline = |(subject, detail): (String, String)| {
        let detail: serde_json::Value = serde_json::from_str(&detail).ok()?;
        Some((subject.strip_prefix("member ")?.parse().ok()?, detail.get("closed")?.as_i64()?))
    };
    Ok(rows.into_tuple().all(db).await?.into_iter().filter_map(deadline).collect())
}
