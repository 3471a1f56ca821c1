//! Files to one ZIP whose bytes depend on nothing but the files.

use std::io::{Cursor, Result as Written, Write};

use parindex_rulebook::finding::Place;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{Findings, PackageProblem};

/// Packs files in their order.
///
/// # Errors
/// A name that stands twice.
pub fn zip(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Findings> {
    let failed =
        |error: &dyn std::fmt::Display| PackageProblem::NotZip(error.to_string()).at(Place::default());
    let options = options(CompressionMethod::Deflated);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options).map_err(|error| failed(&error))?;
        writer.write_all(bytes).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// The folder of a package in which the documents stand, each by the hash of its content.
pub const DOCUMENTS: &str = "files/";

/// A ZIP that is written from its beginning to its end, whatever its size: nothing of it is held, and nothing is gone back to.
pub struct Streamed<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
}

impl<W: Write> Streamed<W> {
    /// Begins a ZIP archive that is written into `into`.
    pub fn new(into: W) -> Self {
        Self { zip: ZipWriter::new_stream(into) }
    }

    /// Adds a file to the archive, compressed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Written<()> {
        self.zip.start_file(name, options(CompressionMethod::Deflated))?;
        self.zip.write_all(bytes)
    }

    /// Begins a document; its parts are written next. Documents are pictures and PDF, which do not get smaller.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&mut self, name: &str) -> Written<()> {
        // How large it will be is not known yet, so it gets the fields for more than 4 GB.
        self.zip.start_file(name, options(CompressionMethod::Stored).large_file(true))?;
        Ok(())
    }

    /// A part of the document that was begun.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn part(&mut self, bytes: &[u8]) -> Written<()> {
        self.zip.write_all(bytes)
    }

    /// Ends it: what is not ended is no ZIP.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Written<W> {
        Ok(self.zip.finish()?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::PackageSource;

    /// The documents of a package take no room while its tables are read, and what is cut off is no package.
    #[test]
    fn a_streamed_package_is_read_and_a_cut_one_refused() {
        let mut zip = Streamed::new(Vec::new());
        zip.add("campaign.toml", b"format = 2").unwrap();
        for at in 0..2_000 {
            zip.begin(&format!("{DOCUMENTS}{at:064}.pdf")).unwrap();
            zip.part(b"%PDF").unwrap();
            zip.part(b"-1.7").unwrap();
        }
        let bytes = zip.finish().unwrap();
        let source = PackageSource::zip("a.zip", &bytes).unwrap();
        assert_eq!(source.paths().unwrap(), ["campaign.toml"]);
        assert_eq!(source.need("campaign.toml").unwrap(), b"format = 2");
        assert!(PackageSource::zip("a.zip", &bytes[..bytes.len() - 30]).is_err());
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut read.by_index(7).unwrap(), &mut content).unwrap();
        assert_eq!(content, "%PDF-1.7");
    }
}
