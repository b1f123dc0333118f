//! The bill of materials: everything of others that is in the programs, with its version, its licence and the hash of what was
//! fetched. In `CycloneDX`, and the same for the same sources.

mod crates;
mod npm;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

/// Pimento itself.
const PIMENTO: &str = "pimento";

/// Something of somebody else's.
#[derive(Debug, PartialEq)]
struct Component {
    name: String,
    version: String,
    /// As an SPDX expression.
    licence: String,
    /// Of what the registry has handed over: name of the algorithm, and the hash in hexadecimal.
    hash: (&'static str, String),
    /// Purls of what it needs itself.
    needs: BTreeSet<String>,
}

/// Components by their purls, and those that Pimento needs itself.
#[derive(Debug, Default)]
struct Found {
    components: BTreeMap<String, Component>,
    direct: BTreeSet<String>,
}

/// The bill: of what `cargo tree` lists, of the lock file that says what was fetched, and of the window's lock file.
pub fn bom(tree: &str, cargo_lock: &str, npm_lock: &str) -> Result<Value> {
    let mut found = crates::found(tree, cargo_lock)?;
    let window = npm::found(npm_lock)?;
    found.direct.extend(window.direct);
    found.components.extend(window.components);
    for component in found.components.values() {
        ensure!(!component.licence.is_empty(), "{} {} names no licence", component.name, component.version);
    }
    let needs = |of: &str, needs: &BTreeSet<String>| json!({ "ref": of, "dependsOn": needs });
    let root = needs(PIMENTO, &found.direct);
    let each = found.components.iter().map(|(purl, component)| needs(purl, &component.needs));
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": PIMENTO,
            "name": "Pimento",
            "version": env!("CARGO_PKG_VERSION"),
            "licenses": [{ "license": { "id": "MIT" } }],
        } },
        "components": found.components.iter().map(|(purl, component)| shown(purl, component)).collect::<Vec<_>>(),
        "dependencies": std::iter::once(root).chain(each).collect::<Vec<_>>(),
    }))
}

fn shown(purl: &str, Component { name, version, licence, hash: (algorithm, hash), .. }: &Component) -> Value {
    json!({
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "licenses": [{ "expression": licence }],
        "hashes": [{ "alg": algorithm, "content": hash }],
    })
}

#[cfg(test)]
mod tests {
    use cyclonedx_bom::prelude::{Bom, Validate};

    use super::*;

    const LOCK: &str = r#"
        version = 4
        [[package]]
        name = "ours"
        version = "0.1.0"
        dependencies = ["serde", "rand 0.8.5"]
        [[package]]
        name = "serde"
        version = "1.0.1"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "aa00000000000000000000000000000000000000000000000000000000000000"
        dependencies = ["rand 0.9.2", "windows"]
        [[package]]
        name = "rand"
        version = "0.8.5"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "bb00000000000000000000000000000000000000000000000000000000000000"
        [[package]]
        name = "rand"
        version = "0.9.2"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "cc00000000000000000000000000000000000000000000000000000000000000"
        [[package]]
        name = "windows"
        version = "0.62.0"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "dd00000000000000000000000000000000000000000000000000000000000000"
    "#;

    const TREE: &str = "ours v0.1.0 (/somewhere/ours)\tMIT\nserde v1.0.1\tMIT/Apache-2.0\nrand v0.8.5\tMIT OR Apache-2.0\n\
                        rand v0.9.2\tMIT OR Apache-2.0\nserde v1.0.1 (*)\tMIT/Apache-2.0\n\n";

