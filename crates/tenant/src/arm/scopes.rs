//! What there is: tenants, management groups, subscriptions, resource groups, resources, and what of it one may activate on.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure, lean};
use super::call::{Call, Place};
use super::filter::resource_types;
use super::rows::{resource_type, scope_type};
use crate::pim::Side;
use crate::scenario::{AzureScope, Kind, Level};

/// Whether the caller holds a role at a scope, or anywhere below it.
fn sees(call: &Call, scope: &AzureScope) -> bool {
    let (scenario, user) = (call.scenario(), call.caller.oid);
    call.pim(|state, now| {
        let below = scenario.azure.scopes.iter().filter(|other| scenario.azure.contains(scope.id, other.id));
        let mut all = below.map(|scope| scope.id);
        all.any(|scope| state.reads_azure(scenario, user, scope, now))
    })
}

/// The scopes of one level that the caller sees; those who are only eligible see none (documented).
fn seen<'a>(call: &'a Call, level: Level) -> impl Iterator<Item = &'a AzureScope> {
    let scopes = call.scenario().azure.scopes.iter();
    scopes.filter(move |scope| scope.level == level && sees(call, scope))
}

/// A scope that exists and that the caller sees.
fn visible<'a>(call: &Call<'a>, path: &str, action: &str) -> Result<&'a AzureScope, Failure> {
    let Place::At(scope) = call.place(path)? else { return Err(Failure::no_resource(path)) };
    if sees(call, scope) { Ok(scope) } else { Err(Failure::unauthorized(call.caller.oid, action, &scope.path)) }
}

/// Answer whatever is not about authorization.
pub fn answer(call: &Call) -> Result<Answer, Failure> {
    let lower = call.path.to_ascii_lowercase();
    let segments: Vec<&str> = lower.trim_start_matches('/').split('/').collect();
    if let (&Method::HEAD, ["subscriptions", _, "resourcegroups", _]) = (&call.method, segments.as_slice()) {
        return Ok(exists(call));
    }
    if call.method != Method::GET {
        return Err(Failure::method());
    }
    match segments.as_slice() {
        ["tenants"] => call.list_always_linked(tenants(call)),
        ["subscriptions"] => {
            call.list_always_linked(seen(call, Level::Subscription).map(|scope| subscription(call, scope)).collect())
        }
        ["subscriptions", _] => {
            let found = visible(call, &call.path, "Microsoft.Resources/subscriptions/read")?;
            Ok(Answer::ok(subscription(call, found)))
        }
        ["subscriptions", _, "resourcegroups"] => {
            let within = inside(call, "/resourcegroups")?;
            let groups = seen(call, Level::ResourceGroup).filter(|group| group.parent == Some(within.id));
            call.list(groups.map(resource_group).collect())
        }
        ["subscriptions", _, "resourcegroups", _] => {
            let action = "Microsoft.Resources/subscriptions/resourceGroups/read";
            Ok(Answer::ok(resource_group(visible(call, &call.path, action)?)))
        }
        ["subscriptions", .., "resources"] => {
            let within = inside(call, "/resources")?;
            let resources =
                seen(call, Level::Resource).filter(|resource| call.scenario().azure.contains(within.id, resource.id));
            call.list(resources.map(resource).collect())
        }
        ["providers", "microsoft.management", "managementgroups"] => {
            call.linked(seen(call, Level::ManagementGroup).map(|scope| group(call, scope)).collect(), "@nextLink")
        }
        ["providers", "microsoft.management", "managementgroups", _] => {
            let action = "Microsoft.Management/managementGroups/read";
            Ok(Answer::ok(group_in_full(call, visible(call, &call.path, action)?)))
        }
        ["providers", "microsoft.management", "managementgroups", _, "descendants"] => {
            let above = inside(call, "/descendants")?;
            if !sees(call, above) {
                let action = "Microsoft.Management/managementGroups/descendants/read";
                return Err(Failure::unauthorized(call.caller.oid, action, &above.path));
            }
            let azure = &call.scenario().azure;
            let below = azure.scopes.iter().filter(|scope| {
                scope.id != above.id
                    && azure.contains(above.id, scope.id)
                    && matches!(scope.level, Level::ManagementGroup | Level::Subscription)
            });
            call.list(below.map(|scope| descendant(call, scope)).collect())
        }
        _ => Err(Failure::no_resource(&call.path)),
    }
}

/// Whether there is a resource group: an answer without a body.
fn exists(call: &Call) -> Answer {
    let found = visible(call, &call.path, "Microsoft.Resources/subscriptions/resourceGroups/read");
    let status = found.map_or_else(|failure| failure.status, |_| StatusCode::NO_CONTENT);
    Answer::with(status, None)
}

/// The scope that a list is about: the path without the list's name.
fn inside<'a>(call: &Call<'a>, suffix: &str) -> Result<&'a AzureScope, Failure> {
    let path = &call.path[..call.path.len() - suffix.len()];
    match call.place(path)? {
        Place::At(scope) => Ok(scope),
        Place::Root => Err(Failure::no_resource(&call.path)),
    }
}

