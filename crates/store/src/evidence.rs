//! Documents that prove what stands on a sheet: files, kept once by their hash, or where they stand.

mod find;
mod quota;

use std::collections::{BTreeMap, HashMap, HashSet};

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::Moment;
use parindex_domain::refusal::EvidenceRefusal;
use parindex_domain::right::UnitPath;
use parindex_domain::search::fold;
use parindex_entity::{evidence, file};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use serde_json::{Value, json};

use crate::delegation::may_fill;
use crate::file::{Filed, filed};
use crate::sheet::open_sheet;
use crate::{Change, Note, Refusal, Store, StoreError, Work};
use parindex_domain::procedure::{Campaign, Member};

pub use find::{MAX_FOUND, MAX_REUSABLE, Reuse, Use, Uses};
pub use quota::WithinQuota;

/// Where a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file that was kept.
    File(Filed),
    /// An address of its own.
    Link(String),
}

/// A document at a criterion of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The row.
    pub id: i64,
    /// On whose sheet.
    pub member: i64,
    /// The row of the stage: later ones are supplements.
    pub stage: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The hash of the file.
    pub file: Option<String>,
    pub size: i64,
    /// What kind of file it is.
    pub kind: String,
    /// The address, where it is no file.
    pub link: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it is, in the words of who attached it: `Báo cáo`.
    pub genre: String,
    /// Its number: `2187/BC-SCT`.
    pub number: String,
    /// The day on it.
    pub issued_on: Option<String>,
    pub issuer: String,
    /// When it came.
    pub at: Moment,
    pub by: String,
    /// What it took the place of, the latest first.
    pub former: Vec<Evidence>,
}

/// Attaches documents that came together: all of them or none.
#[derive(Clone, Debug)]
pub struct AttachAll {
    /// To whose sheet.
    pub member: i64,
    /// The place of the stage: 0 with the sheet, a round with an explanation.
    pub stage: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The codes of the criterion and of all above it.
    pub within: Vec<String>,
    /// The document whose place the only one of them takes; what is left out about it is as it was there.
    pub replaces: Option<i64>,
    /// Where each is, and what it is called.
    pub sources: Vec<(Source, String)>,
    pub genre: String,
    pub number: String,
    /// The day on them.
    pub issued_on: Option<String>,
    pub issuer: String,
}

/// Takes a document away; the one whose place it took is back, and the file stays while something else names it.
pub struct Detach {
    pub evidence: i64,
    /// The codes of its criterion and of all above it.
    pub within: Vec<String>,
}

impl Store {
    /// The documents on the sheets of members, each with those whose place it took.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn evidence(&self, members: &[i64]) -> Result<Vec<Evidence>, StoreError> {
        let rows = standing()
            .filter(evidence::Column::Member.is_in(members.iter().copied()))
            .order_by_asc(evidence::Column::Id);
        Ok(behind_their_newest(self.with_files(rows.all(&self.db).await?).await?))
    }

    /// The documents of one criterion of a sheet, whatever else the sheet has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn evidence_at(&self, member: i64, criterion: &str) -> Result<Vec<Evidence>, StoreError> {
        // A document takes the place of one at the same criterion.
        let rows = standing()
            .filter(evidence::Column::Member.eq(member))
            .filter(evidence::Column::Criterion.eq(criterion))
            .order_by_asc(evidence::Column::Id);
        Ok(behind_their_newest(self.with_files(rows.all(&self.db).await?).await?))
    }

    /// The codes of the criteria of a sheet that have a document.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn proven(&self, member: i64) -> Result<HashSet<String>, StoreError> {
        let codes = standing()
            .filter(evidence::Column::Member.eq(member))
            .select_only()
            .column(evidence::Column::Criterion)
            .distinct();
        Ok(codes.into_tuple().all(&self.db).await?.into_iter().collect())
    }

    async fn with_files(&self, rows: Vec<evidence::Model>) -> Result<Vec<Row>, StoreError> {
        let hashes: Vec<String> = rows.iter().filter_map(|row| row.file.clone()).collect();
        let files = file::Entity::find().filter(file::Column::Hash.is_in(hashes)).all(&self.db).await?;
        let files: HashMap<String, file::Model> =
            files.into_iter().map(|row| (row.hash.clone(), row)).collect();
        Ok(rows.into_iter().map(|row| (row.replaces, shown(row, &files))).collect())
    }

    /// One document and the place of its unit.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn document(&self, id: i64) -> Result<Option<(Evidence, Option<UnitPath>)>, StoreError> {
        let row = evidence::Entity::find_by_id(id).filter(evidence::Column::RemovedAt.is_null());
        let Some(row) = row.one(&self.db).await? else { return Ok(None) };
        let mut files = HashMap::new();
        if let Some(hash) = &row.file {
            files.extend(
                file::Entity::find_by_id(hash).one(&self.db).await?.map(|file| (file.hash.clone(), file)),
            );
        }
        let path = self.member(row.member).await?.and_then(|(_, path)| path);
        Ok(Some((shown(row, &files), path)))
    }
}

