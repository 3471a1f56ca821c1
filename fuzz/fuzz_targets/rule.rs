//! Any text gives a rule or an error, and what is printed reads back as the same rule.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parindex_rulebook::notation;

fuzz_target!(|text: &str| {
    if let Ok(rule) = notation::parse(text) {
        let printed = notation::print(&rule);
        if printed.len() <= notation::MAX_LENGTH {
            assert_eq!(notation::parse(&printed).as_ref(), Ok(&rule), "{printed}");
        }
    }
    if let Ok(inputs) = notation::parse_inputs(text) {
        let printed = notation::print_inputs(&inputs);
        if printed.len() <= notation::MAX_LENGTH {
            assert_eq!(notation::parse_inputs(&printed).as_ref(), Ok(&inputs), "{printed}");
        }
    }
    let _checks = notation::parse_checks(text);
});