/// The tenants that know the account, its own first: the list is the same whichever of them is asked.
fn tenants(call: &Call) -> Vec<Value> {
    let user = call.caller.oid;
    let account = call.scenario().user(user).and_then(|user| user.home).map_or(user, |home| home.id);
    let all = std::iter::once(call.first).chain(&call.first.further);
    let known = all.filter_map(|directory| {
        let home = directory.scenario.user(account).is_some();
        let organization = &directory.scenario.organization;
        (home || directory.scenario.guest(account).is_some()).then(|| {
            json!({
                "id": format!("/tenants/{}", organization.tenant_id),
                "tenantId": organization.tenant_id,
                "countryCode": organization.country,
                "displayName": organization.display_name,
                "domains": [organization.domain],
                "tenantCategory": if home { "Home" } else { "ManagedBy" },
                "defaultDomain": organization.domain,
                "tenantType": "AAD",
            })
        })
    });
    known.collect()
}

fn subscription(call: &Call, scope: &AzureScope) -> Value {
    json!({
        "id": scope.path,
        "subscriptionId": scope.name,
        "tenantId": call.scenario().organization.tenant_id,
        "displayName": scope.display_name,
        "state": "Enabled",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01", "quotaId": "EnterpriseAgreement_2014-09-01",
            "spendingLimit": "Off",
        },
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
    })
}

fn resource_group(scope: &AzureScope) -> Value {
    json!({
        "id": scope.path, "name": scope.name, "type": "Microsoft.Resources/resourceGroups",
        "location": scope.location, "properties": { "provisioningState": "Succeeded" },
    })
}

fn resource(scope: &AzureScope) -> Value {
    json!({ "id": scope.path, "name": scope.name, "type": resource_type(scope), "location": scope.location })
}

fn group(call: &Call, scope: &AzureScope) -> Value {
    json!({
        "id": scope.path, "type": "Microsoft.Management/managementGroups", "name": scope.name,
        "properties": { "tenantId": call.scenario().organization.tenant_id, "displayName": scope.display_name },
    })
}

fn group_in_full(call: &Call, scope: &AzureScope) -> Value {
    let azure = &call.scenario().azure;
    let mut made = group(call, scope);
    let parent = scope
        .parent
        .and_then(|parent| azure.scope(parent))
        .map(|parent| json!({ "id": parent.path, "name": parent.name, "displayName": parent.display_name }));
    made["properties"]["details"] = json!({ "version": 1, "parent": parent });
    if call.option("$expand").is_some_and(|expand| expand.eq_ignore_ascii_case("children")) {
        let children = azure.children(scope.id).map(|child| {
            let kind = match child.level {
                Level::ManagementGroup => "Microsoft.Management/managementGroups",
                _ => "/subscriptions",
            };
            json!({ "id": child.path, "type": kind, "name": child.name, "displayName": child.display_name })
        });
        made["properties"]["children"] = children.collect();
    }
    lean(made)
}

fn descendant(call: &Call, scope: &AzureScope) -> Value {
    let parent = scope.parent.and_then(|parent| call.scenario().azure.scope(parent));
    let kind = match scope.level {
        Level::ManagementGroup => "Microsoft.Management/managementGroups",
        _ => "/subscriptions",
    };
    json!({
        "id": scope.path, "type": kind, "name": scope.name,
        "properties": {
            "displayName": scope.display_name, "parent": parent.map(|parent| json!({ "id": parent.path })),
        },
    })
}

/// `eligibleChildResources`: what is directly below and can be activated on, or has such a thing below it.
pub fn eligible_children(call: &Call, place: Place) -> Result<Answer, Failure> {
    let azure = &call.scenario().azure;
    let user = call.caller.oid;
    let eligible: Vec<Uuid> = call.pim(|state, now| {
        let mine = state.instances(call.scenario(), Side::Eligibility, now).filter(|schedule| {
            schedule.scope.kind() == Kind::Azure && state.covers(call.scenario(), schedule.principal, user, now)
        });
        mine.filter_map(|schedule| match schedule.scope {
            crate::scenario::Scope::Azure(id) => Some(id),
            _ => None,
        })
        .collect()
    });
    let parent = match place {
        Place::Root => None,
        Place::At(scope) => Some(scope.id),
    };
    let types = resource_types(call.option("$filter"));
    let children = azure.scopes.iter().filter(|scope| {
        let reachable = |eligible: &Uuid| azure.contains(*eligible, scope.id) || azure.contains(scope.id, *eligible);
        scope.parent == parent
            && eligible.iter().any(reachable)
            && (types.is_empty() || types.contains(&scope_type(scope).to_ascii_lowercase()))
    });
    let row = |scope: &AzureScope| json!({ "id": scope.path, "name": scope.display_name, "type": scope_type(scope) });
    call.list(children.map(row).collect())
}
