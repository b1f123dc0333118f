//! What is written from the Rust that defines it: the window's TypeScript types, and the templates for administrators.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::shell::{self, Outcome};

/// Switched on for everything that the tests build, so that types cost no second build of the same crates.
pub const FEATURES: &str = "pim/typescript";

fn home() -> PathBuf {
    shell::root().join("ui/src/generated")
}

/// ts-rs writes the types from tests that it makes beside each type.
fn export(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let words = ["test", "--locked", "--quiet", "--workspace", "--lib", "--features", FEATURES, "export_bindings"];
    shell::run(shell::cargo().args(words).env("TS_RS_EXPORT_DIR", folder))
}

/// The test that holds the templates for administrators against the settings, or writes them.
fn templates(write: bool) -> Outcome {
    let words =
        ["test", "--locked", "--quiet", "--workspace", "--lib", "--features", FEATURES, "templates_for_administrators"];
    let mut test = shell::cargo();
    if write {
        test.env("PIMENTO_TEMPLATES", "write");
    }
    shell::run(test.args(words))
}

/// Writes them to their place. Where something does not compile, those that are there stay.
pub fn write() -> Outcome {
    let fresh = shell::target().join("typescript");
    export(&fresh)?;
    let failed = |error| format!("{}: {error}", home().display());
    fs::remove_dir_all(home()).map_err(failed)?;
    for (name, text) in read(&fresh)? {
        let file = home().join(name);
        fs::create_dir_all(file.parent().unwrap_or(&file)).map_err(failed)?;
        fs::write(&file, text).map_err(failed)?;
    }
    Ok(())
}

/// Fails when those in the repository are not those that would be written.
pub fn check() -> Outcome {
    let fresh = shell::target().join("typescript");
    export(&fresh)?;
    let (fresh, kept) = (read(&fresh)?, read(&home())?);
    let differing: Vec<_> = fresh
        .keys()
        .chain(kept.keys())
        .filter(|name| fresh.get(*name) != kept.get(*name))
        .map(|name| name.display().to_string())
        .collect();
    if differing.is_empty() {
        println!("{} generated types are current", fresh.len());
        templates(false)
    } else {
        Err(format!("ui/src/generated is out of date ({}): run `cargo xtask generate`", differing.join(", ")))
    }
}

fn read(folder: &Path) -> Outcome<BTreeMap<PathBuf, String>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let failed = |error| format!("{}: {error}", next.display());
        for entry in fs::read_dir(&next).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).map_err(failed)?;
                files.insert(path.strip_prefix(folder).unwrap_or(&path).to_path_buf(), text);
            }
        }
    }
    Ok(files)
}
