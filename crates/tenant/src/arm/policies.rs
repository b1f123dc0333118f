//! `roleManagementPolicies` and `roleManagementPolicyAssignments`: one policy for every role at every scope.

use axum::http::Method;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::answer::{Answer, Failure, lean};
use super::call::{Call, Place};
use super::filter::Filter;
use super::rows;
use crate::graph::rules;
use crate::pim::Refusal;
use crate::scenario::{AzureScope, Policy, RoleDefinition, Scenario, Scope, derived};

/// Answer a call for policies at a scope, or for their assignments to roles.
pub fn answer(call: &Call, place: Place, assignments: bool, rest: &[&str]) -> Result<Answer, Failure> {
    let Place::At(scope) = place else { return call.list(Vec::new()) };
    match (&call.method, assignments, rest) {
        (&Method::GET, ..) => {}
        (&Method::PATCH, false, [name]) => return change(call, scope, name),
        _ => return Err(Failure::method()),
    }
    let user = call.caller.oid;
    let scenario = call.scenario();
    let readable = scenario.switches.azure_policies_readable
        || call.pim(|state, now| state.reads_azure(scenario, user, scope.id, now));
    if !readable {
        let what = if assignments { "roleManagementPolicyAssignments" } else { "roleManagementPolicies" };
        let action = format!("Microsoft.Authorization/{what}/read");
        return Err(Failure::unauthorized(user, &action, &scope.path));
    }
    let filter = Filter::parse(call.option("$filter"))?;
    let roles = scenario.azure.roles.iter().filter(|role| filter.role.is_none_or(|wanted| wanted == role.id));
    let row = |role| if assignments { assignment(call, scope, role) } else { policy(call, scope, role) };
    match rest {
        [] => call.list(roles.map(row).collect()),
        [name] => {
            let found = roles.map(row).find(|row| row["name"].as_str().is_some_and(|is| is.eq_ignore_ascii_case(name)));
            found.map(Answer::ok).ok_or_else(|| Refusal::NotFound((*name).to_owned()).into())
        }
        _ => Err(Failure::no_resource(&call.path)),
    }
}

fn policy_name(scope: &AzureScope, role: &RoleDefinition) -> String {
    derived(&["azure policy", &scope.path, &role.id.to_string()]).to_string()
}

fn rules_of(call: &Call, scope: &AzureScope, role: &RoleDefinition) -> Value {
    let (scenario, at) = (call.scenario(), Scope::Azure(scope.id));
    call.pim(|state, _| {
        let Some(policy) = state.policy(scenario, role.id, at) else { return json!([]) };
        let rules = rules::of(state, scenario, role.id, at);
        rules.into_iter().map(|rule| in_arms_words(scenario, policy, rule)).collect()
    })
}

/// `PATCH …/roleManagementPolicies/{name}` with the rules that are to be different, whole or in part.
fn change(call: &Call, scope: &AzureScope, name: &str) -> Result<Answer, Failure> {
    let scenario = call.scenario();
    let roles = &scenario.azure.roles;
    let role = roles.iter().find(|role| policy_name(scope, role).eq_ignore_ascii_case(name));
    let role = role.ok_or_else(|| Failure::from(Refusal::NotFound(name.to_owned())))?;
    let body: Value = serde_json::from_slice(call.body).map_err(Failure::content)?;
    let patches = body["properties"]["rules"].as_array().ok_or_else(|| Failure::content("properties.rules"))?;
    let (user, at) = (call.caller.oid, Scope::Azure(scope.id));
    call.pim(|state, now| {
        let known = rules::of(state, scenario, role.id, at);
        let changed = patches.iter().map(|patch| in_graphs_words(&known, patch).ok_or(Refusal::InvalidPolicy));
        let changed = changed.collect::<Result<Vec<Value>, Refusal>>()?;
        state.change_policy(scenario, user, (role.id, at), changed, now)
    })
    .map_err(|refusal| match refusal {
        Refusal::Forbidden => {
            Failure::unauthorized(user, "Microsoft.Authorization/roleManagementPolicies/write", &scope.path)
        }
        other => other.into(),
    })?;
    Ok(Answer::ok(policy(call, scope, role)))
}

/// A rule as ARM has it, on top of what is known of it, as Graph has it.
fn in_graphs_words(known: &[Value], patch: &Value) -> Option<Value> {
    let before = known.iter().find(|rule| rule["id"].is_string() && rule["id"] == patch["id"])?;
    let mut patch = patch.as_object()?.clone();
    let kind = patch.remove("ruleType")?;
    patch.insert("@odata.type".to_owned(), json!(format!("#microsoft.graph.unified{}", kind.as_str()?)));
    // Whom a rule is for is not changed here, and differs in form only.
    patch.remove("target");
    if patch.get("claimValue").is_some_and(|value| value == "") {
        patch.insert("claimValue".to_owned(), Value::Null);
    }
    rules::patched(before, &Value::Object(patch))
}

