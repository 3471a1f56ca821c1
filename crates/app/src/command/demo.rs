//! `parindex demo`: fills an empty database with the official units, people of every role, the sets of the examples and three
//! campaigns in mid-course.

mod campaign;

use std::path::Path;

use clap::ArgMatches;
use parindex_domain::right::Role;
use parindex_files::Files;
use parindex_package::set;
use parindex_rulebook::lang::{Lang, Say};
use parindex_service::password::hash_password;
use parindex_service::token::Token;
use parindex_store::criteria_set::{Settle, UploadSet};
use parindex_store::file::Filed;
use parindex_store::person::{AcceptInvitation, Appoint, Invite, PersonFilter};
use parindex_store::unit::ReferenceUnits;
use parindex_store::{Actor, Refusal, Store};

use super::admin::CONSOLE;
use super::server::{database, files, now, open, wait};
use super::{CommandResult, path};
use crate::console::{Console, Lean};
use crate::failure::CommandFailure;

/// Everybody's password in the demonstration.
const PASSWORD: &str = "mưa rào cuối hạ ở quê";

/// Units are those of the years that the examples assess.
const DAY: &str = "2023-12-31";

/// Login, name, position, code of the unit where they work, role, whether the role is for that unit.
const PEOPLE: [(&str, &str, &str, &str, Role, bool); 18] = [
    ("quantri", "Phạm Quang Huy", "Quản trị hệ thống", "", Role::Administrator, false),
    ("kiemtra", "Đỗ Thị Lan Anh", "Thanh tra viên", "", Role::Auditor, false),
    ("thuongtruc", "Nguyễn Minh Đức", "Trưởng phòng CCHC", "HN.02", Role::StandingBody, false),
    ("chutich", "Trần Văn Sơn", "Phó Chủ tịch UBND", "01", Role::Chair, false),
    ("phochutich", "Vũ Thị Hồng Hạnh", "Giám đốc Sở Nội vụ", "HN.02", Role::ViceChair, false),
    ("uyvien", "Lê Thanh Tùng", "Ủy viên", "HN.03", Role::Member, false),
    ("thuky", "Bùi Ngọc Ánh", "Chuyên viên", "HN.02", Role::Secretary, false),
    ("thamdinh", "Hoàng Thị Yến", "Chuyên viên", "HN.03", Role::Appraiser, false),
    ("canbo", "Trần Thu Hà", "Chuyên viên Văn phòng Sở", "HN.06", Role::Officer, true),
    ("thutruong", "Đặng Quốc Việt", "Giám đốc Sở", "HN.06", Role::Head, true),
    ("phoihop", "Ngô Thị Tâm", "Phòng Kế hoạch – Tài chính", "HN.06", Role::Delegate, true),
    ("canboxa", "Nguyễn Thị Mai", "Công chức Văn phòng – Thống kê", "09079", Role::Officer, true),
    ("chutichxa", "Đỗ Văn Bình", "Chủ tịch UBND xã", "09079", Role::Head, true),
    ("dieutra", "Phan Đình Phúc", "Viện Nghiên cứu phát triển", "", Role::SurveyBody, false),
    ("canbotinh", "Danh Thị Lệ", "Phòng CCHC, Sở Nội vụ", "91", Role::Officer, true),
    ("lanhdaotinh", "Lâm Minh Thành", "Phó Chủ tịch UBND tỉnh", "91", Role::Head, true),
    ("taichinh", "Huỳnh Thanh Nhã", "Chuyên viên", "KG.STC", Role::Delegate, true),
    ("theodoi", "Mai Thị Hương", "Văn phòng UBND", "01", Role::Observer, false),
];

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let examples = path(arguments, "examples");
    wait(async {
        let (settings, store) = open(arguments).await?;
        if store.count_people(&PersonFilter::everybody()).await.map_err(|error| database(&error))? == 0 {
            fill(&store, &files(&settings)?, &examples).await?;
        }
        Ok(())
    })?;
    let header = [
        (console.pick("Đăng nhập", "Login"), Lean::Left),
        (console.pick("Vai trò", "Role"), Lean::Left),
        (console.pick("Người", "Person"), Lean::Left),
    ];
    let row = |each: &(&str, &str, &str, &str, Role, bool)| {
        vec![each.0.to_owned(), each.4.say(console.lang), each.1.to_owned()]
    };
    console.table(&header, PEOPLE.iter().map(row).collect());
    console.line(
        console.lang.pick(format!("Mật khẩu chung: {PASSWORD}"), format!("Everybody’s password: {PASSWORD}")),
    );
    Ok(())
}

