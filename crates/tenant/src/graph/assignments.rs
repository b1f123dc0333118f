//! `roleManagement/directory/roleAssignments`: who holds which role now, people and groups alike.

use axum::http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::Call;
use super::list::{self, Row, Shape};
use super::{rows, scopes};
use crate::pim::{Refusal, Schedule, Side};
use crate::scenario::{Kind, Scope};

/// Answer a call for the collection. Members may read it as they may read the portal's page; guests may not.
pub fn answer(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    let needed = if call.method == Method::GET { scopes::ROLE_ASSIGNMENTS } else { scopes::WRITE_ROLE_ASSIGNMENTS };
    scopes::demand_plain(&call.caller.scopes, needed)?;
    match (&call.method, rest) {
        (&Method::GET, _) => {}
        (&Method::POST, []) => return assign(call),
        (&Method::DELETE, [id]) => return unassign(call, id),
        _ => return Err(Failure::method_not_allowed()),
    }
    // Recorded by many clients: one at a time.
    if call.query.expand.len() > 1 {
        return Err(Failure::bad_request("Only one property can be expanded in a single query."));
    }
    let scenario = call.scenario();
    let guest = scenario.user(call.caller.oid).is_some_and(|user| user.home.is_some());
    let reads = !guest && scenario.switches.members_read_roles;
    if !reads && !call.pim(|state, now| state.reads_everything(scenario, call.caller.oid, now)) {
        return Err(Refusal::Forbidden.into());
    }
    let found = call.pim(|state, now| {
        let held = state.instances(scenario, Side::Assignment, now);
        let held = held.filter(|held| held.scope.kind() == Kind::Directory);
        held.map(assignment).collect::<Vec<_>>()
    });
    let shape = Shape {
        context: "roleManagement/directory/roleAssignments".to_owned(),
        type_name: "unifiedRoleAssignment".into(),
        navigation: NAVIGATION.to_vec(),
        hidden: &[],
        mixed: false,
        expand: Box::new(|row, expand| Ok(navigate(call, row, &expand.name))),
    };
    let one = |id: &str| {
        // These ids are base64, so case matters.
        let found = found.iter().find(|row| row.get("id").and_then(Value::as_str) == Some(id));
        found.cloned().ok_or_else(|| Failure::not_found(id))
    };
    match rest {
        [] => list::collection(call, found, &shape),
        [id] => list::entity(call, one(id)?, &shape).map(Answer::ok),
        [id, name] => {
            let known = NAVIGATION.into_iter().find(|known| known.eq_ignore_ascii_case(name));
            let name = known.ok_or_else(|| Failure::no_segment(name))?;
            let leads_to =
                if name == "roleDefinition" { "roleManagement/directory/roleDefinitions" } else { "directoryObjects" };
            list::related(call, navigate(call, &one(id)?, name), leads_to.to_owned())
        }
        [.., last] => Err(Failure::no_segment(last)),
    }
}

const NAVIGATION: [&str; 4] = ["roleDefinition", "principal", "directoryScope", "appScope"];

/// The value of a navigation property.
fn navigate(call: &Call, row: &Row, name: &str) -> Value {
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
    let id = |name: &str| text(name).parse::<Uuid>().ok();
    match name {
        "roleDefinition" => id("roleDefinitionId")
            .and_then(|id| call.scenario().directory_role(id))
            .map_or(Value::Null, |role| Value::Object(rows::definition(role))),
        "principal" => id("principalId").map_or(Value::Null, |id| rows::principal_object(call, id)),
        "directoryScope" => Scope::try_from(text("directoryScopeId").to_owned())
            .map_or(Value::Null, |scope| rows::scope_object(call, scope)),
        _ => Value::Null,
    }
}

fn assignment(held: &Schedule) -> Row {
    rows::row(json!({
        // What instances call `roleAssignmentOriginId`.
        "id": rows::instance_id(Side::Assignment, held),
        "principalId": held.principal,
        "directoryScopeId": held.scope.to_string(),
        "roleDefinitionId": held.role,
    }))
}

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "principalId")]
    principal: Uuid,
    #[serde(rename = "roleDefinitionId")]
    role: Uuid,
    #[serde(rename = "directoryScopeId")]
    scope: String,
}

/// A role given here is given outside of PIM.
fn assign(call: &Call) -> Result<Answer, Failure> {
    let Body { principal: principal_id, role: role_definition_id, scope: directory_scope_id } = call.json()?;
    let scope = Scope::try_from(directory_scope_id).map_err(|_| Failure::bad_request("Invalid directoryScopeId."))?;
    let (scenario, user) = (call.scenario(), call.caller.oid);
    let made =
        call.pim(|state, now| state.assign_outside(scenario, user, (principal_id, role_definition_id, scope), now));
    let made = made.map_err(|refusal| match refusal {
        Refusal::Exists => Failure::new(
            StatusCode::BAD_REQUEST,
            "Request_BadRequest",
            "A conflicting object with one or more of the specified property values is present in the directory.",
        ),
        other => other.into(),
    })?;
    let shape = Shape::plain("roleManagement/directory/roleAssignments", "unifiedRoleAssignment");
    list::entity(call, assignment(&made), &shape).map(Answer::created)
}

fn unassign(call: &Call, id: &str) -> Result<Answer, Failure> {
    let (actor, request) = (call.actor(), call.app.guid());
    call.pim(|state, now| {
        let held = {
            let mut held = state.instances(call.scenario(), Side::Assignment, now);
            // These ids are base64, so case matters.
            let wanted = |held: &&Schedule| rows::instance_id(Side::Assignment, held) == id;
            held.find(|held| held.scope.kind() == Kind::Directory && wanted(held)).cloned()
        };
        let held = held.ok_or_else(|| Failure::not_found(id))?;
        state.unassign_outside(call.scenario(), &actor, request, &held, now)?;
        Ok(Answer::no_content())
    })
}