/// A rule as Graph writes it, as ARM does.
fn in_arms_words(scenario: &Scenario, policy: &Policy, mut rule: Value) -> Value {
    let kind = rule["@odata.type"].as_str().unwrap_or_default();
    let kind = kind.trim_start_matches("#microsoft.graph.unified").to_owned();
    if let Some(members) = rule.as_object_mut() {
        members.remove("@odata.type");
    }
    rule["target"]["operations"] = json!(["All"]);
    for member in ["targetObjects", "inheritableSettings", "enforcedSettings"] {
        rule["target"][member] = Value::Null;
    }
    if kind.ends_with("AuthenticationContextRule") && rule["claimValue"].is_null() {
        rule["claimValue"] = json!("");
    }
    if kind.ends_with("ApprovalRule") {
        let approvers = policy.approvers.iter().map(|approver| approver_row(scenario, *approver));
        if rule["setting"]["approvalStages"][0].is_object() {
            rule["setting"]["approvalStages"][0]["primaryApprovers"] = approvers.collect();
        }
    }
    rule["ruleType"] = json!(kind);
    rule
}

fn approver_row(scenario: &Scenario, approver: crate::scenario::Approver) -> Value {
    use crate::scenario::Approver;
    let (id, kind, name) = match approver {
        Approver::User(id) => (id, "User", scenario.user(id).map(|user| &user.display_name)),
        Approver::Group(id) => (id, "Group", scenario.group(id).map(|group| &group.display_name)),
    };
    json!({ "id": id, "description": name, "isBackup": false, "userType": kind })
}

fn policy(call: &Call, scope: &AzureScope, role: &RoleDefinition) -> Value {
    let name = policy_name(scope, role);
    let rules = rules_of(call, scope, role);
    let modified = modified(call, scope, role);
    lean(json!({
        "properties": {
            "scope": scope.path, "displayName": null, "description": null, "isOrganizationDefault": false,
            "lastModifiedDateTime": modified.as_ref().map(|(at, _)| rows::stamp(*at)),
            "lastModifiedBy": modified.as_ref().map(|(_, by)| by), "rules": rules, "effectiveRules": rules,
            "policyProperties": { "scope": scope_row(scope) },
        },
        "id": rows::id(scope, "roleManagementPolicies", &name),
        "name": name,
        "type": "Microsoft.Authorization/roleManagementPolicies",
    }))
}

fn assignment(call: &Call, scope: &AzureScope, role: &RoleDefinition) -> Value {
    let policy = policy_name(scope, role);
    let policy_id = rows::id(scope, "roleManagementPolicies", &policy);
    let name = format!("{policy}_{}", role.id);
    let kind = if role.built_in { "BuiltInRole" } else { "CustomRole" };
    let role_id = rows::role_id(call, scope, role.id);
    let modified = modified(call, scope, role);
    lean(json!({
        "properties": {
            "scope": scope.path,
            "roleDefinitionId": role_id,
            "policyId": policy_id,
            "effectiveRules": rules_of(call, scope, role),
            "policyAssignmentProperties": {
                "scope": scope_row(scope),
                "roleDefinition": { "id": role_id, "displayName": role.display_name, "type": kind },
                "policy": {
                    "id": policy_id, "lastModifiedBy": modified.as_ref().map(|(_, by)| by),
                    "lastModifiedDateTime": modified.as_ref().map(|(at, _)| rows::stamp(*at)),
                },
            },
        },
        "id": rows::id(scope, "roleManagementPolicyAssignments", &name),
        "name": name,
        "type": "Microsoft.Authorization/RoleManagementPolicyAssignment",
    }))
}

/// When the policy was changed, and by whom.
fn modified(call: &Call, scope: &AzureScope, role: &RoleDefinition) -> Option<(DateTime<Utc>, Value)> {
    let scenario = call.scenario();
    let changed = call
        .pim(|state, _| state.changed_policy(role.id, Scope::Azure(scope.id)).map(|changed| (changed.at, changed.by)));
    changed.map(|(at, by)| {
        let user = scenario.user(by);
        let name = user.map(|user| &user.display_name);
        let mail = user.map(|user| &user.user_principal_name);
        (at, json!({ "id": by, "displayName": name, "type": "User", "email": mail }))
    })
}

fn scope_row(scope: &AzureScope) -> Value {
    json!({ "id": scope.path, "displayName": scope.display_name, "type": rows::scope_type(scope) })
}
