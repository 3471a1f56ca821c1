//! The act by which a block moved to another version of its criteria set.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "set_move")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub block: i64,
    pub from_version: String,
    pub to_version: String,
    pub on_day: String,
    pub reason: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
