//! One address: who may ask, what it is about, what answers, and how much it takes. What is in no table does not exist.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode};
use axum::routing::MethodRouter;
use parindex_domain::right::Act;
use parindex_store::campaign::Thing;
use tower_http::timeout::TimeoutLayer;

/// What a visitor needs for a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    /// A password given; the second factor may still be missing.
    HalfSession,
    /// To be signed in.
    Session,
    /// The right to an act, for something at least; for what exactly is settled by the handler and the change.
    Act(Act),
    /// The right to one of two acts.
    Either(Act, Act),
}

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::HalfSession => f.write_str("a password given"),
            Self::Session => f.write_str("a session"),
            Self::Act(act) => write!(f, "{act:?}"),
            Self::Either(one, other) => write!(f, "{one:?} or {other:?}"),
        }
    }
}

/// What an address is about. A role for one campaign counts only where the address is about something of this campaign, or is shared
/// by all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Nothing of a campaign: a role for one campaign does not count.
    Installation,
    /// Nothing of a campaign, and a role for one counts all the same: home, lists, criteria sets to read.
    Shared,
    Campaign,
    /// A member of a campaign, with its sheet.
    Sheet,
    /// A motion of a council.
    Motion,
    /// A part of a sheet that another unit fills in.
    Delegation,
    /// A document.
    Evidence,
    /// An on-site check.
    Visit,
    /// A photo of an on-site check.
    Photo,
}

impl Scope {
    /// All that are about something of a campaign.
    const OF_CAMPAIGN: [Self; 7] = [
        Self::Campaign,
        Self::Sheet,
        Self::Motion,
        Self::Delegation,
        Self::Evidence,
        Self::Visit,
        Self::Photo,
    ];

    /// The place of the path that says which; none where it is about nothing of a campaign.
    #[must_use]
    pub fn place(self) -> Option<&'static str> {
        match self {
            Self::Installation | Self::Shared => None,
            Self::Campaign => Some("{campaign}"),
            Self::Sheet => Some("{member}"),
            Self::Motion => Some("{motion}"),
            Self::Delegation => Some("{delegation}"),
            Self::Evidence => Some("{evidence}"),
            Self::Visit => Some("{visit}"),
            Self::Photo => Some("{photo}"),
        }
    }

    /// The scope that the places of a path ask for: that of the first one that names something of a campaign.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let named = |part: &str| Self::OF_CAMPAIGN.into_iter().find(|scope| scope.place() == Some(part));
        path.split('/').find_map(named)
    }

    fn thing(self, id: i64) -> Option<Thing> {
        match self {
            Self::Installation | Self::Shared => None,
            Self::Campaign => Some(Thing::Campaign(id)),
            Self::Sheet => Some(Thing::Member(id)),
            Self::Motion => Some(Thing::Motion(id)),
            Self::Delegation => Some(Thing::Delegation(id)),
            Self::Evidence => Some(Thing::Evidence(id)),
            Self::Visit => Some(Thing::Visit(id)),
            Self::Photo => Some(Thing::Photo(id)),
        }
    }
}

/// How much a request may bring, and how long it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A page or a form, which is small and answered long before a minute.
    Form,
    /// A criteria set, a list or a package, which waits for its turn to be read.
    Workbook,
    /// A document as evidence, which is never held in memory whole. Over a slow line it takes its time, as long as it comes on at all,
    /// which is watched over.
    Document,
    /// A part of a document, which is written as it comes; the protocol bounds it by what was announced.
    Part,
}

/// Forms are small.
pub const MAX_FORM: usize = 256 * 1024;
const MAX_WORKBOOK: usize = 12 * 1024 * 1024;
const MAX_DOCUMENT: usize = 2049 * 1024 * 1024;

impl Limit {
    /// The bytes of a request.
    fn bytes(self) -> usize {
        match self {
            Self::Form | Self::Part => MAX_FORM,
            Self::Workbook => MAX_WORKBOOK,
            Self::Document => MAX_DOCUMENT,
        }
    }

    /// The time until the answer.
    fn patience(self) -> Duration {
        match self {
            Self::Form => Duration::from_mins(1),
            Self::Workbook => Duration::from_mins(15),
            Self::Document | Self::Part => Duration::from_hours(12),
        }
    }
}

