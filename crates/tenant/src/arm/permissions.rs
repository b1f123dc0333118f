//! What one may do at a scope (`permissions`), and what a role allows (`roleDefinitions`), api-version 2022-04-01.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::{Call, Place};
use super::rows;
use crate::pim::Side;
use crate::scenario::{RoleDefinition, Scope};

/// The caller's permissions at a scope: an entry for each role that they hold there. Everybody may ask for their own.
pub fn answer(call: &Call, place: Place) -> Result<Answer, Failure> {
    if call.method != Method::GET {
        return Err(Failure::method());
    }
    let Place::At(scope) = place else { return Err(Failure::no_resource(&call.path)) };
    let (scenario, user) = (call.scenario(), call.caller.oid);
    let lag = scenario.switches.effect_lag.length();
    let roles: Vec<Uuid> = call.pim(|state, now| {
        let held = state.instances(scenario, Side::Assignment, now).filter(|held| {
            let Scope::Azure(at) = held.scope else { return false };
            scenario.azure.contains(at, scope.id)
                && held.is_effective(lag, now)
                && state.covers(scenario, held.principal, user, now)
        });
        held.map(|held| held.role).collect()
    });
    call.list(roles.into_iter().filter_map(|role| scenario.azure.role(role)).map(permission).collect())
}

/// One role's definition. Reading it takes a role there (`Microsoft.Authorization/roleDefinitions/read`).
pub fn definition(call: &Call, place: Place, rest: &[&str]) -> Result<Answer, Failure> {
    let (&Method::GET, [name]) = (&call.method, rest) else { return Err(Failure::no_resource(&call.path)) };
    let role = name.parse().ok().and_then(|id| call.scenario().azure.role(id));
    let role = role.ok_or_else(|| {
        Failure::missing(
            "RoleDefinitionDoesNotExist",
            format!("The specified role definition with ID '{name}' does not exist."),
        )
    })?;
    let (id, path) = match place {
        Place::At(scope) => (rows::role_id(call, scope, role.id), scope.path.as_str()),
        Place::Root => (format!("/providers/Microsoft.Authorization/roleDefinitions/{}", role.id), "/"),
    };
    let reads = match place {
        // Built-in roles are no secret.
        Place::Root => role.built_in,
        Place::At(scope) => call.pim(|state, now| state.reads_azure(call.scenario(), call.caller.oid, scope.id, now)),
    };
    if !reads {
        return Err(Failure::unauthorized(call.caller.oid, "Microsoft.Authorization/roleDefinitions/read", path));
    }
    Ok(Answer::ok(json!({
        "id": id, "name": role.id, "type": "Microsoft.Authorization/roleDefinitions",
        "properties": {
            "roleName": role.display_name, "description": role.description,
            "type": if role.built_in { "BuiltInRole" } else { "CustomRole" },
            "assignableScopes": ["/"], "permissions": [permission(role)],
        },
    })))
}

fn permission(role: &RoleDefinition) -> Value {
    json!({ "actions": role.actions, "notActions": [], "dataActions": [], "notDataActions": [] })
}
