//! What was typed for a criterion is kept, at every change of a field and at the button.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::Refusal;
use parindex_store::sheet::{Cell, Keep, NOTE, kind};

use super::field::{Source, Typed};
use super::show::{Trouble, show};
use super::{code, open, within};
use crate::app::App;
use crate::campaign::scored::compiled;
use crate::campaign::show::counts;
use crate::failure::{Answer, Failure};
use crate::protected::Protected;
use crate::typed::lines;
use crate::visitor::Visitor;

/// Keeps it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((member, at)): Path<(i64, String)>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let sheet = open(&app, &visitor, member).await?;
    let block = sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?;
    let set = compiled(&app, block).await?;
    let stage = sheet.of.stages.first().ok_or(Failure::NotFound)?;
    let node = set.set.find(&at).filter(|node| set.tree.is_leaf(*node)).ok_or(Failure::NotFound)?;
    if !counts(&set, stage, node) {
        return Err(Refusal::Locked(parindex_domain::procedure::Locked::NotYours).into());
    }
    let fields = Source { set: &set, node, cells: &[], typed: None, lang: visitor.lang };
    let own =
        |owner: &str| set.set.find(owner).is_some_and(|owner| sheet.may_fill(&visitor, &within(&set, owner)));
    let parts = match fields.read(&typed) {
        // An input of a node above may serve criteria that were not delegated.
        Ok(parts) => parts.into_iter().chain(note(&typed, &at)).filter(|(owner, _)| own(owner)).collect(),
        Err(wrong) => {
            let trouble = Trouble { typed: Some(typed), wrong, ..Trouble::default() };
            return show(&app, &visitor, (member, &at), trouble).await;
        }
    };
    let within = within(&set, node);
    match app.store.commit(&visitor.actor(), app.now(), Keep { member, within, parts }).await {
        Ok(_changed) => {
            let all = sheet.leaves(&set);
            let next = all.iter().position(|each| *each == node).and_then(|place| all.get(place + 1));
            let go =
                next.filter(|_| typed.contains_key("next")).map_or(at.as_str(), |next| code(&set, *next));
            Ok(Redirect::to(&format!("/sheets/{member}/{go}")).into_response())
        }
        Err(Refusal::Overtaken(overtaken)) => {
            let trouble = Trouble { typed: Some(typed), overtaken, ..Trouble::default() };
            show(&app, &visitor, (member, &at), trouble).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What the unit says about the criterion, where the form had the field for it.
fn note(typed: &Typed, at: &str) -> Option<(String, Vec<Cell>)> {
    let text = lines(typed.get("note")?);
    let seen = typed.get("seen.note").and_then(|seen| seen.parse().ok()).unwrap_or(0);
    Some((at.to_owned(), vec![Cell { input: NOTE.to_owned(), kind: kind::NOTE, text, seen }]))
}
