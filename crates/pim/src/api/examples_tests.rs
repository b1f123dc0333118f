//! Every published example of a kind that Pimento reads: it parses, the model holds what it shows, and words that nobody
//! knows yet are kept.
//!
//! All `*.json` of the folder in `PIMENTO_EXAMPLES` are read: lists of `{request: {method, url}, response: {status, headers,
//! body}}`.

use std::{collections::HashSet, env, fs, path::PathBuf};

use chrono::{DateTime, Utc};
use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use serde_json::{Value, json};

use super::{
    answer::{Effect, check},
    arm, duration, graph,
};
use crate::net::Answer;

/// What an example shows and the model leaves out on purpose, by the end of its path, with the reason.
const LEFT_OUT: &[(&str, &str)] = &[
    ("@odata.type", "which type it is, the request says"),
    ("@odata.context", "likewise"),
    ("@odata.id", "likewise"),
    (".type", "likewise; of scopes and roles it is kept"),
    (".principalType", "the name and the way it is held are shown"),
    (".createdUsing", "of a schedule: Pimento reads instances"),
    (".modifiedDateTime", "likewise"),
    (".updatedOn", "likewise"),
    (".roleEligibilityScheduleRequestId", "likewise"),
    (".roleAssignmentScheduleRequestId", "likewise"),
    (".expiration.type", "an end says it all"),
    (".createdDateTIme", "a misprint of the page"),
    (".completedDateTIme", "a misprint of the page"),
    (".roleassignmentapprovals.properties.stages.name", "a misprint: the id names another stage"),
    (".roleeligibilityschedules.assignmentType", "a misprint: an eligibility has none"),
    (".subscriptions.tenantId", "of a subscription its name and id are shown"),
    (".targetSchedule", "a schedule inside a request"),
    (".principal", "the caller, of whom the id is kept"),
    (".expandedProperties.roleDefinition.id", "the role's id stands outside, too; one example contradicts itself"),
    (".expandedProperties.scope.id", "the scope stands outside, too"),
    (".roleDefinition.id", "likewise"),
    (".roleDefinition.templateId", "what a role permits is not shown"),
    (".roleDefinition.description", "likewise"),
    (".roleDefinition.isBuiltIn", "likewise"),
    (".roleDefinition.isEnabled", "likewise"),
    (".roleDefinition.version", "likewise"),
    (".subscriptionPolicies", "of a subscription its name and id are shown"),
    (".authorizationSource", "likewise"),
    (".managedByTenants", "likewise"),
    (".tags", "likewise"),
    (".state", "likewise"),
];

/// Below a left out branch, or it itself.
fn left_out(path: &str) -> bool {
    LEFT_OUT.iter().any(|(end, _)| path.ends_with(end) || path.contains(&format!("{end}.")))
}

fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/api/examples");
    let folder = env::var_os("PIMENTO_EXAMPLES").map_or(beside, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there; set PIMENTO_EXAMPLES to the folder with the examples.", folder.display());
        return None;
    }
    Some(folder)
}

/// All examples: which file, request, response.
fn examples() -> Option<Vec<(String, Value)>> {
    let files = fs::read_dir(folder()?).expect("a folder").filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let content: Value = serde_json::from_slice(&fs::read(&file).expect("a file")).expect("examples are JSON");
        all.extend(content.as_array().into_iter().flatten().map(|example| (name.clone(), example.clone())));
    }
    Some(all)
}

/// The part of an address that names the collection, and whether it is Azure's.
fn collection(url: &str) -> Option<(String, bool)> {
    let path = url.split('?').next()?;
    // How the pages write a scope that is a subscription.
    if path.to_ascii_lowercase().contains("accessreview") {
        return None;
    }
    let azure = path.contains("Microsoft.Authorization/") || path.contains("management.azure");
    let graph_kinds = ["/roleManagement/directory/", "/privilegedAccess/group/", "/policies/", "Approvals"];
    if !azure && !graph_kinds.iter().any(|kind| path.contains(kind)) {
        return None;
    }
    let known = |part: &&str| {
        let part = part.to_ascii_lowercase();
        part.contains("schedule")
            || part.ends_with("approvals")
            || part == "rolemanagementpolicyassignments"
            || part == "eligiblechildresources"
            || part == "tenants"
            || part == "stages"
            || part == "steps"
    };
    let last = path.split('/').rfind(known).map(str::to_ascii_lowercase);
    let subscriptions = azure && path.trim_end_matches('/').ends_with("/subscriptions");
    last.or_else(|| subscriptions.then(|| "subscriptions".into())).map(|collection| (collection, azure))
}

/// The entities of a body: a page's rows, or the one there is.
fn entities(body: &Value) -> Vec<Value> {
    match &body["value"] {
        Value::Array(rows) => rows.clone(),
        Value::Object(row) => vec![Value::Object(row.clone())],
        _ if body.is_object() => vec![body.clone()],
        _ => Vec::new(),
    }
}

