//! A large file on its way in, part by part: after a broken line the rest is sent, not the whole.
//!
//! The parts are the state: how far an upload is follows from what lies there. Nothing else has to be kept, any server of an
//! installation takes the next part, and the sweep removes what nobody ends.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use crate::{Files, FilesError, PARTS, hash};

/// As long as a line may say nothing.
const SILENCE: Duration = Duration::from_mins(1);
/// Parts of different files that one person sends at a time; each holds some megabytes.
const MAX_AT_ONCE: usize = 4;

/// What somebody begins to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// What it will be called.
    pub name: String,
    /// How many bytes it will have.
    pub size: u64,
}

/// A part that has arrived.
struct Part {
    at: u64,
    size: u64,
    path: Path,
}

/// The name under which an upload is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadId(String);

impl UploadId {
    /// Reads one; anything else, such as a path, is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 32 && text.bytes().all(digit)).then(|| Self(text.to_owned()))
    }
}

impl std::fmt::Display for UploadId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Everything of one person's uploads.
fn all_of(owner: i64) -> Path {
    Path::from(format!("incoming/person-{owner}"))
}

fn place(owner: i64, id: &UploadId, part: &str) -> Path {
    Path::from(format!("incoming/person-{owner}/{id}/{part}"))
}

impl Files {
    /// Begins an upload that belongs to a person.
    ///
    /// # Errors
    /// [`FilesError::TooManyBegun`] beyond `most` that the person has not ended.
    pub async fn begin(&self, owner: i64, upload: &Upload, most: usize) -> Result<UploadId, FilesError> {
        let shared = usize::try_from(owner).unwrap_or(0) % self.beginning.len();
        let _one_at_a_time = match self.beginning.get(shared) {
            Some(lock) => Some(lock.lock().await),
            None => None,
        };
        let begun = self.store.list_with_delimiter(Some(&all_of(owner))).await?.common_prefixes.len();
        if begun >= most {
            return Err(FilesError::TooManyBegun(most));
        }
        let id = UploadId(hash::random()?);
        let about = serde_json::to_vec(upload).map_err(|error| FilesError::Broken(Box::new(error)))?;
        self.store.put(&place(owner, &id, "about"), about.into()).await?;
        Ok(id)
    }

