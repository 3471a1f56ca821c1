//! Documents of a criterion come in, are had back by those who may see them, and are taken away.

use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use parindex_domain::right::{Act, Subject};
use parindex_files::FileHash;
use parindex_store::evidence::{Attach, Detach, Source};
use parindex_store::file::Filed;

use super::show::{Trouble, show};
use super::{open, within};
use crate::app::App;
use crate::campaign::scored::compiled;
use crate::criteria_set::download::attachment;
use crate::failure::{Answer, Failure, of_library};
use crate::protected::{Protected, check, same_origin};
use crate::sign_in::out::Nothing;
use crate::typed::{one_line, short};
use crate::upload::plain;
use crate::visitor::Visitor;

/// The largest document.
pub const MOST: u64 = 200 << 20;

/// What a file can begin with, what it must be called, what it is. Everything else is refused: a page or a picture that can
/// hold a script would act in the name of its reader.
const KINDS: [(&[u8], &[&str], &str); 7] = [
    (b"%PDF-", &["pdf"], "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", &["png"], "image/png"),
    (b"\xff\xd8\xff", &["jpg", "jpeg"], "image/jpeg"),
    (b"PK\x03\x04", &["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"PK\x03\x04", &["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"PK\x03\x04", &["odt", "ods", "zip"], "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &["doc", "xls"], "application/octet-stream"),
];

/// What may be shown in the browser itself.
const SHOWN: [&str; 3] = ["application/pdf", "image/png", "image/jpeg"];

fn kind(begins: &[u8], name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let fits = |(magic, endings, _): &&(&[u8], &[&str], &str)| {
        begins.starts_with(magic) && endings.contains(&ending.as_str())
    };
    KINDS.iter().find(fits).map(|(_, _, kind)| *kind)
}

/// What came with the form.
#[derive(Default)]
struct Came {
    file: Option<Filed>,
    refused: bool,
    link: String,
    number: String,
    issued_on: String,
    issuer: String,
    name: String,
    round: i64,
}

/// Takes a document in, part by part: it is never held in memory whole.
pub async fn attach(
    State(app): State<App>,
    visitor: Visitor,
    Path((member, criterion)): Path<(i64, String)>,
    headers: HeaderMap,
    parts: Multipart,
) -> Answer {
    let sheet = open(&app, &visitor, member).await?;
    let set = compiled(&app, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    let node = set.set.find(&criterion).filter(|node| sheet.shows(&set, *node)).ok_or(Failure::NotFound)?;
    let within = within(&set, node);
    // Whoever may not fill in the sheet sends nothing into our storage.
    if !sheet.may_fill(&visitor) {
        visitor.permit(Act::FillSheets, &sheet.subject)?;
    }
    let came = read(&app, &visitor, &headers, parts).await?;
    let (source, called) = match (came.file, came.link.as_str()) {
        (Some(file), _) => {
            let name = file.name.clone();
            (Source::File(file), name)
        }
        (None, link) if !came.refused && is_address(link) => (Source::Link(link.to_owned()), link.to_owned()),
        _ => {
            let sentence = visitor.lang.pick(
                "Hãy chọn một tệp PDF, ảnh PNG hoặc JPEG, Word, Excel, ODF hay ZIP, đến 200 MB, hoặc dán một địa chỉ https://. Đuôi tệp phải đúng với nội dung; chưa lưu gì.",
                "Choose a PDF, PNG or JPEG picture, Word, Excel, ODF or ZIP file of up to 200 MB, or paste an address with https://. The ending has to fit the content; nothing was kept.",
            );
            let trouble = Trouble { document: Some(sentence.to_owned()), ..Trouble::default() };
            return show(&app, &visitor, (member, &criterion), trouble).await;
        }
    };
    let issued_on = came.issued_on.parse::<jiff::civil::Date>().ok().map(|day| day.to_string());
    let name = named(&came.name, &called, matches!(source, Source::File(_)));
    let to = format!("/sheets/{member}/{criterion}#documents");
    let (number, issuer, stage) = (came.number, came.issuer, came.round);
    let attach = Attach { member, stage, criterion, within, source, name, number, issued_on, issuer };
    app.store.commit(&visitor.actor(), app.now(), attach).await?;
    Ok(Redirect::to(&to).into_response())
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
    same_origin(headers)?;
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        of_library(error.status(), false).unwrap_or(Failure::Unreadable)
    };
    let mut first = parts.next_field().await.map_err(unreadable)?.ok_or(Failure::Forged)?;
    if first.name() != Some("csrf") {
        return Err(Failure::Forged);
    }
    check(visitor, &short(&mut first).await?)?;
    drop(first);
    let mut came = Came::default();
    while let Some(mut part) = parts.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            (came.file, came.refused) = keep(app, part).await?;
            continue;
        }
        let text = one_line(&short(&mut part).await?, 1_000);
        match name.as_str() {
            "link" => came.link = text,
            "number" => came.number = text,
            "issued_on" => came.issued_on = text,
            "issuer" => came.issuer = text,
            "name" => came.name = text,
            "round" => came.round = text.parse().unwrap_or(0),
            _ => {}
        }
    }
    Ok(came)
}

