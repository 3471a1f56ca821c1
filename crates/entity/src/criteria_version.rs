//! One version of a criteria set: its table, as text.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "criteria_version")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub set: i64,
    pub number: i64,
    pub state: String,
    pub text: String,
    pub note: String,
    pub author: i64,
    pub created_at: i64,
    pub file: Option<String>,
    pub file_name: Option<String>,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
