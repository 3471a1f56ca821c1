//! Says in one sentence what to run where the styles and scripts, which the program holds, are not built yet.

use std::path::Path;

/// Written last, so that all the others are there when it is.
const BUILT: &str = "../../assets/dist/manifest.json";

fn main() {
    println!("cargo::rerun-if-changed={BUILT}");
    if !Path::new(BUILT).exists() {
        println!(
            "cargo::error=the styles and scripts are not built yet: run `cargo xtask assets` (it needs Node.js), then this again"
        );
    }
}
