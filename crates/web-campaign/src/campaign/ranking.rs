//! Points and ranks of all units: of themselves, of each round, of the result, beside each other; and by domain.

use askama::Template;
use axum::extract::Path;
use parindex_domain::campaign::{BlockData, CampaignResult, Scored, Status, UnitResult};
use parindex_domain::procedure::{Block, CampaignDetail, Member};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::number::Number;
use parindex_scoring::unit::Total;

use parindex_service::campaign::campaign_detail;
use parindex_service::campaign::load::{Loaded, load_all};
use parindex_service::campaign::published::{PublishedComparison, compared};
use parindex_service::sheet::paths_of;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// A domain of a block.
struct Domain {
    code: String,
    name: String,
}

/// A unit.
struct Line {
    member: i64,
    name: String,
    /// For each stage: points, whether some are still open, and the rank.
    stages: Vec<(String, bool, String)>,
    rank: String,
    index: String,
    remark: String,
    /// For each domain: points, and how many fifths of its maximum.
    domains: Vec<(String, u8)>,
}

/// A block.
struct Table {
    name: String,
    domains: Vec<Domain>,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "campaign/ranking.html")]
struct RankingPage {
    frame: Frame,
    of: CampaignDetail,
    tables: Vec<Table>,
    /// Whether the sheets of all units may be opened.
    links: bool,
    /// What was published, where the visitor sees all of it.
    published: Option<PublishedComparison>,
    /// Which result it is, where it was approved.
    approved: Option<String>,
}

/// Up to which stage the visitor sees points, and of which blocks; of all when none.
async fn visible_blocks(
    app: &App,
    visitor: &Visitor,
    of: &CampaignDetail,
) -> Result<(usize, Option<Vec<i64>>), Failure> {
    let all = visitor.permit(Act::SeeScores, &Subject::Everything);
    let Err(denied) = all else { return Ok((of.stages.len(), None)) };
    let Some(upto) = of.ranking_for_units() else { return Err(denied.into()) };
    let own = app.store.members_below(of.campaign.id, &paths_of(&visitor.viewer, Act::SeeSheets)).await?;
    if own.is_empty() {
        return Err(denied.into());
    }
    Ok((upto, Some(own.into_iter().map(|member| member.block).collect())))
}

pub async fn show_ranking(Snapshot(app): Snapshot, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    let mut of = campaign_detail(&app.service, id).await?;
    let (upto, blocks) = visible_blocks(&app, &visitor, &of).await?;
    let frame = Frame::new(&app, &visitor);
    let loaded = load_all(&app.service, &of).await?;
    of.campaign.stages.truncate(upto.saturating_add(1));
    let places = of.stages.iter().map(|stage| stage.place);
    let stages: Vec<Scored<'_>> = places.map(|place| loaded.score(place)).collect::<Result<_, _>>()?;
    let last = stages.last().ok_or(Failure::NotFound)?.result();
    let seen = |block: &&Block| blocks.as_ref().is_none_or(|blocks| blocks.contains(&block.id));
    let shown = of.blocks.iter().enumerate().filter(|(_, block)| seen(block));
    let tables = shown.map(|(at, _)| table(&frame, &of, &loaded, (at, &stages, &last))).collect();
    let links = visitor.permit(Act::SeeSheets, &Subject::Everything).is_ok();
    let published = match blocks {
        None => compared(&app.service, frame.lang, &of, (&loaded, &last)).await?,
        Some(_) => None,
    };
    let approved = loaded.says_approved(frame.lang);
    Ok(render(&RankingPage { frame, of, tables, links, published, approved }))
}

fn table(
    frame: &Frame,
    of: &CampaignDetail,
    loaded: &Loaded,
    (at, stages, last): (usize, &[Scored<'_>], &CampaignResult),
) -> Table {
    let name = of.blocks.get(at).map(|block| block.name.clone()).unwrap_or_default();
    let Some(block) = loaded.campaign.blocks.get(at) else {
        return Table { name, domains: Vec::new(), lines: Vec::new() };
    };
    let domain = |node: &usize| {
        let criterion = block.set.set.criteria.get(*node)?;
        Some(Domain { code: criterion.code.clone(), name: criterion.name.clone() })
    };
    let in_block = |member: &&Member| of.blocks.get(at).is_some_and(|stored| stored.id == member.block);
    let members: Vec<i64> = of.members.iter().filter(in_block).map(|member| member.id).collect();
    let lines = last
        .units
        .iter()
        .filter(|unit| unit.block == at)
        .filter_map(|unit| line(frame, block, (unit, *members.get(unit.seat)?), stages));
    Table { name, domains: block.set.roots.iter().filter_map(domain).collect(), lines: lines.collect() }
}

fn line(
    frame: &Frame,
    block: &BlockData,
    (unit, member): (&UnitResult, i64),
    stages: &[Scored<'_>],
) -> Option<Line> {
    let seat = block.members.get(unit.seat)?;
    let digits = block.digits();
    let fixed = |points: Option<&Number>| frame.points(points, digits);
    let total = |stage: &Scored<'_>| {
        let board = stage.boards.get(unit.block);
        let total = board.and_then(|board| board.total(unit.seat));
        let rank = board.and_then(|board| board.rank(unit.seat)).map(|rank| rank.to_string());
        let rank = rank.unwrap_or_default();
        match total.filter(|_| unit.status != Status::Exempt) {
            Some(Total::Partial { points, .. }) => (fixed(Some(points)), true, rank),
            Some(Total::Complete(complete)) => (fixed(Some(&complete.points)), false, rank),
            Some(Total::NotScored) | None => (fixed(None), false, String::new()),
        }
    };
    let domain = |node: &usize| {
        let cell = unit.criteria.get(*node);
        let points = cell.and_then(|cell| cell.points.as_ref());
        (fixed(points), points.zip(cell).map_or(0, |(points, cell)| fifths(points, &cell.max)))
    };
    Some(Line {
        member,
        name: seat.name.clone(),
        stages: stages.iter().map(total).collect(),
        rank: unit.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        index: unit.index.as_ref().map(|index| frame.lang.fixed(index, 2)).unwrap_or_default(),
        remark: unit.remark(seat, frame.lang),
        domains: block.set.roots.iter().map(domain).collect(),
    })
}

/// How many fifths of a maximum: a shade that can be told apart also in grey.
fn fifths(points: &Number, max: &Number) -> u8 {
    let share = points.checked_div(max).unwrap_or_default();
    let fifths = (share * Number::whole(5)).floor().to_whole().unwrap_or(0);
    u8::try_from(fifths.clamp(0, 5)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shade_is_a_fifth_of_the_maximum() {
        let of = |points: &str, max: &str| fifths(&points.parse().unwrap(), &max.parse().unwrap());
        assert_eq!(
            [of("0", "6"), of("1.19", "6"), of("1.2", "6"), of("5.9", "6"), of("6", "6")],
            [0, 0, 1, 4, 5]
        );
        assert_eq!(of("1", "0"), 0, "no maximum, no shade");
    }
}
