//! A point comes onto the agenda: by the standing body; for its own unit by the chair, or whom the chair has named.

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::Moment;
use parindex_domain::right::{Act, OwnUnit};
use parindex_entity::motion;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::{SESSION, WRITING, close, sitting};
use crate::own::Judge;
use crate::sheet::open_sheet;
use crate::{Change, InUse, Note, Refusal, Work};
use parindex_domain::procedure::Campaign;

/// Puts a point on the agenda.
#[derive(Clone, Debug)]
pub struct TableMotion {
    /// Whose sheet.
    pub member: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The points that are proposed.
    pub points: String,
    pub proposal: String,
    /// Whether it is voted on in writing.
    pub in_writing: bool,
    /// Until when votes are taken.
    pub until: Option<Moment>,
}

impl Change for TableMotion {
    type Done = Result<i64, OwnUnit>;

    async fn apply(self, work: &Work) -> Result<(Self::Done, Note), Refusal> {
        let (member, _, campaign) = open_sheet(work, self.member).await?;
        let judge = Judge::of(work, &[self.member]).await?;
        let permit = judge.permit(work, Act::RunCouncil, self.member)?;
        campaign.running()?;
        if judge.bars(self.member) {
            let own = judge.refusal(work, Act::RunCouncil, &member).await?;
            let detail = json!({ "unit": member.code, "criterion": self.criterion, "able": own.able });
            let note = Note::new(permit, AuditAct::CouncilOwnUnit, format!("member {}", self.member), detail);
            return Ok((Err(own), note));
        }
        self.stands_alone(work, &campaign).await?;
        let id = self.row(work, campaign.id).insert(&work.tx).await?.id;
        let detail = json!({
            "unit": member.code, "member": self.member, "criterion": self.criterion, "points": self.points,
            "proposal": self.proposal, "manner": self.manner(), "until": self.until,
        });
        Ok((Ok(id), Note::new(permit, AuditAct::CouncilTable, format!("motion {id}"), detail)))
    }
}

impl TableMotion {
    fn manner(&self) -> &'static str {
        if self.in_writing { WRITING } else { SESSION }
    }

    fn row(&self, work: &Work, campaign: i64) -> motion::ActiveModel {
        motion::ActiveModel {
            campaign: Set(campaign),
            member: Set(self.member),
            criterion: Set(self.criterion.clone()),
            points: Set(self.points.clone()),
            proposal: Set(self.proposal.clone()),
            manner: Set(self.manner().to_owned()),
            until_at: Set(self.until),
            opened_at: Set(work.now),
            opened_by: Set(work.actor.who.clone()),
            closed_at: Set(None),
            closed_by: Set(None),
            adopted: Set(None),
            seats: Set(None),
            yes: Set(None),
            no: Set(None),
            abstained: Set(None),
            barred: Set(String::new()),
            ..Default::default()
        }
    }

    /// One point of a sheet is decided once at a time.
    async fn stands_alone(&self, work: &Work, campaign: &Campaign) -> Result<(), Refusal> {
        let open = motion::Entity::find()
            .filter(motion::Column::Member.eq(self.member))
            .filter(motion::Column::Criterion.eq(&self.criterion))
            .filter(motion::Column::ClosedAt.is_null());
        let Some(row) = open.one(&work.tx).await? else { return Ok(()) };
        if !self.in_writing || row.manner != SESSION {
            return Err(Refusal::Taken(InUse::Motion(self.criterion.clone())));
        }
        // A meeting without a quorum ends nothing: the point goes on in writing.
        let sitting = sitting(work, campaign, &row).await?;
        close(work, row, (false, &sitting)).await
    }
}
