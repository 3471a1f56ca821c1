//! The forms by which a campaign is prepared: criteria sets, phrases, units, rounds and windows.

use parindex_service::token::Token;

use super::Walk;
use crate::twice::send::Send;

/// When the stages of a campaign are open.
const WINDOWS: [(&str, &str); 6] = [
    ("opens.self", "02/03/2026 07:00"),
    ("closes.self", "03/03/2026 07:00"),
    ("opens.appraisal-1", "03/03/2026 07:00"),
    ("closes.appraisal-1", "04/03/2026 07:00"),
    ("opens.appraisal-2", "04/03/2026 07:00"),
    ("closes.appraisal-2", "05/03/2026 07:00"),
];

impl Walk<'_> {
    pub(super) async fn library(&mut self) {
        let by = "standing-body";
        let table = include_str!("../../../../../../examples/phu-tho-2026q3-satisfaction/criteria/set.csv");
        let upload = Send::new("/criteria-sets/upload", &[]).with_file("bo.csv", table.as_bytes());
        let made = self.twice(by, "/criteria-sets/upload", "/criteria-sets/upload", upload).await;
        let version = made.location.unwrap();
        let edit = format!("{version}/edit/766-6.1");
        let fields = [
            ("name", "Hài lòng"),
            ("max", "6"),
            ("inputs", "a: số đếm \"Hài lòng\"; b: số đếm \"Tất cả\""),
            ("rule", "theo tỷ lệ a/b; từ 80% được điểm tối đa; mẫu bằng 0: 0 điểm"),
            ("evidence", "Báo cáo"),
        ];
        self.twice(by, &edit, "/criteria-sets/{set}/{number}/edit/{code}", Send::new(&edit, &fields)).await;
        let settle = format!("{version}/settle");
        self.twice(by, &version, "/criteria-sets/{set}/{number}/settle", Send::new(settle, &[])).await;
        let copy = "/criteria-sets/1/1/copy";
        let fields = [("code", "HN-SO"), ("title", "Bộ tiêu chí của các sở"), ("note", "")];
        let copied =
            self.twice(by, copy, "/criteria-sets/{set}/{number}/copy", Send::new(copy, &fields)).await;
        let next = copied.location.unwrap();
        let settle = format!("{next}/settle");
        self.twice(by, &next, "/criteria-sets/{set}/{number}/settle", Send::new(settle, &[])).await;
        let other = [("code", "HN-SO-2"), ("title", "Bộ khác"), ("note", "")];
        self.twice(by, copy, "/criteria-sets/{set}/{number}/copy", Send::new(copy, &other)).await;
        self.twice(by, "/phrases", "/phrases", Send::new("/phrases", &[("text", "Thiếu số liệu gốc")])).await;
        self.twice(by, "/phrases", "/phrases/{phrase}/remove", Send::new("/phrases/1/remove", &[])).await;
        let day = [("day", "12/05/2028"), ("kind", "off"), ("name", "Nghỉ"), ("source", "15/TB-BNV")];
        self.twice("administrator", "/calendar", "/calendar", Send::new("/calendar", &day)).await;
        let (page, gone) = ("/calendar?year=2028", Send::new("/calendar/1/remove", &[]));
        self.twice("administrator", page, "/calendar/{day}/remove", gone).await;
    }

    pub(super) async fn preparation(&mut self, package: &[u8]) {
        let by = "standing-body";
        let new = Send::new("/campaigns/new", &[]).with_file("nhieu.zip", package);
        self.twice(by, "/campaigns/new", "/campaigns/new", new).await;
        let begun = [("code", "2026"), ("title", "Chỉ số năm 2026"), ("year", "2026"), ("rounds", "2")];
        let begun = Send::new("/campaigns/begin", &begun);
        let prepare = self.twice(by, "/campaigns/new", "/campaigns/begin", begun).await.location.unwrap();
        let campaign = prepare.trim_end_matches("/prepare").to_owned();
        let id: i64 = campaign.rsplit('/').next().unwrap().parse().unwrap();
        let at = |act: &str| format!("{campaign}/{act}");
        let about =
            [("title", "Chỉ số 2026"), ("from", "2026-01-01"), ("to", "2026-12-31"), ("visibility", "own")];
        self.twice(by, &prepare, "/campaigns/{campaign}/describe", Send::new(at("describe"), &about)).await;
        let block = [("code", "so"), ("name", "Các sở"), ("version", "1/1"), ("units", "A")];
        self.twice(by, &prepare, "/campaigns/{campaign}/blocks", Send::new(at("blocks"), &block)).await;
        let block = self.office.store.campaign(id).await.unwrap().unwrap().blocks[0].id;
        let members = Send::new(at(&format!("blocks/{block}/members")), &[("units", "B")]);
        self.twice(by, &prepare, "/campaigns/{campaign}/blocks/{block}/members", members).await;
        let member = self.office.store.campaign(id).await.unwrap().unwrap().members[1].id;
        let standing = [("standing", "exempt"), ("reason", "Mới thành lập")];
        let standing = Send::new(format!("/sheets/{member}/standing"), &standing);
        self.twice(by, &prepare, "/sheets/{member}/standing", standing).await;
        let gone = Send::new(format!("/sheets/{member}/remove"), &[]);
        self.twice(by, &prepare, "/sheets/{member}/remove", gone).await;
        let links = Send::new(at("link-units"), &[]);
        let form = Token::new().unwrap();
        self.sent_twice(by, "/campaigns/{campaign}/link-units", &links, form.text()).await;
        self.twice(
            by,
            &prepare,
            "/campaigns/{campaign}/rounds/add",
            Send::new(at("rounds/add"), &[("name", "")]),
        )
        .await;
        self.twice(by, &prepare, "/campaigns/{campaign}/rounds/remove", Send::new(at("rounds/remove"), &[]))
            .await;
        let moved = at(&format!("blocks/{block}/move"));
        let move_set = Send::new(&moved, &[("reason", "Công văn 12/SNV")]);
        self.twice(by, &format!("{moved}?to=1/2"), "/campaigns/{campaign}/blocks/{block}/move", move_set)
            .await;
        let windows = Send::new(at("windows"), &WINDOWS);
        self.twice(by, &prepare, "/campaigns/{campaign}/windows", windows).await;
        self.twice(by, &prepare, "/campaigns/{campaign}/open", Send::new(at("open"), &[])).await;
        let draft = [("code", "nhap"), ("title", "Bản nháp"), ("year", "2026"), ("like", "1")];
        let draft = Send::new("/campaigns/begin", &draft);
        let prepare = self.twice(by, "/campaigns/new", "/campaigns/begin", draft).await.location.unwrap();
        let id: i64 = prepare.split('/').nth(2).unwrap().parse().unwrap();
        let block = self.office.store.campaign(id).await.unwrap().unwrap().blocks[0].id;
        let gone = Send::new(format!("/campaigns/{id}/blocks/{block}/remove"), &[]);
        self.twice(by, &prepare, "/campaigns/{campaign}/blocks/{block}/remove", gone).await;
        let gone = Send::new(format!("/campaigns/{id}/remove"), &[("code", "nhap")]);
        self.twice(by, &prepare, "/campaigns/{campaign}/remove", gone).await;
    }
}
