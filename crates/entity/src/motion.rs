//! A point that the council decides.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A row.
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
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
