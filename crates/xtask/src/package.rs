//! What is shipped: the programs as this system's packages or installers, with a list of what they are made of.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    install,
    packages::BUILD,
    shell::{self, Outcome},
    ui,
};

/// What the bundler makes on this system.
const BUNDLES: &str = if cfg!(target_os = "windows") {
    "msi,nsis"
} else if cfg!(target_os = "macos") {
    "app,dmg"
} else {
    "deb,rpm"
};

/// How files end that somebody installs.
const ENDINGS: [&str; 5] = ["deb", "rpm", "msi", "exe", "dmg"];

/// Builds everything for release and leaves the packages in `target/packages`.
pub fn package() -> Outcome {
    install::packages(&[BUILD])?;
    ui::build()?;
    // With the features that ship, and not those of the tests.
    shell::run(shell::cargo().args(["build", "--locked", "--release", "-p", "pim-cli", "-p", "pimento"]))?;
    let packages = bundle(&shell::target(), "release")?;
    let target = host()?;
    let bill = packages.join(format!("pimento-{target}.cdx.json"));
    let mut packaging = shell::cargo();
    packaging.args(["run", "--quiet", "--locked", "-p", "packaging", "--", "sbom"]).arg(bill).arg(target);
    shell::run(&mut packaging)
}

/// Makes packages of programs that somebody else has built.
pub fn package_of(folder: &Path) -> Outcome {
    let folder = fs::canonicalize(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    bundle(&folder, "debug").map(|_| ())
}

/// Writes what package managers, and Pimentos that run, want to know of the packages, wherever they were made.
pub fn manifests(address: &str, notes: &str) -> Outcome {
    let mut packaging = shell::cargo();
    packaging.args(["run", "--quiet", "--locked", "-p", "packaging", "--", "manifests"]);
    shell::run(packaging.arg(shell::target().join("packages")).args([address, notes]))
}

/// Has the bundler make packages of the programs in a target folder, and collects them.
fn bundle(target: &Path, profile: &str) -> Outcome<PathBuf> {
    let tools = install::packaging_tools()?;
    let built = target.join(profile);
    // What was made of another version would be taken for one of this.
    for old in [built.join("bundle"), target.join("packages")] {
        if old.exists() {
            fs::remove_dir_all(&old).map_err(|error| format!("{}: {error}", old.display()))?;
        }
    }
    // The bundler knows the programs of the application's package; the command line it takes by a name that names the target.
    let beside = target.join("beside");
    let exe = env::consts::EXE_SUFFIX;
    copy(&built.join(format!("pim{exe}")), &beside.join(format!("pim-{}{exe}", host()?)))?;
    let config = format!("{{\"bundle\":{{\"externalBin\":[{:?}]}}}}", beside.join("pim").to_string_lossy());
    let mut bundler = Command::new("node");
    bundler.arg(tools.join("node_modules/@tauri-apps/cli/tauri.js")).current_dir(shell::root().join("src-tauri"));
    bundler.args(["bundle", "--ci", "--bundles", BUNDLES, "--config", "../packaging/tauri.json", "--config", &config]);
    if profile == "debug" {
        bundler.arg("--debug");
    }
    shell::run(bundler.env("CARGO_TARGET_DIR", target))?;
    collect(&built.join("bundle"), &target.join("packages"))
}

/// Copies the packages to one folder.
fn collect(bundles: &Path, packages: &Path) -> Outcome<PathBuf> {
    let failed = |error: io::Error| format!("{}: {error}", bundles.display());
    let mut found = 0;
    for kind in fs::read_dir(bundles).map_err(failed)? {
        let kind = kind.map_err(failed)?.path();
        for entry in fs::read_dir(&kind).into_iter().flatten() {
            let path = entry.map_err(failed)?.path();
            let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            let Some(name) = path.file_name().filter(|_| ENDINGS.contains(&ending.as_str())) else { continue };
            copy(&path, &packages.join(name))?;
            found += 1;
            // The Flatpak is made of it, whatever the version.
            if ending == "deb" {
                copy(&path, &packages.join("pimento.deb"))?;
            }
        }
    }
    if found == 0 { Err(format!("{} has no packages", bundles.display())) } else { Ok(packages.to_path_buf()) }
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let failed = |error| format!("{}: {error}", from.display());
    fs::create_dir_all(to.parent().unwrap_or(to)).map_err(failed)?;
    fs::copy(from, to).map(|_| ()).map_err(failed)
}

/// The target that cargo builds for where nobody says otherwise.
fn host() -> Outcome<String> {
    let said = shell::ask(shell::program("rustc").arg("-vV")).ok_or("rustc does not answer")?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc names no host".to_owned())
}
