//! What the log says: its rows about some sheets, read one after the other, the last one of each thing winning.

use std::collections::{HashMap, HashSet};

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{CampaignDetail, RulingKind};
use parindex_entity::audit;
use serde_json::Value;

use crate::campaign::word;

/// Where a cell stands: member, row of the stage, criterion, input.
pub(super) type CellAt = (i64, i64, String, String);
/// Where a verdict stands: member, row of the round, criterion.
pub(super) type VerdictAt = (i64, i64, String);
/// A document: member, criterion, name, hash or address.
pub(super) type DocumentAt = (i64, String, String, String);

/// A cell as it was written.
pub(super) struct Wrote {
    /// What stood there before the first row that wrote it; none where that row does not say.
    pub before: Option<String>,
    pub text: String,
    pub source: Option<String>,
    pub row: i64,
}

/// A point of the council as it was put on the agenda, and closed.
pub(super) struct Tabled {
    pub member: Option<i64>,
    pub criterion: String,
    pub points: String,
    pub proposal: String,
    pub manner: String,
    pub closed: Option<Closed>,
    pub row: i64,
}

/// How it was closed; where the row says it, the counts (members, for, against, abstained) and who could not vote.
pub(super) struct Closed {
    pub adopted: bool,
    pub counted: Option<[i64; 4]>,
    pub barred: Option<String>,
    pub row: i64,
}

/// How a sheet came in.
pub(super) struct Arrived {
    pub at: i64,
    pub row: i64,
    /// The hash of what came; none in rows of before, and for sheets that came empty.
    pub digest: Option<String>,
}

/// Which sheets are asked about, and by which codes and rows the log and the tables name things.
pub(super) struct Ground<'w> {
    pub detail: &'w CampaignDetail,
    pub members: HashSet<i64>,
    codes: HashMap<&'w str, i64>,
    pub first: i64,
    pub last: i64,
}

impl<'w> Ground<'w> {
    pub fn new(detail: &'w CampaignDetail, members: &[i64]) -> Self {
        let stage = |stage: Option<&parindex_domain::procedure::Stage>| stage.map_or(0, |stage| stage.id);
        Self {
            detail,
            members: members.iter().copied().collect(),
            codes: detail.members.iter().map(|member| (member.code.as_str(), member.id)).collect(),
            first: stage(detail.stages.first()),
            last: stage(detail.stages.last()),
        }
    }

    fn round(&self, code: &str) -> Option<i64> {
        self.detail.stages.iter().find(|stage| stage.code == code).map(|stage| stage.id)
    }

    /// A member that is asked about, by its code.
    fn member(&self, code: &str) -> Option<i64> {
        self.codes.get(code).copied().filter(|member| self.members.contains(member))
    }

    /// All that are asked about of a block.
    fn of_block(&self, code: &str) -> Vec<i64> {
        let block = self.detail.blocks.iter().find(|block| block.code == code).map(|block| block.id);
        let here = self.detail.members.iter().filter(|member| Some(member.block) == block);
        here.map(|member| member.id).filter(|id| self.members.contains(id)).collect()
    }
}

/// All that the log says of some sheets.
#[derive(Default)]
pub(super) struct Told {
    pub cells: HashMap<CellAt, Wrote>,
    pub verdicts: HashMap<VerdictAt, (String, String, i64)>,
    pub sheet_states: HashMap<i64, (&'static str, String, i64)>,
    /// The first standing that it had, the one that it has, and the reason.
    pub standings: HashMap<i64, (String, String, String, i64)>,
    pub documents: HashMap<DocumentAt, (i64, i64)>,
    pub motions: HashMap<i64, Tabled>,
    pub votes: HashMap<(i64, i64), (String, String, i64)>,
    pub arrived: HashMap<i64, Arrived>,
    pub versions: HashMap<String, ((i64, i64), i64)>,
    /// The days of its own that the campaign came with (day, kind, name, document), and the row; none where that row does not say.
    pub days: Option<(Vec<[String; 4]>, i64)>,
    pub opened: Option<i64>,
    pub approved: Option<i64>,
    pub result: Option<(String, i64)>,
    released: HashSet<String>,
}

/// A text of a detail.
fn text<'v>(of: &'v Value, key: &str) -> &'v str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(of: &'v Value, key: &str) -> &'v [Value] {
    of.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn integer(of: &Value, key: &str) -> i64 {
    of.get(key).and_then(Value::as_i64).unwrap_or_default()
}

