//! Campaigns: stages with their windows, blocks, members, what stands on their sheets, what was decided about it.

use sea_orm_migration::prelude::*;

use super::column::{id, indexes, maybe, points_to, table, text, unique, whole, yes_no};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            campaign(),
            stage(),
            block(),
            member(),
            entry(),
            entry_history(),
            extension(),
            verdict(),
            remark(),
            evidence(),
            delegation(),
            motion(),
            vote(),
        ] {
            manager.create_table(table).await?;
        }
        indexes(manager, INDEXES).await
    }
}

/// Table, columns, whether no two rows may be alike.
const INDEXES: &[(&str, &[&str], bool)] = &[
    ("stage", &["campaign", "place"], true),
    ("block", &["campaign", "place"], true),
    ("member", &["campaign", "code"], true),
    ("member", &["block"], false),
    ("member", &["unit"], false),
    ("entry", &["member", "stage", "criterion", "input"], true),
    ("entry_history", &["member", "criterion"], false),
    ("extension", &["member"], false),
    ("verdict", &["member", "stage", "criterion"], true),
    ("remark", &["member", "criterion"], false),
    ("evidence", &["member", "criterion"], false),
    ("evidence", &["file"], false),
    ("delegation", &["member"], false),
    ("delegation", &["unit"], false),
    ("motion", &["campaign"], false),
    ("vote", &["motion", "person"], true),
];

fn campaign() -> TableCreateStatement {
    table(
        "campaign",
        vec![
            id(),
            unique(text("code")),
            text("title"),
            text("legal_basis"),
            whole("year"),
            maybe(text("from_day")),
            maybe(text("to_day")),
            text("note"),
            whole("created_at"),
            maybe(whole("opened_at")),
            maybe(text("opened_by")),
            maybe(whole("approved_at")),
            maybe(text("approved_by")),
            whole("revision"),
        ],
    )
}

fn stage() -> TableCreateStatement {
    let mut table = table(
        "stage",
        vec![
            id(),
            whole("campaign"),
            whole("place"),
            text("code"),
            text("name"),
            maybe(text("counts")),
            maybe(whole("opens_at")),
            maybe(whole("closes_at")),
            maybe(whole("released_at")),
            maybe(text("released_by")),
            maybe(whole("explain_until")),
        ],
    );
    points_to(&mut table, "campaign", "campaign");
    table
}

fn block() -> TableCreateStatement {
    let mut table = table(
        "block",
        vec![id(), whole("campaign"), whole("place"), text("code"), text("name"), whole("version")],
    );
    points_to(&mut table, "campaign", "campaign");
    points_to(&mut table, "version", "criteria_version");
    table
}

fn member() -> TableCreateStatement {
    let mut table = table(
        "member",
        vec![
            id(),
            whole("campaign"),
            whole("block"),
            whole("place"),
            maybe(whole("unit")),
            text("code"),
            text("name"),
            maybe(text("parent")),
            text("standing"),
            text("reason"),
            text("paper"),
            maybe(whole("paper_at")),
            maybe(text("paper_by")),
            text("paper_said"),
            maybe(whole("more_until")),
        ],
    );
    points_to(&mut table, "campaign", "campaign");
    points_to(&mut table, "block", "block");
    points_to(&mut table, "unit", "unit");
    table
}

fn entry() -> TableCreateStatement {
    let mut table = table(
        "entry",
        vec![
            id(),
            whole("member"),
            whole("stage"),
            text("criterion"),
            text("input"),
            text("kind"),
            text("text"),
            text("source"),
            whole("revision"),
            whole("at"),
            text("by"),
        ],
    );
    points_to(&mut table, "member", "member");
    points_to(&mut table, "stage", "stage");
    table
}

fn entry_history() -> TableCreateStatement {
    let mut table = table(
        "entry_history",
        vec![
            id(),
            whole("member"),
            whole("stage"),
            text("criterion"),
            text("input"),
            text("was"),
            text("became"),
            whole("at"),
            text("by"),
        ],
    );
    points_to(&mut table, "member", "member");
    table
}

fn extension() -> TableCreateStatement {
    let mut table = table(
        "extension",
        vec![
            id(),
            whole("member"),
            whole("stage"),
            whole("until_at"),
            text("reason"),
            text("signer"),
            whole("at"),
            text("by"),
        ],
    );
    points_to(&mut table, "member", "member");
    points_to(&mut table, "stage", "stage");
    table
}

fn verdict() -> TableCreateStatement {
    let mut table = table(
        "verdict",
        vec![
            id(),
            whole("member"),
            whole("stage"),
            text("criterion"),
            text("kind"),
            text("reason"),
            whole("at"),
            text("by"),
            maybe(whole("person")),
        ],
    );
    points_to(&mut table, "member", "member");
    points_to(&mut table, "stage", "stage");
    table
}

fn remark() -> TableCreateStatement {
    let mut table = table(
        "remark",
        vec![
            id(),
            whole("member"),
            whole("stage"),
            text("criterion"),
            text("side"),
            text("text"),
            whole("at"),
            text("by"),
        ],
    );
    points_to(&mut table, "member", "member");
    points_to(&mut table, "stage", "stage");
    table
}

fn evidence() -> TableCreateStatement {
    let mut table = table(
        "evidence",
        vec![
            id(),
            whole("member"),
            whole("stage"),
            text("criterion"),
            maybe(text("file")),
            maybe(text("link")),
            text("name"),
            text("number"),
            maybe(text("issued_on")),
            text("issuer"),
            text("folded"),
            whole("at"),
            text("by"),
            maybe(whole("removed_at")),
            maybe(text("removed_by")),
        ],
    );
    points_to(&mut table, "member", "member");
    points_to(&mut table, "stage", "stage");
    table
}

fn motion() -> TableCreateStatement {
    let mut table = table(
        "motion",
        vec![
            id(),
            whole("campaign"),
            whole("member"),
            text("criterion"),
            text("points"),
            text("proposal"),
            text("manner"),
            maybe(whole("until_at")),
            whole("opened_at"),
            text("opened_by"),
            maybe(whole("closed_at")),
            maybe(text("closed_by")),
            maybe(yes_no("adopted")),
        ],
    );
    points_to(&mut table, "campaign", "campaign");
    points_to(&mut table, "member", "member");
    table
}

fn vote() -> TableCreateStatement {
    let mut table = table(
        "vote",
        vec![id(), whole("motion"), whole("person"), text("name"), text("choice"), whole("at")],
    );
    points_to(&mut table, "motion", "motion");
    points_to(&mut table, "person", "person");
    table
}

fn delegation() -> TableCreateStatement {
    let mut table = table(
        "delegation",
        vec![
            id(),
            whole("member"),
            text("criterion"),
            whole("unit"),
            whole("at"),
            text("by"),
            maybe(whole("ended_at")),
        ],
    );
    points_to(&mut table, "member", "member");
    points_to(&mut table, "unit", "unit");
    table
}
