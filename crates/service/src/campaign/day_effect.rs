//! What another calendar makes of the campaigns: of how many units points move, and which approved results rest on a day.

use std::collections::HashMap;

use parindex_domain::campaign::{CampaignData, CampaignResult, ScoreProblem};
use parindex_domain::procedure::{CampaignDetail, Life};
use parindex_package::rows::calendar::Day;
use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::number::Number;
use parindex_rulebook::rule::Rule;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::settings::DueOff;
use parindex_store::calendar::{Looked, Special, beside_own};

use crate::calendar::with;
use crate::campaign::campaign_detail;
use crate::campaign::load::load_anew;
use crate::{Service, ServiceError};

/// A change of the days of the server.
pub enum Changed {
    Added(Day),
    /// The one of this row goes.
    Removed(i64),
}

/// What was looked at, for the change that follows.
///
/// # Errors
/// A campaign that cannot be scored.
pub async fn look(service: &Service, changed: &Changed) -> Result<Looked, ServiceError> {
    let days = service.store.special_days().await?;
    let mut looked = Looked { days: days.iter().map(|day| day.id).collect(), ..Looked::default() };
    let mut campaigns = service.store.campaigns().await?;
    campaigns.sort_by_key(|campaign| campaign.id);
    for campaign in campaigns {
        let is_approved = match campaign.life {
            Life::Draft => continue,
            Life::Running(_) => false,
            Life::Approved { .. } => true,
        };
        looked.campaigns.push((campaign.id, is_approved));
        let own = service.store.own_days(campaign.id).await?;
        let calendars = if is_approved { without(&own, &days, changed) } else { both(own, &days, changed) };
        let Some(calendars) = calendars else { continue };
        let of = campaign_detail(service, campaign.id).await?;
        let units = moved(service, &of, calendars).await?;
        match (units, is_approved) {
            (0, _) => {}
            (_, true) => looked.settled.push(campaign.id),
            (units, false) => looked.moved.push((campaign.id, units)),
        }
    }
    Ok(looked)
}

/// The days of a campaign that runs before and after; nothing where it has a day of its own for that date.
fn both(own: Vec<Day>, server: &[Special], changed: &Changed) -> Option<[Vec<Day>; 2]> {
    let date = date(server, changed)?;
    if own.iter().any(|day| day.date == date) {
        return None;
    }
    let stays = |special: &&Special| !matches!(changed, Changed::Removed(id) if *id == special.id);
    let mut after: Vec<Day> = server.iter().filter(stays).map(Day::from).collect();
    if let Changed::Added(day) = changed {
        after.push(day.clone());
    }
    Some([beside_own(own.clone(), server.iter().map(Day::from)), beside_own(own, after)])
}

/// The days of an approved campaign with and without the one that goes; nothing where it did not count that day.
fn without(own: &[Day], server: &[Special], changed: &Changed) -> Option<[Vec<Day>; 2]> {
    let Changed::Removed(id) = changed else { return None };
    let gone = Day::from(server.iter().find(|special| special.id == *id)?);
    let after: Vec<Day> = own.iter().filter(|day| **day != gone).cloned().collect();
    (after.len() < own.len()).then(|| [own.to_vec(), after])
}

fn date(server: &[Special], changed: &Changed) -> Option<String> {
    match changed {
        Changed::Added(day) => Some(day.date.clone()),
        Changed::Removed(id) => server.iter().find(|each| each.id == *id).map(|each| each.day.to_string()),
    }
}

/// Of how many units a point is another one, at any stage.
async fn moved(
    service: &Service,
    of: &CampaignDetail,
    [before, after]: [Vec<Day>; 2],
) -> Result<usize, ServiceError> {
    let loaded = load_anew(service, of, &of.ids(), usize::MAX).await?;
    if !loaded.campaign.blocks.iter().any(|block| asks_for_days(&block.set)) {
        return Ok(0);
    }
    let (before, after) = (with(&before)?, with(&after)?);
    // Scoring everything twice takes a while; pages are served meanwhile.
    let counted = tokio::task::spawn_blocking(move || count(loaded.campaign, before, after)).await;
    let counted = counted.map_err(|error| ServiceError::Internal(Box::new(error)))?;
    // A campaign that cannot be scored has no points that could move, and holds up no day.
    Ok(counted.unwrap_or_else(|problem| {
        tracing::warn!(
            event = "day_effect.unknown",
            campaign = of.campaign.id,
            ?problem,
            "the effect of a day is not known"
        );
        0
    }))
}

/// Whether another calendar can give other points.
fn asks_for_days(set: &Compiled) -> bool {
    set.set.settings.due_off == DueOff::Next || set.rules.iter().any(Rule::counts_working_days)
}

fn count(mut campaign: CampaignData, before: Calendar, after: Calendar) -> Result<usize, ScoreProblem> {
    campaign.calendar = before;
    let was = points(&campaign)?;
    campaign.calendar = after;
    let is = points(&campaign)?;
    Ok(is.iter().filter(|(seat, points)| was.get(seat) != Some(points)).count())
}

/// Block and seat of a unit.
type Seat = (usize, usize);

/// The points of every unit at all stages, node by node.
fn points(campaign: &CampaignData) -> Result<HashMap<Seat, Vec<Option<Number>>>, ScoreProblem> {
    let mut all: HashMap<Seat, Vec<Option<Number>>> = HashMap::new();
    for stage in 0..campaign.stages.len() {
        let CampaignResult { units, .. } = campaign.score(stage)?.result();
        for unit in units {
            let of_unit = all.entry((unit.block, unit.seat)).or_default();
            of_unit.push(unit.points);
            of_unit.extend(unit.criteria.into_iter().map(|criterion| criterion.points));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use parindex_domain::procedure::Done;
    use parindex_rulebook::calendar::DayKind;

    use super::*;

    fn special(id: i64, day: i8) -> Special {
        let added = Done { by: "Người quản trị".to_owned(), at: 0 };
        let (name, source) = ("Nghỉ".to_owned(), "12/TB-VPCP".to_owned());
        Special { id, day: date(2028, 5, day), kind: DayKind::Off, name, source, added, removed: None }
    }

    fn day(of: &Special) -> Day {
        Day::from(of)
    }

    #[test]
    fn a_day_of_the_campaign_itself_wins_over_that_of_the_server() {
        let (two, three) = (special(1, 2), special(2, 3));
        let server = [two.clone(), three.clone()];
        let own = Day { kind: "work".to_owned(), ..day(&two) };
        assert!(both(vec![own.clone()], &server, &Changed::Removed(1)).is_none());
        let [before, after] = both(vec![own.clone()], &server, &Changed::Removed(2)).unwrap();
        assert_eq!((before, after), (vec![own.clone(), day(&three)], vec![own]));
    }

    #[test]
    fn an_approved_campaign_counts_the_days_that_were_written_down_with_it() {
        let (two, three) = (special(1, 2), special(2, 3));
        let server = [two.clone(), three.clone()];
        let own = [day(&two)];
        assert!(without(&own, &server, &Changed::Removed(2)).is_none());
        assert!(without(&own, &server, &Changed::Added(day(&three))).is_none());
        assert_eq!(without(&own, &server, &Changed::Removed(1)).unwrap(), [own.to_vec(), Vec::new()]);
    }
}
