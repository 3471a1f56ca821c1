//! Any bytes give a criteria set or errors, and what is written reads back as the same set.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parindex_package::{load, set};

fuzz_target!(|bytes: &[u8]| {
    let Ok(read) = set::read("set.csv", bytes.to_vec()) else { return };
    let Ok(written) = set::write("set.csv", &read.set) else { return };
    if let Ok(again) = set::read("set.csv", written) {
        assert_eq!(again.set, read.set);
    }
    let _compiled = load::compile(read.set, &read.places);
});
