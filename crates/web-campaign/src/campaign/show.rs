//! The board of a campaign: its timetable, how far everybody is, what needs a decision, what is locked and why.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use parindex_domain::procedure::{
    Block, CampaignDetail, Done, Life, Locked, Member, Phase, SheetState, Stage,
};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::set::Compiled;
use parindex_store::campaign::{Extension, Progress};

use parindex_service::campaign::approved::{approval, said};
use parindex_service::campaign::campaign_detail;
use parindex_service::campaign::counted::counted;
use parindex_service::campaign::decision::{self, Decision};
use parindex_service::campaign::entered::EnteredCount;
use parindex_service::campaign::load::compiled;
use parindex_service::campaign::timetable::{Timetable, timetable};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::mistake::Mistakes;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// A stage on the timetable.
struct Step {
    stage: Stage,
    phase: Phase,
    done: usize,
    of: usize,
}

/// A unit on the board.
struct Line {
    member: Member,
    entered: i64,
    of: usize,
    late: bool,
    /// For each round: decided, adjusted, explained.
    rounds: Vec<(i64, i64, i64)>,
}

impl Line {
    /// Whether nobody has begun with it.
    fn is_untouched(&self) -> bool {
        self.entered == 0 && self.member.sheet_state == SheetState::Filling
    }
}

impl Step {
    fn undecided(&self) -> usize {
        self.of.saturating_sub(self.done)
    }
}

#[derive(Template)]
#[template(path = "campaign/show.html")]
struct ShowPage {
    frame: Frame,
    of: CampaignDetail,
    steps: Vec<Step>,
    blocks: Vec<(String, Vec<Line>)>,
    late: Vec<Member>,
    extensions: Vec<(Member, Extension)>,
    own: Vec<Member>,
    /// What keeps the result from being approved, where the visitor approves it.
    unsettled: Vec<String>,
    /// Points from other sources that nobody has entered, where the visitor enters or approves them.
    external_points: Option<usize>,
    /// What waits for a decision of the standing body.
    decisions: Vec<Decision>,
    mistakes: Mistakes,
    timetable: Option<Timetable>,
    /// Which result it is, where it was approved.
    approved: Option<String>,
    /// What changes of the server’s days did to its points.
    effects: Vec<String>,
    visitor: Visitor,
}

impl ShowPage {
    /// Units of a block by how far they are: submitted, begun, not begun.
    fn far(lines: &[Line]) -> [usize; 3] {
        let assessed = || lines.iter().filter(|line| line.of > 0);
        let submitted = assessed().filter(|line| line.member.sheet_state.is_submitted()).count();
        let untouched = assessed().filter(|line| line.is_untouched()).count();
        [submitted, assessed().count() - submitted - untouched, untouched]
    }

    /// Whether the visitor sees a ranking.
    fn sees_ranking(&self) -> bool {
        let own = !self.own.is_empty() && self.of.ranking_for_units().is_some();
        self.visitor.may(Act::SeeScores) || own
    }

    fn may_run(&self) -> bool {
        self.visitor.permit(Act::RunCampaigns, &Subject::Everything).is_ok()
    }

    fn is_open(phase: &Phase) -> bool {
        matches!(phase, Phase::Open(_))
    }

    fn rounds(&self) -> Vec<&Stage> {
        self.of.rounds().collect()
    }

    fn is_round(&self, stage: &Stage) -> bool {
        self.of.rounds().any(|round| round.id == stage.id)
    }

    /// The first round that is not released yet, once the campaign runs.
    fn next_release(&self) -> Option<&Stage> {
        let running = matches!(self.of.campaign.life, Life::Running(_));
        self.of.rounds().find(|round| round.round.released.is_none()).filter(|_| running)
    }

    /// What stands in the field for the deadline of explanations.
    fn explains_until(&self, stage: &Stage) -> String {
        let stands = stage.round.explain_until.map(parindex_service::day::shown_moment).unwrap_or_default();
        self.mistakes.or(&format!("explanation-{}", stage.place), "explain_until", &stands).to_owned()
    }

