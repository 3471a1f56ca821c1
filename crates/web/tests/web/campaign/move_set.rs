//! A campaign that runs moves to another version of its criteria set.

use parindex_store::criteria_set::{Settle, UploadSet};
use parindex_testkit::databases;

use super::{Prepared, ratio};

/// A running campaign moves to a newer version: the effect is shown, nothing may be lost, the reason is recorded.
#[tokio::test]
async fn a_campaign_moves_to_another_version_and_loses_nothing() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut officer = played.office.signed_in("officer").await;
        let at = played.at("1.1.2");
        assert_eq!(ratio(&mut officer, &at, ("9", "10")).await.status, 303);
        let text = include_str!("../../../../../examples/ha-noi-2023/criteria/so.csv");
        // One version is kinder, in the other one the criterion is called otherwise.
        let kinder = text.replacen(
            "theo tỷ lệ a/b; từ 100% được điểm tối đa",
            "theo tỷ lệ a/b; từ 90% được điểm tối đa",
            1,
        );
        let without = text.replacen("\n1.1.2,1.1,", "\n1.1.9,1.1,", 1);
        for text in [kinder, without] {
            let (code, title) = ("HN-SO".to_owned(), "Bộ tiêu chí của các sở".to_owned());
            let upload = UploadSet { code, title, text, note: String::new(), file: None };
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
