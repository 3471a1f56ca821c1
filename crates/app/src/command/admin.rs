//! `parindex migrate`, `admin`, `audit`: at the server's own console.

use clap::ArgMatches;
use parindex_domain::audit::Mark;
use parindex_domain::moment::{span, written};
use parindex_domain::person;
use parindex_domain::right::Role;
use parindex_rulebook::lang::{Lang, Say};
use parindex_service::token::Token;
use parindex_store::audit::{AcceptClock, Followed};
use parindex_store::person::{Appoint, DropSecondFactor, Invite, NewLink, Reopen, UnlinkProvider};
use parindex_store::unlogged::Unlogged;
use parindex_store::{Actor, Refusal, Store};

use super::server::{database, now, open, wait};
use super::{CommandResult, word};
use crate::console::Console;
use crate::failure::CommandFailure;

/// The name under which the log keeps what is done here.
pub const CONSOLE: &str = "dòng lệnh trên máy chủ";

pub fn migrate(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    wait(async {
        open(arguments).await?;
        console.line(console.pick("Cơ sở dữ liệu đã ở phiên bản này.", "The database is at this version."));
        Ok(())
    })
}

fn refused(refusal: &Refusal) -> CommandFailure {
    CommandFailure::message(refusal.say(Lang::Vi), refusal.say(Lang::En))
}

