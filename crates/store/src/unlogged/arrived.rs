//! A mark of every sheet that comes into a campaign with figures on it, for the row of the log that says that it came.

use std::collections::{BTreeMap, HashMap};

use parindex_domain::audit::digest;
use parindex_entity::entry;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::campaign::read_detail;
use crate::{Refusal, Work};
use parindex_domain::procedure::Member;

/// Members in one question.
const PART: usize = 50;

/// A figure as it came: the code of the stage, the criterion, the input, the text.
pub(super) type Line = [String; 4];

/// The mark of a sheet.
pub(super) fn mark(standing: &str, mut lines: Vec<Line>) -> String {
    lines.sort_unstable();
    let lines: Vec<String> = lines.iter().map(|line| json!(line).to_string()).collect();
    digest(&format!("{standing}\n{}", lines.join("\n")))
}

/// What the log says of the sheets that have just come into a campaign, or into one of its blocks: a mark of each, and the versions of
/// the criteria sets.
///
/// # Errors
/// [`Refusal`].
pub(crate) async fn arrived(work: &Work, campaign: i64, block: Option<&str>) -> Result<Value, Refusal> {
    let detail = read_detail(&work.tx, campaign).await?.ok_or(Refusal::NotFound)?;
    let blocks: Vec<_> =
        detail.blocks.iter().filter(|each| block.is_none_or(|code| each.code == code)).collect();
    let here = |member: &&Member| blocks.iter().any(|block| block.id == member.block);
    let members: Vec<&Member> = detail.members.iter().filter(here).collect();
    let stages: HashMap<i64, &str> =
        detail.stages.iter().map(|stage| (stage.id, stage.code.as_str())).collect();
    let mut sheets: BTreeMap<&str, String> = BTreeMap::new();
    for part in members.chunks(PART) {
        let rows = entry::Entity::find()
            .filter(entry::Column::Member.is_in(part.iter().map(|member| member.id)))
            .all(&work.tx)
            .await?;
        let mut lines: HashMap<i64, Vec<Line>> = HashMap::new();
        for row in rows {
            let stage = stages.get(&row.stage).copied().unwrap_or_default().to_owned();
            lines.entry(row.member).or_default().push([stage, row.criterion, row.input, row.text]);
        }
        for member in part {
            let lines = lines.remove(&member.id).unwrap_or_default();
            sheets.insert(&member.code, mark(super::standing_word(member), lines));
        }
    }
    let sets: BTreeMap<&str, [i64; 2]> =
        blocks.iter().map(|block| (block.code.as_str(), [block.set, block.number])).collect();
    Ok(json!({ "sheets": sheets, "sets": sets }))
}
