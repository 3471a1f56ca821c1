//! Packages made by chance, the same for the same seed: swapped days, deadlines, several stages and blocks, exempt units, moves,
//! published figures, a history, texts that a spreadsheet would take for formulas.

use std::fmt::Write;

/// The criteria set that new packages begin with: a deadline in working days, shares, what does not apply, points from outside.
const SET: &str = include_str!("../../../package/templates/criteria.csv");

/// Texts that break what is careless.
const TEXTS: [&str; 8] = [
    "=HYPERLINK(\"\"http://x\"\")",
    "- Chưa có báo cáo",
    "+84 24 3825",
    "@SUM(A1)",
    "Hai dòng\ncó, dấu phẩy",
    "'=đã có dấu nháy",
    "Nói \"\"đúng\"\"",
    "Văn bản số 12/BC-SNV",
];

/// Chance (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// Below `sides`.
    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn once_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    fn text(&mut self) -> String {
        format!("\"{}\"", TEXTS[usize::try_from(self.below(8)).unwrap()])
    }

    fn day(&mut self) -> String {
        let day = self.below(50);
        format!("2026-{:02}-{:02}", 1 + day / 28, 1 + day % 28)
    }

    fn moment(&mut self) -> String {
        let (day, second) = (self.day(), self.below(60));
        format!("{day}T14:07:{second:02}.{:06}+07:00", self.below(1_000_000))
    }
}

/// A package that is being made.
struct Making {
    dice: Dice,
    stages: Vec<&'static str>,
    units: Vec<String>,
    tables: Vec<(&'static str, String)>,
}

/// The files of a package.
pub fn random(seed: u64) -> Vec<(String, Vec<u8>)> {
    let dice = Dice(seed);
    let mut making = Making { dice, stages: vec!["self", "final"], units: Vec::new(), tables: Vec::new() };
    if making.dice.once_in(2) {
        making.stages.insert(1, "appraisal-1");
    }
    let blocks = 1 + making.dice.below(2);
    making.begin("units", "unit,name,block,parent,standing,reason");
    making.units(blocks);
    making.figures();
    making.beside();
    let history = making.dice.once_in(2);
    if history {
        making.history();
    }
    let mut files: Vec<(String, Vec<u8>)> = making
        .tables
        .iter()
        .filter(|(_, text)| text.lines().count() > 1)
        .map(|(name, text)| (format!("{name}.csv"), text.clone().into_bytes()))
        .collect();
    files.push(("criteria/so.csv".to_owned(), making.set(seed).into_bytes()));
    files.push(("campaign.toml".to_owned(), making.manifest(seed, blocks, history).into_bytes()));
    files
}

impl Making {
    fn begin(&mut self, name: &'static str, header: &str) {
        self.tables.push((name, format!("{header}\n")));
    }

    fn row(&mut self, cells: &[&str]) {
        let (_, text) = self.tables.last_mut().unwrap();
        writeln!(text, "{}", cells.join(",")).unwrap();
    }

    fn units(&mut self, blocks: u64) {
        for at in 0..3 + self.dice.below(5) {
            let code = format!("X{at}");
            let (standing, reason) = match self.dice.below(8) {
                0 => ("exempt", self.dice.text()),
                1 => ("unranked", self.dice.text()),
                _ => ("ranked", String::new()),
            };
            let block = format!("b{}", self.dice.below(blocks));
            self.row(&[&code, &format!("Đơn vị {at}"), &block, "", standing, &reason]);
            if standing != "exempt" {
                self.units.push(code);
            }
        }
    }

    /// Figures of the units, revised at later stages; points that people gave; points from outside.
    fn figures(&mut self) {
        let (units, stages) = (self.units.clone(), self.stages.clone());
        self.begin("facts", "unit,criterion,input,value,stage,source");
        for unit in &units {
            for stage in &stages {
                let again = *stage == "self" || self.dice.once_in(4);
                let (day, a, c) = (self.dice.day(), self.dice.below(21), self.dice.below(4));
                let source = if self.dice.once_in(3) { self.dice.text() } else { String::new() };
                if again && !self.dice.once_in(9) {
                    self.row(&[unit, "1.1", "ngày ban hành", &day, stage, &source]);
                }
                if again {
                    self.row(&[unit, "1.2", "a", &a.to_string(), stage, ""]);
                    self.row(&[unit, "1.2", "b", "20", stage, ""]);
                    self.row(&[unit, "1.3", "c", &c.to_string(), stage, ""]);
                }
                if again && self.dice.once_in(5) {
                    self.row(&[unit, "2.1", "", "không áp dụng", stage, &source]);
                } else if again {
                    let timely = (900 + self.dice.below(100)).to_string();
                    self.row(&[unit, "2.1", "a", &timely, stage, ""]);
                    self.row(&[unit, "2.1", "b", "1000", stage, ""]);
                }
            }
        }
        self.begin("points", "unit,criterion,points,stage,source");
        for unit in units.iter().filter(|unit| unit.ends_with(['1', '3'])) {
            let (points, reason) = (format!("{}.25", self.dice.below(4)), self.dice.text());
            self.row(&[unit, "1.2", &points, stages[stages.len() - 2], &reason]);
        }
        self.begin("external", "unit,criterion,input,value,stage,source");
        for unit in &units {
            let (share, source) = (format!("{}.5%", self.dice.below(100)), self.dice.text());
            self.row(&[unit, "2.2", "p", &share, "final", &source]);
        }
    }

