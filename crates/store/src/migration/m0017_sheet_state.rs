//! Columns bear the names that the rest of the program has: how far a sheet is, and what units see.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The table, the name until now and the new one.
const COLUMNS: [(&str, &str, &str); 5] = [
    ("member", "paper", "sheet_state"),
    ("member", "paper_at", "sheet_at"),
    ("member", "paper_by", "sheet_by"),
    ("member", "paper_said", "sheet_said"),
    ("campaign", "sight", "visibility"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, before, after) in COLUMNS {
            let mut alter = Table::alter();
            alter.table(table).rename_column(before, after);
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
