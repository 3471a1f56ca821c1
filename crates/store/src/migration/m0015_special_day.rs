//! Days off and worked days of the whole server, each with its source, and what they did to campaigns that ran; days of a campaign have
//! a source too.

use sea_orm_migration::prelude::*;

use super::column::{id, indexes, maybe, points_to, table, text, whole, yes_no};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [special_day(), day_effect()] {
            manager.create_table(table).await?;
        }
        let mut source = text("source");
        source.default("");
        let mut table = Table::alter();
        table.table("calendar_day").add_column(source);
        manager.alter_table(table).await?;
        indexes(manager, INDEXES).await
    }
}

/// Table, columns, whether no two rows may be alike.
const INDEXES: &[(&str, &[&str], bool)] =
    &[("day_effect", &["campaign"], false), ("day_effect", &["special_day"], false)];

fn special_day() -> TableCreateStatement {
    let said = [text("day"), text("kind"), text("name"), text("source")];
    let done = [whole("at"), text("by"), maybe(whole("removed_at")), maybe(text("removed_by"))];
    table("special_day", [id()].into_iter().chain(said).chain(done).collect())
}

fn day_effect() -> TableCreateStatement {
    let columns = vec![
        id(),
        whole("special_day"),
        whole("campaign"),
        text("day"),
        text("kind"),
        yes_no("removed"),
        whole("units"),
        whole("at"),
    ];
    let mut table = table("day_effect", columns);
    points_to(&mut table, "special_day", "special_day");
    points_to(&mut table, "campaign", "campaign");
    table
}
