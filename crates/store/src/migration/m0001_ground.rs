//! People, units, rights, sessions, criteria sets, the log.

use sea_orm_migration::prelude::*;

use super::column::{id, indexes, key, maybe, points_to, table, text, unique, whole, yes_no};
use crate::dialect;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        indexes(manager, INDEXES).await?;
        let db = manager.get_connection();
        let head = Query::insert()
            .into_table("audit_head")
            .columns(["id", "seq", "hash"])
            .values_panic([1_i64.into(), 0_i64.into(), parindex_domain::audit::BEGINNING.into()])
            .to_owned();
        db.execute(&head).await?;
        dialect::protect_audit(db).await
    }
}

/// Table, columns, whether no two rows may be alike.
const INDEXES: &[(&str, &[&str], bool)] = &[
    ("unit", &["code", "valid_from"], true),
    ("unit", &["parent"], false),
    ("unit", &["path"], false),
    ("succession", &["old"], false),
    ("succession", &["new"], false),
    ("person", &["unit"], false),
    ("recovery_code", &["person"], false),
    ("invitation", &["person"], false),
    ("session", &["person"], false),
    ("appointment", &["person"], false),
    ("criteria_version", &["set", "number"], true),
    ("audit", &["person"], false),
    ("audit", &["act"], false),
];

fn tables() -> Vec<TableCreateStatement> {
    vec![
        unit(),
        succession(),
        person(),
        recovery_code(),
        invitation(),
        session(),
        appointment(),
        attempt(),
        criteria_set(),
        criteria_version(),
        audit(),
        audit_head(),
    ]
}

fn unit() -> TableCreateStatement {
    let mut table = table(
        "unit",
        vec![
            id(),
            text("code"),
            text("name"),
            text("folded"),
            text("level"),
            text("kind"),
            maybe(whole("parent")),
            maybe(text("valid_from")),
            maybe(text("valid_to")),
            text("path"),
        ],
    );
    points_to(&mut table, "parent", "unit");
    table
}

fn succession() -> TableCreateStatement {
    let mut table =
        table("succession", vec![id(), whole("old"), whole("new"), text("on_day"), yes_no("whole")]);
    points_to(&mut table, "old", "unit");
    points_to(&mut table, "new", "unit");
    table
}

fn person() -> TableCreateStatement {
    let mut table = table(
        "person",
        vec![
            id(),
            unique(text("login")),
            text("name"),
            text("folded"),
            text("title"),
            maybe(whole("unit")),
            maybe(whole("closed_at")),
            maybe(text("password")),
            maybe(text("second_factor")),
            whole("second_step"),
            whole("created_at"),
        ],
    );
    points_to(&mut table, "unit", "unit");
    table
}

fn recovery_code() -> TableCreateStatement {
    let mut table =
        table("recovery_code", vec![id(), whole("person"), text("hash"), maybe(whole("used_at"))]);
    points_to(&mut table, "person", "person");
    table
}

fn invitation() -> TableCreateStatement {
    let mut table = table(
        "invitation",
        vec![
            id(),
            whole("person"),
            unique(text("hash")),
            whole("created_at"),
            whole("expires_at"),
            maybe(whole("used_at")),
        ],
    );
    points_to(&mut table, "person", "person");
    table
}

fn session() -> TableCreateStatement {
    let mut table = table(
        "session",
        vec![
            id(),
            unique(text("hash")),
            whole("person"),
            yes_no("complete"),
            text("address"),
            text("agent"),
            whole("created_at"),
            whole("seen_at"),
            maybe(whole("ended_at")),
        ],
    );
    points_to(&mut table, "person", "person");
    table
}

fn appointment() -> TableCreateStatement {
    let mut table = table(
        "appointment",
        vec![
            id(),
            whole("person"),
            text("role"),
            maybe(whole("unit")),
            text("domains"),
            whole("since"),
            maybe(whole("ended_at")),
        ],
    );
    points_to(&mut table, "person", "person");
    points_to(&mut table, "unit", "unit");
    table
}

fn attempt() -> TableCreateStatement {
    table("attempt", vec![key(text("key")), whole("count"), whole("first_at")])
}

fn criteria_set() -> TableCreateStatement {
    table(
        "criteria_set",
        vec![id(), unique(text("code")), text("title"), text("folded"), whole("created_at")],
    )
}

fn criteria_version() -> TableCreateStatement {
    let mut table = table(
        "criteria_version",
        vec![
            id(),
            whole("set"),
            whole("number"),
            text("state"),
            text("text"),
            text("note"),
            whole("author"),
            whole("created_at"),
        ],
    );
    points_to(&mut table, "set", "criteria_set");
    table
}

fn audit() -> TableCreateStatement {
    table(
        "audit",
        vec![
            key(whole("seq")),
            whole("at"),
            maybe(whole("person")),
            text("who"),
            text("act"),
            text("subject"),
            text("detail"),
            text("before"),
            unique(text("hash")),
        ],
    )
}

fn audit_head() -> TableCreateStatement {
    table("audit_head", vec![key(whole("id")), whole("seq"), text("hash")])
}
