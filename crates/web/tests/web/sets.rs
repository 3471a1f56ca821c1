//! The library of criteria sets in the browser.

use parindex_package::archive::zip;
use parindex_testkit::{Browser, Office, Reply, databases};

const TABLE: &str = include_str!("../../../../examples/phu-tho-2026q3-satisfaction/criteria/set.csv");

async fn upload(browser: &mut Browser, name: &str, content: &[u8]) -> Reply {
    browser.upload("/criteria-sets/upload", name, content).await
}

/// A maximum that could mean two things is asked back with both, and what the page showed is taken.
#[tokio::test]
async fn an_unclear_maximum_of_a_criterion_is_asked_back() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body").await;
        upload(&mut browser, "bo-tieu-chi.csv", TABLE.as_bytes()).await;
        let at = "/criteria-sets/1/1/edit/766-6.1";
        let page = browser.get(at).await.text;
        let from = page.split("name=\"from\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let typed = [
            ("name", "Hài lòng"),
            ("max", "1.250"),
            ("inputs", "a: số đếm; b: số đếm"),
            ("rule", "theo tỷ lệ a/b"),
            ("evidence", "Báo cáo"),
            ("from", from.as_str()),
        ];
        let answer = browser.post(at, &typed).await;
        let says = "«1.250» chưa rõ là 1250 hay 1,25; hãy viết 1250 hoặc 1,25";
        assert!(answer.status == 422 && answer.text.contains(says), "{}: {}", database.kind, answer.text);
    }
}

#[tokio::test]
async fn upload_look_try_edit_settle() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body").await;
        let made = upload(&mut browser, "bo-tieu-chi.csv", TABLE.as_bytes()).await;
        assert_eq!(made.location.as_deref(), Some("/criteria-sets/1/1"), "{}: {}", database.kind, made.text);
        let page = browser.get("/criteria-sets/1/1").await.text;
        assert!(page.contains("theo tỷ lệ a/b; từ 90% được điểm tối đa"), "{page}");
        let tried = browser.get("/criteria-sets/1/1/try/766-6.1?a=998&b=1271").await.text;
        assert!(tried.contains("5,23") && tried.contains("998/1.271 ≈ 78,52%"), "{tried}");
        let wrong = browser.get("/criteria-sets/1/1/try/766-6.1?a=x&b=1271").await;
        assert_eq!(wrong.status, 422);

        let edit = browser.get("/criteria-sets/1/1/edit/766-6.1").await.text;
        let from = edit.split("name=\"from\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = |rule: &'static str, from: &str| {
            vec![
                ("name", "Hài lòng".to_owned()),
                ("max", "6".to_owned()),
                ("inputs", "a: số đếm \"Hài lòng\"; b: số đếm \"Tất cả\"".to_owned()),
                ("rule", rule.to_owned()),
                ("evidence", "Báo cáo".to_owned()),
                ("from", from.to_owned()),
            ]
        };
        let send = |fields: &[(&'static str, String)]| -> Vec<(&'static str, String)> { fields.to_vec() };
        let bad = send(&fields("theo tỷ lệ a trên b", &from));
        let bad: Vec<(&str, &str)> = bad.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = browser.post("/criteria-sets/1/1/edit/766-6.1", &bad).await;
        assert_eq!(answer.status, 422, "a rule that cannot be read stays on the page");
        assert!(answer.text.contains("theo tỷ lệ a trên b"), "with what was typed");
        let good = send(&fields("theo tỷ lệ a/b; từ 80% được điểm tối đa; mẫu bằng 0: 0 điểm", &from));
        let good: Vec<(&str, &str)> = good.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(
            browser.post("/criteria-sets/1/1/edit/766-6.1", &good).await.status,
            303,
            "{}",
            database.kind
        );
        assert!(browser.get("/criteria-sets/1/1").await.text.contains("từ 80% được điểm tối đa"));
        let outdated = browser.post("/criteria-sets/1/1/edit/766-6.1", &good).await;
        assert!(
            outdated.status == 422 && outdated.text.contains("Người khác vừa sửa"),
            "{}",
            outdated.status
        );

        browser.post("/criteria-sets/1/1/settle", &[]).await;
        assert!(browser.get("/criteria-sets/1/1").await.text.contains("đã chốt"));
        let again = upload(&mut browser, "bo-tieu-chi.csv", TABLE.as_bytes()).await;
        assert_eq!(
            again.location.as_deref(),
            Some("/criteria-sets/1/2"),
            "the same code is the next version"
        );
        let difference = browser.get("/criteria-sets/1/2/difference/1").await.text;
        assert!(difference.contains("766-6.1"), "{difference}");
        let file = browser.get("/criteria-sets/1/1/file/xlsx").await;
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    }
}

