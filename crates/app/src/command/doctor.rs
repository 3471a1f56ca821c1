//! `parindex doctor`: every setting with its origin, and what should be known of the database, keys, files, jobs and clock.

mod database;
mod evidence;
mod figures;
mod keys;
mod place;
mod work;

use clap::ArgMatches;
use parindex_domain::right::Role;
use parindex_domain::size::written;
use parindex_package::system_words;
use parindex_rulebook::lang::Lang;
use parindex_service::provider::Provider;
use parindex_service::scan::Scanner;
use parindex_store::Store;
use parindex_store::schema::Schema;

use super::CommandResult;
use super::server::{look, wait};
use crate::console::{Console, Lean};
use crate::failure::CommandFailure;
use crate::settings::{Installation, Origin, read, without_password};

/// What was found of one thing.
enum Found {
    /// It is as it should be.
    Good(String),
    /// It works, and should be looked at.
    Note(String),
    /// Somebody has to mend it.
    Bad(String),
}

/// All that was found, in the language of whoever asked.
struct Report {
    lang: Lang,
    found: Vec<Found>,
}

impl Report {
    fn good(&mut self, vi: impl Into<String>, en: impl Into<String>) {
        self.found.push(Found::Good(self.lang.pick(vi.into(), en.into())));
    }

    fn note(&mut self, vi: impl Into<String>, en: impl Into<String>) {
        self.found.push(Found::Note(self.lang.pick(vi.into(), en.into())));
    }

    fn bad(&mut self, vi: impl Into<String>, en: impl Into<String>) {
        self.found.push(Found::Bad(self.lang.pick(vi.into(), en.into())));
    }

    /// A failure of a command is a thing to mend here.
    fn failure(&mut self, failure: &CommandFailure) {
        use parindex_rulebook::lang::Say;
        self.found.push(Found::Bad(failure.say(self.lang)));
    }

    fn count(&self) -> usize {
        self.found.iter().filter(|found| matches!(found, Found::Bad(_))).count()
    }

    fn print(&self, console: &mut Console) {
        for found in &self.found {
            let (mark, text) = match found {
                Found::Good(text) => (console.pick("tốt", "good"), text),
                Found::Note(text) => (console.pick("lưu ý", "note"), text),
                Found::Bad(text) => (console.pick("LỖI", "FAULT"), text),
            };
            console.line(format!("[{mark}] {text}"));
        }
    }
}

/// Looks and changes nothing.
pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    if arguments.get_flag("figures") {
        return figures::run(arguments, console);
    }
    let settings = read(arguments)?;
    table(&settings, console);
    let mut report = Report { lang: console.lang, found: Vec::new() };
    wait(async {
        examine(&settings, arguments.get_flag("read-files"), &mut report).await;
        Ok(())
    })?;
    report.print(console);
    let count = report.count();
    if count == 0 {
        return Ok(());
    }
    // What was found is worth seeing, whatever the exit code says.
    console.finish()?;
    Err(CommandFailure::message(
        format!("Có {count} chỗ cần sửa."),
        format!("{count} problems need to be fixed."),
    ))
}

async fn examine(settings: &Installation, whole: bool, report: &mut Report) {
    match look(settings).await {
        Ok(store) => with_database(settings, &store, whole, report).await,
        Err(failure) => {
            report.failure(&failure);
            keys::key_file(settings, None, report).await;
        }
    }
    keys::signing(settings, report);
    place::private(settings, report);
    place::room(settings, report);
    if let Some(provider) = &settings.provider
        && let Err(failure) = answers(&provider.value, &settings.base_url.value).await
    {
        report.failure(&failure);
    }
    if let Some(scanner) = &settings.scanner.value
        && let Err(failure) = scans(scanner).await
    {
        report.failure(&failure);
    }
    for (vi, en) in advice(settings) {
        report.note(vi, en);
    }
}

/// Only a database at this version is asked what else is in it: another one answers with errors that nobody understands.
async fn with_database(settings: &Installation, store: &Store, whole: bool, report: &mut Report) {
    let current = matches!(database::schema(store, report).await, Some(Schema::Current { .. }));
    keys::key_file(settings, Some(store).filter(|_| current), report).await;
    if !current {
        return;
    }
    database::count(store, report).await;
    database::clock(store, report).await;
    work::due(settings, store, report).await;
    evidence::files(settings, store, whole, report).await;
}

async fn answers(provider: &Provider, base_url: &str) -> CommandResult {
    provider.answers(base_url).await.map_err(|error| {
        let issuer = &provider.issuer;
        CommandFailure::message(
            format!("dịch vụ đăng nhập {issuer} không trả lời: {error}"),
            format!("the sign-in service {issuer} does not answer: {error}"),
        )
    })
}

