//! A check is put on record, with its photographs.

use axum::extract::{Multipart, Path, State};
use axum::http::HeaderMap;
use jiff::civil::Date;
use parindex_domain::campaign::DayOf;
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::file::Filed;
use parindex_store::visit::RecordVisit;

use super::list::{VisitFields, may_record, show};
use crate::sheet::evidence::form::{of_form, tell};
use parindex_service::campaign::campaign_detail;
use parindex_service::campaign::load::compiled;
use parindex_service::day::{self, InvalidDay};
use parindex_service::evidence::keep::Received;
use parindex_service::typed::{TooLong, lines};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::form::short;
use parindex_web_shell::once::make;
use parindex_web_shell::protected::token_first;
use parindex_web_shell::sending::Content;
use parindex_web_shell::visitor::Visitor;

/// Photographs of one check.
const MAX: usize = 20;

/// What is missing.
enum Wrong {
    Unit,
    Criterion(String),
    Day,
    NoDay(InvalidDay),
    People,
    Finding,
    Photos(String),
    TooMany,
    Long(TooLong),
}

impl Say for Wrong {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Unit => ("Hãy chọn đơn vị được kiểm tra.", "Choose the unit that was looked at."),
            Self::Criterion(code) => {
                return lang.pick(
                    format!("Bộ tiêu chí của đơn vị này không có mã «{code}»; để trống nếu kiểm tra chung."),
                    format!("The unit’s criteria set has no code “{code}”; leave it empty for the unit as a whole."),
                );
            }
            Self::Day => ("Hãy ghi ngày kiểm tra.", "Say on which day."),
            Self::People => (
                "Hãy ghi những người đã đi kiểm tra và người của đơn vị.",
                "Say who was there, of both sides.",
            ),
            Self::Finding => ("Hãy ghi kết quả kiểm tra.", "Say what was found."),
            Self::NoDay(wrong) => {
                return lang.pick(
                    format!("Ngày kiểm tra: {}.", wrong.say(lang)),
                    format!("The day: {}.", wrong.say(lang)),
                );
            }
            Self::Long(text) => return format!("{}.", text.say(lang)),
            Self::Photos(why) => return why.clone(),
            Self::TooMany => {
                ("Mỗi biên bản kèm nhiều nhất 20 tệp.", "A check has at most 20 photographs or papers.")
            }
        };
        lang.pick(vi, en).to_owned()
    }
}

/// Puts it on record.
pub async fn record_visit(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    headers: HeaderMap,
    parts: Multipart,
) -> Answer {
    // Whoever may not record sends nothing into our storage.
    if !may_record(&visitor) {
        visitor.permit(Act::Appraise, &Subject::Everything)?;
    }
    let (typed, photos) = read(&app, &visitor, &headers, parts).await?;
    let checked = match photos {
        Ok(photos) => checked(&app, campaign, &typed, photos).await?,
        Err(wrong) => Err(wrong),
    };
    match checked {
        Ok(record) => {
            match make(&app, &visitor, record, move |campaign| format!("/campaigns/{campaign}/visits")).await
            {
                Ok(answer) => Ok(answer),
                // What was typed stays where another unit can be chosen.
                Err(refusal @ Refusal::NotNow(_)) => {
                    show(&app, &visitor, campaign, typed, Some(refusal.say(visitor.lang))).await
                }
                Err(other) => Err(other.into()),
            }
        }
        Err(wrong) => show(&app, &visitor, campaign, typed, Some(wrong.say(visitor.lang))).await,
    }
}

async fn checked(
    app: &App,
    campaign: i64,
    typed: &VisitFields,
    photos: Vec<Filed>,
) -> Result<Result<RecordVisit, Wrong>, Failure> {
    let of = campaign_detail(&app.service, campaign).await?;
    let Some(member) = typed.member.parse().ok().and_then(|id| of.member(id)) else {
        return Ok(Err(Wrong::Unit));
    };
    if !typed.criterion.is_empty() {
        let set = compiled(&app.service, of.block(member.block).ok_or(Failure::NotFound)?).await?;
        if set.set.find(&typed.criterion).is_none() {
            return Ok(Err(Wrong::Criterion(typed.criterion.clone())));
        }
    }
    let day_of = DayOf::Visit { year: of.campaign.year, today: app.today() };
    Ok(said(typed, day_of).map(|(day, people, finding)| RecordVisit {
        member: member.id,
        criterion: typed.criterion.clone(),
        on_day: day.to_string(),
        people,
        finding,
        photos,
    }))
}

/// The day, who was there, and what was found.
fn said(typed: &VisitFields, of: DayOf) -> Result<(Date, String, String), Wrong> {
    let day = day::read_any_of(of, &typed.on_day).map_err(Wrong::NoDay)?.ok_or(Wrong::Day)?;
    let people = lines(("Thành phần", "Who was there"), &typed.people).map_err(Wrong::Long)?;
    let finding = lines(("Kết quả kiểm tra", "What was found"), &typed.finding).map_err(Wrong::Long)?;
    match (people.is_empty(), finding.is_empty()) {
        (true, _) => Err(Wrong::People),
        (_, true) => Err(Wrong::Finding),
        _ => Ok((day, people, finding)),
    }
}

type Came = (VisitFields, Result<Vec<Filed>, Wrong>);

async fn read(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    mut parts: Multipart,
) -> Result<Came, Failure> {
    token_first(visitor, headers, &mut parts).await?;
    let (mut typed, mut photos, mut content) = (VisitFields::default(), Ok(Vec::new()), Content::default());
    while let Some(mut part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            let kept = of_form(app, part).await?;
            tell(&kept, &mut content);
            photos = with(photos, kept, visitor.lang);
            continue;
        }
        let text = short(&mut part).await?;
        content.field(&name, &text);
        match name.as_str() {
            "member" => text.trim().clone_into(&mut typed.member),
            "criterion" => text.trim().clone_into(&mut typed.criterion),
            "on_day" => text.trim().clone_into(&mut typed.on_day),
            "people" => typed.people = text,
            "finding" => typed.finding = text,
            _ => {}
        }
    }
    visitor.sends(content);
    Ok((typed, photos))
}

fn with(photos: Result<Vec<Filed>, Wrong>, kept: Received, lang: Lang) -> Result<Vec<Filed>, Wrong> {
    let mut photos = photos?;
    match kept {
        Received::Nothing => Ok(photos),
        Received::File(_) if photos.len() >= MAX => Err(Wrong::TooMany),
        Received::File(file) => {
            photos.push(file);
            Ok(photos)
        }
        Received::Refused(refused) => Err(Wrong::Photos(refused.say(lang))),
    }
}
