//! A whole campaign by all its roles: filled in, submitted, appraised, explained, decided by the council, approved.

use parindex_store::person::Close;
use parindex_testkit::databases;

use super::{Prepared, hidden, ratio, stands};

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
        // Points beside another decision were not meant by it.
        for ruling in ["accept", "council"] {
            let typed = [("ruling", ruling), ("points", "0,75"), ("reason", "Bổ sung")];
            let refused = appraiser.post(&decide, &typed).await;
            let says = refused.text.contains("đã nhập 0,75 điểm nhưng lại chọn kết luận khác");
            assert!(refused.status == 422 && says, "{ruling}: {}", refused.text);
        }
        let looked = ("looked", hidden(&page.text, "looked"));
        let why = [("ruling", ""), ("points", "0,5"), ("reason", "Thiếu báo cáo\u{a0}quý IV"), looked];
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
        // The choices name their points, and none is made for the appraiser.
        let (choices, _) = page.text.split_once("</fieldset>").unwrap();
        let (_, choices) = choices.rsplit_once("<fieldset").unwrap();
        for said in ["value=\"own\"", "Công nhận điểm tự chấm", "Giữ điểm", ">0,50</strong>"] {
            assert!(choices.contains(said), "{said}: {choices}");
        }
        assert!(!choices.contains("checked"), "{choices}");
        let none = appraiser.post(&self.decision(2), &[("reason", "Chấp nhận giải trình")]).await;
        assert!(none.status == 422 && none.text.contains("hãy chọn một kết luận"), "{}", none.text);
        let looked = ("looked", hidden(&page.text, "looked"));
        let council = [("ruling", "council"), ("reason", "Hai bên chưa thống nhất"), looked];
        assert_eq!(appraiser.post(&self.decision(2), &council).await.status, 303);
        // The sheet is that of the standing body, about which the chair decides.
        let mut chair = self.office.signed_in("chair").await;
        let agenda = format!("/campaigns/{}/council", self.campaign);
        chair.get(&agenda).await;
        let (sheet, why) = (self.sheets[0].to_string(), "Chấp nhận giải trình");
        let motion =
            [("member", sheet.as_str()), ("criterion", "1.1.2"), ("points", "1,25"), ("proposal", why)];
        assert_eq!(chair.post(&agenda, &motion).await.status, 303);
        let early = chair.post("/motions/1/conclude", &[]).await;
        assert!(early.status == 409 && early.text.contains("Mới có 0/3 thành viên"), "{}", early.text);
        assert_eq!(chair.post(&agenda, &motion).await.status, 409, "a point is on the agenda once");
        let later = [motion.as_slice(), &[("until", "2026-03-02T09:00")]].concat();
        assert_eq!(chair.post(&agenda, &later).await.status, 303, "too few came: it goes on in writing");
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
        assert_eq!(chair.post("/motions/2/conclude", &[]).await.status, 303);
        let mut standing = self.office.signed_in("standing-body").await;
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
