//! What differs between rows and log, in words that say where it stands, what stands there and what the log says.

use parindex_rulebook::lang::{Lang, Say};

/// Something that stands otherwise than the log says: it was changed beside the log, or taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The code of the campaign; empty for what belongs to none.
    pub campaign: String,
    /// The unit; empty for what belongs to no single one.
    pub unit: String,
    pub what: DifferenceKind,
    /// What stands there; none where nothing does.
    pub stands: Option<String>,
    /// What the log says; none where it says nothing.
    pub logged: Option<String>,
    /// The row of the log that wrote it last.
    pub row: Option<i64>,
}

/// What can stand in the database otherwise than the log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// A cell of a sheet.
    Cell {
        /// The name of the stage.
        stage: String,
        /// The code of the criterion.
        criterion: String,
        /// The input; empty for points and for what does not apply.
        input: String,
    },
    /// The document or reason behind points.
    Source {
        /// The name of the stage.
        stage: String,
        /// The code of the criterion.
        criterion: String,
    },
    /// A decision of an appraiser.
    Verdict {
        /// The name of the round.
        round: String,
        /// The code of the criterion.
        criterion: String,
    },
    Document {
        /// The code of the criterion.
        criterion: String,
        /// What it is called.
        name: String,
    },
    /// A point of the council.
    Motion {
        /// The code of the criterion.
        criterion: String,
    },
    Vote {
        /// The code of the criterion.
        criterion: String,
        name: String,
    },
    /// Whether the unit is assessed and ranked.
    Standing,
    /// Whether the sheet is submitted, and its seal.
    SheetState,
    /// The figures and documents under the seal.
    Seal,
    /// What came with a package, as it was when it came.
    Arrived,
    /// The version of the criteria set of a block.
    Version {
        /// The name of the block.
        block: String,
    },
    /// The text of a settled criteria set.
    Rules {
        /// The name of the block that uses it.
        block: String,
    },
    /// A day off or a worked day of the server.
    Day { day: String },
    /// A day off or a worked day that the campaign has of its own.
    OwnDay { day: String },
    /// Whether the campaign is open or approved.
    Life,
    /// The approved result.
    Result,
}

impl Say for DifferenceKind {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Cell { stage, criterion, input } if input.is_empty() => (
                format!("điểm của tiêu chí {criterion} ({stage})"),
                format!("the points of criterion {criterion} ({stage})"),
            ),
            Self::Cell { stage, criterion, input } => (
                format!("ô «{input}» của tiêu chí {criterion} ({stage})"),
                format!("the cell “{input}” of criterion {criterion} ({stage})"),
            ),
            Self::Source { stage, criterion } => (
                format!("căn cứ của điểm tiêu chí {criterion} ({stage})"),
                format!("what the points of criterion {criterion} come from ({stage})"),
            ),
            Self::Verdict { round, criterion } => (
                format!("kết luận thẩm định tiêu chí {criterion} ({round})"),
                format!("the decision about criterion {criterion} ({round})"),
            ),
            Self::Document { criterion, name } => (
                format!("tài liệu «{name}» của tiêu chí {criterion}"),
                format!("the document “{name}” of criterion {criterion}"),
            ),
            Self::Motion { criterion } => (
                format!("nội dung Hội đồng quyết định về tiêu chí {criterion}"),
                format!("the motion about criterion {criterion}"),
            ),
            Self::Vote { criterion, name } => (
                format!("phiếu biểu quyết của {name} về tiêu chí {criterion}"),
                format!("the vote of {name} about criterion {criterion}"),
            ),
            Self::Version { block } => (
                format!("phiên bản bộ tiêu chí của khối {block}"),
                format!("the version of the criteria set of block {block}"),
            ),
            Self::Rules { block } => (
                format!("nội dung bộ tiêu chí đã chốt của khối {block}"),
                format!("the text of the final criteria set of block {block}"),
            ),
            Self::Day { day } => {
                (format!("ngày {day} trong lịch chung của máy chủ"), format!("the day {day} of the server"))
            }
            Self::OwnDay { day } => (
                format!("ngày {day} trong lịch riêng của đợt đánh giá"),
                format!("the day {day} of the campaign’s own calendar"),
            ),
            plain => plain.plain(),
        };
        lang.pick(vi, en)
    }
}

