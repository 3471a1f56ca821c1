//! The pack of a sheet: report, table of points, list of documents; as a PDF to keep and a Word file to sign.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::extract::{self, Path};
use axum::http::header;
use axum::response::IntoResponse;
use parindex_domain::moment::written;
use parindex_domain::procedure::SheetState;
use parindex_domain::right::Act;
use parindex_report::pack::{Document, Pack, PackRow};
use parindex_rulebook::lang::Lang;
use parindex_scoring::explain::explain_node;
use parindex_scoring::unit::Total;
use parindex_store::evidence::Evidence;
use parindex_store::sheet::Figure;
use parindex_store::unit::Unit;

use parindex_service::campaign::load::{Loaded, load_said};
use parindex_service::sheet::mismatch::refused;
use parindex_service::sheet::tree::{LeafState, Node, TreeSource};
use parindex_service::sheet::{SheetView, open};
use parindex_web_shell::app::App;
use parindex_web_shell::download::attachment;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::Frame;
use parindex_web_shell::visitor::Visitor;

/// What Word files are.
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub async fn download_pack(
    extract::State(app): extract::State<App>,
    visitor: Visitor,
    Path((member, kind)): Path<(i64, String)>,
) -> Answer {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    visitor.permit(Act::SeeSheets, &sheet.subject)?;
    let content = match kind.as_str() {
        "pdf" => "application/pdf",
        "docx" => WORD,
        _ => return Err(Failure::NotFound),
    };
    let (lang, name) = (visitor.lang, format!("{}.{kind}", sheet.member.name));
    let pack = pack(&app, &visitor, &sheet).await?;
    // Setting it takes a while; pages are served meanwhile. The turn ends with the work, not with the wait for it.
    let turn = Arc::clone(&app.service.heavy).acquire_owned().await;
    let turn = turn.map_err(|error| Failure::Internal(Box::new(error)))?;
    let made = tokio::task::spawn_blocking(move || {
        let made = made(&pack, &kind, lang);
        drop(turn);
        made
    })
    .await;
    let bytes = made.map_err(|error| Failure::Internal(Box::new(error)))??;
    let headers =
        [(header::CONTENT_TYPE, content.to_owned()), (header::CONTENT_DISPOSITION, attachment(&name))];
    Ok((headers, bytes).into_response())
}

fn made(pack: &Pack, kind: &str, lang: Lang) -> Result<Vec<u8>, Failure> {
    if kind == "pdf" {
        return pack.pdf(lang).map_err(|error| Failure::Internal(Box::new(error)));
    }
    pack.docx(lang).map_err(|error| Failure::Internal(Box::new(error)))
}

async fn pack(app: &App, visitor: &Visitor, sheet: &SheetView) -> Result<Pack, Failure> {
    let member = sheet.member.id;
    let stage = sheet.of.stages.first().ok_or(Failure::NotFound)?;
    let (superior, unit) = names(app, sheet).await?;
    let mut documents = app.store.evidence(&[member]).await?;
    documents.retain(|each| each.stage == stage.id);
    let loaded = load_said(&app.service, &sheet.of, &[member], 0).await?;
    let frame = Frame::new(app, visitor);
    let notes = app.store.notes(&[member]).await?;
    let table = Table::of(&loaded, sheet, &notes, &frame)?;
    Ok(Pack {
        superior,
        unit,
        campaign: sheet.of.campaign.title.clone(),
        basis: sheet.of.campaign.legal_basis.clone(),
        points: table.points,
        max: table.max,
        complete: table.complete,
        rows: table.rows,
        documents: documents.iter().map(|each| document(&frame, each)).collect(),
        sealed: sealed(&sheet.member.sheet_state, loaded.says_approved(frame.lang), frame.lang),
    })
}

/// The points of a sheet, node by node.
struct Table {
    points: String,
    max: String,
    complete: (usize, usize),
    rows: Vec<PackRow>,
}

