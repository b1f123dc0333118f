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
use crate::scenario::{Access, Scope, derived};

/// The names of the scope types; those of the directory are two, and ids come back with the one that was asked for.
const SCOPE_TYPES: [&str; 3] = ["DirectoryRole", "Directory", GROUP];
const GROUP: &str = "Group";
/// More role ids in one filter are refused.
const MOST_ROLES: usize = 20;
/// What a policy's navigation leads to.
const RULES: [&str; 2] = ["rules", "effectiveRules"];

/// What a policy is for.
#[derive(Clone, Copy)]
struct Subject {
    /// The scope type, which is also the start of the ids.
    prefix: &'static str,
    role: Uuid,
    scope: Scope,
}

impl Subject {
    /// All at one scope.
    fn all(call: &Call, prefix: &'static str, scope_id: &str) -> Vec<Self> {
        if prefix != GROUP {
            let roles = call.scenario().roles.iter().filter(|_| scope_id == "/");
            return roles.map(|role| Self { prefix, role: role.id, scope: Scope::Directory }).collect();
        }
        // Before a group is managed with PIM it has no policies.
        let group = scope_id.parse().ok().and_then(|id| call.scenario().group(id));
        let managed = group.filter(|group| group.pim.is_some());
        let of = |id| Access::ALL.map(|access| Self { prefix, role: access.role(), scope: Scope::Group(id) });
        managed.into_iter().flat_map(|group| of(group.id)).collect()
    }

    fn role_id(self) -> String {
        Access::of(self.role).map_or_else(|| self.role.to_string(), |access| access.name().to_owned())
    }

    fn scope_id(self) -> String {
        match self.scope {
            Scope::Group(id) => id.to_string(),
            scope => scope.to_string(),
        }
    }

    /// `DirectoryRole_{tenantId}_{policyGuid}`, `Group_{groupId}_{policyGuid}`.
    fn policy_id(self, call: &Call) -> String {
        if let Scope::Group(group) = self.scope {
            let guid = derived(&["policy", &group.to_string(), &self.role_id()]);
            return format!("{}_{group}_{guid}", self.prefix);
        }
        // Any other id will do, as long as it is the same every time.
        let guid = Uuid::from_u128(self.role.as_u128() ^ 0x51d3_0c7a_9e24_0b86_14c5_7f09_3ad8_62eb);
        let guid = uuid::Builder::from_random_bytes(guid.into_bytes()).into_uuid();
        format!("{}_{}_{guid}", self.prefix, call.scenario().organization.tenant_id)
    }

    fn assignment_id(self, call: &Call) -> String {
        format!("{}_{}", self.policy_id(call), self.role_id())
    }

    fn rules(self, call: &Call) -> Vec<Value> {
        call.pim(|state, _| rules::of(state, call.scenario(), self.role, self.scope))
    }
}

/// Answer a call below `policies/roleManagementPolic…`; `rest` are the segments after it.
pub fn answer(call: &Call, assignments: bool, rest: &[String]) -> Result<Answer, Failure> {
    let groups = is_about_groups(call, rest);
    let needed = match (groups, call.method == Method::PATCH) {
        (false, false) => scopes::POLICIES,
        (true, false) => scopes::GROUP_POLICIES,
        (false, true) => scopes::WRITE_POLICIES,
        (true, true) => scopes::WRITE_GROUP_POLICIES,
    };
    scopes::demand(&call.caller.scopes, needed, call.scenario().switches.missing_scope)?;
    if !call.scenario().switches.license {
        return Err(Refusal::License.into());
    }
    if call.method == Method::PATCH {
        return change(call, assignments, rest);
    }
    if call.method != Method::GET {
        return Err(Failure::method_not_allowed());
    }
    match (assignments, rest) {
        (true, []) => {
            let rows = asked_for(call)?.into_iter().map(|subject| assignment_row(call, subject)).collect();
            list::collection(call, rows, &assignment_shape(call))
        }
        (true, [id]) => {
            let subject = find(call, id, true)?;
            list::entity(call, assignment_row(call, subject), &assignment_shape(call)).map(Answer::ok)
        }
        (true, [id, policy]) if policy == "policy" => {
            let subject = find(call, id, true)?;
            list::entity(call, policy_row(call, subject), &policy_shape(call)).map(Answer::ok)
        }
        (false, []) => {
            let rows = asked_for(call)?.into_iter().map(|subject| policy_row(call, subject)).collect();
            list::collection(call, rows, &policy_shape(call))
        }
        (false, [id]) => {
            let subject = find(call, id, false)?;
            list::entity(call, policy_row(call, subject), &policy_shape(call)).map(Answer::ok)
        }
        (false, [id, what, rest @ ..]) if RULES.iter().any(|known| known.eq_ignore_ascii_case(what)) => {
            policy_rules(call, find(call, id, false)?, id, what, rest)
        }
        (_, [.., last]) => Err(Failure::no_segment(last)),
    }
}

