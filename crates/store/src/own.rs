//! Whose sheets are, what ties people to units, and who can act instead: read in one way for pages and for changes.

use std::collections::{HashMap, HashSet};

use parindex_domain::right::{
    Act, Appointment, Candidate, OwnUnit, Owners, Role, Subject, UnitPath, UnitTies, Within, granted,
    stands_in,
};
use parindex_entity::{appointment, delegation, member, person, succession, unit};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::campaign::word;
use crate::person::{counts_in, held_by};
use crate::{Permit, Refusal, Store, StoreError, Work};
use parindex_domain::procedure::Member;

impl Store {
    /// Whose the sheets of members are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn owners(&self, members: &[i64]) -> Result<HashMap<i64, Owners>, StoreError> {
        owners(&self.db, members).await
    }

    /// What ties somebody to units.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn ties(&self, person: i64) -> Result<UnitTies, StoreError> {
        ties(&self.db, person).await
    }

    /// The people with open accounts who may do something in a campaign, somewhere at least.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn candidates(&self, campaign: i64, act: Act) -> Result<Vec<Candidate>, StoreError> {
        let roles: Vec<Role> = granted(act).map(|(role, _)| role).collect();
        holders(&self.db, campaign, &roles).await
    }
}

/// A member: its row, its campaign, its standing, and the row and path of its unit where it is in the list.
type Row = (i64, i64, String, Option<i64>, Option<String>);

/// Whose the sheets of members are, of whatever campaigns: as many questions for many as for one.
pub(crate) async fn owners(
    db: &impl ConnectionTrait,
    members: &[i64],
) -> Result<HashMap<i64, Owners>, StoreError> {
    if members.is_empty() {
        return Ok(HashMap::new());
    }
    let at = member::Entity::belongs_to(unit::Entity).from(member::Column::Unit).to(unit::Column::Id);
    let rows: Vec<Row> = member::Entity::find()
        .select_only()
        .columns([member::Column::Id, member::Column::Campaign])
        .columns([member::Column::Standing])
        .columns([unit::Column::Id, unit::Column::Path])
        .join(JoinType::LeftJoin, at.into())
        .filter(member::Column::Id.is_in(members.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let units: Vec<i64> = rows.iter().filter_map(|row| row.3).collect();
    let became = became(db, units).await?;
    let campaigns: HashSet<i64> = rows.iter().map(|row| row.1).collect();
    let (alone, run_from) = (alone(db, &campaigns).await?, run_from(db).await?);
    let mut parts = parts(db, members).await?;
    let one = |(id, campaign, standing, unit, path): Row| {
        let later = unit.and_then(|unit| became.get(&unit)).into_iter().flatten().cloned();
        let runs = |(of, _): &&(Option<i64>, UnitPath)| of.is_none_or(|of| of == campaign);
        let owners = Owners {
            units: path.map(UnitPath).into_iter().chain(later).collect(),
            parts: parts.remove(&id).unwrap_or_default(),
            run_from: run_from.iter().filter(runs).map(|(_, path)| path.clone()).collect(),
            alone: alone.contains(&campaign) && standing != word::EXEMPT,
        };
        (id, owners)
    };
    Ok(rows.into_iter().map(one).collect())
}

/// More often than this no unit was merged or renamed.
const MAX_GENERATIONS: usize = 20;

/// What units became, whole or in part, and what that became, by the unit.
async fn became(
    db: &impl ConnectionTrait,
    units: Vec<i64>,
) -> Result<HashMap<i64, Vec<UnitPath>>, StoreError> {
    let (mut next, mut last): (HashMap<i64, Vec<i64>>, Vec<i64>) = (HashMap::new(), units.clone());
    for _generation in 0..MAX_GENERATIONS {
        let rows = succession::Entity::find().filter(succession::Column::Old.is_in(last));
        last = Vec::new();
        for row in rows.all(db).await? {
            last.push(row.new);
            next.entry(row.old).or_default().push(row.new);
        }
        last.retain(|unit| !next.contains_key(unit));
        if last.is_empty() {
            break;
        }
    }
    if next.is_empty() {
        return Ok(HashMap::new());
    }
    let later: HashSet<i64> = next.values().flatten().copied().collect();
    let rows: Vec<(i64, String)> = unit::Entity::find()
        .select_only()
        .columns([unit::Column::Id, unit::Column::Path])
        .filter(unit::Column::Id.is_in(later))
        .into_tuple()
        .all(db)
        .await?;
    let paths: HashMap<i64, UnitPath> = rows.into_iter().map(|(id, path)| (id, UnitPath(path))).collect();
    let of = |unit: i64| {
        let later = all_after(unit, &next).into_iter().filter_map(|unit| paths.get(&unit).cloned());
        (unit, later.collect())
    };
    Ok(units.into_iter().map(of).collect())
}

/// All that comes after a unit, each once.
fn all_after(unit: i64, next: &HashMap<i64, Vec<i64>>) -> HashSet<i64> {
    let (mut found, mut open) = (HashSet::new(), vec![unit]);
    while let Some(unit) = open.pop() {
        let new = next.get(&unit).into_iter().flatten().copied();
        open.extend(new.filter(|unit| found.insert(*unit)));
    }
    found
}

/// The campaigns that are about one unit. Units that were exempted count too: whoever runs a campaign can exempt them.
async fn alone(db: &impl ConnectionTrait, campaigns: &HashSet<i64>) -> Result<HashSet<i64>, StoreError> {
    let rows: Vec<(i64, i64)> = member::Entity::find()
        .select_only()
        .column(member::Column::Campaign)
        .column_as(member::Column::Id.count(), "count")
        .filter(member::Column::Campaign.is_in(campaigns.iter().copied()))
        .group_by(member::Column::Campaign)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter(|(_, units)| *units == 1).map(|(campaign, _)| campaign).collect())
}

/// Where those work who run campaigns, and which one; all of them when none. A role for a unit runs no campaign.
async fn run_from(db: &impl ConnectionTrait) -> Result<Vec<(Option<i64>, UnitPath)>, StoreError> {
    let who = appointment::Entity::belongs_to(person::Entity)
        .from(appointment::Column::Person)
        .to(person::Column::Id);
    let at = person::Entity::belongs_to(unit::Entity).from(person::Column::Unit).to(unit::Column::Id);
    let rows: Vec<(Option<i64>, String)> = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::Campaign)
        .column(unit::Column::Path)
        .join(JoinType::InnerJoin, who.into())
        .join(JoinType::InnerJoin, at.into())
        .filter(appointment::Column::Role.eq(Role::StandingBody.word()))
        .filter(appointment::Column::Unit.is_null())
        .filter(appointment::Column::EndedAt.is_null())
        .filter(person::Column::ClosedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(campaign, path)| (campaign, UnitPath(path))).collect())
}

