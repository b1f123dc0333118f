//! Which works of others the programs and their windows are made of: `THIRD-PARTY.txt`, which comes with them.

use std::{fs, path::Path};

use crate::{
    install,
    shell::{self, Outcome},
};

const FILE: &str = "THIRD-PARTY.txt";

fn export(file: &Path) -> Outcome {
    install::window_packages()?;
    shell::run(shell::npm().args(["run", "--silent", "licences", "--"]).arg(file))
}

/// Writes it to its place.
pub fn write() -> Outcome {
    export(&shell::root().join(FILE))
}

/// Fails when the one in the repository is not the one that would be written.
pub fn check() -> Outcome {
    let fresh = shell::target().join(FILE);
    export(&fresh)?;
    let read = |file: &Path| fs::read(file).map_err(|error| format!("{}: {error}", file.display()));
    if read(&fresh)? == read(&shell::root().join(FILE))? {
        println!("{FILE} is current");
        Ok(())
    } else {
        Err(format!("{FILE} is out of date: run `cargo xtask generate`"))
    }
}
