//! Rows as they stand, each beside what the log says of it.

use std::collections::HashMap;

use parindex_domain::campaign::Standing;
use parindex_domain::procedure::{EntryKind, Life, Member, SheetState};
use parindex_entity::{entry, evidence, motion, verdict, vote};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::arrived::{Line, mark};
use super::told::{CellAt, DocumentAt, Ground, Tabled, Told, VerdictAt, Wrote};
use super::{Difference, DifferenceKind, Unlogged, Unmarked, named, standing_word};
use crate::StoreError;
use crate::campaign::word;
use crate::sheet::{NOTE, REASON, sealed};

mod campaign;
mod day;

pub(super) use day::server_days;

/// What is looked at, and what was found.
pub(super) struct Look<'l> {
    pub tx: &'l DatabaseTransaction,
    pub ground: &'l Ground<'l>,
    pub told: Told,
    pub found: Unlogged,
    /// Rows that came with a package and were never written again: cells by member.
    came: HashMap<i64, Vec<Line>>,
}

/// What stands and what the log says, where they differ.
struct Both {
    stands: Option<String>,
    logged: Option<String>,
    row: Option<i64>,
}

impl<'l> Look<'l> {
    pub fn new(tx: &'l DatabaseTransaction, ground: &'l Ground<'l>, told: Told) -> Self {
        Self { tx, ground, told, found: Unlogged::default(), came: HashMap::new() }
    }

    fn differs(&mut self, member: Option<i64>, what: DifferenceKind, both: Both) {
        let unit = member.and_then(|member| self.ground.detail.member(member)).map(named);
        self.found.add(Difference {
            campaign: self.ground.detail.campaign.code.clone(),
            unit: unit.unwrap_or_default(),
            what,
            stands: both.stands,
            logged: both.logged,
            row: both.row,
        });
    }

    fn stage_name(&self, stage: i64) -> String {
        let stage = self.ground.detail.stages.iter().find(|each| each.id == stage);
        stage.map(|stage| stage.name.clone()).unwrap_or_default()
    }

    fn stage_code(&self, stage: i64) -> String {
        let stage = self.ground.detail.stages.iter().find(|each| each.id == stage);
        stage.map(|stage| stage.code.clone()).unwrap_or_default()
    }

    /// Figures and points of all stages.
    pub async fn cells(&mut self) -> Result<(), StoreError> {
        let rows =
            entry::Entity::find().filter(entry::Column::Member.is_in(self.ground.members.iter().copied()));
        let mut before: Vec<(i64, Line)> = Vec::new();
        for row in rows.all(self.tx).await? {
            self.cell(&row, &mut before);
        }
        // What the log wrote and nobody took away must be there.
        let gone: Vec<(CellAt, Wrote)> = self.told.cells.drain().collect();
        for (at, wrote) in gone {
            if let Some(text) = wrote.before {
                before.push((at.0, [self.stage_code(at.1), at.2.clone(), at.3.clone(), text]));
            }
            if !wrote.text.is_empty() {
                let what =
                    DifferenceKind::Cell { stage: self.stage_name(at.1), criterion: at.2, input: at.3 };
                let (logged, row) = (Some(wrote.text), Some(wrote.row));
                self.differs(Some(at.0), what, Both { stands: None, logged, row });
            }
        }
        for (member, line) in before {
            self.came.entry(member).or_default().push(line);
        }
        Ok(())
    }

    /// What the log wrote into a cell: older rows name external points by their criterion, whatever node above the figures belong to.
    fn written(&mut self, row: &entry::Model) -> Option<Wrote> {
        let at = (row.member, row.stage, row.criterion.clone(), row.input.clone());
        if let Some(wrote) = self.told.cells.remove(&at) {
            return Some(wrote);
        }
        if row.stage != self.ground.last || row.input.is_empty() {
            return None;
        }
        let below = format!("{}.", row.criterion);
        let at = self.told.cells.keys().find(|at| {
            (at.0, at.1, at.3.as_str()) == (row.member, row.stage, row.input.as_str())
                && at.2.starts_with(&below)
        });
        let at = at.cloned()?;
        self.told.cells.remove(&at)
    }

