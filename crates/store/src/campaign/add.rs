//! A campaign is written down: from a package, or from last year's.

use jiff::civil::Date;
use parindex_domain::audit::AuditAct;
use parindex_domain::campaign::Standing;
use parindex_domain::procedure::{Base, EntryKind, Moment, Visibility};
use parindex_domain::right::{Act, Subject};
use parindex_entity::{block, campaign, criteria_version, entry, member, stage};
use parindex_package::beside::PackageExtras;
use parindex_rulebook::set::Method;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::beside::add_beside;
use super::word;
use crate::unlogged::arrived;
use crate::{Change, InUse, Note, Refusal, Work};

/// Rows in one statement: SQLite takes 32,766 values at a time.
pub(super) const PART: usize = 1_000;

/// Writes a campaign down as a draft.
#[derive(Clone, Debug)]
pub struct AddCampaign {
    /// A short code.
    pub code: String,
    pub title: String,
    /// The decision it comes from.
    pub legal_basis: String,
    /// The assessed year.
    pub year: i16,
    /// The first and last assessed day.
    pub days: (Option<Date>, Option<Date>),
    /// Anything a reader must know.
    pub note: String,
    /// Its stages, in order; the first is self-assessment.
    pub stages: Vec<NewStage>,
    /// Its blocks, in order.
    pub blocks: Vec<NewBlock>,
    /// What its package holds beside what is scored.
    pub beside: PackageExtras,
}

/// A stage of a campaign that begins.
#[derive(Clone, Debug)]
pub struct NewStage {
    /// A short code.
    pub code: String,
    pub name: String,
    /// The methods that count; all when `None`.
    pub counts: Option<Vec<Method>>,
}

/// A block of a campaign that begins, with its units.
#[derive(Clone, Debug)]
pub struct NewBlock {
    /// A short code.
    pub code: String,
    pub name: String,
    /// The criteria set and the number of its version.
    pub version: (i64, i64),
    /// Its units, in order.
    pub members: Vec<NewMember>,
}

/// A unit of a block that begins, with what stands on its sheet already.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// The unit of the list.
    pub unit: Option<i64>,
    pub code: String,
    pub name: String,
    /// The code of the unit above, where points depend on it.
    pub parent: Option<String>,
    /// Whether it is assessed and ranked.
    pub standing: Standing,
    /// What stands on its sheets already.
    pub entries: Vec<NewEntry>,
}

/// Something that stands on a sheet.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// The place of the stage.
    pub stage: usize,
    /// The code of the criterion.
    pub criterion: String,
    /// The input; empty for points and for what does not apply.
    pub input: String,
    /// What kind of thing it is.
    pub kind: EntryKind,
    /// The text, as files write it.
    pub text: String,
    /// Where it comes from, or why.
    pub source: String,
}

impl Change for AddCampaign {
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let permit = work.permit(Act::BeginCampaigns, &Subject::Everything)?;
        let same =
            campaign::Entity::find().filter(campaign::Column::Code.eq(&self.code)).one(&work.tx).await?;
        if same.is_some() {
            return Err(Refusal::Taken(InUse::Campaign(self.code)));
        }
        let id = row(work, &self).await?;
        let stages = stages(work, id, &self.stages).await?;
        let (mut units, mut blocks) = (0, Vec::new());
        for (place, block) in (0..).zip(self.blocks) {
            units += block.members.len();
            blocks.push(add_block(work, (id, place), block, &stages).await?);
        }
        add_beside(work, id, &blocks, &self.beside).await?;
        let arrived = arrived(work, id, None).await?;
        let days = self.beside.days.iter().map(|day| [&day.date, &day.kind, &day.name, &day.source]);
        let detail = json!({
            "code": self.code, "title": self.title, "units": units, "arrived": arrived,
            "days": days.collect::<Vec<_>>(),
        });
        Ok((id, Note::new(permit, AuditAct::CampaignAdd, format!("campaign {id}"), detail)))
    }
}

