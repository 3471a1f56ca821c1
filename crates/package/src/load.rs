//! A package to a campaign: all files read, all codes resolved, everything wrong told at once.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use parindex_domain::campaign::{BlockData, CampaignData, due_problems};
use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::finding::{Finding, Place, Severity, Text};
use parindex_rulebook::lint::lint;
use parindex_rulebook::set::{Compiled, Places};
use parindex_rulebook::table::{Table, TableProblem};

use crate::beside::PackageExtras;
use crate::history::{self, History, KnownCodes, MOTIONS};
use crate::manifest::{self, Manifest};
use crate::published;
use crate::rows::calendar::Day;
use crate::rows::entries::{Feed, Lookup, RowKind};
use crate::rows::{MAX_FINDINGS, calendar, units};
use crate::set::Form;
use crate::source::PackageSource;
use crate::{Bounds, Findings, PackageProblem, csv, descriptor, set};

/// A package as read.
#[derive(Debug)]
pub struct Package {
    pub campaign: CampaignData,
    /// What it holds beside what is scored.
    pub beside: PackageExtras,
    /// What somebody should look at, though it works.
    pub warnings: Findings,
    /// For each block its set's file and where each criterion stands in it.
    pub sets: Vec<(String, Places)>,
}

/// Reads the package in a folder or ZIP.
///
/// # Errors
/// All that is wrong, each with its place; nothing is returned half-read.
pub fn load(path: &Path) -> Result<Package, Findings> {
    load_from(&PackageSource::open(path)?)
}

/// Reads the package behind a source.
///
/// # Errors
/// As [`load`].
pub fn load_from(source: &PackageSource) -> Result<Package, Findings> {
    load_within(source, &Bounds::COMMAND)
}

/// Reads the package behind a source, each file of bounded size.
///
/// # Errors
/// As [`load`], and where there is more of one.
pub fn load_within(source: &PackageSource, bounds: &Bounds) -> Result<Package, Findings> {
    let manifest = Manifest::read(source.need(manifest::FILE)?)?;
    let mut loading = Loading { source, bounds, errors: Findings::new(), warnings: Findings::new() };
    let (calendar, days) = loading.calendar();
    let sets = loading.sets(&manifest);
    loading.versions(&manifest, &sets);
    let members = loading.units(&manifest);
    loading.stop_on_errors()?;
    let mut campaign =
        CampaignData { about: manifest.about(), stages: manifest.stages(), blocks: Vec::new(), calendar };
    let parts = manifest.blocks.iter().zip(&sets).zip(members);
    campaign.blocks = parts
        .filter_map(|((entry, set), members)| {
            let compiled = Arc::clone(&set.as_ref()?.0);
            Some(BlockData {
                code: entry.code.clone(),
                name: entry.name.clone(),
                set: compiled,
                members,
                entered: Vec::new(),
            })
        })
        .collect();
    if let Err(problem) = campaign.check_parents() {
        loading.errors.push(Finding::error(Place::file("units"), problem).spoken());
    }
    loading.due_dates(&campaign, &sets);
    loading.entries(&mut campaign);
    let published = loading.table("published").map(|table| published::read(&table)).transpose();
    let published = loading.kept(published).flatten().unwrap_or_default();
    let history = loading.history(&manifest, &campaign);
    let moves = manifest.blocks.iter().map(|block| block.moves.clone()).collect();
    loading.describe();
    loading.stop_on_errors()?;
    let files = manifest.blocks.iter().map(|block| block.criteria.clone());
    let sets =
        files.zip(sets.into_iter().map(|set| set.map(|(_, places)| places).unwrap_or_default())).collect();
    let beside = PackageExtras { days, published, moves, history };
    Ok(Package { campaign, beside, warnings: loading.warnings, sets })
}

/// A set ready for scoring, and where its rows stand.
type LoadedSet = Option<(Arc<Compiled>, Places)>;

struct Loading<'s> {
    source: &'s PackageSource,
    bounds: &'s Bounds,
    errors: Findings,
    warnings: Findings,
}

