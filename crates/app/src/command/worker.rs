//! `parindex worker`: what the server does by itself, in a process of its own or beside the pages.

use clap::ArgMatches;
use parindex_jobs::{Backups, Plan, Worker};
use parindex_store::SystemClock;

use super::Done;
use super::serve::{log, stopped};
use super::server::{files, open, wait};
use crate::console::Console;
use crate::failure::Failure;
use crate::settings::Settings;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> Done {
    log(arguments.get_flag("log-json"));
    wait(async {
        let worker = worker(arguments).await?;
        Console::remark(
            console.pick("Đang chờ việc (dừng bằng Ctrl+C)", "Waits for work (stop it with Ctrl+C)"),
        );
        worker.run(stopped()).await;
        Ok(())
    })
}

/// A worker with a connection of its own.
pub async fn worker(arguments: &ArgMatches) -> Result<Worker, Failure> {
    let (settings, store) = open(arguments).await?;
    let files = files(&settings)?;
    Ok(Worker { store, files, clock: std::sync::Arc::new(SystemClock), plan: plan(&settings) })
}

fn plan(settings: &Settings) -> Plan {
    let folder = settings.backup_folder.value.clone();
    let backups = Backups { folder: folder.clone().into(), keep: settings.backup_keep.value };
    Plan { backup: (!folder.is_empty()).then_some(backups) }
}