    /// Days of its own calendar, published figures.
    fn beside(&mut self) {
        self.begin("calendar", "date,kind,name");
        for _ in 0..self.dice.below(12) {
            let (day, kind) = (self.dice.day(), if self.dice.once_in(2) { "off" } else { "work" });
            let name = self.dice.text();
            self.row(&[&day, kind, &name]);
        }
        self.begin("published", "unit,item,value,source");
        for _ in 0..self.dice.below(4) {
            let (unit, value) = (self.units.first().cloned().unwrap_or_default(), self.dice.below(90));
            let (value, source) = (format!("{value}.{:02}", self.dice.below(100)), self.dice.text());
            let item = ["points", "index", "1.1"][usize::try_from(self.dice.below(3)).unwrap()];
            self.row(&[&unit, item, &value, &source]);
        }
    }

    fn history(&mut self) {
        let units = self.units.clone();
        self.begin("notes", "unit,criterion,stage,note");
        for unit in &units {
            let text = self.dice.text();
            self.row(&[unit, "1.1", "self", &text]);
        }
        self.begin("remarks", "unit,criterion,stage,side,text,at,by");
        for unit in &units {
            let (side, text, at) = (
                if self.dice.once_in(2) { "unit" } else { "appraiser" },
                self.dice.text(),
                self.dice.moment(),
            );
            self.row(&[unit, "1.2", "appraisal-1", side, &text, &at, "Trần Thị B"]);
        }
        self.begin("verdicts", "unit,criterion,stage,verdict,reason,at,by");
        for unit in &units {
            let verdict = ["accept", "adjust", "council"][usize::try_from(self.dice.below(3)).unwrap()];
            let (reason, at) = (self.dice.text(), self.dice.moment());
            self.row(&[unit, "1.2", "appraisal-1", verdict, &reason, &at, "Lê Văn C"]);
        }
        self.begin("evidence", "document,unit,criterion,stage,genre,name,number,issued_on,issuer,sha256,size,link,at,by,replaces");
        for (at, unit) in (1..).zip(&units) {
            let (name, day, moment) = (self.dice.text(), self.dice.day(), self.dice.moment());
            let (hash, size) =
                (format!("{:064x}", self.dice.below(u64::MAX)), self.dice.below(1 << 40).to_string());
            let cells = [
                &at.to_string(),
                unit.as_str(),
                "1.1",
                "self",
                "Báo cáo",
                &name,
                "12/BC",
                &day,
                "Sở A",
                &hash,
                &size,
            ];
            let rest = ["", moment.as_str(), "Trần Thị B", ""];
            self.row(&[cells.as_slice(), rest.as_slice()].concat());
        }
        self.council(&units);
    }

    fn council(&mut self, units: &[String]) {
        self.begin("motions", "motion,unit,criterion,points,proposal,manner,opened_at,opened_by,adopted,members,for,against,abstained");
        for (at, unit) in (7..).zip(units) {
            let (reason, moment) = (self.dice.text(), self.dice.moment());
            let cells = [&at.to_string(), unit.as_str(), "1.2", "3.5", &reason, "session", &moment, "Phạm D"];
            self.row(&[cells.as_slice(), ["yes", "5", "4", "1", "0"].as_slice()].concat());
        }
        self.begin("votes", "motion,name,vote,at");
        for (at, _) in (7..).zip(units) {
            let (vote, moment) = (
                ["for", "against", "abstain"][usize::try_from(self.dice.below(3)).unwrap()],
                self.dice.moment(),
            );
            self.row(&[&at.to_string(), "Ủy viên E", vote, &moment]);
        }
    }

    fn set(&mut self, seed: u64) -> String {
        let (day, late) = (5 + self.dice.below(20), 1 + self.dice.below(9));
        SET.replace("MAU-SO", &format!("NN-{seed}"))
            .replace("hạn 15/01/2026", &format!("hạn {day:02}/01/2026"))
            .replace("trễ đến 5 ngày", &format!("trễ đến {late} ngày"))
    }

    fn manifest(&mut self, seed: u64, blocks: u64, history: bool) -> String {
        let mut text = format!(
            "format = {}\ncode = \"nn-{seed}\"\ntitle = \"Gói {seed}\"\nyear = 2026\n",
            1 + u8::from(history)
        );
        for stage in &self.stages {
            write!(text, "\n[[stages]]\ncode = \"{stage}\"\nname = \"Bước {stage}\"\n").unwrap();
            if *stage != "final" {
                text.push_str("counts = [\"tự đánh giá\"]\n");
            }
        }
        for block in 0..blocks {
            write!(
                text,
                "\n[[blocks]]\ncode = \"b{block}\"\nname = \"Khối {block}\"\ncriteria = \"criteria/so.csv\"\n"
            )
            .unwrap();
            if self.dice.once_in(3) {
                text.push_str("version = \"0\"\n\n[[blocks.moves]]\nfrom = \"0\"\nto = \"1\"\ndate = \"2026-06-01\"\nreason = \"Quyết định số 12\"\n");
            }
        }
        text
    }
}
