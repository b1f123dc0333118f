//! Plays the main job on a virtual desktop, from sign-in to re-activation, then every kind of role and every outcome, then the
//! administrator's side, and leaves numbered screenshots and a log.
//!
//! Usage: `play FOLDER [PART]`; `main`, `everything`, `administrator` and `dark` (the same on a dark desktop) play one part alone.
//! `cargo xtask run` calls this where there is no display.

#[cfg(target_os = "linux")]
mod administrator;
#[cfg(target_os = "linux")]
mod album;
#[cfg(target_os = "linux")]
mod everything;
#[cfg(target_os = "linux")]
mod governs;
#[cfg(target_os = "linux")]
mod scenes;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;
    let Some(folder) = std::env::args_os().nth(1).map(std::path::PathBuf::from) else {
        eprintln!("usage: play FOLDER [main|everything|administrator|dark]");
        return ExitCode::from(2);
    };
    let part = std::env::args().nth(2);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let played = runtime
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(scenes::play(&folder, part.as_deref())));
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A chain of causes; where in our own code it arose helps nobody here.
            eprintln!("The play broke off: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The virtual desktop exists on Linux only: start the application itself with `cargo xtask run`.");
}