/// Days as a row of the log lists them.
fn days_of(list: &[Value]) -> Vec<[String; 4]> {
    let text = |day: &Value, at: usize| day.get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
    list.iter().map(|day| [0, 1, 2, 3].map(|at| text(day, at))).collect()
}

/// The number in `member 12`.
fn id_of(subject: &str) -> i64 {
    subject.rsplit(' ').next().and_then(|id| id.parse().ok()).unwrap_or_default()
}

impl Told {
    /// One more row of the log.
    pub fn hear(&mut self, ground: &Ground<'_>, row: &audit::Model) {
        let detail: Value = serde_json::from_str(&row.detail).unwrap_or_default();
        let (about, d) = (id_of(&row.subject), &detail);
        match AuditAct::from_word(&row.act) {
            Some(AuditAct::SheetKeep) => self.keep(ground, (about, row.seq), d),
            Some(AuditAct::SheetReason) => {
                let at = (about, ground.first, text(d, "criterion"));
                self.cells(at, list(d, "cells"), (text(d, "figures"), row.seq));
            }
            Some(AuditAct::SheetSubmit) => {
                self.keep(ground, (about, row.seq), d);
                self.sheet_states.insert(about, (word::SUBMITTED, text(d, "sha256").to_owned(), row.seq));
            }
            Some(AuditAct::SheetReturn) => {
                self.sheet_states.insert(about, (word::RETURNED, text(d, "remark").to_owned(), row.seq));
            }
            Some(AuditAct::VerdictGive) => self.decide(ground, (about, row.seq), d),
            Some(AuditAct::VerdictAcceptAll) => self.accept(ground, row.seq, d),
            Some(AuditAct::ExternalPointsEnter) => self.external_points(ground, row.seq, d),
            Some(AuditAct::EvidenceAttach | AuditAct::EvidenceDetach) => self.document(about, row, d),
            Some(AuditAct::CampaignStanding) => self.standing(about, row.seq, d),
            Some(AuditAct::CouncilTable) => self.table(ground, (about, row.seq), d),
            Some(AuditAct::CouncilVote) => {
                let vote = (text(d, "to").to_owned(), row.who.clone(), row.seq);
                self.votes.insert((about, row.person.unwrap_or_default()), vote);
            }
            Some(AuditAct::CouncilConclude) => self.conclude(ground, (about, row.seq), d),
            _ => self.campaign(ground, row, d),
        }
    }

    /// What is about the campaign as a whole.
    fn campaign(&mut self, ground: &Ground<'_>, row: &audit::Model, d: &Value) {
        match AuditAct::from_word(&row.act) {
            Some(AuditAct::CampaignAdd) => {
                self.days = d.get("days").and_then(Value::as_array).map(|days| (days_of(days), row.seq));
                self.arrive(ground, row, (d, &ground.members.iter().copied().collect::<Vec<_>>()));
            }
            Some(AuditAct::CampaignBlock) => {
                self.arrive(ground, row, (d, &ground.of_block(text(d, "block"))));
            }
            Some(AuditAct::CampaignMembers) => self.members(ground, row, d),
            Some(AuditAct::CampaignRelease) => {
                self.released.insert(text(d, "round").to_owned());
            }
            Some(AuditAct::CampaignMove) => {
                if let [set, number] = list(d, "to") {
                    let to = (set.as_i64().unwrap_or_default(), number.as_i64().unwrap_or_default());
                    self.versions.insert(text(d, "block").to_owned(), (to, row.seq));
                }
            }
            Some(AuditAct::CampaignOpen) => self.opened = Some(row.seq),
            Some(AuditAct::CampaignApprove | AuditAct::CampaignKeepResult) => {
                if row.act == AuditAct::CampaignApprove.word() {
                    self.approved = Some(row.seq);
                }
                if let Some(result) = d.get("result") {
                    self.result = Some((text(result, "sha256").to_owned(), row.seq));
                }
            }
            _ => {}
        }
    }

