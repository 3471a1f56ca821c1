//! What the commands of a server share: settings, the database, the runtime.

use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;

use clap::ArgMatches;
use parindex_files::{FilePlace, Files, FilesError};
use parindex_jobs::archive::Maker;
use parindex_rulebook::lang::{Lang, Say};
use parindex_service::Intake;
use parindex_service::campaign::approved::NotKept;
use parindex_store::schema::Schema;
use parindex_store::{Clock, Store, StoreError, SystemClock, existing_url};
use parindex_web::{App, BackupKeys};

use crate::console::Console;
use crate::failure::CommandFailure;
use crate::key::{keys, signing_keys, signing_path};
use crate::settings::{Installation, read, without_password};

/// Runs what waits.
pub fn wait<T>(work: impl Future<Output = Result<T, CommandFailure>>) -> Result<T, CommandFailure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
    runtime.block_on(work)
}

/// The database failed.
pub fn database(error: &StoreError) -> CommandFailure {
    let (vi, en) = (error.say(Lang::Vi), error.say(Lang::En));
    CommandFailure::message(format!("{vi}{}", beside(error)), format!("{en}{}", beside(error)))
}

/// The words of the database itself, for whoever runs the server.
fn beside(error: &StoreError) -> String {
    error.trouble().map(|_| format!(" ({error})")).unwrap_or_default()
}

/// Settings and a database brought up to this version.
pub async fn open(arguments: &ArgMatches) -> Result<(Installation, Store), CommandFailure> {
    let settings = read(arguments)?;
    let store = connect(&settings.database.value).await?;
    let schema = store.schema().await.map_err(|error| database(&error))?;
    if let Schema::Newer { unknown } = &schema {
        return Err(newer(unknown));
    }
    store.migrate().await.map_err(|error| database(&error))?;
    keep_results(&store).await?;
    Ok((settings, store))
}

/// A later version was here: what this one would write, that one may not understand.
pub fn newer(unknown: &[String]) -> CommandFailure {
    let steps = unknown.join(", ");
    let version = env!("CARGO_PKG_VERSION");
    CommandFailure::message(
        format!(
            "cơ sở dữ liệu đã được một bản parindex mới hơn nâng cấp (các bước {steps}), bản {version} này không dùng được. Hãy chạy bản parindex mới; nếu muốn quay lại bản cũ, hãy phục hồi bản sao lưu làm trước khi nâng cấp vào một cơ sở dữ liệu trống"
        ),
        format!(
            "the database was brought up by a newer parindex (steps {steps}), and this version {version} cannot use it. Run the newer one; to go back, restore a backup from before into an empty database"
        ),
    )
}

/// Results that were approved before results were kept are kept now, before anything else is done: under the rules as they were.
pub async fn keep_results(store: &Store) -> Result<(), CommandFailure> {
    let failed = parindex_service::campaign::approved::keep_results(store, now())
        .await
        .map_err(|error| database(&error))?;
    for NotKept { campaign, why } in failed {
        // A campaign that cannot be scored has shown nobody a result; all others go on.
        Console::remark(&format!(
            "Chưa giữ được kết quả đã phê duyệt của «{campaign}» / the approved result of “{campaign}” is not kept: {why}"
        ));
    }
    Ok(())
}

/// The database as it is: neither made nor brought up.
pub async fn look(settings: &Installation) -> Result<Store, CommandFailure> {
    connect(&existing_url(&settings.database.value)).await
}

async fn connect(url: &str) -> Result<Store, CommandFailure> {
    Store::connect(url).await.map_err(|error| {
        let shown = without_password(url);
        CommandFailure::message(
            format!("không mở được cơ sở dữ liệu {shown}. {}{}", error.say(Lang::Vi), beside(&error)),
            format!("the database {shown} cannot be opened. {}{}", error.say(Lang::En), beside(&error)),
        )
    })
}

/// The place of the files.
pub fn files(settings: &Installation) -> Result<Files, CommandFailure> {
    let failed = |error: FilesError| {
        let shown = &settings.files.value;
        CommandFailure::message(
            format!("không mở được nơi giữ tệp «{shown}»: {}", error.say(Lang::Vi)),
            format!("the place of the files “{shown}” cannot be opened: {}", error.say(Lang::En)),
        )
    };
    Files::open(&FilePlace::parse(&settings.files.value).map_err(failed)?).map_err(failed)
}

/// Who makes archives here, and for whom.
pub fn maker(settings: &Installation) -> Result<Maker, CommandFailure> {
    let (key, _former) = signing_keys(&signing_path(&settings.keys.value))?;
    Ok(Maker {
        title: settings.title.value.clone(),
        base_url: settings.base_url.value.clone(),
        key,
        recipient: settings.backup_recipient.value.clone(),
    })
}

/// The application over it.
pub async fn app(settings: &Installation, store: Store) -> Result<App, CommandFailure> {
    let files = files(settings)?;
    let needed =
        parindex_service::second_factor::is_encrypted(&store).await.map_err(|error| database(&error))?;
    let maker = maker(settings)?;
    let backups = BackupKeys {
        fingerprint: maker.key.fingerprint().map(|key| key.to_string()).unwrap_or_default(),
        recipient: maker.recipient.map(|recipient| recipient.to_string()),
    };
    let settings = parindex_web::WebSettings {
        base_url: settings.base_url.value.clone(),
        trusted_proxies: settings.trusted_proxies.value.clone(),
        title: settings.title.value.clone(),
        second_factor: settings.second_factor.value.clone(),
        keys: keys(Path::new(&settings.keys.value), needed)?,
        provider: settings.provider.as_ref().map(|provider| provider.value.clone()),
        requests: NonZeroU32::new(settings.requests_a_second.value),
        intake: Intake { scanner: settings.scanner.value.clone(), quota: settings.quota_per_unit.value },
        backups,
    };
    parindex_web::app(store, files, settings, Arc::new(SystemClock)).map_err(|error| {
        CommandFailure::message(
            format!("thiết lập [provider]: {error}"),
            format!("setting [provider]: {error}"),
        )
    })
}

pub fn now() -> i64 {
    SystemClock.now()
}
