//! What is read for the page of a criterion: what stands in its fields, and what is shown around them.

use parindex_rulebook::set::Compiled;
use parindex_store::evidence::{Evidence, Reuse, Uses};
use parindex_store::remark::Remark;
use parindex_store::sheet::{Past, StoredEntry};
use parindex_store::verdict::Verdict;
use parindex_store::visit::Visit;

use super::asked::{Asks, asked};
use parindex_service::campaign::load::Loaded;
use parindex_service::evidence::quota::nearly_full;
use parindex_service::sheet::SheetView;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::visitor::Visitor;

/// Documents of other criteria of the sheet, which can prove this one too.
#[derive(Default)]
pub struct Reusable {
    /// The newest of them.
    pub documents: Vec<Evidence>,
    /// Whether there are more.
    pub more: bool,
    /// Words that each holds.
    pub find: String,
    /// How much room the documents of the unit take, where little is left.
    pub full: Option<String>,
}

/// What stands in the fields of a criterion, and what is said about it there.
pub struct Discussion {
    pub cells: Vec<StoredEntry>,
    pub past: Vec<Past>,
    pub verdicts: Vec<Verdict>,
    pub asks: Asks,
}

impl Discussion {
    /// Reads it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where there is no such criterion, or not for the visitor.
    pub async fn read(reading: &Reading<'_>, at: &str) -> Result<Self, Failure> {
        let (app, sheet, member) = (reading.app, reading.sheet, reading.sheet.member.id);
        let stage = sheet.of.stages.first().map_or(0, |stage| stage.id);
        let (set, node) = reading.leaf(at)?;
        let mut verdicts = app.store.verdicts(&[member]).await?;
        verdicts.retain(|each| each.criterion == at);
        Ok(Self {
            asks: asked(app, (sheet, reading.loaded), &[node], reading.visitor.lang).await?,
            cells: app.store.cells(member, stage, &set.path_codes(node)).await?,
            past: app.store.past(member, stage, at).await?,
            verdicts,
        })
    }
}

/// What a page shows around the fields of a criterion.
#[derive(Default)]
pub struct Around {
    pub documents: Vec<Evidence>,
    pub reusable: Reusable,
    pub uses: Uses,
    pub remarks: Vec<Remark>,
    pub visits: Vec<Visit>,
}

impl Around {
    /// Reads it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where there is no such criterion, or not for the visitor.
    pub async fn read(reading: &Reading<'_>, at: &str) -> Result<Self, Failure> {
        let (app, sheet, member) = (reading.app, reading.sheet, reading.sheet.member.id);
        let (set, node) = reading.leaf(at)?;
        let documents = app.store.evidence_at(member, at).await?;
        let hashes: Vec<String> = documents.iter().filter_map(|each| each.file.clone()).collect();
        let mut remarks = app.store.remarks(&[member]).await?;
        remarks.retain(|each| each.criterion == at);
        // What was found at the unit is shown to it with the first draft, like all that was decided.
        let mut visits = match sheet.of.last_released() {
            released if released == 0 || sheet.only.is_some() => Vec::new(),
            _released => app.store.visits(&[member]).await?,
        };
        visits.retain(|each| each.criterion.is_empty() || each.criterion == at);
        Ok(Self {
            reusable: reading.reusable(set, (at, &set.path_codes(node))).await?,
            uses: app.store.uses(&hashes, member, None).await?,
            documents,
            remarks,
            visits,
        })
    }
}

/// For whom a sheet is read.
pub struct Reading<'r> {
    pub app: &'r App,
    pub visitor: &'r Visitor,
    pub sheet: &'r SheetView,
    pub loaded: &'r Loaded,
    pub find: &'r str,
}

impl Reading<'_> {
    /// The set of the sheet, and the leaf of a code.
    fn leaf(&self, at: &str) -> Result<(&Compiled, usize), Failure> {
        let set: &Compiled = self.loaded.set(self.loaded.seat(self.sheet.member.id)?.0)?;
        let leaf = |node: &usize| set.tree.is_leaf(*node) && self.sheet.shows(set, *node);
        Ok((set, set.set.find(at).filter(leaf).ok_or(Failure::NotFound)?))
    }

    /// What of the sheet could prove a criterion too, for whoever attaches documents.
    async fn reusable(&self, set: &Compiled, (at, owners): (&str, &[String])) -> Result<Reusable, Failure> {
        if !self.sheet.may_fill(&self.visitor.viewer, owners) {
            return Ok(Reusable::default());
        }
        let among: Vec<String> =
            self.sheet.leaves(set).iter().map(|node| set.code(*node).to_owned()).collect();
        let reuse = Reuse { member: self.sheet.member.id, at, among: &among, words: self.find };
        let (documents, more) = self.app.store.reusable(&reuse).await?;
        let full = nearly_full(&self.app.service, self.sheet.member.id, self.visitor.lang).await?;
        Ok(Reusable { documents, more, find: self.find.to_owned(), full })
    }
}
