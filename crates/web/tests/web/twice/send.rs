//! A form as a browser sends it, with the identifier that its page gave it.

use axum::Router;
use futures_util::future::join_all;
use parindex_testkit::{Browser, Reply};

use crate::campaign::hidden;

/// A form as a browser sends it.
#[derive(Clone, Default)]
pub(super) struct Send {
    pub(super) path: String,
    pub(super) fields: Vec<(String, String)>,
    /// The name and the content of a file; a form that takes files has one, be it empty.
    pub(super) file: Option<(String, Vec<u8>)>,
}

impl Send {
    pub(super) fn new(path: impl Into<String>, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { path: path.into(), fields, file: None }
    }

    pub(super) fn with_file(self, name: &str, content: &[u8]) -> Self {
        Self { file: Some((name.to_owned(), content.to_vec())), ..self }
    }

    /// The same form with another word in a field.
    pub(super) fn but(mut self, field: &str, value: &str) -> Self {
        self.fields.retain(|(name, _)| name != field);
        self.fields.push((field.to_owned(), value.to_owned()));
        self
    }

    pub(super) async fn by(&self, browser: &mut Browser, form: &str) -> Reply {
        let mut fields = vec![("once", form)];
        fields.extend(self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        match &self.file {
            Some((name, content)) => browser.parts_with(&self.path, &fields, (name, content)).await,
            None => browser.post(&self.path, &fields).await,
        }
    }

    /// Ten times at once, in turn to each of the servers.
    pub(super) async fn ten_times(&self, servers: &[Router], browser: &Browser, form: &str) -> Vec<Reply> {
        let one = |at: usize| {
            let server = servers[at % servers.len()].clone();
            let mut browser = browser.again_at(server);
            async move { self.by(&mut browser, form).await }
        };
        join_all((0..10).map(one)).await
    }
}

/// The identifier that a page gave to the form that leads to a place.
pub(super) fn identifier(page: &str, path: &str) -> String {
    hidden(form_to(page, path), "once").to_owned()
}

/// What stands in the form that leads to a place.
pub(super) fn form_to<'p>(page: &'p str, path: &str) -> &'p str {
    let action = format!("action=\"{path}\"");
    let leads = |form: &&str| {
        let opening = form.split('>').next().unwrap_or_default();
        opening.contains("method=\"post\"") && opening.contains(&action)
    };
    let form = page.split("<form").skip(1).find(leads);
    assert!(form.is_some(), "no form leads to {path}: {page}");
    form.unwrap_or_default().split("</form>").next().unwrap()
}
