//! Days off and worked days of the server: who adds them, what they do to points, and that what was approved stays.

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::Window;
use parindex_package::archive::zip;
use parindex_package::load::load_from;
use parindex_package::rows::calendar::Day;
use parindex_package::source::PackageSource;
use parindex_rulebook::lang::Lang;
use parindex_store::audit::Filter;
use parindex_store::campaign::{Approve, Known, OpenCampaign, SetWindow};
use parindex_store::sheet::Submit;
use parindex_store::{Actor, Change, Clock};
use parindex_testkit::{Browser, Database, Office, databases};

mod unlogged;

const SET: &str = "Mã,Mã cha,Tên,Điểm tối đa,Phương pháp,Số liệu,Cách tính điểm\n@mã bộ,,LICH,,,,\n@tên bộ,,Bộ tiêu chí,,,,\n@phiên bản,,1,,,,\n1,,Kế hoạch,2,,,\n1.1,1,Nộp báo cáo,2,tự đánh giá,\"d: ngày \"\"Ngày nộp\"\"\",hạn DUE cho d: đúng hạn được 2 điểm; trễ đến 1 ngày làm việc được 1 điểm; trễ hơn được 0 điểm; chưa có được 0 điểm\n";
const MANIFEST: &str = "format = 1\ncode = \"lich\"\ntitle = \"Chấm điểm theo lịch\"\nyear = YEAR\n\n[[stages]]\ncode = \"self\"\nname = \"Tự đánh giá\"\n\n[[stages]]\ncode = \"final\"\nname = \"Kết quả\"\n\n[[blocks]]\ncode = \"so\"\nname = \"Các sở\"\ncriteria = \"criteria/so.csv\"\n";

/// A campaign of two departments: A brings its report on a day, B in time.
fn package(year: &str, due: &str, day: &str) -> Vec<u8> {
    let facts = format!("unit,criterion,input,value,stage\nA,1.1,d,{day},self\nB,1.1,d,{year}-01-20,self\n");
    let files = [
        ("campaign.toml", MANIFEST.replace("YEAR", year)),
        ("criteria/so.csv", SET.replace("DUE", due)),
        ("units.csv", "unit,name\nA,Sở Nội vụ\nB,Sở Tư pháp\n".to_owned()),
        ("facts.csv", facts),
    ];
    zip(&files.map(|(name, text)| (name.to_owned(), text.into_bytes()))).unwrap()
}

/// Friday 11 June 2027 is the last day; Tuesday the 15th is two working days late, or one where Monday is off.
fn late() -> Vec<u8> {
    package("2027", "11/06/2027", "2027-06-15")
}

struct Played {
    office: Office,
    standing: Browser,
    administrator: Browser,
    sheets: Vec<i64>,
}

impl Played {
    /// The campaign of a package, open.
    async fn of(database: &Database, package: &[u8]) -> Self {
        let office = Office::new(database).await;
        let mut standing = office.signed_in("standing-body").await;
        let taken = standing.upload("/campaigns/new", "lich.zip", package).await;
        assert_eq!(taken.location.as_deref(), Some("/campaigns/1/prepare"), "{}", taken.text);
        let administrator = office.signed_in("administrator").await;
        let detail = office.store.campaign(1).await.unwrap().unwrap();
        let played = Self { office, standing, administrator, sheets: detail.ids() };
        let (now, hour) = (played.office.clock.now(), 3_600_000_000);
        let window = Window::new(now - hour, now + hour).unwrap();
        played.now(SetWindow { campaign: 1, stage: 0, window }).await;
        played.now(OpenCampaign { campaign: 1 }).await;
        played
    }

    async fn now<C: Change>(&self, change: C) {
        let done = self.office.store.commit(&Actor::console("test"), self.office.clock.now(), change).await;
        assert!(done.is_ok(), "{:?}", done.err());
    }