/// The units of those who run campaigns, and those that became them: a sheet stays with the unit that its campaign began with.
pub(crate) async fn standing_units(db: &impl ConnectionTrait) -> Result<Vec<i64>, StoreError> {
    let mut units: Vec<i64> = run_from(db).await?.iter().filter_map(|(_, path)| path.unit()).collect();
    let mut last = units.clone();
    for _generation in 0..MAX_GENERATIONS {
        let former = succession::Entity::find()
            .select_only()
            .column(succession::Column::Old)
            .distinct()
            .filter(succession::Column::New.is_in(last))
            .into_tuple::<i64>();
        last = former.all(db).await?.into_iter().filter(|unit| !units.contains(unit)).collect();
        if last.is_empty() {
            break;
        }
        units.extend(&last);
    }
    Ok(units)
}

/// The units that fill in parts of sheets, by the member.
async fn parts(
    db: &impl ConnectionTrait,
    members: &[i64],
) -> Result<HashMap<i64, Vec<UnitPath>>, StoreError> {
    let by = delegation::Entity::belongs_to(unit::Entity).from(delegation::Column::Unit).to(unit::Column::Id);
    let rows: Vec<(i64, String)> = delegation::Entity::find()
        .select_only()
        .column(delegation::Column::Member)
        .column(unit::Column::Path)
        .join(JoinType::InnerJoin, by.into())
        .filter(delegation::Column::Member.is_in(members.iter().copied()))
        .filter(delegation::Column::EndedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let mut parts: HashMap<i64, Vec<UnitPath>> = HashMap::new();
    for (member, path) in rows {
        parts.entry(member).or_default().push(UnitPath(path));
    }
    Ok(parts)
}

/// What ties somebody to units.
pub(crate) async fn ties(db: &impl ConnectionTrait, person: i64) -> Result<UnitTies, StoreError> {
    Ok(people(db, &[person]).await?.pop().map(|known| known.ties).unwrap_or_default())
}

/// The people with open accounts who hold one of these roles in a campaign; somebody with two of them counts once.
pub(crate) async fn holders(
    db: &impl ConnectionTrait,
    campaign: i64,
    roles: &[Role],
) -> Result<Vec<Candidate>, StoreError> {
    let who = appointment::Entity::belongs_to(person::Entity)
        .from(appointment::Column::Person)
        .to(person::Column::Id);
    let ids: Vec<i64> = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::Person)
        .distinct()
        .join(JoinType::InnerJoin, who.into())
        .filter(appointment::Column::Role.is_in(roles.iter().map(|role| role.word())))
        .filter(appointment::Column::EndedAt.is_null())
        .filter(person::Column::ClosedAt.is_null())
        .filter(counts_in(campaign))
        .into_tuple()
        .all(db)
        .await?;
    let mut holders = people(db, &ids).await?;
    for each in &mut holders {
        each.held.retain(|held| held.counts(Within::Campaign(campaign)));
    }
    Ok(holders)
}

