//! Units that are late, for whoever runs the campaign.

use parindex_domain::procedure::Phase;
use parindex_domain::right::{Act, Subject};

use super::{Look, Task, There};
use crate::ServiceError;

impl Look<'_> {
    pub(super) async fn late(&self) -> Result<Vec<Task>, ServiceError> {
        let now = self.service.now();
        let runs = |each: &There| each.viewer.permit(Act::RunCampaigns, &Subject::Everything).is_ok();
        let over = |each: &There| {
            let stage = each.campaign.stages.first();
            stage.is_some_and(|stage| matches!(stage.phase(None, now), Phase::After(_)))
        };
        let late = self.service.store.not_submitted(&self.ids(|each| runs(each) && over(each)), now).await?;
        let task = |there: &There| {
            let count = late.get(&there.id()).copied().filter(|count| *count > 0)?;
            let what = self.lang.pick(
                format!("{count} đơn vị chậm nộp phiếu"),
                format!("{count} units have not submitted in time"),
            );
            Some(there.task(format!("/campaigns/{}", there.id()), what))
        };
        Ok(self.there.iter().filter_map(task).collect())
    }
}
