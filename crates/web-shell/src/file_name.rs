//! The name of a file that somebody sent: only a word.

use parindex_package::text::clean;

/// Letters of a name.
const MAX_NAME: usize = 120;

/// The last part of a name, composed, without signs that mean anything to a file system or a page; a long one keeps its ending.
#[must_use]
pub fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let fine = |each: &char| !each.is_control() && !"<>:\"|?*".contains(*each);
    let name: String = clean(last).chars().filter(fine).collect();
    match name.rsplit_once('.') {
        Some((stem, ending)) if name.chars().count() > MAX_NAME && ending.chars().count() < 10 => {
            let stem: String = stem.chars().take(MAX_NAME - 11).collect();
            format!("{stem}….{ending}")
        }
        _ => name.chars().take(MAX_NAME).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_leads_nowhere() {
        assert_eq!(plain("../../etc/passwd.csv"), "passwd.csv");
        assert_eq!(plain("C:\\Users\\Hà\\Bộ tiêu chí.xlsx"), "Bộ tiêu chí.xlsx");
        assert_eq!(plain("<b>x\u{0}.csv"), "bx.csv");
        let long = plain(&format!("{}.pdf", "Báo cáo ".repeat(40)));
        assert!(long.ends_with("….pdf") && long.chars().count() <= 120, "{long}");
        assert_eq!(plain("Bang\u{202e}gpj.exe"), "Banggpj.exe", "a name is read as it is written");
        assert_eq!(plain("Ba\u{301}o ca\u{301}o.pdf"), "Báo cáo.pdf");
    }
}
