//! The agenda of the council, and what it has decided.

use std::collections::HashSet;

use askama::Template;
use axum::extract::Path;
use parindex_domain::campaign::Scored;
use parindex_domain::procedure::{CampaignDetail, Choice, Count, RulingKind};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::number::Number;
use parindex_store::council::{Council, Motion};
use parindex_store::evidence::Evidence;
use parindex_store::remark::Remark;
use parindex_store::verdict::Verdict;

use super::substitute::{self, SubstituteView};
use parindex_service::campaign::campaign_detail;
use parindex_service::campaign::load::{Loaded, load};
use parindex_service::own::Own;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::mistake::Mistakes;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// A point of the agenda.
struct Point {
    motion: Motion,
    count: Count,
    unit: String,
    criterion: String,
    points: String,
    /// Points of every stage.
    stages: Vec<(String, String)>,
    own: Option<Choice>,
    over: bool,
    said: Said,
    /// The members who cannot vote, because it is about their own unit.
    barred: Vec<String>,
    may: May,
}

/// What the visitor may do about a sheet.
struct May {
    vote: bool,
    run: bool,
    /// Whether he sees the sheet; others see what is decided, not what was said.
    see: bool,
    /// Why not, where it is his own.
    own: Option<String>,
}

/// What was said about a criterion of a sheet before the council decides, and what proves it.
struct Said {
    verdicts: Vec<Verdict>,
    remarks: Vec<Remark>,
    documents: Vec<Evidence>,
}

/// What an appraiser left to the council, and nobody has put on the agenda.
struct Waiting {
    verdict: Verdict,
    unit: String,
    criterion: String,
    max: String,
    /// Whether it was voted on and not adopted.
    rejected: bool,
    said: Said,
    may: May,
}

#[derive(Template)]
#[template(path = "council/show.html")]
struct CouncilPage {
    frame: Frame,
    of: CampaignDetail,
    open: Vec<Point>,
    decided: Vec<Point>,
    waiting: Vec<Waiting>,
    members: usize,
    runs_itself: bool,
    /// Who decides about the standing body’s own unit, where the visitor names him.
    substitutes: Option<SubstituteView>,
    mistakes: Mistakes,
}

impl CouncilPage {
    fn choices(&self) -> [(Choice, &'static str); 3] {
        let pick = |vi, en| self.frame.lang.pick(vi, en);
        [
            (Choice::For, pick("Tán thành", "For")),
            (Choice::Against, pick("Không tán thành", "Against")),
            (Choice::Abstain, pick("Ý kiến khác", "Abstain")),
        ]
    }

    /// Who voted how, in words.
    fn votes(&self, point: &Point) -> Vec<String> {
        let word = |choice: Choice| {
            self.choices().into_iter().find(|(each, _)| *each == choice).map_or("", |(_, word)| word)
        };
        point.motion.votes.iter().map(|(_, name, choice)| format!("{name}: {}", word(*choice))).collect()
    }
}

pub async fn show_council(Snapshot(app): Snapshot, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    show(&app, &visitor, id, Mistakes::default()).await
}

/// The page, with what was typed and could not be kept.
pub async fn show(app: &App, visitor: &Visitor, id: i64, mistakes: Mistakes) -> Answer {
    let of = campaign_detail(&app.service, id).await?;
    visitor.permit(Act::SeeScores, &Subject::Everything)?;
    let council = app.store.council(id, of.campaign.base).await?;
    let all = of.ids();
    let verdicts = app.store.verdicts(&all).await?;
    let left = verdicts.iter().filter(|verdict| verdict.kind == RulingKind::Council).cloned();
    let left: Vec<Verdict> = left.filter(|verdict| !on_agenda(&council.motions, verdict)).collect();
    let mut about: Vec<i64> = council.motions.iter().map(|motion| motion.member).collect();
    about.extend(left.iter().map(|verdict| verdict.member));
    let said = Said {
        verdicts,
        remarks: app.store.remarks(&about).await?,
        documents: app.store.evidence(&about).await?,
    };
    let loaded = load(&app.service, &of, &about, usize::MAX).await?;
    let own = Own::of(&app.service, &visitor.viewer, &about).await?;
    let own = own.with(&app.service, id, Act::Vote).await?.with(&app.service, id, Act::RunCouncil).await?;
    let frame = Frame::new(app, visitor);
    let places = of.stages.iter().map(|stage| stage.place);
    let scored: Vec<_> = places.map(|place| loaded.score(place)).collect::<Result<_, _>>()?;
    let look = Look {
        of: &of,
        loaded: &loaded,
        scored: &scored,
        frame: &frame,
        council: &council,
        said: &said,
        own: &own,
        sees_all: visitor.permit(Act::SeeSheets, &Subject::Everything).is_ok(),
    };
    let person = visitor.complete().map_or(0, |session| session.person.id);
    let rejected: HashSet<(i64, String)> =
        council.motions.iter().map(|motion| (motion.member, motion.criterion.clone())).collect();
    let points = council.motions.iter().map(|motion| look.point(motion, person, app.now()));
    let points: Vec<Point> = points.collect::<Result<_, _>>()?;
    let waiting =
        left.into_iter().map(|verdict| look.waiting(verdict, &rejected)).collect::<Result<_, _>>()?;
    let (decided, open) = points.into_iter().partition(|point| point.motion.closed.is_some());
    let page = CouncilPage {
        substitutes: substitute::named(app, visitor, &of).await?,
        runs_itself: own.runs_itself(),
        open,
        decided,
        waiting,
        members: council.members.len(),
        frame,
        of,
        mistakes,
    };
    Ok(page_with(page.mistakes.status(), &page))
}

struct Look<'l> {
    of: &'l CampaignDetail,
    loaded: &'l Loaded,
    /// The campaign at every stage.
    scored: &'l [Scored<'l>],
    frame: &'l Frame,
    council: &'l Council,
    said: &'l Said,
    own: &'l Own,
    /// Whether the visitor sees the sheets of all units.
    sees_all: bool,
}

