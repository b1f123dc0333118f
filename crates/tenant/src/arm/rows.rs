//! The rows of ARM's lists: the engine's nouns in the recorded shapes.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::lean;
use super::call::Call;
use crate::pim::{AssignmentType, Expiration, Request, Schedule, Side, Status};
use crate::scenario::{AzureScope, Level, Scope, derived};

/// The namespace of everything here.
const NAMESPACE: &str = "Microsoft.Authorization";

/// `{scope}/providers/Microsoft.Authorization/{kind}/{name}`.
pub fn id(scope: &AzureScope, kind: &str, name: &str) -> String {
    format!("{}/providers/{NAMESPACE}/{kind}/{name}", scope.path)
}

/// The id of a role as it is called at a scope: with the subscription that it is read at.
pub fn role_id(call: &Call, scope: &AzureScope, role: Uuid) -> String {
    let subscription = call.scenario().azure.subscription_of(scope.id).map_or("", |found| found.path.as_str());
    format!("{subscription}/providers/{NAMESPACE}/roleDefinitions/{role}")
}

/// What a scope is called in `expandedProperties` and `eligibleChildResources`.
pub fn scope_type(scope: &AzureScope) -> String {
    match scope.level {
        Level::ManagementGroup => "managementgroup".to_owned(),
        Level::Subscription => "subscription".to_owned(),
        Level::ResourceGroup => "resourcegroup".to_owned(),
        Level::Resource => resource_type(scope),
    }
}

/// `Microsoft.KeyVault/vaults`.
pub fn resource_type(scope: &AzureScope) -> String {
    let after = scope.path.rsplit_once("/providers/").map_or("", |(_, after)| after);
    let segments: Vec<&str> = after.split('/').collect();
    let types = segments.iter().skip(1).step_by(2).copied();
    segments.first().copied().into_iter().chain(types).collect::<Vec<_>>().join("/")
}

/// An instant as rows have it.
pub fn stamp(at: DateTime<Utc>) -> String {
    let text = at.format("%Y-%m-%dT%H:%M:%S%.3f").to_string();
    let text = text.trim_end_matches('0').trim_end_matches('.');
    // A whole minute keeps its zeros.
    format!("{}Z", if text.len() < 19 { at.format("%Y-%m-%dT%H:%M:%S").to_string() } else { text.to_owned() })
}

/// An instant as the echo of a request has it: an offset and seven digits (recorded).
fn echo(at: DateTime<Utc>) -> String {
    format!("{}{:07}+00:00", at.format("%Y-%m-%dT%H:%M:%S."), at.timestamp_subsec_nanos() / 100)
}

/// Whether a principal is a user, a group or a service principal.
pub fn principal_type(call: &Call, principal: Uuid) -> &'static str {
    let scenario = call.scenario();
    if scenario.group(principal).is_some() {
        "Group"
    } else if scenario.service_principal(principal).is_some() {
        "ServicePrincipal"
    } else {
        "User"
    }
}

/// `expandedProperties`.
fn expanded(call: &Call, scope: &AzureScope, role: Uuid, principal: Uuid) -> Value {
    let scenario = call.scenario();
    let name = scenario.name_of(principal);
    let upn = scenario.user(principal).map(|user| &user.user_principal_name);
    let definition = scenario.azure.role(role);
    let kind = if definition.is_some_and(|role| role.built_in) { "BuiltInRole" } else { "CustomRole" };
    json!({
        "principal": {
            "id": principal, "displayName": name, "type": principal_type(call, principal), "userPrincipalName": upn,
        },
        "roleDefinition": {
            "id": role_id(call, scope, role), "displayName": definition.map(|role| &role.display_name), "type": kind,
        },
        "scope": { "id": scope.path, "displayName": scope.display_name, "type": scope_type(scope) },
    })
}

/// Through whose eyes, and from where, a row is seen.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The caller.
    pub user: Uuid,
    /// The scope that was asked about; none is the tenant.
    pub at: Option<Uuid>,
}