/// `PATCH …/rules/{rule}`: one rule, of which the body says the type and what is to be different; or the whole policy with
/// several rules.
fn change(call: &Call, assignments: bool, rest: &[String]) -> Result<Answer, Failure> {
    let patches: Vec<(String, Value)> = match (assignments, rest) {
        (false, [_, what, rule]) if what.eq_ignore_ascii_case("rules") => vec![(rule.clone(), call.json()?)],
        (false, [_]) => {
            let body: Value = call.json()?;
            let rules = body["rules"].as_array().cloned().ok_or(Refusal::InvalidPolicy)?;
            let named = rules.into_iter().map(|rule| (rule["id"].as_str().unwrap_or_default().to_owned(), rule));
            named.collect()
        }
        _ => return Err(Failure::method_not_allowed()),
    };
    let subject = find(call, &rest[0], false)?;
    let known = subject.rules(call);
    let mut changed = Vec::new();
    for (id, patch) in patches {
        let before = known.iter().find(|rule| rule["id"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(&id)));
        let before = before.ok_or_else(|| Failure::not_found(&id))?;
        changed.push(rules::patched(before, &patch).ok_or(Refusal::InvalidPolicy)?);
    }
    call.pim(|state, now| {
        let (role, scope) = (subject.role, subject.scope);
        state.change_policy(call.scenario(), call.caller.oid, (role, scope), changed, now)
    })?;
    Ok(Answer::no_content())
}

/// Those take permissions of their own.
fn is_about_groups(call: &Call, rest: &[String]) -> bool {
    let filter = call.query.filter.as_ref();
    let kind = filter.and_then(|filter| filter.required("scopeType")).and_then(Value::as_str);
    let prefix = rest.first().and_then(|id| id.split('_').next());
    prefix.or(kind).is_some_and(|kind| kind.eq_ignore_ascii_case(GROUP))
}

