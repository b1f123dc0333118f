//! What is installed: packages for Debian and Fedora are made of the programs that have just been built, looked into, installed
//! below a folder and removed again. What other systems are given is held against what is known here.

#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use pimento_tests::process::built;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const PROGRAMS: [&str; 3] = ["pimento", "pimento-window", "pim"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What a program says when nobody is there to answer it.
fn said(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{command:?}"))?;
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success(), "{command:?} failed: {said}{errors}");
    Ok(said.into_owned())
}

/// Packages of the programs that were built for the tests.
struct Packages(tempfile::TempDir);

impl Packages {
    fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("debug"))?;
        for name in PROGRAMS {
            // Without what debuggers read of them: packing that takes minutes.
            said(Command::new("strip").arg("-o").arg(folder.path().join("debug").join(name)).arg(built(name)?))?;
        }
        said(Command::new(built("xtask")?).args(["package", "--of"]).arg(folder.path()))?;
        Ok(Self(folder))
    }

    fn package(&self, ending: &str) -> Result<PathBuf> {
        let packages = fs::read_dir(self.0.path().join("packages"))?;
        let paths = packages.filter_map(|entry| Some(entry.ok()?.path()));
        let of = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(ending) && name.contains(VERSION)
        };
        paths.into_iter().find(of).with_context(|| format!("no package *{ending} of {VERSION}"))
    }
}

/// What has to be in a package. Where its licence is, each distribution has an opinion of its own.
fn wanted(licence: &str) -> BTreeSet<String> {
    let programs = PROGRAMS.map(|name| format!("/usr/bin/{name}"));
    let icons =
        ["32x32", "128x128", "256x256@2"].map(|size| format!("/usr/share/icons/hicolor/{size}/apps/pimento.png"));
    let others_licences = Path::new(licence).with_file_name("THIRD-PARTY.txt").display().to_string();
    let others = [
        "/usr/share/applications/dev.pimento.Pimento.desktop",
        // The bundler's own, which no menu shows.
        "/usr/share/applications/Pimento.desktop",
        "/usr/share/metainfo/dev.pimento.Pimento.metainfo.xml",
        licence,
        &others_licences,
    ];
    programs.into_iter().chain(icons).chain(others.map(str::to_owned)).collect()
}

/// Everything below a folder that is no folder.
fn files(folder: &Path) -> Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(format!("/{}", path.strip_prefix(folder)?.display()));
            }
        }
    }
    Ok(files)
}

/// A folder that dpkg takes for a system.
fn system() -> Result<tempfile::TempDir> {
    let system = tempfile::tempdir()?;
    for folder in ["updates", "info", "triggers"] {
        fs::create_dir_all(system.path().join("var/lib/dpkg").join(folder))?;
    }
    for file in ["status", "available"] {
        fs::write(system.path().join("var/lib/dpkg").join(file), "")?;
    }
    Ok(system)
}

fn dpkg(system: &Path, words: &[&str]) -> Command {
    let mut dpkg = Command::new("dpkg");
    // What it depends on is not below that folder.
    dpkg.arg(format!("--root={}", system.display())).args(["--force-not-root", "--force-depends", "--force-bad-path"]);
    dpkg.args(words).env("DEBIAN_FRONTEND", "noninteractive").env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    dpkg
}

