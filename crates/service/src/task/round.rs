//! Rounds of appraisal that are open.

use std::collections::HashSet;

use parindex_domain::procedure::{Phase, Stage, Window};
use parindex_domain::right::{Act, Reach, Remit, allowing};

use super::{Look, Task, There};
use crate::ServiceError;

impl There {
    /// The round that is open, and the one before it.
    pub(super) fn open_round(&self, now: i64) -> Option<(&Stage, Option<&Stage>)> {
        let open = |stage: &&Stage| {
            stage.round.released.is_none() && matches!(stage.phase(None, now), Phase::Open(_))
        };
        let stage = self.campaign.rounds().find(open)?;
        Some((stage, self.campaign.rounds().rfind(|round| round.place < stage.place)))
    }

    /// What the viewer was given to appraise.
    fn remits(&self) -> Vec<Remit> {
        let held = self.viewer.complete().map(parindex_store::session::Session::appointments);
        let held = held.unwrap_or_default();
        let below = allowing(&held, Act::Appraise).filter(|(_, reach)| *reach == Reach::Below);
        below.map(|(each, _)| each.remit.clone()).collect()
    }
}

impl Look<'_> {
    pub(super) async fn rounds(&self) -> Result<Vec<Task>, ServiceError> {
        let now = self.service.now();
        let touched = self.touched().await?;
        let open = self.there.iter().filter(|each| touched.contains(&each.id()));
        let open: Vec<_> = open.filter_map(|each| Some((each, each.open_round(now)?))).collect();
        let campaigns: Vec<i64> = open.iter().map(|(each, _)| each.id()).collect();
        let decided: Vec<i64> = open.iter().map(|(_, (stage, _))| stage.id).collect();
        let explained: Vec<i64> = open.iter().filter_map(|(_, (_, before))| Some((*before)?.id)).collect();
        let far = self.service.store.rounds(&campaigns, (&decided, &explained)).await?;
        let task = |(there, (stage, before)): &(&There, (&Stage, Option<&Stage>))| {
            let decided = far.decided.get(&stage.id).copied().unwrap_or(0);
            // The first round is about everything, a later one about what units have explained.
            let all = before.map(|before| far.explained.get(&before.id).copied().unwrap_or(0));
            let href = format!("/appraisal/{}/{}", there.id(), stage.place);
            let until = stage.round.window.map(Window::closes);
            let done = all.map(|all| (decided, all.max(decided)));
            Task { done, until, ..there.task(href, stage.name.clone()) }
        };
        Ok(open.iter().map(task).collect())
    }

    /// The campaigns in which the viewer was given something: one whose blocks are all outside his remit is not his.
    async fn touched(&self) -> Result<HashSet<i64>, ServiceError> {
        let remits: Vec<(i64, Vec<Remit>)> = self
            .there
            .iter()
            .map(|each| (each.id(), each.remits()))
            .filter(|(_, all)| !all.is_empty())
            .collect();
        let whole = |remits: &[Remit]| remits.iter().any(Remit::is_everything);
        let some: Vec<i64> =
            remits.iter().filter(|(_, remits)| !whole(remits)).map(|(campaign, _)| *campaign).collect();
        let blocks = self.service.store.block_codes(&some).await?;
        let here = |campaign: i64, remits: &[Remit]| {
            let mut codes = blocks.iter().filter(|(of, _)| *of == campaign).map(|(_, code)| code);
            codes.any(|code| remits.iter().any(|remit| remit.touches(code)))
        };
        let touched = remits.iter().filter(|(campaign, remits)| whole(remits) || here(*campaign, remits));
        Ok(touched.map(|(campaign, _)| *campaign).collect())
    }
}
