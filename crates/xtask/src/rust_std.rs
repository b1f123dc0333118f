//! The standard library for another target: rustup's prebuilt one where rustup can fetch it, else built from the sources of the
//! same compiler version, which Debian packages.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::{self, Outcome};

/// Debian's suites, the likeliest to hold a current compiler's sources first.
const SUITES: [&str; 5] = ["trixie-backports", "forky", "sid", "trixie", "bookworm"];

/// How cargo gets the standard library of a target.
pub enum Std {
    /// The toolchain has it.
    Installed,
    /// Cargo builds it along.
    FromSource,
}

impl Std {
    /// Finds or fetches what the target needs.
    pub fn ready(target: &str) -> Outcome<Self> {
        let sysroot = shell::ask(shell::program("rustc").args(["--print", "sysroot"])).ok_or("rustc was not found")?;
        let library = Path::new(&sysroot).join("lib/rustlib");
        if library.join(target).join("lib").is_dir() {
            return Ok(Self::Installed);
        }
        let rustup = shell::which("rustup").is_some();
        if rustup && shell::try_for(120, shell::program("rustup").args(["target", "add", target])) {
            return Ok(Self::Installed);
        }
        let source = library.join("src/rust");
        if source.join("library/Cargo.lock").is_file() {
            return Ok(Self::FromSource);
        }
        println!(
            "rustup cannot add {target} here: its standard library will be built from Debian's package of the sources"
        );
        let fetched = debian_source()?;
        link(&fetched, &source)?;
        Ok(Self::FromSource)
    }

    /// Cargo, told how to get at it.
    pub fn cargo(&self, subcommand: &str, target: &str) -> Command {
        let mut cargo = shell::cargo();
        cargo.args([subcommand, "--locked", "--target", target]);
        if matches!(self, Self::FromSource) {
            // `-Zbuild-std` is for nightly compilers; this says that the stable one is meant to accept it.
            cargo.arg("-Zbuild-std").env("RUSTC_BOOTSTRAP", "1");
        }
        cargo
    }
}

/// Unpacks `rust-src` of the compiler's very version below the target folder. Apt works on lists of its own: the system's
/// sources stay as they are, and no privileges are needed.
fn debian_source() -> Outcome<PathBuf> {
    let version = shell::ask(shell::program("rustc").arg("--version")).ok_or("rustc was not found")?;
    let version = version.split(' ').nth(1).unwrap_or_default().to_owned();
    let home = shell::target().join("rust-src");
    let source = home.join(format!("usr/src/rustc-{version}"));
    if source.join("library/Cargo.lock").is_file() {
        return Ok(source);
    }
    if shell::which("apt-get").is_none() {
        return Err(format!("the sources of Rust {version} are needed: add the component rust-src to your toolchain"));
    }
    let lists = home.join("apt");
    for folder in ["lists/partial", "cache/archives/partial", "download"] {
        fs::create_dir_all(lists.join(folder)).map_err(|error| format!("{}: {error}", lists.display()))?;
    }
    let (mirror, keys) = (mirror()?, "/usr/share/keyrings/debian-archive-keyring.gpg");
    for suite in SUITES {
        shell::write(&lists.join("sources.list"), &format!("deb [signed-by={keys}] {mirror} {suite} main\n"))?;
        let apt = |words: &[&str]| {
            let mut apt = shell::program("apt-get");
            apt.current_dir(lists.join("download")).arg("-qq");
            for (key, value) in [
                ("Dir::Etc::sourcelist", lists.join("sources.list")),
                ("Dir::Etc::sourceparts", "/dev/null".into()),
                ("Dir::State::lists", lists.join("lists")),
                ("Dir::Cache", lists.join("cache")),
            ] {
                apt.arg("-o").arg(format!("{key}={}", value.display()));
            }
            // Apt's unprivileged helper could not write below a person's own folder.
            apt.args(["-o", "APT::Sandbox::User="]).args(words);
            apt
        };
        let package = format!("rust-src={version}*");
        if shell::try_for(180, &mut apt(&["update"])) && shell::try_for(180, &mut apt(&["download", &package])) {
            return unpack(&lists.join("download"), &home).map(|()| source);
        }
    }
    Err(format!("Debian has no rust-src of version {version}: add the component rust-src to your toolchain by hand"))
}

fn unpack(download: &Path, home: &Path) -> Outcome {
    let entries = fs::read_dir(download).map_err(|error| format!("{}: {error}", download.display()))?;
    let package = entries
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "deb"))
        .ok_or("apt-get downloaded nothing")?;
    shell::run(shell::program("dpkg").arg("-x").args([&package, home]))
}

/// The Debian mirror that this system uses.
fn mirror() -> Outcome<String> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    files.extend(fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten().flatten().map(|entry| entry.path()));
    let texts: Vec<_> = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    let addresses = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#'));
    addresses
        .flat_map(str::split_whitespace)
        .find(|word| word.starts_with("http") && word.trim_end_matches('/').ends_with("/debian"))
        .map(ToOwned::to_owned)
        .ok_or_else(|| "apt's sources name no Debian mirror: add the component rust-src to your toolchain".to_owned())
}

/// Puts the sources where `-Zbuild-std` looks for them: in the toolchain, as the component `rust-src` would.
fn link(source: &Path, place: &Path) -> Outcome {
    let failed = |error| format!("cannot link {} to {}: {error}", place.display(), source.display());
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    if place.is_symlink() {
        fs::remove_file(place).map_err(failed)?;
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(source, place).map_err(failed)?;
    Ok(())
}
