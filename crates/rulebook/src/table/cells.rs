//! The texts of a row, end to end.

/// The cells of a row. One text with the places where its cells end takes a third of the room of as many strings, which counts
/// for the million rows of a national campaign.
///
/// ```
/// use parindex_rulebook::table::Cells;
/// let cells: Cells = ["H44.07", "1.1", ""].into_iter().collect();
/// assert_eq!((cells.len(), cells.get(1), cells.get(3)), (3, Some("1.1"), None));
/// assert_eq!(cells.iter().collect::<Vec<_>>(), ["H44.07", "1.1", ""]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cells {
    text: String,
    ends: Vec<u32>,
}

impl Cells {
    /// Puts other cells in their place and keeps the room: a file is read row by row into one row.
    #[inline]
    pub fn refill<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        self.text.clear();
        self.ends.clear();
        for cell in cells {
            self.push(cell);
        }
    }

    #[inline]
    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        // A row of four gigabytes is refused long before.
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// How many there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether there is nothing but spaces in them.
    #[must_use]
    #[inline]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text of a cell.
    #[must_use]
    #[inline]
    pub fn get(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
    }

    /// All of them in order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|place| self.get(place))
    }
}

impl<S: AsRef<str>> FromIterator<S> for Cells {
    fn from_iter<I: IntoIterator<Item = S>>(cells: I) -> Self {
        let mut all = Self::default();
        for cell in cells {
            all.push(cell.as_ref());
        }
        all.text.shrink_to_fit();
        all.ends.shrink_to_fit();
        all
    }
}

impl From<Vec<String>> for Cells {
    fn from(cells: Vec<String>) -> Self {
        cells.iter().collect()
    }
}
