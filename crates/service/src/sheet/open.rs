//! A sheet as a viewer opens it: what of it is shown, and what can be filled in as far as rights go.

use parindex_domain::procedure::{CampaignDetail, Member};
use parindex_domain::right::{Act, Reach, Subject, UnitPath, allowing};
use parindex_rulebook::set::Compiled;
use parindex_store::delegation::Delegation;

use crate::campaign::campaign_detail;
use crate::own::Own;
use crate::viewer::Viewer;
use crate::{Service, ServiceError};

/// The units whose sheets the viewer fills in or signs.
#[must_use]
pub fn own_paths(viewer: &Viewer) -> Vec<UnitPath> {
    paths_of(viewer, Act::FillSheets)
}

/// The units for which the viewer holds a role that allows an act.
#[must_use]
pub fn paths_of(viewer: &Viewer, act: Act) -> Vec<UnitPath> {
    let held = viewer.complete().map(parindex_store::session::Session::appointments).unwrap_or_default();
    let below = allowing(&held, act).filter(|(_, reach)| *reach == Reach::Below);
    below.filter_map(|(each, _)| each.unit.clone()).collect()
}

/// A sheet that somebody looks at.
#[derive(Clone, Debug)]
pub struct SheetView {
    /// The campaign.
    pub of: CampaignDetail,
    /// Whose sheet.
    pub member: Member,
    /// What rights over it are asked over.
    pub subject: Subject,
    /// The last stage that the viewer may see.
    pub upto: usize,
    /// What was delegated, and to whom.
    pub parts: Vec<Delegation>,
    /// The nodes that the viewer may see, and all below them; the whole sheet when none.
    pub only: Option<Vec<String>>,
    /// The nodes that were given to units of the viewer to fill in.
    pub given: Vec<String>,
}

impl SheetView {
    /// Whether the viewer sees a node.
    #[must_use]
    pub fn shows(&self, set: &Compiled, node: usize) -> bool {
        let within = set.path_codes(node);
        self.only.as_ref().is_none_or(|only| within.iter().any(|code| only.contains(code)))
    }

    /// The leaves that the viewer sees, in the order in which they are shown.
    #[must_use]
    pub fn leaves(&self, set: &Compiled) -> Vec<usize> {
        set.leaves().into_iter().filter(|node| self.shows(set, *node)).collect()
    }

    /// Whether the viewer fills in the whole sheet, as far as rights go.
    #[must_use]
    pub fn fills_all(&self, viewer: &Viewer) -> bool {
        viewer.permit(Act::FillSheets, &self.subject).is_ok()
    }

    /// Whether the viewer may fill in a node, which stands under these codes, as far as rights go.
    #[must_use]
    pub fn may_fill(&self, viewer: &Viewer, within: &[String]) -> bool {
        self.fills_all(viewer) || within.iter().any(|code| self.given.contains(code))
    }
}

/// Opens a sheet for a viewer.
///
/// # Errors
/// [`ServiceError::NotFound`], also for a campaign that is not open; no right to it.
pub async fn open(service: &Service, viewer: &Viewer, id: i64) -> Result<SheetView, ServiceError> {
    let (member, path) = service.store.member(id).await?.ok_or(ServiceError::NotFound)?;
    let subject = subject_of(service, viewer, (id, path)).await?;
    let parts = service.store.parts(id).await?;
    let given = delegated(viewer, &parts);
    let only = match viewer.permit(Act::SeeSheets, &subject) {
        Ok(()) => None,
        Err(denied) if given.is_empty() => return Err(denied.into()),
        Err(_part) => Some(given.clone()),
    };
    let of = campaign_detail(service, member.campaign).await?;
    let prepares = viewer.permit(Act::RunCampaigns, &Subject::Everything).is_ok();
    if of.campaign.life == parindex_domain::procedure::Life::Draft && !prepares {
        return Err(ServiceError::NotFound);
    }
    // Units see a draft once it is released.
    let upto = if viewer.may(Act::SeeScores) { of.stages.len() } else { of.last_released() };
    Ok(SheetView { of, member, subject, upto, parts, only, given })
}

/// What rights over a sheet are asked over: its unit. Whoever acts in the place of the standing body sees the sheet of its own unit.
async fn subject_of(
    service: &Service,
    viewer: &Viewer,
    (member, path): (i64, Option<UnitPath>),
) -> Result<Subject, ServiceError> {
    let unit = path.map_or(Subject::Everything, Subject::Unit);
    let act = Act::SeeSheets;
    if !viewer.stands_in(act) || viewer.permit(act, &unit).is_ok() {
        return Ok(unit);
    }
    let own = Own::of(service, viewer, &[member]).await?;
    Ok(if own.stands_in(act, member) { Subject::OfStandingBody } else { unit })
}

/// The nodes that the visitor’s units fill in.
fn delegated(viewer: &Viewer, parts: &[Delegation]) -> Vec<String> {
    let own = |part: &&Delegation| viewer.permit(Act::FillParts, &Subject::Unit(part.path.clone())).is_ok();
    parts.iter().filter(own).map(|part| part.criterion.clone()).collect()
}
