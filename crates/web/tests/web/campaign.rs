//! A campaign of two departments, as most tests need it: prepared, open, and changed at the console.

use parindex_domain::campaign::Standing;
use parindex_domain::procedure::SheetState;
use parindex_package::beside::PackageExtras;
use parindex_rulebook::set::Method;
use parindex_store::campaign::{
    AddCampaign, Approve, Known, NewBlock, NewMember, NewStage, OpenCampaign, Release, SetWindow,
};
use parindex_store::criteria_set::{Settle, UploadSet};
use parindex_store::sheet::Submit;
use parindex_store::{Actor, Change, Clock};
use parindex_testkit::{Browser, Database, Office};

mod move_set;
mod own_unit;
mod played;

/// The criteria set of the departments of Hà Nội.
const SET: &str = include_str!("../../../../examples/ha-noi-2023/criteria/so.csv");
/// One minute in microseconds: sessions outlive what is played here.
const MINUTE: i64 = 60_000_000;

/// A campaign of two departments with two rounds, as a draft.
pub struct Prepared {
    pub office: Office,
    pub campaign: i64,
    /// The sheets of departments A and B.
    pub sheets: [i64; 2],
}

fn stage(code: &str, name: &str, own: bool) -> NewStage {
    let counts = own.then(|| vec![Method::SelfAssessed]);
    NewStage { code: code.to_owned(), name: name.to_owned(), counts }
}

impl Prepared {
    /// In an office.
    pub async fn new(office: Office) -> Self {
        Self::of(office, SET.to_owned()).await
    }

    /// Open, with a legal basis of the first domain.
    pub async fn with_basis(database: &Database, basis: &str) -> Self {
        let domain = "1,,\"Công tác chỉ đạo, điều hành cải cách hành chính\",11,,,,,,,,,,";
        assert!(SET.contains(domain));
        let text = SET.replacen(domain, &format!("{domain}{basis}"), 1);
        Self::of(Office::new(database).await, text).await.open().await
    }

    /// Open, with a set that lets the third domain be left out.
    pub async fn with_domain_left_out(database: &Database) -> Self {
        let domain = "3,,Cải cách thủ tục hành chính,18,,,,,,,,,,";
        assert!(SET.contains(domain));
        let policy = "3,,Cải cách thủ tục hành chính,18,,,,,bỏ ra khỏi điểm tối đa,,,,,";
        Self::of(Office::new(database).await, SET.replacen(domain, policy, 1)).await.open().await
    }

    /// With a criteria set.
    async fn of(office: Office, text: String) -> Self {
        let (code, title) = ("HN-SO".to_owned(), "Bộ tiêu chí của các sở".to_owned());
        let set = office.change(UploadSet { code, title, text, note: String::new(), file: None }).await;
        office.change(Settle { set: set.set, number: set.number }).await;
        let member = |code: &str, name: &str| NewMember {
            unit: office.units.get(code).copied(),
            code: code.to_owned(),
            name: name.to_owned(),
            parent: None,
            standing: Standing::Ranked,
            entries: Vec::new(),
        };
        let block = NewBlock {
            code: "so".to_owned(),
            name: "Các sở".to_owned(),
            version: (set.set, set.number),
            members: vec![member("A", "Sở Nội vụ"), member("B", "Sở Tư pháp")],
        };
        let add = AddCampaign {
            code: "2025".to_owned(),
            title: "Chỉ số cải cách hành chính năm 2025".to_owned(),
            legal_basis: "Kế hoạch số 1/KH-UBND".to_owned(),
            year: 2025,
            days: (None, None),
            note: String::new(),
            stages: vec![
                stage("self", "Tự đánh giá", true),
                stage("appraisal-1", "Thẩm định lần 1", true),
                stage("appraisal-2", "Thẩm định lần 2", true),
                stage("final", "Kết quả", false),
            ],
            blocks: vec![block],
            beside: PackageExtras::default(),
        };
        let campaign = office.change(add).await;
        let detail = office.store.campaign(campaign).await.unwrap().unwrap();
        let sheet = |at: usize| detail.members[at].id;
        let sheets = [sheet(0), sheet(1)];
        Self { office, campaign, sheets }
    }

    /// Open since an hour; self-assessment until 8:10, a round until 8:20, another one until 8:30.
    pub async fn opened(database: &Database) -> Self {
        Self::opened_in(Office::new(database).await).await
    }

    /// The same, in an office.
    pub async fn opened_in(office: Office) -> Self {
        Self::new(office).await.open().await
    }

    /// Sets the windows and opens it.
    pub async fn open(self) -> Self {
        let prepared = self;
        let mut standing = prepared.office.signed_in("standing-body").await;
        let page = format!("/campaigns/{}", prepared.campaign);
        standing.get(&format!("{page}/prepare")).await;
        let days = [("07:00", "08:10"), ("08:10", "08:20"), ("08:20", "08:30")];
        let mut form = Vec::new();
        for ((opens, closes), code) in days.into_iter().zip(["self", "appraisal-1", "appraisal-2"]) {
            form.push((format!("opens.{code}"), format!("2026-03-02T{opens}")));
            form.push((format!("closes.{code}"), format!("2026-03-02T{closes}")));
        }
        let form: Vec<_> = form.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let set = standing.post(&format!("{page}/windows"), &form).await;
        assert_eq!(set.status, 303, "{}", set.text);
        let open = standing.post(&format!("{page}/open"), &[]).await;
        assert_eq!(open.status, 303, "{}", open.text);
        prepared
    }

