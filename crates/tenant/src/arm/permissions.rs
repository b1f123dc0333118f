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

/// The roles that there are at a scope, or one of them. Reading those takes a role there
/// (`Microsoft.Authorization/roleDefinitions/read`); at the root Microsoft's own are no secret.
pub fn definitions(call: &Call, place: Place, rest: &[&str]) -> Result<Answer, Failure> {
    if call.method != Method::GET {
        return Err(Failure::method());
    }
    let (scenario, user) = (call.scenario(), call.caller.oid);
    let known = |role: &RoleDefinition| match place {
        Place::Root => role.built_in,
        Place::At(scope) => call.pim(|state, now| state.reads_azure(scenario, user, scope.id, now)),
    };
    let path = match place {
        Place::Root => "/",
        Place::At(scope) => scope.path.as_str(),
    };
    let refused = || Failure::unauthorized(user, "Microsoft.Authorization/roleDefinitions/read", path);
    match rest {
        [] => {
            let filter = Wanted::parse(call.option("$filter"))?;
            let mut roles = scenario.azure.roles.iter().filter(|role| filter.matches(role)).peekable();
            if let Place::At(_) = place
                && roles.peek().is_some_and(|role| !known(role))
            {
                return Err(refused());
            }
            call.list(roles.filter(|role| known(role)).map(|role| definition(call, place, role)).collect())
        }
        [name] => {
            let role = name.parse().ok().and_then(|id| scenario.azure.role(id));
            let role = role.ok_or_else(|| {
                Failure::missing(
                    "RoleDefinitionDoesNotExist",
                    format!("The specified role definition with ID '{name}' does not exist."),
                )
            })?;
            if known(role) { Ok(Answer::ok(definition(call, place, role))) } else { Err(refused()) }
        }
        _ => Err(Failure::no_resource(&call.path)),
    }
}

/// `$filter` of the roles: `type eq 'BuiltInRole'`, `roleName eq '…'`, `atScopeAndBelow()`.
#[derive(Default)]
struct Wanted {
    built_in: Option<bool>,
    name: Option<String>,
}

impl Wanted {
    fn parse(text: Option<&str>) -> Result<Self, Failure> {
        let mut wanted = Self::default();
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(wanted) };
        let wrong = || Failure::bad("InvalidFilter", format!("The filter '{text}' is not valid."));
        for term in text.split(" and ") {
            let term = term.trim();
            if ["atScope()", "atScopeAndBelow()"].iter().any(|function| term.eq_ignore_ascii_case(function)) {
                continue;
            }
            let (name, value) = term.split_once(" eq ").ok_or_else(wrong)?;
            let value = value.trim().trim_matches('\'');
            match name.trim().to_ascii_lowercase().as_str() {
                "type" => wanted.built_in = Some(value.eq_ignore_ascii_case("BuiltInRole")),
                "rolename" => wanted.name = Some(value.to_lowercase()),
                _ => return Err(wrong()),
            }
        }
        Ok(wanted)
    }

    fn matches(&self, role: &RoleDefinition) -> bool {
        self.built_in.is_none_or(|wanted| wanted == role.built_in)
            && self.name.as_ref().is_none_or(|wanted| *wanted == role.display_name.to_lowercase())
    }
}

fn definition(call: &Call, place: Place, role: &RoleDefinition) -> Value {
    let id = match place {
        Place::At(scope) => rows::role_id(call, scope, role.id),
        Place::Root => format!("/providers/Microsoft.Authorization/roleDefinitions/{}", role.id),
    };
    json!({
        "id": id, "name": role.id, "type": "Microsoft.Authorization/roleDefinitions",
        "properties": {
            "roleName": role.display_name, "description": role.description,
            "type": if role.built_in { "BuiltInRole" } else { "CustomRole" },
            "assignableScopes": ["/"], "permissions": [permission(role)],
        },
    })
}

fn permission(role: &RoleDefinition) -> Value {
    json!({
        "actions": role.actions, "notActions": role.not_actions,
        "dataActions": role.data_actions, "notDataActions": role.not_data_actions,
    })
}
