//! Blocks come into a draft and go; units are exempt or unranked.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_domain::campaign::Standing;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::campaign::{
    AddBlock, AddMembers, LinkUnits, NewBlock, NewMember, RemoveBlock, RemoveMember, SetStanding,
};
use parindex_store::unit::{Unit, UnitFilter};
use serde::Deserialize;

use super::prepare::show;
use parindex_service::campaign::campaign_detail;
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::{make, once};
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct StandingForm {
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
    #[serde(default)]
    level: String,
}

impl StandingForm {
    fn mistaken(self, sentence: impl Into<String>) -> Mistake {
        let mistake = Mistake::new("block", sentence).with("code", self.code).with("name", self.name);
        let mistake = mistake.with("version", self.version).with("units", self.units);
        mistake.with("below", self.below).with("level", self.level)
    }
}

/// A unit of the list with an empty sheet.
fn new_member(unit: Unit) -> NewMember {
    NewMember {
        unit: Some(unit.id),
        code: unit.code,
        name: unit.name,
        parent: None,
        standing: Standing::Ranked,
        entries: Vec::new(),
    }
}

/// The block as it was typed, with units as they stood on a day; or the sentence that says what is wrong.
async fn new_block(
    app: &App,
    typed: &StandingForm,
    (day, lang): (&str, Lang),
) -> Result<Result<NewBlock, String>, Failure> {
    let read = one_line(("Mã khối", "The code"), &typed.code, 60)
        .and_then(|code| Ok((code, one_line(("Tên khối", "The name"), &typed.name, 300)?)));
    let (code, name) = match read {
        Ok(read) => read,
        Err(problem) => return Ok(Err(problem.say(lang))),
    };
    let version = typed
        .version
        .split_once('/')
        .and_then(|(set, number)| Some((set.parse().ok()?, number.parse().ok()?)));
    let units = match units(app, typed, (day, lang)).await? {
        Ok(units) => units,
        Err(sentence) => return Ok(Err(sentence)),
    };
    let (Some(version), false, false) = (version, code.is_empty() || name.is_empty(), units.is_empty())
    else {
        let sentence = lang.pick(
            "Khối cần mã, tên, một bộ tiêu chí đã chốt và ít nhất một đơn vị tìm thấy trong danh sách. Hãy kiểm tra các mã đơn vị, hoặc mã cấp trên và cấp.",
            "A block needs a code, a name, a final criteria set and at least one unit of the list. Check the codes, or the unit above and the level.",
        );
        return Ok(Err(sentence.to_owned()));
    };
    Ok(Ok(NewBlock { code, name, version, members: units.into_iter().map(new_member).collect() }))
}

