//! Every published example of a kind that Pimento reads or sends: it parses, the model holds what it shows, words that nobody
//! knows yet are kept, and what Pimento would send for the same wish says the same.
//!
//! All `*.json` of the folder in `PIMENTO_EXAMPLES` are read: records `{request: {method, url, body}, response: {status,
//! headers, body}}`, in a list, alone, or anywhere in an object.

mod found;
mod held;
mod policies;
mod records;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
};

use chrono::DateTime;
use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use serde_json::{Value, json};

use self::{
    found::{collection, entities},
    held::{Taken, leaves, model, scope, spelled, taken},
    records::Record,
};
use super::{
    answer::{Effect, check},
    arm, duration, graph,
};
use crate::{
    model::{Action, Activation, ActivationRequest, Deactivation, Extension},
    net::Answer,
};

/// What a person wants, as a published request's body tells it.
pub(super) enum Wish {
    Activate(Activation),
    Deactivate(Deactivation),
    Extend(Extension),
}

impl Wish {
    /// `None` for what nobody asks for themselves, or says too little about.
    pub(super) fn of(asked: ActivationRequest, schedule: &Value) -> Option<Self> {
        let expiration = &schedule["expiration"];
        let length = expiration["duration"].as_str().and_then(duration::parse);
        let (key, principal_id) = (asked.key, asked.principal_id.unwrap_or_default());
        let justification = asked.justification.unwrap_or_default();
        Some(match asked.action {
            Action::SelfActivate => Self::Activate(Activation {
                key,
                principal_id,
                duration: length.or_else(|| Some(asked.end? - asked.start?))?,
                justification,
                ticket: asked.ticket,
                start: asked.start,
                request_id: None,
                eligibility_schedule_id: asked.eligibility_schedule_id,
                condition: asked.condition,
            }),
            Action::SelfDeactivate => {
                Self::Deactivate(Deactivation { key, principal_id, justification, request_id: None })
            }
            Action::SelfExtend | Action::SelfRenew => Self::Extend(Extension {
                key,
                principal_id,
                renew: asked.action == Action::SelfRenew,
                eligibility: false,
                start: asked.start,
                end: asked.end?,
                justification,
                request_id: None,
            }),
            Action::Other(_) => return None,
        })
    }
}

/// What a documented request carries and Pimento's does not, by the end of its path.
const NOT_SENT: &[(&str, &str)] = &[
    (".@odata.type", "the address says it"),
    (".isValidationOnly", "nothing is rehearsed"),
    (".targetScheduleId", "role and scope name it"),
    (".linkedRoleEligibilityScheduleId", "of a deactivation: role and scope name it"),
    (".recurrence", "the service supports none"),
    (".customData", "free for other clients"),
];

/// What Pimento sends besides.
const SENT_BESIDES: &[(&str, &str)] = &[
    (".isValidationOnly", "said where others leave it out: it is meant"),
    (".scheduleInfo.startDateTime", "an activation that begins now says so"),
    (".directoryScopeId", "the whole directory where none is named"),
];

fn examples() -> Option<Vec<Record>> {
    records::all()
}

