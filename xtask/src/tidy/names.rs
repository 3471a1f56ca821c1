//! A public type has a name of its own in the whole workspace: two of one name are taken for each other.

use std::collections::BTreeMap;

use super::{code, read, shown, sources};
use crate::shell::root;

/// Each migration is a `Migration`, as its library asks.
const FREE: [&str; 1] = ["Migration"];

/// Names of public types that stand twice.
pub fn found() -> Vec<String> {
    let named =
        |(name, files): (&String, &Vec<String>)| format!("{}: {name} is named twice", files.join(", "));
    twice().iter().map(named).collect()
}

fn twice() -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in sources(&root().join("crates")) {
        let place = shown(&path);
        // Rows of the database are called as their tables.
        if !place.contains("/src/") || place.starts_with("crates/entity/") {
            continue;
        }
        let text = read(&path);
        for name in code(&text).filter_map(|(_, line)| public_type(line)) {
            all.entry(name.to_owned()).or_default().push(place.clone());
        }
    }
    all.retain(|name, places| places.len() > 1 && !FREE.contains(&name.as_str()));
    all
}

fn public_type(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let name = ["struct ", "enum ", "trait ", "type "].iter().find_map(|kind| rest.strip_prefix(kind))?;
    let end = name.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(name.len());
    name.get(..end)
}

#[cfg(test)]
mod tests {
    use super::public_type;

    #[test]
    fn public_types_are_known_by_their_line() {
        assert_eq!(public_type("pub struct Route<S: 'static> {"), Some("Route"));
        assert_eq!(public_type("    pub enum Scope {"), Some("Scope"));
        assert_eq!(public_type("pub(crate) struct Hidden;"), None);
        assert_eq!(public_type("pub fn structure() {}"), None);
    }
}
