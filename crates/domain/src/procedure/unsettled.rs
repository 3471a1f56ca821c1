//! What keeps a result from being approved.

use parindex_rulebook::lang::{Lang, Say};

/// What is still open when the chair is to approve. The default is that nothing is.
///
/// ```
/// use parindex_domain::procedure::Unsettled;
/// use parindex_rulebook::lang::{Lang, Say};
/// let open = Unsettled { sheets: 2, ..Unsettled::default() };
/// assert!(open.say(Lang::Vi).starts_with("còn 2 phiếu chưa nộp"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsettled {
    /// Sheets of assessed units that were not submitted.
    pub sheets: usize,
    /// Rounds before the last one whose draft no unit has seen.
    pub rounds: Vec<String>,
    /// Criteria that no appraiser has decided about, and of which the chair did not say that he knows.
    pub undecided: usize,
    /// Points that come from a survey, from leaders or from another body, and that nobody has entered; those of which the chair
    /// said that he knows do not count.
    pub external_points: usize,
    /// Points that appraisers left to the council and that are on no agenda.
    pub untabled: usize,
    /// Points on which the council has not decided.
    pub motions: usize,
}

impl Unsettled {
    /// Whether nothing is open.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        *self == Self::default()
    }

    /// Each thing that is open, with what to do about it.
    #[must_use]
    pub fn reasons(&self, lang: Lang) -> Vec<String> {
        let Self { sheets, undecided, external_points, untabled, motions, .. } = self;
        let counted = [
            (
                *sheets,
                lang.pick(
                    format!("còn {sheets} phiếu chưa nộp: đôn đốc, gia hạn hoặc đưa đơn vị ra khỏi diện đánh giá"),
                    format!("{sheets} sheets are not submitted: remind, give more time or take the units out"),
                ),
            ),
            (
                *undecided,
                lang.pick(
                    format!("còn {undecided} mục chưa ai kết luận thẩm định: kết luận, hoặc xác nhận giữ điểm như đang có"),
                    format!("{undecided} criteria are not decided: decide them, or confirm that their points stay"),
                ),
            ),
            (
                *external_points,
                lang.pick(
                    format!("còn {external_points} điểm từ nguồn khác chưa ghi: ghi ở trang «Điểm từ nguồn khác», hoặc xác nhận để trống"),
                    format!("{external_points} points from other sources are not entered: enter them, or confirm that they stay open"),
                ),
            ),
            (
                *untabled,
                lang.pick(
                    format!("còn {untabled} nội dung chuyển Hội đồng chưa vào chương trình: mở trang Hội đồng"),
                    format!("{untabled} points left to the council are on no agenda: open the page of the council"),
                ),
            ),
            (
                *motions,
                lang.pick(
                    format!("Hội đồng còn {motions} nội dung chưa kết luận"),
                    format!("the council has not decided {motions} points"),
                ),
            ),
        ];
        let unseen = self.rounds.iter().map(|round| {
            lang.pick(
                format!("dự thảo «{round}» chưa công bố cho đơn vị"),
                format!("no unit has seen the draft of “{round}”"),
            )
        });
        let counted = counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, sentence)| sentence);
        counted.chain(unseen).collect()
    }
}

impl Say for Unsettled {
    fn say(&self, lang: Lang) -> String {
        self.reasons(lang).join("; ")
    }
}
