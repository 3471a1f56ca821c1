//! On-site checks and the reasons of an office.

use parindex_testkit::{Browser, databases};

use crate::campaign::Prepared;

/// The smallest of all photographs.
const PICTURE: &[u8] = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda\x00\x02pixels\xff\xd9";

/// Sends the form of a check, with one photograph.
async fn record(browser: &mut Browser, campaign: i64, fields: &[(&str, &str)]) -> parindex_testkit::Reply {
    let path = format!("/campaigns/{campaign}/visits");
    browser.get(&path).await;
    browser.parts_with(&path, fields, ("Cổng trụ sở.jpg", PICTURE)).await
}

#[tokio::test]
async fn a_check_is_on_record_with_date_people_finding_and_photographs() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (kind, campaign) = (database.kind, played.campaign);
        let sheet = played.sheets[0].to_string();
        played.submit().await;
        played.minutes(15);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        let good = [
            ("member", sheet.as_str()),
            ("criterion", "1.1.2"),
            ("on_day", "2026-03-01"),
            ("people", "Lê Minh Quân, Trần Thu Hà"),
            ("finding", "Bộ phận Một cửa chưa niêm yết đủ thủ tục."),
        ];
        for (field, value, says) in [
            ("member", "999", "Hãy chọn đơn vị"),
            ("criterion", "9.9", "không có mã «9.9»"),
            ("on_day", "2026-03-03", "Ngày kiểm tra: «03/03/2026» chưa tới"),
            ("on_day", "01/03/1926", "«01/03/1926» quá xa: ngày kiểm tra thực tế của năm đánh giá 2025"),
            ("on_day", "", "Hãy ghi ngày"),
            ("on_day", "hôm qua", "«hôm qua» không phải là ngày"),
            ("people", " ", "Hãy ghi những người"),
            ("finding", "", "Hãy ghi kết quả"),
        ] {
            let wrong = good.map(|(name, given)| (name, if name == field { value } else { given }));
            let refused = record(&mut appraiser, campaign, &wrong).await;
            assert!(refused.status == 422 && refused.text.contains(says), "{kind} {field}: {}", refused.text);
            assert!(
                field == "finding" || refused.text.contains("chưa niêm yết"),
                "{kind}: what was typed stays"
            );
        }
        assert_eq!(record(&mut appraiser, campaign, &good).await.status, 303, "{kind}");
        let decide = format!("/appraisal/{campaign}/1/{sheet}/1.1.2");
        assert!(appraiser.get(&decide).await.text.contains("chưa niêm yết đủ"), "{kind}: beside the claim");
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(officer.get(&format!("/campaigns/{campaign}/visits")).await.status, 403, "{kind}");
        assert_eq!(officer.get("/visits/photo/1").await.status, 403, "{kind}: not before the draft");
        assert!(!officer.get(&played.at("1.1.2")).await.text.contains("chưa niêm yết"), "{kind}");
        let released = played.release(1, "").await;
        assert_eq!(released.status, 303, "{kind}: {}", released.text);
        assert!(officer.get(&played.at("1.1.2")).await.text.contains("chưa niêm yết đủ"), "{kind}");
        let photo = officer.get("/visits/photo/1").await;
        assert_eq!((photo.status, photo.bytes.as_slice()), (200, PICTURE), "{kind}");
        let mut foreign = played.office.signed_in("officer-b").await;
        assert_eq!(foreign.get("/visits/photo/1").await.status, 403, "{kind}: another unit’s");
        appraiser.get(&format!("/campaigns/{campaign}/visits")).await;
        let long = "Ghi nhầm đơn vị. ".repeat(50);
        for (reason, says) in [("", "Hãy ghi lý do rút biên bản"), (&long, "500")] {
            let refused = appraiser.post("/visits/1/withdraw", &[("reason", reason)]).await;
            assert!(refused.status == 422 && refused.text.contains(says), "{kind}: {}", refused.text);
            assert!(refused.text.contains(reason.trim()), "{kind}: what was typed stays");
        }
        let why = [("reason", "Ghi nhầm đơn vị")];
        assert_eq!(appraiser.post("/visits/1/withdraw", &why).await.status, 303, "{kind}");
        assert_eq!(appraiser.get("/visits/photo/1").await.status, 404, "{kind}");
        played.approve().await;
        let late = record(&mut appraiser, campaign, &good).await;
        assert!(late.status == 409 && late.text.contains("phê duyệt"), "{kind}: {}", late.text);
    }
}

#[tokio::test]
async fn nobody_records_or_withdraws_a_check_of_his_own_unit() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (kind, campaign) = (database.kind, played.campaign);
        let sheet = played.sheets[0].to_string();
        let check = [
            ("member", sheet.as_str()),
            ("on_day", "2026-03-01"),
            ("people", "Lê Minh Quân"),
            ("finding", "Chưa niêm yết đủ"),
        ];
        // Works at the unit that is looked at.
        let mut own = played.office.signed_in("appraiser").await;
        let refused = record(&mut own, campaign, &check).await;
        assert!(refused.status == 422 && refused.text.contains("đơn vị của bạn"), "{kind}: {}", refused.text);
        assert!(refused.text.contains("Chưa niêm yết đủ"), "{kind}: what was typed stays");
        let mut other = played.office.signed_in("appraiser-b").await;
        assert_eq!(record(&mut other, campaign, &check).await.status, 303, "{kind}");
        own.get(&format!("/campaigns/{campaign}/visits")).await;
        let hidden = own.post("/visits/1/withdraw", &[("reason", "Không thích")]).await;
        assert!(hidden.status == 409 && hidden.text.contains("đơn vị của bạn"), "{kind}: {}", hidden.text);
    }
}

#[tokio::test]
async fn an_office_keeps_its_own_reasons() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.minutes(15);
        let kind = database.kind;
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        let mut appraiser = played.office.signed_in("appraiser-b").await;
        assert!(appraiser.get(&decide).await.text.contains("Số liệu không khớp với nguồn"), "{kind}");
        let mut standing = played.office.signed_in("standing-body").await;
        standing.get("/phrases").await;
        assert_eq!(standing.post("/phrases", &[("text", " ")]).await.status, 422, "{kind}");
        let own = "Chưa đăng trên Cổng thông tin điện tử";
        assert_eq!(standing.post("/phrases", &[("text", own)]).await.status, 303, "{kind}");
        assert_eq!(standing.post("/phrases", &[("text", own)]).await.status, 303, "{kind}");
        assert_eq!(played.office.store.phrases().await.unwrap().len(), 7, "{kind}: six and one, none twice");
        assert_eq!(standing.post("/phrases/2/remove", &[]).await.status, 303, "{kind}");
        let page = appraiser.get(&decide).await.text;
        assert!(page.contains(own) && !page.contains("Số liệu không khớp"), "{kind}");
        assert_eq!(appraiser.post("/phrases", &[("text", "Khác")]).await.status, 403, "{kind}");
        appraiser.get(&decide).await;
        let chosen = [("ruling", "adjust"), ("points", "1"), ("template", own), ("reason", "kiểm tra 02/3")];
        assert_eq!(appraiser.post(&decide, &chosen).await.status, 303, "{kind}");
        let said = appraiser.get(&decide).await.text;
        assert!(said.contains(&format!("{own}: kiểm tra 02/3")), "{kind}: {said}");
    }
}