    async fn approve(&self) {
        for member in &self.sheets {
            self.now(Submit { member: *member, seen: None, not_done: Vec::new(), unexplained: Vec::new() })
                .await;
        }
        let detail = self.office.store.campaign(1).await.unwrap().unwrap();
        let result = parindex_service::campaign::approved::result(&self.office.store, &detail).await.unwrap();
        let (undecided, external_points) = (Known::default(), Known::default());
        self.now(Approve { campaign: 1, seen: None, undecided, external_points, result }).await;
    }

    async fn adds(&mut self, day: &str, kind: &str) -> parindex_testkit::Reply {
        self.administrator.get("/calendar").await;
        let typed = [("day", day), ("kind", kind), ("name", "Lễ hội"), ("source", "QĐ 88/QĐ-UBND")];
        self.administrator.post("/calendar", &typed).await
    }

    /// The points of A as its sheet shows them.
    async fn sheet(&mut self) -> String {
        let address = format!("/sheets/{}/1.1", self.sheets[0]);
        self.standing.get(&address).await.text
    }

    async fn package(&mut self) -> Vec<u8> {
        self.standing.get("/campaigns/1/package").await.bytes
    }
}

fn days(package: &[u8]) -> Vec<Day> {
    load_from(&PackageSource::zip("lich.zip", package).unwrap()).unwrap().beside.days
}

/// The points of A at the end, by the package alone.
fn points(package: &[u8]) -> String {
    let read = load_from(&PackageSource::zip("lich.zip", package).unwrap()).unwrap();
    let units = read.campaign.score(1).unwrap().result().units;
    units.iter().find(|unit| unit.seat == 0).unwrap().points.as_ref().unwrap().to_string()
}

#[tokio::test]
async fn a_day_of_the_server_moves_points_and_says_so() {
    for database in databases().await {
        let (mut played, kind) = (Played::of(&database, &late()).await, database.kind);
        let sheet = played.sheet().await;
        assert!(sheet.contains("2 ngày làm việc"), "{kind}");
        assert!(
            sheet.contains("vào cùng gói dữ liệu") && !sheet.contains("Chưa ai nhập gì"),
            "{kind}: {sheet}"
        );
        let added = played.adds("14/06/2027", "off").await;
        assert_eq!(
            (added.status, added.location.as_deref()),
            (303, Some("/calendar?year=2027")),
            "{}",
            added.text
        );
        let page = played.administrator.get("/calendar?year=2027").await.text;
        for says in ["14/06/2027", "QĐ 88/QĐ-UBND", "đã đổi điểm của 1 đơn vị trong «Chấm điểm theo lịch»"]
        {
            assert!(page.contains(says), "{kind}: {says}: {page}");
        }
        assert!(!played.sheet().await.contains("2 ngày làm việc"), "{kind}: the sheet is scored anew");
        let board = played.standing.get("/campaigns/1").await.text;
        assert!(board.contains("điểm của 1 đơn vị thay đổi"), "{kind}: {board}");
        let rows = Filter { acts: Some(vec![AuditAct::CalendarAdd]), ..Filter::default() };
        let said = played.office.store.audit(&rows, 1).await.unwrap();
        assert!(said[0].entry.detail.contains("\"moved\":{\"lich\":1}"), "{}", said[0].entry.detail);
        // A day on which no rule counts moves nothing.
        assert_eq!(played.adds("22/11/2027", "off").await.status, 303, "{kind}");
        assert_eq!(played.office.store.effects_on(1).await.unwrap().len(), 1, "{kind}");
        assert_eq!(played.administrator.post("/calendar/1/remove", &[]).await.status, 303, "{kind}");
        assert!(played.sheet().await.contains("2 ngày làm việc"), "{kind}");
        let page = played.administrator.get("/calendar?year=2027").await.text;
        assert!(page.contains("Bỏ ngày này đã đổi điểm của 1 đơn vị"), "{kind}: {page}");
        assert!(played.office.store.verify_audit().await.unwrap().is_ok(), "{kind}");
        let found = played.office.store.beside_the_log().await.unwrap();
        assert_eq!(found.count, 0, "{kind}: {}", found.first(5, Lang::Vi));
    }
}

