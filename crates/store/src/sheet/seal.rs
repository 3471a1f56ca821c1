//! The seal over a submitted sheet: made when it is submitted, compared with what stands there ever after.

use std::collections::HashMap;

use parindex_domain::audit::AuditAct;
use parindex_domain::audit::digest;
use parindex_domain::procedure::{CampaignDetail, Member, SheetState};
use parindex_entity::evidence::Model as Row;
use parindex_entity::{audit, entry, evidence};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};

use crate::{Store, StoreError};

/// Members in one question: a national campaign has thousands of cells each.
const PART: usize = 50;

/// How a submitted sheet stands to its seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The seal that is kept with the sheet.
    pub kept: String,
    /// The seal in the log, and its row; none where the log knows of no submission.
    pub logged: Option<(String, i64)>,
    /// Whether what stands on the sheet still has the seal that is kept.
    pub fits: bool,
}

impl Sealed {
    /// Whether the sheet is as it was submitted, by what is kept with it and by the log.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.fits && self.logged.as_ref().is_some_and(|(logged, _)| *logged == self.kept)
    }
}

impl Store {
    /// The seal that a sheet would have if it were submitted now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn stands(&self, member: i64, stage: i64) -> Result<String, StoreError> {
        seal_now(&self.db, member, stage).await
    }

    /// The text whose hash is the seal, in the order in which it was sealed: one line for each figure, then for each document.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_text(&self, member: &Member, stage: i64) -> Result<String, StoreError> {
        let content = Content::of_one(&self.db, member.id, stage).await?;
        let seal = seal_of(member).unwrap_or_default();
        let as_sealed = content.of_before().find(|text| digest(text) == seal);
        Ok(as_sealed.unwrap_or_else(|| content.text(Order::Signs, Form::Whole)))
    }

    /// How a sheet stands to its seal; none while it is not submitted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed(&self, of: &CampaignDetail, member: &Member) -> Result<Option<Sealed>, StoreError> {
        Ok(sealed(&self.db, of, &[member]).await?.remove(&member.id))
    }

    /// The sheets of a campaign that are not as they were submitted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn broken_seals(&self, of: &CampaignDetail) -> Result<Vec<i64>, StoreError> {
        broken_seals(&self.db, of).await
    }
}

/// The sheets of a campaign that are not as they were submitted, as this connection sees it.
pub(crate) async fn broken_seals(
    db: &impl ConnectionTrait,
    of: &CampaignDetail,
) -> Result<Vec<i64>, StoreError> {
    let submitted: Vec<&Member> =
        of.members.iter().filter(|member| member.sheet_state.is_submitted()).collect();
    let mut broken = Vec::new();
    for part in submitted.chunks(PART) {
        let seals = sealed(db, of, part).await?;
        let holds = |member: &&&Member| seals.get(&member.id).is_some_and(Sealed::holds);
        broken.extend(part.iter().filter(|member| !holds(member)).map(|member| member.id));
    }
    Ok(broken)
}

fn seal_of(member: &Member) -> Option<&str> {
    match &member.sheet_state {
        SheetState::Submitted { seal, .. } => Some(seal),
        SheetState::Filling | SheetState::Returned { .. } => None,
    }
}

/// The seals of these members, by the row of each.
pub(crate) async fn sealed(
    db: &impl ConnectionTrait,
    of: &CampaignDetail,
    members: &[&Member],
) -> Result<HashMap<i64, Sealed>, StoreError> {
    let Some(stage) = of.stages.first() else { return Ok(HashMap::new()) };
    let submitted: Vec<(i64, &str)> =
        members.iter().filter_map(|member| Some((member.id, seal_of(member)?))).collect();
    if submitted.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = submitted.iter().map(|(id, _)| *id).collect();
    let (contents, mut logged) = (Content::of(db, &ids, stage.id).await?, logged(db, &ids).await?);
    let nothing = Content::default();
    let mut seals = HashMap::new();
    for (id, seal) in submitted {
        let content = contents.get(&id).unwrap_or(&nothing);
        let logged = logged.remove(&id);
        let fits = digest(&content.text(Order::Signs, Form::Whole)) == seal
            || (logged.as_ref().is_none_or(|logged| logged.before)
                && fits_as_before(db, (id, stage.id), (content, seal)).await?);
        let logged = logged.map(|logged| (logged.seal, logged.row));
        seals.insert(id, Sealed { kept: seal.to_owned(), logged, fits });
    }
    Ok(seals)
}

