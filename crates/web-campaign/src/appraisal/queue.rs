//! What waits for an appraiser: by domain, block and state, criterion by criterion.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Path, Query};
use parindex_domain::procedure::{Locked, Phase, RulingKind};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::lang::Say;
use serde::Deserialize;

use parindex_service::appraisal::{Queue, QueueItem, points_of, waiting};
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// What is asked for.
#[derive(Clone, Default, Deserialize)]
pub struct QueueQuery {
    #[serde(default)]
    domain: String,
    #[serde(default)]
    block: String,
    #[serde(default)]
    state: String,
    /// The row of a member.
    #[serde(default)]
    unit: String,
    /// So many sheets were not accepted with the others.
    #[serde(default)]
    changed: usize,
}

/// A criterion of a unit.
struct Line {
    item: QueueItem,
    unit: String,
    before: String,
    now: String,
    lower: bool,
    own: bool,
    lock: Option<String>,
}

/// All lines of a criterion.
struct Group {
    code: String,
    name: String,
    /// The legal basis.
    basis: String,
    block: String,
    block_code: String,
    lines: Vec<Line>,
}

impl Group {
    /// Sheets that can be accepted now.
    fn open(&self) -> Vec<String> {
        let open = |line: &&Line| line.item.verdict.is_none() && !line.own && line.lock.is_none();
        self.lines.iter().filter(open).map(|line| line.item.member.to_string()).collect()
    }
}

/// A domain and how far it is.
struct Domain {
    code: String,
    name: String,
    done: usize,
    of: usize,
}

#[derive(Template)]
#[template(path = "appraisal/queue.html")]
struct QueuePage {
    frame: Frame,
    queue: Queue,
    asked: QueueQuery,
    domains: Vec<Domain>,
    groups: Vec<Group>,
    waiting: usize,
    /// Sheets of the visitor’s own unit that wait, and who can decide about them.
    own: Vec<String>,
    /// Whether the visitor accepts many at once.
    may_accept: bool,
    phase: Phase,
}

impl QueuePage {
    fn closes(&self) -> Option<i64> {
        match self.phase {
            Phase::Open(until) => Some(until),
            _ => None,
        }
    }

    /// The units of the round, in the order of the campaign.
    fn units(&self) -> Vec<(String, &str)> {
        let waits: HashSet<i64> = self.queue.items.iter().map(|item| item.member).collect();
        let members = self.queue.of.members.iter().filter(|member| waits.contains(&member.id));
        members.map(|member| (member.id.to_string(), member.name.as_str())).collect()
    }

    fn shut(&self) -> Option<Locked> {
        match (&self.queue.stage.round.released, self.phase) {
            (Some(done), _) => Some(Locked::Released(done.clone())),
            (None, Phase::After(at)) => Some(Locked::Late(at)),
            (None, Phase::Before(i64::MAX)) => Some(Locked::NoWindow),
            (None, Phase::Before(at)) => Some(Locked::Early(at)),
            (None, Phase::Open(_)) => None,
        }
    }
}

pub async fn show_queue(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path((campaign, place)): Path<(i64, i64)>,
    Query(mut asked): Query<QueueQuery>,
) -> Answer {
    let queue = waiting(&app.service, &visitor.viewer, (campaign, place)).await?;
    let frame = Frame::new(&app, &visitor);
    let domains = domains(&queue)?;
    if !domains.iter().any(|domain| domain.code == asked.domain) {
        let open = domains.iter().find(|domain| domain.done < domain.of).or(domains.first());
        asked.domain = open.map(|domain| domain.code.clone()).unwrap_or_default();
    }
    let groups = groups(&queue, &asked, &frame, app.now())?;
    let phase = queue.stage.phase(None, app.now());
    let waits = |item: &&QueueItem| item.verdict.is_none() && !queue.own.bars(item.member);
    let waiting = queue.items.iter().filter(waits).count();
    let own = own(&queue, &frame);
    let may_accept = visitor.permit(Act::Appraise, &Subject::Everything).is_ok();
    Ok(render(&QueuePage { frame, queue, asked, domains, groups, waiting, own, may_accept, phase }))
}

