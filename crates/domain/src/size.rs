//! Sizes of files as people write them, and as settings name them.

use parindex_rulebook::lang::Lang;

/// The size of a file: `1,5 GB`.
///
/// ```
/// use parindex_domain::size::written;
/// use parindex_rulebook::lang::Lang;
/// assert_eq!(written(3 << 29, Lang::Vi), "1,5 GB");
/// assert_eq!(written(97_000, Lang::En), "95 kB");
/// ```
#[must_use]
pub fn written(bytes: u64, lang: Lang) -> String {
    let (tenths, unit) = match u128::from(bytes) * 10 {
        tenths if tenths >= 10 << 30 => (tenths >> 30, "GB"),
        tenths if tenths >= 1 << 20 => (tenths >> 20, "MB"),
        _ => return format!("{} kB", bytes.div_ceil(1024)),
    };
    format!("{}{}{} {unit}", tenths / 10, lang.pick(",", "."), tenths % 10)
}

/// What stands behind a number of bytes.
const UNITS: [(&str, u32); 4] = [("kb", 10), ("mb", 20), ("gb", 30), ("tb", 40)];

/// Reads a size: `20 GB`, `500MB`; whole numbers alone.
///
/// ```
/// use parindex_domain::size::parse;
/// assert_eq!(parse("20 GB"), Some(20 << 30));
/// assert_eq!(parse("500mb"), Some(500 << 20));
/// assert_eq!(parse("20"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<u64> {
    let text = text.trim().to_lowercase();
    let (number, shift) = UNITS.iter().find_map(|(unit, shift)| Some((text.strip_suffix(unit)?, shift)))?;
    let digits = number.trim_end();
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse::<u64>().ok().filter(|_| plain)?.checked_mul(1 << shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them_and_nothing_else_is_one() {
        for (text, bytes) in [
            ("1 kB", Some(1 << 10)),
            (" 2 TB ", Some(2 << 40)),
            ("0 GB", Some(0)),
            ("", None),
            ("GB", None),
            ("-1 GB", None),
            ("+1 GB", None),
            ("1.5 GB", None),
            ("1 000 GB", None),
            ("20 GiB", None),
            ("99999999999999 TB", None),
        ] {
            assert_eq!(parse(text), bytes, "{text}");
        }
        assert_eq!(written(u64::MAX, Lang::En), "17179869183.9 GB");
        assert_eq!(written(0, Lang::Vi), "0 kB");
    }
}