#[test]
fn packages_carry_all_that_is_needed_install_without_a_question_and_leave_nothing() -> Result<()> {
    let packages = Packages::new()?;
    let (deb, rpm) = (packages.package(".deb")?, packages.package(".rpm")?);

    // Debian's: nothing runs when it is installed or removed, and no file is left as somebody's settings.
    let control = tempfile::tempdir()?;
    said(Command::new("dpkg-deb").arg("--control").arg(&deb).arg(control.path()))?;
    ensure!(
        files(control.path())? == ["/control", "/md5sums"].map(str::to_owned).into(),
        "{:?}",
        files(control.path())?
    );
    let field = |name: &str| -> Result<String> {
        Ok(said(Command::new("dpkg-deb").arg("--field").arg(&deb).arg(name))?.trim().to_owned())
    };
    ensure!(field("Package")? == "pimento" && field("Version")? == VERSION);
    let depends = field("Depends")?;
    ensure!(depends.contains("libwebkit2gtk-4.1-0") && depends.contains("libgtk-3-0"), "{depends}");

    let system = system()?;
    said(dpkg(system.path(), &["--install"]).arg(&deb))?;
    let kept = |path: &String| !path.starts_with("/var/");
    let installed: BTreeSet<_> = files(system.path())?.into_iter().filter(kept).collect();
    ensure!(installed == wanted("/usr/share/doc/pimento/copyright"), "{installed:#?}");
    for name in PROGRAMS {
        let mode = fs::metadata(system.path().join("usr/bin").join(name))?.permissions().mode();
        ensure!(mode & 0o7777 == 0o755, "{name} has mode {mode:o}");
    }
    let version = said(Command::new(system.path().join("usr/bin/pim")).arg("--version"))?;
    ensure!(version.contains(VERSION), "{version}");
    let licence = fs::read(system.path().join("usr/share/doc/pimento/copyright"))?;
    ensure!(licence == fs::read(root().join("LICENSE"))?);
    let hidden = fs::read_to_string(system.path().join("usr/share/applications/Pimento.desktop"))?;
    ensure!(hidden.contains("NoDisplay=true"), "{hidden}");

    said(&mut dpkg(system.path(), &["--purge", "pimento"]))?;
    let left: Vec<_> = files(system.path())?.into_iter().filter(kept).collect();
    ensure!(left.is_empty(), "{left:?}");
    ensure!(!system.path().join("usr/bin").exists(), "a folder is left");

    // Fedora's.
    let listed = said(Command::new("rpm").args(["--query", "--list", "--package"]).arg(&rpm))?;
    let listed: BTreeSet<_> = listed.lines().map(str::to_owned).collect();
    ensure!(listed == wanted("/usr/share/licenses/pimento/LICENSE"), "{listed:#?}");
    let asked = |words: &[&str]| said(Command::new("rpm").args(["--query", "--package"]).args(words).arg(&rpm));
    ensure!(asked(&["--scripts", "--triggers"])?.trim().is_empty(), "{}", asked(&["--scripts"])?);
    ensure!(asked(&["--queryformat", "%{NAME} %{VERSION} %{LICENSE}"])? == format!("pimento {VERSION} MIT"));
    Ok(())
}

#[test]
fn desktops_and_software_centres_can_read_what_they_are_told() -> Result<()> {
    let folder = root().join("packaging/linux");
    let (entry, component) =
        (folder.join("dev.pimento.Pimento.desktop"), folder.join("dev.pimento.Pimento.metainfo.xml"));
    said(Command::new("desktop-file-validate").arg(&entry))?;
    said(Command::new("appstreamcli").args(["validate", "--no-net"]).arg(&component))?;
    let newest = fs::read_to_string(component)?;
    ensure!(newest.contains(&format!("<release version=\"{VERSION}\"")), "{VERSION} is not among the releases");
    // Nothing starts with the system but by somebody's wish.
    let entry = fs::read_to_string(entry)?;
    ensure!(!entry.to_lowercase().contains("autostart"), "{entry}");
    Ok(())
}

/// What every format is told agrees with the application itself.
#[test]
fn installers_refuse_older_versions_and_name_files_that_exist() -> Result<()> {
    let config: serde_json::Value = serde_json::from_str(&fs::read_to_string(root().join("packaging/tauri.json"))?)?;
    let bundle = &config["bundle"];
    ensure!(bundle["windows"]["allowDowngrades"] == false && bundle["windows"]["webviewInstallMode"]["silent"] == true);
    let mut named: Vec<&str> = vec![];
    for kind in ["deb", "rpm"] {
        let settings = &bundle["linux"][kind];
        named.extend(settings["desktopTemplate"].as_str());
        named.extend(settings["files"].as_object().into_iter().flatten().filter_map(|(_, file)| file.as_str()));
        ensure!(settings["preInstallScript"].is_null() && settings["postInstallScript"].is_null());
    }
    named.extend(bundle["licenseFile"].as_str());
    named.extend(bundle["windows"]["nsis"]["installerHooks"].as_str());
    ensure!(named.len() == 12, "{named:?}");
    for file in named {
        ensure!(root().join("src-tauri").join(file).is_file(), "{file}");
    }

    // What is entered in the registry on Windows is taken away with the program.
    let hooks = fs::read_to_string(root().join("packaging/windows/hooks.nsh"))?;
    let identity = fs::read_to_string(root().join("crates/pim/src/identity.rs"))?;
    let keys: Vec<_> = identity.split("str = r\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ensure!(keys.len() == 2, "{keys:?}");
    for key in keys {
        ensure!(hooks.contains(&format!("DeleteRegKey HKCU \"{key}\\dev.pimento.Pimento\"")), "{key} stays");
    }
    ensure!(hooks.contains(r#"DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "Pimento""#));

    // The Flatpak is made of what the Debian package has.
    let flatpak = fs::read_to_string(root().join("packaging/flatpak/dev.pimento.Pimento.yml"))?;
    let there = wanted("/usr/share/doc/pimento/copyright");
    let taken: Vec<_> = flatpak.split_whitespace().filter(|word| word.starts_with("usr/")).collect();
    ensure!(taken.len() >= 7, "{taken:?}");
    for file in taken {
        ensure!(there.contains(&format!("/{file}")), "{file} is in no package");
    }
    Ok(())
}
