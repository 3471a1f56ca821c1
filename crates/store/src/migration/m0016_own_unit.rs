//! A campaign says of whom more than half decide in the council; a point of it, who could not vote about his own unit.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column, default) in [("campaign", "base", "all"), ("motion", "barred", "")] {
            let mut new = ColumnDef::new(column);
            new.text().not_null().default(default);
            let mut alter = Table::alter();
            alter.table(table).add_column(new);
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
