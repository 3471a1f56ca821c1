//! The example packages: real published data, and illustrative data in the shape of official plans.
//!
//! Nothing in `examples/` is typed by hand: `cargo xtask examples` writes it anew from the tables in `data`, and a test
//! compares what stands there with what comes out.

use std::path::Path;

use parindex_package::Findings;

mod campaigns;
mod facts;
mod real;
mod rules;
mod seeded;
mod structure;

pub use facts::{Stages, Writer};
pub use seeded::Seeded;
pub use structure::{SetSpec, build};

/// The files of every package: its folder's name, then path and bytes.
pub type Packages = Vec<(String, Vec<(String, Vec<u8>)>)>;

/// All example packages.
///
/// # Errors
/// A rule or set of the generator itself that is wrong.
pub fn all() -> Result<Packages, Findings> {
    let mut packages = real::all()?;
    packages.extend(campaigns::all()?);
    Ok(packages)
}

/// Writes all example packages into a folder, replacing what stands there.
///
/// # Errors
/// As [`all`], and when the folder cannot be written.
pub fn write(folder: &Path) -> Result<(), Findings> {
    for (name, files) in all()? {
        let target = folder.join(name);
        if target.exists() {
            std::fs::remove_dir_all(&target).map_err(|error| {
                let place = parindex_rulebook::finding::Place::file(&target.display().to_string());
                parindex_package::PackageProblem::Unwritable(error.to_string()).at(place)
            })?;
        }
        parindex_package::whole::write_folder(&target, &files)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn what_stands_in_examples_is_what_the_generator_writes() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        for (name, files) in super::all().unwrap() {
            for (file, bytes) in files {
                let found = std::fs::read(folder.join(&name).join(&file)).unwrap_or_default();
                assert!(found == bytes, "{name}/{file} is stale: run cargo xtask examples");
            }
        }
    }
}
