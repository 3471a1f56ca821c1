//! On-site checks: who went there when, what was found, what was photographed.

use std::collections::HashMap;

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::Moment;
use parindex_domain::refusal::VisitRefusal;
use parindex_domain::right::{Act, Subject};
use parindex_entity::{file, visit, visit_photo};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;

use crate::file::{Filed, filed};
use crate::own::Judge;
use crate::sheet::open_sheet;
use crate::{Change, Note, Permit, Refusal, Store, StoreError, Work};

/// An on-site check: where, when, who was there and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The row.
    pub id: i64,
    /// Whose sheet it is about.
    pub member: i64,
    /// The code of the criterion; empty for the unit as a whole.
    pub criterion: String,
    /// The day: `2026-03-02`.
    pub on_day: String,
    pub people: String,
    /// What was found.
    pub finding: String,
    /// When it was recorded.
    pub at: Moment,
    pub by: String,
    /// Photographs and papers.
    pub photos: Vec<Photo>,
}

/// A photograph or a paper of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// The row.
    pub id: i64,
    /// The hash of the file.
    pub file: String,
    /// What kind of file it is.
    pub kind: String,
    pub size: i64,
    /// What it is called.
    pub name: String,
}

/// Puts a check on record.
#[derive(Clone, Debug)]
pub struct RecordVisit {
    /// Whose sheet it is about.
    pub member: i64,
    /// The code of the criterion; empty for the unit as a whole.
    pub criterion: String,
    pub on_day: String,
    pub people: String,
    /// What was found.
    pub finding: String,
    /// Photographs and papers.
    pub photos: Vec<Filed>,
}

/// Takes a check that was recorded by mistake out of sight; the log keeps it.
#[derive(Clone, Debug)]
pub struct WithdrawVisit {
    pub visit: i64,
    pub reason: String,
}

impl Store {
    /// The checks of members, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn visits(&self, members: &[i64]) -> Result<Vec<Visit>, StoreError> {
        let rows = visit::Entity::find()
            .filter(visit::Column::Member.is_in(members.iter().copied()))
            .filter(visit::Column::RemovedAt.is_null())
            .order_by_desc(visit::Column::OnDay)
            .order_by_desc(visit::Column::Id)
            .all(&self.db)
            .await?;
        let mut of = self.photos(&rows).await?;
        Ok(rows.into_iter().map(|row| shown(row, &mut of)).collect())
    }

    /// The photographs of checks.
    async fn photos(&self, visits: &[visit::Model]) -> Result<HashMap<i64, Vec<Photo>>, StoreError> {
        let rows = visit_photo::Entity::find()
            .filter(visit_photo::Column::Visit.is_in(visits.iter().map(|row| row.id)))
            .order_by_asc(visit_photo::Column::Id)
            .all(&self.db)
            .await?;
        let hashes = rows.iter().map(|row| row.file.clone());
        let files = file::Entity::find().filter(file::Column::Hash.is_in(hashes)).all(&self.db).await?;
        let files: HashMap<String, file::Model> =
            files.into_iter().map(|row| (row.hash.clone(), row)).collect();
        let mut of: HashMap<i64, Vec<Photo>> = HashMap::new();
        for row in rows {
            let Some(file) = files.get(&row.file) else { continue };
            of.entry(row.visit).or_default().push(photo(row, file));
        }
        Ok(of)
    }

    /// The campaign of a check that stands.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn campaign_of_visit(&self, id: i64) -> Result<Option<i64>, StoreError> {
        let row = visit::Entity::find_by_id(id).filter(visit::Column::RemovedAt.is_null());
        let Some(row) = row.one(&self.db).await? else { return Ok(None) };
        Ok(self.member(row.member).await?.map(|(member, _)| member.campaign))
    }

    /// One photograph, and whose sheet its check is about.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn photo(&self, id: i64) -> Result<Option<(Photo, Visit)>, StoreError> {
        let Some(row) = visit_photo::Entity::find_by_id(id).one(&self.db).await? else { return Ok(None) };
        let visit = visit::Entity::find_by_id(row.visit).filter(visit::Column::RemovedAt.is_null());
        let Some(visit) = visit.one(&self.db).await? else { return Ok(None) };
        let file = file::Entity::find_by_id(row.file.clone()).one(&self.db).await?;
        Ok(file.map(|file| (photo(row, &file), shown(visit, &mut HashMap::new()))))
    }
}

