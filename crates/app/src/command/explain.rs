//! `parindex explain`: the sentence behind every number of a unit.

use clap::ArgMatches;
use parindex_domain::campaign::{Scored, Standing, decimal};
use parindex_rulebook::lang::Lang;
use parindex_rulebook::notation;
use parindex_rulebook::number::Number;
use parindex_rulebook::trace::show_value;
use parindex_scoring::board::Board;
use parindex_scoring::explain::{explain_node, explain_total, method_in_words};
use parindex_scoring::unit::Cell;
use serde_json::{Value, json};

use super::{CommandResult, find_unit, open, score_at, way, word};
use crate::console::{Console, Lean};
use crate::failure::CommandFailure;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let package = open(arguments, console)?;
    let campaign = &package.campaign;
    let (block, seat) = find_unit(campaign, word(arguments, "unit").unwrap_or_default())?;
    let scored = score_at(campaign, word(arguments, "stage"))?;
    let Some(board) = scored.boards.get(block) else { return Ok(()) };
    let told = Told { scored: &scored, board, block, seat };
    let machine = word(arguments, "format") == Some("json");
    match word(arguments, "criterion") {
        Some(code) => {
            let node = told.set().set.find(code).ok_or_else(|| no_criterion(code))?;
            if machine {
                console.line(format!("{:#}", told.node_json(node, console.lang)));
            } else {
                told.node(console, node);
            }
        }
        None if machine => console.line(format!("{:#}", told.unit_json(console.lang))),
        None => told.unit(console),
    }
    Ok(())
}

fn no_criterion(code: &str) -> CommandFailure {
    CommandFailure::message(
        format!("bộ tiêu chí của đơn vị này không có tiêu chí «{code}»"),
        format!("the unit's criteria set has no criterion “{code}”"),
    )
}

struct Told<'s> {
    scored: &'s Scored<'s>,
    board: &'s Board<'s>,
    block: usize,
    seat: usize,
}

