//! Any number in words: one sentence in Vietnamese or English.

use parindex_rulebook::eval::Stop;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, Method, NotApplicable, Part};
use parindex_rulebook::settings::IndexFormula;
use parindex_rulebook::trace::{Names, Step, sentence};

use crate::board::Board;
use crate::sheet::Entry;
use crate::unit::{Cell, Complete, Total, leaf};

/// Why a node of a seat has its points. `parent` is what the unit above has for it.
#[must_use]
pub fn explain_node(
    board: &Board<'_>,
    seat: usize,
    node: usize,
    parent: Option<&Number>,
    lang: Lang,
) -> String {
    if let Some(said) = board.said(seat) {
        return said.node(node, lang).to_owned();
    }
    let compiled = board.compiled();
    if compiled.tree.is_leaf(node) {
        explain_leaf(board, seat, node, parent, lang)
    } else {
        explain_sum(board, seat, node, lang)
    }
}

fn explain_leaf(board: &Board<'_>, seat: usize, node: usize, parent: Option<&Number>, lang: Lang) -> String {
    let (compiled, Some(sheet)) = (board.compiled(), board.sheet(seat)) else { return String::new() };
    let mut steps: Vec<Step<'_>> = Vec::new();
    let cell = leaf(compiled, sheet, board.stage(), &|_| parent.cloned(), node, &mut steps);
    let names = Names { inputs: &compiled.inputs, values: sheet.values() };
    let max = compiled.max(node);
    let told = sentence(lang, &steps, &names, max);
    let not_applicable = *sheet.entry(node) == Entry::NotApplicable;
    match cell {
        Cell::Points(_) if not_applicable => policy(compiled, node, lang),
        Cell::Points(_) if steps.iter().any(Step::says_not_applicable) => {
            format!("{told} {}", policy(compiled, node, lang))
        }
        Cell::Points(_) => told,
        Cell::Information => {
            lang.pick("Chỉ để thông tin, không tính điểm.", "Information only; no points.").to_owned()
        }
        Cell::LeftOut | Cell::Rescaled if not_counted(board, node) => {
            lang.pick("Chưa tính ở bước này.", "Does not count at this stage.").to_owned()
        }
        Cell::LeftOut | Cell::Rescaled => {
            format!("{told} {}", policy(compiled, node, lang)).trim().to_owned()
        }
        Cell::NotScored => missing(compiled, &names, node, lang),
        Cell::Failed(stop) => {
            let why = StopIn { compiled, node, stop: &stop }.say(lang);
            format!("{} {why}.", lang.pick("Không tính được:", "Cannot be computed:"))
        }
    }
}

fn not_counted(board: &Board<'_>, node: usize) -> bool {
    let method = board.compiled().set.criteria.get(node).and_then(|criterion| criterion.method);
    board.stage().counts.is_some_and(|methods| !method.is_some_and(|method| methods.contains(&method)))
}

/// What "does not apply" means for a node.
fn policy(compiled: &Compiled, node: usize, lang: Lang) -> String {
    let max = lang.short(compiled.max(node));
    match compiled.set.criteria.get(node).and_then(|criterion| criterion.not_applicable) {
        Some(NotApplicable::Full) => lang.pick(
            format!("Không áp dụng cho đơn vị này nên được đủ {max} điểm."),
            format!("Does not apply to this unit, so full marks: {max}."),
        ),
        Some(NotApplicable::Zero) => lang.pick(
            "Không áp dụng cho đơn vị này, được 0 điểm và điểm tối đa giữ nguyên.".to_owned(),
            "Does not apply to this unit: 0 points, the maximum stays.".to_owned(),
        ),
        Some(NotApplicable::Rescale) => lang.pick(
            format!("Không áp dụng cho đơn vị này; {max} điểm được quy đổi sang các mục cùng cấp."),
            format!("Does not apply to this unit; its siblings are scaled up by {max} points."),
        ),
        Some(NotApplicable::LeaveOut) | None => lang.pick(
            format!("Không áp dụng cho đơn vị này; bỏ {max} điểm ra khỏi điểm tối đa."),
            format!("Does not apply to this unit; {max} points leave the maximum."),
        ),
    }
}