impl Table {
    fn of(
        loaded: &Loaded,
        sheet: &SheetView,
        notes: &HashMap<(i64, String), String>,
        frame: &Frame,
    ) -> Result<Self, Failure> {
        let (block, at) = loaded.seat(sheet.member.id)?;
        let set = loaded.set(block)?;
        let scored = loaded.score(0)?;
        let board = scored.boards.get(block).ok_or(Failure::NotFound)?;
        let score = board.score(at).ok_or(Failure::NotFound)?;
        let stage = sheet.of.stages.first().ok_or(Failure::NotFound)?;
        let own = |entry: &&Figure| entry.member == sheet.member.id && entry.stage == stage.id;
        let begun: HashSet<&str> =
            loaded.entries.iter().filter(own).map(|entry| entry.criterion.as_str()).collect();
        let refused = refused(loaded, &scored, sheet.member.id)?;
        let source = TreeSource { set, score, stage, begun: &begun, refused: &refused, here: None };
        let domains = source.domains(frame.lang);
        let why = |node: &Node| match set.set.find(&node.code) {
            Some(found) if node.leaf && node.state != LeafState::Other => {
                let why = explain_node(board, at, found, scored.above(block, at, found), frame.lang);
                with_note(why, notes.get(&(sheet.member.id, node.code.clone())), frame.lang)
            }
            Some(_) if node.leaf => elsewhere(frame.lang),
            _ => String::new(),
        };
        let basis = |node: &Node| {
            let leaf = set.set.find(&node.code).filter(|_| node.leaf);
            leaf.map_or("", |found| set.basis(found)).to_owned()
        };
        let mut rows = Vec::new();
        for domain in &domains {
            let all = [&domain.top].into_iter().chain(&domain.nodes);
            rows.extend(all.map(|node| row(node, basis(node), why(node))));
        }
        let (points, max) = total(score.total(), set.set.settings.rounding.digits.get(), frame.lang);
        let complete = domains.iter().fold((0, 0), |sum, each| (sum.0 + each.done, sum.1 + each.of));
        Ok(Self { points, max, complete, rows })
    }
}

fn total(total: &Total, digits: u8, lang: Lang) -> (String, String) {
    match total {
        Total::NotScored => ("–".to_owned(), "–".to_owned()),
        Total::Partial { points, max } => (lang.fixed(points, digits), lang.short(max)),
        Total::Complete(all) => (lang.fixed(&all.points, digits), lang.short(&all.max)),
    }
}

/// The sentence, and what the unit says.
fn with_note(why: String, note: Option<&String>, lang: Lang) -> String {
    match note {
        Some(note) => format!("{why} {} {note}", lang.pick("Ghi chú:", "Note:")),
        None => why,
    }
}

fn elsewhere(lang: Lang) -> String {
    lang.pick("Chấm qua điều tra hoặc cơ quan khác", "Scored by the survey or another body").to_owned()
}

fn row(node: &Node, basis: String, why: String) -> PackRow {
    PackRow {
        level: node.level,
        code: node.code.clone(),
        name: node.name.clone(),
        max: node.max.clone(),
        basis,
        points: node.points.clone(),
        why,
    }
}

fn document(frame: &Frame, each: &Evidence) -> Document {
    Document {
        criterion: each.criterion.clone(),
        number: format!("{} {}", each.genre, each.number).trim().to_owned(),
        day: each.issued_on.as_ref().map(|day| frame.day(day)).unwrap_or_default(),
        name: each.name.clone(),
        issuer: each.issuer.clone(),
    }
}

/// The body above the unit, and the unit, as they stand at the head of a document.
async fn names(app: &App, sheet: &SheetView) -> Result<(String, String), Failure> {
    let unit = match sheet.member.unit {
        Some(unit) => app.store.unit(unit).await?,
        None => None,
    };
    let above = match unit.as_ref().and_then(|unit| unit.parent) {
        Some(parent) => app.store.unit(parent).await?,
        None => None,
    };
    let name = unit.as_ref().map_or_else(|| sheet.member.name.clone(), body);
    Ok((above.as_ref().map(body).unwrap_or_default(), name))
}

/// Provinces and communes speak through their people's committees; departments in their own name.
fn body(unit: &Unit) -> String {
    let territory = ["province", "district", "commune"].contains(&unit.level.as_str());
    let named = unit.name.starts_with("UBND") || unit.name.starts_with("Ủy ban");
    if territory && !named { format!("Ủy ban nhân dân {}", unit.name) } else { unit.name.clone() }
}

fn sealed(state: &SheetState, approved: Option<String>, lang: Lang) -> Option<(String, String)> {
    let SheetState::Submitted { done, seal } = state else { return None };
    let at = written(done.at, lang);
    let said = lang.pick(
        format!("{} đã duyệt và nộp lúc {at}", done.by),
        format!("Approved and submitted by {} at {at}", done.by),
    );
    let said = match approved {
        Some(approved) => format!("{said}. {}", approved.trim_end_matches('.')),
        None => said,
    };
    Some((said, seal.clone()))
}
