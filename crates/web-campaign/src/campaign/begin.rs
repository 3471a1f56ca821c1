//! A campaign begins empty, or as a copy of another one: its stages, blocks and units, without what was entered.

use axum::extract::State;
use jiff::civil::Date;
use parindex_domain::campaign::assessed_years;
use parindex_domain::procedure::CampaignDetail;
use parindex_package::beside::PackageExtras;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::set::Method;
use parindex_store::Refusal;
use parindex_store::campaign::{AddCampaign, MAX_ROUNDS, NewBlock, NewMember, NewStage};
use serde::Deserialize;

use super::add::again;
use parindex_service::campaign::campaign_detail;
use parindex_service::typed::{TooLong, one_line};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::make;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct BeginForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    legal_basis: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    rounds: String,
    /// The row of the campaign that is copied; empty for none.
    #[serde(default)]
    like: String,
}

impl BeginForm {
    /// What was typed, with what is wrong.
    fn mistake(&self, sentence: &str) -> Mistake {
        let mistake = Mistake::new("begin", sentence).with("code", &self.code).with("title", &self.title);
        let mistake = mistake.with("legal_basis", &self.legal_basis).with("year", &self.year);
        mistake.with("rounds", &self.rounds).with("like", &self.like)
    }

    /// The texts in one line each, with the names of their fields.
    fn texts(&self) -> [(&'static str, Result<String, TooLong>); 3] {
        [
            ("code", one_line(("Mã", "The code"), &self.code, 60)),
            ("title", one_line(("Tên", "The title"), &self.title, 500)),
            ("legal_basis", one_line(("Căn cứ", "The basis"), &self.legal_basis, 1_000)),
        ]
    }

    /// What is wrong with which field.
    fn wrong(&self, today: Date, lang: Lang) -> Vec<(&'static str, String)> {
        let refused = |(field, text): (&'static str, Result<String, TooLong>)| {
            text.err().map(|long| (field, format!("{}.", long.say(lang))))
        };
        let mut wrong: Vec<_> = self.texts().into_iter().filter_map(refused).collect();
        let mut say = |field, vi: &str, en: &str| wrong.push((field, lang.pick(vi, en).to_owned()));
        if self.title.trim().is_empty() {
            say("title", "Tên không được để trống.", "The title must not be empty.");
        }
        let usable = |each: char| each.is_alphanumeric() || matches!(each, '.' | '-' | '_');
        let code = self.code.trim();
        if code.is_empty() || !code.chars().all(usable) {
            say(
                "code",
                "Mã cần chữ, số, dấu chấm, gạch nối, ví dụ «ha-noi-2026».",
                "Letters, digits, dots, hyphens, such as “ha-noi-2026”.",
            );
        }
        match self.year() {
            None => say("year", "Cần một năm, ví dụ 2026.", "A year is needed, such as 2026."),
            Some(year) if !assessed_years(today).contains(&year) => {
                let (first, last) = assessed_years(today).into_inner();
                say(
                    "year",
                    &format!("Năm {year} quá xa: năm đánh giá từ {first} đến {last}."),
                    &format!("{year} is too far off: assessed years go from {first} to {last}."),
                );
            }
            Some(_near) => {}
        }
        wrong
    }

    fn year(&self) -> Option<i16> {
        self.year.trim().parse().ok()
    }

    /// The campaign without stages and blocks.
    fn read(&self, today: Date, lang: Lang) -> Result<AddCampaign, Mistake> {
        let wrong = self.wrong(today, lang);
        let Some(year) = self.year().filter(|_| wrong.is_empty()) else {
            let sentence = lang.pick(
                "Chưa lập: hãy sửa các ô đánh dấu dưới đây.",
                "Nothing was begun: correct the fields that are marked below.",
            );
            return Err(wrong
                .into_iter()
                .fold(self.mistake(sentence), |mistake, (field, why)| mistake.at(field, why)));
        };
        let [code, title, legal_basis] = self.texts().map(|(_, text)| text.unwrap_or_default());
        let day = |month, day| Date::new(year, month, day).ok();
        Ok(AddCampaign {
            code,
            title,
            legal_basis,
            year,
            days: (day(1, 1), day(12, 31)),
            note: String::new(),
            stages: Vec::new(),
            blocks: Vec::new(),
            beside: PackageExtras::default(),
        })
    }

    /// Self-assessment, the rounds, the result.
    fn stages(&self, lang: Lang) -> Vec<NewStage> {
        let rounds = self.rounds.trim().parse::<usize>().unwrap_or(2).clamp(1, MAX_ROUNDS);
        let stage = |code: String, name: String, counts: Option<&[Method]>| NewStage {
            code,
            name,
            counts: counts.map(<[Method]>::to_vec),
        };
        let own = lang.pick("Tự đánh giá", "Self-assessment").to_owned();
        let mut stages = vec![stage("self".to_owned(), own, Some(&[Method::SelfAssessed]))];
        stages.extend((1..=rounds).map(|round| {
            let name = lang.pick(format!("Thẩm định lần {round}"), format!("Appraisal {round}"));
            stage(format!("appraisal-{round}"), name, Some(&[Method::SelfAssessed, Method::Appraised]))
        }));
        stages.push(stage("final".to_owned(), lang.pick("Kết quả", "Result").to_owned(), None));
        stages
    }
}

/// Stages, blocks and units of another campaign.
fn like(of: &CampaignDetail, new: AddCampaign) -> AddCampaign {
    let stage = |stage: &parindex_domain::procedure::Stage| NewStage {
        code: stage.code.clone(),
        name: stage.name.clone(),
        counts: stage.counts.clone(),
    };
    let member = |member: &parindex_domain::procedure::Member| NewMember {
        unit: member.unit,
        code: member.code.clone(),
        name: member.name.clone(),
        parent: member.parent.clone(),
        standing: member.standing.clone(),
        entries: Vec::new(),
    };
    let block = |block: &parindex_domain::procedure::Block| NewBlock {
        code: block.code.clone(),
        name: block.name.clone(),
        version: (block.set, block.number),
        members: of.members.iter().filter(|each| each.block == block.id).map(member).collect(),
    };
    AddCampaign {
        stages: of.stages.iter().map(stage).collect(),
        blocks: of.blocks.iter().map(block).collect(),
        ..new
    }
}

pub async fn begin_campaign(
    State(app): State<App>,
    visitor: Visitor,
    Protected(typed): Protected<BeginForm>,
) -> Answer {
    let new = match typed.read(app.today(), visitor.lang) {
        Ok(new) => new,
        Err(mistake) => return again(&app, &visitor, mistake).await,
    };
    let new = match typed.like.trim().parse::<i64>() {
        Ok(id) => like(&campaign_detail(&app.service, id).await?, new),
        Err(_none) => AddCampaign { stages: typed.stages(visitor.lang), ..new },
    };
    match make(&app, &visitor, new, |id| format!("/campaigns/{id}/prepare")).await {
        Ok(answer) => Ok(answer),
        Err(in_use @ Refusal::Taken(_)) => {
            let why = in_use.say(visitor.lang);
            again(&app, &visitor, typed.mistake(&why).at("code", why.clone())).await
        }
        Err(other) => Err(other.into()),
    }
}
