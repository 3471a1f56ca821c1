//! A campaign as it is scored: what stands in the database becomes sheets and boards.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use parindex_domain::campaign::{
    BlockData, CampaignData, Entered, MemberData, Scored, Sources, StageData, What,
};
use parindex_domain::procedure::{Block, CampaignDetail, EntryKind, Member, Stage};
use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;
use parindex_store::Store;
use parindex_store::sheet::Figure;

use super::approved::{Approved, Extent, approval, said, with_approved};
use crate::calendar::of_campaign;
use crate::criteria_set::{advice, open};
use crate::{Service, ServiceError};

/// What a board that is kept ready stands for: a revision of the campaign, the hash of its approved result, and whose sheets are
/// still open.
pub(crate) type BoardKey = (i64, Option<String>, Vec<i64>);

/// Some members of a campaign with what stands on their sheets.
pub struct Loaded {
    /// The campaign, with these members alone.
    pub campaign: CampaignData,
    /// All entries, as they are kept.
    pub entries: Vec<Figure>,
    /// The reasons of figures that do not agree; no point follows from them.
    pub reasons: Vec<Figure>,
    /// What the sets have no place for.
    pub lost: Vec<Figure>,
    /// The result, where it was approved: then nothing is scored.
    pub approved: Option<Approved>,
    seats: HashMap<i64, (usize, usize)>,
}

impl Loaded {
    /// The places of a member’s block and seat.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for a member that was not loaded.
    pub fn seat(&self, member: i64) -> Result<(usize, usize), ServiceError> {
        self.seats.get(&member).copied().ok_or(ServiceError::NotFound)
    }

    /// Scores a sheet as one that its unit still fills in; nothing where it was not loaded.
    pub fn open(&mut self, member: i64) {
        let Some((block, seat)) = self.seats.get(&member).copied() else { return };
        let members = self.campaign.blocks.get_mut(block).map(|block| &mut block.members);
        if let Some(member) = members.and_then(|members| members.get_mut(seat)) {
            member.open = true;
        }
    }

    /// The campaign at the stage of a place: as it was approved, or as it is scored now.
    ///
    /// # Errors
    /// Units above each other in a circle.
    pub fn score(&self, place: i64) -> Result<Scored<'_>, ServiceError> {
        let stage = usize::try_from(place).unwrap_or(0);
        if let Some(approved) = &self.approved {
            let kept = approved.stages.get(stage).ok_or(ServiceError::NotFound)?;
            return Ok(self.campaign.as_approved(stage, kept));
        }
        self.campaign.score(stage).map_err(|problem| ServiceError::Internal(format!("{problem:?}").into()))
    }

    /// What a page says under an approved result.
    #[must_use]
    pub fn says_approved(&self, lang: Lang) -> Option<String> {
        self.approved.as_ref().map(|approved| said(&approved.approval, lang))
    }

    /// The set of a block.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`].
    pub fn set(&self, block: usize) -> Result<&Arc<Compiled>, ServiceError> {
        self.campaign.blocks.get(block).map(|block| &block.set).ok_or(ServiceError::NotFound)
    }
}

/// The criteria set of a block, ready for scoring.
///
/// # Errors
/// A draft that does not compile.
pub async fn compiled(service: &Service, block: &Block) -> Result<Arc<Compiled>, ServiceError> {
    let key = (block.set, block.number);
    let kept = service.sets.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some(kept) = kept {
        return Ok(kept);
    }
    let compiled = fresh(&service.store, block).await?;
    if !block.draft {
        service.sets.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&compiled));
    }
    Ok(compiled)
}

/// The criteria set of a block, read anew.
///
/// # Errors
/// A draft that does not compile.
pub async fn fresh(store: &Store, block: &Block) -> Result<Arc<Compiled>, ServiceError> {
    let opened = open(store, block.set, block.number).await?;
    Ok(Arc::new(advice(&opened.content, &opened.places).0.ok_or(ServiceError::NotFound)?))
}

