//! A table of the history: every cell is checked for what its column holds, and kept as it stands.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use parindex_domain::campaign::CampaignData;
use parindex_rulebook::finding::{Finding, Text};
use parindex_rulebook::number::Number;
use parindex_rulebook::table::{ColumnSpec, Row, Table};

use super::{HistoryColumn, HistoryTable, Holds, NOTES};
use crate::rows::MAX_FINDINGS;
use crate::{Findings, PackageProblem};

/// What codes and numbers may be named.
#[derive(Clone, Copy, Debug)]
pub struct KnownCodes<'k> {
    pub units: &'k HashSet<&'k str>,
    /// The numbers of the motions.
    pub motions: &'k HashSet<String>,
    /// The campaign, for what stands on its sheets.
    pub campaign: &'k CampaignData,
}

/// Reads a table of the history; units, stages and criteria have to be those of the package.
///
/// # Errors
/// All that is wrong, each with its place.
pub fn read(kept: &HistoryTable, table: &Table, known: KnownCodes<'_>) -> Result<Vec<Vec<String>>, Findings> {
    let spoken = |findings: Vec<Finding<_>>| -> Findings { findings.iter().map(Finding::spoken).collect() };
    let texts = table.text_findings();
    if !texts.is_empty() {
        return Err(spoken(texts));
    }
    let specs: Vec<ColumnSpec> = kept.fields.iter().map(HistoryColumn::spec).collect();
    let mut places = vec![None; specs.len()];
    table.find(&specs, &mut places).map_err(spoken)?;
    let (mut rows, mut findings, mut keys) = (Vec::new(), Findings::new(), HashSet::new());
    for row in &table.rows {
        let cells: Vec<String> = places.iter().map(|place| cell(row, *place).to_owned()).collect();
        for (field, text) in kept.fields.iter().zip(&cells) {
            let twice = field.holds == Holds::Key && !keys.insert(text.clone());
            let problem = if twice {
                Some(PackageProblem::NumberTwice(text.clone()))
            } else {
                problem(field, text, known)
            };
            findings.extend(problem.map(|problem| at(table, row, field, problem)));
        }
        if kept.name == NOTES.name {
            findings.extend(
                note(&cells, known.campaign, &mut keys)
                    .map(|(field, problem)| at(table, row, field, problem)),
            );
        }
        if findings.len() >= MAX_FINDINGS {
            break;
        }
        rows.push(cells);
    }
    if findings.is_empty() { Ok(rows) } else { Err(findings) }
}

/// A note stands on a sheet, where figures stand: at a criterion and a stage that are there, one at each.
fn note(
    cells: &[String],
    campaign: &CampaignData,
    seen: &mut HashSet<String>,
) -> Option<(&'static HistoryColumn, PackageProblem)> {
    let [unit, criterion, stage, _] = cells else { return None };
    let [_, of_criterion, of_stage, _] = NOTES.fields else { return None };
    let set =
        campaign.member(unit).and_then(|(block, _)| campaign.blocks.get(block)).map(|block| &block.set.set);
    if set.is_some_and(|set| set.find(criterion).is_none()) {
        return Some((of_criterion, PackageProblem::UnknownCriterion(criterion.clone())));
    }
    if campaign.stage(stage).is_none() {
        let codes: Vec<&str> = campaign.stages.iter().map(|stage| stage.code.as_str()).collect();
        return Some((of_stage, PackageProblem::UnknownStage(stage.clone(), codes.join(", "))));
    }
    let twice = !seen.insert([unit.as_str(), criterion, stage].join("\n"));
    twice.then(|| (of_criterion, PackageProblem::NumberTwice(criterion.clone())))
}

fn cell(row: &Row, place: Option<usize>) -> &str {
    place.map_or("", |place| row.cell(place))
}

fn at(table: &Table, row: &Row, field: &HistoryColumn, problem: PackageProblem) -> Finding<Text> {
    Finding::error(table.place(row.number, field.spec().title()), problem).spoken()
}

