//! Whether a submitted sheet is as it was submitted: its seal is compared wherever it is shown.

use parindex_rulebook::lang::Lang;

use super::open::SheetView;
use crate::{Service, ServiceError};

/// Differences that a page names; `parindex audit verify` names all.
const SAID: usize = 10;

/// What a page says of the seal.
pub struct Seal {
    /// Whether the sheet is as it was submitted.
    pub holds: bool,
    /// The sentence.
    pub said: String,
}

/// Compares the seal of a sheet with what stands there; none while it is not submitted, or for whoever sees a part of it alone.
///
/// # Errors
/// The database.
pub async fn compared(
    service: &Service,
    sheet: &SheetView,
    lang: Lang,
) -> Result<Option<Seal>, ServiceError> {
    if sheet.only.is_some() {
        return Ok(None);
    }
    let Some(sealed) = service.store.sealed(&sheet.of, &sheet.member).await? else { return Ok(None) };
    if sealed.holds() {
        let said = lang.pick(
            "Phiếu đúng như lúc nộp: nội dung khớp với dấu niêm phong và với nhật ký.",
            "The sheet is as it was submitted: it fits its seal and the log.",
        );
        return Ok(Some(Seal { holds: true, said: said.to_owned() }));
    }
    let beside = service.store.sheet_beside_the_log(sheet.of.campaign.id, sheet.member.id).await?;
    let first = beside.first(SAID, lang);
    let said = lang.pick(
        format!("Phiếu không còn đúng như lúc nộp, dấu niêm phong không khớp: {first}. Giữ nguyên dữ liệu và báo cơ quan thường trực."),
        format!("The sheet is not as it was submitted, its seal does not fit: {first}. Leave everything as it is and tell the standing body."),
    );
    Ok(Some(Seal { holds: false, said }))
}
