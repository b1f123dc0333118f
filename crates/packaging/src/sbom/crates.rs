//! What comes from crates.io.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::{Component, Found};

/// A package of the lock file.
struct Locked<'a> {
    /// Ours have none.
    source: Option<&'a str>,
    checksum: Option<&'a str>,
    needs: Vec<&'a str>,
}

fn purl(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{version}")
}

/// What `cargo tree` lists, with what the lock file knows of it.
pub(super) fn found(tree: &str, lock: &str) -> Result<Found> {
    let lock: Table = toml::from_str(lock).context("Cargo.lock")?;
    let locked = packages(&lock).context("Cargo.lock has no packages")?;
    let listed: BTreeMap<_, _> = tree.lines().filter_map(line).collect();
    let versions = |name: &str| -> Vec<_> { listed.keys().filter(|(listed, _)| *listed == name).copied().collect() };
    let mut found = Found::default();
    for (&(name, version), licence) in &listed {
        let own = locked.get(&(name, version)).with_context(|| format!("{name} {version} is not locked"))?;
        let needs: BTreeSet<_> = own
            .needs
            .iter()
            .flat_map(|need| match need.split_once(' ') {
                // Where several versions are locked, the lock file says which.
                Some((name, version)) => vec![(name, version)],
                None => versions(need),
            })
            .filter(|key| listed.contains_key(key) && locked.get(key).is_some_and(|package| package.source.is_some()))
            .map(|(name, version)| purl(name, version))
            .collect();
        if own.source.is_none() {
            found.direct.extend(needs);
            continue;
        }
        let hash = own.checksum.with_context(|| format!("{name} {version} has no checksum"))?.to_owned();
        // As it was written before there was a standard.
        let licence = licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ");
        let component =
            Component { name: name.to_owned(), version: version.to_owned(), licence, hash: ("SHA-256", hash), needs };
        found.components.insert(purl(name, version), component);
    }
    Ok(found)
}

/// Name, version and licence of a line of the tree.
fn line(line: &str) -> Option<((&str, &str), &str)> {
    let (package, licence) = line.split_once('\t')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    Some(((name, version), licence.trim_end_matches(" (*)").trim()))
}

fn packages(lock: &Table) -> Option<BTreeMap<(&str, &str), Locked<'_>>> {
    let packages = lock.get("package")?.as_array()?;
    packages
        .iter()
        .map(|package| {
            let name = package.get("name")?.as_str()?;
            let version = package.get("version")?.as_str()?;
            let needs = package.get("dependencies").and_then(Value::as_array);
            let needs = needs.into_iter().flatten().filter_map(Value::as_str).collect();
            let source = package.get("source").and_then(Value::as_str);
            let checksum = package.get("checksum").and_then(Value::as_str);
            Some(((name, version), Locked { source, checksum, needs }))
        })
        .collect()
}
