//! What is there: every file with its size, so that one that is missing is found without reading any.

use std::collections::HashMap;

use crate::{FileHash, Files, FilesError};

impl Files {
    /// The size of every file that can be read, by its hash; also of those that lie aside.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn sizes(&self) -> Result<HashMap<String, u64>, FilesError> {
        let mut sizes = HashMap::new();
        // What stands in its place is what is read, so it comes last.
        for folder in ["aside", "files"] {
            let listed = self.list(folder).await?.into_iter();
            sizes.extend(
                listed.filter_map(|object| {
                    Some((FileHash::of_path(&object.location)?.to_string(), object.size))
                }),
            );
        }
        Ok(sizes)
    }
}
