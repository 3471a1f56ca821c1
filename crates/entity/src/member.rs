//! A unit in a block, and its sheet.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "member")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub campaign: i64,
    pub block: i64,
    pub place: i64,
    pub unit: Option<i64>,
    pub code: String,
    pub name: String,
    pub parent: Option<String>,
    pub standing: String,
    pub reason: String,
    #[serde(alias = "paper")]
    pub sheet_state: String,
    #[serde(alias = "paper_at")]
    pub sheet_at: Option<i64>,
    #[serde(alias = "paper_by")]
    pub sheet_by: Option<String>,
    #[serde(alias = "paper_said")]
    pub sheet_said: String,
    pub more_until: Option<i64>,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
