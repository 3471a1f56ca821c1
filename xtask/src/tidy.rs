//! The invariants of ARCHITECTURE.md that a machine can check.

mod circles;
mod docs;
mod names;

use std::path::{Path, PathBuf};

use crate::shell::{cargo, output, root, say};
use crate::times;

/// Crates without clock, randomness, files, network, async, floats in scores.
const PURE: [&str; 3] = ["rulebook", "scoring", "domain"];
/// What a pure crate may depend on.
const PURE_DEPENDENCIES: [&str; 8] = [
    "jiff",
    "num-bigint",
    "num-rational",
    "parindex-rulebook",
    "parindex-scoring",
    "sha2",
    "unicode-normalization",
    "proptest",
];
/// Words that have no place in a pure crate.
const IMPURE: [&str; 12] = [
    "f32",
    "f64",
    "async fn",
    "std::fs",
    "std::net",
    "std::env",
    "SystemTime",
    "Instant::now",
    "rand::",
    "println!",
    "tokio",
    "Zoned::now",
];
/// What writes a line of the log of the server.
const LOGS: [&str; 4] = ["tracing::debug!(", "tracing::info!(", "tracing::warn!(", "tracing::error!("];
/// A file that is longer holds two things.
const MAX_FILE: usize = 400;
/// A line of a page, a style or a script that is longer is not read; in characters.
const MAX_LINE: usize = 120;
/// How the files end whose lines are measured here. Those of Rust are broken by rustfmt.
const PAGES: [&str; 4] = ["html", "css", "js", "mjs"];

/// Checks all of them.
pub fn run() -> Result<(), String> {
    let mut broken = Vec::new();
    for krate in PURE {
        broken.extend(impure_words(krate));
        broken.extend(impure_dependencies(krate));
    }
    broken.extend(unsafe_transactions());
    broken.extend(commands_in_sentences());
    broken.extend(long_files());
    broken.extend(circles::found());
    broken.extend(docs::found());
    broken.extend(names::found());
    broken.extend(backends());
    broken.extend(long_lines());
    broken.extend(nameless_events());
    broken.extend(dependencies_without_reason());
    broken.extend(words_not_in_glossary());
    broken.extend(times_not_named());
    broken.extend(other_features());
    if broken.is_empty() {
        say("tidy: ok");
        return Ok(());
    }
    Err(format!("tidy:\n  {}", broken.join("\n  ")))
}

fn inside(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort_unstable();
    found
}

/// The files below a folder whose names end so.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) = inside(folder).into_iter().partition(|path| path.is_dir());
    let mut found: Vec<PathBuf> = files.into_iter().filter(|path| ends(path, endings)).collect();
    found.extend(folders.iter().flat_map(|folder| self::files(folder, endings)));
    found
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|each| ending == *each))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    files(folder, &["rs"])
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Code only: remarks may name what the code must not use.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = before_tests.lines().enumerate();
    lines.map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
}

/// Lines of the log of the server that no name tells from others.
fn nameless_events() -> Vec<String> {
    let mut nameless = Vec::new();
    for path in sources(&root().join("crates")) {
        let text = read(&path);
        for (at, _) in code(&text).filter(|(_, line)| LOGS.iter().any(|log| line.contains(log))) {
            let call: String = text.lines().skip(at - 1).take(2).collect();
            if !call.contains("event = \"") {
                nameless.push(format!("{}:{at}: a line of the log without «event»", shown(&path)));
            }
        }
    }
    nameless
}

fn impure_words(krate: &str) -> Vec<String> {
    let mut broken = Vec::new();
    for path in sources(&root().join("crates").join(krate).join("src")) {
        let text = read(&path);
        for (line, content) in code(&text) {
            let word = IMPURE.iter().find(|word| content.contains(**word));
            broken.extend(word.map(|word| format!("{}:{line}: «{word}» in a pure crate", shown(&path))));
        }
    }
    broken
}

