//! How a file is named and what kind it is said to be when a browser saves it.

/// The kind of a workbook as Excel writes it.
pub const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// An attachment under its own name, which may have accents (RFC 6266).
#[must_use]
pub fn attachment(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let encoded: String = name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("attachment; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn a_name_with_accents_or_quotes_stays_a_name() {
        assert_eq!(
            attachment("Bộ \"tiêu\".xlsx"),
            "attachment; filename*=UTF-8''B%E1%BB%99%20%22ti%C3%AAu%22.xlsx"
        );
    }
}
