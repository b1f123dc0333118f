//! Entra directory roles (Microsoft Graph v1.0, `roleManagement/directory`).

mod duration;
mod policy;
mod wire;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Client,
    answer::{self, Effect},
};
use crate::{
    auth::AccessToken,
    cloud::Resource,
    codes,
    failure::Failure,
    model::{Activation, ActivationRequest, Assignment, Eligibility, Requirements, RoleKey},
    net::Answer,
    problem::Problem,
};

const ELIGIBLE: &str =
    "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')";
const ACTIVE: &str =
    "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')";
const REQUESTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
/// The same as a batch wants it.
const REQUESTS_IN_BATCH: &str = "/roleManagement/directory/roleAssignmentScheduleRequests";
const POLICIES: &str = "/v1.0/policies/roleManagementPolicyAssignments\
    ?$filter=scopeId%20eq%20'/'%20and%20scopeType%20eq%20'DirectoryRole'&$expand=policy($expand=rules)";

/// Names come with the rows: a role definition in full lists hundreds of permissions, so only what is shown is asked for.
const ROLE: &str = "roleDefinition($select=id,displayName)";

/// Directory roles of the client's account. Cheap to clone.
#[derive(Clone, Debug)]
pub struct DirectoryRoles {
    client: Client,
    /// The service refused to name scopes: lists are asked for without from then on.
    nameless: Arc<AtomicBool>,
}

impl DirectoryRoles {
    /// The directory roles of the client's account.
    pub fn new(client: Client) -> Self {
        Self { client, nameless: Arc::default() }
    }

