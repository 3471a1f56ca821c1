//! All rows of one moment, table by table, as lines of JSON: the same for both databases, so that either restores the other.

use futures_util::TryStreamExt;
use parindex_domain::audit::AuditAct;
use parindex_domain::audit::Broken;
use parindex_domain::refusal::RestoreRefusal;
use parindex_entity::{
    appointment, approved, approved_sheet, attempt, audit, audit_head, block, brought, calendar_day,
    campaign, criteria_set, criteria_version, day_effect, delegation, entry, entry_history, evidence,
    extension, file, invitation, job, member, motion, person, phrase, published, recovery_code, remark,
    session, set_move, special_day, stage, succession, unit, verdict, visit, visit_photo, vote,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Iterable, PrimaryKeyToColumn,
    QueryFilter, QueryOrder,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::audit::verify;
use crate::person::PersonFilter;
use crate::{Change, Note, Refusal, Store, StoreError, Work, dialect};

/// The tables, each after those that it points to. Two are not among them: what forms led to (`sent`), because the pages that could
/// send one again belong to sessions, which a restore ends, and what they led to may not be there; and forms that came after their
/// session had ended (`unsent`), which are kept for half an hour, encrypted with a key that no archive holds.
pub const TABLES: [&str; 38] = [
    "unit",
    "succession",
    "person",
    "recovery_code",
    "invitation",
    "session",
    "appointment",
    "attempt",
    "criteria_set",
    "file",
    "criteria_version",
    "job",
    "campaign",
    "stage",
    "block",
    "member",
    "entry",
    "entry_history",
    "extension",
    "verdict",
    "remark",
    "evidence",
    "delegation",
    "motion",
    "vote",
    "approved",
    "approved_sheet",
    "visit",
    "visit_photo",
    "phrase",
    "calendar_day",
    "published",
    "set_move",
    "brought",
    "special_day",
    "day_effect",
    "audit",
    "audit_head",
];

/// The tables that an archive of a format holds; each came with a version of the database.
#[must_use]
pub fn tables_of(format: u32) -> Vec<&'static str> {
    TABLES.into_iter().filter(|table| since(table) <= format).collect()
}

/// The first format that holds a table.
fn since(table: &str) -> u32 {
    match table {
        "file" | "job" => 2,
        "campaign" | "stage" | "block" | "member" | "entry" | "entry_history" | "extension" | "verdict"
        | "remark" | "evidence" | "delegation" | "motion" | "vote" => 3,
        "visit" | "visit_photo" | "phrase" => 4,
        "calendar_day" | "published" | "set_move" | "brought" | "approved" | "approved_sheet" => 5,
        "special_day" | "day_effect" => 6,
        _ => 1,
    }
}

/// Tables whose rows the database numbers.
const NUMBERED: [&str; 33] = [
    "unit",
    "succession",
    "person",
    "recovery_code",
    "invitation",
    "session",
    "appointment",
    "criteria_set",
    "criteria_version",
    "job",
    "campaign",
    "stage",
    "block",
    "member",
    "entry",
    "entry_history",
    "extension",
    "verdict",
    "remark",
    "evidence",
    "delegation",
    "motion",
    "vote",
    "approved_sheet",
    "visit",
    "visit_photo",
    "phrase",
    "calendar_day",
    "published",
    "set_move",
    "brought",
    "special_day",
    "day_effect",
];

/// Rows in one statement: SQLite takes 32,766 values at a time.
const PART: usize = 1_000;

/// Calls a generic function for the table of a name.
macro_rules! of_table {
    ($name:expr, $call:ident ( $($argument:expr),* )) => {
        match $name {
            "unit" => $call::<unit::Entity>($($argument),*).await,
            "succession" => $call::<succession::Entity>($($argument),*).await,
            "person" => $call::<person::Entity>($($argument),*).await,
            "recovery_code" => $call::<recovery_code::Entity>($($argument),*).await,
            "invitation" => $call::<invitation::Entity>($($argument),*).await,
            "session" => $call::<session::Entity>($($argument),*).await,
            "appointment" => $call::<appointment::Entity>($($argument),*).await,
            "attempt" => $call::<attempt::Entity>($($argument),*).await,
            "criteria_set" => $call::<criteria_set::Entity>($($argument),*).await,
            "file" => $call::<file::Entity>($($argument),*).await,
            "job" => $call::<job::Entity>($($argument),*).await,
            "criteria_version" => $call::<criteria_version::Entity>($($argument),*).await,
            "campaign" => $call::<campaign::Entity>($($argument),*).await,
            "stage" => $call::<stage::Entity>($($argument),*).await,
            "block" => $call::<block::Entity>($($argument),*).await,
            "member" => $call::<member::Entity>($($argument),*).await,
            "entry" => $call::<entry::Entity>($($argument),*).await,
            "entry_history" => $call::<entry_history::Entity>($($argument),*).await,
            "extension" => $call::<extension::Entity>($($argument),*).await,
            "verdict" => $call::<verdict::Entity>($($argument),*).await,
            "remark" => $call::<remark::Entity>($($argument),*).await,
            "evidence" => $call::<evidence::Entity>($($argument),*).await,
            "delegation" => $call::<delegation::Entity>($($argument),*).await,
            "motion" => $call::<motion::Entity>($($argument),*).await,
            "vote" => $call::<vote::Entity>($($argument),*).await,
            "approved" => $call::<approved::Entity>($($argument),*).await,
            "approved_sheet" => $call::<approved_sheet::Entity>($($argument),*).await,
            "visit" => $call::<visit::Entity>($($argument),*).await,
            "visit_photo" => $call::<visit_photo::Entity>($($argument),*).await,
            "phrase" => $call::<phrase::Entity>($($argument),*).await,
            "calendar_day" => $call::<calendar_day::Entity>($($argument),*).await,
            "published" => $call::<published::Entity>($($argument),*).await,
            "set_move" => $call::<set_move::Entity>($($argument),*).await,
            "brought" => $call::<brought::Entity>($($argument),*).await,
            "special_day" => $call::<special_day::Entity>($($argument),*).await,
            "day_effect" => $call::<day_effect::Entity>($($argument),*).await,
            "audit" => $call::<audit::Entity>($($argument),*).await,
            "audit_head" => $call::<audit_head::Entity>($($argument),*).await,
            other => Err(StoreError::Inconsistent { table: "backup", row: 0, what: format!("no table «{other}»") }),
        }
    };
}

