//! The steps from an empty database to this version; a step that was published is never changed.

use sea_orm_migration::{MigrationTrait, MigratorTrait};

mod column;
mod m0001_ground;
mod m0002_files;
mod m0003_current;
mod m0004_campaign;
mod m0005_visit;
mod m0006_version;
mod m0007_setting;
mod m0008_unsent;
mod m0009_sent;
mod m0010_package;
mod m0011_approved;
mod m0014_time;
mod m0015_special_day;
mod m0016_own_unit;
mod m0017_sheet_state;

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_ground::Migration),
            Box::new(m0002_files::Migration),
            Box::new(m0003_current::Migration),
            Box::new(m0004_campaign::Migration),
            Box::new(m0005_visit::Migration),
            Box::new(m0006_version::Migration),
            Box::new(m0007_setting::Migration),
            Box::new(m0008_unsent::Migration),
            Box::new(m0009_sent::Migration),
            Box::new(m0010_package::Migration),
            Box::new(m0011_approved::Migration),
            Box::new(m0014_time::Migration),
            Box::new(m0015_special_day::Migration),
            Box::new(m0016_own_unit::Migration),
            Box::new(m0017_sheet_state::Migration),
        ]
    }
}
