//! What could be changed where reading stopped: words spelt or called otherwise, signs, what is missing, what is too much.

use super::edit::{insert, splice};
use super::words::{MISSING, MISSING_OF_INPUTS, bare, meant};
use super::{Kind, literal};
use crate::notation::names::{Names, is_whole};
use crate::notation::print::name;
use crate::notation::token::{self, Token, tokens};
use crate::notation::{InvalidRule, Problem};

/// Texts that differ a little from this one, the likeliest first.
pub(super) fn changes(text: &str, error: &InvalidRule, (kind, names): (Kind, &Names)) -> Vec<String> {
    let mut found = literal::changes(text, error);
    let tokens = tokens(text).unwrap_or_default();
    let stopped = tokens.iter().position(|token| token.at >= error.at);
    let at = stopped.filter(|_| !error.found.is_empty()).unwrap_or(tokens.len());
    let place = Place { text, tokens: &tokens, at };
    let undeclared = matches!(error.problem, Problem::Undeclared(_));
    let name = if undeclared { at } else { at.saturating_sub(1) };
    place.near_names(name, names, &mut found);
    place.words(&mut found);
    // A rule that does not begin as one is answered with an example, not with what is left of it.
    if at > 0 || kind != Kind::Rule {
        if undeclared {
            place.brackets(name, &mut found);
        }
        place.days(&mut found);
        place.marks(&mut found);
        place.missing(kind, &mut found);
        place.clauses(&mut found);
        if !names.are_declared() {
            place.brackets(name, &mut found);
        }
    }
    found.retain(|changed| !changed.trim().is_empty() && changed != text);
    found
}

/// A place in a text at which reading stopped.
struct Place<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
}

