//! The rows of the role collections: the engine's nouns as Graph's entities.

use serde_json::{Value, json};
use uuid::Uuid;

use super::call::{Call, capital};
use super::list::Row;
use super::stamp::NEVER;
use crate::pim::{self, AssignmentType, Expiration, Request, Schedule, ScheduleInfo, Side, State, Status};
use crate::scenario::{Access, GroupRows, Kind, RoleDefinition, Scope, User, derived};

/// Turn an object literal into a row.
pub fn row(value: Value) -> Row {
    match value {
        Value::Object(row) => row,
        _ => Row::new(),
    }
}

/// Through whose eyes a schedule is seen: `None` is an administrator's, who sees it as it is.
pub type Viewer = Option<Uuid>;

fn member_type(call: &Call, schedule: &Schedule, viewer: Viewer) -> String {
    let name = if viewer.is_some_and(|user| user != schedule.principal) { "group" } else { "direct" };
    if schedule.scope.kind() == Kind::Group { call.cased(name) } else { capital(name) }
}

fn principal(call: &Call, schedule: &Schedule, viewer: Viewer) -> Uuid {
    match (viewer, call.scenario().switches.group_rows) {
        (Some(user), GroupRows::User) => user,
        _ => schedule.principal,
    }
}

/// The id of a schedule's present occurrence.
pub fn instance_id(side: Side, schedule: &Schedule) -> String {
    if schedule.scope.kind() == Kind::Group {
        let guid = derived(&["instance", &schedule.id]);
        return pim::schedule_id(schedule.scope, schedule.role, guid);
    }
    let id = pim::assignment_id(schedule.role, schedule.principal, schedule.scope);
    match side {
        Side::Eligibility => format!("{id}-e"),
        Side::Assignment => id,
    }
}

/// A `unifiedRoleEligibilityScheduleInstance` or `unifiedRoleAssignmentScheduleInstance`.
pub fn instance(call: &Call, side: Side, schedule: &Schedule, viewer: Viewer) -> Row {
    let stamps = call.stamps();
    let id = instance_id(side, schedule);
    // What is older than PIM and permanent has no start.
    let start = (!schedule.is_original()).then(|| stamps.coarse(schedule.effective));
    let mut instance = row(json!({
        "id": id,
        "principalId": principal(call, schedule, viewer),
        "startDateTime": start,
        "endDateTime": schedule.end.map(|end| stamps.coarse(end)),
        "memberType": member_type(call, schedule, viewer),
    }));
    place(&mut instance, schedule.role, schedule.scope);
    if schedule.scope.kind() == Kind::Group {
        let (link, id) = match side {
            Side::Eligibility => ("eligibilityScheduleId", &schedule.id),
            Side::Assignment => {
                instance.insert("assignmentType".to_owned(), json!(assignment_type(call, schedule)));
                ("assignmentScheduleId", &schedule.id)
            }
        };
        instance.insert(link.to_owned(), json!(id));
        return instance;
    }
    match side {
        Side::Eligibility => {
            instance.insert("roleEligibilityScheduleId".to_owned(), json!(schedule.id));
        }
        Side::Assignment => {
            instance.insert("assignmentType".to_owned(), json!(assignment_type(call, schedule)));
            instance.insert("roleAssignmentOriginId".to_owned(), json!(id));
            instance.insert("roleAssignmentScheduleId".to_owned(), json!(schedule.id));
        }
    }
    instance
}

/// Which role, and where; or which group, and whether as member or owner.
fn place(row: &mut Row, role: Uuid, scope: Scope) {
    let mut set = |name: &str, value: Value| row.insert(name.to_owned(), value);
    if let Scope::Group(group) = scope {
        set("groupId", json!(group));
        set("accessId", json!(Access::of(role).map(Access::name)));
    } else {
        let (directory, application) = match scope {
            Scope::Application(id) => (Value::Null, json!(format!("/{id}"))),
            scope => (json!(scope), Value::Null),
        };
        set("roleDefinitionId", json!(role));
        set("directoryScopeId", directory);
        set("appScopeId", application);
    }
}

fn assignment_type(call: &Call, schedule: &Schedule) -> String {
    let name = match schedule.assignment_type {
        AssignmentType::Assigned => "assigned",
        AssignmentType::Activated => "activated",
    };
    match schedule.scope.kind() {
        // Recorded in lower case for groups, and with a capital for roles.
        Kind::Group => call.cased(name),
        Kind::Directory | Kind::Azure => capital(name),
    }
}

/// A `unifiedRoleEligibilitySchedule` or `unifiedRoleAssignmentSchedule`.
pub fn schedule(
    call: &Call,
    side: Side,
    schedule: &Schedule,
    viewer: Viewer,
    now: chrono::DateTime<chrono::Utc>,
) -> Row {
    let stamps = call.stamps();
    let status = if schedule.effective <= now {
        Status::Provisioned
    } else if schedule.start <= now {
        Status::PendingProvisioning
    } else {
        Status::Granted
    };
    let never = (side == Side::Eligibility).then(|| json!(NEVER));
    let info = ScheduleInfo { start: Some(schedule.start), expiration: schedule.expiration.clone() };
    let mut made = row(json!({
        "id": schedule.id,
        "principalId": principal(call, schedule, viewer),
        "createdUsing": schedule.created_using,
        "createdDateTime": schedule.created.map(|created| stamps.coarse(created)),
        "modifiedDateTime": schedule.modified.map(|modified| stamps.coarse(modified)).or(never),
        "status": status.name(),
        "memberType": member_type(call, schedule, viewer),
        "scheduleInfo": schedule_info(call, &info),
    }));
    place(&mut made, schedule.role, schedule.scope);
    if side == Side::Assignment {
        made.insert("assignmentType".to_owned(), json!(assignment_type(call, schedule)));
    }
    made
}

