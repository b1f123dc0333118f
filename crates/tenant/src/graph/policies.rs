//! `policies/roleManagementPolicies` and `policies/roleManagementPolicyAssignments`.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::Call;
use super::filter::Filter;
use super::list::{self, Row, Shape};
use super::query::Expand;
use super::rows::row;
use super::{rules, scopes};
use crate::pim::Refusal;
use crate::scenario::RoleDefinition;

/// The two names of the scope type; ids come back with the one that was asked for.
const SCOPE_TYPES: [&str; 2] = ["DirectoryRole", "Directory"];
/// More role ids in one filter are refused.
const MOST_ROLES: usize = 20;
/// What a policy's navigation leads to.
const RULES: [&str; 2] = ["rules", "effectiveRules"];

/// Answer a call below `policies/roleManagementPolic…`; `rest` are the segments after it.
pub fn answer(call: &Call, assignments: bool, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand(&call.caller.scopes, scopes::POLICIES, call.scenario().switches.missing_scope)?;
    if !call.scenario().switches.license {
        return Err(Refusal::License.into());
    }
    if call.method != Method::GET {
        return Err(Failure::method_not_allowed());
    }
    match (assignments, rest) {
        (true, []) => {
            let prefix = asked_for(call)?;
            let rows = call.scenario().roles.iter().map(|role| assignment_row(call, role, prefix)).collect();
            list::collection(call, rows, &assignment_shape(call))
        }
        (true, [id]) => {
            let (prefix, role) = find(call, id, true)?;
            list::entity(call, assignment_row(call, role, prefix), &assignment_shape(call)).map(Answer::ok)
        }
        (true, [id, policy]) if policy == "policy" => {
            let (prefix, role) = find(call, id, true)?;
            list::entity(call, policy_row(call, role, prefix), &policy_shape(call)).map(Answer::ok)
        }
        (false, []) => {
            let prefix = asked_for(call)?;
            let rows = call.scenario().roles.iter().map(|role| policy_row(call, role, prefix)).collect();
            list::collection(call, rows, &policy_shape(call))
        }
        (false, [id]) => {
            let (prefix, role) = find(call, id, false)?;
            list::entity(call, policy_row(call, role, prefix), &policy_shape(call)).map(Answer::ok)
        }
        (false, [id, what, rest @ ..]) if RULES.iter().any(|known| known.eq_ignore_ascii_case(what)) => {
            let (_, role) = find(call, id, false)?;
            policy_rules(call, role, id, what, rest)
        }
        (_, [.., last]) => Err(Failure::no_segment(last)),
    }
}

fn policy_rules(call: &Call, role: &RoleDefinition, id: &str, what: &str, rest: &[String]) -> Result<Answer, Failure> {
    let shape = Shape {
        context: format!("policies/roleManagementPolicies('{id}')/{what}"),
        type_name: "unifiedRoleManagementPolicyRule",
        navigation: &[],
        expand: Box::new(|_, _| Ok(Value::Null)),
    };
    let rows = rules_of(call, role).into_iter().map(row);
    match rest {
        [] => list::collection(call, rows.collect(), &shape),
        [rule] => {
            let is_wanted =
                |row: &Row| row.get("id").and_then(Value::as_str).is_some_and(|id| id.eq_ignore_ascii_case(rule));
            let found = rows.into_iter().find(is_wanted).ok_or_else(|| Failure::not_found(rule))?;
            list::entity(call, found, &shape).map(Answer::ok)
        }
        [.., last] => Err(Failure::no_segment(last)),
    }
}

/// The scope type that the filter asks for; without one and without a scope the service refuses.
fn asked_for(call: &Call) -> Result<&'static str, Failure> {
    let filter = call.query.filter.as_ref();
    let required = |name| filter.and_then(|filter| filter.required(name)).and_then(Value::as_str);
    let (Some(_), Some(kind)) = (required("scopeId"), required("scopeType")) else {
        return Err(Failure::invalid_filter("The $filter must name scopeId and scopeType."));
    };
    if filter.is_some_and(|filter| roles_named(filter) > MOST_ROLES) {
        return Err(Failure::invalid_filter(format!("The $filter names more than {MOST_ROLES} role definitions.")));
    }
    let kind = SCOPE_TYPES.into_iter().find(|known| known.eq_ignore_ascii_case(kind));
    kind.ok_or_else(|| Failure::invalid_filter("The scopeType is not supported for scopeId '/'."))
}

