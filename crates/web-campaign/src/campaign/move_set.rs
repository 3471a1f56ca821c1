//! A running campaign moves to another version of a criteria set: the difference, the effect on every unit, the reason; never where
//! something that was entered would be lost.

use askama::Template;
use axum::extract::{Path, Query, State};
use parindex_domain::procedure::{Block, CampaignDetail};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::diff::diff;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;
use parindex_scoring::compare::{UnitChange, UnitPoints, compare};
use parindex_store::campaign::MoveSet;
use serde::Deserialize;

use super::prepare::settled;
use parindex_service::campaign::campaign_detail;
use parindex_service::campaign::load::{Loaded, load, load_anew};
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::mistake::{Mistake, Mistakes};
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// Which version is looked at: `6/2`.
#[derive(Default, Deserialize)]
pub struct MoveSetQuery {
    #[serde(default)]
    to: String,
}

/// A unit whose result changes.
struct Line {
    unit: String,
    index: (String, String),
    rank: (String, String),
    criteria: Vec<(String, String, String)>,
}

/// What a version would do.
struct Effect {
    changes: Vec<String>,
    /// What the version has no place for: unit, criterion, input.
    lost: Vec<(String, String, String)>,
    units: Vec<Line>,
    /// What both versions call themselves: before and after.
    versions: (String, String),
}

impl Effect {
    fn first_lost(&self) -> &[(String, String, String)] {
        self.lost.get(..50).unwrap_or(&self.lost)
    }
}

#[derive(Template)]
#[template(path = "campaign/move_set.html")]
struct MovePage {
    frame: Frame,
    of: CampaignDetail,
    block: Block,
    sets: Vec<(i64, i64, String)>,
    to: Option<(i64, i64)>,
    effect: Option<Effect>,
    mistakes: Mistakes,
}

impl MovePage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn chosen(&self, set: &i64, number: &i64) -> bool {
        self.to == Some((*set, *number))
    }
}

fn version(typed: &str) -> Option<(i64, i64)> {
    let (set, number) = typed.split_once('/')?;
    Some((set.parse().ok()?, number.parse().ok()?))
}

pub async fn show_set_move(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path((campaign, block)): Path<(i64, i64)>,
    Query(asked): Query<MoveSetQuery>,
) -> Answer {
    visitor.permit(Act::RunCampaigns, &Subject::Everything)?;
    show(&app, &visitor, (campaign, block), &asked.to, Mistakes::default()).await
}

async fn show(
    app: &App,
    visitor: &Visitor,
    (campaign, block): (i64, i64),
    to: &str,
    mistakes: Mistakes,
) -> Answer {
    let of = campaign_detail(&app.service, campaign).await?;
    let block = of.block(block).cloned().ok_or(Failure::NotFound)?;
    let frame = Frame::new(app, visitor);
    let mut sets = settled(app).await?;
    sets.retain(|(set, number, _)| (*set, *number) != (block.set, block.number));
    let to = version(to).filter(|to| sets.iter().any(|(set, number, _)| (*set, *number) == *to));
    let effect = match to {
        Some(to) => Some(effect(app, &frame, &of, (&block, to)).await?),
        None => None,
    };
    Ok(page_with(mistakes.status(), &MovePage { frame, of, block, sets, to, effect, mistakes }))
}

/// The campaign with another version in a block.
fn moved(of: &CampaignDetail, block: i64, to: (i64, i64)) -> CampaignDetail {
    let mut moved = of.clone();
    for each in moved.blocks.iter_mut().filter(|each| each.id == block) {
        (each.set, each.number, each.draft) = (to.0, to.1, false);
    }
    moved
}

async fn effect(
    app: &App,
    frame: &Frame,
    of: &CampaignDetail,
    (block, to): (&Block, (i64, i64)),
) -> Result<Effect, Failure> {
    let all: Vec<i64> = of.members.iter().filter(|each| each.block == block.id).map(|each| each.id).collect();
    let (before, after) = (
        load(&app.service, of, &all, usize::MAX).await?,
        load_anew(&app.service, &moved(of, block.id, to), &all, usize::MAX).await?,
    );
    let at = of.blocks.iter().position(|each| each.id == block.id).ok_or(Failure::NotFound)?;
    let (old, new) = (before.set(at)?, after.set(at)?);
    let changes = diff(&old.set, &new.set).iter().map(|change| change.say(frame.lang)).collect();
    let name = |id: i64| of.member(id).map(|member| member.name.clone()).unwrap_or_default();
    let figures =
        after.lost.iter().map(|each| (name(each.member), each.criterion.clone(), each.input.clone()));
    let beside = beside(app, frame, &all).await?.into_iter().filter(|(_, code, _)| !is_leaf(new, code));
    let lost = figures.chain(beside.map(|(member, code, what)| (name(member), code, what)));
    let compared = compare(&results(&before)?, &results(&after)?);
    let touched = compared.iter().filter(|unit| {
        unit.index.0 != unit.index.1 || unit.rank.0 != unit.rank.1 || !unit.criteria.is_empty()
    });
    let versions = (old.set.about.version.clone(), new.set.about.version.clone());
    let units = touched.map(|unit| line(frame, of, unit)).collect();
    Ok(Effect { changes, lost: lost.collect(), units, versions })
}

