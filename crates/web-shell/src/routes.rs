//! All routes of the server: how one is found by its path.

use axum::http::Method;

use crate::route::{Needs, Route};

/// The tables of routes, by part of the work and by word. What is in none of them does not exist.
pub struct Routes<S: 'static>(&'static [&'static [&'static [Route<S>]]]);

impl<S> Clone for Routes<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Routes<S> {}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// All routes of these tables.
    #[must_use]
    pub const fn new(tables: &'static [&'static [&'static [Route<S>]]]) -> Self {
        Self(tables)
    }

    /// Each route.
    pub fn iter(self) -> impl Iterator<Item = &'static Route<S>> {
        self.0.iter().copied().flatten().copied().flatten()
    }

    /// The route of a method whose path is written as in the table.
    #[must_use]
    pub fn find(self, method: &Method, path: &str) -> Option<&'static Route<S>> {
        self.iter().find(|route| route.path == path && route.method == *method)
    }

    /// The route of a path as a browser asks for it: where words and places both fit, the words.
    #[must_use]
    pub fn of_path(self, path: &str) -> Option<&'static Route<S>> {
        let words = |route: &&Route<S>| route.path.split('/').filter(|part| !part.starts_with('{')).count();
        self.iter().filter(|route| fits(route.path, path)).max_by_key(words)
    }

    /// Whether a path leads to a page that somebody signed in can ask for.
    #[must_use]
    pub fn is_page(self, path: &str) -> bool {
        let page = |route: &Route<S>| route.method == Method::GET && route.needs != Needs::Nothing;
        self.of_path(path)
            .is_some_and(|found| self.iter().any(|route| route.path == found.path && page(route)))
    }
}

/// Whether a path has the words of a table's path, and something in each of its places.
fn fits(table: &str, path: &str) -> bool {
    let (mut places, mut parts) = (table.split('/'), path.split('/'));
    loop {
        match (places.next(), parts.next()) {
            (None, None) => return true,
            (Some(place), Some(part)) if place == part || (place.starts_with('{') && !part.is_empty()) => {}
            _ => return false,
        }
    }
}
