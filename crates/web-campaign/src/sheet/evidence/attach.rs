//! A document comes in with a form, or has come in part by part and is named by it.

use std::sync::Arc;

use axum::extract::{Multipart, Path, State};
use axum::http::HeaderMap;
use jiff::civil::Date;
use parindex_domain::campaign::DayOf;
use parindex_domain::right::Act;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::set::Compiled;
use parindex_store::Refusal;
use parindex_store::evidence::{AttachAll, Source, WithinQuota};
use parindex_store::file::Filed;

use super::form::{of_form, tell};
use crate::sheet::show::{SheetTrouble, show};
use parindex_service::campaign::load::compiled;
use parindex_service::day;
use parindex_service::evidence::keep::{self, Received, Refused};
use parindex_service::sheet::{SheetView, open};
use parindex_service::typed::{Called, one_line};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::form::short;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::make;
use parindex_web_shell::protected::token_first;
use parindex_web_shell::sending::Content;
use parindex_web_shell::visitor::Visitor;

/// Files of one form.
const MAX_AT_ONCE: usize = 20;

/// What came with the form.
#[derive(Default)]
struct Came {
    files: Vec<Filed>,
    uploads: Vec<String>,
    refused: Option<Refused>,
    link: String,
    genre: String,
    number: String,
    issued_on: String,
    issuer: String,
    name: String,
    round: i64,
    replaces: Option<i64>,
    /// A document of the sheet that is to prove this criterion too.
    reuse: Option<i64>,
}

impl Came {
    /// What was typed about the document, each in one line, its day as it is stored.
    ///
    /// # Errors
    /// What is too long, no day, or still to come.
    fn plain(&mut self, today: Date, lang: Lang) -> Result<(), String> {
        let fields: [(&mut String, Called, usize); 5] = [
            (&mut self.link, ("Địa chỉ", "The address"), 1_000),
            (&mut self.genre, ("Loại", "The kind"), 100),
            (&mut self.number, ("Số, ký hiệu", "The number"), 1_000),
            (&mut self.issuer, ("Cơ quan ban hành", "The issuer"), 1_000),
            (&mut self.name, ("Trích yếu", "The title"), 1_000),
        ];
        for (text, called, most) in fields {
            *text = one_line(called, text, most).map_err(|long| format!("{}.", long.say(lang)))?;
        }
        let day = day::read_any_of(DayOf::Document { today }, &self.issued_on);
        let called = lang.pick("Ngày ban hành", "Issued on");
        let day = day.map_err(|wrong| format!("{called}: {}.", wrong.say(lang)))?;
        self.issued_on = day.map(|day| day.to_string()).unwrap_or_default();
        Ok(())
    }

    /// The files with what they are called; a title is for one of them alone.
    fn named_files(&mut self) -> Vec<(Source, String)> {
        let files = std::mem::take(&mut self.files);
        let title = if files.len() == 1 { self.name.as_str() } else { "" };
        let named = |file: Filed| {
            let name = named(title, &file.name, true);
            (Source::File(file), name)
        };
        files.into_iter().map(named).collect()
    }

    /// What is wrong, with all that was typed about the document.
    fn trouble(&self, sentence: String) -> SheetTrouble {
        let mistake = Mistake::new(format!("document-{}", self.round), "");
        let mistake =
            mistake.with("link", &self.link).with("genre", &self.genre).with("number", &self.number);
        let mistake = mistake.with("issued_on", day::stored(&self.issued_on)).with("issuer", &self.issuer);
        let acts = mistake.with("name", &self.name).into();
        SheetTrouble { document: Some((self.round, sentence)), acts, ..SheetTrouble::default() }
    }

    /// What is to be attached, and what each is called; or why nothing can be.
    fn sources(&mut self, lang: Lang) -> Result<Vec<(Source, String)>, String> {
        match (&self.refused, self.link.as_str()) {
            (None, link) if self.files.is_empty() && is_address(link) => {
                Ok(vec![(Source::Link(link.to_owned()), named(&self.name, link, false))])
            }
            (None, _) if !self.files.is_empty() => Ok(self.named_files()),
            (refused, _) => Err(refused.as_ref().map_or_else(|| nothing(lang), |why| why.say(lang))),
        }
    }

