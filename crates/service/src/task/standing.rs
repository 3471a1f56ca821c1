//! The standing body’s own unit, about which the chair decides, or whom the chair has named.

use std::collections::HashMap;

use parindex_domain::procedure::{Block, Member, Window};
use parindex_domain::right::Act;
use parindex_store::campaign::Progress;

use super::{Look, Task, There};
use crate::ServiceError;
use crate::campaign::counted::counted;
use crate::campaign::load::compiled;

impl Look<'_> {
    pub(super) async fn standing_bodies(&self) -> Result<Vec<Task>, ServiceError> {
        let store = &self.service.store;
        let members = store.standing_bodies(&self.ids(|each| each.viewer.stands_in(Act::Appraise))).await?;
        let ids: Vec<i64> = members.iter().map(|member| member.id).collect();
        let blocks: Vec<i64> = members.iter().map(|member| member.block).collect();
        let blocks = store.blocks(&blocks).await?;
        let (progress, untabled) = (store.progress(&ids).await?, store.untabled(&ids).await?);
        let mut tasks = Vec::new();
        for member in &members {
            let Some(there) = self.campaign(member.campaign) else { continue };
            tasks.extend(self.appraise((there, member), (&progress, &blocks)).await?);
            let left = untabled.get(&member.id).copied().unwrap_or(0);
            let what = self.lang.pick(
                format!("Đưa {left} nội dung về {} ra Hội đồng", member.name),
                format!("Put {left} points about {} on the agenda of the council", member.name),
            );
            let task = there.task(format!("/campaigns/{}/council", there.id()), what);
            tasks.extend((left > 0).then_some(task));
        }
        Ok(tasks)
    }

    /// What is left to be decided about its sheet in the round that is open.
    async fn appraise(
        &self,
        (there, member): (&There, &Member),
        (progress, blocks): (&Progress, &HashMap<i64, Block>),
    ) -> Result<Option<Task>, ServiceError> {
        let now = self.service.now();
        let Some((stage, before)) = there.open_round(now) else { return Ok(None) };
        let decided = Progress::of(&progress.decided, member.id, stage.id);
        let all = if let Some(before) = before {
            Progress::of(&progress.explained, member.id, before.id)
        } else {
            let block = blocks.get(&member.block).ok_or(ServiceError::NotFound)?;
            i64::try_from(counted(&*compiled(self.service, block).await?, stage)).unwrap_or(i64::MAX)
        };
        let href = format!("/appraisal/{}/{}", there.id(), stage.place);
        let task = there.task(href, format!("{}: {}", stage.name, member.name));
        let until = stage.round.window.map(Window::closes);
        let open = decided < all && there.campaign.decidable(stage, member, now).is_ok();
        Ok(open.then_some(Task { done: Some((decided, all)), until, ..task }))
    }
}
