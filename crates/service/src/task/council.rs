//! Points of the council on which somebody has not voted, and may.

use parindex_domain::right::Act;
use parindex_store::campaign::Unvoted;

use super::{Look, Task, There};
use crate::ServiceError;

impl Look<'_> {
    pub(super) async fn votes(&self) -> Result<Vec<Task>, ServiceError> {
        let store = &self.service.store;
        let person = self.viewer.complete().map_or(0, |session| session.person.id);
        let mut open = store.unvoted(&self.ids(|each| each.viewer.may(Act::Vote)), person).await?;
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let about: Vec<i64> = open.iter().map(|each| each.member).collect();
        let (owners, ties) = (store.owners(&about).await?, store.ties(person).await?);
        open.retain(|each| !owners.get(&each.member).is_some_and(|owners| owners.bar(&ties)));
        Ok(self.there.iter().filter_map(|there| self.vote(there, &open)).collect())
    }

    fn vote(&self, there: &There, open: &[Unvoted]) -> Option<Task> {
        let here = || open.iter().filter(|each| each.campaign == there.id());
        let (count, until) = (here().count(), here().filter_map(|each| each.until).min());
        let what = self.lang.pick(
            format!("Biểu quyết {count} nội dung của Hội đồng"),
            format!("Vote on {count} points of the council"),
        );
        let task = there.task(format!("/campaigns/{}/council", there.id()), what);
        (count > 0).then_some(Task { until, ..task })
    }
}
