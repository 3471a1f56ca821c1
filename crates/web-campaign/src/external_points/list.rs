//! Which criteria get their points from other sources, and for how many units they are still open.

use askama::Template;
use axum::extract::Path;
use parindex_domain::procedure::Campaign;

use super::with_own_units;
use parindex_service::campaign::campaign_detail;
use parindex_service::campaign::external_points::{external_leaves, open};
use parindex_service::campaign::load::load_all;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// A criterion.
struct Line {
    code: String,
    name: String,
    /// What gives its points, in a word.
    method: &'static str,
    max: String,
    done: usize,
    of: usize,
}

/// A block.
struct Table {
    id: i64,
    name: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "external_points/list.html")]
struct ListPage {
    frame: Frame,
    campaign: Campaign,
    tables: Vec<Table>,
    runs_itself: bool,
}

pub async fn list_external_points(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path(campaign): Path<i64>,
) -> Answer {
    let of = campaign_detail(&app.service, campaign).await?;
    let (own, shown) = with_own_units(&app, &visitor, (campaign, &of.ids())).await?;
    let loaded = load_all(&app.service, &of).await?;
    let result = loaded.score(of.stages.last().map_or(0, |stage| stage.place))?;
    let frame = Frame::new(&app, &visitor);
    let mut tables = Vec::new();
    for (at, block) in of.blocks.iter().enumerate() {
        let set = loaded.set(at)?;
        let line = |node: usize| {
            let criterion = set.set.criteria.get(node)?;
            let (open, all) = open(&of, (&loaded, &result), (at, node), |member| shown.contains(&member));
            Some(Line {
                code: set.code(node).to_owned(),
                name: criterion.name.clone(),
                method: criterion.method.map_or("", |method| method.word()),
                max: frame.lang.short(set.max(node)),
                done: all - open,
                of: all,
            })
        };
        let lines = external_leaves(&of, set).into_iter().filter_map(line).collect();
        tables.push(Table { id: block.id, name: block.name.clone(), lines });
    }
    Ok(render(&ListPage { frame, campaign: of.campaign, tables, runs_itself: own.runs_itself() }))
}
