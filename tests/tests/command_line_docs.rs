//! What docs/CLI.md says of the command line's JSON is what the command line prints: the same members, no more and no less.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use pimento_tests::cli::Bench;
use serde_json::Value;

/// The examples by the command that stands before them.
fn examples() -> Result<BTreeMap<String, Value>> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/CLI.md"))?;
    let mut examples = BTreeMap::new();
    let mut command = String::new();
    let mut block: Option<String> = None;
    for line in text.lines() {
        match (&mut block, line) {
            (None, "```json") => block = Some(String::new()),
            (Some(json), "```") => {
                let value = serde_json::from_str(json).with_context(|| format!("the example of `{command}`"))?;
                examples.insert(std::mem::take(&mut command), value);
                block = None;
            }
            (Some(json), line) => {
                json.push_str(line);
                json.push('\n');
            }
            (None, line) if line.ends_with("with its exit code:") => "error".clone_into(&mut command),
            (None, line) if line.contains("prints the file") => "pim bundles export".clone_into(&mut command),
            (None, line) if line.starts_with("`pim ") => {
                command.clear();
                command.push_str(line.split('`').nth(1).unwrap_or_default().trim_end_matches(" --json"));
            }
            (None, _) => {}
        }
    }
    Ok(examples)
}

/// Where two values have other members, from `place` on.
fn differences(documented: &Value, real: &Value, place: &str, found: &mut Vec<String>) {
    match (documented, real) {
        (Value::Object(said), Value::Object(is)) => {
            // One of several shapes: what all of them have is their kind.
            if said.contains_key("kind") && said.len() <= 3 && is.contains_key("kind") && !said.contains_key("id") {
                return;
            }
            for name in said.keys().filter(|name| !is.contains_key(*name)) {
                found.push(format!("{place}.{name} is documented, but not there"));
            }
            for name in is.keys().filter(|name| !said.contains_key(*name)) {
                found.push(format!("{place}.{name} is not documented"));
            }
            for (name, value) in said {
                if let Some(real) = is.get(name) {
                    differences(value, real, &format!("{place}.{name}"), found);
                }
            }
        }
        (Value::Array(said), Value::Array(is)) => {
            if let (Some(said), Some(is)) = (said.first(), is.first()) {
                differences(said, is, &format!("{place}[]"), found);
            }
        }
        // What is not there now may be there at other times.
        (Value::Null, _) | (_, Value::Null) => {}
        (said, is) if std::mem::discriminant(said) != std::mem::discriminant(is) => {
            found.push(format!("{place} is {is}, and documented as {said}"));
        }
        _ => {}
    }
}

fn compare(examples: &mut BTreeMap<String, Value>, command: &str, real: &Value) -> Result<()> {
    let documented = examples.remove(command).with_context(|| format!("`{command}` is not documented"))?;
    let mut found = Vec::new();
    differences(&documented, real, command, &mut found);
    ensure!(found.is_empty(), "{}\n{real}", found.join("\n"));
    Ok(())
}

