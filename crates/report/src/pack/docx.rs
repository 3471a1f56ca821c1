//! The pack as a Word file, in the form that decrees ask of official reports: Times New Roman, margins 20-20-30-15 mm.

use std::fmt;
use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, LineSpacing, NumPages, PageMargin, PageNum, Paragraph, Run,
    RunFonts, Table, TableAlignmentType, TableCell, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::{Document, Pack, PackRow, Words};

/// Why no Word file came out.
#[derive(Debug)]
pub struct DocxError(String);

impl fmt::Display for DocxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DOCX: {}", self.0)
    }
}

impl std::error::Error for DocxError {}

/// Half points, as Word counts them.
const BODY: usize = 26;
const SMALL: usize = 22;
const TINY: usize = 16;
/// A4 and its margins, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: PageMargin =
    PageMargin { top: 1_134, bottom: 1_134, left: 1_701, right: 850, header: 567, footer: 567, gutter: 0 };
/// What is left between the margins.
const WIDTH: usize = 9_355;

/// A text; its lines stay lines.
fn run(text: &str, size: usize) -> Run {
    let lines = text.lines().enumerate();
    let line = |run: Run, (at, line): (usize, &str)| {
        let run = if at == 0 { run } else { run.add_break(BreakType::TextWrapping) };
        run.add_text(plain(line))
    };
    lines.fold(Run::new(), line).size(size)
}

/// Signs that no XML can hold would make a file that Word does not open; a tab, which pushes words out of a cell, is a space.
fn plain(text: &str) -> String {
    let spaced = text.chars().map(|each| if each == '\t' { ' ' } else { each });
    spaced.filter(|each| !each.is_control()).collect()
}

fn centred(text: Run) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(text)
}

fn cell(text: Run, width: usize, align: AlignmentType) -> TableCell {
    TableCell::new()
        .width(width, WidthType::Dxa)
        .vertical_align(VAlignType::Center)
        .add_paragraph(Paragraph::new().align(align).add_run(text))
}

