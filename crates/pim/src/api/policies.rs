//! Policies whole: every rule of a role at a scope, read and changed.
//!
//! Sources: "List roleManagementPolicyAssignments", "Update unifiedRoleManagementPolicyRule" (v1.0); "Role Management Policy
//! Assignments - List For Scope", "Role Management Policies - Update" (2020-10-01).

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Sources,
    arm::{AzureRoles, policy_of},
    batch::Version,
    graph::segment,
};
use crate::{
    auth::AccessToken,
    cloud::{POLICY_SCOPES, Resource},
    codes,
    failure::Failure,
    model::{Kind, RoleKey, RolePolicy},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assigned {
    role_definition_id: Option<String>,
    policy: Option<Policy>,
}

#[derive(Deserialize)]
struct Policy {
    id: String,
    #[serde(default)]
    rules: Option<Vec<Value>>,
}

impl Sources {
    /// The policies of these roles at their scopes, one outcome for each, in order: of Graph by one `$batch` for each twenty, of
    /// Azure by a request each.
    pub async fn role_policies(&self, keys: &[RoleKey]) -> Vec<Result<RolePolicy, Failure>> {
        let mut outcomes: Vec<Option<Result<RolePolicy, Failure>>> = vec![None; keys.len()];
        let (mut places, mut urls) = (Vec::new(), Vec::new());
        let mut azure = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            match (key.kind, address(key)) {
                (Kind::AzureResource, _) => azure.push((at, key.clone())),
                (_, Ok(url)) => {
                    places.push(at);
                    urls.push(url);
                }
                (_, Err(failure)) => outcomes[at] = Some(Err(failure)),
            }
        }
        let on_graph = async { if urls.is_empty() { Vec::new() } else { self.client.get_all(urls).await } };
        let on_azure = self.azure.each(azure, |roles, (at, key)| async move { (at, roles.role_policy(&key).await) });
        let (answers, of_azure) = tokio::join!(on_graph, on_azure);
        for (at, answer) in places.into_iter().zip(answers) {
            let assigned = match answer {
                Ok(answer) => self.client.pages_within::<Assigned>(Resource::Graph, &answer).await,
                Err(failure) => Err(failure),
            };
            outcomes[at] = Some(assigned.and_then(|all| own(&keys[at], all)));
        }
        for (at, outcome) in of_azure {
            outcomes[at] = Some(outcome);
        }
        outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(|| Err(unknown()))).collect()
    }

    /// Puts these rules in place of those with the same ids. On Graph that is a request for each rule, in one `$batch`, and one
    /// outcome for each: some may be taken and others not. On Azure it is one request for all: all of them or none.
    pub async fn change_policy(
        &self,
        key: &RoleKey,
        policy: &RolePolicy,
        rules: &[Value],
        token: Option<&AccessToken>,
    ) -> Vec<Result<(), Failure>> {
        if key.kind == Kind::AzureResource {
            let outcome = self.azure.change_role_policy(policy, rules, token).await;
            return vec![outcome; rules.len()];
        }
        let permission = POLICY_SCOPES.into_iter().find(|(kind, _)| *kind == key.kind);
        let client = permission.map_or_else(|| self.client.clone(), |(_, name)| self.client.on_errand(name));
        let patches = rules.iter().map(|rule| {
            let id = rule["id"].as_str().unwrap_or_default();
            let (policy, id) = (segment(&policy.id)?, segment(id)?);
            Ok((format!("/policies/roleManagementPolicies/{policy}/rules/{id}"), rule.clone()))
        });
        match patches.collect::<Result<Vec<_>, Failure>>() {
            Ok(patches) => {
                let answers = client.patch_all(Version::V1, patches, token).await;
                answers.into_iter().map(|answer| answer.map(drop)).collect()
            }
            Err(failure) => vec![Err(failure); rules.len()],
        }
    }
}

impl AzureRoles {
    async fn role_policy(&self, key: &RoleKey) -> Result<RolePolicy, Failure> {
        policy_of(self, key).await?.ok_or_else(unknown)
    }

    async fn change_role_policy(
        &self,
        policy: &RolePolicy,
        rules: &[Value],
        token: Option<&AccessToken>,
    ) -> Result<(), Failure> {
        let body = json!({ "properties": { "rules": rules } });
        self.write_at(Method::PATCH, &policy.id, &body, token).await
    }
}

/// Where a role's policy is found on Graph: by what it is for, because its id changes when a group is first managed here.
fn address(key: &RoleKey) -> Result<String, Failure> {
    let (scope, kind) = match key.kind {
        Kind::Group => (segment(&key.scope_id)?, "Group"),
        _ => ("/", "DirectoryRole"),
    };
    let role = segment(&key.role_definition_id)?;
    Ok(format!(
        "/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20'{scope}'%20and%20scopeType%20eq%20'{kind}'\
         %20and%20roleDefinitionId%20eq%20'{role}'&$expand=policy($expand=rules)"
    ))
}

fn own(key: &RoleKey, all: Vec<Assigned>) -> Result<RolePolicy, Failure> {
    let is_own = |assigned: &Assigned| {
        let role = assigned.role_definition_id.as_deref().unwrap_or_default();
        role.eq_ignore_ascii_case(&key.role_definition_id)
    };
    let policy = all.into_iter().find(is_own).and_then(|assigned| assigned.policy).ok_or_else(unknown)?;
    Ok(RolePolicy { id: policy.id, rules: policy.rules.unwrap_or_default() })
}

/// The service has no policy there: a group that nobody has managed with PIM yet, a role that is gone.
fn unknown() -> Failure {
    Failure::Refused(codes::ours(codes::NO_POLICY, None))
}
