//! `parindex migrate`, `admin create`, `audit verify`, `doctor`: at the server's own console.

use clap::ArgMatches;
use parindex_domain::person;
use parindex_domain::right::Role;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::person::{Appoint, DropSecondFactor, Invite, NewLink, PersonFilter, Reopen};
use parindex_store::{Actor, Refusal, Store};
use parindex_web::Token;

use super::server::{database, now, open, wait};
use super::{Done, word};
use crate::console::{Console, Lean};
use crate::failure::Failure;
use crate::settings::{Origin, read, without_password};

/// The name under which the log keeps what is done here.
pub const CONSOLE: &str = "dòng lệnh trên máy chủ";

pub fn migrate(arguments: &ArgMatches, console: &mut Console) -> Done {
    wait(async {
        open(arguments).await?;
        console.line(console.pick("Cơ sở dữ liệu đã ở phiên bản này.", "The database is at this version."));
        Ok(())
    })
}

fn refused(refusal: &Refusal) -> Failure {
    Failure::message(refusal.say(Lang::Vi), refusal.say(Lang::En))
}

/// Makes an administrator, or gives an existing one a new link: the way in when every other is lost.
pub fn create(arguments: &ArgMatches, console: &mut Console) -> Done {
    let typed = |key: &str| word(arguments, key).unwrap_or_default().to_owned();
    let wrong =
        |problem: &person::InvalidPerson| Failure::message(problem.say(Lang::Vi), problem.say(Lang::En));
    let login = person::login(&typed("login")).map_err(|problem| wrong(&problem))?;
    let name = person::name(&typed("name")).map_err(|problem| wrong(&problem))?;
    let link = wait(async {
        let (settings, store) = open(arguments).await?;
        let (actor, at) = (Actor::console(CONSOLE), now());
        let token = Token::new().map_err(|error| Failure::message(error.to_string(), error.to_string()))?;
        let known = store.credentials(&login).await.map_err(|error| database(&error))?;
        if let Some(known) = known {
            let person = known.person.id;
            way_in(&store, &actor, person).await?;
            let change = NewLink { person, link: token.hash() };
            store.commit(&actor, at, change).await.map_err(|refusal| refused(&refusal))?;
        } else {
            let change = Invite { login, name, title: String::new(), unit: None, link: token.hash() };
            let invited = store.commit(&actor, at, change).await.map_err(|refusal| refused(&refusal))?;
            let change = Appoint { person: invited.person, role: Role::Administrator, unit: None };
            store.commit(&actor, at, change).await.map_err(|refusal| refused(&refusal))?;
        }
        Ok(format!("{}/invitation/{}", settings.base_url.value, token.text()))
    })?;
    Console::remark(console.pick(
        "Mở liên kết này để đặt mật khẩu (dùng một lần, hết hạn sau 7 ngày):",
        "Open this link to set a password (works once, for 7 days):",
    ));
    console.line(link);
    Ok(())
}

/// Opens a closed account, drops a lost second factor and gives the role, as far as each is needed.
async fn way_in(store: &Store, actor: &Actor, person: i64) -> Done {
    let known = store.person(person).await.map_err(|error| database(&error))?;
    let known = known.ok_or_else(|| refused(&Refusal::Gone))?;
    if known.closed_at.is_some() {
        store.commit(actor, now(), Reopen { person }).await.map_err(|refusal| refused(&refusal))?;
    }
    if known.has_second_factor {
        store.commit(actor, now(), DropSecondFactor { person }).await.map_err(|refusal| refused(&refusal))?;
    }
    let held = store.held(&[person]).await.map_err(|error| database(&error))?;
    if !held.iter().any(|held| held.appointment.role == Role::Administrator) {
        let change = Appoint { person, role: Role::Administrator, unit: None };
        store.commit(actor, now(), change).await.map_err(|refusal| refused(&refusal))?;
    }
    Ok(())
}

pub fn verify(arguments: &ArgMatches, console: &mut Console) -> Done {
    let verdict = wait(async {
        let (_, store) = open(arguments).await?;
        store.verify_audit().await.map_err(|error| database(&error))
    })?;
    match verdict {
        Ok(last) => {
            console.line(console.lang.pick(
                format!("Nhật ký nguyên vẹn: {last} dòng nối nhau từ đầu đến cuối."),
                format!("The log is intact: {last} rows follow from each other."),
            ));
            Ok(())
        }
        Err(broken) => Err(Failure::message(
            format!("nhật ký không còn nguyên vẹn: {}", broken.say(Lang::Vi)),
            format!("the log is not intact: {}", broken.say(Lang::En)),
        )),
    }
}

/// Every setting with its origin, and whether the database answers.
pub fn doctor(arguments: &ArgMatches, console: &mut Console) -> Done {
    let settings = read(arguments)?;
    let list = |values: Vec<String>| if values.is_empty() { "–".to_owned() } else { values.join(", ") };
    let shown = |values: &[std::net::SocketAddr]| list(values.iter().map(ToString::to_string).collect());
    let rows = [
        ("database", without_password(&settings.database.value), &settings.database.origin),
        ("listen", shown(&settings.listen.value), &settings.listen.origin),
        ("base_url", settings.base_url.value.clone(), &settings.base_url.origin),
        (
            "trusted_proxies",
            list(settings.trusted_proxies.value.iter().map(ToString::to_string).collect()),
            &settings.trusted_proxies.origin,
        ),
        ("title", settings.title.value.clone(), &settings.title.origin),
        (
            "second_factor",
            list(settings.second_factor.value.iter().map(|role| role.word().to_owned()).collect()),
            &settings.second_factor.origin,
        ),
    ];
    let header = [
        (console.pick("Thiết lập", "Setting"), Lean::Left),
        (console.pick("Giá trị", "Value"), Lean::Left),
        (console.pick("Từ đâu", "From"), Lean::Left),
    ];
    let origin = |origin: &Origin| match origin {
        Origin::Default => console.pick("mặc định", "default").to_owned(),
        Origin::File(path) => path.display().to_string(),
        Origin::Environment(variable) => (*variable).to_owned(),
        Origin::Flag(flag) => format!("--{flag}"),
    };
    let rows =
        rows.into_iter().map(|(name, value, from)| vec![name.to_owned(), value, origin(from)]).collect();
    console.table(&header, rows);
    wait(async {
        let (_, store) = open(arguments).await?;
        let (units, people) =
            (store.count_units().await, store.count_people(&PersonFilter::everybody()).await);
        let (units, people) =
            (units.map_err(|error| database(&error))?, people.map_err(|error| database(&error))?);
        console.line(console.lang.pick(
            format!("Cơ sở dữ liệu trả lời: {units} đơn vị, {people} tài khoản."),
            format!("The database answers: {units} units, {people} accounts."),
        ));
        if settings.base_url.value.starts_with("http://") {
            Console::remark(console.pick(
                "Lưu ý: base_url không phải https; chỉ nên dùng để thử trên máy này.",
                "Note: base_url is not https; good only for a trial on this machine.",
            ));
        } else if settings.trusted_proxies.value.is_empty() {
            Console::remark(console.pick(
                "Lưu ý: base_url là https nhưng chưa khai trusted_proxies; mọi người sẽ mang chung địa chỉ của proxy, một người gõ sai nhiều lần làm mọi người phải chờ.",
                "Note: base_url is https but no trusted_proxies are named; everybody comes from the proxy’s address, so one person’s failures slow all down.",
            ));
        }
        Ok(())
    })
}
