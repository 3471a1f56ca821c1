//! What was typed stands in the fields of its form again, on whatever page of ours the form is.

use std::collections::HashMap;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use super::form::{FieldKind, Forms, HtmlField, HtmlForm, Tag, escaped};
use crate::sent::{SentFields, is_about, is_seen};

/// Why a page is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its writer has signed in again. What he had seen when he wrote goes with it, so that what others saved meanwhile is told.
    Back,
    /// It was refused, and this is the page as it is now.
    Refused,
    /// Its handler shows the page with what it kept; only what is missing is filled in.
    Gaps,
}

/// What stands above the form that was filled in.
pub struct Notice<'n> {
    /// HTML, made from the words on the form's button.
    pub above: &'n dyn Fn(&str) -> String,
    /// HTML under the field for files.
    pub files: String,
    /// The page that the form stands on, where the address that it leads to does not say so.
    pub page: Option<String>,
}

/// A page that is being filled in.
pub struct Refill<'h> {
    html: &'h str,
    forms: Forms,
    edits: Vec<(Range<usize>, String)>,
}

impl<'h> Refill<'h> {
    /// Reads a page.
    pub fn of(html: &'h str) -> Self {
        Self { html, forms: Forms::read(html), edits: Vec::new() }
    }

    /// The form that leads to an address; among several the one that is about the same. One about another thing is none: words about
    /// one criterion never stand at another one.
    fn find(&self, action: &str, sent: &SentFields) -> Option<HtmlForm> {
        let plain = |address: &str| {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            percent_decode_str(path).decode_utf8_lossy().into_owned()
        };
        let action = plain(action);
        let alike = |form: &HtmlForm| {
            let same = |field: &&HtmlField| {
                let value = field.tag.get("value").unwrap_or_default();
                field.kind == FieldKind::Hidden && sent.texts(field.name()).any(|text| text == value)
            };
            form.fields.iter().filter(same).count()
        };
        let other = |field: &HtmlField| {
            let value = field.tag.get("value").unwrap_or_default();
            let mut said = sent.texts(field.name()).peekable();
            let about = field.kind == FieldKind::Hidden && is_about(field.name());
            about && said.peek().is_some() && !said.any(|text| text == value)
        };
        let leads = |form: &&HtmlForm| form.tag.get("action").is_some_and(|to| plain(to) == action);
        let same = |form: &&HtmlForm| leads(form) && !form.fields.iter().any(other);
        // Of several alike the first: `max_by_key` would take the last.
        self.forms.all.iter().filter(same).rev().max_by_key(|form| alike(form)).cloned()
    }

    /// Whether the page has the form, with a field for something that was typed.
    pub fn shows(&self, action: &str, sent: &SentFields) -> bool {
        let written = |field: &HtmlField| {
            field.is_open() && sent.texts(field.name()).any(|text| !text.trim().is_empty())
        };
        self.find(action, sent).is_some_and(|form| form.fields.iter().any(written))
    }

    /// Fills the form in; what of it cannot be seen on the page stays with the caller.
    pub fn fill(&mut self, action: &str, sent: &SentFields, why: Why, notice: &Notice<'_>) -> bool {
        let Some(form) = self.find(action, sent) else { return false };
        let focus = self.focus(&form);
        let mut count: HashMap<&str, usize> = HashMap::new();
        for field in &form.fields {
            let place = count.entry(field.name()).or_default();
            self.field(field, (sent, *place), why, focus == Some(field.tag.at.start));
            *place += 1;
            if field.kind == FieldKind::File && !sent.files.is_empty() {
                self.edits.push((field.tag.at.end..field.tag.at.end, notice.files.clone()));
            }
        }
        for shut in &form.shut {
            self.change(shut, |tag| tag.set("open", ""));
        }
        let above = (notice.above)(&form.button.split_whitespace().collect::<Vec<_>>().join(" "));
        self.edits.push((form.tag.at.start..form.tag.at.start, above));
        if let Some(page) = &notice.page {
            let action = form.tag.get("action").unwrap_or_default();
            let mark = if action.contains('?') { '&' } else { '?' };
            let action = format!("{action}{mark}page={page}");
            self.change(&form.tag, |tag| tag.set("action", &action));
        }
        true
    }

    /// The field that gets the keyboard, so that the page opens where it matters: what is wrong, or else the first one.
    fn focus(&self, form: &HtmlForm) -> Option<usize> {
        let open = || form.fields.iter().filter(|field| field.is_open());
        let first = open().find(|field| field.tag.has("aria-invalid"));
        let first = first
            .or_else(|| open().find(|field| !matches!(field.kind, FieldKind::Tick)))
            .or_else(|| open().next());
        first.filter(|_| !self.forms.has_focus).map(|field| field.tag.at.start)
    }