fn is_leaf(set: &Compiled, code: &str) -> bool {
    set.set.find(code).is_some_and(|node| set.tree.is_leaf(node))
}

/// What stands on sheets beside figures: documents and notes, with their criterion.
async fn beside(app: &App, frame: &Frame, members: &[i64]) -> Result<Vec<(i64, String, String)>, Failure> {
    let documents = app.store.evidence(members).await?;
    let document = frame.t("tài liệu", "document");
    let mut all: Vec<(i64, String, String)> = documents
        .into_iter()
        .map(|each| (each.member, each.criterion, format!("{document}: {}", each.name)))
        .collect();
    let note = frame.t("ghi chú", "note");
    let notes = app.store.notes(members).await?;
    all.extend(notes.into_keys().map(|(member, criterion)| (member, criterion, note.to_owned())));
    Ok(all)
}

fn results(loaded: &Loaded) -> Result<Vec<UnitPoints>, Failure> {
    let last = loaded.campaign.stages.len().saturating_sub(1);
    let scored = loaded.score(i64::try_from(last).unwrap_or(0))?;
    Ok(scored.result().by_codes(&loaded.campaign))
}

fn line(frame: &Frame, of: &CampaignDetail, unit: &UnitChange) -> Line {
    let number = |number: &Option<Number>| frame.points(number.as_ref(), 2);
    let rank = |rank: Option<usize>| rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let member = of.members.iter().find(|member| member.code == unit.code);
    let criteria = unit.criteria.iter().map(|each| (each.code.clone(), number(&each.from), number(&each.to)));
    Line {
        unit: member.map_or_else(|| unit.code.clone(), |member| member.name.clone()),
        index: (number(&unit.index.0), number(&unit.index.1)),
        rank: (rank(unit.rank.0), rank(unit.rank.1)),
        criteria: criteria.collect(),
    }
}

#[derive(Deserialize)]
pub struct MoveSetForm {
    #[serde(default)]
    to: String,
    #[serde(default)]
    revision: i64,
    #[serde(default)]
    reason: String,
}

fn reason(typed: &str, lang: Lang) -> Result<String, String> {
    let reason =
        one_line(("Lý do", "The reason"), typed, 1_000).map_err(|long| format!("{}.", long.say(lang)))?;
    if reason.is_empty() {
        let needed = (
            "Hãy ghi lý do và văn bản; lý do vào nhật ký.",
            "Give the reason and the document; the log keeps them.",
        );
        return Err(lang.pick(needed.0, needed.1).to_owned());
    }
    Ok(reason)
}

pub async fn move_set(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, block)): Path<(i64, i64)>,
    Protected(typed): Protected<MoveSetForm>,
) -> Answer {
    visitor.permit(Act::RunCampaigns, &Subject::Everything)?;
    let of = campaign_detail(&app.service, campaign).await?;
    let stored = of.block(block).cloned().ok_or(Failure::NotFound)?;
    let sets = settled(&app).await?;
    let known = |to: &(i64, i64)| sets.iter().any(|(set, number, _)| (*set, *number) == *to);
    let to = version(&typed.to).filter(known).ok_or(Failure::NotFound)?;
    let reason = match reason(&typed.reason, visitor.lang) {
        Ok(reason) => reason,
        Err(wrong) => {
            let mistake = Mistake::new("move", wrong).with("reason", typed.reason);
            return show(&app, &visitor, (campaign, block), &typed.to, mistake.into()).await;
        }
    };
    let effect = effect(&app, &Frame::new(&app, &visitor), &of, (&stored, to)).await?;
    let (lost, versions) = (effect.lost.len(), effect.versions);
    if lost > 0 {
        // The page shows what would be lost, and then has no form for a reason.
        return show(&app, &visitor, (campaign, block), &typed.to, Mistake::new("lost", "").into()).await;
    }
    let change = MoveSet { campaign, revision: typed.revision, block, to, versions, reason };
    Ok(once(&app, &visitor, change, move |()| format!("/campaigns/{campaign}/prepare#blocks")).await?)
}
