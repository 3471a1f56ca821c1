//! Points from a survey, from leaders, from other bodies: entered by hand, pasted, told apart from what units and appraisers give.

use parindex_testkit::{Browser, Reply, databases};

use crate::campaign::Prepared;

/// The page of a criterion that the survey scores.
async fn page(played: &Prepared, browser: &mut Browser) -> (String, Reply) {
    let block = played.office.store.campaign(played.campaign).await.unwrap().unwrap().blocks[0].id;
    let list = browser.get(&format!("/campaigns/{}/external-points", played.campaign)).await.text;
    let place = format!("/campaigns/{}/external-points/{block}/", played.campaign);
    let (_, rest) = list.split_once(&place).expect("a criterion from another source");
    let at = format!("{place}{}", rest.split('"').next().unwrap());
    let answer = browser.get(&at).await;
    (at, answer)
}

/// The name of the first field of a sheet on the page.
fn field(page: &str, sheet: i64) -> String {
    let mark = format!("name=\"{sheet}.seen.");
    let all = page.split(mark.as_str()).skip(1).filter_map(|rest| rest.split('"').next());
    all.into_iter().find(|name| *name != "na").unwrap().to_owned()
}

#[tokio::test]
async fn points_from_other_sources_are_pasted_and_count_in_the_result() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut survey = played.office.signed_in("survey-body").await;
        let (at, shown) = page(&played, &mut survey).await;
        assert_eq!(shown.status, 200, "{}: {}", database.kind, shown.text);
        let bare = survey.post(&at, &[("pasted", "A\t1")]).await;
        assert!(bare.status == 422 && bare.text.contains("cần nguồn"), "{}", bare.text);
        let unknown = [("source", "Báo cáo 215/BC"), ("pasted", "ZZ\t1\nSở Tư pháp\t12\t5\t2\t1")];
        let wrong = survey.post(&at, &unknown).await;
        assert!(
            wrong.status == 422 && wrong.text.contains("dòng 1 «ZZ»: khối này không có đơn vị ấy"),
            "{}",
            wrong.text
        );
        // A column too many may be the one that was meant.
        let surplus = [("source", "Báo cáo 215/BC"), ("pasted", "A\t10\t5\t4\t1\t99")];
        let wrong_columns = survey.post(&at, &surplus).await;
        let says = wrong_columns.text.contains("dòng 1 «A»: thừa cột; sau đơn vị chỉ có 4 ô");
        assert!(wrong_columns.status == 422 && says, "{}", wrong_columns.text);
        let name = field(&shown.text, played.sheets[1]);
        let kept = format!("name=\"{}.{name}\" value=\"12\"", played.sheets[1]);
        assert!(wrong.text.contains(&kept), "what was right is in its field: {}", wrong.text);
        let good = [("source", "Báo cáo 215/BC"), ("pasted", "a\t10\t5\t4\t1\nSỞ  Tư pháp\t12\t5\t2\t1")];
        assert_eq!(survey.post(&at, &good).await.status, 303, "{}", database.kind);
        let after = survey.get(&at).await.text;
        assert!(after.contains("Báo cáo 215/BC"), "{after}");
        // The second to change a cell is told what stands there.
        let first = format!("{}.{name}", played.sheets[0]);
        let seen = format!("{}.seen.{name}", played.sheets[0]);
        let stale = [("source", "Báo cáo 216/BC"), (first.as_str(), "11"), (seen.as_str(), "0")];
        let second = survey.post(&at, &stale).await;
        assert!(second.status == 422 && second.text.contains("vừa ghi «10»"), "{}", second.text);
        let mut observer = played.office.signed_in("observer").await;
        assert_eq!(observer.get(&at).await.status, 403);
        let mut officer = played.office.signed_in("officer").await;
        let code = at.rsplit('/').next().unwrap();
        let sheet = officer.get(&played.at(code)).await.text;
        assert!(!sheet.contains("Báo cáo 215/BC"), "no unit sees it before the approval: {sheet}");
        played.is_as_the_log_says().await;
    }
}

#[tokio::test]
async fn what_is_no_figure_stands_at_its_field_and_what_units_score_is_not_external() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut survey = played.office.signed_in("survey-body").await;
        let (at, shown) = page(&played, &mut survey).await;
        let first = format!("{}.{}", played.sheets[0], field(&shown.text, played.sheets[0]));
        let much = survey.post(&at, &[("source", "Báo cáo"), (first.as_str(), "nhiều")]).await;
        assert!(
            much.status == 422 && much.text.contains("value=\"nhiều\""),
            "{}: {}",
            database.kind,
            much.text
        );
        let elsewhere = at.rsplit_once('/').unwrap().0;
        let own = survey.get(&format!("{elsewhere}/1.1.2")).await;
        assert_eq!(own.status, 404, "what units score is not external");
    }
}

