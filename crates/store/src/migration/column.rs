//! How tables are written down in the steps.

use sea_orm_migration::prelude::*;

/// What is kept of something, column by column.
pub fn table(name: &'static str, columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for column in columns {
        table.col(column);
    }
    table
}

pub fn id() -> ColumnDef {
    let mut column = ColumnDef::new("id");
    column.big_integer().not_null().auto_increment().primary_key();
    column
}

pub fn whole(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.big_integer().not_null();
    column
}

pub fn text(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text().not_null();
    column
}

pub fn yes_no(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.boolean().not_null();
    column
}

/// The same column, which may be empty.
pub fn maybe(mut column: ColumnDef) -> ColumnDef {
    column.null();
    column
}

/// No two rows alike.
pub fn unique(mut column: ColumnDef) -> ColumnDef {
    column.unique_key();
    column
}

pub fn key(mut column: ColumnDef) -> ColumnDef {
    column.primary_key();
    column
}

pub fn points_to(table: &mut TableCreateStatement, column: &'static str, other: &'static str) {
    table.foreign_key(ForeignKey::create().from_col(column).to_tbl(other).to_col("id"));
}

/// Indexes: table, columns, whether no two rows may be alike.
pub async fn indexes(
    manager: &SchemaManager<'_>,
    all: &[(&'static str, &[&'static str], bool)],
) -> Result<(), DbErr> {
    for (table, columns, unique) in all {
        let mut index = Index::create();
        index.name(format!("{table}_{}", columns.join("_"))).table(*table);
        for column in *columns {
            index.col(*column);
        }
        if *unique {
            index.unique();
        }
        manager.create_index(index).await?;
    }
    Ok(())
}
