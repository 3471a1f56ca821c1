//! A document that proves something on a sheet: a file, or where it stands.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub member: i64,
    pub stage: i64,
    pub criterion: String,
    pub file: Option<String>,
    pub link: Option<String>,
    pub name: String,
    pub number: String,
    pub issued_on: Option<String>,
    pub issuer: String,
    pub folded: String,
    pub at: i64,
    pub by: String,
    pub removed_at: Option<i64>,
    pub removed_by: Option<String>,
    /// Archives of before know nothing of it.
    #[serde(default)]
    pub genre: String,
    #[serde(default)]
    pub replaces: Option<i64>,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