/// Documents that nobody took away.
fn standing() -> Select<evidence::Entity> {
    evidence::Entity::find().filter(evidence::Column::RemovedAt.is_null())
}

/// A document, and whose place it took.
type Row = (Option<i64>, Evidence);

/// Each document that nothing took the place of, and behind it those whose place it took. Rows come in the order of their numbers.
fn behind_their_newest(rows: Vec<Row>) -> Vec<Evidence> {
    let mut all: BTreeMap<i64, Evidence> = BTreeMap::new();
    for (replaces, mut document) in rows {
        // A version has a higher number than the one before it, so that one is there, with what stands behind it.
        if let Some(mut before) = replaces.and_then(|before| all.remove(&before)) {
            let older = std::mem::take(&mut before.former);
            document.former = std::iter::once(before).chain(older).collect();
        }
        all.insert(document.id, document);
    }
    all.into_values().collect()
}

fn shown(row: evidence::Model, files: &HashMap<String, file::Model>) -> Evidence {
    let file = row.file.as_ref().and_then(|hash| files.get(hash));
    Evidence {
        id: row.id,
        member: row.member,
        stage: row.stage,
        criterion: row.criterion,
        size: file.map_or(0, |file| file.size),
        kind: file.map(|file| file.kind.clone()).unwrap_or_default(),
        file: row.file,
        link: row.link,
        name: row.name,
        genre: row.genre,
        number: row.number,
        issued_on: row.issued_on,
        issuer: row.issuer,
        at: row.at,
        by: row.by,
        former: Vec::new(),
    }
}

/// With the sheet while it is open, with an explanation while that is.
fn unlocked(work: &Work, campaign: &Campaign, member: &Member, stage: i64) -> Result<i64, Refusal> {
    if stage == 0 {
        campaign.unlocked(member, work.now)?;
        return Ok(campaign.stage(0).ok_or(Refusal::NotFound)?.id);
    }
    let stage = campaign.rounds().find(|each| each.place == stage).ok_or(Refusal::NotFound)?;
    stage.round.explain(&campaign.life, member.more, work.now)?;
    Ok(stage.id)
}

impl AttachAll {
    /// What is left out about a new version is as it was.
    async fn completed(mut self, work: &Work, stage: i64) -> Result<Self, Refusal> {
        let Some(former) = self.replaces else { return Ok(self) };
        let row = evidence::Entity::find_by_id(former).one(&work.tx).await?;
        let here = |row: &evidence::Model| {
            (row.member, row.stage, row.criterion.as_str()) == (self.member, stage, self.criterion.as_str())
        };
        let row = row.filter(|row| row.removed_at.is_none() && here(row)).ok_or(Refusal::NotFound)?;
        if self.sources.len() != 1 {
            return Err(EvidenceRefusal::OneVersion.into());
        }
        not_replaced(work, former).await?;
        for (said, was) in
            [(&mut self.genre, row.genre), (&mut self.number, row.number), (&mut self.issuer, row.issuer)]
        {
            if said.is_empty() {
                *said = was;
            }
        }
        self.issued_on = self.issued_on.or(row.issued_on);
        Ok(self)
    }

