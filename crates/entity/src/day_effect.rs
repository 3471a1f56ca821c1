//! What a special day that was added or removed did to the points of a campaign that runs.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "day_effect")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub special_day: i64,
    pub campaign: i64,
    pub day: String,
    pub kind: String,
    pub removed: bool,
    pub units: i64,
    pub at: i64,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