impl DifferenceKind {
    /// What has no place of its own below the unit or the campaign.
    fn plain(&self) -> (String, String) {
        let (vi, en) = match self {
            Self::Standing => ("diện đánh giá", "the standing"),
            Self::SheetState => ("tình trạng nộp phiếu", "whether the sheet is submitted"),
            Self::Seal => ("nội dung phiếu dưới dấu niêm phong", "what stands on the sheet under its seal"),
            Self::Arrived => ("số liệu vào cùng gói dữ liệu", "what came with the package"),
            Self::Life => ("tình trạng mở, phê duyệt", "whether it is open or approved"),
            _ => ("kết quả đã phê duyệt", "the approved result"),
        };
        (vi.to_owned(), en.to_owned())
    }
}

impl Say for Difference {
    fn say(&self, lang: Lang) -> String {
        let place = place(&self.campaign, &self.unit, lang);
        let (what, row) = (self.what.say(lang), self.row.unwrap_or_default());
        let stands = match &self.stands {
            Some(text) => lang.pick(format!("đang là «{text}»"), format!("“{text}” stands there")),
            None => lang.pick("không còn", "nothing stands there").to_owned(),
        };
        let logged = match (&self.logged, self.row) {
            (Some(text), Some(_)) => lang.pick(
                format!("dòng {row} của nhật ký ghi «{text}»"),
                format!("row {row} of the log says “{text}”"),
            ),
            (None, Some(_)) => lang.pick(
                format!("theo dòng {row} của nhật ký thì không còn"),
                format!("by row {row} of the log nothing stands there"),
            ),
            (_, None) => lang.pick("nhật ký không ghi", "the log knows nothing of it").to_owned(),
        };
        format!("{place}{what}: {stands}; {logged}")
    }
}

fn place(campaign: &str, unit: &str, lang: Lang) -> String {
    let mut place = String::new();
    if !campaign.is_empty() {
        place
            .push_str(&lang.pick(format!("đợt đánh giá «{campaign}», "), format!("campaign “{campaign}”, ")));
    }
    if !unit.is_empty() {
        place.push_str(&lang.pick(format!("{unit}, "), format!("{unit}, ")));
    }
    place
}

/// Rows that came in before the log kept a mark of such rows: there is nothing to compare them with. Not a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmarked {
    /// The code of the campaign.
    pub campaign: String,
    /// The unit; empty for the days of the campaign itself.
    pub unit: String,
    /// How many.
    pub rows: usize,
}

impl Say for Unmarked {
    fn say(&self, lang: Lang) -> String {
        let (place, rows) = (place(&self.campaign, &self.unit, lang), self.rows);
        let (vi, en) = match self.unit.as_str() {
            "" => ("ngày nghỉ, ngày làm bù", "days off or worked days"),
            _ => ("số liệu", "figures"),
        };
        lang.pick(
            format!("{place}{rows} {vi} vào cùng gói dữ liệu không có dấu trong nhật ký để đối chiếu (trước phiên bản này nhật ký chưa giữ dấu ấy)"),
            format!("{place}{rows} {en} that came with a package have no mark in the log to be compared with (versions before this one kept none)"),
        )
    }
}

/// What a comparison of rows and log found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unlogged {
    /// What differs; no more than [`MAX`] are named.
    pub differences: Vec<Difference>,
    /// How many differ in all.
    pub count: usize,
    /// What could not be compared.
    pub unmarked: Vec<Unmarked>,
}

/// So many differences say enough: whoever has changed more has changed everything.
pub const MAX: usize = 1_000;

impl Unlogged {
    /// Adds a difference; only the first ones are kept, all are counted.
    pub(super) fn add(&mut self, difference: Difference) {
        self.count += 1;
        if self.differences.len() < MAX {
            self.differences.push(difference);
        }
    }

    /// What another comparison found.
    pub(super) fn extend(&mut self, other: Self) {
        self.count += other.count;
        let left = MAX.saturating_sub(self.differences.len());
        self.differences.extend(other.differences.into_iter().take(left));
        self.unmarked.extend(other.unmarked);
    }

    /// The units that differ, each once.
    #[must_use]
    pub fn units(&self) -> Vec<&str> {
        let mut units: Vec<&str> = Vec::new();
        for each in &self.differences {
            if !each.unit.is_empty() && !units.contains(&each.unit.as_str()) {
                units.push(&each.unit);
            }
        }
        units
    }

    /// The first few, in sentences.
    #[must_use]
    pub fn first(&self, most: usize, lang: Lang) -> String {
        let said: Vec<String> = self.differences.iter().take(most).map(|each| each.say(lang)).collect();
        let (said, more) = (said.join("; "), self.count.saturating_sub(most));
        if more == 0 {
            return said;
        }
        lang.pick(format!("{said}; và {more} chỗ khác"), format!("{said}; and {more} more"))
    }
}
