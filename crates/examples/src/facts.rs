//! Illustrative facts: what a unit of a given quality would enter, by the way of scoring.

use parindex_rulebook::number::Number;
use parindex_rulebook::set::CriteriaSet;
use parindex_rulebook::table::{ColumnSpec, Row, Table};

use super::seeded::Seeded;
use super::structure::NodeKind;

/// Rows of one table.
#[derive(Default)]
pub struct Rows(pub Vec<Vec<String>>);

impl Rows {
    /// The rows under their columns.
    pub fn table<const N: usize>(self, columns: &[ColumnSpec; N]) -> Table {
        let row = |(at, cells): (usize, Vec<String>)| Row {
            number: u32::try_from(at + 2).unwrap_or(u32::MAX),
            cells: cells.into(),
        };
        Table {
            header: columns.iter().map(|column| column.title().to_owned()).collect(),
            rows: self.0.into_iter().enumerate().map(row).collect(),
            ..Table::default()
        }
    }
}

/// The stages at which the tables are filled.
#[derive(Clone, Copy)]
pub struct Stages<'s> {
    /// Self-assessment.
    pub own: &'s str,
    /// The appraisal rounds.
    pub rounds: &'s [&'s str],
    /// Survey, SIPAS and external figures.
    pub outside: &'s str,
}

/// Writes the entries of units.
pub struct Writer<'s> {
    pub set: &'s CriteriaSet,
    /// The way of scoring of each of its nodes.
    pub kinds: &'s [NodeKind],
    /// The assessed year.
    pub year: i16,
    pub stages: Stages<'s>,
    /// What units entered.
    pub facts: Rows,
    /// What appraisers changed.
    pub points: Rows,
    /// What comes from elsewhere.
    pub external: Rows,
}

impl<'s> Writer<'s> {
    /// Nothing entered yet.
    #[must_use]
    pub fn new(set: &'s CriteriaSet, kinds: &'s [NodeKind], year: i16, stages: Stages<'s>) -> Self {
        let (facts, points, external) = (Rows::default(), Rows::default(), Rows::default());
        Self { set, kinds, year, stages, facts, points, external }
    }

    /// All entries of one unit; `quality` is the percentage of things that go well. `skip` names a domain
    /// that does not apply to the unit.
    pub fn unit(&mut self, unit: &str, quality: i64, skip: Option<&str>, seeded: &mut Seeded) {
        let nodes: Vec<(String, NodeKind)> =
            self.set.criteria.iter().map(|each| each.code.clone()).zip(self.kinds.iter().cloned()).collect();
        for (code, kind) in nodes.into_iter().filter(|(_, kind)| !kind.is_empty()) {
            let domain = code.split('.').next();
            let applies =
                skip.is_none() || domain != skip || super::structure::not_applicable(&kind).is_none();
            let outside = matches!(kind.as_str(), "survey" | "sipas" | "growth" | "plan");
            if !applies {
                let stage = if outside { self.stages.outside } else { self.stages.own };
                let row = [unit, &code, "", "không áp dụng", stage, "Không có nhiệm vụ này"]
                    .map(str::to_owned)
                    .to_vec();
                if outside {
                    self.external.0.push(row);
                } else {
                    self.facts.0.push(row);
                }
                continue;
            }
            let entered = values(&kind, quality, self.year, seeded);
            let full = entered.iter().any(|(_, value)| value == "Thực hiện đầy đủ");
            for (input, value) in entered {
                let cells = |stage: &str, source: &str| {
                    [unit, &code, &input, &value, stage, source].map(str::to_owned).to_vec()
                };
                if outside {
                    self.external.0.push(cells(self.stages.outside, source(&kind)));
                } else {
                    self.facts.0.push(cells(self.stages.own, ""));
                }
            }
            if full {
                self.appraise(unit, &code, seeded);
            }
        }
    }

    /// Now and then an appraiser lowers a claim, and after an explanation some of it comes back.
    fn appraise(&mut self, unit: &str, code: &str, seeded: &mut Seeded) {
        let (Some(first), true) = (self.stages.rounds.first(), seeded.chance(18)) else {
            return;
        };
        let max = self
            .set
            .criteria
            .iter()
            .find(|each| each.code == code)
            .and_then(|each| each.max.clone())
            .unwrap_or_default();
        // Half of the maximum, in whole quarters as appraisers give them.
        let half = (&max * &Number::whole(2)).floor() * Number::hundredths(25);
        let half = half.to_string();
        let lowered =
            [unit, code, &half, first, "Tài liệu kiểm chứng chưa đầy đủ"].map(str::to_owned).to_vec();
        self.points.0.push(lowered);
        if let (Some(second), true) = (self.stages.rounds.get(1), seeded.chance(40)) {
            let restored = [unit, code, &max.to_string(), second, "Đã bổ sung tài liệu sau giải trình"]
                .map(str::to_owned)
                .to_vec();
            self.points.0.push(restored);
        }
    }
}