/// Makes an administrator, or gives an existing one a new link: the way in when every other is lost.
pub fn create(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let typed = |key: &str| word(arguments, key).unwrap_or_default().to_owned();
    let wrong = |problem: &person::InvalidPerson| {
        CommandFailure::message(problem.say(Lang::Vi), problem.say(Lang::En))
    };
    let login = person::login(&typed("login")).map_err(|problem| wrong(&problem))?;
    let name = person::name(&typed("name")).map_err(|problem| wrong(&problem))?;
    let link = wait(async {
        let (settings, store) = open(arguments).await?;
        let (actor, at) = (Actor::console(CONSOLE), now());
        let token =
            Token::new().map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
        let known = store.credentials(&login).await.map_err(|error| database(&error))?;
        if let Some(known) = known {
            let person = known.person.id;
            way_in(&store, &actor, person).await?;
            let change = NewLink { person, link: token.hash() };
            store.commit(&actor, at, change).await.map_err(|refusal| refused(&refusal))?;
        } else {
            let change = Invite { login, name, title: String::new(), unit: None, link: token.hash() };
            let invited = store.commit(&actor, at, change).await.map_err(|refusal| refused(&refusal))?;
            let change = Appoint::whole(invited.person, Role::Administrator, None);
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

/// Opens a closed account, drops a lost second factor, unlinks it from a sign-in service and gives the role, as far as each is needed.
async fn way_in(store: &Store, actor: &Actor, person: i64) -> CommandResult {
    let known = store.person(person).await.map_err(|error| database(&error))?;
    let known = known.ok_or_else(|| refused(&Refusal::NotFound))?;
    if known.closed_at.is_some() {
        store.commit(actor, now(), Reopen { person }).await.map_err(|refusal| refused(&refusal))?;
    }
    if known.has_second_factor {
        store.commit(actor, now(), DropSecondFactor { person }).await.map_err(|refusal| refused(&refusal))?;
    }
    if known.linked {
        let unlink = UnlinkProvider { person };
        store.commit(actor, now(), unlink).await.map_err(|refusal| refused(&refusal))?;
    }
    let held = store.held(&[person]).await.map_err(|error| database(&error))?;
    if !held.iter().any(|held| held.appointment.role == Role::Administrator) {
        let change = Appoint::whole(person, Role::Administrator, None);
        store.commit(actor, now(), change).await.map_err(|refusal| refused(&refusal))?;
    }
    Ok(())
}

pub fn verify(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let kept = arguments.get_one::<String>("mark");
    let (Followed { verdict, back, more }, last, fits, beside) = wait(async {
        let (_, store) = open(arguments).await?;
        let asked = |error| database(&error);
        let followed = store.follow_audit().await.map_err(asked)?;
        let last = store.audit_last().await.map_err(asked)?.map(|row| row.mark());
        let fits = match kept.map(|kept| Mark::read(kept)) {
            None => true,
            Some(None) => false,
            Some(Some(mark)) => store.audit_hash(mark.seq).await.map_err(asked)? == Some(mark.hash),
        };
        let beside = store.beside_the_log().await.map_err(asked)?;
        Ok((followed, last, fits, beside))
    })?;
    if !fits {
        return Err(CommandFailure::message(
            "dấu đã giữ không khớp với dòng ấy trong nhật ký, hoặc không viết dạng SỐ:DẤU".to_owned(),
            "the mark that was kept does not fit that row of the log, or is not written NUMBER:MARK"
                .to_owned(),
        ));
    }
    match verdict {
        Ok(rows) => {
            let last_mark = last.map(|mark| mark.to_string()).unwrap_or_default();
            console.line(console.lang.pick(
                format!("Nhật ký nguyên vẹn: {rows} dòng nối nhau từ đầu đến cuối. Dòng cuối: {last_mark}"),
                format!("The log is intact: {rows} rows follow from each other. The last row: {last_mark}"),
            ));
            for back in &back {
                console.line(format!("{}: {}", console.pick("Lưu ý", "Note"), back.say(console.lang)));
            }
            if more > 0 {
                console
                    .line(console.lang.pick(format!("… và {more} chỗ nữa."), format!("… and {more} more.")));
            }
            compared(&beside, console)
        }
        Err(broken) => Err(CommandFailure::message(
            format!("nhật ký không còn nguyên vẹn: {}", broken.say(Lang::Vi)),
            format!("the log is not intact: {}", broken.say(Lang::En)),
        )),
    }
}

/// Says how the clock stands to the log; with a reason, that the clock is right and the log was ahead of it.
pub fn clock(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let reason = word(arguments, "accept").map(str::trim);
    if reason == Some("") {
        return Err(CommandFailure::message("hãy nêu lý do: --accept \"…\"", "say why: --accept \"…\""));
    }
    let host = now();
    let behind = wait(async {
        let (_, store) = open(arguments).await?;
        let behind = store.clock_behind(host).await.map_err(|error| database(&error))?;
        if let (Some(behind), Some(reason)) = (behind, reason) {
            let accept = AcceptClock { newest: behind.newest, reason: reason.to_owned() };
            let done = store.commit(&Actor::console(CONSOLE), host, accept).await;
            done.map_err(|refusal| refused(&refusal))?;
        }
        Ok(behind)
    })?;
    let lang = console.lang;
    let shown = written(host, lang);
    let Some(behind) = behind else {
        console.line(lang.pick(
            format!("Đồng hồ máy chủ ({shown}) không chậm hơn nhật ký."),
            format!("The clock of the server ({shown}) is not behind the log."),
        ));
        return Ok(());
    };
    let (newest, by) = (written(behind.newest, lang), span(behind.newest - host, lang));
    console.line(lang.pick(
        format!("Đồng hồ máy chủ: {shown}. Giờ mới nhất mà nhật ký đã biết: {newest}, nhanh hơn {by}."),
        format!(
            "The clock of the server: {shown}. The newest time that the log knows: {newest}, ahead by {by}."
        ),
    ));
    console.line(if reason.is_some() {
        lang.pick(
            "Đã ghi vào nhật ký rằng đồng hồ máy chủ đúng; từ giờ tính theo đồng hồ này. Các máy chủ đang chạy theo trong mười giây.",
            "The log says now that the clock of the server is right, and time counts by it. Running servers follow within ten seconds.",
        )
    } else {
        lang.pick(
            "Hệ thống tính theo giờ của nhật ký để không mở lại gì đã khóa. Nếu đồng hồ chậm: hãy chỉnh đồng hồ. Nếu đồng hồ đúng và giờ trong nhật ký mới sai (máy từng chạy nhanh do nhầm): chạy lại với --accept \"lý do\".",
            "The time of the log counts, so that nothing that was locked opens again. If the clock is behind, set it right. If it is right and the time in the log is not (the machine was ahead by mistake), run this again with --accept \"why\".",
        )
    });
    Ok(())
}

/// What decides points, compared with the log: every difference on a line of its own.
fn compared(beside: &Unlogged, console: &mut Console) -> CommandResult {
    for each in &beside.unmarked {
        Console::remark(&each.say(console.lang));
    }
    if beside.count == 0 {
        console.line(console.lang.pick(
            "Phiếu, kết luận, biểu quyết, tài liệu và kết quả đã phê duyệt đều khớp với nhật ký.",
            "Sheets, decisions, votes, documents and approved results are as the log says.",
        ));
        return Ok(());
    }
    for each in &beside.differences {
        Console::remark(&each.say(console.lang));
    }
    let count = beside.count;
    Err(CommandFailure::message(
        format!(
            "{count} chỗ bị sửa ngoài nhật ký; giữ nguyên cơ sở dữ liệu và báo người phụ trách an toàn thông tin"
        ),
        format!(
            "{count} things were changed beside the log; leave the database as it is and tell whoever is in charge of security"
        ),
    ))
}
