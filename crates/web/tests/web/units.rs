//! Units on their pages: moved, renamed, merged, taken in from a list.

use parindex_testkit::{Office, databases};

#[tokio::test]
async fn departments_are_merged_on_a_day_and_what_is_wrong_stays_typed() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        let at = format!("/units/{}/succeed", office.units["A"]);
        assert_eq!(browser.get(&at).await.status, 200);
        let typed = |with: &'static str, on_day: &'static str| {
            [
                ("with", with),
                ("on_day", on_day),
                ("into", ""),
                ("code", "AB"),
                ("name", "Sở Nội vụ mới"),
                ("level", "department"),
                ("with_people", "on"),
            ]
        };
        for (with, on_day, says) in
            [("B", "", "ngày hiệu lực"), ("ZZ", "2026-03-01", "«ZZ»"), ("B", "2026-03-03", "chưa tới")]
        {
            let wrong = browser.post(&at, &typed(with, on_day)).await;
            assert!(wrong.status == 422 && wrong.text.contains(says), "{}: {}", database.kind, wrong.text);
            assert!(wrong.text.contains("value=\"Sở Nội vụ mới\""), "{}", wrong.text);
        }
        let mut part = typed("", "2026-03-01").to_vec();
        part.retain(|(name, _)| *name != "code");
        part.extend([("code", "A"), ("go_on", "on")]);
        let same = browser.post(&at, &part).await;
        assert!(
            same.status == 422 && same.text.contains("«A»"),
            "a part needs a code of its own: {}",
            same.text
        );
        let merged = browser.post(&at, &typed("B", "2026-03-01")).await;
        assert_eq!(merged.status, 303, "{}: {}", database.kind, merged.text);
        let page = browser.get(merged.location.as_deref().unwrap()).await.text;
        assert!(page.contains("Sở Tư pháp") && page.contains("Được lập từ"), "{page}");
        let former = browser.get(&format!("/units/{}", office.units["B"])).await.text;
        assert!(former.contains("28/02/2026") && former.contains("Sở Nội vụ mới"), "{former}");
        let again = browser.post(&at, &typed("", "2026-04-01")).await;
        assert!(again.status == 422 && again.text.contains("chưa kết thúc"), "{}", again.text);
        let mut standing = office.signed_in("standing-body-a").await;
        let foreign = format!("/units/{}/succeed", office.units["B"]);
        assert_eq!(standing.get(&foreign).await.status, 403, "{}", database.kind);
    }
}

#[tokio::test]
async fn the_unit_above_is_changed_by_its_code() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        let at = format!("/units/{}/edit", office.units["A1"]);
        let page = browser.get(&at).await.text;
        assert!(page.contains("name=\"above\" value=\"A\""), "{page}");
        let seen = crate::campaign::hidden(&page, "seen").replace("&#34;", "\"").replace("&quot;", "\"");
        let typed = |above: &'static str, seen: &str| {
            let seen = seen.to_owned();
            vec![
                ("code", "A1".to_owned()),
                ("name", "Chi cục Văn thư".to_owned()),
                ("level", "other".to_owned()),
                ("above", above.to_owned()),
                ("seen", seen),
            ]
        };
        for (above, says) in
            [("ZZ", "không có đơn vị nào mang mã này"), ("A1", "không thể trực thuộc chính nó")]
        {
            let fields = typed(above, &seen);
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
            let wrong = browser.post(&at, &fields).await;
            assert!(wrong.status == 422 && wrong.text.contains(says), "{}: {}", database.kind, wrong.text);
        }
        let fields = typed("B", &seen);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let moved = browser.post(&at, &fields).await;
        assert_eq!(moved.status, 303, "{}: {}", database.kind, moved.text);
        let page = browser.get(&format!("/units/{}", office.units["B"])).await.text;
        assert!(page.contains("Chi cục Văn thư"), "{}: {page}", database.kind);
    }
}

#[tokio::test]
async fn a_list_says_days_and_names_the_rows_that_are_wrong() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let mut browser = office.signed_in("administrator").await;
        let list = browser.get("/units/import/list").await;
        assert_eq!((list.status, list.bytes.get(..2)), (200, Some(b"PK".as_slice())), "{}", database.kind);
        let wrong = "mã,tên,cấp,mã cấp trên,từ ngày\nC,Sở C,department,P,31/02/2026\n";
        let told = browser.upload("/units/import", "don-vi.csv", wrong.as_bytes()).await;
        let says = "hàng 2: cột «từ ngày»: không có ngày «31/02/2026»";
        assert!(told.status == 422 && told.text.contains(says), "{}", told.text);
        for (day, says) in [
            ("01/01/226", "năm của «01/01/226» chưa đủ bốn chữ số"),
            ("01/01/0226", "năm của «01/01/0226» nằm ngoài 1900–2200"),
            ("01/01/2126", "«01/01/2126» quá xa: ngày của đơn vị"),
        ] {
            let list = format!("Mã,Tên,Từ ngày\nC,Sở C,{day}\n");
            let told = browser.upload("/units/import", "don-vi.csv", list.as_bytes()).await;
            let says = format!("hàng 2: cột «Từ ngày»: {says}");
            assert!(told.status == 422 && told.text.contains(&says), "{says}: {}", told.text);
        }
        let orphan = "mã,tên,cấp,mã cấp trên\nC,Sở C,department,P\nD,Sở D,department,ZZ\n";
        let told = browser.upload("/units/import", "don-vi.csv", orphan.as_bytes()).await;
        assert!(told.status == 422 && told.text.contains("hàng 3, đơn vị «D»"), "{}", told.text);
        let fine = "mã,tên,cấp,mã cấp trên,từ ngày,đến ngày\nC,Sở C,department,P,01.03.2026,\nB,Sở Tư pháp,department,P,,2026-12-31\n";
        let done = browser.upload("/units/import", "don-vi.csv", fine.as_bytes()).await;
        assert!(
            done.status == 200 && done.text.contains("Đã thêm 1 đơn vị"),
            "{}: {}",
            database.kind,
            done.text
        );
        let page = browser.get(&format!("/units/{}", office.units["B"])).await.text;
        assert!(page.contains("31/12/2026"), "{}: {page}", database.kind);
    }
}

