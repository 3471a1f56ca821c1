//! Searches take their text literally: what means something to LIKE is escaped.

use parindex_domain::right::UnitPath;
use parindex_entity::unit;
use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, LikeExpr, Query};
use sea_orm::{ColumnTrait, Condition};

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, each| {
        if matches!(each, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(each);
        escaped
    })
}

/// Matches whatever holds a text; its wildcards stand for themselves.
pub fn holds(text: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escaped(text))).escape('\\')
}

/// Begins with a text.
pub fn begins(text: &str) -> LikeExpr {
    LikeExpr::new(format!("{}%", escaped(text))).escape('\\')
}

/// Whether the unit of a row stands at or below one of these places. It is looked up by its key, row by row: SQLite finds no path
/// by its beginning without looking at all units there have ever been.
pub fn stands_below(unit_of: impl IntoColumnRef, places: &[UnitPath]) -> Expr {
    let at = |any: Condition, place: &UnitPath| any.add(unit::Column::Path.like(begins(&place.0)));
    let mut unit = Query::select();
    unit.expr(Expr::val(1))
        .from(unit::Entity)
        .and_where(Expr::col((unit::Entity, unit::Column::Id)).equals(unit_of))
        .cond_where(places.iter().fold(Condition::any(), at));
    Expr::exists(unit)
}
