//! One resolution of features, whichever crate is built: its `Cargo.toml` is all there is.
