//! The log: appended by every change, read page by page, checked as a chain.

mod time;

use parindex_domain::audit::{AuditAct, BEGINNING, Back, Broken, LogEntry, LogRow, broken};
use parindex_domain::moment::Moment;
use parindex_entity::{audit, audit_head};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

pub(crate) use time::keep_time_of_last_row;
pub use time::{AcceptClock, Behind};

use crate::person::PersonFilter;
use crate::{Store, StoreError};

/// The only row of the head.
const HEAD: i64 = 1;
/// So many rows before which the clock went back are told; the rest is counted.
const MAX_BACK: usize = 50;
/// How many rows are checked at a time.
const PART: u64 = 2_000;

/// The last row of the log, held: from here on until the transaction ends no other change is under way, so that what one has
/// looked at stays so, and no two follow the same row.
pub(crate) struct Head {
    seq: i64,
    hash: String,
    /// The newest time that any server has used.
    pub(crate) at: i64,
}

/// Locks the last row of the log until the transaction ends, and reads it.
pub(crate) async fn hold(tx: &DatabaseTransaction) -> Result<Head, StoreError> {
    let head = audit_head::Entity::find_by_id(HEAD).lock_exclusive().one(tx).await?;
    let (seq, hash, at) = head.map_or((0, BEGINNING.to_owned(), 0), |head| (head.seq, head.hash, head.at));
    Ok(Head { seq, hash, at })
}

/// Appends an entry behind the head, and returns the new one.
pub(crate) async fn append(
    tx: &DatabaseTransaction,
    head: &Head,
    entry: LogEntry,
) -> Result<Head, StoreError> {
    let row = LogRow::after(head.seq, &head.hash, entry);
    let (seq, hash, at) = (Set(row.seq), Set(row.hash.clone()), Set(row.entry.at));
    audit_head::ActiveModel { id: Set(HEAD), seq, hash, at }.update(tx).await?;
    let next = Head { seq: row.seq, hash: row.hash.clone(), at: row.entry.at };
    let LogRow { seq, entry, before, hash } = row;
    let LogEntry { at, person, who, act, subject, detail } = entry;
    let model = audit::Model { seq, at, person, who, act, subject, detail, before, hash };
    audit::Entity::insert(audit::ActiveModel::from(model)).exec_without_returning(tx).await?;
    Ok(next)
}

fn row(model: audit::Model) -> LogRow {
    let audit::Model { seq, at, person, who, act, subject, detail, before, hash } = model;
    LogRow { seq, entry: LogEntry { at, person, who, act, subject, detail }, before, hash }
}

/// Which rows are asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Rows before this one.
    pub before: Option<i64>,
    /// Done by one of these people.
    pub people: Option<PersonFilter>,
    /// Not before this moment, and before the other one.
    pub between: (Option<Moment>, Option<Moment>),
    /// Only these acts: a list and not a pattern, so that both databases use the index.
    pub acts: Option<Vec<AuditAct>>,
}

