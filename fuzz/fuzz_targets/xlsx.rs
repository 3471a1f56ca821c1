//! Any bytes give tables or errors; no workbook exhausts the memory or stops the program.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _tables = parindex_package::xlsx::read("book.xlsx", bytes);
});
