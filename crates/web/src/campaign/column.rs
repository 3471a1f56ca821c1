//! The points of one criterion on one sheet, stage beside stage, each with its reason.

use parindex_store::campaign::Stage;
use parindex_store::verdict::Verdict;

use super::scored::Loaded;
use crate::failure::Failure;
use crate::frame::Frame;

/// What a criterion has at one stage.
pub struct Column {
    /// The stage.
    pub name: String,
    /// Its points.
    pub points: String,
    /// Why, where a person set them.
    pub reason: String,
    /// Who decided, where somebody did.
    pub by: String,
    /// Whether they are lower than before.
    pub lower: bool,
}

/// Which criterion of which sheet.
pub struct Of<'a> {
    /// Whose sheet.
    pub member: i64,
    /// The place of the criterion in its set.
    pub node: usize,
    /// Its code.
    pub criterion: &'a str,
}

/// The columns of these stages.
///
/// # Errors
/// [`Failure::NotFound`] for a member that was not loaded.
pub fn columns(
    loaded: &Loaded,
    of: &Of<'_>,
    (stages, verdicts): (&[Stage], &[Verdict]),
    frame: &Frame,
) -> Result<Vec<Column>, Failure> {
    let (block, seat) = loaded.seat(of.member)?;
    let digits = loaded.set(block)?.set.settings.rounding.digits.get();
    let (mut columns, mut last) = (Vec::new(), None);
    for stage in stages {
        let scored = loaded.score(stage.place)?;
        let points = scored.points(block, seat, of.node).cloned();
        let decided = |verdict: &&Verdict| {
            (verdict.stage, verdict.member, verdict.criterion.as_str()) == (stage.id, of.member, of.criterion)
        };
        let verdict = verdicts.iter().find(decided);
        columns.push(Column {
            name: stage.name.clone(),
            lower: last.as_ref().zip(points.as_ref()).is_some_and(|(last, points)| points < last),
            points: frame.points(points.as_ref(), digits),
            reason: verdict
                .map(|verdict| verdict.reason.clone())
                .or(source(loaded, of, stage))
                .unwrap_or_default(),
            by: verdict.map(|verdict| verdict.by.clone()).unwrap_or_default(),
        });
        last = points;
    }
    Ok(columns)
}

/// Where points that a person set come from.
fn source(loaded: &Loaded, of: &Of<'_>, stage: &Stage) -> Option<String> {
    let set = loaded.entries.iter().find(|entry| {
        entry.stage == stage.id
            && entry.member == of.member
            && entry.criterion == of.criterion
            && entry.input.is_empty()
    });
    set.map(|entry| entry.source.clone())
}