fn impure_dependencies(krate: &str) -> Vec<String> {
    let path = root().join("crates").join(krate).join("Cargo.toml");
    let text = read(&path);
    let listed = text.split("[dependencies]").nth(1).unwrap_or_default();
    let listed = listed.split("\n[").next().unwrap_or_default();
    let names = listed.lines().filter_map(|line| line.split('.').next()).filter(|name| !name.is_empty());
    let strange = names.filter(|name| !PURE_DEPENDENCIES.contains(name));
    strange.map(|name| format!("{}: a pure crate does not depend on {name}", shown(&path))).collect()
}

/// Which databases there are stands in one file; everything else asks it.
fn backends() -> Vec<String> {
    let words = ["DbBackend::", "DatabaseBackend::", "\"sqlite:", "\"postgres"];
    let one = Path::new("store").join("src").join("dialect.rs");
    let mut broken = Vec::new();
    for path in sources(&root().join("crates")) {
        let place = shown(&path);
        if path.ends_with(&one) || !place.contains("/src/") || place.starts_with("crates/testkit/") {
            continue;
        }
        for (line, content) in code(&read(&path)) {
            let word = words.iter().find(|word| content.contains(**word));
            broken
                .extend(word.map(|word| format!("{place}:{line}: «{word}» outside of store/src/dialect.rs")));
        }
    }
    broken
}

/// A transaction is begun in one place, and no error inside one is passed over: SQLite may have ended it, and what is written after
/// that stands there alone.
fn unsafe_transactions() -> Vec<String> {
    let words = [".begin(", ".begin_with", ".await.ok()", ".await.is_ok()", ".await.unwrap_or"];
    let mut broken = Vec::new();
    for path in sources(&root().join("crates/store/src")) {
        if path.ends_with("dialect.rs") {
            continue;
        }
        let text = read(&path);
        for (line, content) in code(&text) {
            let word = words.iter().find(|word| content.contains(**word));
            broken.extend(word.map(|word| format!("{}:{line}: «{word}» in a transaction", shown(&path))));
        }
    }
    broken
}

/// A sentence is read on pages too, where nobody is sent to a command line: `Say::command` names the command, and the program shows it.
fn commands_in_sentences() -> Vec<String> {
    let mut broken = Vec::new();
    let elsewhere = |path: &PathBuf| !path.starts_with(root().join("crates/app"));
    for path in sources(&root().join("crates")).into_iter().filter(elsewhere) {
        let text = read(&path);
        let named = code(&text)
            .filter(|(_, content)| ["«parindex ", "“parindex "].iter().any(|word| content.contains(word)));
        let inside = path.components().any(|part| part.as_os_str() == "src");
        broken.extend(
            named
                .filter(|_| inside)
                .map(|(line, _)| format!("{}:{line}: a sentence names a command", shown(&path))),
        );
    }
    broken
}

fn long_files() -> Vec<String> {
    let all = ["bench", "crates", "xtask"].into_iter().flat_map(|folder| sources(&root().join(folder)));
    let long = all.filter_map(|path| {
        let lines = read(&path).split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        (lines > MAX_FILE).then(|| format!("{}: {lines} lines; does it hold two things?", shown(&path)))
    });
    long.collect()
}

/// Pages, styles and scripts that people write, without what is built or downloaded beside them.
fn pages() -> Vec<PathBuf> {
    let templates = inside(&root().join("crates")).into_iter().map(|krate| krate.join("templates"));
    let written = ["assets/src", "browser/tests"].map(|folder| root().join(folder));
    let below = templates.chain(written).flat_map(|folder| files(&folder, &PAGES));
    let beside = ["assets", "browser"].into_iter().flat_map(|folder| inside(&root().join(folder)));
    below.chain(beside.filter(|path| path.is_file() && ends(path, &PAGES))).collect()
}

fn long_lines() -> Vec<String> {
    let long = pages().into_iter().flat_map(|path| {
        let said = |(line, length)| format!("{}:{line}: {length} characters in a line", shown(&path));
        lines_over(&read(&path)).into_iter().map(said).collect::<Vec<_>>()
    });
    long.collect()
}

/// The numbers of the lines that are too long, and how many characters each has.
fn lines_over(text: &str) -> Vec<(usize, usize)> {
    let lengths = text.lines().map(|line| line.chars().count());
    let numbered = lengths.enumerate().map(|(at, length)| (at + 1, length));
    numbered.filter(|(_, length)| *length > MAX_LINE).collect()
}

