//! The forms of a page of ours, read out of its HTML: their fields, and where each of them stands.

use std::ops::Range;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// A tag and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// From its `<` to behind its `>`.
    pub at: Range<usize>,
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn of(tag: &StartTag<usize>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
        Self { at: tag.span.start..tag.span.end, name: text(&tag.name), attributes }
    }

    /// An attribute; empty where it stands without a value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// Whether it has an attribute.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// With an attribute.
    pub fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(of, _)| of == name) {
            Some((_, stands)) => value.clone_into(stands),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Without it.
    pub fn remove(&mut self, name: &str) {
        self.attributes.retain(|(of, _)| of != name);
    }

    /// As HTML.
    pub fn write(&self) -> String {
        let each = |(name, value): &(String, String)| format!(" {name}=\"{}\"", escaped(value));
        format!("<{}{}>", self.name, self.attributes.iter().map(each).collect::<String>())
    }
}

/// Text as HTML, within a tag and outside.
pub fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&#34;"),
            '\'' => written.push_str("&#39;"),
            each => written.push(each),
        }
    }
    written
}

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text, in whatever form it is typed.
    Line,
    /// Several lines; what stands there, and where.
    Lines(String, Range<usize>),
    /// One of several; each with its value.
    Choice(Vec<(Tag, String)>),
    /// A box or a dot to be ticked.
    Tick,
    /// Nothing to be seen.
    Hidden,
    File,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlField {
    pub tag: Tag,
    /// What it takes.
    pub kind: FieldKind,
}

impl HtmlField {
    /// A field of the tag that begins it; none where nothing is typed, or what nobody may see again.
    fn of(tag: Tag) -> Option<Self> {
        let kind = match (tag.name.as_str(), tag.get("type").unwrap_or_default()) {
            ("textarea", _) => FieldKind::Lines(String::new(), tag.at.end..tag.at.end),
            ("select", _) => FieldKind::Choice(Vec::new()),
            (_, "hidden") => FieldKind::Hidden,
            (_, "file") => FieldKind::File,
            (_, "checkbox" | "radio") => FieldKind::Tick,
            (_, "password" | "submit" | "button" | "image" | "reset") => return None,
            _ => FieldKind::Line,
        };
        Some(Self { tag, kind })
    }

    pub fn name(&self) -> &str {
        self.tag.get("name").unwrap_or_default()
    }

    /// Whether somebody can write in it.
    pub fn is_open(&self) -> bool {
        !matches!(self.kind, FieldKind::Hidden) && !self.tag.has("disabled") && !self.tag.has("readonly")
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HtmlForm {
    pub tag: Tag,
    /// What has to be opened for it to be seen.
    pub shut: Vec<Tag>,
    pub fields: Vec<HtmlField>,
    /// The words on its first button.
    pub button: String,
}

/// The forms of a page, and where its content begins and ends.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    pub all: Vec<HtmlForm>,
    /// Behind the tag that begins the content.
    pub begin: usize,
    /// Before the tag that ends it.
    pub end: usize,
    /// Whether something is to have the keyboard already.
    pub has_focus: bool,
}

/// What is open while a page is read.
#[derive(Default)]
struct Reading {
    forms: Forms,
    /// Within a form.
    within: Option<usize>,
    details: Vec<Tag>,
    /// A field whose end is still to come.
    field: Option<HtmlField>,
    /// Fields that stand elsewhere than in their form.
    apart: Vec<(String, HtmlField)>,
    in_option: bool,
    in_button: bool,
}

impl Forms {
    /// Reads a page.
    pub fn read(html: &str) -> Self {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut reading = Reading::default();
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => reading.begins(Tag::of(&tag)),
                Token::EndTag(tag) => {
                    reading.ends(&String::from_utf8_lossy(&tag.name), tag.span.start);
                }
                Token::String(text) => reading.says(&String::from_utf8_lossy(&text.value)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        reading.done()
    }
}

impl Reading {
    fn begins(&mut self, tag: Tag) {
        self.forms.has_focus |= tag.has("autofocus");
        match tag.name.as_str() {
            "main" => self.forms.begin = tag.at.end,
            "details" => self.details.push(tag),
            "form" => {
                let shut = self.details.iter().filter(|each| !each.has("open")).cloned().collect();
                self.within = Some(self.forms.all.len());
                self.forms.all.push(HtmlForm { tag, shut, ..HtmlForm::default() });
            }
            "input" => self.keep(HtmlField::of(tag)),
            "textarea" | "select" => self.field = HtmlField::of(tag),
            "option" => self.option(tag),
            "button" => self.in_button = self.form().is_some_and(|form| form.button.trim().is_empty()),
            _ => {}
        }
    }

