//! What the council decides: points on which appraisers and units do not agree, voted on in session or in writing.

use std::collections::{HashMap, HashSet};

use parindex_domain::moment::Moment;
use parindex_domain::procedure::{Choice, Count, NoVote};
use parindex_domain::right::{Act, Role, Subject};
use parindex_entity::{appointment, motion, person, vote};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Set,
};
use serde_json::json;

use crate::campaign::course;
use crate::sheet::{Cell, Place, kind, open_sheet};
use crate::{Change, NotNow, Note, Refusal, Store, StoreError, Work};

/// A point that is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Motion {
    /// The row.
    pub id: i64,
    /// Whose sheet.
    pub member: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The points that are proposed, as files write them.
    pub points: String,
    /// Why.
    pub proposal: String,
    /// Whether it is voted on in writing.
    pub in_writing: bool,
    /// Until when votes are taken.
    pub until: Option<Moment>,
    /// Who put it on the agenda, and when.
    pub opened: (String, Moment),
    /// When it was closed, by whom, whether it was adopted.
    pub closed: Option<(String, Moment, bool)>,
    /// What was counted when it was closed.
    pub counted: Option<Count>,
    /// Who voted how: person, name, choice.
    pub votes: Vec<(i64, String, Choice)>,
}

impl Motion {
    /// What was counted when it was closed; until then, the votes of those who sit in the council now.
    #[must_use]
    pub fn count(&self, members: &HashSet<i64>) -> Count {
        if let Some(counted) = self.counted {
            return counted;
        }
        let votes = self.votes.iter().filter(|(person, _, _)| members.contains(person));
        Count::of(members.len(), votes.map(|(_, _, choice)| *choice))
    }
}

/// Puts a point on the agenda.
#[derive(Clone, Debug)]
pub struct Table {
    /// Whose sheet.
    pub member: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The points that are proposed.
    pub points: String,
    /// Why.
    pub proposal: String,
    /// Whether it is voted on in writing.
    pub in_writing: bool,
    /// Until when votes are taken.
    pub until: Option<Moment>,
}

/// Votes; whoever votes again changes his vote.
pub struct Cast {
    /// On what.
    pub motion: i64,
    /// How.
    pub choice: Choice,
}

/// Closes a point: adopted by more than half of the members, its points are the result.
pub struct Conclude {
    /// Which.
    pub motion: i64,
}

/// Members of the council.
const COUNCIL: [Role; 3] = [Role::Chair, Role::ViceChair, Role::Member];

impl Store {
    /// All points of a campaign, and the people who sit in the council.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn motions(&self, campaign: i64) -> Result<(Vec<Motion>, HashSet<i64>), StoreError> {
        let rows = motion::Entity::find()
            .filter(motion::Column::Campaign.eq(campaign))
            .order_by_asc(motion::Column::Id)
            .all(&self.db)
            .await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let cast = vote::Entity::find()
            .filter(vote::Column::Motion.is_in(ids))
            .order_by_asc(vote::Column::Id)
            .all(&self.db)
            .await?;
        let mut votes: HashMap<i64, Vec<(i64, String, Choice)>> = HashMap::new();
        for row in cast {
            let choice = Choice::of(&row.choice).unwrap_or(Choice::Abstain);
            votes.entry(row.motion).or_default().push((row.person, row.name, choice));
        }
        let motions = rows.into_iter().map(|row| {
            let votes = votes.remove(&row.id).unwrap_or_default();
            shown(row, votes)
        });
        Ok((motions.collect(), members(&self.db, campaign).await?))
    }
}

fn counted(row: &motion::Model) -> Option<Count> {
    let whole = |number: Option<i64>| usize::try_from(number?).ok();
    Some(Count {
        members: whole(row.seats)?,
        yes: whole(row.yes)?,
        no: whole(row.no)?,
        abstained: whole(row.abstained)?,
    })
}

/// Closes a point for good, whoever sits in the council later.
async fn close(work: &Work, motion: motion::Model, adopted: bool) -> Result<Count, Refusal> {
    let count = now(work, &motion).await?;
    let whole = |number: usize| Some(i64::try_from(number).unwrap_or(i64::MAX));
    let mut row: motion::ActiveModel = motion.into();
    row.closed_at = Set(Some(work.now));
    row.closed_by = Set(Some(work.actor.who.clone()));
    row.adopted = Set(Some(adopted));
    row.seats = Set(whole(count.members));
    row.yes = Set(whole(count.yes));
    row.no = Set(whole(count.no));
    row.abstained = Set(whole(count.abstained));
    row.update(&work.tx).await?;
    Ok(count)
}

/// The votes of those who sit in the council now.
async fn now(work: &Work, motion: &motion::Model) -> Result<Count, Refusal> {
    let votes = vote::Entity::find().filter(vote::Column::Motion.eq(motion.id)).all(&work.tx).await?;
    let members = members(&work.tx, motion.campaign).await?;
    let present = votes.iter().filter(|row| members.contains(&row.person));
    Ok(Count::of(members.len(), present.filter_map(|row| Choice::of(&row.choice))))
}

fn shown(row: motion::Model, votes: Vec<(i64, String, Choice)>) -> Motion {
    let counted = counted(&row);
    let closed = row.closed_by.zip(row.closed_at).map(|(by, at)| (by, at, row.adopted == Some(true)));
    Motion {
        id: row.id,
        member: row.member,
        criterion: row.criterion,
        points: row.points,
        proposal: row.proposal,
        in_writing: row.manner == WRITING,
        until: row.until_at,
        opened: (row.opened_by, row.opened_at),
        closed,
        counted,
        votes,
    }
}

