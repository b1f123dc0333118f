//! What Pimentos that run are told of this version: `updates.json`, which is signed as a whole before anybody can read it
//! (docs/RELEASE.md). A package's name says what it runs on.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::{VERSION, hashed};

/// How the bundler's names end, the target and the kind of package.
const KINDS: [(&str, &str, &str); 10] = [
    ("_x64-setup.exe", "x86_64-pc-windows-msvc", "nsis"),
    ("_arm64-setup.exe", "aarch64-pc-windows-msvc", "nsis"),
    ("_x64_en-US.msi", "x86_64-pc-windows-msvc", "msi"),
    ("_arm64_en-US.msi", "aarch64-pc-windows-msvc", "msi"),
    ("_x64.dmg", "x86_64-apple-darwin", "dmg"),
    ("_aarch64.dmg", "aarch64-apple-darwin", "dmg"),
    ("_amd64.deb", "x86_64-unknown-linux-gnu", "deb"),
    ("_arm64.deb", "aarch64-unknown-linux-gnu", "deb"),
    (".x86_64.rpm", "x86_64-unknown-linux-gnu", "rpm"),
    (".aarch64.rpm", "aarch64-unknown-linux-gnu", "rpm"),
];

/// Writes it beside the packages of this version.
pub fn write(folder: &Path, notes: &str, published: DateTime<Utc>) -> Result<()> {
    ensure!(notes.starts_with("https://"), "what is new is read over https, and {notes} is not");
    let packages = packages(folder)?;
    ensure!(!packages.is_empty(), "{} has no package of version {VERSION}", folder.display());
    let published = published.to_rfc3339_opts(SecondsFormat::Secs, true);
    let manifest =
        json!({ "schema": 1, "version": VERSION, "published": published, "notes": notes, "packages": packages });
    let file = folder.join("updates.json");
    fs::write(&file, serde_json::to_string_pretty(&manifest)? + "\n").with_context(|| file.display().to_string())?;
    println!("{}", file.display());
    Ok(())
}

fn packages(folder: &Path) -> Result<Vec<Value>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    // `Pimento_0.2.0_amd64.deb`, `Pimento-0.2.0-1.x86_64.rpm`.
    let this = |name: &&String| ["_", "-"].iter().any(|mark| name.contains(&format!("{mark}{VERSION}{mark}")));
    let mut packages: Vec<Value> = Vec::new();
    for name in names.iter().filter(this) {
        let Some((_, target, format)) = KINDS.iter().find(|(ending, ..)| name.ends_with(ending)) else { continue };
        let twin = |other: &Value| other["target"] == *target && other["format"] == *format;
        ensure!(!packages.iter().any(twin), "{} has several packages *.{format} for {target}", folder.display());
        let (size, sha256) = hashed(&folder.join(name))?;
        packages.push(json!({ "target": target, "format": format, "file": name, "size": size, "sha256": sha256 }));
    }
    Ok(packages)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn each_package_is_told_with_what_it_runs_on_its_size_and_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let named = [
            (format!("Pimento_{VERSION}_x64-setup.exe"), "x86_64-pc-windows-msvc", "nsis"),
            (format!("Pimento_{VERSION}_x64_en-US.msi"), "x86_64-pc-windows-msvc", "msi"),
            (format!("Pimento_{VERSION}_aarch64.dmg"), "aarch64-apple-darwin", "dmg"),
            (format!("Pimento_{VERSION}_x64.dmg"), "x86_64-apple-darwin", "dmg"),
            (format!("Pimento_{VERSION}_amd64.deb"), "x86_64-unknown-linux-gnu", "deb"),
            (format!("Pimento-{VERSION}-1.x86_64.rpm"), "x86_64-unknown-linux-gnu", "rpm"),
        ];
        for (name, ..) in &named {
            fs::write(folder.path().join(name), name).unwrap();
        }
        // Of another version, of none, and what is no package.
        for other in ["Pimento_0.0.1_amd64.deb", "pimento.deb", &format!("pimento_{VERSION}_amd64.cdx.json")] {
            fs::write(folder.path().join(other), other).unwrap();
        }
        write(folder.path(), "https://downloads.example/notes", now()).unwrap();
        let text = fs::read_to_string(folder.path().join("updates.json")).unwrap();
        let manifest: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&manifest["schema"], &manifest["version"]), (&json!(1), &json!(VERSION)));
        assert_eq!(manifest["published"], "2026-11-23T12:00:00Z");
        let packages = manifest["packages"].as_array().unwrap();
        assert_eq!(packages.len(), named.len());
        for (name, target, format) in named {
            let sha256 = format!("{:x}", Sha256::digest(&name));
            let wanted =
                json!({ "target": target, "format": format, "file": name, "size": name.len(), "sha256": sha256 });
            assert!(packages.contains(&wanted), "{wanted} in {packages:?}");
        }
    }

    #[test]
    fn nothing_is_told_without_tls_or_of_nothing_or_of_two_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |notes: &str| format!("{:#}", write(folder.path(), notes, now()).unwrap_err());
        assert!(refused("http://downloads.example").contains("https"));
        assert!(refused("https://downloads.example").contains("no package"));
        for twin in ["A", "B"] {
            fs::write(folder.path().join(format!("{twin}_{VERSION}_amd64.deb")), twin).unwrap();
        }
        assert!(refused("https://downloads.example").contains("several"));
        assert!(!folder.path().join("updates.json").exists());
    }
}