fn problem(field: &HistoryColumn, text: &str, known: KnownCodes<'_>) -> Option<PackageProblem> {
    if text.is_empty() {
        return (!field.optional).then_some(PackageProblem::EmptyCell);
    }
    let bad = |expected: &str| Some(PackageProblem::BadWord(text.to_owned(), expected.to_owned()));
    match field.holds {
        Holds::Text => None,
        Holds::Unit if known.units.contains(text) => None,
        Holds::Unit => Some(PackageProblem::UnknownUnit(text.to_owned())),
        Holds::Motion if known.motions.contains(text) => None,
        Holds::Motion => Some(PackageProblem::UnknownMotion(text.to_owned())),
        Holds::Key | Holds::Whole if text.bytes().all(|each| each.is_ascii_digit()) && text.len() < 19 => {
            None
        }
        Holds::Key | Holds::Whole => bad("12"),
        Holds::Points if text.parse::<Number>().is_ok_and(|points| !points.is_negative()) => None,
        Holds::Points => Some(PackageProblem::BadPoints(text.to_owned())),
        Holds::Day if text.parse::<Date>().is_ok() => None,
        Holds::Day => bad("2026-03-05"),
        Holds::Moment if text.parse::<Timestamp>().is_ok() => None,
        Holds::Moment => bad("2026-03-05T14:07:09+07:00"),
        Holds::Hash
            if text.len() == 64 && text.bytes().all(|each| matches!(each, b'0'..=b'9' | b'a'..=b'f')) =>
        {
            None
        }
        Holds::Hash => bad("sha256"),
        Holds::Word(words) if words.contains(&text) => None,
        Holds::Word(words) => bad(&words.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::archive::zip;
    use crate::history::{REMARKS, VOTES, moment};
    use crate::load::{Package, load_from};
    use crate::source::PackageSource;
    use crate::{Findings, skeleton};

    /// A new package with another format and some files more.
    fn with(format: &str, more: &[(&str, &str)]) -> Result<Package, Findings> {
        let mut files = skeleton::files("thu", 2026).unwrap();
        for (name, bytes) in &mut files {
            if name == "campaign.toml" {
                *bytes = String::from_utf8(bytes.clone()).unwrap().replace("format = 1", format).into_bytes();
            }
        }
        files.extend(more.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())));
        load_from(&PackageSource::zip("thu.zip", &zip(&files).unwrap()).unwrap())
    }

    fn said(found: Result<Package, Findings>) -> String {
        let told: Vec<String> = found.unwrap_err().into_iter().map(|finding| finding.problem.vi).collect();
        told.join("\n")
    }

    #[test]
    fn a_history_is_read_as_it_stands_and_what_is_wrong_in_it_is_named() {
        let motions = "motion,unit,criterion,points,manner,opened_at,opened_by\n3,A,1.2,3.5,session,2026-03-05T14:07:09+07:00,X\n";
        let votes = "motion,name,vote,at\n3,Bà B,for,2026-03-05T14:07:09.5+07:00\n";
        let read = with("format = 2", &[("motions.csv", motions), ("votes.csv", votes)]).unwrap();
        let rows = read.beside.history.rows(&VOTES);
        assert_eq!(rows, [["3", "Bà B", "for", "2026-03-05T14:07:09.5+07:00"].map(str::to_owned).to_vec()]);
        let bad = "motion,name,vote,at\n4,Bà B,maybe,hôm qua\n3,,for,2026-03-05T14:07:09+07:00\n";
        let said = said(with("format = 2", &[("motions.csv", motions), ("votes.csv", bad)]));
        for says in ["không có nội dung số 4", "maybe", "hôm qua", "không được để trống"] {
            assert!(said.contains(says), "{says}: {said}");
        }
    }

    #[test]
    fn a_note_stands_where_figures_stand() {
        let header = "unit,criterion,stage,note\n";
        let wrong =
            format!("{header}A,9.9,self,x\nA,1.1,never,x\nA,1.2,self,x\nA,1.2,self,y\nZ,1.1,self,x\n");
        let said = said(with("format = 2", &[("notes.csv", &wrong)]));
        for says in ["không có tiêu chí «9.9»", "không có bước «never»", "đã có ở hàng trên", "«Z»"]
        {
            assert!(said.contains(says), "{says}: {said}");
        }
    }

    #[test]
    fn nothing_is_left_out_without_a_word() {
        let remarks = "unit,criterion,stage,side,text,at,by\nA,1.1,self,unit,x,2026-03-05T14:07:09+07:00,B\n";
        let first = with("format = 1", &[("remarks.csv", remarks)]).unwrap();
        assert!(first.beside.history.rows(&REMARKS).is_empty());
        assert!(first.warnings.iter().any(|warning| warning.problem.vi.contains("format = 2")));
        let later = said(with("format = 3", &[]));
        assert!(later.contains("gói theo định dạng 3"), "{later}");
    }

    #[test]
    fn a_moment_is_read_as_it_was_written() {
        let at = 1_772_694_429_123_456;
        assert_eq!(moment(at), "2026-03-05T14:07:09.123456+07:00");
        assert_eq!(moment(at).parse::<jiff::Timestamp>().unwrap().as_microsecond(), at);
        assert_eq!(moment(1_772_694_429_000_000), "2026-03-05T14:07:09+07:00");
    }
}
