//! Plays the main job on a virtual desktop, from sign-in to re-activation, then every kind of role and every outcome, and
//! leaves numbered screenshots and a log.
//!
//! Usage: `play FOLDER [everything]`; `everything` plays the second part alone. `cargo xtask run` calls this where there is no display.

#[cfg(target_os = "linux")]
mod album;
#[cfg(target_os = "linux")]
mod everything;
#[cfg(target_os = "linux")]
mod scenes;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;
    let Some(folder) = std::env::args_os().nth(1).map(std::path::PathBuf::from) else {
        eprintln!("usage: play FOLDER [everything]");
        return ExitCode::from(2);
    };
    let second = std::env::args_os().nth(2).is_some_and(|part| part == "everything");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let played =
        runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(scenes::play(&folder, second)));
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
