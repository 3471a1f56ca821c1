//! How a campaign came to its result, as its package tells it: what came with a package before, then what was done here.

use std::collections::HashMap;

use parindex_domain::procedure::{CampaignDetail, EntryKind, Side};
use parindex_entity::{entry, evidence, file, motion, remark, verdict, vote};
use parindex_package::history::{EVIDENCE, History, MOTIONS, NOTES, REMARKS, VERDICTS, VOTES, moment};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::beside::brought_along;
use crate::sheet::Reason;
use crate::{Store, StoreError};

/// The codes of members and stages, and the place of each.
struct Codes {
    members: HashMap<i64, (usize, String)>,
    stages: HashMap<i64, (usize, String)>,
}

impl Codes {
    fn of(detail: &CampaignDetail) -> Self {
        let members = detail.members.iter().enumerate().map(|(at, each)| (each.id, (at, each.code.clone())));
        let stages = detail.stages.iter().enumerate().map(|(at, each)| (each.id, (at, each.code.clone())));
        Self { members: members.collect(), stages: stages.collect() }
    }

    fn unit(&self, member: i64) -> String {
        self.members.get(&member).map(|(_, code)| code.clone()).unwrap_or_default()
    }

    fn stage(&self, stage: i64) -> String {
        self.stages.get(&stage).map(|(_, code)| code.clone()).unwrap_or_default()
    }
}

impl Store {
    /// It, with the reasons that count for figures that do not agree.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn history(
        &self,
        detail: &CampaignDetail,
        reasons: Vec<Reason>,
    ) -> Result<History, StoreError> {
        let (members, codes) = (detail.ids(), Codes::of(detail));
        let mut history = brought_along(&self.db, detail.campaign.id).await?;
        history.add(&NOTES, self.notes_in_order(&members, &codes).await?);
        history.add(&REMARKS, reasons_given(reasons, &codes));
        history.add(&REMARKS, self.remarks_made(&members, &codes).await?);
        history.add(&VERDICTS, self.verdicts_given(&members, &codes).await?);
        let next = EVIDENCE.next(history.rows(&EVIDENCE), "document");
        history.add(&EVIDENCE, self.documents_listed(&members, &codes, next).await?);
        let next = MOTIONS.next(history.rows(&MOTIONS), "motion");
        let (motions, votes) = self.motions_and_votes(detail.campaign.id, &codes, next).await?;
        history.add(&MOTIONS, motions);
        history.add(&VOTES, votes);
        Ok(history)
    }

    /// Sheet by sheet, whenever each was written.
    async fn notes_in_order(&self, members: &[i64], codes: &Codes) -> Result<Vec<Vec<String>>, StoreError> {
        let rows = entry::Entity::find()
            .filter(entry::Column::Member.is_in(members.iter().copied()))
            .filter(entry::Column::Kind.eq(EntryKind::Note.word()))
            .filter(entry::Column::Text.ne(""));
        let mut rows = rows.all(&self.db).await?;
        let place = |of: &HashMap<i64, (usize, String)>, id: i64| of.get(&id).map(|(at, _)| *at);
        rows.sort_by(|one, other| {
            let key =
                |row: &entry::Model| (place(&codes.members, row.member), place(&codes.stages, row.stage));
            key(one).cmp(&key(other)).then_with(|| one.criterion.cmp(&other.criterion))
        });
        let cells =
            |row: entry::Model| vec![codes.unit(row.member), row.criterion, codes.stage(row.stage), row.text];
        Ok(rows.into_iter().map(cells).collect())
    }

    async fn remarks_made(&self, members: &[i64], codes: &Codes) -> Result<Vec<Vec<String>>, StoreError> {
        let rows = remark::Entity::find().filter(remark::Column::Member.is_in(members.iter().copied()));
        let rows = rows.order_by_asc(remark::Column::Id).all(&self.db).await?;
        let cells = |row: remark::Model| {
            let (unit, stage) = (codes.unit(row.member), codes.stage(row.stage));
            vec![unit, row.criterion, stage, row.side, row.text, moment(row.at), row.by]
        };
        Ok(rows.into_iter().map(cells).collect())
    }

    async fn verdicts_given(&self, members: &[i64], codes: &Codes) -> Result<Vec<Vec<String>>, StoreError> {
        let rows = verdict::Entity::find().filter(verdict::Column::Member.is_in(members.iter().copied()));
        let rows = rows.order_by_asc(verdict::Column::Id).all(&self.db).await?;
        let cells = |row: verdict::Model| {
            let (unit, stage) = (codes.unit(row.member), codes.stage(row.stage));
            vec![unit, row.criterion, stage, row.kind, row.reason, moment(row.at), row.by]
        };
        Ok(rows.into_iter().map(cells).collect())
    }

    /// Documents that nobody took away, numbered from `next` on.
    async fn documents_listed(
        &self,
        members: &[i64],
        codes: &Codes,
        next: i64,
    ) -> Result<Vec<Vec<String>>, StoreError> {
        let rows = evidence::Entity::find()
            .filter(evidence::Column::Member.is_in(members.iter().copied()))
            .filter(evidence::Column::RemovedAt.is_null());
        let rows = rows.order_by_asc(evidence::Column::Id).all(&self.db).await?;
        let numbers: HashMap<i64, i64> = rows.iter().map(|row| row.id).zip(next..).collect();
        let number = |id: i64| numbers.get(&id).map(i64::to_string).unwrap_or_default();
        let sizes = self.sizes(&rows).await?;
        let cells = |row: evidence::Model| {
            let size = row.file.as_ref().and_then(|hash| sizes.get(hash)).map(i64::to_string);
            vec![
                number(row.id),
                codes.unit(row.member),
                row.criterion,
                codes.stage(row.stage),
                row.genre,
                row.name,
                row.number,
                row.issued_on.unwrap_or_default(),
                row.issuer,
                row.file.unwrap_or_default(),
                size.unwrap_or_default(),
                row.link.unwrap_or_default(),
                moment(row.at),
                row.by,
                row.replaces.map(number).unwrap_or_default(),
            ]
        };
        Ok(rows.into_iter().map(cells).collect())
    }

    async fn sizes(&self, rows: &[evidence::Model]) -> Result<HashMap<String, i64>, StoreError> {
        let hashes: Vec<String> = rows.iter().filter_map(|row| row.file.clone()).collect();
        let files = file::Entity::find().filter(file::Column::Hash.is_in(hashes)).all(&self.db).await?;
        Ok(files.into_iter().map(|row| (row.hash, row.size)).collect())
    }

    /// Motions, numbered from `next` on, and the votes on them.
    async fn motions_and_votes(
        &self,
        campaign: i64,
        codes: &Codes,
        next: i64,
    ) -> Result<(Vec<Vec<String>>, Vec<Vec<String>>), StoreError> {
        let motions = motion::Entity::find().filter(motion::Column::Campaign.eq(campaign));
        let motions = motions.order_by_asc(motion::Column::Id).all(&self.db).await?;
        let numbers: HashMap<i64, i64> = motions.iter().map(|row| row.id).zip(next..).collect();
        let number = |id: i64| numbers.get(&id).map(i64::to_string).unwrap_or_default();
        let votes = vote::Entity::find().filter(vote::Column::Motion.is_in(numbers.keys().copied()));
        let votes =
            votes.order_by_asc(vote::Column::Motion).order_by_asc(vote::Column::Id).all(&self.db).await?;
        let votes =
            votes.into_iter().map(|row| vec![number(row.motion), row.name, row.choice, moment(row.at)]);
        let votes = votes.collect();
        let cells = |row: motion::Model| motion_cells(number(row.id), codes.unit(row.member), row);
        Ok((motions.into_iter().map(cells).collect(), votes))
    }
}

