//! A page asks the database the same number of questions however many rows it shows.

use parindex_store::criteria_set::UploadSet;
use parindex_store::person::Invite;
use parindex_store::unit::{Added, KeepUnit};
use parindex_testkit::{Office, databases};

use crate::campaign::Prepared;

/// Pages with lists, by the login of whoever may see them.
const PAGES: [(&str, &str); 9] = [
    ("administrator", "/"),
    ("administrator", "/units"),
    ("administrator", "/units?q=so"),
    ("administrator", "/units/1"),
    ("administrator", "/units/tree"),
    ("administrator", "/people"),
    ("administrator", "/jobs"),
    ("standing-body", "/criteria-sets"),
    ("auditor", "/audit"),
];

async fn questions(office: &Office) -> Vec<(&'static str, u64, usize)> {
    let mut all = Vec::new();
    for (login, path) in PAGES {
        let mut browser = office.signed_in(login).await;
        let before = office.store.tally().asked;
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        all.push((path, office.store.tally().asked - before, answer.text.len()));
    }
    all
}

async fn more(office: &Office, at: i64) {
    let unit = KeepUnit {
        code: format!("S{at}"),
        name: format!("Sở số {at}"),
        level: "department".to_owned(),
        kind: "Sở".to_owned(),
        parent: office.units.get("P").copied(),
        valid_from: None,
        valid_to: None,
    };
    let unit = office.change(Added(unit)).await;
    let (login, name) = (format!("nguoi{at}"), format!("Người số {at}"));
    let invite = Invite { link: login.clone(), login, name, title: String::new(), unit: Some(unit) };
    office.change(invite).await;
    let (code, title) = (format!("SET{at}"), format!("Bộ số {at}"));
    office.change(UploadSet { code, title, text: "x".to_owned(), note: String::new(), file: None }).await;
    office.store.put_job("check-log", &format!("job {at}"), 0).await.unwrap();
}

#[tokio::test]
async fn a_page_asks_as_often_for_many_rows_as_for_few() {
    for database in databases().await {
        let office = Office::new(&database).await;
        more(&office, 0).await;
        let few = questions(&office).await;
        for at in 1..60 {
            more(&office, at).await;
        }
        let many = questions(&office).await;
        for (few, many) in few.iter().zip(&many) {
            assert_eq!(few.1, many.1, "{}: {} asks more for more rows", database.kind, few.0);
            assert!(few.1 <= 12, "{}: {} asks {} times", database.kind, few.0, few.1);
        }
        assert!(many[1].2 > few[1].2, "there is more to show");
    }
}

/// Pages of a campaign, by the login of whoever sees them; `S` is a sheet, `C` the campaign.
const OF_A_CAMPAIGN: [(&str, &str); 7] = [
    ("standing-body", "/campaigns/C"),
    ("standing-body", "/campaigns/C/ranking"),
    ("standing-body", "/campaigns/C/council"),
    ("standing-body", "/campaigns/C/prepare"),
    ("standing-body", "/sheets/S/1.1.2"),
    ("appraiser-b", "/appraisal/C/1"),
    ("appraiser-b", "/appraisal/C/1/S/1.1.2"),
];

async fn asked(prepared: &Prepared) -> Vec<(&'static str, u64)> {
    let (campaign, sheet) = (prepared.campaign.to_string(), prepared.sheets[0].to_string());
    let mut all = Vec::new();
    for (login, page) in OF_A_CAMPAIGN {
        let path = page.replace('C', &campaign).replace('S', &sheet);
        let mut browser = prepared.office.signed_in(login).await;
        // What is kept ready after the first look is not counted.
        assert_eq!(browser.get(&path).await.status, 200, "{path}");
        let before = prepared.office.store.tally().asked;
        browser.get(&path).await;
        all.push((page, prepared.office.store.tally().asked - before));
    }
    all
}

#[tokio::test]
async fn a_campaign_asks_as_often_for_many_units_as_for_few() {
    for database in databases().await {
        let few = Prepared::opened_in(Office::new(&database).await).await;
        let asked_few = asked(&few).await;
        let many = few.with_more_units(60).await;
        for (few, many) in asked_few.iter().zip(asked(&many).await) {
            assert_eq!(few.1, many.1, "{}: {} asks more for more units", database.kind, few.0);
            assert!(few.1 <= 30, "{}: {} asks {} times", database.kind, few.0, few.1);
        }
    }
}
