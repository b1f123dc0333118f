//! What goes out with Pimento besides its programs. `cargo xtask package` and `cargo xtask manifests` start this.

mod clock;
mod manifests;
mod sbom;
mod updates;

use std::{
    env,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

const USAGE: &str = "\
Usage: packaging sbom FILE TARGET [words for `cargo tree`]
       packaging manifests FOLDER ADDRESS NOTES

  sbom       writes what Pimento is made of on this target to a file, as CycloneDX
  manifests  writes winget's manifests, Homebrew's cask and what running Pimentos are told (updates.json, to be signed) beside the
             packages in a folder, for when they are to be had at an https address, with a page that says what is new";

fn main() -> Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["sbom", file, target, rest @ ..] => write_sbom(Path::new(file), target, rest),
        ["manifests", folder, address, notes] => {
            let folder = Path::new(folder);
            manifests::write(folder, address)?;
            updates::write(folder, notes, clock::now())
        }
        _ => bail!("{USAGE}"),
    }
}

/// The version that goes out.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How large a file is, in bytes, and its SHA-256.
fn hashed(file: &Path) -> Result<(u64, String)> {
    let mut hash = Sha256::new();
    let size = io::copy(&mut File::open(file)?, &mut hash)?;
    Ok((size, format!("{:x}", hash.finalize())))
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

fn read(name: &str) -> Result<String> {
    fs::read_to_string(root().join(name)).with_context(|| name.to_owned())
}

fn write_sbom(file: &Path, target: &str, words: &[&str]) -> Result<()> {
    let bom = sbom::bom(&tree(target, words)?, &read("Cargo.lock")?, &read("ui/package-lock.json")?)?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, serde_json::to_string_pretty(&bom)? + "\n").with_context(|| file.display().to_string())?;
    println!("{} components in {}", bom["components"].as_array().map_or(0, Vec::len), file.display());
    Ok(())
}

/// What cargo would build into the programs: a package and its licence a line.
fn tree(target: &str, words: &[&str]) -> Result<String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["tree", "--locked", "-p", "pimento", "-p", "pim-cli", "--edges", "normal", "--prefix", "none"]);
    cargo.args(["--format", "{p}\t{l}", "--target", target]).args(words).current_dir(root());
    let output = cargo.output().context("cargo tree")?;
    ensure!(output.status.success(), "cargo tree failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// The target that cargo builds for where nobody says otherwise.
#[cfg(test)]
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("rustc")?;
    let said = String::from_utf8(output.stdout)?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    Ok(host.to_owned())
}