/// What the log says last of the submission of a sheet.
struct Logged {
    seal: String,
    row: i64,
    /// Whether it does not say how the text was written: a version of before wrote it.
    before: bool,
}

/// What the log says last of the submission of each sheet.
async fn logged(db: &impl ConnectionTrait, members: &[i64]) -> Result<HashMap<i64, Logged>, StoreError> {
    let subjects: HashMap<String, i64> =
        members.iter().map(|member| (format!("member {member}"), *member)).collect();
    let rows = audit::Entity::find()
        .select_only()
        .columns([audit::Column::Seq, audit::Column::Subject, audit::Column::Detail])
        .filter(audit::Column::Subject.is_in(subjects.keys()))
        .filter(audit::Column::Act.eq(AuditAct::SheetSubmit.word()))
        .order_by_asc(audit::Column::Seq)
        .into_tuple::<(i64, String, String)>();
    let mut last = HashMap::new();
    for (seq, subject, detail) in rows.all(db).await? {
        let detail: Value = serde_json::from_str(&detail).unwrap_or_default();
        let seal = detail.get("sha256").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(member) = subjects.get(&subject) {
            let before = detail.get("form").is_none();
            last.insert(*member, Logged { seal, row: seq, before });
        }
    }
    Ok(last)
}

/// The seal that a sheet would have if it were submitted now, as this connection sees it.
pub(crate) async fn seal_now(
    db: &impl ConnectionTrait,
    member: i64,
    stage: i64,
) -> Result<String, StoreError> {
    Ok(digest(&Content::of_one(db, member, stage).await?.text(Order::Signs, Form::Whole)))
}

/// How the text under a seal is written, as the log says it: whatever comes later gets another number.
pub(super) const FORM: i64 = 5;

/// What stands in the text under a seal. Each version sealed more than the one before; a sheet keeps the seal that it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Figures alone.
    Figures,
    /// And documents.
    Documents,
    /// And whose place each took.
    Versions,
    /// And what each is: all of it.
    Whole,
}

impl Form {
    const ALL: [Self; 4] = [Self::Whole, Self::Versions, Self::Documents, Self::Figures];
}

/// In which order figures and documents stand in a seal. Earlier versions left it to the database, whose order follows its language;
/// a sheet that was sealed in one of them keeps its seal, also where it was restored into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// Sign by sign, everywhere the same.
    Signs,
    /// Letters and digits first, as PostgreSQL orders in most languages.
    Letters,
}

impl Order {
    const ALL: [Self; 2] = [Self::Signs, Self::Letters];

    fn key(self, text: &str) -> (String, String) {
        let letters = match self {
            Self::Signs => String::new(),
            Self::Letters => text.chars().filter(|each| each.is_alphanumeric()).collect(),
        };
        (letters.to_lowercase(), text.to_owned())
    }
}

/// All that stands on a sheet, figures and documents: whoever has a copy can prove that it is the one that was submitted.
#[derive(Default)]
struct Content {
    figures: Vec<entry::Model>,
    documents: Vec<evidence::Model>,
}

impl Content {
    async fn of_one(db: &impl ConnectionTrait, member: i64, stage: i64) -> Result<Self, StoreError> {
        Ok(Self::of(db, &[member], stage).await?.remove(&member).unwrap_or_default())
    }

    async fn of(
        db: &impl ConnectionTrait,
        members: &[i64],
        stage: i64,
    ) -> Result<HashMap<i64, Self>, StoreError> {
        let figures = entry::Entity::find()
            .filter(entry::Column::Member.is_in(members.iter().copied()))
            .filter(entry::Column::Stage.eq(stage))
            .filter(entry::Column::Text.ne(""));
        let documents = evidence::Entity::find()
            .filter(evidence::Column::Member.is_in(members.iter().copied()))
            .filter(evidence::Column::Stage.eq(stage))
            .filter(evidence::Column::RemovedAt.is_null());
        let mut all: HashMap<i64, Self> = HashMap::new();
        for row in figures.all(db).await? {
            all.entry(row.member).or_default().figures.push(row);
        }
        for row in documents.all(db).await? {
            all.entry(row.member).or_default().documents.push(row);
        }
        Ok(all)
    }