    fn change(&mut self, tag: &Tag, act: impl FnOnce(&mut Tag)) {
        let mut changed = tag.clone();
        act(&mut changed);
        if changed != *tag {
            self.edits.push((tag.at.clone(), changed.write()));
        }
    }

    fn field(&mut self, field: &HtmlField, (sent, place): (&SentFields, usize), why: Why, focus: bool) {
        let typed = sent.texts(field.name()).nth(place);
        let value = match (&field.kind, typed) {
            (FieldKind::Line, Some(typed))
                if wanted(why, field.tag.get("value").unwrap_or_default(), typed) =>
            {
                Some(typed)
            }
            (FieldKind::Hidden, Some(typed)) if why == Why::Back && is_seen(field.name()) => Some(typed),
            _ => None,
        };
        let ticked = (field.kind == FieldKind::Tick).then(|| {
            let value = field.tag.get("value").unwrap_or("on");
            sent.texts(field.name()).any(|text| text == value)
        });
        self.change(&field.tag, |tag| {
            match (value, ticked) {
                (Some(value), _) => tag.set("value", value),
                (_, Some(true)) => tag.set("checked", ""),
                (_, Some(false)) if why != Why::Gaps => tag.remove("checked"),
                _ => {}
            }
            if focus {
                tag.set("autofocus", "");
            }
        });
        match (&field.kind, typed) {
            (FieldKind::Lines(stands, at), Some(typed)) if wanted(why, stands.trim(), typed) => {
                // Browsers take one line break away behind the tag.
                self.edits.push((at.clone(), format!("\n{}", escaped(typed))));
            }
            (FieldKind::Choice(options), Some(typed)) => self.choose(options, typed, why),
            _ => {}
        }
    }

    fn choose(&mut self, options: &[(Tag, String)], typed: &str, why: Why) {
        let chosen = options.iter().find(|(tag, _)| tag.has("selected")).map_or("", |(_, value)| value);
        let there = options.iter().any(|(_, value)| value == typed);
        if !there || !wanted(why, chosen, typed) {
            return;
        }
        for (tag, value) in options {
            self.change(tag, |tag| {
                tag.remove("selected");
                if value == typed {
                    tag.set("selected", "");
                }
            });
        }
    }

    /// Puts HTML at the beginning of the content.
    pub fn begin_with(&mut self, html: String) {
        self.edits.push((self.forms.begin..self.forms.begin, html));
    }

    /// Puts HTML at the end of the content.
    pub fn end_with(&mut self, html: String) {
        self.edits.push((self.forms.end..self.forms.end, html));
    }

    /// The page with all that was changed.
    pub fn done(mut self) -> String {
        self.edits.sort_by_key(|(at, _)| (at.start, at.end));
        let mut written = String::with_capacity(self.html.len() + 4_096);
        let mut from = 0;
        for (at, text) in self.edits {
            written.push_str(self.html.get(from..at.start).unwrap_or_default());
            written.push_str(&text);
            from = from.max(at.end);
        }
        written.push_str(self.html.get(from..).unwrap_or_default());
        written
    }
}

/// Whether what was typed goes where something stands.
fn wanted(why: Why, stands: &str, typed: &str) -> bool {
    stands != typed && (why != Why::Gaps || (stands.is_empty() && !typed.trim().is_empty()))
}

/// What was written into a form to an address and cannot be seen on a page. What the page itself keeps there unseen was not written.
pub fn missing<'s>(html: &str, action: &'s str, sent: &'s SentFields) -> Vec<(&'s str, &'s str)> {
    let page = Refill::of(html);
    let form = page.find(action, sent);
    let own = form.iter().flat_map(|form| &form.fields).filter(|field| field.kind == FieldKind::Hidden);
    let own: Vec<&str> = own.map(HtmlField::name).collect();
    let fields = || page.forms.all.iter().flat_map(|form| &form.fields);
    let stands = |name: &str, text: &str| {
        fields().any(|field| {
            field.name() == name
                && match &field.kind {
                    FieldKind::Lines(stands, _) => alike(stands, text),
                    FieldKind::Choice(options) => {
                        options.iter().any(|(tag, value)| tag.has("selected") && value == text)
                    }
                    FieldKind::Tick => true,
                    FieldKind::Line | FieldKind::Hidden => alike(tag_value(&field.tag), text),
                    FieldKind::File => false,
                }
        })
    };
    sent.written(action).filter(|(name, text)| !own.contains(name) && !stands(name, text)).collect()
}

