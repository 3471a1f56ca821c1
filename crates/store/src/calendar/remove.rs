//! A day of the server is removed, where no approved result rests on it.

use parindex_domain::audit::AuditAct;
use parindex_domain::right::{Act, Subject};
use parindex_entity::special_day;
use sea_orm::{ActiveModelTrait, Set};
use serde_json::json;

use super::{Looked, holding};
use crate::{Change, Note, Refusal, Work};

/// Removes a day from the calendar of the server.
pub struct RemoveDay {
    /// Its row.
    pub special: i64,
    /// What was looked at before.
    pub looked: Looked,
}

impl Change for RemoveDay {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::ChangeCalendar, &Subject::Everything)?;
        let there = holding(&work.tx).await?;
        let row = there.iter().find(|row| row.id == self.special).cloned().ok_or(Refusal::NotFound)?;
        self.looked.still_stands(work, &there).await?;
        self.looked.rests_on_it()?;
        let moved = self.looked.keep(work, (&row, true)).await?;
        let detail = json!({ "day": row.day, "kind": row.kind, "name": row.name, "moved": moved });
        let mut row: special_day::ActiveModel = row.into();
        row.removed_at = Set(Some(work.now));
        row.removed_by = Set(Some(work.actor.who.clone()));
        row.update(&work.tx).await?;
        Ok(((), Note::new(permit, AuditAct::CalendarRemove, format!("special-day {}", self.special), detail)))
    }
}
