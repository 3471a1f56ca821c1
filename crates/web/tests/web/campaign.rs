//! A whole campaign by all its roles: prepared, filled in, submitted, appraised, explained, decided by the council, approved.

use parindex_domain::campaign::Standing;
use parindex_domain::procedure::Paper;
use parindex_package::beside::Beside;
use parindex_rulebook::set::Method;
use parindex_store::campaign::{
    AddCampaign, Approve, Known, NewBlock, NewMember, NewStage, OpenCampaign, Release, SetWindow,
};
use parindex_store::criteria_set::{Settle, Upload};
use parindex_store::person::Close;
use parindex_store::sheet::Submit;
use parindex_store::{Actor, Change, Clock};
use parindex_testkit::{Browser, Database, Office, databases};

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
        let text = include_str!("../../../../examples/ha-noi-2023/criteria/so.csv").to_owned();
        let (code, title) = ("HN-SO".to_owned(), "Bộ tiêu chí của các sở".to_owned());
        let set = office.change(Upload { code, title, text, note: String::new(), file: None }).await;
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
            beside: Beside::default(),
        };
        let campaign = office.change(add).await;
        let whole = office.store.campaign(campaign).await.unwrap().unwrap();
        let sheet = |at: usize| whole.members[at].id;
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
        let whole = self.office.store.campaign(self.campaign).await.unwrap().unwrap();
        for member in self.sheets {
            if !matches!(whole.member(member).unwrap().paper, Paper::Submitted { .. }) {
                self.now(Submit { member, seen: None }).await;
            }
        }
    }

    /// Everything is submitted, the first draft released where it was not, and the result approved, at the console.
    pub async fn approve(&self) {
        self.submit().await;
        let whole = self.office.store.campaign(self.campaign).await.unwrap().unwrap();
        let campaign = self.campaign;
        if whole.last_released() == 0 {
            self.now(Release { campaign, stage: 1, explain_until: None, undecided: 0, knowing: 0 }).await;
        }
        let whole = self.office.store.campaign(self.campaign).await.unwrap().unwrap();
        let result = parindex_web::approved_result(&self.office.store, &whole).await.unwrap();
        let (undecided, awards) = (Known::default(), Known::default());
        self.now(Approve { campaign, seen: None, undecided, awards, result }).await;
    }

    /// The standing body releases the draft of a round, knowing what nobody decided.
    pub async fn release(&self, round: i64, until: &str) -> parindex_testkit::Answer {
        let board = format!("/campaigns/{}", self.campaign);
        let mut standing = self.office.signed_in("standing-body").await;
        let page = standing.get(&board).await.text;
        let knowing = if page.contains("name=\"knowing\"") { hidden(&page, "knowing") } else { "0" };
        let form = [("explain_until", until), ("knowing", knowing)];
        standing.post(&format!("{board}/release/{round}"), &form).await
    }

    /// Another campaign like it, with so many units more, open at the same time.
    pub async fn with_more_units(self, more: usize) -> Self {
        let whole = self.office.store.campaign(self.campaign).await.unwrap().unwrap();
        let (stages, block) = (&whole.stages, &whole.blocks[0]);
        let old = whole.members.iter().map(|member| (member.unit, member.code.clone(), member.name.clone()));
        let known = whole.members[1].unit;
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
            beside: Beside::default(),
        };
        let campaign = self.office.change(add).await;
        for (place, stage) in (0..).zip(stages) {
            if let Some(window) = stage.round.window {
                self.now(SetWindow { campaign, stage: place, window }).await;
            }
        }
        self.now(OpenCampaign { campaign }).await;
        let whole = self.office.store.campaign(campaign).await.unwrap().unwrap();
        let sheets = [whole.members[0].id, whole.members[1].id];
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
    page.split(field.as_str()).nth(1).unwrap().split('"').next().unwrap()
}

/// The seal over what a page before the submission shows.
pub fn stands(page: &str) -> String {
    hidden(page, "seen").to_owned()
}

/// Fills in a ratio as a person does: looks at the page, types, saves.
pub async fn ratio(browser: &mut Browser, address: &str, (a, b): (&str, &str)) -> parindex_testkit::Answer {
    let page = browser.get(address).await;
    let seen = |name: &str| {
        let mark = format!("name=\"seen.v.{name}\" value=\"");
        page.text.split_once(&mark).and_then(|(_, rest)| rest.split('"').next()).unwrap_or("0").to_owned()
    };
    let (seen_a, seen_b) = (seen("a"), seen("b"));
    browser.post(address, &[("v.a", a), ("v.b", b), ("seen.v.a", &seen_a), ("seen.v.b", &seen_b)]).await
}