#[tokio::test]
async fn a_wrong_file_is_told_at_its_rows_and_nothing_is_kept() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body").await;
        let broken = TABLE.replace("theo tỷ lệ a/b; từ 90%", "theo tỷ lệ a/x; từ 90%");
        let answer = upload(&mut browser, "sai.csv", broken.as_bytes()).await;
        assert_eq!(answer.status, 422);
        assert!(
            answer.text.contains("«x»") && answer.text.contains("Chưa nhận được tệp này"),
            "{}",
            answer.text
        );
        let page = "<html><script>alert(1)</script></html>";
        for (name, content) in
            [("x.xlsx", page), ("x.html", page), ("<script>.csv", page), ("x.csv", "\u{feff}a,b")]
        {
            let answer = upload(&mut browser, name, content.as_bytes()).await;
            assert_eq!(answer.status, 422, "{name}");
            assert!(!answer.text.contains("<script>alert"), "{name}");
        }
        assert!(office.store.criteria_sets().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_file_that_came_can_be_had_back_and_a_version_copied() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body").await;
        upload(&mut browser, "Bộ tiêu chí 2026.csv", TABLE.as_bytes()).await;
        let page = browser.get("/criteria-sets/1/1").await.text;
        assert!(page.contains("Bộ tiêu chí 2026.csv"), "{}: {page}", database.kind);
        let original = browser.get("/criteria-sets/1/1/file/original").await;
        assert_eq!(original.text, TABLE, "{}: byte for byte", database.kind);
        let disposition = original.headers["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("attachment; filename*=UTF-8''B%E1%BB%99"), "{disposition}");

        let form = browser.get("/criteria-sets/1/1/copy").await.text;
        let code = form.split("name=\"code\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let next = [("code", code.as_str()), ("title", "Bộ tiêu chí"), ("note", "")];
        let copied = browser.post("/criteria-sets/1/1/copy", &next).await;
        assert_eq!(copied.location.as_deref(), Some("/criteria-sets/1/2"), "{}", copied.text);
        let other = [("code", "NAM-SAU"), ("title", "Bộ tiêu chí năm sau"), ("note", "chuẩn bị")];
        let copied = browser.post("/criteria-sets/1/1/copy", &other).await;
        assert_eq!(copied.location.as_deref(), Some("/criteria-sets/2/1"), "{}", copied.text);
        assert!(browser.get("/criteria-sets/2/1").await.text.contains("theo tỷ lệ a/b; từ 90%"));
        assert_eq!(browser.get("/criteria-sets/2/1/file/original").await.status, 404, "no file came with it");
        let taken = [("code", "NAM-SAU"), ("title", "Bộ tiêu chí"), ("note", "")];
        let taken = browser.post("/criteria-sets/1/1/copy", &taken).await;
        assert!(
            taken.status == 422 && taken.text.contains("Đã có bộ tiêu chí khác mang mã «NAM-SAU»"),
            "{}",
            taken.text
        );
        let empty = browser.post("/criteria-sets/1/1/copy", &[("code", " "), ("title", "")]).await;
        assert!(empty.status == 422 && empty.text.contains("cần từ 1 đến 500 ký tự"), "{}", empty.text);
    }
}

/// A sum that is wrong can be looked at and mended in a draft, and is not settled.
#[tokio::test]
async fn what_the_linter_calls_wrong_is_not_settled() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body").await;
        let wrong = TABLE.replace("766-6,,Mức độ hài lòng,18,", "766-6,,Mức độ hài lòng,19,");
        let made = upload(&mut browser, "sai-tong.csv", wrong.as_bytes()).await;
        assert_eq!(made.status, 303, "{}: {}", database.kind, made.text);
        browser.get("/criteria-sets/1/1").await;
        let refused = browser.post("/criteria-sets/1/1/settle", &[]).await;
        assert!(refused.status == 409 && refused.text.contains("Chưa chốt được"), "{}", refused.text);
        assert!(refused.text.contains("19"), "it says which sum: {}", refused.text);
        assert!(!browser.get("/criteria-sets/1/1").await.text.contains("đã chốt"), "{}", database.kind);
    }
}

