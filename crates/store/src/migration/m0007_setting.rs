//! A campaign says what units see of each other; a role can be held for one campaign; the log is searched by person and day.

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
        let mut sight = ColumnDef::new("sight");
        sight.text().not_null().default("own");
        let mut table = Table::alter();
        table.table("campaign").add_column(sight);
        manager.alter_table(table).await?;
        let mut table = Table::alter();
        table.table("appointment").add_column(maybe(whole("campaign")));
        manager.alter_table(table).await?;
        indexes(manager, &[("audit", &["at"], false)]).await
    }
}
