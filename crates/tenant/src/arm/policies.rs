//! `roleManagementPolicies` and `roleManagementPolicyAssignments`: one policy for every role at every scope.

use axum::http::Method;
use serde_json::{Value, json};

use super::answer::{Answer, Failure};
use super::call::{Call, Place};
use super::filter::Filter;
use super::rows;
use crate::graph::rules;
use crate::pim::Refusal;
use crate::scenario::{AzureScope, Policy, RoleDefinition, Scenario, Scope, derived};

/// Answer a call for policies at a scope, or for their assignments to roles.
pub fn answer(call: &Call, place: Place, assignments: bool, rest: &[&str]) -> Result<Answer, Failure> {
    if call.method != Method::GET {
        let action = "Microsoft.Authorization/roleManagementPolicies/write";
        return Err(Failure::unauthorized(call.caller.oid, action, &call.path));
    }
    let Place::At(scope) = place else { return call.list(Vec::new()) };
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

fn name(scope: &AzureScope, role: &RoleDefinition) -> String {
    derived(&["azure policy", &scope.path, &role.id.to_string()]).to_string()
}

fn rules_of(call: &Call, scope: &AzureScope, role: &RoleDefinition) -> Value {
    let scenario = call.scenario();
    let Some(policy) = scenario.policy(role.id, Scope::Azure(scope.id)) else { return json!([]) };
    let rules = rules::all(policy, scenario.switches.unknown_policy_rule);
    rules.into_iter().map(|rule| in_arms_words(scenario, policy, rule)).collect()
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
        rule["setting"]["approvalStages"][0]["primaryApprovers"] = approvers.collect();
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
    let name = name(scope, role);
    let rules = rules_of(call, scope, role);
    json!({
        "properties": {
            "scope": scope.path, "displayName": null, "description": null, "isOrganizationDefault": false,
            "lastModifiedDateTime": null, "lastModifiedBy": null, "rules": rules, "effectiveRules": rules,
            "policyProperties": { "scope": scope_row(scope) },
        },
        "id": rows::id(scope, "roleManagementPolicies", &name),
        "name": name,
        "type": "Microsoft.Authorization/roleManagementPolicies",
    })
}

fn assignment(call: &Call, scope: &AzureScope, role: &RoleDefinition) -> Value {
    let policy = name(scope, role);
    let policy_id = rows::id(scope, "roleManagementPolicies", &policy);
    let name = format!("{policy}_{}", role.id);
    let kind = if role.built_in { "BuiltInRole" } else { "CustomRole" };
    let role_id = rows::role_id(call, scope, role.id);
    json!({
        "properties": {
            "scope": scope.path,
            "roleDefinitionId": role_id,
            "policyId": policy_id,
            "effectiveRules": rules_of(call, scope, role),
            "policyAssignmentProperties": {
                "scope": scope_row(scope),
                "roleDefinition": { "id": role_id, "displayName": role.display_name, "type": kind },
                "policy": { "id": policy_id, "lastModifiedBy": null, "lastModifiedDateTime": null },
            },
        },
        "id": rows::id(scope, "roleManagementPolicyAssignments", &name),
        "name": name,
        "type": "Microsoft.Authorization/RoleManagementPolicyAssignment",
    })
}

fn scope_row(scope: &AzureScope) -> Value {
    json!({ "id": scope.path, "displayName": scope.display_name, "type": rows::scope_type(scope) })
}