fn member_type(call: &Call, schedule: &Schedule, scope: &AzureScope, view: View) -> &'static str {
    let above = view.at.is_some_and(|at| at != scope.id && call.scenario().azure.contains(scope.id, at));
    if above {
        "Inherited"
    } else if schedule.principal != view.user && call.scenario().group(schedule.principal).is_some() {
        "Group"
    } else {
        "Direct"
    }
}

/// The scope of a schedule or request on Azure.
pub fn scope_of<'a>(call: &Call<'a>, scope: Scope) -> Option<&'a AzureScope> {
    match scope {
        Scope::Azure(id) => call.scenario().azure.scope(id),
        _ => None,
    }
}

fn wrap(scope: &AzureScope, kind: &str, name: &str, properties: &Value) -> Value {
    let made = json!({
        "properties": properties, "name": name, "id": id(scope, kind, name), "type": format!("{NAMESPACE}/{kind}"),
    });
    lean(made)
}

/// What schedules and their instances have in common.
fn common(call: &Call, schedule: &Schedule, scope: &AzureScope, view: View) -> Value {
    json!({
        "scope": scope.path,
        "roleDefinitionId": role_id(call, scope, schedule.role),
        "principalId": schedule.principal,
        "principalType": principal_type(call, schedule.principal),
        "status": Status::Provisioned.name(),
        "startDateTime": (!schedule.is_original()).then(|| stamp(schedule.effective)),
        "endDateTime": schedule.end.map(stamp),
        "memberType": member_type(call, schedule, scope, view),
        "createdOn": schedule.created.map(stamp),
        "condition": schedule.condition,
        "conditionVersion": schedule.condition.as_ref().map(|_| "2.0"),
        "expandedProperties": expanded(call, scope, schedule.role, schedule.principal),
    })
}

/// The name of a schedule's present occurrence.
pub fn instance_name(schedule: &Schedule) -> String {
    match schedule.assignment_type {
        // Recorded: an activation's instance has the schedule's own name.
        AssignmentType::Activated => schedule.id.clone(),
        AssignmentType::Assigned => derived(&["azure instance", &schedule.id]).to_string(),
    }
}

/// The eligibility that an activation uses, as a member of its row.
fn linked(call: &Call, schedule: &Schedule, kind: &str) -> Option<String> {
    let using = schedule.activated_using.clone()?;
    call.pim_schedule(Side::Eligibility, &using).and_then(|(eligibility, name)| {
        let scope = scope_of(call, eligibility)?;
        Some(id(scope, kind, if kind.ends_with("Instances") { &name } else { &using }))
    })
}

/// A row of `role…ScheduleInstances`.
pub fn instance(call: &Call, side: Side, schedule: &Schedule, scope: &AzureScope, view: View) -> Value {
    let name = instance_name(schedule);
    let mut properties = common(call, schedule, scope, view);
    match side {
        Side::Eligibility => {
            properties["roleEligibilityScheduleId"] = json!(id(scope, "roleEligibilitySchedules", &schedule.id));
            wrap(scope, "roleEligibilityScheduleInstances", &name, &properties)
        }
        Side::Assignment => {
            properties["assignmentType"] = json!(format!("{:?}", schedule.assignment_type));
            properties["roleAssignmentScheduleId"] = json!(id(scope, "roleAssignmentSchedules", &schedule.id));
            properties["originRoleAssignmentId"] = json!(id(scope, "roleAssignments", &name));
            properties["linkedRoleEligibilityScheduleId"] = json!(linked(call, schedule, "roleEligibilitySchedules"));
            properties["linkedRoleEligibilityScheduleInstanceId"] =
                json!(linked(call, schedule, "roleEligibilityScheduleInstances"));
            wrap(scope, "roleAssignmentScheduleInstances", &name, &properties)
        }
    }
}

