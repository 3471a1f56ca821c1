//! A role that a person holds, for a unit or everywhere.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "appointment")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub person: i64,
    pub role: String,
    pub unit: Option<i64>,
    pub domains: String,
    pub since: i64,
    pub ended_at: Option<i64>,
    /// Who gave it: nobody named here, or a sign-in service, which also takes it.
    #[serde(default)]
    pub source: String,
    /// In which campaign; in all of them when none.
    #[serde(default)]
    pub campaign: Option<i64>,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
