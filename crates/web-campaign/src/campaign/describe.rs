//! What a campaign is called and which days it is about are said anew.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use parindex_domain::campaign::DayOf;
use parindex_domain::procedure::{Base, Campaign, Visibility};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::campaign::Describe;
use serde::Deserialize;

use super::prepare::show;
use parindex_service::campaign::campaign_detail;
use parindex_service::day;
use parindex_service::typed::{TooLong, lines, one_line};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct DescribeForm {
    #[serde(default)]
    title: String,
    #[serde(default)]
    legal_basis: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    note: String,
    /// A page from before an update calls it `sight`.
    #[serde(default, alias = "sight")]
    visibility: String,
    #[serde(default)]
    base: String,
}

impl DescribeForm {
    fn read(&self, campaign: &Campaign, lang: Lang) -> Result<Describe, Mistake> {
        let too_long = |long: TooLong| self.mistaken(format!("{}.", long.say(lang)));
        let title = one_line(("Tên", "The title"), &self.title, 500).map_err(too_long)?;
        if title.is_empty() {
            return Err(self.mistaken(lang.pick("Tên không được để trống.", "The title must not be empty.")));
        }
        let basis = one_line(("Căn cứ", "The legal basis"), &self.legal_basis, 1_000).map_err(too_long)?;
        Ok(Describe {
            campaign: campaign.id,
            title,
            legal_basis: basis,
            days: self.days(campaign, lang)?,
            note: lines(("Lưu ý", "The note"), &self.note).map_err(too_long)?,
            visibility: Visibility::of(&self.visibility).unwrap_or(campaign.visibility),
            base: Base::of(&self.base),
        })
    }

    /// The assessed period; what is wrong with it stands at each of its two days.
    fn days(&self, campaign: &Campaign, lang: Lang) -> Result<(Date, Date), Mistake> {
        if self.from.trim().is_empty() || self.to.trim().is_empty() {
            return Err(self.mistaken(backwards(lang)));
        }
        // A package may have come with a longer period, which whoever mends the title leaves as it is.
        let read = |typed: &str, stands: Option<Date>| match day::read_of(DayOf::Period(campaign.year), typed)
        {
            Err(wrong) => {
                day::read(typed).ok().filter(|day| Some(*day) == stands).ok_or_else(|| wrong.say(lang))
            }
            near => near.map_err(|wrong| wrong.say(lang)),
        };
        match (read(&self.from, campaign.from), read(&self.to, campaign.to)) {
            (Ok(from), Ok(to)) if from <= to => Ok((from, to)),
            (Ok(_), Ok(_)) => Err(self.mistaken(backwards(lang))),
            (from, to) => {
                let wrong = [("from", from.err()), ("to", to.err())].into_iter();
                let wrong = wrong.filter_map(|(field, why)| Some((field, format!("{}.", why?))));
                let said = lang.pick(
                    "Chưa lưu: hãy sửa các ô đánh dấu dưới đây.",
                    "Not saved: correct the fields that are marked below.",
                );
                Err(wrong.fold(self.mistaken(said), |mistake, (field, why)| mistake.at(field, why)))
            }
        }
    }

    fn mistaken(&self, sentence: impl Into<String>) -> Mistake {
        let mistake = Mistake::new("describe", sentence).with("title", &self.title);
        let mistake = mistake.with("legal_basis", &self.legal_basis).with("from", &self.from);
        let mistake = mistake.with("to", &self.to).with("note", &self.note);
        mistake.with("visibility", &self.visibility).with("base", &self.base)
    }
}

fn backwards(lang: Lang) -> &'static str {
    lang.pick(
        "Kỳ đánh giá cần ngày đầu và ngày cuối, ngày đầu không sau ngày cuối.",
        "The assessed period needs a first and a last day, in this order.",
    )
}

pub async fn describe_campaign(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<DescribeForm>,
) -> Answer {
    let stands = campaign_detail(&app.service, campaign).await?;
    let describe = match typed.read(&stands.campaign, visitor.lang) {
        Ok(describe) => describe,
        Err(mistake) => return show(&app, &visitor, campaign, mistake.into()).await,
    };
    match app.store.commit(&visitor.actor(), app.now(), describe).await {
        Err(Refusal::NotNow(why)) => {
            let sentence = why.say(visitor.lang);
            return show(&app, &visitor, campaign, typed.mistaken(sentence).into()).await;
        }
        other => other?,
    }
    Ok(Redirect::to(&format!("/campaigns/{campaign}/prepare")).into_response())
}
