//! A list of people comes in as a workbook or CSV; every mistake is named with its row, every link shown once.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use parindex_domain::person;
use parindex_domain::refusal::RoleRefusal;
use parindex_domain::right::{Act, Denied, Remit, Role, Subject};
use parindex_domain::search::fold;
use parindex_package::Bounds;
use parindex_package::set::read_table_within;
use parindex_package::text::clean;
use parindex_package::xlsx::write_table;
use parindex_rulebook::finding::{Finding, Text};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::table::{Row, Table};
use parindex_rulebook::word::{key, same};
use parindex_store::person::{ImportPeople, Invite, ListedPerson};
use parindex_store::unit::Unit;
use parindex_store::{InUse, Refusal};

use super::invite::{MAX_TITLE, link};
use parindex_service::token::Token;
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::download::WORKBOOK;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::{before, shown};
use parindex_web_shell::upload::UploadedFile;
use parindex_web_shell::visitor::Visitor;

/// Somebody whose account was opened.
struct Opened {
    name: String,
    login: String,
    link: String,
}

#[derive(Template)]
#[template(path = "person/import.html")]
struct ImportPage {
    frame: Frame,
    wrong: Vec<String>,
    opened: Vec<Opened>,
    roles: Vec<String>,
}

fn show(app: &App, visitor: &Visitor, wrong: Vec<String>, opened: Vec<Opened>) -> Response {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let roles = campaign_roles().map(|role| role.say(visitor.lang)).collect();
    page_with(status, &ImportPage { frame: Frame::new(app, visitor), wrong, opened, roles })
}

/// Roles of the system are given one by one.
fn campaign_roles() -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(|role| role.giving() == Act::Appoint)
}

pub async fn show_people_import(State(app): State<App>, visitor: Visitor) -> Answer {
    Ok(show(&app, &visitor, Vec::new(), Vec::new()))
}

/// The columns: in Vietnamese as the empty list has them, in English, whether a list must have it.
const COLUMNS: [(&str, &str, bool); 6] = [
    ("họ và tên", "name", true),
    ("tên đăng nhập", "login", true),
    ("chức vụ", "position", false),
    ("mã đơn vị", "unit", false),
    ("vai trò", "roles", false),
    ("lĩnh vực thẩm định", "domains", false),
];

/// More than a province has officials at work on the index.
const MAX_ROWS: usize = 3_000;
/// Findings that are shown at a time.
const MAX_WRONG: usize = 50;

