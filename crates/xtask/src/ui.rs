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

/// Type check and the window's own tests in a real browser, accessibility among them. They build what they test elsewhere: what
/// programs that are being tested have embedded stays as it is.
pub fn test() -> Outcome {
    shell::run(shell::npm().args(["run", "check"]))?;
    shell::run_seen(shell::npm().args(["run", "test"]), &shell::target().join("window-tests.log"))
}