#[tokio::test]
async fn a_campaign_is_played_from_opening_to_approval() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.is_filled_in_and_submitted().await;
        played.minutes(15);
        played.is_lowered_with_a_reason().await;
        played.is_released_and_explained().await;
        played.minutes(25);
        played.is_decided_by_the_council().await;
        played.is_approved().await;
        played.is_as_the_log_says().await;
        assert!(played.office.store.verify_audit().await.unwrap().is_ok(), "{}", database.kind);
    }
}

impl Prepared {
    /// All that comes before the approval.
    pub async fn is_played_to_its_council(&self) {
        self.is_filled_in_and_submitted().await;
        self.minutes(15);
        self.is_lowered_with_a_reason().await;
        self.is_released_and_explained().await;
        self.minutes(25);
        self.is_decided_by_the_council().await;
    }

    /// The officer fills in a criterion, points follow at once; the head submits, and nothing can be entered any more.
    pub async fn is_filled_in_and_submitted(&self) {
        let at = self.at("1.1.2");
        let mut officer = self.office.signed_in("officer").await;
        assert_eq!(ratio(&mut officer, &at, ("9", "10")).await.status, 303);
        let page = officer.get(&at).await;
        assert!(page.text.contains("9/10 = 90%"), "{}", page.text);
        let submit = format!("/sheets/{}/submit", self.sheets[0]);
        assert_eq!(officer.post(&submit, &[]).await.status, 403, "only the head submits");
        let mut head = self.office.signed_in("head").await;
        let check = head.get(&submit).await;
        assert!(check.status == 200 && check.text.contains("Còn thiếu"), "{}", check.text);
        let seen = stands(&check.text);
        assert_eq!(ratio(&mut officer, &at, ("8", "10")).await.status, 303);
        let other = head.post(&submit, &[("seen", &seen)]).await;
        assert!(other.status == 409 && other.text.contains("vừa sửa phiếu"), "{}", other.text);
        assert_eq!(ratio(&mut officer, &at, ("9", "10")).await.status, 303);
        assert_eq!(
            head.post(&submit, &[("seen", &seen)]).await.status,
            303,
            "what was looked at stands again"
        );
        let late = ratio(&mut officer, &at, ("10", "10")).await;
        assert!(late.status == 409 && late.text.contains("đã duyệt và nộp"), "{}", late.text);
    }

    fn decision(&self, round: i64) -> String {
        format!("/appraisal/{}/{round}/{}/1.1.2", self.campaign, self.sheets[0])
    }

    /// An appraiser lowers it, with a reason and within the maximum; nobody sees that yet.
    pub async fn is_lowered_with_a_reason(&self) {
        let mut appraiser = self.office.signed_in("appraiser-b").await;
        let queue = appraiser.get(&format!("/appraisal/{}/1", self.campaign)).await;
        assert!(queue.status == 200 && queue.text.contains("Sở Nội vụ"), "{}", queue.text);
        let decide = self.decision(1);
        let page = appraiser.get(&decide).await;
        assert!(page.text.contains("Số đạt yêu cầu"), "{}", page.text);
        let wrong = [
            (("0,5", ""), "cần lý do"),
            (("2", "Thiếu"), "từ 0 đến 1,5"),
            (("nhiều", "Thiếu"), "từ 0 đến 1,5"),
        ];
        for ((points, reason), says) in wrong {
            let typed = [("ruling", "adjust"), ("points", points), ("reason", reason)];
            let refused = appraiser.post(&decide, &typed).await;
            assert!(refused.status == 422 && refused.text.contains(says), "{points}: {}", refused.text);
        }
        let looked = ("looked", hidden(&page.text, "looked"));
        let why = [("ruling", "adjust"), ("points", "0,5"), ("reason", "Thiếu báo cáo\u{a0}quý IV"), looked];
        assert_eq!(appraiser.post(&decide, &why).await.status, 303);
        let mut officer = self.office.signed_in("officer").await;
        let sheet = officer.get(&self.at("1.1.2")).await.text;
        assert!(!sheet.contains("Thiếu báo cáo quý IV"), "a draft is not seen");
    }

    /// The standing body releases the draft; the unit sees it and explains itself.
    pub async fn is_released_and_explained(&self) {
        let mut standing = self.office.signed_in("standing-body").await;
        standing.get(&format!("/campaigns/{}", self.campaign)).await;
        let release = format!("/campaigns/{}/release/1", self.campaign);
        let unknowing = standing.post(&release, &[("explain_until", "2026-03-02T08:25")]).await;
        assert!(
            unknowing.status == 409 && unknowing.text.contains("mục chưa kết luận"),
            "{}",
            unknowing.text
        );
        assert_eq!(self.release(1, "2026-03-02T08:25").await.status, 303);
        let at = self.at("1.1.2");
        let mut officer = self.office.signed_in("officer").await;
        let draft = officer.get(&at).await.text;
        assert!(draft.contains("Thiếu báo cáo quý IV") && draft.contains("0,50"), "{draft}");
        let said = [("round", "1"), ("text", "Báo cáo quý IV đã gửi ngày 05/01, kèm theo.")];
        assert_eq!(officer.post(&format!("{at}/explain"), &said).await.status, 303);
    }

