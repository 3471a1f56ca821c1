//! What waits for somebody: which sheet, which round, which vote; until when, and how far it is.

use parindex_domain::procedure::{Life, Paper, Phase};
use parindex_domain::right::{Act, Subject, Within};
use parindex_store::campaign::{Campaign, Member, Progress, Stage, Whole};
use parindex_store::delegation::Delegation;

use crate::app::App;
use crate::campaign::scored::compiled;
use crate::campaign::show::counted;
use crate::campaign::whole;
use crate::failure::Failure;
use crate::frame::Frame;
use crate::visitor::Visitor;

/// Something to do.
pub struct Task {
    /// Where it is done.
    pub href: String,
    /// What it is.
    pub what: String,
    /// Of which campaign.
    pub campaign: String,
    /// How far it is: done, and of how many.
    pub done: Option<(i64, i64)>,
    /// Until when.
    pub until: Option<i64>,
}

/// All that waits for a visitor, in the campaigns that run.
///
/// # Errors
/// The database failed.
pub async fn tasks(app: &App, visitor: &Visitor, frame: &Frame) -> Result<Vec<Task>, Failure> {
    if !visitor.may(Act::SeeCampaigns) {
        return Ok(Vec::new());
    }
    let mut tasks = Vec::new();
    let running = |campaign: &Campaign| matches!(campaign.life, Life::Running(_));
    for campaign in app.store.campaigns().await?.into_iter().filter(running).take(MOST_CAMPAIGNS) {
        let visitor = &visitor.within(Within::Campaign(campaign.id));
        if !visitor.may(Act::SeeCampaigns) {
            continue;
        }
        let own = app.store.members_below(campaign.id, &crate::sheet::own_paths(visitor)).await?;
        let parts = app.store.parts_of(&crate::sheet::paths_of(visitor, Act::FillParts)).await?;
        if own.is_empty() && parts.is_empty() && !waits_without_a_sheet(visitor) {
            continue;
        }
        let of = whole(app, campaign.id).await?;
        // Whoever appraises is told of all, whoever fills in of his own.
        let counted = if visitor.may(Act::Appraise) { &of.members } else { &own };
        let counted: Vec<i64> = counted.iter().map(|member| member.id).collect();
        let progress = app.store.progress(&counted).await?;
        let look = Look { app, visitor, frame, of: &of, progress: &progress };
        for member in &own {
            tasks.extend(look.sheet(member).await?);
        }
        tasks.extend(parts.iter().filter_map(|part| look.part(part)));
        tasks.extend(look.round());
        tasks.extend(look.council().await?);
        tasks.extend(look.late());
    }
    tasks.sort_by_key(|task| task.until.unwrap_or(i64::MAX));
    Ok(tasks)
}

/// Whether something can wait for somebody who has no sheet: a round, a vote, what is late.
fn waits_without_a_sheet(visitor: &Visitor) -> bool {
    [Act::Appraise, Act::Vote, Act::RunCampaigns].into_iter().any(|act| visitor.may(act))
}

/// More than run at a time anywhere.
const MOST_CAMPAIGNS: usize = 5;

struct Look<'l> {
    app: &'l App,
    visitor: &'l Visitor,
    frame: &'l Frame,
    of: &'l Whole,
    progress: &'l Progress,
}

