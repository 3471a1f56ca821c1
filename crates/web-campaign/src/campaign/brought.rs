//! What came with the package of a campaign: how it came to its result elsewhere. To be read; nothing follows from it here.

use askama::Template;
use axum::extract::{Path, Query};
use jiff::Timestamp;
use jiff::civil::Date;
use parindex_domain::moment::written;
use parindex_domain::procedure::CampaignDetail;
use parindex_domain::right::{Act, Subject};
use parindex_package::history::{History, HistoryColumn, HistoryTable, Holds, TABLES};
use parindex_rulebook::number::Number;
use serde::Deserialize;

use parindex_service::campaign::campaign_detail;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// About which unit, by its code.
#[derive(Default, Deserialize)]
pub struct ContentsQuery {
    #[serde(default)]
    unit: String,
}

/// One of its tables.
struct Table {
    title: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

#[derive(Template)]
#[template(path = "campaign/brought.html")]
struct BroughtPage {
    frame: Frame,
    of: CampaignDetail,
    /// The units that have one: code, name, rows.
    units: Vec<(String, String, i64)>,
    /// The unit that is looked at.
    unit: Option<(String, String)>,
    tables: Vec<Table>,
}

pub async fn show_package_contents(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<ContentsQuery>,
) -> Answer {
    let of = campaign_detail(&app.service, id).await?;
    visitor.permit(Act::SeeScores, &Subject::Everything)?;
    let frame = Frame::new(&app, &visitor);
    let named = |code: String, rows: i64| {
        let name = of.members.iter().find(|member| member.code == code)?.name.clone();
        Some((code, name, rows))
    };
    let units = app.store.units_brought(id).await?;
    let units: Vec<(String, String, i64)> =
        units.into_iter().filter_map(|(code, rows)| named(code, rows)).collect();
    let unit = units.iter().find(|(code, _, _)| *code == asked.unit);
    let unit = unit.map(|(code, name, _)| (code.clone(), name.clone()));
    let tables = match &unit {
        Some((code, _)) => tables(&frame, &app.store.brought(id, code).await?),
        None => Vec::new(),
    };
    Ok(render(&BroughtPage { frame, of, units, unit, tables }))
}

fn tables(frame: &Frame, history: &History) -> Vec<Table> {
    let table = |kept: &&'static HistoryTable| Table {
        title: frame.t(kept.title.0, kept.title.1),
        columns: shown(kept).map(|(_, field)| title(frame, field)).collect(),
        rows: history.rows(kept).iter().map(|cells| row(frame, kept, cells)).collect(),
    };
    TABLES.iter().filter(|kept| !history.rows(kept).is_empty()).map(table).collect()
}

/// The columns that are shown: the unit is the same in every row.
fn shown(kept: &'static HistoryTable) -> impl Iterator<Item = (usize, &'static HistoryColumn)> {
    kept.fields.iter().enumerate().filter(|(_, field)| field.holds != Holds::Unit)
}

fn title(frame: &Frame, field: &HistoryColumn) -> &'static str {
    let first = field.titles.first().copied().unwrap_or_default();
    frame.t(field.titles.get(1).copied().unwrap_or(first), first)
}

fn row(frame: &Frame, kept: &'static HistoryTable, cells: &[String]) -> Vec<String> {
    let cell = |(at, field): (usize, &HistoryColumn)| {
        cells.get(at).map(|text| people_read(frame, field, text)).unwrap_or_default()
    };
    shown(kept).map(cell).collect()
}

/// A cell as people read it; what cannot be read as what it should be stands as it came.
fn people_read(frame: &Frame, field: &HistoryColumn, text: &str) -> String {
    let lang = frame.lang;
    let read = match field.holds {
        Holds::Moment => text.parse::<Timestamp>().ok().map(|at| written(at.as_microsecond(), lang)),
        Holds::Day => text.parse::<Date>().ok().map(|day| lang.date(day)),
        Holds::Points => text.parse::<Number>().ok().map(|points| lang.short(&points)),
        Holds::Word(_) => {
            WORDS.iter().find(|(word, ..)| *word == text).map(|(_, vi, en)| frame.t(vi, en).to_owned())
        }
        _ => None,
    };
    read.unwrap_or_else(|| text.to_owned())
}

/// The words of its tables: as packages write them, in Vietnamese, in English.
const WORDS: [(&str, &str, &str); 12] = [
    ("unit", "đơn vị giải trình", "the unit explains"),
    ("appraiser", "cán bộ thẩm định hỏi", "the appraiser asks"),
    ("accept", "chấp nhận", "accepted"),
    ("adjust", "điều chỉnh", "adjusted"),
    ("council", "chuyển Hội đồng", "left to the council"),
    ("session", "tại phiên họp", "in session"),
    ("writing", "lấy ý kiến bằng văn bản", "in writing"),
    ("yes", "được thông qua", "adopted"),
    ("no", "không được thông qua", "not adopted"),
    ("for", "tán thành", "for"),
    ("against", "không tán thành", "against"),
    ("abstain", "không ý kiến", "abstained"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_package_has_one_that_people_read() {
        for field in TABLES.iter().flat_map(|kept| kept.fields) {
            let Holds::Word(words) = field.holds else { continue };
            for word in words {
                assert!(
                    WORDS.iter().any(|(known, ..)| known == word),
                    "«{word}» is shown as a package writes it"
                );
            }
        }
    }
}
