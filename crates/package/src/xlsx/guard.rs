//! One bounded look at a workbook before the reader may have it.
//!
//! The reader trusts what a workbook says of itself (counts, references, sizes), so a hostile one can exhaust
//! memory before a single cell is read. Here the archive is unpacked under limits, each XML part is looked
//! through once, and an archive with only the parts that hold cells is built anew.

use std::collections::HashSet;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::source::is_inside;
use crate::{Bounds, PackageProblem};

const MAX_ENTRIES: usize = 4_000;
const DEEPEST: usize = 64;
const MAX_TEXT: usize = 1 << 20;
const MAX_TAG: usize = 64 << 10;
const MAX_STYLE_TAG: usize = 1 << 10;
/// The limit of Excel is 64,000 for cells, and as many for the styles that they are based on.
const MAX_FORMATS: usize = 130_000;
const MAX_SHEETS: usize = 200;
/// More are no help to anybody, and each is remembered.
const MAX_MERGED: usize = 20_000;
/// Parts that hold no cells.
const IGNORED: [&str; 9] = [
    "/theme/",
    "/drawings/",
    "/charts/",
    "/media/",
    "/externallinks/",
    "/pivotcache/",
    "/pivottables/",
    "docprops/",
    "customxml/",
];

type Guarded<T> = Result<T, PackageProblem>;

fn refused(why: impl std::fmt::Display) -> PackageProblem {
    PackageProblem::BadWorkbook(why.to_string())
}

/// What the reader may have.
pub(super) struct Clean {
    /// A workbook of only the parts that hold cells, each looked through.
    pub bytes: Vec<u8>,
    /// Whether any cell holds a formula.
    pub formulas: bool,
}

/// Looks through a workbook.
pub(super) fn guarded(bytes: &[u8], bounds: &Bounds) -> Guarded<Clean> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(PackageProblem::OldWorkbook);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(PackageProblem::NotWorkbook("ZIP?".to_owned()));
    }
    let not_workbook = |error: zip::result::ZipError| PackageProblem::NotWorkbook(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(not_workbook)?;
    if archive.len() > MAX_ENTRIES || archive.has_duplicate_names() {
        return Err(refused("ZIP"));
    }
    let mut kept = ZipWriter::new(Cursor::new(Vec::new()));
    // Packed again: what a workbook inflates to never lies in memory whole.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(DateTime::default());
    let (mut seen, mut left, mut cells) = (HashSet::new(), bounds.workbook, bounds.cells);
    let mut formulas = false;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(refused)?;
        let name = entry.name().map_err(refused)?.into_owned();
        let unsafe_path = entry.is_symlink() || entry.encrypted() || !is_inside(name.trim_end_matches('/'));
        // Part names are compared without case, so twins that differ in case are twins.
        if unsafe_path || !seen.insert(name.to_ascii_lowercase()) {
            return Err(PackageProblem::UnsafePath(name));
        }
        if entry.is_dir() || !holds_cells(&name) {
            continue;
        }
        let (claimed, limit) = (entry.size(), left.min(bounds.part));
        let mut part = part(&mut entry, claimed, limit)?;
        left = left.saturating_sub(u64::try_from(part.len()).unwrap_or(u64::MAX));
        let name_in_small = name.to_ascii_lowercase();
        let mut look = Look::new(&name_in_small, cells);
        look.through(&part)?;
        cells = cells.saturating_sub(look.cells);
        formulas |= look.formulas;
        blank(&mut part, &look.dimensions);
        kept.start_file(name, options).map_err(refused)?;
        kept.write_all(&part).map_err(refused)?;
    }
    Ok(Clean { bytes: kept.finish().map_err(refused)?.into_inner(), formulas })
}

/// What a sheet says of its own size is not read: programs write it wrong, and the cells tell.
fn blank(part: &mut [u8], ranges: &[Range<usize>]) {
    for range in ranges {
        part.get_mut(range.clone()).unwrap_or_default().fill(b' ');
    }
}

fn holds_cells(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let xml = [".xml", ".rels"].iter().any(|ending| name.ends_with(ending));
    xml && !IGNORED.iter().any(|part| name.contains(part))
}

fn part(entry: &mut impl Read, claimed: u64, limit: u64) -> Guarded<Vec<u8>> {
    if claimed > limit {
        return Err(PackageProblem::TooLarge(limit));
    }
    // What it claims to have proves nothing, but a part that has grown to its size would have taken twice the room.
    let mut bytes = Vec::with_capacity(usize::try_from(claimed.min(limit) + 1).unwrap_or(0));
    entry.take(limit + 1).read_to_end(&mut bytes).map_err(refused)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(PackageProblem::TooLarge(limit));
    }
    Ok(bytes)
}

/// One pass over one part.
struct Look<'n> {
    name: &'n str,
    styles: bool,
    depth: usize,
    formats: usize,
    sheets: usize,
    cells: usize,
    /// As many as there may be.
    most_cells: usize,
    strings: usize,
    merged: usize,
    in_data: bool,
    formulas: bool,
    /// Where the part says how large its sheet is.
    dimensions: Vec<Range<usize>>,
}

impl<'n> Look<'n> {
    fn new(name: &'n str, most_cells: usize) -> Self {
        let styles = name.ends_with("styles.xml");
        let (depth, formats, sheets, cells, strings, merged) = (0, 0, 0, 0, 0, 0);
        let (in_data, formulas, dimensions) = (false, false, Vec::new());
        Self {
            name,
            styles,
            depth,
            formats,
            sheets,
            cells,
            most_cells,
            strings,
            merged,
            in_data,
            formulas,
            dimensions,
        }
    }

    fn no(&self, why: impl std::fmt::Display) -> PackageProblem {
        refused(format_args!("{}: {why}", self.name))
    }