    /// An upload of a person, and how many bytes of it are there.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn upload(&self, owner: i64, id: &UploadId) -> Result<Option<(Upload, u64)>, FilesError> {
        let about = match self.store.get(&place(owner, id, "about")).await {
            Ok(found) => found.bytes().await?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(other) => return Err(other.into()),
        };
        let about = serde_json::from_slice(&about).map_err(|error| FilesError::Broken(Box::new(error)))?;
        let there = self.parts(owner, id).await?.iter().map(|part| part.size).sum();
        Ok(Some((about, there)))
    }

    /// Takes the next part in. What has come before the line breaks is kept; how far it is then is the answer. A part that comes while
    /// another one of the same upload is on its way takes its place: the browser has given that one up.
    ///
    /// # Errors
    /// [`FilesError::OffsetMismatch`] where the part does not begin where the last one ended, or another one took its place;
    /// [`FilesError::TooLarge`] where more comes than was announced: then nothing of the part is kept; [`FilesError::TooManyAtOnce`] where the
    /// person sends too many at once.
    pub async fn receive<E>(
        &self,
        owner: i64,
        id: &UploadId,
        at: u64,
        content: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<u64, FilesError> {
        let (about, there) = self.upload(owner, id).await?.ok_or(FilesError::OffsetMismatch(0))?;
        if at != there {
            return Err(FilesError::OffsetMismatch(there));
        }
        let mut turn = self.turns.take(owner, id).ok_or(FilesError::TooManyAtOnce)?;
        let path = place(owner, id, &format!("{at:020}-{}", hash::random()?));
        let mut writing = WriteMultipart::new(self.store.put_multipart(&path).await?);
        let (mut end, mut content) = (at, Box::pin(content));
        loop {
            // A line that says nothing for so long is broken, whatever the browser believes.
            let next = tokio::time::timeout(SILENCE, content.next());
            let part = tokio::select! {
                () = turn.taken() => {
                    let _left_behind = writing.abort().await;
                    return Err(FilesError::OffsetMismatch(there));
                }
                part = next => match part {
                    Ok(Some(Ok(part))) => part,
                    _ended_or_broken => break,
                },
            };
            end = end.saturating_add(part.len() as u64);
            if end > about.size {
                let _left_behind = writing.abort().await;
                return Err(FilesError::TooLarge(about.size));
            }
            writing.wait_for_capacity(PARTS).await?;
            writing.put(part);
        }
        if end == at {
            let _left_behind = writing.abort().await;
        } else {
            writing.finish().await?;
        }
        Ok(end)
    }

    /// The content of an upload that is whole, part after part.
    ///
    /// # Errors
    /// [`FilesError::OffsetMismatch`] while something of it is missing.
    pub async fn uploaded(
        &self,
        owner: i64,
        id: &UploadId,
    ) -> Result<(Upload, impl Stream<Item = Result<Bytes, FilesError>> + Send + use<>), FilesError> {
        let (about, _) = self.upload(owner, id).await?.ok_or(FilesError::OffsetMismatch(0))?;
        let parts = self.parts(owner, id).await?;
        let there = parts.iter().map(|part| part.size).sum();
        if there != about.size {
            return Err(FilesError::OffsetMismatch(there));
        }
        let store = self.store.clone();
        let content = stream::iter(parts)
            .then(move |part| {
                let store = store.clone();
                async move {
                    Ok::<_, FilesError>(store.get(&part.path).await?.into_stream().map_err(FilesError::from))
                }
            })
            .try_flatten();
        Ok((about, content))
    }

    /// Removes an upload, whole or not.
    ///
    /// # Errors
    /// [`FilesError`]; the sweep removes what is left.
    pub async fn discard(&self, owner: i64, id: &UploadId) -> Result<(), FilesError> {
        let all: Vec<object_store::ObjectMeta> =
            self.store.list(Some(&place(owner, id, ""))).try_collect().await?;
        let about = place(owner, id, "about");
        for path in [about].into_iter().chain(all.into_iter().map(|object| object.location)) {
            match self.store.delete(&path).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(other) => return Err(other.into()),
            }
        }
        if let Some(folder) = &self.folder {
            // Empty by now; where a part is still being written the sweep finds it.
            let _still_used = std::fs::remove_dir(folder.join(place(owner, id, "").as_ref()));
        }
        Ok(())
    }

    /// The parts that follow each other without a gap; of several that begin alike the longest, and none that begins in another one.
    async fn parts(&self, owner: i64, id: &UploadId) -> Result<Vec<Part>, FilesError> {
        let listed = self.store.list(Some(&place(owner, id, "")));
        let read = |object: object_store::ObjectMeta| {
            let at = object.location.filename()?.split('-').next()?.parse().ok()?;
            Some(Part { at, size: object.size, path: object.location })
        };
        let all: Vec<object_store::ObjectMeta> = listed.try_collect().await?;
        let mut parts: Vec<Part> = all.into_iter().filter_map(read).collect();
        parts.sort_by_key(|part| (part.at, std::cmp::Reverse(part.size)));
        let mut end = 0;
        parts.retain(|part| {
            let follows = part.at == end;
            end += if follows { part.size } else { 0 };
            follows
        });
        Ok(parts)
    }
}

/// Parts on their way, so that one upload has one at a time.
#[derive(Debug, Default)]
pub(crate) struct Turns(Mutex<HashMap<(i64, String), oneshot::Sender<()>>>);

/// The turn of one part.
struct Turn {
    turns: Arc<Turns>,
    key: (i64, String),
    /// Resolves when another part takes the turn.
    gone: oneshot::Receiver<()>,
}

impl Turns {
    /// Takes the turn from whoever has it; none where the person sends as many others as he may.
    fn take(self: &Arc<Self>, owner: i64, id: &UploadId) -> Option<Turn> {
        let key = (owner, id.to_string());
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let others = held.keys().filter(|(of, other)| *of == owner && *other != key.1).count();
        if others >= MAX_AT_ONCE {
            return None;
        }
        let (sender, gone) = oneshot::channel();
        held.insert(key.clone(), sender);
        drop(held);
        Some(Turn { turns: Arc::clone(self), key, gone })
    }
}

impl Turn {
    async fn taken(&mut self) {
        let _dropped = (&mut self.gone).await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Closing it first tells whether the turn is still this one's.
        self.gone.close();
        let mut held = self.turns.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.get(&self.key).is_some_and(oneshot::Sender::is_closed) {
            held.remove(&self.key);
        }
    }
}
