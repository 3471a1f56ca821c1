//! What a campaign still needs before it opens: its windows, its people, its settled sets.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::campaign::Standing;
use parindex_domain::procedure::{Life, Missing};
use parindex_domain::right::{Act, Subject};
use parindex_store::campaign::{Block, Member, Stage, Whole};
use parindex_store::criteria_set::{CriteriaSet, Version};

use super::scored::compiled;
use super::show::counts;
use super::{field_moment, whole};
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::frame::{Frame, page_with};
use crate::sheet::{code, leaves};
use crate::visitor::Visitor;

/// A window that was typed and is none.
pub struct WrongWindow {
    /// The place of the stage.
    pub stage: i64,
    /// What was typed.
    pub typed: (String, String),
    /// What is wrong.
    pub sentence: String,
}

#[derive(Template)]
#[template(path = "campaign/prepare.html")]
struct PreparePage {
    frame: Frame,
    of: Whole,
    missing: Vec<Missing>,
    sets: Vec<(i64, i64, String)>,
    wrong: Option<WrongWindow>,
}

impl PreparePage {
    fn windows(&self) -> impl Iterator<Item = &Stage> {
        self.of.stages.iter()
    }

    fn wrong(&self, stage: &Stage) -> Option<&WrongWindow> {
        self.wrong.as_ref().filter(|wrong| wrong.stage == stage.place)
    }

    fn problem(&self, stage: &Stage) -> Option<&str> {
        self.wrong(stage).map(|wrong| wrong.sentence.as_str())
    }

    fn opens(&self, stage: &Stage) -> String {
        let typed = self.wrong(stage).map(|wrong| wrong.typed.0.clone());
        typed.or(stage.round.window.map(|window| field_moment(window.opens()))).unwrap_or_default()
    }

    fn closes(&self, stage: &Stage) -> String {
        let typed = self.wrong(stage).map(|wrong| wrong.typed.1.clone());
        typed.or(stage.round.window.map(|window| field_moment(window.closes()))).unwrap_or_default()
    }

    fn blocking(&self) -> usize {
        self.missing.iter().filter(|each| !each.can_wait()).count()
    }

    fn standing(member: &Member) -> (&'static str, &str) {
        match &member.standing {
            Standing::Ranked => ("ranked", ""),
            Standing::Unranked(reason) => ("unranked", reason),
            Standing::Exempt(reason) => ("exempt", reason),
        }
    }

    fn is_draft(&self) -> bool {
        self.of.campaign.life == Life::Draft
    }

    fn counts(&self, block: &Block) -> (usize, usize) {
        let of_block = self.of.members.iter().filter(|member| member.block == block.id);
        let exempt = of_block.clone().filter(|member| matches!(member.standing, Standing::Exempt(_)));
        (of_block.clone().count() - exempt.clone().count(), exempt.count())
    }
}

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    show(&app, &visitor, id, None).await
}

/// The page, with a window that was typed and is none.
pub async fn show(
    app: &App,
    visitor: &Visitor,
    id: i64,
    wrong: Option<WrongWindow>,
) -> Result<Response, Failure> {
    visitor.permit(Act::RunCampaigns, &Subject::Everything)?;
    let of = whole(app, id).await?;
    let mut missing = app.store.missing(&of, app.now()).await?;
    missing.extend(without_appraiser(app, &of).await?);
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let sets = settled(app).await?;
    Ok(page_with(status, &PreparePage { frame: Frame::new(app, visitor), of, missing, sets, wrong }))
}

/// The domains that nobody was given to appraise.
async fn without_appraiser(app: &App, of: &Whole) -> Result<Vec<Missing>, Failure> {
    let Some(round) = of.rounds().next() else { return Ok(Vec::new()) };
    let given = app.store.remits().await?;
    let mut missing = Vec::new();
    for block in &of.blocks {
        // What does not compile is said of the set itself.
        let Ok(set) = compiled(app, block).await else { continue };
        let mut domains: Vec<usize> = Vec::new();
        for node in leaves(&set).into_iter().filter(|node| counts(&set, round, *node)) {
            let top = set.tree.ancestors(node).last().unwrap_or(node);
            if domains.last() != Some(&top) {
                domains.push(top);
            }
        }
        domains.retain(|domain| !given.iter().any(|remit| remit.covers(&block.code, code(&set, *domain))));
        missing.extend(domains.into_iter().map(|domain| Missing::NoAppraiser {
            remit: format!("{}/{}", block.code, code(&set, domain)),
            domain: set.set.criteria.get(domain).map_or_else(String::new, |each| each.name.clone()),
        }));
    }
    Ok(missing)
}

/// The settled versions of the library: set, number, title.
pub async fn settled(app: &App) -> Result<Vec<(i64, i64, String)>, Failure> {
    let sets = app.store.criteria_sets().await?;
    let of = |(set, versions): (CriteriaSet, Vec<Version>)| {
        let settled = versions.into_iter().filter(|version| !version.draft);
        settled.map(move |version| (set.id, version.number, set.title.clone())).collect::<Vec<_>>()
    };
    Ok(sets.into_iter().flat_map(of).collect())
}
