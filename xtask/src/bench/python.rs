//! Python for the peers: one environment below `target/bench`, each package at its version.

use crate::shell::{root, run, say};

/// The interpreter of the environment, once it has these packages: `pandas==2.3.3`.
pub fn with(packages: &[&str]) -> Result<String, String> {
    let venv = root().join("target/bench/venv");
    let python = venv.join("bin/python");
    if !python.exists() {
        say("Python: target/bench/venv …");
        run("python3", &["-m", "venv", &venv.display().to_string()])?;
    }
    let python = python.display().to_string();
    // Where those versions are there already, nothing is asked of the network.
    run(&python, &[&["-m", "pip", "install", "--quiet"], packages].concat())?;
    Ok(python)
}