    /// What the caller may activate: `roleEligibilityScheduleInstances`, through groups too.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn eligible(&self) -> Result<Vec<Eligibility>, Failure> {
        let select = "id,roleDefinitionId,directoryScopeId,appScopeId,endDateTime,memberType";
        let instances: Vec<wire::Instance> = self.instances(ELIGIBLE, select).await?;
        // Through a group the row names the group; a request must name the person.
        let own = &self.client.tokens.identity().object_id;
        Ok(instances.into_iter().filter_map(|instance| instance.eligibility(own)).collect())
    }

    /// What the caller holds now: `roleAssignmentScheduleInstances`.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn active(&self) -> Result<Vec<Assignment>, Failure> {
        let select =
            "id,roleDefinitionId,directoryScopeId,appScopeId,startDateTime,endDateTime,memberType,assignmentType";
        let instances: Vec<wire::Instance> = self.instances(ACTIVE, select).await?;
        Ok(instances.into_iter().filter_map(wire::Instance::assignment).collect())
    }

    /// What each role asks for, by `roleDefinitionId` in lower case. One call brings all roles' policies.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. Where policies may not be read, the service still judges.
    pub async fn policies(&self) -> Result<HashMap<String, Requirements>, Failure> {
        let url = self.client.url(Resource::Graph, POLICIES);
        let assignments: Vec<policy::Assignment> = self.client.pages(Resource::Graph, url).await?;
        Ok(assignments.into_iter().map(policy::Assignment::requirements).collect())
    }

    /// Activates: one by a POST, several by one `$batch` for each twenty. One outcome for each, in order.
    ///
    /// `token` is the one that a step-up brought: the service judges the very token of the request.
    pub async fn activate(
        &self,
        activations: &[Activation],
        token: Option<&AccessToken>,
    ) -> Vec<Result<ActivationRequest, Failure>> {
        let now = self.client.net.clock().now();
        let bodies: Vec<Value> = activations.iter().map(|activation| wire::self_activate(activation, now)).collect();
        let answers = match &bodies[..] {
            [body] => vec![self.post(body, token).await],
            _ => self.client.post_all(REQUESTS_IN_BATCH, bodies, token).await,
        };
        let outcomes = answers.into_iter().zip(activations);
        outcomes.map(|(answer, activation)| answer.and_then(|answer| accepted(&answer, &activation.key))).collect()
    }

    /// Ends an activation, at the earliest five minutes after its start.
    ///
    /// # Errors
    /// See [`Failure`]; sent once.
    pub async fn deactivate(
        &self,
        key: &RoleKey,
        principal_id: &str,
        token: Option<&AccessToken>,
    ) -> Result<ActivationRequest, Failure> {
        let answer = self.post(&wire::self_deactivate(key, principal_id), token).await?;
        accepted(&answer, key)
    }

    /// One request by its id.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn request(&self, id: &str) -> Result<ActivationRequest, Failure> {
        let url = self.client.url(Resource::Graph, &format!("{REQUESTS}/{}", segment(id)?));
        let request: wire::Request = self.client.read(Resource::Graph, url).await?;
        request.activation_request(None).ok_or_else(|| Failure::Refused(incomprehensible()))
    }

    /// The caller's own activations and deactivations, in no particular order.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn requests(&self) -> Result<Vec<ActivationRequest>, Failure> {
        let path = format!("{REQUESTS}/filterByCurrentUser(on='principal')");
        let url = self.client.url(Resource::Graph, &path);
        let requests: Vec<wire::Request> = self.client.pages(Resource::Graph, url).await?;
        Ok(requests.into_iter().filter_map(|request| request.activation_request(None)).collect())
    }

    /// Withdraws a request that waits for approval or for its start.
    ///
    /// # Errors
    /// See [`Failure`]; sent once.
    pub async fn cancel(&self, id: &str) -> Result<(), Failure> {
        let url = self.client.url(Resource::Graph, &format!("{REQUESTS}/{}/cancel", segment(id)?));
        self.client.write(Resource::Graph, url, None, None).await.map(|_| ())
    }

    /// The tenant's display name.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn organization(&self) -> Result<Option<String>, Failure> {
        #[derive(Deserialize)]
        struct Organization {
            #[serde(rename = "displayName")]
            display_name: Option<String>,
        }
        let url = self.client.url(Resource::Graph, "/v1.0/organization?$select=id,displayName");
        let all: Vec<Organization> = self.client.pages(Resource::Graph, url).await?;
        let name = all.into_iter().find_map(|organization| organization.display_name);
        Ok(name.map(|name| codes::clean(&name, 256)).filter(|name| !name.is_empty()))
    }

    async fn post(&self, body: &Value, token: Option<&AccessToken>) -> Result<Answer, Failure> {
        let url = self.client.url(Resource::Graph, REQUESTS);
        self.client.write(Resource::Graph, url, Some(body), token).await
    }

    /// Instances with the names of their roles and scopes; without the scopes' where the service does not allow that.
    async fn instances<T: DeserializeOwned>(&self, path: &str, select: &str) -> Result<Vec<T>, Failure> {
        let list = async |expand: &str| {
            let url = self.client.url(Resource::Graph, &format!("{path}?$select={select}&$expand={expand}"));
            self.client.pages(Resource::Graph, url).await
        };
        if !self.nameless.load(Ordering::Relaxed) {
            match list(&format!("{ROLE},directoryScope")).await {
                // It is not documented which permissions naming an administrative unit takes.
                Err(Failure::Refused(problem)) if may_be_about_names(&problem) => {
                    self.nameless.store(true, Ordering::Relaxed);
                }
                listed => return listed,
            }
        }
        list(ROLE).await
    }
}

fn may_be_about_names(problem: &Problem) -> bool {
    const ABOUT_THE_QUERY: [&str; 4] =
        ["Authorization_RequestDenied", "Request_BadRequest", "BadRequest", "Request_UnsupportedQuery"];
    ABOUT_THE_QUERY.iter().any(|code| problem.code.eq_ignore_ascii_case(code))
}

/// The request that the service made of ours. Its answer is there, so what cannot be read is looked up, never sent again.
fn accepted(answer: &Answer, key: &RoleKey) -> Result<ActivationRequest, Failure> {
    let request: wire::Request = answer::parsed(&answer.body, Effect::Write)?;
    request.activation_request(Some(key)).ok_or_else(|| Failure::Lost(incomprehensible()))
}

fn incomprehensible() -> Problem {
    codes::ours(codes::UNEXPECTED, None)
}

/// An id as part of a path: it came from the service, and is checked all the same.
fn segment(id: &str) -> Result<&str, Failure> {
    let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if plain {
        Ok(id)
    } else {
        Err(Failure::Refused(codes::ours(codes::UNEXPECTED, Some("An id with odd characters.".into()))))
    }
}

#[cfg(test)]
#[path = "../graph_tests.rs"]
mod tests;
