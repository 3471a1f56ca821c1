//! Days that decide points: those of the server, once for all campaigns, and those that a campaign has of its own.

use std::collections::BTreeMap;

use parindex_domain::audit::AuditAct;
use parindex_entity::{audit, calendar_day, special_day};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use super::{Both, Look};
use crate::StoreError;
use crate::unlogged::{Difference, DifferenceKind, Unlogged, Unmarked};

const ADDED: AuditAct = AuditAct::CalendarAdd;
const REMOVED: AuditAct = AuditAct::CalendarRemove;

/// A day as the log has it.
struct Logged {
    day: String,
    /// As a difference shows it.
    said: String,
    /// The row of the log.
    row: i64,
}

/// A day as a difference shows it.
fn said([day, kind, name, source]: [&str; 4]) -> String {
    format!("{day}, {kind}, {name}, {source}")
}

/// Each day of the server that holds, against the row of the log that added it.
pub(in crate::unlogged) async fn server_days(db: &impl ConnectionTrait) -> Result<Unlogged, StoreError> {
    let mut told = told_days(db, i64::MAX).await?;
    let mut found = Unlogged::default();
    let mut differs = |day: String, stands: Option<String>, logged: Option<Logged>| {
        let (logged, row) = logged.map(|logged| (logged.said, logged.row)).unzip();
        let what = DifferenceKind::Day { day };
        found.add(Difference { campaign: String::new(), unit: String::new(), what, stands, logged, row });
    };
    let rows = special_day::Entity::find().filter(special_day::Column::RemovedAt.is_null());
    for row in rows.order_by_asc(special_day::Column::Id).all(db).await? {
        let stands = said([&row.day, &row.kind, &row.name, &row.source]);
        let logged = told.remove(&format!("special-day {}", row.id));
        if logged.as_ref().is_none_or(|logged| logged.said != stands) {
            differs(row.day, Some(stands), logged);
        }
    }
    for logged in told.into_values() {
        differs(logged.day.clone(), None, Some(logged));
    }
    Ok(found)
}

/// The days of the server that held before a row of the log, by their subject.
async fn told_days(db: &impl ConnectionTrait, before: i64) -> Result<BTreeMap<String, Logged>, StoreError> {
    let rows = audit::Entity::find()
        .filter(audit::Column::Act.is_in([ADDED, REMOVED].map(AuditAct::word)))
        .filter(audit::Column::Seq.lt(before));
    let mut told = BTreeMap::new();
    for row in rows.order_by_asc(audit::Column::Seq).all(db).await? {
        if row.act == REMOVED.word() {
            told.remove(&row.subject);
            continue;
        }
        let detail: Value = serde_json::from_str(&row.detail).unwrap_or_default();
        let text = |key: &str| detail.get(key).and_then(Value::as_str).unwrap_or_default();
        let day = text("day").to_owned();
        let said = said([&day, text("kind"), text("name"), text("source")]);
        told.insert(row.subject, Logged { day, said, row: row.seq });
    }
    Ok(told)
}

impl Look<'_> {
    /// The days that a campaign has of its own: those that came with it, and from its approval on those of the server that held then.
    pub async fn own_days(&mut self) -> Result<(), StoreError> {
        let of = &self.ground.detail.campaign;
        let rows = calendar_day::Entity::find().filter(calendar_day::Column::Campaign.eq(of.id));
        let (mut told, mut others) = (self.told_own_days().await?, Vec::new());
        for row in rows.order_by_asc(calendar_day::Column::Id).all(self.tx).await? {
            let stands = said([&row.day, &row.kind, &row.name, &row.source]);
            match told.iter().position(|logged| logged.said == stands) {
                Some(at) => drop(told.swap_remove(at)),
                None => others.push((row.day, stands)),
            }
        }
        let (code, mut unmarked) = (of.code.clone(), 0);
        for (day, stands) in others {
            let at = told.iter().position(|logged| logged.day == day);
            let logged = at.map(|at| told.swap_remove(at));
            if self.told.days.is_none() {
                // Rows of before do not say with which days a campaign came.
                unmarked += 1;
                continue;
            }
            let (logged, row) = logged.map(|logged| (logged.said, logged.row)).unzip();
            self.differs(None, DifferenceKind::OwnDay { day }, Both { stands: Some(stands), logged, row });
        }
        for Logged { day, said, row } in told {
            self.differs(
                None,
                DifferenceKind::OwnDay { day },
                Both { stands: None, logged: Some(said), row: Some(row) },
            );
        }
        if unmarked > 0 {
            self.found.unmarked.push(Unmarked { campaign: code, unit: String::new(), rows: unmarked });
        }
        Ok(())
    }

    /// What the log says of them. On a date for which a campaign came with a day, that one counts and not the one of the server.
    async fn told_own_days(&self) -> Result<Vec<Logged>, StoreError> {
        let (days, row) = self.told.days.clone().unwrap_or_default();
        let came = |[day, kind, name, source]: [String; 4]| {
            let said = said([&day, &kind, &name, &source]);
            Logged { day, said, row }
        };
        let mut told: Vec<Logged> = days.into_iter().map(came).collect();
        if let Some(approved) = self.told.approved {
            let mut server: Vec<Logged> = told_days(self.tx, approved).await?.into_values().collect();
            server.retain(|logged| told.iter().all(|own| own.day != logged.day));
            told.extend(server);
        }
        Ok(told)
    }
}
