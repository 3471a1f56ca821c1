//! A criterion of a block, and what stands there for the units that somebody enters points for.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use parindex_domain::procedure::{Block, CampaignDetail, Member};
use parindex_domain::right::Act;
use parindex_rulebook::lang::Lang;
use parindex_rulebook::set::Compiled;
use parindex_store::sheet::StoredEntry;

use super::with_own_units;
use crate::sheet::field::{FieldSource, Fields, FormValues};
use parindex_service::campaign::campaign_detail;
use parindex_service::campaign::external_points::{assessed, external_leaves, is_external_input};
use parindex_service::campaign::load::compiled;
use parindex_service::own::Own;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::visitor::Visitor;

/// A criterion of a block, and what stands there.
pub struct ExternalPointsView {
    pub of: CampaignDetail,
    pub block: Block,
    pub set: Arc<Compiled>,
    pub node: usize,
    /// All leaves of the block that get their points so.
    external: Vec<usize>,
    pub cells: HashMap<i64, Vec<StoredEntry>>,
    own: Own,
    /// The units that the visitor sees here.
    shown: HashSet<i64>,
    pub lang: Lang,
}

impl ExternalPointsView {
    pub async fn of(
        app: &App,
        visitor: &Visitor,
        (campaign, block, criterion): (i64, i64, &str),
    ) -> Result<Self, Failure> {
        let of = campaign_detail(&app.service, campaign).await?;
        let block = of.block(block).cloned().ok_or(Failure::NotFound)?;
        let set = compiled(&app.service, &block).await?;
        let node = set.set.find(criterion).ok_or(Failure::NotFound)?;
        let external = external_leaves(&of, &set);
        if !external.contains(&node) {
            return Err(Failure::NotFound);
        }
        let members: Vec<i64> = assessed(&of, block.id).map(|member| member.id).collect();
        let (own, shown) = with_own_units(app, visitor, (campaign, &members)).await?;
        let result = of.stages.last().map_or(0, |stage| stage.id);
        let mut cells: HashMap<i64, Vec<StoredEntry>> = HashMap::new();
        for entry in app.store.external_entries(&members, result, &set.path_codes(node)).await? {
            cells.entry(entry.member).or_default().push(entry);
        }
        Ok(Self { of, block, set, node, external, cells, own, shown, lang: visitor.lang })
    }

    /// The code of the criterion.
    pub fn set_code(&self) -> &str {
        self.set.code(self.node)
    }

    pub fn source<'s>(&'s self, member: i64, typed: Option<&'s FormValues>) -> FieldSource<'s> {
        let cells = self.cells.get(&member).map(Vec::as_slice).unwrap_or_default();
        let period = Some(self.of.campaign.about.period());
        FieldSource { set: &self.set, node: self.node, cells, typed, period, lang: self.lang }
    }

    pub fn members(&self) -> impl Iterator<Item = &Member> {
        assessed(&self.of, self.block.id).filter(|member| self.shown.contains(&member.id))
    }

    /// Why the visitor enters nothing for a unit, which is his own, and who can.
    pub fn notice(&self, member: &Member) -> Option<String> {
        self.own.notice(Act::EnterExternalPoints, member, self.lang)
    }

    /// Whether the campaign is about one unit, which runs it itself.
    pub fn runs_itself(&self) -> bool {
        self.own.runs_itself()
    }

    /// The fields of a unit: of inputs that external criteria alone read, and of points.
    pub fn fields(&self, member: i64, typed: Option<&FormValues>) -> Fields {
        let mut fields = self.source(member, typed).fields();
        fields.all.retain(|field| self.is_external(&field.owner));
        fields
    }

    pub fn is_external(&self, owner: &str) -> bool {
        self.set.set.find(owner).is_some_and(|owner| is_external_input(&self.set, &self.external, owner))
    }

    /// What a form sent, unit by unit: its fields are called `12.v.a`.
    pub fn of_members(&self, typed: &FormValues) -> HashMap<i64, FormValues> {
        let mut all: HashMap<i64, FormValues> =
            self.members().map(|member| (member.id, FormValues::new())).collect();
        for (name, text) in typed {
            let Some((member, name)) = name.split_once('.') else { continue };
            if let Some(own) = member.parse().ok().and_then(|member: i64| all.get_mut(&member)) {
                own.insert(name.to_owned(), text.clone());
            }
        }
        all
    }
}