    fn through(&mut self, part: &[u8]) -> Guarded<()> {
        let text = std::str::from_utf8(part).map_err(|error| self.no(error))?;
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mark = text.len() - body.len();
        let mut reader = quick_xml::Reader::from_str(body);
        let at = |reader: &quick_xml::Reader<&[u8]>| {
            mark + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX - mark)
        };
        loop {
            let begins = at(&reader);
            match reader.read_event().map_err(|error| self.no(error))? {
                Event::Eof => return Ok(()),
                Event::Start(tag) => {
                    self.depth += 1;
                    self.tag(&tag, part.len())?;
                    if tag.local_name().as_ref() == "dimension" {
                        self.dimensions.push(begins..at(&reader));
                    }
                }
                Event::Empty(tag) => {
                    self.tag(&tag, part.len())?;
                    if tag.local_name().as_ref() == "dimension" {
                        self.dimensions.push(begins..at(&reader));
                    }
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    match tag.local_name().as_ref() {
                        "sheetData" => self.in_data = false,
                        "dimension" => self.dimensions.push(begins..at(&reader)),
                        _ => {}
                    }
                }
                Event::DocType(_) => return Err(self.no("DTD")),
                Event::Decl(declaration) => self.encoding(&declaration)?,
                Event::Text(text) if text.len() > MAX_TEXT => return Err(self.no("text > 1 MiB")),
                Event::CData(text) if text.len() > MAX_TEXT => return Err(self.no("text > 1 MiB")),
                _ => {}
            }
            if self.depth > DEEPEST {
                return Err(self.no("depth > 64"));
            }
        }
    }

    fn encoding(&self, declaration: &quick_xml::events::BytesDecl<'_>) -> Guarded<()> {
        let Some(encoding) = declaration.encoding() else { return Ok(()) };
        let encoding = encoding.map_err(|error| self.no(error))?;
        let known = ["utf-8", "us-ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known));
        if known { Ok(()) } else { Err(self.no("encoding")) }
    }

    fn tag(&mut self, tag: &BytesStart<'_>, part_size: usize) -> Guarded<()> {
        let (local, mut most) = (tag.local_name(), None);
        // Ranges of data validations and of colours are as long as they are; nobody reads them.
        let ranges = !self.in_data && matches!(local.as_ref(), "dataValidation" | "conditionalFormatting");
        let longest = if self.styles { MAX_STYLE_TAG } else { MAX_TAG };
        if tag.attributes_raw().len() > longest && !ranges {
            return Err(self.no("tag"));
        }
        match local.as_ref() {
            "sst" => self.shared_strings(tag, part_size)?,
            "xf" if self.styles => {
                self.formats += 1;
                most = Some((self.formats, MAX_FORMATS));
            }
            "numFmt" if self.styles => {
                let brackets = self.attribute(tag, "formatCode")?.map_or(0, |code| code.matches('[').count());
                most = Some((brackets, 32));
            }
            "sheet" => {
                self.sheets += 1;
                most = Some((self.sheets, MAX_SHEETS));
            }
            "sheetData" => self.in_data = true,
            "si" => self.strings += 1,
            "mergeCell" => {
                self.merged += 1;
                most = Some((self.merged, MAX_MERGED));
                self.range(tag)?;
            }
            "f" => {
                self.formulas = true;
                self.range(tag)?;
            }
            "row" if self.in_data => self.row(tag)?,
            "c" if self.in_data => {
                self.cells += 1;
                if self.attribute(tag, "r")?.is_some_and(|at| position(&at).is_none()) {
                    return Err(self.no("cell reference"));
                }
            }
            _ => {}
        }
        match most {
            _ if self.cells.max(self.strings) > self.most_cells => Err(PackageProblem::TooMuch),
            Some((count, limit)) if count > limit => {
                Err(self.no(format_args!("{} > {limit}", local.as_ref())))
            }
            _ => Ok(()),
        }
    }

    fn attribute(&self, tag: &BytesStart<'_>, key: &str) -> Guarded<Option<String>> {
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.no(error))?;
            if attribute.key.as_ref() == key {
                return Ok(Some(attribute.value.to_string()));
            }
        }
        Ok(None)
    }

    /// The reader reserves room for as many strings as the part claims to hold.
    fn shared_strings(&self, tag: &BytesStart<'_>, part_size: usize) -> Guarded<()> {
        let claimed = self.attribute(tag, "uniqueCount")?;
        let honest = claimed.is_none_or(|count| count.parse::<usize>().is_ok_and(|count| count <= part_size));
        if honest { Ok(()) } else { Err(self.no("uniqueCount")) }
    }

    fn range(&self, tag: &BytesStart<'_>) -> Guarded<()> {
        let Some(range) = self.attribute(tag, "ref")? else { return Ok(()) };
        let (from, to) = range.split_once(':').unwrap_or((&range, &range));
        match (position(from), position(to)) {
            (Some(from), Some(to)) if from.0 <= to.0 && from.1 <= to.1 => Ok(()),
            _ => Err(self.no("ref")),
        }
    }

    fn row(&self, tag: &BytesStart<'_>) -> Guarded<()> {
        let number = self.attribute(tag, "r")?;
        let possible =
            number.is_none_or(|row| row.parse::<u32>().is_ok_and(|row| (1..=1_048_576).contains(&row)));
        if possible { Ok(()) } else { Err(self.no("row")) }
    }
}

/// `C12` as row and column, within the limits of a sheet.
fn position(reference: &str) -> Option<(u32, u32)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = reference.split_at_checked(letters)?;
    if !(1..=3).contains(&letters) || row.len() > 7 || !row.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let place = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = column.bytes().fold(0, |sum, letter| sum * 26 + place(letter));
    let row = row.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    (column <= 16_384).then_some((row, column))
}
