//! A version as a tree, with its rules in words and what the linter says.

use askama::Template;
use axum::extract::Path;
use parindex_domain::right::Act;
use parindex_rulebook::finding::{Finding, Severity, Text};
use parindex_rulebook::notation;
use parindex_rulebook::set::{CriteriaSet, Criterion, Method, Part, Tree};
use parindex_scoring::explain::method_in_words;
use parindex_store::criteria_set::{LibrarySet, Version};

use parindex_service::criteria_set::{advice, open};
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// A node as a row of the table.
struct Node {
    level: usize,
    code: String,
    name: String,
    max: String,
    method: String,
    rule: String,
    leaf: bool,
}

#[derive(Template)]
#[template(path = "criteria_set/show.html")]
struct ShowPage {
    frame: Frame,
    set: LibrarySet,
    version: Version,
    versions: Vec<Version>,
    content: CriteriaSet,
    total: String,
    nodes: Vec<Node>,
    advice: Vec<Finding<Text>>,
    errors: usize,
    may_change: bool,
}

pub async fn show_criteria_set(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path((id, number)): Path<(i64, i64)>,
) -> Answer {
    let set = app.store.criteria_set(id).await?.ok_or(Failure::NotFound)?;
    let versions = app.store.versions(&[id]).await?;
    let version =
        versions.iter().find(|version| version.number == number).cloned().ok_or(Failure::NotFound)?;
    let opened = open(&app.store, id, number).await?;
    let frame = Frame::new(&app, &visitor);
    let (_, advice) = advice(&opened.content, &opened.places);
    let tree = Tree::of(&opened.content).map_err(|_broken| Failure::NotFound)?;
    let top = opened.content.criteria.iter().filter(|node| node.parent.is_none() && node.part == Part::Main);
    let total = top.filter_map(|node| node.max.clone()).sum::<parindex_rulebook::number::Number>();
    let node =
        |at: usize| opened.content.criteria.get(at).map(|criterion| node(&frame, &tree, at, criterion));
    let page = ShowPage {
        nodes: tree.walk().into_iter().filter_map(node).collect(),
        total: frame.lang.short(&total),
        errors: advice.iter().filter(|finding| finding.severity == Severity::Error).count(),
        may_change: visitor.may(Act::ChangeSets),
        frame,
        set,
        version,
        versions,
        content: opened.content,
        advice,
    };
    Ok(render(&page))
}

fn node(frame: &Frame, tree: &Tree, at: usize, criterion: &Criterion) -> Node {
    let leaf = tree.is_leaf(at);
    let scored = leaf && criterion.method != Some(Method::Information);
    Node {
        level: tree.level(at).saturating_sub(1),
        code: criterion.code.clone(),
        name: criterion.name.clone(),
        max: criterion.max.as_ref().map_or("–".to_owned(), |max| frame.lang.fixed(max, 2)),
        method: method_in_words(criterion.method, criterion.part, frame.lang),
        rule: if scored { notation::print(&criterion.rule) } else { String::new() },
        leaf: scored,
    }
}