fn table(settings: &Installation, console: &mut Console) {
    let header = [
        (console.pick("Thiết lập", "Setting"), Lean::Left),
        (console.pick("Giá trị", "Value"), Lean::Left),
        (console.pick("Từ đâu", "From"), Lean::Left),
    ];
    let origin = |origin: &Origin| match origin {
        Origin::Default => console.pick("mặc định", "default").to_owned(),
        Origin::File(path) => path.display().to_string(),
        Origin::Environment(variable) => (*variable).to_owned(),
        Origin::Flag(flag) => format!("--{flag}"),
    };
    let shown = |value: String| if value.is_empty() { "–".to_owned() } else { value };
    let row =
        |(name, value, from): (&str, String, Origin)| vec![name.to_owned(), shown(value), origin(&from)];
    let rows = rows(settings).into_iter().map(row).collect();
    console.table(&header, rows);
}

/// Secrets are not among them.
fn rows(settings: &Installation) -> Vec<(&'static str, String, Origin)> {
    fn list<T: ToString>(values: &[T]) -> String {
        values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
    let roles: Vec<&str> = settings.second_factor.value.iter().copied().map(Role::word).collect();
    let provider = settings.provider.as_ref();
    let (issuer, named) = provider
        .map_or((String::new(), Origin::Default), |set| (set.value.issuer.clone(), set.origin.clone()));
    let quota = settings.quota_per_unit.value.map(|quota| written(quota, Lang::Vi)).unwrap_or_default();
    let recipient = settings.backup_recipient.value.as_ref().map(ToString::to_string).unwrap_or_default();
    let scanner = settings.scanner.value.as_ref().map(ToString::to_string).unwrap_or_default();
    vec![
        ("database", without_password(&settings.database.value), settings.database.origin.clone()),
        ("listen", list(&settings.listen.value), settings.listen.origin.clone()),
        ("base_url", settings.base_url.value.clone(), settings.base_url.origin.clone()),
        ("trusted_proxies", list(&settings.trusted_proxies.value), settings.trusted_proxies.origin.clone()),
        ("title", settings.title.value.clone(), settings.title.origin.clone()),
        ("second_factor", list(&roles), settings.second_factor.origin.clone()),
        ("keys", settings.keys.value.clone(), settings.keys.origin.clone()),
        ("files", settings.files.value.clone(), settings.files.origin.clone()),
        ("backup_folder", settings.backup_folder.value.clone(), settings.backup_folder.origin.clone()),
        ("backup_keep", settings.backup_keep.value.to_string(), settings.backup_keep.origin.clone()),
        ("backup_recipient", recipient, settings.backup_recipient.origin.clone()),
        ("metrics_listen", list(&settings.metrics_listen.value), settings.metrics_listen.origin.clone()),
        ("scanner", scanner, settings.scanner.origin.clone()),
        ("quota_per_unit", quota, settings.quota_per_unit.origin.clone()),
        (
            "requests_a_second",
            settings.requests_a_second.value.to_string(),
            settings.requests_a_second.origin.clone(),
        ),
        ("provider", issuer, named),
    ]
}

async fn scans(scanner: &Scanner) -> Result<(), CommandFailure> {
    scanner.answers().await.map_err(|error| {
        let why = system_words(&error);
        CommandFailure::message(
            format!(
                "chương trình quét «{scanner}» không trả lời ({why}); khi nó tắt thì không nhận tài liệu nào"
            ),
            format!("the scanner “{scanner}” does not answer ({why}); without it no document is taken in"),
        )
    })
}

/// What works but should be looked at.
fn advice(settings: &Installation) -> Vec<(&'static str, &'static str)> {
    let mut advice = Vec::new();
    if settings.base_url.value.starts_with("http://") {
        advice.push((
            "base_url không phải https; chỉ nên dùng để thử trên máy này.",
            "base_url is not https; good only for a trial on this machine.",
        ));
    } else if settings.trusted_proxies.value.is_empty() {
        advice.push((
            "base_url là https nhưng chưa khai trusted_proxies; mọi người sẽ mang chung địa chỉ của proxy, một người gõ sai nhiều lần làm mọi người phải chờ.",
            "base_url is https but no trusted_proxies are named; everybody comes from the proxy’s address, so one person’s failures slow all down.",
        ));
    }
    if settings.backup_folder.value.is_empty() {
        advice.push((
            "chưa có backup_folder nên không có bản sao lưu hằng đêm.",
            "there is no backup_folder, so no backup is made by night.",
        ));
    }
    if settings.provider.as_ref().is_some_and(|provider| {
        matches!(provider.origin, Origin::File(_)) && !provider.value.client_secret.is_empty()
    }) {
        advice.push((
            "bí mật của dịch vụ đăng nhập nằm trong tệp; nên để trong biến PARINDEX_PROVIDER_SECRET.",
            "the secret of the sign-in service stands in a file; better in PARINDEX_PROVIDER_SECRET.",
        ));
    }
    advice
}
