//! A row of the history that came with the package of a campaign: texts, from which nothing follows.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "brought")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub campaign: i64,
    /// The table of the package.
    pub kind: String,
    /// The code of the unit that it is about; empty for votes, which name their motion.
    pub unit: String,
    /// The cells by their columns, as JSON.
    pub cells: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
