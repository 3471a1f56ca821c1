//! A campaign begins empty, or as a copy of another one: its stages, blocks and units, without what was entered.

use axum::extract::State;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::set::Method;
use parindex_store::Refusal;
use parindex_store::campaign::{AddCampaign, MOST_ROUNDS, NewBlock, NewMember, NewStage, Whole};
use serde::Deserialize;

use super::add::show;
use super::whole;
use crate::app::App;
use crate::failure::Answer;
use crate::once::make;
use crate::protected::Protected;
use crate::typed::one_line;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
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

impl Typed {
    /// The campaign without stages and blocks.
    fn read(&self, lang: Lang) -> Result<AddCampaign, Vec<String>> {
        let (code, title) = (one_line(&self.code, 60), one_line(&self.title, 500));
        let mut wrong = Vec::new();
        let usable = |each: char| each.is_alphanumeric() || matches!(each, '.' | '-' | '_');
        if code.is_empty() || !code.chars().all(usable) {
            wrong.push(lang.pick(
                "mã: cần chữ, số, dấu chấm, gạch nối, ví dụ «ha-noi-2026»",
                "code: letters, digits, dots, hyphens, such as “ha-noi-2026”",
            ));
        }
        if title.is_empty() {
            wrong.push(lang.pick("tên: không được để trống", "title: must not be empty"));
        }
        let year = self.year.trim().parse::<i16>().ok().filter(|year| (2000..=2100).contains(year));
        if year.is_none() {
            wrong.push(lang.pick("năm: cần một năm, ví dụ 2026", "year: a year is needed, such as 2026"));
        }
        let Some(year) = year.filter(|_| wrong.is_empty()) else {
            return Err(wrong.into_iter().map(str::to_owned).collect());
        };
        let day = |month, day| jiff::civil::Date::new(year, month, day).ok();
        Ok(AddCampaign {
            code,
            title,
            legal_basis: one_line(&self.legal_basis, 1_000),
            year,
            days: (day(1, 1), day(12, 31)),
            note: String::new(),
            stages: Vec::new(),
            blocks: Vec::new(),
        })
    }

    /// Self-assessment, the rounds, the result.
    fn stages(&self, lang: Lang) -> Vec<NewStage> {
        let rounds = self.rounds.trim().parse::<usize>().unwrap_or(2).clamp(1, MOST_ROUNDS);
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
fn like(of: &Whole, new: AddCampaign) -> AddCampaign {
    let stage = |stage: &parindex_store::campaign::Stage| NewStage {
        code: stage.code.clone(),
        name: stage.name.clone(),
        counts: stage.counts.clone(),
    };
    let member = |member: &parindex_store::campaign::Member| NewMember {
        unit: member.unit,
        code: member.code.clone(),
        name: member.name.clone(),
        parent: member.parent.clone(),
        standing: member.standing.clone(),
        entries: Vec::new(),
    };
    let block = |block: &parindex_store::campaign::Block| NewBlock {
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

/// Begins it.
pub async fn act(State(app): State<App>, visitor: Visitor, Protected(typed): Protected<Typed>) -> Answer {
    let new = match typed.read(visitor.lang) {
        Ok(new) => new,
        Err(wrong) => return show(&app, &visitor, wrong).await,
    };
    let new = match typed.like.trim().parse::<i64>() {
        Ok(id) => like(&whole(&app, id).await?, new),
        Err(_none) => AddCampaign { stages: typed.stages(visitor.lang), ..new },
    };
    match make(&app, &visitor, new, |id| format!("/campaigns/{id}/prepare")).await {
        Ok(answer) => Ok(answer),
        Err(in_use @ Refusal::Taken(_)) => show(&app, &visitor, vec![in_use.say(visitor.lang)]).await,
        Err(other) => Err(other.into()),
    }
}
