//! A campaign: one year’s determination of the index.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub code: String,
    pub title: String,
    pub legal_basis: String,
    pub year: i64,
    pub from_day: Option<String>,
    pub to_day: Option<String>,
    pub note: String,
    pub created_at: i64,
    pub opened_at: Option<i64>,
    pub opened_by: Option<String>,
    pub approved_at: Option<i64>,
    pub approved_by: Option<String>,
    /// Grows with everything that can change a point: what was scored at a revision stays so.
    pub revision: i64,
    /// What units see of each other.
    #[serde(default = "own")]
    #[serde(alias = "sight")]
    pub visibility: String,
    /// Of whom more than half decide in the council.
    #[serde(default = "all")]
    pub base: String,
}

/// Archives of versions before do not say it.
fn own() -> String {
    "own".to_owned()
}

fn all() -> String {
    "all".to_owned()
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