    fn cell(&mut self, row: &entry::Model, before: &mut Vec<(i64, Line)>) {
        let what = DifferenceKind::Cell {
            stage: self.stage_name(row.stage),
            criterion: row.criterion.clone(),
            input: row.input.clone(),
        };
        let line = |text: &str, code: String| {
            (row.member, [code, row.criterion.clone(), row.input.clone(), text.to_owned()])
        };
        let code = self.stage_code(row.stage);
        let wrote = self.written(row);
        let kind = kind_of(&row.input, &row.text).word();
        if !row.text.is_empty() && row.kind != kind {
            let (stands, logged) = (Some(spoken(&row.kind, &row.text)), Some(spoken(kind, &row.text)));
            let seq = wrote.as_ref().map(|wrote| wrote.row);
            self.differs(Some(row.member), what.clone(), Both { stands, logged, row: seq });
        }
        let Some(wrote) = wrote else {
            before.push(line(&row.text, code));
            if !self.may_have_come(row) {
                let stands = Some(row.text.clone());
                self.differs(Some(row.member), what, Both { stands, logged: None, row: None });
            }
            return;
        };
        if let Some(text) = &wrote.before {
            before.push(line(text, code));
        }
        if row.text != wrote.text {
            let text = |text: &String| (!text.is_empty()).then(|| text.clone());
            let (stands, logged) = (text(&row.text), text(&wrote.text));
            self.differs(Some(row.member), what, Both { stands, logged, row: Some(wrote.row) });
        } else if !row.text.is_empty() && wrote.source.as_ref().is_some_and(|source| *source != row.source) {
            let what = DifferenceKind::Source {
                stage: self.stage_name(row.stage),
                criterion: row.criterion.clone(),
            };
            let both = Both { stands: Some(row.source.clone()), logged: wrote.source, row: Some(wrote.row) };
            self.differs(Some(row.member), what, both);
        }
    }

    /// Whether a row of which the log says nothing can have come with its sheet.
    fn may_have_come(&self, row: &entry::Model) -> bool {
        let Some(arrived) = self.told.arrived.get(&row.member) else { return false };
        arrived.digest.is_some() || (row.revision == 1 && row.at == arrived.at)
    }

    /// The decisions of appraisers.
    pub async fn verdicts(&mut self) -> Result<(), StoreError> {
        let rows = verdict::Entity::find()
            .filter(verdict::Column::Member.is_in(self.ground.members.iter().copied()));
        for row in rows.all(self.tx).await? {
            let at = (row.member, row.stage, row.criterion.clone());
            let told = self.told.verdicts.remove(&at);
            let stands = Some(spoken(&row.kind, &row.reason));
            match told {
                Some((kind, reason, _)) if (&kind, &reason) == (&row.kind, &row.reason) => {}
                Some((kind, reason, seq)) => {
                    let both = Both { stands, logged: Some(spoken(&kind, &reason)), row: Some(seq) };
                    self.verdict(at, both);
                }
                None => self.verdict(at, Both { stands, logged: None, row: None }),
            }
        }
        let gone: Vec<(VerdictAt, (String, String, i64))> = self.told.verdicts.drain().collect();
        for (at, (kind, reason, seq)) in gone {
            self.verdict(at, Both { stands: None, logged: Some(spoken(&kind, &reason)), row: Some(seq) });
        }
        Ok(())
    }

    fn verdict(&mut self, (member, round, criterion): VerdictAt, both: Both) {
        let round = self.stage_name(round);
        self.differs(Some(member), DifferenceKind::Verdict { round, criterion }, both);
    }

    /// The documents that nobody took away.
    pub async fn documents(&mut self) -> Result<(), StoreError> {
        let rows = evidence::Entity::find()
            .filter(evidence::Column::Member.is_in(self.ground.members.iter().copied()))
            .filter(evidence::Column::RemovedAt.is_null());
        let mut there: HashMap<DocumentAt, i64> = HashMap::new();
        for row in rows.all(self.tx).await? {
            let what = row.file.or(row.link).unwrap_or_default();
            *there.entry((row.member, row.criterion, row.name, what)).or_default() += 1;
        }
        let told: Vec<(DocumentAt, (i64, i64))> = self.told.documents.drain().collect();
        for (at, (count, row)) in told {
            let stands = there.remove(&at).unwrap_or_default();
            if stands != count {
                self.document(at, (stands, count), Some(row));
            }
        }
        for (at, stands) in there {
            self.document(at, (stands, 0), None);
        }
        Ok(())
    }

