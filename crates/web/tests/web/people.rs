//! An account from its link to its first sign-in; roles given and taken.

use parindex_testkit::{Office, PASSWORD, databases};

fn link_in(text: &str) -> String {
    let (_, rest) = text.split_once("http://parindex.test").expect("a link");
    rest.chars().take_while(|each| *each != '<').collect()
}

#[tokio::test]
async fn from_the_link_to_the_first_sign_in() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut administrator = office.signed_in("administrator").await;
        administrator.get("/people/new").await;
        let fields = [
            ("name", "Lê  Minh Quân"),
            ("login", "Quan.LM"),
            ("title", "Chuyên viên"),
            ("unit", "Sở Tư pháp"),
        ];
        let made = administrator.post("/people/new", &fields).await;
        assert_eq!(made.status, 200, "{}: {}", database.kind, made.text);
        let link = link_in(&made.text);
        let mut browser = office.browser();
        assert!(browser.get(&link).await.text.contains("quan.lm"));
        let short = browser.post(&link, &[("password", "ngắn quá"), ("again", "ngắn quá")]).await;
        assert!(short.status == 422 && short.text.contains("mật khẩu mới có 8 ký tự"), "{}", short.text);
        let good = browser.post(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!(good.location.as_deref(), Some("/"), "{}", good.text);
        assert!(browser.get("/").await.text.contains("chưa được giao vai trò nào"));
        let spent = office.browser().get(&link).await;
        assert_eq!(spent.status, 409, "a link works once");
        assert_eq!(office.browser().sign_in("quan.lm", PASSWORD).await.status, 303);
    }
}

#[tokio::test]
async fn mistakes_in_the_form_stand_at_their_fields_and_nothing_typed_is_lost() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        browser.get("/people/new").await;
        let fields = [("name", ""), ("login", "có dấu"), ("title", "Phó phòng"), ("unit", "Sở Không Có")];
        let answer = browser.post("/people/new", &fields).await;
        assert_eq!(answer.status, 422);
        for part in [
            "hãy nhập họ và tên",
            "không dùng làm tên đăng nhập được",
            "không có đơn vị nào",
            "Phó phòng",
            "Sở Không Có",
        ] {
            assert!(answer.text.contains(part), "{part}");
        }
        let taken = [("name", "Ai đó"), ("login", "officer"), ("title", ""), ("unit", "")];
        let answer = browser.post("/people/new", &taken).await;
        assert!(answer.status == 422 && answer.text.contains("đã có người dùng"), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_role_opens_pages_and_its_end_closes_them() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut administrator = office.signed_in("administrator").await;
        let mut officer = office.signed_in("officer").await;
        assert_eq!(officer.get("/audit").await.status, 403);
        let path = format!("/people/{}", office.people["officer"]);
        administrator.get(&path).await;
        administrator.post(&format!("{path}/appoint"), &[("role", "auditor"), ("unit", "")]).await;
        assert_eq!(officer.get("/audit").await.status, 200, "{}", database.kind);
        let held = office.store.held(&[office.people["officer"]]).await.unwrap();
        let auditor = held.iter().find(|held| held.appointment.role.word() == "auditor").unwrap();
        administrator.post(&format!("{path}/dismiss/{}", auditor.id), &[]).await;
        assert_eq!(officer.get("/audit").await.status, 403);
        let unit = administrator.post(&format!("{path}/appoint"), &[("role", "head"), ("unit", "")]).await;
        assert!(unit.status == 422 && unit.text.contains("hãy chọn đơn vị"), "{}", unit.text);
    }
}

#[tokio::test]
async fn the_log_shows_and_proves_what_was_done() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut auditor = office.signed_in("auditor").await;
        let log = auditor.get("/audit").await;
        assert!(log.text.contains("mở tài khoản") && log.text.contains("giao vai trò"), "{}", database.kind);
        let checked = auditor.post("/audit/verify", &[]).await;
        assert!(checked.text.contains("không dòng nào bị sửa, xóa hay chèn"), "{}", checked.text);
        assert!(!log.text.contains("$argon2"), "no secret in the log");
    }
}

const LIST: &str = "Họ và tên,Tên đăng nhập,Chức vụ,Mã đơn vị,Vai trò,Lĩnh vực thẩm định\n\
    Trần Thu Hà,ha.tt,Chuyên viên,A,Cán bộ đơn vị; nguoi tham dinh,so/3 5\n\
    Đặng Quốc Việt,viet.dq,Giám đốc Sở,B,Thủ trưởng đơn vị,\n";