fn source(kind: &str) -> &'static str {
    match kind {
        "survey" => "Điều tra xã hội học (minh họa)",
        "sipas" => "Đo lường hài lòng SIPAS (minh họa)",
        _ => "Báo cáo thống kê (minh họa)",
    }
}

#[expect(clippy::too_many_lines, reason = "one entry for each way of scoring, side by side")]
fn values(kind: &str, quality: i64, year: i16, seeded: &mut Seeded) -> Vec<(String, String)> {
    let pair = |input: &str, value: String| (input.to_owned(), value);
    match kind {
        "choice" => {
            let answer = if seeded.near(quality, 45) >= 55 {
                "Thực hiện đầy đủ"
            } else {
                "Thực hiện một phần"
            };
            vec![pair("lựa chọn", answer.to_owned())]
        }
        "ratio" | "ratio100" | "ratiofull" | "rationa" | "threshold95" | "threshold90" | "threshold80"
        | "threshold50" => {
            let share = (seeded.near(quality, 14) + 6).min(100);
            let all = seeded.between(20, 4_000);
            vec![pair("a", (all * share / 100).to_string()), pair("b", all.to_string())]
        }
        "band" => vec![pair("a", (seeded.near(quality, 30) / 18).to_string())],
        "count" => vec![pair("a", (seeded.near(quality, 40) / 40).to_string())],
        "deduct" => vec![
            pair("a", i64::from(seeded.near(quality, 25) < 70).to_string()),
            pair("b", i64::from(seeded.near(quality, 20) < 48).to_string()),
        ],
        "nobreach" => vec![pair("a", i64::from(seeded.near(quality, 30) < 58).to_string())],
        "deadline" => {
            let late = seeded.near(quality, 35) < 62;
            let day = if late { seeded.between(1, 20) } else { seeded.between(5, 28) };
            let month = if late { 2 } else { 1 };
            vec![pair("ngày thực hiện", format!("{year}-{month:02}-{day:02}"))]
        }
        "plan" => {
            let plan = seeded.between(100, 900);
            let share = seeded.near(quality, 18) + 10;
            vec![pair("a", (plan * share / 100).to_string()), pair("b", plan.to_string())]
        }
        "growth" => {
            let before = seeded.between(500, 9_000);
            let growth = seeded.near(quality, 20) - 76;
            vec![pair("a", (before + before * growth / 100).to_string()), pair("b", before.to_string())]
        }
        "weighted" => {
            let (share, kinds) = (seeded.near(quality, 15), seeded.near(quality, 20));
            let (all, fees) = (seeded.between(200, 4_000), seeded.between(10, 40));
            vec![
                pair("a", (all * share / 100).to_string()),
                pair("b", all.to_string()),
                pair("c", (fees * kinds / 100).to_string()),
                pair("d", fees.to_string()),
            ]
        }
        "formula" => {
            let share = seeded.near(quality, 10);
            let all = seeded.between(200, 4_000);
            let mut values = vec![pair("a", (all * share / 100).to_string()), pair("b", all.to_string())];
            // The national count is missing for some; the rule then falls back.
            if seeded.chance(70) {
                values.push(pair("c", (all + seeded.between(0, 60)).to_string()));
            }
            values
        }
        "cases" => {
            if seeded.chance(85) {
                let share = seeded.near(quality, 15);
                let all = seeded.between(2, 12);
                let case = "Có cơ sở dữ liệu".to_owned();
                vec![
                    pair("trường hợp", case),
                    pair("a", (all * share / 100).to_string()),
                    pair("b", all.to_string()),
                ]
            } else {
                vec![pair("trường hợp", "Không quản lý cơ sở dữ liệu".to_owned())]
            }
        }
        "steps" => vec![pair("a", seeded.near(quality, 20).to_string())],
        "survey" => survey(seeded.near(quality, 8), seeded),
        "sipas" => vec![pair(
            "p",
            format!("{}.{:02}%", seeded.near(quality, 6), seeded.between(0, 99)).replace("100.", "99."),
        )],
        _ => Vec::new(),
    }
}

fn survey(quality: i64, seeded: &mut Seeded) -> Vec<(String, String)> {
    let forms = seeded.between(60, 160);
    let best = forms * quality / 140;
    let good = (forms - best) * 70 / 100;
    let fair = (forms - best - good) * 80 / 100;
    let poor = forms - best - good - fair;
    ["A", "B", "C", "D"]
        .into_iter()
        .map(str::to_owned)
        .zip([best, good, fair, poor].map(|count| count.to_string()))
        .collect()
}