impl Loading<'_> {
    fn stop_on_errors(&mut self) -> Result<(), Findings> {
        if self.errors.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.errors)) }
    }

    fn kept<T>(&mut self, result: Result<T, Findings>) -> Option<T> {
        result.map_err(|findings| self.errors.extend(findings)).ok()
    }

    /// A table of the package.
    fn table(&mut self, name: &str) -> Option<Table> {
        let file = self.kept(table_file(self.source, name))?;
        let (file, bytes) = file?;
        let table = set::read_table_within(&file, bytes, self.bounds);
        let table = self.kept(table)?;
        self.remark_tidied(&table);
        Some(table)
    }

    fn remark_tidied(&mut self, table: &Table) {
        if table.tidied {
            self.warnings.push(Finding::warning(Place::file(&table.file), TableProblem::Tidied).spoken());
        }
    }

    fn calendar(&mut self) -> (Calendar, Vec<Day>) {
        let mut extended = Calendar::built_in().unwrap_or_default();
        let Some(table) = self.table("calendar") else { return (extended, Vec::new()) };
        let added = calendar::extend(&mut extended, &table);
        let days = self.kept(added).unwrap_or_default();
        self.warnings.extend(calendar::unknown_years(&extended, &table.file));
        (extended, days)
    }

    /// The tables of the history, which packages of the first format do not have.
    fn history(&mut self, manifest: &Manifest, campaign: &CampaignData) -> History {
        let mut read = History::default();
        if manifest.format == manifest::FORMAT {
            self.warn_of_history();
            return read;
        }
        let members = campaign.blocks.iter().flat_map(|block| &block.members);
        let units: HashSet<&str> = members.map(|member| member.code.as_str()).collect();
        let mut motions = HashSet::new();
        for kept in history::TABLES {
            let Some(table) = self.table(kept.name) else { continue };
            let rows = history::read(kept, &table, KnownCodes { units: &units, motions: &motions, campaign });
            let rows = self.kept(rows).unwrap_or_default();
            if kept.name == MOTIONS.name {
                motions.extend(rows.iter().map(|cells| MOTIONS.cell(cells, "motion").to_owned()));
            }
            read.add(kept, rows);
        }
        read
    }

    /// Nothing is left out without a word.
    fn warn_of_history(&mut self) {
        let files = history::TABLES
            .iter()
            .flat_map(|kept| ["csv", "xlsx"].map(|ending| format!("{}.{ending}", kept.name)));
        for file in files {
            if self.source.read(&file).is_ok_and(|found| found.is_some()) {
                let problem = PackageProblem::NeedsFormat(manifest::WITH_HISTORY);
                self.warnings.push(Finding::warning(Place::file(&file), problem).spoken());
            }
        }
    }

    fn sets(&mut self, manifest: &Manifest) -> Vec<LoadedSet> {
        let mut read: HashMap<&str, LoadedSet> = HashMap::new();
        for block in &manifest.blocks {
            if !read.contains_key(block.criteria.as_str()) {
                let set = self.set(&block.criteria);
                read.insert(&block.criteria, set);
            }
        }
        manifest.blocks.iter().map(|block| read.get(block.criteria.as_str()).cloned().flatten()).collect()
    }

    fn set(&mut self, file: &str) -> LoadedSet {
        let read = self.source.need(file).and_then(|bytes| set::read_within(file, bytes, self.bounds));
        let read = self.kept(read)?;
        let compiled = compile(read.set, &read.places);
        let (compiled, findings) = self.kept(compiled)?;
        let (errors, warnings): (Findings, Findings) =
            findings.into_iter().partition(|finding| finding.severity == Severity::Error);
        self.errors.extend(errors);
        self.warnings.extend(warnings);
        Some((Arc::new(compiled), read.places))
    }

    /// A due date of another year, or on a day off, is worth a look.
    fn due_dates(&mut self, campaign: &CampaignData, sets: &[LoadedSet]) {
        let mut looked: Vec<&Arc<Compiled>> = Vec::new();
        let mut found = Findings::new();
        for (compiled, places) in sets.iter().flatten() {
            // Blocks that share a set share what is said of it.
            if looked.iter().any(|other| Arc::ptr_eq(other, compiled)) {
                continue;
            }
            looked.push(compiled);
            for (node, problem) in due_problems(compiled, campaign.about.period(), &campaign.calendar) {
                let finding = Finding::warning(places.of(Some(node), "Cách tính điểm"), problem).spoken();
                if found.len() < MAX_FINDINGS && !found.contains(&finding) {
                    found.push(finding);
                }
            }
        }
        self.warnings.append(&mut found);
    }

    /// A running campaign keeps its version until a recorded act moves it.
    fn versions(&mut self, manifest: &Manifest, sets: &[LoadedSet]) {
        for (entry, set) in manifest.blocks.iter().zip(sets) {
            let found = set.as_ref().map(|(compiled, _)| compiled.set.about.version.as_str());
            let pinned = entry.pinned();
            if let Some(found) = found.filter(|found| !pinned.is_empty() && *found != pinned) {
                let problem = PackageProblem::OtherVersion(pinned.to_owned(), found.to_owned());
                self.errors.extend(problem.at(Place::file(&entry.criteria)));
            }
        }
    }

    fn units(&mut self, manifest: &Manifest) -> Vec<Vec<parindex_domain::campaign::MemberData>> {
        let blocks: Vec<String> = manifest.blocks.iter().map(|block| block.code.clone()).collect();
        let Some(table) = self.table("units") else {
            if self.errors.is_empty() {
                self.errors.extend(PackageProblem::NoFile.at(Place::file("units.csv")));
            }
            return Vec::new();
        };
        let members = self.kept(units::read(&table, &blocks)).unwrap_or_default();
        self.warnings.extend(units::open_sheets(&members, &table.file));
        members
    }

    fn entries(&mut self, campaign: &mut CampaignData) {
        let mut lookup = Lookup::new(&campaign.stages, &campaign.blocks, campaign.about.period());
        let tables =
            [("facts", RowKind::Facts), ("points", RowKind::Points), ("external", RowKind::External)];
        lookup.reserve(tables.iter().map(|(name, _)| self.source.lines(&format!("{name}.csv"))).sum());
        let (source, bounds) = (self.source, self.bounds);
        // The figures are most of a package. While they are read, the other tables are opened beside.
        std::thread::scope(|scope| {
            let [facts, others @ ..] = tables;
            let others = scope.spawn(move || others.map(|(name, kind)| (kind, feed(source, bounds, name))));
            self.entered(&mut lookup, facts.1, feed(source, bounds, facts.0));
            for (kind, feed) in others.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)) {
                self.entered(&mut lookup, kind, feed);
            }
        });
        self.warnings.append(&mut lookup.remarks);
        let found = lookup.entered();
        for (block, entered) in campaign.blocks.iter_mut().zip(found) {
            block.entered = entered;
        }
    }

    /// Reads what was entered from a table, where there is one.
    fn entered(&mut self, lookup: &mut Lookup<'_>, kind: RowKind, feed: Result<Option<Feed>, Findings>) {
        if let Some(Some(feed)) = self.kept(feed) {
            self.remark_tidied(feed.table());
            let read = lookup.read(feed, kind);
            self.kept(read);
        }
    }

    /// The description of the package, when it has one, must be true.
    fn describe(&mut self) {
        let read = self.source.read(descriptor::FILE);
        if let Some(Some(bytes)) = self.kept(read) {
            let problems = descriptor::check(self.source, bytes);
            self.kept(problems);
        } else {
            let place = Place::file(descriptor::FILE);
            self.warnings.push(Finding::warning(place, PackageProblem::NoFile).spoken());
        }
    }
}