/// Of each sheet of the visitor’s own that waits: that it is not for him, and for whom.
fn own(queue: &Queue, frame: &Frame) -> Vec<String> {
    let waits: HashSet<i64> =
        queue.items.iter().filter(|item| item.verdict.is_none()).map(|item| item.member).collect();
    let members = queue.of.members.iter().filter(|member| waits.contains(&member.id));
    members.filter_map(|member| queue.own.notice(Act::Appraise, member, frame.lang)).collect()
}

/// Whether an item is in the state that is asked for; those that wait where none is.
fn in_state(item: &QueueItem, state: &str) -> bool {
    let kind = item.verdict.as_ref().map(|verdict| verdict.kind.word());
    match state {
        "all" => true,
        "done" => kind.is_some(),
        "accept" | "adjust" | "council" => kind == Some(state),
        "explained" => item.explained && kind.is_none(),
        _ => kind.is_none(),
    }
}

fn domains(queue: &Queue) -> Result<Vec<Domain>, Failure> {
    let mut domains: Vec<Domain> = Vec::new();
    for item in &queue.items {
        let done = usize::from(item.verdict.is_some());
        if let Some(domain) = domains.iter_mut().find(|domain| domain.code == item.domain) {
            domain.done += done;
            domain.of += 1;
            continue;
        }
        let set = queue.loaded.set(item.seat.0)?;
        let root = set.set.find(&item.domain).and_then(|node| set.set.criteria.get(node));
        let name = root.map(|criterion| criterion.name.clone()).unwrap_or_default();
        domains.push(Domain { code: item.domain.clone(), name, done, of: 1 });
    }
    Ok(domains)
}

fn groups(queue: &Queue, asked: &QueueQuery, frame: &Frame, now: i64) -> Result<Vec<Group>, Failure> {
    let before = queue.loaded.score(queue.stage.place - 1)?;
    let after = queue.loaded.score(queue.stage.place)?;
    let mut groups: Vec<Group> = Vec::new();
    let block = |item: &QueueItem| queue.of.blocks.get(item.seat.0);
    let wanted = |item: &&QueueItem| {
        item.domain == asked.domain
            && (asked.block.is_empty() || block(item).is_some_and(|block| block.code == asked.block))
            && (asked.unit.is_empty() || asked.unit == item.member.to_string())
            && in_state(item, &asked.state)
    };
    for item in queue.items.iter().filter(wanted) {
        let set = queue.loaded.set(item.seat.0)?;
        let digits = set.set.settings.rounding.digits.get();
        let (was, is) = (points_of(&before, item), points_of(&after, item));
        let member = queue.of.member(item.member).ok_or(Failure::NotFound)?;
        let line = Line {
            item: item.clone(),
            unit: member.name.clone(),
            before: frame.points(was, digits),
            now: frame.points(is, digits),
            lower: was.zip(is).is_some_and(|(was, is)| is < was),
            own: queue.own.bars(item.member),
            lock: match queue.of.decidable(&queue.stage, member, now) {
                Err(lock @ Locked::NotSubmitted) => Some(lock.say(frame.lang)),
                _ => None,
            },
        };
        let (block, block_code) =
            block(item).map(|block| (block.name.clone(), block.code.clone())).unwrap_or_default();
        let same = |group: &&mut Group| group.code == item.criterion && group.block_code == block_code;
        if let Some(group) = groups.last_mut().filter(same) {
            group.lines.push(line);
            continue;
        }
        let name = set.set.criteria.get(item.node).map(|criterion| criterion.name.clone());
        let code = item.criterion.clone();
        groups.push(Group {
            code,
            name: name.unwrap_or_default(),
            basis: set.basis(item.node).to_owned(),
            block,
            block_code,
            lines: vec![line],
        });
    }
    Ok(groups)
}