    /// The file or address of another document of the sheet that the visitor sees, with what is said of it there.
    async fn reuse(
        &mut self,
        app: &App,
        (sheet, set): (&SheetView, &Compiled),
        document: i64,
    ) -> Result<(), Failure> {
        let (of, _) = app.store.document(document).await?.ok_or(Failure::NotFound)?;
        let seen = set.set.find(&of.criterion).is_some_and(|node| sheet.shows(set, node));
        if of.member != sheet.member.id || !seen {
            return Err(Failure::NotFound);
        }
        if let Some(hash) = of.file {
            let size = u64::try_from(of.size).unwrap_or(0);
            self.files.push(Filed { hash, size, kind: of.kind, name: of.name.clone() });
        }
        self.link = of.link.unwrap_or_default();
        let kept = [
            (&mut self.genre, of.genre),
            (&mut self.number, of.number),
            (&mut self.issuer, of.issuer),
            (&mut self.issued_on, of.issued_on.unwrap_or_default()),
            (&mut self.name, of.name),
        ];
        for (said, there) in kept {
            if said.is_empty() {
                *said = there;
            }
        }
        Ok(())
    }

    fn take(&mut self, kept: Received, lang: Lang) -> Result<(), Failure> {
        match kept {
            Received::Nothing => {}
            Received::File(file) => self.files.push(file),
            Received::Refused(refused) => self.refused = Some(refused),
        }
        if self.files.len() <= MAX_AT_ONCE {
            return Ok(());
        }
        Err(Failure::Impossible(lang.pick(
            format!("Mỗi lần nhận nhiều nhất {MAX_AT_ONCE} tệp; chưa lưu gì."),
            format!("At most {MAX_AT_ONCE} files are taken at a time; nothing was kept."),
        )))
    }
}

/// Takes a document in, part by part: it is never held in memory whole.
pub async fn attach_document(
    State(app): State<App>,
    visitor: Visitor,
    Path((member, criterion)): Path<(i64, String)>,
    headers: HeaderMap,
    parts: Multipart,
) -> Answer {
    let (sheet, set, within) = fillable(&app, &visitor, (member, &criterion)).await?;
    let mut came = read(&app, &visitor, &headers, parts).await?;
    if let Err(sentence) = came.plain(app.today(), visitor.lang) {
        return show(&app, &visitor, (member, &criterion), came.trouble(sentence)).await;
    }
    if let (Some(former), true) = (came.replaces, came.name.is_empty()) {
        came.name = title_of(&app, (member, &criterion), former).await?;
    }
    if let Some(document) = came.reuse.filter(|_| came.files.is_empty() && came.link.is_empty()) {
        came.reuse(&app, (&sheet, &set), document).await?;
    }
    let sources = match came.sources(visitor.lang) {
        Ok(sources) => sources,
        Err(sentence) => return show(&app, &visitor, (member, &criterion), came.trouble(sentence)).await,
    };
    let refused = came.trouble(String::new());
    let issued_on = Some(came.issued_on).filter(|day| !day.is_empty());
    let to = format!("/sheets/{member}/{criterion}#documents");
    let (stage, said) = (came.round, criterion.clone());
    let attach = AttachAll {
        member,
        stage,
        criterion,
        within,
        replaces: came.replaces,
        sources,
        genre: came.genre,
        number: came.number,
        issued_on,
        issuer: came.issuer,
    };
    let attach = WithinQuota { quota: app.service.intake.quota, attach };
    let answer = match make(&app, &visitor, attach, move |()| to).await {
        Ok(answer) => answer,
        Err(Refusal::NotNow(why)) => {
            let trouble = SheetTrouble { document: Some((stage, why.say(visitor.lang))), ..refused };
            return show(&app, &visitor, (member, &said), trouble).await;
        }
        Err(other) => return Err(other.into()),
    };
    let owner = visitor.complete().map_or(0, |session| session.person.id);
    keep::let_go(&app.service, owner, &came.uploads).await;
    Ok(answer)
}

