//! Programs for Python from the package index, at the versions of a lock with hashes, in a folder beside the build.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

/// What a reader can do about it when the packages cannot be installed.
const ADVICE: &str = "Microsoft's clients for Python are installed once, from the Python package index: python3 (3.11 or newer) with its module `venv` \
                      (Debian: python3-venv) and a way to the index are needed. The settings of pip are respected.";

/// The Python of an environment that has what a lock says; made when it is not there yet.
pub fn environment(lock: &Path) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    // target/debug/deps/test
    let folder = here.ancestors().nth(3).context("no folder of the build")?.join("python");
    let python = folder.join("bin/python");
    let (stamp, wanted) = (folder.join("installed"), fs::read(lock)?);
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    // Not compiled: most of it is never imported.
    let install = ["-m", "pip", "install", "--quiet", "--no-compile", "--only-binary=:all:", "--require-hashes", "-r"];
    run(Command::new(&python).args(install).arg(lock))?;
    fs::write(stamp, wanted)?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{command:?}\n{ADVICE}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed:\n{said}\n{ADVICE}");
    Ok(())
}
