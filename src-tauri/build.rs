//! Embeds the window's files and generates the permissions of our own commands, so that a window may call only what its
//! capability file names.

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
        "ask",
        "desk",
    ]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)).expect("the Tauri build step");
}