    fn approved(&self) -> Option<&Done> {
        match &self.of.campaign.life {
            Life::Approved { approved, .. } => Some(approved),
            _ => None,
        }
    }

    /// Criteria of a round that nobody has decided about.
    fn undecided_in(&self, stage: &Stage) -> usize {
        self.steps.iter().find(|step| step.stage.id == stage.id).map_or(0, Step::undecided)
    }

    /// The same in all rounds.
    fn undecided(&self) -> usize {
        self.of.rounds().map(|round| self.undecided_in(round)).sum()
    }

    fn lock(step: &Step) -> Option<Locked> {
        match (&step.stage.round.released, step.phase) {
            (Some(released), _) => Some(Locked::Released(released.clone())),
            (None, Phase::After(closed)) => Some(Locked::Late(closed)),
            _ => None,
        }
    }
}

pub async fn show_campaign(Snapshot(app): Snapshot, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    show(&app, &visitor, id, Mistakes::default()).await
}

/// The page, with what was typed and could not be kept.
pub async fn show(app: &App, visitor: &Visitor, id: i64, mistakes: Mistakes) -> Answer {
    let of = campaign_detail(&app.service, id).await?;
    let may_run = visitor.permit(Act::RunCampaigns, &Subject::Everything).is_ok();
    if of.campaign.life == Life::Draft && !may_run {
        return Err(Failure::NotFound);
    }
    let blocks = blocks(app, &of).await?;
    let steps: Vec<Step> = of.stages.iter().map(|stage| step(&of, stage, &blocks, app.now())).collect();
    let (approves, external_points) =
        (visitor.may(Act::ApproveCampaigns), external_points(app, visitor, &of).await?);
    let unsettled = if approves || may_run { Some(app.store.unsettled(&of).await?) } else { None };
    let late: Vec<Member> = blocks
        .iter()
        .flat_map(|(_, lines)| lines)
        .filter(|line| line.late)
        .map(|line| line.member.clone())
        .collect();
    let decisions = match &unsettled {
        Some(open) if may_run => {
            let rounds = steps.iter().map(|step| (&step.stage, step.done, step.of)).collect();
            let look = decision::DecisionView {
                of: &of,
                late: late.len(),
                rounds,
                open,
                external_points,
                now: app.now(),
            };
            look.decisions(visitor.lang)
        }
        _ => Vec::new(),
    };
    let approval = approval(&app.store, &of).await?;
    let page = ShowPage {
        approved: approval.map(|approval| said(&approval, visitor.lang)),
        frame: Frame::new(app, visitor),
        effects: crate::calendar::list::said_of(app, id, visitor.lang).await?,
        extensions: extensions(app, &of).await?,
        own: own(app, visitor, id).await?,
        timetable: timetable(&of, app.now(), visitor.lang),
        unsettled: unsettled.filter(|_| approves).map(|open| open.reasons(visitor.lang)).unwrap_or_default(),
        visitor: visitor.clone(),
        steps,
        late,
        blocks,
        of,
        external_points,
        decisions,
        mistakes,
    };
    Ok(page_with(page.mistakes.status(), &page))
}

/// How many points from other sources are open, where the visitor enters them or approves without them.
async fn external_points(
    app: &App,
    visitor: &Visitor,
    of: &CampaignDetail,
) -> Result<Option<usize>, Failure> {
    let sees = visitor.may(Act::EnterExternalPoints) || visitor.may(Act::ApproveCampaigns);
    if !sees || of.campaign.life == Life::Draft {
        return Ok(None);
    }
    Ok(Some(parindex_service::campaign::external_points::missing(&app.service, of).await?))
}

/// Criteria that nobody has decided about, round by round: the place of the round and how many.
pub async fn undecided(app: &App, of: &CampaignDetail) -> Result<Vec<(i64, usize)>, Failure> {
    let blocks = blocks(app, of).await?;
    let left = |round: &Stage| (round.place, step(of, round, &blocks, app.now()).undecided());
    Ok(of.rounds().map(left).collect())
}

