//! The PDF: a ranking page for each block, one page for each unit.

use serde_json::{Value, json};

use crate::view::{Report, drawn};
use parindex_domain::campaign::{BlockData, UnitResult};
use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Part;

mod world;

pub use world::PdfError;
pub(crate) use world::render;

/// The layout; all data comes in as JSON, so no text of a user is ever read as markup.
const TEMPLATE: &str = include_str!("../templates/report.typ");
/// As many losses as fit a page beside the domains.
const LOSSES: usize = 7;
/// The longest legal basis below the name of a criterion.
const MAX_BASIS: usize = 90;
/// The longest explanation in a table cell.
const MAX_LENGTH: usize = 240;

/// Sets the report as a PDF.
///
/// # Errors
/// [`PdfError`] with the typesetter's own words.
pub fn write(report: &Report<'_>) -> Result<Vec<u8>, PdfError> {
    render(TEMPLATE, &data(report).to_string())
}

fn data(report: &Report<'_>) -> Value {
    let (campaign, lang) = (report.campaign(), report.lang);
    let blocks: Vec<Value> =
        campaign.blocks.iter().enumerate().map(|(at, block)| of_block(report, at, block)).collect();
    json!({
        "lang": lang.pick("vi", "en"),
        "title": campaign.about.title,
        "year": campaign.about.year.to_string(),
        "stage": report.result.stage.name,
        "basis": campaign.about.legal_basis,
        "note": campaign.about.note,
        "words": words(lang),
        "blocks": blocks,
    })
}

fn words(lang: Lang) -> Value {
    json!({
        "page": lang.pick("Trang", "Page"),
        "rank": lang.pick("Hạng", "Rank"),
        "unit": lang.pick("Đơn vị", "Unit"),
        "points": lang.pick("Điểm", "Points"),
        "index": lang.pick("Chỉ số", "Index"),
        "class": lang.pick("Xếp loại", "Class"),
        "mean": lang.pick("Trung bình khối", "Mean of the block"),
        "axis": lang.pick("Thanh bắt đầu từ 0; vạch đứng: trung bình khối.", "Bars begin at 0; the line is the mean of the block."),
        "domains": lang.pick("Theo lĩnh vực", "By domain"),
        "reached": lang.pick("Đạt / tối đa", "Points / maximum"),
        "share": lang.pick("Tỷ lệ", "Share"),
        "median": lang.pick("Vạch: trung vị khối. Hình bên: tỷ lệ đạt từng lĩnh vực, tâm là 0%, vòng ngoài là 100%.", "Line: median of the block. Beside: share by domain, 0% at the centre, 100% at the rim."),
        "losses": lang.pick("Mất điểm nhiều nhất", "Largest losses"),
        "criterion": lang.pick("Tiêu chí", "Criterion"),
        "basis": lang.pick("Căn cứ", "Legal basis"),
        "lost": lang.pick("Mất", "Lost"),
        "why": lang.pick("Vì sao", "Why"),
        "none": lang.pick("Không mất điểm nào.", "No points lost."),
    })
}

fn of_block(report: &Report<'_>, at: usize, block: &BlockData) -> Value {
    let lang = report.lang;
    let digits = block.set.set.settings.index.digits.get();
    let mean = report.result.mean(report.campaign(), at);
    let units: Vec<Value> = report.units(at).map(|unit| of_unit(report, block, unit)).collect();
    json!({
        "name": block.name,
        "set": block.set.set.about.title,
        "set_note": block.set.set.about.note,
        "mean": mean.as_ref().map(|mean| lang.fixed(mean, digits)),
        "mean_share": mean.as_ref().map(drawn),
        "units": units,
    })
}

fn of_unit(report: &Report<'_>, block: &BlockData, unit: &UnitResult) -> Value {
    let lang = report.lang;
    let digits = block.digits();
    let index_digits = block.set.set.settings.index.digits.get();
    let member = block.members.get(unit.seat);
    let dash = || "–".to_owned();
    let page = unit.points.is_some();
    json!({
        "code": member.map(|member| &member.code),
        "name": member.map(|member| &member.name),
        "rank": unit.rank.map_or_else(dash, |rank| rank.to_string()),
        "points": unit.points.as_ref().map_or_else(dash, |points| lang.fixed(points, digits)),
        "max": unit.max.as_ref().map_or_else(dash, |max| lang.short(max)),
        "index": unit.index.as_ref().map_or_else(dash, |index| lang.fixed(index, index_digits)),
        "index_value": unit.index.as_ref().map(drawn),
        "remark": report.remark(unit),
        "sentence": report.total_sentence(unit),
        "page": page,
        "domains": if page { domains(report, block, unit) } else { Vec::new() },
        "losses": if page { losses(report, block, unit) } else { Vec::new() },
    })
}

fn domains(report: &Report<'_>, block: &BlockData, unit: &UnitResult) -> Vec<Value> {
    let lang = report.lang;
    let domain = |node: &usize| {
        let each = unit.criteria.iter().find(|each| each.node == *node)?;
        let criterion = block.set.set.criteria.get(*node)?;
        let share = each.points.as_ref().and_then(|points| points.checked_div(&each.max));
        let median = report.median_share(unit.block, *node);
        let beside = match block.set.tree.part(*node) {
            Part::Main => each.not_applicable.then(|| lang.pick("không áp dụng", "not applicable")),
            Part::Bonus => Some(lang.pick("điểm cộng", "bonus")),
            Part::Penalty => Some(lang.pick("điểm trừ", "penalty")),
        };
        let main = block.set.tree.part(*node) == Part::Main;
        Some(json!({
            "code": criterion.code,
            "name": criterion.name,
            "main": main,
            "points": each.points.as_ref().map(|points| lang.fixed(points, block.digits())),
            "max": lang.short(&each.max),
            "share": share.as_ref().filter(|_| main).map(drawn),
            "share_text": share.as_ref().filter(|_| main).map(|share| one_decimal(lang, share)),
            "median": median.as_ref().map(drawn),
            "beside": beside,
        }))
    };
    block.set.roots.iter().filter_map(domain).collect()
}

/// Shares in one column all have one decimal.
fn one_decimal(lang: Lang, share: &Number) -> String {
    format!("{}%", lang.fixed(&(share * &Number::whole(100)), 1))
}

fn losses(report: &Report<'_>, block: &BlockData, unit: &UnitResult) -> Vec<Value> {
    let lang = report.lang;
    let fixed = |value: &Number| lang.fixed(value, block.digits());
    let one = |loss: crate::view::Loss| {
        let criterion = block.set.set.criteria.get(loss.node)?;
        Some(json!({
            "code": criterion.code,
            "name": shortened(&criterion.name, 110),
            "basis": shortened(block.set.basis(loss.node), MAX_BASIS),
            "points": fixed(&loss.points),
            "max": lang.short(&loss.max),
            "lost": fixed(&-loss.lost()),
            "why": shortened(&report.sentence(unit, loss.node), MAX_LENGTH),
        }))
    };
    report.losses(unit, LOSSES).into_iter().filter_map(one).collect()
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}
