//! Points and figures that neither units nor appraisers give: of a survey, of leaders, of another body. They stand with the result.

use parindex_domain::campaign::Standing;
use parindex_domain::procedure::Locked;
use parindex_domain::right::{Act, Subject};
use parindex_entity::entry;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::campaign::{Member, whole};
use crate::sheet::{Cell, Entry, Place};
use crate::{Change, NotNow, Note, Refusal, Store, StoreError, Work};

/// Enters them for one criterion of the units of a block.
#[derive(Clone, Debug)]
pub struct Award {
    /// The campaign.
    pub campaign: i64,
    /// The block.
    pub block: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// What each member gets.
    pub rows: Vec<Row>,
    /// The document they come from.
    pub source: String,
}

/// What one member gets.
#[derive(Clone, Debug)]
pub struct Row {
    /// The member.
    pub member: i64,
    /// Its cells by the code of their criterion; those that stay as they are cost nothing.
    pub parts: Vec<(String, Vec<Cell>)>,
}

impl Store {
    /// What stands with members at a stage for some criteria, with revisions.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn awarded(
        &self,
        members: &[i64],
        stage: i64,
        criteria: &[String],
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = entry::Entity::find()
            .filter(entry::Column::Member.is_in(members.iter().copied()))
            .filter(entry::Column::Stage.eq(stage))
            .filter(entry::Column::Criterion.is_in(criteria));
        Ok(rows.all(&self.db).await?.into_iter().map(Entry::from).collect())
    }
}

/// Whose figure a cell is, beside what was written: a node above may own what is entered with a criterion.
fn of(criterion: &str, mut cell: Value) -> Value {
    if let Some(fields) = cell.as_object_mut() {
        fields.insert("criterion".to_owned(), criterion.into());
    }
    cell
}

/// Whether something can be awarded to a member.
fn awardable(member: &Member) -> Result<(), Refusal> {
    match member.standing {
        Standing::Exempt(_) => Err(Refusal::Locked(Locked::Exempt)),
        Standing::Ranked | Standing::Unranked(_) => Ok(()),
    }
}

impl Change for Award {
    /// For how many units something was changed.
    type Done = usize;

    async fn apply(self, work: &Work) -> Result<(usize, Note), Refusal> {
        let permit = work.permit(Act::Award, &Subject::Everything)?;
        let whole = whole(&work.tx, self.campaign).await?.ok_or(Refusal::Gone)?;
        whole.running().map_err(Refusal::Locked)?;
        let stage = match whole.stages.as_slice() {
            [_first, .., last] => last.id,
            _ => return Err(Refusal::NotNow(NotNow::OneStage)),
        };
        let (mut told, mut overtaken) = (Vec::new(), Vec::new());
        for Row { member: id, parts } in &self.rows {
            let member = whole.member(*id).filter(|member| member.block == self.block);
            let member = member.ok_or(Refusal::Gone)?;
            awardable(member)?;
            let mut cells = Vec::new();
            for (criterion, own) in parts {
                let place = Place { campaign: self.campaign, member: *id, stage, criterion };
                match place.write_changed(work, own, &self.source).await {
                    Ok(written) => cells.extend(written.into_iter().map(|cell| of(criterion, cell))),
                    // All that others changed is told at once, or the next try would not know of the rest.
                    Err(Refusal::Overtaken(theirs)) => overtaken.extend(theirs),
                    Err(other) => return Err(other),
                }
            }
            if !cells.is_empty() {
                told.push(json!({ "unit": member.code, "cells": cells }));
            }
        }
        if !overtaken.is_empty() {
            return Err(Refusal::Overtaken(overtaken));
        }
        let changed = told.len();
        if changed == 0 {
            return Ok((0, Note::unchanged(permit)));
        }
        let detail = json!({ "criterion": self.criterion, "source": self.source, "changed": told });
        Ok((changed, Note::new(permit, "award.give", format!("campaign {}", self.campaign), detail)))
    }
}