/// Reasons for figures that do not agree, as what units say of a criterion.
fn reasons_given(mut reasons: Vec<Reason>, codes: &Codes) -> Vec<Vec<String>> {
    let place = |reason: &Reason| codes.members.get(&reason.member).map(|(at, _)| *at);
    reasons.sort_by(|one, other| (place(one), &one.criterion).cmp(&(place(other), &other.criterion)));
    let cells = |reason: Reason| {
        let (unit, stage) = (codes.unit(reason.member), codes.stage(reason.stage));
        let text = format!("Lý do số liệu không khớp ({}): {}", reason.figures, reason.text);
        let side = Side::Unit.word().to_owned();
        vec![unit, reason.criterion, stage, side, text, moment(reason.at), reason.by]
    };
    reasons.into_iter().map(cells).collect()
}

fn motion_cells(number: String, unit: String, row: motion::Model) -> Vec<String> {
    let integer = |count: Option<i64>| count.map(|count| count.to_string()).unwrap_or_default();
    let at = |at: Option<i64>| at.map(moment).unwrap_or_default();
    let adopted = row.adopted.map(|adopted| if adopted { "yes" } else { "no" });
    vec![
        number,
        unit,
        row.criterion,
        row.points,
        row.proposal,
        row.manner,
        at(row.until_at),
        moment(row.opened_at),
        row.opened_by,
        at(row.closed_at),
        row.closed_by.unwrap_or_default(),
        adopted.unwrap_or_default().to_owned(),
        integer(row.seats),
        integer(row.yes),
        integer(row.no),
        integer(row.abstained),
        row.barred,
    ]
}
