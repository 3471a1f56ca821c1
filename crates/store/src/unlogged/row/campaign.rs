//! What belongs to a campaign as a whole: whether it is open or approved, its sets, its approved result.

use parindex_domain::audit::AuditAct;
use parindex_domain::audit::digest;
use parindex_entity::{audit, criteria_version};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Both, Look, life};
use crate::StoreError;
use crate::campaign::approved_digest;
use crate::unlogged::DifferenceKind;
use parindex_domain::procedure::Block;

impl Look<'_> {
    pub async fn campaign(&mut self) -> Result<(), StoreError> {
        let whole = self.ground.detail;
        let (logged, row) = match (self.told.opened, self.told.approved) {
            (_, Some(row)) => ("approved", Some(row)),
            (Some(row), None) => ("running", Some(row)),
            (None, None) => ("draft", None),
        };
        let stands = life(&whole.campaign.life);
        if stands != logged {
            let both = Both { stands: Some(stands.to_owned()), logged: Some(logged.to_owned()), row };
            self.differs(None, DifferenceKind::Life, both);
        }
        for block in &whole.blocks {
            self.version(block);
            self.rules(block).await?;
        }
        self.own_days().await?;
        self.result().await
    }

    /// The version of the set that a block uses: as it came, or as it was moved to.
    fn version(&mut self, block: &Block) {
        let Some((version, row)) = self.told.versions.get(&block.code).copied() else { return };
        if version != (block.set, block.number) {
            let said = |(set, number): (i64, i64)| Some(format!("{set}/{number}"));
            let (stands, logged) = (said((block.set, block.number)), said(version));
            let what = DifferenceKind::Version { block: block.name.clone() };
            self.differs(None, what, Both { stands, logged, row: Some(row) });
        }
    }

    /// The text of the settled set, against the hash that was written down when it was settled.
    async fn rules(&mut self, block: &Block) -> Result<(), StoreError> {
        let rows = audit::Entity::find()
            .filter(audit::Column::Subject.eq(format!("criteria-set {}", block.set)))
            .filter(audit::Column::Act.eq(AuditAct::CriteriaSetSettle.word()))
            .order_by_desc(audit::Column::Seq)
            .all(self.tx)
            .await?;
        let settled = rows.iter().find_map(|row| {
            let detail: serde_json::Value = serde_json::from_str(&row.detail).ok()?;
            let here = detail.get("number")?.as_i64()? == block.number;
            here.then_some((detail.get("sha256")?.as_str()?.to_owned(), row.seq))
        });
        let Some((logged, row)) = settled else { return Ok(()) };
        let version = criteria_version::Entity::find()
            .filter(criteria_version::Column::Set.eq(block.set))
            .filter(criteria_version::Column::Number.eq(block.number))
            .one(self.tx)
            .await?;
        let stands = version.map(|version| digest(&version.text));
        if stands.as_ref() != Some(&logged) {
            let what = DifferenceKind::Rules { block: block.name.clone() };
            self.differs(None, what, Both { stands, logged: Some(logged), row: Some(row) });
        }
        Ok(())
    }

    /// The approved result: its rows, the hash beside them, and the hash in the log.
    async fn result(&mut self) -> Result<(), StoreError> {
        let kept = approved_digest(self.tx, self.ground.detail).await?;
        let logged = self.told.result.clone();
        let same = match (&kept, &logged) {
            (None, None) => true,
            (Some((approval, stands)), Some((logged, _))) => approval.sha256 == *logged && stands == logged,
            _ => false,
        };
        if !same {
            let (logged, row) = logged.map_or((None, None), |(logged, row)| (Some(logged), Some(row)));
            let stands = kept.map(|(_, stands)| stands);
            self.differs(None, DifferenceKind::Result, Both { stands, logged, row });
        }
        Ok(())
    }
}
