//! How much room a unit has left for its documents: asked before a large file is sent, and said where little is left.

use parindex_domain::refusal::EvidenceRefusal;
use parindex_domain::size::written;
use parindex_rulebook::lang::Lang;
use parindex_store::Refusal;

use crate::sheet::open;
use crate::viewer::Viewer;
use crate::{Service, ServiceError};

/// It is said from so many hundredths of the quota on.
const NEARLY: u128 = 80;

/// Whether a file of this size finds room at a sheet. The change that names it asks once more, of all that came meanwhile.
///
/// # Errors
/// [`ServiceError::Refused`] with what is left; [`ServiceError::NotFound`], [`ServiceError::Denied`] where the viewer sees no such sheet.
pub async fn room_for(
    service: &Service,
    viewer: &Viewer,
    (member, more): (i64, u64),
) -> Result<(), ServiceError> {
    let Some(quota) = service.intake.quota else { return Ok(()) };
    let sheet = open(service, viewer, member).await?;
    let taken = service.store.room_taken(sheet.member.id).await?;
    if taken.saturating_add(more) > quota {
        return Err(Refusal::from(EvidenceRefusal::NoRoom { taken, more, quota }).into());
    }
    Ok(())
}

/// What is said where documents are added, when little room is left.
///
/// # Errors
/// When the database does not answer.
pub async fn nearly_full(service: &Service, member: i64, lang: Lang) -> Result<Option<String>, ServiceError> {
    let Some(quota) = service.intake.quota else { return Ok(None) };
    let taken = service.store.room_taken(member).await?;
    let full = u128::from(taken) * 100 > u128::from(quota) * NEARLY;
    let [has, may] = [taken, quota].map(|bytes| written(bytes, lang));
    Ok(full.then(|| {
        lang.pick(
            format!("Tài liệu của đơn vị đã chiếm {has} trong {may} được phép."),
            format!("The documents of the unit take {has} of the {may} that they may."),
        )
    }))
}
