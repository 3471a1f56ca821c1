//! Every route that changes something, sent twice with one identifier: the database is as after once, and both lead to one place.

use std::collections::{BTreeSet, HashMap};

use axum::http::Method;
use parindex_service::token::Token;
use parindex_testkit::{Browser, Office, Reply, databases};
use parindex_web::routes;

use super::link::link_in;
use super::send::{Send, form_to};
use super::whole;
use crate::campaign::Prepared;

mod course;
mod people;
mod preparation;

/// Routes that are no form of a person who is signed in, or make nothing.
const OTHERS: [(&str, &str); 10] = [
    ("/session", "a sign of life, which is written however often it is sent"),
    ("/preference", "sets a cookie"),
    ("/sign-in", "nobody is signed in yet, so nothing is kept under his name"),
    ("/sign-in/code", "the code works once"),
    ("/sign-out", "there is no session after it"),
    ("/invitation/{link}", "the link works once"),
    ("/uploads", "sent by the script, which asks how far it is"),
    ("/account/provider/link", "shows the way to the service"),
    ("/account/provider/unlink", "there is no service here; its form is sent in the same way"),
    ("/people/{id}/second-factor/drop", "as for one’s own"),
];

struct Walk<'w> {
    office: &'w Office,
    kind: &'static str,
    browsers: HashMap<&'static str, Browser>,
    covered: BTreeSet<&'static str>,
}

impl Walk<'_> {
    async fn browser(&mut self, login: &'static str) -> &mut Browser {
        if !self.browsers.contains_key(login) {
            self.browsers.insert(login, self.office.signed_in(login).await);
        }
        self.browsers.get_mut(login).unwrap()
    }

    async fn page(&mut self, login: &'static str, page: &str) -> String {
        let kind = self.kind;
        let answer = self.browser(login).await.get(page).await;
        assert_eq!(answer.status, 200, "{kind}: {login} {page}: {}", answer.text);
        answer.text
    }

    /// The form of a page that leads to an address of a route, with what nobody types as the page has it.
    async fn twice(&mut self, login: &'static str, page: &str, route: &'static str, send: Send) -> Reply {
        let text = self.page(login, page).await;
        let mut fields = untyped(&text, &send.path);
        let form = fields.iter().position(|(name, _)| name == "once").map(|at| fields.remove(at).1);
        fields.retain(|(name, _)| !send.fields.iter().any(|(typed, _)| typed == name));
        let fields = fields.into_iter().chain(send.fields).collect();
        let send = Send { fields, ..send };
        // What saves itself has none, and is the same however often it is sent.
        let form = form.unwrap_or_else(|| Token::new().unwrap().text().to_owned());
        self.sent_twice(login, route, &send, &form).await
    }

    async fn sent_twice(
        &mut self,
        login: &'static str,
        route: &'static str,
        send: &Send,
        form: &str,
    ) -> Reply {
        let case = format!("{}: {login} {}", self.kind, send.path);
        let store = self.office.store.clone();
        let before = whole(&store).await;
        let first = send.by(self.browser(login).await, form).await;
        assert!([200, 303].contains(&first.status), "{case}: {} {}", first.status, first.text);
        let once = whole(&store).await;
        let second = send.by(self.browser(login).await, form).await;
        let twice = whole(&store).await;
        for (table, rows) in &once {
            assert_eq!(rows, &twice[table], "{case}: {table}; it was {}", before[table].len());
        }
        assert_eq!(
            (first.status, &first.location),
            (second.status, &second.location),
            "{case}: {}",
            second.text
        );
        if first.text.contains("/invitation/") {
            assert_eq!(link_in(&first.text), link_in(&second.text), "{case}");
        }
        assert!(routes().any(|known| known.path == route && known.method == Method::POST), "{route}");
        self.covered.insert(route);
        first
    }
}

/// What stands in the fields of a form that nobody sees.
fn untyped(page: &str, path: &str) -> Vec<(String, String)> {
    let form = form_to(page, path);
    let mark = "<input type=\"hidden\" name=\"";
    let field = |rest: &str| {
        let (name, rest) = rest.split_once('"')?;
        let value = rest.strip_prefix(" value=\"")?.split('"').next()?;
        let plain =
            value.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#38;", "&");
        Some((name.to_owned(), plain))
    };
    form.split(mark).skip(1).filter_map(field).filter(|(name, _)| name != "csrf").collect()
}

#[tokio::test]
async fn every_form_that_is_sent_twice_is_carried_out_once() {
    let package = other_package().await;
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let (office, kind) = (&played.office, database.kind);
        let mut walk = Walk { office, kind, browsers: HashMap::new(), covered: BTreeSet::new() };
        walk.units().await;
        walk.people().await;
        walk.account().await;
        walk.library().await;
        walk.preparation(&package).await;
        walk.sheets(&played).await;
        walk.appraisal(&played).await;
        walk.council(&played).await;
        let posts = routes().filter(|route| route.method == Method::POST).map(|route| route.path);
        let left: Vec<&str> = posts.filter(|path| !walk.covered.contains(path)).collect();
        let others: Vec<&str> = OTHERS.iter().map(|(path, _)| *path).collect();
        let forgotten: Vec<&&str> = left.iter().filter(|path| !others.contains(path)).collect();
        assert!(forgotten.is_empty(), "{kind}: sent twice by no test: {forgotten:?}");
        assert!(office.store.verify_audit().await.unwrap().is_ok(), "{kind}");
    }
}

/// A campaign as a package, with a code that no other one has.
async fn other_package() -> Vec<u8> {
    let database = databases().await.remove(0);
    let played = Prepared::opened(&database).await.with_more_units(1).await;
    let mut standing = played.office.signed_in("standing-body").await;
    standing.get(&format!("/campaigns/{}/package", played.campaign)).await.bytes
}