/// Loads all members with everything that was entered: once for each revision of the campaign.
///
/// # Errors
/// A set that cannot be read.
pub async fn load_all(service: &Service, detail: &CampaignDetail) -> Result<Arc<Loaded>, ServiceError> {
    let id = detail.campaign.id;
    let approval = approval(&service.store, detail).await?;
    // An approval changes no revision, and yet where points come from; so does a deadline that passes.
    let revision =
        (detail.campaign.revision, approval.map(|approval| approval.sha256), open_sheets(service, detail));
    let kept = service.boards.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
    if let Some((_, loaded)) = kept.filter(|(at, _)| *at == revision) {
        return Ok(loaded);
    }
    let loaded = Arc::new(load(service, detail, &detail.ids(), usize::MAX).await?);
    // Approved between the two looks: the next one keeps it.
    let stands = loaded.approved.as_ref().map(|approved| &approved.approval.sha256);
    if stands != revision.1.as_ref() {
        return Ok(loaded);
    }
    // A draft of a set can still change, and then the campaign’s revision does not tell.
    if detail.blocks.iter().any(|block| block.draft) {
        return Ok(loaded);
    }
    let mut boards = service.boards.lock().unwrap_or_else(PoisonError::into_inner);
    if boards.len() >= MAX_KEPT {
        boards.clear();
    }
    boards.insert(id, (revision, Arc::clone(&loaded)));
    drop(boards);
    Ok(loaded)
}

/// Campaigns that are kept ready; more are looked at by nobody at a time.
const MAX_KEPT: usize = 8;

/// Loads members, and those above them on whose points theirs depend, with what was entered up to a stage.
///
/// # Errors
/// A set that cannot be read.
pub async fn load(
    service: &Service,
    detail: &CampaignDetail,
    wanted: &[i64],
    upto: usize,
) -> Result<Loaded, ServiceError> {
    let (loaded, members) = (load_anew(service, detail, wanted, upto).await?, with_above(detail, wanted));
    with_approved(&service.store, detail, loaded, &Extent { members: &members, upto, sentences: false }).await
}

/// The same, with the sentences that explain points, for the pages of one sheet.
///
/// # Errors
/// A set that cannot be read.
pub async fn load_said(
    service: &Service,
    detail: &CampaignDetail,
    wanted: &[i64],
    upto: usize,
) -> Result<Loaded, ServiceError> {
    let (loaded, members) = (load_anew(service, detail, wanted, upto).await?, with_above(detail, wanted));
    with_approved(&service.store, detail, loaded, &Extent { members: &members, upto, sentences: true }).await
}

/// The same, scored now even where a result was approved: what another set would make of it.
///
/// # Errors
/// A set that cannot be read.
pub async fn load_anew(
    service: &Service,
    detail: &CampaignDetail,
    wanted: &[i64],
    upto: usize,
) -> Result<Loaded, ServiceError> {
    let (sets, wanted) = (sets(service, detail).await?, with_above(detail, wanted));
    let mut loaded = gather(&service.store, detail, &wanted, (upto, sets)).await?;
    for id in open_sheets(service, detail) {
        loaded.open(id);
    }
    Ok(loaded)
}

/// The members that still fill in their sheets.
fn open_sheets(service: &Service, detail: &CampaignDetail) -> Vec<i64> {
    let now = service.now();
    detail.members.iter().filter(|member| detail.awaits(member, now)).map(|member| member.id).collect()
}

/// The sets of all blocks, ready for scoring.
async fn sets(service: &Service, detail: &CampaignDetail) -> Result<Vec<Arc<Compiled>>, ServiceError> {
    let mut sets = Vec::new();
    for block in &detail.blocks {
        sets.push(compiled(service, block).await?);
    }
    Ok(sets)
}