const WRITING: &str = "writing";
const SESSION: &str = "session";

/// The people with open accounts who sit in the council now; somebody with two seats counts once.
async fn members(db: &impl ConnectionTrait, campaign: i64) -> Result<HashSet<i64>, StoreError> {
    let open = person::Entity::find().select_only().column(person::Column::Id);
    let people = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::Person)
        .filter(appointment::Column::Role.is_in(COUNCIL.map(Role::word)))
        .filter(crate::person::counts_in(campaign))
        .filter(appointment::Column::EndedAt.is_null())
        .filter(
            appointment::Column::Person
                .in_subquery(open.filter(person::Column::ClosedAt.is_null()).into_query()),
        )
        .into_tuple::<i64>();
    Ok(people.all(db).await?.into_iter().collect())
}

async fn running(work: &Work, campaign: i64) -> Result<(), Refusal> {
    course(&work.tx, campaign).await?.ok_or(Refusal::Gone)?.running().map_err(Refusal::Locked)
}

impl Change for Table {
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let (member, _, course) = open_sheet(work, self.member).await?;
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        course.running().map_err(Refusal::Locked)?;
        self.stands_alone(work).await?;
        let manner = if self.in_writing { WRITING } else { SESSION };
        let row = motion::ActiveModel {
            campaign: Set(course.campaign.id),
            member: Set(self.member),
            criterion: Set(self.criterion.clone()),
            points: Set(self.points.clone()),
            proposal: Set(self.proposal.clone()),
            manner: Set(manner.to_owned()),
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
            ..Default::default()
        };
        let id = row.insert(&work.tx).await?.id;
        let detail = json!({
            "unit": member.code, "member": self.member, "criterion": self.criterion, "points": self.points,
            "proposal": self.proposal, "manner": manner, "until": self.until,
        });
        Ok((id, Note::new(permit, "council.table", format!("motion {id}"), detail)))
    }
}

impl Table {
    /// One point of a sheet is decided once at a time.
    async fn stands_alone(&self, work: &Work) -> Result<(), Refusal> {
        let open = motion::Entity::find()
            .filter(motion::Column::Member.eq(self.member))
            .filter(motion::Column::Criterion.eq(&self.criterion))
            .filter(motion::Column::ClosedAt.is_null());
        let Some(row) = open.one(&work.tx).await? else { return Ok(()) };
        if !self.in_writing || row.manner != SESSION {
            return Err(Refusal::Taken(self.criterion.clone()));
        }
        // A meeting without a quorum ends nothing: the point goes on in writing.
        close(work, row, false).await?;
        Ok(())
    }
}

async fn open(work: &Work, id: i64) -> Result<motion::Model, Refusal> {
    let row = motion::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::Gone)?;
    running(work, row.campaign).await?;
    if row.closed_at.is_some() { Err(Refusal::NotNow(NotNow::Vote(NoVote::Closed))) } else { Ok(row) }
}

impl Change for Cast {
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let permit = work.permit(Act::Vote, &Subject::Everything)?;
        let person = work.actor.person.ok_or(Refusal::Gone)?;
        let motion = open(work, self.motion).await?;
        if motion.until_at.is_some_and(|until| work.now >= until) {
            return Err(Refusal::NotNow(NotNow::Vote(NoVote::Over)));
        }
        let there = vote::Entity::find()
            .filter(vote::Column::Motion.eq(self.motion))
            .filter(vote::Column::Person.eq(person))
            .one(&work.tx)
            .await?;
        let was = there.as_ref().map(|row| row.choice.clone());
        if was.as_deref() == Some(self.choice.word()) {
            return Ok((motion.campaign, Note::unchanged(permit)));
        }
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
        let detail = json!({ "criterion": motion.criterion, "from": was, "to": self.choice.word() });
        let note = Note::new(permit, "council.vote", format!("motion {}", self.motion), detail);
        Ok((motion.campaign, note))
    }
}

impl Change for Conclude {
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let motion = open(work, self.motion).await?;
        let count = now(work, &motion).await?;
        if motion.until_at.is_some_and(|until| work.now < until) && count.voted() < count.members {
            return Err(Refusal::NotNow(NotNow::Vote(NoVote::Open)));
        }
        if motion.until_at.is_none() && !count.is_quorate() {
            return Err(Refusal::NotNow(NotNow::Vote(NoVote::TooFew(count))));
        }
        let adopted = count.adopted();
        let cells = if adopted { result(work, &motion).await? } else { Vec::new() };
        let detail = json!({
            "criterion": motion.criterion, "points": motion.points, "adopted": adopted, "cells": cells,
            "members": count.members, "for": count.yes, "against": count.no, "abstained": count.abstained,
        });
        let campaign = motion.campaign;
        close(work, motion, adopted).await?;
        Ok((campaign, Note::new(permit, "council.conclude", format!("motion {}", self.motion), detail)))
    }
}

/// What the council adopted stands at the last stage.
async fn result(work: &Work, motion: &motion::Model) -> Result<Vec<serde_json::Value>, Refusal> {
    let course = course(&work.tx, motion.campaign).await?.ok_or(Refusal::Gone)?;
    let stage = course.stages.last().ok_or(Refusal::Gone)?.id;
    let place =
        Place { campaign: motion.campaign, member: motion.member, stage, criterion: &motion.criterion };
    let rows = place.cells(work).await?;
    let seen = rows.iter().find(|row| row.input.is_empty()).map_or(0, |row| row.revision);
    let cell = Cell { input: String::new(), kind: kind::POINTS, text: motion.points.clone(), seen };
    place.write(work, &[cell], &motion.proposal).await
}