fn photo(row: visit_photo::Model, file: &file::Model) -> Photo {
    Photo { id: row.id, file: row.file, kind: file.kind.clone(), size: file.size, name: row.name }
}

fn shown(row: visit::Model, photos: &mut HashMap<i64, Vec<Photo>>) -> Visit {
    Visit {
        photos: photos.remove(&row.id).unwrap_or_default(),
        id: row.id,
        member: row.member,
        criterion: row.criterion,
        on_day: row.on_day,
        people: row.people,
        finding: row.finding,
        at: row.at,
        by: row.by,
    }
}

/// Whoever appraises goes and looks, and so does whoever runs the campaign; nobody at his own unit.
async fn may_record(work: &Work, member: i64) -> Result<Permit, Refusal> {
    if Judge::of(work, &[member]).await?.bars(member) {
        return Err(VisitRefusal::OwnUnit.into());
    }
    let runs = work.permit(Act::RunCampaigns, &Subject::Everything);
    work.permit(Act::Appraise, &Subject::Everything).or(runs)
}

impl Change for RecordVisit {
    /// The campaign.
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let (member, _, campaign) = open_sheet(work, self.member).await?;
        let permit = may_record(work, member.id).await?;
        campaign.running()?;
        let row = visit::ActiveModel {
            member: Set(self.member),
            criterion: Set(self.criterion.clone()),
            on_day: Set(self.on_day.clone()),
            people: Set(self.people.clone()),
            finding: Set(self.finding.clone()),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            removed_at: Set(None),
            removed_by: Set(None),
            ..Default::default()
        };
        let id = row.insert(&work.tx).await?.id;
        let mut photos = Vec::new();
        for photo in &self.photos {
            filed(work, photo).await?;
            let row = visit_photo::ActiveModel {
                visit: Set(id),
                file: Set(photo.hash.clone()),
                name: Set(photo.name.clone()),
                ..Default::default()
            };
            row.insert(&work.tx).await?;
            photos.push(json!({ "name": photo.name, "sha256": photo.hash }));
        }
        let detail = json!({
            "unit": member.code, "criterion": self.criterion, "day": self.on_day, "people": self.people,
            "finding": self.finding, "photos": photos,
        });
        Ok((campaign.id, Note::new(permit, AuditAct::VisitRecord, format!("member {}", self.member), detail)))
    }
}

impl Change for WithdrawVisit {
    /// The campaign.
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let row = visit::Entity::find_by_id(self.visit).one(&work.tx).await?;
        let row = row.filter(|row| row.removed_at.is_none()).ok_or(Refusal::NotFound)?;
        let (member, _, campaign) = open_sheet(work, row.member).await?;
        let permit = may_record(work, member.id).await?;
        let runs = work.permit(Act::RunCampaigns, &Subject::Everything).is_ok();
        if row.by != work.actor.who && !runs {
            return Err(VisitRefusal::NotRecorder.into());
        }
        campaign.running()?;
        let detail = json!({
            "unit": member.code, "criterion": row.criterion, "day": row.on_day, "reason": self.reason,
        });
        let mut row: visit::ActiveModel = row.into();
        row.removed_at = Set(Some(work.now));
        row.removed_by = Set(Some(work.actor.who.clone()));
        row.update(&work.tx).await?;
        Ok((campaign.id, Note::new(permit, AuditAct::VisitWithdraw, format!("visit {}", self.visit), detail)))
    }
}
