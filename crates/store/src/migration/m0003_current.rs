//! Units of a day are found among all that ever were by one range: those without an end count as ending at the end of time.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut unused = Index::drop();
        unused.name("unit_valid_to").table("unit");
        manager.drop_index(unused).await?;
        // The folded name stands in it too, so that a search looks at no row that it does not show.
        let index = "CREATE INDEX unit_ends ON unit (coalesce(valid_to, '9999-12-31'), folded)";
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}