/// Adds a block.
pub async fn add_block(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<StandingForm>,
) -> Answer {
    let of = campaign_detail(&app.service, campaign).await?;
    let day = of.campaign.to.unwrap_or_else(|| app.today()).to_string();
    let block = match new_block(&app, &typed, (&day, visitor.lang)).await? {
        Ok(block) => block,
        Err(sentence) => return show(&app, &visitor, campaign, typed.mistaken(sentence).into()).await,
    };
    let to = move |(): &()| format!("/campaigns/{campaign}/prepare#blocks");
    match make(&app, &visitor, AddBlock { campaign, block }, to).await {
        Ok(answer) => Ok(answer),
        Err(Refusal::Taken(twice)) => {
            let sentence = twice.say(visitor.lang);
            show(&app, &visitor, campaign, typed.mistaken(sentence).into()).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Units by their codes, or those directly below one; or what is wrong.
async fn units(
    app: &App,
    typed: &StandingForm,
    (day, lang): (&str, Lang),
) -> Result<Result<Vec<Unit>, String>, Failure> {
    if !typed.units.trim().is_empty() {
        return of_codes(app, &typed.units, (day, lang)).await;
    }
    let Some(above) = app.store.unit_of_code(typed.below.trim(), day).await? else {
        return Ok(Ok(Vec::new()));
    };
    let filter = UnitFilter { parent: Some(above.id), on_day: day.to_owned() };
    let mut units = app.store.units_below(&filter).await?;
    units.retain(|unit| typed.level.is_empty() || unit.level == typed.level);
    Ok(Ok(units))
}

/// Codes that are read at a time.
const MAX_CODES: usize = 5_000;

/// The units of these codes, with spaces or commas between them; or which of them are in no list.
async fn of_codes(
    app: &App,
    typed: &str,
    (day, lang): (&str, Lang),
) -> Result<Result<Vec<Unit>, String>, Failure> {
    let codes: Vec<String> = typed
        .split([',', ';', ' ', '\n', '\t', '\r'])
        .map(str::trim)
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect();
    if codes.len() > MAX_CODES {
        return Ok(Err(lang.pick(
            format!("Mỗi lần thêm nhiều nhất {MAX_CODES} đơn vị, ở đây có {}. Chưa thêm gì.", codes.len()),
            format!(
                "At most {MAX_CODES} units are added at a time, here are {}. Nothing was added.",
                codes.len()
            ),
        )));
    }
    let mut found = app.store.units_of_codes(&codes, day).await?;
    let unknown: Vec<&str> =
        codes.iter().filter(|code| !found.contains_key(*code)).map(String::as_str).collect();
    if unknown.is_empty() {
        return Ok(Ok(codes.iter().filter_map(|code| found.remove(code)).collect()));
    }
    let unknown = unknown.join(", ");
    Ok(Err(lang.pick(
        format!("Không có trong danh sách đơn vị: {unknown}. Chưa thêm gì."),
        format!("Not in the list of units: {unknown}. Nothing was added."),
    )))
}

/// Codes of units that come into a block.
#[derive(Deserialize)]
pub struct More {
    #[serde(default)]
    units: String,
}

/// Adds single units to a block.
pub async fn add_members(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, block)): Path<(i64, i64)>,
    Protected(more): Protected<More>,
) -> Answer {
    let of = campaign_detail(&app.service, campaign).await?;
    let day = of.campaign.to.unwrap_or_else(|| app.today()).to_string();
    let form = format!("members-{block}");
    let mistaken = |sentence: String| Mistake::new(&form, sentence).with("units", &more.units);
    let units = match of_codes(&app, &more.units, (&day, visitor.lang)).await? {
        Ok(units) if !units.is_empty() => units,
        Ok(_none) => {
            let sentence = visitor
                .lang
                .pick("Hãy ghi mã của ít nhất một đơn vị.", "Write the code of one unit at least.");
            return show(&app, &visitor, campaign, mistaken(sentence.to_owned()).into()).await;
        }
        Err(sentence) => return show(&app, &visitor, campaign, mistaken(sentence).into()).await,
    };
    let members = units.into_iter().map(new_member).collect();
    let to = move |(): &()| format!("/campaigns/{campaign}/prepare#units");
    match make(&app, &visitor, AddMembers { campaign, block, members }, to).await {
        Ok(answer) => Ok(answer),
        Err(Refusal::Taken(twice)) => {
            show(&app, &visitor, campaign, mistaken(twice.say(visitor.lang)).into()).await
        }
        Err(Refusal::NotNow(why)) => {
            show(&app, &visitor, campaign, mistaken(why.say(visitor.lang)).into()).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Takes a unit out.
pub async fn remove_member(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, RemoveMember { member }, move |campaign| {
        format!("/campaigns/{campaign}/prepare#units")
    })
    .await?)
}

/// Looks units that stood in no list up in it.
pub async fn link_units(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    let of = campaign_detail(&app.service, campaign).await?;
    let on_day = of.campaign.to.unwrap_or_else(|| app.today()).to_string();
    Ok(once(&app, &visitor, LinkUnits { campaign, on_day }, move |_found| {
        format!("/campaigns/{campaign}/prepare#missing")
    })
    .await?)
}

/// Takes a block out.
pub async fn remove_block(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, block)): Path<(i64, i64)>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, RemoveBlock { campaign, block }, move |()| {
        format!("/campaigns/{campaign}/prepare#blocks")
    })
    .await?)
}

#[derive(Deserialize)]
pub struct ChosenUnits {
    #[serde(default)]
    standing: String,
    #[serde(default)]
    reason: String,
}

/// Says whether a unit is assessed and ranked.
pub async fn set_standing(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(chosen): Protected<ChosenUnits>,
) -> Answer {
    let reason = match one_line(("Lý do", "The reason"), &chosen.reason, 500) {
        Ok(reason) => reason,
        Err(long) => return refused(&app, &visitor, (member, chosen), long.say(visitor.lang)).await,
    };
    let standing = match chosen.standing.as_str() {
        "unranked" if !reason.is_empty() => Standing::Unranked(reason),
        "exempt" if !reason.is_empty() => Standing::Exempt(reason),
        "ranked" => Standing::Ranked,
        _ => {
            let sentence = visitor.lang.pick(
                "Miễn đánh giá hoặc không xếp hạng cần một lý do; mọi người đọc được lý do ấy trong kết quả.",
                "An exempt or unranked unit needs a reason; everybody reads it in the result.",
            );
            return refused(&app, &visitor, (member, chosen), sentence.to_owned()).await;
        }
    };
    let campaign = app.store.commit(&visitor.actor(), app.now(), SetStanding { member, standing }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}/prepare#units")).into_response())
}

/// The page, with what was chosen for a unit and why that cannot be.
async fn refused(
    app: &App,
    visitor: &Visitor,
    (member, chosen): (i64, ChosenUnits),
    sentence: String,
) -> Answer {
    let (member, _) = app.store.member(member).await?.ok_or(Failure::NotFound)?;
    let mistake = Mistake::new(format!("standing-{}", member.id), sentence);
    let mistake = mistake.with("standing", chosen.standing).with("reason", chosen.reason);
    show(app, visitor, member.campaign, mistake.into()).await
}
