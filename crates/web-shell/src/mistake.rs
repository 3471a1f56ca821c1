//! A form that could not be carried out comes back on its page: what was typed stands in it, and above it what is wrong.

use std::borrow::Cow;

/// One form of a page, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Mistake {
    form: String,
    typed: Vec<(Cow<'static, str>, String)>,
    /// What is wrong with single fields.
    wrong: Vec<(String, String)>,
    sentence: String,
}

impl Mistake {
    /// In a form that the page calls so.
    pub fn new(form: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { form: form.into(), typed: Vec::new(), wrong: Vec::new(), sentence: sentence.into() }
    }

    /// With what was typed into a field.
    #[must_use]
    pub fn with(mut self, field: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        self.typed.push((field.into(), text.into()));
        self
    }

    /// With what is wrong with a field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>, sentence: impl Into<String>) -> Self {
        self.wrong.push((field.into(), sentence.into()));
        self
    }
}

/// What went wrong on a page: nothing, or something in one of its forms.
#[derive(Clone, Debug, Default)]
pub struct Mistakes(pub Option<Mistake>);

impl From<Mistake> for Mistakes {
    fn from(mistake: Mistake) -> Self {
        Self(Some(mistake))
    }
}

impl Mistakes {
    fn of(&self, form: &str) -> Option<&Mistake> {
        self.0.as_ref().filter(|mistake| mistake.form == form)
    }

    /// What is wrong with a form.
    #[must_use]
    pub fn says(&self, form: &str) -> Option<&str> {
        self.of(form).map(|mistake| mistake.sentence.as_str())
    }

    /// What is wrong with a form that is none of those that a page shows: it is gone, or cannot be sent any more.
    #[must_use]
    pub fn beside(&self, shown: &[String]) -> Option<&str> {
        let mistake = self.0.as_ref().filter(|mistake| !shown.contains(&mistake.form));
        mistake.map(|mistake| mistake.sentence.as_str())
    }

    /// What is wrong with a field of a form.
    #[must_use]
    pub fn at(&self, form: &str, field: &str) -> Option<&str> {
        let wrong = &self.of(form)?.wrong;
        wrong.iter().find(|(name, _)| name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// What was typed into a field of a form.
    #[must_use]
    pub fn was(&self, form: &str, field: &str) -> &str {
        self.typed(form, field).unwrap_or_default()
    }

    /// The same, or what stands there.
    #[must_use]
    pub fn or<'m>(&'m self, form: &str, field: &str, stands: &'m str) -> &'m str {
        self.typed(form, field).unwrap_or(stands)
    }

    fn typed(&self, form: &str, field: &str) -> Option<&str> {
        let typed = &self.of(form)?.typed;
        typed.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }

    /// The status of the page.
    #[must_use]
    pub fn status(&self) -> axum::http::StatusCode {
        if self.0.is_some() {
            axum::http::StatusCode::UNPROCESSABLE_ENTITY
        } else {
            axum::http::StatusCode::OK
        }
    }
}
