//! Cells of one criterion are kept; the second to change a cell is shown what stands there and chooses.

use parindex_domain::right::{Subject, UnitPath};
use parindex_entity::{entry, entry_history};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::Entry;
use crate::campaign::{Member, Whole, member_at, revised, whole};
use crate::delegation::may_fill;
use crate::{Change, Note, Refusal, Work};

/// One cell as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The input; empty for points and for what does not apply.
    pub input: String,
    /// What kind of thing it is.
    pub kind: &'static str,
    /// The text, as files write it; empty takes it away.
    pub text: String,
    /// The revision that was seen; zero when there was none.
    pub seen: i64,
}

/// Keeps cells of a sheet.
pub struct Keep {
    /// Whose sheet.
    pub member: i64,
    /// The codes of the criterion and of all above it: what was delegated may be any of them.
    pub within: Vec<String>,
    /// The cells by the code of their criterion; those that stay as they are cost nothing.
    pub parts: Vec<(String, Vec<Cell>)>,
}

/// The sheet, while something can be entered on it.
pub(crate) async fn open_sheet(
    work: &Work,
    member: i64,
) -> Result<(Member, Option<UnitPath>, Whole), Refusal> {
    let (member, path) = member_at(&work.tx, member).await?.ok_or(Refusal::Gone)?;
    let whole = whole(&work.tx, member.campaign).await?.ok_or(Refusal::Gone)?;
    Ok((member, path, whole))
}

/// What a right is asked over: the unit; nobody but who may do everything where it is in no list.
pub(crate) fn subject(path: Option<UnitPath>) -> Subject {
    path.map_or(Subject::Everything, Subject::Unit)
}

impl Change for Keep {
    /// Whether anything was changed.
    type Done = bool;

    async fn apply(self, work: &Work) -> Result<(bool, Note), Refusal> {
        let (member, path, whole) = open_sheet(work, self.member).await?;
        let permit = may_fill(work, (self.member, path), &self.within).await?;
        whole.unlocked(&member, work.now).map_err(Refusal::Locked)?;
        let stage = whole.stage(0)?.id;
        let mut told = Vec::new();
        for (criterion, cells) in &self.parts {
            let cells = Place { campaign: whole.campaign.id, member: self.member, stage, criterion }
                .write(work, cells, "")
                .await?;
            if !cells.is_empty() {
                told.push(json!({ "criterion": criterion, "cells": cells }));
            }
        }
        if told.is_empty() {
            return Ok((false, Note::unchanged(permit)));
        }
        let detail = json!({ "unit": member.code, "changed": told });
        Ok((true, Note::new(permit, "sheet.keep", format!("member {}", self.member), detail)))
    }
}

/// Where cells stand.
pub(crate) struct Place<'p> {
    /// Of which campaign.
    pub campaign: i64,
    /// Whose sheet.
    pub member: i64,
    /// The row of the stage.
    pub stage: i64,
    /// The code of the criterion.
    pub criterion: &'p str,
}

impl Place<'_> {
    /// What stands there, empty cells too: their revisions count on.
    pub async fn cells(&self, work: &Work) -> Result<Vec<entry::Model>, Refusal> {
        let rows = entry::Entity::find()
            .filter(entry::Column::Member.eq(self.member))
            .filter(entry::Column::Stage.eq(self.stage))
            .filter(entry::Column::Criterion.eq(self.criterion));
        Ok(rows.all(&work.tx).await?)
    }

    /// Writes what differs, and says what did.
    pub async fn write(
        &self,
        work: &Work,
        cells: &[Cell],
        source: &str,
    ) -> Result<Vec<serde_json::Value>, Refusal> {
        let rows = self.cells(work).await?;
        let stands = |cell: &Cell| rows.iter().find(|row| row.input == cell.input);
        let same = |cell: &Cell| {
            stands(cell).map_or(cell.text.is_empty(), |row| {
                row.text == cell.text
                    && (row.kind == cell.kind || cell.text.is_empty())
                    && row.source == source
            })
        };
        let changed: Vec<&Cell> = cells.iter().filter(|cell| !same(cell)).collect();
        let overtaken = |cell: &&&Cell| stands(cell).map_or(0, |row| row.revision) != cell.seen;
        let overtaken: Vec<Entry> = changed
            .iter()
            .filter(overtaken)
            .filter_map(|cell| stands(cell).cloned().map(Entry::from))
            .collect();
        if !overtaken.is_empty() {
            return Err(Refusal::Overtaken(overtaken));
        }
        let mut told = Vec::new();
        for cell in changed {
            let was = stands(cell).map(|row| row.text.clone()).unwrap_or_default();
            told.push(json!({ "input": cell.input, "from": was, "to": cell.text }));
            self.remember(work, &was, cell).await?;
            self.keep(work, cell, stands(cell).cloned(), source).await?;
        }
        if !told.is_empty() {
            revised(work, self.campaign).await?;
        }
        Ok(told)
    }

    async fn remember(&self, work: &Work, was: &str, cell: &Cell) -> Result<(), Refusal> {
        let past = entry_history::ActiveModel {
            member: Set(self.member),
            stage: Set(self.stage),
            criterion: Set(self.criterion.to_owned()),
            input: Set(cell.input.clone()),
            was: Set(was.to_owned()),
            became: Set(cell.text.clone()),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            ..Default::default()
        };
        past.insert(&work.tx).await?;
        Ok(())
    }

    async fn keep(
        &self,
        work: &Work,
        cell: &Cell,
        stands: Option<entry::Model>,
        source: &str,
    ) -> Result<(), Refusal> {
        let revision = stands.as_ref().map_or(0, |row| row.revision) + 1;
        let id = stands.map(|row| row.id);
        let mut row = entry::ActiveModel {
            member: Set(self.member),
            stage: Set(self.stage),
            criterion: Set(self.criterion.to_owned()),
            input: Set(cell.input.clone()),
            kind: Set(cell.kind.to_owned()),
            text: Set(cell.text.clone()),
            source: Set(source.to_owned()),
            revision: Set(revision),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            ..Default::default()
        };
        if let Some(id) = id {
            row.id = Set(id);
            row.update(&work.tx).await?;
        } else {
            row.insert(&work.tx).await?;
        }
        Ok(())
    }
}
