//! Programs for JavaScript from the package index, at the versions of a lock with hashes, in a folder beside the build.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

/// What a reader can do about it when the packages cannot be installed.
const ADVICE: &str = "Microsoft's clients for JavaScript are installed once, from npm: node (20.19 or newer), npm and a way to its registry \
                      are needed. The settings of npm are respected.";

/// A folder with the scripts of `from` and what its lock says; filled when that is not there yet.
pub fn environment(from: &Path) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    // target/debug/deps/test
    let folder = here.ancestors().nth(3).context("no folder of the build")?.join("javascript");
    fs::create_dir_all(&folder)?;
    // Modules are looked for beside the scripts.
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "mjs") {
            fs::copy(&path, folder.join(path.file_name().context("a file without a name")?))?;
        }
    }
    let (stamp, wanted) = (folder.join("installed"), fs::read(from.join("package-lock.json"))?);
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    for name in ["package.json", "package-lock.json"] {
        fs::copy(from.join(name), folder.join(name))?;
    }
    let mut install = Command::new("npm");
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    let output = install.stdin(Stdio::null()).output().with_context(|| format!("{install:?}\n{ADVICE}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{install:?} failed:\n{said}\n{ADVICE}");
    fs::write(stamp, wanted)?;
    Ok(folder)
}