    async fn attach(
        &self,
        work: &Work,
        stage: i64,
        (source, name): &(Source, String),
    ) -> Result<Value, Refusal> {
        let (hash, link) = match source {
            Source::File(file) => {
                filed(work, file).await?;
                (Some(file.hash.clone()), None)
            }
            Source::Link(link) => (None, Some(link.clone())),
        };
        let row = evidence::ActiveModel {
            member: Set(self.member),
            stage: Set(stage),
            criterion: Set(self.criterion.clone()),
            file: Set(hash.clone()),
            link: Set(link.clone()),
            folded: Set(fold(&format!("{} {} {name} {}", self.genre, self.number, self.issuer))),
            genre: Set(self.genre.clone()),
            name: Set(name.clone()),
            number: Set(self.number.clone()),
            issued_on: Set(self.issued_on.clone()),
            issuer: Set(self.issuer.clone()),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            removed_at: Set(None),
            removed_by: Set(None),
            replaces: Set(self.replaces),
            ..Default::default()
        };
        row.insert(&work.tx).await?;
        Ok(json!({ "name": name, "sha256": hash, "link": link }))
    }
}

/// A document is replaced once, and what was replaced stays as long as what replaced it.
async fn not_replaced(work: &Work, document: i64) -> Result<(), Refusal> {
    let newer = evidence::Entity::find()
        .filter(evidence::Column::Replaces.eq(document))
        .filter(evidence::Column::RemovedAt.is_null());
    match newer.one(&work.tx).await? {
        Some(_) => Err(EvidenceRefusal::Replaced.into()),
        None => Ok(()),
    }
}

impl Change for AttachAll {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let (member, path, campaign) = open_sheet(work, self.member).await?;
        let (permit, _) = may_fill(work, (self.member, path), &self.within).await?;
        let stage = unlocked(work, &campaign, &member, self.stage)?;
        let attached = self.completed(work, stage).await?;
        let mut told = Vec::new();
        for source in &attached.sources {
            told.push(attached.attach(work, stage, source).await?);
        }
        let detail = json!({
            "unit": member.code, "criterion": attached.criterion, "number": attached.number, "documents": told,
            "replaces": attached.replaces,
        });
        Ok(((), Note::new(permit, AuditAct::EvidenceAttach, format!("member {}", attached.member), detail)))
    }
}

impl Change for Detach {
    /// Whose sheet, and which criterion.
    type Done = (i64, String);

    async fn apply(self, work: &Work) -> Result<(Self::Done, Note), Refusal> {
        let row = evidence::Entity::find_by_id(self.evidence).one(&work.tx).await?;
        let row = row.filter(|row| row.removed_at.is_none()).ok_or(Refusal::NotFound)?;
        let (member, path, campaign) = open_sheet(work, row.member).await?;
        let within: &[String] = if self.within.contains(&row.criterion) { &self.within } else { &[] };
        let (permit, _) = may_fill(work, (member.id, path), within).await?;
        let place =
            campaign.stages.iter().find(|stage| stage.id == row.stage).ok_or(Refusal::NotFound)?.place;
        unlocked(work, &campaign, &member, place)?;
        not_replaced(work, row.id).await?;
        let (criterion, name, hash) = (row.criterion.clone(), row.name.clone(), row.file.clone());
        let mut row: evidence::ActiveModel = row.into();
        row.removed_at = Set(Some(work.now));
        row.removed_by = Set(Some(work.actor.who.clone()));
        row.update(&work.tx).await?;
        let detail = json!({ "unit": member.code, "criterion": criterion, "name": name, "sha256": hash });
        let note = Note::new(permit, AuditAct::EvidenceDetach, format!("member {}", member.id), detail);
        Ok(((member.id, criterion), note))
    }
}