/// The entity as the model holds it; `None` for kinds that Pimento does not read. An example may show a few selected
/// properties only: without a role nobody can act on it.
fn model(collection: &str, azure: bool, entity: &Value) -> Option<Result<Value, String>> {
    let read = if azure { arm::example(collection, entity) } else { graph::example(collection, entity) }?;
    Some(read.map_err(|error| error.to_string()))
}

fn leaves(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                leaves(value, &format!("{path}.{name}"), found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| leaves(value, path, found)),
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        leaf => found.push((path.to_owned(), leaf.clone())),
    }
}

/// Text, instants and ids in one spelling.
fn spelled(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_lowercase);
    let instant = DateTime::parse_from_rfc3339(&text.to_uppercase()).ok();
    instant.map_or(text, |instant| instant.timestamp_nanos_opt().unwrap_or_default().to_string())
}

/// Is what the example shows there to be found in the model?
fn holds(model: &Value, words: &HashSet<String>, path: &str, shown: &Value) -> bool {
    let word = spelled(shown);
    if words.contains(&word)
        || words.iter().any(|kept| kept.rsplit('/').next() == Some(word.rsplit('/').next().unwrap_or("")))
    {
        return true;
    }
    let field = path.rsplit('.').next().unwrap_or_default();
    match field {
        "isValidationOnly" => model["validation_only"] == *shown,
        "assignmentType" => model["activated"] == (word == "activated"),
        "duration" => {
            let at = |name: &str| model[name].as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
            let length = at("end").zip(at("start")).map(|(end, start)| end - start);
            let explicit_end = length.is_some() && length != duration::parse(&word);
            // A length without a start has no end yet.
            length.is_none() || !explicit_end
        }
        // The year 1 is how the service says "never".
        _ => word.starts_with('-') && shown.as_str().is_some_and(|text| text.starts_with("0001-")),
    }
}

#[test]
fn examples_parse_and_nothing_they_show_is_dropped() {
    let Some(examples) = examples() else { return };
    let mut read: std::collections::BTreeMap<(String, bool), usize> = std::collections::BTreeMap::new();
    let mut faults = Vec::new();
    for (file, example) in &examples {
        let (url, response) = (example["request"]["url"].as_str().unwrap_or_default(), &example["response"]);
        let success = response["status"].as_u64().is_some_and(|status| (200..300).contains(&status));
        let Some((collection, azure)) = collection(url).filter(|_| success) else { continue };
        for entity in entities(&response["body"]) {
            let Some(outcome) = model(&collection, azure, &entity) else { continue };
            *read.entry((collection.clone(), azure)).or_default() += 1;
            let held = match outcome {
                Ok(held) => held,
                Err(error) => {
                    faults.push(format!("{file}: {collection}: {error}: {entity}"));
                    continue;
                }
            };
            let (mut shown, mut kept) = (Vec::new(), Vec::new());
            leaves(&entity, &format!(".{collection}"), &mut shown);
            leaves(&held, "", &mut kept);
            let words: HashSet<String> = kept.iter().map(|(_, value)| spelled(value)).collect();
            // A policy's rules are looked at one by one elsewhere.
            let policy = collection == "rolemanagementpolicyassignments";
            for (path, value) in shown.iter().filter(|(path, _)| !policy && !left_out(path)) {
                if !holds(&held, &words, path, value) {
                    faults.push(format!("{file}: {collection}: {path} = {value} is dropped"));
                }
            }
        }
    }
    eprintln!("entities read, by collection and whether they are Azure's: {read:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    if env::var_os("PIMENTO_EXAMPLES").is_none() {
        for kind in [
            ("roleeligibilityscheduleinstances", false),
            ("roleassignmentschedulerequests", false),
            ("eligibilityscheduleinstances", false),
            ("assignmentschedulerequests", false),
            ("rolemanagementpolicyassignments", false),
            ("stages", false),
            ("roleassignmentscheduleinstances", true),
            ("roleassignmentschedulerequests", true),
            ("rolemanagementpolicyassignments", true),
            ("roleassignmentapprovals", true),
            ("eligiblechildresources", true),
            ("tenants", true),
            ("subscriptions", true),
        ] {
            assert!(read.contains_key(&(kind.0.to_owned(), kind.1)), "no example of {kind:?}");
        }
    }
}

