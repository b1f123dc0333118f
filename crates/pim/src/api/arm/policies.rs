//! What roles ask for at their scopes: one policy for every role at every scope.

use std::collections::HashMap;

use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::{AT_ONCE, AzureRoles, Envelope, Policy, VERSION, scope};
use crate::{
    api::{Answered, Missing},
    auth::AccessToken,
    cloud::Resource,
    codes,
    failure::Failure,
    model::{Requirements, RoleKey, RolePolicy},
    net::Answer,
};

impl AzureRoles {
    /// What these roles ask for at their scopes, by [`RoleKey::policy_id`]: one reading each, because nothing is inherited
    /// from one scope to another. As many as may be under way at once are read one by one, more of them in batches.
    ///
    /// # Errors
    /// See [`Failure`]; only where nothing answered. Whether somebody who is merely eligible may read them is not
    /// documented: those that may not be read are missing, and the service judges.
    pub async fn policies(&self, keys: &[RoleKey]) -> Result<Answered<HashMap<String, Requirements>>, Failure> {
        let wanted: HashMap<String, &RoleKey> = keys.iter().map(|key| (key.policy_id(), key)).collect();
        let mut all = Answered::all(HashMap::new());
        let mut reads = Vec::new();
        for (id, key) in wanted {
            match self.policy_url(key) {
                Ok(url) => reads.push((id, key.clone(), url)),
                Err(failure) => all.missing.push(Missing::at(&key.scope_id, failure)),
            }
        }
        if reads.len() > AT_ONCE {
            let outcomes = self.get_all(reads.iter().map(|(.., url)| url.clone()).collect()).await;
            let mut alone = Vec::new();
            for (read, outcome) in reads.into_iter().zip(outcomes) {
                let (id, key, _) = &read;
                match outcome {
                    Ok(Some(answer)) => all.add(id, key, self.policy_within(key, &answer).await),
                    Err(failure) if !may_do_better_alone(&failure) => all.add(id, key, Err(failure)),
                    Ok(None) | Err(_) => alone.push(read),
                }
            }
            reads = alone;
        }
        let alone = self.each(reads, |roles, (id, key, url)| async move {
            let policies = roles.client.pages(Resource::Arm, url).await;
            let policy = policies.map(|all| own(&key, all));
            (id, key, policy)
        });
        for (id, key, policy) in alone.await {
            all.add(&id, &key, policy);
        }
        all.or_failure(|found| !found.is_empty())
    }

    fn policy_url(&self, key: &RoleKey) -> Result<Url, Failure> {
        let collection = "providers/Microsoft.Authorization/roleManagementPolicyAssignments";
        let role = scope::checked(&key.role_definition_id)?.replace('\'', "''");
        let mut url = self.url(&key.scope_id, collection, VERSION)?;
        url.query_pairs_mut().append_pair("$filter", &format!("roleDefinitionId eq '{role}'"));
        Ok(url)
    }

    async fn policy_within(&self, key: &RoleKey, answer: &Answer) -> Result<Option<Requirements>, Failure> {
        Ok(own(key, self.client.pages_within(Resource::Arm, answer).await?))
    }
}

#[expect(clippy::implicit_hasher, reason = "its own map")]
impl Answered<HashMap<String, Requirements>> {
    fn add(&mut self, id: &str, key: &RoleKey, policy: Result<Option<Requirements>, Failure>) {
        match policy {
            Ok(asked) => self.found.extend(asked.map(|asked| (id.to_owned(), asked))),
            Err(failure) => self.missing.push(Missing::at(&key.scope_id, failure)),
        }
    }
}

/// The filter is not documented: whatever it brings is looked through.
fn own(key: &RoleKey, policies: Vec<Envelope<Policy>>) -> Option<Requirements> {
    let own = policies.into_iter().find(|policy| policy.is_about(&key.role_definition_id));
    own.map(Envelope::<Policy>::requirements)
}

/// Something answered in the batch's stead, or broke down over it.
fn may_do_better_alone(failure: &Failure) -> bool {
    let Failure::NotSent { problem, retry_at: None } = failure else { return false };
    [codes::NOT_JSON, codes::UNAVAILABLE].contains(&problem.code.as_str())
}

/// The policy of a role at a scope, whole; `None` where the service tells of none.
pub(in crate::api) async fn policy_of(roles: &AzureRoles, key: &RoleKey) -> Result<Option<RolePolicy>, Failure> {
    let policies: Vec<Envelope<Policy>> = roles.client.pages(Resource::Arm, roles.policy_url(key)?).await?;
    let own = policies.into_iter().find(|policy| policy.is_about(&key.role_definition_id));
    Ok(own.and_then(Envelope::<Policy>::whole))
}

impl AzureRoles {
    /// Writes to something by its full id.
    pub(in crate::api) async fn write_at(
        &self,
        method: Method,
        id: &str,
        body: &Value,
        token: Option<&AccessToken>,
    ) -> Result<(), Failure> {
        let path = scope::checked(id)?.trim_start_matches('/').to_owned();
        let url = self.url(scope::ROOT, &path, VERSION)?;
        self.client.write(Resource::Arm, method, url, Some(body), token).await.map(drop)
    }
}
