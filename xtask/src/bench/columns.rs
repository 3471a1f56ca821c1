//! The peers that score the national campaign from columns in memory, as the boards do.

use super::national::Printed;
use super::{package, python};
use crate::shell::output;

pub const SCRIPT: &str = "bench/national_columns.py";

/// What the script printed of one peer.
pub struct Peer {
    pub name: &'static str,
    pub version: String,
    pub ms: f64,
    /// Of how many units its points are ours to the last digit.
    pub exact_units: String,
}

/// Runs the script; it ends in an error where points, index or ranks of a peer differ from ours.
pub fn measure() -> Result<Vec<Peer>, String> {
    let polars = format!("polars=={}", package::POLARS);
    let python = python::with(&["numpy==2.3.5", "numba==0.63.1", &polars])?;
    let printed = Printed::new(&output(&python, &[SCRIPT, "target/bench"])?);
    let peer = |name: &'static str| {
        let (version, exact_units) = (format!("{name}_version"), format!("{name}_exact_units"));
        let (version, exact_units) = (printed.get(&version).to_owned(), printed.get(&exact_units).to_owned());
        Ok(Peer { name, version, ms: printed.number(&format!("{name}_ms"))?, exact_units })
    };
    ["numpy", "numba", "polars"].into_iter().map(peer).collect()
}
