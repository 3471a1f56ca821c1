//! A link that opens an account, which is made once however often its form is sent.

use parindex_testkit::{Office, databases};

use super::other_server;
use super::send::{Send, identifier};

/// The link that opens an account is shown once and kept nowhere; sent twice, the form shows the one that works.
#[tokio::test]
async fn a_link_that_was_made_twice_is_the_same_and_works() {
    for database in databases().await {
        let (office, case) = (Office::new(&database).await, database.kind);
        let mut administrator = office.signed_in("administrator").await;
        let servers = [parindex_web::router(office.app.clone()), other_server(&database, &office).await];
        let new = Send::new("/people/new", &[("name", "Lê Minh Quân"), ("login", "quan.lm"), ("unit", "B")]);
        let form = identifier(&administrator.get("/people/new").await.text, "/people/new");
        let mut links: Vec<String> = Vec::new();
        for answer in new.ten_times(&servers, &administrator, &form).await {
            assert_eq!(answer.status, 200, "{case}: {}", answer.text);
            links.push(link_in(&answer.text));
        }
        links.dedup();
        assert_eq!(links.len(), 1, "{case}: the same link");
        assert_eq!(office.browser().get(&links[0]).await.status, 200, "{case}: which works");
        let person = office.store.credentials("quan.lm").await.unwrap().unwrap().person.id;
        let page = format!("/people/{person}");
        let anew = Send::new(format!("{page}/link"), &[]);
        let form = identifier(&administrator.get(&page).await.text, &anew.path);
        let (one, two) = (anew.by(&mut administrator, &form).await, anew.by(&mut administrator, &form).await);
        assert_eq!(link_in(&one.text), link_in(&two.text), "{case}");
        assert_eq!(office.browser().get(&link_in(&two.text)).await.status, 200, "{case}: which works");
        let list = "họ và tên,tên đăng nhập,mã đơn vị\nTrần Thu Hà,ha.tt,A\nLý Bình,binh.l,B\n";
        let list = Send::new("/people/import", &[]).with_file("danh-sach.csv", list.as_bytes());
        let form = identifier(&administrator.get("/people/import").await.text, &list.path);
        let mut seen = Vec::new();
        for answer in list.ten_times(&servers, &administrator, &form).await {
            assert_eq!(answer.status, 200, "{case}: {}", answer.text);
            seen.push(answer.text.matches("/invitation/").count());
            links.push(link_in(&answer.text));
        }
        links.dedup();
        assert_eq!(
            (links.len(), seen),
            (2, vec![2; 10]),
            "{case}: the list’s first link is the same each time"
        );
        assert_eq!(office.browser().get(&links[1]).await.status, 200, "{case}: which works");
    }
}

/// The way to an invitation on a page.
pub(super) fn link_in(text: &str) -> String {
    let found = text.split_once("http://parindex.test");
    assert!(found.is_some(), "no link: {text}");
    let (_, rest) = found.unwrap_or_default();
    rest.chars().take_while(|each| !['<', '"'].contains(each)).collect()
}