    const WINDOW: &str = r#"{ "packages": {
        "": { "dependencies": { "@scope/api": "1.0.0" }, "devDependencies": { "svelte": "5.0.0", "vite": "8.0.0" } },
        "node_modules/@scope/api": { "version": "1.0.0", "integrity": "sha512-AAEC", "license": "MIT" },
        "node_modules/svelte": { "version": "5.0.0", "integrity": "sha512-AwQF", "license": "MIT", "dependencies": { "clsx": "^2" } },
        "node_modules/svelte/node_modules/clsx": { "version": "2.0.0", "integrity": "sha512-BgcI", "license": "MIT" },
        "node_modules/clsx": { "version": "1.0.0", "integrity": "sha512-BgcI", "license": "MIT" },
        "node_modules/vite": { "version": "8.0.0", "integrity": "sha512-BgcI", "license": "MIT" }
    } }"#;

    fn bill() -> Value {
        bom(TREE, LOCK, WINDOW).unwrap()
    }

    #[test]
    fn everything_of_others_is_listed_once_with_version_licence_and_hash() {
        let bill = bill();
        let components = bill["components"].as_array().unwrap();
        let purls: Vec<_> = components.iter().map(|component| component["purl"].as_str().unwrap()).collect();
        let expected = [
            "pkg:cargo/rand@0.8.5",
            "pkg:cargo/rand@0.9.2",
            "pkg:cargo/serde@1.0.1",
            "pkg:npm/%40scope/api@1.0.0",
            "pkg:npm/clsx@2.0.0",
            "pkg:npm/svelte@5.0.0",
        ];
        assert_eq!(purls, expected);
        assert_eq!(components[2]["licenses"][0]["expression"], "MIT OR Apache-2.0");
        let checksum = format!("aa{:062}", 0);
        assert_eq!(components[2]["hashes"][0], json!({ "alg": "SHA-256", "content": checksum }));
        assert_eq!(components[5]["hashes"][0], json!({ "alg": "SHA-512", "content": "030405" }));
        let needs = |of: &str| {
            let all = bill["dependencies"].as_array().unwrap();
            all.iter().find(|entry| entry["ref"] == of).map(|entry| entry["dependsOn"].clone()).unwrap()
        };
        let direct =
            ["pkg:cargo/rand@0.8.5", "pkg:cargo/serde@1.0.1", "pkg:npm/%40scope/api@1.0.0", "pkg:npm/svelte@5.0.0"];
        assert_eq!(needs(PIMENTO), json!(direct));
        // What is built for other systems alone is not there.
        assert_eq!(needs("pkg:cargo/serde@1.0.1"), json!(["pkg:cargo/rand@0.9.2"]));
        assert_eq!(needs("pkg:npm/svelte@5.0.0"), json!(["pkg:npm/clsx@2.0.0"]));
    }

    #[test]
    fn what_has_no_licence_or_hash_is_refused() {
        let lock = LOCK.replace("checksum = \"aa", "note = \"aa");
        for (tree, lock, window, named) in [
            (TREE.replace("MIT/Apache-2.0", ""), LOCK.to_owned(), WINDOW.to_owned(), "serde 1.0.1 names no licence"),
            (TREE.to_owned(), lock, WINDOW.to_owned(), "serde 1.0.1 has no checksum"),
            (TREE.to_owned() + "other v1.0.0\tMIT\n", LOCK.to_owned(), WINDOW.to_owned(), "other 1.0.0 is not locked"),
            (TREE.to_owned(), LOCK.to_owned(), WINDOW.replace("sha512-AwQF", "sha1-AwQF"), "svelte"),
            (TREE.to_owned(), LOCK.to_owned(), WINDOW.replace("node_modules/svelte\"", "node_modules/x\""), "svelte"),
        ] {
            let refused = bom(&tree, &lock, &window).expect_err(named);
            assert!(format!("{refused:#}").contains(named), "{refused:#}");
        }
    }

    #[test]
    fn the_bill_of_this_build_is_one_that_others_can_read() {
        let bill = crate::tree(&crate::host().unwrap(), &[]).unwrap();
        let bill =
            bom(&bill, &crate::read("Cargo.lock").unwrap(), &crate::read("ui/package-lock.json").unwrap()).unwrap();
        let text = serde_json::to_vec(&bill).unwrap();
        let parsed = Bom::parse_from_json(&text[..]).unwrap();
        let checked = parsed.validate();
        assert!(checked.passed(), "{checked:?}");
        let names: BTreeSet<_> =
            parsed.components.iter().flat_map(|all| &all.0).map(|one| one.name.to_string()).collect();
        for expected in ["tauri", "tokio", "rustls", "keyring", "svelte", "@tauri-apps/api"] {
            assert!(names.contains(expected), "{expected}");
        }
        // Neither ours nor what only tests are made of.
        for other in ["pim", "pimento", "tenant", "proptest", "vitest"] {
            assert!(!names.contains(other), "{other}");
        }
    }
}
