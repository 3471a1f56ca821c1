//! A sheet at a stage as it was approved: its points and its sentences, text that is read and never computed again.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "approved_sheet")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub campaign: i64,
    pub member: i64,
    pub stage: i64,
    pub points: String,
    pub sentences: String,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
