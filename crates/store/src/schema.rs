//! Which steps a database has seen: those of this program, fewer, or some that it does not know.

use sea_orm::{EntityTrait, QueryOrder};
use sea_orm_migration::{MigratorTrait, SchemaManager, seaql_migrations};

use crate::migration::Migrator;
use crate::{Store, StoreError};

/// How a database stands to this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schema {
    /// Nothing is in it.
    Empty,
    /// It was last used by an earlier version.
    Older {
        /// The last step it has seen.
        last: String,
        /// How many are missing.
        missing: usize,
    },
    /// It is at this version.
    Current {
        /// The last step.
        last: String,
    },
    /// A later version was here already.
    Newer {
        /// Steps that this program does not know.
        unknown: Vec<String>,
    },
}

impl Store {
    /// How the database stands to this program; nothing is changed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn schema(&self) -> Result<Schema, StoreError> {
        if !SchemaManager::new(&self.pool).has_table("seaql_migrations").await? {
            return Ok(Schema::Empty);
        }
        let rows = seaql_migrations::Entity::find().order_by_asc(seaql_migrations::Column::Version);
        let seen: Vec<String> = rows.all(&self.db).await?.into_iter().map(|row| row.version).collect();
        let known: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
        let unknown: Vec<String> = seen.iter().filter(|step| !known.contains(step)).cloned().collect();
        let missing = known.iter().filter(|step| !seen.contains(step)).count();
        Ok(match seen.last().cloned() {
            _ if !unknown.is_empty() => Schema::Newer { unknown },
            None => Schema::Empty,
            Some(last) if missing > 0 => Schema::Older { last, missing },
            Some(last) => Schema::Current { last },
        })
    }
}