impl Look<'_> {
    fn task(&self, href: String, what: String) -> Task {
        Task { href, what, campaign: self.of.campaign.title.clone(), done: None, until: None }
    }

    /// A sheet that is open, or points that can be explained.
    async fn sheet(&self, member: &Member) -> Result<Option<Task>, Failure> {
        let now = self.app.now();
        let href = format!("/sheets/{}", member.id);
        let signs = self.visitor.may(Act::SubmitSheets) && self.of.submittable(member, now).is_ok();
        if signs && (self.complete(member).await? || self.of.unlocked(member, now).is_err()) {
            let what = self.frame.t("Duyệt và nộp phiếu", "Approve and submit the sheet");
            let task = self.task(format!("{href}/submit"), format!("{what}: {}", member.name));
            return Ok(Some(Task { until: self.until(member), ..task }));
        }
        if self.of.unlocked(member, now).is_ok() {
            let (entered, all) = self.entered(member).await?;
            let what = if matches!(member.paper, Paper::Returned { .. }) {
                self.frame.t("Sửa phiếu bị trả lại", "Mend the sheet that was given back")
            } else {
                self.frame.t("Nhập phiếu", "Fill in the sheet")
            };
            let until = self.until(member);
            let done = Some((entered, all));
            let task = self.task(href, format!("{what}: {}", member.name));
            return Ok(Some(Task { done, until, ..task }));
        }
        let explains = |stage: &&Stage| stage.round.explain(&self.of.campaign.life, member.more, now).is_ok();
        let Some(stage) = self.of.rounds().rfind(explains) else { return Ok(None) };
        let adjusted = Progress::of(&self.progress.adjusted, member.id, stage.id);
        let explained = Progress::of(&self.progress.explained, member.id, stage.id);
        let what = self.frame.t("Giải trình các điểm bị điều chỉnh", "Explain the points that were adjusted");
        let task = self.task(format!("{href}/adjusted"), format!("{what}: {}", member.name));
        let until = stage.round.explain_until.map(|until| member.more.map_or(until, |more| more.max(until)));
        Ok((adjusted > 0).then_some(Task { done: Some((explained, adjusted)), until, ..task }))
    }

    fn until(&self, member: &Member) -> Option<i64> {
        match self.of.entering(member, self.app.now()) {
            Phase::Open(until) => Some(until),
            Phase::Before(_) | Phase::After(_) => None,
        }
    }

    /// How much of a sheet is entered, and of how much.
    async fn entered(&self, member: &Member) -> Result<(i64, i64), Failure> {
        let stage = self.of.stages.first().ok_or(Failure::NotFound)?;
        let block = self.of.block(member.block).ok_or(Failure::NotFound)?;
        let all = counted(&*compiled(self.app, block).await?, stage);
        let entered = Progress::of(&self.progress.entered, member.id, stage.id);
        Ok((entered, i64::try_from(all).unwrap_or(i64::MAX)))
    }

    async fn complete(&self, member: &Member) -> Result<bool, Failure> {
        let (entered, all) = self.entered(member).await?;
        Ok(entered >= all)
    }

    /// A part of the sheet of another unit.
    fn part(&self, part: &Delegation) -> Option<Task> {
        let member = self.of.member(part.member)?;
        self.of.unlocked(member, self.app.now()).ok()?;
        let what = self.frame.t("Nhập phần được giao", "Fill in the delegated part");
        let what = format!("{what} {}: {}", part.criterion, member.name);
        let until = self.until(member);
        Some(Task { until, ..self.task(format!("/sheets/{}", member.id), what) })
    }

    /// The round that is open.
    fn round(&self) -> Option<Task> {
        if !self.visitor.may(Act::Appraise) {
            return None;
        }
        let now = self.app.now();
        let open = |stage: &&Stage| {
            stage.round.released.is_none() && matches!(stage.phase(None, now), Phase::Open(_))
        };
        let stage = self.of.rounds().find(open)?;
        let decided =
            self.of.members.iter().map(|member| Progress::of(&self.progress.decided, member.id, stage.id));
        let task =
            self.task(format!("/appraisal/{}/{}", self.of.campaign.id, stage.place), stage.name.clone());
        let before = self.of.rounds().rfind(|round| round.place < stage.place);
        let explained = before.map(|before| {
            let of = |member: &Member| Progress::of(&self.progress.explained, member.id, before.id);
            self.of.members.iter().map(of).sum::<i64>()
        });
        let decided = decided.sum::<i64>();
        let until = stage.round.window.map(parindex_domain::procedure::Window::closes);
        Some(Task { done: explained.map(|all| (decided, all.max(decided))), until, ..task })
    }

    /// Points on which the visitor has not voted.
    async fn council(&self) -> Result<Option<Task>, Failure> {
        if !self.visitor.may(Act::Vote) {
            return Ok(None);
        }
        let person = self.visitor.complete().map_or(0, |session| session.person.id);
        let (motions, _) = self.app.store.motions(self.of.campaign.id).await?;
        let open = motions.iter().filter(|motion| {
            motion.closed.is_none() && !motion.votes.iter().any(|(who, _, _)| *who == person)
        });
        let count = open.clone().count();
        let until = open.filter_map(|motion| motion.until).min();
        let what = self.frame.lang.pick(
            format!("Biểu quyết {count} nội dung của Hội đồng"),
            format!("Vote on {count} points of the council"),
        );
        let task = self.task(format!("/campaigns/{}/council", self.of.campaign.id), what);
        Ok((count > 0).then_some(Task { until, ..task }))
    }

    /// Units that are late, for whoever runs the campaign.
    fn late(&self) -> Option<Task> {
        self.visitor.permit(Act::RunCampaigns, &Subject::Everything).ok()?;
        let (now, assessed) = (self.app.now(), |member: &&Member| {
            !matches!(member.standing, parindex_domain::campaign::Standing::Exempt(_))
        });
        let late = |member: &&Member| {
            !member.paper.is_submitted() && matches!(self.of.entering(member, now), Phase::After(_))
        };
        let count = self.of.members.iter().filter(assessed).filter(late).count();
        let what = self.frame.lang.pick(
            format!("{count} đơn vị chậm nộp phiếu"),
            format!("{count} units have not submitted in time"),
        );
        (count > 0).then(|| self.task(format!("/campaigns/{}", self.of.campaign.id), what))
    }
}