    fn ends(&mut self, name: &str, at: usize) {
        match name {
            "main" => self.forms.end = at,
            "details" => drop(self.details.pop()),
            "form" => self.within = None,
            "textarea" => {
                if let Some(HtmlField { kind: FieldKind::Lines(_, place), .. }) = &mut self.field {
                    place.end = at;
                }
                let field = self.field.take();
                self.keep(field);
            }
            "select" => {
                let field = self.field.take();
                self.keep(field);
            }
            "option" => self.in_option = false,
            "button" => self.in_button = false,
            _ => {}
        }
    }

    fn says(&mut self, text: &str) {
        if self.in_button
            && let Some(form) = self.form()
        {
            form.button.push_str(text);
        }
        match &mut self.field {
            Some(HtmlField { kind: FieldKind::Lines(said, _), .. }) => said.push_str(text),
            // An option without a value is what it says.
            Some(HtmlField { kind: FieldKind::Choice(all), .. }) if self.in_option => {
                if let Some((_, value)) = all.last_mut().filter(|(tag, _)| !tag.has("value")) {
                    value.push_str(text);
                    *value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                }
            }
            _ => {}
        }
    }

    fn option(&mut self, tag: Tag) {
        if let Some(HtmlField { kind: FieldKind::Choice(all), .. }) = &mut self.field {
            let value = tag.get("value").unwrap_or_default().to_owned();
            all.push((tag, value));
            self.in_option = true;
        }
    }

    fn form(&mut self) -> Option<&mut HtmlForm> {
        self.within.and_then(|at| self.forms.all.get_mut(at))
    }

    fn keep(&mut self, field: Option<HtmlField>) {
        let Some(field) = field.filter(|field| !field.name().is_empty()) else { return };
        match field.tag.get("form").map(str::to_owned) {
            Some(id) => self.apart.push((id, field)),
            None => {
                if let Some(form) = self.form() {
                    form.fields.push(field);
                }
            }
        }
    }

    fn done(mut self) -> Forms {
        for (id, field) in self.apart {
            let form = self.forms.all.iter_mut().find(|form| form.tag.get("id") == Some(&id));
            if let Some(form) = form {
                form.fields.push(field);
            }
        }
        self.forms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><title>A &amp; B</title><main id="work"><details class="x"><summary>s</summary>
        <form method="post" action="/a/1"><input type="hidden" name="csrf" value="t"><textarea name="text" required>
một &lt;b&gt;</textarea><select name="one"><option value=""></option><option>Thiếu  báo cáo</option></select>
        <input name="points" value="0,5"><input type="password" name="password"><button><svg><use href="x"/></svg>Gửi
        đi</button><button>Thôi</button></form></details><input name="far" form="other"><form id="other" action="/b"></form></main>"#;

    #[test]
    fn a_page_is_read_with_all_its_fields() {
        let forms = Forms::read(PAGE);
        let [first, other] = forms.all.as_slice() else { panic!("{forms:?}") };
        assert_eq!(first.tag.get("action"), Some("/a/1"));
        assert_eq!(first.shut.len(), 1, "it stands in something shut");
        let names: Vec<&str> = first.fields.iter().map(HtmlField::name).collect();
        assert_eq!(names, ["csrf", "text", "one", "points"], "and no password");
        assert_eq!(first.button.split_whitespace().collect::<Vec<_>>().join(" "), "Gửi đi");
        let FieldKind::Lines(text, place) = &first.fields[1].kind else { panic!() };
        assert_eq!((text.trim(), PAGE.get(place.clone()).unwrap().trim()), ("một <b>", "một &lt;b&gt;"));
        let FieldKind::Choice(options) = &first.fields[2].kind else { panic!() };
        assert_eq!(options[1].1, "Thiếu báo cáo");
        assert_eq!(other.fields.len(), 1, "a field that stands apart");
        let from = |at: usize| PAGE.get(at..).unwrap();
        assert!(from(forms.begin).starts_with("<details") && from(forms.end).starts_with("</main>"));
    }

    #[test]
    fn a_tag_is_written_as_it_was_read() {
        let mut tag = Forms::read(PAGE).all[0].fields[3].tag.clone();
        assert_eq!(PAGE.get(tag.at.clone()).unwrap(), r#"<input name="points" value="0,5">"#);
        tag.set("value", "\"><script>");
        assert_eq!(tag.write(), r#"<input name="points" value="&#34;&gt;&lt;script&gt;">"#);
    }
}
