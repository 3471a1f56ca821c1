//! A document says which one before it it takes the place of.

use sea_orm_migration::prelude::*;

use super::column::{indexes, maybe, whole};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table("evidence").add_column(maybe(whole("replaces")));
        manager.alter_table(table).await?;
        indexes(manager, &[("evidence", &["replaces"], false)]).await
    }
}
