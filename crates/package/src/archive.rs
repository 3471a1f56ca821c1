//! Files to one ZIP whose bytes depend on nothing but the files.

use std::io::{Cursor, Write};

use parindex_rulebook::finding::Place;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{Findings, PackageProblem};

/// Packs files in their order.
///
/// # Errors
/// A name that stands twice.
pub fn zip(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Findings> {
    let failed =
        |error: &dyn std::fmt::Display| PackageProblem::NotZip(error.to_string()).at(Place::default());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options).map_err(|error| failed(&error))?;
        writer.write_all(bytes).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}
