//! Files by their hash, work that the server does by itself, people and roles that come from a sign-in service.

use sea_orm_migration::prelude::*;

use super::column::{id, indexes, key, maybe, table, text, unique, whole};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [file(), job()] {
            manager.create_table(table).await?;
        }
        let mut by_provider = text("source");
        by_provider.default("");
        for (table, column) in [
            ("criteria_version", maybe(text("file"))),
            ("criteria_version", maybe(text("file_name"))),
            ("person", maybe(text("subject"))),
            ("appointment", by_provider),
        ] {
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        indexes(manager, INDEXES).await
    }
}

/// Table, columns, whether no two rows may be alike.
const INDEXES: &[(&str, &[&str], bool)] =
    &[("person", &["subject"], true), ("job", &["state", "due_at"], false), ("unit", &["valid_to"], false)];

fn file() -> TableCreateStatement {
    table("file", vec![key(text("hash")), whole("size"), text("kind"), whole("created_at")])
}

fn job() -> TableCreateStatement {
    table(
        "job",
        vec![
            id(),
            text("kind"),
            unique(text("key")),
            whole("due_at"),
            text("state"),
            whole("attempt"),
            maybe(whole("held_until")),
            text("said"),
            maybe(whole("done_at")),
        ],
    )
}
