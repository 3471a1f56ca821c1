//! Any number in words: one sentence in Vietnamese or English.

use parindex_rulebook::input::Value;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, Method, NotApplicable, Part};
use parindex_rulebook::trace::{ShownNames, Step, sentence};

use crate::board::Board;
use crate::sheet::Entry;
use crate::unit::{Cell, leaf, under_not_applicable};

mod equation;
mod stop;
mod sum;
mod total;

pub use stop::StopIn;
pub use total::explain_total;

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
        sum::explain_sum(board, seat, node, lang)
    }
}

fn explain_leaf(board: &Board<'_>, seat: usize, node: usize, parent: Option<&Number>, lang: Lang) -> String {
    let (compiled, Some(sheet)) = (board.compiled(), board.sheet(seat)) else { return String::new() };
    let mut steps: Vec<Step<'_>> = Vec::new();
    let cell = leaf(compiled, sheet, board.stage(), &|_| parent.cloned(), node, &mut steps);
    let names = ShownNames { inputs: &compiled.inputs, values: sheet.values() };
    let max = compiled.max(node);
    let told = sentence(lang, &steps, &names, max);
    let not_applicable = *sheet.entry(node) == Entry::NotApplicable;
    match cell {
        Cell::Points(_) if not_applicable => policy(compiled, node, max, lang),
        Cell::Points(_) if steps.iter().any(Step::says_not_applicable) => {
            format!("{told} {}", policy(compiled, node, max, lang))
        }
        Cell::Points(_) => told,
        Cell::Information => {
            lang.pick("Chỉ để thông tin, không tính điểm.", "Information only; no points.").to_owned()
        }
        Cell::LeftOut if under_not_applicable(compiled, sheet, node) => lang
            .pick(
                "Mục cấp trên không áp dụng cho đơn vị này nên tiêu chí không áp dụng.",
                "What stands above does not apply to this unit, and this with it.",
            )
            .to_owned(),
        Cell::LeftOut | Cell::Rescaled if not_counted(board, node) => {
            lang.pick("Chưa tính ở bước này.", "Does not count at this stage.").to_owned()
        }
        Cell::LeftOut | Cell::Rescaled => {
            format!("{told} {}", policy(compiled, node, max, lang)).trim().to_owned()
        }
        Cell::NotScored => missing(compiled, &names, node, lang),
        Cell::Failed(stop) => {
            let why = StopIn { compiled, node, stop: &stop }.say(lang);
            format!("{} {why}.", lang.pick("Không tính được:", "Cannot be computed:"))
        }
    }
}

fn not_counted(board: &Board<'_>, node: usize) -> bool {
    board.compiled().set.criteria.get(node).is_some_and(|criterion| !board.stage().counts(criterion))
}

/// What "does not apply" means for a node, which can give `max`.
fn policy(compiled: &Compiled, node: usize, max: &Number, lang: Lang) -> String {
    let max = lang.exact(max);
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

fn missing(compiled: &Compiled, names: &ShownNames<'_>, node: usize, lang: Lang) -> String {
    let absent = compiled.reads.get(node).map_or(&[][..], Vec::as_slice).iter();
    let absent = absent.filter(|slot| {
        matches!(names.values.get(slot.index()), None | Some(Value::Missing | Value::NotDone))
    });
    let titles: Vec<String> = absent.map(|slot| format!("«{}»", names.title(*slot))).collect();
    if titles.is_empty() {
        return lang.pick("Chưa chấm điểm.", "Not scored yet.").to_owned();
    }
    let titles = titles.join(", ");
    lang.pick(format!("Chưa chấm: còn thiếu {titles}."), format!("Not scored: {titles} missing."))
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
