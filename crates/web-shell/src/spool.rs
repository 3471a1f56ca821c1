//! What comes in and has to wait: a little of it in memory, more of it on the disk, in a file that has no name and is gone with us.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// In memory at most, for each that waits.
const IN_MEMORY: usize = 256 * 1024;

/// A content that came in.
pub struct Spooled {
    folder: PathBuf,
    memory: Vec<u8>,
    file: Option<File>,
    size: usize,
}

impl Spooled {
    /// Nothing yet. Files lie in a folder, or where the system has them for a while.
    pub fn new(folder: Option<&Path>) -> Self {
        let folder = folder.map_or_else(std::env::temp_dir, Path::to_owned);
        Self { folder, memory: Vec::new(), file: None, size: 0 }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub async fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.memory.extend_from_slice(bytes);
        self.size = self.size.saturating_add(bytes.len());
        if self.memory.len() <= IN_MEMORY {
            return Ok(());
        }
        let (memory, file, folder) =
            (std::mem::take(&mut self.memory), self.file.take(), self.folder.clone());
        let write = move || {
            let mut file = file.map_or_else(|| tempfile::tempfile_in(folder), Ok)?;
            file.write_all(&memory).map(|()| file)
        };
        self.file = Some(tokio::task::spawn_blocking(write).await.map_err(io::Error::other)??);
        Ok(())
    }

    /// All of it, in memory; waits for the disk.
    ///
    /// # Errors
    /// When the disk does not give it back.
    pub fn whole(self) -> io::Result<Vec<u8>> {
        let Some(mut file) = self.file else { return Ok(self.memory) };
        let mut whole = Vec::with_capacity(self.size);
        file.rewind()?;
        file.read_to_end(&mut whole)?;
        whole.extend_from_slice(&self.memory);
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_waits_comes_back_as_it_came() {
        let folder = tempfile::tempdir().unwrap();
        for parts in [0, 1, 3, 40] {
            let mut spooled = Spooled::new(Some(folder.path()));
            let mut all = Vec::new();
            for part in 0..parts {
                let bytes = vec![part; 30_011];
                spooled.add(&bytes).await.unwrap();
                assert!(spooled.memory.len() <= IN_MEMORY);
                all.extend(bytes);
            }
            assert!(spooled.whole().unwrap() == all, "{parts} parts");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
    }
}
