//! Points and figures that neither units nor appraisers give: of a survey, of leaders, of another body. They stand with the result.
//! Nobody enters them for his own unit.

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{CampaignDetail, Locked, Member};
use parindex_domain::refusal::CampaignRefusal;
use parindex_domain::right::{Act, OwnUnit, Subject};
use parindex_entity::entry;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::campaign::read_detail;
use crate::own::Judge;
use crate::sheet::{Place, StoredEntry, TypedCell};
use crate::{Change, Note, Permit, Refusal, Store, StoreError, Work};

/// Enters them for one criterion of the units of a block.
#[derive(Clone, Debug)]
pub struct EnterExternalPoints {
    pub campaign: i64,
    pub block: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// What each member gets.
    pub rows: Vec<PointsRow>,
    /// The document they come from.
    pub source: String,
}

/// How many values were written, and for how many units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// So many values; what stood there already is not counted.
    pub values: usize,
    /// For so many units.
    pub units: usize,
}

/// What one member gets.
#[derive(Clone, Debug)]
pub struct PointsRow {
    pub member: i64,
    /// Its cells by the code of their criterion; those that stay as they are cost nothing.
    pub parts: Vec<(String, Vec<TypedCell>)>,
}

impl Store {
    /// What stands with members at a stage for some criteria, with revisions.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn external_entries(
        &self,
        members: &[i64],
        stage: i64,
        criteria: &[String],
    ) -> Result<Vec<StoredEntry>, StoreError> {
        let rows = entry::Entity::find()
            .filter(entry::Column::Member.is_in(members.iter().copied()))
            .filter(entry::Column::Stage.eq(stage))
            .filter(entry::Column::Criterion.is_in(criteria));
        rows.all(&self.db).await?.into_iter().map(StoredEntry::try_from).collect()
    }
}

/// Whose figure a cell is, beside what was written: a node above may own what is entered with a criterion.
fn of(criterion: &str, mut cell: Value) -> Value {
    if let Some(fields) = cell.as_object_mut() {
        fields.insert("criterion".to_owned(), criterion.into());
    }
    cell
}

/// Whether something can be entered for a member.
fn is_enterable(member: &Member) -> Result<(), Refusal> {
    if member.standing.is_assessed() { Ok(()) } else { Err(Locked::Exempt.into()) }
}

impl Change for EnterExternalPoints {
    type Done = Result<Written, OwnUnit>;

    async fn apply(self, work: &Work) -> Result<(Self::Done, Note), Refusal> {
        let members: Vec<i64> = self.rows.iter().map(|row| row.member).collect();
        let judge = Judge::of(work, &members).await?;
        let permit = self.permit(work, &judge)?;
        let detail = read_detail(&work.tx, self.campaign).await?.ok_or(Refusal::NotFound)?;
        detail.running()?;
        let stage = match detail.stages.as_slice() {
            [_first, .., last] => last.id,
            _ => return Err(CampaignRefusal::OneStage.into()),
        };
        let subject = format!("campaign {}", self.campaign);
        if let Some(member) = self.own(work, (&judge, &detail), stage).await? {
            let own = judge.refusal(work, Act::EnterExternalPoints, member).await?;
            let detail = json!({ "unit": member.code, "criterion": self.criterion, "able": own.able });
            return Ok((Err(own), Note::new(permit, AuditAct::ExternalPointsOwnUnit, subject, detail)));
        }
        let (told, values) = self.write(work, &detail, stage).await?;
        let written = Written { values, units: told.len() };
        if told.is_empty() {
            return Ok((Ok(written), Note::unchanged(permit)));
        }
        let detail = json!({ "criterion": self.criterion, "source": self.source, "changed": told });
        Ok((Ok(written), Note::new(permit, AuditAct::ExternalPointsEnter, subject, detail)))
    }
}

impl EnterExternalPoints {
    /// The right over every sheet that is named.
    fn permit(&self, work: &Work, judge: &Judge) -> Result<Permit, Refusal> {
        let mut permit = None;
        for row in &self.rows {
            permit = Some(judge.permit(work, Act::EnterExternalPoints, row.member)?);
        }
        permit.map_or_else(|| work.permit(Act::EnterExternalPoints, &Subject::Everything), Ok)
    }

    /// A unit of the actor’s own for which something would be changed.
    async fn own<'w>(
        &self,
        work: &Work,
        (judge, detail): (&Judge, &'w CampaignDetail),
        stage: i64,
    ) -> Result<Option<&'w Member>, Refusal> {
        for PointsRow { member, parts } in self.rows.iter().filter(|row| judge.bars(row.member)) {
            for (criterion, cells) in parts {
                let place = Place { campaign: self.campaign, member: *member, stage, criterion };
                if place.would_change(work, cells).await? {
                    return Ok(detail.member(*member));
                }
            }
        }
        Ok(None)
    }

    /// Writes what differs, and says what did, unit by unit, and how many values.
    async fn write(
        &self,
        work: &Work,
        detail: &CampaignDetail,
        stage: i64,
    ) -> Result<(Vec<Value>, usize), Refusal> {
        let (mut told, mut values, mut overtaken) = (Vec::new(), 0, Vec::new());
        for PointsRow { member: id, parts } in &self.rows {
            let member = detail.member(*id).filter(|member| member.block == self.block);
            let member = member.ok_or(Refusal::NotFound)?;
            is_enterable(member)?;
            let mut cells = Vec::new();
            for (criterion, own) in parts {
                let place = Place { campaign: self.campaign, member: *id, stage, criterion };
                match place.write_changed(work, own, &self.source).await {
                    Ok(written) => cells.extend(written.into_iter().map(|cell| of(criterion, cell))),
                    // All that others changed is told at once, or the next try would not know of the rest.
                    Err(Refusal::CellConflict(theirs)) => overtaken.extend(theirs),
                    Err(other) => return Err(other),
                }
            }
            values += cells.len();
            if !cells.is_empty() {
                told.push(json!({ "unit": member.code, "cells": cells }));
            }
        }
        if overtaken.is_empty() { Ok((told, values)) } else { Err(Refusal::CellConflict(overtaken)) }
    }
}