    fn document(&mut self, at: DocumentAt, (stands, count): (i64, i64), row: Option<i64>) {
        let (member, criterion, name, what) = at;
        let said = |count: i64| {
            (count > 0).then(|| if count == 1 { what.clone() } else { format!("{what} × {count}") })
        };
        let both = Both { stands: said(stands), logged: said(count), row };
        self.differs(Some(member), DifferenceKind::Document { criterion, name }, both);
    }

    /// Standings, submissions, seals, and what came with a package.
    pub async fn members(&mut self, members: &[&Member]) -> Result<(), StoreError> {
        let seals = sealed(self.tx, self.ground.detail, members).await?;
        for member in members {
            self.standing(member);
            self.sheet_state(member);
            if let Some(seal) = seals.get(&member.id).filter(|seal| !seal.fits) {
                let (logged, row) = (Some(seal.kept.clone()), seal.logged.as_ref().map(|(_, row)| *row));
                let stage = self.ground.first;
                let stands = Some(crate::sheet::seal_now(self.tx, member.id, stage).await?);
                self.differs(Some(member.id), DifferenceKind::Seal, Both { stands, logged, row });
            }
            self.arrival(member);
        }
        Ok(())
    }

    fn standing(&mut self, member: &Member) {
        let (_, reason) = spoken_standing(member);
        let Some((_, to, why, row)) = self.told.standings.get(&member.id) else { return };
        if (standing_word(member), reason) == (to.as_str(), why.as_str()) {
            return;
        }
        let (logged, row) = (Some(spoken(to, why)), Some(*row));
        let stands = Some(spoken(standing_word(member), reason));
        self.differs(Some(member.id), DifferenceKind::Standing, Both { stands, logged, row });
    }

    fn sheet_state(&mut self, member: &Member) {
        let (state, said) = match &member.sheet_state {
            SheetState::Filling => (word::FILLING, ""),
            SheetState::Submitted { seal, .. } => (word::SUBMITTED, seal.as_str()),
            SheetState::Returned { remark, .. } => (word::RETURNED, remark.as_str()),
        };
        let told = self.told.sheet_states.get(&member.id);
        let (logged, text, row) =
            told.map_or((word::FILLING, "", None), |(state, text, row)| (*state, text.as_str(), Some(*row)));
        if (state, said) != (logged, text) {
            let both = Both { stands: Some(spoken(state, said)), logged: Some(spoken(logged, text)), row };
            self.differs(Some(member.id), DifferenceKind::SheetState, both);
        }
    }

    /// What came with the sheet, laid together from what stands there still and what was there before it was first written.
    fn arrival(&mut self, member: &Member) {
        let mut lines = self.came.remove(&member.id).unwrap_or_default();
        lines.retain(|[_, _, _, text]| !text.is_empty());
        let Some(arrived) = self.told.arrived.get(&member.id) else { return };
        let Some(logged) = arrived.digest.clone() else {
            if !lines.is_empty() {
                let (campaign, unit) = (self.ground.detail.campaign.code.clone(), named(member));
                self.found.unmarked.push(Unmarked { campaign, unit, rows: lines.len() });
            }
            return;
        };
        let first = self.told.standings.get(&member.id).map(|(first, ..)| first.as_str());
        let stands = mark(first.unwrap_or(standing_word(member)), lines);
        if stands != logged {
            let both = Both { stands: Some(stands), logged: Some(logged), row: Some(arrived.row) };
            self.differs(Some(member.id), DifferenceKind::Arrived, both);
        }
    }

    /// What the council decided, and who voted how.
    pub async fn council(&mut self, motions: &[motion::Model]) -> Result<(), StoreError> {
        let mut told: HashMap<i64, Tabled> = self.told.motions.drain().collect();
        for row in motions {
            let tabled = told.remove(&row.id);
            self.motion(row, tabled);
        }
        for (_, tabled) in told {
            let logged = Some(tabled.points.clone());
            let what = DifferenceKind::Motion { criterion: tabled.criterion };
            self.differs(tabled.member, what, Both { stands: None, logged, row: Some(tabled.row) });
        }
        self.votes(motions).await
    }