    /// The second round leaves it to the council, which decides by more than half of its members.
    pub async fn is_decided_by_the_council(&self) {
        let mut appraiser = self.office.signed_in("appraiser-b").await;
        let page = appraiser.get(&self.decision(2)).await;
        assert!(page.text.contains("kèm theo"), "{}", page.text);
        let looked = ("looked", hidden(&page.text, "looked"));
        let council = [("ruling", "council"), ("reason", "Hai bên chưa thống nhất"), looked];
        assert_eq!(appraiser.post(&self.decision(2), &council).await.status, 303);
        let mut standing = self.office.signed_in("standing-body").await;
        let agenda = format!("/campaigns/{}/council", self.campaign);
        standing.get(&agenda).await;
        let (sheet, why) = (self.sheets[0].to_string(), "Chấp nhận giải trình");
        let motion =
            [("member", sheet.as_str()), ("criterion", "1.1.2"), ("points", "1,25"), ("proposal", why)];
        assert_eq!(standing.post(&agenda, &motion).await.status, 303);
        let early = standing.post("/motions/1/conclude", &[]).await;
        assert!(early.status == 409 && early.text.contains("Mới có 0/3 thành viên"), "{}", early.text);
        assert_eq!(standing.post(&agenda, &motion).await.status, 409, "a point is on the agenda once");
        let later = [motion.as_slice(), &[("until", "2026-03-02T09:00")]].concat();
        assert_eq!(standing.post(&agenda, &later).await.status, 303, "too few came: it goes on in writing");
        for (login, choice) in [("chair", "for"), ("vice-chair", "against"), ("member", "for")] {
            let mut voter = self.office.signed_in(login).await;
            let page = voter.get(&agenda).await.text;
            for said in
                ["Hai bên chưa thống nhất", "Báo cáo quý IV đã gửi ngày 05/01", "Thiếu báo cáo quý IV"]
            {
                assert!(page.contains(said), "{login} decides knowing «{said}»: {page}");
            }
            assert_eq!(voter.post("/motions/1/vote", &[("choice", choice)]).await.status, 409, "{login}");
            assert_eq!(voter.post("/motions/2/vote", &[("choice", choice)]).await.status, 303, "{login}");
        }
        assert_eq!(standing.post("/motions/2/conclude", &[]).await.status, 303);
        let minutes = standing.get(&agenda).await.text;
        assert!(minutes.contains("thông qua") && minutes.contains("2/3"), "{minutes}");
        self.office.change(Close { person: self.office.people["member"] }).await;
        let later = standing.get(&agenda).await.text;
        assert!(later.contains("2/3"), "who sits in the council later changes no minutes: {later}");
    }

    /// The chair approves once every sheet is submitted; from then on nothing moves.
    async fn is_approved(&self) {
        let approve = format!("/campaigns/{}/approve", self.campaign);
        let mut chair = self.office.signed_in("chair").await;
        let board = format!("/campaigns/{}", self.campaign);
        let page = chair.get(&board).await.text;
        assert!(page.contains("còn 1 phiếu chưa nộp") && !page.contains("name=\"seen\""), "{page}");
        let seen =
            self.office.store.campaign(self.campaign).await.unwrap().unwrap().campaign.revision.to_string();
        let early = chair.post(&approve, &[("seen", &seen)]).await;
        assert!(early.status == 409 && early.text.contains("còn 1 phiếu chưa nộp"), "{}", early.text);
        assert!(early.text.contains("mục chưa ai kết luận"), "{}", early.text);
        let mut standing = self.office.signed_in("standing-body").await;
        let extend = format!("/sheets/{}/extend", self.sheets[1]);
        let why = ("reason", "Mất điện diện rộng");
        let more = [("until", "2026-03-02T18:00"), why, ("signer", "Nguyễn Minh Đức")];
        assert_eq!(standing.post(&extend, &more).await.status, 303);
        let mut head = self.office.signed_in("head-b").await;
        let submit = format!("/sheets/{}/submit", self.sheets[1]);
        let seen = stands(&head.get(&submit).await.text);
        assert_eq!(head.post(&submit, &[("seen", &seen)]).await.status, 303);
        let other = chair.post(&approve, &[("seen", "0")]).await;
        assert!(
            other.status == 409 && other.text.contains("vừa thay đổi"),
            "not what was looked at: {}",
            other.text
        );
        let page = chair.get(&board).await.text;
        let (seen, knowing) = (hidden(&page, "seen"), hidden(&page, "knowing"));
        let unknowing = chair.post(&approve, &[("seen", seen)]).await;
        assert!(unknowing.status == 409 && unknowing.text.contains("chưa ai kết luận"), "{}", unknowing.text);
        let unaware = chair.post(&approve, &[("seen", seen), ("knowing", knowing)]).await;
        assert!(unaware.status == 409 && unaware.text.contains("điểm từ nguồn khác"), "{}", unaware.text);
        let without = ("without", hidden(&page, "without"));
        assert_eq!(chair.post(&approve, &[("seen", seen), ("knowing", knowing), without]).await.status, 303);
        let after = standing.post(&extend, &more).await;
        assert_eq!(after.status, 422, "nothing changes after the approval: {}", after.text);
        assert!(after.text.contains("đã phê duyệt kết quả"), "{}", after.text);
        let mut officer = self.office.signed_in("officer").await;
        let page = officer.get(&self.at("1.1.2")).await.text;
        assert!(page.contains("1,25") && page.contains("Chấp nhận giải trình"), "{page}");
    }
}

