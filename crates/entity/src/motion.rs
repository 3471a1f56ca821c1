//! A point that the council decides.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "motion")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub campaign: i64,
    pub member: i64,
    pub criterion: String,
    pub points: String,
    pub proposal: String,
    pub manner: String,
    pub until_at: Option<i64>,
    pub opened_at: i64,
    pub opened_by: String,
    pub closed_at: Option<i64>,
    pub closed_by: Option<String>,
    pub adopted: Option<bool>,
    /// What was counted when it was closed. Archives of before know nothing of it.
    #[serde(default)]
    pub seats: Option<i64>,
    #[serde(default)]
    pub yes: Option<i64>,
    #[serde(default)]
    pub no: Option<i64>,
    #[serde(default)]
    pub abstained: Option<i64>,
    /// The names of the members who could not vote, because it was about their own unit.
    #[serde(default)]
    pub barred: String,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
