//! A file that comes in with a form: bounded, its name only a word, its kind decided by its content.

use axum::extract::Multipart;
use axum::http::HeaderMap;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::failure::Failure;
use crate::file_name::plain;
use crate::form::short;
use crate::protected::token_first;
use crate::sending::{Content, FIELD};
use crate::sent::{record, record_file};
use crate::spool::Spooled;
use crate::turn::Turn;
use crate::visitor::Visitor;

/// What came.
pub struct UploadedFile {
    /// The name without any path; only the ending decides how it is read.
    pub name: String,
    /// The bytes, which wait for their turn.
    pub content: Spooled,
    /// The note beside it.
    pub note: String,
}

impl UploadedFile {
    /// Reads the parts.
    pub async fn read(
        (app, visitor): (&App, &Visitor),
        headers: &HeaderMap,
        mut parts: Multipart,
    ) -> Result<Self, Failure> {
        token_first(visitor, headers, &mut parts).await?;
        let spooled = || Spooled::new(app.files.folder());
        let mut upload = Self { name: String::new(), content: spooled(), note: String::new() };
        let mut all = Content::default();
        while let Some(mut part) = parts.next_field().await? {
            match part.name() {
                Some("note") => {
                    let note = short(&mut part).await?;
                    all.field("note", &note);
                    record("note", &note);
                    note.trim().clone_into(&mut upload.note);
                }
                Some("file") => {
                    upload.name = plain(part.file_name().unwrap_or_default());
                    record_file(&upload.name);
                    upload.content = spooled();
                    let mut hash = Sha256::new();
                    while let Some(bytes) = part.chunk().await? {
                        hash.update(&bytes);
                        upload.content.add(&bytes).await?;
                    }
                    all.file("file", &upload.name, &HEXLOWER.encode(&hash.finalize()));
                }
                Some(FIELD) => all.field(FIELD, &short(&mut part).await?),
                _ => {}
            }
        }
        visitor.sends(all);
        Ok(upload)
    }

    /// Has the content read when its turn comes, by its name. The turn lasts while what was read lies in memory.
    ///
    /// # Errors
    /// [`Failure::Busy`] where the turn does not come.
    pub async fn in_turn<T: Send + 'static>(
        self,
        app: &App,
        read: impl FnOnce(&str, Vec<u8>) -> T + Send + 'static,
    ) -> Result<(T, Turn), Failure> {
        let name = self.name;
        app.turns.read(self.content, move |bytes| read(&name, bytes)).await
    }
}