    /// The texts that versions of before would have sealed.
    fn of_before(&self) -> impl Iterator<Item = String> {
        Order::ALL.into_iter().flat_map(|order| Form::ALL.map(|form| self.text(order, form)))
    }

    fn text(&self, order: Order, form: Form) -> String {
        let mut figures: Vec<&entry::Model> = self.figures.iter().collect();
        figures.sort_by_cached_key(|row| (order.key(&row.criterion), order.key(&row.input)));
        let mut documents: Vec<&evidence::Model> = self.documents.iter().collect();
        documents.sort_by_cached_key(|row| (order.key(&row.criterion), row.id));
        text(&figures, &documents, form)
    }
}

fn text(figures: &[&entry::Model], documents: &[&evidence::Model], form: Form) -> String {
    let figures = figures.iter().map(|row| json!([row.criterion, row.input, row.kind, row.text]));
    // Whose place a document took is told by the other’s place in this list: rows have other numbers elsewhere.
    let places: HashMap<i64, usize> = documents.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
    let documents = documents.iter().map(|row| {
        let replaces = row.replaces.and_then(|former| places.get(&former));
        let what = row.file.as_ref().or(row.link.as_ref());
        let Row { criterion, name, genre, number, issued_on, issuer, .. } = row;
        match form {
            Form::Figures => Value::Null,
            Form::Documents => json!([criterion, name, number, issued_on, issuer, what]),
            Form::Versions => json!([criterion, name, number, issued_on, issuer, what, replaces]),
            Form::Whole => json!([criterion, name, genre, number, issued_on, issuer, what, replaces]),
        }
    });
    let lines = figures.chain(documents).filter(|line| !line.is_null());
    let lines: Vec<String> = lines.map(|line| line.to_string()).collect();
    lines.join("\n")
}

/// Whether a sheet fits a seal that a version of before made: in one of the known orders, or in that of this database.
async fn fits_as_before(
    db: &impl ConnectionTrait,
    (member, stage): (i64, i64),
    (content, seal): (&Content, &str),
) -> Result<bool, StoreError> {
    if content.of_before().any(|text| digest(&text) == seal) {
        return Ok(true);
    }
    let figures = entry::Entity::find()
        .filter(entry::Column::Member.eq(member))
        .filter(entry::Column::Stage.eq(stage))
        .filter(entry::Column::Text.ne(""))
        .order_by_asc(entry::Column::Criterion)
        .order_by_asc(entry::Column::Input)
        .all(db)
        .await?;
    let documents = evidence::Entity::find()
        .filter(evidence::Column::Member.eq(member))
        .filter(evidence::Column::Stage.eq(stage))
        .filter(evidence::Column::RemovedAt.is_null())
        .order_by_asc(evidence::Column::Criterion)
        .order_by_asc(evidence::Column::Id)
        .all(db)
        .await?;
    let (figures, documents): (Vec<_>, Vec<_>) = (figures.iter().collect(), documents.iter().collect());
    Ok(Form::ALL.into_iter().any(|form| digest(&text(&figures, &documents, form)) == seal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(order: Order) -> Vec<&'static str> {
        let mut codes = vec!["1.10", "1.1.2", "1.1.10", "1.2"];
        codes.sort_by_cached_key(|code| order.key(code));
        codes
    }

    #[test]
    fn the_order_of_a_seal_is_that_of_signs_or_of_a_database_that_passes_over_points() {
        assert_eq!(ordered(Order::Signs), ["1.1.10", "1.1.2", "1.10", "1.2"]);
        assert_eq!(ordered(Order::Letters), ["1.10", "1.1.10", "1.1.2", "1.2"]);
    }
}
