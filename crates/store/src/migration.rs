//! The steps from an empty database to this version; a step that was published is never changed.

use sea_orm_migration::{MigrationTrait, MigratorTrait};

mod m0001_ground;

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_ground::Migration)]
    }
}