async fn row(work: &Work, new: &AddCampaign) -> Result<i64, Refusal> {
    let row = campaign::ActiveModel {
        code: Set(new.code.clone()),
        title: Set(new.title.clone()),
        legal_basis: Set(new.legal_basis.clone()),
        year: Set(i64::from(new.year)),
        from_day: Set(new.days.0.map(|day| day.to_string())),
        to_day: Set(new.days.1.map(|day| day.to_string())),
        note: Set(new.note.clone()),
        created_at: Set(work.now),
        opened_at: Set(None),
        opened_by: Set(None),
        approved_at: Set(None),
        approved_by: Set(None),
        revision: Set(0),
        visibility: Set(Visibility::default().word().to_owned()),
        base: Set(Base::default().word().to_owned()),
        ..Default::default()
    };
    Ok(row.insert(&work.tx).await?.id)
}

/// The rows of the stages, in order.
async fn stages(work: &Work, campaign: i64, new: &[NewStage]) -> Result<Vec<i64>, Refusal> {
    let mut ids = Vec::new();
    for (place, new) in (0..).zip(new) {
        let counts = new
            .counts
            .as_ref()
            .map(|counts| counts.iter().map(|method| method.word()).collect::<Vec<_>>().join(","));
        let none: Option<Moment> = None;
        let row = stage::ActiveModel {
            campaign: Set(campaign),
            place: Set(place),
            code: Set(new.code.clone()),
            name: Set(new.name.clone()),
            counts: Set(counts),
            opens_at: Set(none),
            closes_at: Set(none),
            released_at: Set(none),
            released_by: Set(None),
            explain_until: Set(none),
            ..Default::default()
        };
        ids.push(row.insert(&work.tx).await?.id);
    }
    Ok(ids)
}

pub(super) async fn add_block(
    work: &Work,
    (campaign, place): (i64, i64),
    new: NewBlock,
    stages: &[i64],
) -> Result<i64, Refusal> {
    let version = criteria_version::Entity::find()
        .filter(criteria_version::Column::Set.eq(new.version.0))
        .filter(criteria_version::Column::Number.eq(new.version.1))
        .one(&work.tx)
        .await?
        .ok_or(Refusal::NotFound)?;
    let row = block::ActiveModel {
        campaign: Set(campaign),
        place: Set(place),
        code: Set(new.code),
        name: Set(new.name),
        version: Set(version.id),
        ..Default::default()
    };
    let block = row.insert(&work.tx).await?.id;
    let mut entries = Vec::new();
    for (place, new) in (0..).zip(new.members) {
        let found = std::mem::take(&mut entries);
        entries = add_member(work, (campaign, block, place), new, (stages, found)).await?;
    }
    for part in entries.chunks(PART) {
        entry::Entity::insert_many(part.to_vec()).exec_without_returning(&work.tx).await?;
    }
    Ok(block)
}

/// What stands on sheets already, to be written together.
pub(super) type Entries = Vec<entry::ActiveModel>;

pub(super) async fn add_member(
    work: &Work,
    (campaign, block, place): (i64, i64, i64),
    new: NewMember,
    (stages, mut entries): (&[i64], Entries),
) -> Result<Entries, Refusal> {
    let (standing, reason) = match new.standing {
        Standing::Ranked => (word::RANKED, String::new()),
        Standing::Unranked(reason) => (word::UNRANKED, reason),
        Standing::Exempt(reason) => (word::EXEMPT, reason),
    };
    let row = member::ActiveModel {
        campaign: Set(campaign),
        block: Set(block),
        place: Set(place),
        unit: Set(new.unit),
        code: Set(new.code),
        name: Set(new.name),
        parent: Set(new.parent),
        standing: Set(standing.to_owned()),
        reason: Set(reason),
        sheet_state: Set(word::FILLING.to_owned()),
        sheet_at: Set(None),
        sheet_by: Set(None),
        sheet_said: Set(String::new()),
        more_until: Set(None),
        ..Default::default()
    };
    let member = row.insert(&work.tx).await?.id;
    for new in new.entries {
        let stage = *stages.get(new.stage).ok_or(Refusal::NotFound)?;
        entries.push(entry::ActiveModel {
            member: Set(member),
            stage: Set(stage),
            criterion: Set(new.criterion),
            input: Set(new.input),
            kind: Set(new.kind.word().to_owned()),
            text: Set(new.text),
            source: Set(new.source),
            revision: Set(1),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            ..Default::default()
        });
    }
    Ok(entries)
}
