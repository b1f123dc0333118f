//! `roleAssignments`, api-version 2022-04-01: who holds which role at a scope, above it and below it, whichever way it came.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure, lean};
use super::call::{Call, Place};
use super::filter::Filter;
use super::lists::concerns;
use super::rows::{self, stamp};
use crate::pim::{Refusal, Schedule, Side};
use crate::scenario::{AzureScope, Kind};

/// Answer a call for the list at a scope, or for one assignment by its name. Reading takes a role there.
pub fn answer(call: &Call, place: Place, rest: &[&str]) -> Result<Answer, Failure> {
    if call.method != Method::GET {
        return Err(Failure::method());
    }
    let (scenario, user) = (call.scenario(), call.caller.oid);
    let at = match place {
        Place::At(scope) => Some(scope),
        Place::Root => None,
    };
    let reads = call.pim(|state, now| {
        if let Some(scope) = at {
            return state.reads_azure(scenario, user, scope.id, now);
        }
        let mut roots = scenario.azure.scopes.iter().filter(|scope| scope.parent.is_none());
        roots.any(|root| state.reads_azure(scenario, user, root.id, now))
    });
    if !reads {
        let path = at.map_or("/", |scope| scope.path.as_str());
        return Err(Failure::unauthorized(user, "Microsoft.Authorization/roleAssignments/read", path));
    }
    let filter = Filter::parse(call.option("$filter"))?;
    let held: Vec<Schedule> = call.pim(|state, now| {
        let held = state.instances(scenario, Side::Assignment, now).filter(|held| {
            held.scope.kind() == Kind::Azure
                && (!filter.as_target || state.covers(scenario, held.principal, user, now))
                && filter.assigned_to.is_none_or(|other| state.covers(scenario, held.principal, other, now))
                && filter.principal.is_none_or(|wanted| wanted == held.principal)
                && filter.role.is_none_or(|wanted| wanted == held.role)
        });
        held.cloned().collect()
    });
    let of = |held: &Schedule| rows::scope_of(call, held.scope).map(|scope| row(call, held, scope));
    match rest {
        [] => {
            let at = at.map(|scope| scope.id);
            let here = |held: &&Schedule| {
                rows::scope_of(call, held.scope).is_some_and(|scope| concerns(call, scope, at, filter.at_scope))
            };
            call.list(held.iter().filter(here).filter_map(of).collect())
        }
        [name] => {
            let mut here = held.iter().filter(|held| {
                let scope = rows::scope_of(call, held.scope);
                scope.map(|scope| scope.id) == at.map(|scope| scope.id)
            });
            let found = here.find(|held| rows::instance_name(held).eq_ignore_ascii_case(name)).and_then(of);
            found.map(Answer::ok).ok_or_else(|| {
                let text = format!("The role assignment '{name}' is not found.");
                Failure::missing("RoleAssignmentNotFound", text)
            })
        }
        _ => Err(Refusal::NotFound(call.path.clone()).into()),
    }
}

fn row(call: &Call, held: &Schedule, scope: &AzureScope) -> Value {
    let name = rows::instance_name(held);
    let by: Option<Uuid> = held.created.and(Some(held.principal));
    lean(json!({
        "properties": {
            "roleDefinitionId": rows::role_id(call, scope, held.role),
            "principalId": held.principal,
            "principalType": rows::principal_type(call, held.principal),
            "scope": scope.path,
            "condition": held.condition,
            "conditionVersion": held.condition.as_ref().map(|_| "2.0"),
            "createdOn": held.created.map(stamp),
            "updatedOn": held.modified.or(held.created).map(stamp),
            "createdBy": by,
            "updatedBy": by,
        },
        "id": rows::id(scope, "roleAssignments", &name),
        "type": "Microsoft.Authorization/roleAssignments",
        "name": name,
    }))
}
