//! What the released drafts changed on a sheet: every criterion with its points before and after, why, and whether the unit has
//! explained itself.

use askama::Template;
use axum::extract::Path;
use parindex_domain::campaign::Scored;
use parindex_domain::procedure::{RulingKind, Side, Stage};
use parindex_store::remark::Remark;
use parindex_store::verdict::Verdict;

use parindex_domain::right::Act;
use parindex_service::campaign::load::{Loaded, load};
use parindex_service::sheet::{SheetView, open};
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// A criterion that was changed.
struct Line {
    code: String,
    name: String,
    before: String,
    after: String,
    reason: String,
    by: String,
    explained: bool,
}

/// A round whose draft was released.
struct Draft {
    stage: Stage,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "sheet/adjusted.html")]
struct AdjustedPage {
    frame: Frame,
    sheet: SheetView,
    drafts: Vec<Draft>,
    /// Which result it is, where it was approved.
    approved: Option<String>,
}

pub async fn show_adjusted(Snapshot(app): Snapshot, visitor: Visitor, Path(member): Path<i64>) -> Answer {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    visitor.permit(Act::SeeSheets, &sheet.subject)?;
    let loaded = load(&app.service, &sheet.of, &[member], usize::MAX).await?;
    let verdicts = app.store.verdicts(&[member]).await?;
    let remarks = app.store.remarks(&[member]).await?;
    let frame = Frame::new(&app, &visitor);
    let look = Look { sheet: &sheet, loaded: &loaded, remarks: &remarks, frame: &frame };
    let released = sheet.of.rounds().filter(|stage| stage.round.released.is_some());
    let mut drafts = Vec::new();
    for stage in released {
        let changed =
            verdicts.iter().filter(|each| each.stage == stage.id && each.kind != RulingKind::Accept);
        let (before, after) = (loaded.score(stage.place - 1)?, loaded.score(stage.place)?);
        let lines = changed.map(|verdict| look.line(stage, verdict, (&before, &after)));
        let lines = lines.collect::<Result<_, _>>()?;
        drafts.push(Draft { stage: stage.clone(), lines });
    }
    drafts.reverse();
    let approved = loaded.says_approved(frame.lang);
    Ok(render(&AdjustedPage { frame, sheet, drafts, approved }))
}

struct Look<'l> {
    sheet: &'l SheetView,
    loaded: &'l Loaded,
    remarks: &'l [Remark],
    frame: &'l Frame,
}

impl Look<'_> {
    fn line(
        &self,
        stage: &Stage,
        verdict: &Verdict,
        (before, after): (&Scored<'_>, &Scored<'_>),
    ) -> Result<Line, Failure> {
        let (block, at) = self.loaded.seat(self.sheet.member.id)?;
        let set = self.loaded.set(block)?;
        // A move of the set may have dropped it; what was decided is shown all the same.
        let node = set.set.find(&verdict.criterion);
        let digits = set.set.settings.rounding.digits.get();
        let points = |scored: &Scored<'_>| {
            self.frame.points(node.and_then(|node| scored.points(block, at, node)), digits)
        };
        Ok(Line {
            name: node
                .and_then(|node| set.set.criteria.get(node))
                .map(|each| each.name.clone())
                .unwrap_or_default(),
            before: points(before),
            after: points(after),
            reason: verdict.reason.clone(),
            by: verdict.by.clone(),
            explained: self.remarks.iter().any(|each| {
                each.stage == stage.id && each.criterion == verdict.criterion && each.side == Side::Unit
            }),
            code: verdict.criterion.clone(),
        })
    }
}