fn tag_value(tag: &Tag) -> &str {
    tag.get("value").unwrap_or_default()
}

/// The same words: what is kept of a text may have other spaces and marks that were put together.
fn alike(one: &str, other: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let words = |text: &str| text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<main><details><form action="/m"><input type="hidden" name="member" value="1"><input name="points"></form>
<form action="/m"><input type="hidden" name="member" value="2"><input type="hidden" name="seen" value="5"><input type="hidden" name="csrf" value="new"><input name="points" value="1"><textarea name="reason"></textarea><select name="kind"><option value="a" selected>A</option><option value="b">B</option></select><input type="checkbox" name="go_on" checked><input type="file" name="file"><button>Gửi</button></form></details></main>"#;

    fn sent() -> SentFields {
        let mut sent = SentFields::default();
        sent.push_file("Bao cao 45.pdf");
        for (name, text) in [
            ("member", "2"),
            ("seen", "4"),
            ("points", "0,75\"><b>"),
            ("reason", "Dòng một\r\n<dòng hai>"),
            ("kind", "b"),
        ] {
            sent.push(name, text);
        }
        sent
    }

    fn filled(why: Why) -> String {
        let mut page = Refill::of(PAGE);
        let above = |button: &str| format!("[bấm {button}]");
        let notice = Notice { above: &above, files: "[tệp]".to_owned(), page: Some("%2Fx".to_owned()) };
        assert!(page.fill("/m?check=1", &sent(), why, &notice));
        page.done()
    }

    #[test]
    fn what_was_typed_stands_in_its_own_form_again() {
        let page = filled(Why::Back);
        assert!(page.contains(r#"<input name="points"></form>"#), "the other form stays: {page}");
        assert!(page.contains("value=\"0,75&#34;&gt;&lt;b&gt;\""), "{page}");
        assert!(
            page.contains("<textarea name=\"reason\">\nDòng một\r\n&lt;dòng hai&gt;</textarea>"),
            "{page}"
        );
        assert!(
            page.contains(r#"<option value="b" selected="">"#) && !page.contains(r#"value="a" selected"#)
        );
        assert!(!page.contains("checked"), "what was not ticked: {page}");
        assert!(
            page.contains("[bấm Gửi]<form action=\"/m?page=%2Fx\">") && page.contains("<details open=\"\">")
        );
        assert!(page.contains("[tệp]<button>") && page.contains(r#"value="new""#), "{page}");
        assert!(page.contains(r#"name="seen" type="hidden" value="4""#), "what he had seen: {page}");
        assert_eq!(page.matches("autofocus").count(), 1);
        assert_eq!(missing(&page, "/m", &sent()), []);
    }

    #[test]
    fn what_was_refused_stands_on_the_page_as_it_is_now() {
        let page = filled(Why::Refused);
        assert!(page.contains(r#"name="seen" value="5""#) && page.contains("value=\"0,75&#34;"), "{page}");
    }

    #[test]
    fn what_a_handler_shows_stays_and_only_gaps_are_filled() {
        let page = filled(Why::Gaps);
        assert!(page.contains("name=\"points\" value=\"1\"") && page.contains("Dòng một"), "{page}");
        assert!(page.contains("checked"), "{page}");
        assert_eq!(missing(&page, "/m", &sent()).len(), 2, "what the page shows differently is listed");
    }

    #[test]
    fn a_form_about_something_else_takes_nothing() {
        let html = PAGE.replace(r#"name="member" value="2""#, r#"name="member" value="3""#);
        let mut page = Refill::of(&html);
        let notice = Notice { above: &|_| String::new(), files: String::new(), page: None };
        assert!(!page.shows("/m", &sent()) && !page.fill("/m", &sent(), Why::Gaps, &notice));
        assert_eq!(page.done(), html);
    }

    #[test]
    fn what_a_page_keeps_unseen_in_its_form_is_nothing_to_be_copied() {
        let html =
            r#"<form action="/m"><input type="hidden" name="till" value="now"><input name="points"></form>"#;
        let mut sent = SentFields::default();
        for (name, text) in [("till", "lKr70m"), ("points", "0,5")] {
            sent.push(name, text);
        }
        assert_eq!(missing(html, "/m", &sent), [("points", "0,5")]);
        assert_eq!(missing(html, "/other", &sent).len(), 2, "of another form nothing is known");
    }

    #[test]
    fn a_page_without_the_form_stays_as_it_is() {
        let mut page = Refill::of(PAGE);
        let notice = Notice { above: &|_| String::new(), files: String::new(), page: None };
        assert!(!page.fill("/other", &sent(), Why::Back, &notice));
        assert_eq!(page.done(), PAGE);
    }
}
