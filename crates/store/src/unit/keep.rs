//! One unit: added, or its name, kind and time changed.

use parindex_domain::audit::AuditAct;
use parindex_domain::right::{Act, Subject, UnitPath};
use parindex_domain::search::fold;
use parindex_entity::unit;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::place::{put, widens_nothing};
use super::{Unit, path_below};
use crate::{Change, InUse, Note, Refusal, Work};

/// What is kept of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepUnit {
    pub code: String,
    pub name: String,
    pub level: String,
    pub kind: String,
    /// The unit above.
    pub parent: Option<i64>,
    /// Its first day.
    pub valid_from: Option<String>,
    /// Its last day.
    pub valid_to: Option<String>,
}

/// Adds a unit to the list.
pub struct Added(pub KeepUnit);

/// Changes what the list says of a unit.
pub struct ChangeUnit {
    pub id: i64,
    /// What it was when the change was begun: [`Unit::seen`].
    pub seen: String,
    /// What it becomes.
    pub to: KeepUnit,
}

/// No two units have a code on the same day.
async fn taken(work: &Work, of: &KeepUnit, except: Option<i64>) -> Result<(), Refusal> {
    let same = unit::Entity::find().filter(unit::Column::Code.eq(&of.code)).all(&work.tx).await?;
    let until = |begins: &Option<String>, ends: &Option<String>| match (begins, ends) {
        (Some(begins), Some(ends)) => begins <= ends,
        _ => true,
    };
    let clashes = |row: &unit::Model| {
        Some(row.id) != except && until(&row.valid_from, &of.valid_to) && until(&of.valid_from, &row.valid_to)
    };
    if same.iter().any(clashes) { Err(Refusal::Taken(InUse::Unit(of.code.clone()))) } else { Ok(()) }
}

impl Change for Added {
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let Self(new) = self;
        let parent = above(work, new.parent).await?;
        let permit = work.permit(Act::ChangeUnits, &subject(parent.as_ref()))?;
        let detail = json!({ "code": new.code, "name": new.name, "level": new.level, "parent": new.parent });
        let id = add(work, new).await?;
        Ok((id, Note::new(permit, AuditAct::UnitAdd, format!("unit {id}"), detail)))
    }
}

/// The unit above, where there is one.
async fn above(work: &Work, parent: Option<i64>) -> Result<Option<unit::Model>, Refusal> {
    match parent {
        Some(id) => Ok(Some(unit::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::NotFound)?)),
        None => Ok(None),
    }
}

/// What the right to put something below a unit is asked over.
fn subject(parent: Option<&unit::Model>) -> Subject {
    parent.map_or(Subject::Everything, |parent| Subject::Unit(UnitPath(parent.path.clone())))
}

/// Writes a new unit; its row.
pub(super) async fn add(work: &Work, new: KeepUnit) -> Result<i64, Refusal> {
    let parent = above(work, new.parent).await?;
    taken(work, &new, None).await?;
    let row = unit::ActiveModel {
        code: Set(new.code.clone()),
        folded: Set(fold(&new.name)),
        name: Set(new.name.clone()),
        level: Set(new.level.clone()),
        kind: Set(new.kind),
        parent: Set(new.parent),
        valid_from: Set(new.valid_from),
        valid_to: Set(new.valid_to),
        path: Set(String::new()),
        ..Default::default()
    };
    let row = row.insert(&work.tx).await?;
    let path = path_below(parent.as_ref().map(|parent| parent.path.as_str()), row.id);
    let id = row.id;
    let mut row: unit::ActiveModel = row.into();
    row.path = Set(path);
    row.update(&work.tx).await?;
    Ok(id)
}

impl Change for ChangeUnit {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let Self { id, seen, to } = self;
        let row = unit::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let permit = work.permit(Act::ChangeUnits, &Subject::Unit(UnitPath(row.path.clone())))?;
        if Unit::from(row.clone()).seen() != seen {
            return Err(Refusal::Stale);
        }
        taken(work, &to, Some(id)).await?;
        let from = told(&row);
        if row.parent != to.parent {
            let parent = above(work, to.parent).await?;
            work.permit(Act::ChangeUnits, &subject(parent.as_ref()))?;
            widens_nothing(work, &row, parent.as_ref())?;
            put(work, row.clone(), parent.as_ref()).await?;
        }
        let row = unit::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let mut row: unit::ActiveModel = row.into();
        row.folded = Set(fold(&to.name));
        row.code = Set(to.code);
        row.name = Set(to.name);
        row.kind = Set(to.kind);
        row.level = Set(to.level);
        row.valid_from = Set(to.valid_from);
        row.valid_to = Set(to.valid_to);
        let into = told(&row.update(&work.tx).await?);
        Ok((
            (),
            Note::new(
                permit,
                AuditAct::UnitChange,
                format!("unit {id}"),
                json!({ "from": from, "to": into }),
            ),
        ))
    }
}

fn told(row: &unit::Model) -> serde_json::Value {
    json!({
        "code": row.code, "name": row.name, "level": row.level, "kind": row.kind, "parent": row.parent,
        "valid_from": row.valid_from, "valid_to": row.valid_to,
    })
}