/// The sheets in this campaign that the visitor fills in or signs.
async fn own(app: &App, visitor: &Visitor, campaign: i64) -> Result<Vec<Member>, Failure> {
    Ok(app.store.members_below(campaign, &parindex_service::sheet::own_paths(&visitor.viewer)).await?)
}

async fn extensions(app: &App, of: &CampaignDetail) -> Result<Vec<(Member, Extension)>, Failure> {
    let members = of.ids();
    let extensions = app.store.extensions(&members).await?;
    Ok(extensions.into_iter().filter_map(|each| Some((of.member(each.member)?.clone(), each))).collect())
}

async fn blocks(app: &App, of: &CampaignDetail) -> Result<Vec<(String, Vec<Line>)>, Failure> {
    let mut sheets = Vec::new();
    for block in &of.blocks {
        let set = compiled(&app.service, block).await?;
        let members = of.members.iter().filter(|member| member.block == block.id);
        sheets.extend(members.map(|member| (member.id, Arc::clone(&set))));
    }
    let progress = app.store.progress(&of.ids()).await?;
    let entered = EnteredCount::read(&app.service, &sheets, progress).await?;
    let sets: HashMap<i64, Arc<Compiled>> = sheets.into_iter().collect();
    let far = |member: &Member| {
        let at = sets.get(&member.id).zip(of.stages.first());
        at.map_or((0, 0), |(set, stage)| (entered.count(set, stage, member.id), counted(set, stage)))
    };
    let block = |block: &Block| {
        let members = of.members.iter().filter(|member| member.block == block.id);
        let lines = members.map(|member| line(of, member, (entered.progress(), far(member)), app.now()));
        (block.name.clone(), lines.collect())
    };
    Ok(of.blocks.iter().map(block).collect())
}

fn line(
    of: &CampaignDetail,
    member: &Member,
    (progress, (entered, leaves)): (&Progress, (i64, usize)),
    now: i64,
) -> Line {
    let assessed = member.standing.is_assessed();
    let over = matches!(of.entering(member, now), Phase::After(_));
    let running = matches!(of.campaign.life, Life::Running(_));
    let round = |round: &Stage| {
        let count = |counts| Progress::of(counts, member.id, round.id);
        (count(&progress.decided), count(&progress.adjusted), count(&progress.explained))
    };
    Line {
        entered,
        of: if assessed { leaves } else { 0 },
        late: running && assessed && over && !member.sheet_state.is_submitted(),
        rounds: of.rounds().map(round).collect(),
        member: member.clone(),
    }
}

fn step(of: &CampaignDetail, stage: &Stage, blocks: &[(String, Vec<Line>)], now: i64) -> Step {
    let lines = || blocks.iter().flat_map(|(_, lines)| lines).filter(|line| line.of > 0);
    let at = of.rounds().position(|round| round.id == stage.id);
    let (done, all) = match at {
        None => (lines().filter(|line| line.member.sheet_state.is_submitted()).count(), lines().count()),
        Some(at) => {
            let sum =
                |count: &dyn Fn(&Line) -> i64| usize::try_from(lines().map(count).sum::<i64>()).unwrap_or(0);
            let decided = sum(&|line| line.rounds.get(at).map_or(0, |round| round.0));
            // The first round is about everything, a later one about what units have explained.
            let all = match at.checked_sub(1) {
                None => lines().map(|line| line.of).sum(),
                Some(before) => sum(&|line| line.rounds.get(before).map_or(0, |round| round.2)),
            };
            (decided, all.max(decided))
        }
    };
    Step { stage: stage.clone(), phase: stage.phase(None, now), done, of: all }
}

/// How far a sheet is, in a word.
pub fn sheet_state_word(frame: &Frame, state: &SheetState) -> &'static str {
    match state {
        SheetState::Filling => frame.lang.pick("đang nhập", "being filled in"),
        SheetState::Submitted { .. } => frame.lang.pick("đã nộp", "submitted"),
        SheetState::Returned { .. } => frame.lang.pick("bị trả lại", "given back"),
    }
}