/// A `requestSchedule`.
fn schedule_info(call: &Call, info: &ScheduleInfo) -> Value {
    let stamps = call.stamps();
    let (kind, end, duration) = match &info.expiration {
        Expiration::NotSpecified => ("notSpecified", None, None),
        Expiration::NoExpiration => ("noExpiration", None, None),
        Expiration::AfterDateTime(end) => ("afterDateTime", Some(stamps.coarse(*end)), None),
        Expiration::AfterDuration(duration) => ("afterDuration", None, Some(duration.to_string())),
    };
    json!({
        "startDateTime": info.start.map(|start| stamps.fine(start)),
        "recurrence": null,
        "expiration": { "type": call.cased(kind), "endDateTime": end, "duration": duration },
    })
}

/// A `unifiedRoleAssignmentScheduleRequest` or `unifiedRoleEligibilityScheduleRequest`. The answer to a POST (`fresh`)
/// has finer time stamps than listings have.
pub fn request(call: &Call, state: &State, request: &Request, fresh: bool) -> Row {
    let stamps = call.stamps();
    let created = if fresh { stamps.fine(request.created) } else { stamps.coarse(request.created) };
    let completed = request.completed.map(|at| if fresh { stamps.fine(at) } else { stamps.whole(at) });
    // Once there is a schedule, the request shows its start instead of the one that was asked for.
    let schedule = request.target_schedule.as_ref().and_then(|id| state.schedule(request.side, id));
    let info = request.schedule.clone().map(|mut info| {
        info.start = schedule.map(|schedule| schedule.start).or(info.start);
        schedule_info(call, &info)
    });
    let mut made = row(json!({
        "id": request.id,
        "status": request.status.name(),
        "createdDateTime": created,
        "completedDateTime": completed,
        "approvalId": request.approval_deadline.map(|_| request.id),
        "customData": null,
        "action": call.cased(request.action.name()),
        "principalId": request.principal,
        "isValidationOnly": request.validation_only,
        "targetScheduleId": request.target_schedule,
        "justification": request.justification,
        "createdBy": {
            "application": null,
            "device": null,
            "user": { "displayName": null, "id": request.created_by },
        },
        "scheduleInfo": info,
        "ticketInfo": { "ticketNumber": request.ticket.number, "ticketSystem": request.ticket.system },
    }));
    place(&mut made, request.role, request.scope);
    made
}

/// A `unifiedRoleDefinition`.
pub fn definition(role: &RoleDefinition) -> Row {
    let version = role.built_in.then_some("1");
    row(json!({
        "id": role.id,
        "description": role.description,
        "displayName": role.display_name,
        "isBuiltIn": role.built_in,
        "isEnabled": true,
        "resourceScopes": ["/"],
        "templateId": role.id,
        "version": version,
        "rolePermissions": [{ "allowedResourceActions": role.actions, "condition": null }],
    }))
}

/// A `user` as `GET /me` gives it.
pub fn user(user: &User) -> Row {
    let text = |text: &String| (!text.is_empty()).then(|| text.clone());
    row(json!({
        "businessPhones": [],
        "displayName": user.display_name,
        "givenName": user.given_name,
        "jobTitle": text(&user.job_title),
        "mail": user.user_principal_name,
        "mobilePhone": null,
        "officeLocation": user.office_location,
        "preferredLanguage": null,
        "surname": user.surname,
        "userPrincipalName": user.user_principal_name,
        "id": user.id,
    }))
}

/// A `directoryObject`: the user, group or application with this id.
pub fn principal_object(call: &Call, id: Uuid) -> Value {
    if let Some(found) = call.scenario().user(id) {
        let mut object = user(found);
        object.insert("@odata.type".to_owned(), json!("#microsoft.graph.user"));
        return Value::Object(object);
    }
    if let Some(known) = call.scenario().service_principal(id) {
        return json!({
            "@odata.type": "#microsoft.graph.servicePrincipal",
            "id": known.id,
            "appId": known.app_id,
            "displayName": known.display_name,
            "servicePrincipalType": "Application",
            "accountEnabled": true,
        });
    }
    call.scenario().group(id).map_or(Value::Null, |group| {
        json!({
            "@odata.type": "#microsoft.graph.group",
            "id": group.id,
            "displayName": group.display_name,
            "description": group.description,
            "groupTypes": [],
            "isAssignableToRole": group.role_assignable,
            "mail": null,
            "mailEnabled": false,
            "securityEnabled": true,
        })
    })
}

/// A `directoryObject`: what a scope stands for. The whole directory stands for nothing.
pub fn scope_object(call: &Call, scope: Scope) -> Value {
    match scope {
        Scope::Directory | Scope::Application(_) | Scope::Group(_) | Scope::Azure(_) => Value::Null,
        Scope::AdministrativeUnit(id) => call.scenario().administrative_unit(id).map_or(Value::Null, |unit| {
            json!({
                "@odata.type": "#microsoft.graph.administrativeUnit",
                "id": unit.id,
                "displayName": unit.display_name,
                "description": unit.description,
                "visibility": null,
            })
        }),
        Scope::Object(id) => json!({ "@odata.type": "#microsoft.graph.directoryObject", "id": id }),
    }
}

/// An `appScope`.
pub fn application_scope(call: &Call, id: Uuid) -> Value {
    let found = call.scenario().application_scopes.iter().find(|scope| scope.id == id);
    found.map_or(
        Value::Null,
        |scope| json!({ "id": format!("/{id}"), "displayName": scope.display_name, "type": scope.kind }),
    )
}
