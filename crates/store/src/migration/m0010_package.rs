//! What a package holds beside what is scored: days of its own calendar, published figures, moves of its sets, its history.

use sea_orm_migration::prelude::*;

use super::column::{id, indexes, points_to, table, text, whole};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [calendar_day(), published(), set_move(), brought()] {
            manager.create_table(table).await?;
        }
        indexes(manager, INDEXES).await
    }
}

/// Table, columns, whether no two rows may be alike.
const INDEXES: &[(&str, &[&str], bool)] = &[
    ("calendar_day", &["campaign"], false),
    ("published", &["campaign"], false),
    ("set_move", &["block"], false),
    ("brought", &["campaign", "unit"], false),
];

fn calendar_day() -> TableCreateStatement {
    let columns = vec![id(), whole("campaign"), text("day"), text("kind"), text("name")];
    let mut table = table("calendar_day", columns);
    points_to(&mut table, "campaign", "campaign");
    table
}

fn published() -> TableCreateStatement {
    let columns = vec![id(), whole("campaign"), text("unit"), text("item"), text("value"), text("source")];
    let mut table = table("published", columns);
    points_to(&mut table, "campaign", "campaign");
    table
}

fn set_move() -> TableCreateStatement {
    let columns =
        vec![id(), whole("block"), text("from_version"), text("to_version"), text("on_day"), text("reason")];
    let mut table = table("set_move", columns);
    points_to(&mut table, "block", "block");
    table
}

fn brought() -> TableCreateStatement {
    let columns = vec![id(), whole("campaign"), text("kind"), text("unit"), text("cells")];
    let mut table = table("brought", columns);
    points_to(&mut table, "campaign", "campaign");
    table
}
