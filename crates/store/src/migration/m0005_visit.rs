//! On-site checks with what was photographed, and reasons that an office uses often.

use sea_orm_migration::prelude::*;

use super::column::{id, indexes, maybe, points_to, table, text, whole};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [visit(), visit_photo(), phrase()] {
            manager.create_table(table).await?;
        }
        indexes(manager, INDEXES).await
    }
}

/// Table, columns, whether no two rows may be alike.
const INDEXES: &[(&str, &[&str], bool)] =
    &[("visit", &["member"], false), ("visit_photo", &["visit"], false), ("visit_photo", &["file"], false)];

fn visit() -> TableCreateStatement {
    let mut table = table(
        "visit",
        vec![
            id(),
            whole("member"),
            text("criterion"),
            text("on_day"),
            text("people"),
            text("finding"),
            whole("at"),
            text("by"),
            maybe(whole("removed_at")),
            maybe(text("removed_by")),
        ],
    );
    points_to(&mut table, "member", "member");
    table
}

fn visit_photo() -> TableCreateStatement {
    let mut table = table("visit_photo", vec![id(), whole("visit"), text("file"), text("name")]);
    points_to(&mut table, "visit", "visit");
    table
}

fn phrase() -> TableCreateStatement {
    table(
        "phrase",
        vec![
            id(),
            text("text"),
            whole("at"),
            text("by"),
            maybe(whole("removed_at")),
            maybe(text("removed_by")),
        ],
    )
}