/// Whether a point that an appraiser left to the council is being voted on, or was adopted. What was rejected may come again.
fn on_agenda(motions: &[Motion], verdict: &Verdict) -> bool {
    motions.iter().any(|motion| {
        (motion.member, &motion.criterion) == (verdict.member, &verdict.criterion)
            && motion.closed.as_ref().is_none_or(|(_, _, adopted)| *adopted)
    })
}

impl Look<'_> {
    /// The unit, the criterion and its node; none where a move of the set has dropped it.
    fn names(&self, member: i64, criterion: &str) -> Result<(String, String, Option<usize>), Failure> {
        let unit = self.of.member(member).ok_or(Failure::NotFound)?.name.clone();
        let set = self.loaded.set(self.loaded.seat(member)?.0)?;
        let node = set.set.find(criterion);
        let gone = || self.frame.t("(không còn trong bộ tiêu chí)", "(no longer in the set)").to_owned();
        let name =
            node.and_then(|node| set.set.criteria.get(node)).map_or_else(gone, |each| each.name.clone());
        Ok((unit, format!("{criterion} {name}"), node))
    }

    /// What was said about one criterion of one sheet.
    fn said_of(&self, member: i64, criterion: &str) -> Said {
        let said = self.said;
        let verdicts =
            said.verdicts.iter().filter(|each| each.member == member && each.criterion == criterion);
        let remarks = said.remarks.iter().filter(|each| each.member == member && each.criterion == criterion);
        let documents =
            said.documents.iter().filter(|each| each.member == member && each.criterion == criterion);
        Said {
            verdicts: verdicts.filter(|each| !each.reason.is_empty()).cloned().collect(),
            remarks: remarks.cloned().collect(),
            documents: documents.cloned().collect(),
        }
    }

    /// What the visitor may do about a sheet; a notice is for whoever could do it elsewhere.
    fn may(&self, member: i64) -> May {
        let notice = |act| self.own.notice(act, self.of.member(member)?, self.frame.lang);
        May {
            vote: self.own.may(Act::Vote, member),
            run: self.own.may(Act::RunCouncil, member),
            see: self.sees_all || self.own.stands_in(Act::SeeSheets, member),
            own: notice(Act::Vote).or_else(|| notice(Act::RunCouncil)),
        }
    }

    fn point(&self, motion: &Motion, person: i64, now: i64) -> Result<Point, Failure> {
        let (unit, criterion, node) = self.names(motion.member, &motion.criterion)?;
        let (block, seat) = self.loaded.seat(motion.member)?;
        let digits = self.loaded.set(block)?.set.settings.rounding.digits.get();
        let mut stages = Vec::new();
        for (stage, scored) in self.of.stages.iter().zip(self.scored) {
            let points = node.and_then(|node| scored.points(block, seat, node));
            stages.push((stage.name.clone(), self.frame.points(points, digits)));
        }
        let proposed: Result<Number, _> = motion.points.parse();
        Ok(Point {
            count: self.council.count(motion),
            barred: self.council.barred(motion),
            may: self.may(motion.member),
            own: motion.votes.iter().find(|(who, _, _)| *who == person).map(|(_, _, choice)| *choice),
            over: motion.until.is_some_and(|until| now >= until),
            points: proposed
                .map_or_else(|_| motion.points.clone(), |points| self.frame.lang.fixed(&points, digits)),
            said: self.said_of(motion.member, &motion.criterion),
            unit,
            criterion,
            stages,
            motion: motion.clone(),
        })
    }

    fn waiting(&self, verdict: Verdict, rejected: &HashSet<(i64, String)>) -> Result<Waiting, Failure> {
        let (unit, criterion, node) = self.names(verdict.member, &verdict.criterion)?;
        let set = self.loaded.set(self.loaded.seat(verdict.member)?.0)?;
        Ok(Waiting {
            rejected: rejected.contains(&(verdict.member, verdict.criterion.clone())),
            said: self.said_of(verdict.member, &verdict.criterion),
            may: self.may(verdict.member),
            unit,
            criterion,
            max: node.map_or_else(|| "–".to_owned(), |node| self.frame.lang.short(set.max(node))),
            verdict,
        })
    }
}