fn policy_rules(call: &Call, subject: Subject, id: &str, what: &str, rest: &[String]) -> Result<Answer, Failure> {
    let shape = Shape {
        context: format!("policies/roleManagementPolicies('{id}')/{what}"),
        type_name: "unifiedRoleManagementPolicyRule".into(),
        navigation: vec![],
        hidden: &[],
        mixed: false,
        expand: Box::new(|_, _| Ok(Value::Null)),
    };
    let rows = subject.rules(call).into_iter().map(row);
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

/// The policies that the filter asks for; without a scope and its type the service refuses.
fn asked_for(call: &Call) -> Result<Vec<Subject>, Failure> {
    let filter = call.query.filter.as_ref();
    let required = |name| filter.and_then(|filter| filter.required(name)).and_then(Value::as_str);
    let (Some(scope), Some(kind)) = (required("scopeId"), required("scopeType")) else {
        return Err(Failure::invalid_filter("The $filter must name scopeId and scopeType."));
    };
    if filter.is_some_and(|filter| roles_named(filter) > MOST_ROLES) {
        return Err(Failure::invalid_filter(format!("The $filter names more than {MOST_ROLES} role definitions.")));
    }
    let kind = SCOPE_TYPES.into_iter().find(|known| known.eq_ignore_ascii_case(kind));
    let kind = kind.ok_or_else(|| Failure::invalid_filter("The scopeType is not supported for this scopeId."))?;
    Ok(Subject::all(call, kind, scope))
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

/// What the policy or policy assignment with this id is for.
fn find(call: &Call, id: &str, assignment: bool) -> Result<Subject, Failure> {
    let mut parts = id.split('_');
    let prefix = parts.next().unwrap_or_default();
    let prefix = SCOPE_TYPES.into_iter().find(|known| prefix.eq_ignore_ascii_case(known));
    let prefix = prefix.ok_or_else(|| Failure::not_found(id))?;
    let scope = if prefix == GROUP { parts.next().unwrap_or_default() } else { "/" };
    let is_wanted = |subject: &Subject| {
        let known = if assignment { subject.assignment_id(call) } else { subject.policy_id(call) };
        known.eq_ignore_ascii_case(id)
    };
    // An assignment's id ends with its role: a page of rows must not look through all roles for each.
    let named = id.rsplit('_').next().and_then(|role| role.parse().ok()).filter(|_| assignment && prefix != GROUP);
    let candidates = match named {
        Some(role) if call.scenario().directory_role(role).is_some() => {
            vec![Subject { prefix, role, scope: Scope::Directory }]
        }
        _ => Subject::all(call, prefix, scope),
    };
    candidates.into_iter().find(is_wanted).ok_or_else(|| Failure::not_found(id))
}

fn assignment_row(call: &Call, subject: Subject) -> Row {
    row(json!({
        "id": subject.assignment_id(call),
        "policyId": subject.policy_id(call),
        "scopeId": subject.scope_id(),
        "scopeType": subject.prefix,
        "roleDefinitionId": subject.role_id(),
    }))
}

fn policy_row(call: &Call, subject: Subject) -> Row {
    let changed =
        call.pim(|state, _| state.changed_policy(subject.role, subject.scope).map(|known| (known.at, known.by)));
    row(json!({
        "id": subject.policy_id(call),
        "displayName": subject.prefix,
        "description": subject.prefix,
        "isOrganizationDefault": false,
        "scopeId": subject.scope_id(),
        "scopeType": subject.prefix,
        "lastModifiedDateTime": changed.as_ref().map(|(at, _)| call.stamps().coarse(*at)),
        "lastModifiedBy": {
            "displayName": changed.as_ref().and_then(|(_, by)| call.scenario().name_of(*by)),
            "id": changed.as_ref().map(|(_, by)| by),
        },
    }))
}

fn assignment_shape<'a>(call: &'a Call<'a>) -> Shape<'a> {
    Shape {
        context: "policies/roleManagementPolicyAssignments".to_owned(),
        type_name: "unifiedRoleManagementPolicyAssignment".into(),
        navigation: vec!["policy"],
        hidden: &[],
        mixed: false,
        expand: Box::new(|row, expand| {
            let subject = find(call, row.get("id").and_then(Value::as_str).unwrap_or_default(), true)?;
            let mut policy = policy_row(call, subject);
            for inner in &expand.inner {
                let name = RULES.into_iter().find(|known| known.eq_ignore_ascii_case(&inner.name));
                let name = name.ok_or_else(|| {
                    let text = format!(
                        "Could not find a property named '{}' on type 'unifiedRoleManagementPolicy'.",
                        inner.name
                    );
                    Failure::bad_request(format!("Parsing OData Select and Expand failed: {text}"))
                })?;
                policy.insert(name.to_owned(), list::select(subject.rules(call).into(), &inner.select));
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
        type_name: "unifiedRoleManagementPolicy".into(),
        navigation: RULES.to_vec(),
        hidden: &[],
        mixed: false,
        expand: Box::new(|row: &Row, _: &Expand| {
            let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
            Ok(find(call, id, false)?.rules(call).into())
        }),
    }
}
