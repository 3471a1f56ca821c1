//! Cells of one criterion are kept; the second to change a cell is shown what stands there and chooses.

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{Campaign, EntryKind, Member, RulingKind};
use parindex_domain::right::{Act, Denied, Subject, UnitPath};
use parindex_entity::{entry, entry_history, verdict};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::StoredEntry;
use crate::campaign::{member_at, read_campaign, revised};
use crate::delegation::may_fill;
use crate::like::begins;
use crate::{Change, Note, Refusal, StoreError, Work};

/// One cell as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCell {
    /// The input; empty for points and for what does not apply.
    pub input: String,
    /// What kind of thing it is.
    pub kind: EntryKind,
    /// The text, as files write it; empty takes it away.
    pub text: String,
    /// The revision that was seen; zero when there was none.
    pub seen: i64,
}

/// Keeps cells of a sheet.
pub struct KeepCells {
    /// Whose sheet.
    pub member: i64,
    /// The codes of the criterion and of all above it: what was delegated may be any of them.
    pub within: Vec<String>,
    /// The cells by the code of their criterion; those that stay as they are cost nothing.
    pub parts: Vec<(String, Vec<TypedCell>)>,
}

/// Whose sheet it is, and where its campaign stands.
pub(crate) async fn open_sheet(
    work: &Work,
    member: i64,
) -> Result<(Member, Option<UnitPath>, Campaign), Refusal> {
    let (member, path) = member_at(&work.tx, member).await?.ok_or(Refusal::NotFound)?;
    let campaign = read_campaign(&work.tx, member.campaign).await?.ok_or(Refusal::NotFound)?;
    Ok((member, path, campaign))
}

/// What a right is asked over: the unit; nobody but who may do everything where it is in no list.
pub(crate) fn subject(path: Option<UnitPath>) -> Subject {
    path.map_or(Subject::Everything, Subject::Unit)
}

impl Change for KeepCells {
    /// Whether anything was changed.
    type Done = bool;

    async fn apply(self, work: &Work) -> Result<(bool, Note), Refusal> {
        let (member, path, campaign) = open_sheet(work, self.member).await?;
        let (permit, only) = may_fill(work, (self.member, path), &self.within).await?;
        if only.is_some_and(|only| self.parts.iter().any(|(owner, _)| !only.contains(owner))) {
            return Err(Refusal::Denied(Denied { act: Act::FillParts, elsewhere: true }));
        }
        campaign.unlocked(&member, work.now)?;
        let stage = campaign.stage(0).ok_or(Refusal::NotFound)?.id;
        let at = |criterion| Place { campaign: campaign.id, member: self.member, stage, criterion };
        // All that others changed is told at once, or the next try would not know of the rest.
        let (mut overtaken, mut stand) = (Vec::new(), Vec::new());
        for (criterion, cells) in &self.parts {
            let rows = at(criterion).cells(work).await?;
            overtaken.extend(overtaken_of(&rows, cells)?);
            stand.push(rows);
        }
        if !overtaken.is_empty() {
            return Err(Refusal::CellConflict(overtaken));
        }
        let mut told = Vec::new();
        for ((criterion, cells), rows) in self.parts.iter().zip(stand) {
            let cells = at(criterion).write_over(work, (&rows, cells), "").await?;
            if !cells.is_empty() {
                decided_anew(work, (&campaign, self.member), criterion).await?;
                told.push(json!({ "criterion": criterion, "cells": cells }));
            }
        }
        if told.is_empty() {
            return Ok((false, Note::unchanged(permit)));
        }
        let detail = json!({ "unit": member.code, "changed": told });
        Ok((true, Note::new(permit, AuditAct::SheetKeep, format!("member {}", self.member), detail)))
    }
}

fn stands<'r>(rows: &'r [entry::Model], cell: &TypedCell) -> Option<&'r entry::Model> {
    rows.iter().find(|row| row.input == cell.input)
}

/// Whether a cell stays as it is; a source is written only where one is given.
fn same(rows: &[entry::Model], cell: &TypedCell, source: &str) -> bool {
    stands(rows, cell).map_or(cell.text.is_empty(), |row| {
        row.text == cell.text
            && (row.kind == cell.kind.word() || cell.text.is_empty())
            && (source.is_empty() || row.source == source)
    })
}

