//! `parindex new`: a package to start from.

use clap::ArgMatches;
use parindex_package::{skeleton, whole};

use super::{CommandResult, path};
use crate::console::Console;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let folder = path(arguments, "folder");
    let year = arguments.get_one::<i16>("year").copied().unwrap_or(2026);
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    whole::write_folder(&folder, &skeleton::files(&name, year)?)?;
    let shown = folder.display();
    console.line(console.lang.pick(
        format!("Đã tạo gói {shown}. Sửa criteria/so.xlsx bằng Excel, rồi chạy: parindex check {shown}"),
        format!("Made the package {shown}. Edit criteria/so.xlsx in Excel, then run: parindex check {shown}"),
    ));
    Ok(())
}