fn missing(compiled: &Compiled, names: &Names<'_>, node: usize, lang: Lang) -> String {
    let absent = compiled.reads.get(node).map_or(&[][..], Vec::as_slice).iter();
    let absent = absent.filter(|slot| {
        names.values.get(slot.index()).is_none_or(|value| *value == parindex_rulebook::input::Value::Missing)
    });
    let titles: Vec<String> = absent.map(|slot| format!("«{}»", names.title(*slot))).collect();
    if titles.is_empty() {
        return lang.pick("Chưa chấm điểm.", "Not scored yet.").to_owned();
    }
    let titles = titles.join(", ");
    lang.pick(format!("Chưa chấm: còn thiếu {titles}."), format!("Not scored: {titles} missing."))
}

fn explain_sum(board: &Board<'_>, seat: usize, node: usize, lang: Lang) -> String {
    let (compiled, Some(score)) = (board.compiled(), board.score(seat)) else { return String::new() };
    let points: Vec<String> = compiled
        .addends(node)
        .iter()
        .filter_map(|child| Some(lang.short(score.cell(*child).points()?)))
        .collect();
    let max = lang.short(&score.max(compiled, node));
    match score.cell(node) {
        Cell::Points(sum) => {
            let (count, added, sum) = (points.len(), points.join(" + "), lang.short(sum));
            if let Some((had, of)) = score.rescaled(compiled, node) {
                let (had, of) = (lang.short(&had), lang.short(&of));
                return lang.pick(
                    format!("Tổng {count} mục con áp dụng: {added} = {had} điểm trên {of}; quy đổi {had} : {of} × {max} = {sum} điểm."),
                    format!("Sum of {count} parts that apply: {added} = {had} points of {of}; scaled up {had} ÷ {of} × {max} = {sum} points."),
                );
            }
            lang.pick(
                format!("Tổng {count} mục con: {added} = {sum} điểm trên tối đa {max}."),
                format!("Sum of {count} parts: {added} = {sum} points of at most {max}."),
            )
        }
        Cell::LeftOut | Cell::Rescaled => {
            lang.pick("Không mục con nào áp dụng.", "No part of it applies.").to_owned()
        }
        _ => {
            let count = points.len();
            let all = compiled.addends(node).len();
            lang.pick(
                format!("Chưa đủ điểm: mới có {count}/{all} mục con."),
                format!("Not complete: {count} of {all} parts have points."),
            )
        }
    }
}

/// Why the unit has its index, rank and class.
#[must_use]
pub fn explain_total(board: &Board<'_>, seat: usize, year: i16, lang: Lang) -> String {
    if let Some(said) = board.said(seat) {
        return said.total(lang).to_owned();
    }
    let (compiled, Some(score)) = (board.compiled(), board.score(seat)) else { return String::new() };
    match score.total() {
        Total::NotScored => lang.pick("Chưa chấm điểm.", "Not scored.").to_owned(),
        Total::Partial { points, max } => {
            let (points, max, open) = (lang.short(points), lang.short(max), score.open(compiled).len());
            lang.pick(
                format!("Mới có {points} trên {max} điểm; còn {open} tiêu chí chưa có điểm nên chưa có chỉ số và hạng."),
                format!("{points} of {max} points so far; {open} criteria are open, so there is no index and no rank."),
            )
        }
        Total::Complete(complete) => {
            let mut text = index_sentence(compiled, complete, lang);
            if let Some(rank) = board.rank(seat) {
                let of = board.ranked();
                text.push_str(&lang.pick(format!(" Hạng {rank}/{of}."), format!(" Rank {rank} of {of}.")));
            }
            if let Some(class) = board.class(seat, year) {
                text.extend([" ", lang.pick("Xếp loại:", "Class:"), " ", class, "."]);
            }
            text
        }
    }
}

fn index_sentence(compiled: &Compiled, complete: &Complete, lang: Lang) -> String {
    let settings = &compiled.set.settings;
    let digits = settings.rounding.digits.get();
    let points = lang.fixed(&complete.points, digits);
    let mut total = points.clone();
    if !complete.bonus.is_zero() || !complete.penalty.is_zero() {
        let (bonus, penalty) = (lang.short(&complete.bonus), lang.short(&complete.penalty));
        total.push_str(&lang.pick(
            format!(" (gồm {bonus} điểm cộng, đã trừ {penalty} điểm trừ)"),
            format!(" (with {bonus} bonus and less {penalty} penalty points)"),
        ));
    }
    let max = lang.short(&complete.max);
    let index = lang.fixed(&complete.index, settings.index.digits.get());
    match settings.index.formula {
        IndexFormula::Points => lang
            .pick(format!("Được {total} điểm; chỉ số {index}."), format!("{total} points; index {index}.")),
        IndexFormula::Share => lang.pick(
            format!("Được {total} trên {max} điểm áp dụng; chỉ số {points} : {max} × 100 = {index}%."),
            format!("{total} of {max} applicable points; index {points} ÷ {max} × 100 = {index}%."),
        ),
    }
}

