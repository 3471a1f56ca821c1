//! What waits for a decision of the standing body today, with the place where it is made.

use parindex_domain::procedure::{CampaignDetail, Life, Phase, Stage, Unsettled};
use parindex_rulebook::lang::Lang;

/// Something that the standing body has to decide today.
pub struct Decision {
    pub what: String,
    pub href: String,
    /// Whether a deadline is over.
    pub urgent: bool,
}

/// A campaign as it stands.
pub struct DecisionView<'l> {
    /// The campaign.
    pub of: &'l CampaignDetail,
    /// How many units are late.
    pub late: usize,
    /// Stages with what was done in them, and of how much.
    pub rounds: Vec<(&'l Stage, usize, usize)>,
    /// What is open before the approval.
    pub open: &'l Unsettled,
    /// Points from other sources that are open.
    pub external_points: Option<usize>,
    pub now: i64,
}

impl DecisionView<'_> {
    /// All of them, in the order of the procedure.
    #[must_use]
    pub fn decisions(&self, lang: Lang) -> Vec<Decision> {
        if !matches!(self.of.campaign.life, Life::Running(_)) {
            return Vec::new();
        }
        let mut all: Vec<Decision> = self.sheets(lang).into_iter().chain(self.round(lang)).collect();
        all.extend(self.council(lang));
        let before_result = self.of.rounds().all(|round| round.round.released.is_some());
        if let Some(external_points) =
            self.external_points.filter(|external_points| *external_points > 0 && before_result)
        {
            let what = lang.pick(
                format!("Ghi {external_points} điểm từ nguồn khác còn trống"),
                format!("Enter {external_points} points from other sources"),
            );
            all.push(self.decision("/external-points", what, false));
        }
        all
    }

    fn decision(&self, place: &str, what: String, urgent: bool) -> Decision {
        Decision { what, href: format!("/campaigns/{}{place}", self.of.campaign.id), urgent }
    }

    fn sheets(&self, lang: Lang) -> Option<Decision> {
        let late = self.late;
        let what = lang.pick(
            format!("{late} đơn vị chậm nộp: gia hạn có lý do, hoặc để khóa"),
            format!("{late} units are late: give more time with a reason, or leave them locked"),
        );
        (late > 0).then(|| self.decision("#today", what, true))
    }

    /// The round whose draft comes next: ready, or over and not ready.
    fn round(&self, lang: Lang) -> Option<Decision> {
        let next = self.of.rounds().find(|round| round.round.released.is_none())?;
        let (stage, done, of) = self.rounds.iter().find(|(stage, _, _)| stage.id == next.id)?;
        let (name, left) = (&stage.name, of.saturating_sub(*done));
        match stage.phase(None, self.now) {
            Phase::After(_) if left > 0 => {
                let what = lang.pick(
                    format!("«{name}» đã hết hạn, còn {left} mục chưa kết luận: lùi hạn, hoặc công bố và giữ điểm như đang có"),
                    format!("“{name}” is over with {left} criteria undecided: move its end, or release and keep their points"),
                );
                Some(self.decision("#steps", what, true))
            }
            Phase::Open(_) | Phase::After(_) if left == 0 && *of > 0 => {
                let what = lang.pick(
                    format!("«{name}» đã kết luận đủ {of} mục: công bố dự thảo"),
                    format!("“{name}” has decided all {of} criteria: release the draft"),
                );
                Some(self.decision("#steps", what, false))
            }
            Phase::Before(i64::MAX) => {
                let what =
                    lang.pick(format!("Đặt thời gian cho «{name}»"), format!("Set the window of “{name}”"));
                Some(self.decision("/prepare#windows", what, false))
            }
            _ => None,
        }
    }

    fn council(&self, lang: Lang) -> Vec<Decision> {
        let (untabled, motions) = (self.open.untabled, self.open.motions);
        let tabled = lang.pick(
            format!("Đưa {untabled} nội dung vào chương trình Hội đồng"),
            format!("Put {untabled} points on the agenda of the council"),
        );
        let concluded = lang.pick(
            format!("Kết luận {motions} nội dung Hội đồng đang biểu quyết"),
            format!("Close {motions} points on which the council votes"),
        );
        let open = [(untabled, tabled), (motions, concluded)].into_iter().filter(|(count, _)| *count > 0);
        open.map(|(_, what)| self.decision("/council", what, false)).collect()
    }
}
