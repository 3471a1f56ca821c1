//! A stage of a campaign: its window, when its draft was shown to the units, until when they explain themselves.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "stage")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub campaign: i64,
    pub place: i64,
    pub code: String,
    pub name: String,
    pub counts: Option<String>,
    pub opens_at: Option<i64>,
    pub closes_at: Option<i64>,
    pub released_at: Option<i64>,
    pub released_by: Option<String>,
    pub explain_until: Option<i64>,
}

/// Nothing leads from here; joins are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