impl Told<'_> {
    fn set(&self) -> &parindex_rulebook::set::Compiled {
        self.board.compiled()
    }

    fn name(&self) -> (String, String) {
        let block = self.scored.campaign.blocks.get(self.block);
        let member = block.and_then(|block| block.members.get(self.seat));
        member.map(|member| (member.code.clone(), member.name.clone())).unwrap_or_default()
    }

    fn sentence(&self, node: usize, lang: Lang) -> String {
        let parent = self.scored.above(self.block, self.seat, node);
        let sentence = explain_node(self.board, self.seat, node, parent, lang);
        let way = match self.board.score(self.seat).map(|score| score.cell(node)) {
            Some(Cell::Failed(stop)) => way(stop, lang),
            _ => None,
        };
        way.map_or_else(
            || sentence.clone(),
            |way| format!("{sentence} {}: {way}.", lang.pick("Cách sửa", "To fix it")),
        )
    }

    fn total(&self, lang: Lang) -> String {
        let block = self.scored.campaign.blocks.get(self.block);
        let standing = block.and_then(|block| block.members.get(self.seat)).map(|member| &member.standing);
        if let Some(Standing::Exempt(reason)) = standing {
            return format!("{} {reason}", lang.pick("Được miễn đánh giá.", "Exempt."));
        }
        let year = self.scored.campaign.about.year;
        explain_total(self.board, self.seat, year, lang)
    }

    fn points(&self, node: usize) -> (Option<Number>, Number) {
        let score = self.board.score(self.seat);
        match score {
            Some(score) => (score.cell(node).points().cloned(), score.max(self.set(), node)),
            None => (None, Number::ZERO),
        }
    }

    fn inputs(&self, node: usize, lang: Lang) -> Vec<(String, String, String)> {
        let set = self.set();
        let Some(sheet) = self.board.sheet(self.seat) else { return Vec::new() };
        let reads = set.reads.get(node).map_or(&[][..], Vec::as_slice);
        let input = |slot: &parindex_rulebook::slot::Slot| {
            let input = set.inputs.get(slot.index())?;
            let value = sheet.values().get(slot.index())?;
            Some((input.name.clone(), input.title(), show_value(lang, value, Some(&input.kind))))
        };
        reads.iter().filter_map(input).collect()
    }

    fn node(&self, console: &mut Console, node: usize) {
        let lang = console.lang;
        let (code, name) = self.name();
        let Some(criterion) = self.set().set.criteria.get(node) else { return };
        console.heading(&format!("{name} ({code}) · {} {}", criterion.code, criterion.name));
        let (points, max) = self.points(node);
        let points = points.map_or_else(|| "–".to_owned(), |points| lang.short(&points));
        console.line(format!("{}: {points} / {}", console.pick("Điểm", "Points"), lang.short(&max)));
        console.line(self.sentence(node, lang));
        let tree = &self.set().tree;
        if tree.is_leaf(node) {
            let rule = notation::print(&criterion.rule);
            let method = method_in_words(criterion.method, tree.part(node), lang);
            console.line(format!("{}: {rule}", console.pick("Cách tính điểm", "Rule")));
            console.line(format!("{}: {method}", console.pick("Phương pháp", "Method")));
        }
        let basis = self.set().basis(node);
        if !basis.is_empty() {
            console.line(format!("{}: {basis}", console.pick("Căn cứ", "Legal basis")));
        }
        let inputs = self.inputs(node, lang);
        if !inputs.is_empty() {
            console.line("");
            let header = [
                ("", Lean::Left),
                (console.pick("Số liệu", "Input"), Lean::Left),
                (console.pick("Giá trị", "Value"), Lean::Right),
            ];
            let rows = inputs.into_iter().map(|(name, title, value)| {
                let title = if title == name { String::new() } else { title };
                vec![name, title, value]
            });
            console.table(&header, rows.collect());
        }
        self.children(console, tree.children(node));
    }

    fn is_exempt(&self) -> bool {
        let block = self.scored.campaign.blocks.get(self.block);
        block
            .and_then(|block| block.members.get(self.seat))
            .is_some_and(|member| !member.standing.is_assessed())
    }

    fn has_rule(&self, node: usize) -> bool {
        self.set().tree.is_leaf(node) && !self.set().set.is_information(node)
    }

    fn children(&self, console: &mut Console, nodes: &[usize]) {
        if nodes.is_empty() {
            return;
        }
        let lang = console.lang;
        console.line("");
        let header = [
            (console.pick("Mã", "Code"), Lean::Left),
            (console.pick("Tên", "Name"), Lean::Left),
            (console.pick("Điểm", "Points"), Lean::Right),
            (console.pick("Tối đa", "Maximum"), Lean::Right),
        ];
        let row = |node: &usize| {
            let criterion = self.set().set.criteria.get(*node)?;
            let (points, max) = self.points(*node);
            let points = points.map_or_else(|| "–".to_owned(), |points| lang.short(&points));
            Some(vec![criterion.code.clone(), criterion.name.clone(), points, lang.short(&max)])
        };
        let rows = nodes.iter().filter_map(row).collect();
        console.table(&header, rows);
    }

    fn unit(&self, console: &mut Console) {
        let (code, name) = self.name();
        console.heading(&format!("{name} ({code})"));
        console.line(self.total(console.lang));
        if self.is_exempt() {
            return;
        }
        self.children(console, &self.set().roots);
        let lang = console.lang;
        console.line("");
        for node in self.set().walk.iter().filter(|node| self.set().tree.is_leaf(**node)) {
            if let Some(criterion) = self.set().set.criteria.get(*node) {
                console.line(format!("{} {}", criterion.code, criterion.name));
                console.line(format!("    {}", self.sentence(*node, lang)));
            }
        }
    }

    fn node_json(&self, node: usize, lang: Lang) -> Value {
        let (points, max) = self.points(node);
        let criterion = self.set().set.criteria.get(node);
        let inputs = self.inputs(node, lang).into_iter();
        let inputs: Vec<Value> = inputs
            .map(|(name, title, value)| json!({ "name": name, "title": title, "value": value }))
            .collect();
        json!({
            "unit": self.name().0,
            "criterion": criterion.map(|criterion| &criterion.code),
            "name": criterion.map(|criterion| &criterion.name),
            "points": points.map(|points| decimal(&points, 2)),
            "max": decimal(&max, 2),
            "rule": criterion.filter(|_| self.has_rule(node)).map(|criterion| notation::print(&criterion.rule)),
            "inputs": inputs,
            "explanation": self.sentence(node, lang),
        })
    }

    fn unit_json(&self, lang: Lang) -> Value {
        let criteria: Vec<Value> = self.set().walk.iter().map(|node| self.node_json(*node, lang)).collect();
        let (code, name) = self.name();
        json!({ "unit": code, "name": name, "explanation": self.total(lang), "criteria": criteria })
    }
}
