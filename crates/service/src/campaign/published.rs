//! What was published of a campaign, beside what is computed.

use parindex_domain::campaign::CampaignResult;
use parindex_domain::procedure::CampaignDetail;
use parindex_package::published::{Item, differences};
use parindex_rulebook::lang::Lang;

use super::load::Loaded;
use crate::{Service, ServiceError};

/// A figure that the computation does not reach.
pub struct PublishedDifference {
    unit: String,
    item: String,
    published: String,
    computed: String,
}

/// All published figures of a campaign beside the computed ones.
pub struct PublishedComparison {
    all: usize,
    same: usize,
    differences: Vec<PublishedDifference>,
}

impl PublishedComparison {
    /// How many there are, and how many agree.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.all, self.same)
    }

    /// Those that do not agree: unit, what, as published, as computed.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &str, &str, &str)> {
        self.differences.iter().map(|line| {
            (line.unit.as_str(), line.item.as_str(), line.published.as_str(), line.computed.as_str())
        })
    }
}

/// The figures that were published, beside the result; none where none were.
///
/// # Errors
/// A database that does not answer.
pub async fn compared(
    service: &Service,
    lang: Lang,
    of: &CampaignDetail,
    (loaded, result): (&Loaded, &CampaignResult),
) -> Result<Option<PublishedComparison>, ServiceError> {
    let published = service.store.published(of.campaign.id).await?;
    if published.is_empty() {
        return Ok(None);
    }
    let name = |code: &str| {
        let member = of.members.iter().find(|member| member.code == code);
        member.map_or_else(|| code.to_owned(), |member| member.name.clone())
    };
    let differences: Vec<PublishedDifference> = differences(&published, &loaded.campaign, result)
        .into_iter()
        .map(|each| PublishedDifference {
            unit: name(&each.unit),
            item: item(lang, &each.item),
            published: each.published,
            computed: each.computed,
        })
        .collect();
    let (all, same) = (published.len(), published.len().saturating_sub(differences.len()));
    Ok(Some(PublishedComparison { all, same, differences }))
}

/// What was published, in words; a criterion by its code.
fn item(lang: Lang, word: &str) -> String {
    match Item::of(word) {
        Item::Points => lang.pick("Điểm", "Points").to_owned(),
        Item::Index => lang.pick("Chỉ số", "Index").to_owned(),
        Item::Rank => lang.pick("Hạng", "Rank").to_owned(),
        Item::Band => lang.pick("Xếp loại", "Class").to_owned(),
        Item::Mean => lang.pick("Trung bình khối", "Mean of the block").to_owned(),
        Item::Criterion(code) => code,
    }
}
