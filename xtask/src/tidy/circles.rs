//! No word of a crate needs itself again through others: whoever reads one file of a circle has to read all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{code, read, sources};
use crate::shell::root;

/// Crates whose words stand in an order, each on those before it.
const ORDERED: [&str; 12] = [
    "jobs",
    "rulebook",
    "app",
    "domain",
    "files",
    "package",
    "report",
    "scoring",
    "service",
    "web-campaign",
    "web-office",
    "web-shell",
];

type Graph = BTreeMap<String, BTreeSet<String>>;

/// The circles of words in all ordered crates.
pub fn found() -> Vec<String> {
    let of = |krate: &&str| {
        let circles = circles(&graph(&root().join("crates").join(krate).join("src")));
        let said = move |circle: Vec<String>| {
            format!("crates/{krate}: these words need each other in a circle: {}", circle.join(", "))
        };
        circles.into_iter().map(said).collect::<Vec<_>>()
    };
    ORDERED.iter().flat_map(of).collect()
}

/// Which word of a crate names which other: a word is a file beside `lib.rs`, with the folder of its name.
fn graph(src: &Path) -> Graph {
    let mut graph = Graph::new();
    let files = sources(src);
    let word = |path: &Path| {
        let first = path.strip_prefix(src).ok()?.components().next()?.as_os_str().to_str()?;
        Some(first.trim_end_matches(".rs").to_owned()).filter(|word| word != "lib" && word != "main")
    };
    let words: BTreeSet<String> = files.iter().filter_map(|path| word(path)).collect();
    for path in &files {
        let Some(from) = word(path) else { continue };
        let text = read(path);
        let text = code(&text).map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        let depth = path.strip_prefix(src).map_or(1, |path| path.components().count());
        let others = named(&text, depth).into_iter().filter(|to| words.contains(to) && *to != from);
        let others: Vec<String> = others.collect();
        graph.entry(from).or_default().extend(others);
    }
    graph
}

/// The words that code names: behind `crate::`, and behind as many `super::` as lead out of its folders.
fn named(text: &str, depth: usize) -> BTreeSet<String> {
    let out = "super::".repeat(depth);
    let mut all = BTreeSet::new();
    for start in ["crate::", out.as_str()] {
        for (at, _) in text.match_indices(start) {
            // The words of another crate end the same way: `parindex_service::`; and `super::` may go on.
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            if before.is_some_and(|sign| sign.is_alphanumeric() || sign == '_' || sign == ':') {
                continue;
            }
            let rest = text.get(at + start.len()..).unwrap_or_default();
            all.extend(first_names(rest));
        }
    }
    all
}

/// `app::App` begins with `app`; `{app::App, frame}` with `app` and `frame`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| {
        let text = text.trim_start();
        let end = text.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(text.len());
        text.get(..end).unwrap_or_default().to_owned()
    };
    let Some(list) = path.trim_start().strip_prefix('{') else { return vec![name(path)] };
    let mut depth = 0;
    let mut names = vec![name(list)];
    for (at, sign) in list.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(list.get(at + 1..).unwrap_or_default())),
            _ => {}
        }
    }
    names
}

/// Sets of words that each reach all others of the set.
fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        graph.keys().map(|word| (word, reach(graph, word))).collect();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (word, others) in &reached {
        if !others.contains(*word) || seen.contains(*word) {
            continue;
        }
        let back = |other: &&&String| reached.get(**other).is_some_and(|from| from.contains(*word));
        let circle: Vec<String> = others.iter().filter(back).map(|other| (*other).clone()).collect();
        seen.extend(circle.iter().cloned());
        all.push(circle);
    }
    all
}

fn reach<'g>(graph: &'g Graph, from: &String) -> BTreeSet<&'g String> {
    let (mut reached, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(word) = next.pop() {
        for other in graph.get(word).into_iter().flatten() {
            if reached.insert(other) {
                next.push(other);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_named_by_paths_and_lists() {
        let text = "use crate::{app::App, unsent::{self, over}, frame};\nlet a = crate::token::new();";
        let all: Vec<String> = named(text, 1).into_iter().collect();
        assert_eq!(all, ["app", "frame", "token", "unsent"]);
        let up = "use super::super::sheet::open;\nuse super::own;\nuse parindex_crate::no;";
        assert_eq!(named(up, 2).into_iter().collect::<Vec<_>>(), ["sheet"]);
    }

    #[test]
    fn a_circle_is_found_and_a_line_is_none() {
        let graph = |pairs: &[(&str, &str)]| {
            let mut graph = Graph::new();
            for (from, to) in pairs {
                graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
            }
            graph
        };
        assert!(circles(&graph(&[("a", "b"), ("b", "c")])).is_empty());
        assert_eq!(circles(&graph(&[("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")])), [["a", "b", "c"]]);
    }
}