impl Place<'_> {
    /// The character at which a token begins; the end of the text behind the last.
    fn start(&self, token: usize) -> usize {
        self.tokens.get(token).map_or_else(|| self.text.chars().count(), |token| token.at - 1)
    }

    /// The character behind the token before this one.
    fn end(&self, token: usize) -> usize {
        let Some(last) = token.checked_sub(1) else { return 0 };
        let behind = |last: &Token| last.at - 1 + last.text.chars().count();
        self.tokens.get(last).map_or_else(|| self.text.chars().count(), behind)
    }

    /// The text with the tokens from one to before another replaced.
    fn replaced(&self, (from, to): (usize, usize), piece: &str) -> String {
        splice(self.text, (self.start(from), self.end(to)), piece)
    }

    /// The tokens around the place at which a mistake may begin.
    fn around(&self) -> std::ops::Range<usize> {
        self.at.saturating_sub(3)..(self.at + 3).min(self.tokens.len())
    }

    /// How many words and whole numbers follow each other from a token on.
    fn run(&self, from: usize) -> usize {
        let is_word = |token: &&Token| matches!(token.kind, token::Kind::Word(_)) || is_whole(&token.text);
        self.tokens.iter().skip(from).take_while(is_word).count()
    }

    fn written(&self, from: usize, to: usize) -> String {
        let words: Vec<&str> =
            self.tokens.iter().take(to).skip(from).map(|token| token.text.as_str()).collect();
        words.join(" ")
    }

    /// Words spelt otherwise, then words called otherwise.
    fn words(&self, found: &mut Vec<String>) {
        let mut called = Vec::new();
        for from in self.around() {
            for to in (from + 1..=from + self.run(from).min(7)).rev() {
                let [near, other] = meant(&self.written(from, to));
                found.extend(near.iter().map(|word| self.replaced((from, to), word)));
                called.extend(other.iter().map(|word| self.replaced((from, to), word)));
            }
        }
        found.append(&mut called);
    }

    /// A declared name of which only the accents are missing here; where two are alike, nobody can tell which is meant.
    fn near_names(&self, from: usize, names: &Names, found: &mut Vec<String>) {
        let known: Vec<(String, &str)> = names.all().map(|name| (bare(name), name)).collect();
        for to in (from + 1..=from + self.run(from).min(12)).rev() {
            let typed = bare(&self.written(from, to));
            let mut near = known.iter().filter(|(bare, _)| bare.len() > 1 && *bare == typed);
            if let (Some((_, only)), None) = (near.next(), near.next()) {
                found.push(self.replaced((from, to), &name(only)));
            }
        }
    }

    /// Brackets around the words that stand here.
    fn brackets(&self, from: usize, found: &mut Vec<String>) {
        let ends = (from + 2..=from + self.run(from).min(12)).rev();
        found.extend(ends.map(|to| self.replaced((from, to), &format!("[{}]", self.written(from, to)))));
    }

    /// Days in words or with hyphens.
    fn days(&self, found: &mut Vec<String>) {
        for from in self.around() {
            let texts: Vec<&str> =
                self.tokens.iter().skip(from).take(6).map(|token| token.text.as_str()).collect();
            let day = match texts.as_slice() {
                [day, "-" | "–" | "−", month, "-" | "–" | "−", year, ..] => {
                    literal::day(day, month, year).map(|day| (day, 5))
                }
                ["ngày", day, "tháng", month, "năm", year] => {
                    literal::day(day, month, year).map(|day| (day, 6))
                }
                [day, "tháng", month, "năm", year, ..] => {
                    literal::day(day, month, year).map(|day| (day, 5))
                }
                _ => None,
            };
            found.extend(day.map(|(day, taken)| self.replaced((from, from + taken), &day)));
        }
    }

    /// One sign for another.
    fn marks(&self, found: &mut Vec<String>) {
        for at in [Some(self.at), self.at.checked_sub(1), Some(self.at + 1)].into_iter().flatten() {
            let Some(token::Kind::Sign(sign)) = self.tokens.get(at).map(|token| &token.kind) else {
                continue;
            };
            let others: &[&str] = match sign {
                ',' => &[";", ":", "|"],
                ';' => &["|", ",", ":", ""],
                ':' => &[";", "=", "thì", "được"],
                '=' => &[":", "được", "bằng"],
                '|' => &[";"],
                '-' => &["đến dưới", "đến", ":"],
                '≥' => &["từ"],
                '>' => &["trên"],
                '<' => &["dưới"],
                '≤' => &["đến"],
                _ => &[],
            };
            found.extend(others.iter().map(|other| self.replaced((at, at + 1), other)));
        }
    }

    /// What is missing here, or a colon a few words before.
    fn missing(&self, kind: Kind, found: &mut Vec<String>) {
        let pieces = if kind == Kind::Inputs { MISSING_OF_INPUTS } else { MISSING };
        let start = self.start(self.at);
        // Behind a number the sign of multiplication may be missing.
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map(|token| &token.kind);
        if let Some(token::Kind::Number(_) | token::Kind::Sign(')')) = last {
            found.push(insert(self.text, start, "×"));
        }
        let before = (1..=3).filter_map(|back| self.at.checked_sub(back)).filter(|token| *token > 0);
        found.extend(before.map(|token| insert(self.text, self.start(token), ":")));
        found.extend(pieces.iter().map(|piece| insert(self.text, start, piece)));
    }

    /// Clauses in another order.
    fn clauses(&self, found: &mut Vec<String>) {
        let is_end = |token: &&Token| token.kind == token::Kind::Sign(';');
        let ends: Vec<usize> = self.tokens.iter().filter(is_end).map(|token| token.at - 1).collect();
        let end = self.text.chars().count();
        let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
        let part = |(from, to): (usize, &usize)| -> String {
            let clause: String = self.text.chars().skip(from).take(to - from).collect();
            clause.trim().to_owned()
        };
        let clauses: Vec<String> = starts.zip(ends.iter().chain([&end])).map(part).collect();
        if !(2..=6).contains(&clauses.len()) {
            return;
        }
        for moved in 1..clauses.len() {
            for to in (1..clauses.len()).filter(|to| *to != moved) {
                let mut order = clauses.clone();
                let clause = order.remove(moved);
                order.insert(to, clause);
                found.push(order.join("; "));
            }
        }
    }
}
