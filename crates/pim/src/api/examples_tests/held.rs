//! What an example shows, and whether the model holds it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{super::duration, Record};
use crate::api::{arm, graph};

/// What an example may show and the model leaves out on purpose: by the end of its path, with the reason.
const LEFT_OUT: &[(&str, &str)] = &[
    (".type", "which type it is, the request says; of scopes and roles it is kept"),
    (".principalType", "the name and the way it is held are shown"),
    (".createdUsing", "of a schedule: Pimento reads instances"),
    (".modifiedDateTime", "likewise"),
    (".updatedOn", "likewise"),
    (".updatedBy", "likewise"),
    (".roleEligibilityScheduleRequestId", "likewise"),
    (".roleAssignmentScheduleRequestId", "likewise"),
    (".targetRoleAssignmentScheduleInstanceId", "the schedule is kept, and its instance is found by the role"),
    (".targetRoleEligibilityScheduleInstanceId", "likewise"),
    (".expiration.type", "an end says it all"),
    (".recurrence", "the service supports none"),
    (".customData", "free for other clients, and shown by none"),
    (".createdBy.user.displayName", "requests are the caller's own; whose they are is kept by id"),
    (".createdBy.user.userPrincipalName", "likewise"),
    (".createdBy.application", "likewise"),
    (".createdBy.device", "likewise"),
    (".createdDateTIme", "a misprint of the page"),
    (".completedDateTIme", "a misprint of the page"),
    (".roleassignmentapprovals.properties.stages.name", "a misprint: the id names another stage"),
    (".roleeligibilityschedules.assignmentType", "a misprint: an eligibility has none"),
    (".memberEligibilityScheduleId", "a misprint of the page"),
    (".targetSchedule", "a schedule inside a request"),
    (".principal", "the caller, of whom the id is kept"),
    (".expandedProperties.roleDefinition.id", "the role's id stands outside, too; one example contradicts itself"),
    (".expandedProperties.scope.id", "the scope stands outside, too"),
    (".roledefinitions.id", "it is read by its id"),
    (".roledefinitions.inheritsPermissionsFrom", "what a role permits is not shown"),
    // Of what is expanded the names are read; what else is known about it is not a role's own.
    (".roleDefinition.id", "the role's id stands outside, too"),
    (".roleDefinition.templateId", "what a role permits is not shown"),
    (".roleDefinition.description", "likewise"),
    (".roleDefinition.isBuiltIn", "likewise"),
    (".roleDefinition.isEnabled", "likewise"),
    (".roleDefinition.isPrivileged", "likewise"),
    (".roleDefinition.version", "likewise"),
    (".roleDefinition.resourceScopes", "likewise"),
    (".roleDefinition.rolePermissions", "likewise"),
    (".roleDefinition.inheritsPermissionsFrom", "likewise"),
];

/// Of these only a part is read, and of that part everything is held: the names in the second column.
const IN_PART: &[(&str, &[&str], &str)] = &[
    ("group", &["displayName"], "a group has a name, and its id stands outside"),
    ("directoryScope", &["displayName", "@odata.type"], "a scope has a name and a type, and its id stands outside"),
    ("appScope", &["displayName", "@odata.type"], "likewise"),
    (
        "activatedUsing",
        &["id", "eligibilityScheduleId", "roleEligibilityScheduleId"],
        "an eligibility of its own, listed elsewhere",
    ),
];

/// Collections of which a few properties are read.
const BRIEFLY: &[(&str, &[&str])] = &[
    ("roledefinitions", &["id", "displayName", "actions", "dataActions"]),
    ("permissions", &["actions", "dataActions"]),
    ("groups", &["id", "displayName"]),
    ("organization", &["displayName"]),
    ("subscriptions", &["id", "displayName"]),
    ("eligiblechildresources", &["id", "name", "type"]),
    ("roleassignments", &["id", "roleDefinitionId", "directoryScopeId", "appScopeId", "displayName"]),
];

/// What people see, and what requests are made of: wherever it is shown it must be held.
const MATTERS: &[&str] = &[
    "id",
    "principalId",
    "roleDefinitionId",
    "directoryScopeId",
    "appScopeId",
    "groupId",
    "accessId",
    "scope",
    "status",
    "memberType",
    "assignmentType",
    "startDateTime",
    "endDateTime",
    "createdDateTime",
    "completedDateTime",
    "createdOn",
    "action",
    "requestType",
    "justification",
    "ticketNumber",
    "ticketSystem",
    "duration",
    "approvalId",
    "isValidationOnly",
    "requestorId",
    "targetScheduleId",
    "targetRoleAssignmentScheduleId",
    "targetRoleEligibilityScheduleId",
    "eligibilityScheduleId",
    "assignmentScheduleId",
    "roleEligibilityScheduleId",
    "roleAssignmentScheduleId",
    "roleAssignmentOriginId",
    "originRoleAssignmentId",
    "linkedRoleEligibilityScheduleId",
    "linkedRoleEligibilityScheduleInstanceId",
    "condition",
    "conditionVersion",
    "displayName",
    "reviewResult",
    "reviewedDateTime",
    "assignedToMe",
    "principalName",
    "userPrincipalName",
    "tenantId",
    "defaultDomain",
    "domains",
    "tenantCategory",
    "tenantType",
    "country",
    "countryCode",
    "tenantBrandingLogoUrl",
    "actions",
    "dataActions",
];

