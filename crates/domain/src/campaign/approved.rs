//! The result as it is approved: text that is kept with its hash and read ever after, never computed again.
//!
//! A sheet at a stage is two texts of lines, fields parted by tabs. The points:
//!
//! ```text
//! H44.07  ranked    complete  87.25  100  0  0  87.25  87.25  3  Tốt
//! 766     p  17.23  18
//! 766-6.1 p  5.23   6
//! ```
//!
//! the code, the standing, how far it is; points, maximum, bonus, penalty, index, index before its rounding; rank and class. Then each node
//! of the set: its code, a sign of its state, its points, its maximum. Numbers are exact: decimals, or fractions like `19960/3813`.
//! The sentences stand line by line in the same order, Vietnamese and English.

use std::collections::HashMap;

use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;
use parindex_scoring::board::Board;
use parindex_scoring::explain::{explain_node, explain_total};
use parindex_scoring::kept::{Both, Kept, Said};
use parindex_scoring::unit::{Cell, Complete, Total, UnitScore};

use super::{BlockData, CampaignData, MemberData, ScoreProblem, Scored, Standing};
use crate::audit::digest;

/// A sheet at a stage, as it is approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovedSheet {
    /// The place of its block.
    pub block: usize,
    pub seat: usize,
    /// The place of the stage.
    pub stage: usize,
    pub text: ApprovedText,
}

/// The two texts of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ApprovedText {
    pub points: String,
    /// Its sentences; empty where only points are read.
    pub sentences: String,
}

/// A text that no version of the program writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidApproved {
    /// The line; the first is 1.
    pub line: usize,
    pub text: String,
}

impl Say for InvalidApproved {
    fn say(&self, lang: Lang) -> String {
        let Self { line, text } = self;
        lang.pick(
            format!(
                "kết quả đã phê duyệt không đọc được ở dòng {line}: «{text}»; hãy phục hồi từ bản sao lưu"
            ),
            format!("line {line} of an approved result cannot be read: “{text}”; restore it from a backup"),
        )
    }
}

/// The hash of a whole result: over the version of the program, the campaign, and the hashes of all its sheets in their order.
#[derive(Clone, Debug)]
pub struct ResultHash(String);

impl ResultHash {
    /// Of a campaign, scored by a version of the program.
    #[must_use]
    pub fn begun(version: &str, campaign: &str) -> Self {
        Self(format!("parindex {version}\n{campaign}\n"))
    }

    /// With the sheet of a member at a stage, both by their codes.
    pub fn add(&mut self, (member, stage): (&str, &str), sheet: &ApprovedText) {
        let (points, sentences) = (digest(&sheet.points), digest(&sheet.sentences));
        line(&mut self.0, &[member, stage, &points, &sentences]);
    }

    /// SHA-256, in hexadecimal digits.
    #[must_use]
    pub fn end(&self) -> String {
        digest(&self.0)
    }
}

impl CampaignData {
    /// All sheets at all stages as they are scored now, member by member.
    ///
    /// # Errors
    /// [`ScoreProblem::ParentCycle`].
    pub fn to_approve(&self) -> Result<Vec<ApprovedSheet>, ScoreProblem> {
        let mut sheets = Vec::new();
        for stage in 0..self.stages.len() {
            let scored = self.score(stage)?;
            for (at, (block, board)) in self.blocks.iter().zip(&scored.boards).enumerate() {
                for (seat, member) in block.members.iter().enumerate() {
                    let of = Of { scored: &scored, block, board, member, at, seat };
                    let text = ApprovedText { points: of.points(), sentences: of.sentences() };
                    sheets.push(ApprovedSheet { block: at, seat, stage, text });
                }
            }
        }
        sheets.sort_by_key(|sheet| (sheet.block, sheet.seat, sheet.stage));
        Ok(sheets)
    }
}

/// A sheet while it is written down.
struct Of<'s> {
    scored: &'s Scored<'s>,
    block: &'s BlockData,
    board: &'s Board<'s>,
    member: &'s MemberData,
    at: usize,
    seat: usize,
}

impl Of<'_> {
    fn points(&self) -> String {
        let mut text = String::new();
        line(&mut text, &self.head());
        let Some(score) = self.board.score(self.seat) else { return text };
        for (node, criterion) in self.block.set.set.criteria.iter().enumerate() {
            let (sign, points) = signed(score.cell(node));
            let max = score.max(&self.block.set, node).to_string();
            line(&mut text, &[&criterion.code, sign, &points, &max]);
        }
        text
    }

    fn head(&self) -> Vec<String> {
        let standing = match &self.member.standing {
            Standing::Ranked => "ranked".to_owned(),
            Standing::Unranked(reason) => format!("unranked: {reason}"),
            Standing::Exempt(reason) => format!("exempt: {reason}"),
        };
        let text = |number: &Number| number.to_string();
        let none = String::new;
        let score = self.board.score(self.seat);
        let numbers = match score.map_or(&Total::NotScored, UnitScore::total) {
            Total::NotScored => ["open".to_owned(), none(), none(), none(), none(), none(), none()],
            Total::Partial { points, max } => {
                ["partial".to_owned(), text(points), text(max), none(), none(), none(), none()]
            }
            Total::Complete(of) => {
                let numbers = [&of.points, &of.max, &of.bonus, &of.penalty, &of.index];
                let [points, max, bonus, penalty, index] = numbers.map(text);
                let exact = of.exact_index.as_ref().map(text).unwrap_or_default();
                ["complete".to_owned(), points, max, bonus, penalty, index, exact]
            }
        };
        let rank = self.board.rank(self.seat).map(|rank| rank.to_string()).unwrap_or_default();
        let class = self.board.class(self.seat, self.scored.campaign.about.year).unwrap_or_default();
        let mut head = vec![self.member.code.clone(), standing];
        head.extend(numbers);
        head.extend([rank, class.to_owned()]);
        head
    }

    fn sentences(&self) -> String {
        let mut text = String::new();
        let year = self.scored.campaign.about.year;
        line(&mut text, &[Lang::Vi, Lang::En].map(|lang| explain_total(self.board, self.seat, year, lang)));
        for node in 0..self.block.set.set.criteria.len() {
            let above = self.scored.above(self.at, self.seat, node);
            let said = |lang| explain_node(self.board, self.seat, node, above, lang);
            line(&mut text, &[Lang::Vi, Lang::En].map(said));
        }
        text
    }
}

