//! The pack as a PDF.

use serde_json::json;

use super::{Pack, Words};
use crate::pdf::{PdfError, render};

/// The layout; all data comes in as JSON, so no text of a user is ever read as markup.
const TEMPLATE: &str = include_str!("../../templates/pack.typ");

pub(super) fn write(pack: &Pack, words: &Words) -> Result<Vec<u8>, PdfError> {
    render(TEMPLATE, &json!({ "pack": pack, "words": words }).to_string())
}
