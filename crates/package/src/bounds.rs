//! How much of a file is taken in: on a machine of one's own as much as a national campaign has, on a server as much as a sheet, a
//! list of all units of a province or its whole campaign have several times over, because many people send at once.

/// How much is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of one file of a package, unpacked.
    pub file: u64,
    /// Bytes of a whole package, unpacked.
    pub package: u64,
    /// Bytes of one part of a workbook, unpacked.
    pub part: u64,
    /// Bytes of a whole workbook, unpacked.
    pub workbook: u64,
    /// Cells of a workbook.
    pub cells: usize,
    /// Bytes that a table takes in memory.
    pub table: usize,
}

impl Bounds {
    /// For the command line. A national campaign's facts have under 100 MB.
    pub const COMMAND: Self = Self {
        file: 256 << 20,
        package: 512 << 20,
        part: 48 << 20,
        workbook: 96 << 20,
        cells: 2_000_000,
        table: 1 << 30,
    };
    /// For a server. The largest list that is taken in there has 20,000 rows of seven columns.
    pub const SERVER: Self = Self {
        file: 32 << 20,
        package: 64 << 20,
        part: 24 << 20,
        workbook: 40 << 20,
        cells: 400_000,
        table: 48 << 20,
    };
}

/// The room that is left for a table, however many sheets or rows share it.
#[derive(Debug)]
pub(crate) struct Room {
    left: usize,
}

impl Room {
    pub(crate) fn new(bounds: &Bounds) -> Self {
        Self { left: bounds.table }
    }

    /// Takes room for a row with so many cells and bytes of text; none where there is not enough.
    pub(crate) fn take(&mut self, cells: usize, text: usize) -> Option<()> {
        // A cell is a piece of text of its own, with what the allocator keeps beside it.
        let needed = cells.saturating_mul(size_of::<String>() + 16).saturating_add(text);
        self.left = self.left.checked_sub(needed)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use parindex_rulebook::lang::{Lang, Say};
    use parindex_rulebook::table::{Row, Table};

    use super::Bounds;
    use crate::source::PackageSource;
    use crate::{Findings, archive, csv, xlsx};

    /// Ten rows of two columns.
    fn table() -> Table {
        let row = |number| Row {
            number,
            cells: [format!("Đơn vị {number}"), "12,5".to_owned()].iter().collect(),
        };
        let header = vec!["Tên".to_owned(), "Điểm".to_owned()];
        Table { file: "a".to_owned(), header, rows: (2..12).map(row).collect(), ..Table::default() }
    }

    fn said<T>(refused: Result<T, Findings>) -> String {
        let findings = refused.err().unwrap_or_default();
        findings.iter().map(|finding| finding.say(Lang::Vi)).collect()
    }

    #[test]
    fn what_is_larger_than_its_bounds_is_refused_with_what_to_do() {
        let book = xlsx::write_table("a.xlsx", &table()).unwrap();
        let read = |bounds: Bounds| xlsx::read_within("a.xlsx", &book, &bounds, xlsx::Sheets::All);
        assert_eq!(read(Bounds::SERVER).unwrap()[0].rows, table().rows);
        let (small, few) = ("quá lớn", "quá nhiều ô hoặc quá nhiều chữ");
        for (bounds, why) in [
            (Bounds { part: 300, ..Bounds::SERVER }, small),
            (Bounds { workbook: 2_000, ..Bounds::SERVER }, small),
            (Bounds { cells: 21, ..Bounds::SERVER }, few),
            (Bounds { table: 500, ..Bounds::SERVER }, few),
        ] {
            let told = said(read(bounds));
            assert!(told.contains(why) && told.contains("chia thành nhiều tệp"), "{bounds:?}: {told}");
        }
        let text = csv::write(&table(), &[]).unwrap();
        let read = |bounds| csv::read_within("a.csv", text.clone(), &bounds);
        assert_eq!(read(Bounds::SERVER).unwrap().rows, table().rows);
        assert!(said(read(Bounds { table: 500, ..Bounds::SERVER })).contains(few));
        let zip = archive::zip(&[("a.csv".to_owned(), text.clone()), ("b.csv".to_owned(), text)]).unwrap();
        let open = |bounds| PackageSource::zip_within("a.zip", &zip, &bounds);
        assert!(open(Bounds::SERVER).is_ok());
        assert!(said(open(Bounds { file: 100, ..Bounds::SERVER })).contains(small));
        assert!(said(open(Bounds { package: 300, ..Bounds::SERVER })).contains(small));
    }

    /// A cell far to the right brings empty ones before it, which take room too.
    #[test]
    fn empty_cells_take_room() {
        let row =
            |number| Row { number, cells: (0..500).map(|at| if at == 499 { "x" } else { "" }).collect() };
        let wide =
            Table { header: vec!["Tên".to_owned()], rows: (2..52).map(row).collect(), ..Table::default() };
        let book = xlsx::write_table("a.xlsx", &wide).unwrap();
        let read = |table| {
            xlsx::read_within("a.xlsx", &book, &Bounds { table, ..Bounds::SERVER }, xlsx::Sheets::All)
        };
        assert!(said(read(500_000)).contains("quá nhiều ô"));
        assert!(read(2_000_000).is_ok());
    }
}
