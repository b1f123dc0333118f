//! Plays the main job on a virtual desktop, from sign-in to re-activation, and leaves numbered screenshots and a log.
//!
//! Usage: `play FOLDER`. `cargo xtask run` calls this where there is no display.

#[cfg(target_os = "linux")]
mod album;
#[cfg(target_os = "linux")]
mod scenes;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os().nth(1).map(std::path::PathBuf::from);
    let folder = folder.ok_or_else(|| anyhow::anyhow!("usage: play FOLDER"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(scenes::play(&folder))
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The virtual desktop exists on Linux only: start the application itself with `cargo xtask run`.");
}