/// The sheet with its set, and the codes above and of a criterion. Whoever may not fill it in sends nothing into our storage.
async fn fillable(
    app: &App,
    visitor: &Visitor,
    (member, criterion): (i64, &str),
) -> Result<(SheetView, Arc<Compiled>, Vec<String>), Failure> {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    let set = compiled(&app.service, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    let node = set.set.find(criterion).filter(|node| sheet.shows(&set, *node)).ok_or(Failure::NotFound)?;
    let within = set.path_codes(node);
    if !sheet.may_fill(&visitor.viewer, &within) {
        visitor.permit(Act::FillSheets, &sheet.subject)?;
    }
    Ok((sheet, set, within))
}

/// What a document is called: its new version keeps that, unless another title was typed.
async fn title_of(app: &App, at: (i64, &str), document: i64) -> Result<String, Failure> {
    let (former, _) = app.store.document(document).await?.ok_or(Failure::NotFound)?;
    if (former.member, former.criterion.as_str()) != at {
        return Err(Failure::NotFound);
    }
    let ending = former.name.rsplit_once('.').filter(|_| former.file.is_some());
    Ok(ending.map_or(former.name.as_str(), |(title, _)| title).to_owned())
}

fn nothing(lang: Lang) -> String {
    let kinds = Refused::Kind.say(lang);
    lang.pick(
        format!("{kinds} Cũng có thể dán một địa chỉ https:// thay cho tệp."),
        format!("{kinds} Or paste an address with https:// in place of a file."),
    )
}

/// What a document is called: as somebody says, with the ending of its file, so that it opens where it is had back.
fn named(said: &str, called: &str, file: bool) -> String {
    match called.rsplit_once('.') {
        _ if said.is_empty() => called.to_owned(),
        Some((_, ending))
            if file && !said.to_lowercase().ends_with(&format!(".{}", ending.to_lowercase())) =>
        {
            format!("{said}.{ending}")
        }
        _ => said.to_owned(),
    }
}

/// Where a document stands elsewhere: opened by people, never asked for by the server.
fn is_address(link: &str) -> bool {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace)) && link.len() <= 1_000
}

async fn read(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    mut parts: Multipart,
) -> Result<Came, Failure> {
    token_first(visitor, headers, &mut parts).await?;
    let (mut came, mut content, mut failed) = (Came::default(), Content::default(), Ok(()));
    while let Some(mut part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            let kept = of_form(app, part).await?;
            tell(&kept, &mut content);
            // What was typed stands behind the files, and comes back with the reason.
            failed = failed.and(came.take(kept, visitor.lang));
            continue;
        }
        let text = short(&mut part).await?;
        content.field(&name, &text);
        let text = text.trim().to_owned();
        match name.as_str() {
            "link" => came.link = text,
            "genre" => came.genre = text,
            "number" => came.number = text,
            "issued_on" => came.issued_on = text,
            "issuer" => came.issuer = text,
            "name" => came.name = text,
            "upload" if !text.is_empty() => {
                came.uploads.extend(text.split(' ').take(MAX_AT_ONCE).map(str::to_owned));
            }
            "reuse" => came.reuse = text.parse().ok(),
            "replaces" => came.replaces = text.parse().ok(),
            "round" => came.round = text.parse().unwrap_or(0),
            _ => {}
        }
    }
    // Known before the uploads are looked at: the first send of the form may have let them go.
    visitor.sends(content);
    let owner = visitor.complete().ok_or(Failure::NotSignedIn)?.person.id;
    for id in came.uploads.clone() {
        let kept = keep::of_upload(&app.service, owner, &id).await?;
        failed = failed.and(came.take(kept, visitor.lang));
    }
    failed.map(|()| came)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_keeps_the_ending_of_its_file() {
        assert_eq!(named("Báo cáo năm", "scan.PDF", true), "Báo cáo năm.PDF");
        assert_eq!(named("bao-cao.pdf", "scan.PDF", true), "bao-cao.pdf");
        assert_eq!(named("", "scan.pdf", true), "scan.pdf");
        assert_eq!(named("Cổng dịch vụ công", "https://a.vn", false), "Cổng dịch vụ công");
    }

    #[test]
    fn an_address_is_one_of_the_web() {
        for (link, fine) in [
            ("https://hanoi.gov.vn/vb/1", true),
            ("javascript:alert(1)", false),
            ("https://a b", false),
            ("", false),
        ] {
            assert_eq!(is_address(link), fine, "{link}");
        }
    }
}
