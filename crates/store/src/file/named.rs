//! Where files are named, so that one that is not there can be told by its document and not by its hash alone.

use std::collections::HashMap;

use parindex_entity::{criteria_set, criteria_version, evidence, member, visit, visit_photo};
use parindex_rulebook::lang::{Lang, Say};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError};

/// Hashes in one question.
const PART: usize = 500;

/// A place where a file is named.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase", tag = "as")]
pub enum Named {
    /// A document on a sheet.
    Evidence {
        /// The name of the unit.
        unit: String,
        /// The code of the criterion.
        criterion: String,
        /// The name of the document.
        name: String,
    },
    /// A picture or paper of an on-site check.
    Visit {
        /// The name of the unit.
        unit: String,
        /// The code of the criterion.
        criterion: String,
        /// What it is called.
        name: String,
    },
    /// What a criteria set was read from.
    Set {
        /// The code of the set.
        set: String,
        /// What it is called.
        name: String,
    },
}

impl Say for Named {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Evidence { unit, criterion, name } => lang.pick(
                format!("«{name}» ở tiêu chí {criterion} của {unit}"),
                format!("“{name}” at criterion {criterion} of {unit}"),
            ),
            Self::Visit { unit, criterion, name } => lang.pick(
                format!("«{name}» của cuộc kiểm tra thực tế tiêu chí {criterion} tại {unit}"),
                format!("“{name}” of the on-site check of criterion {criterion} at {unit}"),
            ),
            Self::Set { set, name } => lang.pick(
                format!("«{name}», tệp gốc của bộ tiêu chí {set}"),
                format!("“{name}”, the file of the criteria set {set}"),
            ),
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    hash: String,
    whose: String,
    criterion: String,
    name: String,
}

impl Store {
    /// Where files are named, by their hash; one that nothing names (any more) is not among them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn names_of(&self, hashes: &[String]) -> Result<HashMap<String, Vec<Named>>, StoreError> {
        let mut found: HashMap<String, Vec<Named>> = HashMap::new();
        for part in hashes.chunks(PART) {
            for (hash, named) in self.names_of_some(part).await? {
                let all = found.entry(hash).or_default();
                if !all.contains(&named) {
                    all.push(named);
                }
            }
        }
        Ok(found)
    }

    async fn names_of_some(&self, hashes: &[String]) -> Result<Vec<(String, Named)>, StoreError> {
        let on_sheets = self.rows(on_sheets(hashes)).await?.into_iter().map(|row| {
            let Row { hash, whose: unit, criterion, name } = row;
            (hash, Named::Evidence { unit, criterion, name })
        });
        let of_visits = self.rows(of_visits(hashes)).await?.into_iter().map(|row| {
            let Row { hash, whose: unit, criterion, name } = row;
            (hash, Named::Visit { unit, criterion, name })
        });
        let of_sets = self.rows(of_sets(hashes)).await?.into_iter().map(|row| {
            let Row { hash, whose: set, name, .. } = row;
            (hash, Named::Set { set, name })
        });
        Ok(on_sheets.chain(of_visits).chain(of_sets).collect())
    }

    async fn rows(&self, query: SelectStatement) -> Result<Vec<Row>, StoreError> {
        let rows = self.db.query_all(&query).await?;
        let rows = rows.iter().map(|row| Row::from_query_result(row, ""));
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn on_sheets(hashes: &[String]) -> SelectStatement {
    Query::select()
        .expr_as(Expr::col((evidence::Entity, evidence::Column::File)), "hash")
        .expr_as(Expr::col((member::Entity, member::Column::Name)), "whose")
        .expr_as(Expr::col((evidence::Entity, evidence::Column::Criterion)), "criterion")
        .expr_as(Expr::col((evidence::Entity, evidence::Column::Name)), "name")
        .from(evidence::Entity)
        .inner_join(
            member::Entity,
            Expr::col((member::Entity, member::Column::Id))
                .equals((evidence::Entity, evidence::Column::Member)),
        )
        .and_where(Expr::col((evidence::Entity, evidence::Column::File)).is_in(hashes.iter().cloned()))
        .order_by((evidence::Entity, evidence::Column::Id), sea_orm::Order::Asc)
        .take()
}

fn of_visits(hashes: &[String]) -> SelectStatement {
    Query::select()
        .expr_as(Expr::col((visit_photo::Entity, visit_photo::Column::File)), "hash")
        .expr_as(Expr::col((member::Entity, member::Column::Name)), "whose")
        .expr_as(Expr::col((visit::Entity, visit::Column::Criterion)), "criterion")
        .expr_as(Expr::col((visit_photo::Entity, visit_photo::Column::Name)), "name")
        .from(visit_photo::Entity)
        .inner_join(
            visit::Entity,
            Expr::col((visit::Entity, visit::Column::Id))
                .equals((visit_photo::Entity, visit_photo::Column::Visit)),
        )
        .inner_join(
            member::Entity,
            Expr::col((member::Entity, member::Column::Id)).equals((visit::Entity, visit::Column::Member)),
        )
        .and_where(Expr::col((visit_photo::Entity, visit_photo::Column::File)).is_in(hashes.iter().cloned()))
        .order_by((visit_photo::Entity, visit_photo::Column::Id), sea_orm::Order::Asc)
        .take()
}

fn of_sets(hashes: &[String]) -> SelectStatement {
    let version = |column| Expr::col((criteria_version::Entity, column));
    Query::select()
        .expr_as(version(criteria_version::Column::File), "hash")
        .expr_as(Expr::col((criteria_set::Entity, criteria_set::Column::Code)), "whose")
        .expr_as(Expr::val(""), "criterion")
        .expr_as(Func::coalesce([version(criteria_version::Column::FileName), Expr::val("")]), "name")
        .from(criteria_version::Entity)
        .inner_join(
            criteria_set::Entity,
            Expr::col((criteria_set::Entity, criteria_set::Column::Id))
                .equals((criteria_version::Entity, criteria_version::Column::Set)),
        )
        .and_where(version(criteria_version::Column::File).is_in(hashes.iter().cloned()))
        .order_by((criteria_version::Entity, criteria_version::Column::Id), sea_orm::Order::Asc)
        .take()
}
