//! `docs/PROMISES.md` names the tests that prove each promise: they exist, under these names, in these files.

#![cfg(target_os = "linux")]

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, ensure};
use pimento_tests::proofs;

/// Every promise; a page that leaves one out is not the page.
const PROMISES: [&str; 16] =
    ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "A1"];

/// What is quoted as `path::name`, each with the promise whose line it is in.
fn named(page: &str) -> Vec<(&str, &str, &str)> {
    let mut promise = "";
    let mut found = Vec::new();
    for line in page.lines() {
        if let Some(row) = line.strip_prefix("| ") {
            promise = row.split(" |").next().unwrap_or(promise).trim();
        }
        found.extend(proofs::tests(line).into_iter().map(|(path, name)| (promise, path, name)));
    }
    found
}

/// What is wrong with the page.
fn wrong(page: &str, root: &Path) -> Vec<String> {
    let named = named(page);
    let missing = |(promise, path, name): &(&str, &str, &str)| {
        proofs::missing_test(root, path, name).map(|why| format!("{promise}: {why}"))
    };
    let mut wrong: Vec<_> = named.iter().filter_map(missing).collect();
    let proven: BTreeSet<_> = named.iter().map(|(promise, ..)| *promise).collect();
    wrong
        .extend(PROMISES.iter().filter(|promise| !proven.contains(*promise)).map(|each| format!("{each} has no test")));
    wrong
}

#[test]
fn every_test_that_the_page_of_promises_names_exists() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/PROMISES.md")).context("docs/PROMISES.md")?;
    assert_eq!(wrong(&page, &root), Vec::<String>::new());
    ensure!(named(&page).len() >= 40, "{} tests are few", named(&page).len());
    // A page that names what is not there is noticed.
    let first = named(&page)[0];
    let renamed = page.replacen(first.2, "a_test_that_nobody_wrote", 1);
    ensure!(wrong(&renamed, &root).len() == 1, "a wrong name went unnoticed");
    ensure!(
        wrong(&page.replacen("| S1 |", "| S0 |", 1), &root) == ["S1 has no test"],
        "a missing promise went unnoticed"
    );
    Ok(())
}