fn refused(refusal: &Refusal) -> CommandFailure {
    CommandFailure::message(refusal.say(Lang::Vi), refusal.say(Lang::En))
}

async fn fill(store: &Store, files: &Files, examples: &Path) -> CommandResult {
    // Everything has its past: people were there before the campaigns that they play.
    let (actor, begun) = (Actor::console(CONSOLE), campaign::on(now(), -45, 8));
    store.commit(&actor, begun, ReferenceUnits).await.map_err(|refusal| refused(&refusal))?;
    campaign::units(store, &actor, begun, examples).await?;
    people(store, &actor, begun).await?;
    sets(store, files, (&actor, begun), examples).await?;
    campaign::campaigns(store, now(), examples).await
}

async fn people(store: &Store, actor: &Actor, at: i64) -> CommandResult {
    let failed = |error: String| CommandFailure::message(error.clone(), error);
    let password = hash_password(PASSWORD).map_err(|error| failed(error.to_string()))?;
    for (login, name, title, unit, role, for_unit) in PEOPLE {
        let token = Token::new().map_err(|error| failed(error.to_string()))?;
        let unit = unit_id(store, unit).await?;
        let invite = Invite {
            login: login.to_owned(),
            name: name.to_owned(),
            title: title.to_owned(),
            unit,
            link: token.hash(),
        };
        let invited = store.commit(actor, at, invite).await.map_err(|refusal| refused(&refusal))?;
        let accept = AcceptInvitation { link: token.hash(), password: password.clone() };
        store.commit(actor, at, accept).await.map_err(|refusal| refused(&refusal))?;
        let appoint = Appoint::whole(invited.person, role, unit.filter(|_| for_unit));
        store.commit(actor, at, appoint).await.map_err(|refusal| refused(&refusal))?;
    }
    Ok(())
}

async fn unit_id(store: &Store, code: &str) -> Result<Option<i64>, CommandFailure> {
    if code.is_empty() {
        return Ok(None);
    }
    let found = store.units_of_codes(&[code.to_owned()], DAY).await.map_err(|error| database(&error))?;
    Ok(found.get(code).map(|unit| unit.id))
}

/// Every criteria set of the examples; those that were decided are settled.
async fn sets(store: &Store, files: &Files, (actor, at): (&Actor, i64), examples: &Path) -> CommandResult {
    for file in criteria_files(examples) {
        let read = set::read_path(&file)?;
        let decided_later = file.to_string_lossy().contains("ha-noi-2023");
        let bytes = set::write("criteria.csv", &read.set)?;
        let text = String::from_utf8(bytes)
            .map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
        let about = read.set.about;
        let file = Some(original(files, &file).await?);
        let upload = UploadSet { code: about.code, title: about.title, text, note: String::new(), file };
        let uploaded = store.commit(actor, at, upload).await.map_err(|refusal| refused(&refusal))?;
        if !decided_later {
            let settle = Settle { set: uploaded.set, number: uploaded.number };
            store.commit(actor, at, settle).await.map_err(|refusal| refused(&refusal))?;
        }
    }
    Ok(())
}

/// The file as it came.
async fn original(files: &Files, path: &Path) -> Result<Filed, CommandFailure> {
    let content = std::fs::read(path)?;
    let parts = futures_util::stream::iter([Ok::<_, std::io::Error>(content.into())]);
    let kept = files.keep(parts, u64::MAX).await;
    let kept = kept.map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Filed { hash: kept.hash.to_string(), size: kept.size, kind: "text/csv".to_owned(), name })
}

fn criteria_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(criteria_files(&path));
        } else if path.parent().is_some_and(|folder| folder.ends_with("criteria")) || is_criteria(&path) {
            found.push(path);
        }
    }
    found.sort_unstable();
    found
}

fn is_criteria(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    stem.starts_with("criteria") && path.extension().is_some_and(|ending| ending == "csv")
}
