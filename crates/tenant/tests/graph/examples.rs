//! The documentation's examples: their answers have the same properties as this tenant's.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::common::{Bench, Proof, requests};

const EVERYTHING: &str = "User.Read RoleEligibilitySchedule.ReadWrite.Directory RoleAssignmentSchedule.ReadWrite.Directory \
                          RoleManagementPolicy.Read.Directory RoleManagement.Read.Directory";

/// The examples beside the contracts.
fn folder() -> PathBuf {
    let contracts = std::env::var_os("PIMENTO_CONTRACTS").map(PathBuf::from);
    let contracts =
        contracts.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/api/contracts"));
    contracts.join("../examples")
}

/// The GETs of one file, with their answers.
fn examples(file: &str) -> Vec<(String, Value)> {
    let path = folder().join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        // Not `eprintln!`, which the test harness hides when tests pass.
        let _ = writeln!(
            std::io::stderr(),
            "\n*** SKIPPED: the documentation's examples are NOT compared, since there is no {} ***\n",
            path.display()
        );
        return Vec::new();
    };
    let content: Value = serde_json::from_str(&text).unwrap();
    let records = content.as_array().or_else(|| content["examples"].as_array()).expect("a list of examples").clone();
    let gets = records.into_iter().filter(|record| record["request"]["method"] == "GET");
    gets.map(|record| (record["request"]["url"].as_str().unwrap().to_owned(), record["response"]["body"].clone()))
        .collect()
}

/// Property names, without annotations, of what is not itself expanded.
fn properties(row: &Value) -> BTreeSet<String> {
    row.as_object().unwrap().keys().filter(|key| !key.starts_with('@')).cloned().collect()
}

fn first_row(body: &Value) -> &Value {
    body.get("value").and_then(|rows| rows.get(0)).unwrap_or(body)
}

#[tokio::test]
async fn the_same_properties_as_in_the_documentation() {
    let bench = Bench::contoso().await;
    let proof = Proof { scopes: EVERYTHING, ..Proof::default() };
    // Something for every collection to show; and whoever holds this role may look at everything.
    let activated = bench.post("maya", &requests(), &bench.activation("Global Reader")).await;
    assert_eq!(activated.status, 201);
    let get = async |path: String| bench.call("GET", "maya", &path, &Value::Null, &proof).await;
    let mut compared = 0;
    let examples = examples("graph-v1.0-pim-roles.json").into_iter().chain(examples("graph-v1.0-pim-policies.json"));
    for (url, expected) in examples {
        let Some((_, path)) = url.split_once("/v1.0/") else { continue };
        let served = (path.starts_with("roleManagement/directory/role") && !path.contains("/roleAssignments"))
            || path.starts_with("policies/roleManagementPol");
        if !served || path.contains("/custom") {
            continue;
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        // The examples' ids are not ours: look at the collection's first entity instead.
        let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        let collection = if path.starts_with("policies") { 1 } else { 2 };
        let scope =
            if path.starts_with("policies") { "$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'" } else { "" };
        if segments.get(collection + 1).is_some_and(|id| !id.contains('(')) {
            let list = get(format!("v1.0/{}?{scope}", segments[..=collection].join("/"))).await;
            segments[collection + 1] = list.column("id")[0].to_owned();
        }
        let path = segments.join("/");
        let ours = get(format!("v1.0/{path}?{query}")).await;
        assert_eq!(ours.status, 200, "{path}?{query}: {}", ours.body);
        let (theirs, ours) = (first_row(&expected), first_row(&ours.body));
        if theirs.as_array().is_some_and(Vec::is_empty) || theirs.get("value").is_some() {
            continue;
        }
        let (mut theirs, mut ours) = (properties(theirs), properties(ours));
        // The documentation leaves these out of some answers for definitions.
        if path.contains("roleDefinitions") {
            for sometimes in ["resourceScopes", "inheritsPermissionsFrom"] {
                theirs.remove(sometimes);
                ours.remove(sometimes);
            }
        }
        assert_eq!(ours, theirs, "{url}");
        compared += 1;
    }
    if folder().is_dir() {
        assert!(compared >= 20, "only {compared} examples were compared");
    }
}
