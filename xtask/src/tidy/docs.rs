//! What the libraries offer says what it is. A field or a variant whose name says it needs no sentence.

use std::ffi::OsStr;
use std::path::Path;

use super::{code, read, shown, sources};
use crate::shell::root;

/// Crates that offer something to others. Handlers, forms and rows are called after what they are.
const LIBRARIES: [&str; 9] =
    ["rulebook", "scoring", "domain", "package", "report", "files", "store", "service", "jobs"];
/// What is offered.
const OFFERED: [&str; 9] = [
    "pub fn ",
    "pub async fn ",
    "pub const ",
    "pub const fn ",
    "pub struct ",
    "pub enum ",
    "pub trait ",
    "pub type ",
    "pub static ",
];

/// Items without a sentence above them.
pub fn found() -> Vec<String> {
    let mut bare = Vec::new();
    for krate in LIBRARIES {
        let files = sources(&root().join("crates").join(krate).join("src"));
        for path in files.into_iter().filter(|path| is_public(path)) {
            let text = read(&path);
            let lines: Vec<&str> = text.lines().collect();
            bare.extend(
                code(&text).filter(|(at, line)| is_offered(line) && !is_described(&lines, *at)).map(
                    |(at, line)| format!("{}:{at}: nothing says what «{}» is", shown(&path), line.trim()),
                ),
            );
        }
    }
    bare
}

/// Whether a file is a public module, or its parent offers what stands in it.
fn is_public(path: &Path) -> bool {
    let Some(name) = path.file_stem().and_then(OsStr::to_str).filter(|name| *name != "lib") else {
        return true;
    };
    let folder = path.with_file_name("");
    let parent = [folder.with_extension("rs"), folder.join("lib.rs")].into_iter().find(|path| path.exists());
    let text = parent.map(|path| read(&path)).unwrap_or_default();
    text.contains(&format!("pub mod {name};")) || text.contains(&format!("pub use {name}::"))
}

fn is_offered(line: &str) -> bool {
    OFFERED.iter().any(|word| line.trim_start().starts_with(word))
}

/// Whether a sentence stands above a line, which is counted from one, and above its attributes.
fn is_described(lines: &[&str], at: usize) -> bool {
    let above = lines.iter().take(at.saturating_sub(1)).rev().map(|line| line.trim_start());
    let mut above =
        above.skip_while(|line| line.starts_with("#[") || line.starts_with(']') || line.starts_with(')'));
    above.next().is_some_and(|line| line.starts_with("///"))
}

#[cfg(test)]
mod tests {
    use super::{is_described, is_offered};

    #[test]
    fn a_sentence_stands_above_the_attributes() {
        let lines = [
            "/// A unit.",
            "#[derive(Clone)]",
            "pub struct Unit {",
            "    pub code: String,",
            "pub fn bare() {}",
        ];
        assert!(is_offered(lines[2]) && is_described(&lines, 3));
        assert!(!is_offered(lines[3]));
        assert!(is_offered(lines[4]) && !is_described(&lines, 5));
    }
}
