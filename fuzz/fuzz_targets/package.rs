//! Any bytes give a campaign or errors. The input is the files of a package, each behind `== name`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parindex_package::{archive, load, source::Source};

fuzz_target!(|bytes: &[u8]| {
    // As it is: mostly not a ZIP.
    if let Ok(source) = Source::zip("raw.zip", bytes) {
        let _package = load::load_from(&source);
    }
    let text = String::from_utf8_lossy(bytes);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for part in text.split("== ").skip(1) {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        files.push((name.to_owned(), content.as_bytes().to_vec()));
    }
    let Ok(zip) = archive::zip(&files) else { return };
    let Ok(source) = Source::zip("files.zip", &zip) else { return };
    if let Ok(package) = load::load_from(&source) {
        for stage in 0..package.campaign.stages.len() {
            if let Ok(scored) = package.campaign.score(stage) {
                let _result = scored.result();
            }
        }
    }
});
