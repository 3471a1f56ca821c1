//! All units of a day as one tree, to look through, search in the browser or print.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use parindex_domain::unit::level_name;
use parindex_store::unit::Unit;
use serde::Deserialize;

use super::list::{OnDay, day_asked};
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct UnitTreeQuery {
    #[serde(default)]
    day: String,
    /// The row of a unit: only what stands below it.
    #[serde(default)]
    below: String,
}

/// A unit and how deep it stands.
struct Branch {
    unit: Unit,
    depth: usize,
}

#[derive(Template)]
#[template(path = "unit/tree.html")]
struct TreePage {
    frame: Frame,
    day: String,
    on: OnDay,
    below: Option<Unit>,
    branches: Vec<Branch>,
}

impl TreePage {
    fn level(&self, branch: &Branch) -> &'static str {
        level_name(&branch.unit.level, self.frame.lang)
    }
}

pub async fn show_unit_tree(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Query(asked): Query<UnitTreeQuery>,
) -> Answer {
    let on = day_asked(&app, &asked.day, visitor.lang);
    let day = on.day.clone();
    let below = match asked.below.as_str() {
        "" => None,
        id => {
            let id = id.parse().map_err(|_no_row| Failure::NotFound)?;
            Some(app.store.unit(id).await?.ok_or(Failure::NotFound)?)
        }
    };
    let units = match &below {
        Some(unit) => app.store.tree(&unit.path, &day).await?,
        None => app.store.units_on(&day).await?,
    };
    let status = on.status();
    let page = TreePage { frame: Frame::new(&app, &visitor), day, on, below, branches: tree(units) };
    Ok(page_with(status, &page))
}

/// Each unit after the one above it; those below one keep the order in which they came. A unit whose parent does not exist
/// on that day stands at the top.
fn tree(units: Vec<Unit>) -> Vec<Branch> {
    let there: std::collections::HashSet<i64> = units.iter().map(|unit| unit.id).collect();
    let mut below: HashMap<Option<i64>, Vec<Unit>> = HashMap::new();
    for unit in units {
        below.entry(unit.parent.filter(|parent| there.contains(parent))).or_default().push(unit);
    }
    let mut branches = Vec::new();
    let mut next: Vec<Branch> = Vec::new();
    let stand = |next: &mut Vec<Branch>, units: Option<Vec<Unit>>, depth: usize| {
        next.extend(units.into_iter().flatten().rev().map(|unit| Branch { unit, depth }));
    };
    stand(&mut next, below.remove(&None), 0);
    while let Some(branch) = next.pop() {
        stand(&mut next, below.remove(&Some(branch.unit.id)), branch.depth + 1);
        branches.push(branch);
    }
    branches
}

#[cfg(test)]
mod tests {
    use parindex_domain::right::UnitPath;

    use super::*;

    fn unit(id: i64, parent: Option<i64>) -> Unit {
        Unit {
            id,
            code: id.to_string(),
            name: String::new(),
            level: String::new(),
            kind: String::new(),
            parent,
            valid_from: None,
            valid_to: None,
            path: UnitPath(String::new()),
        }
    }

    #[test]
    fn every_unit_stands_below_its_own_and_none_is_lost() {
        let units = vec![
            unit(1, None),
            unit(2, None),
            unit(3, Some(1)),
            unit(4, Some(3)),
            unit(5, Some(1)),
            unit(6, Some(99)),
        ];
        let shown: Vec<(i64, usize)> = tree(units).iter().map(|each| (each.unit.id, each.depth)).collect();
        assert_eq!(shown, [(1, 0), (3, 1), (4, 2), (5, 1), (2, 0), (6, 0)]);
    }
}
