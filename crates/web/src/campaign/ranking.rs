//! Points and ranks of all units: of themselves, of each round, of the result, beside each other; and by domain.

use askama::Template;
use axum::extract::{Path, State};
use parindex_domain::campaign::{CampaignResult, Status, UnitResult};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::number::Number;
use parindex_store::campaign::Whole;

use super::scored::{Loaded, load};
use super::whole;
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::frame::{Frame, page as render};
use crate::visitor::Visitor;

/// A domain of a block.
struct Domain {
    code: String,
    name: String,
}

/// A unit.
struct Line {
    member: i64,
    name: String,
    /// For each stage: points, and whether some are still open.
    stages: Vec<(String, bool)>,
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
    of: Whole,
    tables: Vec<Table>,
}

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    let of = whole(&app, id).await?;
    visitor.permit(Act::SeeScores, &Subject::Everything)?;
    let frame = Frame::new(&app, &visitor);
    let all: Vec<i64> = of.members.iter().map(|member| member.id).collect();
    let loaded = load(&app, &of, &all, usize::MAX).await?;
    let mut results = Vec::new();
    for stage in 0..of.stages.len() {
        let scored =
            loaded.campaign.score(stage).map_err(|problem| Failure::Inside(format!("{problem:?}").into()))?;
        results.push(scored.result());
    }
    let tables = (0..of.blocks.len()).map(|block| table(&frame, &of, &loaded, (block, &results))).collect();
    Ok(render(&RankingPage { frame, of, tables }))
}

fn table(frame: &Frame, of: &Whole, loaded: &Loaded, (block, results): (usize, &[CampaignResult])) -> Table {
    let name = of.blocks.get(block).map(|block| block.name.clone()).unwrap_or_default();
    let Some(scored) = loaded.campaign.blocks.get(block) else {
        return Table { name, domains: Vec::new(), lines: Vec::new() };
    };
    let domain = |node: &usize| {
        let criterion = scored.set.set.criteria.get(*node)?;
        Some(Domain { code: criterion.code.clone(), name: criterion.name.clone() })
    };
    let members: Vec<i64> = of
        .members
        .iter()
        .filter(|member| of.blocks.get(block).is_some_and(|stored| stored.id == member.block))
        .map(|member| member.id)
        .collect();
    let last = results.last().map(|result| result.units.as_slice()).unwrap_or_default();
    let lines = last
        .iter()
        .filter(|unit| unit.block == block)
        .filter_map(|unit| line(frame, scored, (unit, *members.get(unit.seat)?), results));
    Table { name, domains: scored.set.roots.iter().filter_map(domain).collect(), lines: lines.collect() }
}

fn line(
    frame: &Frame,
    block: &parindex_domain::campaign::Block,
    (unit, member): (&UnitResult, i64),
    results: &[CampaignResult],
) -> Option<Line> {
    let seat = block.members.get(unit.seat)?;
    let digits = block.digits();
    let fixed = |points: &Option<Number>| {
        points.as_ref().map_or_else(|| "–".to_owned(), |points| frame.lang.fixed(points, digits))
    };
    let at = |result: &CampaignResult| {
        let same = |other: &&UnitResult| other.block == unit.block && other.seat == unit.seat;
        let found = result.units.iter().find(same);
        found.map_or(("–".to_owned(), false), |found| {
            (fixed(&found.points), found.status == Status::Partial)
        })
    };
    let domain = |node: &usize| {
        let cell = unit.criteria.get(*node);
        let points = cell.and_then(|cell| cell.points.clone());
        let fifths = points.as_ref().zip(cell).map_or(0, |(points, cell)| fifths(points, &cell.max));
        (fixed(&points), fifths)
    };
    Some(Line {
        member,
        name: seat.name.clone(),
        stages: results.iter().map(at).collect(),
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
