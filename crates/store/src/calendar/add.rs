//! A day off or a worked day is added for the whole server, with its source.

use jiff::civil::Date;
use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::CalendarRefusal;
use parindex_domain::right::{Act, Subject};
use parindex_entity::special_day;
use parindex_rulebook::calendar::DayKind;
use sea_orm::{ActiveModelTrait, Set};
use serde_json::json;

use super::{Looked, holding};
use crate::{Change, Note, Refusal, Work};

/// Adds a day off or a worked day to the calendar of the server.
pub struct AddDay {
    pub day: Date,
    /// Whether it is worked.
    pub kind: DayKind,
    pub name: String,
    /// The document that says so.
    pub source: String,
    /// What was looked at before.
    pub looked: Looked,
}

impl Change for AddDay {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::ChangeCalendar, &Subject::Everything)?;
        let (there, day) = (holding(&work.tx).await?, self.day.to_string());
        if there.iter().any(|row| row.day == day) {
            return Err(CalendarRefusal::Exists.into());
        }
        self.looked.still_stands(work, &there).await?;
        let row = special_day::ActiveModel {
            day: Set(day),
            kind: Set(self.kind.word().to_owned()),
            name: Set(self.name),
            source: Set(self.source),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            removed_at: Set(None),
            removed_by: Set(None),
            ..Default::default()
        };
        let row = row.insert(&work.tx).await?;
        let moved = self.looked.keep(work, (&row, false)).await?;
        let detail = json!({
            "day": row.day, "kind": row.kind, "name": row.name, "source": row.source, "moved": moved,
        });
        Ok(((), Note::new(permit, AuditAct::CalendarAdd, format!("special-day {}", row.id), detail)))
    }
}
