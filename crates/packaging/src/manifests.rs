//! Manifests for package managers, of the installers that there are: Windows' winget, and Homebrew's cask for macOS. Both name
//! each installer's address and hash, so they are written when the installers are.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{VERSION, hashed};

/// How winget calls us.
const IDENTIFIER: &str = "Pimento.Pimento";
/// The version of winget's manifests.
const SCHEMA: &str = "1.9.0";
const ABOUT: &str = "Activate Microsoft Entra roles from the tray";

/// An installer that is there.
struct Installer {
    name: String,
    hash: String,
}

/// Writes those for which there are installers, in folders beside them.
pub fn write(folder: &Path, address: &str) -> Result<()> {
    ensure!(address.starts_with("https://"), "installers are fetched over https, and {address} is not");
    let address = address.trim_end_matches('/');
    let windows = [("wix", ".msi"), ("nullsoft", "-setup.exe")].into_iter();
    let windows = windows.map(|(kind, ending)| Ok((kind, installer(folder, ending)?)));
    let windows: Vec<_> = windows.collect::<Result<Vec<_>>>()?;
    let windows: Vec<_> = windows.into_iter().filter_map(|(kind, found)| Some((kind, found?))).collect();
    let macs = (installer(folder, "_aarch64.dmg")?, installer(folder, "_x64.dmg")?);
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    if !windows.is_empty() {
        let named = |kind: &str| folder.join("winget").join(format!("{IDENTIFIER}{kind}.yaml"));
        files.push((named(""), winget_version()));
        files.push((named(".installer"), winget_installer(&windows, address)));
        files.push((named(".locale.en-US"), winget_locale(home(address))));
    }
    if let (Some(arm), Some(intel)) = &macs {
        files.push((folder.join("homebrew/pimento.rb"), cask(arm, intel, address)));
    }
    ensure!(!files.is_empty(), "{} has no installer for Windows, and not both for macOS", folder.display());
    for (file, text) in files {
        fs::create_dir_all(file.parent().context("a folder")?)?;
        fs::write(&file, text).with_context(|| file.display().to_string())?;
        println!("{}", file.display());
    }
    Ok(())
}

/// The project's page, where downloads lie below its releases: their folder itself is no page.
fn home(address: &str) -> &str {
    address.split_once("/releases/").map_or(address, |(home, _)| home)
}

/// The installer of this version whose name ends so.
fn installer(folder: &Path, ending: &str) -> Result<Option<Installer>> {
    let mut found = None;
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(ending) && name.contains(&format!("_{VERSION}_")) {
            ensure!(found.is_none(), "{} has several installers *{ending}", folder.display());
            found = Some(Installer { name, hash: hashed(&path)?.1 });
        }
    }
    Ok(found)
}

fn head(kind: &str) -> String {
    format!(
        "# yaml-language-server: $schema=https://aka.ms/winget-manifest.{kind}.{SCHEMA}.schema.json\n\n\
         PackageIdentifier: {IDENTIFIER}\nPackageVersion: {VERSION}\n"
    )
}

fn foot(kind: &str) -> String {
    format!("ManifestType: {kind}\nManifestVersion: {SCHEMA}\n")
}

fn winget_version() -> String {
    head("version") + "DefaultLocale: en-US\n" + &foot("version")
}

fn winget_installer(installers: &[(&str, Installer)], address: &str) -> String {
    let mut text = head("installer");
    text += "Scope: machine\nInstallModes:\n- interactive\n- silent\n- silentWithProgress\nUpgradeBehavior: install\n\
             Platform:\n- Windows.Desktop\nMinimumOSVersion: 10.0.17763.0\nInstallers:\n";
    for (kind, Installer { name, hash }) in installers {
        let _ = write!(
            text,
            "- Architecture: x64\n  InstallerType: {kind}\n  InstallerUrl: {address}/{name}\n  InstallerSha256: {}\n",
            hash.to_uppercase()
        );
    }
    text + &foot("installer")
}

fn winget_locale(address: &str) -> String {
    head("defaultLocale")
        + "PackageLocale: en-US\nPublisher: Pimento\nPackageName: Pimento\nLicense: MIT\n"
        + &format!("PackageUrl: {address}\nShortDescription: {ABOUT}\n")
        + "Tags:\n- entra\n- pim\n- privileged-identity-management\n"
        + &foot("defaultLocale")
}