    /// Every sheet is submitted that is not yet, at the console.
    pub async fn submit(&self) {
        let detail = self.office.store.campaign(self.campaign).await.unwrap().unwrap();
        for member in self.sheets {
            if !matches!(detail.member(member).unwrap().sheet_state, SheetState::Submitted { .. }) {
                self.now(Submit { member, seen: None, not_done: Vec::new(), unexplained: Vec::new() }).await;
            }
        }
    }

    /// Everything is submitted, the first draft released where it was not, and the result approved, at the console.
    pub async fn approve(&self) {
        self.submit().await;
        let detail = self.office.store.campaign(self.campaign).await.unwrap().unwrap();
        let campaign = self.campaign;
        if detail.last_released() == 0 {
            self.now(Release { campaign, stage: 1, explain_until: None, undecided: 0, knowing: 0 }).await;
        }
        let detail = self.office.store.campaign(self.campaign).await.unwrap().unwrap();
        let result = parindex_service::campaign::approved::result(&self.office.store, &detail).await.unwrap();
        let (undecided, external_points) = (Known::default(), Known::default());
        self.now(Approve { campaign, seen: None, undecided, external_points, result }).await;
    }

    /// The standing body releases the draft of a round, knowing what nobody decided.
    pub async fn release(&self, round: i64, until: &str) -> parindex_testkit::Reply {
        let board = format!("/campaigns/{}", self.campaign);
        let mut standing = self.office.signed_in("standing-body").await;
        let page = standing.get(&board).await.text;
        let knowing = if page.contains("name=\"knowing\"") { hidden(&page, "knowing") } else { "0" };
        let form = [("explain_until", until), ("knowing", knowing)];
        standing.post(&format!("{board}/release/{round}"), &form).await
    }

    /// Another campaign like it, with so many units more, open at the same time.
    pub async fn with_more_units(self, more: usize) -> Self {
        let detail = self.office.store.campaign(self.campaign).await.unwrap().unwrap();
        let (stages, block) = (&detail.stages, &detail.blocks[0]);
        let old = detail.members.iter().map(|member| (member.unit, member.code.clone(), member.name.clone()));
        let known = detail.members[1].unit;
        let new = (0..more).map(|at| (known, format!("X{at}"), format!("Đơn vị số {at}")));
        let member = |(unit, code, name): (Option<i64>, String, String)| NewMember {
            unit,
            code,
            name,
            parent: None,
            standing: Standing::Ranked,
            entries: Vec::new(),
        };
        let add = AddCampaign {
            code: "nhieu".to_owned(),
            title: "Nhiều đơn vị".to_owned(),
            legal_basis: String::new(),
            year: 2025,
            days: (None, None),
            note: String::new(),
            stages: stages.iter().map(|each| stage(&each.code, &each.name, each.counts.is_some())).collect(),
            blocks: vec![NewBlock {
                code: "so".to_owned(),
                name: "Các sở".to_owned(),
                version: (block.set, block.number),
                members: old.chain(new).map(member).collect(),
            }],
            beside: PackageExtras::default(),
        };
        let campaign = self.office.change(add).await;
        for (place, stage) in (0..).zip(stages) {
            if let Some(window) = stage.round.window {
                self.now(SetWindow { campaign, stage: place, window }).await;
            }
        }
        self.now(OpenCampaign { campaign }).await;
        let detail = self.office.store.campaign(campaign).await.unwrap().unwrap();
        let sheets = [detail.members[0].id, detail.members[1].id];
        Self { office: self.office, campaign, sheets }
    }

    /// Changes something at the console, at this moment.
    pub async fn now<C: Change>(&self, change: C) {
        let (actor, now) = (Actor::console("test"), self.office.clock.now());
        let done = self.office.store.commit(&actor, now, change).await;
        done.unwrap();
    }

    /// An address of a criterion on the sheet of A.
    pub fn at(&self, code: &str) -> String {
        format!("/sheets/{}/{code}", self.sheets[0])
    }

    /// The clock of the office, so many minutes after Monday 8:00.
    pub fn minutes(&self, minutes: i64) {
        let target = 1_772_413_200_000_000 + minutes * MINUTE;
        self.office.clock.pass(target - self.office.clock.now());
    }
}

/// What a field of a page says that nobody sees.
pub fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let field = format!("name=\"{name}\" value=\"");
    let rest = page.split(field.as_str()).nth(1).unwrap_or_else(|| panic!("no {field} in {page}"));
    rest.split('"').next().unwrap()
}

/// The seal over what a page before the submission shows.
pub fn stands(page: &str) -> String {
    hidden(page, "seen").to_owned()
}

/// Fills in a ratio as a person does: looks at the page, types, saves.
pub async fn ratio(browser: &mut Browser, address: &str, (a, b): (&str, &str)) -> parindex_testkit::Reply {
    let page = browser.get(address).await;
    let seen = |name: &str| {
        let mark = format!("name=\"seen.v.{name}\" value=\"");
        page.text.split_once(&mark).and_then(|(_, rest)| rest.split('"').next()).unwrap_or("0").to_owned()
    };
    let (seen_a, seen_b) = (seen("a"), seen("b"));
    browser.post(address, &[("v.a", a), ("v.b", b), ("seen.v.a", &seen_a), ("seen.v.b", &seen_b)]).await
}
