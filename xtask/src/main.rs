//! The project's own commands; see `cargo xtask help`.
mod examples;
fn main() {
    let r = examples::write(std::path::Path::new("examples"));
    if let Err(f) = r {
        for x in f {
            println!("{x:?}");
        }
    }
}