/// Keeps a file whose content is what its name says; otherwise nothing, and whether something was refused.
async fn keep(app: &App, mut part: Field<'_>) -> Result<(Option<Filed>, bool), Failure> {
    let name = plain(part.file_name().unwrap_or_default());
    let broken = |_broken| Failure::Unreadable;
    let mut begins = Vec::new();
    while begins.len() < 16 {
        match part.chunk().await.map_err(broken)? {
            Some(more) => begins.extend_from_slice(&more),
            None => break,
        }
    }
    if begins.is_empty() {
        return Ok((None, !name.is_empty()));
    }
    let Some(kind) = kind(&begins, &name) else { return Ok((None, true)) };
    let content = stream::iter([Ok(Bytes::from(begins))]).chain(part);
    let kept = app.files.keep(content, MOST).await?;
    Ok((Some(Filed { hash: kept.hash.to_string(), size: kept.size, kind: kind.to_owned(), name }), false))
}

/// A delegated body sees the documents of its part.
async fn seen_in_part(app: &App, visitor: &Visitor, (member, criterion): (i64, &str)) -> Option<()> {
    let sheet = open(app, visitor, member).await.ok()?;
    let set = compiled(app, sheet.of.block(sheet.member.block)?).await.ok()?;
    let node = set.set.find(criterion)?;
    sheet.shows(&set, node).then_some(())
}

/// Has a document back.
pub async fn file(State(app): State<App>, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    let (document, path) = app.store.document(id).await?.ok_or(Failure::NotFound)?;
    if let Err(denied) = visitor.permit(Act::SeeSheets, &path.map_or(Subject::Everything, Subject::Unit)) {
        seen_in_part(&app, &visitor, (document.member, &document.criterion)).await.ok_or(denied)?;
    }
    let hash = document.file.as_deref().and_then(FileHash::parse).ok_or(Failure::NotFound)?;
    let content = Body::from_stream(app.files.read(&hash).await?);
    let shown = SHOWN.contains(&document.kind.as_str());
    let disposition = attachment(&document.name);
    let disposition = if shown { disposition.replacen("attachment", "inline", 1) } else { disposition };
    let headers = [
        (header::CONTENT_TYPE, document.kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_LENGTH, document.size.to_string()),
    ];
    Ok((headers, content).into_response())
}

/// Takes it away.
pub async fn detach(
    State(app): State<App>,
    visitor: Visitor,
    Path(evidence): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    let (document, _) = app.store.document(evidence).await?.ok_or(Failure::NotFound)?;
    let sheet = open(&app, &visitor, document.member).await?;
    let set = compiled(&app, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    let within = set.set.find(&document.criterion).map(|node| within(&set, node)).unwrap_or_default();
    let detach = Detach { evidence, within };
    let (member, criterion) = app.store.commit(&visitor.actor(), app.now(), detach).await?;
    Ok(Redirect::to(&format!("/sheets/{member}/{criterion}#documents")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_and_its_name_say_together() {
        let cases: [(&[u8], &str, Option<&str>); 8] = [
            (b"%PDF-1.7 ...", "Báo cáo.PDF", Some("application/pdf")),
            (b"%PDF-1.7 ...", "bao-cao.html", None),
            (b"<html>", "bao-cao.pdf", None),
            (b"<svg xmlns=", "anh.svg", None),
            (b"\xff\xd8\xff\xe0", "anh.jpeg", Some("image/jpeg")),
            (
                b"PK\x03\x04",
                "so-lieu.xlsx",
                Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ),
            (b"PK\x03\x04", "chay.jar", None),
            (b"MZ", "chay.pdf", None),
        ];
        for (begins, name, expected) in cases {
            assert_eq!(kind(begins, name), expected, "{name}");
        }
    }

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
