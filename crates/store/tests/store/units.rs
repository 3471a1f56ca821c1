//! Units: the official lists, search, days, what became of them.

use parindex_domain::refusal::{NotNow, UnitRefusal};
use parindex_store::Refusal;
use parindex_store::unit::{
    ChangeUnit, Import, ImportedUnit, KeepUnit, ReferenceUnits, Succeed, Successor, UnitFilter,
};
use parindex_testkit::{Office, databases};

use crate::{NOW, console};

#[tokio::test]
async fn the_official_lists_before_and_after_the_reform() {
    for database in databases().await {
        let store = &database.store;
        store.commit(&console(), NOW, ReferenceUnits).await.unwrap();
        let top = |day: &str| UnitFilter { parent: None, on_day: day.to_owned() };
        let (before, after) = (top("2025-06-30"), top("2025-07-01"));
        assert_eq!(store.units_below(&before).await.unwrap().len(), 63, "{}", database.kind);
        let provinces = store.units_below(&after).await.unwrap();
        assert_eq!(provinces.len(), 34);
        let mut communes = 0;
        for province in &provinces {
            communes += store.tree(&province.path, "2025-07-01").await.unwrap().len() - 1;
        }
        assert_eq!(communes, 3_321, "{}", database.kind);
        let again = store.commit(&console(), NOW, ReferenceUnits).await;
        assert!(matches!(again, Err(Refusal::Taken(_))));
    }
}

