//! The forms about units, about people, and about one’s own account.

use parindex_testkit::PASSWORD;

use super::Walk;
use crate::campaign::hidden;
use crate::twice::send::{Send, identifier};

impl Walk<'_> {
    pub(super) async fn units(&mut self) {
        let by = "administrator";
        let new = [("code", "X1"), ("name", "Chi cục Mới"), ("level", "other"), ("parent", "")];
        let made = self.twice(by, "/units/new", "/units/new", Send::new("/units/new", &new)).await;
        let unit = made.location.unwrap();
        let (edit, succeed) = (format!("{unit}/edit"), format!("{unit}/succeed"));
        let named = [("code", "X1"), ("name", "Chi cục Khác"), ("level", "other")];
        self.twice(by, &edit, "/units/{id}/edit", Send::new(&edit, &named)).await;
        let became = [("on_day", "2026-03-02"), ("code", "X2"), ("name", "Chi cục Sau"), ("level", "other")];
        self.twice(by, &succeed, "/units/{id}/succeed", Send::new(&succeed, &became)).await;
        let list = "mã,tên,cấp,loại,mã cấp trên\nH1,Sở Công Thương,department,,P\n";
        let list = Send::new("/units/import", &[]).with_file("so.csv", list.as_bytes());
        self.twice(by, "/units/import", "/units/import", list).await;
    }

    pub(super) async fn people(&mut self) {
        let by = "administrator";
        let new = [("name", "Lê Minh Quân"), ("login", "quan.lm"), ("unit", "B")];
        self.twice(by, "/people/new", "/people/new", Send::new("/people/new", &new)).await;
        let list = "họ và tên,tên đăng nhập,mã đơn vị\nTrần Thu Hà,ha.tt,A\n";
        let list = Send::new("/people/import", &[]).with_file("danh-sach.csv", list.as_bytes());
        self.twice(by, "/people/import", "/people/import", list).await;
        let person = self.office.store.credentials("quan.lm").await.unwrap().unwrap().person.id;
        let page = format!("/people/{person}");
        let at = |act: &str| format!("{page}/{act}");
        self.twice(by, &page, "/people/{id}/link", Send::new(at("link"), &[])).await;
        let role = [("role", "observer"), ("unit", ""), ("remit", ""), ("campaign", "")];
        self.twice(by, &page, "/people/{id}/appoint", Send::new(at("appoint"), &role)).await;
        let held = self.office.store.held(&[person]).await.unwrap()[0].id;
        let dismiss = Send::new(at(&format!("dismiss/{held}")), &[]);
        self.twice(by, &page, "/people/{id}/dismiss/{appointment}", dismiss).await;
        self.twice(by, &page, "/people/{id}/close", Send::new(at("close"), &[])).await;
        self.twice(by, &page, "/people/{id}/reopen", Send::new(at("reopen"), &[])).await;
    }

    pub(super) async fn account(&mut self) {
        let (by, page) = ("officer-b", "/account");
        drop(self.office.signed_in(by).await);
        let text = self.page(by, page).await;
        let (_, rest) = text.split_once("/account/browser/").expect("another browser of the same person");
        let end = format!("/account/browser/{}/end", rest.split('/').next().unwrap());
        self.twice(by, page, "/account/browser/{id}/end", Send::new(end, &[])).await;
        let begin = Send::new("/account/second-factor/begin", &[]);
        let asked = self.twice(by, page, "/account/second-factor/begin", begin).await.text;
        let secret = hidden(&asked, "secret");
        let first = crate::second_factor::code(secret, self.office.app.now());
        let enrol = Send::new("/account/second-factor", &[("secret", secret), ("code", &first)]);
        let form = identifier(&asked, &enrol.path);
        let enrolled = self.sent_twice(by, "/account/second-factor", &enrol, &form).await.text;
        let again = enrol.by(self.browser(by).await, &form).await.text;
        let codes = |text: &str| {
            text.split("<ul class=\"codes\">").nth(1).unwrap().split("</ul>").next().unwrap().to_owned()
        };
        assert_eq!(codes(&enrolled), codes(&again), "the codes that were kept are shown");
        let recovery = codes(&enrolled).split("<li>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let drop = Send::new("/account/second-factor/drop", &[("old", &recovery)]);
        self.twice(by, page, "/account/second-factor/drop", drop).await;
        let other = "gió chiều qua cánh đồng làng";
        let password = [("old", PASSWORD), ("password", other), ("again", other)];
        self.twice(by, page, "/account/password", Send::new("/account/password", &password)).await;
    }
}