fn cask(arm: &Installer, intel: &Installer, address: &str) -> String {
    let Installer { name, hash } = arm;
    let name = name.replace(VERSION, "#{version}").replace("aarch64", "#{arch}");
    format!(
        "cask \"pimento\" do
  arch arm: \"aarch64\", intel: \"x64\"

  version \"{VERSION}\"
  sha256 arm:   \"{hash}\",
         intel: \"{}\"

  url \"{address}/{name}\"
  name \"Pimento\"
  desc \"{ABOUT}\"
  homepage \"{}\"

  depends_on macos: \">= :big_sur\"

  app \"Pimento.app\"
  binary \"#{{appdir}}/Pimento.app/Contents/MacOS/pim\"

  uninstall quit: \"dev.pimento.Pimento\"

  zap trash: [
    \"~/Library/Application Support/Pimento\",
    \"~/Library/Caches/dev.pimento.Pimento\",
    \"~/Library/LaunchAgents/Pimento.plist\",
    \"~/Library/WebKit/dev.pimento.Pimento\",
  ]
end
",
        intel.hash,
        home(address),
    )
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use sha2::{Digest, Sha256};

    use super::*;

    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Manifest {
        package_identifier: String,
        package_version: String,
        #[serde(rename = "ManifestType")]
        kind: String,
        #[serde(default)]
        install_modes: Vec<String>,
        #[serde(default)]
        installers: Vec<Listed>,
    }

    #[derive(Deserialize)]
    struct Listed {
        #[serde(rename = "InstallerType")]
        kind: String,
        #[serde(rename = "InstallerUrl")]
        url: String,
        #[serde(rename = "InstallerSha256")]
        sha256: String,
    }

    fn hash(bytes: &[u8]) -> String {
        format!("{:x}", Sha256::digest(bytes))
    }

    #[test]
    fn winget_and_homebrew_are_told_each_installers_address_and_hash() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["x64_en-US.msi", "x64-setup.exe", "aarch64.dmg", "x64.dmg"];
        for name in names {
            fs::write(folder.path().join(format!("Pimento_{VERSION}_{name}")), name).unwrap();
        }
        // One of another version is no business of this one's.
        fs::write(folder.path().join("Pimento_0.0.1_x64_en-US.msi"), "old").unwrap();
        write(folder.path(), "https://downloads.example/pimento/").unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        for (file, kind) in [("", "version"), (".installer", "installer"), (".locale.en-US", "defaultLocale")] {
            let text = read(&format!("winget/{IDENTIFIER}{file}.yaml"));
            let manifest: Manifest = serde_saphyr::from_str(&text).unwrap();
            assert_eq!(
                (manifest.package_identifier.as_str(), manifest.package_version.as_str()),
                (IDENTIFIER, VERSION)
            );
            assert_eq!(manifest.kind, kind);
            if kind == "installer" {
                assert!(manifest.install_modes.contains(&"silent".to_owned()));
                let listed: Vec<_> = manifest.installers.iter().map(|one| one.kind.as_str()).collect();
                assert_eq!(listed, ["wix", "nullsoft"]);
                for (one, name) in manifest.installers.iter().zip(names) {
                    let url = format!("https://downloads.example/pimento/Pimento_{VERSION}_{name}");
                    assert_eq!(one.url, url);
                    assert_eq!(one.sha256, hash(name.as_bytes()).to_uppercase());
                }
            }
        }
        let cask = read("homebrew/pimento.rb");
        for expected in [
            format!("version \"{VERSION}\""),
            format!("arm:   \"{}\"", hash(b"aarch64.dmg")),
            format!("intel: \"{}\"", hash(b"x64.dmg")),
            "url \"https://downloads.example/pimento/Pimento_#{version}_#{arch}.dmg\"".to_owned(),
        ] {
            assert!(cask.contains(&expected), "{expected} in {cask}");
        }
    }

    #[test]
    fn the_page_to_read_is_the_projects() {
        let download = "https://code.example/owner/pimento/releases/download/v1.0.0";
        assert!(winget_locale(home(download)).contains("\nPackageUrl: https://code.example/owner/pimento\n"));
        let one = || Installer { name: format!("Pimento_{VERSION}_aarch64.dmg"), hash: hash(b"x") };
        assert!(cask(&one(), &one(), download).contains("homepage \"https://code.example/owner/pimento\"\n"));
        assert_eq!(home("https://downloads.example"), "https://downloads.example");
    }

    #[test]
    fn nothing_is_fetched_without_tls_and_nothing_is_written_of_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |address: &str| format!("{:#}", write(folder.path(), address).unwrap_err());
        assert!(refused("http://downloads.example").contains("https"));
        assert!(refused("https://downloads.example").contains("no installer"));
        for twin in ["a", "b"] {
            fs::write(folder.path().join(format!("{twin}_{VERSION}_x64.msi")), twin).unwrap();
        }
        assert!(refused("https://downloads.example").contains("several"));
    }
}