/// What one typed and did not touch here stays his; a unit that was pasted twice is named; what could not be placed alone comes back.
#[tokio::test]
async fn two_at_one_table_overwrite_nothing_that_they_did_not_touch() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let mut survey = played.office.signed_in("survey-body").await;
        let (at, shown) = page(&played, &mut survey).await;
        let name = field(&shown.text, played.sheets[0]);
        let of = |sheet: i64, what: &str| format!("{sheet}.{what}{name}");
        let (a, b) = (played.sheets[0], played.sheets[1]);
        let first = [("source", "BC 1"), ("pasted", "A\t10\t5\t4\t1")];
        assert_eq!(survey.post(&at, &first).await.status, 303);
        // The page of somebody else is older: he enters another unit alone.
        let (typed, was, seen) = (of(a, ""), of(a, "was."), of(a, "seen."));
        let (own, own_seen, own_was) = (of(b, ""), of(b, "seen."), of(b, "was."));
        let second = [
            ("source", "BC 2"),
            (typed.as_str(), ""),
            (was.as_str(), ""),
            (seen.as_str(), "0"),
            (own.as_str(), "12"),
            (own_was.as_str(), ""),
            (own_seen.as_str(), "0"),
        ];
        let kept = survey.post(&at, &second).await;
        assert_eq!(kept.status, 303, "{}: {}", database.kind, kept.text);
        let after = survey.get(&at).await.text;
        assert!(after.contains(&format!("name=\"{typed}\" value=\"10\"")), "{}: {after}", database.kind);
        assert!(after.contains(&format!("name=\"{own}\" value=\"12\"")), "{after}");
        let twice = [("source", "BC 3"), ("pasted", "A\t1\nSở Nội vụ\t2\nB\t3")];
        let told = survey.post(&at, &twice).await;
        assert!(
            told.status == 422 && told.text.contains("dòng 2 «Sở Nội vụ»: đơn vị này đã có ở dòng trên"),
            "{}",
            told.text
        );
        assert!(
            told.text.contains(">Sở Nội vụ\t2</textarea>"),
            "what was placed is not placed again: {}",
            told.text
        );
    }
}

/// A criterion of another body with a part and its whole, which no cross-check of the set compares.
async fn part_of_a_whole(played: &Prepared, browser: &mut Browser) -> String {
    let block = played.office.store.campaign(played.campaign).await.unwrap().unwrap().blocks[0].id;
    let at = format!("/campaigns/{}/external-points/{block}/4.2.2", played.campaign);
    assert_eq!(browser.get(&at).await.status, 200);
    at
}

#[tokio::test]
async fn what_was_written_is_said_and_more_than_the_whole_is_asked_at_its_row() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let mut survey = played.office.signed_in("survey-body").await;
        let at = part_of_a_whole(&played, &mut survey).await;
        let lists = [("source", "BC 18/BC-SNV"), ("pasted", "A\t9\t12\nB\t18\t12")];
        let saved = survey.post(&at, &lists).await;
        assert_eq!(saved.status, 303, "{kind}: {}", saved.text);
        let page = survey.get(saved.location.as_deref().unwrap()).await.text;
        assert!(page.contains("Đã ghi 4 giá trị cho 2 đơn vị."), "{kind}: {page}");
        let asked = "«Kết quả thực hiện» (18) lớn hơn «Kế hoạch được giao» (12), tỷ lệ 150%; nếu đúng thì giữ nguyên.";
        assert_eq!(page.matches(asked).count(), 1, "{kind}: {page}");
        let row = page.split("<tr>").find(|row| row.contains(asked)).unwrap();
        assert!(row.contains("Sở Tư pháp"), "{kind}: {row}");
        let again = survey.post(&at, &lists).await;
        let page = survey.get(again.location.as_deref().unwrap()).await.text;
        assert!(page.contains("không ghi gì"), "{kind}: nothing differs: {page}");
        survey.cookies.insert("lang".to_owned(), "en".to_owned());
        let page = survey.get(saved.location.as_deref().unwrap()).await.text;
        assert!(page.contains("Written: 4 values for 2 units.") && page.contains("150%"), "{kind}: {page}");
    }
}

/// Of a value that was typed and another one that is pasted none is taken by itself.
#[tokio::test]
async fn a_pasted_value_never_takes_the_place_of_a_typed_one() {
    for database in databases().await {
        let (played, kind) = (Prepared::opened(&database).await, database.kind);
        let mut survey = played.office.signed_in("survey-body").await;
        let at = part_of_a_whole(&played, &mut survey).await;
        let of = |what: &str| format!("{}.{what}v.a", played.sheets[0]);
        let (field, was, seen) = (of(""), of("was."), of("seen."));
        let both = |typed: &'static str| {
            [
                ("source", "BC 18/BC-SNV"),
                (field.as_str(), typed),
                (was.as_str(), ""),
                (seen.as_str(), "0"),
                ("pasted", "A\t4,40\t12"),
            ]
        };
        let refused = survey.post(&at, &both("1")).await;
        let says = "dòng 1 «A»: ô «Kết quả thực hiện» trong bảng đã gõ «1» mà dòng dán là «4,40»";
        assert!(refused.status == 422 && refused.text.contains(says), "{kind}: {}", refused.text);
        let kept_as_typed = format!("name=\"{field}\" value=\"1\"");
        assert!(refused.text.contains(&kept_as_typed), "{kind}: what was typed stays: {}", refused.text);
        let line = refused.text.contains(">A\t4,40\t12</textarea>");
        assert!(line, "{kind}: and so does the line: {}", refused.text);
        assert_eq!(survey.post(&at, &both("4,4")).await.status, 303, "{kind}: the same, written otherwise");
        assert_eq!(survey.post(&at, &both("")).await.status, 303, "{kind}: a field that nobody touched");
    }
}