/// The row of an activation that was ended a short while ago: as if it had been assigned for ever (recorded).
pub fn ghost(call: &Call, schedule: &Schedule, scope: &AzureScope, view: View) -> Value {
    let assigned =
        Schedule { assignment_type: AssignmentType::Assigned, end: None, activated_using: None, ..schedule.clone() };
    instance(call, Side::Assignment, &assigned, scope, view)
}

/// A row of `role…Schedules`.
pub fn schedule(
    call: &Call,
    side: Side,
    schedule: &Schedule,
    scope: &AzureScope,
    view: View,
    now: DateTime<Utc>,
) -> Value {
    let mut properties = common(call, schedule, scope, view);
    properties["startDateTime"] = json!(stamp(schedule.start));
    properties["updatedOn"] = json!(schedule.modified.or(schedule.created).map(stamp));
    if schedule.effective > now {
        properties["status"] = json!(Status::Granted.name());
    }
    let request = schedule.created_using.map(|request| request.to_string());
    let (kind, link, requests) = match side {
        Side::Eligibility => {
            ("roleEligibilitySchedules", "roleEligibilityScheduleRequestId", "roleEligibilityScheduleRequests")
        }
        Side::Assignment => {
            properties["assignmentType"] = json!(format!("{:?}", schedule.assignment_type));
            properties["linkedRoleEligibilityScheduleId"] = json!(linked(call, schedule, "roleEligibilitySchedules"));
            ("roleAssignmentSchedules", "roleAssignmentScheduleRequestId", "roleAssignmentScheduleRequests")
        }
    };
    properties[link] = json!(request.map(|request| id(scope, requests, &request)));
    wrap(scope, kind, &schedule.id, &properties)
}

/// A row of `role…ScheduleRequests`, also the echo of a PUT.
pub fn request(call: &Call, request: &Request, scope: &AzureScope, linked: Option<&str>) -> Value {
    let name = request.id.to_string();
    let (kind, target, targets) = match request.side {
        Side::Eligibility => {
            ("roleEligibilityScheduleRequests", "targetRoleEligibilityScheduleId", "roleEligibilitySchedules")
        }
        Side::Assignment => {
            ("roleAssignmentScheduleRequests", "targetRoleAssignmentScheduleId", "roleAssignmentSchedules")
        }
    };
    let info = request.schedule.as_ref().map(|info| {
        let (kind, end, duration) = match &info.expiration {
            Expiration::NotSpecified => (None, None, None),
            Expiration::NoExpiration => (Some("NoExpiration"), None, None),
            Expiration::AfterDateTime(end) => (Some("AfterDateTime"), Some(echo(*end)), None),
            Expiration::AfterDuration(duration) => (Some("AfterDuration"), None, Some(duration.to_string())),
        };
        json!({
            "startDateTime": info.start.or_else(|| request.approval_deadline.is_none().then_some(request.created)).map(echo),
            "expiration": { "type": kind, "endDateTime": end, "duration": duration },
        })
    });
    let action = crate::graph::capital(request.action.name());
    let mut properties = json!({
        "scope": scope.path,
        "roleDefinitionId": role_id(call, scope, request.role),
        "principalId": request.principal,
        "principalType": principal_type(call, request.principal),
        "requestType": action,
        "status": request.status.name(),
        "approvalId": request.approval_deadline.map(|_| super::approvals::approval_id(request.id)),
        "linkedRoleEligibilityScheduleId": linked,
        "scheduleInfo": info,
        "ticketInfo": { "ticketNumber": request.ticket.number, "ticketSystem": request.ticket.system },
        "justification": request.justification,
        "requestorId": request.created_by,
        "createdOn": stamp(request.created),
        "condition": request.condition,
        "conditionVersion": request.condition.as_ref().map(|_| "2.0"),
        "expandedProperties": expanded(call, scope, request.role, request.principal),
    });
    properties[target] = json!(request.target_schedule.as_ref().map(|target| id(scope, targets, target)));
    wrap(scope, kind, &name, &properties)
}
