//! How this installation is set up: one file, the environment over it, flags over both. Each value knows where it comes from.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use parindex_domain::right::Role;
use parindex_domain::size;
use parindex_jobs::archive::Recipient;
use parindex_package::system_words;
use parindex_service::provider::Provider;
use parindex_service::scan::Scanner;
use parindex_store::DEFAULT_URL;
use serde::Deserialize;

use crate::failure::CommandFailure;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The settings file.
    File(PathBuf),
    /// This variable of the environment.
    Environment(&'static str),
    Flag(&'static str),
}

/// A value and where it comes from.
#[derive(Clone, Debug)]
pub struct Set<T> {
    pub value: T,
    pub origin: Origin,
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Installation {
    /// `sqlite:PATH` or `postgres://…`.
    pub database: Set<String>,
    /// Where the server listens.
    pub listen: Set<Vec<SocketAddr>>,
    /// The address by which people reach it.
    pub base_url: Set<String>,
    /// Proxies whose word on the visitor's address is taken.
    pub trusted_proxies: Set<Vec<IpAddr>>,
    /// The name in the top bar.
    pub title: Set<String>,
    /// Roles whose holders need a second factor.
    pub second_factor: Set<Vec<Role>>,
    /// The file of the keys that encrypt secrets; made at the first start.
    pub keys: Set<String>,
    /// `folder:PATH` or `s3://BUCKET`.
    pub files: Set<String>,
    /// Where a backup goes every night; nowhere when empty.
    pub backup_folder: Set<String>,
    /// How many of them are kept.
    pub backup_keep: Set<usize>,
    /// The only one who can read them: the public half of a key, `age1…`; they are not encrypted when there is none.
    pub backup_recipient: Set<Option<Recipient>>,
    /// Where figures for Prometheus are served, to whoever can reach it; nowhere when empty.
    pub metrics_listen: Set<Vec<SocketAddr>>,
    /// How many requests a second one browser may send; 0 for as many as it likes.
    pub requests_a_second: Set<u32>,
    /// The `ClamAV` that looks uploads through; none when empty.
    pub scanner: Set<Option<Scanner>>,
    /// Bytes that the documents of a unit may take; as many as they like when none.
    pub quota_per_unit: Set<Option<u64>>,
    /// A sign-in service beside the passwords.
    pub provider: Option<Set<Provider>>,
}

/// The settings file: what stands in it may be absent, but nothing else may stand in it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database: Option<String>,
    listen: Option<Vec<String>>,
    base_url: Option<String>,
    trusted_proxies: Option<Vec<String>>,
    title: Option<String>,
    second_factor: Option<Vec<String>>,
    keys: Option<String>,
    files: Option<String>,
    backup_folder: Option<String>,
    backup_keep: Option<usize>,
    backup_recipient: Option<String>,
    metrics_listen: Option<Vec<String>>,
    requests_a_second: Option<u32>,
    scanner: Option<String>,
    quota_per_unit: Option<String>,
    provider: Option<Provider>,
}

/// The secret of the sign-in service.
const SECRET: &str = "PARINDEX_PROVIDER_SECRET";

/// The settings file where no other is named.
const FILE: &str = "parindex.toml";

/// Reads file, environment and flags.
pub fn read(arguments: &ArgMatches) -> Result<Installation, CommandFailure> {
    let flag = |name: &str| arguments.try_get_one::<String>(name).ok().flatten().cloned();
    let named = flag("config").or_else(|| std::env::var("PARINDEX_CONFIG").ok());
    let path = PathBuf::from(named.clone().unwrap_or_else(|| FILE.to_owned()));
    let file = file(&path, named.is_some())?;
    let pick = |name: &'static str, variable: &'static str, from_file: Option<String>, default: &str| {
        if let Some(value) = flag(name) {
            return Set { value, origin: Origin::Flag(name) };
        }
        if let Ok(value) = std::env::var(variable) {
            return Set { value, origin: Origin::Environment(variable) };
        }
        match from_file {
            Some(value) => Set { value, origin: Origin::File(path.clone()) },
            None => Set { value: default.to_owned(), origin: Origin::Default },
        }
    };
    let joined = |list: Option<Vec<String>>| list.map(|list| list.join(","));
    let listen = pick("listen", "PARINDEX_LISTEN", joined(file.listen), "127.0.0.1:8080");
    let proxies = pick("trusted-proxies", "PARINDEX_TRUSTED_PROXIES", joined(file.trusted_proxies), "");
    let roles = pick("second-factor", "PARINDEX_SECOND_FACTOR", joined(file.second_factor), "");
    let metrics = pick("metrics-listen", "PARINDEX_METRICS_LISTEN", joined(file.metrics_listen), "");
    let keep = file.backup_keep.map(|keep| keep.to_string());
    let keep = pick("backup-keep", "PARINDEX_BACKUP_KEEP", keep, "14");
    let requests = file.requests_a_second.map(|requests| requests.to_string());
    let requests = pick("requests-a-second", "PARINDEX_REQUESTS_A_SECOND", requests, "20");
    let base_url = pick("base-url", "PARINDEX_BASE_URL", file.base_url, "http://127.0.0.1:8080");
    Ok(Installation {
        database: pick("database", "PARINDEX_DATABASE", file.database, DEFAULT_URL),
        listen: list(listen, "listen", |word| word.parse().ok())?,
        base_url: Set { value: base_url.value.trim_end_matches('/').to_owned(), origin: base_url.origin },
        trusted_proxies: list(proxies, "trusted_proxies", |word| word.parse().ok())?,
        title: pick("title", "PARINDEX_TITLE", file.title, "parindex"),
        second_factor: list(roles, "second_factor", Role::of)?,
        keys: pick("keys", "PARINDEX_KEYS", file.keys, "parindex.key"),
        files: pick("files", "PARINDEX_FILES", file.files, "folder:parindex-files"),
        backup_folder: pick("backup-folder", "PARINDEX_BACKUP_FOLDER", file.backup_folder, ""),
        backup_keep: one(keep, "backup_keep")?,
        backup_recipient: recipient(pick(
            "backup-recipient",
            "PARINDEX_BACKUP_RECIPIENT",
            file.backup_recipient,
            "",
        ))?,
        metrics_listen: list(metrics, "metrics_listen", |word| word.parse().ok())?,
        scanner: scanner(pick("scanner", "PARINDEX_SCANNER", file.scanner, ""))?,
        quota_per_unit: quota(pick("quota-per-unit", "PARINDEX_QUOTA_PER_UNIT", file.quota_per_unit, ""))?,
        requests_a_second: one(requests, "requests_a_second")?,
        provider: file.provider.map(|provider| with_secret(provider, &path)),
    })
}

/// A secret belongs into the environment, where no copy of the file shows it.
fn with_secret(provider: Provider, path: &Path) -> Set<Provider> {
    match std::env::var(SECRET) {
        Ok(client_secret) => {
            Set { value: Provider { client_secret, ..provider }, origin: Origin::Environment(SECRET) }
        }
        Err(_) => Set { value: provider, origin: Origin::File(path.to_owned()) },
    }
}

fn scanner(from: Set<String>) -> Result<Set<Option<Scanner>>, CommandFailure> {
    let value = match from.value.trim() {
        "" => None,
        text => Some(Scanner::parse(text).ok_or_else(|| not_understood("scanner", text))?),
    };
    Ok(Set { value, origin: from.origin })
}

fn quota(from: Set<String>) -> Result<Set<Option<u64>>, CommandFailure> {
    let value = match from.value.trim() {
        "" => None,
        text => Some(size::parse(text).ok_or_else(|| not_understood("quota_per_unit", text))?),
    };
    Ok(Set { value, origin: from.origin })
}

fn recipient(from: Set<String>) -> Result<Set<Option<Recipient>>, CommandFailure> {
    let value = match from.value.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_wrong| not_understood("backup_recipient", text))?),
    };
    Ok(Set { value, origin: from.origin })
}

