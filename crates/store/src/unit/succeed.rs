//! Units are renamed, merged or split on a day: the former ones end and stay, the new one says what it was made of.

use jiff::civil::Date;
use parindex_domain::audit::AuditAct;
use parindex_domain::moment::local;
use parindex_domain::refusal::UnitRefusal;
use parindex_domain::right::{Act, Role, Subject, UnitPath};
use parindex_entity::{appointment, person, succession, unit};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::exists_on;
use super::keep::{KeepUnit, add};
use super::place::{put, widens_nothing};
use crate::{Change, Note, Refusal, Work};

/// What former units become.
#[derive(Clone, Debug)]
pub enum Successor {
    /// A unit that begins on that day, below the same unit as the first of the former ones.
    New(KeepUnit),
    /// One that is there.
    There(i64),
}

/// Makes former units into another one.
pub struct Succeed {
    /// The former units; the first one says below which unit a new one stands.
    pub former: Vec<i64>,
    /// What they become.
    pub into: Successor,
    /// The day on which it begins.
    pub on_day: Date,
    /// Whether the former units go on, and only a part of them went.
    pub go_on: bool,
    /// Whether people and roles of the former units are those of the new one too.
    pub with_people: bool,
}

impl Change for Succeed {
    /// The unit that they became.
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let mut former = Vec::new();
        for id in &self.former {
            former.push(self.former_one(work, *id).await?);
        }
        let first = former.first().ok_or(Refusal::NotFound)?;
        let mut permit = None;
        for each in &former {
            let subject = Subject::Unit(UnitPath(each.path.clone()));
            permit = Some(work.permit(Act::ChangeUnits, &subject)?);
        }
        // What is below units, and who works there, goes over at once: a day that is to come would take it out of today.
        if self.on_day > local(work.now).date() {
            return Err(UnitRefusal::SuccessionToCome.into());
        }
        let parent = first.parent;
        if !self.go_on {
            let eve = self.on_day.yesterday().map_err(|_first_day| Refusal::NotFound)?.to_string();
            for each in &former {
                ended(work, each, &eve).await?;
            }
        }
        let successor = self.successor(work, parent).await?;
        for each in &former {
            self.follow(work, each, successor.id).await?;
            if !self.go_on {
                self.hand_over(work, each, &successor).await?;
            }
        }
        let permit = permit.ok_or(Refusal::NotFound)?;
        let codes: Vec<&str> = former.iter().map(|each| each.code.as_str()).collect();
        let detail = json!({
            "former": codes, "became": successor.code, "name": successor.name, "on_day": self.on_day.to_string(),
            "go_on": self.go_on, "with_people": self.with_people,
        });
        Ok((successor.id, Note::new(permit, AuditAct::UnitSucceed, format!("unit {}", successor.id), detail)))
    }
}

impl Succeed {
    /// A unit that is there on the eve of that day, and after.
    async fn former_one(&self, work: &Work, id: i64) -> Result<unit::Model, Refusal> {
        let row = unit::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let begun = row.valid_from.as_deref().is_none_or(|from| from < self.on_day.to_string().as_str());
        let is_target = matches!(self.into, Successor::There(target) if target == id);
        if row.valid_to.is_some() || !begun || is_target {
            return Err(UnitRefusal::NoSuccession.into());
        }
        Ok(row)
    }

    async fn successor(&self, work: &Work, parent: Option<i64>) -> Result<unit::Model, Refusal> {
        let id = match &self.into {
            Successor::There(id) => *id,
            Successor::New(new) => {
                let new = KeepUnit {
                    parent,
                    valid_from: Some(self.on_day.to_string()),
                    valid_to: None,
                    ..new.clone()
                };
                add(work, new).await?
            }
        };
        let there = unit::Entity::find_by_id(id).filter(exists_on(&self.on_day.to_string()));
        let row = there.one(&work.tx).await?.ok_or(Refusal::from(UnitRefusal::NoSuccession))?;
        work.permit(Act::ChangeUnits, &Subject::Unit(UnitPath(row.path.clone())))?;
        Ok(row)
    }

    async fn follow(&self, work: &Work, former: &unit::Model, successor: i64) -> Result<(), Refusal> {
        let row = succession::ActiveModel {
            old: Set(former.id),
            new: Set(successor),
            on_day: Set(self.on_day.to_string()),
            whole: Set(!self.go_on),
            ..Default::default()
        };
        row.insert(&work.tx).await?;
        Ok(())
    }

    /// What stands below it, and its people, go on with the new one.
    async fn hand_over(
        &self,
        work: &Work,
        former: &unit::Model,
        successor: &unit::Model,
    ) -> Result<(), Refusal> {
        widens_nothing(work, former, Some(successor))?;
        // One of its own that takes it in comes up to where it stood.
        if successor.parent == Some(former.id) {
            let above = match former.parent {
                Some(parent) => unit::Entity::find_by_id(parent).one(&work.tx).await?,
                None => None,
            };
            put(work, successor.clone(), above.as_ref()).await?;
        }
        let successor =
            unit::Entity::find_by_id(successor.id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let lasts = Condition::any()
            .add(unit::Column::ValidTo.is_null())
            .add(unit::Column::ValidTo.gte(self.on_day.to_string()));
        let below = unit::Entity::find().filter(unit::Column::Parent.eq(former.id)).filter(lasts);
        for child in below.all(&work.tx).await? {
            put(work, child, Some(&successor)).await?;
        }
        if self.with_people { people(work, former.id, &successor).await } else { Ok(()) }
    }
}

/// Its last day is the eve.
async fn ended(work: &Work, former: &unit::Model, eve: &str) -> Result<(), Refusal> {
    let mut row: unit::ActiveModel = former.clone().into();
    row.valid_to = Set(Some(eve.to_owned()));
    row.update(&work.tx).await?;
    Ok(())
}

/// Roles at the former unit are held at the new one too, as far as the actor may give them; sheets of years before stay open to them.
async fn people(work: &Work, former: i64, successor: &unit::Model) -> Result<(), Refusal> {
    let subject = Subject::Unit(UnitPath(successor.path.clone()));
    let held = appointment::Entity::find().filter(appointment::Column::EndedAt.is_null());
    let there = held.clone().filter(appointment::Column::Unit.eq(successor.id)).all(&work.tx).await?;
    for each in held.filter(appointment::Column::Unit.eq(former)).all(&work.tx).await? {
        let role = Role::of(&each.role).ok_or(Refusal::NotFound)?;
        let own = work.actor.person == Some(each.person);
        let what =
            |row: &appointment::Model| (row.person, row.role.clone(), row.campaign, row.domains.clone());
        let known = there.iter().any(|known| what(known) == what(&each));
        if own || known || work.permit(role.giving(), &subject).is_err() {
            continue;
        }
        let mut row: appointment::ActiveModel = each.into();
        row.id = sea_orm::ActiveValue::NotSet;
        row.unit = Set(Some(successor.id));
        row.since = Set(work.now);
        // A sign-in service that still says the former unit takes only what it gave.
        row.source = Set(String::new());
        row.insert(&work.tx).await?;
    }
    person::Entity::update_many()
        .col_expr(person::Column::Unit, Expr::value(successor.id))
        .filter(person::Column::Unit.eq(former))
        .exec(&work.tx)
        .await?;
    Ok(())
}