/// The file of a table, as CSV or workbook; `None` when the package has neither.
fn table_file(source: &PackageSource, name: &str) -> Result<Option<(String, Vec<u8>)>, Findings> {
    let mut found = None;
    for ending in ["csv", "xlsx"] {
        let file = format!("{name}.{ending}");
        match (source.read(&file)?, &found) {
            (None, _) => {}
            (Some(bytes), None) => found = Some((file, bytes)),
            // Which of two is meant is not for us to guess.
            (Some(_), Some((other, _))) => {
                return Err(PackageProblem::BothForms(other.clone()).at(Place::file(&file)));
            }
        }
    }
    Ok(found)
}

/// A table of the package whose rows are looked at once.
fn feed(source: &PackageSource, bounds: &Bounds, name: &str) -> Result<Option<Feed>, Findings> {
    let Some((file, bytes)) = table_file(source, name)? else { return Ok(None) };
    let feed = match Form::of(&file) {
        Ok(Form::Csv) => csv::Records::open(&file, bytes, bounds)
            .map(|(records, table)| Feed::Records(table, Box::new(records))),
        _ => set::read_table_within(&file, bytes, bounds).map(Feed::Table),
    };
    feed.map(Some)
}

/// Compiles a set and lints it.
///
/// # Errors
/// What keeps it from being scored.
pub fn compile(
    set: parindex_rulebook::set::CriteriaSet,
    places: &Places,
) -> Result<(Compiled, Vec<Finding<Text>>), Findings> {
    let spoken = |findings: Vec<Finding<_>>| -> Findings { findings.iter().map(Finding::spoken).collect() };
    let compiled = Compiled::new(set, places).map_err(spoken)?;
    let mut findings: Findings = lint(&compiled, places).iter().map(Finding::spoken).collect();
    findings.extend(places.remark().map(|remark| remark.spoken()));
    Ok((compiled, findings))
}
