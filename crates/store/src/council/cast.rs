//! A member of the council votes, on every point but those about his own unit.

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{Choice, VoteRefusal};
use parindex_domain::right::{Act, OwnUnit, Subject};
use parindex_entity::{motion, vote};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::open;
use crate::campaign::member_at;
use crate::own::Judge;
use crate::{Change, Note, Permit, Refusal, Work};

/// Votes; whoever votes again changes his vote.
pub struct Cast {
    pub motion: i64,
    pub choice: Choice,
}

impl Change for Cast {
    /// The campaign.
    type Done = Result<i64, OwnUnit>;

    async fn apply(self, work: &Work) -> Result<(Self::Done, Note), Refusal> {
        let permit = work.permit(Act::Vote, &Subject::Everything)?;
        let person = work.actor.person.ok_or(Refusal::NotFound)?;
        let (motion, _) = open(work, self.motion).await?;
        if motion.until_at.is_some_and(|until| work.now >= until) {
            return Err(VoteRefusal::Over.into());
        }
        let judge = Judge::of(work, &[motion.member]).await?;
        if judge.bars(motion.member) {
            return refused(work, (&judge, &motion), permit).await;
        }
        let there = vote::Entity::find()
            .filter(vote::Column::Motion.eq(self.motion))
            .filter(vote::Column::Person.eq(person))
            .one(&work.tx)
            .await?;
        let was = there.as_ref().map(|row| row.choice.clone());
        if was.as_deref() == Some(self.choice.word()) {
            return Ok((Ok(motion.campaign), Note::unchanged(permit)));
        }
        self.write(work, person, there).await?;
        let detail = json!({ "criterion": motion.criterion, "from": was, "to": self.choice.word() });
        let note = Note::new(permit, AuditAct::CouncilVote, format!("motion {}", self.motion), detail);
        Ok((Ok(motion.campaign), note))
    }
}

/// The attempt stands in the log, with those who vote.
async fn refused(
    work: &Work,
    (judge, motion): (&Judge, &motion::Model),
    permit: Permit,
) -> Result<(Result<i64, OwnUnit>, Note), Refusal> {
    let (member, _) = member_at(&work.tx, motion.member).await?.ok_or(Refusal::NotFound)?;
    let own = judge.refusal(work, Act::Vote, &member).await?;
    let detail = json!({ "unit": member.code, "criterion": motion.criterion, "able": own.able });
    Ok((Err(own), Note::new(permit, AuditAct::CouncilOwnUnit, format!("motion {}", motion.id), detail)))
}

impl Cast {
    async fn write(&self, work: &Work, person: i64, there: Option<vote::Model>) -> Result<(), Refusal> {
        let mut row = vote::ActiveModel {
            motion: Set(self.motion),
            person: Set(person),
            name: Set(work.actor.who.clone()),
            choice: Set(self.choice.word().to_owned()),
            at: Set(work.now),
            ..Default::default()
        };
        if let Some(there) = there {
            row.id = Set(there.id);
            row.update(&work.tx).await?;
        } else {
            row.insert(&work.tx).await?;
        }
        Ok(())
    }
}
