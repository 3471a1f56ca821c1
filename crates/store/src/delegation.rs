//! Parts of a sheet that other bodies fill in: each sees and changes its part, the unit itself the whole.

use std::collections::HashMap;

use parindex_domain::audit::AuditAct;
use parindex_domain::right::{Act, Subject, UnitPath};
use parindex_entity::{delegation, unit};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;

use crate::like::stands_below;
use crate::sheet::{open_sheet, subject};
use crate::{Change, InUse, Note, Permit, Refusal, Store, StoreError, Work};

/// A part of a sheet that another unit fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// The row.
    pub id: i64,
    /// Of whose sheet.
    pub member: i64,
    /// The code of the node: everything below it belongs to the part.
    pub criterion: String,
    /// Which unit fills it in.
    pub unit: i64,
    pub unit_name: String,
    /// Its place.
    pub path: UnitPath,
}

/// Gives a part of a sheet to another unit.
pub struct Delegate {
    /// Whose sheet.
    pub member: i64,
    /// The code of the node.
    pub criterion: String,
    pub unit: i64,
}

/// Takes a part back; what was entered stays.
pub struct TakeBack {
    pub delegation: i64,
}

impl Store {
    /// The parts of a sheet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn parts(&self, member: i64) -> Result<Vec<Delegation>, StoreError> {
        parts(&self.db, member).await
    }

    /// The sheets of which units at or below these paths fill in a part.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn parts_of(&self, paths: &[UnitPath]) -> Result<Vec<Delegation>, StoreError> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        parts_below(&self.db, paths).await
    }
}

/// The parts that units at or below these paths fill in.
async fn parts_below(db: &impl ConnectionTrait, paths: &[UnitPath]) -> Result<Vec<Delegation>, StoreError> {
    let rows = delegation::Entity::find()
        .filter(delegation::Column::EndedAt.is_null())
        .filter(stands_below((delegation::Entity, delegation::Column::Unit), paths))
        .all(db)
        .await?;
    shown(db, rows).await
}

async fn parts(db: &impl ConnectionTrait, member: i64) -> Result<Vec<Delegation>, StoreError> {
    let rows = delegation::Entity::find()
        .filter(delegation::Column::Member.eq(member))
        .filter(delegation::Column::EndedAt.is_null())
        .order_by_asc(delegation::Column::Id)
        .all(db)
        .await?;
    shown(db, rows).await
}

async fn shown(
    db: &impl ConnectionTrait,
    rows: Vec<delegation::Model>,
) -> Result<Vec<Delegation>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let units: Vec<i64> = rows.iter().map(|row| row.unit).collect();
    let units = unit::Entity::find().filter(unit::Column::Id.is_in(units)).all(db).await?;
    let units: HashMap<i64, unit::Model> = units.into_iter().map(|row| (row.id, row)).collect();
    let part = |row: delegation::Model| {
        let unit = units.get(&row.unit)?;
        Some(Delegation {
            id: row.id,
            member: row.member,
            criterion: row.criterion,
            unit: row.unit,
            unit_name: unit.name.clone(),
            path: UnitPath(unit.path.clone()),
        })
    };
    Ok(rows.into_iter().filter_map(part).collect())
}

/// The right to fill in a criterion: of the unit itself, or of the body to which it, or something above it, was delegated; and
/// the codes, of the criterion and of what is above it, that belong to the right: an input of a node above may serve others too.
pub(crate) async fn may_fill<'w>(
    work: &Work,
    (member, path): (i64, Option<UnitPath>),
    within: &'w [String],
) -> Result<(Permit, Option<&'w [String]>), Refusal> {
    let own = match work.permit(Act::FillSheets, &subject(path)) {
        Ok(permit) => return Ok((permit, None)),
        Err(refusal) => refusal,
    };
    for part in parts(&work.tx, member).await?.into_iter().filter(|part| within.contains(&part.criterion)) {
        if let Ok(permit) = work.permit(Act::FillParts, &Subject::Unit(part.path.clone())) {
            let at = within.iter().position(|code| *code == part.criterion).unwrap_or(0);
            return Ok((permit, within.get(..=at)));
        }
    }
    Err(own)
}

impl Change for Delegate {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let (member, path, campaign) = open_sheet(work, self.member).await?;
        let permit = work.permit(Act::FillSheets, &subject(path))?;
        campaign.unlocked(&member, work.now)?;
        let unit = unit::Entity::find_by_id(self.unit).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let there = parts(&work.tx, self.member).await?;
        if there.iter().any(|part| part.criterion == self.criterion && part.unit == self.unit) {
            let (criterion, unit) = (self.criterion, unit.name);
            return Err(Refusal::Taken(InUse::Delegation { criterion, unit }));
        }
        let row = delegation::ActiveModel {
            member: Set(self.member),
            criterion: Set(self.criterion.clone()),
            unit: Set(self.unit),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            ended_at: Set(None),
            ..Default::default()
        };
        row.insert(&work.tx).await?;
        let detail = json!({ "unit": member.code, "criterion": self.criterion, "to": unit.code });
        Ok(((), Note::new(permit, AuditAct::SheetDelegate, format!("member {}", self.member), detail)))
    }
}

impl Change for TakeBack {
    /// Of whose sheet, and which node.
    type Done = (i64, String);

    async fn apply(self, work: &Work) -> Result<(Self::Done, Note), Refusal> {
        let row = delegation::Entity::find_by_id(self.delegation).one(&work.tx).await?;
        let row = row.filter(|row| row.ended_at.is_none()).ok_or(Refusal::NotFound)?;
        let (member, path, campaign) = open_sheet(work, row.member).await?;
        let permit = work.permit(Act::FillSheets, &subject(path))?;
        campaign.unlocked(&member, work.now)?;
        let criterion = row.criterion.clone();
        let detail = json!({ "unit": member.code, "criterion": criterion, "taken_back": true });
        let mut row: delegation::ActiveModel = row.into();
        row.ended_at = Set(Some(work.now));
        row.update(&work.tx).await?;
        let note = Note::new(permit, AuditAct::SheetDelegate, format!("member {}", member.id), detail);
        Ok(((member.id, criterion), note))
    }
}