pub(super) fn write(pack: &Pack, words: &Words) -> Result<Vec<u8>, DocxError> {
    let font = "Times New Roman";
    let fonts = RunFonts::new().ascii(font).hi_ansi(font).cs(font).east_asia(font);
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(MARGIN)
        .default_fonts(fonts)
        .default_size(BODY)
        .footer(footer(pack, words))
        .add_table(head(pack, words));
    for paragraph in title(pack, words).into_iter().chain(result(pack, words)) {
        docx = docx.add_paragraph(paragraph);
    }
    docx = docx.add_table(points(&pack.rows, words));
    docx = docx.add_paragraph(Paragraph::new());
    docx = docx.add_paragraph(heading(words.list));
    docx = match pack.documents.as_slice() {
        [] => docx.add_paragraph(Paragraph::new().add_run(run(words.none, BODY))),
        documents => docx.add_table(list(documents, words)),
    };
    docx = docx.add_paragraph(Paragraph::new()).add_table(signature(words));
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(|error| DocxError(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// A paragraph of the body, with some air after it.
fn paragraph() -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().after(100))
}

fn heading(text: &str) -> Paragraph {
    paragraph().keep_next(true).add_run(run(text, BODY).bold())
}

/// Who writes, and in whose name: two columns without lines.
fn head(pack: &Pack, words: &Words) -> Table {
    let left = TableCell::new()
        .width(3_900, WidthType::Dxa)
        .add_paragraph(centred(run(&pack.superior.to_uppercase(), BODY)))
        .add_paragraph(centred(run(&pack.unit.to_uppercase(), BODY).bold()))
        .add_paragraph(centred(run(words.number, BODY)));
    let right = TableCell::new()
        .width(WIDTH - 3_900, WidthType::Dxa)
        .add_paragraph(centred(run(words.nation, BODY - 2).bold()))
        .add_paragraph(centred(run(words.motto, BODY).bold().underline("single")))
        .add_paragraph(centred(run(words.place, BODY).italic()));
    Table::without_borders(vec![TableRow::new(vec![left, right])])
        .set_grid(vec![3_900, WIDTH - 3_900])
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
}

fn title(pack: &Pack, words: &Words) -> Vec<Paragraph> {
    let mut all = vec![
        Paragraph::new(),
        centred(run(words.report, 28).bold()),
        centred(run(words.about, BODY).bold()),
        centred(run(&pack.campaign, BODY).bold()),
    ];
    if pack.sealed.is_none() {
        all.push(centred(run(words.draft, BODY).italic()));
    }
    all.push(Paragraph::new());
    if !pack.basis.is_empty() {
        let basis = format!("{}: {}", words.basis, pack.basis);
        all.push(paragraph().align(AlignmentType::Both).add_run(run(&basis, BODY)));
    }
    all
}

fn result(pack: &Pack, words: &Words) -> Vec<Paragraph> {
    let own = format!("{} {} {}.", pack.points, words.of, pack.max);
    let (done, of) = pack.complete;
    let mut all = vec![
        heading(words.result),
        paragraph().add_run(run(&format!("{}: ", words.own), BODY)).add_run(run(&own, BODY).bold()),
        paragraph().add_run(run(&format!("{}: {done}/{of}.", words.complete), BODY)),
    ];
    if let Some((submitted, _)) = &pack.sealed {
        all.push(paragraph().add_run(run(&format!("{submitted}."), BODY)));
    }
    all.push(heading(words.table));
    all
}

fn points(rows: &[PackRow], words: &Words) -> Table {
    const WIDTHS: [usize; 5] = [900, 3_700, 950, 950, 2_855];
    const ALIGNS: [AlignmentType; 5] = [
        AlignmentType::Left,
        AlignmentType::Left,
        AlignmentType::Right,
        AlignmentType::Right,
        AlignmentType::Left,
    ];
    let line = |texts: [&str; 5], bold: bool| {
        let cells = texts.into_iter().zip(WIDTHS).zip(ALIGNS).map(|((text, width), align)| {
            let text = run(text, SMALL);
            cell(if bold { text.bold() } else { text }, width, align)
        });
        TableRow::new(cells.collect()).cant_split()
    };
    let titles = line([words.code, words.criterion, words.max, words.points, words.why], true);
    let rows = rows.iter().map(|row| {
        let name = match row.basis.as_str() {
            "" => row.name.clone(),
            // A line of its own below the name.
            basis => format!("{}\n{}: {basis}", row.name, words.basis_of),
        };
        line([&row.code, &name, &row.max, &row.points, &row.why], row.level == 0)
    });
    Table::new([titles].into_iter().chain(rows).collect())
        .set_grid(WIDTHS.to_vec())
        .layout(TableLayoutType::Fixed)
}

fn list(documents: &[Document], words: &Words) -> Table {
    const WIDTHS: [usize; 4] = [1_000, 2_200, 1_400, 4_755];
    let line = |texts: [&str; 4], bold: bool| {
        let cells = texts.into_iter().zip(WIDTHS).map(|(text, width)| {
            let text = run(text, SMALL);
            cell(if bold { text.bold() } else { text }, width, AlignmentType::Left)
        });
        TableRow::new(cells.collect()).cant_split()
    };
    let rows = documents.iter().map(|each| {
        let name = match each.issuer.as_str() {
            "" => each.name.clone(),
            issuer => format!("{} ({issuer})", each.name),
        };
        line([&each.criterion, &each.number, &each.day, &name], false)
    });
    let titles = line([words.proves, words.called, words.day, words.document], true);
    Table::new([titles].into_iter().chain(rows).collect())
        .set_grid(WIDTHS.to_vec())
        .layout(TableLayoutType::Fixed)
}

fn signature(words: &Words) -> Table {
    let empty = TableCell::new().width(WIDTH / 2, WidthType::Dxa).add_paragraph(Paragraph::new());
    let mut right = TableCell::new()
        .width(WIDTH / 2, WidthType::Dxa)
        .add_paragraph(centred(run(words.head, BODY).bold()))
        .add_paragraph(centred(run(words.sign, BODY).italic()));
    for _ in 0..4 {
        right = right.add_paragraph(Paragraph::new());
    }
    Table::without_borders(vec![TableRow::new(vec![empty, right]).cant_split()])
        .set_grid(vec![WIDTH / 2, WIDTH / 2])
        .layout(TableLayoutType::Fixed)
}

fn footer(pack: &Pack, words: &Words) -> Footer {
    let said = match &pack.sealed {
        Some((_, seal)) => format!("{}: {seal}", words.seal),
        None => words.draft.to_owned(),
    };
    let pages = Paragraph::new()
        .align(AlignmentType::Center)
        .add_page_num(PageNum::new())
        .add_run(run("/", TINY))
        .add_num_pages(NumPages::new());
    Footer::new()
        .add_paragraph(Paragraph::new().align(AlignmentType::Center).add_run(run(&said, TINY)))
        .add_paragraph(pages)
}
