//! A large file on its way in, part by part: after a broken line the rest is sent, not the whole.
//!
//! The parts are the state: how far an arrival is follows from what lies there. Nothing else has to be kept, any server of an
//! installation takes the next part, and the sweep removes what nobody ends.

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use serde::{Deserialize, Serialize};

use crate::{Files, FilesError, PARTS, hash};

/// What somebody begins to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
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

/// The name under which an arrival is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivalId(String);

impl ArrivalId {
    /// Reads one; anything else, such as a path, is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 32 && text.bytes().all(digit)).then(|| Self(text.to_owned()))
    }
}

impl std::fmt::Display for ArrivalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Everything of one person's arrivals.
fn all_of(owner: i64) -> Path {
    Path::from(format!("incoming/person-{owner}"))
}

fn place(owner: i64, id: &ArrivalId, part: &str) -> Path {
    Path::from(format!("incoming/person-{owner}/{id}/{part}"))
}

impl Files {
    /// Begins an arrival that belongs to a person.
    ///
    /// # Errors
    /// [`FilesError::TooMany`] beyond `most` that the person has not ended.
    pub async fn begin(&self, owner: i64, arrival: &Arrival, most: usize) -> Result<ArrivalId, FilesError> {
        let begun = self.store.list_with_delimiter(Some(&all_of(owner))).await?.common_prefixes.len();
        if begun >= most {
            return Err(FilesError::TooMany(most));
        }
        let id = ArrivalId(hash::random()?);
        let about = serde_json::to_vec(arrival).map_err(|error| FilesError::Broken(Box::new(error)))?;
        self.store.put(&place(owner, &id, "about"), about.into()).await?;
        Ok(id)
    }

    /// An arrival of a person, and how many bytes of it are there.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn arrival(&self, owner: i64, id: &ArrivalId) -> Result<Option<(Arrival, u64)>, FilesError> {
        let about = match self.store.get(&place(owner, id, "about")).await {
            Ok(found) => found.bytes().await?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(other) => return Err(other.into()),
        };
        let about = serde_json::from_slice(&about).map_err(|error| FilesError::Broken(Box::new(error)))?;
        let there = self.parts(owner, id).await?.iter().map(|part| part.size).sum();
        Ok(Some((about, there)))
    }

    /// Takes the next part in. What has come before the line breaks is kept; how far it is then is the answer.
    ///
    /// # Errors
    /// [`FilesError::Elsewhere`] where the part does not begin where the last one ended, [`FilesError::TooLarge`] where more
    /// comes than was announced: then nothing of the part is kept.
    pub async fn receive<E>(
        &self,
        owner: i64,
        id: &ArrivalId,
        at: u64,
        content: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<u64, FilesError> {
        let (about, there) = self.arrival(owner, id).await?.ok_or(FilesError::Elsewhere(0))?;
        if at != there {
            return Err(FilesError::Elsewhere(there));
        }
        let path = place(owner, id, &format!("{at:020}"));
        let mut writing = WriteMultipart::new(self.store.put_multipart(&path).await?);
        let (mut end, mut content) = (at, Box::pin(content));
        while let Some(Ok(part)) = content.next().await {
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

    /// The content of an arrival that is whole, part after part.
    ///
    /// # Errors
    /// [`FilesError::Elsewhere`] while something of it is missing.
    pub async fn arrived(
        &self,
        owner: i64,
        id: &ArrivalId,
    ) -> Result<(Arrival, impl Stream<Item = Result<Bytes, FilesError>> + Send + use<>), FilesError> {
        let (about, there) = self.arrival(owner, id).await?.ok_or(FilesError::Elsewhere(0))?;
        if there != about.size {
            return Err(FilesError::Elsewhere(there));
        }
        let (store, parts) = (self.store.clone(), self.parts(owner, id).await?);
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

    /// Removes an arrival, whole or not.
    ///
    /// # Errors
    /// [`FilesError`]; the sweep removes what is left.
    pub async fn discard(&self, owner: i64, id: &ArrivalId) -> Result<(), FilesError> {
        for part in self.parts(owner, id).await? {
            self.store.delete(&part.path).await?;
        }
        self.store.delete(&place(owner, id, "about")).await?;
        if let Some(folder) = &self.folder {
            // Empty by now; where a part is still being written the sweep finds it.
            let _still_used = std::fs::remove_dir(folder.join(place(owner, id, "").as_ref()));
        }
        Ok(())
    }

    /// The parts that follow each other without a gap.
    async fn parts(&self, owner: i64, id: &ArrivalId) -> Result<Vec<Part>, FilesError> {
        let listed = self.store.list(Some(&place(owner, id, "")));
        let read = |object: object_store::ObjectMeta| {
            let at = object.location.filename()?.parse().ok()?;
            Some(Part { at, size: object.size, path: object.location })
        };
        let all: Vec<object_store::ObjectMeta> = listed.try_collect().await?;
        let mut parts: Vec<Part> = all.into_iter().filter_map(read).collect();
        parts.sort_by_key(|part| part.at);
        let mut end = 0;
        let follows = |part: &Part| {
            let follows = part.at == end;
            end = part.at + part.size;
            follows
        };
        let whole = parts.iter().map(follows).take_while(|follows| *follows).count();
        parts.truncate(whole);
        Ok(parts)
    }
}