/// Whoever worked at a unit that became another one still appraises nothing of it.
#[tokio::test]
async fn a_succession_takes_nobody_out_of_his_own_unit() {
    for database in databases().await {
        let played = crate::campaign::Prepared::opened(&database).await;
        let mut browser = played.office.signed_in("administrator").await;
        let at = format!("/units/{}/succeed", played.office.units["A"]);
        browser.get(&at).await;
        let typed = [
            ("on_day", "2026-03-01"),
            ("code", "A"),
            ("name", "Sở mới"),
            ("level", "department"),
            ("with_people", "on"),
        ];
        assert_eq!(browser.post(&at, &typed).await.status, 303, "{}", database.kind);
        played.minutes(15);
        let mut appraiser = played.office.signed_in("appraiser").await;
        let decide = format!("/appraisal/{}/1/{}/1.1.2", played.campaign, played.sheets[0]);
        assert!(appraiser.get(&decide).await.text.contains("Đây là đơn vị của bạn"), "{}", database.kind);
        let tried = appraiser.post(&decide, &[("ruling", "accept")]).await;
        assert!(
            tried.status == 409 && tried.text.contains("được ghi vào nhật ký"),
            "{}: {}",
            database.kind,
            tried.text
        );
    }
}

/// What the standing body was made of stays its own: the chair still decides about those sheets, and names who does in his place.
#[tokio::test]
async fn a_merger_leaves_the_sheets_of_the_standing_body_to_the_chair() {
    for database in databases().await {
        let played = crate::campaign::Prepared::opened(&database).await;
        let (office, kind) = (&played.office, database.kind);
        let mut administrator = office.signed_in("administrator").await;
        let at = format!("/units/{}/succeed", office.units["A"]);
        administrator.get(&at).await;
        let typed = [
            ("with", "B"),
            ("on_day", "2026-03-01"),
            ("into", ""),
            ("code", "AB"),
            ("name", "Sở Nội vụ và Tư pháp"),
            ("level", "department"),
            ("with_people", "on"),
        ];
        let merged = administrator.post(&at, &typed).await;
        assert_eq!(merged.status, 303, "{kind}: {}", merged.text);
        played.minutes(15);
        let mut chair = office.signed_in("chair").await;
        let home = chair.get("/").await.text;
        for name in ["Sở Nội vụ", "Sở Tư pháp"] {
            assert!(home.contains(&format!("Thẩm định lần 1: {name}")), "{kind}: {home}");
        }
        let agenda = format!("/campaigns/{}/council", played.campaign);
        let page = chair.get(&agenda).await.text;
        let said = "Đơn vị của cơ quan thường trực: Sở Nội vụ, Sở Tư pháp";
        assert!(page.contains(said), "{kind}: {page}");
        let name = format!("{agenda}/substitute");
        let merged = office.people["appraiser-b"].to_string();
        let refused = chair.post(&name, &[("person", &merged)]).await;
        let says = refused.text.contains("thuộc chính đơn vị của cơ quan thường trực");
        assert!(refused.status == 422 && says, "{kind}: {}", refused.text);
        let other = office.people["vice-chair"].to_string();
        assert_eq!(chair.post(&name, &[("person", &other)]).await.status, 303, "{kind}");
    }
}

/// A unit of former times stays where it stood, whatever its superior’s code means today.
#[tokio::test]
async fn correcting_a_former_unit_moves_nothing() {
    for database in databases().await.into_iter().take(1) {
        let office = Office::new(&database).await;
        office.change(parindex_store::unit::ReferenceUnits).await;
        let found = office.store.search_units("hiep hoa", "2025-06-30").await.unwrap();
        let former = found.iter().find(|unit| unit.level == "district").or(found.first()).unwrap();
        let mut browser = office.signed_in("administrator").await;
        let at = format!("/units/{}/edit", former.id);
        let page = browser.get(&at).await.text;
        let text =
            |name: &str| crate::campaign::hidden(&page, name).replace("&#34;", "\"").replace("&quot;", "\"");
        let (seen, above) = (text("seen"), text("above"));
        let ends = former.valid_to.clone().unwrap_or_default();
        let typed = [
            ("code", former.code.as_str()),
            ("name", "Tên đã sửa"),
            ("level", former.level.as_str()),
            ("above", &above),
            ("seen", &seen),
            ("valid_to", &ends),
        ];
        let kept = browser.post(&at, &typed).await;
        assert_eq!(kept.status, 303, "{}", kept.text);
        let after = office.store.unit(former.id).await.unwrap().unwrap();
        assert_eq!(
            (after.name.as_str(), after.parent, &after.path),
            ("Tên đã sửa", former.parent, &former.path)
        );
    }
}
