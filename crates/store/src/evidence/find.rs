//! Documents among many: found by words, offered to be used again, and where else the same file proves something.

use std::collections::HashMap;

use parindex_domain::search::fold;
use parindex_entity::{evidence, member};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement, WindowStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

use super::{Evidence, standing};
use crate::like::holds;
use crate::{Store, StoreError};

/// Documents that a search shows.
pub const MAX_FOUND: u64 = 200;
/// Documents that are offered to be used again.
pub const MAX_REUSABLE: u64 = 20;
/// Places that are told of one file; how many more there are is counted.
const MAX_USES: i32 = 5;

/// What of a sheet could prove a criterion too.
#[derive(Clone, Debug)]
pub struct Reuse<'r> {
    /// Whose sheet.
    pub member: i64,
    /// The code of the criterion that is to be proven.
    pub at: &'r str,
    /// The codes of the criteria that may be seen.
    pub among: &'r [String],
    /// Words that each holds, accents or not.
    pub words: &'r str,
}

/// A place where a file is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The document.
    pub id: i64,
    /// On whose sheet.
    pub member: i64,
    /// The name of the unit.
    pub unit: String,
    /// The code of the criterion.
    pub criterion: String,
}

/// Where files are used: a few places of each, and how many there are.
#[derive(Clone, Debug, Default)]
pub struct Uses(HashMap<String, (i64, Vec<Use>)>);

impl Uses {
    /// The other places of a document’s file, and how many more there are than these.
    #[must_use]
    pub fn elsewhere(&self, document: &Evidence) -> (Vec<&Use>, i64) {
        let Some((all, told)) = document.file.as_ref().and_then(|hash| self.0.get(hash)) else {
            return (Vec::new(), 0);
        };
        let other: Vec<&Use> = told.iter().filter(|each| each.id != document.id).collect();
        let more = all - 1 - i64::try_from(other.len()).unwrap_or(0);
        (other, std::cmp::max(more, 0))
    }
}

#[derive(FromQueryResult)]
struct Told {
    id: i64,
    file: String,
    member: i64,
    unit: String,
    criterion: String,
    of: i64,
}

impl Store {
    /// The newest documents on the sheets of members that hold all words, accents or not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn search_documents(&self, members: &[i64], words: &str) -> Result<Vec<Evidence>, StoreError> {
        let query = standing()
            .filter(evidence::Column::Member.is_in(members.iter().copied()))
            .filter(replaced().not());
        let rows = holding(query, words).order_by_desc(evidence::Column::Id).limit(MAX_FOUND);
        let rows = self.with_files(rows.all(&self.db).await?).await?;
        Ok(rows.into_iter().map(|(_, document)| document).collect())
    }

    /// The newest documents of a sheet that do not stand at a criterion yet, each file or address once, and whether there are more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reusable(&self, reuse: &Reuse<'_>) -> Result<(Vec<Evidence>, bool), StoreError> {
        let sheet = || standing().filter(evidence::Column::Member.eq(reuse.member));
        let here = |column: evidence::Column| {
            let here = sheet().filter(evidence::Column::Criterion.eq(reuse.at)).filter(column.is_not_null());
            here.filter(replaced().not()).select_only().column(column).into_query()
        };
        let other = |column: evidence::Column| {
            Condition::any().add(column.is_null()).add(column.not_in_subquery(here(column)))
        };
        let each = sheet()
            .filter(evidence::Column::Criterion.is_in(reuse.among))
            .filter(evidence::Column::Criterion.ne(reuse.at))
            .filter(replaced().not())
            .filter(other(evidence::Column::File))
            .filter(other(evidence::Column::Link));
        let once = Func::coalesce([Expr::col(evidence::Column::File), Expr::col(evidence::Column::Link)]);
        let newest = holding(each, reuse.words)
            .select_only()
            .column_as(evidence::Column::Id.max(), "id")
            .group_by(Expr::from(once));
        let rows = evidence::Entity::find()
            .filter(evidence::Column::Id.in_subquery(newest.into_query()))
            .order_by_desc(evidence::Column::Id)
            .limit(MAX_REUSABLE + 1);
        let mut rows = rows.all(&self.db).await?;
        let more = rows.len() > usize::try_from(MAX_REUSABLE).unwrap_or(usize::MAX);
        rows.truncate(usize::try_from(MAX_REUSABLE).unwrap_or(usize::MAX));
        let rows = self.with_files(rows).await?;
        Ok((rows.into_iter().map(|(_, document)| document).collect(), more))
    }

    /// Where files are used, those of one sheet first; among some members, or among all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn uses(
        &self,
        hashes: &[String],
        first: i64,
        among: Option<&[i64]>,
    ) -> Result<Uses, StoreError> {
        if hashes.is_empty() {
            return Ok(Uses::default());
        }
        let each = Alias::new("each");
        let column = |column: &str| Expr::col((each.clone(), Alias::new(column.to_owned())));
        let mut told = Query::select();
        for name in ["id", "file", "member", "criterion", "of"] {
            told.expr_as(column(name), Alias::new(name));
        }
        told.expr_as(Expr::col((member::Entity, member::Column::Name)), Alias::new("unit"))
            .from_subquery(numbered(hashes, first, among), each.clone())
            .inner_join(member::Entity, Expr::col((member::Entity, member::Column::Id)).eq(column("member")))
            .and_where(column("nth").lte(MAX_USES))
            .order_by((each.clone(), Alias::new("nth")), Order::Asc);
        let mut uses = Uses::default();
        for row in self.db.query_all(&told).await? {
            let Told { id, file, member, unit, criterion, of } = Told::from_query_result(&row, "")?;
            let (all, told) = uses.0.entry(file).or_default();
            *all = of;
            told.push(Use { id, member, unit, criterion });
        }
        Ok(uses)
    }
}

/// Every use of files, with its number among those of the same file and how many those are.
fn numbered(hashes: &[String], first: i64, among: Option<&[i64]>) -> SelectStatement {
    use evidence::Column::{Criterion, File, Id, Member};
    let mut uses = standing().filter(File.is_in(hashes)).filter(replaced().not());
    if let Some(among) = among {
        uses = uses.filter(Member.is_in(among.iter().copied()));
    }
    let of_file = || WindowStatement::partition_by((evidence::Entity, File));
    let mut own_first = of_file();
    own_first.order_by_expr(Member.ne(first), Order::Asc).order_by((evidence::Entity, Id), Order::Asc);
    let mut query = uses.select_only().columns([Id, File, Member, Criterion]).into_query();
    query.expr_window_as(Expr::cust("row_number()"), own_first, Alias::new("nth"));
    query.expr_window_as(Expr::cust("count(*)"), of_file(), Alias::new("of"));
    query
}

/// Those that hold all words.
fn holding(query: Select<evidence::Entity>, words: &str) -> Select<evidence::Entity> {
    let words = fold(words);
    words
        .split_whitespace()
        .fold(query, |query, word| query.filter(evidence::Column::Folded.like(holds(word))))
}

/// Whether another document that nobody took away has the place of one.
fn replaced() -> Expr {
    let newer = Alias::new("newer");
    let of = |column: evidence::Column| Expr::col((newer.clone(), column));
    let mut query = Query::select();
    query
        .expr(Expr::val(1))
        .from_as(evidence::Entity, newer.clone())
        .and_where(of(evidence::Column::Replaces).equals((evidence::Entity, evidence::Column::Id)))
        .and_where(of(evidence::Column::RemovedAt).is_null());
    Expr::exists(query)
}
