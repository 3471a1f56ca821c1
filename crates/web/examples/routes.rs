//! Prints the table of routes: `cargo xtask routes`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for route in parindex_web::routes() {
        let (scope, limit) = (format!("{:?}", route.scope), format!("{:?}", route.limit));
        writeln!(
            out,
            "{:<8}{:<66} {scope:<13} {limit:<9} {}",
            route.method.as_str(),
            route.path,
            route.needs
        )?;
    }
    Ok(())
}