#[tokio::test]
async fn nobody_appraises_his_own_unit_and_the_attempt_is_recorded() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.minutes(15);
        // Works at A.
        let mut appraiser = played.office.signed_in("appraiser").await;
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let page = appraiser.get(&decide).await;
        assert!(page.text.contains("Đây là đơn vị của bạn"), "{}: {}", database.kind, page.text);
        let tried = appraiser.post(&decide, &[("ruling", "accept")]).await;
        assert!(
            tried.status == 409 && tried.text.contains("đã vào nhật ký"),
            "{}: {}",
            database.kind,
            tried.text
        );
        let mut auditor = played.office.signed_in("auditor").await;
        let log = auditor.get("/audit?act=verdict.").await.text;
        assert!(log.contains("đơn vị của mình"), "{}: {log}", database.kind);
    }
}

/// A running campaign moves to a newer version: the effect is shown, nothing may be lost, the reason is recorded.
#[tokio::test]
async fn a_campaign_moves_to_another_version_and_loses_nothing() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut officer = played.office.signed_in("officer").await;
        let at = played.at("1.1.2");
        assert_eq!(ratio(&mut officer, &at, ("9", "10")).await.status, 303);
        let text = include_str!("../../../../examples/ha-noi-2023/criteria/so.csv");
        // One version is kinder, in the other one the criterion is called otherwise.
        let kinder = text.replacen(
            "theo tỷ lệ a/b; từ 100% được điểm tối đa",
            "theo tỷ lệ a/b; từ 90% được điểm tối đa",
            1,
        );
        let without = text.replacen("\n1.1.2,1.1,", "\n1.1.9,1.1,", 1);
        for text in [kinder, without] {
            let (code, title) = ("HN-SO".to_owned(), "Bộ tiêu chí của các sở".to_owned());
            let upload = Upload { code, title, text, note: String::new(), file: None };
            let version = played.office.change(upload).await;
            played.office.change(Settle { set: version.set, number: version.number }).await;
        }
        let mut standing = played.office.signed_in("standing-body").await;
        let page = "/campaigns/1/blocks/1/move";
        let lossy = standing.get(&format!("{page}?to=1/3")).await.text;
        assert!(lossy.contains("không có chỗ trong phiên bản mới") && lossy.contains("1.1.2"), "{lossy}");
        let refused = standing.post(page, &[("to", "1/3"), ("revision", "1"), ("reason", "Sửa")]).await;
        assert!(refused.status == 422 && refused.text.contains("không có chỗ"), "{}", refused.text);
        let long = "Công văn đính chính. ".repeat(60);
        let refused = standing.post(page, &[("to", "1/2"), ("revision", "1"), ("reason", &long)]).await;
        assert!(refused.status == 422 && refused.text.contains(long.trim()), "{}", refused.text);
        let shown = standing.get(&format!("{page}?to=1/2")).await.text;
        assert!(shown.contains("1.1.2: 1,35 → 1,50"), "{}: {shown}", database.kind);
        let revision = shown.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let why = [("to", "1/2"), ("revision", revision), ("reason", "Công văn 12/SNV đính chính")];
        assert_eq!(standing.post(page, &why).await.status, 303, "{}", database.kind);
        assert!(officer.get(&at).await.text.contains("1,50"), "{}", database.kind);
        let late = standing.post(page, &why).await;
        assert_eq!(late.status, 409, "what changed since is looked at anew: {}", late.text);
        played.is_as_the_log_says().await;
    }
}
