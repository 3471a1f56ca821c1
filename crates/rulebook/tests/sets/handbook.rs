//! What the handbook writes is read, and the linter has nothing to say about it.

use parindex_rulebook::input::{Input, Kind};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::lint::lint;
use parindex_rulebook::notation;
use parindex_rulebook::rule::{Rule, implied_inputs};
use parindex_rulebook::set::{Compiled, CriteriaSet, Criterion, Method, NotApplicable, Places, SetAbout};

use super::{read, table};

const HANDBOOK: &str = include_str!("../../../../docs/vi/cach-viet-quy-tac.md");

/// The lines below a heading, up to the next one.
fn section(heading: &str) -> Vec<&'static str> {
    let lines = HANDBOOK.lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| !line.starts_with("## ")).collect()
}

/// What stands between backticks, as it is written where the handbook is not a table.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(|text| text.replace("\\|", "|")).collect()
}

/// The cells of a row of a table.
fn cells(line: &str) -> Vec<String> {
    let hidden = line.replace("\\|", "\u{1}");
    hidden.trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{1}', "\\|")).collect()
}

/// The inputs that a rule names and does not bring along, by what their names tell.
fn inputs(rule: &Rule<String>) -> Vec<Input> {
    let mut names: Vec<String> = Vec::new();
    let resolved = rule.resolve(&mut |name: &String| {
        if !names.contains(name) {
            names.push(name.clone());
        }
        Ok::<_, ()>(())
    });
    assert!(resolved.is_ok());
    let implied = implied_inputs(rule);
    names.retain(|name| implied.iter().all(|input| input.name != *name));
    let kind = |name: &str| match name {
        "p" => Kind::Ratio { unbounded: false },
        "x" | "y" => Kind::Decimal,
        day if day.starts_with("ngày") => Kind::Date,
        _ => Kind::Count,
    };
    let input = |name: String| Input { kind: kind(&name), name, label: String::new() };
    names.into_iter().map(input).collect()
}

/// All that the linter says of a criterion with this rule.
fn advice(text: &str) -> Vec<String> {
    let rule = notation::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.say(Lang::Vi)));
    let criterion = Criterion {
        code: "1".to_owned(),
        name: "Tiêu chí".to_owned(),
        max: Some(25.into()),
        method: Some(Method::Appraised),
        inputs: inputs(&rule),
        not_applicable: rule.can_be_not_applicable().then_some(NotApplicable::LeaveOut),
        evidence: "Báo cáo".to_owned(),
        rule,
        ..Criterion::default()
    };
    let about = SetAbout { code: "THU".to_owned(), title: "Thử".to_owned(), ..SetAbout::default() };
    let set = CriteriaSet { about, criteria: vec![criterion], ..CriteriaSet::default() };
    let compiled =
        Compiled::new(set, &Places::default()).unwrap_or_else(|findings| panic!("{text}: {findings:?}"));
    lint(&compiled, &Places::default()).iter().map(|finding| finding.say(Lang::Vi)).collect()
}

#[test]
fn the_rules_of_the_handbook_draw_no_finding() {
    let rows = section("## Hai mươi bốn cách tính điểm").into_iter().filter(|line| line.starts_with("| "));
    let mut read = 0;
    for row in rows.skip(1) {
        let written = cells(row);
        let rules = quoted(&written[2]).into_iter().filter(|text| !text.starts_with('@'));
        for rule in rules {
            assert_eq!(advice(&rule), Vec::<String>::new(), "{rule}");
            read += 1;
        }
    }
    assert!(read >= 24, "{read} rules were found");
}

#[test]
fn its_inputs_checks_and_settings_are_read() {
    let inputs = quoted(&section("## Số liệu").join(" "));
    let parsed = notation::parse_inputs(&inputs[0]);
    assert_eq!(parsed.unwrap().len(), 3, "{}", inputs[0]);
    let checks = quoted(&section("## Kiểm tra chéo").join(" "));
    let checks = checks.iter().find(|text| text.contains('=')).unwrap();
    assert_eq!(notation::parse_checks(checks).unwrap().len(), 4);
    let rows = section("## Thiết lập của cả bộ").into_iter().filter(|line| line.starts_with("| `@"));
    let mut settings = 0;
    for row in rows {
        let written = cells(row);
        let (keys, values) = (quoted(&written[0]), quoted(&written[1]));
        for value in values.iter().filter(|value| !value.starts_with(',')) {
            // The second example of a title belongs to the second key; all others fit every key.
            let named = keys[0] == "@mã bộ";
            let fitting = keys.iter().filter(|key| !named || (**key == "@tên bộ") == value.contains(' '));
            for key in fitting {
                let (_, said) = read(&table(&[], &[(key, value)]));
                let declared = key.starts_with("@tổng");
                assert!(declared || said.is_empty(), "{key} {value}: {said:?}");
                settings += 1;
            }
        }
    }
    assert!(settings > 10, "{settings} settings were found");
}
