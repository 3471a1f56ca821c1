//! Days off and worked days of the whole server, beside those that come with the product. They hold for every campaign that is not
//! approved; its approval writes them down with it, so that its package is scored the same wherever it goes.

use std::collections::HashSet;

use jiff::civil::Date;
use parindex_domain::procedure::{CampaignDetail, Done, Life};
use parindex_domain::refusal::CalendarRefusal;
use parindex_entity::{calendar_day, campaign, day_effect, special_day};
use parindex_package::rows::calendar::Day;
use parindex_rulebook::calendar::DayKind;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::{Refusal, Store, StoreError, Work};

mod add;
mod remove;

pub use add::AddDay;
pub use remove::RemoveDay;

/// A day of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Special {
    /// The row.
    pub id: i64,
    pub day: Date,
    /// Whether it is worked.
    pub kind: DayKind,
    /// Why: the holiday's name, or what it is swapped for.
    pub name: String,
    /// The document that says so.
    pub source: String,
    /// Who added it, when.
    pub added: Done,
    /// Who removed it, when.
    pub removed: Option<Done>,
}

/// What a change of the days did to the points of a campaign that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The row of the day.
    pub special: i64,
    pub campaign: i64,
    pub day: Date,
    /// Whether it is worked.
    pub kind: DayKind,
    /// Whether it was removed; else it was added.
    pub removed: bool,
    /// Of how many units points moved.
    pub units: i64,
    pub at: i64,
}

/// What was looked at before a change of the days. Scoring all campaigns takes its time, so that is done outside of the change; inside,
/// what it was made of has to be the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// The rows of the days that held.
    pub days: Vec<i64>,
    /// The campaigns that ran or were approved, by their rows, and whether they were approved.
    pub campaigns: Vec<(i64, bool)>,
    /// Of campaigns that run: of how many units points move.
    pub moved: Vec<(i64, usize)>,
    /// Of campaigns that are approved: those whose result is another one without the day.
    pub settled: Vec<i64>,
}

fn bad(table: &'static str, row: i64, what: &str) -> StoreError {
    StoreError::Inconsistent { table, row, what: what.to_owned() }
}

fn read(table: &'static str, row: i64, (day, kind): (&str, &str)) -> Result<(Date, DayKind), StoreError> {
    let date = day.parse().map_err(|_none| bad(table, row, &format!("no day «{day}»")))?;
    let kind = DayKind::of(kind).ok_or_else(|| bad(table, row, &format!("no kind of day «{kind}»")))?;
    Ok((date, kind))
}

impl TryFrom<special_day::Model> for Special {
    type Error = StoreError;

    fn try_from(row: special_day::Model) -> Result<Self, StoreError> {
        let (day, kind) = read("special_day", row.id, (&row.day, &row.kind))?;
        let removed = row.removed_at.zip(row.removed_by).map(|(at, by)| Done { by, at });
        let added = Done { by: row.by, at: row.at };
        Ok(Self { id: row.id, day, kind, name: row.name, source: row.source, added, removed })
    }
}

impl TryFrom<day_effect::Model> for Effect {
    type Error = StoreError;

    fn try_from(row: day_effect::Model) -> Result<Self, StoreError> {
        let (day, kind) = read("day_effect", row.id, (&row.day, &row.kind))?;
        let (special, campaign) = (row.special_day, row.campaign);
        Ok(Self { special, campaign, day, kind, removed: row.removed, units: row.units, at: row.at })
    }
}

impl From<&Special> for Day {
    fn from(of: &Special) -> Self {
        let (date, kind) = (of.day.to_string(), of.kind.word().to_owned());
        Self { date, kind, name: of.name.clone(), source: of.source.clone() }
    }
}

/// The days of a campaign: its own, and those of the server for dates on which it has none.
#[must_use]
pub fn beside_own(mut own: Vec<Day>, server: impl IntoIterator<Item = Day>) -> Vec<Day> {
    let dates: HashSet<String> = own.iter().map(|day| day.date.clone()).collect();
    own.extend(server.into_iter().filter(|day| !dates.contains(&day.date)));
    own
}

