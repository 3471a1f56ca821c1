//! `parindex check`: everything wrong with a criteria set or a package, each with its place and remedy.

use std::path::Path;

use clap::ArgMatches;
use parindex_domain::campaign::CampaignData;
use parindex_package::load::{compile, load};
use parindex_package::{Findings, set};
use parindex_rulebook::finding::{Finding, Place, Severity, Text};
use parindex_rulebook::lang::{Lang, Say};
use parindex_scoring::board::Board;
use parindex_scoring::check::mismatches;
use parindex_scoring::explain::StopIn;
use parindex_scoring::unit::Cell;
use serde_json::{Value, json};

use super::{CommandResult, path, way, word};
use crate::console::Console;
use crate::failure::CommandFailure;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let target = path(arguments, "path");
    let (findings, summary) = match examine(&target, console) {
        Ok((warnings, summary)) => (warnings, Some(summary)),
        Err(findings) => (findings, None),
    };
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    if word(arguments, "format") == Some("json") {
        let list: Vec<Value> = findings.iter().map(|finding| as_json(finding, console)).collect();
        console.line(json!({ "ok": !failed, "findings": list }).to_string());
        return if failed { Err(CommandFailure::Findings(Findings::new())) } else { Ok(()) }.or_else(
            |failure| {
                console.finish()?;
                Err(failure)
            },
        );
    }
    if failed {
        return Err(CommandFailure::Findings(findings));
    }
    console.findings(&findings);
    for line in summary.unwrap_or_default() {
        console.line(line);
    }
    Ok(())
}

type Examined = Result<(Findings, Vec<String>), Findings>;

fn examine(target: &Path, console: &Console) -> Examined {
    if !target.is_dir() && set::Form::of(&target.display().to_string()).is_ok() {
        set_file(target, console)
    } else {
        package(target, console)
    }
}

fn set_file(target: &Path, console: &Console) -> Examined {
    let read = set::read_path(target)?;
    let (compiled, findings) = compile(read.set, &read.places)?;
    let (lang, tree) = (console.lang, &compiled.tree);
    let counts = [tree.count_at(1), tree.count_at(2), tree.count_at(3)];
    let leaves = (0..compiled.set.criteria.len()).filter(|node| tree.is_leaf(*node)).count();
    let total: parindex_rulebook::number::Number = compiled
        .roots
        .iter()
        .filter(|node| tree.part(**node) == parindex_rulebook::set::Part::Main)
        .map(|node| compiled.max(*node))
        .sum();
    let [domains, criteria, subcriteria] = counts;
    let total = lang.short(&total);
    Ok((findings, vec![lang.pick(
        format!("Bộ tiêu chí hợp lệ: {domains} lĩnh vực, {criteria} tiêu chí, {subcriteria} tiêu chí thành phần; {leaves} mục chấm điểm; tổng {total} điểm."),
        format!("The set is sound: {domains} domains, {criteria} criteria, {subcriteria} sub-criteria; {leaves} scored; {total} points in all."),
    )]))
}

fn package(target: &Path, console: &Console) -> Examined {
    let package = load(target)?;
    let lang = console.lang;
    let campaign = &package.campaign;
    let mut lines = vec![format!("{} ({})", campaign.about.title, campaign.about.year)];
    for block in &campaign.blocks {
        let (units, entries, name) = (block.members.len(), block.entered.len(), &block.name);
        lines.push(lang.pick(
            format!("  {name}: {units} đơn vị, {entries} số liệu và điểm."),
            format!("  {name}: {units} units, {entries} entries."),
        ));
    }
    lines.push(lang.pick("Gói hợp lệ.", "The package is sound.").to_owned());
    let mut findings = package.warnings;
    let last = campaign.stages.len().saturating_sub(1);
    if let Ok(scored) = campaign.score(last) {
        for board in scored.boards.iter().enumerate() {
            findings.extend(of_board(campaign, board));
        }
    }
    Ok((findings, lines))
}

/// What the figures of a block do not satisfy, and the rules that have no answer for them.
fn of_board(campaign: &CampaignData, (at, board): (usize, &Board<'_>)) -> Findings {
    let mut findings = Findings::new();
    let Some(block) = campaign.blocks.get(at) else { return findings };
    for (seat, member) in block.members.iter().enumerate() {
        let (Some(sheet), Some(score)) = (board.sheet(seat), board.score(seat)) else { continue };
        let mut tell = |severity, node: usize, problem: &dyn Say| {
            let code = block.set.set.criteria.get(node).map(|each| each.code.as_str()).unwrap_or_default();
            let who = format!("{} ({}), {code}: ", member.name, member.code);
            let text = |lang| format!("{who}{}", problem.say(lang));
            let problem = Text { vi: text(Lang::Vi), en: text(Lang::En), command: None };
            findings.push(Finding { severity, place: Place::default(), problem });
        };
        for mismatch in mismatches(&block.set, sheet, &campaign.calendar) {
            tell(Severity::Warning, mismatch.node, &mismatch);
        }
        for node in score.open(&block.set) {
            if let Cell::Failed(stop) = score.cell(node) {
                tell(Severity::Error, node, &Stopped(StopIn { compiled: &block.set, node, stop }));
            }
        }
    }
    findings
}

/// Why a rule gave nothing, with what a command line can do about it.
struct Stopped<'s>(StopIn<'s>);

impl Say for Stopped<'_> {
    fn say(&self, lang: Lang) -> String {
        let said = self.0.say(lang);
        way(self.0.stop, lang).map_or_else(|| said.clone(), |way| format!("{said}: {way}"))
    }
}

fn as_json(finding: &Finding<Text>, console: &Console) -> Value {
    json!({
        "severity": if finding.severity == Severity::Error { "error" } else { "warning" },
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "row": finding.place.row,
        "column": finding.place.column,
        "message": finding.problem.say(console.lang),
    })
}
