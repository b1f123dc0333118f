//! `roleManagement/directory/roleAssignments`: who holds which role now, people and groups alike.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::Call;
use super::list::{self, Shape};
use super::{rows, scopes};
use crate::pim::{Refusal, Side};
use crate::scenario::{Kind, Scope, derived};

/// Answer a call for the collection. Members may read it as they may read the portal's page; guests may not.
pub fn answer(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::ROLE_ASSIGNMENTS)?;
    if call.method != Method::GET {
        return Err(Failure::method_not_allowed());
    }
    if let [.., last] = rest {
        return Err(Failure::no_segment(last));
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
        held.map(|held| {
            rows::row(json!({
                "id": derived(&["role assignment", &held.id]),
                "principalId": held.principal,
                "directoryScopeId": held.scope.to_string(),
                "roleDefinitionId": held.role,
            }))
        })
        .collect::<Vec<_>>()
    });
    let shape = Shape {
        context: "roleManagement/directory/roleAssignments".to_owned(),
        type_name: "unifiedRoleAssignment".into(),
        navigation: vec!["roleDefinition", "principal", "directoryScope", "appScope"],
        expand: Box::new(|row, expand| {
            let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
            let id = |name: &str| text(name).parse::<Uuid>().ok();
            Ok(match expand.name.as_str() {
                "roleDefinition" => id("roleDefinitionId")
                    .and_then(|id| scenario.directory_role(id))
                    .map_or(Value::Null, |role| Value::Object(rows::definition(role))),
                "principal" => id("principalId").map_or(Value::Null, |id| rows::principal_object(call, id)),
                "directoryScope" => Scope::try_from(text("directoryScopeId").to_owned())
                    .map_or(Value::Null, |scope| rows::scope_object(call, scope)),
                _ => Value::Null,
            })
        }),
    };
    list::collection(call, found, &shape)
}