/// Lays what stands on sheets up to a stage beside the sets of their blocks; as if all sheets were closed.
///
/// # Errors
/// The database.
pub async fn gather(
    store: &Store,
    detail: &CampaignDetail,
    wanted: &[i64],
    (upto, sets): (usize, Vec<Arc<Compiled>>),
) -> Result<Loaded, ServiceError> {
    let is_reason = |entry: &Figure| entry.kind == EntryKind::Reason;
    let (reasons, entries): (Vec<Figure>, Vec<Figure>) =
        store.figures(wanted).await?.into_iter().partition(is_reason);
    let calendar = of_campaign(store, detail).await?;
    let mut loaded = Loaded {
        campaign: CampaignData {
            about: detail.campaign.about.clone(),
            stages: stages(detail),
            blocks: Vec::new(),
            calendar,
        },
        entries: Vec::new(),
        reasons,
        lost: Vec::new(),
        approved: None,
        seats: HashMap::new(),
    };
    for (at, (stored, set)) in detail.blocks.iter().zip(sets).enumerate() {
        let members =
            detail.members.iter().filter(|each| each.block == stored.id && wanted.contains(&each.id));
        let members: Vec<&Member> = members.collect();
        loaded.seats.extend(members.iter().enumerate().map(|(seat, each)| (each.id, (at, seat))));
        loaded.campaign.blocks.push(BlockData {
            code: stored.code.clone(),
            name: stored.name.clone(),
            set,
            members: members.into_iter().map(seat).collect(),
            entered: Vec::new(),
        });
    }
    let stages: HashMap<i64, usize> =
        detail.stages.iter().enumerate().map(|(at, stage)| (stage.id, at)).collect();
    let codes: Vec<HashMap<String, usize>> = loaded.campaign.blocks.iter().map(codes).collect();
    let mut sources = Sources::default();
    for entry in &entries {
        let Some((at, member)) = loaded.seats.get(&entry.member).copied() else { continue };
        let Some(stage) = stages.get(&entry.stage).copied().filter(|stage| *stage <= upto) else { continue };
        let (Some(block), Some(codes)) = (loaded.campaign.blocks.get_mut(at), codes.get(at)) else {
            continue;
        };
        match what(&block.set, codes, entry) {
            Some(what) => {
                let source = sources.next(&entry.source);
                block.entered.push(Entered { stage, member, what, source });
            }
            None => loaded.lost.push(entry.clone()),
        }
    }
    loaded.entries = entries;
    Ok(loaded)
}

/// A campaign with everything that was entered, its sets read anew: for whoever has no server that runs.
///
/// # Errors
/// A set that cannot be read.
pub async fn entered(store: &Store, detail: &CampaignDetail) -> Result<CampaignData, ServiceError> {
    let mut sets = Vec::new();
    for block in &detail.blocks {
        sets.push(fresh(store, block).await?);
    }
    Ok(gather(store, detail, &detail.ids(), (usize::MAX, sets)).await?.campaign)
}

fn with_above(detail: &CampaignDetail, wanted: &[i64]) -> Vec<i64> {
    let mut all: Vec<i64> = wanted.to_vec();
    let mut at = 0;
    while let Some(id) = all.get(at).copied() {
        at += 1;
        let parent = detail.member(id).and_then(|member| member.parent.as_deref());
        let above = parent.and_then(|code| detail.members.iter().find(|each| each.code == code));
        if let Some(above) = above.filter(|above| !all.contains(&above.id)) {
            all.push(above.id);
        }
    }
    all
}

fn codes(block: &BlockData) -> HashMap<String, usize> {
    let criteria = block.set.set.criteria.iter().enumerate();
    criteria.map(|(node, criterion)| (criterion.code.clone(), node)).collect()
}

fn stages(detail: &CampaignDetail) -> Vec<StageData> {
    let stage = |stage: &Stage| StageData {
        code: stage.code.clone(),
        name: stage.name.clone(),
        counts: stage.counts.clone(),
    };
    detail.stages.iter().map(stage).collect()
}

fn seat(member: &Member) -> MemberData {
    MemberData {
        code: member.code.clone(),
        name: member.name.clone(),
        parent: member.parent.clone(),
        standing: member.standing.clone(),
        open: false,
    }
}

fn what(set: &Compiled, codes: &HashMap<String, usize>, entry: &Figure) -> Option<What> {
    let node = *codes.get(&entry.criterion)?;
    match entry.kind {
        EntryKind::Points => Some(What::Points(node, entry.text.parse::<Number>().ok()?)),
        EntryKind::NotApplicable => Some(What::NotApplicable(node)),
        EntryKind::Value => {
            let slot = set.slot(node, &entry.input)?;
            let value = set.inputs.get(slot.index())?.kind.read(&entry.text).ok()?;
            Some(What::Value(slot, value))
        }
        EntryKind::Note | EntryKind::Reason => None,
    }
}