/// What somebody else changed since it was seen, and is to be changed.
fn overtaken_of(rows: &[entry::Model], cells: &[TypedCell]) -> Result<Vec<StoredEntry>, StoreError> {
    let changed = cells.iter().filter(|cell| !same(rows, cell, ""));
    let overtaken = changed.filter(|cell| stands(rows, cell).map_or(0, |row| row.revision) != cell.seen);
    overtaken.filter_map(|cell| stands(rows, cell).cloned().map(StoredEntry::try_from)).collect()
}

/// What was accepted before its figures changed is decided again, in the rounds that are not released.
pub(super) async fn decided_anew(
    work: &Work,
    (campaign, member): (&Campaign, i64),
    criterion: &str,
) -> Result<(), Refusal> {
    let open = campaign.rounds().filter(|round| round.round.released.is_none()).map(|round| round.id);
    let at_or_below = Condition::any()
        .add(verdict::Column::Criterion.eq(criterion))
        .add(verdict::Column::Criterion.like(begins(&format!("{criterion}."))));
    verdict::Entity::delete_many()
        .filter(verdict::Column::Member.eq(member))
        .filter(verdict::Column::Stage.is_in(open))
        .filter(verdict::Column::Kind.eq(RulingKind::Accept.word()))
        .filter(at_or_below)
        .exec(&work.tx)
        .await?;
    Ok(())
}

/// Where cells stand: campaign, sheet, stage and criterion.
pub(crate) struct Place<'p> {
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

    /// Whether a text of these cells differs from what stands there.
    pub async fn would_change(&self, work: &Work, cells: &[TypedCell]) -> Result<bool, Refusal> {
        let rows = self.cells(work).await?;
        Ok(cells.iter().any(|cell| !same(&rows, cell, "")))
    }

    /// Writes the cells whose text differs; a source alone changes nothing.
    pub async fn write_changed(
        &self,
        work: &Work,
        cells: &[TypedCell],
        source: &str,
    ) -> Result<Vec<serde_json::Value>, Refusal> {
        let rows = self.cells(work).await?;
        let changed: Vec<TypedCell> = cells.iter().filter(|cell| !same(&rows, cell, "")).cloned().collect();
        if changed.is_empty() { Ok(Vec::new()) } else { self.write(work, &changed, source).await }
    }

    /// Writes what differs, and says what did.
    pub async fn write(
        &self,
        work: &Work,
        cells: &[TypedCell],
        source: &str,
    ) -> Result<Vec<serde_json::Value>, Refusal> {
        let rows = self.cells(work).await?;
        let overtaken = overtaken_of(&rows, cells)?;
        if !overtaken.is_empty() {
            return Err(Refusal::CellConflict(overtaken));
        }
        self.write_over(work, (&rows, cells), source).await
    }

    /// Writes a value into a cell where nothing stands, and says so; whatever stands there stays.
    pub async fn write_where_empty(
        &self,
        work: &Work,
        input: &str,
        text: &str,
    ) -> Result<Vec<serde_json::Value>, Refusal> {
        let rows = self.cells(work).await?;
        let row = rows.iter().find(|row| row.input == input);
        if row.is_some_and(|row| !row.text.is_empty()) {
            return Ok(Vec::new());
        }
        let seen = row.map_or(0, |row| row.revision);
        let cell = TypedCell { input: input.to_owned(), kind: EntryKind::Value, text: text.to_owned(), seen };
        self.write_over(work, (&rows, &[cell]), "").await
    }

    /// Writes over what was read in this transaction and is what was seen.
    async fn write_over(
        &self,
        work: &Work,
        (rows, cells): (&[entry::Model], &[TypedCell]),
        source: &str,
    ) -> Result<Vec<serde_json::Value>, Refusal> {
        let stands = |cell: &TypedCell| stands(rows, cell);
        let changed = cells.iter().filter(|cell| !same(rows, cell, source));
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

    async fn remember(&self, work: &Work, was: &str, cell: &TypedCell) -> Result<(), Refusal> {
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
        cell: &TypedCell,
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
            kind: Set(cell.kind.word().to_owned()),
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
