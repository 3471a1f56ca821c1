//! Searches take their text literally: what means something to LIKE is escaped.

use sea_orm::sea_query::LikeExpr;

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, each| {
        if matches!(each, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(each);
        escaped
    })
}

/// Holds a text.
pub fn holds(text: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escaped(text))).escape('\\')
}

/// Begins with a text.
pub fn begins(text: &str) -> LikeExpr {
    LikeExpr::new(format!("{}%", escaped(text))).escape('\\')
}