    /// Sheets came in with a campaign or a block, from now on with a mark of each.
    fn arrive(&mut self, ground: &Ground<'_>, row: &audit::Model, (d, members): (&Value, &[i64])) {
        let arrived = d.get("arrived").unwrap_or(&Value::Null);
        let marks = arrived.get("sheets").unwrap_or(&Value::Null);
        for member in members {
            let code = ground.detail.member(*member).map_or("", |member| member.code.as_str());
            let digest = marks.get(code).and_then(Value::as_str).map(str::to_owned);
            self.arrived.insert(*member, Arrived { at: row.at, row: row.seq, digest });
        }
        for (block, version) in arrived.get("sets").and_then(Value::as_object).into_iter().flatten() {
            if let Some([set, number]) = version.as_array().map(Vec::as_slice) {
                let version = (set.as_i64().unwrap_or_default(), number.as_i64().unwrap_or_default());
                self.versions.insert(block.clone(), (version, row.seq));
            }
        }
    }

    fn members(&mut self, ground: &Ground<'_>, row: &audit::Model, d: &Value) {
        // Another unit of the same code may come after one that went: what was said of that one is not said of this one.
        if let Some(member) = ground.member(text(d, "removed")) {
            self.cells.retain(|at, _| at.0 != member);
            self.verdicts.retain(|at, _| at.0 != member);
            self.arrived.remove(&member);
        }
        for code in list(d, "added").iter().filter_map(Value::as_str) {
            if let Some(member) = ground.member(code) {
                self.arrived.insert(member, Arrived { at: i64::MIN, row: row.seq, digest: None });
            }
        }
    }

    /// Cells of one criterion, as a row of the log lists them.
    fn cells(&mut self, (member, stage, criterion): (i64, i64, &str), cells: &[Value], how: (&str, i64)) {
        let (source, row) = how;
        for cell in cells {
            // Where a figure of a node above is entered with a criterion, newer rows say whose it is.
            let owner = cell.get("criterion").and_then(Value::as_str).unwrap_or(criterion);
            let at = (member, stage, owner.to_owned(), text(cell, "input").to_owned());
            let from = cell.get("from").and_then(Value::as_str).map(str::to_owned);
            let before = self.cells.get(&at).map_or(from, |first| first.before.clone());
            let source = Some(source.to_owned());
            self.cells.insert(at, Wrote { before, text: text(cell, "to").to_owned(), source, row });
        }
    }

    fn keep(&mut self, ground: &Ground<'_>, (member, row): (i64, i64), d: &Value) {
        for part in list(d, "changed") {
            let criterion = text(part, "criterion");
            self.cells((member, ground.first, criterion), list(part, "cells"), ("", row));
            // What was accepted before its figures changed is decided anew, but in rounds that were released.
            let below = format!("{criterion}.");
            let released: HashSet<i64> = self.released.iter().filter_map(|code| ground.round(code)).collect();
            self.verdicts.retain(|(of, round, at), (kind, _, _)| {
                let here = *of == member && (at == criterion || at.starts_with(&below));
                !(here && kind == RulingKind::Accept.word() && !released.contains(round))
            });
        }
    }

    fn decide(&mut self, ground: &Ground<'_>, (member, row): (i64, i64), d: &Value) {
        let (criterion, reason) = (text(d, "criterion"), text(d, "reason"));
        let Some(round) = ground.round(text(d, "round")) else { return };
        let kind = text(d, "verdict");
        let source = if kind == RulingKind::Adjust.word() { reason } else { "" };
        self.cells((member, round, criterion), list(d, "points"), (source, row));
        let verdict = (kind.to_owned(), reason.to_owned(), row);
        self.verdicts.insert((member, round, criterion.to_owned()), verdict);
    }

