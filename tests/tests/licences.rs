//! `THIRD-PARTY.txt` names what is linked into the programs, with a licence's text for each.

#![cfg(target_os = "linux")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What the file names, as "name version", with the length of its texts.
fn listed() -> Result<BTreeMap<String, usize>> {
    let file = fs::read_to_string(root().join("THIRD-PARTY.txt")).context("THIRD-PARTY.txt")?;
    let (between, below) = (format!("\n{}\n", "=".repeat(80)), format!("\n{}\n", "-".repeat(80)));
    let mut listed = BTreeMap::new();
    for block in file.split(&between).skip(1) {
        let (titles, text) = block.split_once(&below).context("a text without a title")?;
        for title in titles.lines() {
            let (name, _) = title.rsplit_once(" (").with_context(|| format!("a title without a licence: {title}"))?;
            *listed.entry(name.to_owned()).or_insert(0) += text.len();
        }
    }
    Ok(listed)
}

/// The crates of others that are linked into the programs on this system.
fn linked() -> Result<BTreeSet<String>> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["tree", "--locked", "--offline", "-p", "pimento", "-p", "pim-cli"]);
    cargo.args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]);
    let output = cargo.output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout)?;
    // Ours have a path behind their version, macros say what they are.
    let others =
        tree.lines().filter(|line| line.split(' ').count() == 2 || line.ends_with("(*)") && !line.contains("(/"));
    let named = others.filter_map(|line| {
        let mut words = line.split(' ');
        Some(format!("{} {}", words.next()?, words.next()?.trim_start_matches('v')))
    });
    Ok(named.collect())
}

#[test]
fn every_crate_that_is_shipped_is_listed_with_its_licence() -> Result<()> {
    let (listed, linked) = (listed()?, linked()?);
    ensure!(linked.len() > 100, "{linked:?}");
    let missing: Vec<_> = linked.iter().filter(|each| !listed.contains_key(*each)).collect();
    ensure!(missing.is_empty(), "run `cargo xtask generate`: {missing:?}");
    let short: Vec<_> = listed.iter().filter(|(_, length)| **length < 100).collect();
    ensure!(short.is_empty(), "{short:?}");
    // Of the other systems, and of the window.
    for other in ["objc2 ", "windows-registry ", "svelte ", "Rust standard library"] {
        ensure!(listed.keys().any(|each| each.starts_with(other)), "{other} is not listed");
    }
    Ok(())
}
