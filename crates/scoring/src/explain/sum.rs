//! Why a node has the points that its children add up to.

use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, Part};
use parindex_rulebook::settings::{RoundAt, Rounding};

use super::equation::{added, rounded, scaled};
use super::{StopIn, policy};
use crate::board::Board;
use crate::sheet::Entry;
use crate::unit::{Cell, UnitScore};

/// Codes of open parts that a sentence names.
const NAMED: usize = 6;

pub(super) fn explain_sum(board: &Board<'_>, seat: usize, node: usize, lang: Lang) -> String {
    let (compiled, Some(score)) = (board.compiled(), board.score(seat)) else { return String::new() };
    let said = board.sheet(seat).is_some_and(|sheet| *sheet.entry(node) == Entry::NotApplicable);
    if said && !matches!(score.cell(node), Cell::Failed(_)) {
        return policy(compiled, node, compiled.full(node), lang);
    }
    match score.cell(node) {
        Cell::Points(points) => of_points(compiled, score, node, points, lang),
        Cell::LeftOut | Cell::Rescaled => {
            lang.pick("Không mục con nào áp dụng.", "No part of it applies.").to_owned()
        }
        Cell::Failed(stop) => {
            let why = StopIn { compiled, node, stop }.say(lang);
            format!("{} {why}.", lang.pick("Không tính được:", "Cannot be computed:"))
        }
        Cell::NotScored | Cell::Information => open(compiled, score, node, lang),
    }
}

fn of_points(compiled: &Compiled, score: &UnitScore, node: usize, points: &Number, lang: Lang) -> String {
    let parts: Vec<Number> =
        compiled.addends(node).iter().filter_map(|child| score.addend(*child)).cloned().collect();
    let (count, max) = (parts.len(), score.max(compiled, node));
    if parts.is_empty() {
        return lang.pick("Chưa có điểm nào: 0 điểm.", "No points yet: 0 points.").to_owned();
    }
    let rounding = rounding_of(compiled, score.rescaled(compiled, node).is_some());
    let sum: Number = parts.iter().sum();
    let mut clauses = Vec::new();
    let exact = if let Some((had, of)) = score.rescaled(compiled, node) {
        let (text, shown) = (added(lang, &parts, &had, None), lang.exact(&of));
        clauses.push(lang.pick(
            format!("Tổng {count} mục con áp dụng: {text} điểm trên {shown}"),
            format!("Sum of {count} parts that apply: {text} points of {shown}"),
        ));
        let text = scaled(lang, &had, &of, (&max, ""), rounding);
        clauses.push(lang.pick(format!("quy đổi {text} điểm"), format!("scaled up {text} points")));
        (&had * &max).checked_div(&of).unwrap_or(had)
    } else {
        let (text, shown) = (added(lang, &parts, &sum, rounding), lang.exact(&max));
        clauses.push(lang.pick(
            format!("Tổng {count} mục con: {text} điểm trên tối đa {shown}"),
            format!("Sum of {count} parts: {text} points of at most {shown}"),
        ));
        sum
    };
    clauses.extend(cut(compiled, node, &exact, lang));
    let within = within(compiled, node, exact);
    let to_points = |text: String| format!("{text} {}", lang.pick("điểm", "points"));
    clauses.extend(rounding.and_then(|rounding| rounded(lang, &within, rounding)).map(to_points));
    debug_assert!(rounding.is_some() || within == *points, "a sum is what its parts add up to");
    format!("{}.", clauses.join("; "))
}

/// How the sum of a node is rounded, where it is: rounded criteria add up to a rounded sum unless it is scaled up.
fn rounding_of(compiled: &Compiled, scaled_up: bool) -> Option<Rounding> {
    let rounding = compiled.set.settings.rounding;
    let rounds = match rounding.at {
        RoundAt::Leaf => scaled_up,
        RoundAt::Level => true,
        RoundAt::End => false,
    };
    rounds.then_some(rounding)
}

/// What stands outside the maximum is cut at its own cap.
fn within(compiled: &Compiled, node: usize, sum: Number) -> Number {
    if compiled.tree.part(node) == Part::Main { sum } else { sum.min(compiled.max(node).clone()) }
}

fn cut(compiled: &Compiled, node: usize, sum: &Number, lang: Lang) -> Option<String> {
    if compiled.tree.part(node) == Part::Main || sum <= compiled.max(node) {
        return None;
    }
    let (sum, max) = (lang.short(sum), lang.exact(compiled.max(node)));
    Some(lang.pick(
        format!("{sum} điểm vượt mức tối đa nên lấy {max} điểm"),
        format!("{sum} points exceed the cap, so {max} points"),
    ))
}

/// What is there so far, and what is open.
fn open(compiled: &Compiled, score: &UnitScore, node: usize, lang: Lang) -> String {
    let children = compiled.addends(node);
    let is_open = |child: &&usize| matches!(score.cell(**child), Cell::NotScored | Cell::Failed(_));
    let open: Vec<&str> = children
        .iter()
        .filter(is_open)
        .filter_map(|child| Some(compiled.set.criteria.get(*child)?.code.as_str()))
        .collect();
    let more = if open.len() > NAMED { "…" } else { "" };
    let (all, there) = (children.len(), children.len() - open.len());
    let codes = open.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let (points, max) = (lang.short(&score.so_far(compiled, node)), lang.exact(&score.max(compiled, node)));
    lang.pick(
        format!("Chưa đủ điểm: {there}/{all} mục con đã xong, đến nay {points} trên {max} điểm; còn {codes}{more}."),
        format!("Not complete: {there} of {all} parts are done, {points} of {max} points so far; open: {codes}{more}."),
    )
}
