//! For how many criteria of a sheet something stands there, or nothing has to.

use std::sync::Arc;

use parindex_domain::campaign::{begun, left_out};
use parindex_domain::procedure::Stage;
use parindex_rulebook::set::Compiled;
use parindex_store::campaign::{Codes, Progress};

use super::counted::scored;
use crate::{Service, ServiceError};

/// How much is entered on sheets.
pub struct EnteredCount {
    progress: Progress,
    /// For which criteria something stands, on those sheets on which a whole domain does not apply: for all others the count says it.
    codes: Codes,
}

impl EnteredCount {
    /// On sheets with their sets, of which the progress is known.
    ///
    /// # Errors
    /// The database.
    pub async fn read(
        service: &Service,
        sheets: &[(i64, Arc<Compiled>)],
        progress: Progress,
    ) -> Result<Self, ServiceError> {
        let marked = |(member, set): &(i64, Arc<Compiled>)| {
            let mut marks = progress.not_applicable.iter().filter(|((of, _), _)| of == member);
            marks.any(|(_, codes)| left_out(set, codes).next().is_some()).then_some(*member)
        };
        let marked: Vec<i64> = sheets.iter().filter_map(marked).collect();
        let codes = service.store.codes_entered(&marked).await?;
        Ok(Self { progress, codes })
    }

    /// What else is known of the sheets.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// For how many criteria of a sheet something stands there at a stage. Below a domain that does not apply nothing is missing.
    #[must_use]
    pub fn count(&self, set: &Compiled, stage: &Stage, member: i64) -> i64 {
        let at = (member, stage.id);
        let whole = self.progress.not_applicable.get(&at).zip(self.codes.get(&at));
        let begun = whole.and_then(|(marks, codes)| begun(set, scored(set, stage), (codes, marks)));
        begun.map_or_else(
            || Progress::of(&self.progress.entered, member, stage.id),
            |begun| i64::try_from(begun).unwrap_or(i64::MAX),
        )
    }
}