#[tokio::test]
async fn a_day_travels_with_its_source_and_comes_back_unchanged() {
    let package = {
        let database = databases().await.remove(0);
        let mut played = Played::of(&database, &late()).await;
        assert_eq!(played.adds("14/06/2027", "off").await.status, 303);
        played.package().await
    };
    let day = Day {
        date: "2027-06-14".to_owned(),
        kind: "off".to_owned(),
        name: "Lễ hội".to_owned(),
        source: "QĐ 88/QĐ-UBND".to_owned(),
    };
    assert_eq!((days(&package), points(&package)), (vec![day.clone()], "1".to_owned()));
    for database in databases().await {
        let mut played = Played::of(&database, &package).await;
        assert!(played.package().await == package, "{}: another package goes out", database.kind);
        // What the campaign has of its own holds whatever the server says of that day.
        assert_eq!(played.adds("14/06/2027", "off").await.status, 303, "{}", database.kind);
        assert!(played.office.store.effects_on(1).await.unwrap().is_empty(), "{}", database.kind);
        assert!(played.package().await == package, "{}", database.kind);
    }
}

#[tokio::test]
async fn what_was_approved_stays_and_keeps_the_days_that_it_rests_on() {
    for database in databases().await {
        let (mut played, kind) = (Played::of(&database, &late()).await, database.kind);
        assert_eq!(played.adds("14/06/2027", "off").await.status, 303, "{kind}");
        assert_eq!(played.adds("23/11/2027", "off").await.status, 303, "{kind}");
        played.approve().await;
        let before = (played.office.store.approval(1).await.unwrap(), played.package().await);
        assert_eq!(points(&before.1), "1", "{kind}");
        let refused = played.administrator.post("/calendar/1/remove", &[]).await;
        let says = refused.text.contains("Kết quả đã phê duyệt của 1 đợt đánh giá tính theo ngày này");
        assert!(refused.status == 422 && says, "{kind}: {}", refused.text);
        // A day on which the result does not rest goes, and one more would have moved it.
        assert_eq!(played.administrator.post("/calendar/2/remove", &[]).await.status, 303, "{kind}");
        assert_eq!(played.adds("15/06/2027", "off").await.status, 303, "{kind}");
        let after = (played.office.store.approval(1).await.unwrap(), played.package().await);
        assert!(before == after, "{kind}: neither result nor package is another one");
        assert!(!played.sheet().await.contains("2 ngày làm việc"), "{kind}");
        let detail = played.office.store.campaign(1).await.unwrap().unwrap();
        let (approval, now) = played.office.store.approved_digest(&detail).await.unwrap().unwrap();
        assert_eq!(approval.sha256, now, "{kind}");
    }
}

/// The weekdays that are off in a year of which the product knows none: three of its holidays fall on a weekend.
const OF_2028: [&str; 12] = [
    "03/01/2028",
    "24/01/2028",
    "25/01/2028",
    "26/01/2028",
    "27/01/2028",
    "28/01/2028",
    "04/04/2028",
    "01/05/2028",
    "02/05/2028",
    "01/09/2028",
    "04/09/2028",
    "24/11/2028",
];

