//! `parindex doctor`: every setting with its origin, and whether what it names answers.

use clap::ArgMatches;
use parindex_domain::right::Role;
use parindex_domain::size::written;
use parindex_package::system_words;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Store;
use parindex_store::person::PersonFilter;
use parindex_web::{Provider, Scanner};

use super::Done;
use super::server::{database, files, look, wait};
use crate::console::{Console, Lean};
use crate::failure::Failure;
use crate::settings::{Origin, Settings, read, without_password};

/// Looks and changes nothing in the database.
pub fn run(arguments: &ArgMatches, console: &mut Console) -> Done {
    let settings = read(arguments)?;
    table(&settings, console);
    let (units, people) = wait(async {
        let store = look(&settings).await?;
        let files = files(&settings)?;
        files.ready().await.map_err(|error| Failure::message(error.say(Lang::Vi), error.say(Lang::En)))?;
        if let Some(provider) = &settings.provider {
            answers(&provider.value, &settings.base_url.value).await?;
        }
        if let Some(scanner) = &settings.scanner.value {
            scans(scanner).await?;
        }
        count(&store).await
    })?;
    console.line(console.lang.pick(
        format!("Cơ sở dữ liệu trả lời: {units} đơn vị, {people} tài khoản."),
        format!("The database answers: {units} units, {people} accounts."),
    ));
    for advice in advice(&settings, console.lang) {
        Console::remark(advice);
    }
    Ok(())
}

async fn answers(provider: &Provider, base_url: &str) -> Done {
    provider.answers(base_url).await.map_err(|error| {
        let issuer = &provider.issuer;
        Failure::message(
            format!("dịch vụ đăng nhập {issuer} không trả lời: {error}"),
            format!("the sign-in service {issuer} does not answer: {error}"),
        )
    })
}

async fn count(store: &Store) -> Result<(u64, u64), Failure> {
    let units = store.count_units().await.map_err(|error| database(&error))?;
    let people = store.count_people(&PersonFilter::everybody()).await.map_err(|error| database(&error))?;
    Ok((units, people))
}

fn table(settings: &Settings, console: &mut Console) {
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
fn rows(settings: &Settings) -> Vec<(&'static str, String, Origin)> {
    fn list<T: ToString>(values: &[T]) -> String {
        values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
    let roles: Vec<&str> = settings.second_factor.value.iter().copied().map(Role::word).collect();
    let provider = settings.provider.as_ref();
    let (issuer, named) = provider
        .map_or((String::new(), Origin::Default), |set| (set.value.issuer.clone(), set.origin.clone()));
    let quota = settings.quota_per_unit.value.map(|quota| written(quota, Lang::Vi)).unwrap_or_default();
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

async fn scans(scanner: &Scanner) -> Result<(), Failure> {
    scanner.answers().await.map_err(|error| {
        let why = system_words(&error);
        Failure::message(
            format!(
                "chương trình quét «{scanner}» không trả lời ({why}); khi nó tắt thì không nhận tài liệu nào"
            ),
            format!("the scanner “{scanner}” does not answer ({why}); without it no document is taken in"),
        )
    })
}

/// What works but should be looked at.
fn advice(settings: &Settings, lang: Lang) -> Vec<&'static str> {
    let mut advice = Vec::new();
    if settings.base_url.value.starts_with("http://") {
        advice.push(lang.pick(
            "Lưu ý: base_url không phải https; chỉ nên dùng để thử trên máy này.",
            "Note: base_url is not https; good only for a trial on this machine.",
        ));
    } else if settings.trusted_proxies.value.is_empty() {
        advice.push(lang.pick(
            "Lưu ý: base_url là https nhưng chưa khai trusted_proxies; mọi người sẽ mang chung địa chỉ của proxy, một người gõ sai nhiều lần làm mọi người phải chờ.",
            "Note: base_url is https but no trusted_proxies are named; everybody comes from the proxy’s address, so one person’s failures slow all down.",
        ));
    }
    if settings.backup_folder.value.is_empty() {
        advice.push(lang.pick(
            "Lưu ý: chưa có backup_folder nên không có bản sao lưu hằng đêm.",
            "Note: there is no backup_folder, so no backup is made by night.",
        ));
    }
    if settings.provider.as_ref().is_some_and(|provider| {
        matches!(provider.origin, Origin::File(_)) && !provider.value.client_secret.is_empty()
    }) {
        advice.push(lang.pick(
            "Lưu ý: bí mật của dịch vụ đăng nhập nằm trong tệp; nên để trong biến PARINDEX_PROVIDER_SECRET.",
            "Note: the secret of the sign-in service stands in a file; better in PARINDEX_PROVIDER_SECRET.",
        ));
    }
    advice
}