#[test]
fn examples_parse_and_nothing_they_show_is_dropped() {
    let Some(examples) = examples() else { return };
    let mut read: BTreeMap<(String, bool), usize> = BTreeMap::new();
    // By file: how much of what Pimento reads is in it, and how much of that was read.
    let mut files: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut faults, mut new) = (Vec::new(), BTreeSet::new());
    for record in &examples {
        let file = record.file.as_str();
        let Some((collection, azure)) = collection(&record.url).filter(|_| record.succeeded()) else { continue };
        for entity in entities(&record.answered) {
            let Some(outcome) = model(&collection, azure, &entity) else { continue };
            let count = files.entry(file).or_default();
            count.0 += 1;
            let held = match outcome {
                Ok(held) => held,
                Err(error) => {
                    faults.push(format!("{file}: {collection}: {error}: {entity}"));
                    continue;
                }
            };
            count.1 += 1;
            *read.entry((collection.clone(), azure)).or_default() += 1;
            // A policy's rules are looked at one by one elsewhere.
            if ["rolemanagementpolicyassignments", "rules"].contains(&collection.as_str()) {
                continue;
            }
            for (path, value, taken) in taken(&collection, &entity, &held) {
                match taken {
                    Taken::Held | Taken::LeftOut => {}
                    Taken::New => drop(new.insert(format!("{path} ({file})"))),
                    Taken::Dropped => faults.push(format!("{file}: {collection}: {path} = {value} is dropped")),
                }
            }
        }
    }
    eprintln!("entities read, by collection and whether they are Azure's: {read:?}");
    for property in &new {
        eprintln!("nobody has decided about {property}");
    }
    for (file, (there, read)) in &files {
        if there != read {
            faults.push(format!("{file}: {read} of {there} entities were read"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(!read.is_empty(), "nothing of what Pimento reads is in these files");
    if env::var_os("PIMENTO_EXAMPLES").is_none() {
        for (kind, azure) in [
            ("roleeligibilityscheduleinstances", false),
            ("roleassignmentschedulerequests", false),
            ("eligibilityscheduleinstances", false),
            ("assignmentschedulerequests", false),
            ("rolemanagementpolicyassignments", false),
            ("rules", false),
            ("roleassignments", false),
            ("roledefinitions", false),
            ("stages", false),
            ("roleassignmentscheduleinstances", true),
            ("roleassignmentschedulerequests", true),
            ("rolemanagementpolicyassignments", true),
            ("roleassignmentapprovals", true),
            ("roledefinitions", true),
            ("eligiblechildresources", true),
            ("tenants", true),
            ("subscriptions", true),
            ("managementgroups", true),
            ("accessreviewdefinitions", false),
            ("accessreviewinstances", false),
            ("accessreviewstages", false),
            ("accessreviewdecisions", false),
            ("accessreviewdefinitions", true),
            ("accessreviewinstances", true),
            ("accessreviewdecisions", true),
            ("directoryaudits", false),
            ("alerts", false),
            ("alertdefinitions", false),
            ("alertconfigurations", false),
            ("alerts", true),
            ("alertdefinitions", true),
            ("alertincidents", true),
            ("alertoperations", true),
        ] {
            assert!(read.contains_key(&(kind.to_owned(), azure)), "no example of {kind:?}, Azure's: {azure}");
        }
    }
}

/// Collections of which the folder may have no example, in Microsoft's documented shape.
#[test]
fn collections_without_examples_are_read_as_documented() {
    let cases = [
        (
            "https://graph.microsoft.com/v1.0/organization",
            json!({"value": [{"id": "84841066-274d-4ec0-a5c1-276be684bdd3", "displayName": "Contoso", "tenantType": "AAD"}]}),
            "Contoso",
        ),
        (
            "https://graph.microsoft.com/v1.0/groups?$filter=id in ('45b7d2e7')&$select=id,displayName",
            json!({"value": [{"id": "45b7d2e7-b882-4a80-ba97-10b7a63b8fa4", "displayName": "Golf Assist", "description": "x"}]}),
            "Golf Assist",
        ),
        (
            "https://graph.microsoft.com/v1.0/me/checkMemberGroups",
            json!({"value": ["fee2c45b-915a-4a64-b130-f4eb9e75525e"]}),
            "fee2c45b-915a-4a64-b130-f4eb9e75525e",
        ),
        (
            "https://graph.microsoft.com/v1.0/users?$search=\"displayName:ad\"&$select=id,displayName,userPrincipalName",
            json!({"value": [{"id": "87d349ed", "displayName": "Adele Vance", "userPrincipalName": "AdeleV@contoso.com"}]}),
            "AdeleV@contoso.com",
        ),
        (
            "https://graph.microsoft.com/v1.0/groups/45b7d2e7/transitiveMembers",
            json!({"value": [{"@odata.type": "#microsoft.graph.user", "id": "11111111", "mail": "a@contoso.com",
                "displayName": "Allan Deyoung"}]}),
            "Allan Deyoung",
        ),
        (
            "https://graph.microsoft.com/v1.0/directory/administrativeUnits?$select=id,displayName",
            json!({"value": [{"id": "4d7ea995", "displayName": "Seattle District"}]}),
            "Seattle District",
        ),
        (
            "https://graph.microsoft.com/beta/identityGovernance/roleManagementAlerts/operations/9c8e3b1d",
            json!({"id": "9c8e3b1d", "status": "running", "statusDetail": "Alert scan is running.", "resourceLocation": "x"}),
            "running",
        ),
        (
            "https://management.azure.com/subscriptions/s/resourcegroups/g/providers/Microsoft.Authorization/permissions",
            json!({"value": [{"actions": ["Microsoft.Storage/*"], "notActions": ["x"], "dataActions": []}]}),
            "microsoft.storage/*",
        ),
    ];
    for (url, body, shown) in cases {
        let (collection, azure) = collection(url).unwrap_or_else(|| panic!("{url} is not known"));
        let entity = entities(&body).remove(0);
        let held = model(&collection, azure, &entity).expect("read").expect("understood");
        assert!(held.to_string().contains(shown), "{url}: {held}");
        let dropped: Vec<_> =
            taken(&collection, &entity, &held).into_iter().filter(|(.., taken)| *taken == Taken::Dropped).collect();
        assert!(dropped.is_empty(), "{url}: {dropped:?}");
    }
}

/// What a newer service may add to an answer: nothing of it makes the client fail, and what matters is held.
#[test]
fn what_a_newer_service_adds_makes_nothing_fail() {
    let Some(examples) = examples() else { return };
    let mut count = 0;
    for record in examples.iter().filter(|record| record.succeeded()) {
        let Some((collection, azure)) = collection(&record.url) else { continue };
        for entity in entities(&record.answered) {
            if !matches!(model(&collection, azure, &entity), Some(Ok(_))) || !entity.is_object() {
                continue;
            }
            let mut newer = entity.clone();
            let place = if azure && newer["properties"].is_object() { &mut newer["properties"] } else { &mut newer };
            place["@odata.etag"] = json!("W/\"1\"");
            place["customData"] = json!("x");
            place["somethingNew"] = json!({"nested": [1, "two"], "null": null});
            let held = model(&collection, azure, &newer).expect("read before").expect("still understood");
            let dropped = taken(&collection, &newer, &held).into_iter().find(|(.., taken)| *taken == Taken::Dropped);
            let policy = ["rolemanagementpolicyassignments", "rules"].contains(&collection.as_str());
            assert!(policy || dropped.is_none(), "{}: {collection}: {dropped:?}", record.file);
            count += 1;
        }
    }
    assert!(count > 0);
}

#[test]
fn unknown_words_in_examples_are_kept() {
    const NOVEL: &str = "SomethingNobodyKnows";
    let Some(examples) = examples() else { return };
    let mut kept: BTreeMap<String, usize> = BTreeMap::new();
    for record in examples.iter().filter(|record| record.succeeded()) {
        let Some((collection, azure)) = collection(&record.url) else { continue };
        for entity in entities(&record.answered) {
            if !matches!(model(&collection, azure, &entity), Some(Ok(_))) {
                continue;
            }
            for path in words(&collection, azure) {
                let mut novel = entity.clone();
                let Some(place) = novel.pointer_mut(&path).filter(|place| place.is_string()) else { continue };
                *place = json!(NOVEL);
                let held = model(&collection, azure, &novel).expect("read before").expect("read before");
                assert!(held.to_string().contains(NOVEL), "{}: {collection}: {path}: {held}", record.file);
                *kept.entry(path).or_default() += 1;
            }
            // Who holds it, where it is not known what that is: told by name or id, and not taken for the caller.
            let principal = entity["properties"]["principalId"].as_str();
            if azure
                && collection.ends_with("instances")
                && let Some(principal) = principal
            {
                let mut novel = entity.clone();
                novel["properties"]["principalType"] = json!(NOVEL);
                novel["properties"]["expandedProperties"]["principal"] = Value::Null;
                let through = arm::held_through(&novel, "me").expect("read before");
                assert_eq!(through.as_deref(), Some(principal), "{}: {collection}", record.file);
                *kept.entry("principalType".into()).or_default() += 1;
            }
        }
    }
    eprintln!("unknown words kept, by place: {kept:?}");
    if env::var_os("PIMENTO_EXAMPLES").is_none() {
        for path in [
            "/status",
            "/memberType",
            "/assignmentType",
            "/action",
            "/accessId",
            "/reviewResult",
            "/properties/status",
            "/properties/requestType",
            "/properties/expandedProperties/scope/type",
            "/properties/reviewedBy/principalType",
            "/tenantCategory",
            "principalType",
            "/decision",
            "/recommendation",
            "/applyResult",
            "/properties/decision",
            "/properties/recommendation",
            "/result",
            "/severityLevel",
            "/alertDefinition/severityLevel",
            "/properties/severityLevel",
            "/properties/alertDefinition/properties/severityLevel",
        ] {
            assert!(kept.contains_key(path), "nowhere: {path}");
        }
    }
}

/// Where an entity has a word of an open vocabulary.
fn words(collection: &str, azure: bool) -> Vec<String> {
    let (request, schedule) = (collection.ends_with("requests"), collection.contains("schedule"));
    let eligibility = collection.contains("eligibility");
    let mut all = Vec::new();
    let mut add = |fields: &[&str]| {
        let prefix = if azure && collection != "tenants" { "/properties" } else { "" };
        all.extend(fields.iter().map(|field| format!("{prefix}/{}", field.replace('.', "/"))));
    };
    if schedule {
        add(&["status", "accessId"]);
        // A request is of its own kind only; instances show how they are held.
        if request {
            add(&["action", "requestType"]);
        } else {
            add(&["memberType"]);
            add(&["expandedProperties.scope.type"]);
            if !eligibility {
                add(&["assignmentType"]);
            }
        }
    }
    if ["stages", "steps"].contains(&collection) {
        add(&["status", "reviewResult", "reviewedBy.principalType"]);
    }
    match collection {
        "tenants" => add(&["tenantCategory", "tenantType"]),
        "accessreviewinstances" | "accessreviewstages" => add(&["status"]),
        "accessreviewdecisions" => add(&["decision", "recommendation", "applyResult"]),
        "directoryaudits" => add(&["result", "category", "loggedByService", "operationType"]),
        "alertdefinitions" => add(&["severityLevel"]),
        "alerts" if azure => add(&["alertDefinition.properties.severityLevel"]),
        "alerts" => add(&["alertDefinition.severityLevel"]),
        _ => {}
    }
    all
}

/// What Pimento sends for the wish of a published request has its shape and says the same.
#[test]
fn what_is_sent_for_the_wish_of_an_example_says_the_same() {
    let Some(examples) = examples() else { return };
    let (mut count, mut faults) = (0, Vec::new());
    for record in &examples {
        let Some((collection, azure)) = collection(&record.url) else { continue };
        if !collection.ends_with("requests") || !record.asked.is_object() {
            continue;
        }
        let sent = if azure { arm::sent(&record.asked, &scope(record)) } else { graph::sent(&record.asked) };
        let sent = match sent {
            None => continue,
            Some(Ok(sent)) => sent,
            Some(Err(error)) => {
                faults.push(format!("{}: {error}: {}", record.file, record.asked));
                continue;
            }
        };
        count += 1;
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        leaves(&record.asked, "", &mut theirs);
        leaves(&sent, "", &mut ours);
        let excused = |list: &[(&str, &str)], path: &str| list.iter().any(|(end, _)| path.ends_with(end));
        for (path, value) in &ours {
            let documented = theirs.iter().find(|(known, _)| known == path);
            if !documented.map_or(excused(SENT_BESIDES, path), |(_, known)| alike(known, value)) {
                faults.push(format!("{}: {path} = {value} is sent, documented is {documented:?}", record.file));
            }
        }
        for (path, value) in theirs {
            if !ours.iter().any(|(known, _)| *known == path) && !excused(NOT_SENT, &path) {
                faults.push(format!("{}: {path} = {value} is documented and not sent: {sent}", record.file));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    eprintln!("{count} requests were made anew");
    assert!(count > 0 || env::var_os("PIMENTO_EXAMPLES").is_some());
}

/// The same value, whatever the spelling: of words, instants, lengths of time.
fn alike(one: &Value, other: &Value) -> bool {
    let length = |value: &Value| value.as_str().and_then(duration::parse);
    spelled(one) == spelled(other) || length(one).is_some_and(|one| length(other) == Some(one))
}

#[test]
fn refusals_in_examples_keep_their_code() {
    let Some(examples) = examples() else { return };
    for Record { file, status, headers, answered, .. } in &examples {
        let status = status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok());
        let Some(status) = status.filter(StatusCode::is_client_error) else { continue };
        let Some(code) = answered["error"]["code"].as_str().filter(|code| !code.is_empty()) else { continue };
        let mut all = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        for (name, value) in headers.as_object().into_iter().flatten() {
            let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            for value in values.iter().filter_map(Value::as_str) {
                if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
                    all.insert(name, value);
                }
            }
        }
        let answer = Answer { status, headers: all, body: answered.to_string().into_bytes() };
        let failure = check(&answer, Effect::Write, DateTime::UNIX_EPOCH).expect_err("a refusal");
        let problem = failure.problem();
        // PIM wraps some: the real one is in the message.
        let message = answered["error"]["message"].as_str().unwrap_or_default();
        let nested = serde_json::from_str::<Value>(message).unwrap_or_default();
        let code = nested["errorCode"].as_str().unwrap_or(code);
        let told = problem.code == code || problem.detail.as_ref().is_some_and(|detail| detail.contains(code));
        assert!(told, "{file}: {code} became {problem:?}");
        assert!(problem.message.ends_with('.'), "{file}: {code}: {}", problem.message);
    }
}
