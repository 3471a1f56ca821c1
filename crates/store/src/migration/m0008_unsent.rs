//! What was typed into a form that came after its session had ended, for as long as its writer needs to sign in again.

use sea_orm_migration::prelude::*;

use super::column::{id, indexes, table, text, whole};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Points to no person: it is swept after half an hour, and nothing else waits for that.
        let columns =
            vec![id(), text("browser"), whole("person"), text("action"), text("content"), whole("at")];
        manager.create_table(table("unsent", columns)).await?;
        let all = &[
            ("unsent", &["browser"][..], false),
            ("unsent", &["person"], false),
            ("unsent", &["at"], false),
        ];
        indexes(manager, all).await
    }
}