#[test]
fn unknown_words_in_examples_are_kept() {
    let Some(examples) = examples() else { return };
    let mut count = 0;
    for (file, example) in &examples {
        let Some((collection, azure)) = collection(example["request"]["url"].as_str().unwrap_or_default()) else {
            continue;
        };
        for entity in entities(&example["response"]["body"]) {
            let request = collection.ends_with("requests");
            let within = |entity: &Value| if azure { entity["properties"].clone() } else { entity.clone() };
            for field in ["status", "memberType", "assignmentType", "action", "requestType", "reviewResult"] {
                // A request is of its own kind only; instances show how they are held.
                let applies = within(&entity)[field].is_string()
                    && !(request && matches!(field, "memberType" | "assignmentType"))
                    && !(collection.contains("eligibility") && field == "assignmentType");
                if !applies || !matches!(model(&collection, azure, &entity), Some(Ok(_))) {
                    continue;
                }
                let mut novel = entity.clone();
                let place = if azure { &mut novel["properties"] } else { &mut novel };
                place[field] = json!("SomethingNobodyKnows");
                let held = model(&collection, azure, &novel).expect("read before").expect("read before");
                assert!(held.to_string().contains("SomethingNobodyKnows"), "{file}: {collection}: {field}: {held}");
                count += 1;
            }
        }
    }
    assert!(count > 0 || env::var_os("PIMENTO_EXAMPLES").is_some());
}

#[test]
fn policies_in_examples_are_obeyed_rule_by_rule() {
    let Some(examples) = examples() else { return };
    let mut count = 0;
    for (file, example) in &examples {
        let Some((collection, azure)) = collection(example["request"]["url"].as_str().unwrap_or_default()) else {
            continue;
        };
        if collection != "rolemanagementpolicyassignments" {
            continue;
        }
        for entity in entities(&example["response"]["body"]) {
            let rules = if azure { &entity["properties"]["effectiveRules"] } else { &entity["policy"]["rules"] };
            let Some(rules) = rules.as_array().filter(|rules| !rules.is_empty()) else { continue };
            let held = model(&collection, azure, &entity).expect("policies are read").expect("and understood");
            assert_eq!(held["known"], true);
            for rule in rules {
                let id = rule["id"].as_str().unwrap_or_default();
                let Some(kind) = id.strip_suffix("_EndUser_Assignment") else { continue };
                count += 1;
                match kind {
                    "Expiration" => {
                        let longest = duration::parse(rule["maximumDuration"].as_str().unwrap_or_default());
                        assert_eq!(
                            held["max_duration"].as_i64(),
                            longest.map(|longest| longest.num_minutes()),
                            "{file}"
                        );
                        assert_eq!(held["expires"], rule["isExpirationRequired"], "{file}");
                    }
                    "Enablement" => {
                        let enabled: HashSet<&str> =
                            rule["enabledRules"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                        for (word, field) in [
                            ("Justification", "justification"),
                            ("Ticketing", "ticket"),
                            ("MultiFactorAuthentication", "mfa"),
                        ] {
                            assert_eq!(held[field], enabled.contains(word), "{file}: {word}");
                        }
                    }
                    "Approval" => {
                        let (setting, needed) = (&rule["setting"], rule["setting"]["isApprovalRequired"] == true);
                        assert_eq!(held["approval"], needed, "{file}");
                        let mut named = Vec::new();
                        leaves(&setting["approvalStages"], "", &mut named);
                        let held = held["deciders"].to_string();
                        for (path, value) in named.iter().filter(|(path, _)| needed && !path.ends_with("isBackup")) {
                            let about_somebody = path.contains("pprovers") && value.is_string() && !path.contains('@');
                            assert!(
                                !about_somebody || held.contains(value.as_str().unwrap_or_default()),
                                "{file}: {path}: {held}"
                            );
                        }
                    }
                    "AuthenticationContext" => {
                        let context = rule["claimValue"].as_str().filter(|_| rule["isEnabled"] == true);
                        assert_eq!(held["authentication_context"].as_str(), context, "{file}");
                    }
                    other => assert!(other.starts_with("Notification_"), "{file}: {other}"),
                }
            }
            assert_eq!(held["unknown_rules"], json!([]), "{file}");
        }
    }
    assert!(count >= 8 || env::var_os("PIMENTO_EXAMPLES").is_some(), "{count} rules");
}

#[test]
fn refusals_in_examples_keep_their_code() {
    let Some(examples) = examples() else { return };
    for (file, example) in &examples {
        let response = &example["response"];
        let status =
            response["status"].as_u64().and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok());
        let Some(status) = status.filter(StatusCode::is_client_error) else { continue };
        let Some(code) = response["body"]["error"]["code"].as_str() else { continue };
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        for (name, value) in response["headers"].as_object().into_iter().flatten() {
            let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            for value in values.iter().filter_map(Value::as_str) {
                if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
                    headers.insert(name, value);
                }
            }
        }
        let answer = Answer { status, headers, body: response["body"].to_string().into_bytes() };
        let failure = check(&answer, Effect::Write, DateTime::UNIX_EPOCH).expect_err("a refusal");
        let problem = failure.problem();
        let nested = code == "UnknownError";
        assert!(nested != (problem.code == code), "{file}: {code} became {}", problem.code);
        assert_ne!(problem.message, "The service refused the request.", "{file}: {code} is in no table");
    }
}