/// A route; its handler works with the state `S`.
#[derive(Clone, Debug)]
pub struct Route<S: 'static> {
    pub method: Method,
    pub path: &'static str,
    pub needs: Needs,
    /// What it is about.
    pub scope: Scope,
    /// How much it takes.
    pub limit: Limit,
    handler: Handler<S>,
}

/// What answers, made when the server is put together.
type Handler<S> = fn() -> MethodRouter<S>;

impl<S: Clone + Send + Sync + 'static> Route<S> {
    const fn new(
        method: Method,
        path: &'static str,
        needs: Needs,
        scope: Scope,
        handler: Handler<S>,
    ) -> Self {
        Self { method, path, needs, scope, limit: Limit::Form, handler }
    }

    /// A page or a file.
    pub const fn get(path: &'static str, needs: Needs, scope: Scope, handler: Handler<S>) -> Self {
        Self::new(Method::GET, path, needs, scope, handler)
    }

    /// A form.
    pub const fn post(path: &'static str, needs: Needs, scope: Scope, handler: Handler<S>) -> Self {
        Self::new(Method::POST, path, needs, scope, handler)
    }

    /// A part of what is sent in parts.
    pub const fn patch(path: &'static str, needs: Needs, scope: Scope, handler: Handler<S>) -> Self {
        Self::new(Method::PATCH, path, needs, scope, handler)
    }

    /// The end of something that was begun.
    pub const fn delete(path: &'static str, needs: Needs, scope: Scope, handler: Handler<S>) -> Self {
        Self::new(Method::DELETE, path, needs, scope, handler)
    }

    /// What the server is able to do.
    pub const fn options(path: &'static str, needs: Needs, scope: Scope, handler: Handler<S>) -> Self {
        Self::new(Method::OPTIONS, path, needs, scope, handler)
    }

    /// The same with another limit than that of forms.
    #[must_use]
    pub const fn limit(mut self, limit: Limit) -> Self {
        self.limit = limit;
        self
    }

    /// What answers, within its limits.
    pub fn answer(&self) -> MethodRouter<S> {
        let patience = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, self.limit.patience());
        let bytes = DefaultBodyLimit::max(self.limit.bytes());
        (self.handler)().layer::<_, Infallible>(bytes).layer(patience)
    }

    /// What of a campaign an address of this route is about.
    #[must_use]
    pub fn thing(&self, path: &str) -> Option<Thing> {
        let place = self.scope.place()?;
        let (_, text) = self.path.split('/').zip(path.split('/')).find(|(part, _)| *part == place)?;
        // A number that is none belongs to nothing, and the handler says so.
        self.scope.thing(text.parse().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(path: &'static str, scope: Scope, asked: &str) -> Option<Thing> {
        Route::<()>::get(path, Needs::Session, scope, MethodRouter::new).thing(asked)
    }

    #[test]
    fn an_address_says_what_it_is_about() {
        let council = about("/campaigns/{campaign}/council", Scope::Campaign, "/campaigns/7/council");
        assert_eq!(council, Some(Thing::Campaign(7)));
        let decided = "/appraisal/{campaign}/{round}/{member}/{criterion}";
        assert_eq!(about(decided, Scope::Campaign, "/appraisal/7/1/9/1.1"), Some(Thing::Campaign(7)));
        let criterion = about("/sheets/{member}/{criterion}", Scope::Sheet, "/sheets/9/1.1.2");
        assert_eq!(criterion, Some(Thing::Member(9)));
        assert_eq!(about("/sheets/{member}", Scope::Sheet, "/sheets/x"), Some(Thing::Member(0)));
        assert_eq!(about("/visits/photo/{photo}", Scope::Photo, "/visits/photo/3"), Some(Thing::Photo(3)));
        assert_eq!(about("/units/{id}", Scope::Shared, "/units/9"), None);
    }

    #[test]
    fn the_first_place_of_a_campaign_names_the_scope() {
        assert_eq!(Scope::of_path("/appraisal/{campaign}/{round}/{member}"), Some(Scope::Campaign));
        assert_eq!(Scope::of_path("/units/{id}/edit"), None);
    }
}
