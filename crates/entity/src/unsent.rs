//! What was typed into a form that came after its session had ended.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "unsent")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub browser: String,
    pub person: i64,
    pub action: String,
    pub content: String,
    pub at: i64,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