impl Store {
    /// The days of the server that hold, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn special_days(&self) -> Result<Vec<Special>, StoreError> {
        holding(&self.db).await?.into_iter().map(Special::try_from).collect()
    }

    /// The days of a year that were ever added, in order; those that were removed too.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn special_days_of(&self, year: i16) -> Result<Vec<Special>, StoreError> {
        let (first, last) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
        let rows = special_day::Entity::find().filter(special_day::Column::Day.between(first, last));
        let rows = rows.order_by_asc(special_day::Column::Day).order_by_asc(special_day::Column::Id);
        rows.all(&self.db).await?.into_iter().map(Special::try_from).collect()
    }

    /// What changes of the days of a year did to campaigns, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn effects_of(&self, year: i16) -> Result<Vec<Effect>, StoreError> {
        let (first, last) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
        let rows = day_effect::Entity::find().filter(day_effect::Column::Day.between(first, last));
        let rows = rows.order_by_asc(day_effect::Column::Id).all(&self.db).await?;
        rows.into_iter().map(Effect::try_from).collect()
    }

    /// What changes of the days did to a campaign, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn effects_on(&self, campaign: i64) -> Result<Vec<Effect>, StoreError> {
        let rows = day_effect::Entity::find().filter(day_effect::Column::Campaign.eq(campaign));
        let rows = rows.order_by_asc(day_effect::Column::Id).all(&self.db).await?;
        rows.into_iter().map(Effect::try_from).collect()
    }

    /// The days that a campaign has of its own: those of its package, and from its approval on those of the server.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn own_days(&self, campaign: i64) -> Result<Vec<Day>, StoreError> {
        own(&self.db, campaign).await
    }

    /// The days that the calendar of a campaign has beside the built-in ones.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn days(&self, of: &CampaignDetail) -> Result<Vec<Day>, StoreError> {
        let own = self.own_days(of.campaign.id).await?;
        if matches!(of.campaign.life, Life::Approved { .. }) {
            return Ok(own);
        }
        let server = self.special_days().await?;
        Ok(beside_own(own, server.iter().map(Day::from)))
    }
}

async fn own(db: &impl ConnectionTrait, campaign: i64) -> Result<Vec<Day>, StoreError> {
    let rows = calendar_day::Entity::find().filter(calendar_day::Column::Campaign.eq(campaign));
    let rows = rows.order_by_asc(calendar_day::Column::Id).all(db).await?;
    let day =
        |row: calendar_day::Model| Day { date: row.day, kind: row.kind, name: row.name, source: row.source };
    Ok(rows.into_iter().map(day).collect())
}

async fn holding(db: &impl ConnectionTrait) -> Result<Vec<special_day::Model>, StoreError> {
    let rows = special_day::Entity::find().filter(special_day::Column::RemovedAt.is_null());
    Ok(rows.order_by_asc(special_day::Column::Day).order_by_asc(special_day::Column::Id).all(db).await?)
}

/// A campaign is approved: the days of the server that it was scored by are its own from now on. How many there were.
pub(crate) async fn settle(work: &Work, campaign: i64) -> Result<usize, Refusal> {
    let own = own(&work.tx, campaign).await?;
    let had = own.len();
    let server = holding(&work.tx).await?.into_iter().map(Special::try_from);
    let server: Vec<Special> = server.collect::<Result<_, _>>()?;
    let rows = beside_own(own, server.iter().map(Day::from)).into_iter().skip(had);
    let rows: Vec<_> = rows.map(|day| row(campaign, &day)).collect();
    let count = rows.len();
    for row in rows {
        calendar_day::Entity::insert(row).exec_without_returning(&work.tx).await?;
    }
    Ok(count)
}

/// A day as the row of a campaign.
pub(crate) fn row(campaign: i64, day: &Day) -> calendar_day::ActiveModel {
    calendar_day::ActiveModel {
        campaign: Set(campaign),
        day: Set(day.date.clone()),
        kind: Set(day.kind.clone()),
        name: Set(day.name.clone()),
        source: Set(day.source.clone()),
        ..Default::default()
    }
}

impl Looked {
    /// Whether what was looked at still stands.
    async fn still_stands(&self, work: &Work, days: &[special_day::Model]) -> Result<(), Refusal> {
        let campaigns = campaign::Entity::find().order_by_asc(campaign::Column::Id).all(&work.tx).await?;
        let begun = campaigns.iter().filter(|row| row.opened_at.is_some());
        let same = begun.map(|row| (row.id, row.approved_at.is_some())).eq(self.campaigns.iter().copied());
        let days = days.iter().map(|row| row.id).eq(self.days.iter().copied());
        if same && days { Ok(()) } else { Err(Refusal::Stale) }
    }

    /// Writes down what moved, and gives what the log says of it. Every campaign that is not approved is scored anew from now on.
    async fn keep(
        &self,
        work: &Work,
        (special, removed): (&special_day::Model, bool),
    ) -> Result<serde_json::Value, Refusal> {
        let mut said = serde_json::Map::new();
        for (id, units) in &self.moved {
            let campaign = campaign::Entity::find_by_id(*id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
            let effect = day_effect::ActiveModel {
                special_day: Set(special.id),
                campaign: Set(*id),
                day: Set(special.day.clone()),
                kind: Set(special.kind.clone()),
                removed: Set(removed),
                units: Set(i64::try_from(*units).unwrap_or(i64::MAX)),
                at: Set(work.now),
                ..Default::default()
            };
            day_effect::Entity::insert(effect).exec_without_returning(&work.tx).await?;
            said.insert(campaign.code, (*units).into());
        }
        campaign::Entity::update_many()
            .col_expr(campaign::Column::Revision, Expr::col(campaign::Column::Revision).add(1))
            .filter(campaign::Column::ApprovedAt.is_null())
            .exec(&work.tx)
            .await?;
        Ok(said.into())
    }

    /// Whether a result that was approved rests on the day.
    fn rests_on_it(&self) -> Result<(), Refusal> {
        match self.settled.len() {
            0 => Ok(()),
            settled => Err(CalendarRefusal::Settled(settled).into()),
        }
    }
}
