//! `parindex report`: the workbook and the PDF.

use clap::ArgMatches;
use parindex_package::whole;
use parindex_report::{pdf, view, xlsx};

use super::{CommandResult, open, path, score_at, word};
use crate::console::Console;
use crate::failure::CommandFailure;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let package = open(arguments, console)?;
    let scored = score_at(&package.campaign, word(arguments, "stage"))?;
    let (only, out) = (word(arguments, "only"), path(arguments, "out"));
    let bar = Console::progress(3, console.pick("Lập báo cáo", "Writing reports"));
    let report = view::Report::new(&scored, console.lang);
    bar.inc(1);
    let code = &package.campaign.about.code;
    let mut written = Vec::new();
    if only != Some("pdf") {
        let bytes = xlsx::write(&report)
            .map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
        written.push((out.join(format!("{code}.xlsx")), bytes));
    }
    bar.inc(1);
    if only != Some("xlsx") {
        let bytes = pdf::write(&report)
            .map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
        written.push((out.join(format!("{code}.pdf")), bytes));
    }
    bar.inc(1);
    // Both are made before either is written.
    for (file, bytes) in written {
        whole::write(&file, &bytes)?;
        console.line(format!("{} {}", console.pick("Đã ghi", "Wrote"), file.display()));
    }
    bar.finish_and_clear();
    Ok(())
}
