//! Somebody with an account.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub login: String,
    pub name: String,
    pub folded: String,
    pub title: String,
    pub unit: Option<i64>,
    pub closed_at: Option<i64>,
    pub password: Option<String>,
    pub second_factor: Option<String>,
    pub second_step: i64,
    pub created_at: i64,
    pub subject: Option<String>,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
