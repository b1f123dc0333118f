//! What is said of the newest version, and by whom. A manifest is believed as a whole or not at all: the signature is looked at
//! before anything is read in it.

use chrono::{DateTime, Utc};
use minisign_verify::{PublicKey, Signature};
use semver::Version;
use serde::{Deserialize, Serialize};
use url::Url;

use super::source::Source;
use crate::{codes, problem::Problem};

/// The form of manifest that is understood.
const SCHEMA: u32 = 1;

/// Packages that one version can have.
const MOST_PACKAGES: usize = 100;

/// The largest package, bytes.
const LARGEST: u32 = 512 * 1024 * 1024;

/// The longest name of a file.
const LONGEST_NAME: usize = 200;

/// A manifest as it came, with its signature. Kept so: what lies on the disk is not believed either.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The manifest.
    pub text: String,
    /// Its signature, as minisign writes it.
    pub signature: String,
}

/// The newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Which.
    pub version: Version,
    /// When it came out.
    pub published: DateTime<Utc>,
    /// Where it says what is new.
    pub notes: Url,
    /// What it can be had as.
    pub packages: Vec<Package>,
}

/// A file that installs a version.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Package {
    /// What it runs on (`x86_64-pc-windows-msvc`).
    pub target: String,
    /// What kind of package it is; kinds that come later are let be.
    pub format: String,
    /// The file's name, beside the manifest.
    pub file: String,
    /// Bytes.
    pub size: u32,
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// As it is written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    schema: u32,
    version: Version,
    published: DateTime<Utc>,
    notes: Url,
    packages: Vec<Package>,
}

impl Signed {
    /// What it says, where it is signed with the source's key.
    ///
    /// # Errors
    /// Another signature, or a manifest that is none.
    pub fn verified(&self, source: &Source) -> Result<Manifest, Problem> {
        self.check(source.key()).map_err(|why| codes::ours(codes::UPDATE_UNTRUSTED, Some(why)))?;
        read(&self.text, source).map_err(|why| codes::ours(codes::UPDATE_UNREADABLE, Some(why)))
    }

    fn check(&self, key: &PublicKey) -> Result<(), String> {
        let signature = Signature::decode(&self.signature).map_err(|error| error.to_string())?;
        // Signatures over the whole text, as they were made of old, are not taken: all of ours are over its hash.
        key.verify(self.text.as_bytes(), &signature, false).map_err(|error| error.to_string())
    }
}

fn read(text: &str, source: &Source) -> Result<Manifest, String> {
    let Wire { schema, version, published, notes, packages } =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    if schema != SCHEMA {
        return Err(format!("schema {schema} is not {SCHEMA}"));
    }
    if !source.allows(&notes) {
        return Err(format!("{notes} is no https address"));
    }
    if packages.len() > MOST_PACKAGES {
        return Err(format!("{} packages", packages.len()));
    }
    packages.iter().try_for_each(check)?;
    Ok(Manifest { version, published, notes, packages })
}

/// A name leads nowhere but to a file beside the manifest here, and to one in its folder there; on no system does it mean anything
/// to whoever is handed it.
fn check(Package { file, size, sha256, .. }: &Package) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '~');
    let named = file.len() <= LONGEST_NAME && file.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !named || !file.chars().all(plain) {
        return Err(format!("{file:?} is no name of a package"));
    }
    if !(1..=LARGEST).contains(size) {
        return Err(format!("{file} has {size} bytes"));
    }
    if sha256.len() != 64 || !sha256.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')) {
        return Err(format!("{file} has no SHA-256"));
    }
    Ok(())
}

#[cfg(test)]
#[path = "manifest_tests.rs"]
mod tests;
