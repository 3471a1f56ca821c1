//! The points of one criterion on one sheet, stage beside stage, each with its reason.

use parindex_domain::procedure::{RulingKind, Stage};
use parindex_rulebook::lang::Lang;
use parindex_store::sheet::Figure;
use parindex_store::verdict::Verdict;

use super::load::Loaded;
use crate::ServiceError;

/// What a criterion has at one stage.
pub struct Column {
    /// The stage.
    pub name: String,
    pub points: String,
    /// Why, where a person set them.
    pub reason: String,
    /// Who decided, where somebody did.
    pub by: String,
    /// What is said of points that nobody set at this stage: that nothing is decided yet, or that the council decides.
    pub state: &'static str,
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
/// [`ServiceError::NotFound`] for a member that was not loaded.
pub fn columns(
    loaded: &Loaded,
    of: &Of<'_>,
    (stages, verdicts): (&[Stage], &[Verdict]),
    lang: Lang,
) -> Result<Vec<Column>, ServiceError> {
    let (block, seat) = loaded.seat(of.member)?;
    let digits = loaded.set(block)?.set.settings.rounding.digits.get();
    let (mut columns, mut last, mut carried) = (Vec::new(), None, Carried::of(loaded, of, lang)?);
    for stage in stages {
        let scored = loaded.score(stage.place)?;
        let points = scored.points(block, seat, of.node).cloned();
        let decided = |verdict: &&Verdict| {
            (verdict.stage, verdict.member, verdict.criterion.as_str()) == (stage.id, of.member, of.criterion)
        };
        let verdict = verdicts.iter().find(decided);
        let state = carried.state(stage, verdict);
        columns.push(Column {
            state: points.as_ref().map_or("", |_points| state),
            name: stage.name.clone(),
            lower: last.as_ref().zip(points.as_ref()).is_some_and(|(last, points)| points < last),
            points: lang.points(points.as_ref(), digits),
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

/// What points that go on from stage to stage wait for.
struct Carried<'a> {
    loaded: &'a Loaded,
    member: i64,
    /// The codes under which something is entered for the criterion.
    codes: Vec<String>,
    /// What the result waits for.
    open: &'static str,
    lang: Lang,
}

impl<'a> Carried<'a> {
    fn of(loaded: &'a Loaded, of: &Of<'_>, lang: Lang) -> Result<Self, ServiceError> {
        let codes = loaded.set(loaded.seat(of.member)?.0)?.path_codes(of.node);
        Ok(Self { loaded, member: of.member, codes, open: "", lang })
    }

    /// What is said beside the points of a stage; the stages come in their order.
    fn state(&mut self, stage: &Stage, verdict: Option<&Verdict>) -> &'static str {
        let last = i64::try_from(self.loaded.campaign.stages.len()).unwrap_or(i64::MAX) - 1;
        // Where everything is entered in one step nothing is carried on, and what was approved waits for nothing.
        if stage.place == 0 {
            return "";
        }
        if stage.place == last {
            let settled = self.loaded.approved.is_some() || self.is_entered(stage);
            return if settled { "" } else { self.open };
        }
        let over = stage.round.released.is_some() || self.loaded.approved.is_some();
        match verdict.map(|verdict| verdict.kind) {
            Some(RulingKind::Council) => {
                self.open = self.lang.pick("chờ Hội đồng quyết định", "the council decides");
                self.lang.pick("đã đưa ra Hội đồng", "left to the council")
            }
            Some(_decided) => self.settled(),
            None if self.is_entered(stage) => self.settled(),
            None if over => self.lang.pick("không kết luận, giữ điểm trước đó", "not decided, as before"),
            None => {
                if self.open.is_empty() {
                    self.open = self.lang.pick("chưa kết luận", "not decided yet");
                }
                self.open
            }
        }
    }

    fn settled(&mut self) -> &'static str {
        self.open = "";
        ""
    }

    /// Whether something was entered at a stage itself.
    fn is_entered(&self, stage: &Stage) -> bool {
        let here = |entry: &Figure| entry.stage == stage.id && entry.member == self.member;
        self.loaded.entries.iter().any(|entry| here(entry) && self.codes.contains(&entry.criterion))
    }
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
