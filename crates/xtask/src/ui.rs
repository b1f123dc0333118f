//! The window's part: its packages and its build.

use crate::{
    install,
    shell::{self, Outcome},
};

/// Installs the window's packages and builds `ui/dist`, which the application embeds.
pub fn build() -> Outcome {
    install::window_packages()?;
    shell::run(shell::npm().args(["run", "build"]))
}

/// Type check, build and the window's own tests in a real browser, accessibility among them.
pub fn test() -> Outcome {
    install::window_packages()?;
    for script in ["check", "build", "test"] {
        shell::run(shell::npm().args(["run", script]))?;
    }
    Ok(())
}
