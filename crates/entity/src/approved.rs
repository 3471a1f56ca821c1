//! The result of a campaign as it was approved: by which version of the program it was scored, and its hash.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "approved")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub campaign: i64,
    pub version: String,
    pub sha256: String,
    pub at: i64,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
