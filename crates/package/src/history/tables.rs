//! The tables of the history and what their columns hold.

use parindex_rulebook::table::ColumnSpec;

use super::HistoryTable;

/// A column of a table of the history.
#[derive(Clone, Copy, Debug)]
pub struct HistoryColumn {
    /// The titles it goes by; the first is written.
    pub titles: &'static [&'static str],
    /// What its cells hold.
    pub holds: Holds,
    /// Whether its cells may be empty; the column itself may be missing then.
    pub optional: bool,
}

/// What the cells of a column hold, and what is refused in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The code of a unit of the package.
    Unit,
    /// The code of a criterion, or any text.
    Text,
    /// The number of a motion or document, by which it is told apart from the others of its table.
    Key,
    /// The number of a motion of the package.
    Motion,
    /// A whole number.
    Whole,
    Points,
    Day,
    /// A moment with its offset.
    Moment,
    /// SHA-256 in hexadecimal letters.
    Hash,
    /// One of these words.
    Word(&'static [&'static str]),
}

impl HistoryColumn {
    /// The column as tables know it.
    #[must_use]
    pub const fn spec(&self) -> ColumnSpec {
        ColumnSpec {
            titles: self.titles,
            needed: !self.optional,
            text: matches!(self.holds, Holds::Unit | Holds::Text),
        }
    }
}

const fn needed(titles: &'static [&'static str], holds: Holds) -> HistoryColumn {
    HistoryColumn { titles, holds, optional: false }
}

const fn maybe(titles: &'static [&'static str], holds: Holds) -> HistoryColumn {
    HistoryColumn { titles, holds, optional: true }
}

const UNIT: HistoryColumn = needed(&["unit", "Mã đơn vị"], Holds::Unit);
const CRITERION: HistoryColumn = needed(&["criterion", "Mã tiêu chí"], Holds::Text);
const STAGE: HistoryColumn = needed(&["stage", "Bước"], Holds::Text);
const AT: HistoryColumn = needed(&["at", "Thời điểm"], Holds::Moment);
const BY: HistoryColumn = needed(&["by", "Người thực hiện"], Holds::Text);

/// What units say about their criteria.
pub const NOTES: HistoryTable = HistoryTable {
    name: "notes",
    title: ("Ghi chú của đơn vị", "Notes of the units"),
    fields: &[UNIT, CRITERION, STAGE, needed(&["note", "Ghi chú"], Holds::Text)],
};

/// Explanations of units, questions of appraisers.
pub const REMARKS: HistoryTable = HistoryTable {
    name: "remarks",
    title: ("Giải trình và hỏi thêm", "Explanations and questions"),
    fields: &[
        UNIT,
        CRITERION,
        STAGE,
        needed(&["side", "Bên"], Holds::Word(&["unit", "appraiser"])),
        needed(&["text", "Nội dung"], Holds::Text),
        AT,
        BY,
    ],
};

/// What appraisers decided: one row for each claim and round.
pub const VERDICTS: HistoryTable = HistoryTable {
    name: "verdicts",
    title: ("Kết luận thẩm định", "Verdicts of the appraisal"),
    fields: &[
        UNIT,
        CRITERION,
        STAGE,
        needed(&["verdict", "Kết luận"], Holds::Word(&["accept", "adjust", "council"])),
        maybe(&["reason", "Lý do"], Holds::Text),
        AT,
        BY,
    ],
};

/// Documents: a list; the files stand beside it only where they were asked for.
pub const EVIDENCE: HistoryTable = HistoryTable {
    name: "evidence",
    title: ("Danh sách tài liệu kiểm chứng", "List of the evidence"),
    fields: &[
        needed(&["document", "Số thứ tự"], Holds::Key),
        UNIT,
        CRITERION,
        STAGE,
        maybe(&["genre", "Loại tài liệu"], Holds::Text),
        needed(&["name", "Tên"], Holds::Text),
        maybe(&["number", "Số, ký hiệu"], Holds::Text),
        maybe(&["issued_on", "Ngày ban hành"], Holds::Day),
        maybe(&["issuer", "Cơ quan ban hành"], Holds::Text),
        maybe(&["sha256"], Holds::Hash),
        maybe(&["size", "Dung lượng"], Holds::Whole),
        maybe(&["link", "Địa chỉ"], Holds::Text),
        AT,
        BY,
        maybe(&["replaces", "Thay cho"], Holds::Whole),
    ],
};

/// What the council decides on.
pub const MOTIONS: HistoryTable = HistoryTable {
    name: "motions",
    title: ("Nội dung Hội đồng quyết định", "Motions of the council"),
    fields: &[
        needed(&["motion", "Số nội dung"], Holds::Key),
        UNIT,
        CRITERION,
        needed(&["points", "Điểm"], Holds::Points),
        maybe(&["proposal", "Lý do đề nghị"], Holds::Text),
        needed(&["manner", "Hình thức"], Holds::Word(&["session", "writing"])),
        maybe(&["until", "Hạn biểu quyết"], Holds::Moment),
        needed(&["opened_at", "Đưa ra lúc"], Holds::Moment),
        needed(&["opened_by", "Người đưa ra"], Holds::Text),
        maybe(&["closed_at", "Kết thúc lúc"], Holds::Moment),
        maybe(&["closed_by", "Người kết thúc"], Holds::Text),
        maybe(&["adopted", "Thông qua"], Holds::Word(&["yes", "no"])),
        maybe(&["members", "Số thành viên"], Holds::Whole),
        maybe(&["for", "Tán thành"], Holds::Whole),
        maybe(&["against", "Không tán thành"], Holds::Whole),
        maybe(&["abstained", "Không ý kiến"], Holds::Whole),
        maybe(&["barred", "Không được biểu quyết"], Holds::Text),
    ],
};

/// Who voted how: one row for each member of the council and motion.
pub const VOTES: HistoryTable = HistoryTable {
    name: "votes",
    title: ("Phiếu biểu quyết của Hội đồng", "Votes of the council"),
    fields: &[
        needed(&["motion", "Số nội dung"], Holds::Motion),
        needed(&["name", "Thành viên"], Holds::Text),
        needed(&["vote", "Biểu quyết"], Holds::Word(&["for", "against", "abstain"])),
        AT,
    ],
};

/// All tables, motions before the votes on them.
pub const TABLES: [&HistoryTable; 6] = [&NOTES, &REMARKS, &VERDICTS, &EVIDENCE, &MOTIONS, &VOTES];
