//! Forms that were sent, so that the same one is carried out once.

use sea_orm_migration::prelude::*;

use super::column::{indexes, table, text, whole};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![whole("person"), text("form"), text("content"), text("answer"), whole("at")];
        let mut sent = table("sent", columns);
        sent.primary_key(Index::create().col("person").col("form").col("content"));
        manager.create_table(sent).await?;
        indexes(manager, &[("sent", &["at"], false)]).await
    }
}
