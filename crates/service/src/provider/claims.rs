//! What the service says of a person, as an account and roles of ours.

use std::collections::HashMap;

use openidconnect::AdditionalClaims;
use parindex_domain::person;
use parindex_domain::right::{Act, Role};
use parindex_store::person::{FromProvider, ProviderRole};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::client::{Error, Provider};

/// Claims that the standard does not know; which of them matter, the settings say.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(transparent)]
pub struct RawClaims(HashMap<String, Value>);

impl AdditionalClaims for RawClaims {}

/// Roles in one token that are read; nobody holds as many.
const MAX_ROLES: usize = 50;

/// All claims, of the token and of what was asked for beside it.
#[derive(Debug)]
pub struct Claims {
    /// Who it is, for ever: the service and its own name for the person.
    pub subject: String,
    all: Map<String, Value>,
}

impl Claims {
    /// Those of a token that was found good.
    pub fn new(issuer: &str, subject: &str, claims: &impl Serialize) -> Result<Self, Error> {
        let mut new = Self { subject: format!("{issuer} {subject}"), all: Map::new() };
        new.add(claims)?;
        Ok(new)
    }

    /// More of the same person; what was signed stays as it is.
    pub fn add(&mut self, claims: &impl Serialize) -> Result<(), Error> {
        if let Value::Object(more) = serde_json::to_value(claims)? {
            for (name, value) in more {
                self.all.entry(name).or_insert(value);
            }
        }
        Ok(())
    }

    /// Whether a claim is there.
    pub fn has(&self, name: &str) -> bool {
        self.all.contains_key(name)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.all.get(name).and_then(Value::as_str)
    }

    /// The change that lets the person in.
    pub fn change(&self, settings: &Provider) -> FromProvider {
        // An address that nobody has checked is anybody's.
        let checked =
            settings.login_claim != "email" || self.all.get("email_verified") == Some(&Value::Bool(true));
        let login = self.text(&settings.login_claim).filter(|_| checked);
        FromProvider {
            by: settings.name.clone(),
            subject: self.subject.clone(),
            login: login.and_then(|login| person::login(login).ok()),
            name: self.text("name").and_then(|name| person::name(name).ok()),
            open: settings.open_accounts,
            // A service that does not speak of roles takes none.
            roles: self.has(&settings.roles_claim).then(|| self.roles(&settings.roles_claim)),
        }
    }

    /// Roles, as `officer@HN-SCT` or `observer`. Those of the system are given here and by nobody else.
    fn roles(&self, claim: &str) -> Vec<Result<ProviderRole, String>> {
        let words: Vec<&str> = match self.all.get(claim) {
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).take(MAX_ROLES).collect(),
            Some(Value::String(all)) => {
                all.split([' ', ',']).filter(|word| !word.is_empty()).take(MAX_ROLES).collect()
            }
            _ => Vec::new(),
        };
        words.into_iter().map(|word| role(word).ok_or_else(|| word.chars().take(100).collect())).collect()
    }
}

fn role(word: &str) -> Option<ProviderRole> {
    let (role, unit) =
        word.split_once('@').map_or((word, None), |(role, unit)| (role, Some(unit.to_owned())));
    let role = Role::of(role).filter(|role| role.giving() == Act::Appoint)?;
    (role.needs_unit() == unit.is_some() || !role.needs_unit()).then_some(ProviderRole { role, unit })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settings() -> Provider {
        serde_json::from_value(json!({
            "issuer": "https://id.vn", "client_id": "par", "name": "Cổng tỉnh", "roles_claim": "par_roles"
        }))
        .unwrap()
    }

    fn claims(all: &Value) -> Claims {
        Claims::new("https://id.vn", "42", all).unwrap()
    }

    #[test]
    fn claims_become_an_account_and_its_roles() {
        let all = json!({ "preferred_username": "Ha.TT", "name": "Trần Thu Hà", "par_roles": ["officer@HN-SCT", "observer"] });
        let change = claims(&all).change(&settings());
        assert_eq!((change.login.as_deref(), change.name.as_deref()), (Some("ha.tt"), Some("Trần Thu Hà")));
        assert_eq!(change.subject, "https://id.vn 42");
        let roles: Vec<_> = change.roles.unwrap().into_iter().map(Result::unwrap).collect();
        let officer = ProviderRole { role: Role::Officer, unit: Some("HN-SCT".to_owned()) };
        assert_eq!(roles, [officer, ProviderRole { role: Role::Observer, unit: None }]);
    }

    #[test]
    fn no_service_gives_roles_of_the_system_or_what_is_none() {
        for word in ["administrator", "auditor", "standing-body", "standing-body@A", "officer", "king", ""] {
            assert_eq!(role(word), None, "{word}");
        }
    }

    #[test]
    fn a_login_that_cannot_be_one_is_none_and_an_unchecked_address_neither() {
        assert_eq!(claims(&json!({ "name": "Ai đó" })).change(&settings()).login, None);
        assert_eq!(claims(&json!({ "preferred_username": "có dấu" })).change(&settings()).login, None);
        let by_mail = Provider { login_claim: "email".to_owned(), ..settings() };
        let mail = |verified: bool| json!({ "email": "ha.tt", "email_verified": verified });
        assert_eq!(claims(&mail(false)).change(&by_mail).login, None);
        assert_eq!(claims(&mail(true)).change(&by_mail).login.as_deref(), Some("ha.tt"));
    }

    #[test]
    fn a_service_that_does_not_speak_of_roles_takes_none() {
        assert_eq!(claims(&json!({ "preferred_username": "ha.tt" })).change(&settings()).roles, None);
        let none = json!({ "preferred_username": "ha.tt", "par_roles": [] });
        assert_eq!(claims(&none).change(&settings()).roles, Some(Vec::new()));
    }

    #[test]
    fn what_was_signed_is_not_overwritten() {
        let mut all = claims(&json!({ "preferred_username": "ha.tt" }));
        all.add(&json!({ "preferred_username": "quantri", "name": "Hà" })).unwrap();
        assert_eq!(all.change(&settings()).login.as_deref(), Some("ha.tt"));
    }
}
