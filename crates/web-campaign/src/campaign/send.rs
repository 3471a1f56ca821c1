//! A package with its documents on its way: part by part from where the files are kept to whoever asked, so that many gigabytes
//! take no more memory than a few parts.

use std::io::{Error, Result as Written, Write};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use parindex_files::Files;
use parindex_package::archive::Streamed;
use parindex_service::export::PackageDocument;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;

/// Bytes of a part.
const PART: usize = 64 * 1024;
/// Parts on their way.
const PARTS: usize = 8;
/// Whoever takes nothing for so long is gone.
const PATIENCE: Duration = Duration::from_mins(2);

/// The body of the answer. What fails on the way cuts it off, and half a ZIP is none.
///
/// # Errors
/// A server that ends.
pub async fn sent(
    app: &App,
    files: Vec<(String, Vec<u8>)>,
    documents: Vec<PackageDocument>,
) -> Result<Body, Failure> {
    let turn =
        app.sending.clone().acquire_owned().await.map_err(|error| Failure::Internal(Box::new(error)))?;
    let (sender, receiver) = channel(PARTS);
    let (kept, handle) = (app.files.clone(), Handle::current());
    tokio::task::spawn_blocking(move || {
        let pipe = Pipe { to: sender.clone(), handle: handle.clone(), part: Vec::with_capacity(PART) };
        if let Err(error) = written(pipe, (&kept, &handle), &files, &documents) {
            tracing::warn!(event = "package.cut_off", %error, "a package with its documents was cut off");
            // Whoever still listens must not take half of it for the whole.
            let _gone = handle.block_on(async { timeout(PATIENCE, sender.send(Err(error))).await });
        }
        drop(turn);
    });
    Ok(Body::from_stream(stream::unfold(receiver, next)))
}

async fn next(mut receiver: Receiver<Written<Bytes>>) -> Option<(Written<Bytes>, Receiver<Written<Bytes>>)> {
    Some((receiver.recv().await?, receiver))
}

fn written(
    pipe: Pipe,
    (kept, handle): (&Files, &Handle),
    files: &[(String, Vec<u8>)],
    documents: &[PackageDocument],
) -> Written<()> {
    let mut zip = Streamed::new(pipe);
    for (name, bytes) in files {
        zip.add(name, bytes)?;
    }
    for document in documents {
        zip.begin(&document.path)?;
        let mut parts = Box::pin(handle.block_on(kept.read(&document.hash)).map_err(Error::other)?);
        while let Some(part) = handle.block_on(parts.try_next()).map_err(Error::other)? {
            zip.part(&part)?;
        }
    }
    zip.finish()?.flush()
}

/// Where the bytes of the archive go.
struct Pipe {
    to: Sender<Written<Bytes>>,
    handle: Handle,
    part: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> Written<usize> {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Written<()> {
        if self.part.is_empty() {
            return Ok(());
        }
        let part = Bytes::from(std::mem::replace(&mut self.part, Vec::with_capacity(PART)));
        let taken = self.handle.block_on(async { timeout(PATIENCE, self.to.send(Ok(part))).await });
        match taken {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_gone)) => Err(Error::other("whoever asked is gone")),
            Err(_slow) => Err(Error::other("whoever asked takes nothing")),
        }
    }
}
