//! What an appraiser decided about one criterion of one sheet in one round.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "verdict")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub member: i64,
    pub stage: i64,
    pub criterion: String,
    pub kind: String,
    pub reason: String,
    pub at: i64,
    pub by: String,
    pub person: Option<i64>,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