/// While a criterion is edited the linter speaks at once, and nothing is kept.
#[tokio::test]
async fn the_linter_speaks_while_a_criterion_is_typed() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body").await;
        upload(&mut browser, "bo.csv", TABLE.as_bytes()).await;
        let at = "/criteria-sets/1/1/edit/766-6.1";
        let page = browser.get(at).await.text;
        let from = crate::campaign::hidden(&page, "from").to_owned();
        let typed = |rule: &'static str| {
            [
                ("name", "Tên khác"),
                ("max", "7"),
                ("inputs", "a: số đếm; b: số đếm"),
                ("rule", rule),
                ("from", from.as_str()),
            ]
        };
        let told =
            browser.post(&format!("{at}?check=1"), &typed("theo tỷ lệ a/b; từ 90% được điểm tối đa")).await;
        assert!(
            told.status == 200 && told.text.contains("Góp ý về bộ tiêu chí như đang gõ"),
            "{}: {}",
            database.kind,
            told.text
        );
        let wrong = browser.post(&format!("{at}?check=1"), &typed("theo tỷ lệ a/")).await;
        assert_eq!(wrong.status, 422, "{}: {}", database.kind, wrong.text);
        assert!(!browser.get(at).await.text.contains("Tên khác"), "{}: nothing was kept", database.kind);
        assert!(browser.get("/criteria-sets?q=muc+do+hai+long").await.text.contains("/criteria-sets/1/1"));
        assert!(
            browser.get("/criteria-sets?q=khong+co").await.text.contains("Không có bộ tiêu chí nào như vậy")
        );
    }
}

/// Nobody could say of which set a table without a code or a title is a version.
#[tokio::test]
async fn a_set_without_a_code_or_a_title_is_not_taken() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body").await;
        for (row, says) in [("@mã bộ", "bộ tiêu chí chưa có mã"), ("@tên bộ", "bộ tiêu chí chưa có tên")]
        {
            let without: String = TABLE
                .lines()
                .filter(|line| !line.starts_with(row))
                .fold(String::new(), |all, line| all + line + "\n");
            let refused = upload(&mut browser, "thieu.csv", without.as_bytes()).await;
            assert!(
                refused.status == 422 && refused.text.contains(says),
                "{}: {}",
                database.kind,
                refused.text
            );
            assert!(refused.text.contains(&format!("thêm một hàng ghi {row}")), "{}", refused.text);
        }
        assert!(office.store.criteria_sets().await.unwrap().is_empty());
    }
}

/// A rule that would give full points to everybody gives none while it is tried, and is not settled.
#[tokio::test]
async fn a_forgotten_percent_sign_gives_no_points() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body").await;
        let wrong = TABLE
            .replace("theo tỷ lệ a/b; từ 90% được điểm tối đa; mẫu bằng 0: 0 điểm", "theo SIPAS a")
            .replace("a: số đếm \"\"Hồ sơ được đánh giá hài lòng\"\"", "a: số");
        assert_ne!(wrong, TABLE);
        let made = upload(&mut browser, "quen.csv", wrong.as_bytes()).await;
        assert_eq!(made.status, 303, "{}", made.text);
        let tried = browser.get("/criteria-sets/1/1/try/766-6.1?a=85").await.text;
        assert!(
            tried.contains("không phải tỷ lệ mà là số thường") && !tried.contains("class=\"points n\""),
            "{tried}"
        );
        let refused = browser.post("/criteria-sets/1/1/settle", &[]).await;
        assert!(refused.status == 409 && refused.text.contains("không phải tỷ lệ"), "{}", refused.text);
    }
}

/// Packages from before may hold sets without a code: each gets the one of its campaign and block, and they are two sets.
#[tokio::test]
async fn two_sets_without_a_code_are_not_versions_of_each_other() {
    let package = |campaign: &str, max: &str| {
        let set = format!(
            "Mã,Mã cha,Tên,Điểm tối đa,Phương pháp,Cách tính điểm\n1,,Lĩnh vực,{max},,\n1.1,1,Tiêu chí,{max},tự đánh giá,chấm điểm\n"
        );
        let manifest = format!(
            "format = 1\ncode = \"{campaign}\"\ntitle = \"Chấm điểm {campaign}\"\nyear = 2026\n\n[[stages]]\ncode = \"final\"\nname = \"Kết quả\"\n\n[[blocks]]\ncode = \"so\"\nname = \"Các sở\"\ncriteria = \"criteria/so.csv\"\n"
        );
        let files = [
            ("campaign.toml", manifest),
            ("criteria/so.csv", set),
            ("units.csv", "unit,name\nA,Sở A\n".to_owned()),
        ];
        zip(&files.map(|(name, text)| (name.to_owned(), text.into_bytes()))).unwrap()
    };
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("standing-body").await;
        for (campaign, max) in [("mot", "2"), ("hai", "3")] {
            let taken = browser.upload("/campaigns/new", "goi.zip", &package(campaign, max)).await;
            assert_eq!(taken.status, 303, "{}: {}", database.kind, taken.text);
        }
        let sets = office.store.criteria_sets().await.unwrap();
        let mut codes: Vec<&str> = sets.iter().map(|(set, _)| set.code.as_str()).collect();
        codes.sort_unstable();
        assert_eq!(codes, ["hai-so", "mot-so"], "{}", database.kind);
        assert!(sets.iter().all(|(_, versions)| versions.len() == 1), "{}", database.kind);
    }
}