    fn accept(&mut self, ground: &Ground<'_>, row: i64, d: &Value) {
        let Some(round) = ground.round(text(d, "round")) else { return };
        for member in list(d, "units").iter().filter_map(Value::as_str).filter_map(|code| ground.member(code))
        {
            let at = (member, round, text(d, "criterion").to_owned());
            self.verdicts.insert(at, ("accept".to_owned(), String::new(), row));
        }
    }

    fn external_points(&mut self, ground: &Ground<'_>, row: i64, d: &Value) {
        for each in list(d, "changed") {
            let Some(member) = ground.member(text(each, "unit")) else { continue };
            let at = (member, ground.last, text(d, "criterion"));
            self.cells(at, list(each, "cells"), (text(d, "source"), row));
        }
    }

    fn document(&mut self, member: i64, row: &audit::Model, d: &Value) {
        let criterion = text(d, "criterion");
        let mut one = |of: &Value, more: i64| {
            let what = [text(of, "sha256"), text(of, "link")].concat();
            let at = (member, criterion.to_owned(), text(of, "name").to_owned(), what);
            let count = self.documents.entry(at).or_default();
            *count = (count.0 + more, row.seq);
        };
        if row.act == AuditAct::EvidenceDetach.word() {
            one(d, -1);
            return;
        }
        for each in list(d, "documents") {
            one(each, 1);
        }
    }

    fn standing(&mut self, member: i64, row: i64, d: &Value) {
        let before = self.standings.get(&member).map(|known| known.0.clone());
        let before = before.unwrap_or_else(|| text(d, "from").to_owned());
        let now = (before, text(d, "to").to_owned(), text(d, "reason").to_owned(), row);
        self.standings.insert(member, now);
    }

    fn table(&mut self, ground: &Ground<'_>, (motion, row): (i64, i64), d: &Value) {
        let named = d.get("member").and_then(Value::as_i64);
        let member = named.or_else(|| ground.member(text(d, "unit")));
        let criterion = text(d, "criterion").to_owned();
        // Whoever puts a point on the agenda in writing closes the meeting about it that came to nothing.
        let before = self
            .motions
            .values_mut()
            .filter(|known| known.closed.is_none() && known.member == member && known.criterion == criterion);
        for known in before {
            known.closed = Some(Closed { adopted: false, counted: None, barred: None, row });
        }
        let said = |key| text(d, key).to_owned();
        let (points, proposal, manner) = (said("points"), said("proposal"), said("manner"));
        self.motions
            .insert(motion, Tabled { member, criterion, points, proposal, manner, closed: None, row });
    }

    fn conclude(&mut self, ground: &Ground<'_>, (motion, row): (i64, i64), d: &Value) {
        let adopted = d.get("adopted").and_then(Value::as_bool).unwrap_or_default();
        let counted = Some(["members", "for", "against", "abstained"].map(|key| integer(d, key)));
        let Some(tabled) = self.motions.get_mut(&motion) else { return };
        let barred = d.get("barred").and_then(Value::as_str).map(str::to_owned);
        tabled.closed = Some(Closed { adopted, counted, barred, row });
        let Some(member) = tabled.member.filter(|_| adopted) else { return };
        let at = (member, ground.last, tabled.criterion.clone(), String::new());
        let from = match list(d, "cells").first() {
            Some(cell) => Some(text(cell, "from").to_owned()),
            // Written down before rows said it; or the same points stood there already.
            None => d.get("cells").map(|_none| tabled.points.clone()),
        };
        let before = self.cells.get(&at).map_or(from, |first| first.before.clone());
        let (source, text) = (Some(tabled.proposal.clone()), tabled.points.clone());
        self.cells.insert(at, Wrote { before, text, source, row });
    }
}
