//! The last row of the log also keeps the newest time that any server has used: no later change is before it.

use sea_orm_migration::prelude::*;

use super::column::whole;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut at = whole("at");
        at.default(0);
        let mut table = Table::alter();
        table.table("audit_head").add_column(at);
        manager.alter_table(table).await?;
        let last = "UPDATE audit_head SET at = COALESCE((SELECT audit.at FROM audit WHERE audit.seq = audit_head.seq), 0)";
        manager.get_connection().execute_unprepared(last).await?;
        Ok(())
    }
}
