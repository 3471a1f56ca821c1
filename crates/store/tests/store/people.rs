//! Accounts, links, sessions.

use parindex_domain::refusal::{AccountRefusal, NotNow, RoleRefusal};
use parindex_domain::right::Role;
use parindex_store::person::{
    AcceptInvitation, Appoint, ChangePassword, Close, EndAppointment, EnrolSecondFactor, Invite, NewLink,
    PassSecondFactor, Proof, Reopen,
};
use parindex_store::session::{IDLE, MAX_LIFE, SignIn};
use parindex_store::{Actor, Refusal, Store};
use parindex_testkit::databases;

use crate::{NOW, console};

const HOUR: i64 = 3_600 * 1_000_000;

async fn person(store: &Store, login: &str) -> i64 {
    let link = format!("link of {login}");
    let invite = Invite {
        login: login.to_owned(),
        name: "Trần Thu Hà".to_owned(),
        title: String::new(),
        unit: None,
        link,
    };
    store.commit(&console(), NOW, invite).await.unwrap().person
}

fn session(hash: &str, person: i64) -> SignIn {
    SignIn { hash: hash.to_owned(), person, complete: true, address: String::new(), agent: String::new() }
}

#[tokio::test]
async fn a_link_works_once_for_a_week_and_only_the_newest() {
    for database in databases().await {
        let store = &database.store;
        let id = person(store, "ha").await;
        let accept = |link: &str| AcceptInvitation { link: link.to_owned(), password: "hash".to_owned() };
        let late = store.commit(&console(), NOW + 8 * 24 * HOUR, accept("link of ha")).await;
        assert!(
            matches!(late, Err(Refusal::NotNow(NotNow::Account(AccountRefusal::LinkSpent)))),
            "{}",
            database.kind
        );
        store.commit(&console(), NOW, NewLink { person: id, link: "newer".to_owned() }).await.unwrap();
        assert!(store.commit(&console(), NOW, accept("link of ha")).await.is_err(), "an older link is dead");
        assert!(store.invited("newer", NOW).await.unwrap().is_some());
        store.commit(&console(), NOW, accept("newer")).await.unwrap();
        assert!(store.commit(&console(), NOW, accept("newer")).await.is_err(), "a link works once");
        assert!(store.invited("newer", NOW).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_session_ends_by_idleness_by_age_and_with_the_account() {
    for database in databases().await {
        let store = &database.store;
        let id = person(store, "ha").await;
        store.commit(&console(), NOW, session("s1", id)).await.unwrap();
        assert!(store.session("s1", NOW).await.unwrap().is_some());
        assert!(store.session("s1", NOW + IDLE + 1).await.unwrap().is_none(), "idle for too long");
        // Kept alive every half hour, it still ends after a working day.
        let mut at = NOW;
        while at < NOW + MAX_LIFE - HOUR {
            at += HOUR / 2;
            assert!(store.session("s1", at).await.unwrap().is_some(), "{} at {}", database.kind, at - NOW);
        }
        assert!(store.session("s1", NOW + MAX_LIFE + 1).await.unwrap().is_none(), "old");
        store.commit(&console(), NOW, session("s2", id)).await.unwrap();
        store.commit(&console(), NOW, Close { person: id }).await.unwrap();
        assert!(store.session("s2", NOW).await.unwrap().is_none(), "closed");
        store.commit(&console(), NOW, Reopen { person: id }).await.unwrap();
        assert!(store.session("s2", NOW).await.unwrap().is_none(), "a session that ended stays ended");
    }
}

#[tokio::test]
async fn a_new_password_signs_other_browsers_out() {
    for database in databases().await {
        let store = &database.store;
        let id = person(store, "ha").await;
        for hash in ["here", "there"] {
            store.commit(&console(), NOW, session(hash, id)).await.unwrap();
        }
        let here = store.session("here", NOW).await.unwrap().unwrap();
        let owner = Actor::person(id, "Trần Thu Hà".to_owned(), Vec::new());
        let change = ChangePassword { person: id, password: "new".to_owned(), keep: here.id };
        store.commit(&owner, NOW, change).await.unwrap();
        assert!(store.session("here", NOW).await.unwrap().is_some());
        assert!(store.session("there", NOW).await.unwrap().is_none(), "{}", database.kind);
        let stranger = Actor::person(id + 1, String::new(), Vec::new());
        let foreign = ChangePassword { person: id, password: "x".to_owned(), keep: 0 };
        assert!(matches!(store.commit(&stranger, NOW, foreign).await, Err(Refusal::NotFound)));
    }
}

#[tokio::test]
async fn a_code_of_the_second_factor_works_once() {
    for database in databases().await {
        let store = &database.store;
        let id = person(store, "ha").await;
        let enrol = EnrolSecondFactor {
            person: id,
            secret: "S".to_owned(),
            step: 10,
            recovery: vec!["r1".to_owned()],
            keep: 0,
        };
        store.commit(&console(), NOW, enrol).await.unwrap();
        let owner = actor(id);
        let pass = |proof: Proof| store.commit(&owner, NOW, PassSecondFactor { person: id, proof });
        assert!(pass(Proof::Step(10)).await.is_err(), "the step that proved it is spent");
        pass(Proof::Step(11)).await.unwrap();
        assert!(pass(Proof::Step(11)).await.is_err());
        pass(Proof::Recovery("r1".to_owned())).await.unwrap();
        assert!(pass(Proof::Recovery("r1".to_owned())).await.is_err(), "{}", database.kind);
    }
}

fn actor(person: i64) -> Actor {
    Actor::person(person, "Trần Thu Hà".to_owned(), Vec::new())
}

#[tokio::test]
async fn the_last_administrator_stays() {
    for database in databases().await {
        let store = &database.store;
        let (first, second) = (person(store, "one").await, person(store, "two").await);
        let appoint = |person: i64| Appoint::whole(person, Role::Administrator, None);
        store.commit(&console(), NOW, appoint(first)).await.unwrap();
        let alone = store.commit(&console(), NOW, Close { person: first }).await;
        assert!(
            matches!(alone, Err(Refusal::NotNow(NotNow::Account(AccountRefusal::LastAdministrator)))),
            "{}",
            database.kind
        );
        store.commit(&console(), NOW, appoint(second)).await.unwrap();
        store.commit(&console(), NOW, Close { person: first }).await.unwrap();
        assert!(store.commit(&console(), NOW, Close { person: second }).await.is_err());
    }
}

#[tokio::test]
async fn failures_are_counted_forgotten_and_grow_old() {
    for database in databases().await {
        let store = &database.store;
        for _ in 0..3 {
            store.count_failure("k", NOW, NOW - HOUR).await.unwrap();
        }
        assert_eq!(store.failures("k", NOW - HOUR).await.unwrap(), 3, "{}", database.kind);
        assert_eq!(store.failures("k", NOW).await.unwrap(), 0, "old ones do not count");
        store.count_failure("k", NOW + 2 * HOUR, NOW + HOUR).await.unwrap();
        assert_eq!(store.failures("k", NOW + HOUR).await.unwrap(), 1, "an old row begins anew");
        store.forget_failures("k").await.unwrap();
        assert_eq!(store.failures("k", 0).await.unwrap(), 0);
    }
}

/// Many at the same moment: what works once works once, whoever comes first.
#[tokio::test]
async fn a_link_works_once_even_for_many_at_the_same_moment() {
    for database in databases().await {
        let store = &database.store;
        person(store, "ha").await;
        let mut tries = tokio::task::JoinSet::new();
        for turn in 0..12 {
            let store = store.clone();
            let accept = AcceptInvitation { link: "link of ha".to_owned(), password: format!("hash {turn}") };
            tries.spawn(async move { store.commit(&console(), NOW, accept).await.is_ok() });
        }
        let worked = tries.join_all().await.into_iter().filter(|worked| *worked).count();
        assert_eq!(worked, 1, "{}", database.kind);
    }
}

/// Rights count as they are when the change is made, not when the request began.
#[tokio::test]
async fn a_role_that_was_taken_meanwhile_counts_no_more() {
    for database in databases().await {
        let store = &database.store;
        let (first, second) = (person(store, "one").await, person(store, "two").await);
        for person in [first, second] {
            store.commit(&console(), NOW, Appoint::whole(person, Role::Administrator, None)).await.unwrap();
        }
        let held = store.held(&[second]).await.unwrap();
        let roles = held.iter().map(|held| held.appointment.clone()).collect();
        let actor = Actor::person(second, "Hai".to_owned(), roles);
        let taken = EndAppointment { appointment: held.first().unwrap().id };
        store.commit(&console(), NOW, taken).await.unwrap();
        let late = store.commit(&actor, NOW, NewLink { person: first, link: "x".to_owned() }).await;
        assert!(matches!(late, Err(Refusal::Denied(_))), "{}: {late:?}", database.kind);
    }
}

/// A link made for an account with few rights is no way to the wider ones that it gets later.
#[tokio::test]
async fn a_link_does_not_outlive_a_change_of_rights() {
    for database in databases().await {
        let store = &database.store;
        let (administrator, other) = (person(store, "one").await, person(store, "two").await);
        let appoint = |person: i64| Appoint::whole(person, Role::Administrator, None);
        store.commit(&console(), NOW, appoint(administrator)).await.unwrap();
        let held = store.held(&[administrator]).await.unwrap();
        let roles = held.iter().map(|held| held.appointment.clone()).collect();
        let actor = Actor::person(administrator, "Một".to_owned(), roles);
        assert!(store.invited("link of two", NOW).await.unwrap().is_some());
        store.commit(&actor, NOW, appoint(other)).await.unwrap();
        assert!(store.invited("link of two", NOW).await.unwrap().is_none(), "{}", database.kind);
        let own = store.commit(&actor, NOW, Appoint::whole(administrator, Role::Auditor, None)).await;
        assert!(
            matches!(own, Err(Refusal::NotNow(NotNow::Role(RoleRefusal::OwnRole)))),
            "nobody gives himself a role"
        );
    }
}

/// A form that was sent twice gives a role once; another campaign or unit is another role.
#[tokio::test]
async fn the_same_role_is_given_once() {
    for database in databases().await {
        let (store, kind) = (&database.store, database.kind);
        let whom = person(store, "one").await;
        for _twice in 0..2 {
            store.commit(&console(), NOW, Appoint::whole(whom, Role::Observer, None)).await.unwrap();
        }
        assert_eq!(store.held(&[whom]).await.unwrap().len(), 1, "{kind}");
        assert_eq!(store.verify_audit().await.unwrap(), Ok(2), "{kind}: the second time says nothing");
        store.commit(&console(), NOW, Appoint::whole(whom, Role::Chair, None)).await.unwrap();
        let held = store.held(&[whom]).await.unwrap();
        assert_eq!(held.len(), 2, "{kind}");
        store.commit(&console(), NOW, EndAppointment { appointment: held[0].id }).await.unwrap();
        store.commit(&console(), NOW, Appoint::whole(whom, Role::Observer, None)).await.unwrap();
        assert_eq!(store.held(&[whom]).await.unwrap().len(), 2, "{kind}: given again after it was taken");
    }
}
