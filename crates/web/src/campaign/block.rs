//! Blocks come into a draft and go; units are exempt or unranked.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_domain::campaign::Standing;
use parindex_rulebook::lang::Lang;
use parindex_store::campaign::{AddBlock, NewBlock, NewMember, RemoveBlock, SetStanding};
use parindex_store::unit::{Unit, UnitFilter};
use serde::Deserialize;

use super::whole;
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::typed::one_line;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    name: String,
    /// Set and number of its version: `6/1`.
    #[serde(default)]
    version: String,
    /// Codes of units, with spaces or commas between them.
    #[serde(default)]
    units: String,
    /// The code of a unit, all below which are meant.
    #[serde(default)]
    below: String,
    /// Of which level.
    #[serde(default)]
    level: String,
}

/// Adds a block.
pub async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let of = whole(&app, campaign).await?;
    let (code, name) = (one_line(&typed.code, 60), one_line(&typed.name, 300));
    let version = typed
        .version
        .split_once('/')
        .and_then(|(set, number)| Some((set.parse().ok()?, number.parse().ok()?)));
    let day = of.campaign.to.unwrap_or_else(|| app.today()).to_string();
    let units = units(&app, &typed, (&day, visitor.lang)).await?;
    let (Some(version), false, false) = (version, code.is_empty() || name.is_empty(), units.is_empty())
    else {
        let sentence = visitor.lang.pick(
            "Khối cần mã, tên, một bộ tiêu chí đã chốt và ít nhất một đơn vị tìm thấy trong danh sách. Hãy kiểm tra các mã đơn vị, hoặc mã cấp trên và cấp.",
            "A block needs a code, a name, a settled criteria set and at least one unit of the list. Check the codes, or the unit above and the level.",
        );
        return Err(Failure::Impossible(sentence.to_owned()));
    };
    let member = |unit: Unit| NewMember {
        unit: Some(unit.id),
        code: unit.code,
        name: unit.name,
        parent: None,
        standing: Standing::Ranked,
        entries: Vec::new(),
    };
    let block = NewBlock { code, name, version, members: units.into_iter().map(member).collect() };
    app.store.commit(&visitor.actor(), app.now(), AddBlock { campaign, block }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}/prepare#blocks")).into_response())
}

/// Units by their codes, or those directly below one.
async fn units(app: &App, typed: &Typed, (day, lang): (&str, Lang)) -> Result<Vec<Unit>, Failure> {
    let codes: Vec<String> = typed
        .units
        .split([',', ';', ' ', '\n', '\t', '\r'])
        .map(str::trim)
        .filter(|code| !code.is_empty())
        .take(5_000)
        .map(str::to_owned)
        .collect();
    if !codes.is_empty() {
        let mut found = app.store.units_of_codes(&codes, day).await?;
        let unknown: Vec<&str> =
            codes.iter().filter(|code| !found.contains_key(*code)).map(String::as_str).collect();
        if !unknown.is_empty() {
            let unknown = unknown.join(", ");
            return Err(Failure::Impossible(lang.pick(
                format!("Không có trong danh sách đơn vị: {unknown}. Chưa thêm khối nào."),
                format!("Not in the list of units: {unknown}. No block was added."),
            )));
        }
        return Ok(codes.iter().filter_map(|code| found.remove(code)).collect());
    }
    let Some(above) = app.store.unit_of_code(typed.below.trim(), day).await? else { return Ok(Vec::new()) };
    let filter = UnitFilter { parent: Some(above.id), on_day: day.to_owned() };
    let mut units = app.store.units_below(&filter).await?;
    units.retain(|unit| typed.level.is_empty() || unit.level == typed.level);
    Ok(units)
}

/// Takes a block out.
pub async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, block)): Path<(i64, i64)>,
    _form: Protected<Nothing>,
) -> Answer {
    app.store.commit(&visitor.actor(), app.now(), RemoveBlock { campaign, block }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}/prepare#blocks")).into_response())
}

/// What was chosen.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    standing: String,
    #[serde(default)]
    reason: String,
}

/// Says whether a unit is assessed and ranked.
pub async fn standing(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(chosen): Protected<Chosen>,
) -> Answer {
    let reason = one_line(&chosen.reason, 500);
    let standing = match chosen.standing.as_str() {
        "unranked" if !reason.is_empty() => Standing::Unranked(reason),
        "exempt" if !reason.is_empty() => Standing::Exempt(reason),
        "ranked" => Standing::Ranked,
        _ => {
            let sentence = visitor.lang.pick(
                "Miễn đánh giá hoặc không xếp hạng cần một lý do; mọi người đọc được lý do ấy trong kết quả.",
                "An exempt or unranked unit needs a reason; everybody reads it in the result.",
            );
            return Err(Failure::Impossible(sentence.to_owned()));
        }
    };
    let campaign = app.store.commit(&visitor.actor(), app.now(), SetStanding { member, standing }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}/prepare#units")).into_response())
}
