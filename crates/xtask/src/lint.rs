//! Formatting and clippy.

use crate::{
    install, packages,
    shell::{self, Outcome},
    types::FEATURES,
    ui,
};

/// Fails on anything unformatted and on any warning.
pub fn lint() -> Outcome {
    install::component("rustfmt", "fmt")?;
    install::component("clippy", "clippy")?;
    shell::run(shell::cargo().args(["fmt", "--all", "--check"]))?;
    install::packages(&[packages::BUILD])?;
    // The application embeds the built window: without it, it does not compile.
    ui::build()?;
    shell::run(shell::npm().args(["run", "lint"]))?;
    let clippy = ["clippy", "--locked", "--workspace", "--all-targets", "--features", FEATURES, "--", "-D", "warnings"];
    shell::run(shell::cargo().args(clippy))
}
