//! A campaign as the files of a package, with or without the files of its documents.

use std::collections::BTreeMap;

use parindex_domain::procedure::CampaignDetail;
use parindex_files::FileHash;
use parindex_package::archive::DOCUMENTS;
use parindex_package::source::MAX_DOCUMENTS;
use parindex_package::{Findings, export};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::evidence::Evidence;

use crate::campaign::load::load_all;
use crate::sheet::mismatch::that_count;
use crate::{Service, ServiceError};

/// The most bytes of documents that one package holds.
const MAX_BYTES: u64 = 500 << 30;

/// The files of a package: path and content of each.
pub type PackageFiles = Vec<(String, Vec<u8>)>;

/// A document whose file goes with the package.
pub struct PackageDocument {
    /// The hash of the file.
    pub hash: FileHash,
    /// Its path in the package.
    pub path: String,
}

/// Why a campaign cannot be written as a package.
#[derive(Debug)]
pub enum NotExported {
    /// What the format has no way to say.
    Findings(Findings),
    /// More documents than one package holds: so many.
    TooManyDocuments(usize),
}

impl Say for NotExported {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Findings(findings) => {
                findings.iter().map(|finding| finding.say(lang)).collect::<Vec<_>>().join("; ")
            }
            Self::TooManyDocuments(count) => {
                let most = MAX_BYTES >> 30;
                lang.pick(
                    format!("{count} tài liệu, quá mức của một gói ({MAX_DOCUMENTS} tệp, {most} GB); hãy tải gói không kèm tệp, và lấy tệp từ bản sao lưu"),
                    format!("{count} documents, over what a package holds ({MAX_DOCUMENTS} files, {most} GB); download it without them, and take them from a backup"),
                )
            }
        }
    }
}

/// The tables of a campaign as the files of a package.
///
/// # Errors
/// A campaign that cannot be loaded; inside, what the format cannot say.
pub async fn files(
    service: &Service,
    of: &CampaignDetail,
) -> Result<Result<PackageFiles, NotExported>, ServiceError> {
    let loaded = load_all(service, of).await?;
    let reasons = that_count(&loaded, service.store.reasons(&of.ids()).await?);
    let beside = service.store.beside(of, reasons).await?;
    // Writing it takes a while; pages are served meanwhile.
    let files = tokio::task::spawn_blocking(move || export::files(&loaded.campaign, &beside));
    let files = files.await.map_err(|error| ServiceError::Internal(Box::new(error)))?;
    Ok(files.map_err(NotExported::Findings))
}

/// The files of the documents on the sheets of the campaign, each once. What a package listed before is not kept here.
///
/// # Errors
/// The database; inside, more documents than a package holds.
pub async fn documents(
    service: &Service,
    of: &CampaignDetail,
) -> Result<Result<Vec<PackageDocument>, NotExported>, ServiceError> {
    let mut all: BTreeMap<String, (String, u64)> = BTreeMap::new();
    let standing = service.store.evidence(&of.ids()).await?;
    let versions = |mut newest: Evidence| {
        let former = std::mem::take(&mut newest.former);
        std::iter::once(newest).chain(former)
    };
    for document in standing.into_iter().flat_map(versions) {
        let Some(hash) = document.file else { continue };
        let path = format!("{DOCUMENTS}{hash}{}", ending(&document.name));
        all.entry(hash).or_insert((path, u64::try_from(document.size).unwrap_or(0)));
    }
    let bytes = all.values().fold(0_u64, |sum, (_, size)| sum.saturating_add(*size));
    if all.len() > MAX_DOCUMENTS || bytes > MAX_BYTES {
        return Ok(Err(NotExported::TooManyDocuments(all.len())));
    }
    let document = |(hash, (path, _)): (String, (String, u64))| {
        Some(PackageDocument { hash: FileHash::parse(&hash)?, path })
    };
    Ok(Ok(all.into_iter().filter_map(document).collect()))
}

/// The ending of a name, so that whoever unpacks it can open the file.
fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let plain = (1..=5).contains(&ending.len()) && ending.bytes().all(|each| each.is_ascii_alphanumeric());
    if plain { format!(".{ending}") } else { String::new() }
}
