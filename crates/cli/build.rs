//! Says which commit the program is built from.

fn main() {
    let inputs = ["Cargo.lock", "Cargo.toml", "crates/cli/src", "crates/pim/src", "crates/tenant/src"];
    provenance::tell(env!("CARGO_PKG_VERSION"), &inputs);
}
