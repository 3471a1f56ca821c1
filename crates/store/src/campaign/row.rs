//! Rows become what they stand for.

use parindex_domain::campaign::{About, Standing};
use parindex_domain::procedure::{
    Base, Campaign, Done, Life, Member, Round, SheetState, Stage, Visibility, Window,
};
use parindex_entity::{campaign, member, stage};
use parindex_rulebook::set::Method;

use crate::StoreError;

pub(crate) fn campaign(row: campaign::Model, stages: Vec<Stage>) -> Result<Campaign, StoreError> {
    let done = |at: Option<i64>, by: Option<String>| Some(Done { at: at?, by: by? });
    let life = match (done(row.opened_at, row.opened_by), done(row.approved_at, row.approved_by)) {
        (None, None) => Life::Draft,
        (Some(opened), None) => Life::Running(opened),
        (Some(opened), Some(approved)) => Life::Approved { opened, approved },
        (None, Some(_)) => {
            return Err(StoreError::inconsistent("campaign", row.id, "approved and never opened"));
        }
    };
    let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
    let unknown =
        || StoreError::inconsistent("campaign", row.id, format!("units cannot see «{}»", row.visibility));
    let visibility = Visibility::of(&row.visibility).ok_or_else(unknown)?;
    let no_base = || StoreError::inconsistent("campaign", row.id, format!("no majority of «{}»", row.base));
    let base = Base::of(&row.base).ok_or_else(no_base)?;
    let year = i16::try_from(row.year)
        .map_err(|_far| StoreError::inconsistent("campaign", row.id, "no such year"))?;
    Ok(Campaign {
        id: row.id,
        about: About {
            code: row.code,
            title: row.title,
            year,
            from: day(row.from_day),
            to: day(row.to_day),
            legal_basis: row.legal_basis,
            note: row.note,
        },
        life,
        revision: row.revision,
        visibility,
        base,
        stages,
    })
}

pub(crate) fn stage(row: stage::Model) -> Result<Stage, StoreError> {
    let unknown = |word: &str| StoreError::inconsistent("stage", row.id, format!("no method «{word}»"));
    let method = |word: &str| Method::of(word).ok_or_else(|| unknown(word));
    let counts = row.counts.as_deref().map(|words| words.split(',').map(method).collect()).transpose()?;
    let window = match (row.opens_at, row.closes_at) {
        (Some(opens), Some(closes)) => Some(
            Window::new(opens, closes)
                .map_err(|_backwards| StoreError::inconsistent("stage", row.id, "closes before it opens"))?,
        ),
        _ => None,
    };
    let released = row.released_at.zip(row.released_by).map(|(at, by)| Done { by, at });
    let round = Round { window, released, explain_until: row.explain_until };
    Ok(Stage { id: row.id, place: row.place, code: row.code, name: row.name, counts, round })
}

/// The words of standings and of how far a sheet is.
pub(crate) mod word {
    pub const RANKED: &str = "ranked";
    pub const UNRANKED: &str = "unranked";
    pub const EXEMPT: &str = "exempt";
    pub const FILLING: &str = "filling";
    pub const SUBMITTED: &str = "submitted";
    pub const RETURNED: &str = "returned";
}

pub(crate) fn member(row: member::Model) -> Result<Member, StoreError> {
    let standing = match row.standing.as_str() {
        word::RANKED => Standing::Ranked,
        word::UNRANKED => Standing::Unranked(row.reason),
        word::EXEMPT => Standing::Exempt(row.reason),
        other => {
            return Err(StoreError::inconsistent("member", row.id, format!("no standing «{other}»")));
        }
    };
    let done = row.sheet_at.zip(row.sheet_by).map(|(at, by)| Done { by, at });
    let sheet_state = match (row.sheet_state.as_str(), done) {
        (word::FILLING, _) => SheetState::Filling,
        (word::SUBMITTED, Some(done)) => SheetState::Submitted { done, seal: row.sheet_said },
        (word::RETURNED, Some(done)) => SheetState::Returned { done, remark: row.sheet_said },
        (other, _) => {
            return Err(StoreError::inconsistent("member", row.id, format!("a sheet cannot be «{other}»")));
        }
    };
    Ok(Member {
        id: row.id,
        campaign: row.campaign,
        block: row.block,
        unit: row.unit,
        code: row.code,
        name: row.name,
        parent: row.parent,
        standing,
        sheet_state,
        more: row.more_until,
    })
}
