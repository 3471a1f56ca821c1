//! What the council decides: points on which appraisers and units do not agree, voted on in session or in writing. Nobody votes about
//! his own unit, which is minuted.

mod cast;
mod conclude;
mod table;

use std::collections::HashMap;

use parindex_domain::moment::Moment;
use parindex_domain::procedure::{Base, Campaign, Choice, Count, VoteRefusal};
use parindex_domain::right::{Candidate, Owners, Role};
use parindex_entity::{motion, vote};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::campaign::read_campaign;
use crate::own::{holders, owners};
use crate::{Refusal, Store, StoreError, Work};

pub use cast::Cast;
pub use conclude::Conclude;
pub use table::TableMotion;

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
    /// The members who could not vote because it is about their own unit, as it was minuted when it was closed.
    pub barred: Vec<String>,
}

/// The council of a campaign, and what is on its agenda.
#[derive(Clone, Debug)]
pub struct Council {
    /// All points, the first one first.
    pub motions: Vec<Motion>,
    /// Who sits in it now.
    pub members: Vec<Candidate>,
    /// Of whom more than half decide.
    pub base: Base,
    /// Whose the sheets are that its points are about.
    pub owners: HashMap<i64, Owners>,
}

impl Council {
    /// The members who cannot vote on a point, because it is about their own unit: as it was minuted, until then as it is now.
    #[must_use]
    pub fn barred(&self, motion: &Motion) -> Vec<String> {
        match &motion.closed {
            Some(_) => motion.barred.clone(),
            None => names(&barred(&self.members, self.owners.get(&motion.member))),
        }
    }

    /// What was counted when a point was closed; until then, the votes of those who sit in the council now and may vote on it.
    #[must_use]
    pub fn count(&self, motion: &Motion) -> Count {
        if let Some(counted) = motion.counted {
            return counted;
        }
        let votes = motion.votes.iter().map(|(person, _, choice)| (*person, *choice));
        counted_now((&self.members, self.base), self.owners.get(&motion.member), votes).0
    }
}

/// The members whose own sheet it is.
fn barred<'m>(members: &'m [Candidate], owners: Option<&Owners>) -> Vec<&'m Candidate> {
    let own = |member: &&Candidate| owners.is_some_and(|owners| owners.bar(&member.ties));
    members.iter().filter(own).collect()
}

fn names(people: &[&Candidate]) -> Vec<String> {
    people.iter().map(|person| person.name.clone()).collect()
}

/// The votes of those who sit in the council and may vote on it, and the names of those who may not.
fn counted_now(
    (members, base): (&[Candidate], Base),
    owners: Option<&Owners>,
    votes: impl Iterator<Item = (i64, Choice)>,
) -> (Count, Vec<String>) {
    let barred = barred(members, owners);
    let may = |person: i64| {
        members.iter().any(|member| member.person == person)
            && !barred.iter().any(|member| member.person == person)
    };
    let votes = votes.filter(|(person, _)| may(*person)).map(|(_, choice)| choice);
    (Count::of(base.seats(members.len(), barred.len()), votes), names(&barred))
}

/// Members of the council.
const COUNCIL: [Role; 3] = [Role::Chair, Role::ViceChair, Role::Member];

impl Store {
    /// The council of a campaign with all its points.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn council(&self, campaign: i64, base: Base) -> Result<Council, StoreError> {
        let rows = motion::Entity::find()
            .filter(motion::Column::Campaign.eq(campaign))
            .order_by_asc(motion::Column::Id)
            .all(&self.db)
            .await?;
        let about: Vec<i64> = rows.iter().map(|row| row.member).collect();
        Ok(Council {
            motions: self.with_votes(rows).await?,
            members: holders(&self.db, campaign, &COUNCIL).await?,
            base,
            owners: owners(&self.db, &about).await?,
        })
    }

    async fn with_votes(&self, rows: Vec<motion::Model>) -> Result<Vec<Motion>, StoreError> {
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
        Ok(motions.collect())
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

/// How the council stands to a point now.
struct Sitting {
    /// The votes of those who may vote on it.
    count: Count,
    /// How many may vote.
    voters: usize,
    /// The names of those who may not.
    barred: Vec<String>,
}

async fn sitting(work: &Work, campaign: &Campaign, motion: &motion::Model) -> Result<Sitting, Refusal> {
    let votes = vote::Entity::find().filter(vote::Column::Motion.eq(motion.id)).all(&work.tx).await?;
    let votes = votes.iter().filter_map(|row| Some((row.person, Choice::of(&row.choice)?)));
    let members = holders(&work.tx, motion.campaign, &COUNCIL).await?;
    let owners = owners(&work.tx, &[motion.member]).await?;
    let (count, barred) = counted_now((&members, campaign.base), owners.get(&motion.member), votes);
    Ok(Sitting { count, voters: members.len().saturating_sub(barred.len()), barred })
}

/// Names of people in one cell.
const BETWEEN: &str = "; ";

/// Closes a point for good, whoever sits in the council later.
async fn close(
    work: &Work,
    motion: motion::Model,
    (adopted, sitting): (bool, &Sitting),
) -> Result<(), Refusal> {
    let whole = |number: usize| Some(i64::try_from(number).unwrap_or(i64::MAX));
    let mut row: motion::ActiveModel = motion.into();
    row.closed_at = Set(Some(work.now));
    row.closed_by = Set(Some(work.actor.who.clone()));
    row.adopted = Set(Some(adopted));
    row.seats = Set(whole(sitting.count.members));
    row.yes = Set(whole(sitting.count.yes));
    row.no = Set(whole(sitting.count.no));
    row.abstained = Set(whole(sitting.count.abstained));
    row.barred = Set(sitting.barred.join(BETWEEN));
    row.update(&work.tx).await?;
    Ok(())
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
        barred: row.barred.split(BETWEEN).filter(|name| !name.is_empty()).map(str::to_owned).collect(),
    }
}

const WRITING: &str = "writing";
const SESSION: &str = "session";

async fn running(work: &Work, campaign: i64) -> Result<Campaign, Refusal> {
    let campaign = read_campaign(&work.tx, campaign).await?.ok_or(Refusal::NotFound)?;
    campaign.running()?;
    Ok(campaign)
}

/// A point that is not closed, and where its campaign stands.
async fn open(work: &Work, id: i64) -> Result<(motion::Model, Campaign), Refusal> {
    let row = motion::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
    let campaign = running(work, row.campaign).await?;
    if row.closed_at.is_some() { Err(VoteRefusal::Closed.into()) } else { Ok((row, campaign)) }
}
