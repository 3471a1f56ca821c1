//! The forms of a campaign that runs: sheets, appraisal, the council and the approval.

use parindex_domain::right::Role;
use parindex_service::token::Token;

use super::Walk;
use crate::campaign::{Prepared, hidden, ratio};
use crate::twice::PDF;
use crate::twice::send::Send;

impl Walk<'_> {
    pub(super) async fn sheets(&mut self, played: &Prepared) {
        let (by, at, sheet) = ("officer", played.at("1.1.2"), format!("/sheets/{}", played.sheets[0]));
        let keep = Send::new(&at, &[("v.a", "9"), ("v.b", "10")]);
        self.twice(by, &at, "/sheets/{member}/{criterion}", keep).await;
        let over = Send::new(&at, &[("v.a", "12"), ("v.b", "10")]);
        self.twice(by, &at, "/sheets/{member}/{criterion}", over).await;
        let why = Send::new(format!("{sheet}/reason"), &[("reason", "Gồm cả việc năm trước chuyển sang")]);
        self.twice(by, &format!("{sheet}/submit"), "/sheets/{member}/reason", why).await;
        let again = Send::new(&at, &[("v.a", "9"), ("v.b", "10")]);
        self.twice(by, &at, "/sheets/{member}/{criterion}", again).await;
        let book = self.browser(by).await.get(&format!("{sheet}/workbook/file")).await.bytes;
        let book = Send::new(format!("{sheet}/workbook"), &[]).with_file("phieu.xlsx", &book);
        self.twice(by, &format!("{sheet}/workbook"), "/sheets/{member}/workbook", book).await;
        let part = Send::new(format!("{at}/delegate"), &[("node", "1.1.2"), ("unit", "B")]);
        self.twice(by, &at, "/sheets/{member}/{criterion}/delegate", part).await;
        self.twice(by, &at, "/delegations/{delegation}/end", Send::new("/delegations/1/end", &[])).await;
        for number in ["1/BC", "2/BC"] {
            let document = Send::new(format!("{at}/evidence"), &[("number", number)]).with_file("a.pdf", PDF);
            self.twice(by, &at, "/sheets/{member}/{criterion}/evidence", document).await;
        }
        self.twice(by, &at, "/evidence/{evidence}/remove", Send::new("/evidence/1/remove", &[])).await;
        let submit = format!("{sheet}/submit");
        self.twice("head", &submit, "/sheets/{member}/submit", Send::new(&submit, &[])).await;
        let standing = "standing-body";
        let back = [("remark", "Thiếu quý IV"), ("until", "2026-03-02T08:09"), ("signer", "Trần Thu Hà")];
        let back = Send::new(format!("{sheet}/give-back"), &back);
        self.twice(standing, &at, "/sheets/{member}/give-back", back).await;
        let more = [("until", "2026-03-02T08:12"), ("reason", "Mất điện"), ("signer", "Trần Thu Hà")];
        self.twice(standing, &at, "/sheets/{member}/extend", Send::new(format!("{sheet}/extend"), &more))
            .await;
        self.twice("head", &submit, "/sheets/{member}/submit", Send::new(&submit, &[])).await;
        let other = format!("/sheets/{}/1.1.2", played.sheets[1]);
        assert_eq!(ratio(self.browser("head-b").await, &other, ("9", "10")).await.status, 303);
    }

    pub(super) async fn appraisal(&mut self, played: &Prepared) {
        let (by, campaign) = ("appraiser-b", format!("/campaigns/{}", played.campaign));
        let visits = format!("{campaign}/visits");
        let sheet = played.sheets[0].to_string();
        let visit = [
            ("member", sheet.as_str()),
            ("on_day", "2026-03-01"),
            ("people", "Lê Minh Quân"),
            ("finding", "Chưa niêm yết đủ."),
        ];
        let visit = Send::new(&visits, &visit).with_file("", b"");
        self.twice(by, &visits, "/campaigns/{campaign}/visits", visit).await;
        let withdraw = Send::new("/visits/1/withdraw", &[("reason", "Ghi nhầm")]);
        self.twice(by, &visits, "/visits/{visit}/withdraw", withdraw).await;
        played.minutes(15);
        let queue = format!("/appraisal/{}/1", played.campaign);
        let decide = format!("{queue}/{sheet}/1.1.2");
        let lower = [("ruling", "adjust"), ("points", "0,5"), ("reason", "Thiếu quý IV")];
        let route = "/appraisal/{campaign}/{round}/{member}/{criterion}";
        self.twice(by, &decide, route, Send::new(&decide, &lower)).await;
        // The button stands where several sheets wait; here one does.
        let page = self.page(by, &format!("{queue}/{sheet}/1.1.1")).await;
        let looked = hidden(&page, "looked");
        let waiting =
            [("block", "so"), ("criterion", "1.1.1"), ("members", sheet.as_str()), ("looked", looked)];
        let accept = Send::new(format!("{queue}/accept"), &waiting);
        let form = Token::new().unwrap();
        self.sent_twice(by, "/appraisal/{campaign}/{round}/accept", &accept, form.text()).await;
        let standing = "standing-body";
        let page = self.page(standing, &campaign).await;
        let knowing = if page.contains("name=\"knowing\"") { hidden(&page, "knowing") } else { "0" };
        let release = [("explain_until", "2026-03-02T08:25"), ("knowing", knowing)];
        let release = Send::new(format!("{campaign}/release/1"), &release);
        self.twice(standing, &campaign, "/campaigns/{campaign}/release/{round}", release).await;
        let until = Send::new(format!("{campaign}/explanation/1"), &[("explain_until", "2026-03-02T08:26")]);
        self.twice(standing, &campaign, "/campaigns/{campaign}/explanation/{round}", until).await;
        let at = played.at("1.1.2");
        let said = Send::new(format!("{at}/explain"), &[("text", "Báo cáo đã gửi.")]);
        self.twice("officer", &at, "/sheets/{member}/{criterion}/explain", said).await;
        played.minutes(21);
        let decide = format!("/appraisal/{}/2/{sheet}/1.1.2", played.campaign);
        let ask = Send::new(format!("{decide}/ask"), &[("text", "Ai ký?")]);
        self.twice(by, &decide, "/appraisal/{campaign}/{round}/{member}/{criterion}/ask", ask).await;
        let council = Send::new(&decide, &[("ruling", "council"), ("reason", "Chưa thống nhất")]);
        self.twice(by, &decide, route, council).await;
    }

    /// The chair names somebody, and takes the role again.
    async fn substitute(&mut self, agenda: &str) {
        let (person, name) = (self.office.people["appraiser-b"], format!("{agenda}/substitute"));
        let chosen = Send::new(&name, &[("person", &person.to_string())]);
        self.twice("chair", agenda, "/campaigns/{campaign}/council/substitute", chosen).await;
        let held = self.office.store.held(&[person]).await.unwrap();
        let named = held.iter().find(|held| held.appointment.role == Role::Substitute).unwrap().id;
        let end = Send::new(format!("{name}/{named}/end"), &[]);
        let route = "/campaigns/{campaign}/council/substitute/{appointment}/end";
        self.twice("chair", agenda, route, end).await;
    }

    pub(super) async fn council(&mut self, played: &Prepared) {
        let (standing, campaign) = ("standing-body", format!("/campaigns/{}", played.campaign));
        let agenda = format!("{campaign}/council");
        let point = [("points", "1,25"), ("proposal", "Chấp nhận giải trình")];
        // The sheet is that of the standing body, about which the chair decides.
        self.twice("chair", &agenda, "/campaigns/{campaign}/council", Send::new(&agenda, &point)).await;
        for login in ["chair", "vice-chair", "member"] {
            let vote = Send::new("/motions/1/vote", &[("choice", "for")]);
            self.twice(login, &agenda, "/motions/{motion}/vote", vote).await;
        }
        let conclude = Send::new("/motions/1/conclude", &[]);
        self.twice("chair", &agenda, "/motions/{motion}/conclude", conclude).await;
        self.substitute(&agenda).await;
        let list = self.page(standing, &format!("{campaign}/external-points")).await;
        let (_, rest) =
            list.split_once(&format!("{campaign}/external-points/")).expect("a criterion of another source");
        let at = format!("{campaign}/external-points/{}", rest.split('"').next().unwrap());
        let points = [("source", "Báo cáo 215/BC"), ("pasted", "B\t10\t5\t4\t1")];
        let route = "/campaigns/{campaign}/external-points/{block}/{criterion}";
        self.twice(standing, &at, route, Send::new(&at, &points)).await;
        let sheet = format!("/sheets/{}", played.sheets[1]);
        let more = [("until", "2026-03-02T18:00"), ("reason", "Mất điện"), ("signer", "Trần Thu Hà")];
        let page = format!("{sheet}/1.1.2");
        self.twice(standing, &page, "/sheets/{member}/extend", Send::new(format!("{sheet}/extend"), &more))
            .await;
        let submit = format!("{sheet}/submit");
        self.twice("head-b", &submit, "/sheets/{member}/submit", Send::new(&submit, &[])).await;
        let board = self.page("chair", &campaign).await;
        let told = ["knowing", "without"].map(|name| {
            let there = board.contains(&format!("name=\"{name}\""));
            (name, if there { hidden(&board, name) } else { "0" })
        });
        let approve = Send::new(format!("{campaign}/approve"), &told);
        self.twice("chair", &campaign, "/campaigns/{campaign}/approve", approve).await;
        self.twice("standing-body", "/units/import", "/units/reference", Send::new("/units/reference", &[]))
            .await;
        self.twice("auditor", "/audit", "/audit/verify", Send::new("/audit/verify", &[("mark", "")])).await;
    }
}