/// How the model takes what is shown.
#[derive(PartialEq, Eq, Debug)]
pub enum Taken {
    Held,
    /// On purpose.
    LeftOut,
    /// Nobody has decided, and nobody would miss it.
    New,
    Dropped,
}

fn left_out(collection: &str, path: &str) -> bool {
    let steps: Vec<&str> = path.split('.').filter(|step| !step.is_empty()).collect();
    // Notes of the protocol: types, contexts, versions. The type of a scope is read.
    let protocol = steps.iter().any(|step| step.starts_with('@') && !path.ends_with("cope.@odata.type"));
    let by_path = LEFT_OUT.iter().any(|(end, _)| path.ends_with(end) || path.contains(&format!("{end}.")));
    let in_part = IN_PART.iter().any(|(thing, read, _)| {
        let place = steps.iter().position(|step| step == thing);
        place.and_then(|place| steps.get(place + 1)).is_some_and(|field| !read.contains(field))
    });
    let last = steps.last().copied().unwrap_or_default();
    let briefly = BRIEFLY.iter().any(|(of, read)| *of == collection && !read.contains(&last));
    protocol || by_path || in_part || briefly
}

/// The part of an address that names the collection, and whether it is Azure's; `None` for what Pimento does not read.
pub fn collection(url: &str) -> Option<(String, bool)> {
    let path = url.split('?').next()?.trim_end_matches('/');
    let lower = path.to_ascii_lowercase();
    if lower.contains("accessreview") || lower.contains("/entitlementmanagement/role") {
        return None;
    }
    let azure = lower.contains("microsoft.authorization/") || lower.contains("management.azure");
    let graph_kinds = ["/rolemanagement/directory/", "/privilegedaccess/group/", "/policies/", "approvals"];
    let plain = ["/organization", "/groups", "/me/checkmembergroups"].into_iter().find(|end| lower.ends_with(end));
    if let Some(plain) = plain.filter(|_| !azure) {
        return plain.rsplit('/').next().map(|collection| (collection.to_owned(), false));
    }
    if !azure && !graph_kinds.iter().any(|kind| lower.contains(kind)) {
        return None;
    }
    let known = |part: &&str| {
        part.contains("schedule")
            || part.ends_with("approvals")
            || [
                "rolemanagementpolicyassignments",
                "rules",
                "effectiverules",
                "eligiblechildresources",
                "tenants",
                "stages",
                "steps",
                "roledefinitions",
                "permissions",
            ]
            .contains(part)
            || (*part == "roleassignments" && !azure)
    };
    let last =
        lower.split('/').rfind(known).map(|part| if part == "effectiverules" { "rules" } else { part }.to_owned());
    let subscriptions = azure && lower.ends_with("/subscriptions");
    last.or_else(|| subscriptions.then(|| "subscriptions".into())).map(|collection| (collection, azure))
}

/// The entities of a body: a page's rows, or the one there is.
pub fn entities(body: &Value) -> Vec<Value> {
    match &body["value"] {
        Value::Array(rows) => rows.clone(),
        Value::Object(row) => vec![Value::Object(row.clone())],
        _ if body.is_object() && body["error"].is_null() => vec![body.clone()],
        _ => Vec::new(),
    }
}

/// The entity as the model holds it; `None` for kinds that Pimento does not read. An example may show a few selected
/// properties only: without a role nobody can act on it.
pub fn model(collection: &str, azure: bool, entity: &Value) -> Option<Result<Value, String>> {
    let read = if azure { arm::example(collection, entity) } else { graph::example(collection, entity) }?;
    Some(read.map_err(|error| error.to_string()))
}

pub fn leaves(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
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
pub fn spelled(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_lowercase);
    let instant = DateTime::parse_from_rfc3339(&text.to_uppercase()).ok();
    instant.map_or(text, |instant| instant.timestamp_nanos_opt().unwrap_or_default().to_string())
}

/// What became of each thing that the entity shows.
pub fn taken(collection: &str, entity: &Value, held: &Value) -> Vec<(String, Value, Taken)> {
    let (mut shown, mut kept) = (Vec::new(), Vec::new());
    leaves(entity, &format!(".{collection}"), &mut shown);
    leaves(held, "", &mut kept);
    let words: HashSet<String> = kept.iter().map(|(_, value)| spelled(value)).collect();
    let taken = shown.into_iter().map(|(path, value)| {
        let last = path.rsplit('.').next().unwrap_or_default();
        let taken = if left_out(collection, &path) {
            Taken::LeftOut
        } else if holds(held, &words, &path, &value) {
            Taken::Held
        } else if MATTERS.contains(&last) {
            Taken::Dropped
        } else {
            Taken::New
        };
        (path, value, taken)
    });
    taken.collect()
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
        "assignedToMe" => model["assigned_to_me"] == *shown,
        // The word before the last point of it.
        "@odata.type" => {
            words.contains(word.rsplit('.').next().unwrap_or_default().trim_start_matches('#'))
                || !model["scope_type"].is_null()
        }
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

/// The scope in the address of an Azure request.
pub fn scope(record: &Record) -> String {
    let path = record.url.split('?').next().unwrap_or_default();
    let path = path.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or(path, |(_, path)| path);
    let scope = path.rsplit_once("/providers/Microsoft.Authorization/").map_or("", |(scope, _)| scope);
    format!("/{}", scope.trim_start_matches('/'))
}