/// People with all their roles and ties.
async fn people(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Candidate>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let at = person::Entity::belongs_to(unit::Entity).from(person::Column::Unit).to(unit::Column::Id);
    let rows: Vec<(i64, String, Option<String>)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .column(unit::Column::Path)
        .join(JoinType::LeftJoin, at.into())
        .filter(person::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(person::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut held: HashMap<i64, Vec<Appointment>> = HashMap::new();
    for each in held_by(db, ids).await? {
        held.entry(each.person).or_default().push(each.appointment);
    }
    let one = |(person, name, path): (i64, String, Option<String>)| {
        let held = held.remove(&person).unwrap_or_default();
        Candidate { person, name, ties: UnitTies::new(path.map(UnitPath), &held), held }
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Who acts on sheets, and whose they are: the one place where a change asks whether it is about one’s own unit.
pub(crate) struct Judge {
    owners: HashMap<i64, Owners>,
    ties: UnitTies,
}

impl Judge {
    /// Of the actor, over some sheets.
    pub async fn of(work: &Work, members: &[i64]) -> Result<Self, StoreError> {
        let ties = match work.actor.person {
            Some(person) => ties(&work.tx, person).await?,
            // Nobody works at the console.
            None => UnitTies::default(),
        };
        Ok(Self { owners: owners(&work.tx, members).await?, ties })
    }

    /// The right to an act over a sheet; over the one of the standing body the chair and his substitute have it too.
    pub fn permit(&self, work: &Work, act: Act, member: i64) -> Result<Permit, Refusal> {
        let subject = self.owners.get(&member).map_or(Subject::Everything, Owners::subject);
        work.permit(act, &subject)
    }

    /// Whether the actor acts here in the place of the standing body.
    pub fn stands_in(&self, work: &Work, act: Act, member: i64) -> bool {
        let owners = self.owners.get(&member);
        owners.is_some_and(Owners::are_the_standing_body) && stands_in(&work.actor.held, act)
    }

    /// Whether the actor decides nothing about a sheet, because it is his own.
    pub fn bars(&self, member: i64) -> bool {
        self.owners.get(&member).is_some_and(|owners| owners.bar(&self.ties))
    }

    /// Why an act over one’s own sheet is refused, and who can.
    pub async fn refusal(&self, work: &Work, act: Act, member: &Member) -> Result<OwnUnit, StoreError> {
        let roles: Vec<Role> = granted(act).map(|(role, _)| role).collect();
        let candidates = holders(&work.tx, member.campaign, &roles).await?;
        let owners = self.owners.get(&member.id).cloned().unwrap_or_default();
        Ok(OwnUnit::new(act, &member.name, (&owners, &candidates)))
    }
}