fn signed(cell: &Cell) -> (&'static str, String) {
    match cell {
        Cell::Points(points) => ("p", points.to_string()),
        Cell::NotScored => ("o", String::new()),
        Cell::LeftOut => ("l", String::new()),
        Cell::Rescaled => ("r", String::new()),
        Cell::Information => ("i", String::new()),
        Cell::Failed(_) => ("f", String::new()),
    }
}

/// A line; what would part fields or lines is written apart.
fn line(text: &mut String, fields: &[impl AsRef<str>]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            text.push('\t');
        }
        for each in field.as_ref().chars() {
            match each {
                '\\' => text.push_str("\\\\"),
                '\t' => text.push_str("\\t"),
                '\n' => text.push_str("\\n"),
                '\r' => text.push_str("\\r"),
                other => text.push(other),
            }
        }
    }
    text.push('\n');
}

fn fields(line: &str) -> Vec<String> {
    line.split('\t').map(plain).collect()
}

fn plain(field: &str) -> String {
    let (mut text, mut signs) = (String::with_capacity(field.len()), field.chars());
    while let Some(each) = signs.next() {
        if each != '\\' {
            text.push(each);
            continue;
        }
        match signs.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

impl ApprovedText {
    /// Reads it against the set that it was scored with.
    ///
    /// # Errors
    /// [`InvalidApproved`].
    pub fn read(&self, set: &Compiled) -> Result<Kept, InvalidApproved> {
        let invalid = |(at, text): (usize, &str)| InvalidApproved { line: at + 1, text: text.to_owned() };
        let mut lines = self.points.lines().enumerate();
        let first = lines.next().unwrap_or((0, ""));
        let (total, rank, class) = head(&fields(first.1)).ok_or_else(|| invalid(first))?;
        let open = || (Cell::NotScored, Number::ZERO);
        let mut cells: Vec<(Cell, Number)> = set.set.criteria.iter().map(|_| open()).collect();
        let places: HashMap<&str, usize> =
            set.set.criteria.iter().enumerate().map(|(at, each)| (each.code.as_str(), at)).collect();
        let mut order = Vec::new();
        for each in lines {
            let (code, cell) = node(&fields(each.1)).ok_or_else(|| invalid(each))?;
            let place = places.get(code.as_str()).copied().ok_or_else(|| invalid(each))?;
            if let Some(there) = cells.get_mut(place) {
                *there = cell;
            }
            order.push(place);
        }
        let said = said(&self.sentences, &order, set.set.criteria.len());
        Ok(Kept { score: UnitScore::kept(set, cells, total), rank, class, said })
    }
}

type Head = (Total, Option<usize>, Option<String>);

fn head(fields: &[String]) -> Option<Head> {
    let [_code, _standing, state, points, max, bonus, penalty, index, exact, rank, class] = fields else {
        return None;
    };
    let read = |text: &String| Number::read_exact(text);
    let total = match state.as_str() {
        "open" => Total::NotScored,
        "partial" => Total::Partial { points: read(points)?, max: read(max)? },
        "complete" => Total::Complete(Box::new(Complete {
            points: read(points)?,
            max: read(max)?,
            bonus: read(bonus)?,
            penalty: read(penalty)?,
            index: read(index)?,
            exact_index: Some(read(exact)?),
        })),
        _ => return None,
    };
    let rank = if rank.is_empty() { None } else { Some(rank.parse().ok()?) };
    Some((total, rank, (!class.is_empty()).then(|| class.clone())))
}

fn node(fields: &[String]) -> Option<(String, (Cell, Number))> {
    let [code, sign, points, max] = fields else { return None };
    let cell = match sign.as_str() {
        "p" => Cell::Points(Number::read_exact(points)?),
        // A rule without an answer is as open as one without figures; its sentence says which.
        "o" | "f" => Cell::NotScored,
        "l" => Cell::LeftOut,
        "r" => Cell::Rescaled,
        "i" => Cell::Information,
        _ => return None,
    };
    Some((code.clone(), (cell, Number::read_exact(max)?)))
}

/// The sentences, laid where their nodes stand.
fn said(text: &str, order: &[usize], nodes: usize) -> Said {
    let both = |line: &str| -> Both {
        let mut fields = fields(line).into_iter();
        [fields.next().unwrap_or_default(), fields.next().unwrap_or_default()]
    };
    let mut lines = text.lines();
    let Some(total) = lines.next().map(both) else { return Said::default() };
    let mut said = Said { total, nodes: vec![Both::default(); nodes] };
    for (place, line) in order.iter().zip(lines) {
        if let Some(there) = said.nodes.get_mut(*place) {
            *there = both(line);
        }
    }
    said
}
