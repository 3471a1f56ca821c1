//! A document says what it is and which one before it it takes the place of; a point of the council keeps what was counted when it was closed.

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
        let mut genre = ColumnDef::new("genre");
        genre.text().not_null().default("");
        let mut table = Table::alter();
        table.table("evidence").add_column(genre);
        manager.alter_table(table).await?;
        for column in ["seats", "yes", "no", "abstained"] {
            let mut table = Table::alter();
            table.table("motion").add_column(maybe(whole(column)));
            manager.alter_table(table).await?;
        }
        indexes(manager, &[("evidence", &["replaces"], false)]).await
    }
}