    fn motion(&mut self, row: &motion::Model, tabled: Option<Tabled>) {
        let what = DifferenceKind::Motion { criterion: row.criterion.clone() };
        let stands = [row.points.clone(), row.proposal.clone(), row.manner.clone(), closed(row)].join(" · ");
        let Some(tabled) = tabled else {
            self.differs(Some(row.member), what, Both { stands: Some(stands), logged: None, row: None });
            return;
        };
        let last = tabled.closed.as_ref().map_or(tabled.row, |closed| closed.row);
        let end = match &tabled.closed {
            None => String::new(),
            // Earlier versions kept no counts with the point, and the log none of a meeting that went on in writing.
            Some(known) => {
                let counted = counted(row).map(|kept| known.counted.unwrap_or(kept));
                said(known.adopted, counted, known.barred.as_deref().unwrap_or(&row.barred))
            }
        };
        let logged = [tabled.points, tabled.proposal, tabled.manner, end].join(" · ");
        let same =
            tabled.criterion == row.criterion && tabled.member.is_none_or(|member| member == row.member);
        if !same || logged != stands {
            let both = Both { stands: Some(stands), logged: Some(logged), row: Some(last) };
            self.differs(Some(row.member), what, both);
        }
    }

    async fn votes(&mut self, motions: &[motion::Model]) -> Result<(), StoreError> {
        let about: HashMap<i64, &motion::Model> = motions.iter().map(|row| (row.id, row)).collect();
        let rows = vote::Entity::find().filter(vote::Column::Motion.is_in(about.keys().copied()));
        let mut told: HashMap<(i64, i64), (String, String, i64)> = self.told.votes.drain().collect();
        for row in rows.all(self.tx).await? {
            let Some(motion) = about.get(&row.motion) else { continue };
            let what = DifferenceKind::Vote { criterion: motion.criterion.clone(), name: row.name.clone() };
            let stands = Some(row.choice.clone());
            match told.remove(&(row.motion, row.person)) {
                Some((choice, _, _)) if choice == row.choice => {}
                Some((choice, _, seq)) => {
                    let both = Both { stands, logged: Some(choice), row: Some(seq) };
                    self.differs(Some(motion.member), what, both);
                }
                None => self.differs(Some(motion.member), what, Both { stands, logged: None, row: None }),
            }
        }
        for ((motion, _), (choice, name, seq)) in told {
            let Some(motion) = about.get(&motion) else { continue };
            let what = DifferenceKind::Vote { criterion: motion.criterion.clone(), name };
            let both = Both { stands: None, logged: Some(choice), row: Some(seq) };
            self.differs(Some(motion.member), what, both);
        }
        Ok(())
    }
}

/// What kind of cell a text makes: no page writes another.
fn kind_of(input: &str, text: &str) -> EntryKind {
    match (input, text) {
        ("", "x") => EntryKind::NotApplicable,
        ("", _) => EntryKind::Points,
        (NOTE, _) => EntryKind::Note,
        (REASON, _) => EntryKind::Reason,
        _ => EntryKind::Value,
    }
}

fn spoken(word: &str, reason: &str) -> String {
    if reason.is_empty() { word.to_owned() } else { format!("{word}: {reason}") }
}

fn spoken_standing(member: &Member) -> (&'static str, &str) {
    match &member.standing {
        Standing::Ranked => (word::RANKED, ""),
        Standing::Unranked(reason) => (word::UNRANKED, reason),
        Standing::Exempt(reason) => (word::EXEMPT, reason),
    }
}

fn counted(row: &motion::Model) -> Option<[i64; 4]> {
    Some([row.seats?, row.yes?, row.no?, row.abstained?])
}

/// How a point was closed; nothing while it is open.
fn closed(row: &motion::Model) -> String {
    row.closed_at.map_or_else(String::new, |_at| said(row.adopted == Some(true), counted(row), &row.barred))
}

fn said(adopted: bool, counted: Option<[i64; 4]>, barred: &str) -> String {
    let counted = counted.map(|counted| format!("{counted:?}")).unwrap_or_default();
    let barred = if barred.is_empty() { String::new() } else { format!(" ({barred})") };
    format!("{} {counted}{barred}", if adopted { "adopted" } else { "rejected" })
}

/// Whether a campaign is open or approved, in a word.
fn life(of: &Life) -> &'static str {
    match of {
        Life::Draft => "draft",
        Life::Running(_) => "running",
        Life::Approved { .. } => "approved",
    }
}
