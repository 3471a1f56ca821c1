//! `parindex worker`: what the server does by itself, in a process of its own or beside the pages.

use std::sync::Arc;

use clap::ArgMatches;
use parindex_jobs::{Backups, Plan, Worker};
use parindex_store::{Clock, SteadyClock, SystemClock};

use super::CommandResult;
use super::serve::{log, stopped};
use super::server::{database, files, maker, open, wait};
use crate::console::Console;
use crate::failure::CommandFailure;
use crate::private;
use crate::settings::Installation;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
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
pub async fn worker(arguments: &ArgMatches) -> Result<Worker, CommandFailure> {
    let (settings, store) = open(arguments).await?;
    private::narrow(&settings);
    let (files, plan) = (files(&settings)?, plan(&settings)?);
    store.keep_time(SystemClock.now()).await.map_err(|error| database(&error))?;
    let clock = Arc::new(SteadyClock::over(Arc::new(SystemClock), store.clone()));
    // What is missing is said at the start, and keeps nobody from working.
    let (now, minute) = (clock.now(), clock.now() / 60_000_000);
    let begun = store.put_job("check-files", &format!("check-files start {minute}"), now).await;
    if let Err(error) = begun {
        tracing::warn!(event = "files.check_postponed", %error, "the files are not looked at now, but at night");
    }
    Ok(Worker { store, files, clock, plan })
}

fn plan(settings: &Installation) -> Result<Plan, CommandFailure> {
    // Made at the first start, so that its fingerprint can be noted before it is needed.
    let maker = maker(settings)?;
    let folder = settings.backup_folder.value.clone();
    let backups = Backups { folder: folder.clone().into(), keep: settings.backup_keep.value, maker };
    Ok(Plan { backup: (!folder.is_empty()).then_some(backups) })
}
