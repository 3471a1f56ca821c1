//! Why figures that do not agree are right all the same: a cell that no rule can name, about exactly the figures that stand there.

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::Moment;
use parindex_domain::procedure::EntryKind;
use parindex_domain::right::Act;
use parindex_entity::entry;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::keep::{Place, TypedCell, open_sheet, subject};
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// The input under which a reason stands, at the criterion that states the cross-check.
pub const REASON: &str = "@reason";

/// A reason that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// On whose sheet.
    pub member: i64,
    /// The row of the stage.
    pub stage: i64,
    /// The code of the criterion that states the cross-check.
    pub criterion: String,
    pub text: String,
    /// For which figures it was given; it does not count for others.
    pub figures: String,
    /// How often it was changed.
    pub revision: i64,
    pub at: Moment,
    pub by: String,
}

/// Gives the reason why figures do not agree with a cross-check.
#[derive(Clone, Debug)]
pub struct GiveReason {
    /// On whose sheet.
    pub member: i64,
    /// The code of the criterion that states the cross-check.
    pub criterion: String,
    /// The figures that were seen.
    pub figures: String,
    pub text: String,
    /// The revision of the reason that was seen; zero when there was none.
    pub seen: i64,
}

impl Store {
    /// The reasons on the sheets of members, in the order of their criteria.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reasons(&self, members: &[i64]) -> Result<Vec<Reason>, StoreError> {
        let rows = entry::Entity::find()
            .filter(entry::Column::Member.is_in(members.iter().copied()))
            .filter(entry::Column::Kind.eq(EntryKind::Reason.word()))
            .filter(entry::Column::Text.ne(""));
        let mut reasons: Vec<Reason> = rows.all(&self.db).await?.into_iter().map(Reason::from).collect();
        reasons.sort_by(|one, other| (one.member, &one.criterion).cmp(&(other.member, &other.criterion)));
        Ok(reasons)
    }
}

impl From<entry::Model> for Reason {
    fn from(row: entry::Model) -> Self {
        let entry::Model { member, stage, criterion, text, source, revision, at, by, .. } = row;
        Self { member, stage, criterion, text, figures: source, revision, at, by }
    }
}

impl Change for GiveReason {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let (member, path, campaign) = open_sheet(work, self.member).await?;
        let permit = work.permit(Act::FillSheets, &subject(path))?;
        // A reason moves no points: it can be given as long as the sheet can be submitted, after a draft too.
        campaign.submittable(&member, work.now)?;
        let (campaign, stage) = (campaign.id, campaign.stage(0).ok_or(Refusal::NotFound)?.id);
        let place = Place { campaign, member: self.member, stage, criterion: &self.criterion };
        let cell =
            TypedCell { input: REASON.to_owned(), kind: EntryKind::Reason, text: self.text, seen: self.seen };
        let cells = place.write(work, &[cell], &self.figures).await?;
        if cells.is_empty() {
            return Ok(((), Note::unchanged(permit)));
        }
        let detail = json!({
            "unit": member.code, "criterion": self.criterion, "figures": self.figures, "cells": cells,
        });
        Ok(((), Note::new(permit, AuditAct::SheetReason, format!("member {}", self.member), detail)))
    }
}