#[tokio::test]
async fn a_merged_province_and_one_that_stayed() {
    for database in databases().await {
        let store = &database.store;
        store.commit(&console(), NOW, ReferenceUnits).await.unwrap();
        let found = store.search_units("phu tho", "2026-01-01").await.unwrap();
        let phu_tho = found.iter().find(|unit| unit.level == "province").unwrap();
        let (_, made_of) = store.relations(phu_tho.id).await.unwrap();
        let mut names: Vec<&str> = made_of.iter().map(|each| each.unit.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Tỉnh Hòa Bình", "Tỉnh Phú Thọ", "Tỉnh Vĩnh Phúc"], "{}", database.kind);
        // Hà Nội went through the reform as it was: one row for both times.
        let on = |day: &'static str| async move { store.search_units("01", day).await.unwrap().remove(0).id };
        assert_eq!(on("2025-06-30").await, on("2025-07-01").await);
        let below = UnitFilter { parent: Some(phu_tho.id), on_day: "2026-01-01".to_owned() };
        assert_eq!(store.units_below(&below).await.unwrap().len(), 148);
    }
}

#[tokio::test]
async fn a_list_of_ones_own_is_taken_whole_or_not_at_all() {
    for database in databases().await {
        let store = &database.store;
        let unit = |code: &str, name: &str, parent: Option<&str>| ImportedUnit {
            code: code.to_owned(),
            name: name.to_owned(),
            level: "department".to_owned(),
            kind: String::new(),
            parent: parent.map(str::to_owned),
            row: 2,
            valid_from: None,
            valid_to: None,
        };
        let orphan = Import { units: vec![unit("P", "Tỉnh", None), unit("A", "Sở", Some("nowhere"))] };
        let told = store.commit(&console(), NOW, orphan).await.unwrap().unwrap_err();
        assert_eq!((told[0].code.as_str(), told[0].parent.as_str()), ("A", "nowhere"));
        assert_eq!(store.count_units().await.unwrap(), 0, "{}", database.kind);
        let good = || Import { units: vec![unit("P", "Tỉnh", None), unit("A", "Sở Đồng", Some("P"))] };
        assert_eq!(store.commit(&console(), NOW, good()).await.unwrap(), Ok((2, 0)));
        let renamed = Import { units: vec![unit("A", "Sở Đông", Some("P"))] };
        assert_eq!(store.commit(&console(), NOW, renamed).await.unwrap(), Ok((0, 1)));
        let found = store.search_units("so dong", "2026-01-01").await.unwrap();
        assert_eq!(found.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["Sở Đông"]);
    }
}

/// Signs that mean something to LIKE are only signs here.
#[tokio::test]
async fn a_search_takes_its_text_literally() {
    for database in databases().await {
        let store = &database.store;
        store.commit(&console(), NOW, ReferenceUnits).await.unwrap();
        for text in ["%", "_", "100%", "' OR 1=1 --", "\\"] {
            assert!(
                store.search_units(text, "2026-01-01").await.unwrap().is_empty(),
                "{}: {text}",
                database.kind
            );
        }
    }
}

/// Two departments become one on a day: the former ones stay, what was below them and their people go on.
#[tokio::test]
async fn merged_units_end_and_the_new_one_says_what_it_was_made_of() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let (store, a, b) = (&office.store, office.units["A"], office.units["B"]);
        let new = KeepUnit {
            code: "AB".to_owned(),
            name: "Sở Nội vụ và Tư pháp".to_owned(),
            level: "department".to_owned(),
            kind: "Sở".to_owned(),
            parent: None,
            valid_from: None,
            valid_to: None,
        };
        let day = |text: &str| text.parse().unwrap();
        let merge = |into| Succeed {
            former: vec![a, b],
            into,
            on_day: day("2026-03-01"),
            go_on: false,
            with_people: true,
        };
        let itself = store.commit(&console(), NOW, merge(Successor::There(a))).await;
        assert!(
            matches!(itself, Err(Refusal::NotNow(NotNow::Unit(UnitRefusal::NoSuccession)))),
            "{}: {itself:?}",
            database.kind
        );
        let merged = store.commit(&console(), NOW, merge(Successor::New(new))).await.unwrap();
        let on = async |day: &str| {
            let below = UnitFilter { parent: Some(office.units["P"]), on_day: day.to_owned() };
            let units = store.units_below(&below).await.unwrap();
            units.into_iter().map(|unit| unit.code).collect::<Vec<_>>()
        };
        assert_eq!(
            (on("2026-02-28").await, on("2026-03-01").await),
            (vec!["A".to_owned(), "B".to_owned()], vec!["AB".to_owned()])
        );
        let (_, made_of) = store.relations(merged).await.unwrap();
        assert_eq!(made_of.len(), 2, "{}", database.kind);
        let child = store.unit(office.units["A1"]).await.unwrap().unwrap();
        let above = store.unit(merged).await.unwrap().unwrap();
        assert!(
            above.path.holds(&child.path) && child.parent == Some(merged),
            "{}: {child:?}",
            database.kind
        );
        let officer = office.people["officer"];
        let held = store.held(&[officer]).await.unwrap();
        let units: Vec<i64> = held.iter().filter_map(|held| held.unit).collect();
        assert!(units.contains(&a) && units.contains(&merged), "{}: {units:?}", database.kind);
        let again = store.commit(&console(), NOW, merge(Successor::There(merged))).await;
        assert!(again.is_err(), "what has ended becomes nothing more");
    }
}

/// A unit moves below another one, with all below it, and never below itself.
#[tokio::test]
async fn a_unit_moves_with_all_that_stands_below_it() {
    for database in databases().await {
        let office = Office::new(&database).await;
        let (store, a, b) = (&office.store, office.units["A"], office.units["B"]);
        let unit = store.unit(a).await.unwrap().unwrap();
        let to = |parent| KeepUnit {
            code: unit.code.clone(),
            name: unit.name.clone(),
            level: "other".to_owned(),
            kind: unit.kind.clone(),
            parent,
            valid_from: None,
            valid_to: None,
        };
        let keep = |parent| ChangeUnit { id: a, seen: unit.seen(), to: to(parent) };
        let below = store.commit(&console(), NOW, keep(Some(office.units["A1"]))).await;
        assert!(
            matches!(below, Err(Refusal::NotNow(NotNow::Unit(UnitRefusal::BelowItself)))),
            "{}: {below:?}",
            database.kind
        );
        store.commit(&console(), NOW, keep(Some(b))).await.unwrap();
        let (above, child) =
            (store.unit(b).await.unwrap().unwrap(), store.unit(office.units["A1"]).await.unwrap().unwrap());
        assert!(above.path.holds(&child.path), "{}: {child:?}", database.kind);
        assert_eq!(store.unit(a).await.unwrap().unwrap().level, "other");
    }
}
