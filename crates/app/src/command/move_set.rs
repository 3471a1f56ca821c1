//! `parindex move`: a running campaign moves to another version of its criteria set, by a recorded act.

use clap::ArgMatches;
use parindex_package::load::load_from;
use parindex_package::manifest::{self, Manifest, MoveEntry};
use parindex_package::source::{PackageSource, read_file};
use parindex_package::{set, whole};
use parindex_rulebook::diff::diff;
use parindex_rulebook::lang::Say;
use parindex_scoring::compare::compare;

use super::{CommandResult, diff as results, path, score_at, word};
use crate::console::Console;
use crate::failure::CommandFailure;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let folder = path(arguments, "package");
    let source = PackageSource::open(&folder)?;
    let mut settings = Manifest::read(source.need(manifest::FILE)?)?;
    let code = word(arguments, "block").unwrap_or_default();
    let block = settings.blocks.iter_mut().find(|block| block.code == code).ok_or_else(|| {
        CommandFailure::message(format!("không có khối «{code}»"), format!("there is no block “{code}”"))
    })?;
    let old = set::read(&block.criteria, source.need(&block.criteria)?)?.set;
    let target = path(arguments, "set");
    let new = set::read(&target.display().to_string(), read_file(&target)?)?.set;
    if old.about.version == new.about.version {
        return Err(CommandFailure::message(
            format!("bộ mới cũng là phiên bản «{}»; hãy đổi @phiên bản", new.about.version),
            format!("the new set has version “{}” too; change @phiên bản", new.about.version),
        ));
    }
    block.version.clone_from(&old.about.version);
    if let Some(last) = block.moves.last() {
        block.version.clone_from(block.moves.first().map_or(&last.from, |first| &first.from));
    }
    block.moves.push(MoveEntry {
        from: old.about.version.clone(),
        to: new.about.version.clone(),
        date: word(arguments, "date").unwrap_or_default().to_owned(),
        reason: word(arguments, "reason").unwrap_or_default().to_owned(),
    });
    let changes = vec![
        (block.criteria.clone(), set::write(&block.criteria, &new)?),
        (manifest::FILE.to_owned(), settings.write()?),
    ];
    // Everything that was entered must have its place in the new set, or nothing is done.
    let moved = load_from(&source.changed(&changes)?)?;
    let before = load_from(&source)?;
    console.heading(console.pick("Khác nhau giữa hai phiên bản", "Difference of the versions"));
    for change in diff(&old, &new) {
        console.line(change.say(console.lang));
    }
    console.heading(console.pick("Tác động đến kết quả", "Effect on the results"));
    let by_codes = |package: &parindex_package::load::Package| -> Result<_, CommandFailure> {
        Ok(score_at(&package.campaign, None)?.result().by_codes(&package.campaign))
    };
    results::show(console, &compare(&by_codes(&before)?, &by_codes(&moved)?));
    if !arguments.get_flag("yes") {
        console.line(
            console.pick("Chưa ghi gì. Thêm --yes để chuyển.", "Nothing was written. Add --yes to move."),
        );
        return Ok(());
    }
    for (file, bytes) in changes {
        whole::write(&folder.join(file), &bytes)?;
    }
    console.line(console.pick(
        "Đã chuyển phiên bản và ghi lý do vào campaign.toml.",
        "Moved, and the reason recorded in campaign.toml.",
    ));
    Ok(())
}