impl Store {
    /// The newest rows that match, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit(&self, filter: &Filter, most: u64) -> Result<Vec<LogRow>, StoreError> {
        let mut rows = audit::Entity::find().order_by_desc(audit::Column::Seq).limit(most);
        if let Some(before) = filter.before {
            rows = rows.filter(audit::Column::Seq.lt(before));
        }
        if let Some(people) = &filter.people {
            rows = rows.filter(audit::Column::Person.in_subquery(crate::person::ids(people)));
        }
        if let Some(from) = filter.between.0 {
            rows = rows.filter(audit::Column::At.gte(from));
        }
        if let Some(to) = filter.between.1 {
            rows = rows.filter(audit::Column::At.lt(to));
        }
        if let Some(acts) = &filter.acts {
            rows = rows.filter(audit::Column::Act.is_in(acts.iter().copied().map(AuditAct::word)));
        }
        Ok(rows.all(&self.db).await?.into_iter().map(row).collect())
    }

    /// What no other installation has: the hash of the restore that it came from, else of the first row of its log. A copy that
    /// was restored elsewhere is another installation.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn identity(&self) -> Result<Option<String>, StoreError> {
        let restored = audit::Entity::find()
            .filter(audit::Column::Act.eq(AuditAct::Restore.word()))
            .order_by_desc(audit::Column::Seq)
            .one(&self.db)
            .await?;
        let row = match restored {
            Some(row) => Some(row),
            None => audit::Entity::find_by_id(1).one(&self.db).await?,
        };
        Ok(row.map(|row| row.hash))
    }

    /// The last row: whoever has kept its number and hash can prove later that nothing before it was altered.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit_last(&self) -> Result<Option<LogRow>, StoreError> {
        let last = audit::Entity::find().order_by_desc(audit::Column::Seq).limit(1);
        Ok(last.one(&self.db).await?.map(row))
    }

    /// The hash of a row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit_hash(&self, seq: i64) -> Result<Option<String>, StoreError> {
        Ok(audit::Entity::find_by_id(seq).one(&self.db).await?.map(|row| row.hash))
    }

    /// How many rows the log has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit_count(&self) -> Result<i64, StoreError> {
        // Rows have no gaps, and counting a log of years takes its time.
        let head = audit_head::Entity::find_by_id(HEAD).one(&self.db).await?;
        Ok(head.map_or(0, |head| head.seq))
    }

    /// The first thing that is wrong with the log, or how many rows follow from each other without a break.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn verify_audit(&self) -> Result<Result<i64, Broken>, StoreError> {
        verify(&self.db).await
    }

    /// The same, and where the clock went back meanwhile, which breaks nothing and has to be known.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn follow_audit(&self) -> Result<Followed, StoreError> {
        let mut clock = Backwards::default();
        let verdict = follow(&self.db, |row| clock.row(row)).await?;
        Ok(Followed { verdict, back: clock.back, more: clock.more })
    }
}

/// What following the log has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// How many rows follow from each other, or the first thing that is wrong.
    pub verdict: Result<i64, Broken>,
    /// Rows before which the clock went back, the first ones.
    pub back: Vec<Back>,
    /// How many more there are.
    pub more: u64,
}

/// Looks for rows that are before the row before them.
#[derive(Default)]
struct Backwards {
    last: Option<i64>,
    back: Vec<Back>,
    more: u64,
}

impl Backwards {
    fn row(&mut self, row: &LogRow) {
        let back = self.last.and_then(|last| Back::between(last, row));
        self.last = Some(row.entry.at);
        if self.back.len() < MAX_BACK {
            self.back.extend(back);
        } else {
            self.more += u64::from(back.is_some());
        }
    }
}

/// Follows the log, as this connection sees it.
pub(crate) async fn verify(db: &impl ConnectionTrait) -> Result<Result<i64, Broken>, StoreError> {
    follow(db, |_row| ()).await
}

async fn follow(
    db: &impl ConnectionTrait,
    mut each: impl FnMut(&LogRow) + Send,
) -> Result<Result<i64, Broken>, StoreError> {
    // The head is read first: rows that are added while we look are no fault.
    let head = audit_head::Entity::find_by_id(HEAD).one(db).await?;
    let (mut last, mut before) = (0, BEGINNING.to_owned());
    loop {
        let part = audit::Entity::find()
            .filter(audit::Column::Seq.gt(last))
            .order_by_asc(audit::Column::Seq)
            .limit(PART)
            .all(db)
            .await?;
        let rows: Vec<LogRow> = part.into_iter().map(row).collect();
        if let Some(broken) = broken((last, &before), &rows) {
            return Ok(Err(broken));
        }
        rows.iter().for_each(&mut each);
        let Some(end) = rows.last() else { break };
        if let Some(head) = &head
            && rows.iter().any(|row| row.seq == head.seq && row.hash != head.hash)
        {
            // All rows were rehashed after one was altered; only the head still knows.
            return Ok(Err(Broken::Head(head.seq)));
        }
        (last, before) = (end.seq, end.hash.clone());
    }
    let Some(head) = head else { return Ok(Err(Broken::Head(0))) };
    Ok(if last < head.seq { Err(Broken::End(last, head.seq)) } else { Ok(last) })
}
