//! A file that comes in with a form: bounded, its name only a word, its kind decided by its content.

use axum::extract::Multipart;
use axum::http::HeaderMap;
use data_encoding::HEXLOWER;
use parindex_package::text::clean;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::failure::Failure;
use crate::once::{Content, FIELD};
use crate::protected::token_first;
use crate::spool::Spooled;
use crate::turn::Turn;
use crate::typed::short;
use crate::unsent;
use crate::visitor::Visitor;

/// What came.
pub struct Upload {
    /// The name without any path; only the ending decides how it is read.
    pub name: String,
    /// The bytes, which wait for their turn.
    pub content: Spooled,
    /// The note beside it.
    pub note: String,
}

impl Upload {
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
                    unsent::heard("note", &note);
                    note.trim().clone_into(&mut upload.note);
                }
                Some("file") => {
                    upload.name = plain(part.file_name().unwrap_or_default());
                    unsent::heard_file(&upload.name);
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
        all.sent_by(visitor);
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

/// Letters of a name.
const MAX_NAME: usize = 120;

/// The last part of a name, composed, without signs that mean anything to a file system or a page; a long one keeps its ending.
pub fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let fine = |each: &char| !each.is_control() && !"<>:\"|?*".contains(*each);
    let name: String = clean(last).chars().filter(fine).collect();
    match name.rsplit_once('.') {
        Some((stem, ending)) if name.chars().count() > MAX_NAME && ending.chars().count() < 10 => {
            let stem: String = stem.chars().take(MAX_NAME - 11).collect();
            format!("{stem}….{ending}")
        }
        _ => name.chars().take(MAX_NAME).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_leads_nowhere() {
        assert_eq!(plain("../../etc/passwd.csv"), "passwd.csv");
        assert_eq!(plain("C:\\Users\\Hà\\Bộ tiêu chí.xlsx"), "Bộ tiêu chí.xlsx");
        assert_eq!(plain("<b>x\u{0}.csv"), "bx.csv");
        let long = plain(&format!("{}.pdf", "Báo cáo ".repeat(40)));
        assert!(long.ends_with("….pdf") && long.chars().count() <= 120, "{long}");
        assert_eq!(plain("Bang\u{202e}gpj.exe"), "Banggpj.exe", "a name is read as it is written");
        assert_eq!(plain("Ba\u{301}o ca\u{301}o.pdf"), "Báo cáo.pdf");
    }
}