fn one<T: std::str::FromStr>(from: Set<String>, name: &str) -> Result<Set<T>, CommandFailure> {
    match from.value.trim().parse() {
        Ok(value) => Ok(Set { value, origin: from.origin }),
        Err(_) => Err(not_understood(name, &from.value)),
    }
}

fn not_understood(name: &str, part: &str) -> CommandFailure {
    CommandFailure::message(
        format!("thiết lập «{name}»: không hiểu «{part}»"),
        format!("setting “{name}”: “{part}” is not understood"),
    )
}

fn file(path: &Path, named: bool) -> Result<File, CommandFailure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(_) if !named => return Ok(File::default()),
        Err(error) => {
            let (shown, error) = (path.display(), system_words(&error));
            return Err(CommandFailure::message(
                format!("không đọc được tệp thiết lập {shown}: {error}"),
                format!("the settings file {shown} cannot be read: {error}"),
            ));
        }
    };
    toml::from_str(&text).map_err(|error| {
        let shown = path.display();
        CommandFailure::message(
            format!("tệp thiết lập {shown} có chỗ sai: {}", error.message()),
            format!("something is wrong in the settings file {shown}: {}", error.message()),
        )
    })
}

fn list<T>(
    from: Set<String>,
    name: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Set<Vec<T>>, CommandFailure> {
    let parts = from.value.split(',').map(str::trim).filter(|part| !part.is_empty());
    let value =
        parts.map(|part| read(part).ok_or_else(|| part.to_owned())).collect::<Result<Vec<T>, String>>();
    match value {
        Ok(value) => Ok(Set { value, origin: from.origin }),
        Err(part) => Err(not_understood(name, &part)),
    }
}

/// A database address without its password.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:…@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://pi:bí:mật@db/pi"), "postgres://pi:…@db/pi");
        assert_eq!(without_password("sqlite:parindex.db"), "sqlite:parindex.db");
    }
}
