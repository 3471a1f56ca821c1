//! Which unit became which.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "succession")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub old: i64,
    pub new: i64,
    pub on_day: String,
    pub whole: bool,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