fn dependencies_without_reason() -> Vec<String> {
    let text = read(&root().join("Cargo.toml"));
    let listed = text.split("[workspace.dependencies]").nth(1).unwrap_or_default();
    let listed = listed.split("\n[").next().unwrap_or_default();
    let bare = listed
        .lines()
        .filter(|line| line.contains('=') && !line.starts_with("parindex-") && !line.contains('#'));
    bare.map(|line| format!("Cargo.toml: no reason for «{line}»")).collect()
}

/// One word, one path: the modules of `domain`, `scoring` and `rulebook` stand in the glossary.
fn words_not_in_glossary() -> Vec<String> {
    let glossary = read(&root().join("docs/words.md"));
    let mut missing = Vec::new();
    for krate in PURE {
        let folder = root().join("crates").join(krate).join("src");
        let modules = sources(&folder).into_iter().filter(|path| path.parent() == Some(folder.as_path()));
        let words = modules.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()));
        let strange = words.filter(|word| word != "lib" && !glossary.contains(&format!("`{word}`")));
        missing
            .extend(strange.map(|word| format!("docs/words.md: `{word}` ({krate}) is not in the glossary")));
    }
    missing
}

/// Both READMEs name the times that the messages name.
fn times_not_named() -> Vec<String> {
    let missing = ["README.md", "README.vi.md"].into_iter().flat_map(|file| {
        let text = read(&root().join(file));
        let missing = times::named(file).into_iter().filter(move |time| !text.contains(time));
        missing.map(move |time| format!("{file}: does not name «{time}»"))
    });
    missing.collect()
}

/// Whatever is built, its crates have the features that all of them together turn on: `crates/features`.
fn other_features() -> Vec<String> {
    const CHOSEN: [&[&str]; 5] = [
        &["--package", "parindex-app", "--edges", "normal,build"],
        &["--package", "parindex-app", "--edges", "all"],
        &["--package", "parindex-jobs", "--edges", "all"],
        &["--package", "parindex-store", "--edges", "all"],
        &["--package", "parindex-web", "--edges", "all"],
    ];
    let all = match features(&["--workspace", "--edges", "all"]) {
        Ok(all) => all,
        Err(why) => return vec![why],
    };
    let other = CHOSEN.iter().flat_map(|chosen| match features(chosen) {
        Ok(these) => these.into_iter().filter(|each| !all.contains(each)).collect(),
        Err(why) => vec![why],
    });
    let said = |each| format!("crates/features/Cargo.toml: built alone with other features: {each}");
    let mut said: Vec<String> = other.map(said).collect();
    said.dedup();
    said
}

/// Each crate with its features: `serde v1.0.229 default,derive,std`.
fn features(chosen: &[&str]) -> Result<Vec<String>, String> {
    let shown = ["tree", "--locked", "--prefix", "none", "--format", "{p} [{f}]"];
    let told = output(&cargo(), &[shown.as_slice(), chosen].concat())?;
    let mut lines: Vec<String> = told
        .lines()
        .filter(|line| line.contains('['))
        // A crate that was listed already is marked so.
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect();
    lines.sort_unstable();
    lines.dedup();
    Ok(lines)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_long_line_is_found_by_its_characters() {
        let full = "ệ".repeat(super::MAX_LINE);
        assert_eq!(super::lines_over(&format!("<p>\n{full}\n{full}ệ\n</p>\n")), [(3, super::MAX_LINE + 1)]);
    }

    #[test]
    fn pages_styles_and_scripts_are_measured() {
        let pages: Vec<String> = super::pages().iter().map(|path| super::shown(path)).collect();
        for page in [
            "crates/web-shell/templates/base.html",
            "assets/src/app.css",
            "assets/build.mjs",
            "browser/tests/office.js",
        ] {
            assert!(pages.iter().any(|each| each == page), "{page}");
        }
    }

    #[test]
    fn the_invariants_hold() {
        assert_eq!(super::run(), Ok(()));
    }
}
