//! What was published of a campaign, beside what is computed.

use parindex_domain::campaign::CampaignResult;
use parindex_package::published::{Item, differences};
use parindex_store::campaign::Whole;

use parindex_service::campaign::load::Loaded;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::frame::Frame;

/// A figure that the computation does not reach.
pub struct Line {
    unit: String,
    item: String,
    published: String,
    computed: String,
}

/// All figures, compared.
pub struct Compared {
    all: usize,
    same: usize,
    differences: Vec<Line>,
}

impl Compared {
    /// How many there are, and how many agree.
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
    app: &App,
    frame: &Frame,
    of: &Whole,
    (loaded, result): (&Loaded, &CampaignResult),
) -> Result<Option<Compared>, Failure> {
    let published = app.store.published(of.campaign.id).await?;
    if published.is_empty() {
        return Ok(None);
    }
    let name = |code: &str| {
        let member = of.members.iter().find(|member| member.code == code);
        member.map_or_else(|| code.to_owned(), |member| member.name.clone())
    };
    let differences: Vec<Line> = differences(&published, &loaded.campaign, result)
        .into_iter()
        .map(|each| Line {
            unit: name(&each.unit),
            item: item(frame, &each.item),
            published: each.published,
            computed: each.computed,
        })
        .collect();
    let (all, same) = (published.len(), published.len().saturating_sub(differences.len()));
    Ok(Some(Compared { all, same, differences }))
}

/// What was published, in words; a criterion by its code.
fn item(frame: &Frame, word: &str) -> String {
    match Item::of(word) {
        Item::Points => frame.t("Điểm", "Points").to_owned(),
        Item::Index => frame.t("Chỉ số", "Index").to_owned(),
        Item::Rank => frame.t("Hạng", "Rank").to_owned(),
        Item::Band => frame.t("Xếp loại", "Class").to_owned(),
        Item::Mean => frame.t("Trung bình khối", "Mean of the block").to_owned(),
        Item::Criterion(code) => code,
    }
}
