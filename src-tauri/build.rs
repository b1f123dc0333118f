//! Embeds the window's files and generates the permissions of our own commands, so that a window may call only what its
//! capability file names. Says which commit the programs are built from.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&[
        "dispatch",
        "open_sign_in_page",
        "view",
        "hide",
        "painted",
        "alive",
        "leave",
        "left",
        "about",
        "diagnose",
        "ask",
        "desk",
    ]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)).expect("the Tauri build step");
    let inputs = ["Cargo.lock", "Cargo.toml", "crates/pim/src", "crates/tenant/src", "src-tauri/src", "ui/src"];
    provenance::tell(env!("CARGO_PKG_VERSION"), &inputs);
}
