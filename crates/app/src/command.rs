//! One file per command.

use std::path::PathBuf;

use clap::ArgMatches;
use parindex_domain::campaign::{CampaignData, Scored};
use parindex_package::load::{Package, load};
use parindex_rulebook::calendar::CalendarError;
use parindex_rulebook::eval::Stop;
use parindex_rulebook::lang::{Lang, Say};

use crate::console::Console;
use crate::failure::CommandFailure;

mod admin;
mod backup;
mod check;
mod completions;
mod convert;
mod demo;
mod diff;
mod doctor;
mod explain;
mod move_set;
mod new;
mod pack;
mod report;
mod score;
mod serve;
mod server;
mod units;
mod worker;

/// What a command ends with.
pub type CommandResult = Result<(), CommandFailure>;

/// Runs the command that was asked for.
pub fn run(matches: &ArgMatches, console: &mut Console) -> CommandResult {
    match matches.subcommand() {
        Some(("new", arguments)) => new::run(arguments, console),
        Some(("check", arguments)) => check::run(arguments, console),
        Some(("score", arguments)) => score::run(arguments, console),
        Some(("explain", arguments)) => explain::run(arguments, console),
        Some(("diff", arguments)) => diff::run(arguments, console),
        Some(("convert", arguments)) => convert::run(arguments, console),
        Some(("move", arguments)) => move_set::run(arguments, console),
        Some(("report", arguments)) => report::run(arguments, console),
        Some(("pack", arguments)) => pack::run(arguments, console),
        Some(("units", arguments)) => units::run(arguments, console),
        Some(("serve", arguments)) => serve::run(arguments, console),
        Some(("worker", arguments)) => worker::run(arguments, console),
        Some(("migrate", arguments)) => admin::migrate(arguments, console),
        Some(("admin", arguments)) => admin::create(below(arguments), console),
        Some(("audit", arguments)) => match arguments.subcommand_name() {
            Some("clock") => admin::clock(below(arguments), console),
            _ => admin::verify(below(arguments), console),
        },
        Some(("backup", arguments)) => backup::backup(arguments, console),
        Some(("restore", arguments)) => backup::restore(arguments, console),
        Some(("doctor", arguments)) => doctor::run(arguments, console),
        Some(("demo", arguments)) => demo::run(arguments, console),
        Some(("completions", arguments)) => {
            completions::run(arguments, console);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn path(arguments: &ArgMatches, name: &str) -> PathBuf {
    arguments.get_one::<PathBuf>(name).cloned().unwrap_or_default()
}

fn word<'m>(arguments: &'m ArgMatches, name: &str) -> Option<&'m str> {
    arguments.get_one::<String>(name).map(String::as_str)
}

/// Loads a package and says how many warnings `check` would show.
fn open(arguments: &ArgMatches, console: &Console) -> Result<Package, CommandFailure> {
    let package = load(&path(arguments, "package"))?;
    let count = package.warnings.len();
    if count > 0 {
        Console::remark(&console.lang.pick(
            format!("Gói có {count} điều cần lưu ý; xem bằng «parindex check»."),
            format!("The package has {count} warnings; see them with “parindex check”."),
        ));
    }
    Ok(package)
}

/// What a command line has for a year whose days are not all known: the table of the package.
fn way(stop: &Stop, lang: Lang) -> Option<&'static str> {
    matches!(stop, Stop::Calendar(CalendarError::UnknownYear(_))).then(|| {
        lang.pick(
            "bổ sung vào bảng calendar của gói (calendar.csv: ngày, nghỉ hoặc làm việc, tên, nguồn)",
            "add them to the table calendar of the package (calendar.csv: date, off or work, name, source)",
        )
    })
}

/// Scores a campaign at the stage that was asked for, else at the last.
fn score_at<'c>(campaign: &'c CampaignData, stage: Option<&str>) -> Result<Scored<'c>, CommandFailure> {
    let last = campaign.stages.len().saturating_sub(1);
    let codes = || campaign.stages.iter().map(|stage| stage.code.clone()).collect();
    let unknown = |code: &str| parindex_domain::campaign::ScoreProblem::NoStage(code.to_owned(), codes());
    let stage = stage.map_or(Ok(last), |code| campaign.stage(code).ok_or_else(|| unknown(code)));
    let scored = stage.and_then(|stage| campaign.score(stage));
    scored.map_err(|problem| CommandFailure::message(problem.say(Lang::Vi), problem.say(Lang::En)))
}

/// The block and seat of a unit, or a sentence that names those there are.
fn find_unit(campaign: &CampaignData, code: &str) -> Result<(usize, usize), CommandFailure> {
    campaign.member(code).ok_or_else(|| {
        let known = campaign.blocks.iter().flat_map(|block| &block.members).take(8);
        let known = known.map(|member| member.code.as_str()).collect::<Vec<_>>().join(", ");
        CommandFailure::message(
            format!("không có đơn vị mang mã «{code}»; ví dụ các mã: {known}"),
            format!("no unit has the code “{code}”; some codes: {known}"),
        )
    })
}

/// The arguments of a command that has one below it: `admin create`.
fn below(arguments: &ArgMatches) -> &ArgMatches {
    arguments.subcommand().map_or(arguments, |(_, below)| below)
}