/// One moment of the database, held while it is read.
pub struct Moment {
    tx: DatabaseTransaction,
}

/// Where lines go; what it says of a failure is told to the person.
pub type Sink<'s> = dyn FnMut(&str) -> std::io::Result<()> + Send + 's;

impl Store {
    /// Holds the present moment. Others go on writing meanwhile; what they write is not seen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn moment(&self) -> Result<Moment, StoreError> {
        Ok(Moment { tx: dialect::begin_reading(&self.pool).await? })
    }

    /// Fills an empty database, table by table; nothing is there until [`Filling::finish`].
    ///
    /// # Errors
    /// [`RestoreRefusal::NotEmpty`] when something is in it already.
    pub async fn fill(&self) -> Result<Filling, Refusal> {
        if self.count_people(&PersonFilter::everybody()).await? > 0
            || self.count_units().await? > 0
            || self.audit_count().await? > 0
        {
            return Err(RestoreRefusal::NotEmpty.into());
        }
        let tx = dialect::begin(&self.pool).await?;
        audit_head::Entity::delete_many().exec(&tx).await?;
        Ok(Filling { tx })
    }
}

impl Moment {
    /// All rows of a table in the order of their keys, one line each.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read(&self, table: &str, sink: &mut Sink<'_>) -> Result<u64, StoreError> {
        of_table!(table, read_rows(&self.tx, sink))
    }
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
        let failed = |what: String| StoreError::Inconsistent { table: "backup", row: 0, what };
        let line = serde_json::to_string(&row).map_err(|error| failed(error.to_string()))?;
        sink(&line).map_err(StoreError::Outside)?;
        count += 1;
    }
    Ok(count)
}

/// A database that is being filled.
pub struct Filling {
    tx: DatabaseTransaction,
}

impl Filling {
    /// Puts rows into a table.
    ///
    /// # Errors
    /// [`StoreError`] when a line is no row of it.
    pub async fn put(&self, table: &str, lines: &[String]) -> Result<(), StoreError> {
        of_table!(table, put_rows(&self.tx, lines))
    }

    /// Makes it all there, when the log follows from its first row to its last. Sessions and links of that time are
    /// spent: what ended since then must not live again.
    ///
    /// # Errors
    /// [`StoreError`]; a broken log is handed back and nothing is there.
    pub async fn finish(self, now: i64) -> Result<Result<i64, Broken>, StoreError> {
        let last = match verify(&self.tx).await? {
            Ok(last) => last,
            Err(broken) => return Ok(Err(broken)),
        };
        session::Entity::update_many()
            .col_expr(session::Column::EndedAt, Expr::value(now))
            .filter(session::Column::EndedAt.is_null())
            .exec(&self.tx)
            .await?;
        invitation::Entity::update_many()
            .col_expr(invitation::Column::UsedAt, Expr::value(now))
            .filter(invitation::Column::UsedAt.is_null())
            .exec(&self.tx)
            .await?;
        // Work of that time is not done again: the night it belonged to is over.
        job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(crate::job::DONE))
            .col_expr(job::Column::DoneAt, Expr::value(now))
            .filter(job::Column::DoneAt.is_null())
            .exec(&self.tx)
            .await?;
        crate::audit::keep_time_of_last_row(&self.tx).await?;
        for table in NUMBERED {
            dialect::ids_taken(&self.tx, table).await?;
        }
        self.tx.commit().await?;
        Ok(Ok(last))
    }
}

async fn put_rows<E>(tx: &DatabaseTransaction, lines: &[String]) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::Model: DeserializeOwned + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    for part in lines.chunks(PART) {
        let row = |line: &String| {
            let model: Result<E::Model, _> = serde_json::from_str(line);
            model.map(IntoActiveModel::into_active_model).map_err(|error| StoreError::Inconsistent {
                table: "backup",
                row: 0,
                what: error.to_string(),
            })
        };
        let rows = part.iter().map(row).collect::<Result<Vec<E::ActiveModel>, _>>()?;
        E::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The log says that a backup was made, or that the database came from one.
pub enum Recorded {
    /// Made.
    Backup {
        /// The hash of its manifest.
        manifest: String,
    },
    /// Restored.
    Restore {
        /// The hash of the manifest.
        manifest: String,
    },
}

impl Change for Recorded {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let (act, manifest) = match self {
            Self::Backup { manifest } => (AuditAct::Backup, manifest),
            Self::Restore { manifest } => (AuditAct::Restore, manifest),
        };
        let permit = work.console()?;
        Ok(((), Note::new(permit, act, "database".to_owned(), json!({ "manifest": manifest }))))
    }
}