/// Why a rule gave nothing, with the names behind its slots.
pub struct StopIn<'a> {
    /// The set.
    pub compiled: &'a Compiled,
    /// The node.
    pub node: usize,
    /// What stopped it.
    pub stop: &'a Stop,
}

impl Say for StopIn<'_> {
    fn say(&self, lang: Lang) -> String {
        let title = |slot: &parindex_rulebook::eval::Slot| {
            self.compiled
                .inputs
                .get(slot.index())
                .map_or_else(String::new, parindex_rulebook::input::Input::title)
        };
        let max = lang.short(self.compiled.max(self.node));
        match self.stop {
            Stop::Missing(slot) => {
                let title = title(slot);
                lang.pick(format!("chưa nhập «{title}»"), format!("“{title}” is missing"))
            }
            Stop::NoPoints => lang.pick("chưa nhập điểm", "no points were entered").to_owned(),
            Stop::NoParent => lang.pick("đơn vị cấp trên chưa có điểm", "the unit above has no points").to_owned(),
            Stop::ZeroDenominator => lang.pick(
                "mẫu số bằng 0 mà quy tắc chưa nêu kết quả; hãy thêm «mẫu bằng 0: …» vào cách tính điểm",
                "a denominator is zero and the rule states no outcome; add “mẫu bằng 0: …” to it",
            ).to_owned(),
            Stop::WrongKind(slot) => {
                let title = title(slot);
                lang.pick(format!("«{title}» không phải loại số liệu quy tắc cần"), format!("“{title}” is of the wrong kind"))
            }
            Stop::NoBand(value) => {
                let value = lang.short(value);
                lang.pick(
                    format!("không bậc nào nhận giá trị {value}; hãy bổ sung bậc"),
                    format!("no band holds {value}; add one"),
                )
            }
            Stop::OutOfRange(points) => {
                let points = lang.short(points);
                lang.pick(
                    format!("{points} điểm nằm ngoài khoảng 0 đến {max}; hãy nhập lại"),
                    format!("{points} points lie outside 0 to {max}; enter them again"),
                )
            }
            Stop::OffStep(both) => {
                let (points, step) = (lang.short(&both.0), lang.short(&both.1));
                lang.pick(
                    format!("{points} điểm không chia hết cho bước {step}; hãy nhập lại"),
                    format!("{points} points are no multiple of {step}; enter them again"),
                )
            }
            Stop::TooLarge => lang.pick(
                "phép tính cho số quá lớn; hãy kiểm tra số liệu và công thức",
                "the calculation grows too large; check the figures and the formula",
            ).to_owned(),
            Stop::NotApplicableRefused => lang.pick(
                "tiêu chí này không cho phép «không áp dụng»; hãy nhập số liệu, hoặc nêu cách xử lý ở cột «Không áp dụng»",
                "this criterion cannot be “not applicable”; enter figures, or state a policy in its column",
            ).to_owned(),
            Stop::Calendar(error) => error.say(lang),
        }
    }
}

/// What gives a node's points, in words.
#[must_use]
pub fn method_in_words(method: Option<Method>, part: Part, lang: Lang) -> String {
    let (vi, en) = match method {
        Some(Method::SelfAssessed) => ("tự đánh giá", "self-assessed"),
        Some(Method::Appraised) => ("thẩm định", "appraised"),
        Some(Method::Survey) => ("điều tra xã hội học", "survey"),
        Some(Method::Sipas) => ("SIPAS", "SIPAS"),
        Some(Method::External) => ("số liệu bên ngoài", "external"),
        Some(Method::Leader) => ("lãnh đạo chấm", "leader's points"),
        Some(Method::Information) => ("thông tin", "information"),
        None => ("", ""),
    };
    let outside = match part {
        Part::Main => "",
        Part::Bonus => lang.pick(", điểm cộng", ", bonus"),
        Part::Penalty => lang.pick(", điểm trừ", ", penalty"),
    };
    format!("{}{outside}", lang.pick(vi, en))
}