#[tokio::test]
async fn a_list_opens_many_accounts_with_their_roles() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut administrator = office.signed_in("administrator").await;
        let done = administrator.upload("/people/import", "danh-sach.csv", LIST.as_bytes()).await;
        assert_eq!(done.status, 200, "{}: {}", database.kind, done.text);
        assert!(done.text.contains("ha.tt") && done.text.contains("viet.dq"));
        let link = link_in(&done.text);
        let mut browser = office.browser();
        browser.get(&link).await;
        browser.post(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await;
        let home = browser.get("/").await.text;
        for part in ["Trần Thu Hà", "Cán bộ đơn vị", "Người thẩm định", "Sở Nội vụ"] {
            assert!(home.contains(part), "{}: {part}", database.kind);
        }
        let ha = office.store.credentials("ha.tt").await.unwrap().unwrap();
        let shown = administrator.get(&format!("/people/{}", ha.person.id)).await.text;
        assert!(shown.contains("lĩnh vực so/3 5"), "{}: {shown}", database.kind);
        let log = office.signed_in("auditor").await.get("/audit").await.text;
        assert!(log.contains("mở nhiều tài khoản"), "{log}");
    }
}

#[tokio::test]
async fn with_one_wrong_row_no_account_is_opened_and_every_mistake_is_named() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut administrator = office.signed_in("administrator").await;
        let list = format!(
            "{LIST}Ai Đó,ha.tt,,,\nNgười Kia,officer,,A,\nKhông Đơn Vị,khong,,Z9,\nVua,vua,,A,Vua\nQuản Trị,quan-tri-hai,,A,Quản trị hệ thống\n,trong,,A,\nThiếu Đơn Vị,thieu,,,Cán bộ đơn vị\nLĩnh Vực,linh-vuc,,A,Người thẩm định,so/3/1\nKhông Thẩm Định,khong-td,,A,Cán bộ đơn vị,3\n"
        );
        let refused = administrator.upload("/people/import", "danh-sach.csv", list.as_bytes()).await;
        assert_eq!(refused.status, 422, "{}", database.kind);
        for part in [
            "hàng 4: «ha.tt» đã có người dùng",
            "hàng 5: «officer» đã có người dùng",
            "hàng 6: không có đơn vị mang mã «Z9»",
            "hàng 7: không có vai trò «Vua»",
            "hàng 8: không có vai trò «Quản trị hệ thống»",
            "hàng 9: hãy nhập họ và tên",
            "hàng 10: vai trò «Cán bộ đơn vị» cần mã đơn vị",
            "hàng 11: «so/3/1» không phải mã lĩnh vực",
            "hàng 12: Chỉ người thẩm định được giao lĩnh vực",
        ] {
            assert!(refused.text.contains(part), "{}: {part}: {}", database.kind, refused.text);
        }
        assert!(office.store.credentials("viet.dq").await.unwrap().is_none(), "nothing of it");
        // Whoever looks after one unit opens accounts there and not elsewhere, and gives no role that reaches further.
        let mut below = office.signed_in("standing-body-a").await;
        let elsewhere = below.upload("/people/import", "danh-sach.csv", LIST.as_bytes()).await;
        assert_eq!(elsewhere.status, 422, "{}", elsewhere.text);
        for row in ["hàng 2: Bạn được", "hàng 3: Bạn được"] {
            assert!(elsewhere.text.contains(row), "{}: {row}: {}", database.kind, elsewhere.text);
        }
        assert!(
            office.store.credentials("ha.tt").await.unwrap().is_none(),
            "{}: nor half of it",
            database.kind
        );
        // A space too many is no other role.
        let own = "Họ và tên,Tên đăng nhập,Mã đơn vị,Vai trò\nTrần Thu Hà,ha.tt,A1,Cán bộ đơn vị; Cán  bộ\u{a0}đơn vị\n";
        let opened = below.upload("/people/import", "danh-sach.csv", own.as_bytes()).await;
        assert_eq!(opened.status, 200, "{}: {}", database.kind, opened.text);
        let ha = office.store.credentials("ha.tt").await.unwrap().unwrap();
        assert_eq!(office.store.held(&[ha.person.id]).await.unwrap().len(), 1, "a role is held once");
    }
}