#[test]
fn every_shape_is_documented_as_it_is() -> Result<()> {
    let bench = Bench::new(13)?;
    let mut examples = examples()?;
    let json = |arguments: &[&str]| bench.demo(&[arguments, &["--json"]].concat())?.json();
    let plain = json(&["list"])?;
    compare(&mut examples, "pim list", &plain)?;
    compare(&mut examples, "pim show", &json(&["show", "identity operators"])?)?;
    compare(&mut examples, "pim enter", &json(&["enter", "Privileged Role Administrator"])?)?;
    let refused = json(&["activate", "no such role", "--reason", "x"])?;
    compare(&mut examples, "error", &refused)?;
    json(&["activate", "global administrator", "--reason", "Tenant settings"])?;
    let approvals = json(&["--as", "omar", "approvals"])?;
    ensure!(approvals["approvals"].as_array().is_some_and(|rows| rows.len() == 1), "{approvals}");
    compare(&mut examples, "pim approvals", &approvals)?;
    let decided = json(&["--as", "omar", "approvals", "approve", "--all", "--reason", "x", "--dry-run"])?;
    compare(&mut examples, "pim approvals approve", &decided)?;
    let alerts = |arguments: &[&str]| json(&[&["--as", "sven", "alerts"], arguments].concat());
    compare(&mut examples, "pim alerts", &alerts(&[])?)?;
    compare(&mut examples, "pim alerts show", &alerts(&["show", "RolesAssignedOutsidePimAlert"])?)?;
    let dismissed = alerts(&["dismiss", "RolesAssignedOutsidePimAlert", "--dry-run"])?;
    compare(&mut examples, "pim alerts dismiss", &dismissed)?;
    let reviews = |arguments: &[&str]| json(&[&["--as", "nadia", "reviews"], arguments].concat());
    compare(&mut examples, "pim reviews", &reviews(&["--kind", "directory"])?)?;
    compare(&mut examples, "pim reviews show", &reviews(&["show", "helpdesk"])?)?;
    let decided = reviews(&["decide", "deny", "helpdesk", "petra", "--dry-run"])?;
    compare(&mut examples, "pim reviews decide", &decided)?;
    let held = json(&["--as", "omar", "assignments", "--kind", "directory"])?;
    compare(&mut examples, "pim assignments", &held)?;
    let add = ["--as", "omar", "assignments", "add", "teams administrator", "--to", "sven", "--for", "9d", "--dry-run"];
    let added = json(&[&add[..], &["--reason", "x"]].concat())?;
    ensure!(added["done"].as_array().is_some_and(|rows| rows.len() == 1), "{added}");
    compare(&mut examples, "pim assignments add", &added)?;
    let standing = ["--as", "omar", "report", "standing", "--allow"];
    compare(&mut examples, "pim report standing", &json(&standing)?)?;
    let applied = json(&[&standing[..], &["--apply", "--dry-run"]].concat())?;
    ensure!(applied["done"].as_array().is_some_and(|rows| !rows.is_empty()), "{applied}");
    compare(&mut examples, "pim report standing --apply", &applied)?;
    compare(&mut examples, "pim policy show", &json(&["--as", "omar", "policy", "show", "teams administrator"])?)?;
    let baseline = bench.home.path().join("baseline.json");
    let baseline = baseline.to_str().context("a path")?;
    json(&["--as", "omar", "policy", "show", "teams administrator", "--export", baseline])?;
    compare(&mut examples, "pim policy diff", &json(&["--as", "omar", "policy", "diff", baseline])?)?;
    let copy = ["--as", "omar", "policy", "apply", "--from", "global reader", "--to", "teams administrator"];
    let copied = json(&[&copy[..], &["--dry-run"]].concat())?;
    ensure!(copied["changed"].as_array().is_some_and(|rows| !rows.is_empty()), "{copied}");
    compare(&mut examples, "pim policy apply", &copied)?;
    let activated = json(&["activate", "global reader", "--reason", "Audit"])?;
    compare(&mut examples, "pim activate", &activated)?;
    let status = json(&["status"])?;
    ensure!(status["active"].as_array().is_some_and(|rows| !rows.is_empty()), "{status}");
    compare(&mut examples, "pim status", &status)?;
    let timeline = json(&["status", "--timeline"])?;
    ensure!(timeline["timeline"]["roles"][0]["spans"].as_array().is_some_and(|spans| spans.len() == 1), "{timeline}");
    compare(&mut examples, "pim status --timeline", &timeline)?;
    let requests = json(&["requests"])?;
    ensure!(requests["requests"].as_array().is_some_and(|rows| !rows.is_empty()), "{requests}");
    compare(&mut examples, "pim requests", &requests)?;
    let history = json(&["history"])?;
    ensure!(history["requests"].as_array().is_some_and(|rows| !rows.is_empty()), "{history}");
    compare(&mut examples, "pim history", &history)?;
    let insight = json(&["insight"])?;
    ensure!(insight["roles"].as_array().is_some_and(|rows| rows.len() == 1), "{insight}");
    ensure!(insight["unused"].as_array().is_some_and(|rows| !rows.is_empty()), "{insight}");
    compare(&mut examples, "pim insight", &insight)?;
    compare(&mut examples, "pim need", &json(&["need", "reset a user's password"])?)?;
    json(&["activate", "reports reader", "--reason", "Audit"])?;
    compare(&mut examples, "pim audit", &json(&["audit"])?)?;
    let file = bench.home.path().join("audit.csv");
    let export = json(&["audit", "--export", file.to_str().context("a path")?])?;
    compare(&mut examples, "pim audit --export FILE", &export)?;
    let extended = json(&["extend", "azure kubernetes", "--reason", "still needed"])?;
    compare(&mut examples, "pim extend", &extended)?;
    let bundles = json(&["bundles", "save", "On call", "global reader", "--for", "1h"])?;
    compare(&mut examples, "pim bundles list", &bundles)?;
    compare(&mut examples, "pim bundles export", &json(&["bundles", "export"])?)?;
    let tenants = json(&["tenants"])?;
    ensure!(tenants["tenants"].as_array().is_some_and(|rows| rows.len() == 2), "{tenants}");
    compare(&mut examples, "pim tenants", &tenants)?;
    compare(&mut examples, "pim accounts", &json(&["accounts"])?)?;
    compare(&mut examples, "pim diagnostics", &json(&["diagnostics"])?)?;
    if let Some((command, _)) = examples.first_key_value() {
        bail!("nobody looked whether `{command}` is as documented");
    }
    Ok(())
}
