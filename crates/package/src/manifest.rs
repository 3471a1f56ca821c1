//! `campaign.toml`: what the campaign is, its stages and its blocks.

use jiff::civil::Date;
use parindex_domain::campaign::{About, DayOf, StageData};
use parindex_rulebook::finding::Place;
use parindex_rulebook::set::Method;
use parindex_rulebook::table::text_problem;
use serde::{Deserialize, Serialize};

use crate::source::is_inside;
use crate::{Findings, PackageProblem, text};

/// The name of the settings file.
pub const FILE: &str = "campaign.toml";
/// The format of a package without history.
pub const FORMAT: i64 = 1;
/// The format of a package with tables of its history: older programs refuse it rather than lose them.
pub const WITH_HISTORY: i64 = 2;

/// The settings of a package, as they stand in the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the package format.
    pub format: i64,
    /// A short code.
    pub code: String,
    pub title: String,
    /// The assessed year.
    pub year: i16,
    /// The first assessed day, `2024-01-01`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// The last assessed day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The decision it comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_basis: String,
    /// Anything a reader must know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The stages, in order.
    #[serde(default)]
    pub stages: Vec<StageEntry>,
    #[serde(default)]
    pub blocks: Vec<BlockEntry>,
}

/// One `[[stages]]` of `campaign.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StageEntry {
    /// A short code.
    pub code: String,
    /// The name people read.
    pub name: String,
    /// The methods that count at this stage, in the words of the criteria set; all when absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<String>,
}

/// One `[[blocks]]` of `campaign.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BlockEntry {
    /// A short code.
    pub code: String,
    /// The name people read.
    pub name: String,
    /// The path of its criteria set.
    pub criteria: String,
    /// The version of the set that the campaign began with; a set of another version is refused without a move.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The recorded moves to newer versions, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<MoveEntry>,
}

/// One `[[blocks.moves]]`: the act by which a running campaign moved to another version of its set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MoveEntry {
    /// The version before.
    pub from: String,
    /// The version after.
    pub to: String,
    /// The day of the act, `2025-08-31`.
    pub date: String,
    /// Why, with the document behind it.
    pub reason: String,
}

impl BlockEntry {
    /// The version that the set must have now; empty when none is pinned.
    #[must_use]
    pub fn pinned(&self) -> &str {
        self.moves.last().map_or(&self.version, |last| &last.to)
    }

    fn problems(&self) -> Vec<PackageProblem> {
        let mut problems = Vec::new();
        let mut before = self.version.as_str();
        for each in &self.moves {
            if each.reason.trim().is_empty() {
                problems.push(PackageProblem::EmptySetting("blocks.moves.reason"));
            }
            if each.date.parse::<Date>().is_err() {
                problems.push(PackageProblem::BadWord(each.date.clone(), "date = \"2025-08-31\"".to_owned()));
            }
            if each.from != before {
                problems.push(PackageProblem::BrokenMoves(each.from.clone(), before.to_owned()));
            }
            before = &each.to;
        }
        problems
    }
}

impl Manifest {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// All that is wrong, with the line where the reader knows it.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Findings> {
        let (text, _) = text::decode(FILE, bytes)?;
        let manifest: Self = toml::from_str(&text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let row = u32::try_from(line).unwrap_or(u32::MAX);
            PackageProblem::Toml(error.message().to_owned()).at(Place { row, ..Place::file(FILE) })
        })?;
        let findings: Findings =
            manifest.problems().into_iter().flat_map(|problem| problem.at(Place::file(FILE))).collect();
        if findings.is_empty() { Ok(manifest) } else { Err(findings) }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// Never in practice.
    pub fn write(&self) -> Result<Vec<u8>, Findings> {
        let failed = |error: toml::ser::Error| PackageProblem::Toml(error.to_string()).at(Place::file(FILE));
        Ok(toml::to_string_pretty(self).map_err(failed)?.into_bytes())
    }

    fn problems(&self) -> Vec<PackageProblem> {
        let mut problems = Vec::new();
        if ![FORMAT, WITH_HISTORY].contains(&self.format) {
            problems.push(PackageProblem::Version(self.format));
        }
        let texts = [("code", &self.code), ("title", &self.title)];
        problems.extend(
            texts
                .into_iter()
                .filter(|(_, text)| text.trim().is_empty())
                .map(|(key, _)| PackageProblem::EmptySetting(key)),
        );
        // The code names the files of a report, so it must not lead anywhere.
        let usable = |each: char| each.is_alphanumeric() || matches!(each, '.' | '-' | '_');
        if !self.code.chars().all(usable) || self.code.starts_with('.') || self.code.chars().count() > 60 {
            problems.push(PackageProblem::BadWord(
                self.code.clone(),
                "chữ, số, dấu chấm, gạch nối / letters, digits, dots, hyphens".to_owned(),
            ));
        }
        let names =
            self.stages.iter().map(|stage| &stage.name).chain(self.blocks.iter().map(|block| &block.name));
        for text in names.chain([&self.title, &self.note, &self.legal_basis]) {
            problems.extend(text_problem(text).map(PackageProblem::Text));
        }
        for (key, text) in [("from", &self.from), ("to", &self.to)] {
            if text.is_empty() {
                continue;
            }
            match text.parse::<Date>().map(|day| DayOf::Period(self.year).near(day)) {
                Ok(Ok(_near)) => {}
                Ok(Err(far)) => problems.push(PackageProblem::FarPeriod(far)),
                Err(_) => {
                    problems.push(PackageProblem::BadWord(text.clone(), format!("{key} = \"2024-12-31\"")));
                }
            }
        }
        let stages: Vec<&String> = self.stages.iter().map(|stage| &stage.code).collect();
        let blocks: Vec<&String> = self.blocks.iter().map(|block| &block.code).collect();
        for (what, name, codes) in [("bước", "stages", stages), ("khối", "blocks", blocks)] {
            if codes.is_empty() {
                problems.push(PackageProblem::NoneOf(name));
            }
            let twice = codes
                .iter()
                .enumerate()
                .find(|(at, code)| codes.iter().take(*at).any(|other| other == *code));
            problems.extend(twice.map(|(_, code)| PackageProblem::CodeTwice(what, (*code).clone())));
        }
        problems.extend(self.blocks.iter().flat_map(BlockEntry::problems));
        let unsafe_paths = self.blocks.iter().filter(|block| !is_inside(&block.criteria));
        problems.extend(unsafe_paths.map(|block| PackageProblem::UnsafePath(block.criteria.clone())));
        let methods =
            self.stages.iter().flat_map(|stage| &stage.counts).filter(|word| Method::of(word).is_none());
        let choices = || Method::WORDS.map(|(word, _)| word).join(", ");
        problems.extend(methods.map(|word| PackageProblem::BadWord(word.clone(), choices())));
        problems
    }

    /// What the campaign is.
    #[must_use]
    pub fn about(&self) -> About {
        About {
            code: self.code.clone(),
            title: self.title.clone(),
            year: self.year,
            from: self.from.parse().ok(),
            to: self.to.parse().ok(),
            legal_basis: self.legal_basis.clone(),
            note: self.note.clone(),
        }
    }

    /// The stages as campaign data, with the methods that count at each.
    #[must_use]
    pub fn stages(&self) -> Vec<StageData> {
        let stage = |entry: &StageEntry| {
            let counts: Vec<Method> = entry.counts.iter().filter_map(|word| Method::of(word)).collect();
            let counts = Some(counts).filter(|counts| !counts.is_empty());
            StageData { code: entry.code.clone(), name: entry.name.clone(), counts }
        };
        self.stages.iter().map(stage).collect()
    }
}