#[tokio::test]
async fn a_year_is_known_once_it_is_known_whole_and_pages_say_who_adds_its_days() {
    for database in databases().await.into_iter().take(1) {
        // Friday is the last day, and Monday comes after it.
        let package = package("2028", "09/06/2028", "2028-06-12");
        let mut played = Played::of(&database, &package).await;
        let sheet = played.sheet().await;
        for says in
            ["chưa có đủ ngày nghỉ của năm 2028", "Người quản trị bổ sung ở trang «Ngày nghỉ, ngày làm bù»"]
        {
            assert!(sheet.contains(says), "{says}: {sheet}");
        }
        assert!(!sheet.contains("calendar.csv"), "no page names a file that it does not take");
        let tried = "/criteria-sets/1/1/try/1.1?d=12%2F06%2F2028";
        assert!(played.standing.get(tried).await.text.contains("Người quản trị bổ sung ở trang"));
        let mut officer = played.office.signed_in("officer").await;
        let page = officer.get("/calendar?year=2028").await.text;
        assert!(
            page.contains("Tết Nguyên đán (mồng 1 là 26/01/2028; mới có 0 trong 5 ngày")
                && page.contains("Ngày Chiến thắng (nghỉ bù 02/5/2028)")
                && !page.contains("/calendar/1/remove"),
            "{page}"
        );
        // Days beside holidays make up for none of them.
        for day in ["05/04/2028", "03/05/2028", "06/09/2028"] {
            assert_eq!(played.adds(day, "off").await.status, 303, "{day}");
        }
        for day in OF_2028 {
            assert!(played.sheet().await.contains("chưa có đủ ngày nghỉ"), "{day}");
            assert_eq!(played.adds(day, "off").await.status, 303, "{day}");
        }
        assert!(!played.sheet().await.contains("chưa có đủ ngày nghỉ"));
        assert!(officer.get("/calendar?year=2028").await.text.contains("Đã có đủ ngày nghỉ của năm"));
        assert!(!played.standing.get(tried).await.text.contains("Người quản trị bổ sung"));
    }
}

#[tokio::test]
async fn what_is_typed_is_read_as_a_day_and_what_is_wrong_stands_at_its_field() {
    for database in databases().await {
        let (office, kind) = (Office::new(&database).await, database.kind);
        let mut administrator = office.signed_in("administrator").await;
        administrator.get("/calendar").await;
        let typed = |day: &'static str, kind: &'static str, source: &'static str| {
            [("day", day), ("kind", kind), ("name", "Nghỉ"), ("source", source)]
        };
        for (form, says) in [
            (typed("31/04/2029", "off", "1/TB"), "«31/04/2029»"),
            (typed("12/05/2029", "off", ""), "hãy ghi văn bản"),
            (typed("14/05/2029", "work", "1/TB"), "Thứ Hai, vốn là ngày làm việc"),
            (typed("01/01/2027", "off", "1/TB"), "đã là ngày nghỉ"),
        ] {
            let refused = administrator.post("/calendar", &form).await;
            assert!(refused.status == 422 && refused.text.contains(says), "{kind} {says}: {}", refused.text);
            assert!(
                refused.text.contains(&format!("value=\"{}\"", form[0].1)),
                "{kind}: it stays in its field"
            );
        }
        assert_eq!(
            administrator.post("/calendar", &typed("14.5.2029", "off", "1/TB")).await.status,
            303,
            "{kind}"
        );
        let there = administrator.post("/calendar", &typed("14/05/2029", "work", "1/TB")).await;
        assert!(
            there.status == 422 && there.text.contains("có trong danh sách của máy chủ"),
            "{kind}: {}",
            there.text
        );
        administrator.cookies.insert("lang".to_owned(), "en".to_owned());
        let page = administrator.get("/calendar?year=2029").await.text;
        assert!(
            page.contains("14/05/2029")
                && page.contains("Monday")
                && page.contains("Holidays are missing for"),
            "{page}"
        );
        for login in ["standing-body", "chair", "officer", "auditor"] {
            let mut browser = office.signed_in(login).await;
            assert_eq!(browser.get("/calendar?year=2029").await.status, 200, "{kind}: {login}");
            for path in ["/calendar", "/calendar/1/remove"] {
                let refused = browser.post(path, &typed("15/05/2029", "off", "1/TB")).await;
                assert_eq!(refused.status, 403, "{kind}: {login} {path}");
            }
        }
    }
}