/// An empty list to fill in.
pub async fn download_people_list(visitor: Visitor) -> Answer {
    let title = |column: &(&str, &str, bool)| visitor.lang.pick(column.0, column.1).to_owned();
    let table = Table { header: COLUMNS.iter().map(title).collect(), ..Table::default() };
    let said = |findings: Vec<Finding<_>>| {
        Failure::Impossible(findings.iter().map(|finding| finding.say(visitor.lang)).collect())
    };
    let bytes = write_table("people.xlsx", &table).map_err(said)?;
    let name = visitor.lang.pick("danh-sach.xlsx", "people.xlsx");
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, WORKBOOK.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

/// Takes the list: all of it or nothing.
pub async fn import_people(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    parts: Multipart,
) -> Answer {
    let upload = UploadedFile::read((&app, &visitor), &headers, parts).await?;
    let read = |name: &str, content| read_table_within(name, content, &Bounds::SERVER);
    let (read, _turn) = upload.in_turn(&app, read).await?;
    let table = match read {
        Ok(table) => table,
        Err(findings) => {
            let said = |finding: &Finding<Text>| finding.say(visitor.lang);
            return Ok(show(&app, &visitor, findings.iter().take(MAX_WRONG).map(said).collect(), Vec::new()));
        }
    };
    let mut read = list(&app, &visitor, &table, false).await?;
    if read.is_err() && before(&app, &visitor).await?.is_some() {
        // Those whose logins are in use are the ones that the first send of this list opened.
        read = list(&app, &visitor, &table, true).await?;
    }
    let (people, opened) = match read {
        Ok(list) => list,
        Err(wrong) => return Ok(show(&app, &visitor, wrong, Vec::new())),
    };
    match shown(&app, &visitor, ImportPeople { people }, |_opened| String::new()).await {
        Ok(_) => Ok(show(&app, &visitor, Vec::new(), opened)),
        Err(refusal @ (Refusal::Denied(_) | Refusal::Taken(_) | Refusal::NotNow(_))) => {
            Ok(show(&app, &visitor, vec![refusal.say(visitor.lang)], Vec::new()))
        }
        Err(other) => Err(other.into()),
    }
}

type List = (Vec<ListedPerson>, Vec<Opened>);

/// What is known already, so that each row can be looked at by itself.
struct Known {
    units: HashMap<String, Unit>,
    logins: HashSet<String>,
}

async fn list(
    app: &App,
    visitor: &Visitor,
    table: &Table,
    opened_before: bool,
) -> Result<Result<List, Vec<String>>, Failure> {
    let lang = visitor.lang;
    let places = match places(table, lang) {
        Ok(places) => places,
        Err(wrong) => return Ok(Err(vec![wrong])),
    };
    // By the titles that the list itself has.
    let title = |place: usize| table.header.get(place).map_or("", |title| title.trim());
    let shown = places.iter().flatten().flat_map(|place| table.shown_otherwise(*place, title(*place)));
    let shown: Vec<String> = shown.take(MAX_WRONG).map(|finding| finding.say(lang)).collect();
    if !shown.is_empty() {
        return Ok(Err(shown));
    }
    let cells: Vec<[String; 6]> = table.rows.iter().map(|row| cells(row, &places)).collect();
    let codes: Vec<String> =
        cells.iter().map(|cells| cells[3].clone()).filter(|code| !code.is_empty()).collect();
    let logins: Vec<String> = cells.iter().map(|cells| cells[1].to_lowercase()).collect();
    let mut known = Known {
        units: app.store.units_of_codes(&codes, &app.today().to_string()).await?,
        logins: if opened_before { HashSet::new() } else { app.store.logins_in_use(&logins).await? },
    };
    let (mut people, mut opened, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (row, cells)) in table.rows.iter().zip(&cells).enumerate() {
        let token = visitor.sending.token(at)?;
        match person_of(cells, &token, &mut known, visitor) {
            Ok(listed) => {
                let Invite { name, login, .. } = listed.invite.clone();
                opened.push(Opened { name, login, link: link(app, &token) });
                people.push(listed);
            }
            Err(what) => wrong.push(
                lang.pick(format!("hàng {}: {what}", row.number), format!("row {}: {what}", row.number)),
            ),
        }
    }
    wrong.truncate(MAX_WRONG);
    Ok(if wrong.is_empty() { Ok((people, opened)) } else { Err(wrong) })
}

fn places(table: &Table, lang: Lang) -> Result<[Option<usize>; 6], String> {
    let place = |(vi, en, _): (&str, &str, bool)| {
        table.header.iter().position(|title| same(vi, title) || same(en, title))
    };
    let places = COLUMNS.map(place);
    if let Some((column, _)) = COLUMNS.iter().zip(&places).find(|(column, place)| column.2 && place.is_none())
    {
        return Err(lang.pick(
            format!("hàng đầu cần có cột «{}»; hãy tải danh sách trống ở trên rồi điền vào", column.0),
            format!("the first row needs the column “{}”; fill in the empty list above", column.1),
        ));
    }
    match table.rows.len() {
        0 => Err(lang.pick("danh sách không có hàng nào", "the list has no rows").to_owned()),
        1..=MAX_ROWS => Ok(places),
        rows => Err(lang.pick(
            format!("danh sách có {rows} hàng, nhiều nhất {MAX_ROWS}; hãy chia thành nhiều tệp"),
            format!("the list has {rows} rows, at most {MAX_ROWS} are taken; split it"),
        )),
    }
}

fn cells(row: &Row, places: &[Option<usize>; 6]) -> [String; 6] {
    places.map(|place| place.map(|place| clean(row.cell(place)).trim().to_owned()).unwrap_or_default())
}

fn person_of(
    [name, login, title, code, roles, remit]: &[String; 6],
    token: &Token,
    known: &mut Known,
    visitor: &Visitor,
) -> Result<ListedPerson, String> {
    let lang = visitor.lang;
    let name = person::name(name).map_err(|problem| problem.say(lang))?;
    let login = person::login(login).map_err(|problem| problem.say(lang))?;
    if !known.logins.insert(login.clone()) {
        return Err(InUse::Login(login).say(lang));
    }
    let unit = match code.as_str() {
        "" => None,
        code => Some(known.units.get(code).ok_or_else(|| {
            lang.pick(
                format!("không có đơn vị mang mã «{code}» hôm nay"),
                format!("no unit has the code “{code}” today"),
            )
        })?),
    };
    let roles = roles.split([';', ',']).map(str::trim).filter(|word| !word.is_empty());
    let mut roles =
        roles.map(|word| role_of(word, unit.is_some(), lang)).collect::<Result<Vec<Role>, String>>()?;
    roles.sort_unstable();
    roles.dedup();
    let remit = Remit::read(remit).map_err(|problem| problem.say(lang))?;
    if !remit.is_everything() && !roles.contains(&Role::Appraiser) {
        return Err(RoleRefusal::NoRemit.say(lang));
    }
    allowed(visitor, unit, &roles).map_err(|denied| denied.say(lang))?;
    let title = one_line(("chức vụ", "the position"), title, MAX_TITLE).map_err(|long| long.say(lang))?;
    let invite = Invite { login, name, title, unit: unit.map(|unit| unit.id), link: token.hash() };
    Ok(ListedPerson { invite, roles, remit })
}

/// Whether the visitor may open this account and give these roles; the change asks again.
fn allowed(visitor: &Visitor, unit: Option<&Unit>, roles: &[Role]) -> Result<(), Denied> {
    let at = unit.map_or(Subject::Everything, |unit| Subject::Unit(unit.path.clone()));
    visitor.permit(Act::ChangePeople, &at)?;
    for role in roles {
        visitor.permit(role.giving(), &at)?;
        visitor.permit(role.giving(), if role.needs_unit() { &at } else { &Subject::Everything })?;
    }
    Ok(())
}

/// A role by its Vietnamese or English name, accents or not, or by its word.
fn role_of(word: &str, has_unit: bool, lang: Lang) -> Result<Role, String> {
    let bare = |text: &str| fold(&key(text));
    let meant = bare(word);
    let named = |role: &Role| {
        [role.say(Lang::Vi), role.say(Lang::En), role.word().to_owned()]
            .iter()
            .any(|name| bare(name) == meant)
    };
    let Some(role) = campaign_roles().find(named) else {
        let all = campaign_roles().map(|role| role.say(lang)).collect::<Vec<_>>().join("; ");
        return Err(lang.pick(
            format!("không có vai trò «{word}» (vai trò của hệ thống thì giao từng người); dùng: {all}"),
            format!("there is no role “{word}” (roles of the system are given one by one); use: {all}"),
        ));
    };
    if role.needs_unit() && !has_unit {
        return Err(lang.pick(
            format!("vai trò «{word}» cần mã đơn vị"),
            format!("the role “{word}” needs the code of a unit"),
        ));
    }
    Ok(role)
}
