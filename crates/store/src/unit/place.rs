//! Where a unit stands: below another one, with all that stands below it.

use parindex_domain::refusal::{RoleRefusal, UnitRefusal};
use parindex_domain::right::UnitPath;
use parindex_entity::unit;
use sea_orm::sea_query::{BinOper, Expr, ExprTrait, Func};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use super::path_below;
use crate::like::begins;
use crate::{Refusal, Work};

/// Puts a unit below another one, or topmost; what stands below it goes with it.
pub(super) async fn put(work: &Work, row: unit::Model, parent: Option<&unit::Model>) -> Result<(), Refusal> {
    let own = UnitPath(row.path.clone());
    if parent.is_some_and(|parent| own.holds(&UnitPath(parent.path.clone()))) {
        return Err(UnitRefusal::BelowItself.into());
    }
    let path = path_below(parent.map(|parent| parent.path.as_str()), row.id);
    // Paths are ASCII, so that signs and bytes are counted alike.
    let after = i32::try_from(own.0.len()).unwrap_or(i32::MAX).saturating_add(1);
    let rest = Func::cust("substr").arg(Expr::col(unit::Column::Path)).arg(after);
    unit::Entity::update_many()
        .col_expr(unit::Column::Path, Expr::value(path).binary(BinOper::Custom("||"), rest))
        .filter(unit::Column::Path.like(begins(&own.0)))
        .exec(&work.tx)
        .await?;
    let id = row.id;
    let row = unit::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
    let mut row: unit::ActiveModel = row.into();
    row.parent = Set(parent.map(|parent| parent.id));
    row.update(&work.tx).await?;
    Ok(())
}

/// Nobody brings a unit below one for which he fills in or signs: that would be a way to give himself a role.
pub(super) fn widens_nothing(
    work: &Work,
    unit: &unit::Model,
    parent: Option<&unit::Model>,
) -> Result<(), Refusal> {
    let (own, above) = (UnitPath(unit.path.clone()), parent.map(|parent| UnitPath(parent.path.clone())));
    let bound = work.actor.held.iter().filter(|held| held.role.needs_unit());
    let mut paths = bound.filter_map(|held| held.unit.as_ref());
    let gains = |path: &UnitPath| above.as_ref().is_some_and(|above| path.holds(above)) && !path.holds(&own);
    if paths.any(gains) { Err(RoleRefusal::OwnRole.into()) } else { Ok(()) }
}
