//! A point comes onto the agenda of the council.

use axum::extract::{Path, State};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::set::Compiled;
use parindex_store::council::TableMotion;
use serde::Deserialize;

use super::show::show;
use parindex_service::campaign::campaign_detail;
use parindex_service::campaign::load::compiled;
use parindex_service::day;
use parindex_service::sheet::value::points;
use parindex_service::typed::lines;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::{judged, said};
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct MotionForm {
    #[serde(default)]
    member: i64,
    #[serde(default)]
    criterion: String,
    #[serde(default)]
    points: String,
    #[serde(default)]
    proposal: String,
    /// What the page showed, of a point that goes on in writing.
    #[serde(default, rename = "seen.points")]
    seen_points: String,
    #[serde(default, rename = "seen.proposal")]
    seen_proposal: String,
    #[serde(default)]
    until: String,
}

impl MotionForm {
    /// The points and the reason that are meant: what was typed, or what stands on the agenda already.
    fn meant(&self) -> (&str, &str) {
        if self.points.is_empty() && self.proposal.is_empty() {
            return (self.seen_points.trim(), &self.seen_proposal);
        }
        (self.points.trim(), &self.proposal)
    }

    /// The point of the agenda; or the sentence that says what is wrong.
    fn read(&self, (set, node): (&Compiled, usize), when: When, lang: Lang) -> Result<TableMotion, String> {
        let (meant, why) = self.meant();
        let of = lang.pick("Điểm đề nghị", "Proposed points");
        let points = points(set, node, meant, lang).map_err(|needed| format!("{of}: {needed}."))?;
        let proposal = lines(("Lý do", "The reason"), why).map_err(|long| format!("{}.", long.say(lang)))?;
        let called = ("Hạn lấy ý kiến", "The deadline of votes");
        let until = day::read_later(called, &self.until, when, lang)?;
        if !self.until.trim().is_empty() && until.is_none() {
            let sentence = lang.pick(
                "Hạn lấy ý kiến phải là một thời điểm sau lúc này; để trống nếu biểu quyết tại phiên họp.",
                "The deadline of votes has to be after now; leave it empty for a vote in session.",
            );
            return Err(sentence.to_owned());
        }
        if proposal.is_empty() {
            let sentence = lang.pick("Hãy ghi lý do của đề nghị.", "Write the reason of the proposal.");
            return Err(sentence.to_owned());
        }
        Ok(TableMotion {
            member: self.member,
            criterion: self.criterion.clone(),
            points,
            proposal,
            in_writing: until.is_some(),
            until,
        })
    }

    /// The same form again, with what is wrong.
    fn mistaken(&self, sentence: String) -> Mistake {
        Mistake::new(form(self.member, &self.criterion), sentence)
            .with("points", &self.points)
            .with("proposal", &self.proposal)
            .with("until", &self.until)
    }
}

/// The assessed year, and now.
type When = (i16, i64);

/// What the page calls the form for a criterion of a sheet.
pub fn form(member: i64, criterion: &str) -> String {
    format!("table-{member}-{criterion}")
}

/// Puts it there; with a deadline it is voted on in writing.
pub async fn table_motion(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<MotionForm>,
) -> Answer {
    let of = campaign_detail(&app.service, campaign).await?;
    let member = of.member(typed.member).ok_or(Failure::NotFound)?;
    let set = compiled(&app.service, of.block(member.block).ok_or(Failure::NotFound)?).await?;
    let node =
        set.set.find(&typed.criterion).filter(|node| set.tree.is_leaf(*node)).ok_or(Failure::NotFound)?;
    let table = match typed.read((&set, node), (of.campaign.year, app.now()), visitor.lang) {
        Ok(table) => table,
        Err(sentence) => return show(&app, &visitor, campaign, typed.mistaken(sentence).into()).await,
    };
    let to = move |_motion: &i64, another: bool| {
        let council = format!("/campaigns/{campaign}/council");
        if another { said(&council) } else { council }
    };
    judged(&app, &visitor, table, to).await
}
