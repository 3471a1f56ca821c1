//! How much room a unit has left for its documents: asked before a large file is sent, and said where little is left.

use parindex_domain::size::written;
use parindex_rulebook::lang::Say;
use parindex_store::NotNow;

use crate::sheet::open;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::visitor::Visitor;

/// It is said from so many hundredths of the quota on.
const NEARLY: u128 = 80;

/// Whether a file of this size finds room at a sheet. The change that names it asks once more, of all that came meanwhile.
///
/// # Errors
/// [`Failure::Impossible`] with what is left; [`Failure::NotFound`], [`Failure::Denied`] where the visitor sees no such sheet.
pub async fn room_for(app: &App, visitor: &Visitor, (member, more): (i64, u64)) -> Result<(), Failure> {
    let Some(quota) = app.settings.quota else { return Ok(()) };
    let sheet = open(app, visitor, member).await?;
    let taken = app.store.room_taken(sheet.member.id).await?;
    if taken.saturating_add(more) > quota {
        let why = NotNow::NoRoom { taken, more, quota };
        return Err(Failure::Impossible(why.say(visitor.lang)));
    }
    Ok(())
}

/// What is said where documents are added, when little room is left.
///
/// # Errors
/// When the database does not answer.
pub async fn nearly_full(app: &App, visitor: &Visitor, member: i64) -> Result<Option<String>, Failure> {
    let Some(quota) = app.settings.quota else { return Ok(None) };
    let taken = app.store.room_taken(member).await?;
    let full = u128::from(taken) * 100 > u128::from(quota) * NEARLY;
    let [has, may] = [taken, quota].map(|bytes| written(bytes, visitor.lang));
    Ok(full.then(|| {
        visitor.lang.pick(
            format!("Tài liệu của đơn vị đã chiếm {has} trong {may} được phép."),
            format!("The documents of the unit take {has} of the {may} that they may."),
        )
    }))
}
