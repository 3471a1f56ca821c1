//! What a campaign still needs before it opens: its windows, its people, its settled sets.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parindex_domain::campaign::Standing;
use parindex_domain::procedure::{Base, Block, CampaignDetail, Life, Member, Missing, Stage, Visibility};
use parindex_domain::right::{Act, Subject};
use parindex_store::criteria_set::{LibrarySet, Version};

use super::window::FORM;
use parindex_service::campaign::campaign_detail;
use parindex_service::campaign::counted::counts;
use parindex_service::campaign::load::compiled;
use parindex_service::day;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::mistake::Mistakes;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

#[derive(Template)]
#[template(path = "campaign/prepare.html")]
struct PreparePage {
    frame: Frame,
    of: CampaignDetail,
    missing: Vec<Missing>,
    sets: Vec<(i64, i64, String)>,
    mistakes: Mistakes,
}

impl PreparePage {
    fn windows(&self) -> impl Iterator<Item = &Stage> {
        self.of.stages.iter()
    }

    /// What is wrong with an end of a window.
    fn problem(&self, end: &str, stage: &Stage) -> Option<&str> {
        self.mistakes.at(FORM, &format!("{end}.{}", stage.code))
    }

    fn opens(&self, stage: &Stage) -> String {
        let stands = stage.round.window.map(|window| day::shown_moment(window.opens())).unwrap_or_default();
        self.mistakes.or(FORM, &format!("opens.{}", stage.code), &stands).to_owned()
    }

    fn closes(&self, stage: &Stage) -> String {
        let stands = stage.round.window.map(|window| day::shown_moment(window.closes())).unwrap_or_default();
        self.mistakes.or(FORM, &format!("closes.{}", stage.code), &stands).to_owned()
    }

    /// Whether what was typed belongs to one of the units.
    fn is_of_units(&self) -> bool {
        let others = ["describe", "block", "remove", "round", FORM];
        self.mistakes.0.is_some() && !others.iter().any(|form| self.mistakes.says(form).is_some())
    }

    /// The last round, while it can be taken away.
    fn spare_round(&self) -> Option<&Stage> {
        let last = self.of.rounds().next_back().filter(|round| round.round.released.is_none());
        last.filter(|_| self.of.rounds().count() > 1 && !self.is_approved())
    }

    fn is_approved(&self) -> bool {
        matches!(self.of.campaign.life, Life::Approved { .. })
    }

    /// Whether some units were found in no list.
    fn has_unknown(&self) -> bool {
        self.of.members.iter().any(|member| member.unit.is_none())
    }

    fn visibility(&self) -> &str {
        self.mistakes.or("describe", "visibility", self.of.campaign.visibility.word())
    }

    fn base(&self) -> &str {
        self.mistakes.or("describe", "base", self.of.campaign.base.word())
    }

    fn day(of: Option<&jiff::civil::Date>) -> String {
        of.copied().map(day::shown).unwrap_or_default()
    }

    fn blocking(&self) -> usize {
        self.missing.iter().filter(|each| !each.can_wait()).count()
    }

    /// The standing of a unit and its reason, as typed or as they are.
    fn standing_of(&self, member: &Member) -> (String, String) {
        let form = format!("standing-{}", member.id);
        let (standing, reason) = match &member.standing {
            Standing::Ranked => ("ranked", ""),
            Standing::Unranked(reason) => ("unranked", reason.as_str()),
            Standing::Exempt(reason) => ("exempt", reason.as_str()),
        };
        let or = |field, stands| self.mistakes.or(&form, field, stands).to_owned();
        (or("standing", standing), or("reason", reason))
    }

    fn is_draft(&self) -> bool {
        self.of.campaign.life == Life::Draft
    }

    fn counts(&self, block: &Block) -> (usize, usize) {
        let of_block = self.of.members.iter().filter(|member| member.block == block.id);
        let exempt = of_block.clone().filter(|member| !member.standing.is_assessed());
        (of_block.clone().count() - exempt.clone().count(), exempt.count())
    }
}

pub async fn show_preparation(Snapshot(app): Snapshot, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    show(&app, &visitor, id, Mistakes::default()).await
}

/// The page, with what was typed and could not be kept.
pub async fn show(app: &App, visitor: &Visitor, id: i64, mistakes: Mistakes) -> Result<Response, Failure> {
    visitor.permit(Act::RunCampaigns, &Subject::Everything)?;
    let of = campaign_detail(&app.service, id).await?;
    let mut missing = app.store.missing(&of, app.now()).await?;
    missing.extend(without_appraiser(app, &of).await?);
    let sets = settled(app).await?;
    let frame = Frame::new(app, visitor);
    Ok(page_with(mistakes.status(), &PreparePage { frame, of, missing, sets, mistakes }))
}

/// The domains that nobody was given to appraise.
async fn without_appraiser(app: &App, of: &CampaignDetail) -> Result<Vec<Missing>, Failure> {
    let Some(round) = of.rounds().next() else { return Ok(Vec::new()) };
    let given = app.store.remits(of.campaign.id).await?;
    let mut missing = Vec::new();
    for block in &of.blocks {
        // What does not compile is said of the set itself.
        let Ok(set) = compiled(&app.service, block).await else { continue };
        let mut domains: Vec<usize> = Vec::new();
        for node in set.leaves().into_iter().filter(|node| counts(&set, round, *node)) {
            let top = set.tree.ancestors(node).last().unwrap_or(node);
            if domains.last() != Some(&top) {
                domains.push(top);
            }
        }
        domains.retain(|domain| !given.iter().any(|remit| remit.covers(&block.code, set.code(*domain))));
        missing.extend(domains.into_iter().map(|domain| Missing::NoAppraiser {
            remit: format!("{}/{}", block.code, set.code(domain)),
            domain: set.set.criteria.get(domain).map_or_else(String::new, |each| each.name.clone()),
        }));
    }
    Ok(missing)
}

/// The settled versions of the library: set, number, title.
pub async fn settled(app: &App) -> Result<Vec<(i64, i64, String)>, Failure> {
    let sets = app.store.criteria_sets().await?;
    let of = |(set, versions): (LibrarySet, Vec<Version>)| {
        let settled = versions.into_iter().filter(|version| !version.draft);
        settled.map(move |version| (set.id, version.number, set.title.clone())).collect::<Vec<_>>()
    };
    Ok(sets.into_iter().flat_map(of).collect())
}
