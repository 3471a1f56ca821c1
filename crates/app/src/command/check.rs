//! `parindex check`: everything wrong with a criteria set or a package, each with its place and remedy.

use std::path::Path;

use clap::ArgMatches;
use parindex_package::load::{compile, load};
use parindex_package::{Findings, set};
use parindex_rulebook::finding::{Finding, Severity, Text};
use parindex_rulebook::lang::Say;
use serde_json::{Value, json};

use super::{Done, path, word};
use crate::console::Console;
use crate::failure::Failure;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> Done {
    let target = path(arguments, "path");
    let (findings, summary) = match examine(&target, console) {
        Ok((warnings, summary)) => (warnings, Some(summary)),
        Err(findings) => (findings, None),
    };
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    if word(arguments, "format") == Some("json") {
        let list: Vec<Value> = findings.iter().map(|finding| as_json(finding, console)).collect();
        console.line(json!({ "ok": !failed, "findings": list }).to_string());
        return if failed { Err(Failure::Findings(Findings::new())) } else { Ok(()) }.or_else(|failure| {
            console.finish()?;
            Err(failure)
        });
    }
    if failed {
        return Err(Failure::Findings(findings));
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
    let mut lines = vec![format!("{} ({})", package.campaign.about.title, package.campaign.about.year)];
    let mut findings = package.warnings;
    let last = package.campaign.stages.len().saturating_sub(1);
    for block in &package.campaign.blocks {
        let (units, entries) = (block.members.len(), block.entered.len());
        let name = &block.name;
        lines.push(lang.pick(
            format!("  {name}: {units} đơn vị, {entries} số liệu và điểm."),
            format!("  {name}: {units} units, {entries} entries."),
        ));
        for (sheet, member) in block.sheets(last).iter().zip(&block.members) {
            for mismatch in parindex_scoring::check::mismatches(&block.set, sheet, &package.campaign.calendar)
            {
                let code = block
                    .set
                    .set
                    .criteria
                    .get(mismatch.node)
                    .map(|each| each.code.as_str())
                    .unwrap_or_default();
                let mut finding =
                    Finding::warning(parindex_rulebook::finding::Place::default(), mismatch).spoken();
                let who = format!("{} ({}), {code}: ", member.name, member.code);
                finding.problem = Text {
                    vi: format!("{who}{}", finding.problem.vi),
                    en: format!("{who}{}", finding.problem.en),
                };
                findings.push(finding);
            }
        }
    }
    lines.push(lang.pick("Gói hợp lệ.", "The package is sound.").to_owned());
    Ok((findings, lines))
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
