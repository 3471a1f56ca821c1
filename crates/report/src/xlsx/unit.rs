//! The sheet of one unit: every criterion, its points at each stage, the sentence behind them and the legal basis.

use parindex_domain::campaign::{BlockData, UnitResult};
use rust_xlsxwriter::{Color, Format, Worksheet, XlsxError};

use super::{for_print, header, put, put_number, text};
use crate::view::Report;

/// The row that holds the column titles.
const HEADER: u32 = 4;

pub(super) fn sheet(sheet: &mut Worksheet, report: &Report<'_>, unit: &UnitResult) -> Result<(), XlsxError> {
    let Some((block, member)) = report.member(unit) else { return Ok(()) };
    let lang = report.lang;
    put(
        sheet,
        0,
        0,
        &format!("{} ({})", member.name, member.code),
        &Format::new().set_bold().set_font_size(14),
    )?;
    put(sheet, 1, 0, &report.total_sentence(unit), &Format::new())?;
    put(sheet, 2, 0, &report.campaign().about.note, &Format::new().set_italic())?;
    let stages: Vec<&str> = report.earlier.iter().map(|result| result.stage.name.as_str()).collect();
    let mut columns = vec![
        (lang.pick("Mã", "Code"), 9.0),
        (lang.pick("Tiêu chí", "Criterion"), 52.0),
        (lang.pick("Tối đa", "Maximum"), 9.0),
    ];
    columns.extend(stages.iter().map(|stage| (*stage, 11.0)));
    columns.push((report.result.stage.name.as_str(), 11.0));
    columns.push((lang.pick("Vì sao", "Why"), 80.0));
    if states_a_basis(block) {
        columns.push((lang.pick("Căn cứ", "Legal basis"), 40.0));
    }
    for (column, (name, width)) in (0_u16..).zip(&columns) {
        sheet.set_column_width(column, *width)?;
        put(sheet, HEADER, column, name, &header())?;
    }
    let last_column = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
    let mut last = HEADER;
    for (row, node) in (HEADER + 1..).zip(&block.set.walk) {
        row_of(sheet, report, unit, *node, row)?;
        last = row;
    }
    sheet.set_freeze_panes(HEADER + 1, 2)?;
    for_print(sheet, HEADER, last, last_column, lang.pick("Trang", "Page"))
}

fn row_of(
    sheet: &mut Worksheet,
    report: &Report<'_>,
    unit: &UnitResult,
    node: usize,
    row: u32,
) -> Result<(), XlsxError> {
    let Some((block, _)) = report.member(unit) else { return Ok(()) };
    let Some(criterion) = block.set.set.criteria.get(node) else { return Ok(()) };
    let digits = block.digits();
    let leaf = block.set.tree.is_leaf(node);
    let format = if leaf { text() } else { text().set_bold().set_background_color(Color::RGB(0x00F1_F6FC)) };
    put(sheet, row, 0, &criterion.code, &format)?;
    put(sheet, row, 1, &criterion.name, &format)?;
    let here = unit.criteria.iter().find(|each| each.node == node);
    put_number(sheet, row, 2, here.map(|each| &each.max), digits)?;
    let mut column = 3;
    for stage in &report.earlier {
        let same = stage.units.iter().find(|other| (other.block, other.seat) == (unit.block, unit.seat));
        let points =
            same.and_then(|other| other.criteria.iter().find(|each| each.node == node)?.points.as_ref());
        put_number(sheet, row, column, points, digits)?;
        column += 1;
    }
    put_number(sheet, row, column, here.and_then(|each| each.points.as_ref()), digits)?;
    put(sheet, row, column + 1, &report.sentence(unit, node), &format)?;
    if states_a_basis(block) {
        put(sheet, row, column + 2, block.set.basis(node), &format)?;
    }
    Ok(())
}

/// Whether the set says where any of its criteria come from; else a column of nothing would stand there.
fn states_a_basis(block: &BlockData) -> bool {
    block.set.set.criteria.iter().any(|criterion| !criterion.basis.is_empty())
}
