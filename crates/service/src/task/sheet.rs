//! Sheets that somebody fills in or signs, and parts of other ones.

use std::collections::HashMap;
use std::sync::Arc;

use parindex_domain::procedure::{Member, Phase, SheetState, Stage};
use parindex_domain::right::{Act, Reach, Subject, UnitPath, allowing};
use parindex_rulebook::set::Compiled;
use parindex_store::campaign::Progress;
use parindex_store::delegation::Delegation;

use super::{Look, Task, There};
use crate::ServiceError;
use crate::campaign::counted::counted;
use crate::campaign::entered::EnteredCount;
use crate::campaign::load::compiled;

/// How far the sheets are, and their sets.
struct Far {
    entered: EnteredCount,
    sets: HashMap<i64, Arc<Compiled>>,
}

impl Look<'_> {
    /// The places for which the viewer holds a role that allows an act, each with the campaign that it is held for.
    fn places(&self, act: Act) -> Vec<(Option<i64>, UnitPath)> {
        let held = self.viewer.complete().map(parindex_store::session::Session::appointments);
        let held = held.unwrap_or_default();
        let below = allowing(&held, act).filter(|(_, reach)| *reach == Reach::Below);
        below.filter_map(|(each, _)| Some((each.campaign, each.unit.clone()?))).collect()
    }

    /// The visitor’s own sheets.
    pub(super) async fn sheets(&self) -> Result<Vec<Task>, ServiceError> {
        let store = &self.service.store;
        let own = store.members_at(&self.ids(|_| true), &self.places(Act::FillSheets)).await?;
        let ids: Vec<i64> = own.iter().map(|member| member.id).collect();
        let blocks: Vec<i64> = own.iter().map(|member| member.block).collect();
        let blocks = store.blocks(&blocks).await?;
        let mut sets = Vec::new();
        for member in own.iter().filter(|member| self.is_open(member)) {
            let block = blocks.get(&member.block).ok_or(ServiceError::NotFound)?;
            sets.push((member.id, compiled(self.service, block).await?));
        }
        let entered = EnteredCount::read(self.service, &sets, store.progress(&ids).await?).await?;
        let far = Far { entered, sets: sets.into_iter().collect() };
        let mut tasks = Vec::new();
        for member in &own {
            let Some(there) = self.campaign(member.campaign) else { continue };
            tasks.extend(self.sheet((there, member), &far)?);
        }
        Ok(tasks)
    }

    /// Whether something can still be entered on a sheet, or it can be submitted.
    fn is_open(&self, member: &Member) -> bool {
        let now = self.service.now();
        self.campaign(member.campaign).is_some_and(|there| there.campaign.submittable(member, now).is_ok())
    }

    /// A sheet that is open, or points that can be explained.
    fn sheet(&self, (there, member): (&There, &Member), far: &Far) -> Result<Option<Task>, ServiceError> {
        let (now, campaign) = (self.service.now(), &there.campaign);
        let href = format!("/sheets/{}", member.id);
        let signs = there.viewer.may(Act::SubmitSheets) && campaign.submittable(member, now).is_ok();
        let open = campaign.unlocked(member, now).is_ok();
        let until = self.until(there, member);
        if signs || open {
            let done = Self::entered(there, member, far)?;
            if signs && (!open || done.0 >= done.1) {
                let what = self.lang.pick("Duyệt và nộp phiếu", "Approve and submit the sheet");
                let task = there.task(format!("{href}/submit"), format!("{what}: {}", member.name));
                return Ok(Some(Task { until, ..task }));
            }
            let what = if matches!(member.sheet_state, SheetState::Returned { .. }) {
                self.lang.pick("Sửa phiếu bị trả lại", "Correct the returned sheet")
            } else {
                self.lang.pick("Nhập phiếu", "Fill in the sheet")
            };
            let task = there.task(href, format!("{what}: {}", member.name));
            return Ok(Some(Task { done: Some(done), until, ..task }));
        }
        Ok(self.explanation((there, member), far))
    }

    fn explanation(&self, (there, member): (&There, &Member), far: &Far) -> Option<Task> {
        let (now, campaign) = (self.service.now(), &there.campaign);
        let explains = |stage: &&Stage| stage.round.explain(&campaign.life, member.more, now).is_ok();
        let stage = campaign.rounds().rfind(explains)?;
        let adjusted = Progress::of(&far.entered.progress().adjusted, member.id, stage.id);
        let explained = Progress::of(&far.entered.progress().explained, member.id, stage.id);
        let what =
            self.lang.pick("Giải trình các điểm bị điều chỉnh", "Explain the points that were adjusted");
        let href = format!("/sheets/{}/adjusted", member.id);
        let task = there.task(href, format!("{what}: {}", member.name));
        let until = stage.round.explain_until.map(|until| member.more.map_or(until, |more| more.max(until)));
        (adjusted > 0).then_some(Task { done: Some((explained, adjusted)), until, ..task })
    }

    fn until(&self, there: &There, member: &Member) -> Option<i64> {
        match there.campaign.entering(member, self.service.now()) {
            Phase::Open(until) => Some(until),
            Phase::Before(_) | Phase::After(_) => None,
        }
    }

    /// How much of a sheet is entered, and of how much.
    fn entered(there: &There, member: &Member, far: &Far) -> Result<(i64, i64), ServiceError> {
        let stage = there.campaign.stages.first().ok_or(ServiceError::NotFound)?;
        let set = far.sets.get(&member.id).ok_or(ServiceError::NotFound)?;
        let all = counted(set, stage);
        let entered = far.entered.count(set, stage, member.id);
        Ok((entered, i64::try_from(all).unwrap_or(i64::MAX)))
    }

    /// Parts of the sheets of other units.
    pub(super) async fn parts(&self) -> Result<Vec<Task>, ServiceError> {
        let store = &self.service.store;
        let paths: Vec<UnitPath> = self.places(Act::FillParts).into_iter().map(|(_, path)| path).collect();
        let parts = store.parts_of(&paths).await?;
        let ids: Vec<i64> = parts.iter().map(|part| part.member).collect();
        let members = store.members_of(&self.ids(|_| true), &ids).await?;
        let task = |part: &Delegation| {
            let member = members.iter().find(|member| member.id == part.member)?;
            self.part(member, part)
        };
        Ok(parts.iter().filter_map(task).collect())
    }

    fn part(&self, member: &Member, part: &Delegation) -> Option<Task> {
        let there = self.campaign(member.campaign)?;
        there.viewer.permit(Act::FillParts, &Subject::Unit(part.path.clone())).ok()?;
        there.campaign.unlocked(member, self.service.now()).ok()?;
        let what = self.lang.pick("Nhập phần được giao", "Fill in the delegated part");
        let what = format!("{what} {}: {}", part.criterion, member.name);
        let until = self.until(there, member);
        Some(Task { until, ..there.task(format!("/sheets/{}", member.id), what) })
    }
}
