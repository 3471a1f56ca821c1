//! The days of the server: they decide points of every campaign that is not approved.

use std::collections::BTreeMap;

use parindex_domain::procedure::Life;
use parindex_entity::{audit, special_day};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use super::{Both, Look};
use crate::StoreError;
use crate::unlogged::What;

const ADDED: &str = "calendar.add";
const REMOVED: &str = "calendar.remove";

/// A day as a difference shows it.
fn said([day, kind, name, source]: [&str; 4]) -> String {
    format!("{day}, {kind}, {name}, {source}")
}

impl Look<'_> {
    /// Each day that holds, against the row of the log that added it.
    pub async fn days(&mut self) -> Result<(), StoreError> {
        if matches!(self.ground.whole.campaign.life, Life::Approved { .. }) {
            return Ok(());
        }
        let mut told = self.told_days().await?;
        let rows = special_day::Entity::find().filter(special_day::Column::RemovedAt.is_null());
        for row in rows.order_by_asc(special_day::Column::Id).all(self.tx).await? {
            let stands = said([&row.day, &row.kind, &row.name, &row.source]);
            let logged = told.remove(&format!("special-day {}", row.id));
            if logged.as_ref().is_none_or(|(_, logged, _)| *logged != stands) {
                let (logged, row_of_log) =
                    logged.map_or((None, None), |(_, text, seq)| (Some(text), Some(seq)));
                let what = What::Day { day: row.day };
                self.differs(None, what, Both { stands: Some(stands), logged, row: row_of_log });
            }
        }
        for (day, logged, row) in told.into_values() {
            let both = Both { stands: None, logged: Some(logged), row: Some(row) };
            self.differs(None, What::Day { day }, both);
        }
        Ok(())
    }

    /// The days that the log says were added and not removed: by their subject, the day, what was said of it, the row of the log.
    async fn told_days(&self) -> Result<BTreeMap<String, (String, String, i64)>, StoreError> {
        let rows = audit::Entity::find().filter(audit::Column::Act.is_in([ADDED, REMOVED]));
        let mut told = BTreeMap::new();
        for row in rows.order_by_asc(audit::Column::Seq).all(self.tx).await? {
            if row.act == REMOVED {
                told.remove(&row.subject);
                continue;
            }
            let detail: Value = serde_json::from_str(&row.detail).unwrap_or_default();
            let text = |key: &str| detail.get(key).and_then(Value::as_str).unwrap_or_default();
            let day = text("day").to_owned();
            let logged = said([&day, text("kind"), text("name"), text("source")]);
            told.insert(row.subject, (day, logged, row.seq));
        }
        Ok(told)
    }
}
