//! A check is put on record, with its photographs.

use axum::extract::{Multipart, Path, State};
use axum::http::HeaderMap;
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::file::Filed;
use parindex_store::visit::RecordVisit;

use super::list::{Typed, may_record, show};
use crate::app::App;
use crate::campaign::scored::compiled;
use crate::campaign::whole;
use crate::failure::{Answer, Failure};
use crate::once::{Content, make};
use crate::protected::token_first;
use crate::sheet::evidence::keep::{Kept, of_form};
use crate::typed::{lines, one_line, short};
use crate::visitor::Visitor;

/// Photographs of one check.
const MOST: usize = 20;

/// What is missing.
enum Wrong {
    Unit,
    Criterion(String),
    Day,
    Future,
    People,
    Finding,
    Photos(String),
    TooMany,
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
            Self::Future => ("Ngày kiểm tra chưa tới.", "That day is still to come."),
            Self::People => (
                "Hãy ghi những người đã đi kiểm tra và người của đơn vị.",
                "Say who was there, of both sides.",
            ),
            Self::Finding => ("Hãy ghi kết quả kiểm tra.", "Say what was found."),
            Self::Photos(why) => return why.clone(),
            Self::TooMany => {
                ("Mỗi biên bản kèm nhiều nhất 20 tệp.", "A check has at most 20 photographs or papers.")
            }
        };
        lang.pick(vi, en).to_owned()
    }
}

/// Puts it on record.
pub async fn act(
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
    typed: &Typed,
    photos: Vec<Filed>,
) -> Result<Result<RecordVisit, Wrong>, Failure> {
    let of = whole(app, campaign).await?;
    let Some(member) = typed.member.parse().ok().and_then(|id| of.member(id)) else {
        return Ok(Err(Wrong::Unit));
    };
    if !typed.criterion.is_empty() {
        let set = compiled(app, of.block(member.block).ok_or(Failure::NotFound)?).await?;
        if set.set.find(&typed.criterion).is_none() {
            return Ok(Err(Wrong::Criterion(typed.criterion.clone())));
        }
    }
    let Ok(day) = typed.on_day.parse::<jiff::civil::Date>() else { return Ok(Err(Wrong::Day)) };
    Ok(match typed {
        _ if day > app.today() => Err(Wrong::Future),
        typed if typed.people.is_empty() => Err(Wrong::People),
        typed if typed.finding.is_empty() => Err(Wrong::Finding),
        typed => Ok(RecordVisit {
            member: member.id,
            criterion: typed.criterion.clone(),
            on_day: day.to_string(),
            people: typed.people.clone(),
            finding: typed.finding.clone(),
            photos,
        }),
    })
}

type Came = (Typed, Result<Vec<Filed>, Wrong>);

async fn read(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    mut parts: Multipart,
) -> Result<Came, Failure> {
    token_first(visitor, headers, &mut parts).await?;
    let (mut typed, mut photos, mut content) = (Typed::default(), Ok(Vec::new()), Content::default());
    while let Some(mut part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            let kept = of_form(app, part).await?;
            kept.told(&mut content);
            photos = with(photos, kept, visitor.lang);
            continue;
        }
        let text = short(&mut part).await?;
        content.field(&name, &text);
        match name.as_str() {
            "member" => typed.member = one_line(&text, 20),
            "criterion" => typed.criterion = one_line(&text, 80),
            "on_day" => typed.on_day = one_line(&text, 10),
            "people" => typed.people = lines(&text),
            "finding" => typed.finding = lines(&text),
            _ => {}
        }
    }
    content.sent_by(visitor);
    Ok((typed, photos))
}

fn with(photos: Result<Vec<Filed>, Wrong>, kept: Kept, lang: Lang) -> Result<Vec<Filed>, Wrong> {
    let mut photos = photos?;
    match kept {
        Kept::Nothing => Ok(photos),
        Kept::File(_) if photos.len() >= MOST => Err(Wrong::TooMany),
        Kept::File(file) => {
            photos.push(file);
            Ok(photos)
        }
        Kept::Refused(refused) => Err(Wrong::Photos(refused.say(lang))),
    }
}
