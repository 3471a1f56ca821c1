//! A new version of a document, which takes the place of the former one.

use parindex_testkit::{Browser, databases};

use crate::campaign::{Prepared, stands};

/// A better scan of the same report: the newer stands, the older can be seen, and both are under the seal.
#[tokio::test]
async fn a_new_version_takes_the_place_of_the_former_one_which_stays_behind_it() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, kind) = (played.at("1.1.2"), database.kind);
        let to = format!("{at}/evidence");
        let mut officer = played.office.signed_in("officer").await;
        officer.get(&at).await;
        let first = [
            ("genre", "Báo cáo"),
            ("number", "15/BC-SNV"),
            ("issuer", "Sở Nội vụ"),
            ("issued_on", "2026-01-05"),
        ];
        assert_eq!(officer.parts_with(&to, &first, ("mo.pdf", b"%PDF-1.7 blurred")).await.status, 303);
        let first_seal = seal_shown(&played).await;
        let other = officer.parts_with(&to, &[("replaces", "7")], ("ro.pdf", b"%PDF-1.7 sharp")).await;
        assert_eq!(other.status, 404, "{kind}: there is no such document");
        let anew = [("replaces", "1"), ("number", "")];
        let replaced = officer.parts_with(&to, &anew, ("ro.pdf", b"%PDF-1.7 sharp")).await;
        assert_eq!(replaced.status, 303, "{kind}: {}", replaced.text);
        let documents = played.office.store.evidence(&[played.sheets[0]]).await.unwrap();
        let [now] = documents.as_slice() else { panic!("{kind}: one document: {documents:?}") };
        assert_eq!(now.name, "mo.pdf", "{kind}: called as before");
        let said = (now.genre.as_str(), now.number.as_str(), now.issuer.as_str(), now.issued_on.as_deref());
        assert_eq!(said, ("Báo cáo", "15/BC-SNV", "Sở Nội vụ", Some("2026-01-05")), "{kind}: as it was");
        assert_eq!(now.former.iter().map(|old| old.name.as_str()).collect::<Vec<_>>(), ["mo.pdf"], "{kind}");
        let page = officer.get(&at).await.text;
        assert!(page.contains("Bản trước") && page.contains("/evidence/1"), "{kind}: {page}");
        assert!(!page.contains("Cùng tệp này"), "{kind}: it is no other document");
        assert_eq!(officer.get("/evidence/1").await.status, 200, "{kind}: it can still be seen");
        assert_ne!(seal_shown(&played).await, first_seal, "{kind}: the seal is over the documents too");
        let store = format!("/campaigns/{}/documents?q=15", played.campaign);
        let found = officer.get(&store).await.text;
        assert!(
            found.contains("/evidence/2") && !found.contains("/evidence/1"),
            "{kind}: the newest is found"
        );

        officer.get(&at).await;
        let twice = officer.parts_with(&to, &anew, ("lai.pdf", b"%PDF-1.7 again")).await;
        assert!(twice.status == 422 && twice.text.contains("đã có bản mới"), "{kind}: {}", twice.text);
        assert_eq!(officer.post("/evidence/1/remove", &[]).await.status, 409, "{kind}: the newer one first");
        assert_eq!(officer.post("/evidence/2/remove", &[]).await.status, 303, "{kind}");
        let same = officer.parts_with(&to, &anew, ("lai.pdf", b"%PDF-1.7 blurred")).await;
        assert_eq!(same.status, 303, "{kind}: the same file with another number is no use elsewhere");
        assert!(!officer.get(&at).await.text.contains("Cùng tệp này"), "{kind}");
        assert_eq!(officer.post("/evidence/3/remove", &[]).await.status, 303, "{kind}");
        let back = played.office.store.evidence(&[played.sheets[0]]).await.unwrap();
        assert_eq!(back.iter().map(|each| each.name.as_str()).collect::<Vec<_>>(), ["mo.pdf"], "{kind}");
        assert_eq!(seal_shown(&played).await, first_seal, "{kind}");
        played.is_as_the_log_says().await;
    }
}

/// The seal that the head would submit.
async fn seal_shown(played: &Prepared) -> String {
    let mut head = played.office.signed_in("head").await;
    stands(&head.get(&format!("/sheets/{}/submit", played.sheets[0])).await.text)
}

#[tokio::test]
async fn a_version_is_one_file_of_the_same_criterion_and_step() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (at, other, kind) = (played.at("1.1.2"), played.at("1.1.1"), database.kind);
        let to = format!("{at}/evidence");
        let mut officer = played.office.signed_in("officer").await;
        assert_eq!(officer.upload_from(&at, &to, "a.pdf", b"%PDF-1.7 a").await.status, 303, "{kind}");
        officer.get(&other).await;
        let replaces = [("replaces", "1")];
        let address = format!("{other}/evidence");
        let elsewhere = officer.parts_with(&address, &replaces, ("b.pdf", b"%PDF-1.7 b")).await;
        assert_eq!(elsewhere.status, 404, "{kind}: a document of another criterion");
        let mut foreign = played.office.signed_in("officer-b").await;
        let theirs = format!("/sheets/{}/1.1.2", played.sheets[1]);
        foreign.get(&theirs).await;
        let address = format!("{theirs}/evidence");
        let stolen = foreign.parts_with(&address, &replaces, ("b.pdf", b"%PDF-1.7 b")).await;
        assert_eq!(stolen.status, 404, "{kind}: a document of another unit");
        officer.get(&at).await;
        let (one, two) = (uploaded(&mut officer, "c.pdf").await, uploaded(&mut officer, "d.pdf").await);
        let uploads = format!("{one} {two}");
        let several = [("replaces", "1"), ("upload", uploads.as_str())];
        let both = officer.parts_with(&to, &several, ("", b"")).await;
        assert!(both.status == 422 && both.text.contains("đúng một tệp"), "{kind}: {}", both.text);

        played.minutes(15);
        let released = played.release(1, "2026-03-02T08:25").await;
        assert_eq!(released.status, 303, "{kind}: {}", released.text);
        officer.get(&at).await;
        let late = [("round", "1"), ("replaces", "1")];
        let sealed = officer.parts_with(&to, &late, ("e.pdf", b"%PDF-1.7 e")).await;
        assert_eq!(sealed.status, 404, "{kind}: what was submitted stays; a supplement stands beside it");
        assert_eq!(played.office.store.evidence(&[played.sheets[0]]).await.unwrap().len(), 1, "{kind}");
    }
}

async fn uploaded(browser: &mut Browser, name: &str) -> String {
    let content = format!("%PDF-1.7 {name}");
    let place = browser.announce(name, content.len()).await.location.unwrap();
    assert_eq!(browser.send_part(&place, 0, content.as_bytes(), false).await.status, 204);
    place.rsplit('/').next().unwrap().to_owned()
}