fn roles_named(filter: &Filter) -> usize {
    let mut named = 0;
    filter.visit(&mut |path, value| {
        if path.eq_ignore_ascii_case("roleDefinitionId") && value.is_some() {
            named += 1;
        }
    });
    named
}

/// The role whose policy has this id, and the id's prefix.
fn find<'a>(call: &'a Call, id: &str, assignment: bool) -> Result<(&'static str, &'a RoleDefinition), Failure> {
    let prefix = id.split_once('_').map(|(prefix, _)| prefix);
    let prefix = SCOPE_TYPES.into_iter().find(|known| prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(known)));
    let prefix = prefix.ok_or_else(|| Failure::not_found(id))?;
    let role = call.scenario().roles.iter().find(|role| {
        let known = if assignment { assignment_id(call, role, prefix) } else { policy_id(call, role, prefix) };
        known.eq_ignore_ascii_case(id)
    });
    Ok((prefix, role.ok_or_else(|| Failure::not_found(id))?))
}

/// `DirectoryRole_{tenantId}_{policyGuid}`.
fn policy_id(call: &Call, role: &RoleDefinition, prefix: &str) -> String {
    // Any other id will do, as long as it is the same every time.
    let guid = Uuid::from_u128(role.id.as_u128() ^ 0x51d3_0c7a_9e24_0b86_14c5_7f09_3ad8_62eb);
    let guid = uuid::Builder::from_random_bytes(guid.into_bytes()).into_uuid();
    format!("{prefix}_{}_{guid}", call.scenario().organization.tenant_id)
}

fn assignment_id(call: &Call, role: &RoleDefinition, prefix: &str) -> String {
    format!("{}_{}", policy_id(call, role, prefix), role.id)
}

fn assignment_row(call: &Call, role: &RoleDefinition, prefix: &str) -> Row {
    row(json!({
        "id": assignment_id(call, role, prefix),
        "policyId": policy_id(call, role, prefix),
        "scopeId": "/",
        "scopeType": prefix,
        "roleDefinitionId": role.id,
    }))
}

fn policy_row(call: &Call, role: &RoleDefinition, prefix: &str) -> Row {
    row(json!({
        "id": policy_id(call, role, prefix),
        "displayName": prefix,
        "description": prefix,
        "isOrganizationDefault": false,
        "scopeId": "/",
        "scopeType": prefix,
        "lastModifiedDateTime": null,
        "lastModifiedBy": { "displayName": null, "id": null },
    }))
}

fn assignment_shape<'a>(call: &'a Call<'a>) -> Shape<'a> {
    Shape {
        context: "policies/roleManagementPolicyAssignments".to_owned(),
        type_name: "unifiedRoleManagementPolicyAssignment",
        navigation: &["policy"],
        expand: Box::new(|row, expand| {
            let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
            let role = text("roleDefinitionId").parse().ok().and_then(|id| call.scenario().role(id));
            let role = role.ok_or_else(|| Failure::not_found(text("roleDefinitionId")))?;
            let prefix = text("scopeType");
            let mut policy = policy_row(call, role, prefix);
            for inner in &expand.inner {
                let name = RULES.into_iter().find(|known| known.eq_ignore_ascii_case(&inner.name));
                let name = name.ok_or_else(|| {
                    let text = format!(
                        "Could not find a property named '{}' on type 'unifiedRoleManagementPolicy'.",
                        inner.name
                    );
                    Failure::bad_request(format!("Parsing OData Select and Expand failed: {text}"))
                })?;
                policy.insert(name.to_owned(), list::select(rules_of(call, role).into(), &inner.select));
            }
            // What was expanded stays, whatever `$select` beside it names.
            let mut select = expand.select.clone();
            if !select.is_empty() {
                select.extend(expand.inner.iter().map(|inner| inner.name.clone()));
            }
            Ok(list::select(policy.into(), &select))
        }),
    }
}

fn policy_shape<'a>(call: &'a Call<'a>) -> Shape<'a> {
    Shape {
        context: "policies/roleManagementPolicies".to_owned(),
        type_name: "unifiedRoleManagementPolicy",
        navigation: &RULES,
        expand: Box::new(|row: &Row, _: &Expand| {
            let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
            Ok(rules_of(call, find(call, id, false)?.1).into())
        }),
    }
}

fn rules_of(call: &Call, role: &RoleDefinition) -> Vec<Value> {
    let scenario = call.scenario();
    scenario.policy(role.id).map(|policy| rules::all(policy, scenario.switches.unknown_policy_rule)).unwrap_or_default()
}
