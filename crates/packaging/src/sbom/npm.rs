//! What the window is made of, from npm.

use std::{collections::BTreeSet, fmt::Write};

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value};

use super::{Component, Found};

/// What the window's own code is made with is in the window too, though it is named among the tools.
const BUILT_IN: &str = "svelte";

/// Where the lock file keeps a package.
const FOLDER: &str = "node_modules/";

/// What the window needs, and what that needs.
pub(super) fn found(lock: &str) -> Result<Found> {
    let lock: Value = serde_json::from_str(lock).context("package-lock.json")?;
    let packages = lock["packages"].as_object().context("package-lock.json has no packages")?;
    let direct = names(&lock["packages"][""]["dependencies"]).chain([BUILT_IN]);
    let mut found = Found::default();
    let mut open = Vec::new();
    for name in direct {
        let place = place(packages, "", name)?;
        found.direct.insert(purl(packages, &place)?);
        open.push(place);
    }
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    while let Some(at) = open.pop() {
        let package = &packages[&at];
        let mut needs = BTreeSet::new();
        for name in names(&package["dependencies"]) {
            let place = place(packages, &at, name)?;
            needs.insert(purl(packages, &place)?);
            if seen.insert(place.clone()) {
                open.push(place);
            }
        }
        let (name, version) = (name(&at), text(package, "version", &at)?);
        let integrity = text(package, "integrity", &at)?;
        let hash = integrity.strip_prefix("sha512-").and_then(|hash| BASE64_STANDARD.decode(hash).ok());
        let hash = hash.with_context(|| format!("{name}: {integrity} is no hash that is known here"))?;
        let hash = hash.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        let component = Component {
            name: name.to_owned(),
            version: version.to_owned(),
            licence: package["license"].as_str().unwrap_or_default().to_owned(),
            hash: ("SHA-512", hash),
            needs,
        };
        found.components.insert(purl(packages, &at)?, component);
    }
    Ok(found)
}

fn names(table: &Value) -> impl Iterator<Item = &str> {
    table.as_object().into_iter().flatten().map(|(name, _)| name.as_str())
}

fn text<'a>(package: &'a Value, name: &str, at: &str) -> Result<&'a str> {
    package[name].as_str().with_context(|| format!("{at} has no {name}"))
}

fn name(place: &str) -> &str {
    place.rsplit_once(FOLDER).map_or(place, |(_, name)| name)
}

/// Where a package finds another: below itself, or below whatever it is below.
fn place(packages: &Map<String, Value>, from: &str, wanted: &str) -> Result<String> {
    let mut from = from;
    loop {
        let place = if from.is_empty() { format!("{FOLDER}{wanted}") } else { format!("{from}/{FOLDER}{wanted}") };
        if packages.contains_key(&place) {
            return Ok(place);
        }
        if from.is_empty() {
            return Err(anyhow::anyhow!("{wanted} is not locked"));
        }
        from = from.rsplit_once(FOLDER).map_or("", |(above, _)| above.trim_end_matches('/'));
    }
}

fn purl(packages: &Map<String, Value>, place: &str) -> Result<String> {
    let version = text(&packages[place], "version", place)?;
    Ok(format!("pkg:npm/{}@{version}", name(place).replace('@', "%40")))
}
