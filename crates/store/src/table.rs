//! All tables of the database that an archive holds: what their rows are, and how they are read and put back.

use futures_util::TryStreamExt;
use futures_util::future::BoxFuture;
use parindex_entity::{
    appointment, approved, approved_sheet, attempt, audit, audit_head, block, brought, calendar_day,
    campaign, criteria_set, criteria_version, day_effect, delegation, entry, entry_history, evidence,
    extension, file, invitation, job, member, motion, person, phrase, published, recovery_code, remark,
    session, set_move, special_day, stage, succession, unit, verdict, visit, visit_photo, vote,
};
use sea_orm::{
    DatabaseTransaction, EntityTrait, IntoActiveModel, Iterable, PrimaryKeyToColumn, PrimaryKeyTrait,
    QueryOrder,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;

/// Where lines go; what it says of a failure is told to the person.
pub type Sink<'s> = dyn FnMut(&str) -> std::io::Result<()> + Send + 's;

/// A table of the database.
#[derive(Clone, Copy)]
pub struct DatabaseTable {
    pub name: &'static str,
    /// The first format of archives that holds it; each came with a version of the database.
    since: u32,
    /// Whether the database numbers its rows.
    pub(crate) is_numbered: fn() -> bool,
    pub(crate) read: Read,
    pub(crate) put: Put,
}

/// Hands over all rows in the order of their keys, one line of JSON each; says how many.
type Read = for<'a> fn(&'a DatabaseTransaction, &'a mut Sink<'_>) -> BoxFuture<'a, Result<u64, StoreError>>;
/// Puts rows into the table, from lines that [`Read`] wrote.
type Put = for<'a> fn(&'a DatabaseTransaction, &'a [String]) -> BoxFuture<'a, Result<(), StoreError>>;

/// The tables, each after those that it points to. Two are not among them: what forms led to (`sent`), because the pages that could
/// send one again belong to sessions, which a restore ends, and what they led to may not be there; and forms that came after their
/// session had ended (`unsent`), which are kept for half an hour, encrypted with a key that no archive holds.
pub static TABLES: [DatabaseTable; 38] = [
    table::<unit::Entity>("unit", 1),
    table::<succession::Entity>("succession", 1),
    table::<person::Entity>("person", 1),
    table::<recovery_code::Entity>("recovery_code", 1),
    table::<invitation::Entity>("invitation", 1),
    table::<session::Entity>("session", 1),
    table::<appointment::Entity>("appointment", 1),
    table::<attempt::Entity>("attempt", 1),
    table::<criteria_set::Entity>("criteria_set", 1),
    table::<file::Entity>("file", 2),
    table::<criteria_version::Entity>("criteria_version", 1),
    table::<job::Entity>("job", 2),
    table::<campaign::Entity>("campaign", 3),
    table::<stage::Entity>("stage", 3),
    table::<block::Entity>("block", 3),
    table::<member::Entity>("member", 3),
    table::<entry::Entity>("entry", 3),
    table::<entry_history::Entity>("entry_history", 3),
    table::<extension::Entity>("extension", 3),
    table::<verdict::Entity>("verdict", 3),
    table::<remark::Entity>("remark", 3),
    table::<evidence::Entity>("evidence", 3),
    table::<delegation::Entity>("delegation", 3),
    table::<motion::Entity>("motion", 3),
    table::<vote::Entity>("vote", 3),
    table::<approved::Entity>("approved", 5),
    table::<approved_sheet::Entity>("approved_sheet", 5),
    table::<visit::Entity>("visit", 4),
    table::<visit_photo::Entity>("visit_photo", 4),
    table::<phrase::Entity>("phrase", 4),
    table::<calendar_day::Entity>("calendar_day", 5),
    table::<published::Entity>("published", 5),
    table::<set_move::Entity>("set_move", 5),
    table::<brought::Entity>("brought", 5),
    table::<special_day::Entity>("special_day", 6),
    table::<day_effect::Entity>("day_effect", 6),
    table::<audit::Entity>("audit", 1),
    table::<audit_head::Entity>("audit_head", 1),
];

/// The tables that an archive of a format holds; each came with a version of the database.
#[must_use]
pub fn tables_of(format: u32) -> Vec<&'static str> {
    TABLES.iter().filter(|table| table.since <= format).map(|table| table.name).collect()
}

/// A table by its name.
pub(crate) fn named(name: &str) -> Result<&'static DatabaseTable, StoreError> {
    let table = TABLES.iter().find(|table| table.name == name);
    table.ok_or_else(|| failed(format!("no table «{name}»")))
}

const fn table<E>(name: &'static str, since: u32) -> DatabaseTable
where
    E: EntityTrait,
    E::Model: Serialize + DeserializeOwned + IntoActiveModel<E::ActiveModel> + Send + Sync,
    E::ActiveModel: Send,
{
    DatabaseTable {
        name,
        since,
        is_numbered: E::PrimaryKey::auto_increment,
        read: |tx, sink| Box::pin(read_rows::<E>(tx, sink)),
        put: |tx, lines| Box::pin(put_rows::<E>(tx, lines)),
    }
}

fn failed(what: String) -> StoreError {
    StoreError::Inconsistent { table: "backup", row: 0, what }
}

async fn read_rows<E>(tx: &DatabaseTransaction, sink: &mut Sink<'_>) -> Result<u64, StoreError>
where
    E: EntityTrait,
    E::Model: Serialize + Send + Sync,
{
    let mut select = E::find();
    for key in E::PrimaryKey::iter() {
        select = select.order_by_asc(key.into_column());
    }
    let mut rows = select.stream(tx).await?;
    let mut count = 0;
    while let Some(row) = rows.try_next().await? {
        let line = serde_json::to_string(&row).map_err(|error| failed(error.to_string()))?;
        sink(&line).map_err(StoreError::Outside)?;
        count += 1;
    }
    Ok(count)
}

/// Rows in one statement: SQLite takes 32,766 values at a time.
const PART: usize = 1_000;

async fn put_rows<E>(tx: &DatabaseTransaction, lines: &[String]) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::Model: DeserializeOwned + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    for part in lines.chunks(PART) {
        let row = |line: &String| {
            let model: Result<E::Model, _> = serde_json::from_str(line);
            model.map(IntoActiveModel::into_active_model).map_err(|error| failed(error.to_string()))
        };
        let rows = part.iter().map(row).collect::<Result<Vec<E::ActiveModel>, _>>()?;
        E::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_others_point_to_comes_before_them_and_each_format_adds_to_the_one_before() {
        let at = |name: &str| TABLES.iter().position(|table| table.name == name);
        for (first, then) in
            [("unit", "member"), ("campaign", "stage"), ("member", "entry"), ("motion", "vote")]
        {
            assert!(at(first) < at(then), "{first} {then}");
        }
        assert!(tables_of(2).iter().all(|name| tables_of(3).contains(name)));
        assert_eq!(tables_of(u32::MAX).len(), TABLES.len());
    }

    #[test]
    fn rows_that_carry_a_key_of_their_own_are_not_numbered() {
        let keyed = TABLES.iter().filter(|table| !(table.is_numbered)()).map(|table| table.name);
        assert_eq!(keyed.collect::<Vec<_>>(), ["attempt", "file", "approved", "audit", "audit_head"]);
    }
}
