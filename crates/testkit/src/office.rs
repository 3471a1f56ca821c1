//! An office: a province with two departments and a commune, and somebody in every role.

use std::collections::HashMap;
use std::sync::Arc;

use parindex_domain::right::Role;
use parindex_files::Files;
use parindex_service::Intake;
use parindex_service::cipher::{Key, Keys};
use parindex_service::password::hash_password;
use parindex_service::token::{Token, hash_of};
use parindex_store::person::{AcceptInvitation, Appoint, Invite};
use parindex_store::unit::{Added, KeepUnit};
use parindex_store::{Actor, Change, FixedClock, Store};
use parindex_web::{App, BackupKeys, WebSettings};

use crate::{Browser, Database};

/// Everybody's password.
pub const PASSWORD: &str = "mưa rào cuối hạ ở quê";
/// Monday 2 March 2026, 8:00 in Hà Nội.
const MONDAY: i64 = 1_772_413_200_000_000;

/// Hashing a password takes its time; one hash serves all.
static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();

/// The application with people in it.
pub struct Office {
    /// The application.
    pub app: App,
    /// The store behind it.
    pub store: Store,
    pub clock: Arc<FixedClock>,
    /// Units by code: `P` the province, `A` and `B` departments, `A1` below `A`.
    pub units: HashMap<&'static str, i64>,
    /// People by login: the word of the role; those with `-a` and `-b` at the end work there, or hold it for that unit. The council and
    /// the survey body work at the province, the substitute of the chair at `B`, all others at `A`, which is the standing body.
    pub people: HashMap<String, i64>,
}

impl Office {
    /// Over a database.
    pub async fn new(database: &Database) -> Self {
        Self::set_up(database, |_settings| {}).await
    }

    /// Over a database, where the holders of these roles need a second factor.
    pub async fn with_second_factor(database: &Database, second_factor: Vec<Role>) -> Self {
        Self::set_up(database, |settings| settings.second_factor = second_factor).await
    }

    /// Over a database, set up in a way of its own.
    pub async fn set_up(database: &Database, change: impl FnOnce(&mut WebSettings)) -> Self {
        let (store, clock) = (database.store.clone(), Arc::new(FixedClock::at(MONDAY)));
        let app = app_over(store.clone(), database.files(), Arc::<FixedClock>::clone(&clock), change);
        let mut office = Self { app, store, clock, units: HashMap::new(), people: HashMap::new() };
        for (code, name, level, parent) in [
            ("P", "Tỉnh Thử", "province", ""),
            ("A", "Sở Nội vụ", "department", "P"),
            ("B", "Sở Tư pháp", "department", "P"),
            ("A1", "Chi cục Văn thư", "other", "A"),
        ] {
            office.unit(code, name, level, parent).await;
        }
        for role in Role::ALL {
            let at = match role {
                Role::Chair | Role::ViceChair | Role::Member | Role::SurveyBody => "P",
                Role::Substitute => "B",
                _ => "A",
            };
            office.person(role.word(), role, Some(at), role.needs_unit()).await;
        }
        office.person("officer-b", Role::Officer, Some("B"), true).await;
        office.person("head-b", Role::Head, Some("B"), true).await;
        office.person("appraiser-b", Role::Appraiser, Some("B"), false).await;
        office.person("standing-body-a", Role::StandingBody, Some("A"), true).await;
        office
    }

    /// Makes a change at the console.
    pub async fn change<C: Change>(&self, change: C) -> C::Done {
        let done = self.store.commit(&Actor::console("test"), MONDAY, change).await;
        done.unwrap_or_else(|refusal| panic!("{refusal:?}"))
    }

    async fn unit(&mut self, code: &'static str, name: &str, level: &str, parent: &'static str) {
        let unit = KeepUnit {
            code: code.to_owned(),
            name: name.to_owned(),
            level: level.to_owned(),
            kind: String::new(),
            parent: self.units.get(parent).copied(),
            valid_from: None,
            valid_to: None,
        };
        let id = self.change(Added(unit)).await;
        self.units.insert(code, id);
    }

    async fn person(&mut self, login: &str, role: Role, at: Option<&'static str>, for_unit: bool) {
        let unit = at.and_then(|code| self.units.get(code)).copied();
        let token = Token::new().expect("randomness");
        let name = format!("Người {login}");
        let invite = Invite { login: login.to_owned(), name, title: String::new(), unit, link: token.hash() };
        let person = self.change(invite).await.person;
        let password = HASH.get_or_init(|| hash_password(PASSWORD).expect("a hash")).clone();
        self.change(AcceptInvitation { link: hash_of(token.text()), password }).await;
        self.change(Appoint::whole(person, role, unit.filter(|_| for_unit))).await;
        self.people.insert(login.to_owned(), person);
    }

    /// A browser that has not signed in.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser::new(parindex_web::router(self.app.clone()))
    }

    /// A browser in which somebody is signed in.
    pub async fn signed_in(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(login, PASSWORD).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/")), "{login}: {}", answer.text);
        browser
    }
}

/// The application over a database and files that are there already.
///
/// # Panics
/// Never without a sign-in service.
pub fn app_over(
    store: Store,
    files: Files,
    clock: Arc<FixedClock>,
    change: impl FnOnce(&mut WebSettings),
) -> App {
    let mut settings = WebSettings {
        base_url: "http://parindex.test".to_owned(),
        trusted_proxies: Vec::new(),
        title: "parindex".to_owned(),
        second_factor: Vec::new(),
        keys: Keys::new(Key::new().expect("randomness"), Vec::new()),
        provider: None,
        requests: None,
        intake: Intake::default(),
        backups: BackupKeys::default(),
    };
    change(&mut settings);
    parindex_web::app(store, files, settings, clock).expect("settings without a sign-in service")
}
