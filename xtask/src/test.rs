//! `cargo xtask test`: every check there is.

use crate::shell::{cargo, run as shell_run, say};
use crate::tidy;

pub fn run() -> Result<(), String> {
    say("Kiểm tra toàn bộ (khoảng 6 phút trên 2 nhân với bản mới tải về, khoảng 1 phút ở các lần sau) …");
    let cargo = cargo();
    shell_run(&cargo, &["fmt", "--all", "--check"])?;
    tidy::run()?;
    shell_run(&cargo, &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])?;
    shell_run(&cargo, &["test", "--workspace", "--locked"])
}
