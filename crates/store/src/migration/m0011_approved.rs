//! What was approved stays: the result is kept with its hash; the log is searched by what a row is about.

use sea_orm_migration::prelude::*;

use super::column::{id, indexes, key, points_to, table, text, whole};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [approved(), approved_sheet()] {
            manager.create_table(table).await?;
        }
        indexes(manager, INDEXES).await
    }
}

/// Table, columns, whether no two rows may be alike.
const INDEXES: &[(&str, &[&str], bool)] =
    &[("approved_sheet", &["member", "stage"], true), ("approved_sheet", &["campaign"], false)];

fn approved() -> TableCreateStatement {
    let columns = vec![key(whole("campaign")), text("version"), text("sha256"), whole("at")];
    let mut table = table("approved", columns);
    points_to(&mut table, "campaign", "campaign");
    table
}

fn approved_sheet() -> TableCreateStatement {
    let columns =
        vec![id(), whole("campaign"), whole("member"), whole("stage"), text("points"), text("sentences")];
    let mut table = table("approved_sheet", columns);
    points_to(&mut table, "campaign", "campaign");
    points_to(&mut table, "member", "member");
    points_to(&mut table, "stage", "stage");
    table
}
