//! What a server does by night.

use std::path::PathBuf;

use crate::archive::Maker;

/// What is to be done by night.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Backups, where somebody said into which folder.
    pub backup: Option<Backups>,
}

/// Backups of every night.
#[derive(Clone, Debug)]
pub struct Backups {
    /// Where they go.
    pub folder: PathBuf,
    /// How many are kept.
    pub keep: usize,
    /// Who makes them, and for whom.
    pub maker: Maker,
}
