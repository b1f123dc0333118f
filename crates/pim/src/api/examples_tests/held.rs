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
    (".principal", "the caller, of whom the id is kept; of a review it is whom it is about, and held"),
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
    // Access reviews.
    (".accessreviewdefinitions.status", "the status of each instance is read"),
    (".accessreviewdefinitions.properties.status", "likewise"),
    (".accessreviewdefinitions.properties.instances", "read by themselves"),
    (".accessreviewdefinitions.createdDateTime", "when an instance begins and ends is shown"),
    (".accessreviewdefinitions.lastModifiedDateTime", "likewise"),
    (".instanceEnumerationScope", "an instance names what it is about itself"),
    (".descriptionForAdmins", "reviewers are told the other one"),
    (".reviewers", "the caller is among them"),
    (".reviewersType", "likewise"),
    (".backupReviewers", "likewise"),
    (".fallbackReviewers", "likewise"),
    (".accessReviewId", "the address says it"),
    (".appliedBy", "the service itself"),
    (".appliedDateTime", "whether it was applied is shown"),
    (".accessreviewdecisions.resource.id", "the review says what it is about"),
    (".accessreviewdecisions.properties.resource.id", "likewise"),
    (".accessreviewdecisions.resource.scope", "likewise"),
    (".accessreviewdecisions.instance", "the review itself"),
    // Alerts.
    (".alertdefinitions.properties.scope", "the alert's own"),
    (".scopeId", "likewise"),
    (".scopeType", "likewise"),
    (".alertDefinitionId", "the alert's own id"),
    (".alertConfiguration.id", "likewise"),
    (".alertDefinition.id", "likewise"),
    (".alertIncidentType", "the alert's kind says it"),
    (".alertIncidents.id", "the name is the end of it"),
    (".alertincidents.id", "likewise"),
    // Scopes.
    (".managementgroups.properties.children", "nobody asks for them"),
    (".managementgroups.properties.details", "likewise"),
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
    ("managementgroups", &["id", "name", "type", "displayName"]),
    ("users", &["id", "displayName", "userPrincipalName"]),
    ("members", &["id", "displayName", "userPrincipalName"]),
    ("transitivemembers", &["id", "displayName", "userPrincipalName"]),
    ("serviceprincipals", &["id", "displayName"]),
    ("administrativeunits", &["id", "displayName"]),
    ("alertconfigurations", &["isEnabled"]),
    ("alertoperations", &["status", "statusDetail"]),
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
    // Access reviews.
    "descriptionForReviewers",
    "justificationRequiredOnApproval",
    "autoApplyDecisionsEnabled",
    "decision",
    "recommendation",
    "applyResult",
    "userId",
    "userDisplayName",
    "lastSignInDateTime",
    // The audit log.
    "activityDateTime",
    "activityDisplayName",
    "result",
    "resultReason",
    "category",
    "correlationId",
    "loggedByService",
    "operationType",
    "key",
    "value",
    "oldValue",
    "newValue",
    // Alerts.
    "description",
    "severityLevel",
    "securityImpact",
    "mitigationSteps",
    "howToPrevent",
    "incidentCount",
    "isActive",
    "isEnabled",
    "lastModifiedDateTime",
    "lastScannedDateTime",
    "statusDetail",
];

/// As whom the service writes that there is nobody.
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

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
    // Who is reviewed is all that there is to see.
    let seen = |end: &str| collection == "accessreviewdecisions" && end == ".principal";
    let by_path =
        LEFT_OUT.iter().any(|(end, _)| !seen(end) && (path.ends_with(end) || path.contains(&format!("{end}."))));
    let in_part = IN_PART.iter().any(|(thing, read, _)| {
        let place = steps.iter().position(|step| step == thing);
        place.and_then(|place| steps.get(place + 1)).is_some_and(|field| !read.contains(field))
    });
    let last = steps.last().copied().unwrap_or_default();
    let briefly = BRIEFLY.iter().any(|(of, read)| *of == collection && !read.contains(&last));
    protocol || by_path || in_part || briefly
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
        } else if MATTERS.contains(&last) || is_found(&path) {
            Taken::Dropped
        } else {
            Taken::New
        };
        (path, value, taken)
    });
    taken.collect()
}

/// Is that a property of a finding? What that consists of differs from alert to alert: all of it is shown.
fn is_found(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let property = lower.split_once(".alertincidents.").map(|(_, rest)| rest.trim_start_matches("properties."));
    property.is_some_and(|property| !property.contains('.'))
}

/// Is what the example shows there to be found in the model?
fn holds(model: &Value, words: &HashSet<String>, path: &str, shown: &Value) -> bool {
    let word = spelled(shown);
    let field = path.rsplit('.').next().unwrap_or_default();
    let truth = match field {
        "isActive" => Some("active"),
        "isEnabled" => Some("enabled"),
        "justificationRequiredOnApproval" => Some("reason_to_approve"),
        "autoApplyDecisionsEnabled" => Some("applies_itself"),
        _ => None,
    };
    if let Some(truth) = truth {
        return model[truth] == *shown;
    }
    if words.contains(&word)
        || words.iter().any(|kept| kept.rsplit('/').next() == Some(word.rsplit('/').next().unwrap_or("")))
    {
        return true;
    }
    match field {
        // Nobody, and nothing.
        "id" if word == NOBODY => true,
        "recommendation" if word == "noinfoavailable" => true,
        "applyResult" if word == "new" => true,
        // Told as one: what it was, and what it is.
        "oldValue" | "newValue" => words.iter().any(|kept| kept.contains(&word)),
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
